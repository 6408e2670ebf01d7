// Each statement from the same differences, each by its own rule.
#include "output/statistics/statements.hpp"

#include <limits>

namespace clientele::output {

namespace {

double variance_of(const std::vector<double>& values) {
  double sum = 0, squares = 0;
  for (const double value : values) sum += value;
  const double mean = sum / static_cast<double>(values.size());
  for (const double value : values) squares += (value - mean) * (value - mean);
  return squares / static_cast<double>(values.size() - 1);
}

/// What is needed, in the words of the experiment.
std::string too_few(const Lives& pairs, const Interval& average) {
  if (average.values != 1) return average.why_missing;
  switch (unit_of(pairs)) {
    case Unit::draws:  // of several: one alone is no unit
      return "only one draw has values on both sides; the average needs two or more";
    case Unit::populations:
      if (pairs.replications > 2) return "only one population has values on both sides; the average needs two or more";
      return "only one population is there; the average needs two or more (4 replications: two lives each)";
    case Unit::replications:
      if (pairs.replications > 1) return "only one replication has values on both sides; the average needs two or more";
      return "only one replication is there; the average needs two or more";
  }
  return average.why_missing;
}

Chance chance_over_draws(const Lives& pairs, sim::Direction direction, double confidence) {
  if (pairs.draws > 1) {
    std::vector<std::vector<double>> draws;
    for (const double mean : unit_means(pairs)) draws.push_back({mean});
    return chance_of(draws, direction, confidence);
  }
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  return {0, 0, 0, none, none, none, 0, "there is one draw: parameters are taken as they are"};
}

}  // namespace

double variance_ratio(const Lives& policy, const Lives& baseline) {
  const Lives pairs = difference(policy, baseline);
  const std::vector<double> differences = unit_means(pairs);
  if (differences.size() < 2) return std::numeric_limits<double>::quiet_NaN();
  const double apart =
      variance_of(unit_means(where_present(policy, pairs))) + variance_of(unit_means(where_present(baseline, pairs)));
  const double together = variance_of(differences);
  if (together > 0) return apart / together;
  return apart > 0 ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
}

Statements statements_of(const Lives& policy, const Lives& baseline, sim::Direction direction, sim::Luck luck,
                         const Certainty& certainty) {
  const Lives pairs = difference(policy, baseline);
  const std::vector<double> units = unit_means(pairs);
  Statements all;
  all.average = interval_of(units, certainty.alone);
  all.average.why_missing = too_few(pairs, all.average);
  all.half_width_together = interval_of(units, certainty.together()).half_width;
  all.unit = unit_of(pairs);
  all.life = range_of(pairs);
  all.lives = chance_of(by_unit(pairs), direction, certainty.together());
  all.draws = chance_over_draws(pairs, direction, certainty.together());
  all.split = split_variance(pairs, luck);
  all.lives_saved = variance_ratio(policy, baseline);
  all.pairs = all.life.lives;
  all.missing = pairs.values.size() - all.pairs;
  return all;
}

}  // namespace clientele::output
