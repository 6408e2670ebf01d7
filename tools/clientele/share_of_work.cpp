// A lineup's number is its share's, and the numbers of its portions follow (sim/shares.hpp).
#include "tools/clientele/share_of_work.hpp"

#include <algorithm>

namespace clientele::tools {

std::vector<sim::Cell> cells_of_share(const sim::Plan& plan, const sim::RunOptions& options,
                                      const std::vector<sim::Cell>& cells) {
  return cells_of_share(sim::cell_axes_of(plan.study()), options, plan.portions(options).size(), cells);
}

std::vector<sim::Cell> cells_of_share(const sim::CellAxes& axes, const sim::RunOptions& options, std::size_t portions,
                                      const std::vector<sim::Cell>& cells) {
  const sim::Share& share = options.share;
  if (share.of == 1 || share.numbers == sim::Share::Numbers::of_list) return cells;
  std::vector<sim::Cell> ours;
  for (const sim::Cell& cell : cells) {
    const std::uint64_t lineup = sim::number_of_lineup(axes, cell, options.arms_together);
    const std::uint64_t until_ours = (share.number + share.of - lineup % share.of) % share.of;
    if (until_ours < std::max<std::size_t>(1, portions)) ours.push_back(cell);
  }
  return ours;
}

double part_of_cells(const sim::Plan& plan, const sim::RunOptions& options) {
  const auto portions = plan.portions(options).size();
  return portions == 0 ? 1 : 1 / static_cast<double>(std::min<std::uint64_t>(portions, options.share.of));
}

std::set<std::uint64_t> shares_of(const sim::Plan& plan, const sim::RunOptions& options, const sim::Cell& cell,
                                  std::uint64_t of, const std::vector<sim::Portion>& portions) {
  const std::uint64_t lineup = sim::number_of_lineup(sim::cell_axes_of(plan.study()), cell, options.arms_together);
  const std::vector<sim::Portion> all = plan.portions(options);
  std::set<std::uint64_t> shares;
  if (all.empty()) shares.insert(lineup % of);
  for (std::size_t p = 0; p < all.size(); ++p)
    if (portions.empty() || std::ranges::find(portions, all[p]) != portions.end()) shares.insert((lineup + p) % of);
  return shares;
}

}  // namespace clientele::tools
