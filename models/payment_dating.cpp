// Dating invoices: luck, and who may be late by how much, once for all arms of like drivers; then each arm by its
// terms.
//
// All of this goes along the month's list of orders; an order finds its customer's thresholds and terms by place.
#include <algorithm>
#include <optional>

#include "models/addresses.hpp"
#include "models/payment.hpp"

namespace clientele::models {

void Payment::issue_all(sim::BlockMonth& month) const {
  const sim::Orders& orders = month.orders();
  draw_luck(month, orders);
  std::optional<MayBeLate> late;
  for (const sim::Arm& arm : month.arms()) {
    check_orders(month, arm);
    const Circumstances here{arm.driver(late_odds_driver_), arm.driver(dispute_driver_), arm.driver(days_late_driver_)};
    if (!late || late->under != here) late = find_late(month, here, orders);
    issue(month, arm, orders, late->size);
  }
}

void Payment::draw_luck(sim::BlockMonth& month, const sim::Orders& orders) const {
  const auto delay_words = month.variates().words(delay_luck_), issue_words = month.variates().words(issue_luck_);
  const auto dispute_words = month.variates().words(dispute_luck_), reason_words = month.variates().words(reason_luck_);
  const auto exponential = month[exponential_], issue_day = month[issue_day_], reason = month[reason_];
  const auto ahead = month[ahead_];
  const auto early = month[early_];
  const auto dispute = month[dispute_bits_];
  const auto customers = orders.customers();
#pragma omp simd
  for (std::size_t q = 0; q < exponential.size(); ++q) {
    exponential[q] = -sim::log(sim::uniform(delay_words[q]));
    issue_day[q] = days_per_month * sim::uniform(issue_words[q]);
    reason[q] = sim::uniform(reason_words[q]);
    ahead[q] = early[customers[q]] * reason[q];
    dispute[q] = sim::chance_bits(dispute_words[q]);
  }
}

void Payment::check_orders(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto placed = arm[core_.orders];
  std::int32_t most = 0;
#pragma omp simd reduction(max : most)
  for (std::size_t i = 0; i < placed.size(); ++i) most = placed[i] > most ? placed[i] : most;
  if (most <= max_orders_of_a_month) return;
  throw sim::UserError("a customer places " + std::to_string(most) + " orders in month " +
                       std::to_string(month.month()) + " (invoices are kept apart until they settle, at most " +
                       std::to_string(max_orders_of_a_month) +
                       " a month). Would fewer orders of more value do (purchasing.orders_per_month, order_value)?");
}

/// An invoice may be late where its luck exceeds the threshold, whoever orders it.
Payment::MayBeLate Payment::find_late(sim::BlockMonth& month, const Circumstances& under,
                                      const sim::Orders& orders) const {
  set_thresholds(month, under);
  const auto exponential = month[exponential_], excess = month[excess_];
  const auto threshold = month[threshold_], disputed_threshold = month[disputed_threshold_];
  const auto dispute = month[dispute_bits_], may_be_late = month[may_be_late_];
  const auto customers = orders.customers();
  const std::int32_t limit = sim::chance_threshold(month.parameters(parameters_).dispute_chance * under.disputes);
#pragma omp simd
  for (std::size_t q = 0; q < excess.size(); ++q) {
    const std::int32_t i = customers[q];
    const float usual = threshold[i], if_disputed = disputed_threshold[i];
    excess[q] = exponential[q] - (sim::happens(dispute[q], limit) ? if_disputed : usual);
    may_be_late[q] = static_cast<std::int32_t>(excess[q] > 0.F);
  }
  const MayBeLate late{under, sim::list_places(may_be_late, month[dated_.late_places].data())};
  judge_late(month, late, orders);
  return late;
}

void Payment::set_thresholds(sim::BlockMonth& month, const Circumstances& under) const {
  const auto odds = month[odds_now_];
  const auto threshold = month[threshold_], disputed_threshold = month[disputed_threshold_];
  const float driver = under.late_odds, dispute_odds = month.parameters(parameters_).dispute_odds;
#pragma omp simd
  for (std::size_t i = 0; i < threshold.size(); ++i) {
    threshold[i] = late_threshold(odds[i] * driver);
    disputed_threshold[i] = late_threshold(odds[i] * driver * dispute_odds);
  }
}

/// How late each would be and why. One of 0 days is not late: if its excess is too small to be told from nothing, it is
/// paid ahead like those on time.
void Payment::judge_late(sim::BlockMonth& month, const MayBeLate& late, const sim::Orders& orders) const {
  const PaymentParameters& p = month.parameters(parameters_);
  const auto places = month[dated_.late_places];
  const auto issue_day = month[issue_day_], reason = month[reason_], ahead = month[ahead_], excess = month[excess_];
  const auto days_of = month[days_factor_];
  const auto dispute = month[dispute_bits_];
  const auto customers = orders.customers();
  const auto late_customers = month[dated_.late_customer], eighths = month[eighths_late_];
  const auto late_issue_day = month[late_issue_day_], late_ahead = month[late_ahead_], days_late = month[days_late_];
  const auto reasons = month[reason_if_late_];
  const float scale = p.scale_days * late.under.days_late, disputed_scale = scale * p.disputed_days_factor;
  const float inverse_shape = p.inverse_shape, liquidity_share = p.liquidity_share;
  const std::int32_t limit = sim::chance_threshold(p.dispute_chance * late.under.disputes);
#pragma omp simd
  for (std::size_t k = 0; k < sim::whole_registers(late.size); ++k) {
    const auto q = static_cast<std::int32_t>(places[k]);
    const std::int32_t i = customers[q];
    const bool is_disputed = sim::happens(dispute[q], limit);
    const float day = issue_day[q], early = ahead[q], other_luck = reason[q];
    const float unit = unit_days_late(excess[q], 0.F, inverse_shape);
    const float days = unit * (is_disputed ? disputed_scale : scale) * days_of[i];
    late_customers[k] = i;
    late_issue_day[k] = day;
    late_ahead[k] = unit > 0.F ? 0.F : early;
    days_late[k] = days;
    eighths[k] = eighths_late(days);
    reasons[k] = two_counts(is_disputed, !is_disputed & (other_luck < liquidity_share));
  }
}

void Payment::issue(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders, std::size_t late) const {
  price(month, arm, orders);
  date(month, arm, orders);
  const std::int32_t most = date_late(month, arm, late);
  sim::expects(std::min(most, max_months_open) < open_.depth(arm), "an invoice settles within its ring");
  if (open_.notes().is_used()) open_.notes().date(month, dated_, late, open_.ahead_of(month.month(), arm));
  if (most > max_months_open) open_.count_beyond(month, arm, dated_, late);
  ageing_.enter(month, arm, dated_, late);
  open_.enter(month, arm, dated_, late);
}

/// What each invoice is worth, with a further category in the order and a surcharge on it where there are such. Who did
/// not order has an invoice of nothing.
template <bool category, bool surcharges>
void Payment::price_with(const sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const {
  const auto list_value = month[list_value_], customers = orders.customers();
  const auto rounding = month[rounding_];
  const auto discount = arm[discount_];
  const auto placed = arm[core_.orders];
  const float* growth = nullptr;
  const std::int32_t* surcharge = nullptr;
  if constexpr (category) growth = arm[growth_].data();
  if constexpr (surcharges) surcharge = arm[surcharge_].data();
  const auto slots = orders.slots();
  const auto amounts = month[dated_.amount];
  const auto counts = month[dated_.counts];
#pragma omp simd
  for (std::size_t q = 0; q < amounts.size(); ++q) {
    const std::int32_t i = customers[q];
    const bool is_placed = sim::slot_of(slots[q]) < placed[i];
    std::int32_t list = list_value[q];
    if constexpr (category) list = with_category(list, growth[i], rounding[q]);
    std::int32_t invoiced = net_quanta(list, discount[i], rounding[q]);
    if constexpr (surcharges) invoiced = add_up(invoiced, surcharge[i]);
    amounts[q] = sim::when(is_placed, invoiced);
    counts[q] = two_counts(is_placed, false);
  }
}

void Payment::price(const sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const {
  if (has_category_ && has_surcharges_) return price_with<true, true>(month, arm, orders);
  if (has_category_) return price_with<true, false>(month, arm, orders);
  if (has_surcharges_) return price_with<false, true>(month, arm, orders);
  price_with<false, false>(month, arm, orders);
}

/// Where each invoice settles if it is on time: within 13 months, since terms are 360 days at most.
void Payment::date(const sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const {
  const auto issue_day = month[issue_day_], ahead = month[ahead_];
  const auto terms = arm[terms_];
  const auto customers = orders.customers();
  const auto cells = month[dated_.cell];
  const sim::MonthsAhead ahead_of_now = open_.ahead_of(month.month(), arm);
#pragma omp simd
  for (std::size_t q = 0; q < cells.size(); ++q) {
    const std::int32_t i = customers[q];
    cells[q] = ahead_of_now.cell(months_until(issue_day[q] + days_waited(terms[i], ahead[q])), i);
  }
}

/// Days late are the same in every arm but for holds.
void Payment::prompt(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t late) const {
  const auto customers = month[dated_.late_customer];
  const auto days_late = month[days_late_], days = month[prompted_days_];
  const auto eighths = month[prompted_eighths_];
  const auto hold = arm[hold_days_];
  const float prompts = month.parameters(credit_).hold_prompts;
#pragma omp simd
  for (std::size_t k = 0; k < sim::whole_registers(late); ++k) {
    days[k] = prompted(days_late[k], hold[static_cast<std::size_t>(customers[k])], prompts);
    eighths[k] = eighths_late(days[k]);
  }
}

/// The late ones: when each settles, and how many month ends it is overdue before. One of nothing is not late. Returns
/// the most months until any settles, also of one that this arm did not order.
std::int32_t Payment::date_late(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t late) const {
  const auto places = month[dated_.late_places];
  if (holds_) prompt(month, arm, late);
  const auto issue_day = month[late_issue_day_], ahead = month[late_ahead_];
  const auto days_late = holds_ ? month[prompted_days_] : month[days_late_];
  const auto customers = month[dated_.late_customer], amounts = month[dated_.amount];
  const auto eighths_if_late = holds_ ? month[prompted_eighths_] : month[eighths_late_];
  const auto reason_if_late = month[reason_if_late_];
  const auto terms_of = arm[terms_];
  const auto lags = month[dated_.lag], cells = month[dated_.late_cell], eighths = month[dated_.eighths];
  const auto overdue = month[dated_.overdue];
  const auto reasons = month[dated_.reasons];
  const sim::MonthsAhead ahead_of_now = open_.ahead_of(month.month(), arm);
  std::int32_t most = 0;
#pragma omp simd reduction(max : most)
  for (std::size_t k = 0; k < sim::whole_registers(late); ++k) {
    const std::int32_t i = customers[k], amount = amounts[static_cast<std::int32_t>(places[k])];
    const float terms = terms_of[i], day = issue_day[k];
    const std::int32_t lag = months_until(day + (days_waited(terms, ahead[k]) + days_late[k]));
    const std::int32_t due = months_until(day + terms);
    const std::int32_t kept = lag < max_months_open ? lag : max_months_open;
    const bool is_late = (eighths_if_late[k] > 0) & (amount > 0);
    lags[k] = lag;
    cells[k] = ahead_of_now.cell(kept, i);
    eighths[k] = sim::when(is_late, eighths_if_late[k]);
    overdue[k] = sim::when(is_late & (kept > due), kept - due);
    reasons[k] = is_late ? reason_if_late[k] : 0U;
    most = lag > most ? lag : most;
  }
  return most;
}

}  // namespace clientele::models
