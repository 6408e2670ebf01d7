// Averages first what shares luck, then asks Student's t about what is left.
#include "output/statistics/averages.hpp"

#include <cmath>
#include <vector>

#include "output/statistics/shares.hpp"
#include "sim/core/check.hpp"

namespace clientele::output {

namespace {

/// Takes the interval away, or says what it is worth.
void weigh_concentration(double share, Interval& interval) {
  if (share > few_decide && interval.values < futures_where_few_decide) {
    interval.half_width = not_known;
    interval.why_missing = "a few customers decide (the ten largest are expected to have " +
                           std::to_string(std::lround(100 * share)) + " % of sales): an interval needs 1,000 futures";
  } else if (share >= few_matter && share <= few_decide && interval.values < futures_where_few_matter) {
    interval.caution = "covers about 9 in 10";
  }
}

/// What is needed, in the words of the experiment.
std::string too_few(const Futures& futures) {
  switch (unit_of(futures)) {
    case Unit::draws:  // of several: one alone is no unit
      return "only one draw has values; the average needs two or more";
    case Unit::populations:
      if (futures.replications > 2) return "only one population has values; the average needs two or more";
      return "only one population is there; the average needs two or more (4 replications: two futures each)";
    case Unit::replications:
      if (futures.replications > 1) return "only one future has a value; the average needs two or more";
      return "only one future is there; the average needs two or more";
  }
  return "";
}

}  // namespace

Interval interval_of(std::span<const double> independent, double confidence, double share_of_ten_largest) {
  sim::expects(confidence > 0 && confidence < 1, "a confidence is between 0 and 1");
  Interval interval{0, not_known, 0, "", ""};
  for (const double value : independent)
    if (!std::isnan(value)) interval.mean += value, ++interval.values;
  const auto n = static_cast<double>(interval.values);
  interval.mean = interval.values == 0 ? not_known : interval.mean / n;
  if (interval.values == 0) interval.why_missing = "no value is there";
  if (interval.values == 1) interval.why_missing = "only one independent value is there; two or more tell of a spread";
  if (interval.values < 2) return interval;
  double squares = 0;
  for (const double value : independent)
    if (!std::isnan(value)) squares += (value - interval.mean) * (value - interval.mean);
  interval.half_width = upper_student(n - 1, confidence) * std::sqrt(squares / (n - 1) / n);
  if (squares > 0) weigh_concentration(share_of_ten_largest, interval);
  if (squares > 0 && interval.values < futures_measured) interval.caution = "rests on fewer than five futures";
  return interval;
}

Interval interval_over(const Futures& futures, double confidence, double share_of_ten_largest) {
  Interval interval = interval_of(unit_means(futures), confidence, share_of_ten_largest);
  if (interval.values == 1) interval.why_missing = too_few(futures);
  return interval;
}

}  // namespace clientele::output
