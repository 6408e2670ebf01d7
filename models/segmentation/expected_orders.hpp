// How many orders a firm may expect of a customer from what it has seen of it: Pareto/NBD, looked up.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "models/churn.hpp"
#include "models/purchasing.hpp"
#include "sim/core/api.hpp"

namespace clientele::models {

/// What is believed of a group's orders and leaving before anybody is seen: rates ~ Gamma(r, alpha) with shape r and
/// mean r / alpha; lifetimes exponential at hazards ~ Gamma(s, beta) with s = 1 / frailty variance and mean s / beta.
/// A shape or a variance of 0 here says that all are alike.
struct OrdersBelief {
  double mean_rate = 0, shape = 0;  ///< orders a month
  double hazard = 0, variance = 0;  ///< cumulative, a month, of a newcomer
  bool sees_leavers = false;        ///< who is on the books is there
  RenewalLaw renewal = {};          ///< of contracts, which take the place of a hazard
  std::int32_t term = 0;            ///< months of one; 0 where there is none
  bool operator==(const OrdersBelief&) const = default;
};

/// By the laws of a draw and group. Of contracts the firm knows who is there and in which month of which term. Of a law
/// that is not gamma the mean and the variance count. Season, satisfaction, tenure slope and drivers do not: nobody has
/// told the firm.
CLIENTELE_API OrdersBelief orders_belief(const PurchasingParameters& purchasing, const ChurnParameters& churn);

/// A customer as the books show it: so many months, with so many orders in them, the last of them so many months ago
/// (1 is last month; 0 where there is none); and how long it had been a customer before.
struct SeenOrders {
  std::int32_t months = 0, orders = 0, ago = 0, months_before = 0;
};

/// Where in the months seen the last order is taken to stand: books tell its month alone. Of y orders that are spread
/// evenly over a month the last is at y / (y + 1); y is the mean of the months up to it, at least 1.
inline double moment_of_last_order(std::int32_t months, std::int32_t ago, std::int32_t orders) {
  const double mean = static_cast<double>(orders) / static_cast<double>(months - ago + 1);
  const double in_month = mean < 1.0 ? 1.0 : mean;
  return static_cast<double>(months - ago) + in_month / (in_month + 1.0);
}

/// Chance to be a customer still, and orders of the next `ahead` months (Schmittlein, Morrison, Colombo 1987):
///   P(alive) = 1 / (1 + s integral from t_x to T of ((alpha + T) / (alpha + t))^(r + x) ((beta + T) / (beta + t))^s
///              / (beta + t) dt),   orders = P(alive) (r + x) / (alpha + T) x expected months there,
/// with x orders in T months, the last at t_x. Who had been a customer for a months when these began has outlived them:
/// beta + a takes the place of beta. Of contracts P(alive) = 1, and the expected months are those up to the next
/// renewal and, behind each, as many as the shifted beta-geometric keeps of who has renewed as often as the customer's
/// tenure says (models/renewals.hpp). Integrals: 10 points of Gauss a month, by exp and log that have the same bits
/// anywhere.
class CLIENTELE_API ExpectedOrders {
 public:
  /// Whoever has been a customer for longer is seen for `window` months.
  ExpectedOrders(const OrdersBelief& belief, std::int32_t window, std::int32_t ahead);

  double alive(const SeenOrders& seen) const;
  double later(const SeenOrders& seen) const;

  static constexpr std::int32_t most_orders = 64;   ///< more say as much of whether somebody has left
  static constexpr std::int32_t most_years = 20;    ///< before the window, as P(alive) has them: whole ones
  static constexpr std::int32_t most_months = 600;  ///< before it, as the expected months have them

 private:
  struct Integrand;
  void fill(std::int32_t months, std::int32_t years);
  double months_there(double past) const;
  std::size_t row(std::int32_t months, std::int32_t years) const;

  OrdersBelief belief_;
  std::int32_t window_, ahead_, years_;
  std::vector<double> alive_;  ///< by months, years before, month of the last order, orders
  std::vector<double> there_;  ///< expected months of those ahead, by months seen, then by those before a window
};

/// Tables by belief, made when first asked for and kept for a while: a study's draws come one after the other.
class OrdersBeliefs {
 public:
  explicit OrdersBeliefs(std::int32_t ahead) : ahead_(ahead) {}
  std::shared_ptr<const ExpectedOrders> of(const OrdersBelief& belief, std::int32_t window) const;

 private:
  struct Kept {
    OrdersBelief belief;
    std::int32_t window;
    std::shared_ptr<const ExpectedOrders> table;
  };
  static constexpr std::size_t most_kept = 32;
  std::int32_t ahead_;
  mutable std::mutex guard_;
  mutable std::vector<Kept> kept_;  ///< the latest last
};

}  // namespace clientele::models
