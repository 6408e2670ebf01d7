// A hash orders the futures: nobody can know before a cube is made which of its cells are going to be looked at.
#include "tools/clientele/verify/sample.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "output/files/hash.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::tools {

std::size_t futures_in(const std::string& asked, std::size_t of_all) {
  double number = 0;
  const char* const end = asked.data() + asked.size();
  const auto [rest, problem] = std::from_chars(asked.data(), end, number);
  const std::string behind(rest, end);
  const bool is_share = behind == "%" || behind == " %";
  const bool is_number = behind.empty() && number == std::floor(number);
  if (problem != std::errc() || !(is_share || is_number) || !(number > 0) || (is_share && number > 100))
    throw sim::UserError(
        "--rerun " + sim::printable(asked) + " is no share of the futures and no number of them. Expected: 1%, or 3.",
        sim::Exit::usage);
  const double futures = is_share ? std::ceil(number / 100 * static_cast<double>(of_all)) : number;
  return std::clamp<std::size_t>(static_cast<std::size_t>(std::min(futures, 1e15)), 1, of_all);
}

std::vector<sim::Cell> sampled_cells(const sim::CellAxes& axes, const std::string& fingerprint, std::size_t futures) {
  std::vector<std::pair<std::string, std::size_t>> ordered;
  for (std::size_t world = 0; world < axes.worlds(); ++world) {
    output::Hash hash;
    hash.add(fingerprint);
    hash.add(static_cast<std::int64_t>(world));
    ordered.emplace_back(hash.hex(), world);
  }
  std::ranges::sort(ordered);
  ordered.resize(std::min(futures, ordered.size()));
  std::vector<sim::Cell> cells;
  for (const auto& [unused, world] : ordered)
    for (std::uint32_t scenario = 0; scenario < axes.scenarios; ++scenario)
      for (std::uint32_t policy = 0; policy < axes.policies; ++policy)
        cells.push_back({scenario, policy, static_cast<std::uint32_t>(world / axes.replications),
                         static_cast<std::uint32_t>(world % axes.replications)});
  std::ranges::sort(cells);
  return cells;
}

}  // namespace clientele::tools
