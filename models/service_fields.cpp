// What service is told, with units, ranges and sources.
#include "models/service.hpp"

namespace clientele::models {

sim::FieldTable service_fields() {
  using P = ServiceParameters;
  using sim::Kind, sim::range;
  return sim::fields<P>({
      sim::field(&P::late_chance, "late_chance", "share", range(0, 1, 0, 0.5), 0.10, Kind::by_group,
                 "share of orders that are delivered late", sim::guess("nine of ten on time is a usual promise")),
      sim::field(&P::defect_chance, "defect_chance", "share", range(0, 1, 0, 0.2), 0.02, Kind::by_group,
                 "share of orders that arrive with a defect", sim::guess("recalled magnitude")),
      sim::lever(sim::field(&P::expedite, "expedite", "share", range(0, 1), 0, Kind::by_group,
                            "share of late deliveries that is avoided by paying for faster ones",
                            sim::guess("none unless a policy pays for it")),
                 {.cost = "expedite_cost per order",
                  .benefit = "fewer late deliveries: satisfaction",
                  .paid_in = {"expedite_cost"},
                  .helps = {"-late_deliveries", "satisfaction"},
                  .granted_on = {"orders"},
                  .rests_on = {"satisfaction.late_effect", "churn.satisfaction_slope"}}),
      sim::money(sim::field(&P::expedite_cost, "expedite_cost", "money/order", range(0, 1e6), 25, Kind::by_group,
                            "what avoiding every late delivery costs per order", sim::guess("an express surcharge"))),
      sim::lever(sim::money(sim::field(&P::care, "care", "money/month", range(0, 1e6, 0, 1e5), 0, Kind::by_group,
                                       "spent on looking after a customer on the books, per month",
                                       sim::guess("none unless a policy pays for it"))),
                 {.cost = "care per month for each customer on the books",
                  .benefit = "satisfaction and a lower hazard of leaving",
                  .paid_in = {"care_cost"},
                  .helps = {"-left", "satisfaction"},
                  .granted_on = {"on_books"},
                  .rests_on = {"service.care_hazard", "service.care_points", "service.care_exponent",
                               "churn.satisfaction_slope"}}),
      sim::money(sim::field(&P::care_reference, "care_reference", "money/month", range(1e-6, 1e6), 50, Kind::by_group,
                            "spend at which care has the effects below on an account of the mean expected margin; a "
                            "third of it has half of them",
                            sim::guess("part of an account manager's month"))),
      sim::called("how much more care a larger account asks for",
                  sim::field(&P::care_exponent, "care_exponent", "-", range(0, 2, 0, 1), 0.5, Kind::by_group,
                             "care_reference grows with this power of the account's expected margin over the mean: 0 "
                             "as if every account asked for the same, 1 in proportion",
                             sim::guess("between the two cases that are known: at 0 the largest must win, at 1 nobody "
                                        "does"))),
      sim::called("the satisfaction that care adds",
                  sim::field(&P::care_points, "care_points", "points", range(0, 50, 0, 10), 2, Kind::by_group,
                             "points of perceived performance that care at its reference adds",
                             sim::guess("recalled magnitude"))),
      sim::called(
          "the leaving that care prevents",
          sim::field(&P::care_hazard, "care_hazard", "-", range(-3, 0, -0.5, 0), -0.15, Kind::by_group,
                     "change of the log-hazard of leaving by care at its reference", sim::guess("recalled magnitude"))),
      sim::setting(sim::field(&P::managers, "managers", "managers", range(0, 10'000), 0, Kind::fixed,
                              "account managers whose hours all care is worked in; 0 for as many as it takes",
                              sim::guess("no limit unless a policy states one"))),
      sim::setting(sim::field(&P::manager_hours, "manager_hours", "hours/month", range(0, 730, 40, 160), 120,
                              Kind::fixed, "hours of a manager's month that customers get",
                              sim::guess("of 160, less travel and paperwork"))),
      sim::setting(sim::money(sim::field(&P::care_per_hour, "care_per_hour", "money/hour", range(0.01, 1e6), 60,
                                         Kind::fixed, "money for care that pays for an hour of a manager",
                                         sim::guess("recalled magnitude")))),
  });
}

}  // namespace clientele::models
