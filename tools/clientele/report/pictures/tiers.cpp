// How many customers are in each tier, month by month.
#include <algorithm>

#include "output/comparison/over_time.hpp"
#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/counted.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t most_tier_panels = 6;

bool has_tiers(const Material& material, std::size_t policy) {
  return material.cube.axes().tiers > 1 && !material.cube.tier_name(policy, 1).empty();
}

void add_rows(const Material& material, std::size_t policy, const Counted& customers, Picture& picture) {
  const std::vector<std::size_t> years = output::ends_of_years(customers.months(), 0, customers.months());
  for (std::size_t t = 0; t < customers.tiers(); ++t) {
    const std::string tier = tier_name(material, policy, t);
    if (tier.empty()) continue;
    for (std::size_t m = 0; m < customers.months(); ++m) {
      if (std::ranges::find(years, m + 1) != years.end()) picture.listed.push_back(picture.rows.size());
      const output::Interval average = customers.average({.month = m, .tier = t});
      picture.rows.push_back({policy_name(material, policy), tier, static_cast<double>(m + 1), average.mean,
                              average.low(), average.high()});
    }
  }
}

struct Largest {
  std::string tier;
  double customers = 0, all = 0;
};

Largest largest_at_end(const Material& material, std::size_t policy, const Counted& customers) {
  Largest largest;
  for (std::size_t t = 0; t < customers.tiers(); ++t) {
    if (tier_name(material, policy, t).empty()) continue;  // another policy has more of them
    const double now = customers.average({.month = customers.months() - 1, .tier = t}).mean;
    largest.all += now;
    if (now > largest.customers) largest.customers = now, largest.tier = tier_name(material, policy, t);
  }
  return largest;
}

}  // namespace

std::vector<Picture> tiers_picture(const Material& material) {
  if (!has_single_months(material)) return {};
  const std::size_t scenario = scenario_of_answer(material);
  Picture picture{.id = "tiers", .drawn = "tiers", .title = material.say("tiers.title")};
  for (const std::size_t policy : policies_to_draw(material, most_tier_panels)) {
    if (!has_tiers(material, policy) || !material.input.is_stated(policy)) continue;
    const auto customers = Counted::of(material, "customers", scenario, policy);
    if (!customers) continue;
    add_rows(material, policy, *customers, picture);
    const Largest largest = largest_at_end(material, policy, *customers);
    if (largest.all <= 0) continue;
    picture.sentence +=
        (picture.sentence.empty() ? "" : " ") +
        material.say("tiers.sentence", {{"policy", policy_name(material, policy)},
                                        {"tier", largest.tier},
                                        {"customers", count_text(material, largest.customers)},
                                        {"share", share_text(material, largest.customers / largest.all)}});
  }
  if (picture.rows.empty()) return {};
  picture.columns = {text_column(material, "policy"), text_column(material, "tier"),
                     month_column(material),          count_column(material, "customers"),
                     count_column(material, "low"),   count_column(material, "high")};
  picture.caption = material.say("tiers.caption", {{"scenario", scenario_name(material, scenario)}});
  picture.alternative = material.say("tiers.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", material.say("column.month")}, {"y", material.say("column.customers")}};
  return {picture};
}

}  // namespace clientele::tools
