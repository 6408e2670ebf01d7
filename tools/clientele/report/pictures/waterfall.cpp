// Of what the difference to the baseline is made: every part of profit within the horizon, and what lies beyond it.
#include <algorithm>
#include <cmath>

#include "output/comparison/worth.hpp"
#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/counted.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

/// What a contribution is made of, each with its sign; the message "part.NAME" says what it is called.
struct Part {
  const char* metric;
  double sign;
};
constexpr Part parts_of_contribution[] = {
    {"gross_margin", 1},    {"discount_given", -1},   {"surcharges", 1},           {"rebate_accrued", -1},
    {"care_cost", -1},      {"expedite_cost", -1},    {"offer_cost", -1},          {"insurance_cost", -1},
    {"logistics_cost", -1}, {"acquisition_cost", -1}, {"administration_cost", -1}, {"written_off", -1},
    {"returned", -1},       {"goods_returned", 1},    {"returns_cost", -1},        {"reward_cost", -1},
    {"points_sold", 1},
};

/// Adds `weight` times the second to the first, future by future.
void add(output::Futures& sum, const output::Futures& more, double weight) {
  for (std::size_t f = 0; f < sum.values.size(); ++f) sum.values[f] += weight * more.values[f];
}

/// Differences of an arm to the baseline within the horizon, discounted, by future.
class Discounted {
 public:
  Discounted(const Material& material, std::size_t scenario, std::size_t policy, std::vector<double> rates)
      : material_(material), scenario_(scenario), policy_(policy), rates_(std::move(rates)) {}

  /// Of a flow at its month's worth; of a balance what it costs to have lent it.
  output::Futures flow(const std::string& metric) const { return difference(metric, false); }
  output::Futures capital(const std::string& metric) const { return difference(metric, true); }

  output::Futures nothing() const {
    const output::ComparisonInput& input = material_.input;
    return {input.draws, input.replications, input.people, std::vector<double>(input.draws * input.replications),
            !input.drawn.empty()};
  }

 private:
  output::Futures difference(const std::string& metric, bool is_balance) const {
    output::Futures all = nothing();
    const std::vector<double> ours = by_month(metric, policy_),
                              theirs = by_month(metric, material_.comparison.question.baseline);
    const std::size_t months = ours.size() / all.values.size();
    for (std::size_t f = 0; f * months < ours.size() && months > 0; ++f) {
      const double rate = rates_[f / all.replications];
      double worth = is_balance ? -rate / (1 + rate) : 1;
      for (std::size_t t = 0; t < months; ++t, worth /= 1 + rate)
        all.values[f] += worth * (ours[f * months + t] - theirs[f * months + t]);
    }
    return all;
  }

  /// [future][month of the horizon], all tiers and groups together; empty where the cube has no such numbers.
  std::vector<double> by_month(const std::string& metric, std::size_t policy) const {
    const auto& metrics = material_.cube.metrics();
    if (std::ranges::find(metrics, metric) == metrics.end()) return {};
    const output::CubeReader::Axes& axes = material_.cube.axes();
    const std::vector<double> values = material_.cube.metric(metric, scenario_, policy);
    const std::size_t inner = axes.tiers * axes.groups.size(), futures = axes.draws * axes.replications;
    std::vector<double> sums;
    for (std::size_t f = 0; f < futures; ++f)
      for (std::size_t t = 0; t < material_.input.months; ++t) {
        double sum = 0;
        bool any = false;
        for (std::size_t i = 0; i < inner; ++i) {
          const double value = values[(f * axes.months + t) * inner + i];
          any = any || !std::isnan(value);
          sum += std::isnan(value) ? 0 : value;
        }
        sums.push_back(any ? sum : output::not_known);
      }
    return sums;
  }

  const Material& material_;
  std::size_t scenario_, policy_;
  std::vector<double> rates_;
};

/// Steps from the baseline, where the difference is 0, to the policy; what none of them explains is a step of its own.
class Steps {
 public:
  explicit Steps(const Material& material) : material_(material) {}

  /// Parts that are 0 but for rounding of doubles are no steps.
  void part(const std::string& name, const output::Futures& futures) {
    const output::Interval amount = average_of(material_, futures);
    if (std::isnan(amount.mean) || std::fabs(amount.mean) <= negligible) return;
    rows_.push_back(
        {name, level_, level_ + amount.mean, amount.mean, amount.low(), amount.high(), std::string("part")});
    level_ += amount.mean;
    narrowest_.add(amount.half_width);
    if (std::fabs(amount.mean) > std::fabs(largest_)) largest_ = amount.mean, largest_name_ = name;
  }
  void total(const std::string& name, const output::Interval& amount) {
    rows_.push_back({name, 0.0, level_, level_, amount.low(), amount.high(), std::string("total")});
  }
  double largest() const { return largest_; }
  const std::string& largest_name() const { return largest_name_; }
  const std::vector<Row>& rows() const { return rows_; }
  /// Of the steps: what their digits are worth.
  double narrowest() const { return narrowest_.value(); }

 private:
  static constexpr double negligible = 1e-4;  ///< of the currency: far below one quantum of any future

  const Material& material_;
  double level_ = 0, largest_ = 0;
  std::string largest_name_;
  Narrowest narrowest_;
  std::vector<Row> rows_;
};

/// The KPI's difference to the baseline, by future.
output::Futures difference_of(const Material& material, const output::Answer& answer, const output::KpiTexts& kpi) {
  const std::vector<double> values = material.input.values(kpi.name);
  const auto of = [&](std::size_t policy) {
    return output::futures_of(material.input, values, answer.scenario, policy);
  };
  return output::difference(of(answer.policy), of(material.comparison.question.baseline));
}

void add_parts(const Material& material, const Discounted& discounted, const output::Futures& within, Steps& steps) {
  output::Futures left = discounted.flow("contribution"), settled = within;
  add(settled, left, -1);
  for (const Part& one : parts_of_contribution) {
    output::Futures part = discounted.nothing();
    add(part, discounted.flow(one.metric), one.sign);
    add(left, part, -1);
    steps.part(material.say(std::string("part.") + one.metric), part);
  }
  steps.part(material.say("part.other"), left);
  output::Futures capital = discounted.capital("receivables");
  add(capital, discounted.capital("claims"), 1);
  add(capital, discounted.capital("rebates_owed"), -1);
  steps.part(material.say("part.capital"), capital);
  add(settled, capital, -1);
  steps.part(material.say("part.settled"), settled);
}

}  // namespace

std::vector<Picture> waterfall_picture(const Material& material) {
  const auto& answer = material.comparison.answer;
  if (!answer || !answer->within || !has_single_months(material)) return {};
  const output::KpiTexts* whole = material.input.kpi(sim::KpiPart::whole);
  const std::vector<double> rates =
      whole == nullptr ? std::vector<double>() : output::rates_of(material.input, whole->rate_field);
  const auto& metrics = material.cube.metrics();
  if (rates.empty() || std::ranges::find(metrics, "contribution") == metrics.end()) return {};
  const output::Effect &within = *answer->within, &last = answer->whole ? *answer->whole : within;
  if (std::isnan(last.statements.average.mean) || within.statements.average.mean == 0) return {};
  Steps steps(material);
  const std::string policy = policy_name(material, answer->policy), baseline = baseline_name(material);
  const output::Futures of_horizon = difference_of(material, *answer, within.kpi);
  add_parts(material, Discounted(material, answer->scenario, answer->policy, rates), of_horizon, steps);
  if (answer->beyond && answer->whole) {
    output::Futures beyond = difference_of(material, *answer, last.kpi);
    add(beyond, of_horizon, -1);
    steps.part(material.say("part.beyond"), beyond);
  }
  steps.total(policy, last.statements.average);
  Picture picture{.id = "waterfall", .drawn = "waterfall", .title = material.say("waterfall.title")};
  picture.rows = steps.rows();
  const std::string& unit = last.kpi.unit;
  const double digits = last.statements.average.half_width;
  const auto step = [&](const char* name) { return difference_column(material, name, unit, steps.narrowest()); };
  picture.columns = {
      text_column(material, "step"), step("begin"), step("end"), step("amount"), step("low"), step("high"),
      code_column(material, "kind")};
  picture.sentence =
      material.say(steps.largest() >= 0 ? "waterfall.adds" : "waterfall.takes",
                   {{"policy", policy},
                    {"baseline", baseline},
                    {"part", steps.largest_name()},
                    {"amount", amount(material, std::fabs(steps.largest()), unit)},
                    {"difference", signed_amount(material, last.statements.average.mean, unit, digits)}});
  picture.caption = material.say("waterfall.caption", {{"kpi", kpi_first(material, last.kpi)},
                                                       {"scenario", scenario_name(material, answer->scenario)}});
  picture.alternative = material.say("waterfall.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"total", material.say("code.total")}, {"y", axis_of_difference(material, unit)}};
  return {picture};
}

}  // namespace clientele::tools
