// What it costs to win a customer, and what customers bring who were won since the beginning.
#pragma once
#include <cstdint>

#include "models/kpis.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// A customer who joins after month 0 costs cost_per_customer once, in the month of joining. Who is new is counted
/// apart for as long as he stays: who joined after month 0, whatever brought him.
struct AcquisitionParameters {
  float cost_per_customer = 0, arrivals = 0;
};

/// Whether somebody belongs to those who joined after month 0 (of a file that tells the past: in it, too). `status` is
/// 1 of who is active.
CLIENTELE_INLINE bool is_new_customer(std::int32_t born, std::int32_t first_arrivals, std::int32_t status) {
  return (born >= first_arrivals) & (status == 1);
}

inline sim::FieldTable acquisition_fields() {
  using P = AcquisitionParameters;
  using sim::Kind, sim::range;
  return sim::fields<P>({
      sim::money(sim::field(&P::cost_per_customer, "cost_per_customer", "money/customer", range(0, 1e7, 0, 1e5), 900,
                            Kind::by_group, "what it costs to win a customer who joins after month 0",
                            sim::guess("a distributor's sales visits and samples; recalled magnitude"))),
      sim::field(&P::arrivals, "arrivals", "customers/month", range(0, 1e5), 0, Kind::by_group,
                 "mean number of customers who join in a month by themselves, beside population.arrivals: a number "
                 "that may be uncertain",
                 sim::closed_form("none unless a study says so")),
  });
}

inline Kpis acquisition_kpis() {
  return {money_kpi("acquisition_cost", "cost of winning the customers who join after month 0", worse,
                    sim::KpiRule::total, {{"acquisition_cost"}}),
          kpi_at_end("customers_new", "customers of the last month who joined after month 0", better, "customers_new"),
          ratio_kpi("repeat_share", "share of revenue that comes from customers who were there before month 0", "1",
                    sim::Direction::neither, {{"revenue"}, {"revenue_new", -1}}, "revenue")};
}

class Acquisition final : public sim::Behavior {
 public:
  explicit Acquisition(sim::Wiring& wiring);
  double mean_arrivals(const sim::Outlook& outlook) const override;
  /// After sales, before accounting.
  void advance(sim::BlockMonth& month) const;

 private:
  sim::CoreColumns core_;
  sim::Parameters<AcquisitionParameters> parameters_;
  sim::Passing<const std::int32_t> net_sales_;
  sim::Passing<std::int32_t> cost_, new_, sales_;
  sim::Collected costs_;
  sim::Metric cost_metric_, customers_metric_, revenue_metric_;
  int first_arrivals_;
};

}  // namespace clientele::models
