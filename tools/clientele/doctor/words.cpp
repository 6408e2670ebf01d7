// What is wrong is said with the metric and the number that say so.
#include "tools/clientele/doctor/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "sim/core/printable.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {
namespace {

/// "late_deliveries must fall (change +3.1 %, z +12.3)"
std::string seen(const Declared& declared) {
  return declared.movement.metric + " must " + (declared.must_rise ? "rise" : "fall") + " (change " +
         change_in_words(declared.movement) + ", z " + z_in_words(declared.movement.z) + ")";
}

template <class Which>
std::string seen(const LeverFinding& lever, const Which& which) {
  std::vector<std::string> all;
  for (const Declared& declared : lever.declared)
    if (which(declared)) all.push_back(seen(declared));
  return listed(all);
}

/// What a side lacks; empty where it shows something.
std::string lacking(const LeverFinding& lever, bool cost) {
  const auto of_side = [cost](const Declared& declared) { return declared.is_cost == cost; };
  const std::string side = cost ? "what it costs" : "what it buys";
  if (std::ranges::none_of(lever.declared, of_side)) return "it names no metric of " + side;
  const bool shows = std::ranges::any_of(
      lever.declared, [&](const Declared& declared) { return of_side(declared) && declared.shows(); });
  return shows ? "" : "it shows nothing of " + side + ": " + seen(lever, of_side);
}

std::string fault_of(const LeverFinding& lever) {
  const std::string name = lever.path + " (of " + sim::printable(lever.policy) + ")";
  switch (lever.verdict) {
    case Verdict::works:
    case Verdict::untried:
      return "";
    case Verdict::dead:
      return name + " is dead: from " + levels_in_words(lever.from) + " it goes to " + levels_in_words(lever.to) +
             ", and no number of any future changes.";
    case Verdict::wrong_signed:
      return name +
             " has a wrong sign: " + seen(lever, [](const Declared& declared) { return declared.is_reversed(); }) + ".";
    case Verdict::one_sided: {
      const std::string cost = lacking(lever, true), benefit = lacking(lever, false);
      return name + " is one-sided: " + cost + (cost.empty() || benefit.empty() ? "" : "; ") + benefit + ".";
    }
    case Verdict::in_part:
      break;
  }
  return name + " works in part: " + seen(lever, [](const Declared& declared) { return !declared.shows(); }) + ".";
}

std::string with_sign(double value, const char* format, double limit, const char* beyond) {
  if (!(std::abs(value) < limit)) return (value > 0 ? ">" : "<-") + std::string(beyond);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

}  // namespace

std::string change_in_words(const Movement& movement) {
  if (movement.change == 0) return "0";
  if (std::isinf(movement.change)) return "from 0";
  return with_sign(100 * movement.change, "%+.1f", 9999, "9999") + " %";
}

std::string z_in_words(double z) { return z == 0 ? "0" : with_sign(z, "%+.1f", 999, "999"); }

std::string levels_in_words(const std::vector<double>& levels) {
  const auto [low, high] = std::ranges::minmax(levels);
  return sim::number_text(low) + (low == high ? "" : "-" + sim::number_text(high));
}

std::string size_in_words(const DriverFinding& driver) {
  if (driver.is_factor) return "x " + sim::number_text(driver.size);
  return (driver.size < 0 ? "- " : "+ ") + sim::number_text(std::abs(driver.size));
}

std::string in_words(Verdict verdict) {
  switch (verdict) {
    case Verdict::works:
      return "works on both sides";
    case Verdict::in_part:
      return "works in part";
    case Verdict::one_sided:
      return "one-sided";
    case Verdict::wrong_signed:
      return "wrong-signed";
    case Verdict::dead:
      return "dead";
    case Verdict::untried:
      break;
  }
  return "not tried";
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t n = 0; n < names.size(); ++n)
    text += (n == 0 ? "" : n + 1 == names.size() ? " and " : ", ") + sim::printable(names[n], 200);
  return text;
}

std::vector<std::string> faults_of(const Diagnosis& diagnosis) {
  std::vector<std::string> faults;
  if (!diagnosis.unbalanced.empty()) {
    const std::string begins = "internal fault: t", text = diagnosis.unbalanced;
    faults.push_back((text.starts_with(begins) ? "T" + text.substr(begins.size()) : text) + ".");
  }
  for (const LeverFinding& lever : diagnosis.levers)
    if (std::string fault = fault_of(lever); !fault.empty()) faults.push_back(std::move(fault));
  for (const DriverFinding& driver : diagnosis.drivers)
    if (!driver.largest)
      faults.push_back("Driver " + driver.name + " is dead: " + size_in_words(driver) +
                       " from month 0 on changes no number under any policy.");
  if (!diagnosis.placebo_metrics.empty())
    faults.push_back("Something goes by a policy's name or number: " + sim::printable(diagnosis.baseline) +
                     " under another name differs in " + listed(diagnosis.placebo_metrics) + ".");
  if (!diagnosis.leaking.empty())
    faults.push_back("Tiers of " + listed(diagnosis.leaking) +
                     " follow what a firm cannot see: they change when that is exchanged between customers.");
  return faults;
}

}  // namespace clientele::tools
