// What the difference between two policies hangs on: each number moved alone, the values at which the sign turns, and
// all numbers at once. Numbers only; words are made in text.cpp.
#pragma once
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "output/cube/kpi_texts.hpp"
#include "output/statistics/averages.hpp"
#include "output/statistics/hangs_on.hpp"
#include "output/statistics/shares.hpp"
#include "sim/plan.hpp"
#include "tools/clientele/sensitivity/moved_numbers.hpp"
#include "tools/clientele/sensitivity/split.hpp"

namespace clientele::tools {

/// What is asked, by names; what is absent is the first scenario, the policy that does best at the stated values, the
/// study's headline.
struct SensitivityQuestion {
  std::optional<std::string> scenario, policy, kpi;
  std::optional<std::uint64_t> customers;     ///< simulated; absent: as many as the work of a point allows
  std::optional<std::uint32_t> replications;  ///< absent: as many as the work of a point allows
  double share_of_ten_largest = output::not_known;
};

/// A point is a set of values of all numbers, simulated under both policies: about so many customer-months, whatever
/// the machine.
inline constexpr double customer_months_of_point = 5e6;
inline constexpr std::uint32_t futures_of_point = 8;  ///< that a large base is cut for
inline constexpr std::uint32_t least_futures_of_point = 5, most_futures_of_point = 200;
inline constexpr std::uint64_t least_customers_of_point = 500;
inline constexpr std::size_t points_of_turn = 5;  ///< between the ends of a number whose sign turns
inline constexpr std::size_t combinations = 200;

/// A mean difference, subject less baseline, and its simulation error.
struct Reading {
  double mean = 0, half_width = 0;
  bool is_clear() const { return std::abs(mean) > half_width; }
};

struct Swing {
  MovedNumber number;
  Reading at_low, at_high;
  Reading change;  ///< from low to high, paired: luck is common, so that its error is far smaller
  std::vector<output::Turn> turns;
  /// Whether the difference has another sign at an end than as stated.
  bool turns_sign = false;

  double size() const { return std::abs(change.mean); }
  bool moves() const { return change.is_clear(); }
};

struct AllAtOnce {
  std::size_t combinations = 0, better = 0;
  std::size_t clearly_better = 0, clearly_worse = 0;  ///< by more than simulation error
  output::Bounds share;                               ///< of `better`, exact, as if combinations were independent
  std::optional<Split> split;                         ///< its number is a place among Sensitivity::swings
};

struct Sensitivity {
  std::string title, digest, currency, scenario, baseline, policy;
  output::KpiTexts kpi;
  std::uint32_t seed = 0, replications = 0;
  std::uint64_t customers = 0, customers_of_study = 0;
  double scale = 1;           ///< sums of fewer customers are multiplied by this
  std::size_t rivals = 1;     ///< the subject has the best average of so many
  output::Interval base;      ///< at the stated values; wider where the subject was picked from several (Bonferroni)
  std::vector<Swing> swings;  ///< the largest change first
  AllAtOnce all_at_once;
  std::vector<std::string> left_as_stated;

  double better_sign() const { return kpi.direction == sim::Direction::lower_is_better ? -1 : 1; }
  bool is_better(double difference) const { return better_sign() * difference > 0; }
};

/// Simulates the cells into a sink. Throws what ends the whole.
using SimulatePoint = std::function<void(const sim::Plan& plan, const std::vector<sim::Cell>& cells, sim::Sink& sink)>;
/// Told before each point: what is being done, how many of its points are done, and how many there are.
using TellPoint = std::function<void(const std::string& doing, std::size_t done, std::size_t all)>;

/// Throws UserError where the study has no such scenario, policy or KPI, or nothing to compare.
Sensitivity sensitivity_of(const sim::Study& study, const sim::Catalogue& catalogue, const Movable& movable,
                           const SensitivityQuestion& question, const SimulatePoint& simulate, const TellPoint& tell);

/// Sentences and tables of at most 80 columns.
std::string text_of(const Sensitivity& sensitivity);
/// One object.
std::string json_of(const Sensitivity& sensitivity, const std::string& model_version);

}  // namespace clientele::tools
