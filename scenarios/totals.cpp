// Bounds come from what a month of a customer can be, and from what a share of a whole can be.
#include "scenarios/totals.hpp"

#include <cmath>

#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::number_text;

namespace {

using enum Total;

/// Orders that a customer places in a year: the range of purchasing.orders_per_month that is plausible.
constexpr double fewest_orders = 0.12, most_orders = 2400;
/// What an order may be worth, in the study's currency: the smallest amount that can be counted, and the most that a
/// field takes.
constexpr double least_value = 0.01, highest_value = 1e8;
/// Of a customer whom the firm loses by default this share of what is open is never paid: the highest that is
/// plausible.
constexpr double highest_loss = 0.9;
/// The highest share of customers who may fail in a month.
constexpr double highest_default = 0.2;

/// Three digits.
std::string about(double value) {
  if (value == 0) return "0";
  const double digits = 2 - std::floor(std::log10(std::abs(value)));
  const double unit = std::pow(10.0, std::abs(digits));
  return number_text(digits < 0 ? std::round(value / unit) * unit : std::round(value * unit) / unit);
}

std::string says(const TotalInfo& total, double value) { return std::string(total.key) + " = " + number_text(value); }

class Pairs {
 public:
  explicit Pairs(const Totals& totals) : totals_(totals) {}

  /// Both are said: the rule looks at them, and gives what is wrong or "".
  template <class Rule>
  void look(Total one, Total other, Rule rule) {
    if (!totals_[one] || !totals_[other]) return;
    const std::string why = rule(*totals_[one], *totals_[other]);
    if (why.empty()) return;
    const auto told = [&](Total total) {
      return says(total_infos()[static_cast<std::size_t>(total)], *totals_[total]);
    };
    found_.push_back({{one, other}, told(one) + " and " + told(other) + " contradict each other (" + why + ")."});
  }
  std::vector<Contradiction> take() { return std::move(found_); }

 private:
  const Totals& totals_;
  std::vector<Contradiction> found_;
};

std::string between(double value, double low, double high, const std::string& what) {
  if (value < low) return what + " is " + about(value) + ", and at least " + number_text(low) + " is possible";
  if (value > high) return what + " is " + about(value) + ", and at most " + number_text(high) + " is possible";
  return "";
}

std::string tenth_of_few(double tenth, double customers) {
  if (customers < 10) return "there is no tenth of fewer than ten customers";
  return tenth < 0.1 ? "the largest tenth buys at least a tenth" : "";
}

std::string late_and_owed(double late, double dso) {
  return dso < late ? "an invoice that is late is paid a day after it is written at the earliest, so that at least " +
                          about(late) + " days are outstanding"
                    : "";
}

/// What is written off = chance of default x what is open x loss.
std::string written_off_of_owed(double bad_debt, double dso) {
  constexpr double days_of_month = 30;
  const double most = highest_default * highest_loss * dso / days_of_month;
  return bad_debt > most ? "of what is owed for so few days no more than " + about(most) + " can be lost" : "";
}

}  // namespace

const std::vector<TotalInfo>& total_infos() {
  using sim::range;
  using enum TotalInfo::Of;
  constexpr double many = 1e15;
  static const std::vector<TotalInfo> all{
      {customers, "customers", "customers", "customers at the year's end", range(1, 4294967295.0), number},
      {orders, "orders", "orders a year", "orders that they place in the year", range(1, many), number},
      {sales, "sales", "money a year", "what is invoiced in the year, net of discounts", range(1e-6, many), number},
      {top_tenth, "top_tenth", "share of sales",
       "part of the year's sales that the largest tenth of the customers at the year's end buys", range(0, 1), share},
      {leavers, "leavers", "share of customers a year",
       "customers who leave in the year over customers; who fails to pay for good is not among them", range(0, 0.99),
       share},
      {dso, "dso", "days", "days of sales outstanding: what is owed at month ends over the sales of a month, x 30",
       range(0, 360), number},
      {late, "late", "share of invoices", "part of the invoices paid in the year that were paid late", range(0, 0.99),
       share},
      {bad_debt, "bad_debt", "share of sales", "what is written off over sales", range(0, 0.5), share}};
  return all;
}

std::vector<Contradiction> contradictions_in(const Totals& totals) {
  Pairs pairs(totals);
  pairs.look(customers, orders, [](double customers, double orders) {
    return between(orders / customers, fewest_orders, most_orders, "a customer's number of orders in a year");
  });
  pairs.look(orders, sales, [](double orders, double sales) {
    return between(sales / orders, least_value, highest_value, "the average order");
  });
  if (!totals[orders])
    pairs.look(customers, sales, [](double customers, double sales) {
      return between(sales / customers, fewest_orders * least_value, most_orders * highest_value,
                     "what a customer buys in a year");
    });
  pairs.look(top_tenth, customers, tenth_of_few);
  pairs.look(late, dso, late_and_owed);
  pairs.look(bad_debt, dso, written_off_of_owed);
  return pairs.take();
}

}  // namespace clientele::scenarios
