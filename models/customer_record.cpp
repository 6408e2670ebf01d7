// Columns that are there where somebody reads customers one by one.
#include "models/customer_record.hpp"

#include <algorithm>

#include "sim/core/math_double.hpp"

namespace clientele::models {

CustomerRecord::CustomerRecord(sim::Wiring& wiring) : core_(wiring.core()), is_kept_(wiring.reads_customers()) {
  if (!is_kept_) return;
  net_sales_ = wiring.read_passing<std::int32_t>("net sales");
  sales_ = wiring.own_state<float>("sales of the horizon", sim::Sight::latent);
  contribution_ = wiring.own_state<float>("contribution of the horizon", sim::Sight::latent);
  orders_ = wiring.own_state<std::int32_t>("orders of the horizon", sim::Sight::latent);
  tier_ = wiring.own_state<std::int32_t>("first tier of the horizon", sim::Sight::latent);
  wiring.read_out("sales", sales_);
  wiring.read_out("contribution", contribution_);
  wiring.read_out("orders", orders_);
  wiring.read_out("tier", tier_);
  wiring.keep_while(orders_);
  of_file_ = wiring.own_state<std::int32_t>("read out", sim::Sight::latent);
  wiring.keep_while(of_file_);
}

void CustomerRecord::keep(const sim::BlockMonth& month, const sim::Arm& arm, std::span<const std::int32_t> contribution,
                          double discount_rate) const {
  if (!is_kept_ || month.month() < 0 || month.run_off() || month.closed()) return;
  const auto factor = static_cast<float>(sim::exp(-static_cast<double>(month.month()) * sim::log(1 + discount_rate)));
  const auto net = arm[net_sales_], placed = arm[core_.orders], tier = arm[core_.tier];
  const auto sales = arm[sales_], earned = arm[contribution_];
  const auto orders = arm[orders_], first_tier = arm[tier_];
  const bool is_first = month.month() == 0;
  for (std::size_t i = 0; i < sales.size(); ++i) {
    sales[i] += static_cast<float>(net[i]);
    earned[i] += factor * static_cast<float>(contribution[i]);
    orders[i] += placed[i];
    if (is_first) first_tier[i] = tier[i];
  }
  if (is_first && month.is_of_file()) std::ranges::fill(arm[of_file_], 1);
}

}  // namespace clientele::models
