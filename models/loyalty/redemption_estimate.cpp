// Patterns of all cohorts that know an age develop those that do not.
#include "models/loyalty/redemption_estimate.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace clientele::models {

namespace {

constexpr std::size_t months_of_year = 12;

/// Held between what is redeemed and what could be.
double held(const PointsTriangle& triangle, std::size_t cohort, std::size_t close, double ultimate) {
  const auto redeemed = static_cast<double>(triangle.redeemed_until(cohort, close));
  return std::clamp(ultimate, redeemed, redeemed + static_cast<double>(triangle.open(cohort, close)));
}

/// What the ages of a triangle say together at a close.
class Pattern {
 public:
  Pattern(const PointsTriangle& triangle, std::size_t close) : shares_(close + 1), factors_(close + 1, 1) {
    for (std::size_t age = 0; age <= close; ++age) {
      double redeemed = 0, issued = 0, before = 0;
      for (std::size_t cohort = 0; cohort + age <= close; ++cohort) {
        redeemed += static_cast<double>(triangle.redeemed(cohort, age));
        issued += static_cast<double>(triangle.issued(cohort));
        if (age > 0) before += static_cast<double>(triangle.redeemed_until(cohort, cohort + age - 1));
      }
      if (issued > 0) shares_[age] = redeemed / issued;
      if (before > 0) factors_[age] = 1 + redeemed / before;
    }
  }

  /// Shares of issue redeemed up to an age, and after it as far as any cohort tells.
  double until(std::size_t age) const { return sum(0, age + 1); }
  double after(std::size_t age) const { return sum(age + 1, shares_.size()); }
  /// What redemption grows to after an age, over what it is then.
  double growth_after(std::size_t age) const {
    return std::accumulate(factors_.begin() + static_cast<std::ptrdiff_t>(age) + 1, factors_.end(), 1.0,
                           std::multiplies<>());
  }
  /// Ages that no cohort has reached, by the fall of the last two years; below 0 where they do not fall.
  double tail() const {
    const std::size_t ages = shares_.size();
    const double recent = sum(ages - months_of_year, ages),
                 before = sum(ages - 2 * months_of_year, ages - months_of_year);
    return recent < before ? recent * recent / (before - recent) : recent > 0 ? -1 : 0;
  }

 private:
  double sum(std::size_t from, std::size_t to) const {
    return std::accumulate(shares_.begin() + static_cast<std::ptrdiff_t>(from),
                           shares_.begin() + static_cast<std::ptrdiff_t>(to), 0.0);
  }

  std::vector<double> shares_, factors_;  ///< by age; a factor leads to it
};

template <class Rule>
UltimateRedemption by_cohort(const PointsTriangle& triangle, std::size_t close, Rule rule) {
  UltimateRedemption ultimate(close + 1);
  for (std::size_t cohort = 0; cohort <= close; ++cohort)
    ultimate[cohort] = held(triangle, cohort, close,
                            rule(static_cast<double>(triangle.issued(cohort)),
                                 static_cast<double>(triangle.redeemed_until(cohort, close)), close - cohort));
  return ultimate;
}

}  // namespace

UltimateRedemption fixed_redemption(const PointsTriangle& triangle, std::size_t close, double share) {
  return by_cohort(triangle, close, [&](double issued, double, std::size_t) { return issued * share; });
}

UltimateRedemption triangle_redemption(const PointsTriangle& triangle, std::size_t close, const TriangleRule& rule) {
  const Pattern pattern(triangle, close);
  const bool expires = rule.validity > 0;
  const bool is_mature = expires ? close >= rule.validity : close + 1 >= 2 * months_of_year;
  const double tail = is_mature && !expires ? pattern.tail() : 0;
  if (!is_mature || tail < 0)
    return by_cohort(triangle, close, [&](double issued, double redeemed, std::size_t age) {
      return redeemed + issued * std::max(0.0, rule.prior - pattern.until(age));
    });
  return by_cohort(triangle, close, [&](double issued, double redeemed, std::size_t age) {
    const double developed = redeemed > 0 ? redeemed * pattern.growth_after(age) : issued * pattern.after(age);
    return developed + issued * tail;
  });
}

UltimateRedemption true_redemption(const PointsTriangle& triangle, std::size_t close) {
  UltimateRedemption ultimate(close + 1);
  for (std::size_t cohort = 0; cohort <= close; ++cohort)
    ultimate[cohort] = static_cast<double>(triangle.redeemed_until(cohort, triangle.periods() - 1));
  return ultimate;
}

double expected_redemption(const PointsTriangle& triangle, std::size_t close, const UltimateRedemption& ultimate) {
  double points = 0;
  for (std::size_t cohort = 0; cohort <= close; ++cohort)
    points += ultimate[cohort] - static_cast<double>(triangle.redeemed_until(cohort, close));
  return points;
}

}  // namespace clientele::models
