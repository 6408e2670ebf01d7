// A loyalty program as a firm's list of points tells it: what is earned, how long it holds, how much of it is redeemed.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/books/books.hpp"
#include "tools/clientele/fitted/payment.hpp"

namespace clientele::tools {

/// A ratio of two sums over customers, with the standard error that comes of which customers there are:
///   r = sum y / sum x,   se^2 = n / (n - 1) x sum (y - r x)^2 / (sum x)^2     (Cochran 1977, 6.3; customers are drawn)
struct RatioOfSums {
  double value = 0, se = 0, part = 0, whole = 0;
  std::size_t customers = 0;
  double low() const { return value > 1.96 * se ? value - 1.96 * se : 0; }
  double high() const { return value + 1.96 * se; }
};
RatioOfSums ratio_of_sums(const std::vector<double>& parts, const std::vector<double>& wholes);

struct FittedPoints {
  RatioOfSums earn;      ///< points earned over sales since the first points were earned [points/money]
  double valid = 0;      ///< months after that of earning in which points hold, the median of points; 240: for ever
  double as_valid = 0;   ///< the share of points that has it
  RatioOfSums redeemed;  ///< points spent over those held as the months began in which their holders ordered
  double held = 0;       ///< at the origin
  /// Whether points were earned on known days: a list of balances alone tells no program.
  bool is_known() const { return earn.part > 0 && earn.whole > 0; }
};

/// What was known at the end of the day before `origin`.
FittedPoints fit_points(const scenarios::Books& books, scenarios::Day origin);

/// Tables [points] and [redemption] with what was fitted; and, behind them, what no list of points tells.
std::string points_tables(const FittedPoints& points);
std::string guesses_of_points(const FittedPoints& points);

DrawnColumns points_draws(const FittedPoints& points, std::size_t draws, std::uint32_t seed);

}  // namespace clientele::tools
