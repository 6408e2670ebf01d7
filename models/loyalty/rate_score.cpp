// The incomplete gamma function is summed up from its density once for each law, and read as a curve.
#include "models/loyalty/rate_score.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "models/loyalty/normal_scores.hpp"

namespace clientele::models {

namespace {

/// y = log(X / mean) for X of a gamma law: density ~ exp(k (y - e^y)), with its peak at 0.
struct LogOfGamma {
  double shape = 1;

  double log_density(double y) const { return shape * (1 + y - sim::exp(y)); }
  double log_slope(double y) const { return shape * (1 - sim::exp(y)); }
};

constexpr double least_log_of_rate = -87, largest_log_of_rate = 20;
constexpr std::size_t steps_of_rates = 1024;
constexpr double least_variance_of_logs = 1e-9;

}  // namespace

RateScore::RateScore(const sim::Law& law) : sample_(law.sample) {
  const auto mean = static_cast<double>(law.values[0]), spread = static_cast<double>(law.values[1]);
  if (!(mean > 0)) return;
  inverse_usual_ = static_cast<float>(1 / mean);
  if (law.family == sim::Family::lognormal) {
    stand_by_logs({-0.5 * spread * spread, spread * spread});
  } else if (law.family == sim::Family::gamma) {
    stand_by_gamma(spread);
  } else if (law.family == sim::Family::empirical && sample_->values.front() < sample_->values.back()) {
    kind_ = Kind::rank;
    inverse_usual_ = static_cast<float>(1 / sample_->factor_to(mean));
  }
}

RateScore::RateScore(std::shared_ptr<const sim::Sample> rates) : sample_(std::move(rates)) {
  if (sample_ && sample_->values.front() < sample_->values.back()) kind_ = Kind::rank;
}

RateScore::RateScore(const LogMoments& logs, float usual, float least) : inverse_usual_(1.F / usual), least_(least) {
  stand_by_logs(logs);
}

void RateScore::stand_by_logs(const LogMoments& logs) {
  if (logs.variance <= least_variance_of_logs) return;
  kind_ = Kind::log;
  mean_ = static_cast<float>(logs.mean);
  inverse_sd_ = static_cast<float>(1 / std::sqrt(logs.variance));
}

void RateScore::stand_by_gamma(double shape) {
  const LogOfGamma law{shape};
  const double low = end_of_mass(law, 0, least_log_of_rate), high = end_of_mass(law, 0, largest_log_of_rate);
  const NormalScores scores = normal_scores(law, low, high, steps_of_rates);
  std::vector<SmoothCurve::Knot> knots(scores.score.size());
  for (std::size_t i = 0; i < knots.size(); ++i) knots[i] = {scores.score[i], scores.slope[i]};
  kind_ = Kind::curve;
  curve_ = {scores.low, scores.step, knots};
  lowest_log_ = static_cast<float>(low);
  lowest_ = static_cast<float>(sim::lower_normal_quantile(0.5 * sim::normal_below(scores.score[0])));
}

float RateScore::by_rank(float value) const {
  const std::vector<float>& all = sample_->values;
  auto nearest = std::ranges::lower_bound(all, value);
  if (nearest == all.end() || (nearest != all.begin() && value - *(nearest - 1) < *nearest - value)) --nearest;
  const auto equal = std::ranges::equal_range(all, *nearest);
  const auto twice = static_cast<double>((equal.begin() - all.begin()) + (equal.end() - all.begin()));
  const double share = 0.5 * twice / static_cast<double>(all.size());
  const double tail = sim::lower_normal_quantile(std::min(share, 1 - share));
  return static_cast<float>(share < 0.5 ? tail : -tail);
}

std::shared_ptr<const sim::Sample> rates_of_group(std::span<const float> told, std::span<const std::uint32_t> groups,
                                                  std::uint32_t group) {
  std::vector<float> rates;
  for (std::size_t row = 0; row < told.size(); ++row)
    if (groups[row] == group) rates.push_back(told[row]);
  return rates.empty() ? nullptr : sim::sample_of("", "", std::move(rates));
}

}  // namespace clientele::models
