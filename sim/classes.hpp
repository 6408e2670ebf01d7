// Which class each customer is in, found when the policies part: everybody meets, and the tenths are exact.
#pragma once
#include <cstdint>
#include <span>

#include "sim/class_names.hpp"
#include "sim/exact_cuts.hpp"
#include "sim/signal.hpp"

namespace clientele::sim {

/// The meeting before the fork, of all who are customers then. Ties are broken by the hash of the id.
class CLIENTELE_API Classes final : public Signal {
 public:
  Classes(const Study& study, Wiring& wiring);
  /// What is known once everything is wired.
  void know(const Layout& layout) { keeps_books_ = layout.keeps_books; }

  std::int32_t left_before() const { return static_cast<std::int32_t>(tiers_ * tenths); }
  std::int32_t came_later() const { return left_before() + 1; }
  std::size_t of_the_firm() const { return tiers_ * tenths + 2; }
  /// The trait that says so.
  std::uint32_t column() const { return column_.column; }

  bool needed(const Occasion&) const override { return true; }
  VoiceSize size(const Occasion&, int round, const Decision& so_far) const override {
    return cuts_.size(round, so_far);
  }
  /// In the last month of warm-up, once it is over.
  void measure(BlockMonth& month, const Arm& arm, int round, const Decision& so_far, Voice voice) const override;
  bool decide(const Occasion&, int round, Voice heard, Decision& decision) const override {
    return cuts_.decide(round, heard, decision);
  }
  /// By what the meeting decided, of customers who live then.
  void assign(const BlockMonth& month, const Arm& arm, const Decision& decision, std::span<std::int32_t> classes) const;

 private:
  struct Ranked;
  std::size_t tiers_;
  CoreColumns core_;
  bool keeps_books_ = false;
  Trait<std::int32_t> column_;
  Ring<const std::int32_t> sales_;
  ExactCuts cuts_;
};

}  // namespace clientele::sim
