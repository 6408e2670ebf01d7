// What is not said is as in the study to begin with, and amounts are in proportion to orders and accounts.
#include "tools/clientele/totals/base.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/churn.hpp"
#include "models/theory/largest_tenth.hpp"
#include "models/theory/renewal.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::tools {

namespace {

using enum scenarios::Total;
using sim::number_text;

constexpr double months_of_year = 12;
constexpr Base usual;
/// Days late of a late invoice over days_late, disputed ones included; days ahead of one on time over early_days. Both
/// as simulated at the defaults.
constexpr double lateness = 1.43, earliness = 0.5;
/// Where fewer are late, days ahead are moved and not days late.
constexpr double few_late = 0.2;
constexpr int oldest = 240;  ///< months: the default of population.oldest

double logit(double p) { return std::log(p / (1 - p)); }

/// A share that is moved as far on the scale of log-odds as the simulated one is off.
double moved_share(double share, double wanted, double simulated) {
  if (wanted <= 0 || simulated <= 0 || simulated >= 1) return share;
  const double odds = logit(share) + logit(wanted) - logit(simulated);
  return std::clamp(1 / (1 + std::exp(-odds)), 1e-6, 1 - 1e-6);
}

double share_that_leaves(double base_hazard, const models::HazardShift& shift) {
  models::ChurnParameters churn;
  churn.base_hazard = static_cast<float>(base_hazard);
  churn.frailty_variance = 0.5F;
  churn.tenure_slope = -0.15F;
  churn.finish();
  return months_of_year * models::renewal_of(churn, warmup_of_base, oldest, shift).replacements_a_month;
}

/// Where a rising function of log(x) meets a value.
template <class Function>
double solved(double low, double high, double value, Function rising) {
  for (int step = 0; step < 40; ++step) {
    const double middle = std::sqrt(low * high);
    (rising(middle) < value ? low : high) = middle;
  }
  return std::sqrt(low * high);
}

models::YearOfSales year_of_sales(const Base& base, double leavers) {
  return {months_of_year * base.orders_a_month, base.shape, base.between, base.within, std::min(leavers, 0.9)};
}

}  // namespace

BaseOfTotals::BaseOfTotals(const scenarios::Totals& totals, const sim::Catalogue& catalogue)
    : totals_(totals), catalogue_(&catalogue) {
  base_.customers = totals[customers].value_or(usual.customers);
  size_orders();
  hold_customers();
  spread_sales(totals[top_tenth].value_or(-1));
  date_payments();
  lose_debts();
  size_amounts();
  refuse_if_wrong();
}

/// Satisfaction moves both a little, which a simulation shows.
void BaseOfTotals::size_orders() {
  if (totals_[orders]) base_.orders_a_month = *totals_[orders] / base_.customers / months_of_year;
  base_.value = *totals_[sales] / (base_.customers * base_.orders_a_month * months_of_year);
}

/// By the spread of values between customers; where that of rates alone is too much, by a narrower law of rates.
void BaseOfTotals::spread_sales(double top_tenth) {
  if (top_tenth < 0) return;
  constexpr double widest = 3, evenest = 500;
  const double leavers = totals_[scenarios::Total::leavers].value_or(0.12);
  const auto share = [&](double shape, double between) {
    Base spread = base_;
    spread.shape = shape, spread.between = between;
    return year_of_sales(spread, leavers).held_by_largest(0.1);
  };
  base_.shape = usual.shape;
  if (share(usual.shape, 1e-3) <= top_tenth) {
    base_.between = solved(1e-3, widest, top_tenth, [&](double between) { return share(usual.shape, between); });
    if (base_.between > widest * 0.999)
      mistakes_.push_back("top_tenth = " + number_text(top_tenth) +
                          " is more than customers and their orders can be apart (at most " +
                          number_text(std::floor(1000 * share(usual.shape, widest)) / 1000) + ").");
    return;
  }
  base_.between = 0;
  base_.shape =
      1 / solved(1 / evenest, 1 / usual.shape, top_tenth, [&](double spread) { return share(1 / spread, 0); });
  const double least = share(evenest, 0);
  if (least > top_tenth)
    mistakes_.push_back("top_tenth = " + number_text(*totals_[scenarios::Total::top_tenth]) + " and " +
                        (totals_[orders] ? "orders = " + number_text(*totals_[orders])
                                         : number_text(base_.orders_a_month) + " orders a month") +
                        " contradict each other (where all customers are alike, luck alone makes the tenth that buys "
                        "most buy " +
                        number_text(std::ceil(1000 * least) / 1000) + ").");
}

/// The hazard that the study states is of somebody new of average frailty, with neutral satisfaction: most customers
/// are older than that, and are cared for.
void BaseOfTotals::hold_customers() {
  if (!totals_[leavers]) return;
  if (*totals_[leavers] == 0) {
    base_.base_hazard = 0;
    return;
  }
  const models::HazardShift shift{-0.315, 0.13, -0.15};  // satisfaction settles 9 points above its reference; care
  constexpr double lowest = 1e-7, highest = 0.6;
  const auto share = [&](double hazard) { return share_that_leaves(hazard, shift); };
  base_.base_hazard = solved(lowest, highest, *totals_[leavers], share);
  if (base_.base_hazard > 0.99 * highest)
    mistakes_.push_back("leavers = " + number_text(*totals_[leavers]) +
                        " and customers = " + number_text(base_.customers) +
                        " contradict each other (so many do not leave a base that "
                        "is refilled a month later: at most " +
                        number_text(share(highest)) + ").");
}

/// Days outstanding = terms + late x days late - (1 - late) x days ahead. Of the terms that are usual those for which
/// the usual days need to be moved least; then these are moved. Where few are late, days ahead are.
void BaseOfTotals::date_payments() {
  constexpr std::array<double, 14> terms{0, 7, 10, 14, 21, 30, 45, 60, 75, 90, 120, 180, 270, 360};
  if (totals_[late]) base_.late_chance = *totals_[late];
  if (!totals_[dso]) return;
  const double days = *totals_[dso];
  if (days < 1 && !totals_[late]) base_.late_chance = 0;
  const double late_share = base_.late_chance;
  double best = 1e9;
  for (const double net : terms) {
    Base dated = base_;
    dated.terms = net;
    dated.early_days = usual.early_days * std::min(1.0, net / usual.terms);
    const double ahead = (1 - late_share) * earliness;
    if (late_share >= few_late)
      dated.days_late = (days - net + ahead * dated.early_days) / (lateness * late_share);
    else
      dated.early_days = (net + lateness * late_share * usual.days_late - days) / ahead;
    const double off = late_share >= few_late ? dated.days_late / usual.days_late
                                              : (dated.early_days + 1) / (usual.early_days / usual.terms * net + 1);
    if (off <= 0 || dated.early_days < 0 || dated.early_days > net) continue;
    if (std::abs(std::log(off)) < best) best = std::abs(std::log(off)), base_ = dated;
  }
  if (best == 1e9) base_.terms = days, base_.early_days = 0;  // a simulation moves what is left
}

/// Written off over sales = chance of default a month x months of sales that are owed x loss.
void BaseOfTotals::lose_debts() {
  constexpr double days_of_month = 30;
  if (!totals_[bad_debt]) return;
  const double ahead = (1 - base_.late_chance) * earliness * base_.early_days;
  const double days = totals_[dso].value_or(base_.terms + base_.late_chance * lateness * base_.days_late - ahead);
  const double owed = std::max(1.0, days) / days_of_month;
  base_.default_chance = *totals_[bad_debt] / (owed * usual.loss);
  constexpr double highest = 0.3;
  if (base_.default_chance > highest)
    mistakes_.push_back("bad_debt = " + number_text(*totals_[bad_debt]) + " and dso = " + number_text(days) +
                        " contradict each other (" + number_text(base_.default_chance) +
                        " of customers would have to fail in a month).");
}

double two_digits(double value) {
  if (value <= 0) return 0;
  const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1);
  return std::round(value / unit) * unit;
}

/// Costs of an order go with the median order, and what an account costs and is granted with its sales of a month. The
/// quantum has room for a customer's largest month, and tells orders apart by less than two per cent.
void BaseOfTotals::size_amounts() {
  const auto median = [](const Base& base) {
    return base.value * std::exp(-(base.between * base.between + base.within * base.within) / 2);
  };
  base_.scale_of_orders = median(base_) / median(usual);
  base_.scale_of_accounts = base_.orders_a_month * base_.value / (usual.orders_a_month * usual.value);
  base_.care = two_digits(usual.care * base_.scale_of_accounts);
  constexpr double most_quanta = 268435456, least_quanta = 50;
  const double variance = base_.between * base_.between + base_.within * base_.within;
  const double largest =
      base_.value * std::exp(3 * std::sqrt(variance) - variance / 2) * std::max(1.0, base_.orders_a_month / 2);
  base_.quantum = usual.quantum;
  while (largest > most_quanta * base_.quantum) base_.quantum *= 10;
  while (base_.value < least_quanta * base_.quantum && base_.quantum > 1e-5) base_.quantum /= 10;
}

void BaseOfTotals::refuse_if_wrong() const {
  if (mistakes_.empty()) return;
  std::string text = "--like: ";
  for (const std::string& one : mistakes_) text += one + "\n  ";
  const std::size_t count = mistakes_.size();
  text += count == 1 ? "1 mistake; nothing was written." : std::to_string(count) + " mistakes; nothing was written.";
  throw sim::UserError(text, sim::Exit::usage);
}

/// What is met stays: a base of few customers answers each move with some luck.
void BaseOfTotals::move(const std::vector<double>& simulated) {
  const auto seen = [&](scenarios::Total total) { return simulated[static_cast<std::size_t>(total)]; };
  const auto ratio = [&](scenarios::Total total) {
    const double off = totals_[total] && seen(total) > 0 ? *totals_[total] / seen(total) : 1;
    return std::abs(off - 1) <= near ? 1 : std::clamp(off, 0.2, 5.0);
  };
  ++moves_;
  base_.orders_a_month *= ratio(orders);
  base_.value *= ratio(sales) / ratio(orders);
  if (totals_[top_tenth] && ratio(top_tenth) != 1) {
    const double by_form = year_of_sales(base_, totals_[leavers].value_or(seen(leavers))).held_by_largest(0.1);
    spread_sales(std::clamp(*totals_[top_tenth] + by_form - seen(top_tenth), 0.1001, 0.995));
  }
  if (totals_[leavers]) base_.base_hazard = 1 - std::pow(1 - base_.base_hazard, ratio(leavers));
  if (ratio(late) != 1) base_.late_chance = moved_share(base_.late_chance, *totals_[late], seen(late));
  if (totals_[dso] && std::abs(*totals_[dso] - seen(dso)) > near * *totals_[dso]) move_payments(seen(dso));
  if (ratio(bad_debt) != 1) move_debts(ratio(bad_debt));
  size_amounts();
}

void BaseOfTotals::move_payments(double simulated) {
  const double off = *totals_[dso] - simulated;
  if (base_.late_chance >= few_late)
    base_.days_late = std::clamp(base_.days_late + off / (lateness * base_.late_chance), 0.1, 300.0);
  else
    base_.early_days = std::clamp(base_.early_days - off / ((1 - base_.late_chance) * earliness), 0.0, 360.0);
}

/// Who defaults jumps from one customer to another; the loss of whoever does is met exactly by the share of it.
void BaseOfTotals::move_debts(double ratio) {
  constexpr int moves_of_chance = 3;
  constexpr double least_loss = 0.3, highest_loss = 0.9;
  const double loss = base_.loss * ratio;
  if (moves_ <= moves_of_chance || loss < least_loss || loss > highest_loss)
    base_.default_chance = std::min(0.9, base_.default_chance * ratio);
  else
    base_.loss = loss;
}

}  // namespace clientele::tools
