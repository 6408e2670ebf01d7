// What credit can be told: who defaults how often, what comes back, what is insured, and when deliveries are held.
#include "models/credit.hpp"

namespace clientele::models {

void CreditParameters::finish() {
  stress_shift = -0.5F * stress_effect * stress_effect;
  climate = CreditClimate(static_cast<double>(default_chance.values[0]), static_cast<double>(climate_correlation),
                          static_cast<double>(climate_memory));
}

sim::FieldTable credit_fields() {
  using P = CreditParameters;
  using sim::Kind, sim::range;
  const sim::Range chance = range(0, 1, 0, 0.03);
  return sim::fields<P>({
      sim::called(
          "the default of customers",
          sim::field(&P::default_chance, "default_chance", "per month",
                     {sim::gamma_law(chance, 0.0025, 1.0), sim::lognormal_law(chance, 0.0025, 1.0),
                      sim::constant_law(chance, 0.0025), sim::empirical_law(chance)},
                     Kind::trait, "chance that a customer fails to pay for good, in a month of average liquidity",
                     sim::guess("about 3 % a year: three in four customers good, one in twenty poor"))),
      sim::field(&P::default_goes_with_late, "default_goes_with_late", "share", range(0, 1), 0.5, Kind::by_group,
                 "how much of its hazard of default goes with a customer's chance of paying late: 0 none, 1 all",
                 sim::guess("direction sure, size chosen")),
      sim::field(&P::stress_effect, "stress_effect", "-", range(-3, 0, -1.5, 0), -0.5, Kind::by_group,
                 "change of the log-hazard of default per standard deviation of a customer's liquidity",
                 sim::guess("direction sure, size chosen")),
      sim::field(&P::default_by_terms, "default_by_terms", "per 30 days", range(-2, 2, 0, 0.5), 0, Kind::by_group,
                 "change of the log-hazard of default per 30 days of longer terms",
                 sim::guess("none: that longer terms themselves make customers fail is unproven")),
      sim::called("the correlation of customers' defaults",
                  sim::field(&P::climate_correlation, "climate_correlation", "-", range(0, 0.9, 0, 0.3), 0.12,
                             Kind::by_group, "correlation of customers' assets, by which their defaults come together",
                             sim::seen("Basel II, corporate exposures: between 0.12 and 0.24"))),
      sim::field(&P::climate_memory, "climate_memory", "-", range(0, 0.95), 0.9, Kind::by_group,
                 "correlation of the climate of credit from month to month",
                 sim::guess("downturns last a year or two")),
      sim::called("the loss when a customer defaults",
                  sim::field(&P::loss_given_default, "loss_given_default", "share", range(0, 1, 0.3, 0.9), 0.60,
                             Kind::by_group, "share of what is open at default that never comes in",
                             sim::guess("unsecured trade credit: between 0.4 and 0.8, recalled"))),
      sim::field(&P::recovery_months, "recovery_months", "months", range(1, 23), 6, Kind::by_group,
                 "months until the rest comes in", sim::guess("recalled magnitude")),
      sim::lever(sim::field(&P::insured_share, "insured_share", "share", range(0, 1), 0, Kind::by_group,
                            "share of receivables that a credit insurer covers", sim::guess("none unless bought")),
                 {.cost = "insurance_premium of insured sales",
                  .benefit = "less is written off",
                  .paid_in = {"insurance_cost"},
                  .helps = {"-written_off"},
                  .granted_on = {"revenue"},
                  .rests_on = {"credit.default_chance", "credit.loss_given_default"}}),
      sim::field(&P::insurance_covers, "insurance_covers", "share", range(0, 1, 0.5, 1), 0.9, Kind::by_group,
                 "share of an insured loss that the insurer pays", sim::guess("a usual deductible of a tenth")),
      sim::field(&P::insurance_premium, "insurance_premium", "share of insured sales", range(0, 0.5, 0.0005, 0.004),
                 0.0015, Kind::by_group, "premium of credit insurance",
                 sim::guess("recalled: between 0.05 and 0.4 % of insured sales")),
      sim::lever(sim::field(&P::hold_after_days, "hold_after_days", "days", range(0, 120, 30, 120), 120, Kind::by_group,
                            "days overdue beyond which nothing is delivered, by the ageing at the end of the month "
                            "before, in steps of 30; above 90: no hold",
                            sim::guess("none unless a policy holds")),
                 {.cost = "more is owed, for longer",
                  .benefit = "no orders are lost to a hold, and nobody is displeased by it",
                  .hurts = {"receivables"},
                  .helps = {"orders", "satisfaction"},
                  .granted_on = {},
                  .rests_on = {"credit.held_orders_wait", "credit.hold_prompts", "credit.hold_points"}}),
      sim::called("the orders that wait for the end of a hold",
                  sim::field(&P::held_orders_wait, "held_orders_wait", "share", range(0, 1), 0.8, Kind::by_group,
                             "share of a held month's orders, and of those that waited before it, that goes on "
                             "waiting; the rest is lost",
                             sim::guess("recalled of blocked orders: one in five is lost"))),
      sim::called("the delay that a hold saves",
                  sim::field(&P::hold_prompts, "hold_prompts", "share", range(0, 1), 0.5, Kind::by_group,
                             "of the days late beyond a hold's, how many who waits for deliveries saves by paying",
                             sim::guess("it is what holds are for; size chosen"))),
      sim::field(&P::hold_points, "hold_points", "points", range(-50, 0, -15, 0), -4, Kind::by_group,
                 "points of satisfaction that a month of hold costs", sim::guess("recalled: -4 for a blocked order")),
  });
}

Kpis credit_kpis() {
  using enum sim::KpiRule;
  return {
      money_kpi("bad_debt", "written off: what customers who default will never pay", worse, total, {{"written_off"}}),
      ratio_kpi("bad_debt_share", "written off over revenue", "1", worse, {{"written_off"}}, "revenue"),
      ratio_kpi("default_rate", "share of active customers who default, per month", "1", worse, {{"defaulted"}},
                "customers")};
}

}  // namespace clientele::models
