// How often customers pay late and by how much: laws fitted to settled and open invoices.
#pragma once
#include <string>
#include <vector>

#include "models/fit/maximum.hpp"

namespace clientele::models {

/// A row per customer: invoices of which it is known whether they were late (settled, or open and overdue), and how
/// many were. Where disputes are known, those disputed stand apart (empty: not known).
struct LatenessHistory {
  std::vector<double> invoices, late, disputed = {}, disputed_late = {};

  std::size_t rows() const { return invoices.size(); }
  bool knows_disputes() const { return !disputed.empty(); }
};

/// Each customer's own chance ~ Beta(a, b) (theory/beta_binomial.hpp), of all invoices, disputed or not. Parameters a,
/// b; mean chance a / (a + b). Needs 10 customers with two invoices and some late and some not.
///   log L = ln B(a + l, b + n - l) - ln B(a, b)    (the order in which they were late says no more)
Fitted fit_late_chance(const LatenessHistory& history);

/// The same where a dispute multiplies the odds of being late by e^effect: Beta(a, b) is the law of chances without
/// one, and the customer's chance is integrated over its log odds by the trapezoidal rule. Parameters a, b,
/// `dispute_odds` (e^effect). "not known" where fewer than 20 invoices are disputed or all or none of these were late.
Fitted fit_late_chance_with_disputes(const LatenessHistory& history);

/// Mean log score of later invoices given the earlier ones: each customer by its own posterior, Beta(a + l, b + n - l)
/// of the earlier ones, against one chance for all. In nats per invoice, by customer, with the standard error of the
/// gain over customers.
struct LatenessScore {
  double by_customer = 0, pooled = 0, gain_se = 0, invoices = 0;
  double gain() const { return by_customer - pooled; }
};
LatenessScore score_late_chance(const Fitted& fitted, const LatenessHistory& earlier, const LatenessHistory& later);

/// Days late of late invoices, above 0; of one that is still open the days that it has been overdue, at which it is
/// censored. `disputed` 1 or 0 each, empty: not known.
struct DelayHistory {
  std::vector<double> days, is_open, disputed = {};

  std::size_t rows() const { return days.size(); }
};

/// Weibull (theory/weibull.hpp). Parameters `scale` [days], `shape`, and where disputes are known and occur among ten
/// settled ones `disputed_factor` on days. Mean days by estimate_of: scale G(1 + 1 / shape). Needs 20 settled ones.
///   log L = sum over settled of ln f(d) + sum over open of ln S(d)
Fitted fit_days_late(const DelayHistory& history);

/// The log-likelihoods of Weibull, lognormal and gamma delays (two parameters each, no disputes), for what is said of
/// the choice; the engine lives by Weibull.
struct DelayChoice {
  Fitted weibull, lognormal, gamma;
  std::string told;
};
DelayChoice choose_days_late(const DelayHistory& history);

}  // namespace clientele::models
