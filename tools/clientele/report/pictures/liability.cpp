// What each program owes its members month by month: the middle future, half of all, and four in five.
#include <algorithm>
#include <cmath>

#include "output/comparison/lift.hpp"
#include "output/comparison/over_time.hpp"
#include "output/statistics/prediction.hpp"
#include "tools/clientele/compare/program.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/counted.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t most_liabilities = 5;

/// Ends of the band are order statistics of futures: below nine of these there is none.
Row row_of_liability(const std::string& policy, std::size_t month, const output::Interval& average,
                     std::vector<double> values) {
  constexpr std::size_t fewest = 9;
  std::ranges::sort(values);
  const auto at = [&](double p) {
    return values.size() >= fewest ? output::prediction_bound(values, p) : output::not_known;
  };
  return {policy,   static_cast<double>(month + 1),        average.mean, at(0.1),
          at(0.25), output::prediction_bound(values, 0.5), at(0.75),     at(0.9)};
}

/// "3,282 ± 396 EUR"
std::string amount_with_error(const Material& material, const output::Interval& average, const std::string& unit) {
  const Rounding rounding(average.mean, average.half_width, material.language);
  if (std::isnan(average.half_width)) return amount(material, average.mean, unit);
  return rounding.bare(average.mean) + " ± " + rounding(average.half_width) + " " + shown_name(unit);
}

}  // namespace

std::vector<Picture> liability_picture(const Material& material) {
  if (!has_single_months(material)) return {};
  const std::size_t scenario = scenario_of_answer(material);
  Picture picture{.id = "liability", .drawn = "course", .title = material.say("liability.title")};
  Narrowest narrowest;
  for (const std::size_t policy : policies_to_draw(material, most_liabilities)) {
    if (!output::sells_to_members(material.input, program_terms(), {scenario, policy})) continue;
    const auto liability = Counted::of(material, "points_liability", scenario, policy);
    if (!liability) continue;
    const std::vector<std::size_t> years = output::ends_of_years(liability->months(), 0, liability->months());
    output::Interval last;
    for (std::size_t month = 0; month < liability->months(); ++month) {
      last = liability->average({.month = month});
      const std::vector<double> values = output::present(liability->sums({.month = month}));
      if (values.empty()) continue;
      if (std::ranges::find(years, month + 1) != years.end()) picture.listed.push_back(picture.rows.size());
      picture.rows.push_back(row_of_liability(policy_name(material, policy), month, last, values));
    }
    if (std::isnan(last.mean)) continue;
    narrowest.add(last.half_width);
    const std::string& unit = material.input.currency;
    const auto bound = [&](std::size_t column) { return std::get<double>(picture.rows.back()[column]); };
    const bool has_band = !std::isnan(bound(3));
    picture.sentence +=
        (picture.sentence.empty() ? "" : " ") +
        material.say("liability.sentence",
                     {{"policy", policy_name(material, policy)},
                      {"amount", amount_with_error(material, last, unit)},
                      {"month", count_text(material, static_cast<double>(liability->months()))},
                      {"range", has_band ? material.say("liability.range", {{"low", amount(material, bound(3), unit)},
                                                                            {"high", amount(material, bound(7), unit)}})
                                         : ""}});
  }
  if (picture.rows.empty()) return {};
  const auto level = [&](const char* name) {
    return number_column(material, name, material.input.currency, "level", narrowest.value());
  };
  picture.columns = {text_column(material, "policy"),
                     month_column(material),
                     level("level"),
                     level("tenth"),
                     level("quarter_low"),
                     level("middle"),
                     level("quarter_high"),
                     level("nine_tenths")};
  picture.columns[2].name = "mean";
  picture.columns[3].name = "low";
  picture.columns[7].name = "high";
  picture.caption = material.say("liability.caption", {{"scenario", scenario_name(material, scenario)}});
  if (!draws_redemption(material.comparison)) picture.caption += " " + material.say("liability.narrow");
  picture.alternative = material.say("liability.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", material.say("column.month")},
                    {"y", material.say("liability.axis") + " (" + shown_name(material.input.currency) + ")"},
                    {"most", material.say("liability.most")},
                    {"half", material.say("liability.half")}};
  return {picture};
}

}  // namespace clientele::tools
