// What a study says of the exports that it was fitted to: backtests, tracking and refits read them again.
#pragma once
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace clientele::scenarios {

struct StatedBooks {
  struct File {
    std::string kind;            ///< "orders", "invoices", "open-items", "points", "customers", "deliveries", "surveys"
    std::filesystem::path path;  ///< beside the study, unless it begins at the root
    std::string digest;          ///< of the bytes that were fitted; empty: not said
  };
  std::vector<File> files;  ///< one of orders at least
  struct Column {
    std::string header, meaning;
  };
  std::vector<Column> columns = {};  ///< what somebody said that headers mean
  /// Calendar days as (year, month, day): month 0 of the study; the day after which nothing can have happened.
  std::array<int, 3> origin{}, read_on{};
  /// Who is first seen from this day on is new; all zero: three months after the first day of the books, or half of
  /// them.
  std::array<int, 3> new_since{};
  std::string currency = {}, dates = {}, decimal = {};  ///< empty: as the files show
  /// Orders of each calendar month over the mean month, January first, where somebody stated a season beside the books.
  std::optional<std::array<double, 12>> season = {};
};

}  // namespace clientele::scenarios
