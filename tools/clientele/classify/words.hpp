// What a list of customers comes to, in plain sentences: no id stands in them.
#pragma once
#include <string>
#include <vector>

#include "sim/study.hpp"
#include "tools/clientele/classify/list.hpp"

namespace clientele::tools {

/// How many stand in which tier of each policy, and who gets other terms than under the baseline.
std::string tiers_in_words(const sim::Study& study, const std::vector<ClassifiedUnder>& all);

/// What the first `capacity` of the list bring together, what the next twenty would, how much of it is uncertain, and
/// what is left of it where other futures choose than those that value.
std::string gains_in_words(const sim::Study& study, const std::vector<ClassifiedUnder>& all, const ListOrder& order,
                           std::size_t capacity);

}  // namespace clientele::tools
