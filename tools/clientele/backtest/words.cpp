// A table for each day: figures, then tenths of customers.
#include <cctype>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "scenarios/books/dates.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/backtest/figures.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

namespace {

std::string shown(double value, const std::string& unit) {
  if (unit == "share") return fmt::format("{:.1f} %", 100 * value);
  if (unit == "days") return fmt::format("{:.1f}", value);
  const long long whole = std::llround(value);  // below 0 where credit notes are all that came
  return (whole < 0 ? "-" : "") + with_commas(static_cast<std::uint64_t>(std::llabs(whole)));
}

/// Nothing is a share of nothing, nor of less.
std::string beside(const std::optional<double>& value, const Figure& figure) {
  return value && figure.actual > 0 ? fmt::format("{:+.1f} %", 100 * (*value / figure.actual - 1)) : "";
}

}  // namespace

std::string verdict(const std::vector<BacktestAt>& all) {
  std::size_t inside = 0, figures = 0;
  for (const BacktestAt& one : all) inside += one.inside(), figures += one.figures.size();
  return fmt::format("{} of {} figures inside their range (they are not independent)", inside, figures);
}

namespace {

std::string table_of_figures(const BacktestAt& one) {
  std::string text = fmt::format("{:<28}{:>12}{:>12}{:>26}  {:<6}{:>9}{:>10}{:>10}\n", "", "happened", "simulated",
                                 "nine futures in ten", "inside", "off by", "the same", "gamma-");
  text += fmt::format("{:<28}{:>12}{:>12}{:>26}  {:<6}{:>9}{:>10}{:>10}\n", "", "", "", "", "", "", "again", "Poisson");
  for (const Figure& figure : one.figures)
    text += fmt::format("{:<28}{:>12}{:>12}{:>26}  {:<6}{:>9}{:>10}{:>10}\n", figure.name,
                        shown(figure.actual, figure.unit), shown(figure.mean, figure.unit),
                        shown(figure.low, figure.unit) + " to " + shown(figure.high, figure.unit),
                        figure.is_inside() ? "yes" : "NO", beside(figure.mean, figure),
                        beside(figure.same_again, figure), beside(figure.gamma_poisson, figure));
  return text;
}

/// A difference of two figures; of shares in hundredths.
std::string more_or_less(double value, const std::string& unit) {
  if (unit == "share") return fmt::format("{:+.1f} pp", 100 * value);
  if (unit == "days") return fmt::format("{:+.1f}", value);
  const long long whole = std::llround(value);
  return (whole < 0 ? "-" : "+") + with_commas(static_cast<std::uint64_t>(std::llabs(whole)));
}

std::string more_or_less(const RangeOfFutures& range, const std::string& unit) {
  return more_or_less(range.low, unit) + " to " + more_or_less(range.high, unit);
}

/// The other sign stands out.
const char* told_of(SignOfChange sign) { return sign == SignOfChange::other ? "OTHER SIGN" : word_of(sign); }

std::string tables_of_change(const BacktestAt& one) {
  constexpr const char* levels = "{:<28}{:>12}{:>12}{:>26}  {:<6}{:>12}{:>26}  {}\n";
  std::string text = fmt::format(fmt::runtime(levels), "", "happened", "with it", "nine futures in ten", "inside",
                                 "without it", "nine futures in ten", "inside");
  for (const Figure& figure : one.figures) {
    const RangeOfFutures& without = figure.change->without;
    text += fmt::format(
        fmt::runtime(levels), figure.name, shown(figure.actual, figure.unit), shown(figure.mean, figure.unit),
        shown(figure.low, figure.unit) + " to " + shown(figure.high, figure.unit), figure.is_inside() ? "yes" : "NO",
        shown(without.mean, figure.unit), shown(without.low, figure.unit) + " to " + shown(without.high, figure.unit),
        without.holds(figure.actual) ? "yes" : "NO");
  }
  constexpr const char* differences = "{:<28}{:>12}{:>26}{:>14}{:>26}  {}\n";
  text += "\nWhat the change was promised to bring, and what happened less the same months without it:\n";
  text += fmt::format(fmt::runtime(differences), "", "promised", "nine futures in ten", "happened less", "nine in ten",
                      "its sign");
  for (const Figure& figure : one.figures) {
    const RangeOfFutures came = figure.came();
    text += fmt::format(fmt::runtime(differences), figure.name, more_or_less(figure.change->promised.mean, figure.unit),
                        more_or_less(figure.change->promised, figure.unit), more_or_less(came.mean, figure.unit),
                        more_or_less(came, figure.unit), told_of(figure.sign()));
  }
  return text;
}

std::string table_of_deciles(const BacktestAt& one) {
  std::string text = "\nCustomers by the orders that were expected of them, a tenth each (the fewest first):\n";
  text += fmt::format("{:>10}{:>16}{:>16}{:>16}{:>16}\n", "customers", "orders expected", "orders placed",
                      "chance to buy", "share who did");
  for (const Decile& decile : one.deciles)
    text += fmt::format("{:>10}{:>16.3f}{:>16.3f}{:>16.3f}{:>16.3f}\n", decile.customers, decile.expected_orders,
                        decile.orders, decile.chance_to_buy, decile.bought);
  return text;
}

std::string sentence_of_change(const Figure& figure, const BacktestAt& one, const std::string& currency) {
  const RangeOfFutures came = figure.came();
  std::string name = figure.name;
  name.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(name.front())));
  if (figure.unit == "money" && !currency.empty()) name += " [" + currency + "]";
  const std::string promise = more_or_less(figure.change->promised.mean, figure.unit) + " (" +
                              more_or_less(figure.change->promised, figure.unit) + ")";
  const std::string told = figure.sign() == SignOfChange::none_promised ? ", of which no sign was promised"
                           : figure.sign() == SignOfChange::not_told
                               ? ", which luck and what such months have in common can make"
                           : figure.sign() == SignOfChange::other ? ": the other sign than was promised"
                                                                  : ": the sign that was promised";
  return fmt::format(
      "{}: {} was promised to bring {}; what happened is {} ({}) against the same months without it{}.\n", name,
      sim::in_quotes(one.policy), promise, more_or_less(came.mean, figure.unit), more_or_less(came, figure.unit), told);
}

}  // namespace

std::string change_in_sentences(const BacktestAt& one, const std::string& currency) {
  if (one.since == scenarios::no_day) return {};
  std::string text;
  for (const Figure& figure : one.figures)
    if (figure.name == "revenue" || figure.name == "orders") text += sentence_of_change(figure, one, currency);
  return text +
         "One firm's history cannot tell the change from whatever else happened then: no customers lived through these "
         "months without it, and prices, rivals and the season are in the same figures.\n";
}

std::string backtest_in_words(const std::vector<BacktestAt>& all, const std::string& currency) {
  std::string text;
  for (const BacktestAt& one : all) {
    const bool changed = one.since != scenarios::no_day;
    text += fmt::format("Fitted to {} months before {}, {} months from there on in {} futures{}{}:\n\n",
                        one.history_months, scenarios::iso_text(one.origin), one.months, one.futures,
                        currency.empty() ? "" : ", money in " + currency,
                        changed ? ", with " + sim::in_quotes(one.policy) + " from " + scenarios::iso_text(one.since) +
                                      " on and, in the same futures, without it (" + sim::in_quotes(one.baseline) + ")"
                                : "");
    text += changed ? tables_of_change(one) : table_of_figures(one);
    text += table_of_deciles(one);
    for (const std::string& line : one.told) text += line + ".\n";
    text += change_in_sentences(one, currency) + "\n";
  }
  return text + verdict(all) + ".\n";
}

}  // namespace clientele::tools
