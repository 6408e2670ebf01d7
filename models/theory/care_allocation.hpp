// Whom a budget for care does the most for, in closed form.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

namespace clientele::models {

/// Accounts of margins m_i, of which care c saves the part h f(c), f = 2 c / (c + r_i), r_i = reference x (m_i /
/// mean)^k. What the last unit of money saves is 2 h m_i r_i / (c + r_i)^2, which is equal for all who get any where
/// the budget is spent best (Gossen's second law): c_i = s sqrt(m_i r_i) - r_i, and nothing for who would get less than
/// that. k = 1: r_i goes with m_i, so that c_i does: the same share of margin for all, at any budget. k = 0: r_i is one
/// for all, so that the first money goes to the largest, and all of a small budget.
struct CareAllocation {
  std::vector<double> margins;
  double reference = 50, exponent = 0.5;

  double mean() const {
    return std::accumulate(margins.begin(), margins.end(), 0.0) / static_cast<double>(margins.size());
  }
  double reference_of(std::size_t i) const { return reference * std::pow(margins[i] / mean(), exponent); }
  /// Margin that is saved, over h.
  double saved(const std::vector<double>& care) const {
    double sum = 0;
    for (std::size_t i = 0; i < margins.size(); ++i)
      sum += margins[i] * (care[i] > 0 ? 2 * care[i] / (care[i] + reference_of(i)) : 0);
    return sum;
  }
  /// s is found by letting go of whom it gives less than nothing.
  std::vector<double> best(double budget) const {
    std::vector<std::size_t> who(margins.size());
    std::iota(who.begin(), who.end(), std::size_t{0});
    for (;;) {
      double references = budget, roots = 0;
      for (const std::size_t i : who) references += reference_of(i), roots += std::sqrt(margins[i] * reference_of(i));
      const double s = references / roots;
      const auto given = [&](std::size_t i) { return s * std::sqrt(margins[i] * reference_of(i)) - reference_of(i); };
      if (std::erase_if(who, [&](std::size_t i) { return given(i) < 0; }) > 0) continue;
      std::vector<double> care(margins.size());
      for (const std::size_t i : who) care[i] = given(i);
      return care;
    }
  }
  std::vector<double> same_share(double budget) const {
    std::vector<double> care;
    for (const double margin : margins)
      care.push_back(budget * margin / std::accumulate(margins.begin(), margins.end(), 0.0));
    return care;
  }
};

}  // namespace clientele::models
