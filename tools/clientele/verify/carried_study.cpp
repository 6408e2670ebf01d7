// Text and options stand in the cube; levels of the same money stand there too, since only outcomes tell them.
#include "tools/clientele/verify/carried_study.hpp"

#include <algorithm>
#include <sstream>

#include "output/cube/identity.hpp"
#include "scenarios/study_reader.hpp"
#include "sim/core/printable.hpp"
#include "sim/same_money.hpp"
#include "tools/clientele/study_options.hpp"

namespace clientele::tools {

namespace {

/// What a study with a sweep does by default.
bool sums_all_months(const output::CubeReader& cube) {
  const output::CubeReader::Axes& axes = cube.axes();
  return std::count(axes.run_off.begin(), axes.run_off.end(), false) == 1 && axes.months_summed.front() > 1;
}

/// A customer file is the user's, and a cube has only its name and digest.
sim::Study read(const output::CubeReader& cube, const std::filesystem::path& file, const std::filesystem::path& folder,
                const sim::Catalogue& catalogue) {
  const std::string customers = cube.text_or_empty("customer_file");
  if (!customers.empty() && !std::filesystem::exists(folder / customers))
    throw sim::UserError(sim::file_in_quotes(file) + " is of customers in a file, " + sim::in_quotes(customers, 200) +
                         ", which is not in " + sim::file_in_quotes(folder.empty() ? "." : folder) +
                         ". Where is it (--folder DIR)?");
  sim::Study study = scenarios::read_study_text(cube.study_text(), "study in " + sim::printable(file.string(), 200),
                                                folder, catalogue, overrides_in(cube), scenarios::Points::left_out)
                         .study;
  if (cube.points().any() && sums_all_months(cube)) study.output.months = sim::MonthsKept::total;
  return study;
}

}  // namespace

std::vector<scenarios::Override> overrides_in(const output::CubeReader& cube) {
  std::vector<std::string> options;
  std::istringstream lines(cube.text_or_empty("study_options"));
  for (std::string line; std::getline(lines, line);) options.push_back(line);
  return overrides_of_kept(options);
}

scenarios::Sweep sweep_in(const output::CubeReader& cube) {
  const output::CubePoints& points = cube.points();
  scenarios::Sweep sweep{.paths = points.paths, .units = points.units, .points = points.values};
  for (const auto& values : points.values) {
    auto& texts = sweep.texts.emplace_back();
    for (const double value : values) texts.push_back(sim::shortest_text(value));
  }
  return sweep;
}

sim::Study study_in(const output::CubeReader& cube, const std::filesystem::path& file,
                    const std::filesystem::path& folder, const sim::Catalogue& catalogue) {
  sim::Study study = read(cube, file, folder, catalogue);
  if (!sim::has_same_money(study)) return study;
  auto whole = output::with_levels_of(file, sim::with_room_for_same_money(study, catalogue));
  return whole ? std::move(*whole) : study;
}

}  // namespace clientele::tools
