// `clientele track CUBE ACTUALS.csv`: what has come of what was promised, month by month.
#include <algorithm>
#include <cstdio>

#include "models/catalogue.hpp"
#include "scenarios/books/dates.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/arguments.hpp"
#include "tools/clientele/backtested.hpp"
#include "tools/clientele/fitted/books_of_study.hpp"
#include "tools/clientele/init/from_books.hpp"
#include "tools/clientele/track/told.hpp"
#include "tools/clientele/verbs.hpp"
#include "tools/clientele/verify/carried_study.hpp"

namespace clientele::tools {
namespace {

using scenarios::Day;

[[noreturn]] void fail_track(const std::string& text, sim::Exit status = sim::Exit::usage) {
  throw sim::UserError(text, status);
}

std::size_t place_called(const std::string& what, const std::string& name, const std::vector<std::string>& names) {
  const auto found = std::ranges::find(names, name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  const std::string guess = sim::nearest(name, names);
  fail_track("--" + what + " " + sim::printable(name) + " is not in the cube." +
             (guess.empty() ? "" : " Did you mean " + sim::in_quotes(guess) + "?"));
}

/// As init reads orders, with what the study says of its own; what is said here counts before it.
scenarios::Books read_actuals(const std::string& path, const scenarios::BookFiles& said,
                              const scenarios::StatedBooks& stated) {
  scenarios::BookFiles files = said;
  files.files = {{scenarios::BookFile::orders, path}};
  const scenarios::BookFiles of_study = book_files_of(stated);
  if (files.columns.empty()) files.columns = of_study.columns;
  if (files.dates == scenarios::DateOrder::unknown) files.dates = of_study.dates;
  if (files.decimal == scenarios::DecimalMark::unknown) files.decimal = of_study.decimal;
  if (files.currency.empty()) files.currency = of_study.currency;
  scenarios::BooksReading reading = scenarios::read_books(files);
  std::string mistakes;
  for (const std::string& mistake : reading.mistakes) mistakes += (mistakes.empty() ? "" : "\n") + mistake;
  if (reading.mistakes_count > 0) fail_track(mistakes, reading.status);
  for (const std::string& warning : reading.warnings) std::fprintf(stderr, "warning: %s\n", warning.c_str());
  return std::move(reading.books);
}

/// Who had ordered before month 0, where the study's own exports are still there.
std::optional<KnownIds> known_before(const scenarios::StatedBooks& stated, const std::filesystem::path& folder,
                                     Day origin) {
  scenarios::StatedBooks orders = stated;
  std::erase_if(orders.files, [](const scenarios::StatedBooks::File& file) { return file.kind != "orders"; });
  for (const scenarios::StatedBooks::File& file : orders.files)
    if (!std::filesystem::exists(file.path.is_absolute() ? file.path : folder / file.path)) return std::nullopt;
  const scenarios::Books books = books_of_study(orders, folder, Changed::allowed);
  KnownIds known;
  for (const scenarios::BookOrder& order : books.orders)
    if (order.day < origin) known.insert(books.customers[order.customer].id);
  return known;
}

/// The first day that the exports do not tell any more: said, or the day after their last order.
Day end_of(const Arguments& arguments, const std::vector<scenarios::Books>& exports) {
  if (const auto said = arguments.value("until")) {
    const auto day = scenarios::dates_of(*said).ymd;
    if (!day) fail_track("--until " + sim::printable(*said) + " is no day. Expected: such as 2027-04-01.");
    return *day;
  }
  Day last = scenarios::no_day;
  for (const scenarios::Books& books : exports) last = std::max(last, books.last_day);
  return last + 1;
}

void expect_no_overlap(const std::vector<scenarios::Books>& exports, const Words& names) {
  for (std::size_t a = 0; a < exports.size(); ++a)
    for (std::size_t b = a + 1; b < exports.size(); ++b)
      if (exports[a].first_day <= exports[b].last_day && exports[b].first_day <= exports[a].last_day)
        fail_track(sim::file_in_quotes(names[a + 1]) + " and " + sim::file_in_quotes(names[b + 1]) +
                       " tell of the same days (from " +
                       scenarios::iso_text(std::max(exports[a].first_day, exports[b].first_day)) +
                       " on): what is in both would count twice. Would one of them do?",
                   sim::Exit::bad_data);
}

/// A month that no export reaches counts as one in which nothing was sold.
void warn_of_empty_months(const std::vector<scenarios::Books>& exports, Day origin, std::size_t months) {
  std::vector<bool> busy(months, false);
  for (const scenarios::Books& books : exports)
    for (const scenarios::BookOrder& order : books.orders)
      if (const auto m = scenarios::month_of(order.day) - scenarios::month_of(origin);
          m >= 0 && static_cast<std::size_t>(m) < months)
        busy[static_cast<std::size_t>(m)] = true;
  const auto empty = std::count(busy.begin(), busy.end(), false);
  if (empty == 0) return;
  const auto first = static_cast<int>(std::find(busy.begin(), busy.end(), false) - busy.begin());
  std::fprintf(stderr,
               "warning: %td of the %zu months have no order in the exports, the first is %s: they are taken as months "
               "in which nothing was sold. Is a part of the export missing?\n",
               empty, months, scenarios::iso_month(scenarios::month_of(origin) + first).c_str());
}

CsvForm csv_form_of(const Arguments& arguments) {
  const std::string csv = arguments.value("csv").value_or("");
  if (!csv.empty() && csv != "excel")
    fail_track("--csv=" + sim::printable(csv) + " is no form of CSV. Expected: --csv (RFC 4180) or --csv=excel.");
  if (arguments.has("csv") && arguments.has("json")) fail_track("--json and --csv do not go together.");
  return csv.empty() ? CsvForm::plain : CsvForm::excel;
}

}  // namespace

sim::Exit track(const Words& words) {
  using enum Option::Takes;
  const Arguments arguments(words, {{"policy", 0, value},
                                    {"scenario", 0, value},
                                    {"until", 0, value},
                                    {"folder", 0, value, Option::Of::file},
                                    {"map", 0, values},
                                    {"currency", 0, value},
                                    {"date-order", 0, value},
                                    {"decimal", 0, value},
                                    {"json", 0, nothing},
                                    {"csv", 0, maybe_value}});
  const CsvForm form = csv_form_of(arguments);
  const Words& names = arguments.words();
  if (names.size() < 2)
    fail_track(names.empty() ? "CUBE is missing." : "ACTUALS.csv is missing: an export of orders since month 0.");
  const output::CubeReader cube(names.front());
  if (cube.points().any())
    fail_track(sim::file_in_quotes(names.front()) +
               " is of a sweep: a study that was adopted is one of its points, run "
               "by itself.");
  const auto stated = scenarios::books_in(cube.study_text(), "study in " + sim::printable(names.front(), 200),
                                          overrides_in(cube), models::catalogue());
  if (!stated)
    fail_track(sim::file_in_quotes(names.front()) +
                   " is of a study without [books], so that it is not known which "
                   "customers and days it tells of. clientele init --from orders.csv writes one that has.",
               sim::Exit::bad_data);
  const Day origin = day_in_books(stated->origin);
  const scenarios::BookFiles said = files_said(arguments);
  std::vector<scenarios::Books> exports;
  for (std::size_t f = 1; f < names.size(); ++f) exports.push_back(read_actuals(names[f], said, *stated));
  expect_no_overlap(exports, names);
  const std::filesystem::path cubes_folder = std::filesystem::path(names.front()).parent_path();
  const std::filesystem::path folder =
      arguments.value("folder") ? std::filesystem::path(*arguments.value("folder")) : cubes_folder;
  const MonthsMet met = months_met(exports, origin, end_of(arguments, exports), known_before(*stated, folder, origin));
  if (met.months == 0)
    fail_track("no month from " + scenarios::iso_text(origin) + " on is whole in the export" +
                   (exports.size() > 1 ? "s" : "") + " (the last order is of " +
                   scenarios::iso_text(end_of(arguments, exports) - 1) +
                   "). Where nothing more was ordered to its end: --until " +
                   scenarios::iso_text(scenarios::months_later(origin, 1)) + ".",
               sim::Exit::bad_data);
  warn_of_empty_months(exports, origin, met.months);
  const auto& axes = cube.axes();
  const std::string policy = arguments.value("policy").value_or(cube.text("baseline"));
  const std::string scenario = arguments.value("scenario").value_or(axes.scenarios.front());
  const Promised promised = promised_in(cube, place_called("scenario", scenario, axes.scenarios),
                                        place_called("policy", policy, axes.policies));
  const Tracking tracking{.title = cube.text_or_empty("title"),
                          .scenario = scenario,
                          .policy = policy,
                          .currency = cube.text_or_empty("currency"),
                          .origin = origin,
                          .futures = promised.futures,
                          .measures = tracked(promised, met),
                          .backtested = fitted_in_words(fitted_of(stated), "")};
  if (tracking.measures.empty())
    fail_track("the cube holds none of what an export tells. Was it made with output.metrics?", sim::Exit::bad_data);
  const std::string text = arguments.has("json")  ? tracking_as_json(tracking)
                           : arguments.has("csv") ? tracking_as_csv(tracking, form)
                                                  : tracking_in_words(tracking);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return sim::Exit::done;
}

}  // namespace clientele::tools
