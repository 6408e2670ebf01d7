// Accounting as loops: amounts are rounded once, and what is left is found by subtraction.
#include "models/accounting.hpp"

#include <algorithm>
#include <cmath>

#include "models/addresses.hpp"
#include "models/cross_selling.hpp"
#include "models/rounding.hpp"

namespace clientele::models {

Accounting::Accounting(sim::Wiring& wiring)
    : parameters_(wiring.parameters<AccountingParameters>()),
      gross_margin_(wiring.own_trait_of_field("gross margin", "gross_margin", sim::Sight::latent)),
      margin_luck_(wiring.birth_luck(addresses.of("gross margin"), 4)),
      rounding_(wiring.read_common<float>("rounding")),
      sales_(wiring.own_collected("sales at list price")),
      costs_(wiring.own_collected("costs")),
      has_category_(sells_a_category(wiring)),
      margin_(wiring.own_passing<std::int32_t>("gross margin of the month")),
      contribution_(wiring.own_passing<std::int32_t>("contribution")),
      contribution_by_month_(wiring.own_ring<std::int32_t>("contribution by month", sim::Sight::observed)),
      margin_metric_(wiring.metric("gross_margin", sim::MetricUnit::money,
                                   "list sales x the customer's margin, and that of the further category")),
      contribution_metric_(wiring.metric_beyond_too(
          "contribution", sim::MetricUnit::money,
          "gross margin less discount, costs and what is written off, before receivables are charged")),
      contribution_histogram_(
          wiring.histogram("contribution", sim::MetricUnit::money, "customers by contribution of the month")),
      record_(wiring),
      sales_told_(wiring.past("sales")),
      margin_told_(wiring.past("margin")) {
  if (has_category_) margin_of_category_ = wiring.own_collected("margin of the category");
}

void Accounting::draw_traits(sim::BlockMonth& month) const {
  month.draw(gross_margin_, month.parameters(parameters_).gross_margin, margin_luck_);
  const auto margin = month.at_birth(gross_margin_);
#pragma omp simd
  for (std::size_t i = 0; i < margin.size(); ++i) {
    const float floor = margin[i] > -1.F ? margin[i] : -1.F;
    margin[i] = floor < 1.F ? floor : 1.F;
  }
}

void Accounting::advance(sim::BlockMonth& month) const {
  const auto gross = month[gross_margin_];
  const auto rounding = month[rounding_];
  for (const sim::Arm& arm : month.arms()) {
    const auto sales = arm[sales_], costs = arm[costs_];
    const auto margin = arm[margin_], contribution = arm[contribution_];
#pragma omp simd
    for (std::size_t i = 0; i < gross.size(); ++i) {
      margin[i] = rounded_share(sales[i], gross[i], rounding[i]);
      contribution[i] = margin[i] - costs[i];
      sales[i] = costs[i] = 0;
    }
    if (has_category_) {
      const auto of_category = arm[margin_of_category_];
#pragma omp simd
      for (std::size_t i = 0; i < margin.size(); ++i) {
        margin[i] += of_category[i];
        contribution[i] += of_category[i];
        of_category[i] = 0;
      }
    }
    arm.book(margin_metric_, margin);
    arm.book_all(contribution_metric_, contribution);
    arm.bin(contribution_histogram_, contribution);
    if (arm.depth(contribution_by_month_) > 0)
      std::ranges::copy(contribution, arm.at(contribution_by_month_, month.month()).begin());
    if (month.books_take_over()) take_over_books(month, arm);
    record_.keep(month, arm, contribution, static_cast<double>(month.parameters(parameters_).discount_rate));
  }
}

void Accounting::take_over_books(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const double per_money = static_cast<double>(month.per_quantum());
  const auto gross = month[gross_margin_];
  const auto depth = static_cast<std::size_t>(arm.depth(contribution_by_month_));
  for (std::size_t k = 0; k < std::min<std::size_t>(depth, std::max(sales_told_.columns, margin_told_.columns)); ++k) {
    const auto contribution = arm.at(contribution_by_month_, month.month() - static_cast<int>(k));
    for (std::size_t i = 0; i < contribution.size(); ++i) {
      const double told = k < margin_told_.columns
                              ? static_cast<double>(month.past(margin_told_, i, k))
                              : static_cast<double>(month.past(sales_told_, i, k)) * static_cast<double>(gross[i]);
      contribution[i] = static_cast<std::int32_t>(std::nearbyint(told * per_money));
    }
  }
}

}  // namespace clientele::models
