// What a cell counted, by the names of metrics and histograms.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "sim/sink.hpp"
#include "sim/state/histogram.hpp"
#include "tests/reference/journal.hpp"

namespace clientele::tests {

class Counts {
 public:
  /// Axes as the study says them; of the engine's description only the names and their order are taken.
  Counts(const sim::Study& study, const sim::OutcomeInfo& names);

  /// Of which kind the months are that follow; what a closed one counts stands apart.
  void enter(sim::MonthKind kind) { kind_ = kind; }
  /// Writes down what is counted from here on, too.
  void write_into(Journal& journal) { journal_ = &journal; }
  /// A month begins in which these are customers.
  void begin(int month, std::set<std::uint64_t> active);

  /// Nothing is counted before the fork.
  void add(std::string_view metric, int month, std::int32_t tier, std::uint32_t group, std::int64_t value,
           std::optional<std::uint64_t> who);
  /// In a month after the horizon, 0 the first, whatever the present one is.
  void add_beyond(std::string_view metric, int after, std::int32_t tier, std::uint32_t group, std::int64_t value,
                  std::optional<std::uint64_t> who);
  /// A review found somebody in a tier and put him into another, or the same.
  void move(int month, std::int32_t tier, std::int32_t tier_to, std::uint32_t group);
  void bin(std::string_view histogram, int month, std::uint32_t group, std::int64_t value, std::uint64_t who);
  /// Of the cell as a whole, in whatever month it is.
  void add_by_age(std::string_view metric, int month, int age, std::int64_t value);
  /// What another cell has written down, under the first tier.
  void add_again(const Journal::Entry& entry);

  sim::CellOutcome outcome(const sim::Cell& cell) const;

 private:
  struct Binned {
    std::int64_t customers = 0, sum = 0;
  };
  const sim::Study* study_;
  const sim::OutcomeInfo* names_;
  std::size_t tiers_ = 0, groups_ = 0;
  std::map<std::string, std::size_t, std::less<>> metrics_;
  void note(Journal::Entry entry);
  std::size_t place_of(int month, std::int32_t tier, std::uint32_t group, std::string_view metric) const;

  sim::MonthKind kind_ = sim::MonthKind::usual;
  Journal* journal_ = nullptr;
  std::vector<std::int64_t> counts_, flows_, beyond_, by_age_;
  std::vector<std::vector<std::map<std::int32_t, Binned>>> bins_;  ///< [histogram][named month x groups + group]
};

}  // namespace clientele::tests
