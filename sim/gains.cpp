// Found by the names that a catalogue and a study give.
#include "sim/gains.hpp"

#include <algorithm>

#include "sim/core/check.hpp"

namespace clientele::sim {

bool lacks_gains(const Policy& policy, const Catalogue& catalogue) {
  return catalogue.segmentations().at(policy.segmentation).key == sorts_by_gains && policy.gains.empty() &&
         !is_pilot(policy);
}

const KpiInfo& kpi_of_gains(const Study& study, const Catalogue& catalogue) {
  const auto& kpis = catalogue.kpis();
  const auto headline = std::ranges::find(kpis, study.headline, &KpiInfo::name);
  if (headline != kpis.end() && headline->money && headline->denominator.empty() && !headline->monthly &&
      !looks_at_months(headline->rule))
    return *headline;
  const auto present_value = std::ranges::find(kpis, KpiPart::within, &KpiInfo::part);
  expects(present_value != kpis.end(), "a KPI is what a policy is worth within the horizon");
  return *present_value;
}

}  // namespace clientele::sim
