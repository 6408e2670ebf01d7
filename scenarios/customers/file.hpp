// A file of real customers: one row each, checked row by row. Their real ids are never kept, printed or written.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/study.hpp"

namespace clientele::scenarios {

inline constexpr std::size_t max_shown = 40;  ///< characters of a value in a message

/// What a column of the file is called there, and what it is here: "id", "group", an attribute of the study or a trait
/// such as "purchasing.orders_per_month".
struct Column {
  std::string header, meaning;
  bool operator==(const Column&) const = default;
};

/// An attribute of the study, which a column of the file gives: the values that it may have, or none where they are
/// those that are found; and which a customer has.
struct FileAttribute {
  std::string name;
  std::vector<std::string> values;
  std::vector<std::uint32_t> by_row = {};
  bool operator==(const FileAttribute&) const = default;
};

/// What the column "tier_today" says: names, and where in the file each stands first ("customers.csv:7: ").
struct ToldTiers {
  std::vector<std::string> names, places;
  std::vector<std::int32_t> by_row;  ///< -1: none
};

/// A file, or what is wrong with it: mistakes say file, line, column and reason, and no real id.
struct CustomerFileReading {
  std::optional<sim::CustomerFile> file;
  std::vector<std::uint64_t> customers_of_group;  ///< by group
  std::vector<FileAttribute> attributes = {};     ///< as they were asked for
  std::vector<std::string> mistakes;              ///< the first twenty
  std::size_t mistakes_count = 0;
  std::vector<std::string> warnings;
  std::optional<ToldTiers> tiers = {};
};

/// Reads the customers. `name` stands in messages; `columns` are the ones that the study names, the others go by their
/// own names. `groups`, `attributes` and `money_quantum` are the study's: amounts may be as large as
/// it can count.
CustomerFileReading read_customer_file(const std::filesystem::path& path, const std::string& name,
                                       const std::vector<Column>& columns, const std::vector<std::string>& groups,
                                       const sim::Catalogue& catalogue,
                                       const std::vector<FileAttribute>& attributes = {}, double money_quantum = 0.01);

/// Identities of different texts: the low `bits` of XXH3-64. Where two texts meet in one value, the lower text keeps it
/// and the other takes the next free hash by rising seed, so that the result depends on no order.
std::vector<std::uint64_t> identities(std::span<const std::string_view> texts, unsigned bits = 48);

}  // namespace clientele::scenarios
