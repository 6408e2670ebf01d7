// One line per value, keys from the catalogue; numbers as the shortest decimals that read back as the same bits.
#include "scenarios/reader/canonical.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <vector>

#include <xxhash.h>

#include "sim/curve.hpp"
#include "sim/gains.hpp"

namespace clientele::scenarios {
namespace {

template <class Number>
std::string bytes_of(const std::vector<Number>& numbers) {
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(Number)};
}

class Lines {
 public:
  template <class... Values>
  void add(const Values&... values) {
    (put(values), ...);
    text_ += '\n';
  }
  const std::string& text() const { return text_; }

 private:
  void put(const char* word) { text_ += std::string(word) + " "; }
  /// Names with their length, so that no name can look like something else.
  void put(const std::string& name) { text_ += std::to_string(name.size()) + ":" + name + " "; }
  template <class Number>
  requires std::is_arithmetic_v<Number>
  void put(Number number) {
    std::array<char, 40> buffer{};
    text_.append(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr);
    text_ += ' ';
  }
  template <class Number>
  void put(const std::optional<Number>& number) {
    if (number)
      put(*number);
    else
      put("-");
  }
  void put(const sim::FieldValue& value) {
    put(value.family);
    for (const double number : value.numbers) put(number);
    if (value.sample) put(digest_of(bytes_of(value.sample->values)));
  }

  std::string text_;
};

std::string path_of(sim::FieldRef field, const sim::Catalogue& catalogue) {
  const sim::Catalogue::Table& table = catalogue.tables()[field.table];
  return table.key + "." + std::string(table.fields.fields()[field.field].key);
}

const sim::FieldInfo& field_of(sim::FieldRef at, const sim::Catalogue& catalogue) {
  return catalogue.tables()[at.table].fields.fields()[at.field];
}

/// A choice goes by its word, and a number of a vector by its label, so that their lists may grow anywhere.
void add_value(const char* what, sim::FieldRef at, const sim::FieldValue& value, const sim::Catalogue& catalogue,
               Lines& lines) {
  const sim::FieldInfo& field = field_of(at, catalogue);
  if (field.dated && value.numbers.empty()) return;  // what books do not say of the past goes unsaid
  const auto& words = field.choices;
  for (std::size_t n = 0; n < value.numbers.size() && !field.labels.empty(); ++n)
    lines.add(what, path_of(at, catalogue) + "." + label_of(field, n), value.numbers[n]);
  if (!field.labels.empty()) return;
  if (words.empty())
    lines.add(what, path_of(at, catalogue), value);
  else
    lines.add(what, path_of(at, catalogue), std::string(words[static_cast<std::size_t>(value.numbers[0])]));
}

void add_population(const sim::Population& population, const sim::Catalogue& catalogue, Lines& lines) {
  lines.add("customers", population.customers, static_cast<int>(population.people));
  for (const sim::Group& group : population.groups) {
    lines.add("group", group.name, group.share);
    for (const sim::Group::Override& own : group.overrides) add_value("own", own.field, own.value, catalogue, lines);
  }
  for (const sim::Attribute& attribute : population.attributes) {
    lines.add("attribute", attribute.name, attribute.correlation, digest_of(bytes_of(attribute.by_row)));
    for (std::size_t v = 0; v < attribute.values.size(); ++v)
      lines.add("value", attribute.values[v], attribute.shares[v]);
  }
  for (const sim::AttributePair& pair : population.attribute_pairs)
    lines.add("go together", std::min(pair.one, pair.other), std::max(pair.one, pair.other), pair.correlation);
  lines.add("oldest", population.oldest);
  lines.add("starts", static_cast<int>(population.replacement), static_cast<int>(population.arrivals));
  if (population.arrivals == sim::Arrivals::by_number)
    for (const sim::Group& group : population.groups) lines.add("arrivals", group.arrivals);
  if (!population.file) return;
  const sim::CustomerFile& file = *population.file;
  lines.add("file", digest_of(bytes_of(file.ids)), digest_of(bytes_of(file.groups)));
  if (!file.tenures.empty()) lines.add("tenure", digest_of(bytes_of(file.tenures)));
  for (const sim::CustomerFile::KnownTrait& trait : file.traits)
    lines.add("trait", path_of(trait.field, catalogue), digest_of(bytes_of(trait.values)));
  for (const sim::CustomerFile::KnownPast& past : file.past)
    lines.add("past", past.key, past.columns,
              past.exact.empty() ? digest_of(bytes_of(past.values)) : digest_of(bytes_of(past.exact)));
  if (!file.tiers.empty()) lines.add("tiers today", digest_of(bytes_of(file.tiers)));
}

/// Numbers go by their key, so that their list may grow anywhere.
void add_condition(const sim::Condition& condition, const sim::Catalogue::SegmentationEntry& segmentation,
                   Lines& lines) {
  lines.add("when", static_cast<int>(condition.of), condition.parts.size());
  if (condition.of == sim::Condition::Of::number)
    lines.add("number", segmentation.numbers[condition.number].key, condition.at_least, condition.below);
  if (condition.attribute) lines.add("of attribute", *condition.attribute);
  for (const std::uint32_t group : condition.groups) lines.add("of group", group);
  for (const sim::Condition& part : condition.parts) add_condition(part, segmentation, lines);
}

/// Each by the name of its number, so that the list of numbers may grow anywhere.
void add_curves(const sim::FieldInfo& field, const sim::FieldValue& value, Lines& lines) {
  for (const sim::Curve& curve : sim::unpacked(value.numbers)) {
    lines.add(std::string(field.key).c_str(), std::string(field.curved[curve.of].key), curve.values.size());
    for (std::size_t k = 0; k < curve.values.size(); ++k) lines.add("at", curve.values[k], curve.points[k]);
  }
}

void add_own(const sim::Policy& policy, const sim::Catalogue& catalogue, Lines& lines) {
  const auto& segmentation = catalogue.segmentations()[policy.segmentation];
  lines.add("policy", policy.name, segmentation.key, policy.entry);
  const std::vector<sim::FieldInfo>& fields = segmentation.fields.fields();
  for (std::size_t f = 0; f < policy.values.size(); ++f)  // what a rule may have gained goes unsaid where it is usual
    if (!fields[f].curved.empty())
      add_curves(fields[f], policy.values[f], lines);
    else if (fields[f].choices.empty())
      lines.add("value", std::string(fields[f].key), policy.values[f]);
    else if (policy.values[f] != fields[f].standard)
      lines.add("value", std::string(fields[f].key),
                std::string(fields[f].choices[static_cast<std::size_t>(policy.values[f].numbers[0])]));
  if (policy.held != sim::Held::no)
    lines.add("held", policy.held == sim::Held::as_reviewed ? "as reviewed" : "at random");
  if (policy.validity > 0) lines.add("validity", policy.validity);
  if (!policy.kept_by_hand.empty()) lines.add("kept by hand", digest_of(bytes_of(policy.kept_by_hand)));
  for (const sim::PolicySetting& setting : policy.settings)
    lines.add("setting", path_of(setting.field, catalogue), setting.value, setting.from, setting.ramp);
  for (const sim::Tier& tier : policy.tiers) {
    lines.add("tier", tier.name, tier.share, tier.from);
    if (tier.when) add_condition(*tier.when, segmentation, lines);
    for (const sim::Tier::Setting& lever : tier.levers)
      lines.add("lever", path_of(lever.field, catalogue), lever.value);
  }
}

void add_scenario(const sim::Scenario& scenario, const sim::Catalogue& catalogue, Lines& lines) {
  lines.add("scenario", scenario.name);
  for (const sim::Shock& shock : scenario.shocks)
    lines.add("shock", catalogue.drivers()[shock.driver].name, shock.size, shock.from, shock.months, shock.ramp,
              shock.group);
}

/// What pilot worlds show follows from what all cells share, the warm-up's policy among it, from the policy itself,
/// from the first scenario and from what is called a gain; and from nothing else, so that the gains need not be said.
void add_what_gains_rest_on(const sim::Policy& policy, const sim::Study& study, const sim::Catalogue& catalogue,
                            Lines& lines) {
  if (!sim::lacks_gains(policy, catalogue)) return;
  lines.add("gains of", sim::kpi_of_gains(study, catalogue).name);
  add_scenario({"", study.scenarios.front().shocks}, catalogue, lines);
}

/// What a policy's first review is held against.
void add_yardstick(const sim::Policy& policy, const sim::Study& study, const sim::Catalogue& catalogue, Lines& lines) {
  const auto place = std::ranges::find(study.policies, policy.name, &sim::Policy::name) - study.policies.begin();
  const auto yardstick = sim::yardstick_of(study, catalogue, static_cast<std::uint32_t>(place));
  if (!yardstick) return;
  lines.add("held against");
  add_own(study.policies[*yardstick], catalogue, lines);
  add_what_gains_rest_on(study.policies[*yardstick], study, catalogue, lines);
}

/// A policy that rolls out reads the baseline: whom it has not reached lives by that. A blend is made of its twin and
/// of the baseline.
void add_policy(const sim::Policy& policy, const sim::Study& study, const sim::Catalogue& catalogue, Lines& lines) {
  if (policy.blend != sim::Blend::no) {
    lines.add("blend", policy.name, policy.blend == sim::Blend::shared ? "shared" : "shared and own");
    add_policy(study.policies[policy.twin.value()], study, catalogue, lines);
    add_own(study.policies[study.baseline], catalogue, lines);
    return;
  }
  add_own(policy, catalogue, lines);
  add_what_gains_rest_on(policy, study, catalogue, lines);
  for (const sim::RollOut& step : policy.rollout) lines.add("reaches", step.month, step.share, step.group);
  if (policy.grandfathering > 0) lines.add("newcomers are reached at once");
  if (!policy.rollout.empty()) add_own(study.policies[study.baseline], catalogue, lines);
  add_yardstick(policy, study, catalogue, lines);
}

/// Of the rows of a file only those that are drawn have a part in the outcome.
void add_uncertain(const sim::Uncertain& uncertain, std::uint32_t draws, Lines& lines) {
  if (uncertain.drawn.empty())
    lines.add("uncertain", uncertain.path, static_cast<int>(uncertain.law.family), uncertain.law.values[0],
              uncertain.law.values[1]);
  for (std::size_t d = 0; d < std::min<std::size_t>(draws, uncertain.drawn.size()); ++d)
    lines.add("drawn", uncertain.path, uncertain.drawn[d]);
}

/// What is off unless asked for goes unsaid where it is usual, so that studies that do not ask read as they always did.
void add_values(const sim::Study& study, const sim::Catalogue& catalogue, Lines& lines) {
  for (std::uint32_t t = 0; t < study.values.size(); ++t)
    for (std::uint32_t f = 0; f < study.values[t].size(); ++f)
      if (const sim::FieldInfo& field = field_of({t, f}, catalogue);
          !field.unsaid || study.values[t][f] != field.standard)
        add_value("value", {t, f}, study.values[t][f], catalogue, lines);
}

/// What every cell of a study shares, but for a warm-up's policy and the modes of luck.
void add_world(const sim::Study& study, const sim::Catalogue& catalogue, Lines& lines) {
  const sim::Horizon& horizon = study.horizon;
  lines.add("seed", study.seed, study.money_quantum);
  lines.add("horizon", horizon.start_year, horizon.start_month, horizon.months, horizon.warmup, horizon.run_off,
            horizon.beyond, static_cast<int>(horizon.drivers_beyond));
  for (const int month : study.count.histogram_months) lines.add("histograms of month", month);
  if (study.count.classes) lines.add("classes");
  if (study.count.reviews) lines.add("reviews");
  if (study.count.triangle) lines.add("triangle");
  add_population(study.population, catalogue, lines);
  add_values(study, catalogue, lines);
}

/// A warm-up is simulated by today's policy in the first scenario, in which nothing is changed yet: shocks count from
/// its end, and one that did not would belong to all cells.
void add_warmup(const sim::Study& study, const sim::Catalogue& catalogue, Lines& lines) {
  if (study.horizon.warmup == 0) return;
  add_own(study.policies[study.baseline], catalogue, lines);
  sim::Scenario before{"", study.scenarios.front().shocks};
  std::erase_if(before.shocks, [](const sim::Shock& shock) { return shock.from >= 0; });
  add_scenario(before, catalogue, lines);
}

/// What a cube holds of the cells. A study that says nothing of it reads as it always did.
void add_output(const sim::Output& output, Lines& lines) {
  if (output == sim::Output{}) return;
  lines.add("output", static_cast<int>(output.groups), static_cast<int>(output.months),
            static_cast<int>(output.histograms));
  for (const std::string& metric : output.metrics) lines.add("metric", metric);
}

/// Which behaviors there are and when they act: another order of the month is another model.
void add_steps(const sim::Catalogue& catalogue, Lines& lines) {
  for (const sim::Catalogue::Step& step : catalogue.steps()) lines.add("step", step.name, step.behavior);
}

}  // namespace

std::string canonical_text(const sim::Study& study, const sim::Catalogue& catalogue) {
  Lines lines;
  add_world(study, catalogue, lines);
  for (const sim::Uncertain& uncertain : study.uncertain) add_uncertain(uncertain, study.draws, lines);
  for (const sim::Scenario& scenario : study.scenarios) add_scenario(scenario, catalogue, lines);
  for (const sim::Policy& policy : study.policies) add_policy(policy, study, catalogue, lines);
  lines.add("experiment", study.baseline, study.draws, study.replications, static_cast<int>(study.luck));
  if (study.same_money) lines.add("same money");
  if (study.why) lines.add("why");
  add_output(study.output, lines);
  return lines.text();
}

std::string text_of_world(const sim::Study& study, const sim::Catalogue& catalogue) {
  Lines lines;
  add_world(study, catalogue, lines);
  add_warmup(study, catalogue, lines);
  add_steps(catalogue, lines);
  lines.add("luck", static_cast<int>(study.luck));
  return lines.text();
}

std::string text_of(const sim::Scenario& scenario, const sim::Catalogue& catalogue) {
  Lines lines;
  add_scenario(scenario, catalogue, lines);
  return lines.text();
}

std::string text_of(const sim::Policy& policy, const sim::Study& study, const sim::Catalogue& catalogue) {
  Lines lines;
  add_policy(policy, study, catalogue, lines);
  return lines.text();
}

std::string digest_of(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  std::array<char, 33> hex{};
  constexpr std::string_view digits = "0123456789abcdef";
  for (std::size_t d = 0; d < 32; ++d) {
    const std::uint64_t half = d < 16 ? hash.high64 : hash.low64;
    hex[d] = digits[half >> (60 - 4 * (d % 16)) & 15U];
  }
  return hex.data();
}

}  // namespace clientele::scenarios
