// Payment as loops: delays are drawn once for all arms; each arm dates its invoices and enters them by month of
// settlement.
#include "models/payment.hpp"

#include <algorithm>

#include "models/addresses.hpp"

namespace clientele::models {

Payment::Payment(sim::Wiring& wiring)
    : core_(wiring.core()),
      parameters_(wiring.parameters<PaymentParameters>()),
      late_chance_(wiring.own_trait_of_field("late chance", "late_chance", sim::Sight::latent)),
      late_threshold_(wiring.own_trait<float>("late threshold", sim::Sight::latent)),
      late_luck_(wiring.birth_luck(addresses.of("late chance"), 4)),
      delay_luck_(wiring.order_luck(addresses.of("payment delay"))),
      issue_luck_(wiring.order_luck(addresses.of("issue day"))),
      days_late_driver_(wiring.driver("days_late")),
      terms_(wiring.lever("terms_days")),
      effect_of_terms_(wiring.lever<float>(parameters_, "terms_days",
                                           [](const PaymentParameters& p, float terms) {
                                             return models::terms_effect(terms, p.terms_elasticity, p.reference_terms);
                                           })),
      terms_effect_(wiring.own_passing<float>("terms effect")),
      paid_value_(wiring.read_passing<float>("paid order value")),
      net_sales_(wiring.read_passing<std::int32_t>("net sales")),
      factor_(wiring.read_slots<float>("order factor")),
      listed_exponential_(wiring.own_listed<float>("listed payment exponential")),
      listed_issue_day_(wiring.own_listed<float>("listed issue day")),
      delay_(wiring.own_slots<float>("unit days late")),
      issue_day_(wiring.own_slots<float>("issue day")),
      lag_(wiring.own_slots<std::int32_t>("months open")),
      amount_(wiring.own_slots<std::int32_t>("invoice amount")),
      eighths_(wiring.own_slots<std::int32_t>("eighths late")),
      beyond_(wiring.own_passing<std::int32_t>("settled at limit")),
      collected_(wiring.own_passing<std::int32_t>("collected")),
      settled_(wiring.own_passing<std::int32_t>("invoices settled")),
      late_(wiring.own_passing<std::int32_t>("late invoices settled")),
      due_(wiring.own_ring<std::int32_t>("due", sim::Sight::latent, most_months_open + 1)),
      days_(wiring.own_ring<std::int32_t>("eighths late when due", sim::Sight::latent, most_months_open + 1)),
      invoices_(wiring.own_ring<std::uint32_t>("invoices when due", sim::Sight::latent, most_months_open + 1)),
      receivables_(wiring.own_state<std::int32_t>("receivables", sim::Sight::observed)),
      collected_metric_(wiring.metric("collected", sim::MetricUnit::money, "invoices settled in the month")),
      receivables_metric_(wiring.metric("receivables", sim::MetricUnit::money, "owed at the end of the month")),
      settled_metric_(wiring.metric("invoices_settled", sim::MetricUnit::count, "invoices settled in the month")),
      late_metric_(wiring.metric("invoices_late", sim::MetricUnit::count, "late invoices settled in the month")),
      days_metric_(
          wiring.metric("days_late", sim::MetricUnit::days, "days late of invoices settled in the month", 0.125)),
      limit_metric_(wiring.metric("settled_at_limit", sim::MetricUnit::count,
                                  "invoices that settle after 23 months because later is not kept, when issued")) {
  wiring.keep_while(receivables_);
}

void Payment::draw_traits(sim::BlockMonth& month) const {
  month.draw(late_chance_, month.parameters(parameters_).late_chance, late_luck_);
  const auto chance = month[late_chance_], threshold = month[late_threshold_];
#pragma omp simd
  for (std::size_t i = 0; i < chance.size(); ++i) threshold[i] = late_threshold(chance[i]);
}

void Payment::offer_terms(sim::BlockMonth& month) const {
  for (const sim::Arm& arm : month.arms()) std::ranges::copy(arm[effect_of_terms_], arm[terms_effect_].begin());
}

void Payment::advance(sim::BlockMonth& month) const {
  if (!month.run_off()) draw_delays(month);
  for (const sim::Arm& arm : month.arms()) {
    if (!month.run_off()) issue(month, arm, month.orders());
    settle(month, arm);
  }
}

void Payment::draw_delays(sim::BlockMonth& month) const {
  const sim::Orders& orders = month.orders();
  const auto delay_words = month.variates().words(delay_luck_), issue_words = month.variates().words(issue_luck_);
  const auto exponential = month[listed_exponential_], listed_day = month[listed_issue_day_];
#pragma omp simd
  for (std::size_t q = 0; q < exponential.size(); ++q) {
    exponential[q] = -sim::log(sim::uniform(delay_words[q]));
    listed_day[q] = days_per_month * sim::uniform(issue_words[q]);
  }
  orders.spread<float>(exponential, month[delay_]);
  orders.spread<float>(listed_day, month[issue_day_]);

  float* delay = month[delay_].data();
  const float* threshold = month[late_threshold_].data();
  const float inverse_shape = month.parameters(parameters_).inverse_shape;
  orders.each([=](std::ptrdiff_t place, std::ptrdiff_t i, std::int32_t) {
    delay[place] = unit_days_late(delay[place], threshold[i], inverse_shape);
  });
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
  date(month, arm, orders);
  const Span open = span_of(month, orders);
  constexpr std::int32_t usual = 3;  // months that nearly all invoices fall into
  for (std::int32_t lag = open.least; lag <= std::min(open.most, open.least + usual - 1); ++lag)
    enter(month, arm, orders, lag);
  if (open.most >= open.least + usual) enter_rest(month, arm, orders, open.least + usual);
  arm.count(limit_metric_, arm[beyond_]);
}

/// When each invoice of the arm settles, what it is worth and how late that is; -1 months for who did not order.
void Payment::date(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const {
  const std::int32_t* placed = arm[core_.orders].data();
  const float *paid = arm[paid_value_].data(), *terms = arm[terms_].data(), *factor = month[factor_].data();
  const float *delay = month[delay_].data(), *issue_day = month[issue_day_].data();
  std::int32_t *lags = month[lag_].data(), *amounts = month[amount_].data(), *eighths = month[eighths_].data();
  std::int32_t* beyond = arm[beyond_].data();
  const float scale = month.parameters(parameters_).scale_days * arm.driver(days_late_driver_);
  const float per_quantum = month.per_quantum();
  orders.each([=](std::ptrdiff_t place, std::ptrdiff_t i, std::int32_t) {
    const float days = delay[place] * scale;
    lags[place] = months_open(issue_day[place], terms[i], days);
    eighths[place] = eighths_late(days);
  });
  orders.each([=](std::ptrdiff_t place, std::ptrdiff_t i, std::int32_t slot) {
    const bool is_placed = slot < placed[i];
    const std::int32_t lag = lags[place], kept = lag < most_months_open ? lag : most_months_open;
    const std::int32_t amount = sim::when(is_placed, order_quanta(paid[i], factor[place], per_quantum));
    amounts[place] = amount;
    eighths[place] = sim::when(amount > 0, eighths[place]);  // an invoice of nothing cannot be late
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
  const int month_due = month.month() + lag;
  std::int32_t *due = arm.at(due_, month_due).data(), *days = arm.at(days_, month_due).data();
  std::uint32_t* invoices = arm.at(invoices_, month_due).data();
  orders.each([=](std::ptrdiff_t place, std::ptrdiff_t i, std::int32_t) {
    const bool then = lags[place] == lag;
    due[i] = add_up(due[i], sim::when(then, amounts[place]));
    invoices[i] += as_invoice(eighths[place] > 0) & (0U - static_cast<std::uint32_t>(then));
    days[i] = add_up(days[i], sim::when(then, eighths[place]));
  });
}

/// The few that settle `from` months from now or later, one by one.
void Payment::enter_rest(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders,
                         std::int32_t from) const {
  const auto lags = month[lag_], amounts = month[amount_], eighths = month[eighths_];
  for (const sim::SlotRow& row : orders.shape().rows) {
    for (std::ptrdiff_t i = row.begin; i < row.end; ++i) {
      const auto place = static_cast<std::size_t>(row.spread + i), customer = static_cast<std::size_t>(i);
      if (lags[place] < from) continue;
      const int then = month.month() + lags[place];
      std::int32_t &due = arm.at(due_, then)[customer], &days = arm.at(days_, then)[customer];
      due = add_up(due, amounts[place]);
      days = add_up(days, eighths[place]);
      arm.at(invoices_, then)[customer] += as_invoice(eighths[place] > 0);
    }
  }
}

/// What is due by now is paid, also by customers who have left. Receivables balance to the quantum.
void Payment::settle(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto due = arm.at(due_, month.month()), days = arm.at(days_, month.month());
  const auto invoices = arm.at(invoices_, month.month());
  const auto settled = arm[settled_], late = arm[late_];
#pragma omp simd
  for (std::size_t i = 0; i < invoices.size(); ++i) {
    settled[i] = invoices_of(invoices[i]);
    late[i] = late_of(invoices[i]);
    invoices[i] = 0;
  }
  arm.count_all(settled_metric_, settled);
  arm.count_all(late_metric_, late);
  arm.book_all(days_metric_, days);
  arm.book_all(collected_metric_, due);
  const auto receivables = arm[receivables_], collected = arm[collected_];
  const auto sold = arm[net_sales_];
#pragma omp simd
  for (std::size_t i = 0; i < receivables.size(); ++i) {
    collected[i] = due[i];
    receivables[i] = add_up(receivables[i] - due[i], sold[i]);
    due[i] = 0;
    days[i] = 0;
  }
  arm.book_all(receivables_metric_, receivables);
}

}  // namespace clientele::models
