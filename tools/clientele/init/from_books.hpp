// `clientele init --from orders.csv`: from a firm's exports to a table of its customers, and to a study of them.
#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "scenarios/books/history.hpp"
#include "scenarios/books/read_books.hpp"
#include "sim/core/check.hpp"
#include "tools/clientele/arguments.hpp"
#include "tools/clientele/fitted/base.hpp"
#include "tools/clientele/init/told_progress.hpp"

namespace clientele::tools {

/// The options of init that go with --from.
std::vector<Option> options_from_books();

/// What --map, --date-order, --decimal and --currency say of exports; no files, and today as the last day.
scenarios::BookFiles files_said(const Arguments& arguments);

/// What was asked for.
struct FromBooks {
  std::filesystem::path study;      ///< -o: not written yet, and not there (or --force)
  std::filesystem::path customers;  ///< beside it
  std::filesystem::path draws = {};
  std::optional<Season> season = {};  ///< stated, not fitted
  scenarios::BookFiles files = {};
  std::vector<scenarios::BookControl> controls = {};
  scenarios::Day origin = scenarios::no_day;  ///< the first day of month 0
  bool force = false;
  scenarios::Day new_since = scenarios::no_day;  ///< who is first seen from this day on is new
};

/// Reads, says on stderr what was read, holds it to the control numbers, fits and writes. Throws UserError with all
/// mistakes; nothing is written then.
sim::Exit init_from_books(const Arguments& arguments);

/// What follows once the books are read: fits, and writes the table of customers, joint draws, and the study last.
sim::Exit fit_and_write(const scenarios::Books& books, const scenarios::History& history, const FromBooks& asked,
                        ToldProgress& progress);

}  // namespace clientele::tools
