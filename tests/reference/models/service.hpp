// Service, one customer: each delivery succeeds or fails by itself; care and expediting are billed.
#pragma once
#include <optional>
#include <vector>

#include "models/service.hpp"
#include "tests/reference/models/logistics.hpp"
#include "tests/reference/models/margin.hpp"

namespace clientele::tests {

struct Served {
  float reference = 0;  ///< spend at which care has its stated effects on this account
  float expedite_per_order = 0, care = 0, care_points = 0, care_hazard = 0;  ///< of this month, as is the rest
  int late = 0, defective = 0;
};

/// The mean of what is expected of all customers of the first base, group by group.
inline float mean_margin(const Scene& scene) {
  const sim::Study& study = scene.setting.study();
  models::KnownFields known;
  for (std::size_t f = 0; f < known.size() && study.population.file; ++f) {
    const std::string_view path = models::fields_of_accounts[f];
    const std::size_t dot = path.find('.');
    for (const auto& trait : study.population.file->traits)
      if (trait.field == scene.setting.field(path.substr(0, dot), path.substr(dot + 1))) known[f] = trait.values;
  }
  const auto groups = models::known_accounts(study.population, known);
  double mean = 0;
  for (std::uint32_t g = 0; g < groups.size(); ++g)
    mean +=
        models::part_of_mean(groups[g], known, scene.setting.parameters<models::PurchasingParameters>("purchasing", g),
                             scene.setting.parameters<models::AccountingParameters>("accounting", g),
                             scene.setting.parameters<models::LogisticsParameters>("logistics", g));
  return static_cast<float>(mean);
}

inline void be_born(const Scene& scene, const Customer& who, Served& served, const Buyer& buyer, const Place& place,
                    const Earner& earner) {
  const auto& p = scene.setting.parameters<models::ServiceParameters>("service", who.group);
  const float margin =
      models::expected_margin(buyer.order_rate, buyer.order_value, earner.gross_margin, place.order_cost);
  served.reference = models::reference_of_account(p.care_reference, models::account_value(margin, mean_margin(scene)),
                                                  p.care_exponent);
}

/// Hours that a customer's care asks for.
inline std::int64_t hours_asked(const Scene& scene, const Customer& who) {
  if (!who.on_books) return 0;
  return models::hours_of_care(scene.lever("service", "care", who),
                               scene.setting.policy_setting("service", "care_per_hour", scene.month));
}

/// `asked`: the hours of all customers when they were last asked, if they were.
inline void offer_service(const Scene& scene, const Customer& who, Served& served, std::optional<std::int64_t> asked) {
  const auto& p = scene.setting.parameters<models::ServiceParameters>("service", who.group);
  served.expedite_per_order = scene.lever("service", "expedite", who) * p.expedite_cost;
  served.care = who.on_books ? scene.lever("service", "care", who) : 0.F;
  if (asked)
    served.care *= models::worked_share(*asked, scene.setting.policy_setting("service", "managers", scene.month),
                                        scene.setting.policy_setting("service", "manager_hours", scene.month));
  const float far = models::care_saturation(served.care, served.reference);
  served.care_points = p.care_points * far;
  served.care_hazard = p.care_hazard * far;
}

/// Nothing is delivered and nobody is looked after beyond the horizon; care is for all whom the firm takes for its own.
inline void deliver(const Scene& scene, const Customer& who, const Buyer& buyer, Served& served, Bills& bills) {
  served.late = served.defective = 0;
  if (scene.run_off() || !(who.active || who.on_books)) return;
  const auto& p = scene.setting.parameters<models::ServiceParameters>("service", who.group);
  constexpr auto late = models::addresses.of("late delivery"), defect = models::addresses.of("defect");
  const float late_chance = p.late_chance * (1.F - scene.lever("service", "expedite", who));
  const std::int32_t late_up_to = sim::chance_threshold(late_chance * scene.driver("late_deliveries", who));
  const std::int32_t defective_up_to = sim::chance_threshold(p.defect_chance * scene.driver("defects", who));
  for (const Order& order : buyer.orders) {
    if (sim::happens(sim::chance_bits(order.care[late.word]), late_up_to)) ++served.late;
    if (sim::happens(sim::chance_bits(order.care[defect.word]), defective_up_to)) ++served.defective;
  }
  const std::int32_t expediting = models::rounded(static_cast<float>(buyer.orders.size()) * served.expedite_per_order,
                                                  scene.per_quantum(), buyer.rounding);
  const std::int32_t care = models::rounded(served.care, scene.per_quantum(), buyer.rounding);
  bills.push_back(expediting);
  bills.push_back(care);
  scene.count("late_deliveries", who, served.late);
  scene.count("defects", who, served.defective);
  scene.count("expedite_cost", who, expediting);
  scene.count("care_cost", who, care);
}

}  // namespace clientele::tests
