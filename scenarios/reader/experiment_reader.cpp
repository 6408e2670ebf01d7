// How many futures are simulated and with whose luck, and what the answer is about.
#include "scenarios/reader/former_keys.hpp"
#include "scenarios/reader/section.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::nearest;
using sim::printable;

namespace {

const Node no_node;

const Node& table_or_nothing(const Node& root, std::string_view key) {
  const Entry* entry = root.find(key);
  return entry == nullptr || entry->node.kind != Node::Kind::table ? no_node : entry->node;
}

std::optional<sim::People> people_in(const Node& root, std::string_view table, Reading& reading) {
  const Node& node = table_or_nothing(root, table);
  const auto chosen = Section(node, std::string(table) + ".", reading).choice(study_key("experiment", "people"));
  if (!chosen) return std::nullopt;
  return static_cast<sim::People>(*chosen);
}

/// A key that may stand in one of two tables stands in one of them; an option is free to say it anew.
void note_twice(const Node& root, std::string_view one, std::string_view other, std::string_view key,
                Reading& reading) {
  const Entry* second = table_or_nothing(root, other).find(key);
  const Entry* first = table_or_nothing(root, one).find(key);
  if (second == nullptr || first == nullptr || first->place.option >= 0) return;
  reading.mistakes.add(second->place, std::string(other) + "." + std::string(key) + " is said twice (" +
                                          std::string(one) + "." + std::string(key) + " says it too). Which one?");
}

void read_baseline(Section& section, Reading& reading) {
  const Entry* entry = section.find("baseline");
  if (entry == nullptr) return;
  std::vector<std::string> names;
  for (const sim::Policy& policy : reading.study.policies) names.push_back(policy.name);
  if (const auto place = place_in(names, *entry, "policy", "experiment.baseline", reading))
    reading.study.baseline = *place;
}

void read_headline(Section& section, Reading& reading) {
  std::vector<std::string> names;
  for (const sim::KpiInfo& kpi : reading.catalogue.kpis()) names.push_back(kpi.name);
  if (!names.empty()) reading.study.headline = names.front();
  const Entry* entry = section.find("headline");
  if (entry == nullptr) return;
  if (const auto place = place_in(names, *entry, "KPI", "experiment.headline", reading))
    reading.study.headline = names[*place];
}

/// A policy that rolls out gives first tiers month after month: there is no one review whose tiers could be kept.
void read_why(Section& section, Reading& reading) {
  const Entry* entry = section.find("why");
  reading.study.why = section.truth("why").value_or(false);
  if (!reading.study.why) return;
  for (const sim::Policy& policy : reading.study.policies)
    if (!policy.rollout.empty())
      reading.mistakes.warn(entry->node.place,
                            "experiment.why does not split the difference of " + in_quotes(policy.name) +
                                ", which rolls out: it has no one review at month 0 whose tiers could "
                                "be kept. A policy of another name that reaches all at once has.");
}

/// As many as independent futures are simulated where the study does not say.
constexpr std::uint32_t usual_futures = 100;

/// The rows of a file of joint draws, of which there are no more.
std::optional<std::size_t> rows_of_draws(const sim::Study& study) {
  for (const sim::Uncertain& uncertain : study.uncertain)
    if (!uncertain.drawn.empty()) return uncertain.drawn.size();
  return std::nullopt;
}

Place place_of_draws(const Node& root) {
  for (const char* table : {"experiment", "uncertain"})
    if (const Entry* said = table_or_nothing(root, table).find("draws")) return said->node.place;
  return {};
}

void expect_rows_for_draws(const Node& root, std::size_t rows, Reading& reading) {
  const Place said = place_of_draws(root);
  if (reading.study.draws > rows)
    reading.mistakes.add(said, "draws = " + std::to_string(reading.study.draws) + ", and uncertain.file has " +
                                   std::to_string(rows) + (rows == 1 ? " row" : " rows") +
                                   " (a row is a draw). Did you mean " + std::to_string(rows) + "?");
}

/// Draws are asked for in [experiment] or in [uncertain]; 0 says that the stated values hold.
void read_draws(const Node& root, Section& section, Reading& reading) {
  const NumberRule rule = rule_of(study_key("experiment", "draws"));
  const Node& uncertain = table_or_nothing(root, "uncertain");
  note_twice(root, "experiment", "uncertain", "draws", reading);
  const auto there = Section(uncertain, "uncertain.", reading).number("draws", rule);
  const auto here = section.number("draws", rule);
  sim::Study& study = reading.study;
  const bool is_uncertain = !study.uncertain.empty();
  const auto rows = rows_of_draws(study);
  const std::size_t usual = rows ? *rows : is_uncertain ? usual_futures : 0;
  study.draws = static_cast<std::uint32_t>(here.value_or(there.value_or(static_cast<double>(usual))));
  if (rows) expect_rows_for_draws(root, *rows, reading);
  if (study.draws == 0 && is_uncertain) {
    reading.mistakes.warn(root.find("uncertain")->place,
                          "[uncertain] has no effect with draws = 0: the stated values hold in all futures.");
    study.uncertain.clear();
  }
  if (study.draws > 1 && study.uncertain.empty())
    reading.mistakes.warn({}, "nothing is [uncertain], so that draws = " + std::to_string(study.draws) +
                                  " differ by luck alone (more replications would do the same).");
}

/// Every draw is a future of its own; without draws every replication is.
void read_replications(Section& section, Reading& reading) {
  const auto replications = section.number(study_key("experiment", "replications"));
  const std::uint32_t usual = reading.study.draws > 0 ? 1 : usual_futures;
  reading.study.replications = replications ? static_cast<std::uint32_t>(*replications) : usual;
}

/// Pairs of futures that share a population tell people from luck; the first of them is the same without a partner, so
/// that a run can be extended. What a file does not say of its customers is drawn anew.
sim::People usual_people(const sim::Study& study) {
  return study.draws > 1 && !study.population.file ? sim::People::paired : sim::People::redrawn;
}

}  // namespace

std::vector<std::string> group_names(const sim::Study& study) {
  std::vector<std::string> names;
  for (const sim::Group& group : study.population.groups) names.push_back(group.name);
  return names;
}

bool horizon_is_shortened(const Node& root) {
  const Entry* horizon = root.find("horizon");
  const Entry* months = horizon == nullptr ? nullptr : horizon->node.find("months");
  return months != nullptr && months->node.place.option >= 0;
}

std::optional<std::uint32_t> place_in(const std::vector<std::string>& names, const Entry& entry, std::string_view kind,
                                      const std::string& label, Reading& reading) {
  if (entry.node.kind != Node::Kind::text) {
    reading.mistakes.add(entry.node.place, label + " = " + shown(entry.node) + " is " + kind_of(entry.node) +
                                               ". Expected: the name of a " + std::string(kind) + ".");
    return std::nullopt;
  }
  for (std::uint32_t n = 0; n < names.size(); ++n)
    if (names[n] == entry.node.text) return n;
  if (const std::string hint = former_name_hint(kind, entry.node.text); !hint.empty()) {
    reading.mistakes.add(entry.node.place, label + " = " + in_quotes(entry.node.text) + " is no " + std::string(kind) +
                                               " of a study" + hint);
    return std::nullopt;
  }
  std::string known;
  for (const std::string& name : names) known += (known.empty() ? "" : ", ") + printable(name);
  const std::string guess = nearest(entry.node.text, names);
  reading.mistakes.add(entry.node.place, label + " = " + in_quotes(entry.node.text) + " is no " + std::string(kind) +
                                             " of this study (there are: " + printable(known, 200) + ")." +
                                             (guess.empty() ? "" : " Did you mean " + in_quotes(guess) + "?"));
  return std::nullopt;
}

std::optional<sim::People> people_of(const Node& root, Reading& reading) {
  note_twice(root, "population", "experiment", "people", reading);
  const auto in_population = people_in(root, "population", reading);
  const auto in_experiment = people_in(root, "experiment", reading);
  return in_population ? in_population : in_experiment;
}

void read_experiment(const Node& root, Reading& reading) {
  const Entry* entry = root.find("experiment");
  Section section(entry == nullptr ? no_node : entry->node, "experiment.", reading);
  read_baseline(section, reading);
  read_headline(section, reading);
  read_draws(root, section, reading);
  read_replications(section, reading);
  if (const auto luck = section.choice(study_key("experiment", "luck")))
    reading.study.luck = static_cast<sim::Luck>(*luck);
  if (const auto same_money = section.truth("same_money")) reading.study.same_money = *same_money;
  read_why(section, reading);
  section.find("people");
  section.close();
  reading.study.population.people = people_of(root, reading).value_or(usual_people(reading.study));
  if (reading.study.population.people == sim::People::paired && reading.study.replications > 1 &&
      reading.study.replications % 2 == 1)
    reading.mistakes.warn({}, "people are paired, and replications = " + std::to_string(reading.study.replications) +
                                  " is odd: the last future has no partner.");
}

}  // namespace clientele::scenarios
