// A diagnosis to read: what was done, what is wrong or well, and the numbers behind it.
#include <utility>

#include "sim/core/printable.hpp"
#include "tools/clientele/compare/tables.hpp"
#include "tools/clientele/doctor/words.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tools {
namespace {

std::string count_of(std::size_t count, const std::string& one) {
  const std::string many = one == "policy" ? "policies" : one + "s";
  return with_commas(count) + " " + (count == 1 ? one : many);
}

std::string what_was_done(const Diagnosis& d) {
  const std::string of = d.customers < d.of_customers ? " of " + with_commas(d.of_customers) : "";
  const std::string instead = d.customers > d.of_customers ? " instead of " + with_commas(d.of_customers) : "";
  return with_commas(d.customers) + of + (d.customers == 1 && of.empty() ? " customer" : " customers") + instead +
         " in " + count_of(d.futures, "future") + (d.draws > 0 ? " of " + count_of(d.draws, "draw") : "") + "; " +
         count_of(static_cast<std::size_t>(d.months), "month") +
         (d.warmup > 0 ? " after " + std::to_string(d.warmup) + " of warm-up" : "") +
         ". What is moved is so from month 0 on, and compared with what is not on the same luck.";
}

std::size_t number_of(const Diagnosis& d, Verdict verdict) {
  std::size_t number = 0;
  for (const LeverFinding& lever : d.levers) number += lever.verdict == verdict ? 1 : 0;
  return number;
}

std::size_t number_tried(const Diagnosis& d) { return d.levers.size() - number_of(d, Verdict::untried); }

std::string levers_in_words(const Diagnosis& d) {
  if (d.levers.empty()) return "No lever is in use.";
  const std::size_t tried = number_tried(d), well = number_of(d, Verdict::works);
  std::string text = count_of(d.levers.size(), "lever") + " in use";
  if (tried < d.levers.size()) text += ", " + with_commas(tried) + " tried";
  if (tried > 0 && well == tried) text += ": what each costs and what it buys shows";
  if (well < tried) text += ": " + with_commas(well) + " of them cost and buy what they say";
  std::vector<std::string> untried;
  for (const LeverFinding& lever : d.levers)
    if (lever.verdict == Verdict::untried) untried.push_back(lever.path);
  if (!untried.empty())
    text += ". Not tried: " + listed(untried) + " (0 for all, and no end of what is plausible says how far is far)";
  return text + ".";
}

std::string drivers_in_words(const Diagnosis& d) {
  std::size_t alive = 0;
  for (const DriverFinding& driver : d.drivers) alive += driver.largest ? 1 : 0;
  std::string text = d.drivers.empty()
                         ? "No scenario moves a driver."
                         : count_of(d.drivers.size(), "driver") + " that scenarios move: " +
                               (alive == d.drivers.size() ? "each" : with_commas(alive) + " of them") +
                               (alive == d.drivers.size() || alive == 1 ? " changes" : " change") + " something.";
  if (!d.idle_drivers.empty()) text += " Not judged, since no scenario moves them: " + listed(d.idle_drivers) + ".";
  return text;
}

/// Of what else was looked at, that which is well.
std::vector<std::string> what_is_well(const Diagnosis& d) {
  std::vector<std::string> lines;
  if (d.placebo_metrics.empty())
    lines.push_back(sim::printable(d.baseline) + " under another name is the same in every number of " +
                    count_of(d.placebo_cells, "cell") + ".");
  lines.push_back("What customers hold rolls forward, in every cell, month and group: " + listed(d.ledgers) + ".");
  if (d.reviewed.empty()) lines.push_back("No policy tells customers apart.");
  if (!d.reviewed.empty() && d.leaking.empty())
    lines.push_back("No tier of " + listed(d.reviewed) +
                    " changes when what a firm cannot see is exchanged between customers.");
  return lines;
}

std::string table_of_levers(const Diagnosis& d) {
  Table table{{"lever", "metric", "must", "change", "z"}};
  for (const LeverFinding& lever : d.levers) {
    if (lever.verdict == Verdict::untried) continue;
    std::string name = lever.path;
    for (const Declared& declared : lever.declared)
      table.push_back({std::exchange(name, ""), declared.movement.metric,
                       std::string(declared.must_rise ? "rise" : "fall") + (declared.is_cost ? " (cost)" : ""),
                       change_in_words(declared.movement), z_in_words(declared.movement.z)});
    if (lever.declared.empty()) table.push_back({lever.path, "-", "-", "-", "-"});
  }
  return table.size() == 1 ? "" : "\n" + laid_out(table, 3);
}

std::string moves_in_words(const Diagnosis& d) {
  std::string text;
  for (const LeverFinding& lever : d.levers)
    if (lever.verdict != Verdict::untried)
      text += (text.empty() ? "Moved in all tiers: " : "; ") + lever.path + " of " + sim::printable(lever.policy) +
              " from " + levels_in_words(lever.from) + " to " + levels_in_words(lever.to);
  return text.empty() ? "" : wrapped(text + ".", columns_of_terminal, 0);
}

std::string table_of_drivers(const Diagnosis& d) {
  if (d.drivers.empty()) return "";
  Table table{{"driver", "moved", "as in", "shows most in", "change", "z"}};
  for (const DriverFinding& driver : d.drivers)
    table.push_back({driver.name, size_in_words(driver), sim::printable(driver.scenario, 16),
                     driver.largest ? driver.largest->metric : "-",
                     driver.largest ? change_in_words(*driver.largest) : "-",
                     driver.largest ? z_in_words(driver.largest->z) : "-"});
  return "\n" + laid_out(table, 4);
}

}  // namespace

std::string text_of(const Diagnosis& d) {
  const std::vector<std::string> faults = faults_of(d);
  std::string text = wrapped(what_was_done(d), columns_of_terminal, 0);
  for (const std::string& fault : faults) text += wrapped("Wrong: " + fault, columns_of_terminal, 2);
  if (!d.unbalanced.empty())
    return text + "\nwrong: a run of this study stops here, so that nothing else can be said\n";
  text += wrapped(levers_in_words(d), columns_of_terminal, 0) + wrapped(drivers_in_words(d), columns_of_terminal, 0);
  for (const std::string& line : what_is_well(d)) text += wrapped(line, columns_of_terminal, 0);
  text += moves_in_words(d) + table_of_levers(d) + table_of_drivers(d) + "\n";
  if (!faults.empty()) return text + "wrong: " + count_of(faults.size(), "thing") + " of what was looked at\n";
  return text + "well: " + count_of(number_tried(d), "lever") + ", " + count_of(d.drivers.size(), "driver") +
         ", the baseline's copy, " + count_of(d.ledgers.size(), "ledger") + ", tiers of " +
         count_of(d.reviewed.size(), "policy") + "\n";
}

}  // namespace clientele::tools
