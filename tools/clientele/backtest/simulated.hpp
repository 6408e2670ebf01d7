// Months after a day as the study that is fitted there would have simulated them.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/study_reader.hpp"
#include "tools/clientele/fitted/base.hpp"

namespace clientele::tools {

/// What came, or would come, of some months: of everybody, and of who was known before.
struct Outcome {
  double revenue = 0, orders = 0, buyers = 0, newcomers = 0;  ///< orders: days with one, of a customer
  double known_revenue = 0, known_orders = 0, known_buyers = 0;
  double top_tenth = 0;                       ///< share of revenue that the tenth of buyers with the most has
  std::vector<double> group_revenue = {};     ///< by group of the books, newcomers too
  std::vector<double> revenue_by_month = {};  ///< of everybody
  std::vector<double> orders_by_month = {};
  double invoices_settled = 0, invoices_late = 0, days_late = 0;   ///< where invoices are known
  double owed = 0;                                                 ///< at the end
  double points_earned = 0, points_redeemed = 0, points_held = 0;  ///< where a program is known; held: at the end
};

/// Shares of sales of the tenth of buyers that buys most.
double share_of_top_tenth(std::vector<double> sales_of_buyers);

struct Simulated {
  std::vector<Outcome> futures;
  std::vector<double> expected_orders;  ///< of each customer of the history, the mean over futures
  std::vector<double> chance_to_buy;    ///< likewise
};

struct Horizon {
  int months = 6;
  std::size_t futures = 200;
  std::uint32_t seed = 1;
  unsigned threads = 0;
};

/// Writes the study into a folder of its own that is gone afterwards, reads it as any study, and simulates its
/// baseline: each future is a draw with luck and people of its own.
Simulated simulate(const FittedBase& base, const scenarios::Books& books, const Horizon& horizon);

/// A policy of a study that the firm adopted, for every customer whom the policy reaches, on the first day of a month.
struct Change {
  std::uint32_t policy = 0;  ///< of study.policies; not the baseline
  scenarios::Day since = 0;
  scenarios::StudyReading reading;  ///< of the study
};

struct SimulatedChange {
  Simulated with, without;  ///< a future of the one has the luck and the numbers of that of the other
};

/// The study of the change, as its author has it but for what books tell of: that is as it was fitted to what was known
/// at the origin. Under the baseline, and under the policy, which reaches nobody before its day (roll-outs count from
/// it). Throws UserError where the study cannot be read so, such as a policy that goes by columns that exports lack.
SimulatedChange simulate(const FittedBase& base, const scenarios::Books& books, const Horizon& horizon,
                         const Change& change);

}  // namespace clientele::tools
