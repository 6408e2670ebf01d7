// Accounting as a loop: three amounts, each rounded once, and a fourth by subtraction.
#include "models/accounting.hpp"

#include "models/addresses.hpp"

namespace clientele::models {

Accounting::Accounting(sim::Wiring& wiring)
    : parameters_(wiring.parameters<AccountingParameters>()),
      gross_margin_(wiring.own_trait_of_field("gross margin", "gross_margin", sim::Sight::latent)),
      margin_luck_(wiring.birth_luck(addresses.of("gross margin"), 4)),
      list_sales_(wiring.read_passing<std::int32_t>("list sales")),
      discount_(wiring.read_passing<std::int32_t>("discount given")),
      receivables_(wiring.read_state<std::int32_t>("receivables")),
      margin_(wiring.own_passing<std::int32_t>("gross margin of the month")),
      capital_(wiring.own_passing<std::int32_t>("capital cost")),
      contribution_(wiring.own_passing<std::int32_t>("contribution")),
      present_value_(wiring.own_passing<std::int32_t>("present value")),
      margin_metric_(wiring.metric("gross_margin", sim::MetricUnit::money, "list sales x the customer's margin")),
      capital_metric_(wiring.metric("capital_cost", sim::MetricUnit::money, "cost of what is owed at month end")),
      contribution_metric_(
          wiring.metric("contribution", sim::MetricUnit::money, "gross margin less discount and capital cost")),
      present_value_metric_(
          wiring.metric("present_value", sim::MetricUnit::money, "contribution discounted to month 0")) {}

void Accounting::draw_traits(sim::BlockMonth& month) const {
  month.draw(gross_margin_, month.parameters(parameters_).gross_margin, margin_luck_);
  const auto margin = month[gross_margin_];
#pragma omp simd
  for (std::size_t i = 0; i < margin.size(); ++i) {
    const float floor = margin[i] > -1.F ? margin[i] : -1.F;
    margin[i] = floor < 1.F ? floor : 1.F;
  }
}

void Accounting::advance(sim::BlockMonth& month) const {
  const AccountingParameters& p = month.parameters(parameters_);
  const float capital_share = p.monthly_capital_cost, worth = discount_factor(p.discount_rate, month.month());
  const auto gross = month[gross_margin_];
  for (const sim::Arm& arm : month.arms()) {
    const auto list = arm[list_sales_], discount = arm[discount_];
    const auto owed = arm[receivables_];
    const auto margin = arm[margin_], capital = arm[capital_];
    const auto contribution = arm[contribution_], present = arm[present_value_];
#pragma omp simd
    for (std::size_t i = 0; i < gross.size(); ++i) {
      margin[i] = share_of(list[i], gross[i]);
      capital[i] = share_of(owed[i], capital_share);
      contribution[i] = margin[i] - discount[i] - capital[i];
      present[i] = share_of(contribution[i], worth);
    }
    arm.book(margin_metric_, margin);
    arm.book_all(capital_metric_, capital);
    arm.book_all(contribution_metric_, contribution);
    arm.book_all(present_value_metric_, present);
  }
}

}  // namespace clientele::models
