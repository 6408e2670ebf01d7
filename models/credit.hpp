// Who fails to pay for good, what comes of it, and what a firm does about it: holds deliveries, insures, waits.
#pragma once
#include <cstdint>
#include <vector>

#include "models/churn.hpp"
#include "models/credit_climate.hpp"
#include "models/kpis.hpp"
#include "models/payment_delay.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// A customer defaults at the end of a month with chance 1 - exp(-H),
///   H = -log(1 - default_chance_i) x (1 - s + s p_i / E p) x exp(stress_effect x L_it - stress_effect^2 / 2)
///         x climate_t x driver x exp(default_by_terms x (terms - reference) / 30),
/// where p_i is its chance of paying late, s = default_goes_with_late, L_it its liquidity of the month before (variance
/// 1) and climate_t the common factor of models/credit_climate.hpp: each has a mean of 1, so that default_chance is the
/// average. Who owes something may default after leaving, too. Default goes before leaving (competing risks).
///
/// What is open then is frozen: nobody pays it any more. What is not expected to come back is written off at once, at
/// the sales price, since the margin was booked with the invoice; the rest is a claim that comes in recovery_months
/// later: (1 - loss_given_default) of it from the estate, and of the loss insured_share x insurance_covers from the
/// insurer. Expected loss = chance x exposure x loss given default: exposure does most of the work.
///
/// A hold stops deliveries to who is overdue beyond so many days by the firm's own ageing at the end of the month
/// before: orders of the month wait for its end (held_orders_wait of them, and again in each month of it) or are lost,
/// and it displeases. Who knows of
/// it pays sooner: of the days late beyond the hold's, hold_prompts are saved.
struct CreditParameters {
  sim::Law default_chance;
  float default_goes_with_late = 0, stress_effect = 0, default_by_terms = 0;
  float climate_correlation = 0, climate_memory = 0;
  float loss_given_default = 0;
  std::int32_t recovery_months = 0;
  float insured_share = 0, insurance_covers = 0, insurance_premium = 0;
  float hold_after_days = 0, held_orders_wait = 0, hold_prompts = 0, hold_points = 0;

  float stress_shift = 0;  ///< keeps the mean over liquidity at 1
  CreditClimate climate;

  void finish();
};

/// A customer's cumulative hazard of default in a month of average liquidity and climate.
CLIENTELE_INLINE float default_hazard(float chance, float late_factor) {
  const float below_one = chance < 0.999999F ? chance : 0.999999F;
  return -sim::log1p(-below_one) * late_factor;
}

/// What liquidity makes of it: 1 on average over customers.
CLIENTELE_INLINE float stress(float liquidity, float effect, float shift) {
  return sim::exp(std::fma(effect, liquidity, shift));
}

/// What terms make of it, so many months longer than usual.
CLIENTELE_INLINE float default_by_terms(float months_longer, float effect) { return sim::exp(effect * months_longer); }

/// The share of receivables that is insured, when insurers cover `driver` times what they are asked for.
CLIENTELE_INLINE float insured_part(float share, float driver) {
  const float part = share * driver;
  return part < 1.F ? part : 1.F;
}

/// What of a frozen amount is expected to come in: from the estate, and of the loss from the insurer.
CLIENTELE_INLINE float claimed_share(float loss_given_default, float insured_share, float covers) {
  return (1.F - loss_given_default) + loss_given_default * (insured_share * covers);
}

/// A hold after more days than this is none: an ageing does not tell them apart.
inline constexpr float longest_hold_days = 90.F;

/// The ageing bucket from which on a hold begins: 1 after 30 days, 2 after 60, 3 after 90; 0 never. An ageing tells at
/// month ends, in steps of 30 days, so that days between count as the next step.
CLIENTELE_INLINE std::int32_t hold_from(float hold_after_days) {
  if (hold_after_days > longest_hold_days) return 0;
  return hold_after_days <= 30.F ? 1 : hold_after_days <= 60.F ? 2 : 3;
}
inline bool is_a_hold(double hold_after_days) { return hold_after_days <= static_cast<double>(longest_hold_days); }

/// Days overdue beyond which deliveries stop, as an ageing tells it; 0 where they never do.
inline float hold_days(float hold_after_days) {
  return days_per_month * static_cast<float>(hold_from(hold_after_days));
}

/// Days late of an invoice whose customer's deliveries stop after so many.
CLIENTELE_INLINE float prompted(float days_late, float hold_days, float prompts) {
  const bool waits = (hold_days > 0.F) & (days_late > hold_days);
  return waits ? hold_days + (1.F - prompts) * (days_late - hold_days) : days_late;
}

/// Whether somebody is held who owes so much in the older buckets.
CLIENTELE_INLINE bool is_held(std::int32_t from, std::int32_t to_60, std::int32_t to_90, std::int32_t older) {
  const std::int32_t beyond = older | sim::when(from <= 2, to_90) | sim::when(from <= 1, to_60);
  return (from > 0) & (beyond > 0);
}

sim::FieldTable credit_fields();

inline std::vector<sim::DriverInfo> credit_drivers() {
  return {{"default_chance", sim::DriverKind::factor, "factor", "multiplies every customer's hazard of default"},
          {"insured_share", sim::DriverKind::factor, "factor",
           "multiplies the share of receivables that insurers cover; the premium goes with it"}};
}

Kpis credit_kpis();

class Credit final : public sim::Behavior {
 public:
  explicit Credit(sim::Wiring& wiring);
  void draw_traits(sim::BlockMonth& month) const override;
  int months_ahead(const sim::Outlook& outlook) const override;
  /// Before orders: who is overdue for long gets nothing delivered.
  void hold(sim::BlockMonth& month) const;
  /// After orders, before payment: who defaults at the end of the month.
  void decide(sim::BlockMonth& month) const;
  /// After payment: what was open is written off or becomes a claim; claims of former months come in.
  void collect(sim::BlockMonth& month) const;
  /// Where months end: claims are owed until they come in.
  void collect_what_is_open(sim::BlockMonth& month) const;

 private:
  void find_hazard(sim::BlockMonth& month) const;
  void decide(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void tell_chance(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void insure(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void write_off(const sim::BlockMonth& month, const sim::Arm& arm) const;

  Credit(sim::Wiring& wiring, sim::StageWiring hold, sim::StageWiring decide, sim::StageWiring collect);

  sim::CoreColumns core_;
  sim::Parameters<CreditParameters> parameters_;
  sim::Parameters<PaymentParameters> payment_;
  bool is_used_, holds_, insures_;
  sim::Trait<float> chance_, hazard_;
  sim::Trait<const float> late_chance_;
  sim::BirthLuck chance_luck_;
  sim::MonthLuck default_luck_, climate_luck_;
  sim::Fate<const float> liquidity_;
  sim::Driver default_driver_, insured_driver_;
  sim::Lever<float> months_longer_, insured_share_, hold_from_;
  sim::State<const std::int32_t> to_60_, to_90_, older_, receivables_;
  sim::Passing<std::int32_t> held_, defaults_;
  sim::Sum satisfaction_;
  sim::Common<float> hazard_now_, outlived_;
  sim::Passing<float> chance_now_;
  sim::Departure defaulted_;
  sim::Passing<const std::int32_t> sold_, insured_sales_, frozen_;
  sim::Common<const float> rounding_;
  sim::Common<std::int32_t> premium_, written_off_, insured_;
  sim::Collected costs_;
  sim::Ring<std::int32_t> due_claims_;
  sim::State<std::int32_t> claims_;
  sim::Common<std::int32_t> open_at_end_;
  sim::Metric held_metric_, premium_metric_, written_off_metric_, insured_metric_, recovered_metric_, claims_metric_,
      claims_of_horizon_metric_;
};

}  // namespace clientele::models
