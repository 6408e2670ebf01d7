// Payment's invoices: luck is drawn once for all arms; each arm dates its orders and enters them where they settle.
//
// All of this goes along the month's list of orders; an order finds its customer's thresholds and terms by place.
#include <algorithm>

#include "models/addresses.hpp"
#include "models/payment.hpp"

namespace clientele::models {

void Payment::draw_luck(sim::BlockMonth& month) const {
  const auto delay_words = month.variates().words(delay_luck_), issue_words = month.variates().words(issue_luck_);
  const auto dispute_words = month.variates().words(dispute_luck_), reason_words = month.variates().words(reason_luck_);
  const auto exponential = month[exponential_], issue_day = month[issue_day_], reason = month[reason_];
  const auto dispute = month[dispute_bits_];
#pragma omp simd
  for (std::size_t q = 0; q < exponential.size(); ++q) {
    exponential[q] = -sim::log(sim::uniform(delay_words[q]));
    issue_day[q] = days_per_month * sim::uniform(issue_words[q]);
    reason[q] = sim::uniform(reason_words[q]);
    dispute[q] = sim::chance_bits(dispute_words[q]);
  }
}

void Payment::check_orders(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto placed = arm[core_.orders];
  std::int32_t most = 0;
#pragma omp simd reduction(max : most)
  for (std::size_t i = 0; i < placed.size(); ++i) most = placed[i] > most ? placed[i] : most;
  if (most <= most_orders_of_a_month) return;
  throw sim::UserError("a customer places " + std::to_string(most) + " orders in month " +
                       std::to_string(month.month()) + " (invoices are kept apart until they settle, at most " +
                       std::to_string(most_orders_of_a_month) +
                       " a month). Would fewer orders of more value do (purchasing.orders_per_month, order_value)?");
}

void Payment::issue(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const {
  check_orders(month, arm);
  set_thresholds(month, arm);
  if (date(month, arm, orders) > most_months_open) count_beyond(month, arm, orders);
  enter(month, arm);
  enter_late(month, arm);
  enter_overdue(month, arm, orders);
}

void Payment::set_thresholds(sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto odds = month.arms().front()[odds_now_];
  const auto threshold = arm[threshold_], disputed_threshold = arm[disputed_threshold_];
  const float driver = arm.driver(late_odds_driver_), dispute_odds = month.parameters(parameters_).dispute_odds;
#pragma omp simd
  for (std::size_t i = 0; i < threshold.size(); ++i) {
    threshold[i] = late_threshold(odds[i] * driver);
    disputed_threshold[i] = late_threshold(odds[i] * driver * dispute_odds);
  }
}

/// When each invoice of the arm settles, what it is worth, how late it is and why, and how many month ends it is overdue
/// before. Nothing of it for who did not order; one of nothing cannot be late. Returns the most months until any settles.
std::int32_t Payment::date(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const {
  const PaymentParameters& p = month.parameters(parameters_);
  const auto exponential = month[exponential_], issue_day = month[issue_day_], reason = month[reason_];
  const auto factor = month[factor_];
  const auto dispute = month[dispute_bits_];
  const auto threshold = arm[threshold_], disputed_threshold = arm[disputed_threshold_];
  const auto terms_of = arm[terms_];
  const auto paid = arm[paid_value_];
  const auto placed = arm[core_.orders];
  const auto customers = orders.customers();
  const auto slots = orders.slots();
  const auto lags = month[lag_], cells = month[cell_], amounts = month[amount_], eighths = month[eighths_];
  const auto late = month[late_], overdue = month[overdue_];
  const auto counts = month[counts_], reasons = month[reasons_];
  const float scale = p.scale_days * arm.driver(days_late_driver_), disputed_scale = scale * p.disputed_days_factor;
  const float inverse_shape = p.inverse_shape, early = p.early_days, liquidity_share = p.liquidity_share;
  const float per_quantum = month.per_quantum();
  const std::int32_t limit = sim::chance_threshold(p.dispute_chance * arm.driver(dispute_driver_));
  const sim::MonthsAhead ahead_of_now = arm.ahead_of(month.month(), settled_.amount);
  std::int32_t most = 0;
#pragma omp simd reduction(max : most)
  for (std::size_t q = 0; q < lags.size(); ++q) {
    const std::int32_t i = customers[q];
    const bool is_placed = sim::slot_of(slots[q]) < placed[i], is_disputed = sim::happens(dispute[q], limit);
    const float usual = threshold[i], if_disputed = disputed_threshold[i], terms = terms_of[i];
    const std::int32_t amount = sim::when(is_placed, order_quanta(paid[i], factor[q], per_quantum));
    const float unit = unit_days_late(exponential[q], is_disputed ? if_disputed : usual, inverse_shape);
    const float days = unit * (is_disputed ? disputed_scale : scale);
    const float ahead = early * reason[q], waits = terms > ahead ? terms - ahead : 0.F;
    const float settled = issue_day[q] + (unit > 0.F ? terms + days : waits);
    const std::int32_t lag = months_until(settled), due = months_until(issue_day[q] + terms);
    const std::int32_t kept = lag < most_months_open ? lag : most_months_open;
    const bool is_late = (unit > 0.F) & (amount > 0);
    lags[q] = sim::when(is_placed, lag);
    cells[q] = ahead_of_now.cell(kept, i);
    amounts[q] = amount;
    late[q] = static_cast<std::int32_t>(is_late);
    eighths[q] = sim::when(is_late, eighths_late(days));
    overdue[q] = sim::when(is_late & (kept > due), kept - due);
    counts[q] = two_counts(is_placed, is_late);
    reasons[q] = two_counts(is_disputed, !is_disputed & (reason[q] < liquidity_share));
    most = lags[q] > most ? lags[q] : most;
  }
  return most;
}

/// Those that would settle after the last month that is kept: hardly ever any.
void Payment::count_beyond(const sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const {
  const auto lags = month[lag_];
  const auto customers = orders.customers();
  const auto beyond = arm[beyond_];
  std::ranges::fill(beyond, 0);
  for (std::size_t q = 0; q < lags.size(); ++q)
    if (lags[q] > most_months_open) ++beyond[static_cast<std::size_t>(customers[q])];
  arm.count(limit_metric_, beyond);
}

/// Each invoice goes into the month in which it settles.
void Payment::enter(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const std::int32_t *cells = month[cell_].data(), *amounts = month[amount_].data();
  const std::uint32_t* counts = month[counts_].data();
  std::int32_t* amount = arm.all(settled_.amount).data();
  std::uint32_t* invoices = arm.all(settled_.invoices).data();
  for (std::size_t q = 0; q < month[cell_].size(); ++q) {
    const std::int32_t cell = cells[q];
    amount[cell] = add_up(amount[cell], amounts[q]);
    invoices[cell] += counts[q];
  }
}

/// Days and reasons of the late ones: one in three.
void Payment::enter_late(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto cells = month[cell_], eighths = month[eighths_];
  const auto reasons = month[reasons_], places = month[places_];
  const auto days = arm.all(settled_.days);
  const auto whys = arm.all(settled_.reasons);
  for (const std::uint32_t q : places.first(sim::list_places(month[late_], places.data()))) {
    const auto cell = static_cast<std::size_t>(cells[q]);
    days[cell] = add_up(days[cell], eighths[q]);
    whys[cell] += reasons[q];
  }
}

/// Invoices that are open past their due date at some month's end: one in ten.
void Payment::enter_overdue(const sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const {
  const auto lags = month[lag_], cells = month[cell_], amounts = month[amount_], overdue = month[overdue_];
  const auto customers = orders.customers();
  const auto places = month[places_];
  const auto enters = arm.all(ageing_.enters);
  const std::span<std::int32_t> leaves[] = {arm.all(ageing_.after_one), arm.all(ageing_.after_two),
                                            arm.all(ageing_.after_more)};
  const sim::MonthsAhead ahead_of_now = arm.ahead_of(month.month(), ageing_.enters);
  for (const std::uint32_t q : places.first(sim::list_places(overdue, places.data()))) {
    const std::int32_t ends = overdue[q], lag = std::min(lags[q], most_months_open);
    std::int32_t& in = enters[static_cast<std::size_t>(ahead_of_now.cell(lag - ends, customers[q]))];
    std::int32_t& out = leaves[std::min(ends, 3) - 1][static_cast<std::size_t>(cells[q])];
    in = add_up(in, amounts[q]);
    out = add_up(out, amounts[q]);
  }
}

}  // namespace clientele::models
