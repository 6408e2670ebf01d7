// Non-negative least squares, and how far its answer hangs on whom the books happened to have.
#include "models/fit/scorecard_weights.hpp"

#include <algorithm>
#include <cmath>

#include <Eigen/Dense>

#include "models/fit/normal_words.hpp"
#include "sim/core/check.hpp"

namespace clientele::models {
namespace {

using Row = Eigen::VectorXd;
using Square = Eigen::MatrixXd;

/// Least squares in the chosen coordinates, 0 in the others.
Row solved(const Square& g, const Row& c, const std::vector<bool>& chosen) {
  std::vector<Eigen::Index> at;
  for (Eigen::Index k = 0; k < c.size(); ++k)
    if (chosen[static_cast<std::size_t>(k)]) at.push_back(k);
  Row x = Row::Zero(c.size());
  if (at.empty()) return x;
  const Row part = g(at, at).ldlt().solve(c(at));
  for (std::size_t i = 0; i < at.size(); ++i) x[at[i]] = part[static_cast<Eigen::Index>(i)];
  return x;
}

Row projected(const Square& g, const Row& c) {
  const Eigen::Index n = c.size();
  std::vector<bool> chosen(static_cast<std::size_t>(n), false);
  Row x = Row::Zero(n);
  const double tiny = 1e-12 * std::max(1.0, c.cwiseAbs().maxCoeff());
  for (int round = 0; round < 30 * n; ++round) {
    const Row slope = c - g * x;
    Eigen::Index best = -1;
    for (Eigen::Index k = 0; k < n; ++k)
      if (!chosen[static_cast<std::size_t>(k)] && slope[k] > tiny && (best < 0 || slope[k] > slope[best])) best = k;
    if (best < 0) break;
    chosen[static_cast<std::size_t>(best)] = true;
    for (Row to = solved(g, c, chosen);; to = solved(g, c, chosen)) {
      double part = 1;
      for (Eigen::Index k = 0; k < n; ++k)
        if (chosen[static_cast<std::size_t>(k)] && to[k] <= 0) part = std::min(part, x[k] / (x[k] - to[k]));
      x += part * (to - x);
      if (part >= 1) break;
      for (Eigen::Index k = 0; k < n; ++k)
        if (chosen[static_cast<std::size_t>(k)] && x[k] <= tiny) chosen[static_cast<std::size_t>(k)] = false, x[k] = 0;
    }
  }
  return x;
}

}  // namespace

std::vector<double> non_negative_least_squares(const std::vector<double>& g, const std::vector<double>& c) {
  const auto n = static_cast<Eigen::Index>(c.size());
  sim::expects(g.size() == c.size() * c.size(), "a square matrix has n times n entries");
  const Row x = projected(Eigen::Map<const Square>(g.data(), n, n), Eigen::Map<const Row>(c.data(), n));
  return {x.data(), x.data() + n};
}

WeightsFit fit_scorecard_weights(const ScorecardHistory& history, std::uint32_t seed) {
  const std::size_t k = history.numbers.size(), n = history.margin.size();
  sim::expects(k > 0 && history.names.size() == k, "each number of a scorecard has a name");
  WeightsFit fit;
  if (n < 10 * k) {
    fit.why_not =
        "only " + std::to_string(n) + " customers for " + std::to_string(k) + " numbers (ten for each are needed)";
    return fit;
  }
  const auto rows = static_cast<Eigen::Index>(n), columns = static_cast<Eigen::Index>(k);
  Square x(rows, columns);
  Row unit = Row::Ones(columns);  // what a weight is of, in standard deviations
  for (Eigen::Index j = 0; j < columns; ++j) {
    const auto& of = history.numbers[static_cast<std::size_t>(j)];
    sim::expects(of.size() == n, "each number is known of each customer");
    const Eigen::Map<const Row> column(of.data(), rows);
    const Row around = column.array() - column.mean();
    const double sd = std::sqrt(around.squaredNorm() / static_cast<double>(n));
    if (!(sd > 1e-12 * (1 + std::fabs(column.mean())))) {
      fit.why_not = history.names[static_cast<std::size_t>(j)] + " is the same of all customers";
      return fit;
    }
    x.col(j) = around / sd;
    if (history.are_points) unit[j] = 1 / sd;
  }
  const Eigen::Map<const Row> margin(history.margin.data(), rows);
  const Row y = margin.array() - margin.mean();
  if (!(y.squaredNorm() > 0)) {
    fit.why_not = "next year's margin is the same of all customers";
    return fit;
  }
  const Square g = x.transpose() * x / static_cast<double>(n);
  const Row c = x.transpose() * y / static_cast<double>(n);
  const Eigen::SelfAdjointEigenSolver<Square> split(g);
  if (split.eigenvalues().minCoeff() < 1e-8 * split.eigenvalues().maxCoeff()) {
    fit.why_not = "two of the numbers say the same: leave one out";
    return fit;
  }
  const Row b = projected(g, c);
  const double sum = b.dot(unit);
  if (!(sum > 0)) {
    fit.why_not = "none of the numbers goes with next year's margin";
    return fit;
  }
  fit.explained = (2 * b.dot(c) - b.dot(g * b)) / (y.squaredNorm() / static_cast<double>(n));

  const Row plain = g.ldlt().solve(c), off = y - x * plain;
  const Square scores = x.array().colwise() * off.array();
  const Square inverse = g.inverse(), middle = scores.transpose() * scores / static_cast<double>(n);
  const Square root = Square(inverse * middle * inverse / static_cast<double>(n)).llt().matrixL();
  constexpr std::uint32_t draws = 1'000, use_of_weights = 4;
  std::vector<std::vector<double>> drawn(k);
  for (std::uint32_t d = 0; d < draws; ++d) {
    Row z(columns);
    for (Eigen::Index j = 0; j < columns; ++j)
      z[j] = normal_of_fit(seed, d, static_cast<std::uint32_t>(j), use_of_weights);
    const Row one = projected(g, g * (plain + root * z)).cwiseProduct(unit);
    for (std::size_t j = 0; j < k; ++j)
      drawn[j].push_back(one.sum() > 0 ? one[static_cast<Eigen::Index>(j)] / one.sum() : 1.0 / static_cast<double>(k));
  }
  for (std::size_t j = 0; j < k; ++j) {
    std::ranges::sort(drawn[j]);
    double mean = 0, squares = 0;
    for (const double one : drawn[j]) mean += one / draws, squares += one * one / draws;
    fit.weights.push_back({b[static_cast<Eigen::Index>(j)] * unit[static_cast<Eigen::Index>(j)] / sum,
                           std::sqrt(std::max(0.0, squares - mean * mean)), drawn[j][24], drawn[j][974], false,
                           "draws of the coefficients"});
  }
  return fit;
}

}  // namespace clientele::models
