// Writes an invented cube and a lived one, and beside each what any reader should find in it; the scripts of this
// folder then read them.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include <nlohmann/json.hpp>

#include "output/cube/reader.hpp"
#include "output/records/sink.hpp"
#include "sim/draws.hpp"
#include "tests/output/invented_points.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/toys.hpp"

namespace clientele::tests {

namespace {

using Json = nlohmann::ordered_json;

/// The whole folder is the setup of interop/readers: it stays.
std::filesystem::path fresh_folder(const std::string& name) {
  const std::filesystem::path folder = std::filesystem::path(CLIENTELE_BUILD_DIR) / "tests/interop" / name;
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

template <class List>
Json names_of(const List& list) {
  Json names = Json::array();
  for (const auto& item : list) names.push_back(item.name);
  return names;
}

std::size_t tiers_of(const Invented& all, const sim::Cell& cell) {
  return all.study.policies[cell.policy].tiers.size();
}

/// Sum over all that is there, the number that is there, and one value to compare exactly.
Json metric_facts(const Invented& all, std::size_t m) {
  const sim::MetricInfo& metric = all.info.metrics[m];
  const double one = metric.scale * (metric.unit == sim::MetricUnit::money ? all.study.money_quantum : 1);
  std::int64_t sum = 0, present = 0;
  for (const auto& [cell, outcome] : all.outcomes) {
    present += static_cast<std::int64_t>(all.info.months * tiers_of(all, cell) * all.info.groups);
    for (std::size_t at = m; at < outcome.counts.size(); at += all.info.metrics.size()) sum += outcome.counts[at];
  }
  const std::size_t place = (4 * all.info.tiers + 1) * all.info.groups + 1;  // month 4, tier 1, group 1
  const auto& counts = all.outcomes.at({1, 2, 1, 0}).counts;
  return {{"units", metric.unit == sim::MetricUnit::money  ? "EUR"
                    : metric.unit == sim::MetricUnit::days ? "day"
                                                           : "1"},
          {"long_name", metric.meaning},
          {"sum", one * static_cast<double>(sum)},
          {"present", present},
          {"value", one * static_cast<double>(counts[place * all.info.metrics.size() + m])}};
}

/// The same of months beyond the horizon.
Json beyond_facts(const Invented& all, std::size_t k) {
  const std::vector<std::size_t> kept = all.info.metrics_beyond();
  const sim::MetricInfo& metric = all.info.metrics[kept[k]];
  const double one = metric.scale * (metric.unit == sim::MetricUnit::money ? all.study.money_quantum : 1);
  std::int64_t sum = 0;
  for (const auto& [cell, outcome] : all.outcomes)
    for (std::size_t at = k; at < outcome.beyond.size(); at += kept.size()) sum += outcome.beyond[at];
  const std::size_t place = (1 * all.info.tiers + 1) * all.info.groups + 1;  // month 1, tier 1, group 1
  const auto& counts = all.outcomes.at({1, 2, 1, 0}).beyond;
  return {{"sum", one * static_cast<double>(sum)},
          {"value", one * static_cast<double>(counts[place * kept.size() + k])}};
}

/// Of all customers, and of each tier or group where that is told.
Json kpi_facts(const Invented& all, const sim::KpiInfo& kpi) {
  const auto of = [&](const sim::CustomersOf& part) {
    const double value = sim::evaluate(kpi, all.info, all.study.money_quantum, all.outcomes.at({1, 2, 1, 0}), part);
    return std::isnan(value) ? Json() : Json(value);
  };
  Json facts{{"value", of({})}, {"by_group", Json::array()}};
  for (std::size_t g = 0; g < all.info.groups; ++g) facts["by_group"].push_back(of({.group = g}));
  if (kpi.monthly) return facts;  // of which a tier has none
  for (std::size_t k = 0; k < all.info.tiers; ++k)
    facts["by_tier"].push_back(k < tiers_of(all, {1, 2, 1, 0}) ? of({.tier = k}) : Json());
  return facts;
}

/// Over the months of the horizon, all cells, tiers and groups together.
Json sum_facts(const Invented& all) {
  Json facts = Json::object();
  for (const std::string& name : all.details.summed) {
    const auto metric = std::ranges::find(all.info.metrics, name, &sim::MetricInfo::name);
    const double one = metric->scale * (metric->unit == sim::MetricUnit::money ? all.study.money_quantum : 1);
    const auto m = static_cast<std::size_t>(metric - all.info.metrics.begin());
    std::int64_t sum = 0;
    for (const auto& [cell, outcome] : all.outcomes)
      for (std::size_t at = m; at < outcome.counts.size() / all.info.months * all.info.horizon();
           at += all.info.metrics.size())
        sum += outcome.counts[at];
    facts[name] = one * static_cast<double>(sum);
  }
  return facts;
}

/// Sum over all that is there, the number that is there, and one value to compare exactly.
Json series_facts(const Invented& all, const sim::KpiInfo& kpi) {
  double sum = 0;
  std::int64_t present = 0;
  const auto of = [&](const sim::CellOutcome& outcome) {
    return sim::evaluate_by_month(kpi, all.info, all.study.money_quantum, outcome);
  };
  for (const auto& [cell, outcome] : all.outcomes)
    for (const double value : of(outcome))
      if (!std::isnan(value)) sum += value, ++present;
  return {{"units", "EUR"}, {"sum", sum}, {"present", present}, {"value", of(all.outcomes.at({1, 2, 1, 0}))[3]}};
}

Json histogram_facts(const Invented& all, std::size_t h) {
  std::int64_t customers = 0, sum = 0;
  for (const auto& [cell, outcome] : all.outcomes)
    for (const auto& bins : outcome.histograms[h])
      for (const sim::HistogramBin& bin : bins) {
        customers += bin.customers;
        sum += bin.sum;
      }
  const bool money = all.info.histograms[h].unit == sim::MetricUnit::money;
  return {{"customers", customers}, {"sum", (money ? all.study.money_quantum : 1) * static_cast<double>(sum)}};
}

/// Sums over all that is there and by month, the number that is there, and one value to compare exactly.
Json flow_facts(const Invented& all) {
  const std::size_t slab = all.info.flows() / all.info.months;
  std::int64_t present = 0;
  std::vector<std::int64_t> by_month(all.info.months);
  for (const auto& [cell, outcome] : all.outcomes) {
    const std::size_t tiers = tiers_of(all, cell);
    present += static_cast<std::int64_t>(all.info.months * tiers * tiers * all.info.groups);
    for (std::size_t at = 0; at < outcome.flows.size(); ++at) by_month[at / slab] += outcome.flows[at];
  }
  const std::size_t place = ((0 * all.info.tiers + 1) * all.info.tiers + 0) * all.info.groups + 1;
  return {{"by_month", by_month}, {"present", present}, {"value", all.outcomes.at({1, 2, 1, 0}).flows[place]}};
}

/// First days of the months from a start on.
Json month_names(const sim::Horizon& horizon, std::size_t months) {
  Json names = Json::array();
  for (std::size_t t = 0; t < months; ++t) {
    const auto since = static_cast<std::size_t>(horizon.start_month) - 1 + t;
    const std::size_t month = since % 12 + 1, year = static_cast<std::size_t>(horizon.start_year) + since / 12;
    names.push_back(std::to_string(year) + (month < 10 ? "-0" : "-") + std::to_string(month) + "-01");
  }
  return names;
}

void tell_what_it_rests_on(const Invented& all, Json& facts) {
  facts["parameter"] = facts["parameter_value"] = Json::array();
  for (std::size_t p = 0; p < all.study.uncertain.size(); ++p) {
    facts["parameter"].push_back(all.study.uncertain[p].path);
    Json values = Json::array();
    for (const auto& draw : all.details.parameter_values) values.push_back(draw[p]);
    facts["parameter_value"].push_back(values);
  }
  for (const sim::Assumption& field : all.info.assumptions) {
    facts["field"].push_back(field.path);
    facts["field_value"].push_back(field.value);
    facts["field_mark"].push_back(field.mark);
    facts["field_uncertain"].push_back(field.uncertain ? 1 : 0);
  }
  for (const sim::LeverUse& lever : all.info.levers) {
    facts["lever"].push_back(lever.path);
    facts["lever_benefit"].push_back(lever.benefit);
  }
  for (const sim::Policy& policy : all.study.policies) {
    Json used = Json::array();
    for (const sim::LeverUse& lever : all.info.levers)
      used.push_back(std::ranges::count(lever.policies, policy.name) > 0 ? 1 : 0);
    facts["lever_used"].push_back(used);
  }
}

Json facts_of(const Invented& all) {
  Json facts{{"scenario", names_of(all.study.scenarios)},
             {"policy", names_of(all.study.policies)},
             {"group", names_of(all.study.population.groups)},
             {"draw", all.study.draws},
             {"replication", all.study.replications},
             {"tier", all.info.tiers},
             {"month", month_names(all.study.horizon, all.info.months)},
             {"title", all.study.title},
             {"study_text", all.study.text},
             {"seed", all.study.seed},
             {"done", all.outcomes.size()},
             {"flows", flow_facts(all)}};
  tell_what_it_rests_on(all, facts);
  for (std::size_t t = 0; t < all.info.months; ++t)
    facts["run_off"].push_back(t < all.info.months - all.info.run_off ? 0 : 1);
  for (const sim::Policy& policy : all.study.policies) facts["tier_name"].push_back(names_of(policy.tiers));
  for (std::size_t m = 0; m < all.info.metrics.size(); ++m)
    if (all.info.metrics[m].months != sim::MonthsOf::beyond)
      facts["metrics"][all.info.metrics[m].name] = metric_facts(all, m);
  facts["month_beyond"] = all.info.months_beyond;
  facts["closed"] = all.info.closed;
  facts["beyond"] = Json::object();
  for (std::size_t k = 0; k < all.info.metrics_beyond().size() && all.info.months_beyond > 0; ++k)
    facts["beyond"][all.info.metrics[all.info.metrics_beyond()[k]].name] = beyond_facts(all, k);
  for (const sim::KpiInfo& kpi : all.info.kpis) facts["kpis"][kpi.name] = kpi_facts(all, kpi);
  facts["series"] = Json::object();
  for (const std::size_t k : all.info.series())
    facts["series"][all.info.kpis[k].monthly->series] = series_facts(all, all.info.kpis[k]);
  facts["sums"] = sum_facts(all);
  facts["month_of_horizon"] = month_names(all.study.horizon, all.info.horizon());
  for (std::size_t h = 0; h < all.info.histograms.size(); ++h)
    facts["histograms"][all.info.histograms[h].name] = histogram_facts(all, h);
  return facts;
}

/// The toy study with an uncertain parameter in two draws; its outcomes are still to be lived.
Invented toys() {
  const sim::Catalogue catalogue = sim::toy_catalogue();
  Invented all{sim::toy_study(300), {}, {}, {"toys", {}, {}}};
  all.study.title = "Toys";
  all.study.text = "title = \"Toys\"\n";
  all.study.digest = "00112233445566778899aabbccddeeff";
  all.study.headline = "revenue";
  all.study.uncertain = {{{0, 2}, 0, "buying.response", {sim::Family::uniform, {1, 3}}}};
  all.study.draws = 2;
  all.info = sim::Plan(all.study, catalogue).info();
  for (std::uint32_t draw = 0; draw < 2; ++draw)
    all.details.parameter_values.push_back(sim::drawn_values(all.study, draw));
  all.details.keys = output::keys_of({"toys", {"calm", "storm"}, {"plain", "ranked", "tied", "upper"}}, all.study,
                                     all.info, all.details.model_version, all.details.parameter_values);
  return all;
}

}  // namespace

TEST_CASE("a cube and the facts about it are written for other readers") {
  const std::filesystem::path folder = fresh_folder("cube_files");
  Invented all = invented();
  all.outcomes.erase(unfinished);
  all.details.summed = {"revenue", "orders"};
  write(all, folder / "cube.nc");
  std::ofstream(folder / "facts.json") << facts_of(all).dump(2) << '\n';
  CHECK(std::filesystem::file_size(folder / "cube.nc") > 0);
  CHECK(std::filesystem::file_size(folder / "facts.json") > 0);
  CHECK(facts_of(all).at("month").back() == "2028-04-01");
  CHECK(facts_of(all).at("run_off") == Json{0, 0, 0, 0, 0, 1});
  CHECK(facts_of(all).at("lever_used") == Json{{0, 1}, {1, 0}, {0, 0}});
}

TEST_CASE("a sweep of 1,000 points under two policies is written for other readers") {
  const std::filesystem::path folder = fresh_folder("point_files");
  InventedPoints all = invented_points(1000);
  all.stated.study.scenarios.resize(1);
  all.stated.study.policies.resize(2);
  all.stated.study.output.months = sim::MonthsKept::total;
  for (output::Outcomes& outcomes : all.outcomes)
    std::erase_if(outcomes, [](const auto& cell) { return cell.first.scenario > 0 || cell.first.policy > 1; });
  for (output::StudyKeys& keys : all.details.points.keys) {
    keys.scenarios.resize(1);
    keys.policies.resize(2);
  }
  all.details.keys.scenarios.resize(1);
  all.details.keys.policies.resize(2);
  all.write(folder / "points.nc");
  const output::CubeReader cube(folder / "points.nc");
  Json facts{{"path", all.details.points.paths}, {"values", all.details.points.values}};
  facts["npv"] = cube.kpi_at_all_points("npv");
  std::ofstream(folder / "facts.json") << facts.dump() << '\n';
  CHECK(cube.cells_done_at_all_points() == 1000 * 2 * 2 * 3);
}

TEST_CASE("a toy study is lived, recorded and laid into a cube; what it should hold is lived again in memory") {
  const std::filesystem::path folder = fresh_folder("lived_files");
  Invented all = toys();
  const sim::Catalogue catalogue = sim::toy_catalogue();
  std::vector<sim::Cell> cells = sim::all_cells(all.study);
  std::erase(cells, sim::Cell{1, 3, 1, 2});
  {
    std::filesystem::create_directory(folder / "records");
    output::Records records(folder / "records");
    output::RecordsSink sink(folder / "records", records, all.details.keys, all.info);
    sim::Plan(all.study, catalogue).run(cells, sink, {.threads = 1, .block_size = 256});
    sink.sync();
  }
  const output::Records records(folder / "records");
  const output::OutcomesInRecords recorded(records, all.details.keys, all.info);
  const auto team = sim::make_team(sim::Engine::threads, 2);
  output::write_cube(folder / "cube.nc", output::Existing::refuse, all.study, all.info, recorded, all.details, *team);

  all.outcomes = sim::lived(all.study, {.threads = 2, .block_size = 64}, cells);
  Json facts = facts_of(all);
  facts["lived"] = true;
  std::ofstream(folder / "facts.json") << facts.dump(2) << '\n';

  const output::CubeReader cube(folder / "cube.nc");
  CHECK(cube.text("data_hash") == output::data_hash(all.outcomes));
  CHECK(cube.cells_done() == cells.size());
  const std::vector<double> flow = cube.tier_flow(1, 2);
  const std::size_t of_cell = all.info.flows();
  for (std::uint32_t replication = 0; replication < 3; ++replication) {
    const auto& lived = all.outcomes.at({1, 2, 1, replication}).flows;
    for (std::size_t at = 0; at < of_cell; ++at) {
      const std::size_t tier_to = at / all.info.groups % all.info.tiers;
      const std::size_t tier = at / all.info.groups / all.info.tiers % all.info.tiers;
      const double found = flow[(3 + replication) * of_cell + at];
      REQUIRE((tier < 2 && tier_to < 2 ? found == static_cast<double>(lived[at]) : std::isnan(found)));
    }
  }
}

}  // namespace clientele::tests
