// Writes a cube, and beside it what any reader should find in it; the scripts of this folder then read the cube.
#include <cmath>
#include <filesystem>
#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/output/invented.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

namespace {

using Json = nlohmann::ordered_json;

/// The whole folder is the setup of interop/readers: it stays.
std::filesystem::path fresh_folder() {
  const std::filesystem::path folder = CLIENTELE_BUILD_DIR "/tests/interop/cube_files";
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

Json kpi_facts(const Invented& all, const sim::KpiInfo& kpi) {
  const double value = sim::evaluate(kpi, all.info, all.study.money_quantum, all.outcomes.at({1, 2, 1, 0}).counts);
  return std::isnan(value) ? Json{{"missing", true}} : Json{{"value", value}};
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

Json facts_of(const Invented& all) {
  Json facts{{"scenario", names_of(all.study.scenarios)},
             {"policy", names_of(all.study.policies)},
             {"group", names_of(all.study.population.groups)},
             {"draw", all.study.draws},
             {"replication", all.study.replications},
             {"tier", all.info.tiers},
             {"month", {"2027-11-01", "2027-12-01", "2028-01-01", "2028-02-01", "2028-03-01", "2028-04-01"}},
             {"run_off", {0, 0, 0, 0, 0, 1}},
             {"parameter", {"churn.base_hazard", "purchasing.orders_per_month.mean"}},
             {"parameter_value", {{0.01, 0.02}, {2.5, 3.5}}},
             {"field", {all.info.assumptions[0].path, all.info.assumptions[1].path}},
             {"field_value", {all.info.assumptions[0].value, all.info.assumptions[1].value}},
             {"field_mark", {"guess", "fiction"}},
             {"field_uncertain", {1, 0}},
             {"lever", {"purchasing.discount", "payment.gift"}},
             {"lever_benefit", {"demand", ""}},
             {"lever_used", {{0, 1}, {1, 0}, {0, 0}}},
             {"title", all.study.title},
             {"study_text", all.study.text},
             {"seed", all.study.seed},
             {"done", all.outcomes.size()}};
  for (const sim::Policy& policy : all.study.policies) facts["tier_name"].push_back(names_of(policy.tiers));
  for (std::size_t m = 0; m < all.info.metrics.size(); ++m)
    facts["metrics"][all.info.metrics[m].name] = metric_facts(all, m);
  for (const sim::KpiInfo& kpi : all.info.kpis) facts["kpis"][kpi.name] = kpi_facts(all, kpi);
  for (std::size_t h = 0; h < all.info.histograms.size(); ++h)
    facts["histograms"][all.info.histograms[h].name] = histogram_facts(all, h);
  return facts;
}

}  // namespace

TEST_CASE("a cube and the facts about it are written for other readers") {
  const std::filesystem::path folder = fresh_folder();
  Invented all = invented();
  all.outcomes.erase(unfinished);
  write(all, folder / "cube.nc");
  std::ofstream(folder / "facts.json") << facts_of(all).dump(2) << '\n';
  CHECK(std::filesystem::file_size(folder / "cube.nc") > 0);
  CHECK(std::filesystem::file_size(folder / "facts.json") > 0);
}

}  // namespace clientele::tests
