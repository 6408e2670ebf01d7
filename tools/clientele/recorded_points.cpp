// Records of one number each, under the cell's key at the point.
#include "tools/clientele/recorded_points.hpp"

#include "models/catalogue.hpp"
#include "output/records/one_number.hpp"
#include "scenarios/part_digests.hpp"

namespace clientele::tools {
namespace {

output::StudyKeys keys_of(const sim::Study& study, const sim::Catalogue& catalogue, const sim::OutcomeInfo& info) {
  const scenarios::PartDigests parts = scenarios::part_digests_of(study, catalogue);
  return output::keys_of({parts.world, parts.scenarios, parts.policies}, study, info,
                         std::string(models::model_version), {});
}

}  // namespace

RecordedPoints::RecordedPoints(KeptRecords& kept, const sim::Study& study, const sim::Catalogue& catalogue,
                               const std::string& number)
    : kept_(kept),
      info_(output::info_of_one_number(number)),
      keys_(keys_of(study, catalogue, info_)),
      sink_(kept.folder(), kept.records(), keys_, info_) {}

std::optional<double> RecordedPoints::find(const sim::Cell& cell, const output::PointDigest& point) const {
  const output::CellKey key = key_of(cell, point);
  if (!kept_.records().contains(key)) return std::nullopt;
  return output::number_in(kept_.records().read(key, cell, info_));
}

void RecordedPoints::keep(const sim::Cell& cell, const output::PointDigest& point, double number) {
  sink_.keep(key_of(cell, point), output::outcome_with(number, cell));
}

output::CellKey RecordedPoints::key_of(const sim::Cell& cell, const output::PointDigest& point) const {
  return output::key_of(output::key_of(keys_, cell), point);
}

}  // namespace clientele::tools
