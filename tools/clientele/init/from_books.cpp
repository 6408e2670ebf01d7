// Everything is read and held to the control numbers before anything is written.
#include "tools/clientele/init/from_books.hpp"

#include <charconv>
#include <chrono>
#include <cstdio>

#include "output/files/durable_file.hpp"
#include "scenarios/books/customers_csv.hpp"
#include "scenarios/books/dates.hpp"
#include "scenarios/books/meanings.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/fitted/books_of_study.hpp"
#include "tools/clientele/fitted/choice.hpp"
#include "tools/clientele/fitted/neutral.hpp"
#include "tools/clientele/fitted/study.hpp"
#include "tools/clientele/fitted/weights.hpp"
#include "tools/clientele/init/told_books.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {
namespace {

using scenarios::BookFile;

[[noreturn]] void wrong_usage(const std::string& text) { throw sim::UserError(text, sim::Exit::usage); }

/// "header=meaning", the last = of it: headers may have some.
scenarios::ReadFile::Column column_said(const std::string& said) {
  const std::size_t at = said.rfind('=');
  const std::string typed = "--map " + sim::in_quotes(said);
  if (at == std::string::npos || at == 0) wrong_usage(typed + " is none. Expected: --map \"header=meaning\".");
  const std::string word = said.substr(at + 1);
  const auto meaning = scenarios::meaning_called(word);
  if (!meaning) {
    const std::string guess = scenarios::nearest_meaning(word);
    wrong_usage(typed + ": " + sim::in_quotes(word) + " is no meaning of a column (there are: " +
                scenarios::known_meanings() + ", ignored)." + (guess.empty() ? "" : " Did you mean " + guess + "?"));
  }
  return {said.substr(0, at), std::string(scenarios::word_of(*meaning))};
}

std::vector<scenarios::ReadFile::Column> columns_said(const Arguments& arguments) {
  std::vector<scenarios::ReadFile::Column> columns;
  for (const std::string& said : arguments.values("map")) {
    const auto column = column_said(said);
    for (const auto& before : columns)
      if (before.header == column.header && before.meaning != column.meaning)
        wrong_usage("--map says that " + sim::in_quotes(column.header) + " is \"" + before.meaning + "\" and \"" +
                    column.meaning + "\". Which one?");
    columns.push_back(column);
  }
  return columns;
}

/// "revenue=8300066,customers=4372"; a comma between digits would be read as another control, so there is none.
std::vector<scenarios::BookControl> controls_said(const Arguments& arguments) {
  std::vector<scenarios::BookControl> controls;
  for (const std::string& all : arguments.values("control"))
    for (std::size_t at = 0; at <= all.size();) {
      const std::size_t end = std::min(all.find(',', at), all.size());
      const std::string one = all.substr(at, end - at);
      const std::size_t equals = one.find('=');
      const std::string name = one.substr(0, equals);
      if (equals == std::string::npos)
        wrong_usage("--control " + sim::in_quotes(all) + ": " + sim::in_quotes(one) +
                    " has no \"=\". Expected: revenue=8300066,customers=4372 (numbers without commas).");
      if (!scenarios::is_book_control(name)) {
        const std::string guess = scenarios::nearest_book_control(name);
        wrong_usage("--control " + sim::in_quotes(name) +
                    " is none (there are: revenue, customers, orders, invoices, returns)." +
                    (guess.empty() ? "" : " Did you mean " + guess + "?"));
      }
      controls.push_back({name, one.substr(equals + 1)});
      at = end + 1;
    }
  return controls;
}

scenarios::DateOrder date_order_said(const Arguments& arguments) {
  const auto said = arguments.value("date-order");
  if (!said) return scenarios::DateOrder::unknown;
  if (*said == "dmy") return scenarios::DateOrder::dmy;
  if (*said == "mdy") return scenarios::DateOrder::mdy;
  if (*said == "ymd") return scenarios::DateOrder::ymd;
  wrong_usage("--date-order " + sim::printable(*said) + " is none. Expected: dmy, mdy or ymd.");
}

scenarios::DecimalMark decimal_said(const Arguments& arguments) {
  const auto said = arguments.value("decimal");
  if (!said) return scenarios::DecimalMark::unknown;
  if (*said == "point") return scenarios::DecimalMark::point;
  if (*said == "comma") return scenarios::DecimalMark::comma;
  wrong_usage("--decimal " + sim::printable(*said) + " is none. Expected: point or comma.");
}

scenarios::Day day_said(const Arguments& arguments, const std::string& option) {
  const auto said = arguments.value(option);
  if (!said) return scenarios::no_day;
  const auto day = scenarios::dates_of(*said).ymd;
  if (!day) wrong_usage("--" + option + " " + sim::printable(*said) + " is no date. Expected: such as 2027-01-01.");
  return *day;
}

/// Twelve numbers, January first; they are brought to a mean of 1.
std::optional<Season> season_said(const Arguments& arguments) {
  const auto said = arguments.value("season");
  if (!said) return std::nullopt;
  Season season{};
  std::size_t months = 0, at = 0;
  double sum = 0;
  for (; at <= said->size() && months < season.size(); ++months) {
    const std::size_t end = std::min(said->find(',', at), said->size());
    const auto [read, error] = std::from_chars(said->data() + at, said->data() + end, season[months]);
    if (error != std::errc() || read != said->data() + end || !(season[months] > 0)) break;
    sum += season[months];
    at = end + 1;
  }
  if (months != season.size() || at <= said->size())
    wrong_usage("--season " + sim::printable(*said, 200) +
                " is none. Expected: twelve numbers above 0, January first, with commas between them.");
  for (double& factor : season) factor *= static_cast<double>(season.size()) / sum;
  return season;
}

scenarios::Day today() {
  const auto now = std::chrono::system_clock::now();
  return static_cast<scenarios::Day>(std::chrono::floor<std::chrono::days>(now).time_since_epoch().count());
}

FromBooks asked_of(const Arguments& arguments) {
  if (!arguments.words().empty())
    wrong_usage("--from writes a study of your own books. Leave " + sim::in_quotes(arguments.words().front()) +
                " out?");
  if (arguments.has("like")) wrong_usage("--from and --like do not go together. Which one?");
  FromBooks asked;
  const auto output = arguments.value("output");
  if (!output) wrong_usage("-o is missing (a study and the table of your customers are written beside each other).");
  asked.study = *output;
  asked.force = arguments.has("force");
  const auto customers = arguments.value("customers-file");
  asked.customers = customers ? std::filesystem::path(*customers)
                              : asked.study.parent_path() / (asked.study.stem().string() + "-customers.csv");
  asked.draws = asked.study.parent_path() / (asked.study.stem().string() + "-draws.csv");
  asked.season = season_said(arguments);
  for (std::size_t f = 0; f < scenarios::book_files; ++f) {
    const auto file = static_cast<BookFile>(f);
    if (const auto path = arguments.value(std::string(option_of(file)))) asked.files.files.emplace_back(file, *path);
  }
  // A list of invoices is one of orders, too, where there is no other.
  if (const auto invoices = arguments.value("invoices"); invoices && !arguments.has("from"))
    asked.files.files.emplace(asked.files.files.begin(), BookFile::orders, *invoices);
  asked.files.columns = columns_said(arguments);
  asked.files.dates = date_order_said(arguments);
  asked.files.decimal = decimal_said(arguments);
  asked.files.currency = arguments.value("currency").value_or("");
  asked.files.today = today();
  asked.controls = controls_said(arguments);
  asked.origin = day_said(arguments, "origin");
  asked.new_since = day_said(arguments, "new-since");
  return asked;
}

[[noreturn]] void throw_mistakes(const scenarios::BooksReading& reading) {
  std::string all;
  for (const std::string& mistake : reading.mistakes) all += (all.empty() ? "" : "\n") + mistake;
  if (reading.mistakes_count > reading.mistakes.size())
    all += "\n... and " + with_commas(reading.mistakes_count - reading.mistakes.size()) + " more (" +
           with_commas(reading.mistakes_count) + " in all).";
  for (const std::string& hint : reading.hints) all += "\n" + hint;
  throw sim::UserError(all, reading.status);
}

void expect_origin(const scenarios::Books& books, scenarios::Day origin) {
  constexpr scenarios::Day usual_gap = 31;
  if (origin - 1 - books.last_day <= usual_gap) return;
  std::fprintf(stderr,
               "warning: the books end on %s, %d days before month 0: nobody would have ordered since. Is a part of "
               "the export missing?\n",
               scenarios::iso_text(books.last_day).c_str(), origin - 1 - books.last_day);
}

/// Customers' ids stand in it: nobody else may read it.
void write_file(const std::filesystem::path& path, const std::string& text, bool is_private, const FromBooks& asked) {
  output::DurableFile file(path, asked.force ? output::Existing::replace : output::Existing::refuse);
  namespace fs = std::filesystem;
  if (is_private) fs::permissions(file.temporary(), fs::perms::owner_read | fs::perms::owner_write);
  file.write(text);
  file.commit();
}

std::filesystem::path beside(const FromBooks& asked, const std::filesystem::path& file) {
  const std::filesystem::path folder = asked.study.parent_path().empty() ? "." : asked.study.parent_path();
  const std::filesystem::path relative = std::filesystem::proximate(file, folder);
  return relative.empty() ? std::filesystem::absolute(file) : relative;
}

scenarios::StatedBooks stated(const scenarios::Books& books, const FromBooks& asked) {
  scenarios::StatedBooks said;
  said.origin = parts_of(asked.origin);
  said.read_on = parts_of(asked.files.today);
  if (asked.new_since != scenarios::no_day) said.new_since = parts_of(asked.new_since);
  said.currency = asked.files.currency;
  if (asked.files.dates != scenarios::DateOrder::unknown)
    said.dates = asked.files.dates == scenarios::DateOrder::dmy   ? "dmy"
                 : asked.files.dates == scenarios::DateOrder::mdy ? "mdy"
                                                                  : "ymd";
  if (asked.files.decimal != scenarios::DecimalMark::unknown)
    said.decimal = asked.files.decimal == scenarios::DecimalMark::comma ? "comma" : "point";
  said.season = asked.season;
  for (std::size_t f = 0; f < asked.files.files.size(); ++f) {
    const auto& [kind, path] = asked.files.files[f];
    said.files.push_back({kind == BookFile::orders ? "orders" : std::string(option_of(kind)), beside(asked, path),
                          books.files[f].digest});
  }
  for (const scenarios::ReadFile::Column& column : asked.files.columns)
    said.columns.push_back({column.header, column.meaning});
  return said;
}

}  // namespace

scenarios::BookFiles files_said(const Arguments& arguments) {
  scenarios::BookFiles said;
  said.columns = columns_said(arguments);
  said.dates = date_order_said(arguments);
  said.decimal = decimal_said(arguments);
  said.currency = arguments.value("currency").value_or("");
  said.today = today();
  return said;
}

std::vector<Option> options_from_books() {
  using Takes = Option::Takes;
  std::vector<Option> options{{"map", 0, Takes::values},      {"control", 0, Takes::values},
                              {"currency", 0, Takes::value},  {"date-order", 0, Takes::value},
                              {"decimal", 0, Takes::value},   {"origin", 0, Takes::value},
                              {"season", 0, Takes::value},    {"new-since", 0, Takes::value},
                              {"no-fit", 0, Takes::nothing},  {"force", 0, Takes::nothing},
                              {"quiet", 'q', Takes::nothing}, {"customers-file", 0, Takes::value, Option::Of::file}};
  for (std::size_t f = 0; f < scenarios::book_files; ++f)
    options.push_back({std::string(option_of(static_cast<BookFile>(f))), 0, Takes::value, Option::Of::file});
  return options;
}

namespace {

/// The table alone, as the books have it.
sim::Exit write_table(const scenarios::Books& books, const scenarios::History& history, const FromBooks& asked) {
  std::string text;
  scenarios::write_customers(books, history, books.groups, [&](std::string_view line) { text += line; });
  write_file(asked.customers, text, true, asked);
  std::printf("%s: %s customers with their histories. Nothing was fitted, and no study was written.\n",
              sim::printable(asked.customers.string(), 200).c_str(), with_commas(history.customers.size()).c_str());
  return sim::Exit::done;
}

}  // namespace

sim::Exit init_from_books(const Arguments& arguments) {
  FromBooks asked = asked_of(arguments);
  const auto existing = asked.force ? output::Existing::replace : output::Existing::refuse;
  output::check_target(asked.study, existing);
  output::check_target(asked.customers, existing);
  output::check_target(asked.draws, existing);
  ToldProgress progress(arguments.has("quiet") ? ProgressLine::Show::nothing : ProgressLine::usual());
  asked.files.tell = [&](const scenarios::ReadFile& read, double share) { progress.tell_read(read, share); };
  const scenarios::BooksReading reading = scenarios::read_books(asked.files);
  progress.end();
  if (reading.mistakes_count > 0) throw_mistakes(reading);
  for (const std::string& warning : reading.warnings) std::fprintf(stderr, "warning: %s\n", warning.c_str());
  for (const std::string& hint : reading.hints) std::fprintf(stderr, "warning: %s\n", hint.c_str());
  for (const std::string& note : reading.notes)
    if (!arguments.has("quiet")) std::fprintf(stderr, "%s\n", note.c_str());
  if (asked.origin == scenarios::no_day)
    asked.origin = scenarios::first_day_of(scenarios::month_of(reading.books.last_day + 1));
  if (asked.origin != scenarios::first_day_of(scenarios::month_of(asked.origin)))
    wrong_usage("--origin " + scenarios::iso_text(asked.origin) +
                " is in the middle of a month (months are simulated whole). Did you mean " +
                scenarios::iso_text(scenarios::first_day_of(scenarios::month_of(asked.origin))) + "?");
  expect_origin(reading.books, asked.origin);
  const scenarios::History history = scenarios::history(reading.books, asked.origin);
  if (!arguments.has("quiet")) std::fputs(told_of_books(reading.books, history).c_str(), stderr);
  std::string off;
  for (const std::string& one : scenarios::not_tied_out(reading.books, asked.controls))
    off += (off.empty() ? "--control " : "\n--control ") + one;
  if (!off.empty()) throw sim::UserError(off);
  return arguments.has("no-fit") ? write_table(reading.books, history, asked)
                                 : fit_and_write(reading.books, history, asked, progress);
}

sim::Exit fit_and_write(const scenarios::Books& books, const scenarios::History& history, const FromBooks& asked,
                        ToldProgress& progress) {
  const std::size_t customers = history.customers.size();
  progress.tell_fit("how often they order, whether they leave, what orders are worth", customers);
  const FittedBase base = fit_base(books, asked.origin, {.season = asked.season, .new_since = asked.new_since});
  StudyFrame frame{.customers_file = beside(asked, asked.customers).string(),
                   .draws_file = beside(asked, asked.draws).string(),
                   .books = stated(books, asked),
                   .currency = books.currency.empty() ? "EUR" : books.currency};
  frame.currency_is_known = !books.currency.empty();
  frame.satisfaction_reference = neutral_reference();
  progress.tell_fit("other laws, held against these by later orders", customers);
  const Choices choices = choose_laws(books, base);
  frame.laws_told = told_of(choices);
  const FittedWeights weights = fit_weights(books, base);
  frame.scorecard = policy_of(weights);
  progress.tell_fit("joint draws of what was fitted", customers);
  const DrawsOfBase draws = draws_of(base, draws_of_a_fit, 1);
  progress.end();
  write_file(asked.customers, customers_csv(base, books), true, asked);
  write_file(asked.draws, draws_csv(draws), false, asked);
  write_file(asked.study, study_text(base, frame), false, asked);
  for (const std::string& line : told_of(base.service)) std::printf("%s\n", line.c_str());
  for (const std::string& line : frame.laws_told) std::printf("%s\n", line.c_str());
  for (const std::string& line : told_of(weights)) std::printf("%s\n", line.c_str());
  if (const std::string warning = warning_of(choices.buying); !warning.empty())
    std::fprintf(stderr, "warning: %s\n", warning.c_str());
  std::printf(
      "%s: fitted to %s customers; %s has them, %s has %zu joint draws of what was fitted.\n%sNext: clientele "
      "backtest %s\n",
      sim::printable(asked.study.string(), 200).c_str(), with_commas(base.history.customers.size()).c_str(),
      sim::printable(asked.customers.string(), 200).c_str(), sim::printable(asked.draws.string(), 200).c_str(),
      draws.rows.size(), draws.told.c_str(), sim::printable(asked.study.string(), 200).c_str());
  return sim::Exit::done;
}

}  // namespace clientele::tools
