// Weights from comparisons in pairs: how much more one number counts than another, and whether the answers agree.
//
// Saaty's analytic hierarchy process. The weights w are the principal eigenvector of the matrix A of answers, a_ji =
// 1 / a_ij, scaled to add up to 1; with its eigenvalue l, the consistency index is (l - n) / (n - 1), and the ratio is
// that over the index of random answers, RI(3..10) = .58 .90 1.12 1.24 1.32 1.41 1.45 1.49. Above .1 the answers
// contradict each other. Source: Saaty 1980, as models/README.md has it.
#pragma once
#include <array>
#include <cmath>
#include <cstddef>

#include "sim/core/math.hpp"

namespace clientele::models {

/// Row i, column j: how many times as much i counts as j.
template <std::size_t N>
using Comparisons = std::array<std::array<double, N>, N>;

template <std::size_t N>
struct PairwiseWeights {
  std::array<double, N> weights{};
  double eigenvalue = 0, index = 0, ratio = 0;
};

/// The highest ratio at which answers are taken to agree.
inline constexpr double most_inconsistent = 0.1;

/// Consistency index of random answers of so many numbers; two cannot contradict each other.
inline constexpr std::size_t most_compared = 10;
inline double index_of_random_answers(std::size_t numbers) {
  constexpr std::array<double, most_compared + 1> index{0, 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49};
  return index[numbers];
}

/// Of the first n numbers.
template <std::size_t N>
PairwiseWeights<N> pairwise_weights(const Comparisons<N>& a, std::size_t n = N) {
  constexpr int steps = 200;  // answers of at most 9 agree to the last bits after some thirty
  PairwiseWeights<N> found;
  std::array<double, N> w{};
  for (std::size_t i = 0; i < n; ++i) w[i] = 1 / static_cast<double>(n);
  for (int step = 0; step < steps; ++step) {
    std::array<double, N> next{};
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) next[i] += a[i][j] * w[j];
    for (std::size_t i = 0; i < n; ++i) sum += next[i];
    for (std::size_t i = 0; i < n; ++i) w[i] = next[i] / sum;
    found.eigenvalue = sum;  // of weights that add up to 1
  }
  found.weights = w;
  if (n < 3) return found;
  const auto numbers = static_cast<double>(n);
  found.index = (found.eigenvalue - numbers) / (numbers - 1);
  found.ratio = found.index / index_of_random_answers(n);
  return found;
}

/// What the other answers say of a pair: the geometric mean over the ways from i to j by a third number.
template <std::size_t N>
double answer_that_agrees(const Comparisons<N>& a, std::size_t i, std::size_t j, std::size_t n = N) {
  double sum = 0;
  for (std::size_t k = 0; k < n; ++k)
    if (k != i && k != j) sum += sim::log(a[i][k] * a[k][j]);
  return sim::exp(sum / static_cast<double>(n - 2));
}

struct Disagreement {
  std::size_t of = 0, over = 1;
  double agrees = 1;  ///< the answer that would agree
};

/// The answer that is the furthest from what the others say, as a ratio; of three numbers all are as far, and it is the
/// first.
template <std::size_t N>
Disagreement worst_answer(const Comparisons<N>& a, std::size_t n = N) {
  constexpr double as_far = 1e-9;
  Disagreement worst;
  double furthest = -1;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = i + 1; j < n; ++j) {
      const double agrees = answer_that_agrees(a, i, j, n), far = std::fabs(sim::log(a[i][j] / agrees));
      if (far > furthest + as_far) furthest = far, worst = {i, j, agrees};
    }
  return worst;
}

}  // namespace clientele::models
