// A surcharge on orders from far away: per kilometer beyond a distance, and what customers make of it.
#pragma once
#include <cstdint>

#include "models/kpis.hpp"
#include "models/price.hpp"
#include "models/purchasing.hpp"
#include "models/quanta.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// Each order is invoiced with s = surcharge x (distance - surcharge_from), not below 0, in whole quanta. To a customer
/// that is a price which is higher by x = log(1 + salience x s / mean value of an order), so that it weighs most where
/// orders are small and the way is long. Mean orders are multiplied as by any price above the usual one
/// (models/price.hpp):
///   exp(e_i (x + g (x - X))),  X the surcharge that is usual,
/// the more so while it is new, and the log-hazard of leaving rises by surcharge_hazard x. Without leaving no surcharge
/// would be too high where orders fall by less than prices rise (|e_i| <= 1): what they bring grows with every price.
/// Nothing is borrowed, and competitors do not follow. Charges that are stated beside a price are recalled less well
/// than the whole (Morwitz, Greenleaf, Johnson 1998): salience below 1.
struct SurchargeParameters {
  float surcharge = 0, surcharge_from = 0, surcharge_salience = 1, surcharge_hazard = 0;
};

/// Of one order [money].
CLIENTELE_INLINE float surcharge_of_order(float per_km, float distance, float from) {
  const float beyond = distance - from;
  return beyond > 0.F ? per_km * beyond : 0.F;
}

/// What a customer takes it for: the log of a price over the one without it. An order of no value has no price.
CLIENTELE_INLINE float log_surcharge(float surcharge, float order_value, float salience) {
  return order_value > 0.F ? sim::log(1.F + salience * surcharge / order_value) : 0.F;
}

/// Whether anybody is charged for distance: else nothing of it is worked out.
inline bool charges_for_distance(const sim::Wiring& wiring) {
  return wiring.is_used("surcharge.surcharge", [](double per_km) { return per_km > 0; });
}

inline sim::FieldTable surcharge_fields() {
  using P = SurchargeParameters;
  using sim::Kind, sim::range;
  return sim::fields<P>({
      sim::lever(
          sim::money(sim::field(&P::surcharge, "surcharge", "money/(order km)", range(0, 1e4, 0, 10), 0, Kind::by_group,
                                "invoiced with each order for every kilometer beyond surcharge_from",
                                sim::guess("none unless a policy asks for one"))),
          {.cost = "who pays it orders less, the more so while it is new, and leaves sooner",
           .benefit = "revenue: each order from beyond surcharge_from pays it",
           .paid_in = {},
           .hurts = {"-orders", "left"},
           .helps = {"surcharges"},
           .granted_on = {"orders"},
           .rests_on = {"purchasing.elasticity", "purchasing.reference_loss", "surcharge.surcharge_salience",
                        "surcharge.surcharge_hazard"}}),
      sim::field(&P::surcharge_from, "surcharge_from", "km", range(0, 40'000, 0, 2'000), 0, Kind::by_group,
                 "distance from which on a surcharge is asked for",
                 sim::guess("every kilometer unless a study says more")),
      sim::field(&P::surcharge_salience, "surcharge_salience", "share", range(0, 3, 0.3, 1.5), 1, Kind::by_group,
                 "how much of a higher price of the same size a surcharge is to customers",
                 sim::guess("as much: below 1 where it is recalled less well (Morwitz, Greenleaf, Johnson 1998), above "
                            "where it annoys")),
      sim::called(
          "the leaving that a surcharge causes",
          sim::field(&P::surcharge_hazard, "surcharge_hazard", "-", range(0, 20, 0, 6), 3, Kind::by_group,
                     "percent that the hazard of leaving rises by when orders become one percent dearer",
                     sim::guess("somebody nearer delivers for less: with the answer of orders about what a firm "
                                "loses by dearer prices in the long run; size chosen"))),
  });
}

inline Kpis surcharge_kpis() {
  return {money_kpi("surcharges", "surcharges invoiced for distance", better, sim::KpiRule::total, {{"surcharges"}})};
}

class Surcharge final : public sim::Behavior {
 public:
  explicit Surcharge(sim::Wiring& wiring);
  /// Before orders: what one is charged, and what that does.
  void announce(sim::BlockMonth& month) const;
  /// After sales: it is earned.
  void earn(sim::BlockMonth& month) const;

 private:
  Surcharge(sim::Wiring& wiring, sim::StageWiring announce, sim::StageWiring earn);

  sim::Parameters<SurchargeParameters> parameters_;
  sim::Parameters<PurchasingParameters> purchasing_;
  bool is_used_;
  sim::Lever<float> per_km_;
  sim::Trait<const float> distance_, order_value_, response_;
  sim::State<float> usual_;  ///< log of a price over the one without a surcharge
  sim::Factor order_rate_;
  sim::Sum log_hazard_;
  sim::Passing<std::int32_t> of_order_;
  sim::Passing<const std::int32_t> charged_;
  sim::Collected costs_;
  sim::Metric surcharges_metric_;
};

}  // namespace clientele::models
