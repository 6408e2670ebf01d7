// A loyalty program as somebody would write it in an hour: stamps are earned, spent, and end.
#pragma once
#include <cstdint>

#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/lots.hpp"

namespace clientele::tests {

/// stamps earned = earn x net sales, rounded down, valid to the end of the month `validity` after that of the sale.
/// Each month a customer spends a share of what it holds, what ends first first, and each stamp costs `value`. Who
/// holds `enough` stamps orders (1 + pull) times as often and leaves with a log-hazard changed by `stay`.
struct StampsParameters {
  float earn = 0, validity = 0, value = 0, spend = 0, enough = 0, pull = 0, stay = 0;
};

/// Stamps for sales [quanta].
inline std::int32_t stamps_for(std::int32_t net_sales, float earn, float per_quantum) {
  return static_cast<std::int32_t>(static_cast<float>(net_sales) * (earn / per_quantum));
}

sim::FieldTable stamps_fields();

class Stamps final : public sim::Behavior {
 public:
  explicit Stamps(sim::Wiring& wiring);
  int months_ahead(const sim::Outlook& outlook) const override;
  /// Before orders: what holding stamps does.
  void pull(sim::BlockMonth& month) const;
  /// After orders, before accounting.
  void advance(sim::BlockMonth& month) const;

 private:
  Stamps(sim::Wiring& wiring, sim::StageWiring after_orders);
  void earn_and_spend(const sim::BlockMonth& month, const sim::Arm& arm) const;

  sim::CoreColumns core_;
  sim::Parameters<StampsParameters> parameters_;
  bool is_used_;  ///< somebody earns stamps: else there is no column of theirs
  sim::Lever<float> validity_;
  sim::Factor order_rate_;
  sim::Sum log_hazard_;
  sim::Passing<const std::int32_t> net_sales_;
  sim::Passing<std::int32_t> earned_, valid_, wanted_, spent_, ended_, cost_;
  sim::Collected costs_;
  sim::Lots lots_;
  sim::State<std::int32_t> balance_;
  sim::Metric balance_metric_, earned_metric_, spent_metric_, ended_metric_, cost_metric_;
};

/// The catalogue's lines.
void add_stamps(sim::Catalogue& all);

}  // namespace clientele::tests
