// Payment as loops: luck is drawn once for all arms; each arm dates its invoices and enters them by month of
// settlement.
#include "models/payment.hpp"

#include <algorithm>

#include "models/addresses.hpp"
#include "sim/random/distributions.hpp"

namespace clientele::models {

namespace {

/// Why an invoice is late.
enum Why : std::int32_t { on_time, administrative, for_want_of_money, disputed };

}  // namespace

void Payment::draw_traits(sim::BlockMonth& month) const {
  const PaymentParameters& p = month.parameters(parameters_);
  month.draw(late_chance_, p.late_chance, late_luck_);
  const auto chance = month[late_chance_], odds = month[late_odds_], liquidity = month[liquidity_];
  const auto words = month.variates().words(first_liquidity_luck_);
  const float usual = sim::exp(p.late_offset);
#pragma omp simd
  for (std::size_t i = 0; i < odds.size(); ++i) {
    odds[i] = usual * odds_of(chance[i]);
    liquidity[i] = sim::normal_of(words[i]);
  }
}

void Payment::offer_terms(sim::BlockMonth& month) const {
  for (const sim::Arm& arm : month.arms()) std::ranges::copy(arm[effect_of_terms_], arm[terms_effect_].begin());
}

void Payment::advance(sim::BlockMonth& month) const {
  if (!month.run_off()) {
    move_liquidity(month);
    draw_luck(month);
  }
  for (const sim::Arm& arm : month.arms()) {
    if (!month.run_off()) issue(month, arm, month.orders());
    settle(month, arm);
    age(month, arm);
  }
}

/// The same in every arm: it is the customer's own. It moves from the month after birth on.
void Payment::move_liquidity(sim::BlockMonth& month) const {
  const PaymentParameters& p = month.parameters(parameters_);
  const auto liquidity = month[liquidity_], odds = month[late_odds_];
  const auto born = month[core_.born];
  const auto now = month.arms().front()[odds_now_];
  const auto words = month.variates().words(liquidity_luck_);
  const std::int32_t t = month.month();
  const float memory = p.liquidity_memory, step = p.liquidity_step, effect = p.liquidity_effect;
#pragma omp simd
  for (std::size_t i = 0; i < odds.size(); ++i) {
    const float moved = next_liquidity(liquidity[i], memory, step, sim::normal_of(words[i]));
    liquidity[i] = born[i] < t ? moved : liquidity[i];
    now[i] = odds[i] * sim::exp(effect * liquidity[i]);
  }
}

void Payment::draw_luck(sim::BlockMonth& month) const {
  const sim::Orders& orders = month.orders();
  const auto delay_words = month.variates().words(delay_luck_), issue_words = month.variates().words(issue_luck_);
  const auto dispute_words = month.variates().words(dispute_luck_), reason_words = month.variates().words(reason_luck_);
  const auto exponential = month[listed_exponential_], listed_day = month[listed_issue_day_];
  const auto reason = month[listed_reason_];
  const auto dispute = month[listed_dispute_];
#pragma omp simd
  for (std::size_t q = 0; q < exponential.size(); ++q) {
    exponential[q] = -sim::log(sim::uniform(delay_words[q]));
    listed_day[q] = days_per_month * sim::uniform(issue_words[q]);
    reason[q] = sim::uniform(reason_words[q]);
    dispute[q] = sim::chance_bits(dispute_words[q]);
  }
  orders.spread<float>(exponential, month[exponential_]);
  orders.spread<float>(listed_day, month[issue_day_]);
  orders.spread<float>(reason, month[reason_]);
  orders.spread<std::int32_t>(dispute, month[dispute_bits_]);
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
  std::ranges::fill(arm[beyond_], 0);
  set_thresholds(month, arm);
  date(month, arm, orders);
  price(month, arm, orders);
  const Span open = span_of(month, orders);
  constexpr std::int32_t usual = 3;  // months that nearly all invoices fall into
  for (std::int32_t lag = open.least; lag <= std::min(open.most, open.least + usual - 1); ++lag)
    enter(month, arm, orders, lag);
  if (open.most >= open.least + usual) enter_rest(month, arm, orders, open.least + usual);
  enter_overdue(month, arm, orders);
  arm.count(limit_metric_, arm[beyond_]);
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

/// When each invoice of the arm settles, how late that is and why, and how many month ends it is overdue before.
void Payment::date(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const {
  const PaymentParameters& p = month.parameters(parameters_);
  const float *exponential = month[exponential_].data(), *issue_day = month[issue_day_].data();
  const float *reason = month[reason_].data(), *terms = arm[terms_].data();
  const float *threshold = arm[threshold_].data(), *disputed_threshold = arm[disputed_threshold_].data();
  const std::int32_t* dispute = month[dispute_bits_].data();
  std::int32_t *lags = month[lag_].data(), *overdue = month[overdue_].data();
  std::int32_t *why = month[why_].data(), *eighths = month[eighths_].data();
  const float scale = p.scale_days * arm.driver(days_late_driver_), disputed_scale = scale * p.disputed_days_factor;
  const float inverse_shape = p.inverse_shape, early = p.early_days, liquidity_share = p.liquidity_share;
  const std::int32_t limit = sim::chance_threshold(p.dispute_chance * arm.driver(dispute_driver_));
  orders.each([=](std::ptrdiff_t place, std::ptrdiff_t i, std::int32_t) {
    const bool is_disputed = sim::happens(dispute[place], limit);
    const float unit =
        unit_days_late(exponential[place], is_disputed ? disputed_threshold[i] : threshold[i], inverse_shape);
    const float days = unit * (is_disputed ? disputed_scale : scale);
    const float ahead = early * reason[place], waits = terms[i] > ahead ? terms[i] - ahead : 0.F;
    const float settled = issue_day[place] + (unit > 0.F ? terms[i] + days : waits);
    const std::int32_t lag = months_until(settled), due = months_until(issue_day[place] + terms[i]);
    const std::int32_t kept = lag < most_months_open ? lag : most_months_open;
    const std::int32_t undisputed = reason[place] < liquidity_share ? for_want_of_money : administrative;
    lags[place] = lag;
    overdue[place] = sim::when(unit > 0.F, kept > due ? kept - due : 0);
    why[place] = sim::when(unit > 0.F, is_disputed ? disputed : undisputed);
    eighths[place] = eighths_late(days);
  });
}

/// What each invoice is worth: nothing, and -1 months open, for who did not order. One of nothing cannot be late.
void Payment::price(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const {
  const std::int32_t* placed = arm[core_.orders].data();
  const float *paid = arm[paid_value_].data(), *factor = month[factor_].data();
  std::int32_t *lags = month[lag_].data(), *amounts = month[amount_].data(), *overdue = month[overdue_].data();
  std::int32_t *why = month[why_].data(), *eighths = month[eighths_].data(), *beyond = arm[beyond_].data();
  const float per_quantum = month.per_quantum();
  orders.each([=](std::ptrdiff_t place, std::ptrdiff_t i, std::int32_t slot) {
    const bool is_placed = slot < placed[i];
    const std::int32_t lag = lags[place], kept = lag < most_months_open ? lag : most_months_open;
    const std::int32_t amount = sim::when(is_placed, order_quanta(paid[i], factor[place], per_quantum));
    amounts[place] = amount;
    overdue[place] = sim::when(amount > 0, overdue[place]);
    why[place] = sim::when(amount > 0, why[place]);
    eighths[place] = sim::when(why[place] != on_time, eighths[place]);
    lags[place] = sim::when(is_placed, kept + 1) - 1;
    beyond[i] += sim::when(is_placed & (lag > most_months_open), 1);
  });
}

Payment::Span Payment::span_of(const sim::BlockMonth& month, const sim::Orders& orders) const {
  const std::int32_t* lags = month[lag_].data();
  Span open;
  for (const sim::SlotRow& row : orders.shape().rows) {
    const std::ptrdiff_t begin = row.spread + row.begin, end = row.spread + row.end;
    std::int32_t least = open.least, most = open.most;
#pragma omp simd reduction(min : least) reduction(max : most)
    for (std::ptrdiff_t at = begin; at < end; ++at) {
      const std::int32_t lag = lags[at], floor = lag < 0 ? most_months_open : lag;
      least = floor < least ? floor : least;
      most = lag > most ? lag : most;
    }
    open = {least, most};
  }
  return open;
}

/// Invoices that settle `lag` months from now go into that month.
void Payment::enter(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders, std::int32_t lag) const {
  const std::int32_t *lags = month[lag_].data(), *amounts = month[amount_].data(), *eighths = month[eighths_].data();
  const std::int32_t* why = month[why_].data();
  const int then = month.month() + lag;
  std::int32_t *amount = arm.at(settled_.amount, then).data(), *days = arm.at(settled_.days, then).data();
  std::uint32_t *invoices = arm.at(settled_.invoices, then).data(), *reasons = arm.at(settled_.reasons, then).data();
  orders.each([=](std::ptrdiff_t place, std::ptrdiff_t i, std::int32_t) {
    const bool now = lags[place] == lag;
    const std::uint32_t mask = 0U - static_cast<std::uint32_t>(now);
    amount[i] = add_up(amount[i], sim::when(now, amounts[place]));
    days[i] = add_up(days[i], sim::when(now, eighths[place]));
    invoices[i] += mask & two_counts(true, why[place] != on_time);
    reasons[i] += mask & two_counts(why[place] == disputed, why[place] == for_want_of_money);
  });
}

/// The few that settle `from` months from now or later, one by one.
void Payment::enter_rest(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders,
                         std::int32_t from) const {
  const auto lags = month[lag_], amounts = month[amount_], eighths = month[eighths_], why = month[why_];
  for (const sim::SlotRow& row : orders.shape().rows) {
    for (std::ptrdiff_t i = row.begin; i < row.end; ++i) {
      const auto place = static_cast<std::size_t>(row.spread + i), customer = static_cast<std::size_t>(i);
      if (lags[place] < from) continue;
      const int then = month.month() + lags[place];
      std::int32_t &amount = arm.at(settled_.amount, then)[customer], &days = arm.at(settled_.days, then)[customer];
      amount = add_up(amount, amounts[place]);
      days = add_up(days, eighths[place]);
      arm.at(settled_.invoices, then)[customer] += two_counts(true, why[place] != on_time);
      arm.at(settled_.reasons, then)[customer] += two_counts(why[place] == disputed, why[place] == for_want_of_money);
    }
  }
}

/// Invoices that are open past their due date at some month's end, one by one: one in ten.
void Payment::enter_overdue(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const {
  const auto lags = month[lag_], amounts = month[amount_], overdue = month[overdue_];
  for (const sim::SlotRow& row : orders.shape().rows) {
    for (std::ptrdiff_t i = row.begin; i < row.end; ++i) {
      const auto place = static_cast<std::size_t>(row.spread + i), customer = static_cast<std::size_t>(i);
      const std::int32_t ends = overdue[place];
      if (ends == 0) continue;
      const int leaves = month.month() + lags[place];
      std::int32_t& in = arm.at(ageing_.enters, leaves - ends)[customer];
      std::int32_t& out = arm.at(ends == 1   ? ageing_.after_one
                                 : ends == 2 ? ageing_.after_two
                                             : ageing_.after_more,
                                 leaves)[customer];
      in = add_up(in, amounts[place]);
      out = add_up(out, amounts[place]);
    }
  }
}

/// What is due by now is paid, also by customers who have left. Receivables balance to the quantum.
void Payment::settle(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto amount = arm.at(settled_.amount, month.month()), days = arm.at(settled_.days, month.month());
  arm.book_all(days_metric_, days);
  arm.book_all(collected_metric_, amount);
  const auto receivables = arm[receivables_], collected = arm[collected_];
  const auto sold = arm[net_sales_];
#pragma omp simd
  for (std::size_t i = 0; i < receivables.size(); ++i) {
    collected[i] = amount[i];
    receivables[i] = add_up(receivables[i] - amount[i], sold[i]);
    amount[i] = days[i] = 0;
  }
  arm.book_all(receivables_metric_, receivables);
  count_settled(month, arm);
}

void Payment::count_settled(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto invoices = arm.at(settled_.invoices, month.month()), reasons = arm.at(settled_.reasons, month.month());
  const auto settled = arm[settled_count_], late = arm[late_count_], disputes = arm[disputed_count_];
  const auto by_liquidity = arm[liquidity_count_], by_administration = arm[administrative_count_];
#pragma omp simd
  for (std::size_t i = 0; i < settled.size(); ++i) {
    settled[i] = high_count(invoices[i]);
    late[i] = low_count(invoices[i]);
    disputes[i] = high_count(reasons[i]);
    by_liquidity[i] = low_count(reasons[i]);
    by_administration[i] = late[i] - disputes[i] - by_liquidity[i];
    invoices[i] = reasons[i] = 0;
  }
  arm.count_all(invoices_metric_, settled);
  arm.count_all(late_metric_, late);
  arm.count_all(disputed_metric_, disputes);
  arm.count_all(liquidity_metric_, by_liquidity);
  arm.count_all(administrative_metric_, by_administration);
}

/// At a month's end what is overdue is a month older, less what was paid; what came due in the month joins.
void Payment::age(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const int now = month.month();
  const auto enters = arm.at(ageing_.enters, now), after_one = arm.at(ageing_.after_one, now);
  const auto after_two = arm.at(ageing_.after_two, now), after_more = arm.at(ageing_.after_more, now);
  const auto first = arm[ageing_.first], second = arm[ageing_.second], third = arm[ageing_.third];
  const auto older = arm[ageing_.older];
#pragma omp simd
  for (std::size_t i = 0; i < first.size(); ++i) {
    older[i] += third[i] - after_more[i];
    third[i] = second[i] - after_two[i];
    second[i] = first[i] - after_one[i];
    first[i] = enters[i];
    enters[i] = after_one[i] = after_two[i] = after_more[i] = 0;
  }
  arm.book_all(overdue_metrics_[0], first);
  arm.book_all(overdue_metrics_[1], second);
  arm.book_all(overdue_metrics_[2], third);
  arm.book_all(overdue_metrics_[3], older);
}

}  // namespace clientele::models
