// How often customers order and when they leave unseen: laws fitted to what the books know of each.
#pragma once
#include <string>
#include <vector>

#include "models/fit/maximum.hpp"

namespace clientele::models {

/// A row per customer: orders after the first one (orders of a day are one), time from the first to the last (0 where
/// there is no other), time from the first to the end of the books. One unit of time, any; where orders have a season
/// known beforehand, time runs by it. `weight`: customers that a row stands for, 1 each where it is empty.
struct BuyingHistory {
  std::vector<double> repeat, last, seen, weight = {};

  std::size_t rows() const { return repeat.size(); }
  double weight_of(std::size_t row) const { return weight.empty() ? 1 : weight[row]; }
};

/// Rows that are the same become one, in rising order of orders, end, last. Throws where rows are impossible.
BuyingHistory same_rows_together(const BuyingHistory& history);

/// pareto_nbd r, alpha, s, beta: what purchasing and churn do together (theory/pareto_nbd.hpp: shape = r, mean rate = r
/// / alpha, frailty variance = 1 / s, base hazard = s / beta per unit of time). bg_nbd and mbg_nbd r, alpha, a, b
/// (theory/bg_nbd.hpp). nbd r, alpha: nobody leaves. All are densities of the same moments, so that log-likelihoods
/// compare.
enum class BuyingModel { pareto_nbd, bg_nbd, mbg_nbd, nbd };
const char* name_of(BuyingModel model);

/// Needs 10 repeaters and 20 customers, or says so. The likelihood of Pareto/NBD is that of
/// theory/pareto_nbd_likelihood.hpp; times that are alike are worked out once. A base of more than 1,200 different rows
/// is come near by every k-th of them.
Fitted fit_buying(const BuyingHistory& history, BuyingModel model, Ends ends = Ends::by_profile);

/// The log-likelihood of Pareto/NBD in r, alpha, s, beta.
LogLikelihood likelihood_of_buying(const BuyingHistory& history);

/// Maximizes a likelihood of Pareto/NBD's four parameters. Where it is highest with customers all alike, in leaving (s
/// and beta grow) or in buying (r and alpha grow), s or r is held at 50 (a variance of .02 of what is 1 in the mean) if
/// that costs less than 1 of log-likelihood; `caution` says so. Where nobody seems to leave it is not found: NBD is
/// enough.
Fitted maximize_pareto_nbd(const Question& question);

/// log P(y orders in the time `ahead` after T | x, t_x, T): P(alive) of the law of whoever is there, plus 1 - P(alive)
/// where y = 0. Of Pareto/NBD rate and hazard given alive are Gamma(r + x, alpha + T) and Gamma(s, beta + T), and P(y)
/// is integrated over the moment of leaving by Gauss and Legendre's rule (within 1e-8); the others are closed.
double log_chance_of_later(BuyingModel model, const std::vector<double>& values, double repeat, double last,
                           double seen, double ahead, double later);

/// Mean of the orders in the time `ahead` after T.
double expected_later(BuyingModel model, const std::vector<double>& values, double repeat, double last, double seen,
                      double ahead);

/// One model's word on what came later.
struct BuyingScore {
  BuyingModel model = BuyingModel::pareto_nbd;
  Fitted fit;
  double log_score = 0;           ///< sum over customers of log P(y | history)
  double behind = 0;              ///< by how much the best one's is better, per customer
  double behind_se = 0;           ///< its standard error over customers
  std::vector<double> logs = {};  ///< log P(y | history) of each row; empty: not fitted
};

/// A law, fitted or not, asked for what came later; `later` and `ahead` as below.
BuyingScore score_buying(BuyingModel model, Fitted fit, const BuyingHistory& history, const std::vector<double>& later,
                         double ahead);

/// By how much the mean of one law's log scores is behind the best one's, a row each, and the standard error of that
/// over customers: with d = best - own and n customers, sqrt(sum (d - mean d)^2 / (n max(1, n - 1))). `weight`:
/// customers that a row stands for, 1 each where it is empty.
struct Behind {
  double mean = 0, se = 0;
};
Behind behind_best(const std::vector<double>& best, const std::vector<double>& own,
                   const std::vector<double>& weight = {});

struct BuyingChoice {
  std::vector<BuyingScore> scores;  ///< the best first; those that could not be fitted last
  std::string told;                 ///< one line each
};

/// Fits models to the history and asks each for `later` (orders in the time `ahead` after T, a row each). Where hardly
/// anybody leaves Pareto/NBD takes its time to find no maximum.
BuyingChoice choose_buying(const BuyingHistory& history, const std::vector<double>& later, double ahead,
                           Ends ends = Ends::by_profile,
                           const std::vector<BuyingModel>& of = {BuyingModel::pareto_nbd, BuyingModel::bg_nbd,
                                                                 BuyingModel::mbg_nbd, BuyingModel::nbd});

}  // namespace clientele::models
