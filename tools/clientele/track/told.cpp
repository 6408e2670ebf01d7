// A table per measure, and one sentence of what has come of it.
#include "tools/clientele/track/told.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "scenarios/books/dates.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

namespace {

using Json = nlohmann::ordered_json;

/// "2011-06", as long as months begin on the first day of one.
std::string called(scenarios::Day month) {
  const std::string day = scenarios::iso_text(month);
  return day.ends_with("-01") ? day.substr(0, 7) : "from " + day;
}

std::string whole(double value) {
  const std::string number = with_commas(static_cast<std::uint64_t>(std::llround(std::fabs(value))));
  return std::llround(value) < 0 ? "-" + number : number;
}

std::string answer(const std::optional<double>& fact, const std::optional<RangeOfFutures>& range) {
  if (!fact || !range) return "";
  return range->holds(*fact) ? "yes" : "NO";
}

std::string columns(const std::optional<double>& fact, const std::optional<RangeOfFutures>& range) {
  const std::string band = range ? whole(range->low) + " to " + whole(range->high) : "";
  return fmt::format("{:>12}{:>12}{:>24}  {:<6}", fact ? whole(*fact) : "", range ? whole(range->mean) : "", band,
                     answer(fact, range));
}

std::string without_blanks_at_ends(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string table_of(const TrackedMeasure& tracked) {
  const std::string heads =
      fmt::format("{:>12}{:>12}{:>24}  {:<6}", "happened", "promised", "nine futures in ten", "inside");
  const bool adds_up = tracked.measure.adds_up;
  std::string text = without_blanks_at_ends(fmt::format("{:<12}{}{}", "", heads, adds_up ? "   from the start" : ""));
  for (const TrackedMonth& month : tracked.months) {
    text += without_blanks_at_ends(fmt::format("{:<12}{}", called(month.month), columns(month.fact, month.promise)));
    if (adds_up)
      text +=
          without_blanks_at_ends(fmt::format("{:<12}{}", "  so far", columns(month.fact_so_far, month.promise_so_far)));
  }
  return text;
}

/// "Revenue to the end of 2011-11 came to 4,123,456, 12 % more than promised (3,700,000; nine futures in ten 3,200,000
/// to 4,300,000): inside. 5 of 6 months were.".
std::string sentence_of(const TrackedMeasure& tracked) {
  const TrackedMonth& last = tracked.months.back();
  std::string name = tracked.measure.name;
  name.front() = static_cast<char>(name.front() - 'a' + 'A');
  const bool adds_up = tracked.measure.adds_up;
  const auto& fact = adds_up ? last.fact_so_far : last.fact;
  const RangeOfFutures range = adds_up ? *last.promise_so_far : last.promise;
  const std::string when = (adds_up ? " to the end of " : " in ") + called(last.month);
  const std::string promise =
      fmt::format("{} (nine futures in ten {} to {})", whole(range.mean), whole(range.low), whole(range.high));
  if (!fact)
    return fmt::format("{}{} were promised as {}; the export does not tell what came of it.", name, when, promise);
  std::size_t inside = 0;
  for (const TrackedMonth& month : tracked.months) inside += month.promise.holds(*month.fact) ? 1 : 0;
  const double off = range.mean != 0 ? *fact / range.mean - 1 : 0;
  return fmt::format(
      "{}{} came to {}, {:.1f} % {} than the {} that were promised on average: {}. {} of {} months alone were "
      "inside theirs.",
      name, when, whole(*fact), 100 * std::fabs(off), off < 0 ? "less" : "more", promise,
      range.holds(*fact) ? "inside" : "OUTSIDE", inside, tracked.months.size());
}

Json json_of(const RangeOfFutures& range) { return {{"mean", range.mean}, {"low", range.low}, {"high", range.high}}; }
Json json_of(const std::optional<double>& fact) { return fact ? Json(*fact) : Json(nullptr); }
Json inside_json(const std::optional<double>& fact, const RangeOfFutures& range) {
  return fact ? Json(range.holds(*fact)) : Json(nullptr);
}

Json json_of(const TrackedMonth& month) {
  Json one = {{"month", scenarios::iso_text(month.month)},
              {"fact", json_of(month.fact)},
              {"promise", json_of(month.promise)},
              {"inside", inside_json(month.fact, month.promise)},
              {"so_far", nullptr}};
  if (month.promise_so_far)
    one["so_far"] = {{"fact", json_of(month.fact_so_far)},
                     {"promise", json_of(*month.promise_so_far)},
                     {"inside", inside_json(month.fact_so_far, *month.promise_so_far)}};
  return one;
}

void add_range(Csv& csv, const std::optional<double>& fact, const std::optional<RangeOfFutures>& range) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  csv.number(fact.value_or(missing)).number(range ? range->mean : missing).number(range ? range->low : missing);
  csv.number(range ? range->high : missing).text(fact && range ? (range->holds(*fact) ? "yes" : "no") : "");
}

}  // namespace

std::string tracking_in_words(const Tracking& tracking) {
  std::string text =
      fmt::format("{} in {}, from {} on, in {} futures{}:\n", sim::in_quotes(tracking.policy),
                  sim::in_quotes(tracking.scenario), scenarios::iso_text(tracking.origin), tracking.futures,
                  tracking.currency.empty() ? "" : ", money in " + sim::printable(tracking.currency));
  for (const TrackedMeasure& measure : tracking.measures)
    text += "\n" + measure.measure.name + (measure.measure.unit == "money" ? "" : " (" + measure.measure.unit + ")") +
            "\n" + table_of(measure);
  text += "\n";
  for (const TrackedMeasure& measure : tracking.measures) text += sentence_of(measure) + "\n";
  return text + tracking.backtested + "\n";
}

std::string tracking_as_json(const Tracking& tracking) {
  Json measures = Json::array();
  for (const TrackedMeasure& measure : tracking.measures) {
    Json months = Json::array();
    for (const TrackedMonth& month : measure.months) months.push_back(json_of(month));
    measures.push_back({{"name", measure.measure.name},
                        {"unit", measure.measure.unit == "money" ? tracking.currency : measure.measure.unit},
                        {"adds_up", measure.measure.adds_up},
                        {"months", months},
                        {"sentence", sentence_of(measure)}});
  }
  const Json all = {{"schema_version", 1},           {"title", tracking.title},
                    {"scenario", tracking.scenario}, {"policy", tracking.policy},
                    {"currency", tracking.currency}, {"origin", scenarios::iso_text(tracking.origin)},
                    {"futures", tracking.futures},   {"band", 0.9},
                    {"measures", measures},          {"backtested", tracking.backtested}};
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string tracking_as_csv(const Tracking& tracking, CsvForm form) {
  Csv csv(form);
  csv.head("measure,unit,month,fact,mean,low,high,inside,fact_so_far,mean_so_far,low_so_far,high_so_far,inside_so_far");
  for (const TrackedMeasure& measure : tracking.measures)
    for (const TrackedMonth& month : measure.months) {
      csv.text(measure.measure.name).text(measure.measure.unit == "money" ? tracking.currency : measure.measure.unit);
      csv.text(scenarios::iso_text(month.month));
      add_range(csv, month.fact, month.promise);
      add_range(csv, month.fact_so_far, month.promise_so_far);
      csv.end_line();
    }
  return csv.file();
}

}  // namespace clientele::tools
