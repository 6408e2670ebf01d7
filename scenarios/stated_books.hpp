// What a study says of the exports that it was fitted to: backtests, tracking and refits read them again.
#pragma once
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/override.hpp"
#include "sim/catalogue.hpp"

namespace clientele::scenarios {

/// What a backtest of the way in which a study was fitted came to.
struct StatedBacktest {
  std::size_t inside = 0, figures = 0;           ///< of figures at all origins, those inside their range
  int months = 0;                                ///< after each origin
  std::vector<std::array<int, 3>> origins = {};  ///< calendar days, as in StatedBooks
  std::size_t futures = 0;
  std::string digest = {};      ///< of the fit that was tested, as the study had it then (fit_digest)
  bool of_another_fit = false;  ///< what was fitted has been changed since
};

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
  std::optional<StatedBacktest> backtest = {};
  /// Of what the study says of its books and of all that was fitted to them (the tables books without backtest,
  /// population and uncertain without the names of their files, purchasing and churn, with options of the command
  /// line), XXH3 of 128 bits: 32 hex digits. Comments, blanks, policies and scenarios do not change it.
  std::string fit_digest = {};
};

/// The [books] of a study's text alone, with options of the command line laid over it, for who has none of its files;
/// nothing where it has none. Throws UserError with all mistakes in them.
std::optional<StatedBooks> books_in(std::string_view text, const std::string& name,
                                    const std::vector<Override>& overrides, const sim::Catalogue& catalogue);

}  // namespace clientele::scenarios
