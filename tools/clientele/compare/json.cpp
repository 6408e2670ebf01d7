// The stable form: names do not change within a schema_version, and numbers have all their digits.
#include <cmath>

#include <nlohmann/json.hpp>

#include "output/cube/wording.hpp"
#include "tools/clientele/caveat.hpp"
#include "tools/clientele/compare/sentences.hpp"
#include "tools/clientele/compare/shown.hpp"
#include "tools/clientele/compare/why.hpp"
#include "tools/clientele/compare/winners.hpp"

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

Json average_in_json(const Statements& s) {
  return {{"mean", number(s.average.mean)},
          {"half_width", number(s.average.half_width)},
          {"half_width_together", number(s.half_width_together)},
          {"over", output::name_of(s.unit, 2)},
          {"independent", s.average.values},
          {"caution", reason(s.average.caution)},
          {"why_missing", reason(s.average.why_missing)}};
}

Json prediction_of(const output::Prediction& range) {
  return {{"low", number(range.low)}, {"middle", number(range.middle)},   {"high", number(range.high)},
          {"futures", range.futures}, {"independent", range.independent}, {"why_missing", reason(range.why_missing)}};
}

Json chance_of(const output::Chance& chance) {
  return {{"share", number(chance.share)},
          {"low", number(chance.low)},
          {"high", number(chance.high)},
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
  return {{"average", average_in_json(s)},
          {"one_future", prediction_of(s.range)},
          {"chance_of_futures", chance_of(s.futures)},
          {"chance_of_draws", chance_of(s.draws)},
          {"variance", split_of(s.split)},
          {"futures_saved", number(s.futures_saved)},
          {"pairs", s.pairs},
          {"pairs_missing", s.missing}};
}

Json levels_of(const ComparedArm& arm) {
  Json quantiles = Json::array();
  for (const output::Quantile& quantile : arm.levels.quantiles)
    quantiles.push_back({{"p", quantile.p},
                         {"value", number(quantile.value)},
                         {"low", number(quantile.low)},
                         {"high", number(quantile.high)},
                         {"independent", quantile.independent},
                         {"needed", quantile.needed},
                         {"why_missing", reason(quantile.why_missing)}});
  const output::Interval& mean = arm.levels.mean;
  return {{"half_width", number(mean.half_width)},
          {"caution", reason(mean.caution)},
          {"why_missing", reason(mean.why_missing)},
          {"quantiles", quantiles},
          {"one_future", prediction_of(arm.levels.prediction)},
          {"month_of_peak", arm.month_of_peak ? prediction_of(*arm.month_of_peak) : Json(nullptr)}};
}

Json arm_of(const Comparison& comparison, const ComparedArm& arm) {
  return {{"scenario", comparison.scenarios[arm.scenario]},
          {"policy", comparison.policies[arm.policy]},
          {"mean", number(arm.mean())},
          {"levels", levels_of(arm)},
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

Json answer_json(const Comparison& comparison, const std::vector<Sentence>& more) {
  Json sentences = Json::array();
  std::vector<Sentence> all = sentences_of(comparison);
  all.insert(all.end(), more.begin(), more.end());
  for (const Sentence& sentence : all) sentences.push_back({{"about", sentence.about}, {"text", sentence.text}});
  return sentences;
}

Json headline_json(const Comparison& comparison) {
  std::string text;
  for (const Sentence& sentence : sentences_of(comparison)) text += (text.empty() ? "" : " ") + sentence.text;
  if (!comparison.answer) return {{"sentence", nullptr}};
  const output::Answer& answer = *comparison.answer;
  return {{"kpi", answer.headline.kpi.name},
          {"scenario", comparison.scenarios[answer.scenario]},
          {"policy", comparison.policies[answer.policy]},
          {"of_policies", answer.rivals},
          {"half_width_when_picked", number(answer.headline.half_width)},
          {"names_winner", answer.names_winner()},
          {"depends_on_horizon", answer.depends_on_horizon()},
          {"sentence", text}};
}

/// Infinite where it never pays back: null, and counted in "never".
Json payback_json(const std::optional<output::Payback>& known) {
  if (!known) return nullptr;
  const output::Payback& payback = *known;
  return {{"low", number(payback.low)}, {"middle", number(payback.middle)}, {"high", number(payback.high)},
          {"futures", payback.futures}, {"never", payback.never},           {"months", payback.months}};
}

Json interval_json(const output::Interval& value) {
  return {{"mean", number(value.mean)},
          {"half_width", number(value.half_width)},
          {"caution", reason(value.caution)},
          {"why_missing", reason(value.why_missing)}};
}

/// Of policies with a loyalty program.
Json program_json(const Comparison& comparison) {
  Json all = Json::array();
  for (const output::Lift& lift : comparison.lifts)
    all.push_back({{"scenario", comparison.scenarios[lift.scenario]},
                   {"policy", comparison.policies[lift.policy]},
                   {"baseline_has_program", lift.is_against_program},
                   {"implied_lift", interval_json(lift.implied)},
                   {"implied_lift_one_future", prediction_of(lift.implied_in_future)},
                   {"break_even_lift", interval_json(lift.break_even)},
                   {"break_even_lift_one_future", prediction_of(lift.break_even_in_future)},
                   {"lead", interval_json(lift.lead)},
                   {"margin", interval_json(lift.margin)},
                   {"payback_month", payback_json(lift.payback)}});
  return all;
}

/// Only where it was asked for.
Json over_time_json(const Comparison& comparison) {
  if (!comparison.over_time) return nullptr;
  Json arms = Json::array();
  for (const output::ArmOverTime& arm : comparison.over_time->arms) {
    Json ends = Json::array();
    for (std::size_t e = 0; e < arm.sums.size(); ++e)
      ends.push_back({{"months", comparison.over_time->ends[e]},
                      {"mean", number(arm.sums[e].mean)},
                      {"half_width", number(arm.sums[e].half_width)},
                      {"why_missing", reason(arm.sums[e].why_missing)},
                      {"one_future", prediction_of(arm.futures[e])}});
    arms.push_back({{"scenario", comparison.scenarios[arm.scenario]},
                    {"policy", comparison.policies[arm.policy]},
                    {"ends", ends},
                    {"payback_month", payback_json(arm.payback)}});
  }
  return arms;
}

/// Only where it was asked for.
Json by_json(const Comparison& comparison, const output::By* by) {
  if (!by) return nullptr;
  Json arms = Json::array();
  for (const output::ByArm& arm : by->arms) {
    Json parts = Json::array();
    for (const output::ByPart& part : arm.parts) {
      Json values = Json::array();
      for (std::size_t m = 0; m < part.values.size(); ++m) {
        const output::ByMeasure& measure = by->measures[m];
        const output::ByValue& value = part.values[m];
        values.push_back({{"name", measure.name},
                          {"meaning", measure.meaning},
                          {"unit", measure.unit == "money" ? comparison.currency : measure.unit},
                          {"average", interval_json(value.level)},
                          {"share", measure.per.empty() ? interval_json(value.share) : Json(nullptr)},
                          {"difference", value.difference ? interval_json(*value.difference) : Json(nullptr)}});
      }
      parts.push_back({{"name", part.name}, {"measures", values}});
    }
    arms.push_back({{"scenario", comparison.scenarios[arm.scenario]},
                    {"policy", comparison.policies[arm.policy]},
                    {"parts", parts},
                    {"left_out", arm.left_out}});
  }
  return {{"axis", output::name_of(by->axis)}, {"arms", arms}};
}

/// Of policies that are held against a yardstick.
Json misplaced_json(const Comparison& comparison) {
  if (comparison.misplaced.empty()) return nullptr;
  Json all = Json::array();
  for (std::size_t p = 0; p < comparison.misplaced.size(); ++p)
    if (comparison.is_stated(p) && !std::isnan(comparison.misplaced[p].mean))
      all.push_back({{"policy", comparison.policies[p]},
                     {"share", comparison.misplaced[p].mean},
                     {"half_width", number(comparison.misplaced[p].half_width)}});
  return all;
}

/// Of a KPI that adds up customers.
Json channels_json(const Comparison& comparison, const output::WhyKpi& kpi, const output::WhyArm& arm) {
  if (!arm.channels) return nullptr;
  return {{"shared", comparison.policies[arm.channels->shared]},
          {"shared_and_own", comparison.policies[arm.channels->shared_and_own]},
          {"sentence", channels_sentence(comparison, kpi, arm)},
          {"both", against_of(arm.channels->both)},
          {"own", against_of(arm.channels->own)},
          {"lost", against_of(arm.channels->lost)}};
}

/// Only where it was asked for.
Json why_json(const Comparison& comparison, const output::Why* why) {
  if (!why) return nullptr;
  Json arms = Json::array();
  for (const output::WhyKpi& kpi : why->kpis)
    for (const output::WhyArm& arm : kpi.arms) {
      Json told = {{"kpi", kpi.words.name},
                   {"scenario", comparison.scenarios[arm.scenario]},
                   {"policy", comparison.policies[arm.policy]},
                   {"held", comparison.policies[arm.held]},
                   {"at_random", comparison.policies[arm.at_random]},
                   {"sentence", why_sentence(comparison, kpi, arm)}};
      for (const WhyPart& part : parts_of(arm)) told[std::string(part.cause)] = against_of(*part.statements);
      told["channels"] = channels_json(comparison, kpi, arm);
      arms.push_back(std::move(told));
    }
  return arms;
}

/// Only where it was asked for.
Json winners_json(const Comparison& comparison, const output::Winners* winners) {
  if (!winners) return nullptr;
  const auto row_json = [](const output::WinnersRow& row) -> Json {
    return {{"name", row.name},
            {"customers", number(row.customers)},
            {"difference", interval_json(row.difference)},
            {"of_customer", interval_json(row.of_customer)},
            {"granted", row.granted ? interval_json(*row.granted) : Json(nullptr)}};
  };
  Json arms = Json::array();
  for (const output::WinnersArm& arm : winners->arms) {
    const auto rows_json = [&](const std::vector<output::WinnersRow>& rows) {
      Json all = Json::array();
      for (const output::WinnersRow& row : rows) all.push_back(row_json(row));
      return all;
    };
    arms.push_back({{"scenario", comparison.scenarios[arm.scenario]},
                    {"policy", comparison.policies[arm.policy]},
                    {"sentence", winners_sentence(comparison, *winners, arm)},
                    {"all", row_json(arm.all)},
                    {"tiers", rows_json(arm.tiers)},
                    {"tenths", rows_json(arm.tenths)},
                    {"groups", rows_json(arm.groups)},
                    {"classes", arm.are_classes_left_out ? Json(nullptr) : rows_json(arm.classes)},
                    {"left_out", arm.left_out}});
  }
  return {
      {"kpi", winners->kpi.name}, {"unit", winners->kpi.unit}, {"granted", reason(winners->granted)}, {"arms", arms}};
}

Json conditions_json(const Comparison& comparison) {
  Json all = Json::array();
  if (!comparison.answer) return all;
  for (const output::Condition& condition : comparison.answer->conditions) {
    Json numbers = Json::array();
    for (const output::Moved& moved : condition.hangs_on.strongest) {
      Json turns = Json::array();
      for (const output::Turn& turn : moved.turns)
        turns.push_back({{"value", number(turn.value)},
                         {"low", number(turn.low)},
                         {"high", number(turn.high)},
                         {"positive_above", turn.positive_above}});
      const output::DrawnNumber& drawn = comparison.drawn[moved.number];
      Json together = Json::array();
      for (const std::size_t other : moved.together) together.push_back(comparison.drawn[other].field.path);
      numbers.push_back({{"path", drawn.field.path},
                         {"stated", number(drawn.field.stated)},
                         {"value_10", number(moved.low)},
                         {"value_90", number(moved.high)},
                         {"difference_10", number(moved.at_low)},
                         {"difference_90", number(moved.at_high)},
                         {"turns", turns},
                         {"together", together}});
    }
    all.push_back({{"kpi", condition.kpi.name},
                   {"explained", number(condition.hangs_on.explained)},
                   {"numbers", numbers},
                   {"why_missing", reason(condition.hangs_on.why_missing)}});
  }
  return all;
}

Json not_varied_json(const Comparison& comparison) {
  Json paths = Json::array();
  if (!comparison.answer) return paths;
  for (const sim::Assumption& field : comparison.answer->not_varied) paths.push_back(field.path);
  return paths;
}

Json spending_json(const Comparison& comparison) {
  if (!comparison.answer || !comparison.answer->spending) return nullptr;
  const output::Spending& spending = *comparison.answer->spending;
  Json evenly = nullptr;
  if (spending.evenly)
    evenly = {{"policy", comparison.policies[*spending.evenly]},
              {"average", average_in_json(*spending.of_evenly)},
              {"levers_relative", number(spending.levers_of_evenly)}};
  return {{"levers", average_in_json(spending.levers)},
          {"gain_per_unit", number(spending.gain_per_unit)},
          {"same_money_evenly", evenly}};
}

/// Only where the study has bounds.
Json backtest_json(const output::FittedToBooks& fitted) {
  if (!fitted.is_backtested()) return nullptr;
  return {{"inside", fitted.inside},
          {"figures", fitted.figures},
          {"origins", fitted.origins},
          {"months", fitted.months},
          {"changed_since", fitted.changed_since}};
}

Json bounds_json(const Comparison& c, const std::vector<output::KeptBound>& bounds) {
  Json all = Json::array();
  for (const output::KeptBound& kept : bounds) {
    Json arms = Json::array();
    for (const output::Broken& arm : kept.arms)
      arms.push_back({{"scenario", c.scenarios[arm.scenario]},
                      {"policy", c.policies[arm.policy]},
                      {"broken", arm.broken},
                      {"futures", arm.futures},
                      {"low", number(arm.share.low)},
                      {"high", number(arm.share.high)}});
    const auto bound = [](const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); };
    all.push_back({{"kpi", kept.words.name},
                   {"unit", kept.words.unit},
                   {"at_most", bound(kept.bound.at_most)},
                   {"at_least", bound(kept.bound.at_least)},
                   {"policy", reason(kept.bound.policy)},
                   {"arms", arms}});
  }
  return all;
}

}  // namespace

std::string json_of(const Comparison& c, const output::By* by, const std::vector<Sentence>& more,
                    const output::Why* why, const std::vector<output::KeptBound>& bounds,
                    const output::Winners* winners) {
  const bool policies = c.question.is_across_policies();
  const Json all = {{"schema_version", 2},
                    {"title", c.title},
                    {"study_digest", c.study_digest},
                    {"data_hash", reason(c.data_hash)},
                    {"currency", c.currency},
                    {"across", policies ? "policies" : "scenarios"},
                    {"baseline", (policies ? c.policies : c.scenarios)[c.question.baseline]},
                    {"draws", c.draws},
                    {"replications", c.replications},
                    {"customer_file", reason(c.customer_file)},
                    {"caveat", reason(caveat_of(c.customer_file, c.to_books))},
                    {"fitted_to_books", c.to_books.fitted},
                    {"backtest", backtest_json(c.to_books)},
                    {"people", output::name_of(c.people)},
                    {"luck", output::name_of(c.luck)},
                    {"parameters_vary", !c.drawn.empty()},
                    {"share_of_ten_largest", number(c.share_of_ten_largest)},
                    {"cells", c.axes().cells()},
                    {"cells_done", c.cells_done},
                    {"confidence", c.certainty.alone},
                    {"intervals_together", c.certainty.shown},
                    {"answer", answer_json(c, more)},
                    {"headline", headline_json(c)},
                    {"payback_month", payback_json(c.answer ? c.answer->payback : std::nullopt)},
                    {"conditions", conditions_json(c)},
                    {"not_varied", not_varied_json(c)},
                    {"spending", spending_json(c)},
                    {"program", program_json(c)},
                    {"program_kpis", kpis_of(c, c.of_program)},
                    {"constraints", bounds_json(c, bounds)},
                    {"kpis", kpis_of(c, c.kpis)},
                    {"beside", kpis_of(c, c.beside)},
                    {"over_time", over_time_json(c)},
                    {"by", by_json(c, by)},
                    {"why", why_json(c, why)},
                    {"misplaced", misplaced_json(c)},
                    {"by_class", winners_json(c, winners)},
                    {"provenance_known", c.provenance_known},
                    {"guesses", fields_of(c.guesses)},
                    {"stated", fields_of(c.stated)},
                    {"one_sided_levers", levers_of(c.one_sided)},
                    {"warnings", c.warnings}};
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace clientele::tools
