// Ages become cohorts, cohorts an expectation at each close, and that what is owed.
#include "models/loyalty/liability.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <utility>

#include "models/receivables_series.hpp"
#include "sim/core/math_double.hpp"

namespace clientele::models {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Metrics by age, in the order in which PointsByAge declares them.
struct OfAge {
  static constexpr std::size_t held = 0, redeemed = 1, broken = 2, earned_by_validity = 3;
};
/// Inputs and parameters of every rule here, in the order of `as_monthly_rule`.
struct Input {
  static constexpr std::size_t balance = 0, redeemed = 1, broken = 2, deferred = 3, at_value = 4, at_cost = 5,
                               at_expected_cost = 6;
};
struct Stated {
  static constexpr std::size_t expected = 0, expected_sd = 1, constraint = 2, discount_rate = 3;
};

/// Months of the horizon, then closed ones, by their places among all.
std::vector<std::size_t> course_of(const sim::ByAge& by_age) {
  std::vector<std::size_t> months;
  for (std::size_t t = 0; t < by_age.horizon; ++t) months.push_back(t);
  for (std::size_t t = 0; t < by_age.closed; ++t) months.push_back(by_age.beyond + t);
  return months;
}

std::int64_t over_ages(const sim::ByAge& by_age, std::size_t month, std::size_t metric) {
  std::int64_t sum = 0;
  for (std::size_t age = 0; age < by_age.ages; ++age) sum += by_age(month, metric, age);
  return sum;
}

/// Whether all that stands in the ledger of points stands under an age too.
bool has_all_ages(const sim::AgedInputs& cell) {
  const auto is_same = [&](std::size_t t, std::size_t metric, std::size_t input) {
    return static_cast<double>(over_ages(cell.by_age, t, metric)) == cell.inputs[input][t];
  };
  for (std::size_t t = 0; t < cell.by_age.horizon; ++t)
    if (!is_same(t, OfAge::held, Input::balance) || !is_same(t, OfAge::redeemed, Input::redeemed) ||
        !is_same(t, OfAge::broken, Input::broken))
      return false;
  return true;
}

/// How long what a month earns is valid; that of the month before where it earns nothing. None where a month earns
/// points of two kinds, or where it changes more than once, as it does by calendar years.
std::optional<std::vector<std::size_t>> validities(const sim::ByAge& by_age, const std::vector<std::size_t>& course) {
  std::vector<std::size_t> validity;
  std::size_t changes = 0;
  for (const std::size_t t : course) {
    std::optional<std::size_t> now;
    for (std::size_t months = 0; months < by_age.ages; ++months) {
      if (by_age(t, OfAge::earned_by_validity, months) == 0) continue;
      if (now) return std::nullopt;
      now = months;
    }
    validity.push_back(now.value_or(validity.empty() ? 0 : validity.back()));
    if (validity.size() > 1 && validity.back() != validity[validity.size() - 2] && validity[validity.size() - 2] > 0)
      ++changes;
  }
  if (changes > 1) return std::nullopt;
  const auto first = std::ranges::find_if(validity, [](std::size_t months) { return months > 0; });
  std::fill(validity.begin(), first, first == validity.end() ? 0 : *first);
  return validity;
}

/// Cohorts as the ages of each month give them.
class Cohorts {
 public:
  Cohorts(const sim::ByAge& by_age, std::vector<std::size_t> validity)
      : by_age_(by_age),
        course_(course_of(by_age)),
        validity_(std::move(validity)),
        opening_(by_age.ages - 1),
        open_(opening_ + course_.size()),
        triangle_(opening_ + course_.size(), opening_) {}

  PointsTriangle build() {
    for (std::size_t age = 1; age < by_age_.ages; ++age) open_at_first(age);
    for (std::size_t t = 0; t < course_.size(); ++t) {
      const bool was_cut = t > 0 && validity_[t] < validity_[t - 1];
      if (was_cut) end_what_is_too_old(t);
      for (std::size_t age = 0; age < by_age_.ages; ++age)
        if (!was_cut || age < validity_[t]) add(t, age);
    }
    return std::move(triangle_);
  }

 private:
  std::int64_t at(std::size_t t, std::size_t metric, std::size_t age) const { return by_age_(course_[t], metric, age); }

  /// What stood before month 0 is what month 0 leaves of it and what it loses.
  void open_at_first(std::size_t age) {
    const std::size_t cohort = opening_ - age;
    open_[cohort] = at(0, OfAge::held, age) + at(0, OfAge::redeemed, age) + at(0, OfAge::broken, age);
    triangle_.issue(cohort, open_[cohort], age - 1);
  }

  void add(std::size_t t, std::size_t age) {
    const std::size_t cohort = opening_ + t - age;
    const std::int64_t redeems = at(t, OfAge::redeemed, age), breaks = at(t, OfAge::broken, age),
                       left = at(t, OfAge::held, age);
    triangle_.redeem(cohort, age, redeems);
    triangle_.lapse(cohort, age, breaks);
    const std::int64_t issues = left - open_[cohort] + redeems + breaks;
    if (issues != 0) triangle_.issue(cohort, issues, age);
    open_[cohort] = left;
  }

  /// Where validity is cut, what is as old as it or older stands in one slot, and ends with the month: what is redeemed
  /// of it is shared out by what each cohort held.
  void end_what_is_too_old(std::size_t t) {
    const std::size_t youngest = opening_ + t - validity_[t];
    std::int64_t all = 0, shared = 0, held_so_far = 0;
    for (std::size_t cohort = 0; cohort <= youngest; ++cohort) all += open_[cohort];
    const std::int64_t redeems = at(t, OfAge::redeemed, validity_[t]);
    for (std::size_t cohort = 0; cohort <= youngest; ++cohort) {
      held_so_far += open_[cohort];
      const auto until_here =
          all > 0 ? static_cast<std::int64_t>(static_cast<double>(redeems) * static_cast<double>(held_so_far) /
                                              static_cast<double>(all))
                  : 0;
      const std::int64_t of_it = std::min(open_[cohort], (cohort == youngest ? redeems : until_here) - shared);
      const std::size_t age = opening_ + t - cohort;
      triangle_.redeem(cohort, age, of_it);
      triangle_.lapse(cohort, age, open_[cohort] - of_it);
      shared += of_it;
      open_[cohort] = 0;
    }
  }

  const sim::ByAge& by_age_;
  std::vector<std::size_t> course_, validity_;
  std::size_t opening_;
  std::vector<std::int64_t> open_;  ///< of each cohort, as the last month left it
  PointsTriangle triangle_;
};

bool ends_with_nothing_open(const PointsTriangle& triangle, std::size_t opening, std::size_t horizon) {
  for (std::size_t cohort = 0; cohort < opening + horizon; ++cohort)
    if (triangle.open(cohort, triangle.periods() - 1) != 0) return false;
  return true;
}

/// The standard normal quantile of the constraint; 0, the mean, where there is none.
double deviations_of(double quantile) {
  if (quantile <= 0) return 0;
  return quantile <= 0.5 ? sim::lower_normal_quantile(quantile) : -sim::lower_normal_quantile(1 - quantile);
}

double ratio(double above, double below) { return below > 0 ? above / below : 0; }

}  // namespace

std::optional<PointsOfCell> points_of_cell(const sim::AgedInputs& cell) {
  if (cell.by_age.ages == 0 || !has_all_ages(cell)) return std::nullopt;
  const auto validity = validities(cell.by_age, course_of(cell.by_age));
  if (!validity) return std::nullopt;
  PointsOfCell points{
      .triangle = Cohorts(cell.by_age, *validity).build(), .opening = cell.by_age.ages - 1, .validity = {}};
  points.validity.assign(validity->begin(), validity->begin() + static_cast<std::ptrdiff_t>(cell.by_age.horizon));
  points.is_over = ends_with_nothing_open(points.triangle, points.opening, cell.by_age.horizon);
  return points;
}

Liability::Liability(const sim::AgedInputs& cell, Estimate estimate)
    : cell_(cell), estimate_(estimate), points_(points_of_cell(cell)) {
  if (!points_ || (estimate == Estimate::truth && !points_->is_over)) {
    points_.reset();
    return;
  }
  const auto& inputs = cell.inputs;
  const double first_points = inputs[Input::balance].empty() ? 0 : inputs[Input::balance].front();
  const double value_of_point = first_points > 0 ? inputs[Input::at_value].front() / first_points : 0;
  rule_ = {.prior = cell.parameters[Stated::expected],
           .open_share = inputs[Input::at_cost].empty()
                             ? 0
                             : ratio(inputs[Input::at_expected_cost].front(), inputs[Input::at_cost].front()),
           .deviations = estimate == Estimate::triangle ? deviations_of(cell.parameters[Stated::constraint]) : 0,
           .prior_sd = cell.parameters[Stated::expected_sd]};
  std::vector<std::int64_t> opening;
  for (std::size_t cohort = 0; cohort < points_->opening; ++cohort)
    opening.push_back(std::llround(static_cast<double>(points_->triangle.issued_until(cohort, points_->opening - 1)) *
                                   value_of_point * rule_.open_share / cell.money_quantum));
  ContractLiability books(opening);
  for (std::size_t t = 0; t < cell.by_age.horizon; ++t)
    periods_.push_back(books.close(points_->triangle, std::llround(inputs[Input::deferred][t] / cell.money_quantum),
                                   ultimate_at(t, rule_.deviations)));
}

UltimateRedemption Liability::ultimate_at(std::size_t t, double deviations) const {
  const std::size_t close = points_->opening + t;
  TriangleRule rule = rule_;
  rule.validity = points_->validity[t];
  rule.deviations = deviations;
  switch (estimate_) {
    case Estimate::fixed:
      return fixed_redemption(points_->triangle, close, rule);
    case Estimate::truth:
      return true_redemption(points_->triangle, close);
    case Estimate::triangle:
      break;
  }
  return triangle_redemption(points_->triangle, close, rule);
}

sim::Series Liability::of(std::int64_t LiabilityPeriod::*what) const {
  sim::Series series(cell_.by_age.horizon, missing);
  for (std::size_t t = 0; t < periods_.size(); ++t)
    series[t] = cell_.money_quantum * static_cast<double>(periods_[t].*what);
  return series;
}

sim::Series Liability::redeemed_in_the_end() const {
  sim::Series series(cell_.by_age.horizon, missing);
  for (std::size_t t = 0; t < periods_.size(); ++t) {
    const std::size_t close = points_->opening + t;
    const UltimateRedemption ultimate = ultimate_at(t, 0);
    double issued = 0, in_the_end = 0;
    for (std::size_t cohort = points_->opening; cohort <= close; ++cohort) {
      issued += static_cast<double>(points_->triangle.issued_until(cohort, close));
      in_the_end += ultimate[cohort];
    }
    if (issued > 0) series[t] = in_the_end / issued;
  }
  return series;
}

sim::Series Liability::expected_cost() const {
  sim::Series series(cell_.by_age.horizon, missing);
  for (std::size_t t = 0; t < periods_.size(); ++t) {
    const std::size_t close = points_->opening + t;
    const UltimateRedemption ultimate = ultimate_at(t, 0);
    const double cost_of_point = ratio(cell_.inputs[Input::at_cost][t], cell_.inputs[Input::balance][t]);
    series[t] = cost_of_point * discounted_redemption(points_->triangle, close, ultimate, points_->validity[t],
                                                      cell_.parameters[Stated::discount_rate]);
  }
  return series;
}

namespace {

using Reading = std::function<sim::Series(const Liability&)>;

sim::MonthlyRule as_monthly_rule(const char* series, const char* meaning, const char* unit, Estimate estimate,
                                 Reading read) {
  sim::MonthlyRule rule;
  rule.inputs = {{{"points"}},          {{"points_redeemed"}}, {{"points_expired"}, {"points_forfeited"}},
                 {{"points_deferred"}}, {{"points_at_value"}}, {{"points_at_cost"}},
                 {{"points_liability"}}};
  rule.words = series;
  rule.unit = unit;
  rule.meaning = meaning;
  rule.series = series;
  rule.parameters = {{.field = "points.expected"},
                     {.field = "points.expected_sd"},
                     {.field = "points.constraint"},
                     {.field = "accounting.discount_rate"}};
  rule.function_by_age = [estimate, read = std::move(read)](const sim::AgedInputs& cell) {
    return read(Liability(cell, estimate));
  };
  return rule;
}

/// What months add up to since month 0.
Reading to_date(sim::Series (Liability::*months)() const) {
  return [months](const Liability& liability) { return cumulated((liability.*months)()); };
}

}  // namespace

Kpis liability_kpis() {
  using enum sim::KpiRule;
  using enum sim::Direction;
  const Reading contract = [](const Liability&l) { return l.contract(); },
                share = [](const Liability&l) { return l.redeemed_in_the_end(); };
  const auto by_triangle =
      as_monthly_rule("contract_liability",
                      "what is deferred for points and not yet recognized (IFRS 15), by the triangle "
                      "of redemptions until the month",
                      "money", Estimate::triangle, contract);
  const auto by_prior =
      as_monthly_rule("contract_liability_fixed", "the same, by the share that points.expected states", "money",
                      Estimate::fixed, contract);
  const auto by_truth = as_monthly_rule("contract_liability_true",
                                        "the same, by what the closed months redeem in the end: no close knows it",
                                        "money", Estimate::truth, contract);
  const auto in_the_end = as_monthly_rule(
      "expected_redemption", "of the points earned until the month, the share that the triangle expects to be redeemed",
      "1", Estimate::triangle, share);
  const auto in_truth =
      as_monthly_rule("true_redemption",
                      "of the points earned until the month, the share that is redeemed in the end: no close knows it",
                      "1", Estimate::truth, share);
  const auto months = [](const char* name, const char* meaning, sim::Series (Liability::*read)() const) {
    return as_monthly_rule(name, meaning, "money", Estimate::triangle, to_date(read));
  };
  return {
      series_kpi("contract_liability_at_end",
                 "what is deferred for points in the last month (IFRS 15), by the triangle", worse, last, by_triangle),
      series_kpi("peak_contract_liability", "the most that is deferred for points, by the triangle", worse, highest,
                 by_triangle),
      series_kpi("contract_liability_fixed_at_end",
                 "the same in the last month, by the share that points.expected states", neither, last, by_prior),
      series_kpi("contract_liability_true_at_end", "the same in the last month, by what is redeemed in the end",
                 neither, last, by_truth),
      series_kpi("expected_redemption_at_end",
                 "of all points earned, the share that the triangle expects to be redeemed, in the last month", neither,
                 last, in_the_end),
      series_kpi("true_redemption_at_end", "of all points earned, the share that is redeemed in the end", neither, last,
                 in_truth),
      series_kpi("points_deferred_to_end", "what sales have deferred for points over the horizon", neither, last,
                 months("deferred_to_date", "what sales have deferred for points since month 0", &Liability::deferred)),
      series_kpi("points_recognized_to_end",
                 "what redemptions have recognized of it over the horizon, breakage included", neither, last,
                 months("recognized_to_date", "what redemptions have recognized of it since month 0, breakage included",
                        &Liability::recognized)),
      series_kpi("breakage_to_end", "of that, what points that nobody will redeem have paid for", neither, last,
                 months("breakage_to_date", "of that, what points that nobody will redeem have paid for",
                        &Liability::breakage)),
      series_kpi("catch_up_to_end", "what changed estimates have put back into the liability over the horizon", neither,
                 last,
                 months("catch_up_to_date", "what changed estimates have put back into the liability since month 0",
                        &Liability::catch_up)),
      series_kpi("expected_cost_at_end",
                 "what the rewards that the triangle expects will cost, discounted to the last month", worse, last,
                 as_monthly_rule("expected_reward_cost",
                                 "what the rewards that the triangle expects will cost, discounted to the month",
                                 "money", Estimate::triangle, [](const Liability& l) { return l.expected_cost(); })),
  };
}

}  // namespace clientele::models
