// Cells are read once, some at a time, and laid into every variable; then every box is read back.
#include "output/cube_writer.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <span>
#include <utility>

#include "output/cube_dimensions.hpp"
#include "output/cube_identity.hpp"
#include "output/cube_variables.hpp"
#include "output/cube_words.hpp"
#include "output/hash.hpp"
#include "output/hdf5.hpp"
#include "output/seal.hpp"
#include "sim/core/check.hpp"

namespace clientele::output {

using sim::Cell;
using sim::CellOutcome;
using sim::expects;
using sim::OutcomeInfo;
using sim::Study;

namespace {

constexpr std::uint64_t chunk_elements = (1 << 20) / sizeof(double);

/// A programmer's promise: what is written is of the study that it is said to be of.
void check_source(const Source& source) {
  const auto& [study, info, outcomes, details] = source;
  expects(info.groups == study.population.groups.size(), "a cube has the groups of its study");
  expects(info.months > 0 && info.tiers > 0 && info.groups > 0, "a cube has months, tiers and groups");
  expects(!has_parameters(source) || details.parameter_values.size() == draws_of(study), "every draw has values");
  for (const auto& values : details.parameter_values)
    expects(values.empty() || values.size() == study.uncertain.size(), "every uncertain parameter has a value");
  for (const sim::Policy& policy : study.policies)
    expects(tiers_of(policy) <= info.tiers, "a cube has room for every tier");
}

void check_outcome(const Source& source, const CellOutcome& outcome) {
  const OutcomeInfo& info = source.info;
  expects(outcome.counts.size() == info.months * info.tiers * info.groups * info.metrics.size() &&
              outcome.histograms.size() == info.histograms.size(),
          "an outcome has the size that its study implies");
  for (std::size_t h = 0; h < info.histograms.size(); ++h)
    expects(outcome.histograms[h].size() == info.histograms[h].months.size() * info.groups,
            "a histogram has bins by named month and group");
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

/// Visits the pieces into which a grid of chunks cuts a box, in the order in which they lie.
template <class Visit>
void for_each_piece(const Box& whole, const Extent& chunk, const Visit& visit) {
  const std::size_t axes = chunk.size();
  Box piece{whole.start, Extent(axes)};
  const auto end = [&](std::size_t axis) { return whole.start[axis] + whole.count[axis]; };
  for (;;) {
    for (std::size_t a = 0; a < axes; ++a) {
      const std::uint64_t next = (piece.start[a] / chunk[a] + 1) * chunk[a];
      piece.count[a] = std::min(next, end(a)) - piece.start[a];
    }
    visit(piece);
    std::size_t axis = axes;
    while (axis-- > 0) {
      piece.start[axis] += piece.count[axis];
      if (piece.start[axis] < end(axis)) break;
      piece.start[axis] = whole.start[axis];
      if (axis == 0) return;
    }
  }
}

/// Some cells of one (scenario, policy), in memory; those that were not lived are empty.
struct Window {
  Box cells;  ///< four axes
  std::vector<std::optional<CellOutcome>> outcomes;

  const std::optional<CellOutcome>& at(std::uint64_t draw, std::uint64_t replication) const {
    return outcomes[(draw - cells.start[2]) * cells.count[3] + replication - cells.start[3]];
  }
};

void add_to(Hash& hash, const CellOutcome& outcome) {
  const Cell& cell = outcome.cell;
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

std::uint64_t checksum_of(std::span<const double> values) {
  return output::checksum_of({reinterpret_cast<const char*>(values.data()), values.size_bytes()});
}

/// The variables of cells, all open at once: every cell that is read goes into each of them.
class CellWriter {
 public:
  CellWriter(Hdf5Writer& file, const Dimensions& dimensions, const std::vector<Variable>& variables) {
    for (const Variable& variable : variables) {
      const Extent extent = dimensions.extent(variable.axes), chunk = chunk_of(extent);
      Column& column =
          columns_.emplace_back(Column{variable, extent, chunk, file.make_chunked(variable.name, extent, chunk), {}});
      for (const auto& [name, text] : variable.texts)
        if (!text.empty()) column.dataset.attribute(name, text);
      dimensions.attach(column.dataset, variable.axes);
    }
  }

  void write(const Window& window) {
    for (Column& column : columns_) {
      Box box{Extent(column.extent.size(), 0), column.extent};
      std::copy(window.cells.start.begin(), window.cells.start.end(), box.start.begin());
      std::copy(window.cells.count.begin(), window.cells.count.end(), box.count.begin());
      for_each_piece(box, column.chunk, [&](const Box& piece) { write_piece(column, window, piece); });
    }
  }

  /// What was written, by variable: for the reading back, once the file is closed.
  struct Written {
    Box box;
    std::uint64_t checksum = 0;
  };
  std::vector<std::pair<std::string, std::vector<Written>>> take_written() {
    std::vector<std::pair<std::string, std::vector<Written>>> all;
    for (Column& column : columns_) all.emplace_back(column.variable.name, std::move(column.written));
    return all;
  }

 private:
  struct Column {
    const Variable& variable;
    Extent extent, chunk;
    Hdf5Dataset dataset;
    std::vector<Written> written;
  };

  void write_piece(Column& column, const Window& window, const Box& piece) {
    values_.assign(elements_of(piece.count), std::numeric_limits<double>::quiet_NaN());
    const std::size_t of_cell = values_.size() / (piece.count[2] * piece.count[3]);
    std::size_t at = 0;
    for (std::uint64_t d = 0; d < piece.count[2]; ++d)
      for (std::uint64_t r = 0; r < piece.count[3]; ++r, at += of_cell)
        if (const auto& outcome = window.at(piece.start[2] + d, piece.start[3] + r))
          column.variable.fill(*outcome, piece, std::span(values_).subspan(at, of_cell));
    column.dataset.write_box(piece.start, piece.count, values_);
    column.written.push_back({piece, checksum_of(values_)});
  }

  std::vector<Column> columns_;
  std::vector<double> values_;
};

using Written = std::vector<std::pair<std::string, std::vector<CellWriter::Written>>>;

void stop_if_asked(const std::stop_token& stop) {
  if (stop.stop_requested()) throw sim::UserError("stopped early.", sim::Exit::stopped_early);
}

/// As many cells as a chunk of a metric has: what is read at once is then written at once.
Extent window_size(const Source& source) {
  Extent extent = extent_of_cells(source.study);
  extent.insert(extent.end(), {source.info.months, source.info.tiers, source.info.groups});
  Extent chunk = chunk_of(extent);
  chunk.resize(4);
  return chunk;
}

/// Cells go by in cell order, so that the hash of the data comes from the same reading.
std::string write_cells(CellWriter& writer, const Source& source, const std::stop_token& stop) {
  Hash hash;
  for_each_piece({Extent(4, 0), extent_of_cells(source.study)}, window_size(source), [&](const Box& cells) {
    stop_if_asked(stop);
    Window window{cells, {}};
    for (std::uint64_t d = 0; d < cells.count[2]; ++d)
      for (std::uint64_t r = 0; r < cells.count[3]; ++r) {
        const Cell cell{static_cast<std::uint32_t>(cells.start[0]), static_cast<std::uint32_t>(cells.start[1]),
                        static_cast<std::uint32_t>(cells.start[2] + d), static_cast<std::uint32_t>(cells.start[3] + r)};
        auto& outcome = window.outcomes.emplace_back();
        if (!source.outcomes.contains(cell)) continue;
        outcome = source.outcomes.read(cell);
        check_outcome(source, *outcome);
        add_to(hash, *outcome);
      }
    writer.write(window);
  });
  return hash.hex();
}

/// What a disk gives back is what counts.
void compare(const Hdf5Reader& file, const Written& written, const std::filesystem::path& path,
             const std::stop_token& stop) {
  for (const auto& [name, boxes] : written) {
    const Hdf5Dataset dataset = file.dataset(name);
    for (const CellWriter::Written& part : boxes) {
      stop_if_asked(stop);
      if (checksum_of(dataset.read_box(part.box.start, part.box.count)) == part.checksum) continue;
      throw sim::UserError("\"" + path.string() + "\" does not hold what was written (variable \"" + name +
                               "\"; the file was removed). Is the disk sound?",
                           sim::Exit::input_output);
    }
  }
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
  bool complete = true;
  for_each_piece({Extent(4, 0), extent_of_cells(source.study)}, Extent(4, 1), [&](const Box& one) {
    const Cell cell{static_cast<std::uint32_t>(one.start[0]), static_cast<std::uint32_t>(one.start[1]),
                    static_cast<std::uint32_t>(one.start[2]), static_cast<std::uint32_t>(one.start[3])};
    complete = complete && source.outcomes.contains(cell);
  });
  return complete;
}

/// Identity first; what vouches for the content last.
Written write_file(Hdf5Writer& file, const Source& source, const std::stop_token& stop) {
  const HistogramAxes axes = histogram_axes(source);
  const std::vector<Variable> variables = all_variables(source, axes);
  Written written;
  std::string data;
  write_identity(file, source);
  write_luck(file, source.study);
  {
    Dimensions dimensions(file);
    add_dimensions(dimensions, source, axes);
    write_descriptions(file, dimensions, source, axes);
    write_keys(file, dimensions, source);
    CellWriter writer(file, dimensions, variables);
    data = write_cells(writer, source, stop);
    written = writer.take_written();
  }
  const bool complete = is_complete(source);
  if (complete && !source.details.keys.world.empty())
    file.attribute("made_from", made_from(source.study, source.info, source.details));
  file.attribute("data_hash", data);
  file.attribute("complete", static_cast<std::int32_t>(complete ? 1 : 0));
  file.close();
  return written;
}

}  // namespace

void write_cube(const std::filesystem::path& path, Existing existing, const Study& study, const OutcomeInfo& info,
                const OutcomeSource& outcomes, const CubeDetails& details, const std::stop_token& stop) {
  const Source source{study, info, outcomes, details};
  check_source(source);
  DurableFile durable(path, existing);
  Written written;
  {
    Hdf5Writer file(durable.temporary(), path.string());
    written = write_file(file, source, stop);
  }
  {
    const Hdf5Reader file(durable.temporary(), {path.string(), Hdf5Place::Use::writing});
    compare(file, written, path, stop);
  }
  durable.write(seal_of(durable.temporary()));
  durable.commit();
}

void write_cube(const std::filesystem::path& path, Existing existing, const Study& study, const OutcomeInfo& info,
                const Outcomes& outcomes, const CubeDetails& details) {
  for (const auto& [cell, outcome] : outcomes)
    expects(cell.scenario < study.scenarios.size() && cell.policy < study.policies.size() &&
                cell.draw < draws_of(study) && cell.replication < study.replications,
            "a cell belongs to its study");
  write_cube(path, existing, study, info, OutcomesInMemory(outcomes), details);
}

std::string data_hash(const Outcomes& outcomes) {
  Hash hash;
  for (const auto& [cell, outcome] : outcomes) add_to(hash, outcome);
  return hash.hex();
}

}  // namespace clientele::output
