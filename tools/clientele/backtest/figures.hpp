// A backtest's figures: what happened, what was simulated, and whether the one lies within the range of the other.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tools/clientele/backtest/happened.hpp"
#include "tools/clientele/backtest/range_of_futures.hpp"

namespace clientele::tools {

/// Of a change that the firm made: the same months without it, and how much it was to bring, future by future.
struct BesideChange {
  RangeOfFutures without, promised;
};

/// What came of a change against what was promised of it: which sign it has, where that can be told at all. Where nine
/// in ten futures promise either sign, none was promised; where what happened lies in the range without the change,
/// nothing is told.
enum class SignOfChange { none_promised, not_told, as_promised, other };
const char* word_of(SignOfChange sign);

/// The band is the range that one more future falls into 9 times in 10 (order statistics at .05 and .95 of n + 1).
struct Figure {
  std::string name, unit;  ///< "money", "share", or what is counted
  double actual = 0, mean = 0, low = 0, high = 0;
  std::optional<double> same_again = {}, gamma_poisson = {};
  std::optional<BesideChange> change = {};  ///< mean, low and high are then of the months with the change
  bool is_inside() const { return low <= actual && actual <= high; }
  /// What happened less the same months without the change.
  RangeOfFutures came() const {
    const RangeOfFutures& without = change->without;
    return {actual - without.mean, actual - without.high, actual - without.low};
  }
  SignOfChange sign() const;
};

/// A tenth of the customers of before by the orders that were expected of them, the fewest first.
struct Decile {
  std::size_t customers = 0;
  double expected_orders = 0, orders = 0;  ///< per customer
  double chance_to_buy = 0, bought = 0;    ///< shares
};

struct BacktestAt {
  scenarios::Day origin = 0;
  int months = 0;
  std::size_t history_months = 0, futures = 0;
  std::vector<Figure> figures;
  std::vector<Decile> deciles;
  std::vector<std::string> told;  ///< of the fit, a line each
  std::size_t inside() const;
  /// Where a change was made: its policy, the baseline and its day.
  std::string policy = {}, baseline = {};
  scenarios::Day since = scenarios::no_day;
};

BacktestAt backtest_at(const scenarios::Books& books, scenarios::Day origin, const Horizon& horizon,
                       const FitAsked& asked);
/// The months under a policy that the firm adopted in them, and beside them the same months without it.
BacktestAt backtest_at(const scenarios::Books& books, scenarios::Day origin, const Horizon& horizon,
                       const FitAsked& asked, const Change& change);

/// "16 of 18 figures inside their range (they are not independent)".
std::string verdict(const std::vector<BacktestAt>& all);

/// One object: schema_version, verdict, and of each day its figures and tenths of customers.
std::string backtest_json(const std::vector<BacktestAt>& all, const std::string& currency);

/// What came of a change against what was promised of it, in sentences; empty where there was none.
std::string change_in_sentences(const BacktestAt& one, const std::string& currency);

std::string backtest_in_words(const std::vector<BacktestAt>& all, const std::string& currency);

}  // namespace clientele::tools
