// What each customer does within the horizon, added up for who asks for it customer by customer.
#pragma once
#include <cstdint>

#include "sim/behavior.hpp"
#include "sim/state/wiring.hpp"

namespace clientele::models {

/// Of the horizon: net sales, orders, contribution discounted to month 0 [quanta], invoices are left out; and the tier
/// that the review of month 0 gave. No cell counts it, and no study asks for it: RunOptions::readout hands it over.
class CustomerRecord {
 public:
  explicit CustomerRecord(sim::Wiring& wiring);
  bool is_kept() const { return is_kept_; }
  void keep(const sim::BlockMonth& month, const sim::Arm& arm, std::span<const std::int32_t> contribution,
            double discount_rate) const;

 private:
  sim::CoreColumns core_;
  bool is_kept_;
  sim::Passing<const std::int32_t> net_sales_;
  sim::State<float> sales_, contribution_;
  sim::State<std::int32_t> orders_, tier_, of_file_;
};

}  // namespace clientele::models
