// Averages first what shares luck, then asks Student's t about what is left.
#include "output/statistics/paired.hpp"

#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include <boost/math/distributions/students_t.hpp>

#include "sim/core/check.hpp"

namespace clientele::output {

using sim::Cell;
using sim::People;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::vector<double> without_missing(std::span<const double> values) {
  std::vector<double> present;
  for (const double value : values)
    if (!std::isnan(value)) present.push_back(value);
  return present;
}

/// NaN where no value is present.
double mean_of_present(std::span<const double> values) {
  double sum = 0;
  std::size_t n = 0;
  for (const double value : values)
    if (!std::isnan(value)) sum += value, ++n;
  return n == 0 ? missing : sum / static_cast<double>(n);
}

/// One value per independent piece of luck: a population with its two lives, or a replication.
std::vector<double> by_population(std::span<const double> replications, People people) {
  if (people != People::paired) return {replications.begin(), replications.end()};
  std::vector<double> populations;
  for (std::size_t r = 0; r < replications.size(); r += 2)
    populations.push_back(mean_of_present(replications.subspan(r, std::min<std::size_t>(2, replications.size() - r))));
  return populations;
}

using ValueOfCell = std::function<double(std::uint32_t draw, std::uint32_t replication)>;

std::vector<double> of_draw(const sim::Study& study, std::uint32_t draw, const ValueOfCell& value) {
  std::vector<double> replications;
  for (std::uint32_t r = 0; r < study.replications; ++r) replications.push_back(value(draw, r));
  return replications;
}

Interval over_study(const sim::Study& study, const ValueOfCell& value, double confidence) {
  if (study.draws <= 1)
    return interval_of(by_population(of_draw(study, 0, value), study.population.people), confidence);
  std::vector<double> draws;
  for (std::uint32_t d = 0; d < study.draws; ++d) draws.push_back(mean_of_present(of_draw(study, d, value)));
  Interval interval = interval_of(draws, confidence);
  if (interval.values == 1) interval.why_missing = "only one draw has values; two or more tell of a spread";
  return interval;
}

double value_or_missing(const KpiValues& values, std::size_t kpi, const Cell& cell) {
  const auto at = values.find(cell);
  if (at == values.end()) return missing;
  sim::expects(kpi < at->second.size(), "a statistic is of a KPI that exists");
  return at->second[kpi];
}

}  // namespace

Interval interval_of(std::span<const double> independent, double confidence) {
  sim::expects(confidence > 0 && confidence < 1, "a confidence is between 0 and 1");
  const std::vector<double> present = without_missing(independent);
  Interval interval{mean_of_present(present), missing, present.size(), ""};
  if (present.empty()) interval.why_missing = "no value is there";
  if (present.size() == 1) interval.why_missing = "only one independent value is there; two or more tell of a spread";
  if (present.size() < 2) return interval;
  const auto n = static_cast<double>(present.size());
  double squares = 0;
  for (const double value : present) squares += (value - interval.mean) * (value - interval.mean);
  const boost::math::students_t student(n - 1);
  const double t = boost::math::quantile(boost::math::complement(student, (1 - confidence) / 2));
  interval.half_width = t * std::sqrt(squares / (n - 1) / n);
  return interval;
}

Interval paired_difference(std::span<const double> policy, std::span<const double> baseline, People people,
                           double confidence) {
  sim::expects(policy.size() == baseline.size(), "paired values come in pairs");
  std::vector<double> differences;
  for (std::size_t r = 0; r < policy.size(); ++r) differences.push_back(policy[r] - baseline[r]);
  return interval_of(by_population(differences, people), confidence);
}

Interval mean_of(const KpiValues& values, std::size_t kpi, const sim::Study& study, std::uint32_t scenario,
                 std::uint32_t policy, double confidence) {
  const auto value = [&](std::uint32_t d, std::uint32_t r) {
    return value_or_missing(values, kpi, {scenario, policy, d, r});
  };
  return over_study(study, value, confidence);
}

Interval difference_to(const KpiValues& values, std::size_t kpi, const sim::Study& study, std::uint32_t scenario,
                       std::uint32_t policy, std::uint32_t baseline, double confidence) {
  const auto value = [&](std::uint32_t d, std::uint32_t r) {
    return value_or_missing(values, kpi, {scenario, policy, d, r}) -
           value_or_missing(values, kpi, {scenario, baseline, d, r});
  };
  return over_study(study, value, confidence);
}

}  // namespace clientele::output
