// Two histories of the same books, a year apart.
#include "tools/clientele/fitted/weights.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>

#include <fmt/format.h>

#include "scenarios/books/dates.hpp"
#include "tools/clientele/fitted/wrapped.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

using scenarios::Day;

namespace {

constexpr std::size_t look_back = 12;
constexpr double nothing_known = 50;  ///< points

/// Percentile ranks of 0 to 100, ties alike; NaN is nothing known.
std::vector<double> points_of(const std::vector<double>& numbers) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < numbers.size(); ++i)
    if (!std::isnan(numbers[i])) order.push_back(i);
  std::ranges::sort(order, {}, [&](std::size_t i) { return numbers[i]; });
  std::vector<double> points(numbers.size(), nothing_known);
  for (std::size_t k = 0; k < order.size();) {
    std::size_t end = k;
    while (end < order.size() && numbers[order[end]] == numbers[order[k]]) ++end;
    for (std::size_t i = k; i < end; ++i)
      points[order[i]] = 50 * static_cast<double>(k + end) / static_cast<double>(order.size());
    k = end;
  }
  return points;
}

/// Margin of each customer's orders in [from, to).
std::vector<double> margins_in(const scenarios::Books& books, Day from, Day to, double usual_share) {
  std::vector<double> margins(books.customers.size(), 0);
  for (const scenarios::BookOrder& order : books.orders)
    if (order.day >= from && order.day < to)
      margins[order.customer] +=
          order.margin_known ? scenarios::units_of(order.margin) : usual_share * scenarios::units_of(order.net);
  return margins;
}

/// Share of the invoices settled in [from, to) that were on time; NaN where there is none.
std::vector<double> punctuality_in(const scenarios::Books& books, Day from, Day to) {
  std::vector<std::array<double, 2>> counts(books.customers.size());  // on time, all
  for (const scenarios::BookInvoice& invoice : books.invoices)
    if (invoice.settled != scenarios::no_day && invoice.settled >= from && invoice.settled < to)
      counts[invoice.customer][0] += invoice.settled <= invoice.due ? 1 : 0, ++counts[invoice.customer][1];
  std::vector<double> shares;
  for (const auto& [on_time, all] : counts) shares.push_back(all > 0 ? on_time / all : std::nan(""));
  return shares;
}

double usual_margin(const scenarios::Books& books) {
  double margin = 0, net = 0;
  for (const scenarios::BookOrder& order : books.orders)
    if (order.margin_known) margin += scenarios::units_of(order.margin), net += scenarios::units_of(order.net);
  return net > 0 ? margin / net : 0;
}

double sales_in_year(const scenarios::CustomerHistory& customer) {
  return scenarios::units_of(
      std::accumulate(customer.sales.begin(), customer.sales.begin() + look_back, scenarios::Amount{0}));
}

/// Two rows of points that rank customers alike.
bool says_the_same(const std::vector<double>& one, const std::vector<double>& other) {
  double products = 0, squares = 0, of_other = 0;
  for (std::size_t i = 0; i < one.size(); ++i) {
    const double a = one[i] - nothing_known, b = other[i] - nothing_known;
    products += a * b, squares += a * a, of_other += b * b;
  }
  constexpr double alike = 0.999;
  return products > alike * std::sqrt(squares * of_other);
}

class Numbers {
 public:
  void add(const std::string& name, const std::vector<double>& numbers) {
    std::vector<double> points = points_of(numbers);
    const auto [low, high] = std::ranges::minmax(points);
    if (high - low < 1) return;
    for (const std::vector<double>& before : history_.numbers)
      if (says_the_same(before, points)) return;
    history_.names.push_back(name);
    history_.numbers.push_back(std::move(points));
  }
  models::ScorecardHistory all() && { return std::move(history_); }

 private:
  models::ScorecardHistory history_{.names = {}, .numbers = {}, .margin = {}, .are_points = true};
};

std::string weights_told(const FittedWeights& weights) {
  std::string text;
  for (std::size_t k = 0; k < weights.names.size(); ++k) {
    const models::Estimate& one = weights.fit.weights[k];
    text += fmt::format("{}{} {:.2f} ({:.2f} to {:.2f})", k == 0 ? "" : ", ", weights.names[k], one.value, one.low,
                        one.high);
  }
  return text;
}

}  // namespace

FittedWeights fit_weights(const scenarios::Books& books, const FittedBase& base) {
  FittedWeights weights;
  const std::size_t months = base.history.months.size();
  if (months < 2 * look_back) {
    weights.why_not = "the books have " + std::to_string(months) +
                      " months before month 0 (24 are needed: a year to score and the year after it)";
    return weights;
  }
  const Day origin = base.history.origin, middle = scenarios::months_later(origin, -static_cast<int>(look_back)),
            begin = scenarios::months_later(middle, -static_cast<int>(look_back));
  const scenarios::History before = scenarios::history(books, middle);
  const double share = usual_margin(books);
  weights.of_margin = share > 0;
  std::vector<double> next = margins_in(books, middle, origin, share);
  if (!weights.of_margin)
    for (const scenarios::CustomerHistory& one : base.history.customers) next[one.customer] = sales_in_year(one);
  const std::vector<double> earned = margins_in(books, begin, middle, share),
                            paid = punctuality_in(books, begin, middle);
  std::vector<double> volume, orders, recency, profit, punctuality, after;
  for (const scenarios::CustomerHistory& one : before.customers) {
    const auto year = std::span(one.events).first(look_back);
    volume.push_back(sales_in_year(one));
    orders.push_back(std::accumulate(year.begin(), year.end(), 0.0));
    recency.push_back(
        -static_cast<double>(std::ranges::find_if(year, [](std::uint32_t n) { return n > 0; }) - year.begin()));
    profit.push_back(earned[one.customer]);
    punctuality.push_back(paid[one.customer]);
    after.push_back(next[one.customer]);
  }
  Numbers numbers;
  numbers.add("volume", volume);
  numbers.add("orders", orders);
  numbers.add("recency", recency);
  if (weights.of_margin) numbers.add("profit", profit);
  if (books.has(scenarios::BookFile::invoices) || !books.invoices.empty()) numbers.add("punctuality", punctuality);
  models::ScorecardHistory history = std::move(numbers).all();
  if (history.names.empty()) {
    weights.why_not = "no number tells customers apart";
    return weights;
  }
  history.margin = std::move(after);
  weights.names = history.names, weights.customers = history.margin.size();
  weights.fit = models::fit_scorecard_weights(history);
  weights.why_not = weights.fit.why_not;
  return weights;
}

std::vector<std::string> told_of(const FittedWeights& weights) {
  std::vector<std::string> lines;
  if (!weights.why_not.empty())
    add_wrapped("Weights of a scorecard were not fitted: " + weights.why_not + ".", lines);
  else
    add_wrapped(fmt::format("Scorecard: weights {} would have foretold each customer's {} of the last year best, from "
                            "the year before it (R^2 {:.2f}, {} customers). A policy with them stands in the study, "
                            "commented out.",
                            weights_told(weights), weights.of_margin ? "margin" : "sales", weights.fit.explained,
                            with_commas(weights.customers)),
                lines);
  return lines;
}

std::string policy_of(const FittedWeights& weights) {
  if (!weights.why_not.empty()) return "";
  std::string all;
  for (const char* by_default : {"payment", "volume", "prospects", "profit"}) {
    const auto found = std::ranges::find(weights.names, by_default);
    const double weight = found == weights.names.end()
                              ? 0
                              : weights.fit.weights[static_cast<std::size_t>(found - weights.names.begin())].value;
    all += fmt::format("{}{} = {:.2g}", all.empty() ? "" : ", ", by_default, weight);
  }
  for (std::size_t k = 0; k < weights.names.size(); ++k)
    if (weights.names[k] != "volume" && weights.names[k] != "profit")
      all += fmt::format(", {} = {:.2g}", weights.names[k], weights.fit.weights[k].value);
  std::vector<std::string> lines;
  add_wrapped(
      fmt::format("A scorecard: of the points of 0 to 100 that customers had a year ago, these weights would have "
                  "foretold their {} of the year since best (non-negative least squares, {} customers, R^2 "
                  "{:.2f}; 95 % in brackets): {}. Take the # off the lines below to ask what it would bring.",
                  weights.of_margin ? "margin" : "sales", with_commas(weights.customers), weights.fit.explained,
                  weights_told(weights)),
      lines);
  lines.emplace_back("[[policy]]");
  lines.emplace_back("name         = \"scorecard\"");
  lines.push_back("segmentation = { rule = \"scorecard\", review_every = 6, look_back = 12, weights = { " + all +
                  " } }");
  lines.emplace_back("tier         = [ { name = \"best\", share = 0.2, discount = 0.03 }, { name = \"others\" } ]");
  std::string text;
  for (const std::string& line : lines) text += "# " + line + "\n";
  return text + "\n";
}

}  // namespace clientele::tools
