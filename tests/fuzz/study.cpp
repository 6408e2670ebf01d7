// Any text is a study or is refused in words; what is a study, and the last point of its sweep, can be planned.
#include "models/catalogue.hpp"
#include "scenarios/point_reader.hpp"
#include "scenarios/study_reader.hpp"
#include "sim/core/check.hpp"
#include "sim/plan.hpp"
#include "tests/fuzz/file_of_bytes.hpp"

namespace clientele::tests {
namespace {

void read(std::string_view text) {
  static const sim::Catalogue catalogue = models::catalogue();
  const auto reading = scenarios::read_study_text(text, "study.toml", "/nowhere", catalogue);
  sim::Plan(reading.study, catalogue).memory_of_run();
  if (reading.sweep.empty()) return;
  const auto point = scenarios::PointReader(reading, catalogue).study(reading.sweep.points.size() - 1);
  sim::Plan(point, catalogue).memory_of_run();
}

}  // namespace
}  // namespace clientele::tests

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    clientele::tests::read(clientele::tests::text_of(data, size));
  } catch (const clientele::sim::UserError&) {
  }
  return 0;
}
