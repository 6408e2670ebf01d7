// What a study says when its policies (or scenarios) are laid side by side: all numbers of the answer, and no words
// yet.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "output/comparison/answer.hpp"
#include "output/comparison/input.hpp"
#include "output/comparison/lift.hpp"
#include "output/comparison/over_time.hpp"
#include "output/cube/reader.hpp"
#include "output/statistics/levels.hpp"
#include "output/statistics/statements.hpp"
#include "sim/metrics.hpp"

namespace clientele::output {

/// What is compared with what. Places are those of the axes.
struct Question {
  enum class Across { policies, scenarios };
  Across across = Across::policies;
  std::vector<std::size_t> scenarios, policies;  ///< shown, in this order
  std::size_t baseline = 0;                      ///< a policy, or a scenario across scenarios
  std::vector<std::string> kpis;                 ///< compared, the headline first
  std::vector<std::string> beside;               ///< of these only means are shown
  double confidence = 0.95;
  std::vector<double> quantiles = {0.05, 0.5, 0.95};  ///< of levels, between 0 and 1
  bool over_time = false;                             ///< what arms have gained by the end of each year too
  ProgramTerms program = {};                          ///< what a loyalty program is told by; empty: it is not told

  bool is_across_policies() const { return across == Across::policies; }
};

/// One arm in one KPI.
struct ComparedArm {
  std::size_t scenario = 0, policy = 0;
  Levels levels;                            ///< of the arm alone
  std::optional<Prediction> month_of_peak;  ///< month numbers from 0; of KPIs that are a peak
  std::optional<Statements> against;        ///< nothing for the baseline itself

  double mean() const { return levels.mean.mean; }  ///< over units; NaN where nothing is there
};

struct ComparedKpi {
  KpiTexts words;
  std::vector<ComparedArm> arms;  ///< by scenario, then policy; across scenarios by policy, then scenario
};

struct Comparison : StudyFacts {
  Question question;
  Certainty certainty;
  std::vector<ComparedKpi> kpis;  ///< of Question::kpis
  std::vector<ComparedKpi> beside;
  std::optional<Answer> answer;
  std::optional<OverTime> over_time;             ///< where the question asks for it, and it is known
  std::vector<sim::Assumption> guesses, stated;  ///< what the numbers rest on: guessed, or said by the study alone
  std::vector<sim::LeverUse> one_sided;          ///< levers in use of which only one side is modelled
  bool provenance_known = false;
  /// By policy, of the customers reviewed in month 0 the share whom it puts into another tier than a yardstick does, in
  /// the first scenario that is compared, on average over futures; a mean of NaN where it is held against none. Empty:
  /// nobody is.
  std::vector<Interval> misplaced = {};
  std::vector<Lift> lifts = {};  ///< of policies with a loyalty program, by scenario, then policy
  /// The KPIs that a program is told by, of the arms that sell to members, the baseline's too; empty where none does.
  std::vector<ComparedKpi> of_program = {};

  bool is_baseline(const ComparedArm& arm) const {
    return (question.is_across_policies() ? arm.policy : arm.scenario) == question.baseline;
  }
  /// Whether there is more than the baseline alone.
  bool has_two_sides() const {
    return (question.is_across_policies() ? question.policies : question.scenarios).size() > 1;
  }
};

/// Whether futures of both can stand in one comparison: the same study simulated by the same model.
bool are_of_one_study(const CubeReader& one, const CubeReader& other);

Comparison compare(const ComparisonInput& input, const Question& question);

/// The futures of one arm out of the values of all cells.
Futures futures_of(const ComparisonInput& input, const std::vector<double>& values, std::size_t scenario,
                   std::size_t policy);

}  // namespace clientele::output
