// How content a customer is: what was experienced moves it, and disappointments move it more.
#pragma once
#include <cstdint>

#include "models/churn.hpp"
#include "models/kpis.hpp"
#include "models/purchasing.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// Satisfaction S [points, about 0 to 100] is anchored and adjusted in months with orders:
///   S' = S + learning x k x (performance - S),  k = loss_weight where performance < S, else 1,
///   performance = 86 - 28 late share - 40 defect share + points of care + noise N(0, 3).
/// Form: anchoring and adjustment (Bolton 1998); losses loom larger (prospect theory, factor between 1 and 2).
/// What else pleases or displeases adds its points at once, with orders or without, and fades by the same rule.
/// The engine keeps the gap (S - reference) / 10, which is what hazards and rates respond to.
struct SatisfactionParameters {
  float reference = 0, start_spread = 0, learning = 0, loss_weight = 0;
  float performance = 0, late_effect = 0, defect_effect = 0, noise = 0;
};

/// Performance that a customer perceives in a month with orders [points]: `added` is what others have added to it, z is
/// standard normal.
CLIENTELE_INLINE float perceived_performance(const SatisfactionParameters& p, float late_share, float defect_share,
                                             float added, float z) {
  return p.performance + p.late_effect * late_share + p.defect_effect * defect_share + added + p.noise * z;
}

/// Satisfaction after a month with orders.
CLIENTELE_INLINE float adjusted(float satisfaction, float performance, float learning, float loss_weight) {
  const float surprise = performance - satisfaction;
  return satisfaction + learning * (surprise < 0.F ? loss_weight : 1.F) * surprise;
}

inline sim::FieldTable satisfaction_fields() {
  using P = SatisfactionParameters;
  using sim::Kind, sim::range;
  return sim::fields<P>({
      sim::field(&P::reference, "reference", "points", range(0, 100), 74, Kind::by_group,
                 "satisfaction at which hazards and rates are as stated, and where customers start on average",
                 sim::guess("center of the prototype's scale")),
      sim::field(&P::start_spread, "start_spread", "points", range(0, 50, 0, 20), 6, Kind::by_group,
                 "standard deviation of a new customer's satisfaction", sim::guess("recalled magnitude")),
      sim::field(&P::learning, "learning", "per month", range(0, 1), 0.20, Kind::by_group,
                 "share of a surprise that a month with orders adds: half is forgotten in 3.1 months",
                 sim::guess("recalled magnitude")),
      sim::field(&P::loss_weight, "loss_weight", "factor", range(0, 5, 1, 2.5), 1.5, Kind::by_group,
                 "how much more a disappointment counts than a pleasant surprise",
                 sim::guess("direction from prospect theory, size between 1 and 2")),
      sim::field(&P::performance, "performance", "points", range(0, 100), 86, Kind::by_group,
                 "perceived performance when nothing goes wrong", sim::guess("recalled magnitude")),
      sim::field(&P::late_effect, "late_effect", "points", range(-100, 0), -28, Kind::by_group,
                 "points that are lost when every delivery is late", sim::guess("recalled magnitude")),
      sim::field(&P::defect_effect, "defect_effect", "points", range(-100, 0), -40, Kind::by_group,
                 "points that are lost when every delivery is defective", sim::guess("recalled magnitude")),
      sim::field(&P::noise, "noise", "points", range(0, 50, 0, 15), 3, Kind::by_group,
                 "standard deviation of perceived performance from month to month", sim::guess("recalled magnitude")),
  });
}

inline Kpis satisfaction_kpis() {
  return {ratio_kpi("satisfaction", "points of satisfaction of an active customer", "points", better,
                    {{"satisfaction"}}, "customers")};
}

class Satisfaction final : public sim::Behavior {
 public:
  explicit Satisfaction(sim::Wiring& wiring);
  void set_first_states(sim::BlockMonth& month) const override;
  /// Before orders: who is content orders more.
  void move_orders(sim::BlockMonth& month) const;
  /// After deliveries: what was experienced moves satisfaction, and satisfaction the hazard of leaving.
  void advance(sim::BlockMonth& month) const;

 private:
  void adjust(sim::BlockMonth& month, const sim::Arm& arm, std::span<const std::uint32_t> words) const;

  Satisfaction(sim::Wiring& wiring, sim::StageWiring after_deliveries);

  sim::CoreColumns core_;
  sim::Parameters<SatisfactionParameters> parameters_;
  sim::Parameters<PurchasingParameters> purchasing_;
  sim::Parameters<ChurnParameters> churn_;
  sim::BirthLuck start_luck_;
  sim::MonthLuck noise_luck_;
  sim::State<float> gap_;
  sim::Passing<const std::int32_t> late_, defective_;
  sim::OwnSum added_;  ///< to perceived performance [points]
  sim::OwnSum moved_;  ///< what others do to satisfaction itself, whether there are orders or not [points]
  sim::Factor order_rate_;
  sim::Sum first_log_hazard_, log_hazard_;
  sim::Passing<std::int32_t> hundredths_;
  sim::Metric satisfaction_metric_;
  sim::Histogram satisfaction_histogram_;
};

}  // namespace clientele::models
