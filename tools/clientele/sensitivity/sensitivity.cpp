// What is asked next depends on what was found: first each number alone, then where the sign turns, then all at once.
#include "tools/clientele/sensitivity/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "scenarios/hypercube.hpp"
#include "tools/clientele/sensitivity/turning.hpp"

namespace clientele::tools {

namespace {

using output::Futures;

Reading reading_of(const Futures& differences) {
  const output::Interval interval = output::interval_over(differences);
  return {interval.mean, interval.half_width};
}

std::vector<MovedNumber> numbers_of(const Sensitivity& begun) {
  std::vector<MovedNumber> numbers;
  for (const Swing& swing : begun.swings) numbers.push_back(swing.number);
  return numbers;
}

class SensitivityRun {
 public:
  SensitivityRun(const SensitivityPlan& plan, const sim::Catalogue& catalogue, const SimulatePoint& simulate,
                 const TellPoint& tell, KeptNumbers* kept)
      : plan_(plan),
        study_(plan.study),
        numbers_(numbers_of(plan.begun)),
        points_(study_, catalogue, numbers_, plan.kpi->name, simulate, kept),
        tell_(tell),
        subject_(plan.subject),
        result_(plan.begun) {
    result_.swings.clear();
    for (const MovedNumber& number : numbers_) {
      stated_.push_back(number.stated);
      all_ += (number.low != number.stated ? 1 : 0) + (number.high != number.stated ? 1 : 0);
    }
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
  /// Subject less baseline at a set of values, by future; of each policy where the subject is not known yet.
  std::vector<Futures> differences_at(const std::vector<double>& values, const std::vector<std::uint32_t>& policies) {
    std::vector<sim::Cell> cells;
    for (std::uint32_t r = 0; r < study_.replications; ++r) {
      cells.push_back({plan_.scenario, study_.baseline, 0, r});
      for (const std::uint32_t policy : policies) cells.push_back({plan_.scenario, policy, 0, r});
    }
    std::ranges::sort(cells, {}, [](const sim::Cell& c) { return std::tuple(c.replication, c.scenario, c.policy); });
    const std::map<sim::Cell, double> kpi = points_.at(values, cells);
    std::vector<Futures> all;
    for (const std::uint32_t policy : policies) {
      all.push_back(output::difference(futures_of(policy, kpi), futures_of(study_.baseline, kpi)));
      for (double& value : all.back().values) value *= result_.scale;
    }
    return all;
  }
  Futures futures_of(std::uint32_t policy, const std::map<sim::Cell, double>& kpi) const {
    Futures futures{1, study_.replications, study_.population.people, {}, false};
    for (std::uint32_t r = 0; r < study_.replications; ++r)
      futures.values.push_back(kpi.at({plan_.scenario, policy, 0, r}));
    return futures;
  }
  Futures difference_at(const std::vector<double>& values) { return differences_at(values, {*subject_}).front(); }

  Futures with_one(std::size_t number, double value) {
    std::vector<double> values = stated_;
    values[number] = value;
    return difference_at(values);
  }

  void take_base() {
    tell("the stated values");
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
        output::interval_over(base_, 1 - 0.05 / static_cast<double>(policies.size()), plan_.share_of_ten_largest);
  }

  void move_one_by_one() {
    for (std::size_t n = 0; n < numbers_.size(); ++n) {
      tell("numbers one by one");
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
    for (std::size_t n = 0; n < numbers_.size(); ++n)
      if (result_.swings[n].turns_sign) all_ += between(n).size();
    for (std::size_t n = 0; n < numbers_.size(); ++n)
      if (result_.swings[n].turns_sign) result_.swings[n].turns = turns_of(course_of(n));
  }

  /// Values within the range at which it has not been simulated yet.
  std::set<double> between(std::size_t n) const {
    const MovedNumber& number = numbers_[n];
    std::set<double> values;
    for (std::size_t i = 1; i <= points_of_turn; ++i) {
      double value = number.low + (number.high - number.low) * static_cast<double>(i) / (points_of_turn + 1);
      if (number.whole) value = std::round(value);
      if (std::ranges::find(courses_[n].values, value) == courses_[n].values.end()) values.insert(value);
    }
    return values;
  }

  Course course_of(std::size_t n) {
    std::map<double, Futures> points;
    for (std::size_t i = 0; i < courses_[n].values.size(); ++i)
      points.emplace(courses_[n].values[i], courses_[n].differences[i]);
    for (const double value : between(n)) {
      tell("values at which the sign turns");
      points.emplace(value, with_one(n, value));
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
      values.push_back(scenarios::spread_evenly(number.path, number.low, number.high, combinations, study_.seed));
      if (number.whole)
        for (double& value : values.back()) value = std::round(value);
      places.push_back(place_among_numbers(number.path));
    }
    std::vector<bool> better;
    for (std::size_t c = 0; c < combinations; ++c) {
      tell("combinations");
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

  void tell(const std::string& doing) const { tell_({doing, points_.done(), all_, points_.simulated()}); }

  const SensitivityPlan& plan_;
  const sim::Study& study_;
  std::vector<MovedNumber> numbers_;
  Points points_;
  const TellPoint& tell_;
  std::optional<std::uint32_t> subject_;
  std::vector<double> stated_;
  std::size_t all_ = 1 + combinations;  ///< points, as far as they are known
  Futures base_;
  std::vector<Course> courses_;
  Sensitivity result_;
};

}  // namespace

Sensitivity sensitivity_of(const SensitivityPlan& plan, const sim::Catalogue& catalogue, const SimulatePoint& simulate,
                           const TellPoint& tell, KeptNumbers* kept) {
  return SensitivityRun(plan, catalogue, simulate, tell, kept).ask();
}

}  // namespace clientele::tools
