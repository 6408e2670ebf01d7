// Whether deliveries are late or defective, what a firm pays to have fewer late ones, and what it pays for care.
#pragma once
#include <cstdint>
#include <vector>

#include "models/kpis.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// Each order is late with late_chance x driver x (1 - expedite) and, independently, defective with defect_chance x
/// driver. Expediting costs expedite x expedite_cost per order, late or not.
/// Care is money per month for each customer on the books, who may have left unseen. It buys satisfaction and a lower
/// hazard of leaving, both saturating: at the reference spend the stated effect, half of it at a third, never twice of
/// it.
struct ServiceParameters {
  float late_chance = 0, defect_chance = 0, expedite = 0, expedite_cost = 0;
  float care = 0, care_reference = 0, care_points = 0, care_hazard = 0;
};

/// How far care goes: 1 at the reference, 1/2 at a third of it, 2 in the limit.
inline float care_saturation(float care, float reference) { return care > 0.F ? 2.F * care / (care + reference) : 0.F; }

inline sim::FieldTable service_fields() {
  using P = ServiceParameters;
  using sim::Kind, sim::range;
  return sim::fields<P>({
      sim::field(&P::late_chance, "late_chance", "share", range(0, 1, 0, 0.5), 0.10, Kind::by_group,
                 "share of orders that are delivered late", sim::guess("nine of ten on time is a usual promise")),
      sim::field(&P::defect_chance, "defect_chance", "share", range(0, 1, 0, 0.2), 0.02, Kind::by_group,
                 "share of orders that arrive with a defect", sim::guess("recalled magnitude")),
      sim::lever(sim::field(&P::expedite, "expedite", "share", range(0, 1), 0, Kind::by_group,
                            "share of late deliveries that is avoided by paying for faster ones",
                            sim::guess("none unless a policy pays for it")),
                 {.cost = "expedite_cost per order",
                  .benefit = "fewer late deliveries: satisfaction",
                  .paid_in = {"expedite_cost"},
                  .helps = {"-late_deliveries", "satisfaction"},
                  .granted_on = {"orders"},
                  .rests_on = {"satisfaction.late_effect", "churn.satisfaction_slope"}}),
      sim::money(sim::field(&P::expedite_cost, "expedite_cost", "money/order", range(0, 1e6), 25, Kind::by_group,
                            "what avoiding every late delivery costs per order", sim::guess("an express surcharge"))),
      sim::lever(sim::money(sim::field(&P::care, "care", "money/month", range(0, 1e6, 0, 1e5), 0, Kind::by_group,
                                       "spent on looking after a customer on the books, per month",
                                       sim::guess("none unless a policy pays for it"))),
                 {.cost = "care per month for each customer on the books",
                  .benefit = "satisfaction and a lower hazard of leaving",
                  .paid_in = {"care_cost"},
                  .helps = {"-left", "satisfaction"},
                  .granted_on = {"on_books"},
                  .rests_on = {"service.care_hazard", "service.care_points", "churn.satisfaction_slope"}}),
      sim::money(sim::field(&P::care_reference, "care_reference", "money/month", range(1e-6, 1e6), 50, Kind::by_group,
                            "spend at which care has the effects below; a third of it has half of them",
                            sim::guess("part of an account manager's month"))),
      sim::called("the satisfaction that care adds",
                  sim::field(&P::care_points, "care_points", "points", range(0, 50, 0, 10), 2, Kind::by_group,
                             "points of perceived performance that care at its reference adds",
                             sim::guess("recalled magnitude"))),
      sim::called(
          "the leaving that care prevents",
          sim::field(&P::care_hazard, "care_hazard", "-", range(-3, 0, -0.5, 0), -0.15, Kind::by_group,
                     "change of the log-hazard of leaving by care at its reference", sim::guess("recalled magnitude"))),
  });
}

inline std::vector<sim::DriverInfo> service_drivers() {
  return {{"late_deliveries", sim::DriverKind::factor, "factor", "multiplies the chance of a late delivery"},
          {"defects", sim::DriverKind::factor, "factor", "multiplies the chance of a defect"}};
}

inline Kpis service_kpis() {
  return {money_kpi("service_cost", "care and faster deliveries", worse, sim::KpiRule::total,
                    {{"care_cost"}, {"expedite_cost"}}),
          ratio_kpi("late_deliveries", "share of orders that are delivered late", "1", worse, {{"late_deliveries"}},
                    "orders")};
}

class Service final : public sim::Behavior {
 public:
  explicit Service(sim::Wiring& wiring);
  /// After orders: which of them arrive late or defective, what care does, and what service costs.
  void advance(sim::BlockMonth& month) const;

 private:
  void count_failures(sim::BlockMonth& month) const;
  void care(const sim::Arm& arm) const;
  void spend(const sim::BlockMonth& month, const sim::Arm& arm) const;

  sim::CoreColumns core_;
  sim::Parameters<ServiceParameters> parameters_;
  sim::OrderLuck late_luck_, defect_luck_;
  sim::Driver late_driver_, defect_driver_;
  sim::Common<const float> rounding_;
  sim::Lever<float> late_chance_, expedite_money_, care_money_, points_of_care_, hazard_of_care_;
  sim::Sum performance_, log_hazard_;
  sim::Passing<std::int32_t> limit_, late_, defective_, expedite_cost_, care_cost_;
  sim::Collected costs_;
  sim::Metric late_metric_, defect_metric_, expedite_metric_, care_metric_;
};

}  // namespace clientele::models
