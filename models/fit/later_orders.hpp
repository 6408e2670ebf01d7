// Laws of orders held against each other by what they foretell of orders that they have not seen.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "models/fit/buying.hpp"

namespace clientele::models {

/// Customers of one kind, which has laws of its own: histories until a day, and orders after it, a row each.
struct OrdersAsked {
  BuyingHistory history;
  std::vector<double> later;
};

/// Of which of its cases a law had to be taken.
enum class TakenAs {
  itself,
  leaving_alike,  ///< Pareto/NBD with s = 1: how chances to leave differ is not told
  nobody_leaves,  ///< Pareto/NBD as NBD: nobody is seen to leave
  no_more_told    ///< any law as NBD: the orders do not tell what it has beyond that
};

/// Pareto/NBD as somebody fits it: `model` is nbd where it was taken so, and the fit's values are those of the model.
struct FittedLaw {
  BuyingModel model = BuyingModel::pareto_nbd;
  Fitted fit;
  TakenAs as = TakenAs::itself;
};
using FitParetoNbd = std::function<FittedLaw(const BuyingHistory&)>;

/// What a law foretold of later orders.
struct LawForetells {
  BuyingModel model = BuyingModel::pareto_nbd;
  std::string why_not = {};  ///< empty: fitted
  TakenAs as = TakenAs::itself;
  double score = 0;      ///< mean over customers of log P(orders placed | history); minus infinity: not fitted
  double behind = 0;     ///< by which the best one's is higher
  double behind_se = 0;  ///< its standard error over customers
  double orders = 0;     ///< expected of all customers asked
};

struct OrdersForetold {
  std::vector<LawForetells> laws = {};  ///< the best first, those that could not be fitted last; empty: none could
  double customers = 0, came = 0;       ///< who was asked, and the orders that they placed
  std::string why_not = {};             ///< where no law could be fitted
};

/// Pareto/NBD as `pareto_nbd` fits it, BG/NBD, MBG/NBD and NBD (fit_buying, intervals by curvature), each fitted to the
/// history of each kind and asked for its orders in the time `ahead` after it (log_chance_of_later, expected_later). A
/// law that is not found is NBD, its case in which nobody leaves; a kind that has no law at all, or no customer, is not
/// asked. Scores of all kinds are of one sum, customer by customer; differences and their errors by behind_best.
OrdersForetold foretell_orders(const std::vector<OrdersAsked>& kinds, double ahead, const FitParetoNbd& pareto_nbd);

}  // namespace clientele::models
