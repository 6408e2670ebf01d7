// What each policy gives up against the one that is best in a scenario, had it been known.
#include <algorithm>
#include <cmath>
#include <map>

#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

struct Regrets {
  std::vector<Row> rows;
  std::map<std::size_t, double> largest;  ///< by policy, over scenarios
  Narrowest narrowest;
};

/// The arm of a scenario with the best average.
std::size_t best_in(const output::ComparedKpi& kpi, std::size_t scenario, double sign) {
  const output::ComparedArm* best = nullptr;
  for (const output::ComparedArm& arm : kpi.arms)
    if (arm.scenario == scenario && !std::isnan(arm.mean()) &&
        (best == nullptr || sign * arm.mean() > sign * best->mean()))
      best = &arm;
  return best == nullptr ? 0 : best->policy;
}

output::Interval given_up(const Material& material, const output::KpiTexts& kpi, const std::vector<double>& values,
                          std::size_t scenario, std::size_t best, std::size_t policy) {
  const auto of = [&](std::size_t p) { return output::futures_of(material.input, values, scenario, p); };
  return output::average_difference(of(best), of(policy),
                                    {.direction = kpi.direction,
                                     .luck = material.input.luck,
                                     .share_of_ten_largest = material.input.share_of_ten_largest,
                                     .certainty = {material.comparison.question.confidence, 1}});
}

Regrets regrets_of(const Material& material, const output::ComparedKpi& kpi) {
  Regrets all;
  const double sign = kpi.words.direction == sim::Direction::lower_is_better ? -1 : 1;
  const std::vector<double> values = material.input.values(kpi.words.name);
  for (const output::ComparedArm& arm : kpi.arms) {
    if (!material.input.is_stated(arm.policy) || std::isnan(arm.mean())) continue;
    const std::size_t best = best_in(kpi, arm.scenario, sign);
    const output::Interval up = given_up(material, kpi.words, values, arm.scenario, best, arm.policy);
    const double amount = sign * up.mean, half = arm.policy == best ? output::not_known : up.half_width;
    all.narrowest.add(up.half_width);
    all.largest[arm.policy] = std::max(all.largest[arm.policy], amount);
    all.rows.push_back({scenario_name(material, arm.scenario), policy_name(material, arm.policy), amount, amount - half,
                        amount + half, arm.mean(), arm.policy == best ? 1.0 : 0.0, 0.0});
  }
  return all;
}

}  // namespace

std::vector<Picture> regret_picture(const Material& material) {
  const output::ComparedKpi& kpi = material.comparison.kpis.front();
  if (!material.comparison.has_two_sides() || material.comparison.question.scenarios.size() < 2 ||
      kpi.words.direction == sim::Direction::neither)
    return {};
  Regrets regrets = regrets_of(material, kpi);
  if (regrets.largest.empty()) return {};
  const auto least = std::ranges::min_element(regrets.largest, {}, [](const auto& of) { return of.second; });
  const std::string safest = policy_name(material, least->first);
  for (Row& row : regrets.rows)
    if (std::get<std::string>(row[1]) == safest) row[7] = 1.0;
  Picture picture{.id = "regret", .drawn = "regret", .title = material.say("regret.title"), .rows = regrets.rows};
  const double digits = regrets.narrowest.value();
  const auto number = [&](const char* name) {
    return number_column(material, name, kpi.words.unit, "given up", digits);
  };
  const auto flag = [&](const char* name) {
    return Column{.name = name, .label = material.say(std::string("column.") + name), .holds = Column::Holds::flag};
  };
  picture.columns = {text_column(material, "scenario"),
                     text_column(material, "policy"),
                     number("given_up"),
                     number("low"),
                     number("high"),
                     number_column(material, "level", kpi.words.unit, "level"),
                     flag("is_best"),
                     flag("worst")};
  picture.sentence =
      least->second > 0
          ? material.say("regret.sentence",
                         {{"policy", safest}, {"amount", amount(material, least->second, kpi.words.unit, digits)}})
          : material.say("regret.best", {{"policy", safest}});
  picture.caption = material.say("regret.caption", {{"kpi", kpi_first(material, kpi.words)}});
  picture.alternative = material.say("regret.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"value", material.say("column.given_up")}};
  return {picture};
}

}  // namespace clientele::tools
