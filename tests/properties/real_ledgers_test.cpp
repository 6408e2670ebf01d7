// Ledgers of the real catalogue close to the unit, in every cell, month, group and, where nobody moves, tier.
#include "tests/support/catch.hpp"
#include "tests/support/wide_study.hpp"

namespace clientele::tests {

namespace {

using sim::Cell;

/// A metric of one month and group, over tiers: counted from the slab itself.
std::int64_t in_group(const Outcome& outcome, const Cell& cell, std::string_view metric, int month, std::size_t group) {
  const sim::OutcomeInfo& info = outcome.info();
  std::size_t m = 0;
  while (info.metrics[m].name != metric) ++m;
  std::int64_t sum = 0;
  for (std::size_t tier = 0; tier < info.tiers; ++tier)
    sum +=
        outcome.cells().at(cell).counts[((static_cast<std::size_t>(month) * info.tiers + tier) * info.groups + group) *
                                            info.metrics.size() +
                                        m];
  return sum;
}

}  // namespace

TEST_CASE("customers are those of the month before, less who left, plus who came") {
  const sim::Catalogue catalogue = wide_catalogue();
  const sim::Study study = wide_study(catalogue);
  const Outcome outcome(study, catalogue);
  for (const auto& [cell, unused] : outcome.cells())
    for (std::size_t group = 0; group < 2; ++group) {
      const auto of = [&](std::string_view metric, int month) { return in_group(outcome, cell, metric, month, group); };
      for (int month = 1; month < outcome.months(); ++month)
        REQUIRE(of("customers", month) == of("customers", month - 1) - of("left", month - 1) + of("arrivals", month));
      CHECK(of("left", 3) > 0);
      CHECK(of("arrivals", 3) > 0);
      for (int month = study.horizon.months; month < outcome.months(); ++month)
        REQUIRE(of("arrivals", month) + of("orders", month) + of("left", month) == 0);
    }
}

TEST_CASE("list sales are revenue and discount, and contribution is margin less discount less capital cost") {
  const sim::Catalogue catalogue = wide_catalogue();
  const Outcome outcome(wide_study(catalogue), catalogue);
  for (const auto& [cell, unused] : outcome.cells())
    for (int month = 0; month < outcome.months(); ++month)
      for (std::size_t tier = 0; tier < outcome.info().tiers; ++tier) {
        const auto of = [&](std::string_view metric) { return outcome.in_tier(metric, month, tier, cell); };
        REQUIRE(of("list_sales") == of("revenue") + of("discount_given"));
        REQUIRE(of("contribution") == of("gross_margin") - of("discount_given") - of("capital_cost"));
      }
}

TEST_CASE("receivables are those of the month before, plus revenue, less what was collected, group by group") {
  const sim::Catalogue catalogue = wide_catalogue();
  const Outcome outcome(wide_study(catalogue), catalogue);
  for (const auto& [cell, unused] : outcome.cells())
    for (std::size_t group = 0; group < 2; ++group) {
      const auto of = [&](std::string_view metric, int month) { return in_group(outcome, cell, metric, month, group); };
      for (int month = 1; month < outcome.months(); ++month)
        REQUIRE(of("receivables", month) ==
                of("receivables", month - 1) + of("revenue", month) - of("collected", month));
    }
}

TEST_CASE(
    "every invoice of more than nothing is settled once: late ones are no more than orders, and days go with them") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study(catalogue);
  study.horizon.warmup = 0;
  study.horizon.run_off = 24;
  set(study, catalogue, "payment", "late_chance", {1}, 1);
  const Outcome outcome(study, catalogue);
  for (const auto& [cell, unused] : outcome.cells()) {
    REQUIRE(outcome.total("invoices_settled", cell) == outcome.total("orders", cell));
    REQUIRE(outcome.total("invoices_late", cell) == outcome.total("orders", cell));
    REQUIRE(outcome.total("collected", cell) == outcome.total("revenue", cell));
    REQUIRE(outcome.total("days_late", cell) >= outcome.total("invoices_late", cell));
  }
}

TEST_CASE("tiers and groups add up to what the running statistics are told") {
  const sim::Catalogue catalogue = wide_catalogue();
  const sim::Study study = wide_study(catalogue);
  const Outcome outcome(study, catalogue);
  const sim::OutcomeInfo info = sim::outcome_info(study, catalogue);
  sim::StatisticsSink statistics(info, study.money_quantum);
  sim::run(study, catalogue, sim::all_cells(study), statistics, {.threads = 2});
  for (const auto& [cell, kpis] : statistics.values())
    for (std::size_t k = 0; k < info.kpis.size(); ++k) {
      const sim::KpiInfo& kpi = info.kpis[k];
      if (kpi.rule != sim::KpiRule::total) continue;
      std::int64_t sum = 0;
      for (int month = 0; month < outcome.months(); ++month)
        for (std::size_t group = 0; group < 2; ++group)
          sum += in_group(outcome, cell, kpi.numerator[0].metric, month, group);
      REQUIRE(kpis[k] == study.money_quantum * static_cast<double>(sum));
    }
}

}  // namespace clientele::tests
