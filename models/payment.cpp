// Payment from month to month: liquidity moves, invoices are issued, what is due is paid, what is not grows older.
#include "models/payment.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "models/addresses.hpp"
#include "models/cross_selling.hpp"
#include "models/surcharge.hpp"
#include "sim/random/distributions.hpp"

namespace clientele::models {

Payment::Payment(sim::Wiring& wiring) : Payment(wiring, wiring.step("settle"), wiring.step("what stays open")) {}

Payment::Payment(sim::Wiring& wiring, sim::StageWiring settle, sim::StageWiring at_end)
    : core_(wiring.core()),
      parameters_(wiring.parameters<PaymentParameters>()),
      late_chance_(wiring.own_trait_of_field("late chance", "late_chance", sim::Sight::latent)),
      late_odds_(wiring.own_trait<float>("late odds", sim::Sight::latent)),
      days_factor_(wiring.own_trait<float>("days late over the stated", sim::Sight::latent)),
      early_(wiring.own_trait<float>("days early at most", sim::Sight::latent)),
      response_to_terms_(wiring.own_trait<float>("response to terms", sim::Sight::latent)),
      liquidity_(wiring.own_fate<float>("liquidity", sim::Sight::latent)),
      late_luck_(wiring.birth_luck(addresses.of("late chance"), 4)),
      first_liquidity_luck_(wiring.birth_luck(addresses.of("first liquidity"))),
      liquidity_luck_(wiring.month_luck(addresses.of("liquidity"))),
      delay_luck_(wiring.order_luck(addresses.of("payment delay"))),
      issue_luck_(wiring.order_luck(addresses.of("issue day"))),
      dispute_luck_(wiring.order_luck(addresses.of("dispute"))),
      reason_luck_(wiring.order_luck(addresses.of("payment reason"))),
      days_late_driver_(wiring.driver("days_late")),
      late_odds_driver_(wiring.driver("late_odds")),
      dispute_driver_(wiring.driver("disputes")),
      terms_(wiring.lever("terms_days")),
      exponent_of_terms_(wiring.lever<float>(parameters_, "terms_days",
                                             [](const PaymentParameters& p, float terms) {
                                               return terms_exponent(terms, p.terms_elasticity, p.reference_terms,
                                                                     p.terms_saturation);
                                             })),
      effect_of_terms_(wiring.lever<float>(parameters_, "terms_days",
                                           [](const PaymentParameters& p, float terms) {
                                             return sim::exp(terms_exponent(terms, p.terms_elasticity,
                                                                            p.reference_terms, p.terms_saturation));
                                           })),
      discount_(wiring.lever("purchasing.discount")),
      order_rate_(wiring.step("terms").act_by_factor("order rate")),
      odds_now_(settle.own_common<float>("late odds of the month")),
      threshold_(settle.own_common<float>("late threshold")),
      disputed_threshold_(settle.own_common<float>("late threshold if disputed")),
      list_value_(settle.read_listed<std::int32_t>("listed order value")),
      rounding_(settle.read_listed<float>("rounding of an order")),
      exponential_(settle.own_listed<float>("payment exponential")),
      issue_day_(settle.own_listed<float>("issue day")),
      reason_(settle.own_listed<float>("payment reason")),
      ahead_(settle.own_listed<float>("days ahead if on time")),
      excess_(settle.own_listed<float>("payment excess")),
      dispute_bits_(settle.own_listed<std::int32_t>("dispute bits")),
      may_be_late_(settle.own_listed<std::int32_t>("invoice may be late")),
      late_issue_day_(settle.own_listed<float>("issue day if late")),
      late_ahead_(settle.own_listed<float>("days ahead if not late after all")),
      days_late_(settle.own_listed<float>("days late")),
      eighths_late_(settle.own_listed<std::int32_t>("eighths late if late")),
      reason_if_late_(settle.own_listed<std::uint32_t>("why late if late")),
      dated_(settle),
      open_(wiring, settle),
      ageing_(wiring, settle),
      wins_newcomers_(wiring.is_used("newcomers_by_terms", [](double response) { return response != 0; })),
      newcomers_exponent_(wiring.lever<float>(parameters_, "terms_days",
                                              [](const PaymentParameters& p, float terms) {
                                                return terms_exponent(terms, p.newcomers_by_terms, p.reference_terms,
                                                                      p.terms_saturation);
                                              })),
      joining_luck_(wiring.birth_luck(addresses.of("joins for terms"))),
      stays_away_(wiring.step("joining").own_passing<std::int32_t>("stays away")),
      at_end_(wiring, at_end, open_.receivables_metric()),
      opening_(wiring, wiring.step("opening")),
      can_default_(wiring.is_used("credit.default_chance", [](double chance) { return chance > 0; })),
      holds_(wiring.is_used("credit.hold_after_days", is_a_hold)),
      has_category_(sells_a_category(wiring)),
      has_surcharges_(charges_for_distance(wiring)),
      credit_(wiring.parameters_of<CreditParameters>("credit")),
      hold_days_(wiring.lever<float>(credit_, "credit.hold_after_days",
                                     [](const CreditParameters&, float days) { return hold_days(days); })),
      prompted_days_(settle.own_listed<float>("days late where deliveries may stop")),
      prompted_eighths_(settle.own_listed<std::int32_t>("eighths late where deliveries may stop")),
      defaults_(settle.read_passing<std::int32_t>("defaults")),
      invoices_seen_(wiring.past("invoices_seen")),
      invoices_late_(wiring.past("invoices_late")),
      late_by_administration_(wiring.past("late_by_administration")),
      days_late_told_(wiring.past("days_late")),
      months_seen_(wiring.past("months_seen")),
      months_told_(static_cast<std::int32_t>(std::max(wiring.past("orders").columns, wiring.past("sales").columns))) {
  if (invoices_late_.is_known()) given_past_luck_ = wiring.birth_luck(addresses.of("late chance given the past"));
  if (has_category_) growth_ = settle.read_passing<float>("growth of an order by the category");
  if (has_surcharges_) surcharge_ = settle.read_passing<std::int32_t>("surcharge of an order");
  if (wins_newcomers_) wiring.wins_newcomers();
  wiring.keep_while(open_.receivables());
  wiring.ledger({.balance = "receivables",
                 .adds = {"revenue", "receivables_brought", "refunded"},
                 .takes = {"collected", "credited", "defaulted_receivables", "returned"},
                 .goes = {}},
                open_.receivables());
}

void Payment::draw_traits(sim::BlockMonth& month) const {
  const PaymentParameters& p = month.parameters(parameters_);
  month.draw(late_chance_, p.late_chance, late_luck_);
  if (month.knows(invoices_late_)) draw_given_past(month);
  const auto chance = month[late_chance_];
  const auto odds = month.at_birth(late_odds_), liquidity = month[liquidity_];
  const auto days = month.at_birth(days_factor_), early = month.at_birth(early_);
  const auto response = month.at_birth(response_to_terms_);
  const auto words = month.variates().words(first_liquidity_luck_);
  const float mean_chance = p.mean_late_chance();
  const float usual = sim::exp(p.late_offset), disputed = p.disputes_in_late_chance * p.dispute_chance;
#pragma omp simd
  for (std::size_t i = 0; i < odds.size(); ++i) {
    const float beside = odds_beside_disputes(chance[i], disputed, p.dispute_odds);
    odds[i] = usual * (disputed > 0.F ? beside : odds_of(chance[i]));
    days[i] = days_factor(chance[i], p.late_reference, p.days_late_slope);
    early[i] = p.early_days * days_factor(1.F - chance[i], p.early_reference, p.early_days_slope);
    response[i] = goes_with_late(chance[i], mean_chance, p.terms_go_with_late);
    liquidity[i] = sim::normal_of(words[i]);
  }
}

void Payment::draw_given_past(sim::BlockMonth& month) const {
  const PaymentParameters& p = month.parameters(parameters_);
  const auto chance = month.at_birth(late_chance_);
  const auto words = month.variates().words(given_past_luck_);
  for (std::size_t i = 0; i < chance.size(); ++i)
    chance[i] = static_cast<float>(
        late_chance_given_past(p.late_chance, static_cast<double>(month.past(invoices_seen_, i)),
                               static_cast<double>(month.past(invoices_late_, i)), uniform_of_word(words[i])));
}

/// What the books bring along may take as long as it likes.
int Payment::months_ahead(const sim::Outlook& outlook) const {
  if (opening_.is_used() || opening_.is_told()) return max_months_open;
  return longest_months_open(outlook.parameters(parameters_), outlook.highest(terms_),
                             outlook.driver(days_late_driver_));
}

/// Beside the usual newcomers there is one more each, whom better terms may win; worse ones lose usual newcomers.
void Payment::win_newcomers(sim::BlockMonth& month) const {
  if (!wins_newcomers_ || month.month() < month.first_arrivals() || month.run_off() || month.closed()) return;
  const auto born = month[core_.born], won_over = month[core_.is_won_over];
  const auto response = month[response_to_terms_];
  const auto words = month.variates().words(joining_luck_);
  for (const sim::Arm& arm : month.arms()) {
    const auto exponent = arm[newcomers_exponent_];
    const auto away = arm[stays_away_];
    for (std::size_t i = 0; i < away.size(); ++i)
      away[i] = sim::when(
          (born[i] == month.month()) & !joins(exponent[i], response[i], won_over[i] != 0, sim::uniform(words[i])), 1);
    arm.turn_away(away);
  }
}

void Payment::open_books(sim::BlockMonth& month) const { opening_.open(month, open_, ageing_); }

void Payment::offer_terms(sim::BlockMonth& month) const {
  const auto response = month[response_to_terms_];
  const bool is_equal = month.parameters(parameters_).terms_go_with_late == 0.F;
  for (const sim::Arm& arm : month.arms()) {
    const auto effect = arm[effect_of_terms_], exponent = arm[exponent_of_terms_];
    const auto rate = arm[order_rate_];
    if (is_equal) {
#pragma omp simd
      for (std::size_t i = 0; i < effect.size(); ++i) rate[i] *= effect[i];
      continue;
    }
#pragma omp simd
    for (std::size_t i = 0; i < effect.size(); ++i) rate[i] *= sim::exp(exponent[i] * response[i]);
  }
}

void Payment::advance(sim::BlockMonth& month) const {
  if (!month.run_off()) {
    move_liquidity(month);
    issue_all(month);
  }
  for (const sim::Arm& arm : month.arms()) {
    open_.settle(month, arm);
    ageing_.age(month, arm);
    if (can_default_) freeze(month, arm);
    open_.book(month, arm);
    ageing_.book(arm, open_.receivables_metric());
  }
  if (!month.books_take_over()) return;
  if (month.knows(invoices_late_)) take_over_record(month);
  if (opening_.is_told()) opening_.take_over(month, open_, ageing_);
}

/// What the books saw of a customer's invoices is spread over the months in which they did: since the first order,
/// where the file tells it, else the months of orders or sales that it tells, else a year. Nothing was settled before
/// them, whatever the warm-up has simulated there.
void Payment::take_over_record(const sim::BlockMonth& month) const {
  const RecordTold how_much{.administration = late_by_administration_.is_known(), .days = days_late_told_.is_known()};
  constexpr std::int64_t year = 12, most_of_a_month = 65535;
  for (const sim::Arm& arm : month.arms()) {
    const int depth = open_.months_of_record(arm);
    for (std::size_t i = 0; i < month.customers() && depth > 0; ++i) {
      const auto count = [&](sim::Past past, double parts = 1) {
        return past.is_known() ? std::llrint(parts * static_cast<double>(month.past(past, i))) : 0;
      };
      const InvoicesSeen all{.settled = count(invoices_seen_),
                             .late = count(invoices_late_),
                             .administrative = count(late_by_administration_),
                             .eighths_late = count(days_late_told_, 8)};
      std::int64_t months = year;
      if (months_seen_.is_known())
        months = static_cast<std::int64_t>(std::ceil(static_cast<double>(month.past(months_seen_, i))));
      else if (months_told_ > 0)
        months = months_told_;
      months = std::max<std::int64_t>(months, 1);
      InvoicesSeen before;
      for (int k = 0; k < depth; ++k) {
        const InvoicesSeen upto = record_of_first_months(all, k + 1, months);
        const InvoicesSeen own{upto.settled - before.settled, upto.late - before.late,
                               upto.administrative - before.administrative, upto.eighths_late - before.eighths_late};
        if (own.settled > most_of_a_month)
          throw sim::UserError("a customer of the file has " + std::to_string(own.settled) +
                               " invoices in a month (invoices_seen over its months seen; a month's are counted up to "
                               "65,535). Is it one customer?");
        open_.put_record(arm, month.month(), k, i, own, how_much);
        before = upto;
      }
    }
  }
}

void Payment::freeze(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto defaults = arm[defaults_];
  std::uint32_t places[sim::max_customers_of_a_block + sim::chunk_size];
  const std::span<const std::uint32_t> who(places, sim::list_places(defaults, places));
  open_.freeze(month, arm, who);
  ageing_.freeze(month, arm, who, arm[open_.frozen()]);
}

/// The same in every arm: it is the customer's own. It moves from the month after birth on.
void Payment::move_liquidity(sim::BlockMonth& month) const {
  const PaymentParameters& p = month.parameters(parameters_);
  const auto liquidity = month[liquidity_];
  const auto odds = month[late_odds_];
  const auto born = month[core_.born];
  const auto now = month[odds_now_];
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

/// What the horizon leaves open is charged to the horizon, whatever comes after it.
void Payment::settle_what_is_open(sim::BlockMonth& month) const {
  for (const sim::Arm& arm : month.arms()) at_end_.book(month, arm, open_);
}

}  // namespace clientele::models
