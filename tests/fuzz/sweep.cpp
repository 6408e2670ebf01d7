// Any bytes are the points of a sweep or are refused in words; each point is a study.
#include "scenarios/sweep.hpp"

#include "models/catalogue.hpp"
#include "scenarios/point_reader.hpp"
#include "sim/core/check.hpp"
#include "tests/fuzz/file_of_bytes.hpp"

namespace clientele::tests {
namespace {

constexpr std::string_view study = R"([population]
customers = 100
[[policy]]
name = "today"
segmentation = "everyone"
)";

void read_points(const std::filesystem::path& file, const sim::Catalogue& catalogue) {
  const scenarios::Override option{"--sweep points.csv", "sweep", "{ file = \"" + file.string() + "\" }"};
  const auto stated = scenarios::read_study_text(study, "study.toml", "/nowhere", catalogue, {option});
  if (stated.sweep.empty()) return;
  const scenarios::PointReader points(stated, catalogue);
  points.study(0);
  points.study(stated.sweep.points.size() - 1);
}

}  // namespace
}  // namespace clientele::tests

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const clientele::sim::Catalogue catalogue = clientele::models::catalogue();
  const clientele::tests::FileOfBytes file(clientele::tests::text_of(data, size));
  try {
    clientele::tests::read_points(file.path(), catalogue);
  } catch (const clientele::sim::UserError&) {
  }
  return 0;
}
