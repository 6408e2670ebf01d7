// Other laws than the engine's, held against it by what they foretell of months that they have not seen.
#pragma once
#include <string>
#include <vector>

#include "models/fit/later_orders.hpp"
#include "models/fit/mean_value.hpp"
#include "tools/clientele/fitted/base.hpp"

namespace clientele::tools {

struct ChoiceOfBuying {
  std::string why_not = {};  ///< one sentence; empty: laws were asked
  scenarios::Day cut = 0;    ///< they are fitted to what was before this day
  int months = 0;            ///< from there to the origin
  std::size_t customers = 0, known = 0;
  double came = 0;                              ///< orders of the customers asked
  std::vector<models::LawForetells> laws = {};  ///< the best first, those that could not be fitted last
  /// What the study is simulated by: Pareto/NBD, or NBD where nobody is seen to leave.
  models::BuyingModel simulated = models::BuyingModel::pareto_nbd;
  bool season_is_known = false;

  /// Whether another law is better by more than twice the standard error of the difference.
  bool another_is_better() const;
};

struct ChoiceOfValues {
  std::string why_not = {};
  double gain = 0, gain_se = 0;  ///< of lognormal values over gamma-gamma, mean log score of a later order
  std::size_t orders = 0, customers = 0;
  models::SalesMissed missed = {};  ///< later sales of customers, by the study's values and by others
};

/// Whether who orders often places larger orders, too.
struct ValueAndRate {
  std::string why_not = {};
  models::Estimate correlation = {};
  std::size_t customers = 0;
  double apart = 0, together = 0;  ///< share that the best tenth of newcomers have of sales: without it, with it
};

struct Choices {
  ChoiceOfBuying buying;
  ChoiceOfValues values;
  ValueAndRate with_rate;
};

/// Holds out the last quarter of the books' months, at least 3; needs 6 before them. Customers who were there before
/// the books and those who have come since have laws of their own, as in the study, from the first order seen on; the
/// scores of both are of one sum (models/fit/later_orders.hpp). Pareto/NBD is fitted in the steps of the study
/// (fitted/orders.hpp). Of more than 3,000 known customers every k-th is asked.
Choices choose_laws(const scenarios::Books& books, const FittedBase& base);

/// Lines for people, without ends.
std::vector<std::string> told_of(const Choices& choices);
/// A sentence where the study is simulated by a law that another one beats; empty: none does.
std::string warning_of(const ChoiceOfBuying& choice);

}  // namespace clientele::tools
