// What an order is worth: how much customers differ, how much one customer's orders do, and whether often goes with
// much.
#pragma once
#include <string>
#include <vector>

#include "models/fit/buying.hpp"
#include "models/fit/maximum.hpp"

namespace clientele::models {

/// A row per customer with at least one order of positive value: orders, their sum, the mean of their logs, and the sum
/// of squares of logs around that mean. Money in any one unit. `weight`: customers of a row, 1 each where empty.
struct ValueHistory {
  std::vector<double> orders, sum, mean_log, squares, weight = {};

  std::size_t rows() const { return orders.size(); }
  double weight_of(std::size_t row) const { return weight.empty() ? 1 : weight[row]; }
  /// Adds a customer by its orders' values, all above 0.
  void add(const std::vector<double>& values);
};

/// Gamma-gamma of customers' mean values: z | x ~ Gamma(p x, nu x), nu ~ Gamma(q, v). Parameters p, q, v.
///   log L = lnG(px + q) - lnG(px) - lnG(q) + q ln v + (px - 1) ln z + px ln x - (px + q) ln(xz + v)
/// Source: Fader, Hardie, Lee 2005 (RFM and CLV); Fader, Hardie, note 025. Mean value of the base p v / (q - 1) where
/// q > 1. Needs 10 customers with two orders.
Fitted fit_gamma_gamma(const ValueHistory& history);

/// The same law of each single order, of which the means are one consequence: it also weighs how orders of a customer
/// differ, so that its likelihood compares with the lognormal one's.
///   log L = lnG(px + q) - x lnG(p) - lnG(q) + q ln v + (p - 1) sum ln z - (px + q) ln(sum z + v)
Fitted fit_gamma_gamma_by_order(const ValueHistory& history, Ends ends = Ends::by_profile);

/// What the engine lives by: log z_ij = m + u_i + e_ij, u ~ N(0, between^2), e ~ N(0, within^2). Parameters `log_mean`
/// m (plain), `between`, `within`. With n orders, their mean log y and squares SS within:
///   log L = -n/2 ln 2 pi - (n - 1)/2 ln within^2 - 1/2 ln(within^2 + n between^2) - SS / (2 within^2)
///           - n (y - m)^2 / (2 (within^2 + n between^2))
/// (maximum likelihood of the random-effects model with unequal n; densities of values, so less the sum of logs.) Mean
/// value exp(m + (between^2 + within^2) / 2). Needs 10 customers with two orders; says so where customers do not
/// differ.
Fitted fit_lognormal(const ValueHistory& history, Ends ends = Ends::by_profile);

/// Both by their likelihoods of the same single orders (three parameters each).
struct ValueChoice {
  Fitted gamma_gamma, lognormal;
  bool is_lognormal = true;
  std::string told;
};
ValueChoice choose_value(const ValueHistory& history);

/// The log density of a customer's single orders, by the parameters of fit_lognormal or fit_gamma_gamma_by_order; 0 of
/// a row without orders.
enum class ValueLaw { lognormal, gamma_gamma };
double log_chance_of_values(ValueLaw law, const std::vector<double>& values, const ValueHistory& history,
                            std::size_t row);

/// Both laws fitted to earlier orders alone and asked for the later ones of each customer, given its earlier ones: log
/// p(all) - log p(earlier). The gain is the lognormal one's mean log score an order over the gamma-gamma one's, its
/// standard error over customers (ratio estimator).
struct ValueForetold {
  Fitted lognormal, gamma_gamma;
  double gain = 0, gain_se = 0, orders = 0, customers = 0;  ///< later orders, and who placed them
  std::string why_not = {};
};
/// Rows of both are the same customers; without earlier (later) orders a row is one that nothing is known of (asked).
ValueForetold foretell_values(const ValueHistory& earlier, const ValueHistory& all);

/// Correlation of a customer's log value with the normal score of its order rate (Gaussian copula), by the likelihood
/// of both histories with the laws of buying (`buying`: values of Pareto/NBD or NBD) and of lognormal values held at
/// their maximum: the integral over the rate is a sum over 48 quantiles of its law,
///   L_i = sum_k P(x, t_x | T, rate_k) N(y; m + c between z_k, (1 - c^2) between^2 + within^2 / n).
/// Rows of both histories are the same customers; orders of a value history may include the first one, whose value the
/// rate does not count; a row without values (orders = 0) says nothing. One parameter, `correlation`. Of more than
/// 5,000 customers every k-th is asked.
Fitted fit_value_with_rate(const ValueHistory& values, const BuyingHistory& history, BuyingModel model,
                           const std::vector<double>& buying, const Fitted& lognormal);

}  // namespace clientele::models
