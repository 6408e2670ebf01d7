// Points of customers who all do what a script says: ledgers to the point.
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "models/loyalty/membership.hpp"
#include "models/loyalty/points.hpp"
#include "models/loyalty/responses.hpp"
#include "models/returns.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/one_tier.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

/// What everybody does in a month: orders at list price [cents] with the months after which they come back, and points
/// that are redeemed.
struct MonthOfScript {
  std::vector<std::pair<std::int32_t, std::int32_t>> orders;
  std::int32_t redeem = 0;
};
using Script = std::vector<MonthOfScript>;

/// Of the test that runs: behaviors are made by their class alone.
const Script* script = nullptr;

/// Purchases as they are written, and nothing else that a customer does.
class Scripted final : public sim::Behavior {
 public:
  explicit Scripted(sim::Wiring& wiring)
      : core_(wiring.core()),
        orders_(wiring.own_orders()),
        net_sales_(wiring.own_passing<std::int32_t>("net sales")),
        rounding_(wiring.own_common<float>("rounding")),
        listed_value_(wiring.own_listed<std::int32_t>("listed value")),
        listed_after_(wiring.own_listed<std::int32_t>("listed return")),
        value_(wiring.own_slots<std::int32_t>("order at list price")),
        after_(wiring.own_slots<std::int32_t>("comes back after")),
        wanted_(wiring.own_passing<std::int32_t>("points to redeem")),
        discount_(wiring.lever("discount")) {
    for (const char* name : {"orders", "revenue", "discount_given"})
      wiring.metric(name, sim::MetricUnit::count, "of other behaviors");
  }
  void advance(sim::BlockMonth& month) const {
    const MonthOfScript now =
        month.month() < std::ssize(*script) ? (*script)[static_cast<std::size_t>(month.month())] : MonthOfScript{};
    const auto number = static_cast<std::int32_t>(now.orders.size());
    for (const sim::Arm& arm : month.arms()) {
      for (std::size_t i = 0; i < month.size(); ++i) arm[orders_][i] = arm[core_.status][i] == 1 ? number : 0;
      std::ranges::fill(arm[net_sales_], 0);
      std::ranges::fill(arm[wanted_], now.redeem);
    }
    std::ranges::fill(month[rounding_], 0.5F);
    const sim::Orders& orders = month.orders();
    const auto value = month[listed_value_], after = month[listed_after_];
    for (std::size_t q = 0; q < value.size(); ++q) {
      const std::size_t slot = q < orders.listed() ? sim::slot_of(orders.slots()[q]) : now.orders.size();
      const auto [cents, months] = slot < now.orders.size() ? now.orders[slot] : std::pair(0, 0);
      value[q] = cents;
      after[q] = months;
    }
    orders.spread<std::int32_t>(value, month[value_]);
    orders.spread<std::int32_t>(after, month[after_]);
  }

 private:
  sim::CoreColumns core_;
  sim::State<std::int32_t> orders_;
  sim::Passing<std::int32_t> net_sales_;
  sim::Common<float> rounding_;
  sim::Listed<std::int32_t> listed_value_, listed_after_;
  sim::Slots<std::int32_t> value_, after_;
  sim::Passing<std::int32_t> wanted_;
  sim::Lever<float> discount_;
};

/// Takes what points cost.
class Costs final : public sim::Behavior {
 public:
  explicit Costs(sim::Wiring& wiring) : costs_(wiring.own_collected("costs")) {}
  void clear(sim::BlockMonth& month) const {
    for (const sim::Arm& arm : month.arms()) std::ranges::fill(arm[costs_], 0);
  }

 private:
  sim::Collected costs_;
};

/// Holds the parameters of a table of the product, of which nothing happens.
struct Still final : sim::Behavior {
  explicit Still(sim::Wiring&) {}
};

struct SomeOffers {
  float offers = 0, held_share = 0;
};

sim::Catalogue catalogue_of_script() {
  using sim::guess, sim::Kind, sim::range;
  sim::Catalogue all;
  sim::FieldTable cross_selling = sim::fields<SomeOffers>(
      {sim::field(&SomeOffers::offers, "offers", "share", range(0, 1), 0, Kind::fixed, "none", guess()),
       sim::field(&SomeOffers::held_share, "held_share", "share", range(0, 1), 0, Kind::fixed, "none", guess())});
  using Redemption = models::RedemptionParameters;
  const auto none = [](float Redemption::*member, std::string_view key) {
    return sim::field(member, key, "", range(0, 1), 0, Kind::fixed, "none", guess());
  };
  sim::FieldTable redemption = sim::fields<Redemption>(
      {none(&Redemption::burn, "burn"), none(&Redemption::mean, "mean"), none(&Redemption::never, "never")});
  using Responses = models::ResponsesParameters;
  const auto no_response = [](float Responses::*member, std::string_view key) {
    return sim::field(member, key, "", range(0, 1), 0, Kind::fixed, "none", guess());
  };
  sim::FieldTable program = sim::fields<Responses>(
      {no_response(&Responses::reward_pressure, "reward_pressure"), no_response(&Responses::rewarded, "rewarded")});
  const auto purchasing = all.behavior<Scripted>("purchasing", models::purchasing_fields());
  all.behavior<Still>("churn", models::churn_fields());
  all.behavior<Still>("redemption", std::move(redemption));
  all.behavior<Still>("program", std::move(program));
  all.behavior<Still>("returns", models::returns_fields());
  all.behavior<Still>("cross_selling", std::move(cross_selling));
  const auto costs = all.behavior<Costs>("costs", sim::fields<SomeOffers>({}));
  const auto membership = all.behavior<models::Membership>("membership", models::membership_fields());
  const auto points = all.behavior<models::Points>("points", models::points_fields());
  all.review();
  all.step("orders", purchasing, &Scripted::advance);
  all.step("joining the program", membership, &models::Membership::enroll);
  all.step("points", points, &models::Points::advance);
  all.step("costs", costs, &Costs::clear);
  all.exits();
  all.step("what points stay open", points, &models::Points::charge_what_is_open);
  all.arrivals();
  all.segmentation<sim::OneTier>("everyone", {}, sim::TierRule::one);
  return all;
}

struct Ledger {
  std::vector<std::int64_t> balance, expired, reversed, given_back, owed, forfeited;
  std::vector<std::vector<std::int64_t>> held_by_age, redeemed_by_age, broken_by_age, earned_by_validity;  ///< by month
};

/// A policy's months of validity at most, from a month on.
using Cuts = std::vector<std::pair<double, int>>;

/// Terms that stay as they are, if nothing else is said.
struct Terms {
  models::EarningBase base = models::EarningBase::net;
  models::PointsEnd end = models::PointsEnd::months;
  models::HeldPoints held = models::HeldPoints::keep_end;
  Cuts at_most = {};
  double inactivity = 0;
  int run_off = 0;
};

/// Of one customer who has the script's life, with a point for each unit of money.
Ledger ledger_of(const Script& of, std::int32_t validity, const Terms& terms = {}) {
  script = &of;
  const sim::Catalogue catalogue = catalogue_of_script();
  sim::Study study;
  study.seed = 1;
  study.money_quantum = 0.01;
  study.horizon.months = static_cast<int>(of.size());
  study.population.customers = 1;
  study.population.groups = {{"all", 1, {}}};
  for (const auto& table : catalogue.tables()) study.values.push_back(table.fields.standards());
  study.scenarios = {{"baseline", {}}};
  study.policies = {{"today", 0, catalogue.segmentations()[0].fields.standards(), {{"all", {}, {}, {}}}, 0}};
  study.replications = 1;
  set(study, catalogue, "points", "earn", {1});
  set(study, catalogue, "points", "points_valid", {static_cast<double>(validity)});
  set(study, catalogue, "points", "base", {static_cast<double>(terms.base)});
  set(study, catalogue, "points", "end", {static_cast<double>(terms.end)});
  set(study, catalogue, "points", "held", {static_cast<double>(terms.held)});
  set(study, catalogue, "points", "inactivity", {terms.inactivity});
  for (const auto& [months, from] : terms.at_most)
    study.policies[0].settings.push_back({field_ref(catalogue, "points", "valid_at_most"), months, from});
  study.horizon.run_off = terms.run_off;
  set(study, catalogue, "returns", "chance", {0.5});  // somebody's orders come back: the script says which
  study.count.triangle = true;
  const Outcome outcome(study, catalogue);
  Ledger ledger;
  const auto by_age = [&](int month, std::size_t metric) {
    const auto& all = outcome.cells().begin()->second.by_age;
    const std::size_t ages = outcome.info().ages, first = (static_cast<std::size_t>(month) * 4 + metric) * ages;
    return std::vector<std::int64_t>(all.begin() + static_cast<std::ptrdiff_t>(first),
                                     all.begin() + static_cast<std::ptrdiff_t>(first + ages));
  };
  for (int month = 0; month < outcome.months(); ++month) {
    ledger.balance.push_back(outcome.count("points", month));
    ledger.expired.push_back(outcome.count("points_expired", month));
    ledger.reversed.push_back(outcome.count("points_reversed", month));
    ledger.given_back.push_back(outcome.count("points_given_back", month));
    ledger.owed.push_back(outcome.count("points_owed_back", month));
    ledger.held_by_age.push_back(by_age(month, 0));
    ledger.redeemed_by_age.push_back(by_age(month, 1));
    ledger.broken_by_age.push_back(by_age(month, 2));
    ledger.earned_by_validity.push_back(by_age(month, 3));
    ledger.forfeited.push_back(outcome.count("points_forfeited", month));
  }
  return ledger;
}

using Counts = std::vector<std::int64_t>;

TEST_CASE("a sale that comes back takes its points back, whole or order by order") {
  const Ledger seen = ledger_of({{{{100'00, 1}}}, {}, {{{10'00, 1}, {90'00, 2}}}, {}, {}, {}}, 24);
  CHECK(seen.balance == Counts{100, 0, 100, 90, 0, 0});
  CHECK(seen.reversed == Counts{0, 100, 0, 10, 90, 0});
  CHECK(seen.owed == Counts(6, 0));
}

TEST_CASE(
    "an order that was paid with points comes back: what it earned goes, and what was spent returns as a new lot") {
  const Script life{{{{200'00, 0}}}, {{{50'00, 1}}, 50}, {}, {}, {}, {}};
  const Ledger seen = ledger_of(life, 3, {.base = models::EarningBase::net_of_reward});
  CHECK(seen.balance == Counts{200, 199, 200, 50, 50, 0});  // 150 of the first lot end in month 3, 50 in month 5
  CHECK(seen.reversed == Counts{0, 0, 49, 0, 0, 0});
  CHECK(seen.given_back == Counts{0, 0, 50, 0, 0, 0});
  CHECK(seen.expired == Counts{0, 0, 0, 150, 0, 50});
}

TEST_CASE("points that were spent expire no more, and what is left of a lot expires on its own day") {
  Script life(20);
  life[0] = {{{100'00, 0}}};
  life[5] = {{{0, 0}}, 60};
  life[6] = {{{30'00, 0}}};
  const Ledger seen = ledger_of(life, 12);
  CHECK(seen.balance[4] == 100);
  CHECK(seen.balance[5] == 40);
  CHECK(seen.balance[11] == 70);
  CHECK(seen.balance[12] == 30);
  CHECK(seen.balance[17] == 30);
  CHECK(seen.balance[18] == 0);
  CHECK(seen.expired[12] == 40);
  CHECK(seen.expired[18] == 30);
}

TEST_CASE("points that were redeemed before their order comes back are owed, and later ones are set off against them") {
  const Ledger seen = ledger_of({{{{100'00, 2}}}, {{{5'00, 0}}, 100}, {}, {{{60'00, 0}}}, {{{60'00, 0}}}}, 24);
  CHECK(seen.reversed == Counts{0, 0, 5, 0, 0});  // the lot of the sale is spent: what ends last goes first
  CHECK(seen.owed == Counts{0, 0, 95, 35, 0});
  CHECK(seen.balance == Counts{100, 5, 0, 0, 25});
}

TEST_CASE("points are as old as the months since they were earned, and what is oldest is spent first and ends first") {
  const Ledger seen = ledger_of({{{{100'00, 0}}}, {}, {{{50'00, 0}}}, {{}, 120}, {{{7'00, 0}}}, {}, {}}, 4);
  CHECK(seen.held_by_age[0] == Counts{100, 0, 0, 0, 0});
  CHECK(seen.held_by_age[2] == Counts{50, 0, 100, 0, 0});
  CHECK(seen.redeemed_by_age[3] == Counts{0, 20, 0, 100, 0});
  CHECK(seen.held_by_age[3] == Counts{0, 30, 0, 0, 0});
  CHECK(seen.held_by_age[5] == Counts{0, 7, 0, 30, 0});
  CHECK(seen.broken_by_age[6] == Counts{0, 0, 0, 0, 30});
  CHECK(seen.earned_by_validity[4] == Counts{0, 0, 0, 0, 7});
  CHECK(seen.earned_by_validity[5] == Counts(5, 0));
}

TEST_CASE("points of an order that have expired are not taken back a second time") {
  const Ledger seen = ledger_of({{{{100'00, 2}}}, {{{40'00, 0}}}, {}, {}}, 1);
  CHECK(seen.expired == Counts{0, 100, 40, 0});
  CHECK(seen.reversed == Counts(4, 0));
  CHECK(seen.owed == Counts(4, 0));
}

/// Orders of 100 in these months, and the months in which points of them end.
std::vector<int> ends_of(const std::vector<int>& orders, std::int32_t validity, const Terms& terms) {
  Script life(60);
  for (const int month : orders) life[static_cast<std::size_t>(month)] = {{{100'00, 0}}};
  const Ledger seen = ledger_of(life, validity, terms);
  std::vector<int> ends;
  for (int month = 0; month < 60; ++month)
    for (std::int64_t lot = 0; lot < seen.expired[static_cast<std::size_t>(month)]; lot += 100) ends.push_back(month);
  return ends;
}

using Months = std::vector<int>;

TEST_CASE("points that end with a calendar year do so after a cut, too") {
  const auto after = [](const Cuts& cuts) {
    return ends_of({2}, 30,
                   {.end = models::PointsEnd::calendar_year, .held = models::HeldPoints::end_sooner, .at_most = cuts});
  };
  CHECK(after({}) == Months{35});         // of March: to September two years after, and that year's end
  CHECK(after({{24, 6}}) == Months{35});  // in which part of a year they were issued is not known any more
  CHECK(after({{18, 6}}) == Months{23});
  CHECK(after({{12, 6}}) == Months{23});
  CHECK(after({{6, 6}}) == Months{11});
  CHECK(after({{6, 14}}) == Months{23});  // that of the cut, and no month of it but the last
  CHECK(after({{6, 25}}) == Months{35});
}

TEST_CASE("points without an end get that of new ones when they are cut, and finite ones lose no more") {
  const auto ends = [](models::HeldPoints held, const std::vector<int>& orders, const Cuts& cuts) {
    return ends_of(orders, models::endless_from, {.held = held, .at_most = cuts});
  };
  using enum models::HeldPoints;
  CHECK(ends(end_sooner, {2, 8}, {{12, 6}}) == Months{18, 20});
  CHECK(ends(keep_end, {2, 8}, {{12, 6}}) == Months{20});
  // Points of month 1 had an end, those of month 4 had none.
  CHECK(ends(end_sooner, {1, 4}, {{24, 0}, {240, 3}, {12, 6}}) == Months{18, 18});
  CHECK(ends(end_sooner, {1, 4}, {{10, 0}, {240, 3}, {12, 6}}) == Months{11, 18});
  CHECK(ends(end_sooner, {1, 4}, {{24, 0}, {240, 3}, {36, 6}}) == Months{25, 42});
  // A tier's own validity is not cut by what is longer.
  CHECK(ends_of({1}, 24, {.held = end_sooner, .at_most = {{240, 0}, {36, 3}}}) == Months{25});
  CHECK(ends_of({1}, 24, {.held = end_sooner, .at_most = {{240, 0}, {18, 3}}}) == Months{19});
  // With the calendar year: to the July after, and that year's end.
  CHECK(ends_of({2}, models::endless_from,
                {.end = models::PointsEnd::calendar_year, .held = end_sooner, .at_most = {{12, 6}}}) == Months{23});
}

TEST_CASE("nobody is idle in months in which nobody can buy") {
  const Script life{{{{100'00, 0}}}, {}, {}, {{{50'00, 0}}}, {}};
  CHECK(ledger_of(life, 24, {.inactivity = 2, .run_off = 5}).forfeited == Counts{0, 0, 100, 0, 0, 0, 0, 0, 0, 0});
  CHECK(ledger_of(life, 24, {.inactivity = 1, .run_off = 2}).forfeited == Counts{0, 100, 0, 0, 50, 0, 0});
}

}  // namespace
}  // namespace clientele::tests
