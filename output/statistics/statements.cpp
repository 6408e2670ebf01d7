// Each statement from the same differences, each by its own rule.
#include "output/statistics/statements.hpp"

#include <cmath>
#include <limits>

namespace clientele::output {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Sum over draws of squared deviations from the draw's mean, over its degrees of freedom; NaN without any.
double variance_inside(const Futures& futures) {
  double squares = 0, freedom = 0;
  for (std::size_t d = 0; d < futures.draws; ++d) {
    double sum = 0, n = 0;
    for (std::size_t r = 0; r < futures.replications; ++r)
      if (const double value = futures.at(d, r); !std::isnan(value)) sum += value, ++n;
    for (std::size_t r = 0; r < futures.replications; ++r)
      if (const double value = futures.at(d, r); !std::isnan(value)) squares += std::pow(value - sum / n, 2);
    if (n > 0) freedom += n - 1;
  }
  return freedom > 0 ? squares / freedom : none;
}

Chance chance_over_draws(const Futures& pairs, const Circumstances& circumstances) {
  if (pairs.draws < 2)
    return {
        .share = none, .low = none, .high = none, .why_missing = "there is one draw: parameters are taken as they are"};
  std::vector<std::vector<double>> draws;
  for (const double mean : unit_means(pairs)) draws.push_back({mean});
  return chance_of(draws, circumstances.direction, circumstances.certainty.alone);
}

}  // namespace

double variance_ratio(const Futures& policy, const Futures& baseline) {
  const Futures pairs = difference(policy, baseline);
  const double apart = variance_inside(where_present(policy, pairs)) + variance_inside(where_present(baseline, pairs));
  const double together = variance_inside(pairs);
  if (std::isnan(together)) return none;
  if (together > 0) return apart / together;
  return apart > 0 ? std::numeric_limits<double>::infinity() : none;
}

std::string about(double number) {
  const double digit = std::pow(10, std::floor(std::log10(number)));
  const double unit = number / digit < 2 ? digit / 10 : digit;
  return std::to_string(std::lround(number < 10 ? number : std::round(number / unit) * unit));
}

Interval average_difference(const Futures& policy, const Futures& baseline, const Circumstances& circumstances) {
  return interval_over(difference(policy, baseline), circumstances.certainty.alone, circumstances.share_of_ten_largest);
}

Statements statements_of(const Futures& policy, const Futures& baseline, const Circumstances& circumstances) {
  const Futures pairs = difference(policy, baseline);
  const Certainty& certainty = circumstances.certainty;
  Statements all;
  all.average = average_difference(policy, baseline, circumstances);
  all.half_width_together = interval_over(pairs, certainty.together(), circumstances.share_of_ten_largest).half_width;
  all.unit = unit_of(pairs);
  all.range = prediction_of(pairs);
  all.futures = chance_of(by_unit(pairs), circumstances.direction, certainty.alone);
  all.draws = chance_over_draws(pairs, circumstances);
  all.split = split_variance(pairs, circumstances.luck);
  all.futures_saved = variance_ratio(policy, baseline);
  all.pairs = all.range.futures;
  all.missing = pairs.values.size() - all.pairs;
  return all;
}

}  // namespace clientele::output
