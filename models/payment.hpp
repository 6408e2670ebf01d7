// When each invoice is paid, and what is owed until then.
#pragma once
#include <cstdint>
#include <vector>

#include "models/quanta.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

inline constexpr float days_per_month = 30.F;
/// An invoice settles at most this many months after its own; what would settle later does so then.
inline constexpr std::int32_t most_months_open = 23;

/// Invoices of a customer that settle in one month stand in 16 bits, the late ones of them in 16 more (a ring of their
/// own would cost a tenth of a run's time). All that is open may settle at once: so many orders a month fit, and a
/// customer who places more stops the run.
inline constexpr std::int32_t most_orders_of_a_month = 65535 / (most_months_open + 1);

/// An invoice is issued on a day of its month, uniform in [0, 30), and settles terms + D days later:
///   P(D = 0) = 1 - late_chance_i,  D | late ~ Weibull(shape, mean x driver).
/// D is drawn by inversion with one word: e = -log u is exponential; the invoice is late if e exceeds
/// -log(late_chance_i), and what it exceeds it by is exponential again, so D = scale x excess^(1/shape). A worse payer
/// pays later in every case. Days, lateness and money are booked in the month of settlement: a firm does not know them
/// before. Source: mixture fitted to 2,466 invoices of a vendor's sample data (not a census): fiction.
struct PaymentParameters {
  float terms_days = 0;
  sim::Law late_chance, days_late;
  float terms_elasticity = 0, reference_terms = 0;

  float scale_days = 0, inverse_shape = 0;  ///< of the Weibull law

  void finish() {
    const double mean = days_late.values[0];
    const bool varies = days_late.family == sim::Family::weibull;
    const double inverse = varies ? 1.0 / static_cast<double>(days_late.values[1]) : 0.0;
    inverse_shape = static_cast<float>(inverse);
    scale_days = static_cast<float>(varies ? mean / sim::exp(sim::log_gamma(1.0 + inverse)) : mean);
  }
};

/// What payment terms do to the number of orders: exp(elasticity x (terms - reference) / 30 days).
CLIENTELE_INLINE float terms_effect(float terms_days, float elasticity, float reference_terms) {
  return sim::exp(elasticity * (terms_days - reference_terms) / days_per_month);
}

/// What -log u must exceed for an invoice to be late: -log(late chance). Above 88 (no word gets there) for chance 0.
CLIENTELE_INLINE float late_threshold(float late_chance) {
  return late_chance > 1e-30F ? -sim::log(late_chance) : 88.F;
}

/// Days late in units of the Weibull scale, 0 where not late.
CLIENTELE_INLINE float unit_days_late(float exponential, float threshold, float inverse_shape) {
  return sim::when(exponential > threshold, sim::exp(inverse_shape * sim::log(exponential - threshold)));
}

/// Days late in eighths of a day; whoever is late is so by an eighth at least, and by 24 months at most.
CLIENTELE_INLINE std::int32_t eighths_late(float days_late) {
  constexpr float most = 8.F * days_per_month * 24.F;
  const float eighths = 8.F * days_late, floor = eighths > 1.F ? eighths : 1.F;
  return sim::when(days_late > 0.F, static_cast<std::int32_t>(std::rint(floor < most ? floor : most)));
}

/// Months from the invoice to its settlement, before the limit.
CLIENTELE_INLINE std::int32_t months_open(float issue_day, float terms_days, float days_late) {
  const float months = (issue_day + terms_days + days_late) * (1.F / days_per_month);
  return static_cast<std::int32_t>(months < 1e6F ? months : 1e6F);
}

/// One invoice, late or not, as it is added up in 2 x 16 bits; and both parts of a sum.
CLIENTELE_INLINE std::uint32_t as_invoice(bool late) { return 65536U + static_cast<std::uint32_t>(late); }
CLIENTELE_INLINE std::int32_t invoices_of(std::uint32_t sum) { return static_cast<std::int32_t>(sum >> 16); }
CLIENTELE_INLINE std::int32_t late_of(std::uint32_t sum) { return static_cast<std::int32_t>(sum & 0xffffU); }

inline sim::FieldTable payment_fields() {
  using P = PaymentParameters;
  using sim::Kind, sim::range;
  constexpr auto ibm = "fitted to a vendor's sample data: 2,466 invoices of 100 customers";
  return sim::fields<P>({
      sim::lever(sim::field(&P::terms_days, "terms_days", "days", range(0, 360, 0, 120), 30, Kind::by_group,
                            "days from invoice to due date", sim::guess("net 30 is usual")),
                 "capital: money is owed for longer",
                 "demand: orders x exp(terms_elasticity x (terms - reference) / 30)"),
      sim::field(&P::late_chance, "late_chance", "share",
                 {sim::beta_law(0.36, 0.48), sim::constant_law(range(0, 1), 0.36)}, Kind::trait,
                 "share of a customer's invoices that are paid late", sim::fiction(ibm)),
      sim::field(&P::days_late, "days_late", "days",
                 {sim::weibull_law(range(0, 720, 0, 120), 7.4, 1.38), sim::constant_law(range(0, 720, 0, 120), 7.4)},
                 Kind::by_group, "days late of an invoice that is late", sim::fiction(ibm)),
      sim::field(&P::terms_elasticity, "terms_elasticity", "per 30 days", range(-1, 1, 0, 0.3), 0.05, Kind::by_group,
                 "change of log orders per 30 days of longer terms", sim::guess("small and positive")),
      sim::field(&P::reference_terms, "reference_terms", "days", range(0, 360, 0, 120), 30, Kind::by_group,
                 "terms at which customers order at their own rate", sim::guess("net 30 is usual")),
  });
}

inline std::vector<sim::DriverInfo> payment_drivers() {
  return {{"days_late", sim::DriverKind::factor, "factor", "multiplies the days late of every late invoice"}};
}

class Payment final : public sim::Behavior {
 public:
  explicit Payment(sim::Wiring& wiring);
  void draw_traits(sim::BlockMonth& month) const override;
  /// Before orders: what this month's terms do to demand.
  void offer_terms(sim::BlockMonth& month) const;
  /// After orders: invoices are issued, and those that are due by now are settled.
  void advance(sim::BlockMonth& month) const;

 private:
  /// The fewest and the most months that any of these invoices stays open.
  struct Span {
    std::int32_t least = most_months_open, most = -1;
  };
  void draw_delays(sim::BlockMonth& month) const;
  void check_orders(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void issue(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const;
  void date(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const;
  Span span_of(const sim::BlockMonth& month, const sim::Orders& orders) const;
  void enter(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders, std::int32_t lag) const;
  void enter_rest(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders, std::int32_t from) const;
  void settle(const sim::BlockMonth& month, const sim::Arm& arm) const;

  sim::CoreColumns core_;
  sim::Parameters<PaymentParameters> parameters_;
  sim::Trait<float> late_chance_, late_threshold_;
  sim::BirthLuck late_luck_;
  sim::OrderLuck delay_luck_, issue_luck_;
  sim::Driver days_late_driver_;
  sim::Lever<float> terms_, effect_of_terms_;
  sim::Passing<float> terms_effect_;
  sim::Passing<const float> paid_value_;
  sim::Passing<const std::int32_t> net_sales_;
  sim::Slots<const float> factor_;
  sim::Listed<float> listed_exponential_, listed_issue_day_;
  sim::Slots<float> delay_, issue_day_;
  sim::Slots<std::int32_t> lag_, amount_, eighths_;
  sim::Passing<std::int32_t> beyond_, collected_, settled_, late_;
  sim::Ring<std::int32_t> due_, days_;
  sim::Ring<std::uint32_t> invoices_;
  sim::State<std::int32_t> receivables_;
  sim::Metric collected_metric_, receivables_metric_, settled_metric_, late_metric_, days_metric_, limit_metric_;
};

}  // namespace clientele::models
