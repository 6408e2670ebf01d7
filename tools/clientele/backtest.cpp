// `clientele backtest STUDY`: how this way of fitting would have met months that are known.
#include <cstdio>

#include "models/catalogue.hpp"
#include "scenarios/books/dates.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "sim/why.hpp"
#include "tools/clientele/arguments.hpp"
#include "tools/clientele/backtest/figures.hpp"
#include "tools/clientele/backtest/written.hpp"
#include "tools/clientele/fitted/books_of_study.hpp"
#include "tools/clientele/study_options.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

using scenarios::Day;

/// The first days of months so that `months` of each lie within the books, the latest first.
std::vector<Day> origins_of(const scenarios::Books& books, int months, int number) {
  const Day end = scenarios::first_day_of(scenarios::month_of(books.last_day + 1));
  std::vector<Day> origins;
  for (int k = 0; k < number; ++k) {
    const Day origin = scenarios::months_later(end, -months - k);
    if (origin <= scenarios::months_later(books.first_day, 2)) break;
    origins.push_back(origin);
  }
  if (origins.empty())
    throw sim::UserError("the books reach from " + scenarios::iso_text(books.first_day) + " to " +
                             scenarios::iso_text(books.last_day) + ": too short to hold back " +
                             std::to_string(months) +
                             " months and fit to two or more before them. Did you mean fewer "
                             "(--months)?",
                         sim::Exit::usage);
  return origins;
}

std::vector<Day> asked_days(const std::string& text) {
  std::vector<Day> days;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t comma = std::min(text.find(',', begin), text.size());
    const auto day = scenarios::dates_of(text.substr(begin, comma - begin)).in(scenarios::DateOrder::ymd);
    if (!day)
      throw sim::UserError("--at " + text + " is no list of days. Expected: --at 2011-06-01,2011-05-01.",
                           sim::Exit::usage);
    if (*day != scenarios::first_day_of(scenarios::month_of(*day)))
      throw sim::UserError("--at " + scenarios::iso_text(*day) +
                               " is in the middle of a month (months are simulated whole). Did you mean " +
                               scenarios::iso_text(scenarios::first_day_of(scenarios::month_of(*day))) + "?",
                           sim::Exit::usage);
    days.push_back(*day);
    begin = comma + 1;
  }
  return days;
}

/// Policies that the study states, by name.
std::uint32_t policy_called(const std::string& name, const sim::Study& study) {
  std::vector<std::string> names;
  for (std::uint32_t p = 0; p < study.policies.size(); ++p) {
    if (!sim::is_stated(study.policies[p])) continue;
    if (study.policies[p].name == name) {
      if (p == study.baseline)
        throw sim::UserError("--policy " + sim::in_quotes(name) +
                                 " is the baseline: nothing changes with it. Which other one did the firm adopt?",
                             sim::Exit::usage);
      return p;
    }
    names.push_back(study.policies[p].name);
  }
  const std::string guess = sim::nearest(name, names);
  throw sim::UserError("--policy " + sim::in_quotes(name) + " is not in the study." +
                           (guess.empty() ? "" : " Did you mean " + sim::in_quotes(guess) + "?"),
                       sim::Exit::usage);
}

/// A policy of the study and the day from which on it was the firm's, where both are said.
std::optional<Change> change_asked(const Arguments& arguments, const scenarios::StudyReading& reading) {
  const auto policy = arguments.value("policy"), since = arguments.value("since");
  if (!policy && !since) return std::nullopt;
  if (!policy || !since)
    throw sim::UserError(std::string(policy ? "--since" : "--policy") +
                             " is missing (a change that the firm made is a policy of the study and the day from which "
                             "on it held). Expected: --policy \"best fifth\" --since 2011-03-01.",
                         sim::Exit::usage);
  if (arguments.has("write"))
    throw sim::UserError(
        "--write does not go with --policy: what travels with a study is how its way of fitting met "
        "known months, without changes. Leave one of them out?",
        sim::Exit::usage);
  const auto day = scenarios::dates_of(*since).in(scenarios::DateOrder::ymd);
  if (!day)
    throw sim::UserError("--since " + sim::printable(*since) + " is no day. Expected: such as 2011-03-01.",
                         sim::Exit::usage);
  if (*day != scenarios::first_day_of(scenarios::month_of(*day)))
    throw sim::UserError("--since " + scenarios::iso_text(*day) +
                             " is in the middle of a month (months are simulated whole). Did you mean " +
                             scenarios::iso_text(scenarios::first_day_of(scenarios::month_of(*day))) + "?",
                         sim::Exit::usage);
  return Change{policy_called(*policy, reading.study), *day, reading};
}

/// The day of the change, and so many less one a month earlier each.
std::vector<Day> origins_of(const Change& change, const scenarios::Books& books, int number) {
  std::vector<Day> origins;
  for (int k = 0; k < number; ++k) {
    const Day origin = scenarios::months_later(change.since, -k);
    if (origin <= scenarios::months_later(books.first_day, 2)) break;
    origins.push_back(origin);
  }
  if (origins.empty() || change.since > books.last_day)
    throw sim::UserError("--since " + scenarios::iso_text(change.since) +
                             " is outside the months that can be "
                             "backtested: the books reach from " +
                             scenarios::iso_text(books.first_day) + " to " + scenarios::iso_text(books.last_day) +
                             ", and two months or more before it are needed to fit to.",
                         sim::Exit::usage);
  return origins;
}

void expect_change_within(const Change& change, Day origin, int months) {
  const Day end = scenarios::months_later(origin, months);
  if (change.since >= origin && change.since < end) return;
  throw sim::UserError(
      "--since " + scenarios::iso_text(change.since) + " is outside the months from " + scenarios::iso_text(origin) +
          " to " + scenarios::iso_text(end - 1) + ", which are backtested. Did you mean " +
          (change.since < origin ? "--at " + scenarios::iso_text(change.since) : "more months (--months)") + "?",
      sim::Exit::usage);
}

/// Into the study, where it travels into cubes, comparisons and reports; or how to have it there.
void tell_where_it_goes(const std::filesystem::path& study, bool write, const std::vector<BacktestAt>& all,
                        const scenarios::StatedBooks& stated, const scenarios::Books& books) {
  const std::string name = sim::printable(study.string(), 200);
  if (!write) {
    std::fprintf(stderr,
                 "To have it said wherever this study is run, compared or looked at: clientele backtest %s --write\n",
                 name.c_str());
    return;
  }
  const DigestOfFit digest = digest_of_refit(stated, books);
  if (digest.study != stated.fit_digest)
    std::fprintf(stderr,
                 "warning: what %s says of its customers is not what its books give now (it was changed by hand, or "
                 "fitted by another clientele): the backtest is of the latter, and that will be said with it. Fit "
                 "again with clientele init --from?\n",
                 name.c_str());
  write_backtest(study, all, digest);
  std::fprintf(stderr, "%s says it from now on ([books.backtest]).\n", name.c_str());
}

}  // namespace

sim::Exit backtest(const Words& words) {
  const Arguments arguments(words, {{"months", 0, Option::Takes::value},
                                    {"origins", 0, Option::Takes::value},
                                    {"at", 0, Option::Takes::value},
                                    {"futures", 0, Option::Takes::value},
                                    {"changed", 0, Option::Takes::nothing},
                                    {"json", 0, Option::Takes::nothing},
                                    {"policy", 0, Option::Takes::value},
                                    {"since", 0, Option::Takes::value},
                                    {"write", 0, Option::Takes::nothing},
                                    {"quiet", 'q', Option::Takes::nothing}});
  const sim::Catalogue catalogue = models::catalogue();
  const std::filesystem::path path = arguments.only_word("STUDY");
  const scenarios::StudyReading reading = scenarios::read_study(path, catalogue, {}, scenarios::Points::left_out);
  if (!reading.books)
    throw sim::UserError(sim::file_in_quotes(path.string()) +
                             " has no [books]: there is nothing to hold it against. clientele init --from orders.csv "
                             "writes a study that has.",
                         sim::Exit::bad_data);
  const std::optional<Change> change = change_asked(arguments, reading);
  const scenarios::Books books = books_of_study(*reading.books, path.parent_path(),
                                                arguments.has("changed") ? Changed::allowed : Changed::refused);
  Horizon horizon{.months = static_cast<int>(arguments.whole("months", 1, 60).value_or(6)),
                  .futures = static_cast<std::size_t>(arguments.whole("futures", 19, 10'000).value_or(200)),
                  .seed = reading.study.seed};
  const auto at = arguments.value("at");
  const std::vector<Day> origins =
      at       ? asked_days(*at)
      : change ? origins_of(*change, books, static_cast<int>(arguments.whole("origins", 1, 60).value_or(1)))
               : origins_of(books, horizon.months, static_cast<int>(arguments.whole("origins", 1, 60).value_or(3)));
  for (const Day origin : origins)
    if (scenarios::months_later(origin, horizon.months) >
        scenarios::first_day_of(scenarios::month_of(books.last_day + 1)))
      throw sim::UserError("the books end on " + scenarios::iso_text(books.last_day) + ": " +
                               std::to_string(horizon.months) + " months from " + scenarios::iso_text(origin) +
                               " on are not in them. Did you mean fewer months, or an earlier day?",
                           sim::Exit::usage);
  if (change)
    for (const Day origin : origins) expect_change_within(*change, origin, horizon.months);
  std::vector<BacktestAt> all;
  for (const Day origin : origins) {
    talk(arguments.has("quiet") ? Talk::quiet : Talk::all, "backtest: fitting to what was known on " +
                                                               scenarios::iso_text(origin) + ", simulating " +
                                                               std::to_string(horizon.months) + " months");
    const FitAsked asked = fit_asked(*reading.books);
    all.push_back(change ? backtest_at(books, origin, horizon, asked, *change)
                         : backtest_at(books, origin, horizon, asked));
  }
  const std::string text =
      arguments.has("json") ? backtest_json(all, books.currency) : backtest_in_words(all, books.currency);
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (!change && (!arguments.has("quiet") || arguments.has("write")))
    tell_where_it_goes(path, arguments.has("write"), all, *reading.books, books);
  return sim::Exit::done;
}

}  // namespace clientele::tools
