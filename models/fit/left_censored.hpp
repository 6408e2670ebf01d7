// Customers who were there before the books begin, apart from those who have come since.
#pragma once
#include <string>
#include <vector>

#include "models/fit/buying.hpp"
#include "models/fit/maximum.hpp"

namespace clientele::models {

/// Books that begin at time 0 and end at `end`; a row per customer with an order in them: time of the first order seen,
/// orders after it, time of the last one. Who is first seen within the `run_in` was there before, who is later has
/// come.
struct FirstSeen {
  double end = 0, run_in = 0;
  std::vector<double> first, repeat, last;

  std::size_t rows() const { return first.size(); }
};

/// Laws of both kinds, each by Pareto/NBD (parameters r, alpha, s, beta).
struct LeftCensoredFit {
  Fitted there;  ///< the law, at the books' beginning, of who was there then
  Fitted came;   ///< the law, at the first order, of who has come
  double seen_there = 0, seen_came = 0;
  double base = 0;      ///< who was there at the beginning by that law, seen or not
  double mistaken = 0;  ///< of the base: expected to order first only after the run-in, and taken for newcomers
  std::string told;     ///< one line
};

/// Exact, where rates of who is there at time 0 are Gamma(r, alpha) and hazards Gamma(s, beta), independent: given that
/// somebody's first order within the books comes at u, rate and hazard at u are Gamma(r + 1, alpha + u) and Gamma(s,
/// beta + u), whatever was before, so that
///   L = ParetoNbd{r + 1, alpha + u, s, beta + u}(x, t_x - u, end - u).
/// The time of the first order itself says nothing here: no law of it has to hold. Of who has come the first order is
/// no event of the rate, L = ParetoNbd{r, alpha, s, beta}(x, t_x - u, end - u), exactly so.
/// Approximate: 1. who came within the run-in is taken for the base, 2. who of the base orders first after it is taken
/// for a newcomer: `mistaken` = base x (P(0 until run_in) - P(0 until end)), base = seen_there / (1 - P(0 until
/// run_in)), all by the base's own law; where that is a fifth of the newcomers or more, `came.caution` says so; 3. who
/// has stayed for an age a has hazards Gamma(s, beta + a) and rates as at the start: of one age the base's law is
/// exact, of mixed ages it is a gamma law near a mixture of such.
LeftCensoredFit fit_left_censored(const FirstSeen& history, Ends ends = Ends::by_profile);

/// The law of who was there alone, Pareto/NBD or NBD (r, alpha: nobody leaves), of all rows of the history.
Fitted fit_who_was_there(const FirstSeen& history, BuyingModel model, Ends ends);
/// Its log-likelihood in r, alpha, s, beta.
LogLikelihood likelihood_of_who_was_there(const FirstSeen& history);
/// P(no order until t) of somebody who is there at 0.
double chance_of_none_until(const std::vector<double>& pareto_nbd, double t);

}  // namespace clientele::models
