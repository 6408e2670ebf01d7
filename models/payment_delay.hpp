// When one invoice is paid: the law of its delay, as pure functions of its customer, its terms and its luck.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

inline constexpr float days_per_month = 30.F;
/// An invoice settles at most this many months after its own; what would settle later does so then.
inline constexpr std::int32_t max_months_open = 23;
/// No customer's days late or early are more than this many times the stated ones, so that rings have a depth.
inline constexpr float max_days_factor = 3.F;

/// A customer's days over the stated ones: 1 - slope + slope x chance / reference, exactly 1 for a slope of 0.
CLIENTELE_INLINE float days_factor(float chance, float reference, float slope) {
  const float ratio = chance / reference;
  return (1.F - slope) + slope * (ratio < max_days_factor ? ratio : max_days_factor);
}

/// What goes with a customer's chance of paying late by a slope: 1 on average over customers; at most ten times the
/// mean chance counts.
CLIENTELE_INLINE float goes_with_late(float chance, float mean_chance, float slope) {
  constexpr float highest = 10.F;
  const float ratio = chance / mean_chance;
  return (1.F - slope) + slope * (ratio < highest ? ratio : highest);
}

/// An invoice is issued on a day of its month, uniform in [0, 30), and settles terms + D days later:
///   odds of late = o_i x driver x exp(late_offset + liquidity_effect x L_it + dispute_effect [disputed])
///   D | on time ~ -U(0, early_days x e_i), but not before the issue;  D | late ~ Weibull(shape, mean x l_i x driver),
/// with a longer mean where the invoice is disputed. o_i are the odds at which late_chance_i of all invoices, disputed
/// ones among them, are late. Who is late often is late for long and early by little: with slopes s and p = late_chance
///   l_i = 1 - s + s p_i / (E p^2 / E p),   e_i = 1 - s + s (1 - p_i) / (E (1 - p)^2 / E (1 - p)),
/// both 1 on average over the invoices that they are for. L_it is a customer's liquidity, AR(1) with variance 1. A late
/// invoice is late for a dispute, else for want of money (liquidity_share), else by administration.
///
/// One word decides between late and on time and, where late, for how long: e = -log u is exponential; the invoice is
/// late if e exceeds -log P(late), and the excess is exponential again, so D = scale x excess^(1/shape). A worse payer
/// pays later in every case. One paid on its due day, late by 0 days, is not late. Days, reasons and money are booked
/// in the month of settlement: a firm does not know them before. Source: fitted to 2,466 invoices of 100 customers, a
/// vendor's sample data, not a census: fiction. There, disputed invoices are rather those of late payers and early days
/// are no uniform law; here, disputes fall on all alike.
struct PaymentParameters {
  float terms_days = 0;
  sim::Law late_chance, days_late;
  float early_days = 0, dispute_chance = 0, dispute_effect = 0, disputed_days_factor = 1;
  float disputes_in_late_chance = 0, days_late_slope = 0, early_days_slope = 0;
  float late_offset = 0, liquidity_effect = 0, liquidity_memory = 0, liquidity_share = 0;
  float terms_elasticity = 0, reference_terms = 0, terms_saturation = 0, terms_go_with_late = 0;
  float newcomers_by_terms = 0;
  float credited_share = 0;
  std::array<float, 5> opening{};  ///< owed when month 0 begins: not due, and by the ages of models/ageing.hpp [money]

  float scale_days = 0, inverse_shape = 0;  ///< of the Weibull law
  float dispute_odds = 1, liquidity_step = 0;
  float late_reference = 1, early_reference = 1;  ///< chance behind the average late invoice, and behind one on time
  float longest_days_factor = 1;                  ///< of the customer who is always late

  /// E p over customers.
  float mean_late_chance() const { return std::max(1e-6F, late_chance.values[0]); }

  void finish() {
    const double mean = days_late.values[0];
    const bool varies = days_late.family == sim::Family::weibull;
    const double inverse = varies ? 1.0 / static_cast<double>(days_late.values[1]) : 0.0;
    inverse_shape = static_cast<float>(inverse);
    scale_days = static_cast<float>(varies ? mean / sim::exp(sim::log_gamma(1.0 + inverse)) : mean);
    dispute_odds = sim::exp(dispute_effect);
    liquidity_step = std::sqrt(1.F - liquidity_memory * liquidity_memory);
    find_references();
  }

 private:
  void find_references() {
    if (late_chance.family == sim::Family::empirical) return find_references_of(*late_chance.sample);
    const bool varies = late_chance.family == sim::Family::beta;
    const float mean = late_chance.values[0], a = late_chance.values[1];
    const float both = varies ? a / mean : 1.F;  // a + b
    late_reference = std::max(1e-6F, varies ? (a + 1.F) / (both + 1.F) : mean);
    early_reference = std::max(1e-6F, varies ? (both - a + 1.F) / (both + 1.F) : 1.F - mean);
    longest_days_factor = days_factor(1.F, late_reference, days_late_slope);
  }
  void find_references_of(const sim::Sample& sample) {
    const double factor = sample.factor_to(static_cast<double>(late_chance.values[0]));
    const double mean = factor * sample.mean, square = factor * factor * sample.square;
    const double on_time = 1 - mean, square_on_time = 1 - 2 * mean + square;
    late_reference = std::max(1e-6F, mean > 0 ? static_cast<float>(square / mean) : 0.F);
    early_reference = std::max(1e-6F, on_time > 0 ? static_cast<float>(square_on_time / on_time) : 0.F);
    longest_days_factor = days_factor(1.F, late_reference, days_late_slope);
  }
};

/// What payment terms do to the log of a customer's orders, with x = (terms - reference) / 30 days:
///   elasticity x (1 - exp(-saturation x x)) / saturation for longer terms, elasticity x x for shorter ones, and for a
/// saturation of 0.
/// The first days of longer terms are worth the most, and beyond a few months more of them bring nothing; without that
/// the longest terms that can be written win at any plausible loss. Shorter terms go on as the first day does.
inline float terms_exponent(float terms_days, float elasticity, float reference_terms, float saturation) {
  if (saturation == 0.F || terms_days <= reference_terms)
    return elasticity * (terms_days - reference_terms) / days_per_month;
  const float x = (terms_days - reference_terms) / days_per_month;
  return elasticity * ((1.F - sim::exp(-saturation * x)) / saturation);
}

/// p / (1 - p), at most 1e30 (never on time).
CLIENTELE_INLINE float odds_of(float chance) {
  const float on_time = 1.F - chance;
  return chance / (on_time > 1e-30F ? on_time : 1e-30F);
}

/// The odds o of an invoice without a dispute, if `chance` of all are late, `disputed` of all are disputed and these
/// have odds times `dispute_odds` = d: the root of d (1 - p) o^2 - b o - p = 0, b = p (1 + d) - 1 + q (1 - d), written
/// so that nothing cancels. At most 1e30 or so.
CLIENTELE_INLINE float odds_beside_disputes(float chance, float disputed, float dispute_odds) {
  const float on_time = 1.F - chance, b = chance * (1.F + dispute_odds) - 1.F + disputed * (1.F - dispute_odds);
  const float root = std::sqrt(b * b + 4.F * dispute_odds * chance * on_time), sum = root + std::fabs(b);
  const float below = 2.F * dispute_odds * (on_time > 1e-30F ? on_time : 1e-30F);
  return b > 0.F ? sum / below : 2.F * chance / (sum > 1e-30F ? sum : 1e-30F);
}

/// What -log u must exceed for an invoice to be late: -log P(late). Above 88 (no word gets there) for odds 0.
CLIENTELE_INLINE float late_threshold(float odds) {
  const float capped = odds < 1e30F ? odds : 1e30F;
  return capped > 1e-30F ? sim::log1p(1.F / capped) : 88.F;
}

/// Next month's liquidity, for a standard normal z: memory x L + sqrt(1 - memory^2) z keeps the variance at 1.
CLIENTELE_INLINE float next_liquidity(float liquidity, float memory, float step, float z) {
  return std::fma(memory, liquidity, step * z);
}

/// Days late in units of the Weibull scale, 0 where not late.
CLIENTELE_INLINE float unit_days_late(float exponential, float threshold, float inverse_shape) {
  return sim::when(exponential > threshold, sim::exp(inverse_shape * sim::log(exponential - threshold)));
}

/// Days from invoice to payment of one on time, paid so many days ahead of the due date, but not before the issue.
CLIENTELE_INLINE float days_waited(float terms, float ahead) { return terms > ahead ? terms - ahead : 0.F; }

/// Days late in eighths of a day; whoever is late is so by an eighth at least, and by 24 months at most.
CLIENTELE_INLINE std::int32_t eighths_late(float days_late) {
  constexpr float most = 8.F * days_per_month * 24.F;
  const float eighths = 8.F * days_late, floor = eighths > 1.F ? eighths : 1.F;
  return sim::when(days_late > 0.F, static_cast<std::int32_t>(std::rint(floor < most ? floor : most)));
}

/// Months from that of the invoice to a day of its life, counted from the month's beginning; before the limit.
CLIENTELE_INLINE std::int32_t months_until(float day) {
  const float months = day * (1.F / days_per_month);
  return static_cast<std::int32_t>(months < 1e6F ? months : 1e6F);
}

/// Months until the last invoice of a month settles, whatever its luck: issued on the last day, with the least word
/// there is for its delay, and a threshold of 0.
CLIENTELE_INLINE std::int32_t longest_months_open(const PaymentParameters& p, float terms_days, float driver) {
  constexpr float rounding = 1.001F;
  const float unit = unit_days_late(-sim::log(sim::uniform(0)), 0.F, p.inverse_shape);
  const float longest = p.longest_days_factor * std::max(1.F, p.disputed_days_factor);
  const float days = p.scale_days * driver * longest * unit * rounding;
  return std::min(months_until(days_per_month + terms_days + days), max_months_open);
}

/// Whether a newcomer joins at the terms that it is offered, whose pull is s = exp(exponent x its response): of usual
/// ones the share s where that is below 1, of those who may be won beside them s - 1 where it is above. So terms win
/// late payers first, and lose them first.
CLIENTELE_INLINE bool joins(float exponent, float response, bool is_won_over, float u) {
  const float pull = sim::exp(exponent * response);
  return u < (is_won_over ? pull - 1.F : pull);
}

}  // namespace clientele::models
