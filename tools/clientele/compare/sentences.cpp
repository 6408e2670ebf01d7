// Each sentence says one thing; what is not known is not said, or says why.
#include "tools/clientele/compare/sentences.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/printable.hpp"
#include "tools/clientele/compare/condition.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

using output::Answer;
using output::Comparison;
using output::Effect;
using output::Statements;

namespace {

constexpr double told_difference = 0.02;  ///< of what two policies spend

std::string subject_of(const Comparison& c, const Answer& answer) { return side_of(c, answer.scenario, answer.policy); }

/// "In recession, " where there are several; under which policy across scenarios.
std::string place_of(const Comparison& c, const Answer& answer) {
  if (!c.question.is_across_policies()) return "Under " + policy_of(c, answer.policy) + ", ";
  return c.scenarios.size() > 1 ? "In " + scenario_of(c, answer.scenario) + ", " : "";
}

/// The best of several looks better than it is: it is said that it was picked.
std::string picked(const Answer& answer) {
  return answer.rivals < 2 ? "" : " (of " + with_commas(answer.rivals) + " the best on average)";
}

/// As precisely as an average is known, and never in more than three digits.
Rounding rounding_of(const output::Interval& average) {
  const double size = std::fabs(average.mean), error = average.half_width;
  const bool apart = std::isnan(error) || size < error / 10;  // then each has a unit of its own
  const double largest = apart ? size : std::max(size, error);
  return Rounding(largest, apart ? largest / 10 : std::fmax(error, largest / 10));
}

Rounding rounding_of_error(const output::Interval& average) {
  const double error = average.half_width;
  return std::fabs(average.mean) < error / 10 ? Rounding(error, error / 10) : rounding_of(average);
}

/// "6.0 M EUR"
std::string amount_of(const Effect& effect) {
  const output::Interval& average = effect.statements.average;
  return rounding_of(average)(std::fabs(average.mean)) + behind_number(effect.kpi.unit);
}

/// What is said once of all intervals of an answer.
enum class Says { error, error_and_worth };

/// "± 1.2 M", and what it is worth; why not, where it is not known.
std::string error_of(const output::Interval& average, Says says) {
  if (std::isnan(average.half_width)) return average.why_missing;
  const std::string error = "± " + rounding_of_error(average)(average.half_width);
  return average.caution.empty() || says == Says::error ? error : error + ", " + average.caution;
}

/// " (1.0 %)" of what the baseline has of it.
std::string relative(const Effect& effect) {
  const double share = 100 * std::fabs(effect.statements.average.mean / effect.of_baseline);
  if (!std::isfinite(share)) return "";
  if (share < 0.05) return " (less than 0.1 %)";
  return " (" + Rounding(share, share >= 10 ? 10 : 1)(share) + " %)";
}

/// "adds 6.0 M EUR (1.0 %) to three years' profit"
std::string change(const Comparison& c, const Effect& effect) {
  const bool more = effect.statements.average.mean >= 0;
  return (more ? "adds " : "takes ") + amount_of(effect) + relative(effect) + (more ? " to " : " off ") +
         called(c, effect.kpi);
}

bool is_within_error(const output::Interval& average) { return std::fabs(average.mean) <= average.half_width; }

/// Behind a change: how far simulation error goes, and whether the best of several is clear of having been picked.
std::string certainty(const Effect& effect, Says says) {
  const output::Interval& average = effect.statements.average;
  if (std::isnan(average.half_width))
    return says == Says::error ? " (no interval)" : " (no interval: " + error_of(average, says) + ")";
  if (is_within_error(average)) return ", within simulation error (" + error_of(average, says) + ")";
  return " (simulation error " + error_of(average, says) +
         (effect.is_clear() ? ")" : "; the best of several is not clear of it)");
}

std::string end_of_horizon(const Comparison& c) {
  if (c.first_year == 0) return "the horizon";
  const int last = c.first_month - 1 + static_cast<int>(c.months) - 1;
  constexpr const char* names[] = {"January", "February", "March",     "April",   "May",      "June",
                                   "July",    "August",   "September", "October", "November", "December"};
  const std::string year = std::to_string(c.first_year + last / 12);
  return last % 12 == 11 ? year : std::string(names[last % 12]) + " " + year;
}

std::string beyond_in_words(const Comparison& c, const Effect& beyond) {
  const bool more = beyond.statements.average.mean >= 0;
  return std::string(more ? "adds " : "takes ") + amount_of(beyond) + (more ? " from" : " off what is earned from") +
         " customers who stay, in the " + months_in_words(c.closed) + " beyond " + end_of_horizon(c) +
         certainty(beyond, Says::error);
}

/// "bands is better than today: it " where there is a winner.
std::string verdict(const Comparison& c, const Answer& answer) {
  const Effect& headline = answer.headline;
  const std::string subject = subject_of(c, answer) + picked(answer);
  if (!answer.names_winner() || headline.kpi.direction == sim::Direction::neither) return subject + " ";
  const bool higher = headline.statements.average.mean > 0;
  const bool better = higher == (headline.kpi.direction == sim::Direction::higher_is_better);
  const std::string in = headline.is_of_worth() ? "" : " in " + called(c, headline.kpi);
  return subject + (better ? " is better than " : " is worse than ") + baseline_of(c) + in + ": it ";
}

/// Whether both sides are the same in every future.
bool changes_nothing(const Effect& effect) {
  const output::Chance& futures = effect.statements.futures;
  return futures.equal > 0 && futures.better + futures.worse == 0;
}

std::string value_sentence(const Comparison& c, const Answer& answer) {
  if (changes_nothing(answer.headline))
    return as_beginning(place_of(c, answer) + subject_of(c, answer)) + " changes nothing in " +
           called(c, answer.headline.kpi) + " against " + baseline_of(c) + ": they are equal in all of " +
           futures_in_words(c, answer.headline.statements.futures.equal) + ".";
  if (std::isnan(answer.headline.statements.average.mean))
    return "There is no average: " + answer.headline.statements.average.why_missing + ".";
  const std::string start = as_beginning(place_of(c, answer) + verdict(c, answer));
  const bool is_money = answer.headline.is_of_worth();
  std::string text = start;
  Says says = Says::error_and_worth;
  if (!is_money || !answer.within || !answer.beyond) {
    text += change(c, answer.headline) + certainty(answer.headline, says);
    says = Says::error;
    if (!answer.within || !answer.beyond || is_money) return text + ".";
    text += ". It ";
  }
  text += change(c, *answer.within) + certainty(*answer.within, says) + ", and " + beyond_in_words(c, *answer.beyond);
  if (!answer.depends_on_horizon()) return text + ".";
  return text + (is_money ? ": the answer depends on the horizon." : ": what it is worth depends on the horizon.");
}

/// ", nine in ten between -16.1 M and +2.5 M EUR"
std::string range_in_words(const Effect& effect, bool says_why = true) {
  const output::Prediction& range = effect.statements.range;
  if (std::isnan(range.low)) return says_why ? "; " + range.why_missing : "";
  const double largest = std::max(std::fabs(range.low), std::fabs(range.high));
  const Rounding rounding(largest, largest / 10);
  const std::string unit = rounding.unit() + behind_number(effect.kpi.unit);
  return ", nine in ten between " + rounding.with_sign(range.low) + " and " + rounding.with_sign(range.high) + unit;
}

/// ": at least 69 %" where all futures agree, never rounded towards what is hoped.
std::string bound_in_words(const output::Chance& chance) {
  if (std::isnan(chance.low)) return "";
  return chance.better > 0 ? ": at least " + percent(std::floor(100 * chance.low) / 100)
                           : ": at most " + percent(std::ceil(100 * chance.high) / 100);
}

/// "in 14 of 100 simulated futures (100 sets of assumptions)"
std::string count_in_words(const Comparison& c, const output::Chance& chance, bool says_of_what) {
  const std::size_t all = chance.better + chance.equal + chance.worse;
  if (all == 1) return chance.better == 1 ? "in the one simulated future" : "not in the one simulated future";
  const std::string of = says_of_what ? futures_in_words(c, all) : "";
  std::string text = "in ";
  if (chance.better == all || chance.better == 0)
    text += (chance.better == 0 ? "none" : "all") + (says_of_what ? " of " + of : "") + bound_in_words(chance);
  else
    text += with_commas(chance.better) + (says_of_what ? " of " + of : "");
  return text + (chance.equal > 0 && says_of_what ? ", equal in " + with_commas(chance.equal) : "");
}

std::string chances_sentence(const Comparison& c, const Answer& answer) {
  const Effect& headline = answer.headline;
  const output::Chance& chance = headline.statements.futures;
  if (std::isnan(chance.share) || changes_nothing(headline)) return "";
  using enum sim::Direction;
  const std::string verb = headline.kpi.direction == lower_is_better    ? " falls "
                           : headline.kpi.direction == higher_is_better ? " gains "
                                                                        : " rises ";
  std::string text =
      as_beginning(called(c, headline.kpi)) + verb + count_in_words(c, chance, true) + range_in_words(headline);
  if (!answer.names_winner() && headline.kpi.part == sim::KpiPart::within && answer.whole)
    text += "; with the years beyond, " + count_in_words(c, answer.whole->statements.futures, false) +
            range_in_words(*answer.whole, false);
  return text + ".";
}

std::string month_in_words(double month) {
  return std::isinf(month) ? "never" : with_commas(static_cast<std::uint64_t>(month));
}

/// Behind a payback: the horizon is what was asked for, and customers alone carry on after it.
std::string beyond_horizon(const Comparison& c, double month) {
  if (std::isinf(month) || month <= static_cast<double>(c.months)) return "";
  return ", beyond the horizon of " + with_commas(c.months) + (c.months == 1 ? " month" : " months");
}

/// Only what costs at first is paid back.
std::string payback_sentence(const Comparison& c, const Answer& answer) {
  if (!answer.payback || answer.payback->middle <= 1) return "";
  if (answer.spending && answer.spending->levers.average.mean <= 0) return "";
  const output::Payback& payback = *answer.payback;
  const std::string months = "the " + with_commas(payback.months) + " simulated months";
  if (payback.never == payback.futures) return "In no future has it paid back by the end of " + months + ".";
  const std::string never = with_commas(payback.never) + " of " + with_commas(payback.futures);
  if (std::isinf(payback.low)) return "In " + never + " futures it does not pay back within " + months + ".";
  if (std::isinf(payback.middle))
    return "In " + never + " futures it does not pay back within " + months + " (nine in ten: month " +
           month_in_words(payback.low) + beyond_horizon(c, payback.low) + " to " + month_in_words(payback.high) + ").";
  const std::string middle = beyond_horizon(c, payback.middle);
  return "In the middle future it has paid back by month " + month_in_words(payback.middle) + middle +
         " (nine futures in ten: " + month_in_words(payback.low) + " to " + month_in_words(payback.high) +
         (middle.empty() ? beyond_horizon(c, payback.high) : "") + (payback.never > 0 ? "; never in " + never : "") +
         ").";
}

std::string levers_sentence(const Comparison& c, const Answer& answer) {
  if (!answer.spending || std::isnan(answer.spending->levers.average.mean) || changes_nothing(answer.headline) ||
      answer.headline.kpi.part == sim::KpiPart::spending)
    return "";
  const output::Spending& spending = *answer.spending;
  const double spent = spending.levers.average.mean;
  if (std::fabs(spent) <= told_difference * std::fabs(spending.of_baseline) && !spending.of_evenly) return "";
  const std::string currency = sim::printable(c.currency, 40), kpi = called(c, answer.headline.kpi);
  std::string text = "In " + months_in_words(c.months) + " it spends " +
                     rounding_of(spending.levers.average)(std::fabs(spent)) + " " + currency +
                     (spent >= 0 ? " more" : " less") + " than " + baseline_of(c) + " on levers";
  const double gain = spending.gain_per_unit;
  if (std::isfinite(gain) && !is_within_error(answer.within->statements.average))
    text += ", and each " + currency + " of it " + (gain >= 0 ? "adds " : "takes ") +
            Rounding(std::fabs(gain), 0.1)(std::fabs(gain)) + (gain >= 0 ? " to " : " off ") +
            called(c, answer.within->kpi);
  if (!spending.of_evenly) return text + ".";
  const Effect evenly{answer.headline.kpi, answer.headline.of_baseline, *spending.of_evenly, 0};
  const bool adds = evenly.statements.average.mean >= 0;
  text += std::string("; the same money spread evenly would ") + (adds ? "add " : "take ") + amount_of(evenly) +
          (adds ? " to " : " off ") + kpi +
          (is_within_error(evenly.statements.average) ? ", within simulation error (" : " (") +
          error_of(evenly.statements.average, Says::error) + ")";
  if (std::fabs(spending.levers_of_evenly) > told_difference)
    text += ", though it spends " + percent(std::fabs(spending.levers_of_evenly)) +
            (spending.levers_of_evenly > 0 ? " more" : " less");
  return text + ".";
}

std::string spread_sentence(const Answer& answer) {
  const output::VarianceSplit& split = answer.headline.statements.split;
  if (split.parts.size() < 2) return "";
  std::string text;
  for (const output::VariancePart& part : split.parts)
    text += (text.empty() ? "" : ", ") + output::in_words(part.share) + " is " + output::words_of(part.cause);
  return "Of what makes single futures differ, " + text + ".";
}

/// Until it has reached everybody, a policy is in part another: said of both sides of a pair.
std::string rollout_sentence(const Comparison& c, const Answer& answer) {
  std::string text;
  const auto add = [&](std::size_t policy) {
    if (policy >= c.roll_outs.size() || c.roll_outs[policy].empty()) return;
    text +=
        (text.empty() ? "" : " ") + policy_of(c, policy) + " reaches " + sim::printable(c.roll_outs[policy], 400) + ".";
  };
  add(answer.policy);
  if (c.question.is_across_policies()) add(c.question.baseline);
  return text;
}

/// What is called profit is a KPI that says itself what it is.
std::string profit_sentence(const Answer& answer) {
  if (!answer.within || answer.within->kpi.meaning.empty() || changes_nothing(answer.headline)) return "";
  return "Profit is " + sim::printable(answer.within->kpi.meaning, 400) + ".";
}

std::string basis_sentence(const Comparison& c) {
  std::string text = c.customer_file.empty() ? "Not fitted to your books." : "";
  if (!c.provenance_known)
    return text + " What the numbers rest on is not in this cube (it was made before format 1.1).";
  const std::size_t count = c.guesses.size() + c.stated.size();
  const auto is_drawn = [](const sim::Assumption& field) { return field.uncertain; };
  const auto drawn = std::ranges::count_if(c.guesses, is_drawn) + std::ranges::count_if(c.stated, is_drawn);
  text += (text.empty() ? "" : " ") + with_commas(count) + (count == 1 ? " value is" : " values are") +
          " guessed or stated without a source";
  if (drawn > 0) text += ", " + with_commas(static_cast<std::uint64_t>(drawn)) + " of them varied";
  return text + ": compare --guesses.";
}

}  // namespace

std::vector<Sentence> sentences_of(const Comparison& c) {
  std::vector<Sentence> all;
  const auto add = [&](const std::string& about, const std::string& text) {
    if (!text.empty()) all.push_back({about, text});
  };
  if (c.answer) {
    add("value", value_sentence(c, *c.answer));
    add("rollout", rollout_sentence(c, *c.answer));
    add("chances", chances_sentence(c, *c.answer));
    add("payback", payback_sentence(c, *c.answer));
    for (const output::Condition& condition : c.answer->conditions) add("condition", condition_in_words(c, condition));
    add("condition", not_varied_in_words(*c.answer));
    add("levers", levers_sentence(c, *c.answer));
    add("spread", spread_sentence(*c.answer));
    add("basis", profit_sentence(*c.answer));
  } else if (c.has_two_sides()) {
    add("value", "There is no future in which both sides of a pair have a value, so nothing can be said.");
  }
  add("basis", basis_sentence(c));
  return all;
}

}  // namespace clientele::tools
