// Series as in the specification of REF-1, section 8; a statistic without spread must be met exactly.
#include "tools/bench/agreement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace clientele::bench {

namespace {

constexpr double impossible = std::numeric_limits<double>::infinity();

struct Sample {
  double mean = 0, variance_of_mean = 0, degrees = 0;
};

Sample summarize(const std::vector<double>& values) {
  Sample sample;
  const auto n = static_cast<double>(values.size());
  for (const double v : values) sample.mean += v / n;
  for (const double v : values) sample.variance_of_mean += (v - sample.mean) * (v - sample.mean) / (n * (n - 1));
  sample.degrees = n - 1;
  return sample;
}

/// The normal deviate that is as unlikely as t.
double as_normal(double t, double degrees) {
  const double tail = boost::math::cdf(boost::math::complement(boost::math::students_t(degrees), std::fabs(t)));
  return tail < 1e-300 ? impossible : -boost::math::quantile(boost::math::normal(), tail);
}

double welch(const Sample& a, const Sample& b) {
  const double variance = a.variance_of_mean + b.variance_of_mean;
  if (!(variance > 0)) return a.mean == b.mean ? 0 : impossible;
  const auto part = [](const Sample& s) { return s.variance_of_mean * s.variance_of_mean / s.degrees; };
  return as_normal((a.mean - b.mean) / std::sqrt(variance), variance * variance / (part(a) + part(b)));
}

/// One replication's months and tiers.
class Slice {
 public:
  Slice(const BaselineCube& cube, std::size_t at, int months)
      : cells_(&cube[at * static_cast<std::size_t>(months) * baseline_tiers * baseline_measures]) {}
  double of(int month, std::size_t tier, std::size_t measure) const {
    return cells_[(static_cast<std::size_t>(month) * baseline_tiers + tier) * baseline_measures + measure];
  }
  double of(int month, std::size_t measure) const {
    double sum = 0;
    for (std::size_t tier = 0; tier < baseline_tiers; ++tier) sum += of(month, tier, measure);
    return sum;
  }
  double share(int month, std::size_t measure) const { return of(month, measure) / std::max(1.0, of(month, orders)); }

 private:
  const double* cells_;
};

/// The series of one month that are compared.
std::vector<double> values_of(const Slice& slice, int month) {
  std::vector<double> values = {slice.of(month, active),  slice.of(month, orders),   slice.of(month, revenue),
                                slice.share(month, late), slice.share(month, delay), slice.of(month, left)};
  for (const std::size_t tier : {1, 2})
    for (const std::size_t measure : {active, revenue, orders}) values.push_back(slice.of(month, tier, measure));
  return values;
}

/// [value] over replications.
std::vector<Sample> samples(const BaselineCube& cube, std::uint32_t replications, std::uint32_t policy, int months,
                            int month) {
  std::vector<std::vector<double>> series;
  for (std::uint32_t r = 0; r < replications; ++r) {
    const auto values = values_of(Slice(cube, std::size_t{policy} * replications + r, months), month);
    series.resize(values.size());
    for (std::size_t v = 0; v < values.size(); ++v) series[v].push_back(values[v]);
  }
  std::vector<Sample> result;
  for (const auto& values : series) result.push_back(summarize(values));
  return result;
}

}  // namespace

double Agreement::bound() const {
  return boost::math::quantile(boost::math::complement(boost::math::normal(), 0.005 / static_cast<double>(values)));
}

Agreement compare(const BaselineCube& ours, std::uint32_t our_replications, const BaselineCube& theirs,
                  std::uint32_t their_replications, std::uint32_t policies, int months) {
  Agreement agreement;
  for (std::uint32_t p = 0; p < policies; ++p)
    for (int month = 0; month < months; ++month) {
      const auto a = samples(ours, our_replications, p, months, month);
      const auto b = samples(theirs, their_replications, p, months, month);
      for (std::size_t v = 0; v < a.size(); ++v, ++agreement.values)
        agreement.most = std::max(agreement.most, std::fabs(welch(a[v], b[v])));
    }
  return agreement;
}

Agreement compare_with_theory(const BaselineCube& ours, std::uint32_t replications, std::uint32_t customers,
                              int months) {
  const double late_chance = boost::math::cdf(boost::math::normal(), -std::log(30.0 / 25.0) / std::hypot(0.3, 0.4));
  struct Form {
    std::size_t measure;
    double per_order;
  };
  const Form forms[] = {
      {revenue, std::exp(4 + 0.36 / 2)}, {delay, 25 * std::exp((0.09 + 0.16) / 2)}, {late, late_chance}};
  std::vector<std::vector<double>> rests(4);
  for (std::uint32_t r = 0; r < replications; ++r) {
    const Slice slice(ours, r, months);
    for (std::size_t f = 0; f < 3; ++f) {
      double rest = 0;
      for (int month = 0; month < months; ++month)
        rest += slice.of(month, forms[f].measure) - forms[f].per_order * slice.of(month, orders);
      rests[f].push_back(rest);
    }
    rests[3].push_back(slice.of(0, orders) - 2.0 * customers);
  }
  Agreement agreement;
  for (const auto& rest : rests) {
    const Sample sample = summarize(rest);
    agreement.most = std::max(agreement.most,
                              std::fabs(as_normal(sample.mean / std::sqrt(sample.variance_of_mean), sample.degrees)));
    ++agreement.values;
  }
  return agreement;
}

}  // namespace clientele::bench
