// Books are read a few customers at a time, the oldest month first; what is expected of them is looked up.
#include "models/segmentation/clv.hpp"

#include <algorithm>
#include <array>

#include "models/segmentation/observed_number.hpp"
#include "sim/core/math_double.hpp"

namespace clientele::models {

sim::FieldTable clv_fields() {
  using P = ClvParameters;
  return sim::fields<P>({
      review_every_field(&P::review_every),
      sim::field(&P::look_back, "look_back", "months", sim::range(1, 24), 12, sim::Kind::fixed,
                 "past months whose orders and sales are looked at; of who came within them, those since",
                 sim::guess("a year")),
      sim::field(&P::ahead, "ahead", "months", sim::range(1, 60), 12, sim::Kind::fixed,
                 "coming months whose margin counts, undiscounted", sim::guess("a year")),
  });
}

ValueBelief value_belief(const PurchasingParameters& purchasing, const AccountingParameters& accounting,
                         double quantum) {
  const auto over_square = [](double sd_log) { return sim::exp(sd_log * sd_log) - 1.0; };
  const sim::Law& value = purchasing.order_value;
  const bool of_sample = value.family == sim::Family::empirical;
  const bool varies = of_sample || value.family == sim::Family::lognormal;
  const double between = of_sample ? value.sample->squared_variation()
                         : varies  ? over_square(static_cast<double>(value.values[1]))
                                   : 0.0;
  const double within = varies ? over_square(static_cast<double>(spread_within(value))) * (1.0 + between) : 0.0;
  return {static_cast<double>(value.values[0]) / quantum, between, within,
          static_cast<double>(accounting.gross_margin.values[0])};
}

Clv::Clv(const sim::SegmentationSpec& spec, sim::Observed& observed)
    : ByWorth(spec.parameters.as<ClvParameters>().review_every, spec, observed),
      p_(spec.parameters.as<ClvParameters>()),
      first_month_(-spec.study->horizon.warmup),
      quantum_(spec.study->money_quantum),
      purchasing_(observed.parameters_of<PurchasingParameters>("purchasing")),
      churn_(observed.parameters_of<ChurnParameters>("churn")),
      accounting_(observed.parameters_of<AccountingParameters>("accounting")),
      joined_(observed.trait<std::int32_t>("joined")),
      orders_(observed.ring<std::int32_t>("orders by month", static_cast<std::uint32_t>(p_.look_back))),
      sales_(observed.ring<std::int32_t>("net_sales", static_cast<std::uint32_t>(p_.look_back))),
      beliefs_(p_.ahead) {}

struct Clv::Seen {
  std::array<SeenOrders, some> orders{};
  std::array<double, some> sales{};
};

Clv::Seen Clv::look_back_on(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                            std::size_t count) const {
  Seen seen;
  const std::int32_t now = month.month(), known = months_known(now - first_month_, p_.look_back);
  for (std::int32_t ago = known; ago >= 1; --ago) {
    const auto orders = arm.at(orders_, now - ago).subspan(begin, count);
    const auto sales = arm.at(sales_, now - ago).subspan(begin, count);
    for (std::size_t i = 0; i < count; ++i) {
      if (orders[i] > 0) seen.orders[i].ago = ago;
      seen.orders[i].orders += orders[i];
      seen.sales[i] += static_cast<double>(sales[i]);
    }
  }
  const auto born = month[core().born].subspan(begin, count), joined = month[joined_].subspan(begin, count);
  for (std::size_t i = 0; i < count; ++i) {
    // Who is not born yet stands in no month.
    const std::int32_t here = born[i] < now ? now - born[i] : 0, with_us = joined[i] < now ? now - joined[i] : 0;
    seen.orders[i].months = std::min(here, known);
    seen.orders[i].months_before = std::max(0, with_us - seen.orders[i].months);
  }
  return seen;
}

void Clv::work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                   std::span<double> worth) const {
  const auto& purchasing = month.parameters(purchasing_);
  const std::int32_t window = months_known(month.month() - first_month_, p_.look_back);
  const auto orders = beliefs_.of(orders_belief(purchasing, month.parameters(churn_)), window);
  const ValueBelief value = value_belief(purchasing, month.parameters(accounting_), quantum_);
  const Seen seen = look_back_on(month, arm, begin, worth.size());
  for (std::size_t i = 0; i < worth.size(); ++i)
    worth[i] = expected_margin(seen.orders[i], seen.sales[i], *orders, value);
}

}  // namespace clientele::models
