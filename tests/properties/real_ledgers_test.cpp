// Ledgers of the real catalogue close to the unit, in every cell, month, group and, where nobody moves, tier.
#include <algorithm>

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
        REQUIRE(of("customers", month) == of("customers", month - 1) - of("left", month - 1) -
                                              of("defaulted", month - 1) + of("arrivals", month));
      CHECK(of("left", 3) + of("left", 4) + of("left", 5) + of("left", 6) > 0);
      CHECK(of("arrivals", 3) > 0);
      for (int month = study.horizon.months; month < outcome.months(); ++month)
        REQUIRE(of("arrivals", month) + of("orders", month) + of("left", month) == 0);
    }
}

TEST_CASE("list sales and surcharges are revenue and discount, and contribution is margin less discount and costs") {
  const sim::Catalogue catalogue = wide_catalogue();
  const Outcome outcome(wide_study_with_program(catalogue), catalogue);
  for (const auto& [cell, unused] : outcome.cells())
    for (int month = 0; month < outcome.months(); ++month)
      for (std::size_t tier = 0; tier < outcome.info().tiers; ++tier) {
        const auto of = [&](std::string_view metric) { return outcome.in_tier(metric, month, tier, cell); };
        REQUIRE(of("list_sales") + of("surcharges") == of("revenue") + of("discount_given"));
        const std::int64_t costs = of("logistics_cost") + of("care_cost") + of("expedite_cost") +
                                   of("acquisition_cost") + of("insurance_cost") + of("written_off") + of("credited") +
                                   of("rebate_accrued") + of("administration_cost") + of("offer_cost") -
                                   of("surcharges") + of("returned") - of("goods_returned") + of("returns_cost") +
                                   of("reward_cost") - of("points_sold");
        REQUIRE(of("contribution") == of("gross_margin") - of("discount_given") - costs);
      }
}

TEST_CASE("what is invoiced is collected, credited, written off, or still open, group by group") {
  const sim::Catalogue catalogue = wide_catalogue();
  const Outcome outcome(wide_study(catalogue), catalogue);
  for (const auto& [cell, unused] : outcome.cells())
    for (std::size_t group = 0; group < 2; ++group) {
      const auto of = [&](std::string_view metric, int month) { return in_group(outcome, cell, metric, month, group); };
      for (int month = 1; month < outcome.months(); ++month)
        REQUIRE(of("receivables", month) + of("claims", month) ==
                of("receivables", month - 1) + of("claims", month - 1) + of("revenue", month) + of("refunded", month) -
                    of("returned", month) - of("collected", month) - of("recovered", month) - of("credited", month) -
                    of("written_off", month));
    }
}

TEST_CASE("points are those of the month before, with what is earned and given back, less what goes") {
  const sim::Catalogue catalogue = wide_catalogue();
  const Outcome outcome(wide_study_with_program(catalogue), catalogue);
  for (const auto& [cell, unused] : outcome.cells())
    for (std::size_t group = 0; group < 2; ++group) {
      const auto of = [&](std::string_view metric, int month) { return in_group(outcome, cell, metric, month, group); };
      for (int month = 1; month < outcome.months(); ++month) {
        REQUIRE(of("points", month) == of("points", month - 1) + of("points_earned", month) +
                                           of("points_given_back", month) - of("points_set_off", month) -
                                           of("points_redeemed", month) - of("points_reversed", month) -
                                           of("points_expired", month) - of("points_forfeited", month));
        REQUIRE(of("points_owed_back", month) == of("points_owed_back", month - 1) + of("points_overdrawn", month) -
                                                     of("points_set_off", month) - of("points_let_go", month));
        REQUIRE(of("members", month) <= of("on_books", month));
        REQUIRE(of("member_sales", month) <= of("revenue", month));
      }
    }
  for (const char* metric : {"points_earned", "points_given_back", "points_set_off", "points_redeemed",
                             "points_reversed", "points_expired", "points_forfeited"}) {
    INFO(metric);
    CHECK(outcome.total(metric, {0, 1, 0, 0}) > 0);
    CHECK(outcome.total(metric, {0, 2, 0, 0}) > 0);
  }
}

TEST_CASE("what is owed has an age, due or not, and late invoices have one reason each") {
  const sim::Catalogue catalogue = wide_catalogue();
  const Outcome outcome(wide_study(catalogue), catalogue);
  for (const auto& [cell, unused] : outcome.cells()) {
    for (int month = 0; month < outcome.months(); ++month) {
      const auto of = [&](std::string_view metric) { return outcome.count(metric, month, cell); };
      REQUIRE(of("not_due") + of("overdue_1_30") + of("overdue_31_60") + of("overdue_61_90") + of("overdue_over_90") ==
              of("receivables"));
      REQUIRE(of("late_administrative") + of("late_liquidity") + of("late_disputed") == of("invoices_late"));
    }
    for (const char* some : {"overdue_1_30", "late_administrative", "late_liquidity", "late_disputed"})
      REQUIRE(outcome.total(some, cell) > 0);
  }
}

TEST_CASE("whom a review moves it finds in a tier of the month before and leaves in one of its own month") {
  const sim::Catalogue catalogue = wide_catalogue();
  const sim::Study study = wide_study(catalogue);
  const Outcome outcome(study, catalogue);
  const sim::OutcomeInfo& info = outcome.info();
  std::int64_t moved = 0;
  for (const auto& [cell, lived] : outcome.cells()) {
    const auto counted = [&](std::size_t metric, int month, std::size_t tier, std::size_t group) {
      return lived
          .counts[((static_cast<std::size_t>(month) * info.tiers + tier) * info.groups + group) * info.metrics.size() +
                  metric];
    };
    const auto flow = [&](int month, std::size_t from, std::size_t to, std::size_t group) {
      return lived
          .flows[((static_cast<std::size_t>(month) * info.tiers + from) * info.tiers + to) * info.groups + group];
    };
    const auto number_of = [&](const char* name) {
      return static_cast<std::size_t>(std::ranges::find(info.metrics, name, &sim::MetricInfo::name) -
                                      info.metrics.begin());
    };
    const std::size_t known = number_of("on_books"), off = number_of("off_books"), back = number_of("back_on_books"),
                      arrivals = number_of("arrivals");
    for (int month = 0; month < outcome.months(); ++month)
      for (std::size_t group = 0; group < info.groups; ++group)
        for (std::size_t tier = 0; tier < info.tiers; ++tier) {
          std::int64_t out = 0, in = 0;
          for (std::size_t other = 0; other < info.tiers; ++other) {
            out += flow(month, tier, other, group);
            in += flow(month, other, tier, group);
            if (other != tier) moved += flow(month, tier, other, group);
          }
          const bool reviewed = cell.policy == 0 ? month == 0 : month % 3 == 0 && month < study.horizon.months;
          CAPTURE(cell.policy, month, tier, group);
          REQUIRE(in == (reviewed ? counted(known, month, tier, group) - counted(arrivals, month, tier, group) : 0));
          if (month > 0)
            REQUIRE(out == (reviewed ? counted(known, month - 1, tier, group) - counted(off, month - 1, tier, group) +
                                           counted(back, month - 1, tier, group)
                                     : 0));
        }
  }
  REQUIRE(moved > 100);
}

TEST_CASE(
    "every invoice of more than nothing is settled once: late ones are no more than orders, and days go with them") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study(catalogue);
  study.horizon.warmup = 0;
  study.horizon.run_off = 24;
  set(study, catalogue, "payment", "late_chance", {1}, 1);
  set(study, catalogue, "payment", "credited_share", {0});
  set(study, catalogue, "returns", "chance", {0});
  set(study, catalogue, "credit", "default_chance", {0}, 2);
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
  const sim::Plan plan(study, catalogue);
  const sim::OutcomeInfo& info = plan.info();
  sim::StatisticsSink statistics(info, study.money_quantum);
  plan.run(sim::all_cells(study), statistics, {.threads = 2});
  for (const auto& [cell, kpis] : statistics.values())
    for (std::size_t k = 0; k < info.kpis.size(); ++k) {
      const sim::KpiInfo& kpi = info.kpis[k];
      if (kpi.rule != sim::KpiRule::total) continue;
      double all = 0;
      for (const sim::Term& term : kpi.numerator) {
        std::int64_t sum = 0;
        for (int month = 0; month < outcome.months(); ++month)
          for (std::size_t group = 0; group < 2; ++group) sum += in_group(outcome, cell, term.metric, month, group);
        const auto metric = std::ranges::find(info.metrics, term.metric, &sim::MetricInfo::name);
        all += metric->scale * static_cast<double>(sum);
      }
      REQUIRE(kpis[k] == study.money_quantum * all);
    }
}

}  // namespace clientele::tests
