// A cell is the first four axes of a variable, behind that of points; a box of one cell is read from both files and
// compared bit by bit.
#include "output/cube/same_cells.hpp"

#include <algorithm>
#include <bit>

#include "output/cube/seal.hpp"
#include "output/cube/wording.hpp"
#include "output/hdf5/hdf5.hpp"

namespace clientele::output {

namespace {

constexpr std::size_t axes_of_a_cell = 4;

bool is_of_cells(const Hdf5Dataset& variable, const Extent& cells) {
  const Extent extent = variable.extent();
  return variable.holds(Element::float64) && extent.size() >= axes_of_a_cell &&
         std::equal(cells.begin(), cells.end(), extent.begin());
}

std::vector<double> numbers_of(const Hdf5Dataset& variable, const sim::Cell& cell, std::optional<std::size_t> point) {
  Extent start{cell.scenario, cell.policy, cell.draw, cell.replication}, count = variable.extent();
  if (point) start.insert(start.begin(), *point);
  std::fill_n(count.begin(), start.size(), 1);
  start.resize(count.size(), 0);
  return variable.read_box(start, count);
}

/// The same numbers along another axis of bins, which is longer: empty where there is none.
std::vector<double> with_bins(const std::vector<double>& numbers, const std::vector<std::int32_t>& bins,
                              const std::vector<std::int32_t>& wanted) {
  if (bins == wanted || bins.empty()) return numbers;
  std::vector<double> all;
  for (std::size_t row = 0; row < numbers.size() / bins.size(); ++row)
    for (const std::int32_t bin : wanted) {
      const auto place = static_cast<std::size_t>(std::ranges::find(bins, bin) - bins.begin());
      const double missing =
          numbers[row * bins.size()] == numbers[row * bins.size()] ? 0.0 : numbers[row * bins.size()];
      all.push_back(place < bins.size() ? numbers[row * bins.size() + place] : missing);
    }
  return all;
}

std::vector<std::int32_t> bins_of(const Hdf5Reader& file) {
  return file.has("bin") ? file.dataset("bin").read_integers() : std::vector<std::int32_t>();
}

bool are_same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return std::ranges::equal(
      a, b, {}, [](double x) { return std::bit_cast<std::uint64_t>(x); },
      [](double x) { return std::bit_cast<std::uint64_t>(x); });
}

}  // namespace

SameCells compare_cells(const std::filesystem::path& cube, const std::filesystem::path& sample,
                        const std::vector<sim::Cell>& cells, std::optional<std::size_t> point) {
  check_seal(cube);
  check_seal(sample);
  const Hdf5Reader there(cube), again(sample);
  const Extent axes = again.dataset("done").extent();
  const std::vector<std::int32_t> bins = bins_of(there), bins_again = bins_of(again);
  SameCells compared;
  const std::string format = there.text_attribute("cube_format");
  const bool is_earlier = format != cube_format && format != format_with_points;
  for (const std::string& name : again.datasets()) {
    const Hdf5Dataset ours = again.dataset(name);
    if (!is_of_cells(ours, axes) || (is_earlier && !there.has(name))) continue;
    ++compared.variables;
    bool is_same = there.has(name);
    for (std::size_t c = 0; is_same && c < cells.size(); ++c) {
      std::vector<double> numbers = numbers_of(ours, cells[c], {});
      if (name.starts_with("histogram_")) numbers = with_bins(numbers, bins_again, bins);
      compared.numbers += numbers.size();
      is_same = are_same_bits(numbers, numbers_of(there.dataset(name), cells[c], point));
    }
    if (!is_same) compared.differing.push_back(name);
  }
  return compared;
}

}  // namespace clientele::output
