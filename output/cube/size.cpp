// The few cells that were simulated are stored as the cube would store them, in memory.
#include "output/cube/size.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "output/cube/grid.hpp"
#include "output/cube/variables.hpp"
#include "output/cube/wording.hpp"
#include "output/records/record.hpp"

namespace clientele::output {

namespace {

/// Labels, descriptions and the study's text; measured on cubes of 0.1 to 0.5 MB.
constexpr std::uint64_t beside_numbers = 60'000;
/// Per variable: attributes and the index of its chunks.
constexpr std::uint64_t beside_variable = 1'500;

/// Per point: its keys and digests, and the hash of its cells while they are written. Measured.
constexpr std::uint64_t beside_point = 2'000;

constexpr std::uint64_t of_chunk = 1 << 20;

/// What HDF5 touches of its own code, and what it keeps of an open variable. Measured.
constexpr std::uint64_t code_of_hdf5 = 3'000'000, open_variable = 32'000;

/// Bins of a histogram that many customers occupy. Measured.
constexpr double bins_of_many = 192;

/// Bins that the histograms of a cell hold in all. So many customers as there are bins occupy two thirds of them.
std::uint64_t bins_of_cell(const sim::Study& study, const sim::OutcomeInfo& info) {
  const double customers = static_cast<double>(study.population.customers);
  double by_group = 0, months = 0;
  for (const sim::Group& group : study.population.groups)
    by_group += bins_of_many * -std::expm1(-customers * group.share / bins_of_many);
  for (const sim::HistogramInfo& histogram : info.histograms) months += static_cast<double>(histogram.months.size());
  return static_cast<std::uint64_t>(months * by_group);
}

/// Places of a cell in a variable, on the axes behind those of cells.
Extent inner_of(const Source& source, const Variable& variable, const HistogramAxes& axes) {
  Extent inner;
  for (std::size_t a = cell_axes(source).size(); a < variable.axes.size(); ++a) {
    const std::string& axis = variable.axes[a];
    inner.push_back(axis == "month"             ? source.selection.months.size()
                    : axis == "month_beyond"    ? source.info.months_beyond
                    : axis == horizon_axis      ? source.info.horizon()
                    : axis.starts_with("tier")  ? source.info.tiers  // and tier_to
                    : axis == "group"           ? source.selection.groups.size()
                    : axis == groups_axis       ? source.info.groups / source.info.classes
                    : axis == classes_axis      ? source.info.groups
                    : axis == all_months_axis   ? source.info.months + source.info.months_beyond
                    : axis == "age"             ? source.info.ages
                    : axis == "histogram_month" ? axes.months.size()
                                                : axes.bins.size());
  }
  return inner;
}

/// Numbers of a cell in each variable but histograms, whose bins show later.
std::vector<std::uint64_t> places_of_a_cell(const sim::Study& study, const sim::OutcomeInfo& info,
                                            const std::vector<std::string>& summed) {
  const Outcomes none;
  const OutcomesInMemory outcomes(none);
  const CubeDetails details{.summed = summed};
  const Source source{study, info, outcomes, details, selection_of(study, info)};
  sim::Study of_one_world = study;  // no cell has a bin yet, and there may be more cells than fit into memory
  of_one_world.draws = of_one_world.replications = 1;
  const HistogramAxes axes = histogram_axes({of_one_world, info, outcomes, details, source.selection});
  std::vector<std::uint64_t> places;
  for (const Variable& variable : all_variables(source, axes))
    if (variable.axes.back() != "bin") places.push_back(elements_of(inner_of(source, variable, axes)));
  return places;
}

/// What a cell of the whole population has more of than the simulated cell has of `scale` times fewer customers: a
/// number that is `scale` times as large has so many more bytes that do not compress.
double bytes_of_scale(double scale) { return std::log2(scale) / 8; }

/// Bytes of all simulated cells of a variable. Each is filtered alone: cells of a world share its luck and so many
/// numbers, but a chunk has cells of other worlds beside each other.
double stored(const Variable& variable, const Extent& inner, const Outcomes& simulated, double scale) {
  constexpr std::size_t too_few_to_filter = 16;
  Box box{Extent(axes_before_months + inner.size(), 0), Extent(axes_before_months, 1)};
  box.count.insert(box.count.end(), inner.begin(), inner.end());
  std::vector<double> values(elements_of(inner));
  double bytes = 0;
  for (const auto& [cell, outcome] : simulated) {
    std::ranges::fill(values, std::numeric_limits<double>::quiet_NaN());
    variable.fill(outcome, 0, box, values);
    const auto numbers = std::ranges::count_if(values, [](double v) { return v != 0 && !std::isnan(v); });
    const std::size_t alone = values.size() * sizeof(double);
    bytes += static_cast<double>(values.size() < too_few_to_filter ? alone : filtered(values).bytes.size()) +
             static_cast<double>(numbers) * bytes_of_scale(scale);
  }
  return bytes;
}

}  // namespace

FileSizes file_sizes(const sim::Study& study, const sim::OutcomeInfo& info, const Outcomes& simulated, double scale,
                     const std::vector<std::string>& summed) {
  const OutcomesInMemory outcomes(simulated);
  const CubeDetails details{.summed = summed};
  const Source source{study, info, outcomes, details, selection_of(study, info)};
  const HistogramAxes axes = histogram_axes(source);
  const double cells = static_cast<double>(sim::cell_axes_of(study).cells()) /
                       static_cast<double>(std::max<std::size_t>(1, simulated.size()));
  double cube = static_cast<double>(beside_numbers + study.text.size()), records = 0;
  for (const Variable& variable : all_variables(source, axes))
    cube += static_cast<double>(beside_variable) +
            cells * stored(variable, inner_of(source, variable, axes), simulated, scale);
  for (const auto& [cell, outcome] : simulated) records += static_cast<double>(record_of({}, outcome, info).size());
  return {static_cast<std::uint64_t>(cube), static_cast<std::uint64_t>(cells * records)};
}

std::uint64_t bytes_of_numbers(const sim::Study& study, const sim::OutcomeInfo& info,
                               const std::vector<std::string>& summed) {
  std::uint64_t places = 0;
  for (const std::uint64_t of_variable : places_of_a_cell(study, info, summed)) places += of_variable;
  return 8 * sim::cell_axes_of(study).cells() * places;
}

std::uint64_t memory_of_outcome(const sim::Study& study, const sim::OutcomeInfo& info) {
  return 8 * std::uint64_t{info.counts() + info.counts_beyond() + info.flows() + info.by_age()} +
         bins_of_cell(study, info) * sizeof(sim::HistogramBin) + 256;
}

std::uint64_t memory_of_writing(const sim::Study& study, const sim::OutcomeInfo& info, unsigned workers,
                                const std::vector<std::string>& summed, std::size_t points) {
  const Outcomes none;
  const OutcomesInMemory outcomes(none);
  CubeDetails details;
  details.points.values.resize(points);
  const std::size_t places = details.points.places();
  const Extent window = window_size({study, info, outcomes, details, selection_of(study, info)});
  const std::uint64_t cells =
      std::min<std::uint64_t>(places * sim::cell_axes_of(study).worlds(), window[0] * window[3] * window[4]);
  const std::vector<std::uint64_t> variables = places_of_a_cell(study, info, summed);
  std::uint64_t numbers = 0;
  for (const std::uint64_t of_variable : variables) numbers += std::min(8 * cells * of_variable, of_chunk);
  const std::uint64_t library = code_of_hdf5 + (variables.size() + 2 * info.histograms.size()) * open_variable;
  const std::uint64_t index = 96 * places * sim::cell_axes_of(study).cells() + points * beside_point;
  const std::uint64_t of_histograms = 2 * 8 * cells * bins_of_cell(study, info);  // bins that are 0 deflate to nothing
  return library + index + cells * memory_of_outcome(study, info) + numbers + of_histograms + 2 * of_chunk * workers;
}

}  // namespace clientele::output
