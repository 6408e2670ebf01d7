// How far off a guessed default may be: what one would bet on, number by number.
//
// A bet is an opinion, as the guess is: nine times in ten the true number is thought to lie above `low`, and nine in
// ten below `high`. It is there so that one can ask which guesses an answer hangs on (clientele sensitivity), and a
// study that knows better says so under [uncertain].
#pragma once
#include <span>
#include <string_view>

#include "sim/core/api.hpp"

namespace clientele::models {

struct Bet {
  std::string_view path;  ///< a number: "churn.base_hazard", "purchasing.order_value.between" of a law
  double low = 0, high = 0;
  std::string_view why;
};

/// A field of a guessed default of which no number is betted on: rules of a policy, and what only a study can say.
struct NoBet {
  std::string_view path;
  std::string_view why;
};

/// Of every number whose default is a guess or fiction, but for levers (what a policy does is a decision) and
/// no_bets().
CLIENTELE_API std::span<const Bet> bets();
CLIENTELE_API std::span<const NoBet> no_bets();

/// The bet on a number, or nullptr.
CLIENTELE_API const Bet* bet_on(std::string_view path);

}  // namespace clientele::models
