// Classes of customers as they stand when the policies part: the baseline's tier then, and the tenth of all customers
// by sales of the year before. What is counted of a group is counted by these apart, where a study asks for it.
//
// Of a group stand first the tenths of the baseline's first tier, then those of the next ones; then who had left
// before, who came later, and what is no customer's. Nobody changes class: so the classes of two policies hold the same
// people, and their sums are the whole.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "sim/core/api.hpp"
#include "sim/study.hpp"

namespace clientele::sim {

inline constexpr std::size_t tenths = 10;
/// What stands in a group beside its tiers and tenths: customers who are gone by then, those to come, and amounts that
/// are the firm's and no customer's.
inline constexpr const char *class_of_leavers = "earlier leavers", *class_of_newcomers = "newcomers",
                            *class_of_firm = "the firm itself";

/// Of a group; 1 where nobody asked for classes.
CLIENTELE_API std::size_t number_of_classes(const Study& study);
/// What they are called, of all groups in the order in which they are counted.
CLIENTELE_API std::vector<std::string> names_of_classes(const Study& study);

}  // namespace clientele::sim
