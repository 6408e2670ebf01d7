// Identity, axes, cells; then the file is read back, sealed and named.
#include "output/cube/writer.hpp"

#include "output/cube/cells.hpp"
#include "output/cube/dimensions.hpp"
#include "output/cube/identity.hpp"
#include "output/cube/seal.hpp"
#include "output/cube/variables.hpp"
#include "output/cube/wording.hpp"
#include "output/hdf5/hdf5.hpp"
#include "sim/core/check.hpp"

namespace clientele::output {

using sim::expects;
using sim::OutcomeInfo;
using sim::Study;

namespace {

/// A programmer's promise: what is written is of the study that it is said to be of.
void check_source(const Source& source) {
  const auto& [study, info, outcomes, details, selection] = source;
  expects(info.groups == study.population.groups.size() * info.classes, "a cube has the groups of its study");
  expects(info.months > 0 && info.tiers > 0 && info.groups > 0, "a cube has months, tiers and groups");
  expects(!has_parameters(source) || details.parameter_values.size() == sim::cell_axes_of(study).draws,
          "every draw has values");
  for (const auto& values : details.parameter_values)
    expects(values.empty() || values.size() == study.uncertain.size(), "every uncertain parameter has a value");
  for (const auto& values : details.points.values)
    expects(values.size() == details.points.paths.size(), "a point has a value for each path");
  expects(!source.has_points() || details.points.keys.size() == details.points.places(), "every point has keys");
  for (const sim::Policy& policy : study.policies)
    expects(tiers_of(policy) <= info.tiers, "a cube has room for every tier");
}

void write_identity(Hdf5Writer& file, const Source& source) {
  const Study& study = source.study;
  const auto text = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) file.attribute(name, value);
  };
  text("Conventions", "CF-1.10");
  text("title", study.title);
  text("question", study.question);
  text("source", "clientele");
  text("cube_format", source.has_points() ? format_with_points : cube_format);
  text("readable_by", std::string("clientele ") +
                          (source.has_points() ? first_program_of_points : first_program_of_format) + " or later");
  text("model_version", source.details.model_version);
  text("study_digest", study.digest);
  std::string options;
  for (const std::string& option : study.options) options += (options.empty() ? "" : "\n") + option;
  text("study_options", options);
  text("currency", study.currency);
  file.attribute("money_quantum", study.money_quantum);
  text("baseline", study.policies.at(study.baseline).name);
  text("headline", study.headline);
  text("kpis_beside", in_lines(study.kpis));
  text("zero_metrics", in_lines(source.selection.zero));
}

void write_people(Hdf5Writer& file, const Source& source) {
  const Study& study = source.study;
  const sim::Population& population = study.population;
  file.attribute("people", name_of(population.people));
  file.attribute("people_meaning", meaning_of(population.people));
  file.attribute("customers", static_cast<double>(population.customers));
  file.attribute("warmup", static_cast<std::int32_t>(study.horizon.warmup));
  file.attribute("replacement", name_of(population.replacement));
  file.attribute("arrivals", name_of(population.arrivals));
  file.attribute("arrivals_meaning", meaning_of(population.arrivals));
  if (!source.details.beginning.empty()) file.attribute("beginning", source.details.beginning);
  if (!population.file) return;
  file.attribute("customer_file", population.file->name);
  file.attribute("customer_file_digest", population.file->digest);
}

void write_luck(Hdf5Writer& file, const Study& study) {
  file.attribute("seed", static_cast<double>(study.seed));
  file.attribute("seed_meaning", meaning_of_seed());
  file.attribute("luck", name_of(study.luck));
  file.attribute("luck_meaning", meaning_of(study.luck));
}

/// Identity first; what vouches for the content last.
WrittenCells write_file(Hdf5Writer& file, const Source& source, sim::Team& team, const std::stop_token& stop) {
  const HistogramAxes axes = histogram_axes(source);
  const std::vector<Variable> variables = all_variables(source, axes);
  WrittenCells written;
  write_identity(file, source);
  write_luck(file, source.study);
  write_people(file, source);
  {
    Dimensions dimensions(file);
    add_dimensions(dimensions, source, axes);
    write_descriptions(file, dimensions, source, axes);
    write_keys(file, dimensions, source);
    write_coordinates(file, dimensions);
    written = write_cells(file, dimensions, source, variables, team, stop);
    if (source.has_points()) dimensions.describe(points_axis, "data_hashes", in_lines(written.hashes_of_points));
  }
  if (written.complete && !source.details.keys.world.empty())
    file.attribute("made_from", made_from(source.study, source.info, source.details));
  file.attribute("data_hash", written.data_hash);
  file.attribute("complete", static_cast<std::int32_t>(written.complete ? 1 : 0));
  file.close();
  return written;
}

}  // namespace

void write_cube(const std::filesystem::path& path, Existing existing, const Study& study, const OutcomeInfo& info,
                const OutcomeSource& outcomes, const CubeDetails& details, sim::Team& team,
                const std::stop_token& stop) {
  const Source source{study, info, outcomes, details, selection_of(study, info)};
  check_source(source);
  DurableFile durable(path, existing);
  WrittenCells written;
  {
    Hdf5Writer file(durable.temporary(), path.string());
    written = write_file(file, source, team, stop);
  }
  {
    const Hdf5Reader file(durable.temporary(), {path.string(), Hdf5Place::Use::writing});
    read_back(file, written, path, team, stop);
  }
  durable.write(seal_of(durable.temporary()));
  durable.commit();
}

void write_cube(const std::filesystem::path& path, Existing existing, const Study& study, const OutcomeInfo& info,
                const Outcomes& outcomes, const CubeDetails& details) {
  for (const auto& [cell, outcome] : outcomes)
    expects(sim::cell_axes_of(study).have(cell), "a cell belongs to its study");
  const auto team = sim::make_team(sim::Engine::threads, 1);
  write_cube(path, existing, study, info, OutcomesInMemory(outcomes), details, *team);
}

}  // namespace clientele::output
