// Headline, one table per KPI, and below it what the numbers rest on.
#include <algorithm>
#include <cmath>

#include "scenarios/printable.hpp"
#include "tools/clientele/caveat.hpp"
#include "tools/clientele/compare/shown.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tools {

using output::ComparedArm;
using output::ComparedKpi;
using output::Comparison;
using output::Statements;
using scenarios::printable;

namespace {

constexpr std::size_t width = 110;

std::string with_unit(const output::KpiWords& kpi) {
  const std::string unit = behind_number(kpi.unit);
  return printable(kpi.name) + (unit.empty() ? "" : "," + unit);
}

/// KPIs of which only means are shown stand beside the first table.
Table table_of(const Comparison& c, const ComparedKpi& kpi, const std::vector<ComparedKpi>& beside) {
  const bool policies = c.question.across == output::Question::Across::policies;
  Table table(1, {policies ? "scenario" : "policy", policies ? "policy" : "scenario", with_unit(kpi.words),
                  "against " + baseline_of(c) + " (average)", "one life (5 to 95 %)", favorable(kpi.words) + " in"});
  for (const ComparedKpi& other : beside) table.front().push_back(with_unit(other.words));
  for (std::size_t a = 0; a < kpi.arms.size(); ++a) {
    const ComparedArm& arm = kpi.arms[a];
    const auto outer = [&](const ComparedArm& of) { return policies ? scenario_of(c, of) : policy_of(c, of); };
    const bool first = a == 0 || outer(arm) != outer(kpi.arms[a - 1]);
    auto& row = table.emplace_back();
    row = {first ? outer(arm) : "", side_of(c, arm), in_short(arm.mean)};
    if (arm.against)
      row.insert(row.end(), {average_in_words(*arm.against), range_in_words(arm.against->life),
                             chance_in_words(arm.against->lives)});
    else
      row.insert(row.end(), 3, "");
    for (const ComparedKpi& other : beside) row.push_back(in_short(other.arms[a].mean));
  }
  return table;
}

std::string luck_line(const Comparison& c) {
  std::string text = c.draws > 1 ? with_commas(c.draws) + " draws x " : "";
  text += with_commas(c.replications) + (c.replications == 1 ? " replication" : " replications");
  text += ", same customers and luck in every row";
  const ComparedArm* arm = output::headline_arm(c);
  if (arm != nullptr && std::isfinite(arm->against->lives_saved))
    text += " (independent runs would need " + in_short(arm->against->lives_saved) + " x as many lives for " +
            side_of(c, *arm) + ")";
  if (c.draws > 1 && c.luck == sim::Luck::common)
    text += "; draws share their luck, so averages hold for these lives of luck only";
  if (c.draws > 1 && c.draws < output::least_lives_of_a_range)
    text += "; with so few draws the range leans on few values of what is uncertain";
  if (c.draws == 1 && c.parameters_vary) text += "; one draw does not show how far what is uncertain matters";
  if (c.draws == 1 && !c.parameters_vary) text += "; parameters are taken as the study states them";
  return text + ".";
}

std::string interval_line(const Comparison& c) {
  return "± and brackets: " + with_commas(c.certainty.shown) + " intervals that hold together with " +
         percent(c.certainty.alone) +
         " (Bonferroni). The range of one life is no interval: it does not shrink with more lives.";
}

std::string missing_lines(const Comparison& c) {
  std::string text;
  if (c.cells_done < c.cells)
    text += "Not finished: " + with_commas(c.cells_done) + " of " + with_commas(c.cells) + " cells were lived.\n";
  for (const ComparedKpi& kpi : c.kpis) {
    std::size_t missing = 0, all = 0;
    for (const ComparedArm& arm : kpi.arms)
      if (arm.against) missing += arm.against->missing, all += arm.against->missing + arm.against->pairs;
    if (missing > 0)
      text += printable(kpi.words.name) + ": " + with_commas(missing) + " of " + with_commas(all) +
              " pairs are left out, since a side of them is missing (not lived, or not defined).\n";
  }
  return text;
}

template <class List>
std::string paths_of(const List& list) {
  std::string text;
  for (const auto& item : list) text += (text.empty() ? "" : ", ") + printable(item.path);
  return text;
}

std::string provenance_lines(const Comparison& c) {
  if (!c.provenance_known) return "What the numbers rest on is not in this cube (it was made before format 1.1).\n";
  const auto drawn =
      std::count_if(c.guesses.begin(), c.guesses.end(), [](const auto& field) { return field.uncertain; });
  std::string guesses = "Guesses it rests on: ";
  guesses += c.guesses.empty() ? "none" : std::to_string(c.guesses.size()) + " (" + paths_of(c.guesses) + ")";
  if (drawn > 0) guesses += "; draws vary " + std::to_string(drawn) + " of them";
  std::string text = wrapped(guesses + ".", width, 2);
  if (!c.stated.empty())
    text += wrapped("Values that the study states without a source: " + std::to_string(c.stated.size()) + " (" +
                        paths_of(c.stated) + ").",
                    width, 2);
  return text +
         wrapped("One-sided levers in use: " + (c.one_sided.empty() ? "none" : paths_of(c.one_sided)) + ".", width, 2);
}

}  // namespace

std::string text_of(const Comparison& comparison) {
  std::string text = wrapped(headline_of(comparison), width, 0);
  for (std::size_t k = 0; k < comparison.kpis.size(); ++k) {
    text += '\n';
    text += laid_out(table_of(comparison, comparison.kpis[k], k == 0 ? comparison.beside : std::vector<ComparedKpi>{}));
  }
  text += '\n';
  text += wrapped(luck_line(comparison), width, 0) + wrapped(interval_line(comparison), width, 0);
  text += caveat_of(comparison.customer_file);
  return text + missing_lines(comparison) + provenance_lines(comparison);
}

}  // namespace clientele::tools
