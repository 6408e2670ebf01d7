// Of what the difference to the baseline is made: every part of profit within the horizon, and what lies beyond it.
#include <algorithm>
#include <cmath>

#include "output/comparison/worth.hpp"
#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
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
};

/// Discounted differences of sums of metrics, within the horizon, in the mean over futures that both arms have.
class Discounted {
 public:
  Discounted(const Material& material, std::size_t scenario, std::size_t policy, std::vector<double> rates)
      : material_(material), scenario_(scenario), policy_(policy), rates_(std::move(rates)) {}

  /// Of a flow at its month's worth; of a balance what it costs to have lent it.
  double flow(const std::string& metric) const { return mean(metric, false); }
  double capital(const std::string& metric) const { return mean(metric, true); }

 private:
  double mean(const std::string& metric, bool is_balance) const {
    const std::vector<double> ours = by_month(metric, policy_),
                              theirs = by_month(metric, material_.comparison.question.baseline);
    if (ours.empty() || theirs.size() != ours.size()) return 0;
    const std::size_t months = ours.size() / (material_.input.draws * material_.input.replications);
    double sum = 0;
    std::size_t futures = 0;
    for (std::size_t f = 0; f * months < ours.size(); ++f) {
      const double rate = rates_[f / material_.input.replications];
      double of_future = 0, worth = is_balance ? -rate / (1 + rate) : 1;
      for (std::size_t t = 0; t < months; ++t, worth /= 1 + rate)
        of_future += worth * (ours[f * months + t] - theirs[f * months + t]);
      if (std::isnan(of_future)) continue;
      sum += of_future;
      ++futures;
    }
    return futures == 0 ? 0 : sum / static_cast<double>(futures);
  }

  /// [future][month of the horizon], all tiers and groups together.
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
  void total(const std::string& name) { add(name, 0, level_, level_, "total"); }
  void part(const std::string& name, double amount) {
    add(name, level_, level_ + amount, amount, "part");
    level_ += amount;
    if (std::fabs(amount) > std::fabs(largest_)) largest_ = amount, largest_name_ = name;
  }
  double largest() const { return largest_; }
  const std::string& largest_name() const { return largest_name_; }
  std::vector<Row> rows() const { return rows_; }

 private:
  void add(const std::string& name, double begin, double end, double amount, const char* kind) {
    rows_.push_back({name, begin, end, amount, std::string(kind)});
  }
  double level_ = 0, largest_ = 0;
  std::string largest_name_;
  std::vector<Row> rows_;
};

/// Below this share of the whole step nothing is shown: it is rounding of doubles.
constexpr double negligible = 1e-9;

void add_parts(const Material& material, const Discounted& discounted, double within, Steps& steps) {
  const double contribution = discounted.flow("contribution");
  double explained = 0;
  const auto part = [&](const std::string& name, double amount) {
    if (std::fabs(amount) > negligible * std::fabs(within)) steps.part(material.say("part." + name), amount);
  };
  for (const Part& one : parts_of_contribution) {
    const double amount = one.sign * discounted.flow(one.metric);
    explained += amount;
    part(one.metric, amount);
  }
  part("other", contribution - explained);
  const double capital =
      discounted.capital("receivables") + discounted.capital("claims") - discounted.capital("rebates_owed");
  part("capital", capital);
  part("settled", within - contribution - capital);
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
  Steps steps;
  const std::string policy = policy_name(material, answer->policy), baseline = baseline_name(material);
  add_parts(material, Discounted(material, answer->scenario, answer->policy, rates), within.statements.average.mean,
            steps);
  if (answer->beyond && answer->whole)
    steps.part(material.say("part.beyond"), last.statements.average.mean - within.statements.average.mean);
  steps.total(policy);
  Picture picture{.id = "waterfall", .drawn = "waterfall", .title = material.say("waterfall.title")};
  picture.rows = steps.rows();
  const std::string& unit = last.kpi.unit;
  const double digits = last.statements.average.half_width;
  picture.columns = {text_column(material, "step"), difference_column(material, "begin", unit, digits),
                     difference_column(material, "end", unit, digits),
                     difference_column(material, "amount", unit, digits), code_column(material, "kind")};
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
