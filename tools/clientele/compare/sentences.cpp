// Each sentence says one thing; what is not known is not said, or says why.
#include "tools/clientele/compare/sentences.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/printable.hpp"
#include "tools/clientele/backtested.hpp"
#include "tools/clientele/compare/condition.hpp"
#include "tools/clientele/compare/program.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/language/elsewhere.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

using output::Answer;
using output::Comparison;
using output::Effect;
using output::Statements;

namespace {

constexpr double told_difference = 0.02;  ///< of what two policies spend

bool is_within_error(const output::Interval& average) { return std::fabs(average.mean) <= average.half_width; }

/// Whether both sides are the same in every future.
bool changes_nothing(const Effect& effect) {
  const output::Chance& futures = effect.statements.futures;
  return futures.equal > 0 && futures.better + futures.worse == 0;
}

/// What is said once of all intervals of an answer.
enum class Says { error, error_and_worth };

/// Amounts, and how sure they are, in one language.
class Amounts {
 public:
  explicit Amounts(Language language) : language_(language) {}

  /// As precisely as an average is known, and never in more than three digits.
  Rounding rounding_of(const output::Interval& average) const {
    const double size = std::fabs(average.mean), error = average.half_width;
    const bool apart = std::isnan(error) || size < error / 10;  // then each has a unit of its own
    const double largest = apart ? size : std::max(size, error);
    return Rounding(largest, apart ? largest / 10 : std::fmax(error, largest / 10), language_);
  }

  /// "6.0 M EUR"
  std::string of(const Effect& effect) const {
    const output::Interval& average = effect.statements.average;
    return rounding_of(average)(std::fabs(average.mean)) + behind_number(effect.kpi.unit, language_);
  }

  /// "± 1.2 M", and what it is worth; why not, where it is not known.
  std::string error_of(const output::Interval& average, Says says) const {
    if (std::isnan(average.half_width)) return translated(language_, average.why_missing);
    const std::string error =
        say(language_, "error.half_width", {{"half_width", rounding_of_error(average)(average.half_width)}});
    if (average.caution.empty() || says == Says::error) return error;
    return say(language_, "error.cautious", {{"error", error}, {"caution", translated(language_, average.caution)}});
  }

  /// " (1.0 %)" of what the baseline has of it.
  std::string relative(const Effect& effect) const {
    const double share = 100 * std::fabs(effect.statements.average.mean / effect.of_baseline);
    if (!std::isfinite(share)) return "";
    if (share < 0.05) return say(language_, "change.relative_small");
    return say(language_, "change.relative", {{"share", Rounding(share, share >= 10 ? 10 : 1, language_)(share)}});
  }

  /// Behind a change: how far simulation error goes, and whether the best of several is clear of having been picked.
  std::string certainty(const Effect& effect, Says says) const {
    const output::Interval& average = effect.statements.average;
    const std::string error = error_of(average, says);
    if (std::isnan(average.half_width))
      return says == Says::error ? say(language_, "certainty.none")
                                 : say(language_, "certainty.none_since", {{"why", error}});
    if (is_within_error(average)) return say(language_, "certainty.within", {{"error", error}});
    return say(language_, effect.is_clear() ? "certainty.clear" : "certainty.picked", {{"error", error}});
  }

 private:
  Rounding rounding_of_error(const output::Interval& average) const {
    const double error = average.half_width;
    return std::fabs(average.mean) < error / 10 ? Rounding(error, error / 10, language_) : rounding_of(average);
  }

  Language language_;
};

std::string subject_of(const Comparison& c, const Answer& answer) { return side_of(c, answer.scenario, answer.policy); }

/// "In recession, " where there are several; under which policy across scenarios.
std::string place_of(const Comparison& c, const Answer& answer, Language language) {
  if (!c.question.is_across_policies()) return say(language, "place.policy", {{"policy", policy_of(c, answer.policy)}});
  if (c.scenarios.size() < 2) return "";
  return say(language, "place.scenario", {{"scenario", scenario_of(c, answer.scenario)}});
}

/// The best of several looks better than it is: it is said that it was picked.
std::string picked_subject_of(const Comparison& c, const Answer& answer, Language language) {
  const std::string subject = subject_of(c, answer);
  if (answer.rivals < 2) return subject;
  return say(language, "verdict.picked", {{"subject", subject}, {"rivals", with_commas(answer.rivals, language)}});
}

/// "adds 6.0 M EUR (1.0 %) to three years' profit (simulation error ± 1.2 M)"
std::string change(const Comparison& c, const Effect& effect, Says says, Language language) {
  const Amounts amounts(language);
  const bool more = effect.statements.average.mean >= 0;
  return say(language, more ? "change.adds" : "change.takes",
             {{"amount", amounts.of(effect)},
              {"relative", amounts.relative(effect)},
              {"kpi", called(c, effect.kpi, language)}}) +
         amounts.certainty(effect, says);
}

/// "2029", "June 2029"
std::string end_of_horizon(const Comparison& c, Language language) {
  if (c.first_year == 0) return say(language, "end.of_horizon");
  const int last = c.first_month - 1 + static_cast<int>(c.months) - 1;
  const std::string year = std::to_string(c.first_year + last / 12);
  if (last % 12 == 11) return say(language, "end.of_year", {{"year", year}});
  const std::string month = say(language, "month." + std::to_string(last % 12 + 1));
  return say(language, "end.of_month", {{"month", month}, {"year", year}});
}

std::string beyond_in_words(const Comparison& c, const Effect& beyond, Language language) {
  const Amounts amounts(language);
  const bool more = beyond.statements.average.mean >= 0;
  return say(language, more ? "beyond.adds" : "beyond.takes",
             {{"amount", amounts.of(beyond)},
              {"months", months_in_words(c.closed, language)},
              {"end", end_of_horizon(c, language)},
              {"certainty", amounts.certainty(beyond, Says::error)}});
}

/// Most of what a base is worth may lie in months that only the laws tell: said where it is more than half.
std::string beyond_sentence(const Comparison& c, const Answer& answer, Language language) {
  if (!answer.beyond || !answer.whole || answer.whole->of_baseline <= 0) return "";
  const double share = answer.beyond->of_baseline / answer.whole->of_baseline;
  if (!(share > 0.5 && share <= 1)) return "";
  const std::string text =
      say(language, "beyond.of_equity",
          {{"baseline", baseline_of(c)}, {"share", percent(share, language)}, {"end", end_of_horizon(c, language)}});
  return as_beginning(place_of(c, answer, language) + text, language);
}

/// "In recession, bands is better than today: it " and a change, where there is a winner.
std::string verdict(const Comparison& c, const Answer& answer, const std::string& change, Language language) {
  const Effect& headline = answer.headline;
  const std::string subject = picked_subject_of(c, answer, language), baseline = baseline_of(c);
  std::string text = place_of(c, answer, language);
  if (!answer.names_winner() || headline.kpi.direction == sim::Direction::neither) {
    text += say(language, "verdict.none", {{"subject", subject}, {"change", change}});
    return as_beginning(text, language);
  }
  const bool higher = headline.statements.average.mean > 0;
  const bool better = higher == (headline.kpi.direction == sim::Direction::higher_is_better);
  text += headline.is_of_worth() ? say(language, better ? "verdict.better" : "verdict.worse",
                                       {{"subject", subject}, {"baseline", baseline}, {"change", change}})
                                 : say(language, better ? "verdict.better_in" : "verdict.worse_in",
                                       {{"subject", subject},
                                        {"baseline", baseline},
                                        {"kpi", called(c, headline.kpi, language)},
                                        {"change", change}});
  return as_beginning(text, language);
}

std::string unchanged_sentence(const Comparison& c, const Answer& answer, Language language) {
  const bool has_place = !place_of(c, answer, language).empty();
  const std::string subject = subject_of(c, answer);
  return say(language, "value.unchanged",
             {{"place", as_beginning(place_of(c, answer, language), language)},
              {"subject", has_place ? subject : as_beginning(subject, language)},
              {"kpi", called(c, answer.headline.kpi, language)},
              {"baseline", baseline_of(c)},
              {"futures", futures_in_words(c, answer.headline.statements.futures.equal, language)}});
}

std::string value_sentence(const Comparison& c, const Answer& answer, Language language) {
  const Effect& headline = answer.headline;
  if (changes_nothing(headline)) return unchanged_sentence(c, answer, language);
  if (const output::Interval& average = headline.statements.average; std::isnan(average.mean))
    return say(language, "value.no_average", {{"why", translated(language, average.why_missing)}});
  const bool is_money = headline.is_of_worth(), has_both = answer.within && answer.beyond;
  const Effect& first = is_money && has_both ? *answer.within : headline;
  std::string text = verdict(c, answer, change(c, first, Says::error_and_worth, language), language);
  if (has_both) {
    if (!is_money)
      text = say(language, "value.and_worth",
                 {{"headline", text}, {"within", change(c, *answer.within, Says::error, language)}});
    text =
        say(language, "value.and_beyond", {{"within", text}, {"beyond", beyond_in_words(c, *answer.beyond, language)}});
    if (answer.depends_on_horizon())
      text = say(language, is_money ? "value.answer_depends" : "value.worth_depends", {{"text", text}});
  }
  return say(language, "answer.sentence", {{"text", text}});
}

/// ", nine in ten between -16.1 M and +2.5 M EUR"
std::string range_in_words(const Effect& effect, Language language, bool says_why = true) {
  const output::Prediction& range = effect.statements.range;
  if (std::isnan(range.low))
    return says_why ? say(language, "range.missing", {{"why", translated(language, range.why_missing)}}) : "";
  const double largest = std::max(std::fabs(range.low), std::fabs(range.high));
  const Rounding rounding(largest, largest / 10, language);
  return say(language, "range.between",
             {{"low", rounding.with_sign(range.low)},
              {"high", rounding.with_sign(range.high)},
              {"scale", rounding.unit()},
              {"unit", behind_number(effect.kpi.unit, language)}});
}

/// ": at least 69 %" where all of several futures agree, never rounded towards what is hoped.
std::string bound_in_words(const output::Chance& chance, Language language) {
  const std::size_t all = chance.better + chance.equal + chance.worse;
  const bool agree = chance.better == 0 || chance.better == all;
  if (std::isnan(chance.low) || all == 1 || !agree) return "";
  const double bound = chance.better > 0 ? std::floor(100 * chance.low) / 100 : std::ceil(100 * chance.high) / 100;
  return say(language, chance.better > 0 ? "bound.at_least" : "bound.at_most", {{"share", percent(bound, language)}});
}

/// "in 14 of 100 simulated futures (100 sets of assumptions)"
std::string count_in_words(const Comparison& c, const output::Chance& chance, bool says_of_what, Language language) {
  const std::size_t all = chance.better + chance.equal + chance.worse;
  const bool none = chance.better == 0, every = chance.better == all;
  if (all == 1) return say(language, every ? "where.one" : "where.not_one");
  const std::string count = with_commas(chance.better, language);
  if (!says_of_what && (none || every)) return say(language, none ? "where.none" : "where.all");
  if (!says_of_what) return say(language, "where.some", {{"count", count}});
  const std::string futures = futures_in_words(c, all, language);
  if (none || every) return say(language, none ? "where.none_of" : "where.all_of", {{"futures", futures}});
  return say(language, "where.some_of", {{"count", count}, {"futures", futures}});
}

std::string equal_in_words(const output::Chance& chance, Language language) {
  const std::size_t all = chance.better + chance.equal + chance.worse;
  if (chance.equal == 0 || all == 1) return "";
  return say(language, "chances.equal", {{"count", with_commas(chance.equal, language)}});
}

/// What is hoped of a KPI.
std::string rises(sim::Direction direction) {
  if (direction == sim::Direction::lower_is_better) return "falls";
  return direction == sim::Direction::higher_is_better ? "gains" : "rises";
}

std::string chances_sentence(const Comparison& c, const Answer& answer, Language language) {
  const Effect& headline = answer.headline;
  const output::Chance& chance = headline.statements.futures;
  if (std::isnan(chance.share) || changes_nothing(headline)) return "";
  const std::string verb = rises(headline.kpi.direction);
  std::string text = say(language, "chances." + verb + (chance.better == 0 ? "_in_none" : ""),
                         {{"kpi", as_beginning(called(c, headline.kpi, language), language)},
                          {"where", count_in_words(c, chance, true, language)},
                          {"bound", bound_in_words(chance, language)},
                          {"equal", equal_in_words(chance, language)},
                          {"range", range_in_words(headline, language)}});
  if (!answer.names_winner() && headline.kpi.part == sim::KpiPart::within && answer.whole) {
    const output::Chance& whole = answer.whole->statements.futures;
    text += say(language, whole.better == 0 ? "beyond.in_none" : "beyond.in_some",
                {{"where", count_in_words(c, whole, false, language)},
                 {"bound", bound_in_words(whole, language)},
                 {"range", range_in_words(*answer.whole, language, false)}});
  }
  return say(language, "answer.sentence", {{"text", text}});
}

std::string month_in_words(double month, Language language) {
  return std::isinf(month) ? say(language, "number.never") : with_commas(static_cast<std::uint64_t>(month), language);
}

/// Behind a payback: the horizon is what was asked for, and customers alone carry on after it.
std::string beyond_horizon(const Comparison& c, double month, Language language) {
  if (std::isinf(month) || month <= static_cast<double>(c.months)) return "";
  if (c.months == 1) return say(language, "payback.beyond_one");
  return say(language, "payback.beyond_many", {{"months", with_commas(c.months, language)}});
}

/// Where most futures have it paid back.
std::string payback_of_most(const Comparison& c, const output::Payback& payback, Language language) {
  const std::string middle = beyond_horizon(c, payback.middle, language);
  const std::string never =
      payback.never == 0
          ? ""
          : say(language, "payback.never_in",
                {{"never", with_commas(payback.never, language)}, {"futures", with_commas(payback.futures, language)}});
  return say(language, "payback.middle",
             {{"middle", month_in_words(payback.middle, language)},
              {"beyond", middle},
              {"low", month_in_words(payback.low, language)},
              {"high", month_in_words(payback.high, language)},
              {"beyond_high", middle.empty() ? beyond_horizon(c, payback.high, language) : ""},
              {"never", never}});
}

/// Only what costs at first is paid back.
std::string payback_sentence(const Comparison& c, const Answer& answer, Language language) {
  if (!answer.payback || answer.payback->middle <= 1) return "";
  if (answer.spending && answer.spending->levers.average.mean <= 0) return "";
  const output::Payback& payback = *answer.payback;
  const std::string months = with_commas(payback.months, language);
  if (payback.never == payback.futures) return say(language, "payback.never", {{"months", months}});
  if (std::isfinite(payback.middle)) return payback_of_most(c, payback, language);
  const std::string never = with_commas(payback.never, language), futures = with_commas(payback.futures, language);
  if (std::isinf(payback.low))
    return say(language, "payback.some_never", {{"never", never}, {"futures", futures}, {"months", months}});
  return say(language, "payback.most_never",
             {{"never", never},
              {"futures", futures},
              {"months", months},
              {"low", month_in_words(payback.low, language)},
              {"beyond", beyond_horizon(c, payback.low, language)},
              {"high", month_in_words(payback.high, language)}});
}

/// What the same money brings when all customers get the same.
std::string with_evenly(const Comparison& c, const Answer& answer, const std::string& text, Language language) {
  const output::Spending& spending = *answer.spending;
  const Amounts amounts(language);
  const Effect evenly{answer.headline.kpi, answer.headline.of_baseline, *spending.of_evenly, 0};
  const output::Interval& average = evenly.statements.average;
  const double more = spending.levers_of_evenly;
  const std::string though = std::fabs(more) > told_difference
                                 ? say(language, more > 0 ? "levers.though_more" : "levers.though_less",
                                       {{"share", percent(std::fabs(more), language)}})
                                 : "";
  return say(language, average.mean >= 0 ? "levers.evenly_adds" : "levers.evenly_takes",
             {{"text", text},
              {"amount", amounts.of(evenly)},
              {"kpi", called(c, answer.headline.kpi, language)},
              {"certainty", say(language, is_within_error(average) ? "certainty.within" : "levers.error",
                                {{"error", amounts.error_of(average, Says::error)}})},
              {"though", though}});
}

std::string levers_sentence(const Comparison& c, const Answer& answer, Language language) {
  if (!answer.spending || std::isnan(answer.spending->levers.average.mean) || changes_nothing(answer.headline) ||
      answer.headline.kpi.part == sim::KpiPart::spending)
    return "";
  const output::Spending& spending = *answer.spending;
  const double spent = spending.levers.average.mean, gain = spending.gain_per_unit;
  if (std::fabs(spent) <= told_difference * std::fabs(spending.of_baseline) && !spending.of_evenly) return "";
  const std::string currency = sim::printable(c.currency, 40);
  std::string text = say(language, spent >= 0 ? "levers.more" : "levers.less",
                         {{"months", months_in_words(c.months, language)},
                          {"amount", Amounts(language).rounding_of(spending.levers.average)(std::fabs(spent))},
                          {"currency", currency},
                          {"baseline", baseline_of(c)}});
  if (std::isfinite(gain) && !is_within_error(answer.within->statements.average))
    text = say(language, gain >= 0 ? "levers.each_adds" : "levers.each_takes",
               {{"text", text},
                {"currency", currency},
                {"gain", Rounding(std::fabs(gain), 0.1, language)(std::fabs(gain))},
                {"kpi", called(c, answer.within->kpi, language)}});
  if (spending.of_evenly) text = with_evenly(c, answer, text, language);
  return say(language, "answer.sentence", {{"text", text}});
}

std::string spread_sentence(const Answer& answer, Language language) {
  const output::VarianceSplit& split = answer.headline.statements.split;
  if (split.parts.size() < 2) return "";
  std::string parts;
  for (const output::VariancePart& part : split.parts) {
    const std::string next = say(language, "spread.part",
                                 {{"share", translated(language, output::in_words(part.share))},
                                  {"cause", translated(language, output::words_of(part.cause))}});
    parts = parts.empty() ? next : say(language, "spread.next", {{"parts", parts}, {"next", next}});
  }
  return say(language, "spread.of", {{"parts", parts}});
}

std::string with_next(const std::string& first, const std::string& next, Language language) {
  if (first.empty() || next.empty()) return first + next;
  return say(language, "answer.two_sentences", {{"first", first}, {"next", next}});
}

/// Until it has reached everybody, a policy is in part another: said of both sides of a pair.
std::string rollout_sentence(const Comparison& c, const Answer& answer, Language language) {
  const auto sentence = [&](std::size_t policy) -> std::string {
    if (policy >= c.roll_outs.size() || c.roll_outs[policy].empty()) return "";
    return say(
        language, "rollout.reaches",
        {{"policy", policy_of(c, policy)}, {"whom", translated(language, sim::printable(c.roll_outs[policy], 400))}});
  };
  const std::string text = sentence(answer.policy);
  return c.question.is_across_policies() ? with_next(text, sentence(c.question.baseline), language) : text;
}

/// What is called profit is a KPI that says itself what it is.
std::string profit_sentence(const Answer& answer, Language language) {
  if (!answer.within || answer.within->kpi.meaning.empty() || changes_nothing(answer.headline)) return "";
  return say(language, "basis.profit",
             {{"meaning", translated(language, sim::printable(answer.within->kpi.meaning, 400))}});
}

/// How many of the numbers that it rests on nobody has seen.
std::string guesses_sentence(const Comparison& c, Language language) {
  const std::size_t count = c.guesses.size() + c.stated.size();
  const auto is_drawn = [](const sim::Assumption& field) { return field.uncertain; };
  const auto drawn = std::ranges::count_if(c.guesses, is_drawn) + std::ranges::count_if(c.stated, is_drawn);
  const std::string of_them =
      drawn == 0 ? ""
                 : say(language, "basis.drawn", {{"count", with_commas(static_cast<std::uint64_t>(drawn), language)}});
  if (count == 1) return say(language, "basis.one", {{"drawn", of_them}});
  return say(language, "basis.many", {{"count", with_commas(count, language)}, {"drawn", of_them}});
}

std::string basis_sentence(const Comparison& c, Language language) {
  return with_next(fitted_in_words(c.to_books, c.customer_file, language),
                   c.provenance_known ? guesses_sentence(c, language) : say(language, "basis.not_known"), language);
}

}  // namespace

std::vector<Sentence> sentences_of(const Comparison& c, Language language) {
  std::vector<Sentence> all;
  const auto add = [&](const std::string& about, const std::string& text) {
    if (!text.empty()) all.push_back({about, text});
  };
  if (c.answer) {
    const Answer& answer = *c.answer;
    add("program", lift_sentence(c, language));
    add("value", value_sentence(c, answer, language));
    add("beyond", beyond_sentence(c, answer, language));
    add("rollout", rollout_sentence(c, answer, language));
    add("chances", chances_sentence(c, answer, language));
    add("payback", payback_sentence(c, answer, language));
    for (const output::Condition& condition : answer.conditions)
      add("condition", condition_in_words(c, condition, language));
    add("condition", not_varied_in_words(answer, language));
    add("levers", levers_sentence(c, answer, language));
    add("spread", spread_sentence(answer, language));
    add("basis", profit_sentence(answer, language));
  } else if (c.has_two_sides()) {
    add("value", say(language, "value.no_pair"));
  }
  add("basis", basis_sentence(c, language));
  return all;
}

}  // namespace clientele::tools
