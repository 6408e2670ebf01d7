// A rule within another one, which is asked in its place and hands on what it does not change.
#pragma once
#include <cstdint>
#include <memory>
#include <span>

#include "sim/segmentation.hpp"

namespace clientele::sim {

class AroundRule : public Segmentation {
 public:
  explicit AroundRule(std::unique_ptr<Segmentation> rule) : rule_(std::move(rule)) {}

  bool due(int month) const override { return rule_->due(month); }
  bool meets() const override { return rule_->meets(); }
  bool hears(int month) const override { return rule_->hears(month); }
  void score(BlockMonth& month, const Arm& arm) const override { rule_->score(month, arm); }
  void assign(BlockMonth& month, const Arm& arm, const Decision& decision,
              std::span<std::int32_t> tier) const override {
    rule_->assign(month, arm, decision, tier);
  }
  bool tells_progress() const override { return rule_->tells_progress(); }
  void tell_progress(BlockMonth& month, const Arm& arm, std::uint32_t known, std::span<float> progress) const override {
    rule_->tell_progress(month, arm, known, progress);
  }
  void tell_score(const BlockMonth& month, const Arm& arm, const Decision& decision, std::size_t customer,
                  std::vector<ScorePart>& parts) const override {
    rule_->tell_score(month, arm, decision, customer, parts);
  }
  void tell_standing(const BlockMonth& month, const Arm& arm, const Decision& decision, std::size_t customer,
                     std::vector<ScorePart>& parts) const override {
    rule_->tell_standing(month, arm, decision, customer, parts);
  }
  VoiceSize size(const Occasion& occasion, int round, const Decision& so_far) const override {
    return rule_->size(occasion, round, so_far);
  }
  void measure(BlockMonth& month, const Arm& arm, int round, const Decision& so_far, Voice voice) const override {
    rule_->measure(month, arm, round, so_far, voice);
  }
  bool decide(const Occasion& occasion, int round, Voice heard, Decision& decision) const override {
    return rule_->decide(occasion, round, heard, decision);
  }

 protected:
  const Segmentation& rule() const { return *rule_; }

 private:
  std::unique_ptr<Segmentation> rule_;
};

}  // namespace clientele::sim
