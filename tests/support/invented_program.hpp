// A loyalty program whose every figure a test chooses: what it adds, what it costs and what a sale earns.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "output/comparison/comparison.hpp"

namespace clientele::tests {

/// Each month all customers buy for 1,000 under "today"; half of that is members' under "points", who buy for `lift`
/// more. A unit of sales earns `margin` before rewards, which cost `cost` of members' sales; 100 a month are fixed.
struct InventedProgram {
  double margin = 0.4, cost = 0.01;
  std::vector<double> lifts = {0};  ///< by future
  std::vector<double> sizes = {1};  ///< all amounts of a future are so many times as large
  double rate = 0.01;
  std::size_t months = 12, closed = 24;
  double open = 0;                    ///< charged in the month behind the horizon for the points that it leaves open
  bool baseline_has_members = false;  ///< half of its sales
};

inline double of_future(const std::vector<double>& values, std::size_t f) { return values[f % values.size()]; }

inline output::ComparisonInput invented_input(const InventedProgram& program, std::size_t futures) {
  output::ComparisonInput input;
  input.currency = "EUR";
  input.baseline = "today";
  input.headline = "npv";
  input.scenarios = {"calm"};
  input.policies = {"today", "points"};
  input.same_money_as.resize(2);
  input.draws = futures;
  input.replications = 1;
  input.cells_done = input.axes().cells();
  input.months = program.months;
  input.closed = program.closed;
  input.share_of_ten_largest = 0.01;
  using Part = sim::KpiPart;
  using enum sim::Direction;
  input.kpis = {{"npv", "profit", "EUR", "sum", higher_is_better, Part::within},
                {"value_beyond", "beyond", "EUR", "sum", higher_is_better, Part::beyond},
                {"customer_equity",
                 "both",
                 "EUR",
                 "sum",
                 higher_is_better,
                 Part::whole,
                 "",
                 {{"contribution"}},
                 {},
                 "books.rate"},
                {"liability_at_end", "owed", "EUR", "sum", lower_is_better},
                {"peak_liability", "owed at most", "EUR", "sum", lower_is_better},
                {"redeemed_share", "redeemed over earned", "1", "sum", neither}};
  if (program.closed == 0) input.kpis.erase(input.kpis.begin() + 1);
  input.assumptions = {{"books.rate", std::to_string(program.rate), "cost of capital", "computed", "books", false, ""}};
  const auto of_month = [=](const std::string& metric, std::size_t policy, std::size_t f, std::size_t t) -> double {
    const bool has_members = policy == 1 || program.baseline_has_members;
    const double to_members = has_members ? 500 * (1 + (policy == 1 ? of_future(program.lifts, f) : 0)) : 0;
    const double sales = has_members ? 500 + to_members : 1000, rewards = policy == 1 ? program.cost * to_members : 0;
    const double size = of_future(program.sizes, f);
    if (metric == "revenue") return t < program.months ? size * sales : 0;  // behind the horizon the ledger tells it
    if (metric == "owed") return size * sales * (t % 2 == 0 ? 0.5 : 2);
    if (metric == "paid") return size * sales * (t == 0 ? 0.5 : t % 2 == 0 ? 2.5 : -0.5);
    if (metric == "member_sales") return size * to_members;
    if (metric == "reward_cost") return size * rewards;
    if (metric == "administration_cost") return size * 100;
    if (metric == "points_of_horizon") return policy == 1 && t == program.months ? size * program.open : 0;
    return metric == "contribution" ? size * (program.margin * sales - rewards - 100) : 0;
  };
  const std::size_t all_months = program.months + program.closed;
  const auto by_month = [=](std::size_t months) {
    return [=](const std::string& metric, std::size_t, std::size_t policy) {
      std::vector<double> values;
      for (std::size_t f = 0; f < futures; ++f)
        for (std::size_t t = 0; t < months; ++t) values.push_back(of_month(metric, policy, f, t));
      return values;
    };
  };
  input.by_month = by_month(all_months);
  input.by_month_of_horizon = by_month(program.months);
  input.values = [=](const std::string& kpi) {
    std::vector<double> values;
    for (std::size_t policy = 0; policy < 2; ++policy)
      for (std::size_t f = 0; f < futures; ++f) {
        double sum = 0, worth = 1;
        for (std::size_t t = 0; t < all_months; ++t, worth /= 1 + program.rate) {
          const double earned = worth * of_month("contribution", policy, f, t),
                       charged = worth * of_month("points_of_horizon", policy, f, t);
          if (kpi == "customer_equity") sum += earned;
          if (kpi == "npv") sum += (t < program.months ? earned : 0) - charged;
          if (kpi == "value_beyond") sum += (t < program.months ? 0 : earned) + charged;
        }
        if (kpi == "liability_at_end" || kpi == "peak_liability") sum = 100 + static_cast<double>(f);
        if (kpi == "redeemed_share") sum = 0.5;
        values.push_back(sum);
      }
    return values;
  };
  return input;
}

}  // namespace clientele::tests
