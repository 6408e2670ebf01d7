// What the sign of a difference hangs on: the drawn numbers that move it most, and the values at which it turns.
#pragma once
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace clientele::output {

/// A value of a drawn number at which the fitted difference is 0, all else at its mean. The interval holds all values
/// at which a difference of 0 is not refused (t test of the fit): Fieller's, for a parabola as for a line. An end that
/// lies beyond what was drawn is infinite. Source: Fieller 1954.
struct Turn {
  double value = 0, low = 0, high = 0;
  bool positive_above = true;  ///< on which side of the value the difference is above 0
};

/// A drawn number, and what the difference does between its 10 and its 90 % quantile, all else at its mean.
struct Moved {
  std::size_t number = 0;
  double low = 0, high = 0;           ///< the two quantiles
  double at_low = 0, at_high = 0;     ///< fitted differences there
  std::vector<Turn> turns;            ///< where nine draws in ten lie: none, one, or two of a parabola
  std::vector<std::size_t> together;  ///< numbers whose draws are those of this one but for scale and rounding
};

struct HangsOn {
  std::vector<Moved> strongest;                                 ///< the one that moves it most first
  double explained = std::numeric_limits<double>::quiet_NaN();  ///< share of variance, adjusted for what was fitted
  std::size_t draws = 0;
  std::string why_missing;
};

inline constexpr std::size_t least_draws_to_regress = 40, least_draws_a_number = 5;

/// Least squares of the difference by draw on the drawn numbers, `parameters`[number][draw]: linear in each, and a
/// parabola where that takes away more than chance would once in a hundred (F test, one number after the other, in
/// their order). Draws without a difference (NaN) and numbers that do not vary are left out. Numbers that correlate by
/// more than .9999, or less than -.9999, with an earlier one are one number with it: no draw tells them apart. Refused
/// below 40 draws and below 5 a number.
HangsOn what_it_hangs_on(const std::vector<std::vector<double>>& parameters,
                         const std::vector<double>& difference_of_draw, std::size_t most = 3, double confidence = 0.95);

}  // namespace clientele::output
