// What it costs to bring an order to a customer, who may be near or far.
#pragma once
#include <cstdint>

#include "models/kpis.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// cost per order = shipping + per_km x distance_i + handling. Remote customers with small orders can lose money.
struct LogisticsParameters {
  sim::Law distance;
  float shipping = 0, per_km = 0, handling = 0;
};

/// Cost of one order [money].
CLIENTELE_INLINE float cost_of_order(float shipping, float per_km, float distance, float handling) {
  return shipping + per_km * distance + handling;
}

inline sim::FieldTable logistics_fields() {
  using P = LogisticsParameters;
  using sim::Kind, sim::range;
  return sim::fields<P>({
      sim::field(&P::distance, "distance", "km",
                 {sim::lognormal_law(range(0, 40000, 0, 2000), 180, 0.9),
                  sim::constant_law(range(0, 40000, 0, 2000), 180), sim::empirical_law(range(0, 40000, 0, 2000))},
                 Kind::trait, "distance to a customer: median 120 km at these defaults",
                 sim::guess("a regional distributor")),
      sim::money(sim::field(&P::shipping, "shipping", "money/order", range(0, 1e6), 60, Kind::by_group,
                            "shipping of an order, whatever the distance", sim::guess("recalled magnitude"))),
      sim::money(sim::field(&P::per_km, "per_km", "money/(order km)", range(0, 1e4), 0.90, Kind::by_group,
                            "shipping of an order per kilometer", sim::guess("recalled magnitude"))),
      sim::money(sim::field(&P::handling, "handling", "money/order", range(0, 1e6), 18, Kind::by_group,
                            "picking, packing and paperwork of an order", sim::guess("recalled magnitude"))),
  });
}

inline Kpis logistics_kpis() {
  return {money_kpi("logistics_cost", "shipping and handling", worse, sim::KpiRule::total, {{"logistics_cost"}}),
          money_kpi("cost_to_serve", "maintaining customers: care, faster deliveries, shipping and handling", worse,
                    sim::KpiRule::total, {{"logistics_cost"}, {"care_cost"}, {"expedite_cost"}})};
}

class Logistics final : public sim::Behavior {
 public:
  explicit Logistics(sim::Wiring& wiring);
  void draw_traits(sim::BlockMonth& month) const override;
  void advance(sim::BlockMonth& month) const;

 private:
  sim::CoreColumns core_;
  sim::Parameters<LogisticsParameters> parameters_;
  sim::Trait<float> distance_, order_cost_;
  sim::BirthLuck distance_luck_;
  sim::Common<const float> rounding_;
  sim::Passing<std::int32_t> cost_;
  sim::Collected costs_;
  sim::Metric cost_metric_;
};

}  // namespace clientele::models
