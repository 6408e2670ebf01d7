// Each point is a study of its own: the stated one with fewer customers, two policies, and other values of its numbers.
#include "tools/clientele/sensitivity/sensitivity.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/fewer_customers.hpp"
#include "tools/clientele/sensitivity/hypercube.hpp"
#include "tools/clientele/sensitivity/turning.hpp"

namespace clientele::tools {

namespace {

using output::Futures;
using Strings = std::vector<std::string>;

template <class Named>
Strings names_of(const std::vector<Named>& all) {
  Strings names;
  for (const Named& one : all) names.push_back(one.name);
  return names;
}

std::uint32_t place_of(const std::string& name, const Strings& known, const std::string& kind) {
  const auto found = std::ranges::find(known, name);
  if (found != known.end()) return static_cast<std::uint32_t>(found - known.begin());
  const std::string guess = sim::nearest(name, known);
  throw sim::UserError("the study has no " + kind + " " + sim::in_quotes(name) + "." +
                           (guess.empty() ? "" : " Did you mean " + sim::in_quotes(guess) + "?"),
                       sim::Exit::usage);
}

/// Where several amounts are at the upper end at once, a customer's must still be counted in 2^30 quanta. Amounts are
/// rounded by luck, so that a coarser quantum has no bias.
constexpr double coarser = 10;

/// Amounts and numbers of the whole firm, which do not shrink with its customers.
bool has_amounts_of_the_firm(const sim::Study& study, const sim::Catalogue& catalogue) {
  for (std::uint32_t t = 0; t < catalogue.tables().size(); ++t)
    for (std::uint32_t f = 0; f < catalogue.tables()[t].fields.fields().size(); ++f) {
      const sim::FieldInfo& field = catalogue.tables()[t].fields.fields()[f];
      const bool is_opening = catalogue.tables()[t].key == "payment" && field.key == "opening";
      if ((field.setting || is_opening) && !(study.values[t][f] == field.standard)) return true;
    }
  return std::ranges::any_of(study.policies, [](const sim::Policy& policy) { return !policy.settings.empty(); });
}

/// Whether a KPI grows with the number of customers.
bool is_sum(const sim::KpiInfo& kpi) {
  return kpi.denominator.empty() && !kpi.monthly && kpi.rule != sim::KpiRule::ratio &&
         kpi.rule != sim::KpiRule::month_of_highest && kpi.rule != sim::KpiRule::first_month_above;
}

/// Whether it counts what closed months bring; what the horizon leaves open is settled without them.
bool looks_beyond(const sim::KpiInfo& kpi) {
  return kpi.part != sim::KpiPart::within && !(kpi.beyond.empty() && kpi.balances_beyond.empty());
}

/// Keeps the KPI of each cell, not the cell.
class KpiSink final : public sim::Sink {
 public:
  KpiSink(const sim::Plan& plan, std::string_view kpi)
      : plan_(plan), kpi_(*std::ranges::find(plan.info().kpis, kpi, &sim::KpiInfo::name)) {}
  void accept(sim::CellOutcome&& outcome) override {
    values_[outcome.cell] = sim::evaluate(kpi_, plan_.info(), plan_.study().money_quantum, outcome);
  }
  Futures of_policy(std::uint32_t scenario, std::uint32_t policy) const {
    Futures futures{1, plan_.study().replications, plan_.study().population.people, {}, false};
    for (std::uint32_t r = 0; r < plan_.study().replications; ++r)
      futures.values.push_back(values_.at({scenario, policy, 0, r}));
    return futures;
  }

 private:
  const sim::Plan& plan_;
  const sim::KpiInfo& kpi_;
  std::map<sim::Cell, double> values_;
};

Reading reading_of(const Futures& differences) {
  const output::Interval interval = output::interval_over(differences);
  return {interval.mean, interval.half_width};
}

class SensitivityRun {
 public:
  SensitivityRun(const sim::Study& study, const sim::Catalogue& catalogue, const Movable& movable,
                 const SensitivityQuestion& question, const SimulatePoint& simulate, const TellPoint& tell)
      : study_(study),
        catalogue_(catalogue),
        numbers_(movable.numbers),
        question_(question),
        simulate_(simulate),
        tell_(tell) {
    for (const MovedNumber& number : numbers_) stated_.push_back(number.stated);
    result_.left_as_stated = movable.left_as_stated;
    read_question();
    set_size();
  }

  Sensitivity ask() {
    take_base();
    move_one_by_one();
    find_turns();
    std::ranges::stable_sort(result_.swings, std::ranges::greater(), &Swing::size);
    move_all();
    return std::move(result_);
  }

 private:
  void read_question() {
    scenario_ = question_.scenario ? place_of(*question_.scenario, names_of(study_.scenarios), "scenario") : 0;
    if (study_.policies.size() < 2)
      throw sim::UserError("the study has one policy only, so that there is no difference to look at.");
    if (question_.policy) subject_ = place_of(*question_.policy, names_of(study_.policies), "policy");
    if (subject_ == study_.baseline)
      throw sim::UserError("--policy " + sim::printable(*question_.policy) + " is the baseline. Which other one?",
                           sim::Exit::usage);
    if (question_.replications == 1U)
      throw sim::UserError("one replication tells no simulation error. Did you mean --replications 8?",
                           sim::Exit::usage);
    const std::string kpi = question_.kpi.value_or(study_.headline);
    kpi_ = &catalogue_.kpis()[place_of(kpi, names_of(catalogue_.kpis()), "KPI")];
    result_.kpi = output::words_of(*kpi_, study_.currency);
    result_.title = study_.title;
    result_.digest = study_.digest;
    result_.currency = study_.currency;
    result_.seed = study_.seed;
    result_.scenario = study_.scenarios[scenario_].name;
    result_.baseline = study_.policies[study_.baseline].name;
  }

  void set_size() {
    study_.draws = 0;
    study_.same_money = false;
    study_.luck = sim::Luck::common;
    if (study_.population.people == sim::People::paired)
      study_.population.people = sim::People::redrawn;  // so that each future counts
    study_.count = {};
    study_.money_quantum *= coarser;
    if (!looks_beyond(*kpi_)) study_.horizon.beyond = 0;
    const sim::Horizon& horizon = study_.horizon;
    const double months = horizon.warmup + 2.0 * (horizon.months + horizon.run_off + horizon.beyond);
    const std::uint64_t all = study_.population.customers;
    result_.customers_of_study = all;
    const double of_future = customer_months_of_point / months;
    const auto affordable = static_cast<std::uint64_t>(of_future / futures_of_point) / 100 * 100;
    std::uint64_t few = std::min(all, std::max(least_customers_of_point, affordable));
    if (has_amounts_of_the_firm(study_, catalogue_)) few = all;
    few = std::min(all, question_.customers.value_or(few));
    const double futures = of_future / static_cast<double>(few);
    study_.replications = question_.replications.value_or(
        static_cast<std::uint32_t>(std::clamp(futures, 1.0 * least_futures_of_point, 1.0 * most_futures_of_point)));
    if (few < all) take_customers(study_.population, few);
    result_.customers = few;
    result_.replications = study_.replications;
    result_.scale = is_sum(*kpi_) ? static_cast<double>(all) / static_cast<double>(few) : 1;
  }

  /// Subject less baseline at a set of values, by future; of each policy where the subject is not known yet.
  std::vector<Futures> differences_at(const std::vector<double>& values, const std::vector<std::uint32_t>& policies) {
    const sim::Study moved = with_values(study_, catalogue_, numbers_, values);
    const sim::Plan plan(moved, catalogue_);
    KpiSink sink(plan, kpi_->name);
    std::vector<sim::Cell> cells;
    for (std::uint32_t r = 0; r < moved.replications; ++r) {
      cells.push_back({scenario_, moved.baseline, 0, r});
      for (const std::uint32_t policy : policies) cells.push_back({scenario_, policy, 0, r});
    }
    std::ranges::sort(cells, {}, [](const sim::Cell& c) { return std::tuple(c.replication, c.scenario, c.policy); });
    simulate_(plan, cells, sink);
    std::vector<Futures> all;
    for (const std::uint32_t policy : policies) {
      all.push_back(output::difference(sink.of_policy(scenario_, policy), sink.of_policy(scenario_, moved.baseline)));
      for (double& value : all.back().values) value *= result_.scale;
    }
    return all;
  }
  Futures difference_at(const std::vector<double>& values) { return differences_at(values, {*subject_}).front(); }

  Futures with_one(std::size_t number, double value) {
    std::vector<double> values = stated_;
    values[number] = value;
    return difference_at(values);
  }

  void take_base() {
    tell_("the stated values", 0, 1);
    std::vector<std::uint32_t> policies;
    for (std::uint32_t p = 0; p < study_.policies.size(); ++p)
      if (p != study_.baseline && (!subject_ || p == *subject_)) policies.push_back(p);
    const std::vector<Futures> all = differences_at(stated_, policies);
    std::size_t best = 0;
    const auto mean = [&](std::size_t i) { return result_.better_sign() * reading_of(all[i]).mean; };
    for (std::size_t i = 1; i < all.size(); ++i)
      if (mean(i) > mean(best)) best = i;
    subject_ = policies[best];
    base_ = all[best];
    result_.rivals = policies.size();
    result_.policy = study_.policies[*subject_].name;
    result_.base =
        output::interval_over(base_, 1 - 0.05 / static_cast<double>(policies.size()), question_.share_of_ten_largest);
  }

  void move_one_by_one() {
    for (std::size_t n = 0; n < numbers_.size(); ++n) {
      tell_("numbers one by one", n, numbers_.size());
      const Futures low = numbers_[n].low == stated_[n] ? base_ : with_one(n, numbers_[n].low);
      const Futures high = numbers_[n].high == stated_[n] ? base_ : with_one(n, numbers_[n].high);
      Swing swing{numbers_[n], reading_of(low), reading_of(high), reading_of(output::difference(high, low)), {}, false};
      const auto is_better = [&](double mean) { return result_.is_better(mean); };
      swing.turns_sign = is_better(swing.at_low.mean) != is_better(result_.base.mean) ||
                         is_better(swing.at_high.mean) != is_better(result_.base.mean);
      courses_.push_back({{numbers_[n].low, stated_[n], numbers_[n].high}, {low, base_, high}});
      result_.swings.push_back(std::move(swing));
    }
  }

  void find_turns() {
    const auto turning = static_cast<std::size_t>(std::ranges::count(result_.swings, true, &Swing::turns_sign));
    std::size_t done = 0;
    for (std::size_t n = 0; n < numbers_.size(); ++n) {
      if (!result_.swings[n].turns_sign) continue;
      tell_("values at which the sign turns", done++, turning);
      result_.swings[n].turns = turns_of(course_of(n));
    }
  }

  /// With points in between, those at which it has been simulated already left out.
  Course course_of(std::size_t n) {
    const MovedNumber& number = numbers_[n];
    std::map<double, Futures> points;
    for (std::size_t i = 0; i < courses_[n].values.size(); ++i)
      points.emplace(courses_[n].values[i], courses_[n].differences[i]);
    for (std::size_t i = 1; i <= points_of_turn; ++i) {
      double value = number.low + (number.high - number.low) * static_cast<double>(i) / (points_of_turn + 1);
      if (number.whole) value = std::round(value);
      if (!points.contains(value)) points.emplace(value, with_one(n, value));
    }
    Course course;
    for (auto& [value, differences] : points) {
      course.values.push_back(value);
      course.differences.push_back(std::move(differences));
    }
    return course;
  }

  /// Values by the order of the swings, so that a split names a swing.
  void move_all() {
    std::vector<std::vector<double>> values;
    std::vector<std::size_t> places;
    for (const Swing& swing : result_.swings) {
      const MovedNumber& number = swing.number;
      values.push_back(spread_evenly(number.path, number.low, number.high, combinations, study_.seed));
      if (number.whole)
        for (double& value : values.back()) value = std::round(value);
      places.push_back(place_among_numbers(number.path));
    }
    std::vector<bool> better;
    for (std::size_t c = 0; c < combinations; ++c) {
      tell_("combinations", c, combinations);
      std::vector<double> point = stated_;
      for (std::size_t s = 0; s < values.size(); ++s) point[places[s]] = values[s][c];
      const Reading reading = reading_of(difference_at(point));
      better.push_back(result_.is_better(reading.mean));
      if (reading.is_clear())
        ++(better.back() ? result_.all_at_once.clearly_better : result_.all_at_once.clearly_worse);
    }
    AllAtOnce& all = result_.all_at_once;
    all.combinations = combinations;
    all.better = static_cast<std::size_t>(std::ranges::count(better, true));
    const double n = combinations;
    all.share = output::exact_interval(static_cast<double>(all.better) / n, n, 0.95);
    all.split = best_split(values, better, study_.seed);
  }

  std::size_t place_among_numbers(const std::string& path) const {
    return static_cast<std::size_t>(std::ranges::find(numbers_, path, &MovedNumber::path) - numbers_.begin());
  }

  sim::Study study_;
  const sim::Catalogue& catalogue_;
  const std::vector<MovedNumber>& numbers_;
  const SensitivityQuestion& question_;
  const SimulatePoint& simulate_;
  const TellPoint& tell_;
  std::uint32_t scenario_ = 0;
  std::optional<std::uint32_t> subject_;
  const sim::KpiInfo* kpi_ = nullptr;
  std::vector<double> stated_;
  Futures base_;
  std::vector<Course> courses_;
  Sensitivity result_;
};

}  // namespace

Sensitivity sensitivity_of(const sim::Study& study, const sim::Catalogue& catalogue, const Movable& movable,
                           const SensitivityQuestion& question, const SimulatePoint& simulate, const TellPoint& tell) {
  return SensitivityRun(study, catalogue, movable, question, simulate, tell).ask();
}

}  // namespace clientele::tools
