// Posteriors by inversion: one word of a customer gives its rate, its frailty or its value in every draw, so that these
// move with the parameters alone.
#include "models/known_past.hpp"

#include <cmath>

#include "models/conditioning/quantiles.hpp"
#include "sim/core/math_double.hpp"

namespace clientele::models {

namespace {

sim::PastInfo open_column(const char* key, const char* meaning, const char* with) {
  return {.key = key, .unit = "money", .range = sim::range(0, 1e7), .meaning = meaning, .with = with, .exact = true};
}

}  // namespace

std::vector<sim::PastInfo> past_columns() {
  using sim::range;
  return {
      {.key = "repeat_orders",
       .unit = "orders",
       .range = range(0, 1e6),
       .whole = true,
       .meaning =
           "orders seen after the first one; of who was there before the books, all of them, with times from the "
           "beginning of the books",
       .with = "months_seen"},
      {.key = "months_to_last_order",
       .unit = "months",
       .range = range(0, 1200),
       .meaning = "months from the first order seen to the last one; 0 where there is one only",
       .with = "repeat_orders",
       .upto = "months_seen",
       .zero_as = "repeat_orders"},
      {.key = "months_seen",
       .unit = "months",
       .range = range(0, 1200),
       .meaning = "months from the first order seen to the start of the study",
       .with = "months_to_last_order"},
      {.key = "months_quiet",
       .unit = "months",
       .range = range(0, 1200),
       .whole = true,
       .meaning = "whole months without an order before the study starts",
       .with = "repeat_orders"},
      {.key = "orders_valued",
       .unit = "orders",
       .range = range(0, 1e6),
       .meaning = "orders whose values are in typical_order_value, or as many as they weigh",
       .with = "typical_order_value"},
      {.key = "typical_order_value",
       .unit = "money",
       .range = range(0, 1e8),
       .meaning = "geometric mean of the customer's order values; 0 where none is known",
       .with = "orders_valued"},
      {.key = "invoices_seen",
       .unit = "invoices",
       .range = range(0, 1e6),
       .whole = true,
       .meaning = "invoices that were settled before the study starts",
       .with = "invoices_late"},
      {.key = "invoices_late",
       .unit = "invoices",
       .range = range(0, 1e6),
       .whole = true,
       .meaning = "those of them that were settled late",
       .with = "invoices_seen",
       .upto = "invoices_seen"},
      {.key = "late_by_administration",
       .unit = "invoices",
       .range = range(0, 1e6),
       .whole = true,
       .meaning = "late ones that were late by the customer's administration",
       .with = "invoices_late",
       .upto = "invoices_late"},
      {.key = "days_late",
       .unit = "days",
       .range = range(0, 1e8),
       .meaning = "days late of the late ones, all together",
       .with = "invoices_late",
       .zero_as = "invoices_late"},
      {.key = "sales",
       .unit = "money",
       .range = range(-1e7, 1e7),
       .meaning = "net sales of the month, 1 being the last before the study starts",
       .months = most_months_told},
      {.key = "orders",
       .unit = "orders",
       .range = range(0, 65535),
       .whole = true,
       .meaning = "orders of the month, 1 being the last before the study starts",
       .months = most_months_told},
      {.key = "margin",
       .unit = "money",
       .range = range(-1e7, 1e7),
       .meaning = "contribution of the month, as accounting has it, 1 being the last before the study starts",
       .months = most_months_told},
      open_column("open_not_due", "owed when the study starts and not due yet", "open_1_30"),
      open_column("open_1_30", "owed when the study starts, 1 to 30 days after it was due", "open_31_60"),
      open_column("open_31_60", "owed when the study starts, 31 to 60 days after it was due", "open_61_90"),
      open_column("open_61_90", "owed when the study starts, 61 to 90 days after it was due", "open_over_90"),
      open_column("open_over_90", "owed when the study starts, more than 90 days after it was due", "open_not_due"),
      {.key = "points",
       .unit = "points",
       .range = range(0, 1e9),
       .whole = true,
       .meaning = "points held that end so many months after the study starts, 1 with its first month",
       .months = most_months_told,
       .exact = true},
      {.key = "points_without_end",
       .unit = "points",
       .range = range(0, 1e9),
       .whole = true,
       .meaning = "points held that do not end",
       .exact = true},
  };
}

double rate_given_past(const sim::Law& law, const KnownOrders& seen, double u) {
  const auto mean = static_cast<double>(law.values[0]), shape = static_cast<double>(law.values[1]);
  if (law.family == sim::Family::constant || !(mean > 0)) return mean;
  if (law.family != sim::Family::gamma)
    throw sim::UserError(
        "purchasing.orders_per_month has a law that is no gamma law, and the customer file tells repeat_orders (what "
        "orders tell of a rate is worked out for gamma rates). Did you mean dist = \"gamma\"?");
  return gamma_quantile(shape + seen.x, u) / (shape / mean + seen.seen);
}

double frailty_given_past(double base_cumulative, double variance, double seen, double u) {
  if (!(variance > 0)) return 1;
  const double shape = 1 / variance;
  return gamma_quantile(shape, u) / (shape + base_cumulative * seen);
}

double value_given_past(const sim::Law& lognormal, const ValuesSeen& seen, double u) {
  const auto mean = static_cast<double>(lognormal.values[0]);
  if (lognormal.family == sim::Family::constant || !(mean > 0)) return mean;
  if (lognormal.family != sim::Family::lognormal)
    throw sim::UserError(
        "purchasing.order_value has a law that is no lognormal law, and the customer file tells typical_order_value "
        "(what orders tell of a customer's mean is worked out for lognormal values). Did you mean a mean, `between` "
        "and "
        "`within`?");
  const auto between = static_cast<double>(lognormal.values[1]), within = static_cast<double>(lognormal.values[2]);
  const double b2 = between * between, w2 = within * within;
  const double n = seen.typical > 0 ? seen.orders : 0, all = n * b2 + w2;
  const double k = n * b2 > 0 ? n * b2 / all : 0;
  const double center = (1 - k) * (-0.5 * b2) + (k > 0 ? k * (sim::log(seen.typical / mean) + 0.5 * w2) : 0);
  const double spread = n > 0 ? std::sqrt(all > 0 ? b2 * w2 / all : 0) : between;
  return mean * sim::exp(center + spread * normal_quantile(u));
}

double late_chance_given_past(const sim::Law& beta, double settled, double late, double u) {
  const auto mean = static_cast<double>(beta.values[0]), a = static_cast<double>(beta.values[1]);
  if (beta.family == sim::Family::constant || !(mean > 0 && mean < 1)) return mean;
  if (beta.family != sim::Family::beta)
    throw sim::UserError(
        "payment.late_chance has a law that is no beta law, and the customer file tells invoices_late (what invoices "
        "tell of a chance is worked out for beta laws). Did you mean dist = \"beta\"?");
  return beta_quantile(a + late, a * (1 - mean) / mean + settled - late, u);
}

double alive_given_past(const sim::Law& rates, double base_cumulative, double variance, const KnownOrders& seen) {
  const double shape = rates.family == sim::Family::gamma ? static_cast<double>(rates.values[1]) : 0;
  return chance_alive(seen, {.mean = static_cast<double>(rates.values[0]), .shape = shape},
                      {.mean = base_cumulative, .shape = variance > 0 ? 1 / variance : 0});
}

InvoicesSeen record_of_first_months(const InvoicesSeen& all, std::int64_t months, std::int64_t of) {
  const auto part = [](std::int64_t number, std::int64_t share, std::int64_t whole) {
    return whole > 0 ? (2 * number * share + whole) / (2 * whole) : 0;
  };
  InvoicesSeen first;
  first.settled = part(all.settled, std::min(months, of), of);
  first.late = part(all.late, first.settled, all.settled);
  first.administrative = part(all.administrative, first.late, all.late);
  first.eighths_late = part(all.eighths_late, first.late, all.late);
  return first;
}

PointsTold::PointsTold(const sim::Wiring& wiring)
    : by_end_(wiring.past("points")), endless_(wiring.past("points_without_end")) {}

bool PointsTold::holds_any(const sim::BlockMonth& month, std::size_t customer) const {
  bool any = endless(month, customer) > 0;
  for (std::size_t k = 0; k < months(); ++k) any = any || ending_in(month, customer, k) > 0;
  return any;
}

PastOfOrders::PastOfOrders(const sim::Wiring& wiring)
    : orders_(wiring.past("repeat_orders")),
      last_(wiring.past("months_to_last_order")),
      seen_(wiring.past("months_seen")) {}

KnownOrders PastOfOrders::of(const sim::BlockMonth& month, std::size_t customer) const {
  return {.x = static_cast<double>(month.past(orders_, customer)),
          .last = static_cast<double>(month.past(last_, customer)),
          .seen = static_cast<double>(month.past(seen_, customer))};
}

}  // namespace clientele::models
