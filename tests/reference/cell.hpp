// One cell lived alone, from its first month on: a vector of customers, one month after the other, no arms.
//
// The warm-up is lived again for every cell, under the baseline; so nothing is copied at the fork and no arm can touch
// another. A catalogue's twin derives from Cell and writes the month as the catalogue lists it.
#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/class_names.hpp"
#include "sim/core/math.hpp"
#include "sim/random/ids.hpp"
#include "tests/reference/counts.hpp"
#include "tests/reference/luck.hpp"
#include "tests/reference/reviews.hpp"
#include "tests/reference/setting.hpp"

namespace clientele::tests {

/// Who somebody is, and what every twin needs of him.
struct Customer {
  std::uint64_t id = 0;
  std::uint32_t group = 0;
  std::uint32_t counted_in = 0;  ///< where he is counted: his group, and in it his class
  int born = 0;
  bool of_first_base = false;
  bool won_over = false;             ///< beside a usual newcomer, if the offer wins more
  std::optional<std::uint32_t> row;  ///< of the customer file
  bool active = true;
  bool on_books = true;                 ///< of the firm, which may not see that somebody has left
  std::int32_t tier = 0;                ///< the one held last
  std::optional<int> valid_until = {};  ///< month, of a tier that is valid for some time
  std::int32_t moved = 0;               ///< by this month's review: 1 to a better tier of the policy, -1 to a worse
  std::vector<std::string_view> asks_to_leave;  ///< by which departures, this month
  bool reviewed = false;                        ///< put into a tier of the policy this month
};

/// What a behavior's twin can ask in a month.
struct Scene {
  const Setting& setting;
  const Luck& luck;
  Counts& counts;
  int month;
  sim::MonthKind kind;

  bool run_off() const { return kind == sim::MonthKind::settle; }
  bool closed() const { return kind == sim::MonthKind::closed; }
  /// The warm-up of real customers: they buy and pay, and nobody leaves or joins.
  bool stands_still() const { return setting.study().population.file && month < 0; }
  /// The first month of those who come after the beginning. A file that tells a past knows all who were there before
  /// month 0; else the first month is lived by who is there at the beginning alone.
  int first_arrivals() const {
    const auto& file = setting.study().population.file;
    return file && !file->past.empty() ? 0 : 1;
  }
  float driver(std::string_view name, const Customer& who) const { return driver(name, who.group); }
  float driver(std::string_view name, std::uint32_t group) const { return setting.driver(name, group, month, kind); }
  float lever(std::string_view table, std::string_view key, const Customer& who) const {
    return setting.lever(table, key, who.group, who.tier, month);
  }
  /// What the policy sets, this month or so many months from it.
  float setting_in(std::string_view table, std::string_view key, int months = 0) const {
    return setting.policy_setting(table, key, month + months, month);
  }
  float per_quantum() const { return static_cast<float>(1 / setting.study().money_quantum); }

  void count_by_age(std::string_view metric, int age, std::int64_t value) const {
    counts.add_by_age(metric, month, age, value);
  }
  /// Counted under the tier that is held; of who is gone, under the one that was held last.
  void count(std::string_view metric, const Customer& who, std::int64_t value) const {
    counts.add(metric, month, who.tier, who.counted_in, value, who.id);
  }
  /// A trait of a field: what the customer file says, or drawn.
  float trait(std::string_view table, std::string_view key, const sim::Law& law, sim::WordAddress word,
              const Customer& who) const;
};

inline float Scene::trait(std::string_view table, std::string_view key, const sim::Law& law, sim::WordAddress word,
                          const Customer& who) const {
  if (who.row)
    for (const auto& known : setting.study().population.file->traits)
      if (known.field == setting.field(table, key)) return known.values[*who.row];
  return luck.trait(law, word, who.id);
}

/// A departure and what counts it, the first in precedence first.
using Departures = std::vector<std::string_view>;

template <class C>
class Cell {
 public:
  Cell(const sim::Study& study, const sim::Catalogue& catalogue, const sim::OutcomeInfo& names, const sim::Cell& cell)
      : cell_(cell), setting_(study, catalogue, cell), luck_(study, cell), counts_(study, names) {}
  virtual ~Cell() = default;

  /// All that is counted, and who is there, too.
  void write_into(Journal& journal) { counts_.write_into(journal); }

  sim::CellOutcome live() {
    const sim::Horizon& horizon = setting_.study().horizon;
    live_months(setting_.first_month(), horizon.months, sim::MonthKind::usual);
    const std::vector<C> at_the_end = customers_;
    live_months(horizon.months, horizon.months + horizon.run_off, sim::MonthKind::settle);
    customers_ = at_the_end;
    live_months(horizon.months, horizon.months + horizon.beyond, sim::MonthKind::closed);
    return counts_.outcome(cell_);
  }

 protected:
  virtual void be_born(const Scene& scene, C& who) const = 0;
  virtual double mean_arrivals(const Scene&, std::uint32_t /*group*/) const { return 0; }
  virtual void live_month(const Scene& scene) = 0;
  /// Whether each who joins by himself after month 0 is joined by one who may be won; and whether somebody does join.
  virtual bool wins_newcomers() const { return false; }
  virtual bool joins(const Scene&, const C&) const { return true; }
  /// Whether somebody of a file had left before month 0, by what it tells of the past.
  virtual bool had_left(const C&) const { return false; }
  /// Of the last twelve months, at the fork.
  virtual std::int64_t sales_of_year(const C&) const { return 0; }

  std::vector<C>& customers() { return customers_; }
  int first_month() const { return setting_.first_month(); }

  /// Who has been here before, or from the very beginning.
  std::vector<C*> under_review(const Scene& scene) {
    std::vector<C*> list;
    for (C& who : customers_)
      if (who.on_books && (who.born < scene.month || who.born == first_month())) list.push_back(&who);
    return list;
  }

  /// What a review gives: counted from the tier held until now.
  void move(const Scene& scene, C& who, std::int32_t tier) {
    scene.counts.move(scene.month, who.tier, tier, who.counted_in);
    const std::int32_t own = own_tiers_of(scene.setting.policy(scene.month));
    const bool came_by_policy = (who.tier >= own) != (tier >= own) ||
                                (scene.month == 0 && !scene.setting.goes_on_from_baseline() && tier < own);
    who.reviewed = tier < own;
    if (!came_by_policy && tier != who.tier) who.moved = tier < who.tier ? 1 : -1;
    who.tier = tier;
  }

  /// Whether the policy has come to a customer: always the same ones first.
  bool is_reached(const Scene& scene, const C& who) const {
    const sim::Policy& policy = scene.setting.policy(scene.month);
    double share = policy.rollout.empty() ? 1 : 0;
    for (const sim::RollOut& step : policy.rollout)
      if (step.month <= scene.month && (!step.group || *step.group == who.group)) share = std::max(share, step.share);
    if (policy.grandfathering > 0 && who.born >= scene.first_arrivals()) return true;
    const std::uint32_t word = scene.luck.of_birth({sim::tag_of_roll_outs, 0, sim::Per::birth}, who.id);
    return sim::happens(sim::chance_bits(word), sim::chance_threshold(share));
  }
  static std::int32_t own_tiers_of(const sim::Policy& policy) {
    return static_cast<std::int32_t>(policy.tiers.size() - policy.before);
  }

  /// Who leaves is off the books at once, unless a twin puts him back on them.
  void grant_exits(const Scene& scene, const Departures& precedence) {
    for (C& who : customers_) {
      if (!who.active) continue;
      scene.count("customers", who, 1);
      if (who.born == scene.month && scene.month > first_month()) scene.count("arrivals", who, 1);
      for (const std::string_view departure : precedence) {
        if (scene.stands_still() || !who.active || std::ranges::count(who.asks_to_leave, departure) == 0) continue;
        scene.count(departure, who, 1);
        who.active = who.on_books = false;
      }
      if (scene.month == -1 && had_left(who)) who.active = who.on_books = false;
      if (!who.active) replace(scene, who);
      who.asks_to_leave.clear();
    }
  }

  /// An active customer brings others, who come next month.
  void refer(const Scene& scene, const C& who, int number) {
    if (scene.stands_still()) return;
    for (int ordinal = 0; ordinal < number; ++ordinal) {
      C& friend_of_his = brought_.emplace_back();
      friend_of_his.group = who.group;
      friend_of_his.id =
          sim::id_of_referral(who.id, scene.month, static_cast<std::uint32_t>(ordinal), sim::tag_of_referrals);
    }
  }

 private:
  /// In warm-up, somebody new follows on whoever leaves.
  void replace(const Scene& scene, const C& leaver) {
    if (scene.month >= 0 || setting_.study().population.replacement == sim::Replacement::none) return;
    C& newcomer = brought_.emplace_back();
    newcomer.group = leaver.group;
    newcomer.id = sim::id_of_replacement(leaver.id, scene.month, sim::tag_of_replacements);
    newcomer.born = scene.month + 1;
    replacements_.push_back(newcomer);
  }

  /// A year after each replacement of the last twelve months of warm-up, and every year from there.
  void come_as_before(const Scene& scene) {
    if (scene.month <= 0 || setting_.study().population.arrivals != sim::Arrivals::as_before) return;
    for (const Customer& before : replacements_) {
      const int since = scene.month - before.born;
      if (before.born < -11 || since % 12 != 0) continue;
      C who;
      who.group = before.group;
      who.id = sim::id_of_follower(before.id, static_cast<std::uint32_t>(since / 12), sim::tag_of_followers);
      enter_and_win(scene, std::move(who));
    }
  }

  /// Mean number of those who join by themselves beside whom the behaviors let come.
  double arrivals_by_number(const Scene& scene, std::uint32_t group) const {
    const sim::Population& population = setting_.study().population;
    const bool by_number = population.arrivals == sim::Arrivals::by_number && scene.month >= scene.first_arrivals();
    return by_number ? population.groups[group].arrivals : 0;
  }

  void live_months(int begin, int end, sim::MonthKind kind) {
    counts_.enter(kind);
    for (int month = begin; month < end; ++month) {
      const Scene scene{setting_, luck_, counts_, month, kind};
      come(scene);
      std::set<std::uint64_t> active;
      for (const C& who : customers_)
        if (who.active) active.insert(who.id);
      counts_.begin(month, std::move(active));
      live_month(scene);
    }
  }

  void come(const Scene& scene) {
    if (scene.month == first_month()) begin(scene);
    if (scene.month == 0 && first_month() < 0) {
      hold_tiers_told();
      sort_into_classes();
      keep_tiers_of(scene.setting.policy(0));
    }
    std::vector<C> brought = std::exchange(brought_, {});
    if (scene.month >= setting_.study().horizon.months || scene.stands_still()) return;
    for (C& who : brought) enter(scene, std::move(who));
    come_as_before(scene);
    const auto groups = static_cast<std::uint32_t>(setting_.study().population.groups.size());
    for (std::uint32_t group = 0; group < groups; ++group) {
      const int joining =
          luck_.arrivals(group, scene.month, arrivals_by_number(scene, group) + mean_arrivals(scene, group));
      for (int slot = 0; slot < joining; ++slot) {
        C who;
        who.group = group;
        who.id = sim::id_of_arrival(group, scene.month, static_cast<std::uint32_t>(slot));
        enter_and_win(scene, std::move(who));
      }
    }
  }

  /// As the file names them, whatever the warm-up's reviews have given.
  void hold_tiers_told() {
    const auto& file = setting_.study().population.file;
    for (C& who : customers_)
      if (who.row && !file->tiers.empty() && file->tiers[*who.row] >= 0) who.tier = file->tiers[*who.row];
  }

  /// By the baseline's tier and the tenth of sales, of all who are customers as month 0 begins.
  void sort_into_classes() {
    const sim::Study& study = setting_.study();
    if (!study.count.classes) return;
    std::vector<Candidate> ranked;
    for (const C& who : customers_)
      if (who.active || who.on_books) ranked.push_back({who.id, static_cast<double>(sales_of_year(who))});
    const std::vector<std::int32_t> tenths = tiers_by_quota(ranked, std::vector<double>(9, 0.1));
    const auto leavers = static_cast<std::uint32_t>(10 * own_tiers_of(study.policies[study.baseline]));
    std::size_t next = 0;
    for (C& who : customers_)
      who.counted_in = place_of(
          who, who.active || who.on_books ? static_cast<std::uint32_t>(10 * who.tier + tenths[next++]) : leavers);
  }
  std::uint32_t place_of(const C& who, std::uint32_t of_class) const {
    return who.group * static_cast<std::uint32_t>(sim::number_of_classes(setting_.study())) + of_class;
  }

  /// At the fork, who is on the books keeps his tier until the review, and who is not enters the new policy as somebody
  /// new; where it rolls out, all stand before that. Of tiers that are the baseline's everybody keeps theirs.
  void keep_tiers_of(const sim::Policy& policy) {
    if (setting_.goes_on_from_baseline()) return;
    for (C& who : customers_) who.valid_until.reset();
    for (C& who : customers_)
      if (!policy.rollout.empty())
        who.tier += own_tiers_of(policy);
      else
        who.tier =
            who.on_books ? std::min(who.tier, own_tiers_of(policy) - 1) : static_cast<std::int32_t>(policy.entry);
  }

  void begin(const Scene& scene) {
    if (const auto& file = setting_.study().population.file) {
      for (std::uint32_t row = 0; row < file->ids.size(); ++row) {
        C who;
        who.of_first_base = true;
        who.group = file->groups[row];
        who.row = row;
        who.id = sim::id_of(sim::IdKind::file, file->ids[row]);
        enter(scene, std::move(who));
      }
      return;
    }
    const auto numbers = setting_.invented_customers();
    for (std::uint32_t group = 0; group < numbers.size(); ++group)
      for (std::uint64_t index = 0; index < numbers[group]; ++index) {
        C who;
        who.of_first_base = true;
        who.group = group;
        who.id = sim::id_of_index(group, index);
        enter(scene, std::move(who));
      }
  }

  void enter(const Scene& scene, C who) {
    who.born = scene.month;
    const auto classes = static_cast<std::uint32_t>(sim::number_of_classes(setting_.study()));
    who.counted_in = place_of(who, classes == 1 ? 0 : classes - 2);  // of those who come later
    const sim::Policy &policy = setting_.policy(scene.month),
                      &before = setting_.study().policies[setting_.study().baseline];
    who.tier = is_reached(scene, who) ? static_cast<std::int32_t>(policy.entry)
                                      : own_tiers_of(policy) + static_cast<std::int32_t>(before.entry);
    be_born(scene, who);
    if (scene.month >= scene.first_arrivals() && !joins(scene, who)) return;
    customers_.push_back(std::move(who));
  }

  void enter_and_win(const Scene& scene, C who) {
    C other = who;
    enter(scene, std::move(who));
    if (scene.month < scene.first_arrivals() || !wins_newcomers()) return;
    other.id = sim::id_of_won_over(other.id, sim::tag_of_won_over);
    other.won_over = true;
    enter(scene, std::move(other));
  }

  sim::Cell cell_;
  Setting setting_;
  Luck luck_;
  Counts counts_;
  std::vector<C> customers_, brought_;
  std::vector<Customer> replacements_;
};

}  // namespace clientele::tests
