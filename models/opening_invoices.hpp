// What customers owe when month 0 begins, by age: where no warm-up says it the firm's ageing, spread over customers;
// or each customer's own, where a file tells it.
#pragma once
#include <array>
#include <cstdint>

#include "models/ageing.hpp"
#include "models/open_invoices.hpp"
#include "models/payment_delay.hpp"
#include "sim/behavior.hpp"
#include "sim/core/math.hpp"
#include "sim/signal.hpp"

namespace clientele::models {

/// A customer's part of what is not due goes by its expected sales, of what is overdue by these times its odds of
/// paying late, which count up to a thousand. Amounts are rounded by luck: sums are as stated but for some quanta.
/// A part not due falls due on a day uniform over the customer's terms and is paid as any other invoice. What has been
/// overdue for a days (uniform over its month of age, 90 to 120 for the oldest) is paid D days late, given that D > a:
///   (D / scale)^shape = (a / scale)^shape + e,  e exponential.
CLIENTELE_INLINE float days_late_given_age(float age, float exponential, float scale, float inverse_shape) {
  if (!(scale > 0.F) || !(inverse_shape > 0.F)) return age;
  const float past = sim::exp(sim::log(age / scale) / inverse_shape);
  const float days = scale * sim::exp(inverse_shape * sim::log(past + exponential));
  return days > age ? days : age;
}

/// A customer's weight [quanta]: expected sales of a month; and that times the odds of paying late.
struct OpeningWeight {
  std::int64_t sales = 0, arrears = 0;
};
inline OpeningWeight opening_weight(float orders, float value, float late_odds, float per_quantum) {
  constexpr double most = 1e12;
  const double sales = static_cast<double>(orders) * static_cast<double>(value) * static_cast<double>(per_quantum);
  const double odds = late_odds < 1000.F ? static_cast<double>(late_odds) : 1000.0;
  return {static_cast<std::int64_t>(sales < most ? sales : most),
          static_cast<std::int64_t>(sales * odds < most ? sales * odds : most)};
}

/// A part of a total [quanta], rounded by luck.
inline double opening_part(double total, std::int64_t weight, std::int64_t all, float u) {
  const double part = all > 0 ? total * static_cast<double>(weight) / static_cast<double>(all) : 0,
               whole = std::floor(part);
  return whole + (static_cast<double>(u) < part - whole ? 1 : 0);
}

/// An invoice of an opening, in months from month 0 on.
struct OpeningInvoice {
  std::int32_t due = 0, lag = 0, eighths = 0;
};

/// One that is not due yet, of somebody who pays late if `exponential` exceeds the threshold.
CLIENTELE_INLINE OpeningInvoice invoice_not_due(float terms, float due_luck, float exponential, float threshold,
                                                float scale, float inverse_shape, float early_days, float other_luck) {
  const float due = terms * due_luck, unit = unit_days_late(exponential, threshold, inverse_shape);
  const float days = unit * scale, ahead = early_days * other_luck;
  const float settles = unit > 0.F ? due + days : days_waited(due, ahead);
  const std::int32_t lag = months_until(settles);
  return {months_until(due), lag < max_months_open ? lag : max_months_open, eighths_late(days)};
}

/// One that has been overdue for so many month ends, 1 to 4.
CLIENTELE_INLINE OpeningInvoice invoice_overdue(std::int32_t month_ends, float age_luck, float exponential, float scale,
                                                float inverse_shape) {
  const float age = days_per_month * (static_cast<float>(month_ends - 1) + age_luck);
  const float days = days_late_given_age(age, exponential, scale, inverse_shape);
  const std::int32_t lag = months_until(days - age);
  return {0, lag < max_months_open ? lag : max_months_open, eighths_late(days)};
}

/// The parts are found once all customers have said their weights.
class OpeningInvoices final : public sim::Signal {
 public:
  OpeningInvoices(sim::Wiring& wiring, sim::StageWiring opening);
  bool is_used() const override { return is_used_; }
  void open(sim::BlockMonth& month, const OpenInvoices& open, const Ageing& ageing) const;
  /// Whether a customer file tells what each customer owes, by age. As the warm-up ends, that takes the place of what
  /// is open then, of customers who have left, too, to the quantum; it settles by the same laws, at the terms and in
  /// the scenario of the warm-up, one invoice an age.
  bool is_told() const { return told_[0].is_known(); }
  void take_over(sim::BlockMonth& month, const OpenInvoices& open, const Ageing& ageing) const;

  bool needed(const sim::Occasion& occasion) const override;
  sim::VoiceSize size(const sim::Occasion&, int, const sim::Decision&) const override { return {2, 0}; }
  void measure(sim::BlockMonth& month, const sim::Arm& arm, int round, const sim::Decision& so_far,
               sim::Voice voice) const override;
  bool decide(const sim::Occasion& occasion, int round, sim::Voice heard, sim::Decision& decision) const override;

 private:
  struct Customer;
  Customer customer(sim::BlockMonth& month, const sim::Arm& arm, std::size_t i) const;
  OpeningInvoice invoice(const Customer& who, const PaymentParameters& p, std::size_t bucket) const;
  OpeningWeight weight(const sim::BlockMonth& month, std::size_t i) const;

  sim::CoreColumns core_;
  bool is_used_;
  sim::Parameters<PaymentParameters> parameters_;
  sim::Trait<const float> order_rate_, order_value_, late_odds_, days_factor_, early_;
  sim::Fate<const float> liquidity_;
  sim::BirthLuck due_luck_, delay_luck_, reason_luck_, rounding_luck_, age_luck_, further_luck_;
  sim::Driver days_late_driver_, late_odds_driver_;
  sim::Lever<float> terms_;
  sim::Common<std::int32_t> brought_;
  sim::Metric brought_metric_;
  sim::Past told_[5];  ///< by age, not due first
};

}  // namespace clientele::models
