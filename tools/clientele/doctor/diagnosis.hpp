// What is found when everything that a study uses is moved: whether it works, and on which side it does not.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/plan.hpp"

namespace clientele::tools {

/// in_part: it works on both sides, but a metric that is declared to move does not show it. untried: nothing says how
/// far is far.
enum class Verdict { works, in_part, one_sided, wrong_signed, dead, untried };

/// How a metric moved: paired differences over futures of equal luck, in the mean of all draws.
struct Movement {
  std::string metric;
  double change = 0;  ///< of its mean, as a share of it; infinite where that was 0
  double z = 0;       ///< mean difference / its standard error; infinite where it is the same in every future
};

/// At least so many standard errors: with seven degrees of freedom luck does so once in 190 metrics, and never in one
/// that stays still.
inline constexpr double least_z = 4;

/// One that a lever is declared to move.
struct Declared {
  Movement movement;
  bool is_cost = false, must_rise = true;

  bool shows() const { return (must_rise ? movement.z : -movement.z) >= least_z; }
  bool is_reversed() const { return (must_rise ? -movement.z : movement.z) >= least_z; }
};

struct LeverFinding {
  std::string path, policy;
  std::vector<double> from, to;  ///< by tier
  Verdict verdict = Verdict::works;
  std::vector<Declared> declared;
};

struct DriverFinding {
  std::string name, scenario;
  double size = 1;
  bool is_factor = true;
  std::string policy;               ///< under which it shows
  std::optional<Movement> largest;  ///< of all metrics; absent where it is dead
};

struct Diagnosis {
  std::string title, digest;
  std::uint64_t customers = 0, of_customers = 0;
  std::uint32_t futures = 0;
  std::uint32_t draws = 0;  ///< that these are of; 0 where nothing is drawn
  int months = 0, warmup = 0;

  std::vector<LeverFinding> levers;
  std::vector<DriverFinding> drivers;
  std::vector<std::string> idle_drivers;

  std::string baseline;
  std::size_t placebo_cells = 0;
  std::vector<std::string> placebo_metrics;  ///< that differ under another name; "moves between tiers" where none does

  std::vector<std::string> ledgers;  ///< by their balances
  std::string unbalanced;  ///< the first that does not hold, in the engine's words: then nothing else is known

  std::vector<std::string> reviewed;  ///< policies that tell customers apart
  std::vector<std::string> leaking;   ///< of these, whose tiers follow what a firm cannot see
};

/// Simulates the cells into the sink, all of them.
using Simulate = std::function<void(const sim::Plan& plan, const std::vector<sim::Cell>& cells, sim::Sink& sink,
                                    sim::LatentInReviews latent)>;

Diagnosis diagnose(const sim::Study& study, const sim::Catalogue& catalogue, const Simulate& simulate);

/// What is wrong, one sentence each.
std::vector<std::string> faults_of(const Diagnosis& diagnosis);

/// Sentences, tables of at most 80 columns, and one line that sums up.
std::string text_of(const Diagnosis& diagnosis);
/// One object, `schema_version` 1 (README.md).
std::string json_of(const Diagnosis& diagnosis);

}  // namespace clientele::tools
