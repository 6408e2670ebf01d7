// What the choice of laws came to, for somebody who has never heard of them.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "scenarios/books/dates.hpp"
#include "tools/clientele/fitted/choice.hpp"
#include "tools/clientele/fitted/wrapped.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

namespace {

std::string counted(double number) { return with_commas(static_cast<std::uint64_t>(std::llround(number))); }

const models::LawForetells* law_of(const ChoiceOfBuying& choice, models::BuyingModel model) {
  const auto found = std::ranges::find(choice.laws, model, &models::LawForetells::model);
  return found == choice.laws.end() || !found->why_not.empty() ? nullptr : &*found;
}

std::string told_of(models::TakenAs as) {
  switch (as) {
    case models::TakenAs::leaving_alike:
      return "   (how chances to leave differ is not told: s = 1)";
    case models::TakenAs::nobody_leaves:
      return "   (as NBD, for nobody is seen to leave)";
    case models::TakenAs::no_more_told:
      return "   (as NBD, for they do not tell more)";
    case models::TakenAs::itself:
      break;
  }
  return "";
}

std::string line_of_law(const models::LawForetells& law) {
  if (!law.why_not.empty()) return fmt::format("  {:<11} not fitted: {}", name_of(law.model), law.why_not);
  const std::string behind =
      law.behind > 0 ? fmt::format("{:.4f} +- {:.4f}", law.behind, law.behind_se) : std::string("the best");
  return fmt::format("  {:<11} {:>9.4f}   {:<17} {:>8}{}", name_of(law.model), law.score, behind, counted(law.orders),
                     told_of(law.as));
}

/// Where no law foretold how much was ordered in all, that is no reason to choose among them.
std::string told_of_total(const ChoiceOfBuying& choice) {
  const models::LawForetells* own = law_of(choice, choice.simulated);
  constexpr double much = 0.15;
  if (own == nullptr || choice.season_is_known || choice.came <= 0 || std::fabs(own->orders / choice.came - 1) < much)
    return "";
  return own->orders < choice.came
             ? "More was ordered than it foretold. A season that is not known does that, and favors laws under which "
               "fewer leave."
             : "Less was ordered than it foretold. A season that is not known does that, and favors laws under which "
               "more leave.";
}

std::string told_of_own(const ChoiceOfBuying& choice) {
  const models::LawForetells* own = law_of(choice, choice.simulated);
  if (own == nullptr) return "It could not be fitted to these months, so that nothing is known of how it foretells.";
  if (choice.another_is_better())
    return fmt::format("{} foretells better, by {:.1f} standard errors.", name_of(choice.laws.front().model),
                       own->behind / own->behind_se);
  return "No other law foretells better by more than twice the standard error of the difference.";
}

void tell_buying(const ChoiceOfBuying& choice, std::vector<std::string>& lines) {
  const std::string simulated =
      choice.simulated == models::BuyingModel::nbd
          ? "The study is simulated by NBD, which is what the engine's orders are where nobody is seen to leave."
          : "The study is simulated by Pareto/NBD, which is what the engine's orders and leaving are.";
  if (!choice.why_not.empty()) {
    add_wrapped("Laws of orders were not held against each other: " + choice.why_not + ". " + simulated, lines);
    return;
  }
  const std::string asked = choice.customers < choice.known
                                ? with_commas(choice.customers) + " of the " + with_commas(choice.known)
                                : "each of the " + with_commas(choice.known);
  add_wrapped(
      fmt::format("Laws of orders: each was fitted to the orders before {} and asked how many {} customers known "
                  "then would place in the {} months after it; they placed {}. Its score is the mean log of the "
                  "chance that it gave to what a customer did: the nearer to 0, the better.",
                  scenarios::iso_text(choice.cut), asked, choice.months, counted(choice.came)),
      lines);
  lines.push_back(fmt::format("  {:<11} {:>9}   {:<17} {:>8}", "law", "score", "behind the best", "foretold"));
  for (const models::LawForetells& law : choice.laws) lines.push_back(line_of_law(law));
  const std::string total = told_of_total(choice);
  add_wrapped(simulated + " " + told_of_own(choice) + (total.empty() ? "" : " " + total), lines);
}

void tell_values(const ChoiceOfValues& choice, std::vector<std::string>& lines) {
  if (!choice.why_not.empty()) {
    add_wrapped("Values of orders are lognormal, as the engine has them; gamma-gamma was not held against that: " +
                    choice.why_not + ".",
                lines);
    return;
  }
  const std::string by =
      fmt::format("by {:.4f} +- {:.4f} in the score of an order ({} later orders of {} customers)",
                  std::fabs(choice.gain), choice.gain_se, with_commas(choice.orders), with_commas(choice.customers));
  const bool alike = std::fabs(choice.gain) <= 2 * choice.gain_se;
  add_wrapped(
      fmt::format(
          "Values of orders are lognormal, as the engine has them. Gamma-gamma foretells them {}, {}.{}",
          alike ? (choice.gain > 0 ? "a little worse" : "a little better") : (choice.gain > 0 ? "worse" : "better"), by,
          alike || choice.gain > 0 ? ""
                                   : " Means and spreads are as fitted; how many orders are very small "
                                     "or very large may be off."),
      lines);
  if (!(choice.missed.customers > 0)) return;
  add_wrapped(
      fmt::format(
          "What a customer's orders are worth in the mean is told by its own mean and all others' (credibility on "
          "logs). Of {} customers' later sales, given how many orders they placed, that misses {:.1f} %, "
          "gamma-gamma {:.1f} %, each one's own mean {:.1f} %.",
          with_commas(static_cast<std::size_t>(choice.missed.customers)), 100 * choice.missed.by_means,
          100 * choice.missed.by_gamma_gamma, 100 * choice.missed.by_own_mean),
      lines);
}

void tell_with_rate(const ValueAndRate& found, std::vector<std::string>& lines) {
  if (!found.why_not.empty()) {
    add_wrapped("Whether who orders often places larger orders is not known: " + found.why_not + ".", lines);
    return;
  }
  const models::Estimate& c = found.correlation;
  add_wrapped(
      fmt::format(
          "What an order is worth and how often a customer orders correlate by {:.2f} ({:.2f} to {:.2f}, 95 %; "
          "{} customers). The engine draws the two apart from each other, and so does the study: in it the best "
          "tenth of newcomers have {:.1f} % of newcomers' sales; with that correlation they would have {:.1f} %. "
          "Sales in all are not moved by it (means are of orders), and known customers have pasts of their own.",
          c.value, c.low, c.high, with_commas(found.customers), 100 * found.apart, 100 * found.together),
      lines);
}

}  // namespace

std::vector<std::string> told_of(const Choices& choices) {
  std::vector<std::string> lines;
  tell_buying(choices.buying, lines);
  tell_values(choices.values, lines);
  tell_with_rate(choices.with_rate, lines);
  return lines;
}

std::string warning_of(const ChoiceOfBuying& choice) {
  if (!choice.why_not.empty() || !choice.another_is_better()) return "";
  const models::LawForetells& own = *law_of(choice, choice.simulated);
  return fmt::format(
      "{} foretells the orders of the last {} months better than {}, by which the study is simulated ({:.4f} +- {:.4f} "
      "a "
      "customer): who leaves and who orders again may be off beyond their ranges. Does clientele backtest meet what "
      "happened?",
      name_of(choice.laws.front().model), choice.months, name_of(own.model), own.behind, own.behind_se);
}

}  // namespace clientele::tools
