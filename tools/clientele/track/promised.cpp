// Sums over tiers and groups of what a cube counts.
#include "tools/clientele/track/promised.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/check.hpp"

namespace clientele::tools {

const std::vector<Measure>& tracked_measures() {
  static const std::vector<Measure> all{{"revenue", "money", "revenue"},
                                        {"orders", "orders", "orders"},
                                        {"buyers", "customers", "buyers", false},
                                        {"newcomers", "customers", "arrivals"},
                                        {"on the books", "customers", "on_books", false}};
  return all;
}

namespace {

std::vector<std::vector<double>> futures_of(const std::vector<double>& values, std::size_t futures,
                                            std::size_t months) {
  std::vector<std::vector<double>> all(futures, std::vector<double>(months));
  const std::size_t parts = values.size() / (futures * months);
  for (std::size_t f = 0; f < futures; ++f)
    for (std::size_t m = 0; m < months; ++m) {
      const auto begin = values.begin() + static_cast<std::ptrdiff_t>((f * months + m) * parts);
      for (auto part = begin; part != begin + static_cast<std::ptrdiff_t>(parts); ++part)
        all[f][m] += std::isnan(*part) ? 0 : *part;  // a policy has fewer tiers than another
    }
  return all;
}

}  // namespace

Promised promised_in(const output::CubeReader& cube, std::size_t scenario, std::size_t policy) {
  const output::CubeReader::Axes& axes = cube.axes();
  const sim::CellAxes cells = axes.of_cells();
  Promised promised{.futures = cells.draws * cells.replications};
  for (std::uint32_t d = 0; d < cells.draws; ++d)
    for (std::uint32_t r = 0; r < cells.replications; ++r)
      if (!cube.done({static_cast<std::uint32_t>(scenario), static_cast<std::uint32_t>(policy), d, r}))
        throw sim::UserError(
            "the cube is not finished: not all futures of this policy are simulated. The same run goes "
            "on with it.",
            sim::Exit::bad_data);
  promised.months = static_cast<std::size_t>(std::count(axes.run_off.begin(), axes.run_off.end(), false));
  if (std::ranges::any_of(axes.months_summed, [](auto months) { return months != 1; }))
    throw sim::UserError(
        "the cube has sums of several months, and none of each. Was it made with output.months, or with "
        "a sweep? A run without them has each month.",
        sim::Exit::bad_data);
  const std::size_t all_months = axes.run_off.size();
  for (const Measure& measure : tracked_measures()) {
    promised.of_measure.emplace_back();
    if (std::ranges::find(cube.metrics(), measure.metric) == cube.metrics().end()) continue;
    promised.of_measure.back() =
        futures_of(cube.metric(measure.metric, scenario, policy), promised.futures, all_months);
  }
  return promised;
}

}  // namespace clientele::tools
