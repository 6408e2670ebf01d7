// What payment can be told: terms, who pays late, how late, and why.
#include "models/payment.hpp"
#include "models/receivables_series.hpp"

namespace clientele::models {

sim::FieldTable payment_fields() {
  using P = PaymentParameters;
  using sim::Kind, sim::range;
  constexpr auto ibm = "fitted to a vendor's sample data: 2,466 invoices of 100 customers";
  return sim::fields<P>({
      sim::lever(
          sim::field(&P::terms_days, "terms_days", "days", range(0, 360, 0, 120), 30, Kind::by_group,
                     "days from invoice to due date", sim::guess("net 30 is usual")),
          {.cost = "capital: money is owed for longer, and more of it is open when customers default",
           .benefit = "demand: orders rise by terms_elasticity per 30 days, less and less, of late payers the most",
           .paid_in = {"receivables", "written_off"},
           .helps = {"orders"},
           .granted_on = {"revenue", "discount_given"},
           .rests_on = {"payment.terms_elasticity"}}),
      sim::field(&P::late_chance, "late_chance", "share",
                 {sim::beta_law(0.356, 0.48), sim::constant_law(range(0, 1), 0.356), sim::empirical_law(range(0, 1))},
                 Kind::trait, "share of a customer's invoices that are paid late in usual circumstances",
                 sim::fiction(ibm)),
      sim::field(&P::days_late, "days_late", "days",
                 {sim::weibull_law(range(0, 720, 0, 120), 6.8, 1.7), sim::constant_law(range(0, 720, 0, 120), 6.8)},
                 Kind::by_group, "days late of an invoice that is late and not disputed, for average late payers",
                 sim::fiction(ibm)),
      sim::field(&P::days_late_slope, "days_late_slope", "share", range(0, 1), 0.7, Kind::by_group,
                 "how much of its days late goes with a customer's late chance: 0 none, 1 all, in proportion",
                 sim::fiction(ibm)),
      sim::field(
          &P::early_days, "early_days", "days", range(0, 360, 0, 30), 21.7, Kind::by_group,
          "an invoice on time is paid up to so many days before it is due, uniformly, by average punctual payers",
          sim::fiction(ibm)),
      sim::field(&P::early_days_slope, "early_days_slope", "share", range(0, 1), 0.5, Kind::by_group,
                 "how much of its days ahead goes with a customer's chance of being on time: 0 none, 1 all",
                 sim::fiction(ibm)),
      sim::field(&P::dispute_chance, "dispute_chance", "share", range(0, 1, 0, 0.5), 0.227, Kind::by_group,
                 "share of invoices that the customer disputes", sim::fiction(ibm)),
      sim::field(&P::dispute_effect, "dispute_effect", "log-odds", range(-8, 8, 0, 5), 4.0, Kind::by_group,
                 "what a dispute adds to the log-odds of paying late", sim::fiction(ibm)),
      sim::field(&P::disputes_in_late_chance, "disputes_in_late_chance", "share", range(0, 1), 1, Kind::by_group,
                 "1: late_chance is of all invoices, disputed or not; 0: of one without a dispute (late_offset aside)",
                 sim::closed_form("a customer's late share is seen over all its invoices")),
      sim::field(&P::disputed_days_factor, "disputed_days_factor", "factor", range(0, 10, 1, 3), 2.2, Kind::by_group,
                 "days late of a disputed invoice over those of another of the same customer", sim::fiction(ibm)),
      sim::field(&P::late_offset, "late_offset", "log-odds", range(-5, 5, -1, 1), 0, Kind::by_group,
                 "added to the log-odds of paying late of every customer", sim::guess("none")),
      sim::field(&P::liquidity_effect, "liquidity_effect", "log-odds", range(-5, 0, -1, 0), -0.35, Kind::by_group,
                 "change of the log-odds of paying late per standard deviation of a customer's liquidity",
                 sim::guess("recalled magnitude")),
      sim::field(&P::liquidity_memory, "liquidity_memory", "-", range(0, 0.999), 0.9, Kind::by_group,
                 "correlation of a customer's liquidity from month to month", sim::guess("recalled magnitude")),
      sim::field(&P::liquidity_share, "liquidity_share", "share", range(0, 1), 0.65, Kind::by_group,
                 "of late invoices without a dispute, how many are late for want of money; the rest by administration",
                 sim::guess("recalled: 50 % of all reasons against 27 %")),
      sim::called("the orders that longer terms add",
                  sim::field(&P::terms_elasticity, "terms_elasticity", "per 30 days", range(-1, 1, 0, 0.3), 0.05,
                             Kind::by_group, "change of log orders per 30 days of longer terms",
                             sim::guess("small and positive"))),
      sim::field(&P::reference_terms, "reference_terms", "days", range(0, 360, 0, 120), 30, Kind::by_group,
                 "terms at which customers order at their own rate", sim::guess("net 30 is usual")),
      sim::field(&P::terms_saturation, "terms_saturation", "per 30 days", range(0, 10, 0.3, 3), 1, Kind::by_group,
                 "how soon longer terms bring no more orders; 0: never", sim::guess("a month or so")),
      sim::called(
          "the share of late payers in what terms add",
          sim::field(&P::terms_go_with_late, "terms_go_with_late", "share", range(0, 1), 0.5, Kind::by_group,
                     "how much of the response to terms goes with a customer's chance of paying late: 0 none, 1 all",
                     sim::guess("who needs time values it: direction sure, size chosen"))),
      sim::called(
          "the newcomers whom longer terms win",
          sim::field(
              &P::newcomers_by_terms,
              "newcomers_by_terms", "per 30 days", range(-1, 0.6, 0, 0.2), 0, Kind::by_group,
              "change of the log of newcomers per 30 days of longer terms of entry, saturating, late payers first",
              sim::guess("none: as many come as before, whatever the terms"))),
      sim::field(&P::credited_share, "credited_share", "share", range(0, 1, 0, 0.3), 0, Kind::by_group,
                 "share of an invoice that is disputed and late which is credited and not paid", sim::guess("none")),
      sim::money(sim::field(&P::opening, "opening", "money",
                            std::array<std::string_view, 5>{"not_due", "overdue_1_30", "overdue_31_60", "overdue_61_90",
                                                            "overdue_over_90"},
                            range(0, 1e12), std::array<double, 5>{0, 0, 0, 0, 0}, Kind::fixed,
                            "owed by all customers when month 0 begins, by age; with a warm-up it is only compared",
                            sim::guess("nothing: who has books says it"))),
  });
}

namespace {

sim::KpiInfo days_outstanding() {
  return series_kpi("days_outstanding", "days of the latest sales owed at the end, by the count-back method", worse,
                    sim::KpiRule::last,
                    {.inputs = {{{"receivables"}}, {{"revenue"}}},
                     .function = [](const std::vector<sim::Series>& of) { return count_back(of[0], of[1]); },
                     .words = "count_back",
                     .unit = "days",
                     .meaning = "days of the latest sales owed at a month's end, by the count-back method",
                     .series = "days_outstanding_by_month"});
}

}  // namespace

/// Of balances, of what was in them at default, of write-offs and sales.
sim::KpiInfo allowance() {
  const std::vector<std::vector<sim::Term>> inputs{
      {{"not_due"}},         {{"overdue_1_30"}},      {{"overdue_31_60"}},  {{"overdue_61_90"}},
      {{"overdue_over_90"}}, {{"defaulted_not_due"}}, {{"defaulted_1_30"}}, {{"defaulted_31_60"}},
      {{"defaulted_61_90"}}, {{"defaulted_over_90"}}, {{"written_off"}},    {{"revenue"}}};
  return series_kpi("allowance", "allowance for bad debt at the end, by a provision matrix on the last year's ageing",
                    worse, sim::KpiRule::last,
                    {.inputs = inputs,
                     .function =
                         [](const std::vector<sim::Series>& of) {
                           return provision_matrix({{of.begin(), of.begin() + ages},
                                                    {of.begin() + ages, of.begin() + 2 * ages},
                                                    of[2 * ages],
                                                    of[2 * ages + 1]});
                         },
                     .words = "provision_matrix",
                     .unit = "money",
                     .meaning = "allowance for bad debt at a month's end, by a provision matrix",
                     .series = "allowance_by_month"});
}

Kpis payment_kpis() {
  using enum sim::KpiRule;
  sim::KpiInfo month = kpi_at_end("peak_receivables_month", "month in which the most is owed, 0 the first",
                                  sim::Direction::neither, "receivables");
  month.unit = "month";
  month.rule = month_of_highest;
  month.month_of = "peak_receivables";
  return {
      money_kpi("receivables_at_end", "owed at the end", worse, last, {{"receivables"}}),
      money_kpi("peak_receivables", "the most that is owed at the end of a month", worse, highest, {{"receivables"}}),
      month,
      ratio_kpi("dso", "days of sales outstanding: owed at month ends over revenue, x 30", "days", worse,
                {{"receivables"}}, "revenue", 30),
      days_outstanding(),
      allowance(),
      ratio_kpi("late_share", "share of settled invoices that were late", "1", worse, {{"invoices_late"}},
                "invoices_settled"),
      ratio_kpi("days_late", "days late of a late invoice", "days", worse, {{"days_late"}}, "invoices_late"),
      ratio_kpi("overdue_share", "share of receivables that is past due, at month ends", "1", worse,
                {{"overdue_1_30"}, {"overdue_31_60"}, {"overdue_61_90"}, {"overdue_over_90"}}, "receivables")};
}

}  // namespace clientele::models
