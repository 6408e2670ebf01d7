// How much of a base's sales its largest customers are expected to have: what makes averages skew.
#pragma once
#include "sim/catalogue.hpp"
#include "sim/core/api.hpp"
#include "sim/study.hpp"

namespace clientele::models {

/// Share of expected sales of the ten customers who are expected to buy most [0..1], by the study's laws: with sales X
/// of a customer = orders a month x mean order value, E[X; X > q] / E[X] in three decimals, where q is exceeded by 10
/// of N customers (P(X > q) = 10 / N). Both traits are independent; groups count by their shares. Of a file, the
/// numbers that it states are taken as they are, and the means of the others. 1 for ten customers and fewer.
CLIENTELE_API double share_of_ten_largest(const sim::Study& study, const sim::Catalogue& catalogue);

}  // namespace clientele::models
