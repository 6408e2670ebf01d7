// Redemption as a loop over customers who buy and hold enough.
#include "models/loyalty/redemption.hpp"

#include <algorithm>

#include "models/addresses.hpp"
#include "models/loyalty/points.hpp"
#include "sim/random/distributions.hpp"

namespace clientele::models {

sim::FieldTable redemption_fields() {
  using P = RedemptionParameters;
  using sim::field, sim::guess, sim::Kind, sim::range, sim::setting;
  sim::FieldInfo block = setting(field(&P::block, "block", "points", range(1, 1e7), 500, Kind::fixed,
                                       "points are redeemed in whole multiples of it", guess("a reward worth 5")));
  sim::FieldInfo minimum = setting(field(&P::minimum, "minimum", "points", range(0, 1e7), 0, Kind::fixed,
                                         "points that a member must hold to redeem any", guess("one block")));
  block.whole = minimum.whole = true;
  return sim::fields<P>({
      sim::called("how readily members redeem",
                  field(&P::mean, "mean", "chance per month", range(1e-6, 1 - 1e-6, 0.01, 0.9), 0.35, Kind::by_group,
                        "chance that a member redeems in a month in which it orders and may, on average over members "
                        "who ever redeem",
                        guess("recalled magnitude"))),
      field(&P::shape, "shape", "-", range(0.05, 100, 0.2, 10), 1.5, Kind::by_group,
            "first shape of the Beta law of that chance over members: the smaller, the more they differ",
            guess("members differ much")),
      sim::called("the share of members who never redeem",
                  field(&P::never, "never", "share", range(0, 0.99, 0, 0.6), 0.2, Kind::by_group,
                        "customers who never redeem", guess("recalled: a fifth to a half of members are idle"))),
      field(&P::goes_with_orders, "goes_with_orders", "correlation", range(-0.95, 0.95, 0, 0.8), 0.5, Kind::by_group,
            "how far customers who order often redeem readily: correlation of the normal scores",
            guess("members who buy most use their points most; taken as independent, breakage is overstated")),
      block,
      minimum,
      field(&P::amount, "amount", {"all blocks", "one block"}, RedeemedAmount::all_blocks,
            "how much is redeemed at a time", guess("all that can be")),
      field(&P::burn, "burn", "log factor", range(0, 10, 0, 3), 1, Kind::by_group,
            "change of the log-hazard of redeeming when all that is held ends within burn_months",
            guess("a reminder before points end is usual; size chosen")),
      field(&P::burn_months, "burn_months", "months", range(0, 24), 2, Kind::by_group,
            "how near an end has to be to be felt", guess("when programs send reminders")),
      field(&P::balance_response, "balance_response", "-", range(0, 5, 0, 1), 0.2, Kind::by_group,
            "percent more hazard of redeeming when one percent more points are held",
            guess("a larger reward is asked for sooner; size chosen")),
      field(&P::value_response, "value_response", "-", range(0, 5, 0, 2), 0.5, Kind::by_group,
            "percent more hazard of redeeming when a point is worth one percent more",
            guess("direction alone: worth more, used more")),
  });
}

Redemption::Redemption(sim::Wiring& wiring)
    : core_(wiring.core()),
      parameters_(wiring.parameters<RedemptionParameters>()),
      is_used_(has_points(wiring)),
      burns_(is_used_ && wiring.is_used("burn", is_positive)),
      scores_(wiring),
      block_(wiring.setting("block")),
      minimum_(wiring.setting("minimum")),
      value_(wiring.setting("points.value")),
      order_rate_(wiring.read_trait<float>("order rate")) {
  if (!is_used_) return;
  chance_luck_ = wiring.birth_luck(addresses.of("redemption chance"));
  luck_ = wiring.month_luck(addresses.of("redeeming"));
  hazard_ = wiring.own_trait<float>("hazard of redeeming", sim::Sight::latent);
  log_hazard_ = wiring.own_sum("log hazard of redeeming");
  wanted_ = wiring.own_passing<std::int32_t>("points to redeem");
  balance_ = wiring.read_state<std::int32_t>("points");
  if (burns_) ends_soon_ = wiring.read_state<std::int32_t>("points that end soon");
}

void Redemption::draw_traits(sim::BlockMonth& month) const {
  if (!is_used_) return;
  const RedemptionParameters& p = month.parameters(parameters_);
  const RedemptionChance& chance =
      p.chance.get([&] { return RedemptionChance(p.mean, p.shape, p.never, p.goes_with_orders); });
  const RateScore& scores = scores_.of(month);
  const auto rate = month[order_rate_];
  const auto hazard = month.at_birth(hazard_);
  const auto words = month.variates().words(chance_luck_);
  for (std::size_t i = 0; i < hazard.size(); ++i)
    hazard[i] =
        -sim::log1p(-redemption_chance(chance, scores, scores_.told_rate(month, rate[i]), sim::normal_of(words[i])));
}

void Redemption::decide(sim::BlockMonth& month) const {
  if (!is_used_) return;
  const RedemptionParameters& p = month.parameters(parameters_);
  const auto hazard = month[hazard_];
  const auto words = month.variates().words(luck_);
  for (const sim::Arm& arm : month.arms()) {
    const auto orders = arm[core_.orders], balance = arm[balance_];
    const auto wanted = arm[wanted_];
    const auto added = arm[log_hazard_];
    if (month.run_off()) {
      std::ranges::fill(wanted, 0);
      continue;
    }
    const float block = arm.setting(block_), least = least_reward(block, arm.setting(minimum_));
    const float by_value = sim::pow(100.F * arm.setting(value_), p.value_response);
    const auto points_of_block = static_cast<std::int32_t>(block), enough = static_cast<std::int32_t>(least);
    const bool takes_all = p.amount == RedeemedAmount::all_blocks;
    const std::span<const std::int32_t> ends_soon = burns_ ? std::span<const std::int32_t>(arm[ends_soon_]) : balance;
    const float burn = burns_ ? p.burn : 0.F;
#pragma omp simd
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const bool may = (orders[i] > 0) & (balance[i] >= enough);
      const float held = static_cast<float>(may ? balance[i] : enough);
      const float moved =
          added[i] + burn * static_cast<float>(ends_soon[i]) / held + p.balance_response * sim::log(held / least);
      const float cumulative = hazard[i] * by_value * sim::exp(moved);
      const bool redeems = may & (sim::uniform(words[i]) < sim::one_minus_exp(cumulative));
      wanted[i] = sim::when(redeems, takes_all ? in_blocks(balance[i], points_of_block) : enough);
    }
  }
}

}  // namespace clientele::models
