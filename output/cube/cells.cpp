// Chunks that a window fills are filtered by many hands; HDF5, which has one, gets them in a fixed order.
#include "output/cube/cells.hpp"

#include <algorithm>
#include <atomic>
#include <limits>
#include <optional>
#include <span>
#include <utility>

#include "output/cube/data_hash.hpp"
#include "output/cube/grid.hpp"
#include "output/files/hash.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

using sim::Cell;
using sim::CellOutcome;
using sim::expects;
using sim::OutcomeInfo;

namespace {

void check_outcome(const Source& source, const CellOutcome& outcome) {
  const OutcomeInfo& info = source.info;
  expects(outcome.counts.size() == info.counts() && outcome.beyond.size() == info.counts_beyond() &&
              outcome.flows.size() == info.flows() && outcome.by_age.size() == info.by_age() &&
              outcome.histograms.size() == info.histograms.size(),
          "an outcome has the size that its study implies");
  for (std::size_t h = 0; h < info.histograms.size(); ++h)
    expects(outcome.histograms[h].size() == info.histograms[h].months.size() * info.groups,
            "a histogram has bins by named month and group");
}

/// Some cells of one (scenario, policy), in memory; those that were not simulated are empty.
struct Window {
  Box cells;  ///< point, scenario, policy, draw, replication
  std::vector<std::optional<CellOutcome>> outcomes;

  const std::optional<CellOutcome>& at(std::uint64_t point, std::uint64_t draw, std::uint64_t replication) const {
    const std::uint64_t row = (point - cells.start[0]) * cells.count[3] + draw - cells.start[3];
    return outcomes[row * cells.count[4] + replication - cells.start[4]];
  }
};

/// Visits what a box has of cells: point, draw and replication within it.
template <class Visit>
void for_each_cell(const Box& box, const Visit& visit) {
  for (std::uint64_t p = box.start[0]; p < box.start[0] + box.count[0]; ++p)
    for (std::uint64_t d = box.start[3]; d < box.start[3] + box.count[3]; ++d)
      for (std::uint64_t r = box.start[4]; r < box.start[4] + box.count[4]; ++r) visit(p, d, r);
}

std::uint64_t checksum_of(std::span<const double> values) {
  return output::checksum_of({reinterpret_cast<const char*>(values.data()), values.size_bytes()});
}

/// A variable that is open, and what of it is being written.
struct Column {
  const Variable& variable;
  std::size_t axes_left_out;  ///< at the front, which the file has not: the one of points, where there are none
  Extent extent, chunk;
  Hdf5Dataset dataset;
  std::vector<WrittenBox> written;

  /// One piece of a window, ready to be handed to HDF5: a chunk that is filtered already, or plain values.
  struct Piece {
    Box box;
    bool is_chunk = false;
    FilteredChunk filtered_chunk;
    std::vector<double> values;
  };
  std::vector<Piece> pieces;

  Extent in_file(const Extent& of_all) const {
    return {of_all.begin() + static_cast<std::ptrdiff_t>(axes_left_out), of_all.end()};
  }
  Box in_file(const Box& box) const { return {in_file(box.start), in_file(box.count)}; }
};

/// Whether a piece holds all of its chunk that lies within the variable.
bool fills_chunk(const Column& column, const Box& piece) {
  for (std::size_t a = 0; a < piece.start.size(); ++a)
    if (piece.start[a] % column.chunk[a] != 0 ||
        piece.count[a] != std::min(column.chunk[a], column.extent[a] - piece.start[a]))
      return false;
  return true;
}

Column::Piece piece_of(const Column& column, const Window& window, const Box& box) {
  std::vector<double> values(elements_of(box.count), std::numeric_limits<double>::quiet_NaN());
  const std::size_t of_cell = values.size() / (box.count[0] * box.count[3] * box.count[4]);
  std::size_t at = 0;
  for_each_cell(box, [&](std::uint64_t point, std::uint64_t draw, std::uint64_t replication) {
    if (const auto& outcome = window.at(point, draw, replication))
      column.variable.fill(*outcome, point, box, std::span(values).subspan(at, of_cell));
    at += of_cell;
  });
  return {box, false, {}, std::move(values)};
}

/// All pieces of a window for one variable. A chunk is cut along one axis, and whole in all axes within that: where it
/// juts out of the variable, only its end is missing.
void prepare(Column& column, const Window& window) {
  Box box{Extent(column.extent.size(), 0), column.extent};
  std::copy(window.cells.start.begin(), window.cells.start.end(), box.start.begin());
  std::copy(window.cells.count.begin(), window.cells.count.end(), box.count.begin());
  for_each_piece(box, column.chunk, [&](const Box& part) {
    Column::Piece& piece = column.pieces.emplace_back(piece_of(column, window, part));
    piece.is_chunk = fills_chunk(column, part);
    column.written.push_back({column.in_file(part), piece.is_chunk, checksum_of(piece.values)});
    piece.box = column.in_file(part);
    if (!piece.is_chunk) return;
    piece.values.resize(elements_of(column.chunk), std::numeric_limits<double>::quiet_NaN());
    piece.filtered_chunk = filtered(piece.values);
    piece.values = std::vector<double>();  // = {} would keep the memory, of all variables at the same time
  });
}

void write_pieces(Column& column) {
  for (const Column::Piece& piece : column.pieces)
    if (piece.is_chunk)
      column.dataset.write_chunk(piece.box.start, piece.filtered_chunk);
    else
      column.dataset.write_box(piece.box.start, piece.box.count, piece.values);
  column.pieces.clear();
}

std::vector<Column> columns_of(Hdf5Writer& file, const Dimensions& dimensions, const std::vector<Variable>& variables,
                               bool has_points) {
  std::vector<Column> columns;
  for (const Variable& variable : variables) {
    const Extent there = dimensions.extent(variable.axes);
    const std::size_t left_out = has_points ? 0 : 1;
    Extent extent(left_out, 1);
    extent.insert(extent.end(), there.begin(), there.end());
    const Extent chunk = chunk_of(extent),
                 chunk_there(chunk.begin() + static_cast<std::ptrdiff_t>(left_out), chunk.end());
    Column& column = columns.emplace_back(
        Column{variable, left_out, extent, chunk, file.make_chunked(variable.name, there, chunk_there), {}, {}});
    for (const auto& [name, text] : variable.texts)
      if (!text.empty()) column.dataset.attribute(name, text);
    dimensions.attach(column.dataset, variable.axes);
  }
  return columns;
}

void stop_if_asked(const std::stop_token& stop) {
  if (stop.stop_requested()) throw sim::UserError("stopped early.", sim::Exit::stopped_early);
}

Window read_window(const Source& source, const Box& cells) {
  Window window{cells, {}};
  for_each_cell(cells, [&](std::uint64_t point, std::uint64_t draw, std::uint64_t replication) {
    const Cell cell{static_cast<std::uint32_t>(cells.start[1]), static_cast<std::uint32_t>(cells.start[2]),
                    static_cast<std::uint32_t>(draw), static_cast<std::uint32_t>(replication)};
    auto& outcome = window.outcomes.emplace_back();
    if (!source.outcomes.contains(cell, point)) return;
    outcome = source.outcomes.read(cell, point);
    check_outcome(source, *outcome);
  });
  return window;
}

/// All cells, arm by arm: what a chunk of several windows has of an arm is written while it is at hand.
template <class Visit>
void for_each_window(const Source& source, const Visit& visit) {
  const Extent all = extent_of_cells(source), window = window_size(source);
  for (std::uint64_t scenario = 0; scenario < all[1]; ++scenario)
    for (std::uint64_t policy = 0; policy < all[2]; ++policy)
      for_each_piece({{0, scenario, policy, 0, 0}, {all[0], 1, 1, all[3], all[4]}}, window, visit);
}

/// Chunks come from HDF5 one after the other as they are stored, and are unfolded by many hands.
bool are_there(const Hdf5Dataset& dataset, const Extent& chunk, std::span<const WrittenBox> boxes, sim::Team& team) {
  std::vector<FilteredChunk> stored(boxes.size());
  for (std::size_t b = 0; b < boxes.size(); ++b) {
    const WrittenBox& box = boxes[b];
    if (box.is_chunk)
      stored[b] = dataset.read_chunk(box.box.start);
    else if (checksum_of(dataset.read_box(box.box.start, box.box.count)) != box.checksum)
      return false;
  }
  std::atomic<bool> all = true;
  team.for_each(boxes.size(), 1, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t b = begin; b < end; ++b) {
      if (!boxes[b].is_chunk) continue;
      const auto values = unfiltered(stored[b], elements_of(chunk));
      if (!values || checksum_of(std::span(*values).first(elements_of(boxes[b].box.count))) != boxes[b].checksum)
        all = false;
    }
  });
  return all;
}

}  // namespace

WrittenCells write_cells(Hdf5Writer& file, const Dimensions& dimensions, const Source& source,
                         const std::vector<Variable>& variables, sim::Team& team, const std::stop_token& stop) {
  std::vector<Column> columns = columns_of(file, dimensions, variables, source.has_points());
  WrittenCells all;
  std::vector<DataHash> hashes(source.details.points.places());
  for_each_window(source, [&](const Box& cells) {
    stop_if_asked(stop);
    const Window window = read_window(source, cells);
    for_each_cell(cells, [&](std::uint64_t point, std::uint64_t draw, std::uint64_t replication) {
      if (const auto& outcome = window.at(point, draw, replication))
        hashes[point].add(*outcome);
      else
        all.complete = false;
    });
    team.for_each(columns.size(), 1, [&](std::size_t begin, std::size_t end, unsigned) {
      for (std::size_t c = begin; c < end; ++c) prepare(columns[c], window);
    });
    for (Column& column : columns) write_pieces(column);
  });
  for (Column& column : columns)
    all.variables.push_back({column.variable.name, column.chunk, std::move(column.written)});
  for (const DataHash& hash : hashes) all.hashes_of_points.push_back(hash.hex());
  all.data_hash = source.has_points() ? data_hash(all.hashes_of_points) : all.hashes_of_points.front();
  return all;
}

void read_back(const Hdf5Reader& file, const WrittenCells& written, const std::filesystem::path& path, sim::Team& team,
               const std::stop_token& stop) {
  const std::size_t together = 4 * team.workers();
  for (const WrittenVariable& variable : written.variables) {
    const Hdf5Dataset dataset = file.dataset(variable.name);
    for (std::size_t from = 0; from < variable.boxes.size(); from += together) {
      stop_if_asked(stop);
      const auto some = std::span(variable.boxes).subspan(from, std::min(together, variable.boxes.size() - from));
      if (are_there(dataset, variable.chunk, some, team)) continue;
      throw sim::UserError(sim::file_in_quotes(path) + " does not hold what was written (variable \"" + variable.name +
                               "\"; the file was removed). Is the disk sound?",
                           sim::Exit::input_output);
    }
  }
}

}  // namespace clientele::output
