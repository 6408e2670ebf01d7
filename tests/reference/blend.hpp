// A cell that is put together of two, both lived alone: of each customer in each month what one of them counted.
#pragma once
#include <cstdint>
#include <map>

#include "sim/sink.hpp"
#include "sim/study.hpp"
#include "tests/reference/counts.hpp"

namespace clientele::tests {

class BlendTwin {
 public:
  BlendTwin(const sim::Study& study, const sim::OutcomeInfo& names, const sim::Cell& cell)
      : study_(study), cell_(cell), counts_(study, names) {}

  sim::CellOutcome of(const Journal& policy, const Journal& baseline) {
    std::map<std::uint64_t, bool> at_the_end[2];
    for (std::size_t m = 0; m < policy.months.size(); ++m) {
      const auto& [when, entries] = policy.months[m];
      const auto& of_baseline = baseline.months.at(m).second;
      if (when.second < 0) continue;
      const bool begins_after = m > 0 && policy.months[m - 1].first.first != when.first;
      if (begins_after && when.first == sim::MonthKind::settle)
        at_the_end[0] = under_policy_, at_the_end[1] = under_baseline_;
      if (begins_after && when.first == sim::MonthKind::closed &&
          policy.months[m - 1].first.first == sim::MonthKind::settle)
        under_policy_ = at_the_end[0], under_baseline_ = at_the_end[1];
      part(policy.active.at(when), baseline.active.at(when));
      counts_.enter(when.first);
      for (const Journal::Entry& entry : entries)
        if (is_of_policy(entry)) counts_.add_again(entry);
      for (const Journal::Entry& entry : of_baseline)
        if (!is_of_policy(entry)) counts_.add_again(entry);
    }
    return counts_.outcome(cell_);
  }

 private:
  /// Who is a customer under neither stays what he was.
  void part(const std::set<std::uint64_t>& policy, const std::set<std::uint64_t>& baseline) {
    std::set<std::uint64_t> all = policy;
    all.insert(baseline.begin(), baseline.end());
    for (const std::uint64_t who : all)
      under_policy_[who] = policy.contains(who), under_baseline_[who] = baseline.contains(who);
  }
  bool is_of_policy(const Journal::Entry& entry) const {
    if (!entry.who || !under_policy_.contains(*entry.who)) return true;
    const bool here = under_policy_.at(*entry.who), there = under_baseline_.at(*entry.who);
    const bool shares = study_.policies[cell_.policy].blend == sim::Blend::shared;
    return here && (there || !shares);
  }

  const sim::Study& study_;
  sim::Cell cell_;
  Counts counts_;
  std::map<std::uint64_t, bool> under_policy_, under_baseline_;  ///< of who was a customer under one of them
};

/// CellTwin: a Cell<...> of the catalogue.
template <class CellTwin>
sim::CellOutcome lived_alone(const sim::Study& study, const sim::Catalogue& catalogue, const sim::OutcomeInfo& names,
                             const sim::Cell& cell) {
  const sim::Policy& policy = study.policies[cell.policy];
  if (policy.blend == sim::Blend::no) return CellTwin(study, catalogue, names, cell).live();
  Journal journals[2];
  for (const bool of_baseline : {false, true}) {
    sim::Cell lived = cell;
    lived.policy = of_baseline ? study.baseline : *policy.twin;
    CellTwin twin(study, catalogue, names, lived);
    twin.write_into(journals[of_baseline ? 1 : 0]);
    twin.live();
  }
  return BlendTwin(study, names, cell).of(journals[0], journals[1]);
}

}  // namespace clientele::tests
