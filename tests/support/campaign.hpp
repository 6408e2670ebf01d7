// A campaign: what policies set, vectors, a matrix, a choice and a driver that shifts, in one small behavior.
#pragma once
#include <array>
#include <cstdint>

#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"
#include "sim/random/address_book.hpp"

namespace clientele::tests {

/// A tag far from the product's own and from those of other tests.
inline constexpr sim::AddressBook<1> campaign_addresses{{{{"call", sim::Per::month, {"call", "", "", ""}}}}, 230000};

enum class Calls : std::uint8_t { every_month, odd_months };

/// A customer is called by chance (reach + mood) x liking x season, and gets some gifts of 1 each [money].
struct CampaignFields {
  float reach = 0;
  std::int32_t gifts = 0;
  std::array<float, 2> liking{};                 ///< new, old
  std::array<std::array<float, 3>, 2> season{};  ///< idle or buying; months of a quarter
  Calls calls = Calls::every_month;

  bool calls_in(int month) const { return calls == Calls::every_month || month % 2 != 0; }
  float chance(float reached, float mood, int months_here, int orders, int calendar_month) const {
    return (reached + mood) * liking[months_here < 6 ? 0 : 1] *
           season[orders == 0 ? 0 : 1][static_cast<std::size_t>(calendar_month % 3)];
  }
};

class Campaign final : public sim::Behavior {
 public:
  explicit Campaign(sim::Wiring& wiring)
      : core_(wiring.core()),
        parameters_(wiring.parameters<CampaignFields>()),
        reach_(wiring.setting("reach")),
        gifts_(wiring.setting("gifts")),
        mood_(wiring.driver("mood")),
        called_(wiring.own_passing<std::int32_t>("customers called")),
        cost_(wiring.own_passing<std::int32_t>("cost of gifts")),
        costs_(wiring.collect("costs")),
        luck_(wiring.month_luck(campaign_addresses.of("call"))),
        called_metric_(wiring.metric("called", sim::MetricUnit::count, "customers called")),
        cost_metric_(wiring.metric("gift_cost", sim::MetricUnit::money, "cost of gifts")) {}

  void call(sim::BlockMonth& month) const {
    const CampaignFields& p = month.parameters(parameters_);
    const auto words = month.variates().words(luck_);
    const auto born = month[core_.born];
    const bool calls = !month.run_off() && p.calls_in(month.month());
    for (const sim::Arm& arm : month.arms()) {
      const auto status = arm[core_.status], orders = arm[core_.orders];
      const auto called = arm[called_], cost = arm[cost_], costs = arm[costs_];
      const float reach = arm.setting(reach_), mood = arm.driver(mood_);
      const std::int32_t gift = sim::to_quanta(arm.setting(gifts_), month.per_quantum());
      for (std::size_t i = 0; i < called.size(); ++i) {
        const int age = status[i] == 1 ? month.month() - born[i] : 0;  // nobody's lane is born in no month
        const float chance = p.chance(reach, mood, age, orders[i], month.calendar_month() - 1);
        called[i] = sim::when(calls & (status[i] == 1) & (sim::uniform(words[i]) < chance), 1);
        cost[i] = called[i] * gift;
        costs[i] += cost[i];
      }
      arm.count(called_metric_, called);
      arm.book(cost_metric_, cost);
    }
  }

 private:
  sim::CoreColumns core_;
  sim::Parameters<CampaignFields> parameters_;
  sim::Setting reach_, gifts_;
  sim::Driver mood_;
  sim::Passing<std::int32_t> called_, cost_;
  sim::Collected costs_;
  sim::MonthLuck luck_;
  sim::Metric called_metric_, cost_metric_;
};

inline void add_campaign(sim::Catalogue& all) {
  using F = CampaignFields;
  using sim::field, sim::range, sim::Kind, sim::guess;
  const auto campaign = all.behavior<Campaign>(
      "campaign",
      sim::fields<F>(
          {sim::setting(field(&F::reach, "reach", "share/month", range(0, 1), 0.1, Kind::fixed, "called", guess())),
           sim::setting(field(&F::gifts, "gifts", "gifts", range(0, 99), 1, Kind::fixed, "gifts of a call", guess())),
           field(&F::liking, "liking", "factor", {{"new", "old"}}, range(0, 2), {{1, 0.5}}, Kind::by_group,
                 "who is called", guess()),
           field(&F::season, "season", "factor", {{"idle", "buying"}}, {{"first", "second", "third"}}, range(0, 2),
                 {{{1, 0.5, 1}, {1, 2, 1}}}, Kind::by_group, "when", guess()),
           field(&F::calls, "calls", {"every month", "odd months"}, Calls::every_month, "months of calls", guess())}),
      {{"mood", sim::DriverKind::shift, "share", "added to the share that is called"}});
  all.step_before("accounting", "campaign", campaign, &Campaign::call);
}

}  // namespace clientele::tests
