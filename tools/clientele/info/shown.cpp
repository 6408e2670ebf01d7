// Every text comes from a file of somebody else, and is shown so that it cannot steer a terminal.
#include "tools/clientele/info/shown.hpp"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "sim/core/printable.hpp"
#include "tools/clientele/caveat.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tools {

using sim::printable;
using Json = nlohmann::ordered_json;

namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + printable(name);
  return text.empty() ? "none" : text;
}

std::string whole(double count) { return with_commas(static_cast<std::uint64_t>(std::max(0.0, std::round(count)))); }

constexpr std::size_t columns_of_terminal = 80;

/// A name to the left, and what is said of it in as many lines as it takes.
class Lines {
 public:
  void add(const std::string& name, const std::string& value) {
    if (value.empty()) return;
    constexpr std::size_t width = 14;
    const std::string room(name.size() < width ? width - name.size() : 1, ' ');
    std::string block = wrapped(value, columns_of_terminal - width, 0);
    std::string indented;
    for (std::size_t at = 0; at < block.size(); ++at)
      indented +=
          block[at] == '\n' && at + 1 < block.size() ? "\n" + std::string(width, ' ') : std::string(1, block[at]);
    text_ += name + room + indented;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

std::string months_of(const Facts& facts) {
  std::string text = with_commas(facts.months);
  if (facts.run_off > 0) text += ", " + with_commas(facts.run_off) + " of them run-off";
  text += "; " + whole(facts.warmup) + " before them as warm-up";
  if (facts.beyond > 0) text += ", " + with_commas(facts.beyond) + " after them";
  if (facts.month_places < facts.months) text += "; summed into " + with_commas(facts.month_places) + " for metrics";
  return text;
}

/// Futures, and which of them are independent of each other.
std::string futures_of(const Facts& facts) {
  const bool drawn = !facts.uncertain.empty();
  std::string text = with_commas(facts.draws * facts.replications) + ": ";
  text += with_commas(facts.draws) + (facts.draws == 1 ? " draw" : " draws") + " x " + with_commas(facts.replications) +
          (facts.replications == 1 ? " replication" : " replications");
  if (!drawn) return text + "; the stated values hold in all";
  return text + "; each draw is another set of " + joined(facts.uncertain);
}

void add_policy(const PolicyFacts& policy, const Facts& facts, Lines& lines) {
  std::string text = printable(policy.name);
  if (policy.name == facts.baseline) text += " (baseline)";
  if (!policy.same_money_as.empty()) text += " (the money of " + printable(policy.same_money_as) + ", spent evenly)";
  if (policy.held != sim::Held::no)
    text += std::string(" (says why ") + printable(policy.twin) + " differs: its tiers" +
            (policy.held == sim::Held::at_random ? ", by chance," : "") + " are kept for good)";
  if (policy.blend != sim::Blend::no)
    text += std::string(" (says why ") + printable(policy.twin) + " differs: it counts " +
            (policy.blend == sim::Blend::shared ? "those customers" : "all customers") + " of it" +
            (policy.blend == sim::Blend::shared ? " whom " + printable(facts.baseline) + " has too" : "") +
            ", and of all others what they do under " + printable(facts.baseline) + ")";
  lines.add(&policy == &facts.policies.front() ? "policies" : "",
            text + (policy.rule.empty() ? "" : ": " + printable(policy.rule, 200)));
  for (const TierFacts& tier : policy.tiers)
    lines.add("", "- " + printable(tier.name) + (tier.rule.empty() ? "" : " (" + printable(tier.rule, 100) + ")") +
                      (tier.levers.empty() ? "" : ": " + printable(tier.levers, 400)));
}

void add_cube(const Facts::Cube& cube, Lines& lines) {
  lines.add("data", printable(cube.data_hash));
  lines.add("made by", "model " + printable(cube.model_version) + ", cube format " + printable(cube.format));
  lines.add("complete", (cube.cells_done == cube.cells ? "yes, " : "no, ") + with_commas(cube.cells_done) + " of " +
                            with_commas(cube.cells) + " cells done");
}

void add_sweep(const SweepFacts& sweep, Lines& lines) {
  lines.add("sweep", with_commas(sweep.points) + (sweep.points == 1 ? " point" : " points") +
                         (sweep.design.empty() ? "" : " (" + printable(sweep.design, 200) + ")"));
  for (const SweptFacts& number : sweep.numbers)
    lines.add("", "- " + printable(number.path, 200) + " from " + sim::number_text(number.low) + " to " +
                      sim::number_text(number.high) + (number.unit.empty() ? "" : " " + printable(number.unit)) + " (" +
                      with_commas(number.values) + (number.values == 1 ? " value)" : " values)"));
}

/// One fact a line, or as many as it takes.
std::string lines_of(const Facts& facts) {
  Lines lines;
  lines.add("title", printable(facts.title, 200));
  lines.add("question", printable(facts.question, 400));
  for (const ScenarioFacts& scenario : facts.scenarios)
    lines.add(&scenario == &facts.scenarios.front() ? "scenarios" : "",
              printable(scenario.name) + (scenario.shocks.empty() ? "" : ": " + printable(scenario.shocks, 1000)));
  for (const PolicyFacts& policy : facts.policies) add_policy(policy, facts, lines);
  if (facts.same_money_to_come) lines.add("", "each but the baseline is joined by one that spends its money evenly");
  lines.add("groups", joined(facts.groups));
  lines.add("months", months_of(facts));
  lines.add("customers",
            facts.beginning.empty() ? whole(facts.customers) + " at the start" : printable(facts.beginning, 1000));
  lines.add("futures", futures_of(facts));
  if (facts.sweep) add_sweep(*facts.sweep, lines);
  lines.add("people", printable(facts.people));
  lines.add("luck", printable(facts.luck) + ", seed " + whole(facts.seed));
  lines.add("headline", printable(facts.headline));
  lines.add("histograms", joined(facts.histograms));
  if (!facts.zero_metrics.empty())
    lines.add("always 0", joined(facts.zero_metrics) + " (what this study makes no use of)");
  for (const std::string& option : facts.options)
    lines.add(&option == &facts.options.front() ? "changed by" : "", printable(option, 200));
  for (const std::string& warning : facts.warnings)
    lines.add(&warning == &facts.warnings.front() ? "warnings" : "", printable(warning, 1000));
  lines.add("study", printable(facts.study_digest));
  if (facts.cube) add_cube(*facts.cube, lines);
  return lines.text();
}

std::string kpi_lines(const Facts& facts) {
  Table table(1, {"KPI", "formula", "unit", "direction"});
  for (const Described& kpi : facts.kpis)
    table.push_back({printable(kpi.name), printable(kpi.formula, 100), printable(kpi.unit), printable(kpi.direction)});
  return laid_out(table, 4);
}

std::string series_lines(const Facts& facts) {
  if (facts.series.empty()) return "";
  Table table(1, {"month by month", "meaning", "unit"});
  for (const Described& series : facts.series)
    table.push_back({printable(series.name), printable(series.meaning, 80), printable(series.unit)});
  return "\n" + laid_out(table, 3);
}

std::string metric_lines(const Facts& facts) {
  Table table(1, {"metric", "meaning", "unit"});
  for (const Described& metric : facts.metrics)
    table.push_back({printable(metric.name), printable(metric.meaning, 80), printable(metric.unit)});
  return laid_out(table, 3);
}

std::string assumption_lines(const Facts& facts) {
  if (facts.assumptions.empty()) return "";
  Table table(1, {"field", "value", "known as"});
  for (const sim::Assumption& field : facts.assumptions)
    table.push_back({printable(field.path), printable(field.value, 70), printable(field.mark)});
  std::string text = "\n";
  text += laid_out(table, 3);
  if (facts.levers.empty()) return text;
  Table levers(1, {"lever", "costs; buys", "used by"});
  for (const sim::LeverUse& lever : facts.levers)
    levers.push_back({printable(lever.path),
                      printable((lever.cost.empty() ? "nothing modelled" : lever.cost) + "; " +
                                    (lever.benefit.empty() ? "nothing modelled" : lever.benefit),
                                100),
                      joined(lever.policies)});
  return text + "\n" + laid_out(levers, 3);
}

Json described_of(const std::vector<Described>& list) {
  Json all = Json::array();
  for (const Described& item : list) {
    Json entry = {{"name", item.name}, {"meaning", item.meaning}, {"unit", item.unit}};
    if (!item.formula.empty()) entry["formula"] = item.formula;
    if (!item.direction.empty()) entry["direction"] = item.direction;
    all.push_back(entry);
  }
  return all;
}

Json scenarios_of(const Facts& facts) {
  Json all = Json::array();
  for (const ScenarioFacts& scenario : facts.scenarios) all.push_back(scenario.name);
  return all;
}

Json shocks_of(const Facts& facts) {
  Json all = Json::array();
  for (const ScenarioFacts& scenario : facts.scenarios) all.push_back(scenario.shocks);
  return all;
}

Json policies_of(const Facts& facts) {
  Json all = Json::array();
  for (const PolicyFacts& policy : facts.policies) {
    Json tiers = Json::array();
    for (const TierFacts& tier : policy.tiers)
      tiers.push_back({{"name", tier.name}, {"rule", tier.rule}, {"levers", tier.levers}});
    all.push_back({{"name", policy.name},
                   {"rule", policy.rule},
                   {"same_money_as", policy.same_money_as.empty() ? Json(nullptr) : Json(policy.same_money_as)},
                   {"keeps_tiers_of", policy.held == sim::Held::no ? Json(nullptr) : Json(policy.twin)},
                   {"tiers_by_chance", policy.held == sim::Held::at_random},
                   {"counts_customers_of", policy.blend == sim::Blend::no ? Json(nullptr) : Json(policy.twin)},
                   {"of_both_alone", policy.blend == sim::Blend::shared},
                   {"tiers", tiers}});
  }
  return all;
}

Json fields_of(const Facts& facts) {
  Json all = Json::array();
  for (const sim::Assumption& field : facts.assumptions)
    all.push_back({{"path", field.path},
                   {"value", field.value},
                   {"meaning", field.meaning},
                   {"mark", field.mark},
                   {"source", field.source},
                   {"uncertain", field.uncertain}});
  return all;
}

Json levers_of(const Facts& facts) {
  Json all = Json::array();
  for (const sim::LeverUse& lever : facts.levers)
    all.push_back(
        {{"path", lever.path}, {"cost", lever.cost}, {"benefit", lever.benefit}, {"policies", lever.policies}});
  return all;
}

Json dims_of(const Facts& facts) {
  Json dims = {{"scenario", facts.scenarios.size()}, {"policy", facts.policies.size()}, {"draw", facts.draws},
               {"replication", facts.replications},  {"month", facts.month_places},     {"tier", facts.tiers},
               {"group", facts.groups.size()}};
  if (facts.sweep) dims["point"] = facts.sweep->points;
  return dims;
}

Json sweep_of(const SweepFacts& sweep) {
  Json numbers = Json::array();
  for (const SweptFacts& number : sweep.numbers)
    numbers.push_back({{"path", number.path},
                       {"unit", number.unit},
                       {"low", number.low},
                       {"high", number.high},
                       {"values", number.values}});
  return {{"design", sweep.design}, {"points", sweep.points}, {"numbers", numbers}};
}

}  // namespace

std::string text_of(const Facts& facts) {
  std::string text = lines_of(facts);
  text.append(1, '\n').append(kpi_lines(facts)).append(series_lines(facts)).append(1, '\n').append(metric_lines(facts));
  text += assumption_lines(facts);
  return facts.customer_file.empty() ? text : text + '\n' + caveat_of(facts.customer_file, facts.to_books);
}

std::string json_of(const Facts& facts) {
  Json all = {{"schema_version", 2},
              {"kind", facts.cube ? "cube" : "study"},
              {"title", facts.title},
              {"question", facts.question},
              {"currency", facts.currency},
              {"study_digest", facts.study_digest},
              {"dims", dims_of(facts)},
              {"scenarios", scenarios_of(facts)},
              {"scenario_shocks", shocks_of(facts)},
              {"policies", policies_of(facts)},
              {"baseline", facts.baseline},
              {"groups", facts.groups},
              {"months", facts.months},
              {"run_off", facts.run_off},
              {"beyond", facts.beyond},
              {"warmup", facts.warmup},
              {"customers", facts.customers},
              {"beginning", facts.beginning},
              {"seed", facts.seed},
              {"customer_file", facts.customer_file},
              {"people", facts.people},
              {"luck", facts.luck},
              {"uncertain", facts.uncertain},
              {"study_options", facts.options},
              {"warnings", facts.warnings},
              {"headline", facts.headline},
              {"kpis", described_of(facts.kpis)},
              {"series", described_of(facts.series)},
              {"metrics", described_of(facts.metrics)},
              {"zero_metrics", facts.zero_metrics},
              {"histograms", facts.histograms},
              {"fields", fields_of(facts)},
              {"levers", levers_of(facts)}};
  if (facts.sweep) all["sweep"] = sweep_of(*facts.sweep);
  if (facts.cube) {
    all["cube_format"] = facts.cube->format;
    all["model_version"] = facts.cube->model_version;
    all["data_hash"] = facts.cube->data_hash;
    all["cells"] = facts.cube->cells;
    all["cells_done"] = facts.cube->cells_done;
    all["complete"] = facts.cube->cells == facts.cube->cells_done;
  }
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace clientele::tools
