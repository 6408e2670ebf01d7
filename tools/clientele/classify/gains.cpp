// Sums are taken customer by customer in the order of the futures, so that no bit depends on who simulated first.
#include "tools/clientele/classify/gains.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "output/statistics/prediction.hpp"
#include "output/statistics/shares.hpp"

namespace clientele::tools {

namespace {

double error_of_mean(const std::vector<double>& values, double mean) {
  if (values.size() < 2) return 0;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const auto n = static_cast<double>(values.size());
  return std::sqrt(squares / (n - 1) / n);
}

double mean_value(const std::vector<double>& values) {
  return values.empty() ? 0 : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

std::vector<ExpectedGain> gains_of_each(const Gains& gains, FuturesFrom futures) {
  std::vector<ExpectedGain> expected(gains.customers);
  std::vector<double> values(futures.count());
  for (std::size_t c = 0; c < gains.customers; ++c) {
    for (std::size_t f = 0; f < values.size(); ++f) values[f] = gains.at(futures.begin + f, c);
    expected[c].mean = mean_value(values);
    expected[c].error = error_of_mean(values, expected[c].mean);
  }
  return expected;
}

std::vector<std::size_t> by_falling_gain(const std::vector<ExpectedGain>& expected) {
  std::vector<std::size_t> order(expected.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return expected[a].mean != expected[b].mean ? expected[a].mean > expected[b].mean : a < b;
  });
  return order;
}

GainTogether together(const Gains& gains, std::span<const std::size_t> customers, FuturesFrom futures) {
  std::vector<double> sums(futures.count());
  for (std::size_t f = 0; f < sums.size(); ++f)
    for (const std::size_t c : customers) sums[f] += gains.at(futures.begin + f, c);
  GainTogether sum;
  if (sums.empty()) return sum;
  sum.mean = mean_value(sums);
  const double half = sums.size() < 2 ? 0
                                      : output::upper_student(static_cast<double>(sums.size() - 1), 0.95) *
                                            error_of_mean(sums, sum.mean);
  sum.low = sum.mean - half;
  sum.high = sum.mean + half;
  std::ranges::sort(sums);
  sum.future_low = output::quantile(sums, 0.05);
  sum.future_high = output::quantile(sums, 0.95);
  return sum;
}

ChosenByHalves choose_by_halves(const Gains& gains, std::size_t number) {
  const std::size_t half = gains.futures() / 2;
  const FuturesFrom first{0, half}, second{half, gains.futures()};
  const std::vector<ExpectedGain> expected = gains_of_each(gains, first);
  ChosenByHalves chosen;
  for (const std::size_t c : by_falling_gain(expected)) {
    if (chosen.customers.size() == number || !(expected[c].mean > 0)) break;
    chosen.customers.push_back(c);
  }
  chosen.promised = together(gains, chosen.customers, first);
  chosen.held_out = together(gains, chosen.customers, second);
  return chosen;
}

}  // namespace clientele::tools
