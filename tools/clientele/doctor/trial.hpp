// The few futures in which a study is examined: its own arms, and beside them the ones in which something is moved.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/cells.hpp"
#include "sim/study.hpp"

namespace clientele::tools {

/// Two arms that differ in one thing, in scenario and policy.
struct Pair {
  std::uint32_t scenario = 0, policy = 0;              ///< as it is
  std::uint32_t other_scenario = 0, other_policy = 0;  ///< moved
};

/// A lever that is moved in all tiers of a policy which reaches everybody at once.
struct LeverTrial {
  sim::FieldRef field;
  std::string policy;
  std::vector<double> from, to;  ///< by tier
  bool raised = true;            ///< its sides hold for more of it; less of it must show the reverse
  std::optional<Pair> arms;      ///< absent where nothing says how far is far
};

/// A driver that is moved as some scenario moves it, but from month 0 to the end.
struct DriverTrial {
  std::uint32_t driver = 0;
  std::string scenario;
  double size = 1;
  std::vector<Pair> arms;  ///< one per policy of the study, the baseline first
};

struct Trial {
  sim::Study study;
  std::uint32_t policies = 0;      ///< of these, the first so many are the examined study's own
  std::vector<Pair> placebo;       ///< the baseline beside a copy of it, in every scenario of the study
  std::vector<LeverTrial> levers;  ///< each that is in use
  std::vector<DriverTrial> drivers;
  std::vector<std::uint32_t> idle_drivers;  ///< that no scenario moves

  /// What is simulated, in every future.
  std::vector<sim::Cell> cells() const;
  /// Cells of the study's own policies that tell customers apart.
  std::vector<sim::Cell> reviewed() const;
};

inline constexpr std::uint64_t customers_of_trial = 1'000;
/// So many sets of assumptions, each in two futures, which tell luck from what is drawn; so many futures where nothing
/// is drawn. More where a file has fewer customers.
inline constexpr std::uint32_t draws_of_trial = 8, replications_of_trial = 8;
inline constexpr int months_of_trial = 24, warmup_of_trial = 12;

Trial trial_of(const sim::Study& study, const sim::Catalogue& catalogue);

/// How far a lever is moved: half of the way to the end of what is plausible. Where no end is, as of money, by the most
/// that the study grants anywhere; nothing where that is 0.
std::optional<double> raised(double level, const sim::FieldInfo& field, double most);
std::optional<double> lowered(double level, const sim::FieldInfo& field);

}  // namespace clientele::tools
