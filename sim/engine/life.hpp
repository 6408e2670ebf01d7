// A worker's simulator: it takes a block, brings it to a month, and takes it through steps. One per thread.
#pragma once
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "sim/engine/blends.hpp"
#include "sim/engine/block.hpp"
#include "sim/engine/latent.hpp"
#include "sim/engine/program.hpp"
#include "sim/engine/resolve.hpp"
#include "sim/engine/watching.hpp"
#include "sim/random/ids.hpp"
#include "sim/run.hpp"

namespace clientele::sim {

/// Arms of one world that live side by side, and what the world has decided so far.
struct Lineup {
  std::vector<Cell> cells;    ///< one per arm
  std::size_t delivered = 0;  ///< so many of them are asked for; those that others look at stand behind these
  WorldLuck luck;
  std::shared_ptr<const Resolved> resolved;
  /// [step][arm]
  std::vector<std::vector<Decision>> decisions;
  std::vector<BlendedCell> blended = {};  ///< all of them are asked for; in tallies they stand behind all arms

  std::size_t counted() const { return cells.size() + blended.size(); }
  /// A cell that is asked for, and its place in tallies.
  struct Asked {
    Cell cell;
    std::size_t place = 0;
    bool is_blend = false;
  };
  std::vector<Asked> asked() const {
    std::vector<Asked> all;
    for (std::size_t arm = 0; arm < delivered; ++arm) all.push_back({cells[arm], arm});
    for (std::size_t b = 0; b < blended.size(); ++b) all.push_back({blended[b].cell, cells.size() + b, true});
    return all;
  }
};

/// What arms say at a meeting: [arm] of sums and of maxima, one after the other.
struct Voices {
  std::vector<std::vector<std::int64_t>> sums, maxima;
  void open(std::span<const VoiceSize> sizes);
  void join(const Voices& other);
  Voice of(std::size_t arm) { return {sums[arm], maxima[arm]}; }
};

class Life {
 public:
  Life(const Program& program, const RunOptions& options, std::size_t max_arms);
  Life(const Life&) = delete;  // arms point to their month
  Life& operator=(const Life&) = delete;

  static std::size_t block_bytes(const Layout& layout, std::size_t block_size, std::size_t arms) {
    return (layout.traits + arms * layout.states) * bytes_of_column(block_size);
  }

  void enter_lineup(const Lineup& lineup);

  /// New customers of one group in the order of their births, at most a block of them, in the memory that the block
  /// has. They begin with the month of the earliest birth; the traits of all are drawn at once, and who is not born yet
  /// takes no time.
  void create(Block& block, std::span<const Newcomer> newcomers);

  /// Takes a block through moments of its life, in order; moments before the block's own beginning are left out.
  void simulate(Block& block, std::span<const Moment> moments, Tally& tally);

  /// What a block says in a round of the meeting before `moment`. Round 0 follows `simulate` at once.
  void measure(Block& block, const Moment& moment, int round, std::span<const std::uint8_t> open_arms, Voices& voices);

  /// Customers whom the block has brought since; born next month or later.
  std::vector<Newcomer> take_newcomers() { return std::exchange(newcomers_, {}); }

  const Variates& variates() const { return month_.variates_; }

 private:
  void bind(Block& block);
  void enter_month(Program::Month month, Tally* tally);
  void set_aside();
  void put_back();
  void refresh_levers();
  void enter_stage(Stage stage) { month_.open_.enter(program_->layout(), stage); }
  void spoil_scratch();
  void reset_effects(bool carried_too);
  void take_step(const Moment& moment);
  void take_watched_step(const Moment& moment);
  void look_for_watched();
  Watching::Rooms rooms() const;
  void start(int month);
  void sort_into_classes();
  void fork();
  void enter_policy(const Arm& arm);
  void widen_to(std::size_t customers);
  void remember_first_states();
  void take_first_states(std::size_t first, std::size_t behind);
  void let_be_born(int month);
  void replace_the_gone(const Arm& arm, std::span<const std::int32_t> was_active);
  void replace(std::uint64_t leaver);
  void take_standing();
  void open_ledgers();
  void forget_the_gone();
  void mark_reached(const Arm& arm, int month);
  void mark_review(const Arm& arm, int month);
  void measure_classes(Block& block, int round, Voices& voices);
  void review(const Moment& moment);
  void review_reached(const Arm& arm, const Moment& moment, std::span<std::int32_t> assigned);
  void move_unknown(const Arm& arm);
  void review_before(const Arm& arm, const Moment& moment, std::span<std::int32_t> assigned);
  std::int32_t tiers_before(const Arm& arm) const;
  template <class Look>
  void while_seen(std::uint32_t policy, const Arm& arm, const Look& look);
  void count_moves(const Arm& arm, std::span<const std::int32_t> assigned) const;
  void count_misplaced(int month) const;
  void tell_moves(const Arm& arm, std::span<const std::int32_t> assigned) const;
  /// Of one customer under review: what a rule tells of its score, or what the customer stands by.
  using Told = void (Segmentation::*)(const BlockMonth&, const Arm&, const Decision&, std::size_t,
                                      std::vector<Segmentation::ScorePart>&) const;
  std::vector<std::vector<Change>> scores_of(std::size_t customer, const Moment& moment,
                                             Told told = &Segmentation::tell_score);
  void read_standing(const Moment& moment);
  void tell_reviewed(const Arm& arm, std::span<const std::int32_t> assigned) const;
  std::uint32_t known_tiers(const Arm& arm, std::size_t first, std::size_t number) const;
  void tell_progress(const Arm& arm);
  void read_out() const;
  void refuse_exits(const Arm& arm) const;
  void let_go_before(const Arm& arm) const;
  void hold_told_tiers();
  void exits();
  void arrivals();
  void arrange(std::span<std::uint64_t> arms);
  std::byte* states_of(std::size_t arm) const;
  /// Of a month after the horizon, the first of which is 0.
  std::size_t months_beyond(int month) const {
    return static_cast<std::size_t>(month - program_->study().horizon.months);
  }
  void part_channels();
  void take_channels();
  void add_blends(Tally& tally);
  std::size_t present_arms(int month) const { return month < 0 ? 1 : lineup_->cells.size(); }

  const Program* program_;
  std::size_t block_size_, column_bytes_;
  BlockMonth month_;
  Memory passing_, common_;
  Memory aside_;  ///< a block as it is when the horizon ends, while what is open is settled
  struct {
    bool holds = false;
    std::size_t customers = 0, width = 0;
  } set_aside_;
  std::vector<std::int64_t> warmup_cells_;
  std::vector<std::int32_t> scratch_, reached_, held_;  ///< of a block, within one step
  std::vector<std::vector<float>> settings_;            ///< of the month, by arm
  /// What a lever's column holds from its beginning on, as far as it is the same for all tiers: [arm][lever].
  struct Filled {
    std::uint32_t word = 0;
    std::size_t width = 0;
  };
  std::vector<Filled> filled_;
  const Lineup* lineup_ = nullptr;
  Block* block_ = nullptr;
  std::span<const Newcomer> being_born_;
  std::vector<Newcomer> newcomers_;
  bool levers_stale_ = true;
  Scratch scratch_memory_;
  std::optional<LatentColumns> exchanged_;  ///< in reviews, where that is asked for
  std::uint32_t garbage_ = 0;
  std::optional<Watching> watching_;
  const Readout* readout_ = nullptr;  ///< where somebody reads customers one by one
  Blends blends_;
  const StandingReadout* standing_ = nullptr;
};

}  // namespace clientele::sim
