// What a study asks, or what a cube holds: the same facts from either, before anybody words them.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "output/comparison/study_facts.hpp"
#include "output/cube/reader.hpp"
#include "scenarios/sweep.hpp"
#include "sim/metrics.hpp"
#include "sim/study.hpp"

namespace clientele::tools {

struct Described {
  std::string name, meaning, unit, formula, direction;  ///< a formula of KPIs and series, a direction of KPIs only
};

struct TierFacts {
  std::string name, rule, levers;  ///< the last two empty where a cube does not say
};

struct PolicyFacts {
  std::string name, rule;
  std::string same_money_as;  ///< whose money it spends evenly; empty for a policy of the study itself
  std::vector<TierFacts> tiers;
  std::string twin = {};  ///< whose difference to the baseline it helps to split; empty for all others
  sim::Held held = sim::Held::no;
  sim::Blend blend = sim::Blend::no;
};

struct ScenarioFacts {
  std::string name, shocks;  ///< the last empty where nothing happens, or where a cube does not say
};

/// A number that a sweep varies.
struct SweptFacts {
  std::string path, unit;
  double low = 0, high = 0;
  std::size_t values = 0;  ///< different ones
};

struct SweepFacts {
  std::string design;
  std::size_t points = 0;
  std::vector<SweptFacts> numbers;
};

struct Facts {
  std::string title, question, currency, baseline, headline, study_digest, people, luck;
  std::string customer_file;         ///< empty without one
  bool same_money_to_come = false;   ///< a study asks for policies that only its run can tell the levels of
  std::string beginning;             ///< how the base begins, in a line; empty where a cube does not say
  std::vector<std::string> options;  ///< what was said beside the study
  std::vector<std::string> groups, uncertain, warnings;
  std::vector<ScenarioFacts> scenarios;
  std::vector<PolicyFacts> policies;
  std::vector<Described> metrics, kpis, series;
  std::vector<std::string> zero_metrics;  ///< that the study makes no use of
  std::vector<std::string> histograms;
  std::size_t draws = 0, replications = 0, months = 0, run_off = 0, beyond = 0, tiers = 0;
  std::size_t month_places = 0;  ///< on the cube's axis of months: fewer than months where they are summed
  double seed = 0, customers = 0, warmup = 0;
  std::vector<sim::Assumption> assumptions;
  std::vector<sim::LeverUse> levers;

  struct Cube {
    std::string format, model_version, data_hash;
    std::size_t cells = 0, cells_done = 0;
  };
  std::optional<Cube> cube;
  std::optional<SweepFacts> sweep;  ///< that a study asks for
  output::FittedToBooks to_books = {};
};

Facts facts_of(const sim::Study& study, const sim::OutcomeInfo& info);
Facts facts_of(const output::CubeReader& cube);
std::optional<SweepFacts> sweep_facts_of(const scenarios::Sweep& sweep);

}  // namespace clientele::tools
