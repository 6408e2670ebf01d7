// A number that is made of several averages, such as a ratio of two sums: how sure it is.
#pragma once
#include <functional>
#include <span>
#include <vector>

#include "output/statistics/averages.hpp"
#include "output/statistics/futures.hpp"

namespace clientele::output {

/// A function of averages: a ratio, or what several ratios come to; NaN where it is not defined.
using OfMeans = std::function<double(std::span<const double> means)>;

/// What a function of the averages of several numbers comes to, each future having all of them: a ratio of averages,
/// not an average of ratios, in which a future with a small denominator would count as much as one with a large one.
/// Futures in which one of the numbers is missing are left out. Each unit of futures (futures.hpp) counts alike, as in
/// interval_over, with which it agrees to rounding where the function is linear. The half width is Student's t of the
/// jackknife over units: each is left out once. Source: Quenouille 1956; Tukey 1958; Efron and Stein 1981. Not known
/// where the function is not defined with one of the units left out.
Interval interval_of_means(const std::vector<Futures>& numbers, const OfMeans& of, double confidence = 0.95,
                           double share_of_ten_largest = not_known);

/// The function of each future's own numbers; NaN where one of them is missing.
Futures in_each_future(const std::vector<Futures>& numbers, const OfMeans& of);

}  // namespace clientele::output
