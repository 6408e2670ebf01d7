// What a firm's books tell of its customers at a day: laws by maximum likelihood, how sure they are, what is not known.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "models/fit/buying.hpp"
#include "models/fit/maximum.hpp"
#include "scenarios/books/books.hpp"
#include "scenarios/books/history.hpp"

namespace clientele::tools {

/// Orders of each calendar month over the mean month, January first.
using Season = std::array<double, 12>;

/// How months differ beside luck: standard deviations of the log of what all customers' orders, and their values, have
/// in common in a month. Where no season is known that is how far off the months to come may be, all of them together.
struct LevelOfMonths {
  double orders = 0, values = 0;
  std::size_t months = 0;  ///< that it was seen in
  bool is_least = false;   ///< the months seen differ less than is taken (least_level)
};
inline constexpr double least_level = 0.10;  ///< a guess: quarters of the US Census's retail season differ by about that

/// Who joins: mean a month, and how far off the mean of the months to come may be beside the luck of each month.
struct Joining {
  double mean = 0, sd = 0;
  std::size_t months = 0;
};

/// A group of the books. Where it has too few customers of its own, laws are those of all.
struct FittedGroup {
  std::string name;
  std::size_t customers = 0;
  models::Fitted value;      ///< lognormal values of orders: log_mean, between, within
  bool has_own_value = false;
  Joining joining;
};

struct FittedBase {
  scenarios::History history;  ///< times by the season
  Season season{};
  std::string season_told;  ///< one line
  models::Fitted buying;    ///< r, alpha, s, beta of who is there; or r, alpha, of whom nobody leaves
  bool anybody_leaves = true;
  models::Fitted buying_of_newcomers;  ///< of who came within the window; empty: that of all
  models::Fitted value;                ///< of all
  std::vector<FittedGroup> groups;
  double net_share = 1;  ///< of what orders come to, what credit notes leave
  LevelOfMonths level;
};

/// Times of the season: from one day to another, in calendar months each of which counts its factor.
double season_time(scenarios::Day from, scenarios::Day to, const Season& season);

/// Fits what was known at the end of the day before `origin`. Throws UserError where the books are too few for any law,
/// in plain words. `stated`: a season that somebody gave.
FittedBase fit_base(const scenarios::Books& books, scenarios::Day origin, const std::optional<Season>& stated = {});

}  // namespace clientele::tools
