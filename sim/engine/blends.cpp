// Two blends of one policy share a pair: a column is added up once for both.
#include "sim/engine/blends.hpp"

#include <algorithm>

namespace clientele::sim {

void Blends::enter(std::span<const BlendedCell> cells, const Study& study, std::size_t first_place,
                   std::size_t block_size, std::size_t counts) {
  const bool is_the_same = std::ranges::equal(cells, cells_) && first_place == first_place_;
  if (is_the_same) return;  // the room is as empty as before
  cells_.assign(cells.begin(), cells.end());
  first_place_ = first_place;
  pairs_.clear(), places_.clear(), sides_.clear();
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const Pair pair{cells[c].policy, cells[c].baseline};
    auto found = std::ranges::find(pairs_, pair);
    if (found == pairs_.end()) {
      sides_.resize(std::max({sides_.size(), pair.policy + 1, pair.baseline + 1}));
      places_.push_back({sides_[pair.policy].size(), sides_[pair.baseline].size()});
      for (const std::size_t arm : {pair.policy, pair.baseline}) {
        BlendSide& side = sides_[arm].emplace_back();
        for (auto* column : {&side.standing, &side.all}) column->resize(block_size);
        for (auto* sums : {&side.sums, &side.ahead}) sums->resize(channels * counts);
      }
      pairs_.push_back(pair);
      found = pairs_.end() - 1;
    }
    const auto of_twin = channels_of_twin(study.policies[cells[c].cell.policy].blend);
    auto of_baseline = of_twin;
    for (bool& takes : of_baseline) takes = !takes;
    const auto number = static_cast<std::size_t>(found - pairs_.begin());
    sides_[pair.policy][places_[number].policy].into.push_back({first_place + c, of_twin});
    sides_[pair.baseline][places_[number].baseline].into.push_back({first_place + c, of_baseline});
  }
}

}  // namespace clientele::sim
