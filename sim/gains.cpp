// Found by the names that a catalogue and a study give.
#include "sim/gains.hpp"

#include <algorithm>

#include "sim/core/check.hpp"
#include "sim/roll_out.hpp"
#include "sim/why.hpp"

namespace clientele::sim {

bool lacks_gains(const Policy& policy, const Catalogue& catalogue) {
  return catalogue.segmentations().at(policy.segmentation).key == sorts_by_gains && policy.gains.empty() &&
         !is_pilot(policy);
}

std::optional<std::uint32_t> yardstick_of(const Study& study, const Catalogue& catalogue, std::uint32_t policy) {
  const Policy& held = study.policies[policy];
  const auto is_by_gains = [&](const Policy& of) {
    return catalogue.segmentations().at(of.segmentation).key == sorts_by_gains;
  };
  if (!is_stated(held) || rolls_out(held) || is_by_gains(held)) return std::nullopt;
  for (std::uint32_t p = 0; p < study.policies.size(); ++p) {
    const Policy& other = study.policies[p];
    const bool is_one = is_by_gains(other) && !is_pilot(other) && is_stated(other) && !rolls_out(other);
    if (is_one && other.tiers.size() == held.tiers.size()) return p;
  }
  return std::nullopt;
}

bool has_yardstick(const Study& study, const Catalogue& catalogue) {
  for (std::uint32_t p = 0; p < study.policies.size(); ++p)
    if (yardstick_of(study, catalogue, p)) return true;
  return false;
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
