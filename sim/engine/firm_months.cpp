// Months are gone through as a life goes through them, but for those that only settle what is open.
#include "sim/engine/firm_months.hpp"

#include <algorithm>

#include "sim/roll_out.hpp"

namespace clientele::sim {

namespace {

bool starts(const Policy& policy, int month) {
  return month == 0 || (rolls_out(policy) && reaches_somebody(policy, month) && !reaches_somebody(policy, month - 1));
}

/// Where somebody new would stand: until a policy starts, in the tier of entry of the baseline.
std::int64_t* metrics_of_firm(const Program& program, const Policy& policy, Program::Month now, std::size_t arm,
                              Tally& tally) {
  const auto month = static_cast<std::size_t>(now.month);
  const std::size_t first = program.classes() == nullptr ? 0 : program.classes()->of_the_firm();
  std::int64_t* group =
      now.kind == MonthKind::closed
          ? tally.cells_beyond(arm, month - static_cast<std::size_t>(program.study().horizon.months), first)
          : tally.cells(arm, month, first);
  const bool started = !rolls_out(policy) || reaches_somebody(policy, now.month);
  const Study& study = program.study();
  const std::size_t tier = started ? policy.entry : own_tiers(policy).size() + study.policies[study.baseline].entry;
  return group + tier * tally.tier_stride();
}

}  // namespace

void book_for_firm(const Program& program, const Lineup& lineup, Tally& tally) {
  const Study& study = program.study();
  for (const auto& behavior : program.behaviors()) {
    if (!behavior->books_for_firm()) continue;
    for (const Lineup::Asked& asked : lineup.asked())
      for (const Program::Month& now : program.months()) {
        if (now.month < 0 || now.kind == MonthKind::settle) continue;
        const Policy& policy = study.policies[asked.cell.policy];
        const Occasion occasion = program.occasion({now.month, 0, now.kind}, asked.cell, *lineup.resolved);
        FirmMonth month(occasion, starts(policy, now.month), study.money_quantum,
                        metrics_of_firm(program, policy, now, asked.place, tally));
        behavior->book_for_firm(month);
      }
  }
}

}  // namespace clientele::sim
