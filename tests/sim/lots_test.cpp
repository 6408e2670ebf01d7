// Lots against a list of lots of each customer, kept and searched one by one.
#include "sim/lots.hpp"

#include <map>

#include "sim/catalogue.hpp"
#include "sim/plan.hpp"
#include "sim/random/philox.hpp"
#include "sim/segmentation.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/one_tier.hpp"

namespace clientele::sim {

namespace {

constexpr std::int32_t longest = 5;

struct Lot {
  int end = 0;
  std::int32_t amount = 0;
};

/// The twin of one customer.
struct Holder {
  std::vector<Lot> lots;
  std::int32_t endless = 0, debt = 0;

  std::int32_t total() const {
    std::int32_t sum = endless;
    for (const Lot& lot : lots) sum += lot.amount;
    return sum;
  }
  void add(std::int32_t amount, std::int32_t valid, int month) {
    const std::int32_t paid = std::min(debt, amount);
    debt -= paid;
    if (valid == never)
      endless += amount - paid;
    else
      lots.push_back({month + valid, amount - paid});
  }
  static std::int32_t take(std::int32_t& lot, std::int32_t most) {
    const std::int32_t some = std::min(lot, most);
    lot -= some;
    return some;
  }
  std::int32_t spend(std::int32_t wanted) {
    std::ranges::stable_sort(lots, {}, &Lot::end);
    std::int32_t taken = 0;
    for (Lot& lot : lots) taken += take(lot.amount, wanted - taken);
    return taken + take(endless, wanted - taken);
  }
  std::int32_t take_back(std::int32_t amount, std::int32_t left, int month) {
    std::int32_t taken = 0;
    if (left == never) taken += take(endless, amount);
    for (Lot& lot : lots)
      if (left != never && lot.end == month + left) taken += take(lot.amount, amount - taken);
    taken += take(endless, amount - taken);
    std::ranges::stable_sort(lots, std::ranges::greater(), &Lot::end);
    for (Lot& lot : lots) taken += take(lot.amount, amount - taken);
    debt += amount - taken;
    return taken;
  }
  std::int32_t end_month(int month) {
    std::int32_t ended = 0;
    for (Lot& lot : lots)
      if (lot.end == month) ended += take(lot.amount, lot.amount);
    return ended;
  }
  std::int32_t forfeit() {
    const std::int32_t all = total();
    lots.clear();
    endless = 0;
    return all;
  }
};

struct NoFields {};

/// Adds, spends, takes back, forfeits and ends by a hash of customer and month, beside the twins.
class Holding final : public Behavior {
 public:
  explicit Holding(Wiring& w)
      : core_(w.core()),
        lots_{w.own_ring_ahead<std::int32_t>("lots", Sight::observed),
              w.own_state<std::int32_t>("endless lots", Sight::observed),
              w.own_state<std::int32_t>("debt of lots", Sight::observed)},
        amount_(w.own_passing<std::int32_t>("amount")),
        months_(w.own_passing<std::int32_t>("months")),
        result_(w.own_passing<std::int32_t>("result")) {}
  int months_ahead(const Outlook&) const override { return longest; }

  void advance(BlockMonth& m) const {
    const Arm& arm = m.arms().front();
    const LotsOfArm lots(arm, lots_, m.month());
    const auto amount = arm[amount_], months = arm[months_], result = arm[result_];
    const auto low = m[core_.id_low];
    const auto number = [&](std::uint32_t what, std::uint32_t below) {
      return [&, what, below](std::size_t i) {
        const auto word = philox(Address{low[i], m.month(), what, 1, 0, 0}.counter(), Key{})[0];
        return static_cast<std::int32_t>(word % below);
      };
    };
    const auto act = [&](auto fill, auto apply, auto twin) {
      for (std::size_t i = 0; i < amount.size(); ++i) fill(i), result[i] = 0;
      apply();
      for (std::size_t i = 0; i < m.customers(); ++i) {
        REQUIRE(result[i] == twin(holders[low[i]], i));
        compared += result[i] != 0;
      }
    };
    const auto how_many = number(1, 40), valid = number(2, longest + 2), often = number(3, 3);
    act([&](std::size_t i) { amount[i] = often(i) == 0 ? 0 : how_many(i), months[i] = valid(i) - 1; },
        [&] { lots.add(amount, months); },
        [&](Holder& who, std::size_t i) { return who.add(amount[i], months[i], m.month()), 0; });
    const auto wanted = number(4, 60), left = number(5, longest + 2), back = number(6, 4);
    act([&](std::size_t i) { amount[i] = wanted(i) < 30 ? wanted(i) : 0; }, [&] { lots.spend(amount, result); },
        [&](Holder& who, std::size_t i) { return who.spend(amount[i]); });
    act([&](std::size_t i) { amount[i] = back(i) == 0 ? wanted(i) : 0, months[i] = left(i) - 1; },
        [&] { lots.take_back(amount, months, result); },
        [&](Holder& who, std::size_t i) { return who.take_back(amount[i], months[i], m.month()); });
    const auto gone = number(7, 20);
    act([&](std::size_t i) { amount[i] = gone(i) == 0 ? 1 : 0; }, [&] { lots.forfeit(amount, result); },
        [&](Holder& who, std::size_t i) { return amount[i] != 0 ? who.forfeit() : 0; });
    act([](std::size_t) {}, [&] { lots.end_month(result); },
        [&](Holder& who, std::size_t) { return who.end_month(m.month()); });
    for (std::size_t i = 0; i < m.customers(); ++i) {
      std::int32_t total = arm[lots_.endless][i];
      for (int ahead = 1; ahead <= longest; ++ahead) total += arm.at(lots_.by_end, m.month() + ahead)[i];
      REQUIRE(total == holders[low[i]].total());
      REQUIRE(arm[lots_.debt][i] == holders[low[i]].debt);
      debts += arm[lots_.debt][i] > 0;
    }
  }

  static inline std::map<std::uint32_t, Holder> holders;
  static inline std::int64_t compared = 0, debts = 0;

 private:
  CoreColumns core_;
  Lots lots_;
  Passing<std::int32_t> amount_, months_, result_;
};

}  // namespace

TEST_CASE("lots are what a list of lots is: what ends first is spent first, and what is missing is a debt") {
  Catalogue all;
  const auto holding = all.behavior<Holding>("holding", fields<NoFields>({}));
  all.review();
  all.step("hold", holding, &Holding::advance);
  all.segmentation<OneTier>("everyone", FieldTable(), TierRule::one);
  Study study;
  study.horizon.months = 40;
  study.population.customers = 130;
  study.population.groups = {{"all"}};
  study.values = {{}};
  study.scenarios = {{"usual", {}}};
  study.policies = {{"plain", 0, {}, {{"all"}}}};
  study.replications = 1;
  for (const std::size_t block : {64U, 512U}) {
    Holding::holders.clear();
    Holding::compared = Holding::debts = 0;
    MemorySink sink;
    RunOptions options;
    options.threads = 1;
    options.block_size = block;
    Plan(study, all).run(all_cells(study), sink, options);
    CHECK(Holding::holders.size() == 130);
    CHECK(Holding::compared > 2000);
    CHECK(Holding::debts > 500);
  }
}

}  // namespace clientele::sim
