// A comparison of numbers that a test chooses: what an answer says of them can be told by hand.
#pragma once
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "output/comparison/comparison.hpp"

namespace clientele::tests {

/// What "new" adds to "today" in each future: a mean, and a spread over futures that is symmetric and known.
struct InventedGain {
  double within = 0, beyond = 0;                             ///< money, on average
  double spread = 0;                                         ///< standard deviation over futures of each of them, about
  double levers = 0;                                         ///< money that it spends more
  double evenly = std::numeric_limits<double>::quiet_NaN();  ///< what the same money adds evenly; NaN: no such policy
  double slope = 0, turn = 0;                                ///< of `within` in the drawn number
  double share_of_ten_largest = 0.01;
  std::size_t policies = 2;  ///< with the baseline; each after the second gains a little less
  sim::Direction direction = sim::Direction::higher_is_better;
};

/// Between -1.7 and 1.7, with mean 0 and variance about 1, in no order: futures f of n.
inline double spread_at(std::size_t f, std::size_t n, std::size_t step) {
  const std::size_t place = (f * step + step / 2) % n;
  return std::sqrt(12.0) * ((static_cast<double>(place) + 0.5) / static_cast<double>(n) - 0.5);
}

inline output::ComparisonInput invented_input(const InventedGain& gain, std::size_t draws, std::size_t replications) {
  output::ComparisonInput input;
  input.title = "Invented";
  input.currency = "EUR";
  input.baseline = "today";
  input.headline = "npv";
  input.scenarios = {"calm"};
  input.policies = {"today", "new"};
  for (std::size_t p = 2; p < gain.policies; ++p) input.policies.push_back("new " + std::to_string(p));
  input.same_money_as.resize(input.policies.size());
  const bool has_evenly = !std::isnan(gain.evenly);
  if (has_evenly) {
    input.policies.emplace_back("new, same for all");
    input.same_money_as.emplace_back(1);
  }
  input.draws = draws;
  input.replications = replications;
  input.cells_done = input.axes().cells();
  input.months = 36;
  input.closed = 60;
  input.first_year = 2027;
  input.first_month = 1;
  input.share_of_ten_largest = gain.share_of_ten_largest;
  using Part = sim::KpiPart;
  input.kpis = {
      {"npv", "profit", "EUR", "sum", gain.direction, Part::within},
      {"value_beyond", "beyond", "EUR", "sum", gain.direction, Part::beyond},
      {"customer_equity", "both", "EUR", "sum", gain.direction, Part::whole, "", {{"earned"}}, {}, "books.rate"},
      {"levers", "spent", "EUR", "sum", sim::Direction::neither, Part::spending}};
  const std::size_t futures = draws * replications;
  output::DrawnNumber drawn{{"care.effect", "the effect of care", "what care does", "guess", 0.5}, {}};
  for (std::size_t d = 0; d < draws; ++d) drawn.values.push_back(0.5 + spread_at(d, draws, 37) / std::sqrt(12.0));
  input.drawn = {drawn};
  input.assumptions = {{"care.effect", "0.5", "what care does", "guess", "recalled", true, "the effect of care"},
                       {"care.reach", "2", "how far care goes", "guess", "recalled", false, "the reach of care"},
                       {"books.rate", "0", "cost of capital", "computed", "books", false, ""}};
  input.levers = {{"care.money", "money", "loyalty", {"new"}, {"care.effect", "care.reach"}}};
  const auto gained = [=](const std::string& kpi, std::size_t policy, std::size_t f) {
    const double x = drawn.values[f / replications];
    const double within = gain.within + gain.spread * spread_at(f, futures, 61) + gain.slope * (x - gain.turn) -
                          1e4 * static_cast<double>(policy - 1);
    const double beyond = gain.beyond + gain.spread * spread_at(f, futures, 83);
    if (has_evenly && policy + 1 == input.policies.size())
      return kpi == "levers"         ? gain.levers
             : kpi == "value_beyond" ? 0
                                     : gain.evenly + 0.1 * gain.spread * spread_at(f, futures, 83);
    return kpi == "npv" ? within : kpi == "value_beyond" ? beyond : kpi == "levers" ? gain.levers : within + beyond;
  };
  const std::size_t policies = input.policies.size();
  input.values = [=](const std::string& kpi) {
    std::vector<double> values;
    for (std::size_t p = 0; p < policies; ++p)
      for (std::size_t f = 0; f < futures; ++f) values.push_back(500e6 + (p == 0 ? 0 : gained(kpi, p, f)));
    return values;
  };
  input.by_month = [=](const std::string& metric, std::size_t, std::size_t policy) {
    std::vector<double> values;
    for (std::size_t f = 0; f < futures; ++f)
      for (std::size_t m = 0; m < 96; ++m) {
        const double share = m < 36 ? gained("npv", 1, f) / 36 : gained("value_beyond", 1, f) / 60;
        values.push_back(metric == "earned" && policy > 0 ? share : 0);
      }
    return values;
  };
  return input;
}

/// "new" with two behind it that keep its tiers: those of its review, which gain 10,000 less than it, and ones by
/// chance, which gain as much less again; and two that are put together of it and the baseline, which
/// gain 30,000 and 40,000 less than it.
inline output::ComparisonInput invented_why(InventedGain gain, std::size_t draws, std::size_t replications) {
  gain.policies = 6;
  output::ComparisonInput input = invented_input(gain, draws, replications);
  input.policies[2] = "new, held";
  input.policies[3] = "new, at random";
  input.policies[4] = "new, shared";
  input.policies[5] = "new, shared and own";
  input.held = {std::nullopt,
                std::nullopt,
                output::HeldTiers{1, sim::Held::as_reviewed},
                output::HeldTiers{1, sim::Held::at_random},
                output::HeldTiers{1, sim::Held::no, sim::Blend::shared},
                output::HeldTiers{1, sim::Held::no, sim::Blend::shared_and_own}};
  for (output::KpiTexts& kpi : input.kpis) kpi.formula = "sum(" + kpi.name + ")";
  return input;
}

/// All policies in all scenarios, the study's headline.
inline output::Question everything_in(const output::ComparisonInput& input) {
  output::Question question;
  question.scenarios.resize(input.scenarios.size());
  std::iota(question.scenarios.begin(), question.scenarios.end(), std::size_t{0});
  question.policies.resize(input.policies.size());
  std::iota(question.policies.begin(), question.policies.end(), std::size_t{0});
  question.kpis = {input.headline};
  question.beside = {"customer_equity", "value_beyond"};
  return question;
}

}  // namespace clientele::tests
