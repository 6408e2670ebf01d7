// Discounted sums of each pair of futures first; then every number is a ratio of their averages.
#include "output/comparison/lift.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "output/comparison/comparison.hpp"
#include "output/statistics/of_means.hpp"

namespace clientele::output {

namespace {

/// The places of what a pair of futures comes to: D, S, W, V, R, C and S' of the header.
struct Sum {
  enum Number : std::size_t { added, to_members, worth, earned, sold, rewarded, to_members_within, numbers };
};

double members_without(std::span<const double> n) { return n[Sum::to_members] - n[Sum::added]; }

double implied_lift(std::span<const double> n) {
  return members_without(n) > 0 ? n[Sum::added] / members_without(n) : not_known;
}
double margin_of_sales(std::span<const double> n) {
  if (!(n[Sum::sold] > 0) || !(n[Sum::to_members_within] > 0)) return not_known;
  return n[Sum::earned] / n[Sum::sold] - n[Sum::rewarded] / n[Sum::to_members_within];
}
double lead_of_lift(std::span<const double> n) {
  const double margin = margin_of_sales(n);
  return margin > 0 && members_without(n) > 0 ? n[Sum::worth] / (margin * members_without(n)) : not_known;
}
double break_even_lift(std::span<const double> n) { return implied_lift(n) - lead_of_lift(n); }

/// Sales of an arm by future and month, the closed months too; empty where they are not known.
std::vector<double> sales_of(const ComparisonInput& input, const ProgramTerms& terms, const ArmOf& arm) {
  const std::vector<double> within = input.by_month_of_horizon(terms.sales, arm.scenario, arm.policy);
  if (input.closed == 0 || within.empty()) return within;
  const std::vector<double> balance = input.by_month(terms.balance, arm.scenario, arm.policy);
  std::vector<double> flows(balance.size());
  for (const sim::Term& term : terms.settled) {
    const std::vector<double> flow = input.by_month(term.metric, arm.scenario, arm.policy);
    if (flow.size() != flows.size()) return {};
    for (std::size_t i = 0; i < flow.size(); ++i) flows[i] += term.weight * flow[i];
  }
  const std::size_t futures = input.draws * input.replications, all = balance.size() / futures;
  if (all < input.months + input.closed) return {};
  std::vector<double> sales;
  for (std::size_t f = 0; f < futures; ++f) {
    const auto from = within.begin() + static_cast<std::ptrdiff_t>(f * input.months);
    sales.insert(sales.end(), from, from + static_cast<std::ptrdiff_t>(input.months));
    for (std::size_t t = f * all + input.months; t < f * all + input.months + input.closed; ++t)
      sales.push_back(balance[t] - balance[t - 1] + flows[t]);
  }
  return sales;
}

/// One minus other, month by month; nothing where they differ by no more than that sums were added up in another order.
std::vector<double> differences_of_sales(const std::vector<double>& one, const std::vector<double>& other) {
  constexpr double of_sums = 1e-12;
  double largest = 0;
  for (const double value : one)
    if (!std::isnan(value)) largest = std::max(largest, std::fabs(value));
  std::vector<double> all(one.size());
  for (std::size_t i = 0; i < one.size(); ++i)
    all[i] = std::fabs(one[i] - other[i]) <= of_sums * largest ? 0 : one[i] - other[i];
  return all;
}

/// Sums of single months, discounted, of an arm in all its futures.
class DiscountedSums {
 public:
  DiscountedSums(const ComparisonInput& input, std::vector<double> rates) : input_(input), rates_(std::move(rates)) {}

  Futures nothing() const {
    return {input_.draws, input_.replications, input_.people, std::vector<double>(input_.draws * input_.replications),
            !input_.drawn.empty()};
  }
  /// Adds values of single months, as many in each future; false where there are none.
  bool add(Futures& sum, const std::vector<double>& values, double weight = 1) const {
    const std::size_t months = values.size() / sum.values.size();
    for (std::size_t f = 0; f < sum.values.size(); ++f) {
      double discounted = weight;
      for (std::size_t t = 0; t < months; ++t, discounted /= 1 + rates_[f / input_.replications])
        sum.values[f] += discounted * values[f * months + t];
    }
    return months > 0;
  }
  /// The same of terms of an arm; false where one of them is not known.
  bool add_terms(Futures& sum, const std::vector<sim::Term>& terms, const ArmOf& arm, Months months) const {
    return std::ranges::all_of(
        terms, [&](const sim::Term& term) { return add(sum, values_of(term.metric, arm, months), term.weight); });
  }

 private:
  std::vector<double> values_of(const std::string& metric, const ArmOf& arm, Months months) const {
    return (months == Months::of_horizon ? input_.by_month_of_horizon : input_.by_month)(metric, arm.scenario,
                                                                                         arm.policy);
  }

  const ComparisonInput& input_;
  std::vector<double> rates_;
};

/// What each pair of futures comes to; nothing where that is not known.
std::optional<std::vector<Futures>> numbers_of(const ComparisonInput& input, const ProgramTerms& terms,
                                               const ArmOf& arm, const ArmOf& baseline) {
  const KpiTexts *within = input.kpi(sim::KpiPart::within), *whole = input.kpi(sim::KpiPart::whole);
  if (within == nullptr || whole == nullptr || !input.by_month_of_horizon) return std::nullopt;
  std::vector<double> rates = rates_of(input, whole->rate_field);
  if (rates.empty()) return std::nullopt;
  const DiscountedSums sums(input, std::move(rates));
  std::vector<Futures> all(Sum::numbers, sums.nothing());
  const std::vector<double> worths = input.values((input.closed > 0 ? whole : within)->name);
  all[Sum::worth] = difference(futures_of(input, worths, arm.scenario, arm.policy),
                               futures_of(input, worths, baseline.scenario, baseline.policy));
  all[Sum::earned] = futures_of(input, input.values(within->name), arm.scenario, arm.policy);
  using enum Months;
  const std::vector<double> ours = sales_of(input, terms, arm), theirs = sales_of(input, terms, baseline);
  const bool known = ours.size() == theirs.size() && sums.add(all[Sum::added], differences_of_sales(ours, theirs)) &&
                     sums.add_terms(all[Sum::to_members], {{terms.member_sales}}, arm, simulated) &&
                     sums.add_terms(all[Sum::sold], {{terms.sales}}, arm, of_horizon) &&
                     sums.add_terms(all[Sum::to_members_within], {{terms.member_sales}}, arm, of_horizon) &&
                     sums.add_terms(all[Sum::rewarded], terms.rewards, arm, of_horizon) &&
                     sums.add_terms(all[Sum::rewarded], terms.rewards_ahead, arm, simulated) &&
                     sums.add_terms(all[Sum::earned], terms.fixed, arm, of_horizon);
  if (!known) return std::nullopt;
  for (std::size_t f = 0; f < all[Sum::earned].values.size(); ++f)
    all[Sum::earned].values[f] += all[Sum::rewarded].values[f];
  return all;
}

/// Whether running the policy costs more than running the baseline; false where the cube does not tell.
bool costs_more_to_run(const ComparisonInput& input, const std::string& running, const ArmOf& arm,
                       const ArmOf& baseline) {
  const std::vector<double> ours = input.by_month_of_horizon(running, arm.scenario, arm.policy),
                            theirs = input.by_month_of_horizon(running, baseline.scenario, baseline.policy);
  const auto sum = [](const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); };
  return ours.size() == theirs.size() && sum(ours) > sum(theirs);
}

}  // namespace

bool sells_to_members(const ComparisonInput& input, const ProgramTerms& terms, const ArmOf& arm) {
  const std::vector<double> sales = input.by_month(terms.member_sales, arm.scenario, arm.policy);
  return std::ranges::any_of(sales, [](double one) { return one > 0; });
}

std::vector<Lift> lifts_of(const ComparisonInput& input, const Question& question) {
  const ProgramTerms& terms = question.program;
  if (terms.sales.empty() || !question.is_across_policies()) return {};
  std::vector<Lift> lifts;
  for (const std::size_t scenario : question.scenarios)
    for (const std::size_t policy : question.policies) {
      const ArmOf arm{scenario, policy}, baseline{scenario, question.baseline};
      if (policy == question.baseline || !input.is_stated(policy) || !sells_to_members(input, terms, arm)) continue;
      const std::optional<std::vector<Futures>> all = numbers_of(input, terms, arm, baseline);
      if (!all) return {};
      const auto sure = [&](const OfMeans& of) {
        return interval_of_means(*all, of, question.confidence, input.share_of_ten_largest);
      };
      lifts.push_back({.scenario = scenario,
                       .policy = policy,
                       .is_against_program = sells_to_members(input, terms, baseline),
                       .implied = sure(implied_lift),
                       .break_even = sure(break_even_lift),
                       .margin = sure(margin_of_sales),
                       .lead = sure(lead_of_lift),
                       .implied_in_future = prediction_of(in_each_future(*all, implied_lift)),
                       .break_even_in_future = prediction_of(in_each_future(*all, break_even_lift)),
                       .payback = payback_of(input, arm, baseline),
                       .costs_to_run = costs_more_to_run(input, terms.running, arm, baseline)});
    }
  return lifts;
}

}  // namespace clientele::output
