// Toy behaviors that together use every part of the seam, small enough to check by hand.
#pragma once
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <vector>

#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"
#include "sim/exact_cuts.hpp"
#include "sim/percentile_ranks.hpp"
#include "sim/plan.hpp"
#include "sim/random/address_book.hpp"
#include "sim/random/poisson.hpp"
#include "sim/segmentation.hpp"
#include "tests/support/altered.hpp"

namespace clientele::sim {

/// Tags far from the product's own.
inline constexpr AddressBook<6> toy_addresses{{{{"order", Per::order, {"toy value", "+", "toy on time", ""}},
                                                {"rate", Per::birth, {"toy rate", "+", "+", "+"}},
                                                {"month", Per::two_months, {"toy count", "toy leaving", "", ""}},
                                                {"events", Per::month, {"toy default", "toy referral", "", ""}},
                                                {"spare", Per::birth, {"", "", "", ""}},
                                                {"late", Per::month, {"toy delay", "", "", ""}}}},
                                              200000};

struct BuyingFields {
  Law rate;
  float discount = 0, response = 0, load_slows = 0;
};

/// Orders by rate, demand and discount; values; a load signal that slows delivery; a ring of money that settles later.
class Buying final : public Behavior, public Signal {
 public:
  explicit Buying(Wiring& w)
      : core_(w.core()),
        p_(w.parameters<BuyingFields>()),
        rate_(w.own_trait_of_field("rate", "rate", Sight::latent)),
        bought_(w.own_ring<float>("bought", Sight::observed)),
        due_(w.own_ring_ahead<std::int32_t>("due", Sight::latent)),
        orders_placed_(w.own_orders()),
        open_(w.own_state<std::int32_t>("open", Sight::latent)),
        mean_(w.step("order").own_passing<float>("mean")),
        cents_(w.step("deliver").own_passing<std::int32_t>("cents")),
        late_(w.step("deliver").own_passing<std::int32_t>("late")),
        limit_(w.step("deliver").own_passing<std::int32_t>("limit")),
        basket_(w.step("deliver").own_passing<float>("basket")),
        value_(w.step("deliver").own_listed<float>("value")),
        values_(w.step("deliver").own_slots<float>("values")),
        bits_(w.step("deliver").own_listed<std::int32_t>("bits")),
        spread_bits_(w.step("deliver").own_slots<std::int32_t>("spread bits")),
        delay_(w.step("deliver").own_passing<std::int32_t>("delay")),
        more_(w.lever<float>(p_, "discount",
                             [](const BuyingFields& f, float discount) { return 1.F + f.response * discount; })),
        demand_(w.driver("demand")),
        rate_luck_(w.birth_luck(toy_addresses.of("toy rate"), 4)),
        count_luck_(w.month_luck(toy_addresses.of("toy count"))),
        delay_luck_(w.month_luck(toy_addresses.of("toy delay"))),
        value_luck_(w.order_luck(toy_addresses.of("toy value"), 2)),
        on_time_luck_(w.order_luck(toy_addresses.of("toy on time"))),
        orders_(w.metric("orders", MetricUnit::count, "orders")),
        revenue_(w.metric("revenue", MetricUnit::money, "money")),
        lates_(w.metric("late", MetricUnit::count, "late orders")),
        settled_(w.metric("settled", MetricUnit::money, "settled")),
        receivable_(w.metric("receivable", MetricUnit::money, "open at the end of the month")),
        spent_(w.histogram("spent", MetricUnit::money, "spent in the month", {0, -1})) {
    w.arrange_by(rate_);
    w.keep_while(open_);
  }

  int months_ahead(const Outlook&) const override { return 2; }
  void draw_traits(BlockMonth& m) const override { m.draw(rate_, m.parameters(p_).rate, rate_luck_); }

  void order(BlockMonth& m) const {
    const auto words = m.variates().words(count_luck_);
    const auto rate = m[rate_];
    for (const Arm& arm : m.arms()) {
      const auto mean = arm[mean_];
      const auto standing = arm[core_.standing];
      const auto more = arm[more_];
      const float demand = m.run_off() ? 0.F : arm.driver(demand_);
      for (std::size_t i = 0; i < mean.size(); ++i) mean[i] = standing[i] >= 0 ? rate[i] * demand * more[i] : 0.F;
      poisson_invert(words, mean, arm[orders_placed_]);
      arm.count(orders_, arm[core_.orders]);
    }
  }

  void deliver(BlockMonth& m) const {
    const Orders& orders = m.orders();
    const auto z = m.variates().normals(value_luck_);
    const auto words = m.variates().words(on_time_luck_);
    const auto value = m[value_];
    const auto bits = m[bits_];
    for (std::size_t q = 0; q < value.size(); ++q) value[q] = exp(0.3F * z[q]) * 10.F;
    for (std::size_t q = 0; q < bits.size(); ++q) bits[q] = chance_bits(words[q]);
    orders.spread(value, m[values_]);
    orders.spread(bits, m[spread_bits_]);
    const auto delay_words = m.variates().words(delay_luck_);
    for (const Arm& arm : m.arms()) {
      const auto placed = arm[core_.orders];
      orders.sum<float>(placed, m[values_], arm[basket_]);
      std::int64_t load = 0;
      for (const std::int64_t n : arm.decision()) load += n;
      const float slower = m.parameters(p_).load_slows * static_cast<float>(load) * 1e-4F;
      const auto limit = arm[limit_];
      for (std::size_t i = 0; i < limit.size(); ++i) limit[i] = chance_threshold(0.1F + slower);
      orders.count_below(placed, m[spread_bits_], limit, arm[late_]);
      arm.count(lates_, arm[late_]);
      const auto cents = arm[cents_], open = arm[open_];
      for (std::size_t i = 0; i < cents.size(); ++i) cents[i] = to_quanta(arm[basket_][i], m.per_quantum());
      arm.book(revenue_, cents);
      arm.bin(spent_, cents);
      if (arm.depth(bought_) > 0)
        for (std::size_t i = 0; i < cents.size(); ++i) arm.at(bought_, m.month())[i] = arm[basket_][i];
      // Each customer pays the month's money one or two months later.
      for (std::size_t i = 0; i < cents.size(); ++i) {
        const std::int32_t amount = arm[core_.standing][i] >= 0 ? cents[i] : 0;
        arm.at(due_, m.month() + 1 + static_cast<int>(delay_words[i] & 1U))[i] += amount;
        open[i] += amount;
      }
      const auto settles = arm.at(due_, m.month());
      for (std::size_t i = 0; i < cents.size(); ++i) open[i] -= settles[i];
      arm.book_all(settled_, settles);
      for (std::size_t i = 0; i < cents.size(); ++i) settles[i] = 0;
      arm.book_all(receivable_, open);
    }
  }

  const Signal& load() const { return *this; }
  bool needed(const Occasion&) const override { return hears; }
  VoiceSize size(const Occasion&, int, const Decision&) const override { return {3, 0}; }
  void measure(BlockMonth&, const Arm& arm, int, const Decision&, Voice voice) const override {
    const auto orders = arm[core_.orders], standing = arm[core_.standing];
    for (std::size_t i = 0; i < orders.size(); ++i)
      if (standing[i] >= 0) voice.sums[static_cast<std::size_t>(standing[i]) % 3] += orders[i];
  }
  bool decide(const Occasion&, int, Voice heard, Decision& decision) const override {
    decision.assign(heard.sums.begin(), heard.sums.end());
    return true;
  }
  /// Whether customers meet in the middle of each month. Set before a run only.
  static inline bool hears = true;

 private:
  CoreColumns core_;
  Parameters<BuyingFields> p_;
  Trait<float> rate_;
  Ring<float> bought_;
  Ring<std::int32_t> due_;
  State<std::int32_t> orders_placed_;
  State<std::int32_t> open_;
  Passing<float> mean_;
  Passing<std::int32_t> cents_, late_, limit_;
  Passing<float> basket_;
  Listed<float> value_;
  Slots<float> values_;
  Listed<std::int32_t> bits_;
  Slots<std::int32_t> spread_bits_;
  Passing<std::int32_t> delay_;
  Lever<float> more_;
  Driver demand_;
  BirthLuck rate_luck_;
  MonthLuck count_luck_, delay_luck_;
  OrderLuck value_luck_, on_time_luck_;
  Metric orders_, revenue_, lates_, settled_, receivable_;
  Histogram spent_;
};

struct LeavingFields {
  float leave = 0, fail = 0, refer = 0, join = 0;
};

/// Two ways to go, asked for at once by one word's chance each; referrals and organic arrivals.
class Leaving final : public Behavior {
 public:
  explicit Leaving(Wiring& w)
      : core_(w.core()),
        p_(w.parameters<LeavingFields>()),
        refers_(w.own_passing<std::int32_t>("refers")),
        luck_(w.month_luck(toy_addresses.of("toy leaving"))),
        fails_(w.month_luck(toy_addresses.of("toy default"))),
        brings_(w.month_luck(toy_addresses.of("toy referral"))),
        left_(w.departure("left", 20, "left")),
        defaulted_(w.departure("defaulted", 10, "defaulted")),
        joins_(w.driver("joins")) {}

  void leave(BlockMonth& m) const {
    const LeavingFields& p = m.parameters(p_);
    const auto luck = m.variates().words(luck_), fails = m.variates().words(fails_),
               brings = m.variates().words(brings_);
    for (const Arm& arm : m.arms()) {
      const auto leave = arm[left_.request], fail = arm[defaulted_.request], refers = arm[refers_];
      for (std::size_t i = 0; i < leave.size(); ++i) {
        const float more = arm.policy() == 0 ? 1.F : 1.5F;
        leave[i] += uniform(luck[i]) < p.leave ? 1 : 0;
        fail[i] += uniform(fails[i]) < p.fail ? 1 : 0;
        refers[i] = uniform(brings[i]) < p.refer * more ? 1 + static_cast<std::int32_t>(brings[i] & 1U) : 0;
      }
      m.refer(arm.index(), refers);
    }
  }

  double mean_arrivals(const Outlook& outlook) const override {
    return static_cast<double>(outlook.parameters(p_).join * outlook.driver(joins_));
  }

 private:
  CoreColumns core_;
  Parameters<LeavingFields> p_;
  Passing<std::int32_t> refers_;
  MonthLuck luck_, fails_, brings_;
  Departure left_, defaulted_;
  Driver joins_;
};

struct RankFields {
  std::int32_t review_every = 3, coarse = 0;
};

/// Exact quotas by what was bought in the last four months; `coarse` rounds the score so that thousands tie.
class ToyRank final : public Segmentation {
 public:
  ToyRank(const SegmentationSpec& spec, Observed& o)
      : fields_(spec.parameters.as<RankFields>()),
        bought_(o.ring<float>("bought", 5)),
        score_high_(o.scratch<std::uint32_t>("score, high")),
        score_low_(o.scratch<std::uint32_t>("score, low")),
        cuts_(shares(*spec.policy)) {}
  bool due(int month) const override { return month % fields_.review_every == 0; }
  bool meets() const override { return true; }
  VoiceSize size(const Occasion&, int round, const Decision& d) const override { return cuts_.size(round, d); }
  void measure(BlockMonth& m, const Arm& arm, int round, const Decision& d, Voice voice) const override {
    if (round == 0) score(m, arm);
    cuts_.measure(m, arm, scores(arm), round, d, voice);
  }
  void score(BlockMonth& m, const Arm& arm) const override {
    const RankScores kept = scores(arm);
    for (std::size_t i = 0; i < kept.high.size(); ++i) {
      float sum = 0;
      for (int back = 1; back <= 4; ++back) sum += arm.at(bought_, m.month() - back)[i];
      const double score = fields_.coarse > 0 ? std::floor(sum / static_cast<float>(fields_.coarse)) : sum;
      kept.keep(i, {&score, 1});
    }
  }
  bool decide(const Occasion&, int round, Voice heard, Decision& d) const override {
    return cuts_.decide(round, heard, d);
  }
  void assign(BlockMonth& m, const Arm& arm, const Decision& d, std::span<std::int32_t> tier) const override {
    cuts_.assign(m, arm, scores(arm), d, tier);
  }

 private:
  RankScores scores(const Arm& arm) const { return {arm[score_high_], arm[score_low_]}; }
  static std::vector<double> shares(const Policy& policy) {
    std::vector<double> list;
    for (std::size_t t = 0; t + 1 < policy.tiers.size(); ++t) list.push_back(*policy.tiers[t].share);
    return list;
  }
  RankFields fields_;
  Ring<const float> bought_;
  State<std::uint32_t> score_high_, score_low_;
  ExactCuts cuts_;
};

/// Tiers by percentile: the upper half, the rest.
class ToyPercentile final : public Segmentation {
 public:
  ToyPercentile(const SegmentationSpec&, Observed& o) : bought_(o.ring<float>("bought", 5)) {}
  bool due(int month) const override { return month % 4 == 0; }
  bool meets() const override { return true; }
  VoiceSize size(const Occasion&, int round, const Decision& d) const override { return ranks_.size(round, d); }
  void measure(BlockMonth& m, const Arm& arm, int round, const Decision& d, Voice voice) const override {
    ranks_.measure(m, arm, arm.at(bought_, m.month() - 1), round, d, voice);
  }
  bool decide(const Occasion&, int round, Voice heard, Decision& d) const override {
    return ranks_.decide(round, heard, d);
  }
  void assign(BlockMonth& m, const Arm& arm, const Decision& d, std::span<std::int32_t> tier) const override {
    std::vector<float> percentile(tier.size());
    ranks_.ranks(arm.at(bought_, m.month() - 1), d, percentile);
    for (std::size_t i = 0; i < tier.size(); ++i) tier[i] = percentile[i] >= 50 ? 0 : 1;
  }

 private:
  Ring<const float> bought_;
  PercentileRanks ranks_;
};

class ToyEveryone final : public Segmentation {
 public:
  ToyEveryone(const SegmentationSpec&, Observed&) {}
  bool due(int month) const override { return month % 6 == 0; }
  void assign(BlockMonth&, const Arm&, const Decision&, std::span<std::int32_t> tier) const override {
    std::ranges::fill(tier, 0);
  }
};

inline Catalogue toy_catalogue() {
  Catalogue c;
  const auto buying = c.behavior<Buying>(
      "buying",
      fields<BuyingFields>(
          {field(&BuyingFields::rate, "rate", "1/month",
                 {gamma_law(range(0, 1e5), 2, 2), constant_law(range(0, 1e5), 2)}, Kind::trait, "orders per month",
                 guess()),
           lever(field(&BuyingFields::discount, "discount", "share", range(0, 1), 0, Kind::fixed, "discount", guess()),
                 {.cost = "money", .benefit = "orders", .paid_in = {"revenue"}, .helps = {"orders"}}),
           field(&BuyingFields::response, "response", "1", range(0, 9), 2, Kind::by_group, "more orders", guess()),
           field(&BuyingFields::load_slows, "load_slows", "1", range(0, 9), 0, Kind::fixed, "late per load", guess())}),
      {{"demand", DriverKind::factor, "1", "scales orders"}});
  const auto leaving = c.behavior<Leaving>(
      "leaving",
      fields<LeavingFields>(
          {field(&LeavingFields::leave, "leave", "1/month", range(0, 1), 0.02, Kind::by_group, "chance", guess()),
           field(&LeavingFields::fail, "fail", "1/month", range(0, 1), 0.01, Kind::fixed, "chance", guess()),
           field(&LeavingFields::refer, "refer", "1/month", range(0, 1), 0.01, Kind::fixed, "chance", guess()),
           field(&LeavingFields::join, "join", "1/month", range(0, 1e6), 3, Kind::fixed, "mean arrivals", guess())}),
      {{"joins", DriverKind::factor, "1", "scales arrivals"}});
  c.review();
  c.step("order", buying, &Buying::order);
  c.step("deliver", buying, &Buying::deliver, &Buying::load);
  c.step("leave", leaving, &Leaving::leave);
  c.exits();
  c.arrivals();
  c.segmentation<ToyEveryone>("everyone", FieldTable(), TierRule::one);
  c.segmentation<ToyRank>("rank",
                          fields<RankFields>({field(&RankFields::review_every, "review_every", "months", range(1, 24),
                                                    3, Kind::fixed, "months between reviews", guess()),
                                              field(&RankFields::coarse, "coarse", "money", range(0, 1e6), 0,
                                                    Kind::fixed, "score step", guess())}),
                          TierRule::share);
  c.segmentation<ToyPercentile>("percentile", FieldTable(), TierRule::share);
  c.kpi({"revenue", "money", "EUR", Direction::higher_is_better, KpiRule::total, {{"revenue", 1}}, {}, 1, 0, true});
  return c;
}

/// Two groups, two scenarios, four policies; small, with warm-up, arrivals, referrals and every kind of meeting.
inline Study toy_study(std::uint64_t customers = 700) {
  const Catalogue c = toy_catalogue();
  Study s;
  s.seed = 7;
  s.horizon = {2027, 1, 10, 5, 2};
  s.population.customers = customers;
  s.population.groups = {{"near", 0.7, {}}, {"far", 0.3, {{{1, 0}, {0, {0.05}}}}}};
  for (const auto& table : c.tables()) s.values.push_back(table.fields.standards());
  s.scenarios = {{"calm", {}}, {"storm", {{0, 0.5, 3, 4, 1, {}}, {1, 2.0, 2, {}, 0, 1}}}};
  const auto tier = [](const char* name, std::optional<double> share, double discount) {
    return Tier{name, share, {}, {{{0, 1}, discount}}};
  };
  s.policies = {{"plain", 0, {}, {tier("all", {}, 0)}, 0},
                {"ranked", 1, {{0, {3}}, {0, {0}}}, {tier("A", 0.2, 0.1), tier("B", 0.3, 0.05), tier("C", {}, 0)}, 2},
                {"tied", 1, {{0, {5}}, {0, {40}}}, {tier("A", 0.31, 0.1), tier("B", {}, 0)}, 1},
                {"upper", 2, {}, {tier("A", {}, 0.08), tier("B", {}, 0)}, 1}};
  s.population.arrivals = Arrivals::as_before;
  s.replications = 3;
  return s;
}

/// Load slows delivery, so that everybody meets every month.
inline Study hearing_study() {
  Study study = toy_study();
  study.values[0][3].numbers = {0.5};
  return study;
}

/// No policy that must meet: where nobody hears either, blocks run freely and a world may be cut into portions.
inline Study free_study(std::uint32_t replications = 3) {
  Study study = toy_study();
  study.policies = {study.policies[0], study.policies[0]};
  study.policies[1].name = "discount";
  study.policies[1].tiers[0].levers[0].value = 0.1;
  study.replications = replications;
  return study;
}

/// While it exists, nobody hears of anybody's load.
struct Deaf {
  Deaf() { Buying::hears = false; }
  ~Deaf() { Buying::hears = true; }
  Deaf(const Deaf&) = delete;
  Deaf& operator=(const Deaf&) = delete;
};

inline std::map<Cell, CellOutcome> lived(const Study& study, const RunOptions& options = {},
                                         std::vector<Cell> cells = {}) {
  const Catalogue catalogue = toy_catalogue();
  MemorySink sink;
  if (cells.empty()) cells = all_cells(study);
  RunOptions taken = options;
  if (taken.threads == 0) taken.threads = 1;
  tests::run_altered(Plan(study, catalogue), cells, sink, taken);
  return sink.outcomes();
}

/// Sum of a metric over tiers and groups, by month.
inline std::vector<std::int64_t> by_month(const Study& study, const CellOutcome& outcome, std::string_view metric) {
  const OutcomeInfo info = Plan(study, toy_catalogue()).info();
  std::size_t m = 0;
  while (info.metrics[m].name != metric) ++m;
  std::vector<std::int64_t> sums(info.months);
  const std::size_t per_month = info.tiers * info.groups * info.metrics.size();
  for (std::size_t at = m; at < outcome.counts.size(); at += info.metrics.size())
    sums[at / per_month] += outcome.counts[at];
  return sums;
}

}  // namespace clientele::sim
