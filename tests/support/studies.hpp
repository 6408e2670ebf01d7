// Small studies of the real catalogue, built in code, and a reader of what came out.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "models/catalogue.hpp"
#include "sim/plan.hpp"
#include "tests/support/altered.hpp"

namespace clientele::tests {

/// Every default of the catalogue, but nobody defaults: one group, one scenario, one policy of one tier, one
/// replication.
inline sim::Study default_study(const sim::Catalogue& catalogue, std::uint64_t customers, int months) {
  sim::Study study;
  study.seed = 20261123;
  study.horizon.months = months;
  study.population.customers = customers;
  study.population.groups = {{"all", 1, {}}};
  for (const auto& table : catalogue.tables()) study.values.push_back(table.fields.standards());
  for (std::uint32_t t = 0; t < catalogue.tables().size(); ++t)
    if (catalogue.tables()[t].key == "credit")
      study.values[t][*catalogue.tables()[t].fields.find("default_chance")] = {2, {0}};
  study.scenarios = {{"baseline", {}}};
  study.policies = {{"today", 0, catalogue.segmentations()[0].fields.standards(), {{"all", {}, {}, {}}}, 0}};
  study.replications = 1;
  study.headline = "npv";
  return study;
}

inline sim::FieldRef field_ref(const sim::Catalogue& catalogue, std::string_view table, std::string_view field) {
  for (std::uint32_t t = 0; t < catalogue.tables().size(); ++t)
    if (catalogue.tables()[t].key == table)
      if (const auto found = catalogue.tables()[t].fields.find(field)) return {t, static_cast<std::uint32_t>(*found)};
  throw sim::InternalFault("no field " + std::string(table) + "." + std::string(field));
}

/// Sets a field: `family` chooses the law of a field that has several.
inline void set(sim::Study& study, const sim::Catalogue& catalogue, std::string_view table, std::string_view field,
                std::vector<double> numbers, std::uint32_t family = 0) {
  const sim::FieldRef at = field_ref(catalogue, table, field);
  study.values[at.table][at.field] = {family, std::move(numbers)};
}

/// Nothing in a customer's life depends on another part of it, invoices are late by late_chance alone, and what a
/// discount adds is equal for all and stays.
inline void uncouple(sim::Study& study, const sim::Catalogue& catalogue) {
  set(study, catalogue, "purchasing", "satisfaction_effect", {0});
  for (const char* key : {"elasticity_spread", "borrowed_share", "reference_gain", "reference_loss", "cut_pressure"})
    set(study, catalogue, "purchasing", key, {0});
  set(study, catalogue, "churn", "satisfaction_slope", {0});
  set(study, catalogue, "payment", "early_days", {0});
  set(study, catalogue, "payment", "dispute_chance", {0});
  set(study, catalogue, "payment", "late_offset", {0});
  set(study, catalogue, "payment", "liquidity_effect", {0});
  set(study, catalogue, "payment", "days_late_slope", {0});
  set(study, catalogue, "payment", "early_days_slope", {0});
}

inline std::uint32_t driver_number(const sim::Catalogue& catalogue, std::string_view name) {
  for (std::uint32_t d = 0; d < catalogue.drivers().size(); ++d)
    if (catalogue.drivers()[d].name == name) return d;
  throw sim::InternalFault("no driver " + std::string(name));
}

inline std::uint32_t segmentation_number(const sim::Catalogue& catalogue, std::string_view key) {
  for (std::uint32_t s = 0; s < catalogue.segmentations().size(); ++s)
    if (catalogue.segmentations()[s].key == key) return s;
  throw sim::InternalFault("no segmentation " + std::string(key));
}

/// What a study gave, by metric name.
class Outcome {
 public:
  Outcome(const sim::Study& study, const sim::Catalogue& catalogue, const sim::RunOptions& options = {})
      : quantum_(study.money_quantum) {
    const sim::Plan plan(study, catalogue);
    info_ = plan.info();
    report_ = run_altered(plan, sim::all_cells(study), sink_, options);
  }

  const sim::OutcomeInfo& info() const { return info_; }
  const sim::RunReport& report() const { return report_; }
  const std::map<sim::Cell, sim::CellOutcome>& cells() const { return sink_.outcomes(); }

  std::int64_t count(std::string_view metric, int month, const sim::Cell& cell = {}) const {
    std::int64_t sum = 0;
    for (std::size_t tier = 0; tier < info_.tiers; ++tier) sum += in_tier(metric, month, tier, cell);
    return sum;
  }
  std::int64_t in_tier(std::string_view metric, int month, std::size_t tier, const sim::Cell& cell = {}) const {
    const auto& counts = sink_.outcomes().at(cell).counts;
    std::int64_t sum = 0;
    for (std::size_t group = 0; group < info_.groups; ++group)
      sum += counts[((static_cast<std::size_t>(month) * info_.tiers + tier) * info_.groups + group) *
                        info_.metrics.size() +
                    number_of(metric)];
    return sum;
  }
  /// In a month after the horizon, 0 the first.
  std::int64_t beyond(std::string_view metric, int after, const sim::Cell& cell = {}) const {
    const auto& counts = sink_.outcomes().at(cell).beyond;
    const std::vector<std::size_t> kept = info_.metrics_beyond();
    const auto column = std::ranges::find(kept, number_of(metric)) - kept.begin();
    const std::size_t places = info_.tiers * info_.groups;
    std::int64_t sum = 0;
    for (std::size_t place = 0; place < places; ++place)
      sum +=
          counts[(static_cast<std::size_t>(after) * places + place) * kept.size() + static_cast<std::size_t>(column)];
    return sum;
  }
  std::int64_t total_beyond(std::string_view metric, const sim::Cell& cell = {}) const {
    std::int64_t sum = 0;
    for (std::size_t after = 0; after < info_.months_beyond; ++after)
      sum += beyond(metric, static_cast<int>(after), cell);
    return sum;
  }
  std::int64_t total(std::string_view metric, const sim::Cell& cell = {}) const {
    std::int64_t sum = 0;
    for (int month = 0; month < months(); ++month) sum += count(metric, month, cell);
    return sum;
  }
  /// A histogram of one group at its first named month.
  const std::vector<sim::HistogramBin>& histogram(std::string_view name, const sim::Cell& cell = {}) const {
    for (std::size_t h = 0; h < info_.histograms.size(); ++h)
      if (info_.histograms[h].name == name) return sink_.outcomes().at(cell).histograms[h].front();
    throw sim::InternalFault("no histogram " + std::string(name));
  }
  double kpi(std::string_view name, const sim::Cell& cell = {}) const {
    for (const sim::KpiInfo& kpi : info_.kpis)
      if (kpi.name == name) return sim::evaluate(kpi, info_, quantum_, sink_.outcomes().at(cell));
    throw sim::InternalFault("no KPI " + std::string(name));
  }
  int months() const { return static_cast<int>(info_.months); }

 private:
  std::size_t number_of(std::string_view metric) const {
    for (std::size_t m = 0; m < info_.metrics.size(); ++m)
      if (info_.metrics[m].name == metric) return m;
    throw sim::InternalFault("no metric " + std::string(metric));
  }

  sim::OutcomeInfo info_;
  double quantum_;
  sim::MemorySink sink_;
  sim::RunReport report_;
};

}  // namespace clientele::tests
