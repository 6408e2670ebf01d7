// What a run says of pilot worlds, and what a check does.
#include "tools/clientele/benchmarks.hpp"

#include "sim/core/printable.hpp"
#include "sim/gains.hpp"
#include "sim/pilots.hpp"
#include "sim/why.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

std::string pilots_in_words(std::size_t cells) {
  return "pilot worlds: " + with_commas(cells) + " cells of " + with_commas(std::uint64_t{sim::pilot_worlds}) +
         " worlds, before the study's own: they show what the first tier's levers bring over the last tier's, by "
         "class of customers";
}

std::string benchmarks_of(const sim::Plan& plan) {
  std::string text;
  for (const sim::Policy& policy : plan.study().policies) {
    const auto& segmentation = plan.catalogue().segmentations()[policy.segmentation];
    if (segmentation.is_benchmark && sim::is_stated(policy))
      text += "benchmark: policy " + sim::in_quotes(policy.name) + " sorts by " + segmentation.key + ", " +
              std::string(sim::said_of_benchmarks) + "\n";
  }
  const std::size_t all = sim::cell_axes_of(plan.study()).cells();
  if (const std::size_t pilots = plan.cells_of_pilots(sim::a_cell_of_each_policy(plan.study())); pilots > 0)
    text += pilots_in_words(pilots) + " (the study has " + with_commas(all) + " cells)\n";
  return text;
}

}  // namespace clientele::tools
