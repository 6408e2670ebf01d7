// Cross-selling as loops: holders from month to month, and the part of sales that is theirs.
#include "models/cross_selling.hpp"

#include <algorithm>

#include "models/addresses.hpp"
#include "models/rounding.hpp"
#include "models/switches_on.hpp"
#include "sim/random/distributions.hpp"

namespace clientele::models {

bool sells_a_category(const sim::Wiring& wiring) {
  return wiring.is_used("cross_selling.offers", is_positive) || wiring.is_used("cross_selling.held_share", is_positive);
}

void CrossSellingParameters::finish() { unasked = dropped * held_share / (1.F - held_share); }

sim::FieldTable cross_selling_fields() {
  using P = CrossSellingParameters;
  using sim::Kind, sim::range;
  return sim::fields<P>({
      sim::needs("margin", sim::field(&P::held_share, "held_share", "share", range(0, 0.9), 0, Kind::by_group,
                                      "of the customers who could use the further category, those who hold it and go "
                                      "on to without an offer",
                                      sim::guess("none: a study says what else there is to sell"))),
      sim::field(&P::useful_to, "useful_to", "share", range(0, 1), 0.4, Kind::by_group,
                 "customers who could use the further category at all", sim::guess("less than half")),
      sim::field(&P::size, "size", "share", range(0, 1, 0, 0.5), 0.15, Kind::by_group,
                 "list sales of the category over those of usual goods, of who holds it",
                 sim::guess("a category beside the main one")),
      sim::called("the usual goods that a further category replaces",
                  sim::field(&P::taken_share, "taken_share", "share", range(0, 1), 0.2, Kind::by_group,
                             "part of the category's sales that replaces usual goods",
                             sim::guess("a fifth: budgets are not without end"))),
      sim::field(&P::margin, "margin", "share of list sales", range(-1, 1, 0, 0.8), 0, Kind::by_group,
                 "margin of the category before discount", sim::guess("none: must be stated where it is sold")),
      sim::field(&P::dropped, "dropped", "per month", range(0, 1, 0, 0.2), 0.01, Kind::by_group,
                 "chance that a holder drops the category", sim::guess("one in nine within a year")),
      sim::called(
          "how often an offer is taken",
          sim::field(&P::uptake, "uptake", "per offer", range(0, 1, 0, 0.5), 0.05, Kind::by_group,
                     "chance that who could use the category takes an offer", sim::guess("one offer in twenty"))),
      sim::needs(
          "margin",
          sim::lever(sim::field(&P::offers, "offers", "per month", range(0, 1), 0, Kind::by_group,
                                "chance that a customer on the books who does not hold the category is offered it",
                                sim::guess("none unless a policy makes them")),
                     {.cost = "offer_cost for each offer, of use or not",
                      .benefit = "more customers hold the further category",
                      .paid_in = {"offer_cost"},
                      .helps = {"category_holders"},
                      .granted_on = {"on_books"},
                      .rests_on = {"cross_selling.uptake", "cross_selling.useful_to", "cross_selling.taken_share"}})),
      sim::money(sim::field(&P::offer_cost, "offer_cost", "money/offer", range(0, 1e6), 40, Kind::by_group,
                            "what an offer costs", sim::guess("half an hour of a salesperson"))),
  });
}

CrossSelling::CrossSelling(sim::Wiring& wiring)
    : CrossSelling(wiring, wiring.step("further category"), wiring.step("sales of the category")) {}

CrossSelling::CrossSelling(sim::Wiring& wiring, sim::StageWiring offer, sim::StageWiring earn)
    : core_(wiring.core()),
      parameters_(wiring.parameters<CrossSellingParameters>()),
      is_used_(sells_a_category(wiring)),
      offers_(wiring.lever("offers")),
      use_luck_(wiring.birth_luck(addresses.of("use of the category"))),
      first_luck_(wiring.birth_luck(addresses.of("first holding"))),
      offer_luck_(wiring.month_luck(addresses.of("offer"))),
      taking_luck_(wiring.month_luck(addresses.of("holding"))),
      holders_metric_(
          wiring.metric("category_holders", sim::MetricUnit::count, "active customers who hold the further category")),
      offers_metric_(wiring.metric("offers", sim::MetricUnit::count, "offers of the further category")),
      sales_metric_(wiring.metric("category_sales", sim::MetricUnit::money, "list sales of the further category")),
      cost_metric_(wiring.metric("offer_cost", sim::MetricUnit::money, "offers of the further category")) {
  if (!is_used_) {
    for (const sim::Metric unused : {holders_metric_, offers_metric_, sales_metric_, cost_metric_})
      wiring.counts_nothing(unused);
    return;
  }
  could_use_ = wiring.own_trait<std::int32_t>("could use the category", sim::Sight::latent);
  holds_ = wiring.own_state<std::int32_t>("holds the category", sim::Sight::observed);
  growth_ = offer.own_passing<float>("growth of an order by the category");
  offered_ = offer.own_passing<std::int32_t>("offered");
  holders_ = offer.own_passing<std::int32_t>("holders");
  usual_sales_ = earn.read_passing<std::int32_t>("list sales without the category");
  made_offers_ = earn.read_passing<std::int32_t>("offered");
  buying_holders_ = earn.read_passing<std::int32_t>("holders");
  rounding_ = earn.read_common<float>("rounding");
  sales_ = earn.own_passing<std::int32_t>("category sales");
  cost_ = earn.own_passing<std::int32_t>("cost of offers");
  sales_to_account_for_ = earn.collect("sales at list price");
  margin_ = earn.collect("margin of the category");
  costs_ = earn.collect("costs");
}

void CrossSelling::draw_traits(sim::BlockMonth& month) const {
  if (!is_used_) return;
  const float useful_to = month.parameters(parameters_).useful_to;
  const auto words = month.variates().words(use_luck_);
  const auto could_use = month.at_birth(could_use_);
#pragma omp simd
  for (std::size_t i = 0; i < could_use.size(); ++i) could_use[i] = sim::when(sim::uniform(words[i]) < useful_to, 1);
}

void CrossSelling::set_first_states(sim::BlockMonth& month) const {
  if (!is_used_) return;
  const float held_share = month.parameters(parameters_).held_share;
  const auto words = month.variates().words(first_luck_);
  const auto could_use = month[could_use_];
  for (const sim::Arm& arm : month.arms()) {
    const auto holds = arm[holds_];
#pragma omp simd
    for (std::size_t i = 0; i < holds.size(); ++i)
      holds[i] = sim::when((could_use[i] != 0) & (sim::uniform(words[i]) < held_share), 1);
  }
}

void CrossSelling::offer(sim::BlockMonth& month) const {
  if (!is_used_) return;
  const CrossSellingParameters& p = month.parameters(parameters_);
  const float growth_of_holder = growth_of_order(p.size, p.taken_share);
  for (const sim::Arm& arm : month.arms()) {
    if (month.run_off())
      std::ranges::fill(arm[offered_], 0);
    else
      move_holders(month, arm);
    const auto holds = arm[holds_];
    const auto status = arm[core_.status];
    const auto holders = arm[holders_];
    const auto growth = arm[growth_];
#pragma omp simd
    for (std::size_t i = 0; i < growth.size(); ++i) {
      holders[i] = sim::when((holds[i] != 0) & (status[i] == 1), 1);
      growth[i] = static_cast<float>(holders[i]) * growth_of_holder;
    }
    arm.count({{holders_metric_, holders}, {offers_metric_, arm[offered_]}});
  }
}

/// A firm offers by what it sees: who has left unseen costs an offer, and takes none.
void CrossSelling::move_holders(sim::BlockMonth& month, const sim::Arm& arm) const {
  const CrossSellingParameters& p = month.parameters(parameters_);
  const auto offer_words = month.variates().words(offer_luck_), taking_words = month.variates().words(taking_luck_);
  const auto could_use = month[could_use_];
  const auto chance = arm[offers_];
  const auto on_books = arm[core_.on_books], status = arm[core_.status];
  const auto holds = arm[holds_], offered = arm[offered_];
#pragma omp simd
  for (std::size_t i = 0; i < holds.size(); ++i) {
    const bool is_offered = (on_books[i] != 0) & (holds[i] == 0) & (sim::uniform(offer_words[i]) < chance[i]);
    const std::int32_t next = holds_next(holds[i], could_use[i] != 0, is_offered, p.unasked, p.uptake, p.dropped,
                                         sim::uniform(taking_words[i]));
    offered[i] = sim::when(is_offered, 1);
    holds[i] = status[i] == 1 ? next : holds[i];
  }
}

void CrossSelling::earn(sim::BlockMonth& month) const {
  if (!is_used_) return;
  const CrossSellingParameters& p = month.parameters(parameters_);
  const auto rounding = month[rounding_];
  const float per_quantum = month.per_quantum();
  for (const sim::Arm& arm : month.arms()) {
    const auto holders = arm[buying_holders_], offered = arm[made_offers_];
    const auto usual = arm[usual_sales_];
    const auto sales = arm[sales_], cost = arm[cost_];
    const auto to_account_for = arm[sales_to_account_for_], margin = arm[margin_], costs = arm[costs_];
#pragma omp simd
    for (std::size_t i = 0; i < sales.size(); ++i) {
      sales[i] = sim::when(holders[i] != 0, rounded_share(usual[i], p.size, rounding[i]));
      to_account_for[i] -= sales[i];
      margin[i] += rounded_share(sales[i], p.margin, rounding[i]);
      cost[i] = rounded(static_cast<float>(offered[i]) * p.offer_cost, per_quantum, rounding[i]);
      costs[i] += cost[i];
    }
    arm.book({{sales_metric_, sales}, {cost_metric_, cost}});
  }
}

}  // namespace clientele::models
