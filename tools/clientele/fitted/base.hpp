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
#include "tools/clientele/fitted/payment.hpp"
#include "tools/clientele/fitted/points.hpp"
#include "tools/clientele/fitted/service.hpp"

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
/// Where no season is known, a guess: quarters of the US Census's retail season differ by about that.
inline constexpr double least_level = 0.10;

/// Who joins: mean a month, and how far off the mean of the months to come may be beside the luck of each month.
struct Joining {
  double mean = 0, sd = 0;
  std::size_t months = 0;
  double there_before = 0;  ///< of the mean, customers of before the books whose first order in them is still to come
};

/// Orders and leaving where customers are held to differ in their hazard by so much: r, alpha, hazard.
struct HeldFrailty {
  double variance = 1, weight = 1;  ///< weights add up to 1
  models::Fitted law;
};

/// How often customers order, and whether they leave, of one kind of them.
struct FittedBuying {
  /// r, alpha, s, beta (Pareto/NBD); r, alpha, hazard, where the data do not tell s, which is then 1; or r, alpha,
  /// where nobody is seen to leave.
  models::Fitted law;
  bool anybody_leaves() const { return law.values.size() > 2; }
  /// Where nobody is seen to leave: the mean of what the hazard may be all the same [a month], by an exponential prior
  /// of 1 % (a guess) times the likelihood, which falls about exponentially from hazard 0 on.
  double hazard_at_most = 0;
  std::size_t customers = 0;
  /// Where the data do not tell s: how likely other variances than 1 are (held_variances).
  std::vector<HeldFrailty> other_frailty = {};
  bool is_found() const { return !law.values.empty(); }
};

/// What orders are worth (tools/clientele/fitted/values.hpp). Before what credit notes take.
struct FittedValue {
  double mean = 0, mean_se = 0;  ///< of an order
  double tied_mean = 0;          ///< at which customers' values, told by it and by their own means, come to their sales
  models::Fitted means = {};     ///< log_mean, between, spread
  double between = 0, spread = 0, within = 0;
  std::size_t customers = 0;
  std::string within_told = {};
};

/// A group of the books is two of the study: who was there when the books began, and who has come since or will.
struct FittedGroup {
  std::string name;  ///< of the study
  std::size_t customers = 0;
  FittedValue value;
  bool has_own_value = false;  ///< else those of all
  Joining joining;             ///< of the second kind
};

struct FittedBase {
  /// Times by the season. `group` is of `groups`; orders and times are those that the laws are of.
  scenarios::History history;
  Season season{};
  std::string season_told;       ///< one line
  scenarios::Day new_since = 0;  ///< who is first seen from this day on has come since
  FittedBuying there, came;      ///< either may be unknown, where there are too few: then it is the other one
  FittedBuying joining_by;       ///< the law of who was there alone, by which first orders are told apart
  /// Whether who was there is told by all orders since the books began, the first one seen among them. Where no gamma
  /// law of rates makes first orders come when they do, as of all others by those after the first.
  bool from_the_beginning = true;
  bool one_law = false;             ///< there and came are the same fit, so that they are drawn together
  double mistaken = 0;              ///< of who seems to have come since, the share who were there before, by their law
  FittedValue value;                ///< of all
  std::vector<FittedGroup> groups;  ///< of group g of the books 2 g (was there) and 2 g + 1 (has come)
  double net_share = 1;             ///< of what orders come to, what credit notes leave
  LevelOfMonths level;
  FittedPayment payment = {};
  FittedService service = {};
  FittedPoints points = {};

  /// Whether a customer's first order is an event of its rate.
  bool counts_first(const scenarios::CustomerHistory& customer) const {
    return from_the_beginning && customer.group % 2 == 0;
  }
  /// Newcomers have the mean of all orders.
  double mean_value_of(std::size_t group) const {
    return group % 2 == 0 ? groups[group].value.tied_mean : groups[group].value.mean;
  }
  /// Whether there and came are one law: fitted so, or one of them is not found.
  bool has_one_law() const { return one_law || !there.is_found() || !came.is_found(); }
  const FittedBuying& buying_of(std::size_t group) const {
    const FittedBuying &own = group % 2 == 0 ? there : came, &other = group % 2 == 0 ? came : there;
    return own.is_found() ? own : other;
  }
};

/// Times of the season: from one day to another, in calendar months each of which counts its factor.
double season_time(scenarios::Day from, scenarios::Day to, const Season& season);

/// Fits what was known at the end of the day before `origin`. Throws UserError where the books are too few for any law,
/// in plain words. From 24 months on the season is fitted to orders over those that are expected without one, and all
/// else is fitted once more with it.
struct FitAsked {
  std::optional<Season> season = {};             ///< that somebody states
  scenarios::Day new_since = scenarios::no_day;  ///< no_day: three months after the first day, or half of the books
};
FittedBase fit_base(const scenarios::Books& books, scenarios::Day origin, const FitAsked& asked = {});

}  // namespace clientele::tools
