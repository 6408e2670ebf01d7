// Of the text of the study only its bounds are read: its files may be elsewhere.
#include "tools/clientele/carried_bounds.hpp"

#include "models/catalogue.hpp"
#include "scenarios/constraints.hpp"
#include "sim/core/check.hpp"
#include "tools/clientele/verify/carried_study.hpp"

namespace clientele::tools {

std::vector<output::Bound> bounds_in(const output::CubeReader& cube) {
  std::vector<output::Bound> bounds;
  try {
    for (scenarios::NamedConstraint& one :
         scenarios::constraints_in(cube.study_text(), "study", overrides_in(cube), models::catalogue()))
      bounds.push_back({std::move(one.kpi), one.at_most, one.at_least, std::move(one.policy)});
  } catch (const sim::UserError&) {  // a study of another clientele, whose keys are not these
    bounds.clear();
  }
  return bounds;
}

}  // namespace clientele::tools
