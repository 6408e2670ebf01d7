// Payment's invoices: luck is drawn once for all arms; each arm dates its orders and enters them where they settle.
//
// All of this goes along the month's list of orders; an order finds its customer's thresholds and terms by place.
#include <algorithm>

#include "models/addresses.hpp"
#include "models/payment.hpp"

namespace clientele::models {

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
  if (most <= most_orders_of_a_month) return;
  throw sim::UserError("a customer places " + std::to_string(most) + " orders in month " +
                       std::to_string(month.month()) + " (invoices are kept apart until they settle, at most " +
                       std::to_string(most_orders_of_a_month) +
                       " a month). Would fewer orders of more value do (purchasing.orders_per_month, order_value)?");
}

void Payment::issue(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const {
  check_orders(month, arm);
  set_thresholds(month, arm);
  date(month, arm, orders);
  const std::size_t late = sim::list_places(month[may_be_late_], month[late_places_].data());
  const std::int32_t most = date_late(month, arm, orders, late);
  sim::expects(std::min(most, most_months_open) < arm.depth(settled_.amount), "an invoice settles within its ring");
  if (most > most_months_open) count_beyond(month, arm, orders, late);
  enter_late(month, arm, late);
  enter_overdue(month, arm, orders, late);
  enter(month, arm);
}

void Payment::set_thresholds(sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto odds = month[odds_now_];
  const auto threshold = arm[threshold_], disputed_threshold = arm[disputed_threshold_];
  const float driver = arm.driver(late_odds_driver_), dispute_odds = month.parameters(parameters_).dispute_odds;
#pragma omp simd
  for (std::size_t i = 0; i < threshold.size(); ++i) {
    threshold[i] = late_threshold(odds[i] * driver);
    disputed_threshold[i] = late_threshold(odds[i] * driver * dispute_odds);
  }
}

/// What each invoice is worth, where it settles if it is on time, and whether it may be late: its luck exceeds the
/// threshold. On time is within 13 months, since terms are 360 days at most. Who did not order has an invoice of
/// nothing.
void Payment::date(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const {
  const PaymentParameters& p = month.parameters(parameters_);
  const auto exponential = month[exponential_], issue_day = month[issue_day_], ahead = month[ahead_];
  const auto excess = month[excess_];
  const auto list_value = month[list_value_];
  const auto rounding = month[rounding_];
  const auto dispute = month[dispute_bits_];
  const auto threshold = arm[threshold_], disputed_threshold = arm[disputed_threshold_];
  const auto terms_of = arm[terms_];
  const auto discount = arm[discount_];
  const auto placed = arm[core_.orders];
  const auto customers = orders.customers();
  const auto slots = orders.slots();
  const auto cells = month[cell_], amounts = month[amount_], may_be_late = month[may_be_late_];
  const auto counts = month[counts_];
  const std::int32_t limit = sim::chance_threshold(p.dispute_chance * arm.driver(dispute_driver_));
  const sim::MonthsAhead ahead_of_now = arm.ahead_of(month.month(), settled_.amount);
#pragma omp simd
  for (std::size_t q = 0; q < cells.size(); ++q) {
    const std::int32_t i = customers[q];
    const bool is_placed = sim::slot_of(slots[q]) < placed[i];
    const float usual = threshold[i], if_disputed = disputed_threshold[i], terms = terms_of[i];
    excess[q] = exponential[q] - (sim::happens(dispute[q], limit) ? if_disputed : usual);
    may_be_late[q] = static_cast<std::int32_t>(is_placed & (excess[q] > 0.F));
    amounts[q] = sim::when(is_placed, net_quanta(list_value[q], discount[i], rounding[q]));
    cells[q] = ahead_of_now.cell(months_until(issue_day[q] + days_waited(terms, ahead[q])), i);
    counts[q] = two_counts(is_placed, false);
  }
}

/// The late ones: when each settles, how late it is and why, and how many month ends it is overdue before. One of
/// nothing, or of 0 days, is not late. Returns the most months until any settles.
std::int32_t Payment::date_late(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders,
                                std::size_t late) const {
  const PaymentParameters& p = month.parameters(parameters_);
  const auto places = month[late_places_];
  const auto issue_day = month[issue_day_], reason = month[reason_], ahead = month[ahead_], excess = month[excess_];
  const auto days_of = month[days_factor_];
  const auto dispute = month[dispute_bits_], amounts = month[amount_];
  const auto terms_of = arm[terms_];
  const auto customers = orders.customers();
  const auto lags = month[lag_], cells = month[late_cell_], eighths = month[eighths_], overdue = month[overdue_];
  const auto counts = month[late_counts_], reasons = month[reasons_];
  const float scale = p.scale_days * arm.driver(days_late_driver_), disputed_scale = scale * p.disputed_days_factor;
  const float inverse_shape = p.inverse_shape, liquidity_share = p.liquidity_share;
  const std::int32_t limit = sim::chance_threshold(p.dispute_chance * arm.driver(dispute_driver_));
  const sim::MonthsAhead ahead_of_now = arm.ahead_of(month.month(), settled_.amount);
  std::int32_t most = 0;
#pragma omp simd reduction(max : most)
  for (std::size_t k = 0; k < sim::whole_registers(late); ++k) {
    const auto q = static_cast<std::int32_t>(places[k]);
    const std::int32_t i = customers[q];
    const bool is_disputed = sim::happens(dispute[q], limit);
    const float terms = terms_of[i], day = issue_day[q], early = ahead[q], other_luck = reason[q];
    const float unit = unit_days_late(excess[q], 0.F, inverse_shape);
    const float days = unit * (is_disputed ? disputed_scale : scale) * days_of[i];
    const float settled = day + (unit > 0.F ? terms + days : days_waited(terms, early));
    const std::int32_t lag = months_until(settled), due = months_until(day + terms);
    const std::int32_t kept = lag < most_months_open ? lag : most_months_open;
    const bool is_late = (days > 0.F) & (amounts[q] > 0);
    lags[k] = lag;
    cells[k] = ahead_of_now.cell(kept, i);
    eighths[k] = sim::when(is_late, eighths_late(days));
    overdue[k] = sim::when(is_late & (kept > due), kept - due);
    counts[k] = two_counts(false, is_late);
    reasons[k] = two_counts(is_late & is_disputed, is_late & !is_disputed & (other_luck < liquidity_share));
    most = lag > most ? lag : most;
  }
  return most;
}

/// Those that would settle after the last month that is kept: hardly ever any.
void Payment::count_beyond(const sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders,
                           std::size_t late) const {
  const auto lags = month[lag_];
  const auto places = month[late_places_];
  const auto beyond = arm[beyond_];
  std::ranges::fill(beyond, 0);
  for (std::size_t k = 0; k < late; ++k)
    if (lags[k] > most_months_open) ++beyond[static_cast<std::size_t>(orders.customers()[places[k]])];
  arm.count(limit_metric_, beyond);
}

/// Late ones move to the month in which they settle, with their days and reasons.
void Payment::enter_late(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t late) const {
  const auto cells = month[cell_], late_cells = month[late_cell_], eighths = month[eighths_];
  const auto places = month[late_places_], counts = month[late_counts_], reasons = month[reasons_];
  const auto days = arm.all(settled_.days);
  const auto invoices = arm.all(settled_.invoices), whys = arm.all(settled_.reasons);
  for (std::size_t k = 0; k < late; ++k) {
    const auto cell = static_cast<std::size_t>(late_cells[k]);
    cells[places[k]] = late_cells[k];
    days[cell] = add_up(days[cell], eighths[k]);
    invoices[cell] += counts[k];
    whys[cell] += reasons[k];
  }
}

/// Invoices that are open past their due date at some month's end: one in ten.
void Payment::enter_overdue(const sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders,
                            std::size_t late) const {
  const auto overdue = month[overdue_], lags = month[lag_], cells = month[late_cell_], amounts = month[amount_];
  const auto customers = orders.customers();
  const auto late_places = month[late_places_], places = month[overdue_places_];
  const auto enters = arm.all(ageing_.enters);
  const std::span<std::int32_t> leaves[] = {arm.all(ageing_.after_one), arm.all(ageing_.after_two),
                                            arm.all(ageing_.after_more)};
  const sim::MonthsAhead ahead_of_now = arm.ahead_of(month.month(), ageing_.enters);
  for (const std::uint32_t k : places.first(sim::list_places(overdue.first(late), places.data()))) {
    const std::uint32_t q = late_places[k];
    const std::int32_t ends = overdue[k], lag = std::min(lags[k], most_months_open), amount = amounts[q];
    std::int32_t& in = enters[static_cast<std::size_t>(ahead_of_now.cell(lag - ends, customers[q]))];
    std::int32_t& out = leaves[std::min(ends, 3) - 1][static_cast<std::size_t>(cells[k])];
    in = add_up(in, amount);
    out = add_up(out, amount);
  }
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

}  // namespace clientele::models
