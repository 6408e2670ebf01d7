// What the books say of the months after a day, and the two plain ways to foretell them.
#pragma once
#include <optional>
#include <vector>

#include "tools/clientele/backtest/simulated.hpp"

namespace clientele::tools {

struct Happened {
  Outcome outcome;
  std::vector<double> orders, sales;  ///< of each customer of the history
};
Happened happened_in(const FittedBase& base, const scenarios::Books& books, int months);

/// The same again: the months before, as many or as many as there are, brought to the same length. Newcomers are those
/// whose first order in the books they have.
Outcome same_again(const FittedBase& base, const scenarios::Books& books, int months);

/// What each customer may be expected to order by the gamma-Poisson law alone, nobody leaving: (r + x) / (alpha + T) a
/// month, times its mean value; nobody joins. Source: Ehrenberg 1959; the law is fitted as all laws are, and nothing is
/// foretold where it cannot be.
std::optional<Outcome> gamma_poisson(const FittedBase& base, int months);

}  // namespace clientele::tools
