// Invoices one by one, laws by maximum likelihood, and what the engine adds beyond them set so that it adds nothing.
#include "tools/clientele/fitted/payment.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "models/fit/joint_draws.hpp"
#include "models/fit/normal_words.hpp"
#include "scenarios/books/dates.hpp"

namespace clientele::tools {

using scenarios::BookInvoice;
using scenarios::Day;

namespace {

/// As the books stand at the end of the day before `origin`.
bool was_settled(const BookInvoice& invoice, Day origin) {
  return invoice.settled != scenarios::no_day && invoice.settled < origin;
}
bool was_late(const BookInvoice& invoice, Day origin) {
  return was_settled(invoice, origin) ? invoice.settled > invoice.due : invoice.due < origin - 1;
}

double median_of(std::vector<Day> days) {
  const auto middle = days.begin() + static_cast<std::ptrdiff_t>(days.size() / 2);
  std::ranges::nth_element(days, middle);
  return *middle;
}

/// The upper end of uniform days ahead whose mean, none of them before the issue, is `ahead`: E min(U, terms).
double early_end(double ahead, double terms) {
  if (!(terms > 0)) return 0;
  if (ahead <= terms / 2) return 2 * ahead;
  constexpr double longest = 360;
  return std::min(longest, terms * terms / (2 * std::max(1e-3, terms - ahead)));
}

void see_delay(const BookInvoice& invoice, Day origin, models::DelayHistory& delays) {
  const bool settled = was_settled(invoice, origin);
  delays.days.push_back(static_cast<double>((settled ? invoice.settled : origin - 1) - invoice.due));
  delays.is_open.push_back(settled ? 0 : 1);
  delays.disputed.push_back(invoice.disputed ? 1 : 0);
}

void see_reason(const BookInvoice& invoice, FittedPayment& payment) {
  if (invoice.disputed) return;
  const bool money = invoice.reason == scenarios::LateReason::liquidity;
  if (!money && invoice.reason != scenarios::LateReason::administration) return;
  payment.for_want_of_money.part += money ? 1 : 0, ++payment.for_want_of_money.whole;
}

/// What all customers' odds of being late have in common in a month, by the month in which invoices are due: the
/// surprise over its information, beside luck.
void fit_level(const scenarios::Books& books, Day origin, const models::LatenessHistory& lateness,
               FittedPayment& payment) {
  if (!payment.chance.is_found()) return;
  std::map<scenarios::CalendarMonth, std::pair<double, double>> months;  // surprise, information
  const double a = payment.chance.values[0], b = payment.chance.values[1];
  for (const BookInvoice& invoice : books.invoices) {
    if (invoice.issued >= origin || invoice.due >= origin - 1) continue;
    const std::size_t c = invoice.customer;
    const double chance = (a + lateness.late[c]) / (a + b + lateness.invoices[c]);
    auto& [surprise, information] = months[scenarios::month_of(invoice.due)];
    surprise += (was_late(invoice, origin) ? 1 : 0) - chance, information += chance * (1 - chance);
  }
  constexpr double least_information = 4, fewest = 3;
  double squares = 0, luck = 0, n = 0;
  for (const auto& [month, of] : months) {
    if (of.second < least_information) continue;
    squares += std::pow(of.first / of.second, 2), luck += 1 / of.second, ++n;
  }
  payment.months = static_cast<std::size_t>(n);
  if (n >= fewest) payment.level = std::sqrt(std::max(0.0, (squares - luck) / n));
}

double chance_of(const std::vector<double>& law) { return law[0] / (law[0] + law[1]); }
double days_of(const std::vector<double>& law) { return law[0] * std::tgamma(1 + 1 / law[1]); }

std::string ends_of(const models::Estimate& estimate) {
  return fmt::format("{:.4g} to {:.4g} (95 %)", estimate.low, estimate.high);
}

/// Wilson's interval.
std::string ends_of(const ShareOf& share) {
  constexpr double z = 1.96;
  const double n = share.whole, p = share.value(), middle = (p + z * z / (2 * n)) / (1 + z * z / n),
               half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
  return fmt::format("{:.4g} to {:.4g} (95 %)", std::max(0.0, middle - half), std::min(1.0, middle + half));
}

/// A field with what is said of it; comments stand in a column.
std::string payment_line(const std::string& field, const std::string& value, const std::string& said) {
  return fmt::format("{:<24}= {}{}{}\n", field, value, said.empty() ? "" : "    # ", said);
}

std::string line_of_chance(const FittedPayment& payment) {
  if (payment.chance.is_found())
    return payment_line(
        "late_chance",
        fmt::format("{{ dist = \"beta\", mean = {:.6g}, a = {:.6g} }}", chance_of(payment.chance.values),
                    payment.chance.values[0]),
        fmt::format("beta-binomial, maximum likelihood, {:.0f} customers, {:.0f} invoices; mean {}; a "
                    "{}. Newcomers by the same law",
                    payment.chance.observations, payment.late.whole,
                    ends_of(models::estimate_of(payment.chance, chance_of)), ends_of(payment.chance.estimates[0])));
  return payment_line("late_chance", fmt::format("{:.6g}", payment.late.value()),
                      payment.late.whole > 0
                          ? fmt::format("of {:.0f} invoices due, {}; one chance for all: {}", payment.late.whole,
                                        ends_of(payment.late), payment.chance.why_not)
                          : "not known: no invoice was due before month 0");
}

std::string line_of_days(const FittedPayment& payment) {
  const auto law = [](double mean, double shape) {
    return fmt::format("{{ dist = \"weibull\", mean = {:.6g}, shape = {:.6g} }}", mean, shape);
  };
  if (!payment.days.is_found())
    return payment_line("days_late", law(payment.mean_days > 0 ? payment.mean_days : 7, 1),
                        fmt::format("{}: {}", payment.mean_days > 0 ? "the mean; its shape is a guess" : "a guess",
                                    payment.days.why_not));
  std::string said =
      fmt::format("Weibull, maximum likelihood, {:.0f} late invoices, open ones to this day; mean {}; shape {}",
                  payment.days.observations, ends_of(models::estimate_of(payment.days, days_of)),
                  ends_of(payment.days.estimates[1]));
  return payment_line("days_late", law(days_of(payment.days.values), payment.days.values[1]), said);
}

std::string lines_of_disputes(const FittedPayment& payment) {
  if (payment.disputed.part <= 0) return payment_line("dispute_chance", "0", "no invoice is marked as disputed");
  std::string text = payment_line("dispute_chance", fmt::format("{:.6g}", payment.disputed.value()),
                                  fmt::format("{:.0f} of {:.0f} invoices, {}", payment.disputed.part,
                                              payment.disputed.whole, ends_of(payment.disputed)));
  constexpr double most = 8;
  if (payment.disputes.is_found()) {
    const models::Estimate& odds = payment.disputes.estimates[2];
    text += payment_line(
        "dispute_effect", fmt::format("{:.6g}", std::clamp(std::log(odds.value), -most, most)),
        fmt::format("log of the odds ratio {:.4g}, {}, beside customers' own chances", odds.value, ends_of(odds)));
  } else {
    text += payment_line("dispute_effect", "0", "not known: " + payment.disputes.why_not);
  }
  text += payment_line("disputes_in_late_chance", "1", "late_chance is of all invoices, disputed ones too");
  if (payment.days.is_found() && payment.days.values.size() > 2)
    return text + payment_line("disputed_days_factor", fmt::format("{:.6g}", std::min(10.0, payment.days.values[2])),
                               ends_of(payment.days.estimates[2]));
  return text + payment_line("disputed_days_factor", "1", "not known: too few late disputes are settled");
}

constexpr std::string_view at_the_till =
    R"([payment]                        # no invoices were read: customers pay at once
terms_days      = 0
reference_terms = 0
late_chance     = 0
late_offset     = 0
early_days      = 0
dispute_chance  = 0

)";

}  // namespace

FittedPayment fit_payment(const scenarios::Books& books, Day origin) {
  FittedPayment payment;
  std::vector<Day> terms;
  models::DelayHistory delays;
  double settled_late = 0, days_late = 0, ahead = 0;
  for (const BookInvoice& invoice : books.invoices) {
    if (invoice.issued >= origin) continue;
    ++payment.invoices;
    terms.push_back(invoice.due - invoice.issued);
    payment.disputed.part += invoice.disputed ? 1 : 0, ++payment.disputed.whole;
    if (invoice.due >= origin - 1) continue;  // one due on the last day may be late from the next one on
    const bool late = was_late(invoice, origin);
    payment.late.part += late ? 1 : 0, ++payment.late.whole;
    if (!late) {
      ahead += invoice.due - invoice.settled, ++payment.paid_ahead;
      continue;
    }
    see_delay(invoice, origin, delays);
    see_reason(invoice, payment);
    constexpr Day long_overdue = 90;
    if (!was_settled(invoice, origin))
      payment.long_overdue += origin - 1 - invoice.due > long_overdue ? 1 : 0;
    else
      days_late += invoice.settled - invoice.due, ++settled_late;
  }
  if (!payment.is_known()) return payment;
  payment.terms = median_of(terms);
  payment.other_terms =
      static_cast<std::size_t>(std::ranges::count_if(terms, [&](Day of) { return of != payment.terms; }));
  payment.mean_days = settled_late > 0 ? days_late / settled_late : 0;
  payment.ahead = payment.paid_ahead > 0 ? ahead / static_cast<double>(payment.paid_ahead) : 0;
  models::LatenessHistory lateness = lateness_between(books, scenarios::no_day, origin - 1, origin);
  payment.customers =
      static_cast<std::size_t>(std::ranges::count_if(lateness.invoices, [](double n) { return n > 0; }));
  payment.chance = models::fit_late_chance(lateness);
  fit_level(books, origin, lateness, payment);
  payment.days = models::fit_days_late(delays);
  if (payment.disputed.part > 0) payment.disputes = models::fit_late_chance_with_disputes(lateness);
  return payment;
}

models::LatenessHistory lateness_between(const scenarios::Books& books, Day from, Day to, Day known_until) {
  const std::size_t n = books.customers.size();
  const std::vector<double> none(n, 0.0);
  models::LatenessHistory history{none, none, none, none};
  for (const BookInvoice& invoice : books.invoices) {
    if (invoice.due < from || invoice.due >= to || invoice.issued >= known_until) continue;
    const double late = was_late(invoice, known_until) ? 1 : 0;
    history.invoices[invoice.customer] += 1, history.late[invoice.customer] += late;
    if (invoice.disputed) history.disputed[invoice.customer] += 1, history.disputed_late[invoice.customer] += late;
  }
  return history;
}

std::string credit_table(const FittedPayment& payment) {
  if (!payment.is_known()) return "[credit]\ndefault_chance = 0               # nothing is owed\n\n";
  return fmt::format(
      "[credit]\ndefault_chance = 0    # not known: no file tells who never pays ({} invoices are more than 90 days "
      "overdue)\n\n",
      payment.long_overdue);
}

std::string payment_table(const FittedPayment& payment) {
  if (!payment.is_known()) return std::string(at_the_till);
  const std::string terms = fmt::format("{:.6g}", payment.terms);
  std::string text =
      "[payment]\n" +
      payment_line("terms_days", terms,
                   fmt::format("the median of {} invoices; {} have others", payment.invoices, payment.other_terms)) +
      payment_line("reference_terms", terms, "customers order at these terms as they were seen to") +
      line_of_chance(payment) + line_of_days(payment) + lines_of_disputes(payment);
  text +=
      payment_line("early_days", fmt::format("{:.6g}", early_end(payment.ahead, payment.terms)),
                   payment.paid_ahead > 0
                       ? fmt::format("{} invoices on time were paid {:.4g} days ahead in the mean, uniformly from 0 "
                                     "to this",
                                     payment.paid_ahead, payment.ahead)
                       : "not known: no invoice was paid on time");
  if (payment.for_want_of_money.whole > 0)
    text += payment_line("liquidity_share", fmt::format("{:.6g}", payment.for_want_of_money.value()),
                         fmt::format("of {:.0f} late invoices with a reason, {}", payment.for_want_of_money.whole,
                                     ends_of(payment.for_want_of_money)));
  return text +
         "# So that lateness is as fitted: what else could move it moves nothing here, and is in no invoice.\n"
         "days_late_slope = 0\nearly_days_slope = 0\nliquidity_effect = 0\n" +
         payment_line(
             "late_offset", "0",
             fmt::format("what the months to come have in common is drawn: log-odds of {} months differ by {:.3g} "
                         "(sd) beside luck",
                         payment.months, payment.level)) +
         "\n";
}

DrawnColumns payment_draws(const FittedPayment& payment, std::size_t draws, std::uint32_t seed, std::string& told) {
  DrawnColumns columns;
  const auto add = [&](std::string path, const models::JointDraws& joint, auto number, double low, double high) {
    auto& [name, values] = columns.emplace_back(std::move(path), std::vector<double>{});
    for (std::size_t d = 0; d < draws; ++d) values.push_back(std::clamp(number(joint.values[d]), low, high));
  };
  if (payment.chance.is_found()) {
    const models::JointDraws joint = models::draw_jointly(payment.chance, draws, seed);
    told += "who is late: " + (joint.why_not.empty() ? joint.how : "not drawn (" + joint.why_not + ")") + "\n";
    if (joint.why_not.empty()) {
      add("payment.late_chance.mean", joint, chance_of, 1e-6, 1 - 1e-6);
      add(
          "payment.late_chance.a", joint, [](const std::vector<double>& law) { return law[0]; }, 0.01, 1e4);
    }
  }
  if (payment.days.is_found()) {
    const models::JointDraws joint = models::draw_jointly(payment.days, draws, seed + 1);
    told += "days late: " + (joint.why_not.empty() ? joint.how : "not drawn (" + joint.why_not + ")") + "\n";
    if (joint.why_not.empty()) {
      add("payment.days_late.mean", joint, days_of, 1e-3, 720);
      add(
          "payment.days_late.shape", joint, [](const std::vector<double>& law) { return law[1]; }, 0.1, 20);
    }
  }
  if (payment.level > 0) {
    auto& [name, values] = columns.emplace_back("payment.late_offset", std::vector<double>{});
    for (std::size_t d = 0; d < draws; ++d)
      values.push_back(
          std::clamp(payment.level * models::normal_of_fit(seed + 2, static_cast<std::uint32_t>(d), 0, 0), -5.0, 5.0));
  }
  return columns;
}

}  // namespace clientele::tools
