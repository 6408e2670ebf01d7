// The distribution of log-odds is summed up from its density, and turned into a curve by score.
#include "models/loyalty/redemption_chance.hpp"

#include <cmath>

#include "models/loyalty/normal_scores.hpp"

namespace clientele::models {

namespace {

/// y = log(X / (1 - X)) for X of a beta law: density ~ X^a (1 - X)^b, with its peak at log(a / b).
struct LogOddsOfBeta {
  double a = 1, b = 1, at_peak = 0;

  double peak() const { return sim::log(a / b); }
  double log_density(double y) const {
    const double rest = (a + b) * sim::log(1 + sim::exp(y < 0 ? y : -y));
    return (y < 0 ? a : -b) * y - rest - at_peak;
  }
  double log_slope(double y) const {
    const double small = sim::exp(y < 0 ? y : -y), most = 1 / (1 + small), least = small / (1 + small);
    return y < 0 ? a * most - b * least : a * least - b * most;
  }
};

constexpr double farthest_log_odds = 30;  ///< chances of 1e-13 are 0, and such of staying 1
constexpr double farthest_score = 6.5;
constexpr std::size_t steps_of_scores = 1024;

/// From scores at equal steps of log-odds to log-odds at equal steps of scores, with the slopes that the density gives.
SmoothCurve log_odds_by_score(const LogOddsOfBeta& law) {
  const double low = end_of_mass(law, law.peak(), -farthest_log_odds);
  const double high = end_of_mass(law, law.peak(), farthest_log_odds);
  const NormalScores known = normal_scores(law, low, high, steps_of_scores);
  constexpr double step = 2 * farthest_score / static_cast<double>(steps_of_scores);
  std::vector<SmoothCurve::Knot> knots(steps_of_scores + 1);
  std::size_t at = 0;
  for (std::size_t i = 0; i < knots.size(); ++i) {
    const double score = -farthest_score + static_cast<double>(i) * step;
    if (score <= known.score.front() || score >= known.score.back()) {
      knots[i] = {score <= known.score.front() ? low : high, 0};
      continue;
    }
    while (known.score[at + 1] <= score) ++at;
    const double wide = known.score[at + 1] - known.score[at], t = (score - known.score[at]) / wide;
    const double from = wide / known.slope[at], to = wide / known.slope[at + 1];
    const double cubed = from + to - 2 * known.step, squared = 3 * known.step - 2 * from - to;
    const double y = known.low + static_cast<double>(at) * known.step + t * (from + t * (squared + t * cubed));
    knots[i] = {y, known.mass * normal_density(score) / sim::exp(law.log_density(y))};
  }
  return {-farthest_score, step, knots};
}

}  // namespace

RedemptionChance::RedemptionChance(double mean, double a, double never, double correlation)
    : never_(mean > 0 ? never : 1),
      inverse_share_(1 / (1 - never_)),
      correlation_(static_cast<float>(correlation)),
      luck_(static_cast<float>(std::sqrt(1 - correlation * correlation))) {
  if (mean >= 1) log_odds_ = {0, 1, {{2 * farthest_log_odds, 0}, {2 * farthest_log_odds, 0}}};
  if (!(mean > 0 && mean < 1)) return;
  LogOddsOfBeta law{a, a * (1 - mean) / mean};
  law.at_peak = law.log_density(law.peak());
  log_odds_ = log_odds_by_score(law);
}

}  // namespace clientele::models
