// Who begins to live together: blocks of the first base, and blocks of those who come later.
#pragma once
#include <span>
#include <vector>

#include "sim/engine/life.hpp"
#include "sim/engine/worlds.hpp"

namespace clientele::sim {

/// Those who begin to live together: a block of the base, or newcomers of one group in the order of their births.
struct Start {
  std::uint32_t group = 0;
  const BlockPlan* plan = nullptr;  ///< of the base, or none
  std::vector<Newcomer> newcomers;
};

/// Those whom blocks have brought and who do not live yet, by group.
class Brought {
 public:
  void add(std::uint32_t group, std::span<const Newcomer> newcomers);

 private:
  friend class Starts;
  std::vector<std::vector<Newcomer>> by_group_;
};

class Starts {
 public:
  Starts(const Program& program, std::size_t block_size, std::uint64_t customers_of_portion)
      : program_(&program), block_size_(block_size), base_(program.study(), block_size, customers_of_portion) {}

  std::size_t blocks_of_base() const { return base_.plans().size(); }
  std::size_t block_size() const { return block_size_; }

  /// The base of a world in blocks, then its organic arrivals in blocks.
  std::vector<Start> of(const Lineup& lineup) const;
  /// The same, by portion.
  std::vector<std::vector<Start>> of(const Lineup& lineup, std::span<const Portion> portions) const;
  /// Takes those who are born until a month, in as few blocks as hold them: who is born later fills the last one up.
  std::vector<Start> of(Brought& brought, int upto) const;

  int month(const Start& start) const {
    return start.plan != nullptr ? program_->first_month() : start.newcomers.front().born;
  }
  void create(Life& life, Block& block, const Start& start) const;

 private:
  void add(std::vector<Start>& list, std::uint32_t group, std::span<const Newcomer> newcomers) const;

  const Program* program_;
  std::size_t block_size_;
  Base base_;
};

}  // namespace clientele::sim
