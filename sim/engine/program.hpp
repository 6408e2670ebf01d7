// What is wired once per run: behaviors, memory layout, the steps of a month, each policy's segmentation, drivers by
// month.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/cells.hpp"
#include "sim/classes.hpp"
#include "sim/segmentation.hpp"
#include "sim/study.hpp"

namespace clientele::sim {

struct Resolved;

/// A moment of a life: step `step` of month `month`.
struct Moment {
  int month = 0;
  std::uint32_t step = 0;
  MonthKind kind = MonthKind::usual;
};

/// A step of the month as the engine takes it. The first of all is `start`, which the catalogue does not name.
struct ProgramStep {
  enum class Kind { start, behavior, review, exits, arrivals };
  Kind kind = Kind::start;
  const Behavior* behavior = nullptr;
  const Catalogue::Step* named = nullptr;
  const Signal* signal = nullptr;
};

class Program {
 public:
  Program(const Study& study, const Catalogue& catalogue);

  const Study& study() const { return *study_; }
  const Catalogue& catalogue() const { return *catalogue_; }
  const Layout& layout() const { return layout_; }
  const CoreColumns& core() const { return core_; }
  const std::vector<std::unique_ptr<Behavior>>& behaviors() const { return behaviors_; }
  const Segmentation& segmentation(std::uint32_t policy) const { return *segmentations_[policy]; }
  /// Whether customers go on in a policy's tiers where the baseline has left them (sim/goes_on.hpp).
  bool goes_on(std::uint32_t policy) const { return goes_on_[policy] != 0; }
  const std::vector<ProgramStep>& steps() const { return steps_; }

  int first_month() const { return -study_->horizon.warmup; }
  /// Every month of a life: those of the horizon, then those that settle what is open, then the closed ones, which
  /// begin where the horizon ends.
  struct Month {
    int month = 0;
    MonthKind kind = MonthKind::usual;
  };
  const std::vector<Month>& months() const { return months_; }

  /// One value per driver: of a draw where draws move them (Resolved::drivers), else as the scenarios state them.
  const float* drivers(const Resolved& resolved, std::uint32_t scenario, std::uint32_t group, Month month) const;
  std::span<const float> all_drivers(const Resolved& resolved, std::uint32_t scenario, std::uint32_t group,
                                     Month month) const {
    return {drivers(resolved, scenario, group, month), catalogue_->drivers().size()};
  }
  /// All drivers in a draw of the uncertain numbers: [scenario][group][month, as in months()][driver].
  std::vector<float> drivers_of(std::span<const double> drawn) const;

  /// Whether a policy reviews those whom it has reached in a month: when its segmentation does, and when it reaches
  /// more.
  bool is_due(std::uint32_t policy, int month) const;
  /// The word that says when a roll-out reaches a customer; there is none where no policy rolls out.
  BirthLuck roll_out_luck() const { return *roll_out_luck_; }
  /// By which what is counted of a group is counted apart; nothing where the study does not ask for it.
  const Classes* classes() const { return classes_ ? &*classes_ : nullptr; }

  /// State column of the channel of each customer of an arm, beside the baseline; nothing where no cell is a blend.
  std::optional<State<std::int32_t>> channel() const { return channel_; }

  /// The policy that an arm's first review is held against (sim/gains.hpp), and what counts it; nothing where none is.
  std::optional<std::uint32_t> yardstick_of(std::uint32_t policy) const { return yardsticks_[policy]; }
  struct Misplaced {
    Metric placed, misplaced;
  };
  const std::optional<Misplaced>& misplaced() const { return misplaced_; }

  /// What is asked of a meeting at a moment, for one arm.
  Occasion occasion(const Moment& moment, const Cell& cell, const Resolved& resolved) const;
  /// The meeting before a step for an arm, or nothing. Without signals nothing needs to be resolved.
  const Signal* meeting(const Moment& moment, const Cell& cell, const Resolved* resolved) const;
  /// Whether a step of the catalogue has a signal, which may ask for parameters.
  bool has_signals() const;

  OutcomeInfo outcome() const;
  TallyShape tally_shape(std::size_t arms) const;

 private:
  /// The rule itself, or as a policy that keeps tiers for good has it.
  std::unique_ptr<Segmentation> holding(std::unique_ptr<Segmentation> rule, const Policy& policy,
                                        Observed& observed) const;
  void list_months();
  /// The month in which a scenario's shocks are looked up; none where they are over.
  std::optional<int> month_of_shocks(Month month) const;
  KpiInfo with_parameter(KpiInfo kpi) const;
  RuleParameter as_stated(const std::string& path) const;
  KpiInfo kpi_of_placement() const;

  const Study* study_;
  const Catalogue* catalogue_;
  CoreColumns core_;
  Layout layout_;
  std::vector<std::unique_ptr<Behavior>> behaviors_;
  std::vector<Policy> own_policies_;  ///< as segmentations see them: without the tiers of others
  std::vector<std::unique_ptr<Segmentation>> segmentations_;
  std::optional<BirthLuck> roll_out_luck_;
  std::optional<Classes> classes_;
  std::optional<State<std::int32_t>> channel_;
  std::vector<std::optional<std::uint32_t>> yardsticks_;  ///< by policy
  std::vector<std::uint8_t> goes_on_;                     ///< by policy
  std::optional<Misplaced> misplaced_;
  std::vector<ProgramStep> steps_;
  std::vector<Month> months_;
  std::vector<float> drivers_;  ///< as stated
};

}  // namespace clientele::sim
