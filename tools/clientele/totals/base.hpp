// The numbers of a base that has some totals, by closed forms; and how they are moved where a simulation differs.
#pragma once
#include <string>
#include <vector>

#include "scenarios/totals.hpp"
#include "sim/catalogue.hpp"

namespace clientele::tools {

/// Of one group under one tier. Money is in the study's currency.
struct Base {
  double customers = 2'000;
  double orders_a_month = 2, shape = 2;               ///< mean and shape of a gamma law
  double value = 2'500, between = 1.1, within = 0.5;  ///< of an order
  double base_hazard = 0.016;
  double terms = 30, late_chance = 0.356, days_late = 6.8, early_days = 21.7;
  double default_chance = 0.0025, loss = 0.6;
  double care = 30;                                   ///< money a month
  double scale_of_orders = 1, scale_of_accounts = 1;  ///< of amounts per order and per customer: the usual ones are 1
  double quantum = 0.01;
};

inline constexpr int warmup_of_base = 24;  ///< months: the second year is the one that is compared

/// Turns totals into a base, and moves it by what a simulation of it shows. Looks at the catalogue's defaults.
class BaseOfTotals {
 public:
  /// Throws UserError (usage) where no base has these totals, with all reasons.
  BaseOfTotals(const scenarios::Totals& totals, const sim::Catalogue& catalogue);

  const Base& base() const { return base_; }
  /// `simulated` by scenarios::Total. One step towards the totals that are said.
  void move(const std::vector<double>& simulated);

  /// As near as a total is held to be met.
  static constexpr double near = 0.001;

 private:
  void size_orders();
  void spread_sales(double top_tenth);
  void hold_customers();
  void date_payments();
  void lose_debts();
  void size_amounts();
  void move_payments(double simulated);
  void move_debts(double ratio);
  void refuse_if_wrong() const;

  scenarios::Totals totals_;
  const sim::Catalogue* catalogue_;
  Base base_;
  int moves_ = 0;
  std::vector<std::string> mistakes_;
};

}  // namespace clientele::tools
