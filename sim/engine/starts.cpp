// Cuts those who begin to live into blocks.
#include "sim/engine/starts.hpp"

#include <algorithm>

namespace clientele::sim {

std::vector<Start> Starts::of(const Lineup& lineup) const {
  std::vector<Start> list;
  for (const BlockPlan& plan : base_.plans()) list.push_back({plan.group, &plan, {}});
  const auto arrivals = organic_arrivals(*program_, lineup);
  for (std::uint32_t group = 0; group < arrivals.size(); ++group) add(list, group, arrivals[group]);
  return list;
}

std::vector<std::vector<Start>> Starts::of(const Lineup& lineup, std::span<const Portion> portions) const {
  if (portions.size() == 1) return {of(lineup)};
  std::vector<std::vector<Start>> lists(portions.size());
  for (const BlockPlan& plan : base_.plans()) lists[plan.portion].push_back({plan.group, &plan, {}});
  const auto arrivals = organic_arrivals(*program_, lineup);
  for (std::size_t p = 0; p < portions.size(); ++p) {
    if (portions[p].of != Portion::Of::arrivals) continue;
    for (std::uint32_t group = 0; group < arrivals.size(); ++group) {
      const auto from = std::ranges::lower_bound(arrivals[group], portions[p].begin, {}, &Newcomer::born);
      const auto to = std::ranges::lower_bound(arrivals[group], portions[p].end, {}, &Newcomer::born);
      add(lists[p], group, std::span(from, to));
    }
  }
  return lists;
}

void Brought::add(std::uint32_t group, std::span<const Newcomer> newcomers) {
  if (newcomers.empty()) return;
  if (by_group_.size() <= group) by_group_.resize(group + 1);
  by_group_[group].insert(by_group_[group].end(), newcomers.begin(), newcomers.end());
}

std::vector<Start> Starts::of(Brought& brought, int upto) const {
  std::vector<Start> list;
  for (std::uint32_t group = 0; group < brought.by_group_.size(); ++group) {
    auto& waiting = brought.by_group_[group];
    std::ranges::stable_sort(waiting, {}, &Newcomer::born);
    const auto due = std::ranges::upper_bound(waiting, upto, {}, &Newcomer::born) - waiting.begin();
    const std::size_t blocks = (static_cast<std::size_t>(due) + block_size_ - 1) / block_size_;
    const std::size_t taken = std::min(blocks * block_size_, waiting.size());
    add(list, group, std::span(waiting).first(taken));
    waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(taken));
  }
  return list;
}

void Starts::add(std::vector<Start>& list, std::uint32_t group, std::span<const Newcomer> newcomers) const {
  for (std::size_t from = 0; from < newcomers.size(); from += block_size_) {
    const auto some = newcomers.subspan(from, std::min(block_size_, newcomers.size() - from));
    list.push_back({group, nullptr, {some.begin(), some.end()}});
  }
}

void Starts::create(Life& life, Block& block, const Start& start) const {
  block.group = start.group;
  if (start.plan == nullptr)
    life.create(block, start.newcomers);
  else
    life.create(block, base_.newcomers(program_->study(), *start.plan));
}

}  // namespace clientele::sim
