// In how many simulated futures the difference to the baseline lies below any amount.
#include <algorithm>
#include <cmath>

#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t most_curves = 5;    ///< the baseline is none of them
constexpr std::size_t most_points = 200;  ///< of a curve; of more futures each n-th is a point

std::vector<double> ascending_differences(const Material& material, const std::vector<double>& values,
                                          std::size_t scenario, std::size_t policy) {
  const auto of = [&](std::size_t p) { return output::futures_of(material.input, values, scenario, p); };
  std::vector<double> differences =
      output::present(output::difference(of(policy), of(material.comparison.question.baseline)));
  std::ranges::sort(differences);
  return differences;
}

}  // namespace

std::vector<Picture> chance_picture(const Material& material) {
  const auto& answer = material.comparison.answer;
  if (!answer) return {};
  const output::KpiTexts& kpi = answer->headline.kpi;
  const std::vector<double> values = material.input.values(kpi.name);
  Picture picture{.id = "chance", .drawn = "chance", .title = material.say("chance.title")};
  for (const std::size_t policy : policies_to_draw(material, most_curves + 1)) {
    if (policy == material.comparison.question.baseline) continue;
    const std::vector<double> all = ascending_differences(material, values, answer->scenario, policy);
    if (all.size() < 2) continue;
    const std::size_t step = 1 + (all.size() - 1) / most_points;
    for (std::size_t i = 0; i < all.size(); i += step) {
      const double share = static_cast<double>(i + 1) / static_cast<double>(all.size());
      if ((i / step) % std::max<std::size_t>(1, all.size() / step / 10) == 0)
        picture.listed.push_back(picture.rows.size());
      picture.rows.push_back({policy_name(material, policy), all[i], share});
    }
  }
  if (picture.rows.empty()) return {};
  picture.columns = {text_column(material, "policy"), difference_column(material, "amount", kpi.unit),
                     share_column(material, "share")};
  picture.columns[2].label = material.say("column.share_below");
  const output::Chance& chance = answer->headline.statements.futures;
  const std::size_t all = chance.better + chance.equal + chance.worse;
  picture.sentence = material.say("chance.sentence", {{"policy", policy_name(material, answer->policy)},
                                                      {"baseline", baseline_name(material)},
                                                      {"better", count_text(material, double(chance.better))},
                                                      {"all", count_text(material, double(all))},
                                                      {"kpi", kpi_name(material, kpi)}});
  picture.caption = material.say("chance.caption", {{"kpi", kpi_name(material, kpi)},
                                                    {"scenario", scenario_name(material, answer->scenario)},
                                                    {"baseline", baseline_name(material)}});
  picture.alternative = material.say("chance.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", axis_of_difference(material, kpi.unit)}, {"y", material.say("column.share_below")}};
  return {picture};
}

}  // namespace clientele::tools
