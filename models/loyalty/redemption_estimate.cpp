// Patterns of all cohorts that know an age develop those that do not.
#include "models/loyalty/redemption_estimate.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace clientele::models {

namespace {

constexpr std::size_t months_of_year = 12;

double points(std::int64_t whole) { return static_cast<double>(whole); }

/// Held between what is redeemed and what could be.
double held(const PointsTriangle& triangle, std::size_t cohort, std::size_t close, double ultimate) {
  const double redeemed = points(triangle.redeemed_until(cohort, close));
  const double open = points(triangle.open(cohort, close));
  return std::clamp(ultimate, redeemed, redeemed + std::max(open, 0.0));
}

/// What the ages of a triangle say together at a close.
class Pattern {
 public:
  Pattern(const PointsTriangle& triangle, std::size_t close, std::size_t validity, bool with_deviations)
      : shares_(close + 1), factors_(close + 1, 1), deviations_(close + 1) {
    const std::size_t last = validity > 0 ? std::min(close, validity) : close;
    for (std::size_t age = 0; age <= last && triangle.opening() + age <= close; ++age) {
      double redeemed = 0, issued = 0, before = 0;
      for (std::size_t cohort = triangle.opening(); cohort + age <= close; ++cohort) {
        redeemed += points(triangle.redeemed(cohort, age));
        issued += points(triangle.issued_until(cohort, close));
        if (age > 0) before += points(triangle.redeemed_until(cohort, cohort + age - 1));
      }
      if (issued > 0) shares_[age] = redeemed / issued;
      if (before > 0) factors_[age] = 1 + redeemed / before;
      if (with_deviations) deviations_[age] = deviation_of(triangle, close, age);
    }
  }

  /// Shares of issue redeemed up to an age, and after it as far as any cohort tells.
  double until(std::size_t age) const { return sum(shares_, 0, age + 1); }
  double after(std::size_t age) const { return sum(shares_, age + 1, shares_.size()); }
  double at(std::size_t age) const { return age < shares_.size() ? shares_[age] : 0; }
  /// What redemption grows to after an age, over what it is then.
  double growth_after(std::size_t age) const {
    return std::accumulate(factors_.begin() + static_cast<std::ptrdiff_t>(std::min(age + 1, factors_.size())),
                           factors_.end(), 1.0, std::multiplies<>());
  }
  /// Of what is redeemed after an age.
  double variation_after(std::size_t age) const {
    const double mean = after(age);
    return mean > 0 ? sum(deviations_, age + 1, deviations_.size()) / mean : 0;
  }
  /// Ages that no cohort has reached, by the fall of the last two years; below 0 where they do not fall.
  double tail() const {
    const std::size_t ages = shares_.size();
    const double recent = sum(shares_, ages - months_of_year, ages),
                 before = sum(shares_, ages - 2 * months_of_year, ages - months_of_year);
    return recent < before ? recent * recent / (before - recent) : recent > 0 ? -1 : 0;
  }

 private:
  static double sum(const std::vector<double>& of, std::size_t from, std::size_t to) {
    double all = 0;
    for (std::size_t age = from; age < to && age < of.size(); ++age) all += of[age];
    return all;
  }
  /// Of one more cohort's share at an age, about the mean of those that have been through it.
  double deviation_of(const PointsTriangle& triangle, std::size_t close, std::size_t age) const {
    double squares = 0, cohorts = 0;
    for (std::size_t cohort = triangle.opening(); cohort + age <= close; ++cohort) {
      const double issued = points(triangle.issued_until(cohort, close));
      if (issued <= 0) continue;
      const double away = points(triangle.redeemed(cohort, age)) / issued - shares_[age];
      squares += away * away;
      ++cohorts;
    }
    return cohorts > 1 ? std::sqrt(squares / (cohorts - 1) * (1 + 1 / cohorts)) : 0;
  }

  std::vector<double> shares_, factors_;  ///< by age; a factor leads to it
  std::vector<double> deviations_;
};

/// Of points that are open at an age, the share that will be redeemed; below 0 where ages have not been seen.
std::vector<double> shares_of_open(const PointsTriangle& triangle, std::size_t close, std::size_t validity) {
  std::vector<double> shares(validity + 1, 0.0);
  bool is_seen = true;
  for (std::size_t age = validity; age-- > 0;) {
    double open = 0, redeemed = 0, broken = 0;
    const std::size_t next = age + 1;
    for (std::size_t cohort = 0; cohort + next <= close; ++cohort) {
      if (cohort + next < triangle.opening()) continue;  // before the books begin
      open += points(triangle.open(cohort, cohort + age));
      redeemed += points(triangle.redeemed(cohort, next));
      broken += points(triangle.broken(cohort, next));
    }
    is_seen = is_seen && open > 0;
    shares[age] = is_seen ? (redeemed + std::max(0.0, open - redeemed - broken) * shares[next]) / open : -1;
  }
  return shares;
}

template <class Rule>
UltimateRedemption by_cohort(const PointsTriangle& triangle, std::size_t close, Rule rule) {
  UltimateRedemption ultimate(close + 1);
  for (std::size_t cohort = 0; cohort <= close; ++cohort)
    ultimate[cohort] = held(triangle, cohort, close,
                            rule(cohort, points(triangle.issued_until(cohort, close)),
                                 points(triangle.redeemed_until(cohort, close)), close - cohort));
  return ultimate;
}

}  // namespace

UltimateRedemption fixed_redemption(const PointsTriangle& triangle, std::size_t close, const TriangleRule& rule) {
  return by_cohort(triangle, close, [&](std::size_t cohort, double issued, double, std::size_t) {
    return issued * (cohort < triangle.opening() ? rule.open_share : rule.prior);
  });
}

UltimateRedemption triangle_redemption(const PointsTriangle& triangle, std::size_t close, const TriangleRule& rule) {
  const Pattern pattern(triangle, close, rule.validity, rule.deviations != 0);
  const bool expires = rule.validity > 0;
  const std::size_t seen = close + 1 - triangle.opening();
  const bool is_old = expires ? seen > rule.validity : seen >= 2 * months_of_year;
  const double tail = is_old && !expires ? pattern.tail() : 0;
  const bool is_mature = is_old && tail >= 0;
  const std::vector<double> of_open =
      triangle.opening() > 0 && expires ? shares_of_open(triangle, close, rule.validity) : std::vector<double>();
  const double prior = std::clamp(rule.prior + rule.deviations * rule.prior_sd, 0.0, 1.0);
  const double open_share = std::clamp(rule.open_share + rule.deviations * rule.prior_sd, 0.0, 1.0);
  const auto moved = [&](double to_come, std::size_t age) {
    return to_come * std::max(0.0, 1 + rule.deviations * pattern.variation_after(age));
  };
  return by_cohort(triangle, close, [&](std::size_t cohort, double issued, double redeemed, std::size_t age) {
    if (cohort < triangle.opening()) {
      const double open = std::max(0.0, points(triangle.open(cohort, close)));
      const bool is_known = age < of_open.size() && of_open[age] >= 0;
      return redeemed + (is_known                          ? moved(open * of_open[age], age)
                         : expires && age >= rule.validity ? 0
                                                           : open * open_share);
    }
    if (!is_mature) return redeemed + issued * std::max(0.0, prior - pattern.until(age));
    const double developed = redeemed > 0 ? redeemed * pattern.growth_after(age) : issued * pattern.after(age);
    return redeemed + moved(developed - redeemed + issued * tail, age);
  });
}

UltimateRedemption true_redemption(const PointsTriangle& triangle, std::size_t close) {
  UltimateRedemption ultimate(close + 1);
  for (std::size_t cohort = 0; cohort <= close; ++cohort)
    ultimate[cohort] = points(triangle.redeemed_until(cohort, triangle.periods() - 1));
  return ultimate;
}

double expected_redemption(const PointsTriangle& triangle, std::size_t close, const UltimateRedemption& ultimate) {
  double all = 0;
  for (std::size_t cohort = 0; cohort <= close; ++cohort)
    all += ultimate[cohort] - points(triangle.redeemed_until(cohort, close));
  return all;
}

double discounted_redemption(const PointsTriangle& triangle, std::size_t close, const UltimateRedemption& ultimate,
                             std::size_t validity, double rate) {
  const Pattern pattern(triangle, close, validity, false);
  double all = 0;
  for (std::size_t cohort = 0; cohort <= close; ++cohort) {
    const double to_come = ultimate[cohort] - points(triangle.redeemed_until(cohort, close));
    const std::size_t age = close - cohort, last = std::max(validity, age + 1);
    const bool is_told = pattern.after(age) > 0;
    double weights = 0, discounted = 0, growth = 1;
    for (std::size_t k = age + 1; k <= last; ++k) {
      growth *= 1 + rate;
      const double weight = is_told ? pattern.at(k) : 1;
      weights += weight;
      discounted += weight / growth;
    }
    all += weights > 0 ? to_come * discounted / weights : to_come;
  }
  return all;
}

}  // namespace clientele::models
