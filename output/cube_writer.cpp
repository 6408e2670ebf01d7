// One list of variables, written box by box and then read back box by box.
#include "output/cube_writer.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <span>
#include <utility>

#include "output/cube_dimensions.hpp"
#include "output/cube_variables.hpp"
#include "output/cube_words.hpp"
#include "output/hash.hpp"
#include "output/hdf5.hpp"
#include "output/seal.hpp"
#include "sim/core/check.hpp"

namespace clientele::output {

using sim::Cell;
using sim::expects;
using sim::OutcomeInfo;
using sim::Study;

namespace {

constexpr std::uint64_t chunk_elements = (1 << 20) / sizeof(double);

/// A programmer's promise: outcomes fit the study that they are said to be of.
void check_source(const Source& source) {
  const auto& [study, info, outcomes, details] = source;
  const std::size_t counts = info.months * info.tiers * info.groups * info.metrics.size();
  expects(info.groups == study.population.groups.size(), "a cube has the groups of its study");
  expects(info.months > 0 && info.tiers > 0 && info.groups > 0, "a cube has months, tiers and groups");
  expects(!has_parameters(source) || details.parameter_values.size() == draws_of(study), "every draw has values");
  for (const auto& values : details.parameter_values)
    expects(values.empty() || values.size() == study.uncertain.size(), "every uncertain parameter has a value");
  for (const sim::Policy& policy : study.policies)
    expects(tiers_of(policy) <= info.tiers, "a cube has room for every tier");
  for (const auto& [cell, outcome] : outcomes) {
    expects(cell.scenario < study.scenarios.size() && cell.policy < study.policies.size() &&
                cell.draw < draws_of(study) && cell.replication < study.replications,
            "a cell belongs to its study");
    expects(outcome.counts.size() == counts && outcome.histograms.size() == info.histograms.size(),
            "an outcome has the size that its study implies");
    for (std::size_t h = 0; h < info.histograms.size(); ++h)
      expects(outcome.histograms[h].size() == info.histograms[h].months.size() * info.groups,
              "a histogram has bins by named month and group");
  }
}

/// One (scenario, policy) with as much of the other axes as a chunk holds, outer axes cut first.
Extent chunk_of(const Extent& extent) {
  Extent chunk(extent.size(), 1);
  std::uint64_t room = chunk_elements;
  for (std::size_t axis = extent.size(); axis-- > 2;) {
    chunk[axis] = std::clamp<std::uint64_t>(room, 1, extent[axis]);
    room /= chunk[axis];
  }
  return chunk;
}

template <class Visit>
void for_each_box(const Extent& extent, const Extent& chunk, const Visit& visit) {
  Box box{Extent(extent.size(), 0), {}};
  for (;;) {
    box.count.clear();
    for (std::size_t a = 0; a < extent.size(); ++a) box.count.push_back(std::min(chunk[a], extent[a] - box.start[a]));
    visit(box);
    std::size_t axis = extent.size();
    while (axis-- > 0) {
      box.start[axis] += chunk[axis];
      if (box.start[axis] < extent[axis]) break;
      box.start[axis] = 0;
      if (axis == 0) return;
    }
  }
}

/// A box lies in one (scenario, policy); its cells follow each other.
void fill_box(const Variable& variable, const Box& box, std::vector<double>& values) {
  values.assign(elements_of(box.count), std::numeric_limits<double>::quiet_NaN());
  const std::size_t of_cell = values.size() / (box.count[2] * box.count[3]);
  std::size_t at = 0;
  for (std::uint64_t d = 0; d < box.count[2]; ++d)
    for (std::uint64_t r = 0; r < box.count[3]; ++r, at += of_cell) {
      const Cell cell{static_cast<std::uint32_t>(box.start[0]), static_cast<std::uint32_t>(box.start[1]),
                      static_cast<std::uint32_t>(box.start[2] + d), static_cast<std::uint32_t>(box.start[3] + r)};
      variable.fill(cell, box, std::span(values).subspan(at, of_cell));
    }
}

void write_variable(Hdf5Writer& file, const Dimensions& dimensions, const Variable& variable) {
  const Extent extent = dimensions.extent(variable.axes), chunk = chunk_of(extent);
  Hdf5Dataset dataset = file.make_chunked(variable.name, extent, chunk);
  for (const auto& [name, text] : variable.texts)
    if (!text.empty()) dataset.attribute(name, text);
  dimensions.attach(dataset, variable.axes);
  std::vector<double> values;
  for_each_box(extent, chunk, [&](const Box& box) {
    fill_box(variable, box, values);
    dataset.write_box(box.start, box.count, values);
  });
}

/// What a disk gives back is what counts.
void compare_variable(const Hdf5Reader& file, const Variable& variable, const std::filesystem::path& path) {
  const Hdf5Dataset dataset = file.dataset(variable.name);
  const Extent extent = dataset.extent();
  std::vector<double> values;
  for_each_box(extent, chunk_of(extent), [&](const Box& box) {
    fill_box(variable, box, values);
    const std::vector<double> there = dataset.read_box(box.start, box.count);
    if (std::memcmp(values.data(), there.data(), values.size() * sizeof(double)) != 0)
      throw sim::UserError("\"" + path.string() + "\" does not hold what was written (variable \"" + variable.name +
                               "\"; the file was removed). Is the disk sound?",
                           sim::Exit::input_output);
  });
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
  text("cube_format", cube_format);
  text("model_version", source.details.model_version);
  text("study_digest", study.digest);
  text("currency", study.currency);
  file.attribute("money_quantum", study.money_quantum);
  text("baseline", study.policies.at(study.baseline).name);
  text("headline", study.headline);
}

void write_luck(Hdf5Writer& file, const Study& study) {
  file.attribute("seed", static_cast<double>(study.seed));
  file.attribute("seed_meaning", meaning_of_seed());
  file.attribute("luck", name_of(study.luck));
  file.attribute("luck_meaning", meaning_of(study.luck));
  file.attribute("people", name_of(study.population.people));
  file.attribute("people_meaning", meaning_of(study.population.people));
  file.attribute("customers", static_cast<double>(study.population.customers));
  file.attribute("warmup", static_cast<std::int32_t>(study.horizon.warmup));
  if (!study.population.file) return;
  file.attribute("customer_file", study.population.file->name);
  file.attribute("customer_file_digest", study.population.file->digest);
}

bool is_complete(const Source& source) {
  const Study& study = source.study;
  const std::size_t cells = study.scenarios.size() * study.policies.size() * draws_of(study) * study.replications;
  return source.outcomes.size() == cells;
}

/// Identity first; what vouches for the content last.
void write_file(Hdf5Writer& file, const Source& source, const HistogramAxes& axes,
                const std::vector<Variable>& variables) {
  write_identity(file, source);
  write_luck(file, source.study);
  {
    Dimensions dimensions(file);
    add_dimensions(dimensions, source, axes);
    write_descriptions(file, dimensions, source, axes);
    for (const Variable& variable : variables) write_variable(file, dimensions, variable);
  }
  file.attribute("data_hash", data_hash(source.outcomes));
  file.attribute("complete", static_cast<std::int32_t>(is_complete(source) ? 1 : 0));
  file.close();
}

}  // namespace

void write_cube(const std::filesystem::path& path, Existing existing, const Study& study, const OutcomeInfo& info,
                const Outcomes& outcomes, const CubeDetails& details) {
  const Source source{study, info, outcomes, details};
  check_source(source);
  const HistogramAxes axes = histogram_axes(source);
  const std::vector<Variable> variables = all_variables(source, axes);
  DurableFile durable(path, existing);
  {
    Hdf5Writer file(durable.temporary(), path.string());
    write_file(file, source, axes, variables);
  }
  {
    const Hdf5Reader file(durable.temporary(), {path.string(), Hdf5Place::Use::writing});
    for (const Variable& variable : variables) compare_variable(file, variable, path);
  }
  durable.write(seal_of(durable.temporary()));
  durable.commit();
}

std::string data_hash(const Outcomes& outcomes) {
  Hash hash;
  for (const auto& [cell, outcome] : outcomes) {
    for (const std::uint32_t number : {cell.scenario, cell.policy, cell.draw, cell.replication})
      hash.add(std::int64_t{number});
    hash.add(outcome.counts);
    for (const auto& histogram : outcome.histograms)
      for (const auto& bins : histogram) {
        hash.add(static_cast<std::int64_t>(bins.size()));
        for (const sim::HistogramBin& bin : bins)
          for (const std::int64_t number : {std::int64_t{bin.bin}, bin.customers, bin.sum}) hash.add(number);
      }
  }
  return hash.hex();
}

}  // namespace clientele::output
