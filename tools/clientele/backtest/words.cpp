// A table for each day: figures, then tenths of customers.
#include <cmath>

#include <fmt/format.h>

#include "scenarios/books/dates.hpp"
#include "tools/clientele/backtest/figures.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

namespace {

std::string shown(double value, const std::string& unit) {
  if (unit == "share") return fmt::format("{:.1f} %", 100 * value);
  if (unit == "days") return fmt::format("{:.1f}", value);
  return with_commas(static_cast<std::uint64_t>(std::llround(std::max(0.0, value))));
}

std::string percent(double ratio) { return fmt::format("{:+.1f} %", 100 * ratio); }

std::string beside(const std::optional<double>& value, const Figure& figure) {
  return value && figure.actual != 0 ? percent(*value / figure.actual - 1) : "";
}

}  // namespace

std::string verdict(const std::vector<BacktestAt>& all) {
  std::size_t inside = 0, figures = 0;
  for (const BacktestAt& one : all) inside += one.inside(), figures += one.figures.size();
  return fmt::format("{} of {} figures inside their range (they are not independent)", inside, figures);
}

std::string backtest_in_words(const std::vector<BacktestAt>& all, const std::string& currency) {
  std::string text;
  for (const BacktestAt& one : all) {
    text += fmt::format("Fitted to {} months before {}, {} months from there on in {} futures{}:\n\n",
                        one.history_months, scenarios::iso_text(one.origin), one.months, one.futures,
                        currency.empty() ? "" : ", money in " + currency);
    text += fmt::format("{:<28}{:>12}{:>12}{:>26}  {:<6}{:>9}{:>10}{:>10}\n", "", "happened", "simulated",
                        "nine futures in ten", "inside", "off by", "the same", "gamma-");
    text +=
        fmt::format("{:<28}{:>12}{:>12}{:>26}  {:<6}{:>9}{:>10}{:>10}\n", "", "", "", "", "", "", "again", "Poisson");
    for (const Figure& figure : one.figures)
      text += fmt::format("{:<28}{:>12}{:>12}{:>26}  {:<6}{:>9}{:>10}{:>10}\n", figure.name,
                          shown(figure.actual, figure.unit), shown(figure.mean, figure.unit),
                          shown(figure.low, figure.unit) + " to " + shown(figure.high, figure.unit),
                          figure.is_inside() ? "yes" : "NO", percent(figure.error()), beside(figure.same_again, figure),
                          beside(figure.gamma_poisson, figure));
    text += "\nCustomers by the orders that were expected of them, a tenth each (the fewest first):\n";
    text += fmt::format("{:>10}{:>16}{:>16}{:>16}{:>16}\n", "customers", "orders expected", "orders placed",
                        "chance to buy", "share who did");
    for (const Decile& decile : one.deciles)
      text += fmt::format("{:>10}{:>16.3f}{:>16.3f}{:>16.3f}{:>16.3f}\n", decile.customers, decile.expected_orders,
                          decile.orders, decile.chance_to_buy, decile.bought);
    for (const std::string& line : one.told) text += line + ".\n";
    text += "\n";
  }
  return text + verdict(all) + ".\n";
}

}  // namespace clientele::tools
