// Which arms a picture shows, and what they are called.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "tools/clientele/report/picture.hpp"

namespace clientele::tools {

/// The scenario that the answer speaks of; the first where there is none.
std::size_t scenario_of_answer(const Material& material);

/// At most `most` policies of a scenario: the baseline, then the others by their average in the headline, the best
/// first; those that no study states come last. In the order of the study.
std::vector<std::size_t> policies_to_draw(const Material& material, std::size_t most);

/// The comparison's question, of these policies in the scenario of the answer alone.
output::Question question_of(const Material& material, const std::vector<std::size_t>& policies);

std::string policy_name(const Material& material, std::size_t policy);
std::string scenario_name(const Material& material, std::size_t scenario);
std::string baseline_name(const Material& material);
/// Of a tier; "before" is the name of what a policy has not reached yet. Empty where the policy has no such tier.
std::string tier_name(const Material& material, std::size_t policy, std::size_t tier);

/// Whether each month of the horizon stands alone on the cube's axis.
bool has_single_months(const Material& material);

/// The unit as a number shows it: a currency, days; empty for counts and shares.
std::string unit_shown(const std::string& unit);

/// A name of the study as text without steering characters, whole.
std::string shown_name(const std::string& name);

/// The narrowest of positive half widths; 0 where there is none.
class Narrowest {
 public:
  void add(double half_width) {
    if (half_width > 0 && half_width < narrowest_) narrowest_ = half_width;
  }
  double value() const { return narrowest_ < 1e300 ? narrowest_ : 0; }

 private:
  double narrowest_ = 1e300;
};

}  // namespace clientele::tools
