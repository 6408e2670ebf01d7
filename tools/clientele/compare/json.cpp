// The stable form: names do not change within a schema_version, and numbers have all their digits.
#include <cmath>

#include <nlohmann/json.hpp>

#include "output/cube_words.hpp"
#include "tools/clientele/caveat.hpp"
#include "tools/clientele/compare/shown.hpp"

namespace clientele::tools {

using output::ComparedArm;
using output::ComparedKpi;
using output::Comparison;
using output::Statements;
using Json = nlohmann::ordered_json;

namespace {

/// JSON has no NaN and no infinity.
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
Json reason(const std::string& why) { return why.empty() ? Json(nullptr) : Json(why); }

Json average_of(const Statements& s) {
  return {{"mean", number(s.average.mean)},
          {"half_width", number(s.average.half_width)},
          {"half_width_together", number(s.half_width_together)},
          {"over", output::name_of(s.unit, 2)},
          {"independent", s.average.values},
          {"why_missing", reason(s.average.why_missing)}};
}

Json life_of(const output::Range& life) {
  return {{"low", number(life.low)},
          {"middle", number(life.middle)},
          {"high", number(life.high)},
          {"lives", life.lives},
          {"why_missing", reason(life.why_missing)}};
}

Json chance_of(const output::Chance& chance) {
  return {{"share", number(chance.share)},
          {"low_together", number(chance.low)},
          {"high_together", number(chance.high)},
          {"better", chance.better},
          {"equal", chance.equal},
          {"worse", chance.worse},
          {"independent", chance.independent},
          {"why_missing", reason(chance.why_missing)}};
}

Json split_of(const output::VarianceSplit& split) {
  Json parts = Json::array();
  for (const output::VariancePart& part : split.parts)
    parts.push_back({{"cause", output::name_of(part.cause)},
                     {"share", number(part.share)},
                     {"variance", number(part.variance)},
                     {"estimate", number(part.estimate)},
                     {"was_negative", part.was_negative()}});
  return {{"parts", parts}, {"why_missing", reason(split.why_missing)}};
}

Json against_of(const Statements& s) {
  return {{"average", average_of(s)},
          {"one_life", life_of(s.life)},
          {"chance_of_lives", chance_of(s.lives)},
          {"chance_of_draws", chance_of(s.draws)},
          {"variance", split_of(s.split)},
          {"lives_saved", number(s.lives_saved)},
          {"pairs", s.pairs},
          {"pairs_missing", s.missing}};
}

Json arm_of(const Comparison& comparison, const ComparedArm& arm) {
  return {{"scenario", comparison.scenario_names[arm.scenario]},
          {"policy", comparison.policy_names[arm.policy]},
          {"mean", number(arm.mean)},
          {"against", arm.against ? against_of(*arm.against) : Json(nullptr)}};
}

Json kpis_of(const Comparison& comparison, const std::vector<ComparedKpi>& kpis) {
  Json all = Json::array();
  for (const ComparedKpi& kpi : kpis) {
    Json arms = Json::array();
    for (const ComparedArm& arm : kpi.arms) arms.push_back(arm_of(comparison, arm));
    all.push_back({{"name", kpi.words.name},
                   {"meaning", kpi.words.meaning},
                   {"unit", kpi.words.unit},
                   {"formula", kpi.words.formula},
                   {"direction", output::direction_of(kpi.words.direction)},
                   {"arms", arms}});
  }
  return all;
}

Json fields_of(const std::vector<sim::Assumption>& fields) {
  Json all = Json::array();
  for (const sim::Assumption& field : fields)
    all.push_back({{"path", field.path},
                   {"value", field.value},
                   {"mark", field.mark},
                   {"source", field.source},
                   {"uncertain", field.uncertain}});
  return all;
}

Json levers_of(const std::vector<sim::LeverUse>& levers) {
  Json all = Json::array();
  for (const sim::LeverUse& lever : levers)
    all.push_back(
        {{"path", lever.path}, {"cost", lever.cost}, {"benefit", lever.benefit}, {"policies", lever.policies}});
  return all;
}

Json headline_json(const Comparison& comparison) {
  const ComparedArm* arm = output::headline_arm(comparison);
  if (arm == nullptr) return {{"sentence", headline_of(comparison)}};
  return {{"kpi", comparison.kpis.front().words.name},
          {"scenario", comparison.scenario_names[arm->scenario]},
          {"policy", comparison.policy_names[arm->policy]},
          {"sentence", headline_of(comparison)}};
}

}  // namespace

std::string json_of(const Comparison& c) {
  const bool policies = c.question.across == output::Question::Across::policies;
  const Json all = {{"schema_version", 1},
                    {"title", c.title},
                    {"study_digest", c.study_digest},
                    {"data_hash", reason(c.data_hash)},
                    {"currency", c.currency},
                    {"across", policies ? "policies" : "scenarios"},
                    {"baseline", (policies ? c.policy_names : c.scenario_names)[c.question.baseline]},
                    {"draws", c.draws},
                    {"replications", c.replications},
                    {"customer_file", reason(c.customer_file)},
                    {"caveat", reason(caveat_of(c.customer_file))},
                    {"people", output::name_of(c.people)},
                    {"luck", output::name_of(c.luck)},
                    {"parameters_vary", c.parameters_vary},
                    {"cells", c.cells},
                    {"cells_done", c.cells_done},
                    {"confidence", c.certainty.alone},
                    {"intervals_together", c.certainty.shown},
                    {"headline", headline_json(c)},
                    {"kpis", kpis_of(c, c.kpis)},
                    {"beside", kpis_of(c, c.beside)},
                    {"provenance_known", c.provenance_known},
                    {"guesses", fields_of(c.guesses)},
                    {"stated", fields_of(c.stated)},
                    {"one_sided_levers", levers_of(c.one_sided)}};
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace clientele::tools
