// How many join in a month, where whoever was there before the books began is seen for the first time in them, too.
#pragma once
#include "tools/clientele/fitted/base.hpp"

namespace clientele::tools {

/// First orders of a month are those of newcomers, A a month, and of customers who were there before the first day and
/// had not ordered since: B q_t, q_t the chance that a customer's first order after that day falls into month t, by the
/// law of orders: ((alpha / (alpha + t))^r - (alpha / (alpha + t + 1))^r) of gamma rates. A and B are the likeliest
/// Poisson means (by expectation and maximization); A's interval grows with how much months differ beyond Poisson luck.
void fit_joining(FittedBase& base);

}  // namespace clientele::tools
