// What a loyalty program adds to what its members buy, and how much it would have to add to pay.
//
// Of two arms in the same future, P with a program and B the baseline, over all months that are simulated (the horizon
// and the closed months behind it), each amount discounted to month 0:
//
//   D = sales under P - sales under B        what the policy adds to sales, of members and of everybody else
//   S = sales to members under P, so that
//   M = S - D                                what members would have bought without it
//   W = what P is worth - what B is worth    the KPI that is the whole: npv, and value beyond the horizon
//   m = V / R - C / S'                       margin of one more unit of members' sales, within the horizon: R all sales
//                                            under P; V what they earned before rewards and before what does not grow
//                                            with sales; C rewards, those of points that stay open with them; S' sales
//                                            to members
//
//   implied lift     = D / M                 by which the policy lifts what members buy
//   break-even lift  = D / M - W / (m M)     at which W would be 0
//
// The break-even lift is what the program costs, that is, all of W that is not margin of additional sales, over what
// one more unit of lift earns: (m D - W) / (m M). It is above the implied lift exactly where the policy loses. Its cost
// share c = C / S' stands in m too, since members earn points on what they buy more: where no member reacts, W = - c S
// before all else and the break-even lift is c / (margin - c), and it stays that while they come to react.
//
// What is approximate: one more unit of members' sales earns what the average unit of P's sales does within the
// horizon, at all months and sizes of lift, and is given back in rewards as the average unit of members' sales is;
// customers who differ in margin, orders that are larger than others (costs of an order), points that are no order's
// (joining, partners) and what is fixed only up to a size are in it as averages. Sales are as invoiced, before what
// comes back; a lower price counts as fewer sales. Each number is a ratio of averages over futures
// (output/statistics/of_means.hpp), so that what draws vary is in its interval as far as it moves the average; the
// range of single futures says how far apart these are.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "output/comparison/input.hpp"
#include "output/comparison/payback.hpp"
#include "output/comparison/worth.hpp"
#include "output/statistics/averages.hpp"
#include "output/statistics/prediction.hpp"

namespace clientele::output {

struct Question;

/// The names of what is added up: data, since who knows the metrics says it. Nothing without a name of sales.
struct ProgramTerms {
  std::string sales;                     ///< of the horizon; behind it a ledger tells them
  std::string member_sales;              ///< of all months that are simulated
  std::vector<sim::Term> rewards;        ///< what the program costs the firm within the horizon
  std::vector<sim::Term> rewards_ahead;  ///< behind it: what the horizon is charged for points that it leaves open
  std::vector<sim::Term> fixed;          ///< what else of a contribution does not grow with sales, costs above 0
  std::vector<std::string> kpis = {};    ///< told of each policy with a program, in this order
  /// Behind the horizon sales of a month are what a balance grows by in it, and these flows of it.
  std::string balance = {};
  std::vector<sim::Term> settled = {};
  std::string running = {};  ///< what a firm spends on running a policy, whoever is a member
};

/// Of one policy against the baseline in one scenario; each is missing where members would have bought nothing, the
/// break-even lift also where a unit of sales earns nothing.
struct Lift {
  std::size_t scenario = 0, policy = 0;
  bool is_against_program = false;  ///< the baseline has members too: a lift over what its program does
  Interval implied, break_even, margin;
  Interval lead;                                       ///< implied less break-even
  Prediction implied_in_future, break_even_in_future;  ///< of single futures
  std::optional<Payback> payback = {};
  bool costs_to_run = false;  ///< more than the baseline does
};

/// Quantiles of the KPIs that a program is told by: what a balance sheet is asked for.
inline constexpr double quantiles_of_program[] = {0.8, 0.95};

/// Whether a policy sells to members in a scenario; false where the cube does not tell months.
bool sells_to_members(const ComparisonInput& input, const ProgramTerms& terms, const ArmOf& arm);

/// Of each policy that the question shows, that the study states, and that sells to members. Empty across scenarios,
/// where the terms name nothing, and where the cube lacks single months or one of the metrics.
std::vector<Lift> lifts_of(const ComparisonInput& input, const Question& question);

}  // namespace clientele::output
