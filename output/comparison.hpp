// What a cube says when policies (or scenarios) are laid side by side: all numbers of the answer, and no words yet.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "output/cube_reader.hpp"
#include "output/statistics/statements.hpp"
#include "sim/metrics.hpp"

namespace clientele::output {

/// What is compared with what. Places are those of the cube's axes.
struct Question {
  enum class Across { policies, scenarios };
  Across across = Across::policies;
  std::vector<std::size_t> scenarios, policies;  ///< shown, in this order
  std::size_t baseline = 0;                      ///< a policy, or a scenario across scenarios
  std::vector<std::string> kpis;                 ///< compared, the headline first
  std::vector<std::string> beside;               ///< of these only means are shown
  double confidence = 0.95;
};

struct KpiWords {
  std::string name, meaning, unit, formula;
  sim::Direction direction = sim::Direction::neither;
};

/// One arm in one KPI.
struct ComparedArm {
  std::size_t scenario = 0, policy = 0;
  double mean = 0;                    ///< over units; NaN where nothing is there
  std::optional<Statements> against;  ///< nothing for the baseline itself
};

struct ComparedKpi {
  KpiWords words;
  std::vector<ComparedArm> arms;  ///< by scenario, then policy; across scenarios by policy, then scenario
};

struct Comparison {
  std::string title, currency, study_digest, data_hash;
  std::string customer_file;                              ///< empty without one
  std::vector<std::string> scenario_names, policy_names;  ///< of the cube, all
  Question question;
  Certainty certainty;
  std::size_t draws = 0, replications = 0, cells = 0, cells_done = 0;  ///< cells: of all arms
  sim::People people = sim::People::redrawn;
  sim::Luck luck = sim::Luck::fresh;
  bool parameters_vary = false;
  std::vector<ComparedKpi> kpis;  ///< of Question::kpis
  std::vector<ComparedKpi> beside;
  std::vector<sim::Assumption> guesses, stated;  ///< what the numbers rest on: guessed, or said by the study alone
  std::vector<sim::LeverUse> one_sided;          ///< levers in use of which only one side is modelled
  bool provenance_known = false;

  bool is_baseline(const ComparedArm& arm) const {
    return (question.across == Question::Across::policies ? arm.policy : arm.scenario) == question.baseline;
  }
};

/// Whether lives of both can stand in one comparison: the same study lived by the same model.
bool are_of_one_study(const CubeReader& one, const CubeReader& other);

/// Several files are shards of one study: cells of all of them together. Throws UserError where two tell different
/// numbers of one cell.
Comparison compare(const std::vector<const CubeReader*>& cubes, const Question& question);

/// The arm that the headline is about: in the first scenario (or of the first policy) the best average of the first
/// KPI, the first of equals; where a KPI has no better side, the first arm. Nothing where there is nothing to compare.
const ComparedArm* headline_arm(const Comparison& comparison);

}  // namespace clientele::output
