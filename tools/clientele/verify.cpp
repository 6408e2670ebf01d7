// `clientele verify CUBE`: whether a cube is what it says, by its seal, the study that it carries, its ledgers, and on
// demand by simulating some of it again.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>

#include "models/catalogue.hpp"
#include "output/cube/identity.hpp"
#include "output/cube/reader.hpp"
#include "output/cube/same_cells.hpp"
#include "output/cube/wording.hpp"
#include "output/cube/writer.hpp"
#include "sim/core/printable.hpp"
#include "sim/plan.hpp"
#include "tools/clientele/job.hpp"
#include "tools/clientele/memory_room.hpp"
#include "tools/clientele/sizes.hpp"
#include "tools/clientele/stop_signals.hpp"
#include "tools/clientele/sweep/side_by_side.hpp"
#include "tools/clientele/verbs.hpp"
#include "tools/clientele/verify/carried_study.hpp"
#include "tools/clientele/verify/findings.hpp"
#include "tools/clientele/verify/integers.hpp"
#include "tools/clientele/verify/ledgers.hpp"
#include "tools/clientele/verify/parts.hpp"
#include "tools/clientele/verify/points.hpp"
#include "tools/clientele/verify/sample.hpp"

namespace clientele::tools {
namespace {

/// A folder of its own for the cube of the sample; it goes when this does.
class OwnFolder {
 public:
  OwnFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "clientele-verify-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr)
      throw sim::UserError("cannot make a folder in " + sim::file_in_quotes(std::filesystem::temp_directory_path()) +
                               " for the cells that are simulated again (TMPDIR says where else).",
                           sim::Exit::input_output);
    path_ = name;
  }
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;
  ~OwnFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Equal versions of a model give equal numbers; what another one made cannot be judged here.
void expect_own_model(const output::CubeReader& cube, const std::string& file) {
  const std::string made_by = cube.text("model_version");
  if (made_by == models::model_version) return;
  throw sim::UserError(sim::file_in_quotes(file) + " cannot be vouched for: its seal holds, but model " +
                       sim::printable(made_by) + " made it, and this clientele has model " +
                       std::string(models::model_version) +
                       ", whose numbers are others. Is there a clientele of that model (clientele version)?");
}

/// Adds what cells of the cube, at one of its points where it has some, come to when they are simulated again.
void simulate_again(const Job& job, const std::string& file, const output::CubeDetails& details,
                    const std::vector<sim::Cell>& cells, std::optional<std::size_t> point, Rerun& rerun) {
  check_memory(job.plan, job.options, Kept::in_memory);
  sim::MemorySink memory;
  if (!simulate_cells(job, cells, memory))
    throw sim::UserError("stopped early; nothing was kept.", sim::Exit::stopped_early);
  const OwnFolder folder;
  const std::filesystem::path sample = folder.path() / "sample.nc";
  output::write_cube(sample, output::Existing::refuse, job.plan.study(), job.plan.info(), memory.outcomes(), details);
  const output::SameCells compared = output::compare_cells(file, sample, cells, point);
  rerun.cells += cells.size();
  rerun.variables = std::max(rerun.variables, compared.variables);
  rerun.numbers += compared.numbers;
  for (const std::string& name : compared.differing)
    if (std::ranges::find(rerun.differing, name) == rerun.differing.end()) rerun.differing.push_back(name);
}

Rerun simulate_again(const Job& job, const output::CubeReader& cube, const std::string& file,
                     const output::CubeDetails& details, const std::string& asked) {
  const sim::CellAxes axes = cube.axes().of_cells();
  const std::size_t futures = futures_in(asked, axes.worlds());
  Rerun rerun{.futures = futures, .futures_of_all = axes.worlds()};
  simulate_again(job, file, details, sampled_cells(axes, cube.text("data_hash"), futures), {}, rerun);
  return rerun;
}

/// Futures of all points, as draws that stand behind each other.
Rerun simulate_points_again(const SweepJob& sweep, const output::CubeReader& cube, const std::string& file,
                            const std::string& asked) {
  sim::CellAxes axes = cube.axes().of_cells();
  const std::size_t draws = axes.draws;
  axes.draws *= cube.points().places();
  Rerun rerun{.futures = futures_in(asked, axes.worlds()), .futures_of_all = axes.worlds()};
  std::map<std::size_t, std::vector<sim::Cell>> by_point;
  for (sim::Cell cell : sampled_cells(axes, cube.data_hash_of_all_points(), rerun.futures)) {
    const std::size_t point = cell.draw / draws;
    cell.draw %= static_cast<std::uint32_t>(draws);
    by_point[point].push_back(cell);
  }
  for (const auto& [point, cells] : by_point) {
    const sim::Study study = sweep.studies.at(point);
    const sim::Plan plan(study, sweep.studies.catalogue());
    const Job job{plan, sweep.options, sweep.volume, sweep.stop};
    simulate_again(job, file, details_of(job), cells, point, rerun);
  }
  return rerun;
}

Findings facts_of(const output::CubeReader& cube, const std::string& file) {
  Findings findings{.file = file,
                    .format = cube.text("cube_format"),
                    .model = cube.text("model_version"),
                    .title = cube.text_or_empty("title"),
                    .study_digest = cube.text("study_digest"),
                    .data_hash = cube.text("data_hash")};
  findings.cells = cube.cells_done_at_all_points();
  findings.cells_of_all = cube.cells_of_all_points();
  return findings;
}

/// Why the study that a cube carries does not make it. A cube of an earlier format lacks what came later, and no more.
std::string stranger_of(const sim::Study& study, const sim::OutcomeInfo& info, const output::CubeReader& cube,
                        const std::string& file, const output::CubeDetails& details) {
  const std::string own = details.points.any() ? output::format_with_points : output::cube_format;
  const bool is_earlier = cube.text("cube_format") != own;
  std::string why;
  switch (output::standing_of(file, study, info, details, why)) {
    case output::Standing::same:
      return "";
    case output::Standing::same_cells:
      if (is_earlier && cube.text("study_digest") == study.digest) return "";
      [[fallthrough]];
    case output::Standing::smaller:
      return "the study that it carries makes a cube of another form or with more cells";
    default:
      return "the study that it carries makes another cube: " + why;
  }
}

/// A cube with points, point by point.
void look_at_points(const Job& job, output::CubeReader& cube, const std::string& file,
                    const std::filesystem::path& folder, const std::optional<std::string>& rerun, Findings& findings) {
  const scenarios::StudyReading reading{job.plan.study(), {}, sweep_in(cube), {file, folder, overrides_in(cube)}};
  const PointStudies studies(reading, job.plan.catalogue());
  output::CubeDetails details = details_of(job);
  const PlannedPoints planned = plan_points(studies, job.plan, details, job.options, job.stop);
  details.points = planned.points;
  findings.stranger = stranger_of(job.plan.study(), planned.info, cube, file, details);
  if (!findings.stranger.empty()) return;
  look_at_each_point(cube, studies, job.stop, findings);
  if (rerun)
    findings.rerun = simulate_points_again({studies, job.plan, job.options, job.volume, job.stop}, cube, file, *rerun);
}

}  // namespace

sim::Exit verify(const Words& words) {
  const StopSignals signals;
  const Arguments arguments(words, {{"rerun", 0, Option::Takes::value},
                                    {"folder", 0, Option::Takes::value, Option::Of::file},
                                    {"threads", 0, Option::Takes::value},
                                    {"quiet", 'q', Option::Takes::nothing},
                                    {"json", 0, Option::Takes::nothing}});
  const std::string file = arguments.only_word("CUBE");
  output::CubeReader cube(file);
  expect_own_model(cube, file);
  const sim::Catalogue catalogue = models::catalogue();
  const std::filesystem::path folder =
      arguments.value("folder").value_or(std::filesystem::path(file).parent_path().string());
  const sim::Study study = study_in(cube, file, folder, catalogue);
  const sim::Plan plan(study, catalogue);
  sim::RunOptions options;
  if (const auto threads = arguments.whole("threads", 1, 4096)) options.threads = static_cast<unsigned>(*threads);
  const Job job{plan, options, arguments.has("quiet") ? Talk::quiet : Talk::all, signals.token()};
  Findings findings = facts_of(cube, file);
  if (cube.points().any()) {
    look_at_points(job, cube, file, folder, arguments.value("rerun"), findings);
  } else if (const output::CubeDetails details = details_of(job);
             (findings.stranger = stranger_of(study, plan.info(), cube, file, details)).empty()) {
    look_at_ledgers(cube, plan.info(), study.money_quantum, findings);
    look_at_parts(cube, plan.info(), findings);
    look_at_integers(cube, plan.info(), study, findings);
    if (const auto asked = arguments.value("rerun")) findings.rerun = simulate_again(job, cube, file, details, *asked);
  }
  std::fputs((arguments.has("json") ? json_of(findings) : text_of(findings)).c_str(), stdout);
  return faults_of(findings).empty() ? sim::Exit::done : sim::Exit::differs;
}

}  // namespace clientele::tools
