// Percent everywhere: a lift is read beside a rebate and a margin.
#include "tools/clientele/compare/program.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/printable.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/language/elsewhere.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tools {

using output::Comparison;
using output::Interval;
using output::Lift;

namespace {

/// To a tenth of a percent, or a hundredth below one: what anybody can act on.
Rounding rounding_of_percents(double largest, double half_width, Language language = Language::english) {
  const double least = largest < 1 ? 0.1 : 1;
  return Rounding(largest, std::isnan(half_width) ? least : std::fmax(half_width, least), language);
}

/// Shares as percent, as many digits as their interval is worth.
class Percents {
 public:
  explicit Percents(Language language) : language_(language) {}

  std::string of(const Interval& share) const {
    return say(language_, "number.percent", {{"number", rounding_of(share).bare(100 * std::fabs(share.mean))}});
  }
  /// " (simulation error ± 0.3 %)", and what that is worth.
  std::string error_of(const Interval& share, bool says_caution = false) const {
    if (std::isnan(share.half_width) && !says_caution) return say(language_, "certainty.none");
    if (std::isnan(share.half_width))
      return say(language_, "certainty.none_since", {{"why", translated(language_, share.why_missing)}});
    std::string error = say(language_, "error.half_width",
                            {{"half_width", say(language_, "number.percent",
                                                {{"number", rounding_of(share).bare(100 * share.half_width)}})}});
    if (says_caution && !share.caution.empty())
      error = say(language_, "error.cautious", {{"error", error}, {"caution", translated(language_, share.caution)}});
    return say(language_, "certainty.clear", {{"error", error}});
  }
  /// ", nine in ten between 0.1 and 2.3 %"
  std::string range_of(const output::Prediction& range, const Interval& like) const {
    if (std::isnan(range.low)) return "";
    const Rounding rounding = rounding_of(like);
    return say(language_, "program.range",
               {{"low", rounding.bare(100 * range.low)},
                {"high", say(language_, "number.percent", {{"number", rounding.bare(100 * range.high)}})}});
  }

 private:
  Rounding rounding_of(const Interval& share) const {
    return rounding_of_percents(100 * std::fabs(share.mean), 100 * share.half_width, language_);
  }

  Language language_;
};

/// Of the subject, or of the program that comes nearest to paying.
const Lift* told_lift(const Comparison& c) {
  if (!c.answer || c.lifts.empty()) return nullptr;
  const Lift* told = nullptr;
  for (const Lift& lift : c.lifts) {
    if (lift.scenario != c.answer->scenario) continue;
    if (lift.policy == c.answer->policy) return &lift;
    if (told == nullptr || lift.lead.mean > told->lead.mean || std::isnan(told->lead.mean)) told = &lift;
  }
  return told;
}

std::string needed_in_words(const Comparison& c, const Lift& lift, Language language) {
  const std::string policy = policy_of(c, lift.policy);
  const Percents percents(language);
  if (std::isnan(lift.break_even.mean)) return say(language, "program.no_margin", {{"policy", policy}});
  return say(language, lift.break_even.mean > 0 ? "program.must_raise" : "program.may_lower",
             {{"policy", policy},
              {"months", months_in_words(c.months + c.closed, language)},
              {"share", percents.of(lift.break_even)},
              {"error", percents.error_of(lift.break_even)},
              {"over", lift.is_against_program ? say(language, "program.over", {{"baseline", baseline_of(c)}}) : ""}});
}

std::string reached_in_words(const Lift& lift, Language language) {
  const Percents percents(language);
  if (lift.implied.mean == 0 && !(lift.implied.half_width > 0)) return say(language, "program.changes_nothing");
  return say(language, lift.implied.mean > 0 ? "program.raises" : "program.lowers",
             {{"share", percents.of(lift.implied)},
              {"error", percents.error_of(lift.implied, true)},
              {"range", percents.range_of(lift.implied_in_future, lift.implied)}});
}

std::string range_in_cell(const output::Prediction& range) {
  if (std::isnan(range.low)) return "-";
  const Rounding rounding = rounding_of_percents(100 * std::fmax(std::fabs(range.low), std::fabs(range.high)), 0);
  return rounding.bare(100 * range.low) + " to " + rounding.bare(100 * range.high);
}

/// Why a number of a table is not there, each reason once.
std::string reasons_of(const std::vector<Lift>& lifts, Paper paper) {
  std::vector<std::string> reasons;
  for (const Lift& lift : lifts)
    for (const Interval* share : {&lift.break_even, &lift.implied})
      if (!share->why_missing.empty() && std::ranges::find(reasons, share->why_missing) == reasons.end())
        reasons.push_back(share->why_missing);
  std::string text;
  for (const std::string& why : reasons) text += paragraph(paper, "No interval: " + why + ".");
  return text;
}

}  // namespace

bool nothing_to_run(const Comparison& c) {
  return !c.lifts.empty() && std::ranges::none_of(c.lifts, [](const Lift& lift) { return lift.costs_to_run; });
}

output::ProgramTerms program_terms() {
  return {.sales = "revenue",
          .member_sales = "member_sales",
          .rewards = {{"reward_cost"}},
          .rewards_ahead = {{"points_of_horizon"}},
          .fixed = {{"care_cost"}, {"offer_cost"}, {"acquisition_cost"}, {"administration_cost"}, {"points_sold", -1}},
          .kpis = {"liability_at_end", "peak_liability", "redeemed_share", "broken_share", "open_share",
                   "program_cost_share", "reward_rate", "contract_liability_at_end", "contract_liability_fixed_at_end",
                   "contract_liability_true_at_end", "expected_redemption_at_end", "true_redemption_at_end",
                   "points_deferred_to_end", "points_recognized_to_end", "breakage_to_end", "catch_up_to_end",
                   "expected_cost_at_end", "reward_cost"},
          .balance = "receivables",
          .settled = {{"collected"}, {"credited"}, {"returned"}, {"defaulted_receivables"}, {"refunded", -1}},
          .running = "administration_cost"};
}

std::string lift_sentence(const Comparison& c, Language language) {
  const Lift* lift = told_lift(c);
  if (lift == nullptr) return "";
  const std::string place =
      c.scenarios.size() < 2 ? "" : say(language, "place.scenario", {{"scenario", scenario_of(c, lift->scenario)}});
  if (std::isnan(lift->implied.mean))
    return as_beginning(place + say(language, "program.no_members", {{"policy", policy_of(c, lift->policy)}}),
                        language);
  const bool is_unclear = std::fabs(lift->lead.mean) <= lift->lead.half_width;
  return as_beginning(say(language, "program.sentence",
                          {{"needed", place + needed_in_words(c, *lift, language)},
                           {"reached", reached_in_words(*lift, language)},
                           {"unclear", is_unclear ? say(language, "program.unclear") : ""}}),
                      language);
}

std::string percents_in_cell(const Interval& share) {
  if (std::isnan(share.mean)) return "-";
  const Rounding rounding = rounding_of_percents(100 * std::fabs(share.mean), 100 * share.half_width);
  const std::string mean = rounding.bare(100 * share.mean);
  if (std::isnan(share.half_width)) return mean;
  return mean + " ± " + rounding.bare(100 * share.half_width) + (share.caution.empty() ? "" : "*");
}

std::string lifts_of(const Comparison& c, Paper paper) {
  if (c.lifts.empty()) return "";
  constexpr std::size_t widest = 22, whole = 1000;
  const bool several = c.question.scenarios.size() > 1;
  const std::vector<std::string> names = cut_names(c.policies, paper == Paper::markdown ? whole : widest);
  Table table{{"", "lift to pay", "lift reached", "nine futures", "margin"}, {"", "%", "%", "in ten", "%"}};
  for (std::size_t l = 0; l < c.lifts.size(); ++l) {
    const Lift& lift = c.lifts[l];
    if (several && (l == 0 || lift.scenario != c.lifts[l - 1].scenario))
      table.push_back({scenario_of(c, lift.scenario) + ":", "", "", "", ""});
    table.push_back({(several ? "  " : "") + names[lift.policy], percents_in_cell(lift.break_even),
                     percents_in_cell(lift.implied), range_in_cell(lift.implied_in_future),
                     percents_in_cell(lift.margin)});
  }
  std::string text = table_of(paper, table, 1, 2);
  const std::size_t months = c.months + c.closed;
  return text +
         paragraph(paper, "Lift: sales that a policy adds over " + baseline_of(c) +
                              ", of what members would have bought without it, in " + with_commas(months) +
                              " months, discounted. To pay: at which it would be worth as much as " + baseline_of(c) +
                              ", other things equal. Margin: what one more unit of sales earns, its rewards paid.") +
         (nothing_to_run(c) ? paragraph(paper,
                                        "No program costs anything to run here (systems, cards, staff): would "
                                        "administration.per_month in a policy's settings do?")
                            : "") +
         reasons_of(c.lifts, paper);
}

}  // namespace clientele::tools
