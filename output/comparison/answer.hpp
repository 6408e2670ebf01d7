// The numbers behind the first sentences of an answer: what a policy adds and when, how often, under which condition,
// and for which money. Words are made of them in one place (tools/clientele/compare/sentences.hpp).
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "output/comparison/input.hpp"
#include "output/statistics/hangs_on.hpp"
#include "output/statistics/statements.hpp"

namespace clientele::output {

struct Comparison;

/// What the subject of an answer changes in a KPI.
struct Effect {
  KpiTexts kpi;
  double of_baseline = 0;  ///< mean of the KPI under the baseline
  Statements statements;
  double half_width = 0;  ///< of the average where the subject was picked from several (Bonferroni over these)

  /// Whether the average differs from none by more than simulation error, the picking included.
  bool is_clear() const;
  /// Whether it is of what a policy is worth, within the horizon or in all.
  bool is_of_worth() const { return kpi.part == sim::KpiPart::within || kpi.part == sim::KpiPart::whole; }
};

/// From which month on the sum of all that was gained and spent stays above none, month 1 the first; infinite where it
/// never does within the months that are simulated.
struct Payback {
  double low = 0, middle = 0, high = 0;  ///< nine futures in ten lie from low to high
  std::size_t futures = 0, never = 0;
  std::size_t months = 0;  ///< that are simulated, the closed ones with them
};

/// What the sign of a difference hangs on.
struct Condition {
  KpiTexts kpi;
  HangsOn hangs_on;
};

/// What the subject spends on levers, and whether the same money brings more when all customers get the same.
struct Spending {
  Statements levers;                  ///< difference of the KPI that is the spending
  double of_baseline = 0;             ///< mean of it under the baseline
  double gain_per_unit = 0;           ///< difference within the horizon per unit of it; NaN where nothing more is spent
  std::optional<std::size_t> evenly;  ///< policy that spends the same money evenly
  std::optional<Statements> of_evenly;  ///< its difference of the headline KPI to the baseline
  double levers_of_evenly = 0;          ///< what it spends over what the subject spends, less 1
};

struct Answer {
  std::size_t scenario = 0, policy = 0;  ///< the subject, against the question's baseline
  std::size_t rivals = 1;                ///< it has the best average of so many
  Effect headline;
  std::optional<Effect> within, beyond,
      whole;  ///< of what it is worth; nothing where no KPI says so, or no time is beyond
  std::optional<Payback> payback;
  std::vector<Condition> conditions;        ///< of the KPIs that the answer speaks of
  std::vector<sim::Assumption> not_varied;  ///< fields that say how much a lever in use buys, and no draw varies them
  std::optional<Spending> spending;

  /// Whether the time beyond the horizon may turn what the horizon tells: signs differ and the time beyond is clear or
  /// may outweigh it, or only the time beyond is clear.
  bool depends_on_horizon() const;
  /// Whether the answer may call one side better.
  bool names_winner() const;
};

/// About the arm that does best against the baseline in the first scenario (or under the first policy), by the average
/// of the headline KPI; a policy that no study states is no subject. Nothing where there is nothing
/// to compare.
std::optional<Answer> answer_of(const ComparisonInput& input, const Comparison& comparison);

}  // namespace clientele::output
