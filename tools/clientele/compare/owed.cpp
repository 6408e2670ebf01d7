// Balances in money first, then shares in percent: what a balance sheet and what a member would ask.
#include <algorithm>
#include <cmath>
#include <string_view>

#include "sim/core/printable.hpp"
#include "tools/clientele/compare/program.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tools {

using output::ComparedArm;
using output::ComparedKpi;
using output::Comparison;

namespace {

const ComparedKpi* kpi_of_program(const Comparison& c, std::string_view name) {
  const auto found = std::ranges::find_if(c.of_program, [&](const ComparedKpi& kpi) { return kpi.words.name == name; });
  return found == c.of_program.end() ? nullptr : &*found;
}

/// The same arm in another KPI.
const ComparedArm* arm_in(const ComparedKpi* kpi, const ComparedArm& like) {
  if (kpi == nullptr) return nullptr;
  const auto found = std::ranges::find_if(
      kpi->arms, [&](const ComparedArm& arm) { return arm.scenario == like.scenario && arm.policy == like.policy; });
  return found == kpi->arms.end() ? nullptr : &*found;
}

/// Lays a table out whose names are as wide as a terminal lets them be.
template <class Make>
std::string fitted_to(Paper paper, const Make& make) {
  constexpr std::size_t widest = 24, narrowest = 10, whole = 1000;
  if (paper == Paper::markdown) return make(whole);
  std::string text;
  for (std::size_t width = widest; width >= narrowest; --width) {
    text = make(width);
    std::size_t longest = 0, column = 0;
    for (const char letter : text) {
      column = letter == '\n' ? 0 : column + ((static_cast<unsigned char>(letter) & 0xC0U) != 0x80U ? 1 : 0);
      longest = std::max(longest, column);
    }
    if (longest <= columns_of_terminal) break;
  }
  return text;
}

/// Rows of arms that sell to members, those of a scenario under its name.
template <class Cells>
Table rows_of_members(const Comparison& c, Table table, std::size_t width, const Cells& cells) {
  const std::vector<ComparedArm>& arms = c.of_program.front().arms;
  const bool several = c.question.scenarios.size() > 1;
  const std::vector<std::string> names = cut_names(c.policies, width);
  for (std::size_t a = 0; a < arms.size(); ++a) {
    if (several && (a == 0 || arms[a].scenario != arms[a - 1].scenario))
      table.emplace_back(table.front().size()).front() = scenario_of(c, arms[a].scenario) + ":";
    auto& row = table.emplace_back(1, (several ? "  " : "") + names[arms[a].policy]);
    cells(arms[a], row);
  }
  return table;
}

/// "4.31 ± 0.35*"
std::string mean_in_cell(const Rounding& rounding, const output::Interval& mean) {
  if (std::isnan(mean.half_width)) return rounding.bare(mean.mean);
  return rounding.bare(mean.mean) + " ± " + rounding.bare(mean.half_width) + (mean.caution.empty() ? "" : "*");
}

/// What is owed to members at the end, and at its peak: mean and quantiles over futures.
std::string balances_of(const Comparison& c, Paper paper) {
  const ComparedKpi *at_end = kpi_of_program(c, "liability_at_end"), *peak = kpi_of_program(c, "peak_liability");
  if (at_end == nullptr || peak == nullptr) return "";
  double largest = 0, narrowest = 0;
  for (const ComparedKpi* kpi : {at_end, peak})
    for (const ComparedArm& arm : kpi->arms) {
      largest = std::fmax(largest, std::fabs(arm.mean()));
      const double half = arm.levels.mean.half_width;
      if (half > 0) narrowest = narrowest == 0 ? half : std::fmin(narrowest, half);
    }
  const Rounding rounding(largest, narrowest);
  const std::string unit = rounding.unit() + behind_number(at_end->words.unit);
  return fitted_to(paper, [&](std::size_t width) {
    const Table head{{unit.empty() ? "owed to members" : "owed," + unit, "at the end", "80 %", "95 %", "at its peak",
                      "80 %", "95 %"}};
    const Table table = rows_of_members(c, head, width, [&](const ComparedArm& like, std::vector<std::string>& row) {
      for (const ComparedKpi* kpi : {at_end, peak}) {
        const ComparedArm* arm = arm_in(kpi, like);
        row.push_back(arm == nullptr ? "-" : mean_in_cell(rounding, arm->levels.mean));
        for (std::size_t q = 0; q < std::size(output::quantiles_of_program); ++q)
          row.push_back(arm == nullptr ? "-" : rounding.bare(arm->levels.quantiles[q].value));
      }
    });
    return table_of(paper, table, 1, 1);
  });
}

/// "a point per euro never, tiers month 40": in the middle future of the first scenario.
std::string paybacks_of(const Comparison& c, Paper paper) {
  std::string text;
  for (const output::Lift& lift : c.lifts) {
    if (lift.scenario != c.lifts.front().scenario || !lift.payback) continue;
    const double month = lift.payback->middle;
    text += (text.empty() ? "" : "; ") + policy_of(c, lift.policy) + ": " +
            (std::isinf(month) ? "never" : "month " + with_commas(static_cast<std::uint64_t>(month)));
  }
  if (text.empty()) return "";
  return paragraph(paper, "Ahead of " + baseline_of(c) + " for good, in the middle future of " +
                              scenario_of(c, c.lifts.front().scenario) + ", from: " + text + ".");
}

std::string shares_of_program(const Comparison& c, Paper paper) {
  constexpr const char* names[] = {"redeemed_share", "broken_share", "open_share", "program_cost_share", "reward_rate"};
  return fitted_to(paper, [&](std::size_t width) {
    const Table head{{"", "redeemed", "broken", "open", "cost", "to members"},
                     {"", "% of points", "% of points", "% of points", "% of sales", "% of sales"}};
    const Table table = rows_of_members(c, head, width, [&](const ComparedArm& like, std::vector<std::string>& row) {
      for (const char* name : names) {
        const ComparedArm* arm = arm_in(kpi_of_program(c, name), like);
        row.push_back(arm == nullptr ? "-" : percents_in_cell(arm->levels.mean));
      }
    });
    return table_of(paper, table, 1, 2);
  });
}

/// Why a quantile is not there, each reason once.
std::string why_no_quantile(const Comparison& c, Paper paper) {
  std::vector<std::string> reasons;
  for (const ComparedKpi& kpi : c.of_program)
    for (const ComparedArm& arm : kpi.arms)
      for (const output::Quantile& quantile : arm.levels.quantiles)
        if (!std::isnan(arm.levels.mean.mean) && !quantile.why_missing.empty() &&
            std::ranges::find(reasons, quantile.why_missing) == reasons.end())
          reasons.push_back(quantile.why_missing);
  std::string text;
  for (const std::string& why : reasons) text += paragraph(paper, "No number: " + why + ".");
  return text;
}

}  // namespace

bool draws_redemption(const Comparison& c) {
  return std::ranges::any_of(c.drawn, [](const output::DrawnNumber& number) {
    const std::string& path = number.field.path;
    return path.find("redemption.") != std::string::npos || path.find("points.open_redeemed") != std::string::npos;
  });
}

std::string owed_of(const Comparison& c, Paper paper) {
  if (c.of_program.empty()) return "";
  std::string text = balances_of(c, paper) + "\n" + shares_of_program(c, paper) +
                     paragraph(paper,
                               "Owed: what rewards for the points held are expected to cost; mean, and the amounts "
                               "that 80 % and 95 % of futures stay below (their intervals: --json). Points: of those "
                               "held at the start or earned in " +
                                   with_commas(c.months) +
                                   " months; what is open may still be redeemed. Cost and value of rewards: over sales "
                                   "to members; open points are in neither.") +
                     paybacks_of(c, paper) + why_no_quantile(c, paper);
  if (!draws_redemption(c))
    text +=
        paragraph(paper,
                  "These amounts vary by luck alone, since no draw varies how readily members redeem: such quantiles "
                  "are too narrow. Would redemption.mean, redemption.never and points.open_redeemed under "
                  "[uncertain] do?");
  return text;
}

}  // namespace clientele::tools
