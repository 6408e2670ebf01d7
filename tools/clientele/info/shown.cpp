// Every text comes from a file of somebody else, and is shown so that it cannot steer a terminal.
#include "tools/clientele/info/shown.hpp"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "scenarios/printable.hpp"
#include "tools/clientele/caveat.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tools {

using scenarios::printable;
using Json = nlohmann::ordered_json;

namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + printable(name);
  return text.empty() ? "none" : text;
}

std::string whole(double count) { return with_commas(static_cast<std::uint64_t>(std::max(0.0, std::round(count)))); }

/// "months  36 (12 more before them, 0 run-off)" and its like: one line per fact.
std::string lines_of(const Facts& facts) {
  Table table;
  const auto add = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) table.push_back({name, value});
  };
  add("title", printable(facts.title, 200));
  add("question", printable(facts.question, 400));
  add("scenarios", joined(facts.scenarios));
  for (const PolicyFacts& policy : facts.policies)
    add(&policy == &facts.policies.front() ? "policies" : "", printable(policy.name) +
                                                                  (policy.name == facts.baseline ? " (baseline)" : "") +
                                                                  ", tiers: " + joined(policy.tiers));
  add("groups", joined(facts.groups));
  add("months",
      with_commas(facts.months) + (facts.run_off > 0 ? ", " + with_commas(facts.run_off) + " of them run-off" : "") +
          "; " + whole(facts.warmup) + " before them as warm-up" +
          (facts.beyond > 0 ? ", " + with_commas(facts.beyond) + " after them" : "") +
          (facts.month_places < facts.months ? "; summed into " + with_commas(facts.month_places) + " for metrics"
                                             : ""));
  add("customers", facts.beginning.empty() ? whole(facts.customers) + " at the start" : printable(facts.beginning));
  add("draws",
      with_commas(facts.draws) + (facts.uncertain.empty() ? " (stated values)" : " of " + joined(facts.uncertain)));
  add("replications", with_commas(facts.replications));
  add("people", printable(facts.people));
  add("luck", printable(facts.luck) + ", seed " + whole(facts.seed));
  add("headline", printable(facts.headline));
  add("histograms", joined(facts.histograms));
  for (const std::string& option : facts.options)
    add(&option == &facts.options.front() ? "changed by" : "", printable(option, 200));
  add("study", printable(facts.study_digest));
  if (!facts.cube) return laid_out(table);
  const Facts::Cube& cube = *facts.cube;
  add("data", printable(cube.data_hash));
  add("made by", "model " + printable(cube.model_version) + ", cube format " + printable(cube.format));
  add("complete", (cube.cells_done == cube.cells ? "yes, " : "no, ") + with_commas(cube.cells_done) + " of " +
                      with_commas(cube.cells) + " cells done");
  return laid_out(table);
}

std::string kpi_lines(const Facts& facts) {
  Table table(1, {"KPI", "formula", "unit", "direction"});
  for (const Described& kpi : facts.kpis)
    table.push_back({printable(kpi.name), printable(kpi.formula, 100), printable(kpi.unit), printable(kpi.direction)});
  return laid_out(table, 4);
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

Json policies_of(const Facts& facts) {
  Json all = Json::array();
  for (const PolicyFacts& policy : facts.policies) all.push_back({{"name", policy.name}, {"tiers", policy.tiers}});
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
  return {{"scenario", facts.scenarios.size()}, {"policy", facts.policies.size()}, {"draw", facts.draws},
          {"replication", facts.replications},  {"month", facts.month_places},     {"tier", facts.tiers},
          {"group", facts.groups.size()}};
}

}  // namespace

std::string text_of(const Facts& facts) {
  std::string text = lines_of(facts);
  text.append(1, '\n').append(kpi_lines(facts)).append(1, '\n').append(metric_lines(facts));
  text += assumption_lines(facts);
  return facts.customer_file.empty() ? text : text + '\n' + caveat_of(facts.customer_file);
}

std::string json_of(const Facts& facts) {
  Json all = {{"schema_version", 1},
              {"kind", facts.cube ? "cube" : "study"},
              {"title", facts.title},
              {"question", facts.question},
              {"currency", facts.currency},
              {"study_digest", facts.study_digest},
              {"dims", dims_of(facts)},
              {"scenarios", facts.scenarios},
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
              {"headline", facts.headline},
              {"kpis", described_of(facts.kpis)},
              {"metrics", described_of(facts.metrics)},
              {"histograms", facts.histograms},
              {"fields", fields_of(facts)},
              {"levers", levers_of(facts)}};
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
