// A record holds integers, and the bits of a double are one.
#include "output/records/one_number.hpp"

#include <bit>

#include "sim/core/check.hpp"

namespace clientele::output {

sim::OutcomeInfo info_of_one_number(const std::string& name) {
  sim::OutcomeInfo info;
  info.metrics = {{name, "bits of the number"}};
  info.months = info.tiers = info.groups = 1;
  return info;
}

sim::CellOutcome outcome_with(double number, const sim::Cell& cell) {
  return {cell, {std::bit_cast<std::int64_t>(number)}, {}, {0}, {}};
}

double number_in(const sim::CellOutcome& outcome) {
  sim::expects(outcome.counts.size() == 1, "a record of one number holds one");
  return std::bit_cast<double>(outcome.counts.front());
}

}  // namespace clientele::output
