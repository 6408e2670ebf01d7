// The futures of the world: which driver moves when, by how much, for whom.
#include <algorithm>
#include <set>

#include "scenarios/reader/section.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;

namespace {

std::vector<std::string> driver_names(const sim::Catalogue& catalogue) {
  std::vector<std::string> names;
  for (const sim::DriverInfo& driver : catalogue.drivers()) names.push_back(driver.name);
  return names;
}

/// How far a driver is moved: by `times` where it is a factor, by `plus` where it is a shift.
void read_size(const Node& node, Section& section, const sim::DriverInfo& driver, sim::Shock& shock, Reading& reading) {
  const bool factor = driver.kind == sim::DriverKind::factor;
  const std::string right = factor ? "times" : "plus", wrong = factor ? "plus" : "times";
  const sim::Range range = study_key("scenario.shock", right).range;
  const std::string unit = driver.unit.empty() ? driver.meaning : driver.meaning + ", " + driver.unit;
  if (const auto size = section.number(right, {unit, range})) shock.size = *size;
  const Entry* other = section.find(wrong);
  if (other != nullptr)
    reading.mistakes.add(other->place, section.label_of(wrong) + " does not move " + driver.name + " (" +
                                           (factor ? "a factor" : "a shift") + "). Did you mean " + right + "?");
  else if (node.find(right) == nullptr)
    reading.mistakes.add(node.place, section.label_of(right) + " is missing (how far " + driver.name +
                                         " moves). Expected: " + right + (factor ? " = 0.9." : " = 1."));
}

/// When it is moved. A shock after the end was asked for in vain, unless an option made the horizon short.
void read_time(const Node& node, Section& section, const Node& root, sim::Shock& shock, Reading& reading) {
  const sim::Horizon& horizon = reading.study.horizon;
  const bool goes_on = horizon.drivers_beyond == sim::DriversBeyond::as_planned;
  const int last = horizon.months + std::max(horizon.run_off, goes_on ? horizon.beyond : 0);
  if (const auto from = section.number(study_key("scenario.shock", "from"))) shock.from = static_cast<int>(*from);
  if (const auto months = section.number(study_key("scenario.shock", "months")))
    shock.months = static_cast<int>(*months);
  if (const auto rise = section.number(study_key("scenario.shock", "ramp"))) shock.ramp = static_cast<int>(*rise);

  const bool shortened = horizon_is_shortened(root);
  const std::string begin = section.label_of("from") + " = " + std::to_string(shock.from);
  const bool unfinished = shock.ramp > 0 && shock.from < last && shock.from + shock.ramp > last &&
                          !(shock.months && shock.ramp > *shock.months);
  if (unfinished && !shortened)
    reading.mistakes.warn(node.find("ramp")->node.place, begin + " and ramp = " + std::to_string(shock.ramp) +
                                                             " end beyond the horizon of " + std::to_string(last) +
                                                             " months: it never reaches its size.");
  if (shock.from >= horizon.months && shock.from < last)
    reading.mistakes.warn(node.find("from")->node.place,
                          begin + " is after the horizon of " + std::to_string(horizon.months) + " months: " +
                              (goes_on && horizon.beyond > 0 ? "only value beyond it feels the shock."
                                                             : "in the run-off only what is still open is paid."));
  if (shock.from >= last) {
    const Place place = node.find("from") == nullptr ? node.place : node.find("from")->node.place;
    const std::string text = begin + " is after the last month (" + std::to_string(last - 1) + "; 0 is the first).";
    if (shortened)
      reading.mistakes.warn(place, text);
    else
      reading.mistakes.add(place, text);
  } else if (shock.months && shock.from < horizon.months && shock.from + *shock.months > horizon.months && !shortened) {
    reading.mistakes.warn(node.find("months")->node.place, begin + " and months = " + std::to_string(*shock.months) +
                                                               " reach beyond the horizon of " +
                                                               std::to_string(horizon.months) + " months.");
  }
  if (shock.months && shock.ramp > *shock.months)
    reading.mistakes.add(node.find("ramp")->node.place, section.label_of("ramp") + " = " + std::to_string(shock.ramp) +
                                                            " is longer than the shock (" +
                                                            std::to_string(*shock.months) + " months).");
}

void read_shock(const Node& node, const std::string& label, const Node& root, sim::Scenario& scenario,
                Reading& reading) {
  Section section(node, label, reading);
  sim::Shock shock;
  const Entry* driver = section.find("driver");
  if (driver == nullptr) {
    if (node.kind == Node::Kind::table)
      reading.mistakes.add(node.place,
                           label + "driver is missing. Expected: the name of what moves, driver = \"...\".");
  } else if (const auto place =
                 place_in(driver_names(reading.catalogue), *driver, "driver", label + "driver", reading)) {
    shock.driver = *place;
    read_size(node, section, reading.catalogue.drivers()[*place], shock, reading);
  }
  section.find("times");
  section.find("plus");
  read_time(node, section, root, shock, reading);
  if (const Entry* group = section.find("group"))
    if (const auto place = place_in(group_names(reading.study), *group, "group", label + "group", reading))
      shock.group = *place;
  section.close();
  scenario.shocks.push_back(shock);
}

void read_scenario(const Node& node, const Node& root, Reading& reading) {
  Section section(node, "scenario: ", reading);
  sim::Scenario scenario;
  if (const auto name = section.name("name"))
    scenario.name = *name;
  else if (node.find("name") == nullptr)
    reading.mistakes.add(node.place, "a scenario has no name. Expected: name = \"...\".");
  const std::string label = "scenario " + in_quotes(scenario.name) + ": ";
  section.find("shock");
  for (const Node* shock : tables_of(node, "shock", label, reading))
    read_shock(*shock, label + "shock.", root, scenario, reading);
  section.close();
  for (const sim::Scenario& other : reading.study.scenarios)
    if (other.name == scenario.name && !scenario.name.empty())
      reading.mistakes.add(node.place,
                           "two scenarios are called " + in_quotes(scenario.name) + " (names tell them apart).");
  reading.study.scenarios.push_back(std::move(scenario));
}

}  // namespace

void read_scenarios(const Node& root, Reading& reading) {
  for (const Node* node : tables_of(root, "scenario", "", reading)) read_scenario(*node, root, reading);
  if (reading.study.scenarios.empty()) reading.study.scenarios.push_back({"baseline", {}});
}

}  // namespace clientele::scenarios
