// What becomes of the points of a whole base, where who buys often earns most and is more likely to redeem.
#pragma once
#include <algorithm>
#include <cmath>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>

#include "models/theory/breakage.hpp"

namespace clientele::models {

/// Members order at rates Gamma(shape, mean), Poisson; in a month with an order they earn in proportion to their rate,
/// and redeem all that they hold with a chance of their own, which goes with their rate by a Gaussian copula
/// (models/loyalty/redemption_chance.hpp). All leave with the same chance a month.
/// What is said is by points: a double integral over normal scores, of the rate's rest w and of the chance s among
/// those who ever redeem, which leaves no kink. Within 1e-8 for shapes of the chances above .2.
struct PointsOfBase {
  double shape = 1, mean_rate = 1;
  ChancesToRedeem redeems;
  double correlation = 0, leaves = 0, validity = 24;

  double redeemed() const { return by_points(&GeometricPoints::redeemed); }
  double breakage() const { return 1 - redeemed(); }
  /// Over what a month issues: open after a close, and of that, what will be redeemed.
  double outstanding() const { return by_points(&GeometricPoints::outstanding); }
  double owed() const { return by_points(&GeometricPoints::owed); }

 private:
  static constexpr double end_of_scores = 7, step_of_scores = 0.125;

  static double below(double z) { return boost::math::cdf(boost::math::normal(), z); }
  /// The value of a law at a normal score, from the nearer tail.
  template <class Law>
  static double at_score(const Law& law, double z) {
    return z < 0 ? boost::math::quantile(law, below(z))
                 : boost::math::quantile(boost::math::complement(law, below(-z)));
  }
  /// The score of who stands at `part` (another score) of a share, the lowest or the highest of all.
  static double within_lowest(double share, double part) {
    return boost::math::quantile(boost::math::normal(), share * below(part));
  }

  double chance_at(double score) const {
    const double a = redeems.a, mean = redeems.mean;
    if (std::isinf(a)) return mean;
    return at_score(boost::math::beta_distribution<>(a, a * (1 - mean) / mean), score);
  }

  template <class Figure>
  double by_points(Figure figure) const {
    double sum = 0, weights = 0;
    for (double s = -end_of_scores; s <= end_of_scores; s += step_of_scores) {
      const double density = std::exp(-0.5 * s * s);
      if (redeems.never > 0) {
        const double among_all = within_lowest(redeems.never, s);
        add(among_all, 0, redeems.never * density, figure, sum, weights);
      }
      if (redeems.never < 1) {
        const double among_all = -within_lowest(1 - redeems.never, -s);
        add(among_all, chance_at(s), (1 - redeems.never) * density, figure, sum, weights);
      }
    }
    return sum / weights;
  }

  /// All rates that go with a score.
  template <class Figure>
  void add(double score, double chance, double weight, Figure figure, double& sum, double& weights) const {
    const boost::math::gamma_distribution<> rates(shape, mean_rate / shape);
    const double luck = std::sqrt(1 - correlation * correlation);
    for (double w = -end_of_scores; w <= end_of_scores; w += step_of_scores) {
      const double rate = at_score(rates, correlation * score + luck * w);
      const double points = weight * std::exp(-0.5 * w * w) * rate;
      const GeometricPoints of{-std::expm1(-rate) * chance, leaves, validity};
      sum += points * (of.*figure)();
      weights += points;
    }
  }
};

}  // namespace clientele::models
