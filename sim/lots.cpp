// Loops over those who spend: few do in a month, and most of what they spend ends soon.
#include "sim/lots.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "sim/core/check.hpp"

namespace clientele::sim {

LotsOfArm::LotsOfArm(const Arm& arm, const Lots& lots, int month)
    : ahead_(arm.ahead_of(month, lots.by_end)),
      depth_(arm.depth(lots.by_end)),
      by_end_(arm.all(lots.by_end)),
      endless_(arm[lots.endless]),
      debt_(arm[lots.debt]) {}

std::int32_t& LotsOfArm::cell(std::int32_t months_left, std::size_t customer) const {
  if (months_left == never) return endless_[customer];
  expects(months_left >= 0 && months_left < depth_, "a lot ends within the ring of its ledger");
  return by_end_[static_cast<std::size_t>(ahead_.cell(months_left, static_cast<std::int32_t>(customer)))];
}

void LotsOfArm::add(std::span<const std::int32_t> amount, std::span<const std::int32_t> months_valid) const {
  for (std::size_t i = 0; i < amount.size(); ++i) {
    if (amount[i] == 0) continue;
    const std::int32_t paid = std::min(debt_[i], amount[i]);
    debt_[i] -= paid;
    cell(months_valid[i], i) += amount[i] - paid;
  }
}

void LotsOfArm::spend(std::span<const std::int32_t> wanted, std::span<std::int32_t> taken) const {
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    taken[i] = 0;
    const auto take = [&](std::int32_t& lot) {
      const std::int32_t some = std::min(lot, wanted[i] - taken[i]);
      lot -= some;
      taken[i] += some;
    };
    for (std::int32_t left = 0; left < depth_ && taken[i] < wanted[i]; ++left) take(cell(left, i));
    if (taken[i] < wanted[i]) take(endless_[i]);
  }
}

void LotsOfArm::take_back(std::span<const std::int32_t> amount, std::span<const std::int32_t> months_left,
                          std::span<std::int32_t> taken) const {
  for (std::size_t i = 0; i < amount.size(); ++i) {
    taken[i] = 0;
    if (amount[i] == 0) continue;
    const auto take = [&](std::int32_t& lot) {
      const std::int32_t some = std::min(lot, amount[i] - taken[i]);
      lot -= some;
      taken[i] += some;
    };
    take(cell(months_left[i], i));
    take(endless_[i]);
    for (std::int32_t left = depth_ - 1; left >= 0 && taken[i] < amount[i]; --left) take(cell(left, i));
    debt_[i] += amount[i] - taken[i];
  }
}

void LotsOfArm::end_month(std::span<std::int32_t> ended) const {
  for (std::size_t i = 0; i < ended.size(); ++i) ended[i] = std::exchange(cell(0, i), 0);
}

void LotsOfArm::bring_forward(std::span<const std::int32_t> months, std::int32_t earliest) const {
  for (std::size_t i = 0; i < months.size(); ++i) {
    if (months[i] <= 0) continue;
    for (std::int32_t left = earliest + 1; left < depth_; ++left)
      cell(std::max(left - months[i], earliest), i) += std::exchange(cell(left, i), 0);
  }
}

void LotsOfArm::end_at_latest(std::span<const std::int32_t> months_left, std::int32_t of_endless) const {
  for (std::size_t i = 0; i < months_left.size(); ++i) {
    if (endless_[i] != 0) cell(of_endless, i) += std::exchange(endless_[i], 0);
    if (months_left[i] == never) continue;
    for (std::int32_t left = months_left[i] + 1; left < depth_; ++left)
      cell(months_left[i], i) += std::exchange(cell(left, i), 0);
  }
}

void LotsOfArm::sum_by_age(std::span<const std::int32_t> months_valid, std::span<std::int64_t> amounts) const {
  std::ranges::fill(amounts, 0);
  const bool is_one = std::ranges::adjacent_find(months_valid, std::ranges::not_equal_to{}) == months_valid.end();
  const std::int32_t all = is_one && !months_valid.empty() ? months_valid.front() : never;
  for (std::int32_t left = 0; left < depth_; ++left) {
    const std::int32_t* const lot = by_end_.data() + ahead_.cell(left, 0);
    if (!is_one) {
      for (std::size_t i = 0; i < months_valid.size(); ++i)
        if (lot[i] != 0 && months_valid[i] >= left) amounts[static_cast<std::size_t>(months_valid[i] - left)] += lot[i];
      continue;
    }
    if (all < left) continue;
    std::int64_t sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::size_t i = 0; i < months_valid.size(); ++i) sum += lot[i];
    amounts[static_cast<std::size_t>(all - left)] = sum;
  }
}

void LotsOfArm::forfeit(std::span<const std::int32_t> marked, std::span<std::int32_t> ended) const {
  for (std::size_t i = 0; i < ended.size(); ++i) {
    ended[i] = 0;
    if (marked[i] == 0) continue;
    for (std::int32_t left = 0; left < depth_; ++left) ended[i] += std::exchange(cell(left, i), 0);
    ended[i] += std::exchange(endless_[i], 0);
  }
}

std::int32_t& LotsOfArm::lot(std::int32_t months_left, std::size_t customer) const {
  return cell(months_left, customer);
}

void LotsOfArm::clear(std::size_t customer) const {
  for (std::int32_t left = 0; left < depth_; ++left) cell(left, customer) = 0;
  endless_[customer] = 0;
}

}  // namespace clientele::sim
