// Whether deliveries are late or defective, what a firm pays to have fewer late ones, and what it pays for care.
#pragma once
#include <cstdint>
#include <vector>

#include "models/account_value.hpp"
#include "models/kpis.hpp"
#include "models/staff.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// Each order is late with late_chance x driver x (1 - expedite) and, independently, defective with defect_chance x
/// driver. Expediting costs expedite x expedite_cost per order, late or not.
/// Care is money per month for each customer on the books, who may have left unseen. It buys satisfaction and a lower
/// hazard of leaving, both saturating: at the reference spend the stated effect, half of it at a third, never twice of
/// it,
///   f_i = 2 c / (c + care_reference x V_i^care_exponent),
/// V_i the margin that is expected of the account over the mean of all customers (models/account_value.hpp). Exponent 0
/// says that an hour goes as far with a large account as with a small one, which the largest must win; at 1 an account
/// asks for care in proportion to its margin, and the same share of margin for all is best
/// (models/theory/care_allocation.hpp).
/// Where a policy has so many managers (models/staff.hpp) who are asked for more hours than they have, everybody gets
/// the same part of the care that is meant for him, and that part is what is paid: care pays for the hours that are
/// worked. What managers cost beside them, worked or not, is administration.per_manager.
struct ServiceParameters {
  float late_chance = 0, defect_chance = 0, expedite = 0, expedite_cost = 0;
  float care = 0, care_reference = 0, care_exponent = 0, care_points = 0, care_hazard = 0;
  std::int32_t managers = 0;
  float manager_hours = 0, care_per_hour = 0;
};

/// How far care goes: 1 at the reference, 1/2 at a third of it, 2 in the limit.
CLIENTELE_INLINE float care_saturation(float care, float reference) {
  return care > 0.F ? 2.F * care / (care + reference) : 0.F;
}

sim::FieldTable service_fields();

inline std::vector<sim::DriverInfo> service_drivers() {
  return {{"late_deliveries", sim::DriverKind::factor, "factor", "multiplies the chance of a late delivery"},
          {"defects", sim::DriverKind::factor, "factor", "multiplies the chance of a defect"}};
}

/// The spend at which care has its stated effects on an account of some value.
CLIENTELE_INLINE float reference_of_account(float reference, float value, float exponent) {
  return reference * sim::pow(value, exponent);
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
  void set_first_states(sim::BlockMonth& month) const override;
  /// Before orders: what care there is time for.
  void share_out_care(sim::BlockMonth& month) const;
  const sim::Signal& staff() const { return staff_; }
  /// After orders: which of them arrive late or defective, what care does, and what service costs.
  void advance(sim::BlockMonth& month) const;

 private:
  Service(sim::Wiring& wiring, sim::StageWiring deliveries);

  void count_failures(sim::BlockMonth& month) const;
  void care(const sim::Arm& arm) const;
  void care_by_account(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void spend(const sim::BlockMonth& month, const sim::Arm& arm) const;
  /// Money for care that is spent this month.
  std::span<const float> care_of(const sim::Arm& arm) const;
  float mean_margin(const sim::BlockMonth& month) const;

  sim::CoreColumns core_;
  sim::Parameters<ServiceParameters> parameters_;
  sim::Parameters<PurchasingParameters> purchasing_;
  sim::Parameters<AccountingParameters> accounting_;
  sim::Parameters<LogisticsParameters> logistics_;
  bool cares_, by_value_;
  KnownFields known_;
  std::vector<KnownAccounts> accounts_;  ///< by group
  Staff staff_;
  sim::Trait<const float> order_rate_, order_value_, gross_margin_, order_cost_;
  sim::Fate<float> reference_;  ///< spend at which care has its stated effects on this account
  sim::OrderLuck late_luck_, defect_luck_;
  sim::Driver late_driver_, defect_driver_;
  sim::Common<const float> rounding_;
  sim::Lever<float> late_chance_, expedite_money_, care_money_, points_of_care_, hazard_of_care_;
  sim::Passing<float> worked_;
  sim::Passing<const float> worked_before_;
  sim::Sum performance_, log_hazard_;
  sim::Passing<std::int32_t> limit_, late_, defective_, expedite_cost_, care_cost_;
  sim::Collected costs_;
  sim::Metric late_metric_, defect_metric_, expedite_metric_, care_metric_;
};

}  // namespace clientele::models
