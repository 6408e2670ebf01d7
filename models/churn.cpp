// Churn as a loop around its rule: leaving is a request, the customer's status has one owner.
#include "models/churn.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "models/addresses.hpp"
#include "models/purchasing.hpp"

namespace clientele::models {

Churn::Churn(sim::Wiring& wiring)
    : core_(wiring.core()),
      parameters_(wiring.parameters<ChurnParameters>()),
      frailty_(wiring.own_trait<float>("frailty", sim::Sight::latent)),
      joined_(wiring.own_trait<std::int32_t>("joined", sim::Sight::observed)),
      frailty_luck_(wiring.birth_luck(addresses.of("frailty"), 4)),
      age_luck_(wiring.birth_luck(addresses.of("age"))),
      leaving_luck_(wiring.month_luck(addresses.of("leaving"))),
      driver_(wiring.driver("churn_hazard")),
      cumulative_(wiring.step("leaving").own_common<float>("cumulative hazard")),
      outlived_(wiring.step("leaving").own_common<float>("hazard outlived")),
      log_hazard_(wiring.step("leave").own_sum("log hazard of leaving")),
      effect_(wiring.own_state<float>("hazard effect", sim::Sight::latent)),
      share_(wiring.step("leaving").own_passing<float>("share of the month")),
      hazard_(wiring.step("leaving").own_passing<float>("hazard of leaving")),
      left_(wiring.departure("left", 10, "customers who leave for good in the month")),
      is_silent_(wiring.is_used("notice", [](double notice) { return static_cast<Notice>(notice) == Notice::silent; })),
      can_default_(wiring.is_used("credit.default_chance", [](double chance) { return chance > 0; })),
      defaults_(wiring.step("books").read_passing<std::int32_t>("defaults")),
      known_(wiring.step("books").own_common<std::int32_t>("known customers")),
      struck_off_(wiring.step("books").own_common<std::int32_t>("struck off the books")),
      put_back_(wiring.step("books").own_common<std::int32_t>("put back on the books")),
      on_books_metric_(
          wiring.metric("on_books", sim::MetricUnit::count, "customers whom the firm takes for its own in the month")),
      off_books_metric_(wiring.metric("off_books", sim::MetricUnit::count,
                                      "customers who go off the books at the end of the month, as the firm reads it")),
      back_metric_(wiring.metric("back_on_books", sim::MetricUnit::count,
                                 "customers whom an order of the month puts back on the books")),
      purchasing_(wiring.parameters_of<PurchasingParameters>("purchasing")),
      past_(wiring),
      months_quiet_(wiring.past("months_quiet")) {
  if (past_.is_told()) {
    still_there_luck_ = wiring.birth_luck(addresses.of("still there"));
    frailty_given_past_luck_ = wiring.birth_luck(addresses.of("frailty given the past"));
    gone_ = wiring.own_gone_before(left_);
  }
  wiring.ledger(
      {.balance = "on_books", .adds = {"arrivals"}, .takes = {}, .goes = {"off_books"}, .returns = {"back_on_books"}});
  if (!is_silent_) wiring.counts_nothing(back_metric_);
  if (is_silent_) {
    on_books_ = wiring.own_books();
    quiet_ = wiring.own_state<std::int32_t>("months without an order", sim::Sight::observed);
  }
  wiring.birth().also(log_hazard_);
  wiring.step("leave").also(cumulative_);
}

void Churn::draw_traits(sim::BlockMonth& month) const {
  const bool by_contract = month.parameters(parameters_).by_contract();
  if (!by_contract) month.draw(frailty_, month.parameters(parameters_).frailty, frailty_luck_);
  std::ranges::copy(month[core_.born], month.at_birth(joined_).begin());
  if (month.first_base()) draw_ages(month);
  if (by_contract)
    draw_renewals(month);
  else if (past_.is_known(month))
    draw_given_past(month);
}

/// Of who has renewed as often as its tenure says when it is first seen, over that of a new customer's mean chance.
void Churn::draw_renewals(sim::BlockMonth& month) const {
  const ChurnParameters& p = month.parameters(parameters_);
  const auto frailty = month.at_birth(frailty_);
  const auto joined = month.at_birth(joined_);
  const std::int32_t then = month.month_of_ages();
  std::array<std::int32_t, sim::max_customers_of_a_block> all;
  const std::span renewals = std::span(all).first(frailty.size());
  for (std::size_t i = 0; i < renewals.size(); ++i)
    renewals[i] = month.first_base() ? renewals_passed(then - joined[i], p.contract_months) : 0;
  draw_renewal_hazards(p.renewal, month.variates().words(frailty_luck_).first(frailty.size()), renewals, frailty);
  const float over = p.base_cumulative > 0.F ? 1.F / p.base_cumulative : 0.F;
  for (float& one : frailty) one *= over;
}

/// Who of a file's customers is one still, and the frailty of who is: by what the books have seen of its orders.
void Churn::draw_given_past(sim::BlockMonth& month) const {
  const ChurnParameters& p = month.parameters(parameters_);
  const sim::Law& rates = month.parameters(purchasing_).orders_per_month;
  if (p.tenure_slope != 0.F)
    throw sim::UserError(
        "churn.tenure_slope is not 0, and the customer file tells repeat_orders (what orders tell of who has left is "
        "worked out for hazards that do not change with tenure). Expected: churn.tenure_slope = 0.");
  const auto base = static_cast<double>(p.base_cumulative), variance = static_cast<double>(p.frailty_variance);
  const auto gone = month.at_birth(gone_);
  const auto frailty = month.at_birth(frailty_);
  const auto there_words = month.variates().words(still_there_luck_),
             frailty_words = month.variates().words(frailty_given_past_luck_);
  for (std::size_t i = 0; i < gone.size(); ++i) {
    const KnownOrders seen = past_.of(month, i);
    const double alive = p.notice == Notice::seen ? 1.0 : alive_given_past(rates, base, variance, seen);
    gone[i] = uniform_of_word(there_words[i]) < alive ? 0 : 1;
    frailty[i] = static_cast<float>(frailty_given_past(base, variance, seen.seen, uniform_of_word(frailty_words[i])));
  }
}

void Churn::draw_ages(sim::BlockMonth& month) const {
  const SteadyAges& steady = month.parameters(parameters_).ages;
  const bool by_contract = month.parameters(parameters_).by_contract();
  const auto frailty = month.at_birth(frailty_);
  const auto joined = month.at_birth(joined_);
  const auto stated = month.stated_tenures();
  const auto words = month.variates().words(age_luck_);
  const std::int32_t oldest = month.oldest(), then = month.month_of_ages();
  for (std::size_t i = 0; i < joined.size(); ++i) {
    const std::int32_t age = stated.empty() ? steady.age(sim::uniform(words[i]), oldest) : stated[i];
    joined[i] = then - age;
    if (!by_contract) frailty[i] *= steady.frailty_left(age);
  }
}

void Churn::set_first_states(sim::BlockMonth& month) const {
  for (const sim::Arm& arm : month.arms()) std::ranges::copy(arm[log_hazard_], arm[effect_].begin());
}

/// Those of the months until their silence is noticed.
double Churn::kept_leavers(const sim::Outlook& outlook) const {
  const ChurnParameters& p = outlook.parameters(parameters_);
  return p.notice == Notice::silent ? static_cast<double>(p.base_hazard) * p.inactive_after : 0;
}

void Churn::decide(sim::BlockMonth& month) const {
  if (month.run_off()) return;
  if (month.nobody_leaves() || month.parameters(parameters_).leaves_at_month_end()) {
    for (const sim::Arm& arm : month.arms()) std::ranges::fill(arm[share_], 1.F);
    return;
  }
  age(month);
  const auto cumulative = month[cumulative_], outlived = month[outlived_];
  const auto words = month.variates().words(leaving_luck_);
#pragma omp simd
  for (std::size_t i = 0; i < outlived.size(); ++i) outlived[i] = hazard_outlived(sim::uniform(words[i]));
  for (const sim::Arm& arm : month.arms()) {
    const auto status = arm[core_.status];
    const auto request = arm[left_.request];
    const auto effect = arm[effect_];
    const auto share = arm[share_], moved = arm[hazard_];
    const float driver = arm.driver(driver_);
#pragma omp simd
    for (std::size_t i = 0; i < request.size(); ++i) {
      const float hazard = moved_hazard(cumulative[i], driver, effect[i]);
      moved[i] = hazard;
      share[i] = share_of_month(outlived[i], hazard);
      request[i] += sim::when((outlived[i] < hazard) & (status[i] == 1), 1);
    }
  }
}

void Churn::advance(sim::BlockMonth& month) const {
  if (month.run_off()) return;
  const ChurnParameters& p = month.parameters(parameters_);
  for (const sim::Arm& arm : month.arms()) std::ranges::copy(arm[log_hazard_], arm[effect_].begin());
  if (p.leaves_at_month_end() && !month.nobody_leaves()) decide_at_end(month);
}

/// What nobody's arm changes: how long a customer has been one.
void Churn::age(sim::BlockMonth& month) const {
  const ChurnParameters& p = month.parameters(parameters_);
  const auto frailty = month[frailty_];
  const auto joined = month[joined_];
  const auto cumulative = month[cumulative_];
  const float base = p.base_cumulative, slope = p.tenure_slope;
  const std::int32_t now = month.month();
#pragma omp simd
  for (std::size_t i = 0; i < cumulative.size(); ++i) {
    const float tenure = static_cast<float>(joined[i] < now ? now - joined[i] : 0);
    cumulative[i] = cumulative_hazard(base, frailty[i], tenure, slope);
  }
}

/// Nobody leaves but at the end of a term.
void Churn::age_by_terms(sim::BlockMonth& month) const {
  const ChurnParameters& p = month.parameters(parameters_);
  const auto frailty = month[frailty_];
  const auto joined = month[joined_];
  const auto cumulative = month[cumulative_];
  const std::int32_t now = month.month(), term = p.contract_months;
  for (std::size_t i = 0; i < cumulative.size(); ++i) {
    const std::int32_t tenure = joined[i] < now ? now - joined[i] : 0;
    cumulative[i] = term_ends(tenure, term) ? p.base_cumulative * frailty[i] : 0.F;
  }
}

void Churn::decide_at_end(sim::BlockMonth& month) const {
  month.parameters(parameters_).by_contract() ? age_by_terms(month) : age(month);
  const auto cumulative = month[cumulative_];
  const auto words = month.variates().words(leaving_luck_);
  for (const sim::Arm& arm : month.arms()) {
    const auto status = arm[core_.status];
    const auto request = arm[left_.request];
    const auto effect = arm[effect_];
    const float driver = arm.driver(driver_);
#pragma omp simd
    for (std::size_t i = 0; i < request.size(); ++i) {
      const float hazard = moved_hazard(cumulative[i], driver, effect[i]);
      const bool leaves = sim::uniform(words[i]) < churn_hazard(hazard);
      request[i] += sim::when(leaves & (status[i] == 1), 1);
    }
  }
}

/// While what is open is settled nobody orders or leaves, and the books stay as they are.
void Churn::keep_books(sim::BlockMonth& month) const {
  const bool is_seen = month.parameters(parameters_).notice == Notice::seen;
  for (const sim::Arm& arm : month.arms()) {
    std::ranges::copy(arm[core_.on_books], month[known_].begin());
    std::ranges::fill(month[struck_off_], 0);
    std::ranges::fill(month[put_back_], 0);
    if (!month.run_off()) is_seen ? notice_exits(month, arm) : notice_orders(month, arm);
    arm.count(
        {{on_books_metric_, month[known_]}, {off_books_metric_, month[struck_off_]}, {back_metric_, month[put_back_]}});
  }
}

void Churn::notice_exits(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto status = arm[core_.status];
  const auto known = month[known_], struck_off = month[struck_off_];
#pragma omp simd
  for (std::size_t i = 0; i < known.size(); ++i) struck_off[i] = known[i] & sim::when(status[i] != 1, 1);
  if (!is_silent_) return;
  const auto on_books = arm[on_books_];
#pragma omp simd
  for (std::size_t i = 0; i < known.size(); ++i) on_books[i] = known[i] - struck_off[i];
}

/// Who becomes insolvent is heard of.
void Churn::notice_defaults(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto defaults = arm[defaults_];
  const auto known = month[known_], struck_off = month[struck_off_], put_back = month[put_back_];
  const auto on_books = arm[on_books_];
#pragma omp simd
  for (std::size_t i = 0; i < known.size(); ++i) {
    on_books[i] &= ~defaults[i];
    struck_off[i] = known[i] & ~on_books[i];
    put_back[i] = on_books[i] & ~known[i];
  }
}

/// In the warm-up of a file's customers too: who is active and quiet there is off the books at month 0.
void Churn::notice_orders(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const std::int32_t inactive_after = month.parameters(parameters_).inactive_after;
  const auto orders = arm[core_.orders];
  const auto known = month[known_], struck_off = month[struck_off_], put_back = month[put_back_];
  const auto on_books = arm[on_books_], quiet = arm[quiet_];
#pragma omp simd
  for (std::size_t i = 0; i < known.size(); ++i) {
    quiet[i] = months_quiet(quiet[i], orders[i]);
    on_books[i] = sim::when(seems_active(known[i] != 0, quiet[i], inactive_after), 1);
    struck_off[i] = known[i] & ~on_books[i];
    put_back[i] = on_books[i] & ~known[i];
  }
  if (can_default_) notice_defaults(month, arm);
  if (month.books_take_over() && month.knows(months_quiet_)) take_over_books(month, arm);
}

/// Who is on the books at month 0 is who has ordered by them within `inactive_after` months, left or not.
void Churn::take_over_books(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const std::int32_t inactive_after = month.parameters(parameters_).inactive_after;
  const auto on_books = arm[on_books_], quiet = arm[quiet_];
  for (std::size_t i = 0; i < month.customers(); ++i) {  // nobody stands on the books in the lanes behind them
    quiet[i] = static_cast<std::int32_t>(month.past(months_quiet_, i));
    on_books[i] = sim::when(seems_active(true, quiet[i], inactive_after), 1);
  }
}

}  // namespace clientele::models
