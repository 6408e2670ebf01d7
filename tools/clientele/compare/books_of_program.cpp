// The accountant's side of a program: what the books owe by three rules, how it has come to that, and what cash sees.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "tools/clientele/compare/program.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tools {

using output::ComparedArm;
using output::ComparedKpi;
using output::Comparison;
using output::Interval;

namespace {

/// Averages of a policy's KPIs in a scenario; one that is not there is missing.
class OfPolicy {
 public:
  OfPolicy(const Comparison& c, const ComparedArm& like) : c_(c), like_(like) {}

  const ComparedArm* arm(std::string_view name) const {
    for (const ComparedKpi& kpi : c_.of_program)
      for (const ComparedArm& one : kpi.arms)
        if (kpi.words.name == name && one.scenario == like_.scenario && one.policy == like_.policy) return &one;
    return nullptr;
  }
  Interval mean(std::string_view name) const {
    const ComparedArm* found = arm(name);
    return found == nullptr ? Interval{} : found->levels.mean;
  }

 private:
  const Comparison& c_;
  const ComparedArm& like_;
};

bool is_there(const Interval& mean) { return std::isfinite(mean.mean); }

std::string amount_in_cell(const Rounding& rounding, const ComparedArm* arm) {
  if (arm == nullptr || !is_there(arm->levels.mean)) return "-";
  const Interval& mean = arm->levels.mean;
  if (std::isnan(mean.half_width)) return rounding.bare(mean.mean);
  return rounding.bare(mean.mean) + " ± " + rounding.bare(mean.half_width) + (mean.caution.empty() ? "" : "*");
}

constexpr std::string_view owed = "contract_liability_at_end";
constexpr std::string_view money[] = {owed,
                                      "contract_liability_fixed_at_end",
                                      "contract_liability_true_at_end",
                                      "expected_cost_at_end",
                                      "points_deferred_to_end",
                                      "points_recognized_to_end",
                                      "breakage_to_end",
                                      "catch_up_to_end",
                                      "reward_cost"};

/// One unit for all amounts of both tables.
Rounding rounding_of_books(const Comparison& c) {
  double largest = 0, narrowest = 0;
  for (const ComparedKpi& kpi : c.of_program) {
    if (std::ranges::find(money, kpi.words.name) == std::end(money)) continue;
    for (const ComparedArm& arm : kpi.arms) {
      if (!is_there(arm.levels.mean)) continue;
      largest = std::fmax(largest, std::fabs(arm.levels.mean.mean));
      const double half = arm.levels.mean.half_width;
      if (half > 0) narrowest = narrowest == 0 ? half : std::fmin(narrowest, half);
    }
  }
  return Rounding(largest, narrowest);
}

/// Rows of policies with a program, those of a scenario under its name.
template <class Cells>
std::string rows_of_books(const Comparison& c, Paper paper, Table table, const Cells& cells) {
  const bool several = c.question.scenarios.size() > 1;
  constexpr std::size_t widest = 18, whole = 1000;
  const std::vector<std::string> names = cut_names(c.policies, paper == Paper::markdown ? whole : widest);
  const std::vector<ComparedArm>& arms = c.of_program.front().arms;
  for (std::size_t a = 0; a < arms.size(); ++a) {
    if (several && (a == 0 || arms[a].scenario != arms[a - 1].scenario))
      table.emplace_back(table.front().size()).front() = scenario_of(c, arms[a].scenario) + ":";
    auto& row = table.emplace_back(1, (several ? "  " : "") + names[arms[a].policy]);
    cells(OfPolicy(c, arms[a]), row);
  }
  return table_of(paper, table, 1, 2);
}

/// Four columns each, so that 80 hold them.
std::string estimates_of(const Comparison& c, Paper paper, const Rounding& rounding, const std::string& unit) {
  const Table head{{"in the books", "by triangle", "at 95 %", "at stated rate", "in the end"},
                   {unit, "owed", "", "owed", "comes"}};
  return rows_of_books(c, paper, head, [&](const OfPolicy& of, std::vector<std::string>& row) {
    const ComparedArm* arm = of.arm(owed);
    row.push_back(amount_in_cell(rounding, arm));
    const bool has_quantile =
        arm != nullptr && !arm->levels.quantiles.empty() && std::isfinite(arm->levels.quantiles.back().value);
    row.push_back(has_quantile ? rounding.bare(arm->levels.quantiles.back().value) : "-");
    for (const std::string_view name : {money[1], money[2]}) row.push_back(amount_in_cell(rounding, of.arm(name)));
  });
}

std::string courses_of(const Comparison& c, Paper paper, const Rounding& rounding, const std::string& unit) {
  const Table head{{"over the horizon", "deferred", "recognized", "breakage", "caught up"},
                   {unit, "", "", "of it", ""}};
  return rows_of_books(c, paper, head, [&](const OfPolicy& of, std::vector<std::string>& row) {
    for (const std::string_view name :
         {"points_deferred_to_end", "points_recognized_to_end", "breakage_to_end", "catch_up_to_end"})
      row.push_back(amount_in_cell(rounding, of.arm(name)));
  });
}

std::string cash_of(const Comparison& c, Paper paper, const Rounding& rounding, const std::string& unit) {
  const Table head{{"rewards", "in cash", "to come", "expected", "comes"},
                   {unit, "", "discounted", "% of earned", "% of earned"}};
  return rows_of_books(c, paper, head, [&](const OfPolicy& of, std::vector<std::string>& row) {
    for (const std::string_view name : {"reward_cost", "expected_cost_at_end"})
      row.push_back(amount_in_cell(rounding, of.arm(name)));
    for (const char* name : {"expected_redemption_at_end", "true_redemption_at_end"}) {
      const Interval share = of.mean(name);
      row.push_back(is_there(share) ? percents_in_cell(share) : "-");
    }
  });
}

}  // namespace

std::string books_of_program(const Comparison& c, Paper paper) {
  const auto has_books = [](const ComparedKpi& kpi) {
    return kpi.words.name == owed &&
           std::ranges::any_of(kpi.arms, [](const ComparedArm& arm) { return is_there(arm.levels.mean); });
  };
  const auto found = std::ranges::find_if(c.of_program, has_books);
  if (found == c.of_program.end()) return "";
  const Rounding rounding = rounding_of_books(c);
  const std::string unit = rounding.unit() + behind_number(found->words.unit);
  return estimates_of(c, paper, rounding, unit) + "\n" + courses_of(c, paper, rounding, unit) + "\n" +
         cash_of(c, paper, rounding, unit) +
         paragraph(
             paper,
             "Books by IFRS 15: a part of each sale is deferred for its points and recognized as they are "
             "redeemed, breakage with it: opening + deferred - recognized + caught up = owed. The triangle knows "
             "what was redeemed until its month, the stated rate is points.expected, and what comes in the end no "
             "close knows: it tells how far the others are off. Expected, of all points earned, by the triangle at the "
             "end. Cash sees rewards and no deferral: the books show "
             "less revenue than the till by as much as what is owed has grown. A dash: the month of issue does "
             "not follow from the month of end (`check` says why).");
}

}  // namespace clientele::tools
