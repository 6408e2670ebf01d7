// A flat table with all digits, quoted as RFC 4180 says; no name in it is a formula.
#include <cmath>

#include "output/cube/wording.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/compare/shown.hpp"

namespace clientele::tools {

using output::ComparedArm;
using output::ComparedKpi;
using output::Comparison;

namespace {

class Line {
 public:
  /// A name comes from the study of somebody else: an apostrophe keeps a spreadsheet from taking it for a formula.
  Line& text(const std::string& value) {
    const bool is_like_a_formula = value.find_first_of("=+-@\t\r\n") == 0;
    return cell(is_like_a_formula ? "'" + value : value);
  }
  Line& number(double value) { return cell(std::isfinite(value) ? sim::shortest_text(value) : ""); }
  Line& count(std::size_t value) { return cell(std::to_string(value)); }
  std::string end() const { return line_ + "\n"; }

 private:
  Line& cell(const std::string& value) {
    separate();
    if (value.find_first_of(",\"\r\n") == std::string::npos) {
      line_ += value;
      return *this;
    }
    line_ += '"';
    for (const char c : value) line_ += c == '"' ? std::string("\"\"") : std::string(1, c);
    line_ += '"';
    return *this;
  }
  void separate() {
    line_ += begun_ ? "," : "";
    begun_ = true;
  }
  std::string line_;
  bool begun_ = false;
};

constexpr const char* columns =
    "kpi,unit,direction,scenario,policy,baseline,mean,mean_half_width,future_low,future_middle,future_high,average,"
    "half_width,half_width_together,over,independent,difference_low,difference_middle,difference_high,futures,"
    "better_futures,better_futures_low,better_futures_high,better_draws,better_draws_low,better_draws_high,"
    "futures_saved,pairs,pairs_missing\n";
constexpr int columns_against = 18;

std::string line_of(const Comparison& c, const ComparedKpi& kpi, const ComparedArm& arm) {
  const bool policies = c.question.is_across_policies();
  Line line;
  line.text(kpi.words.name).text(kpi.words.unit).text(output::direction_of(kpi.words.direction));
  line.text(c.scenarios[arm.scenario]).text(c.policies[arm.policy]);
  line.text((policies ? c.policies : c.scenarios)[c.question.baseline]).number(arm.mean());
  const output::Prediction& level = arm.levels.prediction;
  line.number(arm.levels.mean.half_width).number(level.low).number(level.middle).number(level.high);
  if (!arm.against) {
    for (int i = 0; i < columns_against; ++i) line.text("");
    return line.end();
  }
  const output::Statements& s = *arm.against;
  line.number(s.average.mean).number(s.average.half_width).number(s.half_width_together);
  line.text(output::name_of(s.unit, 2)).count(s.average.values);
  line.number(s.range.low).number(s.range.middle).number(s.range.high).count(s.range.futures);
  line.number(s.futures.share).number(s.futures.low).number(s.futures.high);
  line.number(s.draws.share).number(s.draws.low).number(s.draws.high);
  return line.number(s.futures_saved).count(s.pairs).count(s.missing).end();
}

}  // namespace

std::string csv_over_time(const Comparison& c) {
  const bool policies = c.question.is_across_policies();
  std::string text = "scenario,policy,baseline,months,sum,half_width,future_low,future_middle,future_high,futures\n";
  for (const output::ArmOverTime& arm : c.over_time->arms)
    for (std::size_t e = 0; e < c.over_time->ends.size(); ++e) {
      Line line;
      line.text(c.scenarios[arm.scenario]).text(c.policies[arm.policy]);
      line.text((policies ? c.policies : c.scenarios)[c.question.baseline]).count(c.over_time->ends[e]);
      line.number(arm.sums[e].mean).number(arm.sums[e].half_width).number(arm.futures[e].low);
      text += line.number(arm.futures[e].middle).number(arm.futures[e].high).count(arm.futures[e].futures).end();
    }
  return text;
}

std::string csv_of(const Comparison& comparison) {
  std::string text = columns;
  for (const auto* kpis : {&comparison.kpis, &comparison.beside})
    for (const ComparedKpi& kpi : *kpis)
      for (const ComparedArm& arm : kpi.arms) text += line_of(comparison, kpi, arm);
  return text;
}

}  // namespace clientele::tools
