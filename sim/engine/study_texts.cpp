// Walks scenarios, policies and tiers, and writes down what it meets.
#include "sim/engine/study_texts.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "sim/draws.hpp"
#include "sim/engine/provenance.hpp"
#include "sim/gains.hpp"
#include "sim/roll_out.hpp"
#include "sim/why.hpp"

namespace clientele::sim {

namespace {

std::string text_of(double number) {
  std::array<char, 40> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed).ptr;
  return {buffer.data(), end};
}

/// "120,000", "0.5"
std::string with_commas(double number) {
  std::string text = text_of(number);
  const std::size_t whole = std::min(text.find('.'), text.size());
  for (std::size_t at = whole; at > 3 && text[at - 4] != '-';) text.insert(at -= 3, ",");
  return text;
}

/// " (uncertain: uniform (low 60, high 140))" behind a number of a policy or a scenario that draws give a value.
std::string uncertain_in_words(const Study& study, Uncertain::Place::Of what, std::size_t owner, std::size_t part,
                               std::optional<FieldRef> lever = {}) {
  for (const Uncertain& uncertain : study.uncertain)
    if (uncertain.place && uncertain.place->of == what && uncertain.place->owner == owner &&
        uncertain.place->part == part && (!lever || uncertain.field == *lever))
      return " (uncertain: " + source_in_words(uncertain) + ")";
  return "";
}

std::string months_in_words(int months) { return std::to_string(months) + (months == 1 ? " month" : " months"); }

/// "demand x 0.9 from month 12 for 12 months, growing over 3 months"
std::string shock_in_words(std::size_t scenario, std::size_t number, const Study& study, const Catalogue& catalogue) {
  const Shock& shock = study.scenarios[scenario].shocks[number];
  const DriverInfo& driver = catalogue.drivers()[shock.driver];
  std::string text = driver.name;
  if (driver.kind == DriverKind::factor)
    text += " x " + text_of(shock.size);
  else
    text += (shock.size < 0 ? " - " : " + ") + text_of(std::fabs(shock.size));
  text += uncertain_in_words(study, Uncertain::Place::Of::shock, scenario, number);
  text += " from month " + std::to_string(shock.from);
  text += shock.months ? " for " + months_in_words(*shock.months) : " on";
  if (shock.ramp > 1) text += ", growing over " + months_in_words(shock.ramp);
  if (shock.group) text += ", group " + study.population.groups[*shock.group].name;
  return text;
}

std::string shocks_in_words(std::size_t scenario, const Study& study, const Catalogue& catalogue) {
  std::string text;
  for (std::size_t shock = 0; shock < study.scenarios[scenario].shocks.size(); ++shock)
    text += (text.empty() ? "" : "; ") + shock_in_words(scenario, shock, study, catalogue);
  return text;
}

/// "25 % of customers from month 3, all of group chain from month 6 (until then they live as under today)"
std::string roll_out_in_words(const Policy& policy, const Study& study) {
  std::string text;
  if (policy.grandfathering > 0)
    text = "newcomers at once and all who were there before from month " + std::to_string(policy.grandfathering);
  for (const RollOut& step : policy.rollout) {
    if (policy.grandfathering > 0) break;
    const std::string group = step.group ? "group " + study.population.groups[*step.group].name : "customers";
    const std::string share = text_of(std::round(step.share * 1e8) / 1e6) + " % of ";
    text += (text.empty() ? "" : ", ") +
            (step.share < 1 ? share
             : step.group   ? "all of "
                            : "all ") +
            group + " from month " + std::to_string(step.month);
  }
  if (!text.empty()) text += " (until then they live as under " + study.policies[study.baseline].name + ")";
  return text;
}

/// "; credit.budget 12000 from month 6, growing over 3 months"
std::string settings_in_words(const Policy& policy, const Study& study, const Catalogue& catalogue) {
  std::string text;
  const auto number = static_cast<std::size_t>(&policy - study.policies.data());
  for (const PolicySetting& setting : policy.settings) {
    const Catalogue::Table& table = catalogue.tables()[setting.field.table];
    text += "; " + table.key + "." + std::string(table.fields.fields()[setting.field.field].key) + " " +
            with_commas(setting.value) +
            uncertain_in_words(study, Uncertain::Place::Of::setting, policy.twin.value_or(number),
                               static_cast<std::size_t>(&setting - policy.settings.data()));
    if (setting.from) text += " from month " + std::to_string(*setting.from);
    if (setting.ramp > 1) text += ", growing over " + months_in_words(setting.ramp);
  }
  return text;
}

/// "; tiers of month 0 for good, as bands gives them"
std::string held_in_words(const Policy& policy, const Study& study, const Catalogue& catalogue) {
  if (policy.held == Held::no) return "";
  if (!policy.twin) return "; tiers of month 0 for good";
  const std::string& twin = study.policies[*policy.twin].name;
  if (policy.held == Held::as_reviewed) return "; tiers of month 0 for good, as " + twin + " gives them";
  return "; tiers by chance for good, each with as " +
         std::string(is_granted_on_sales(policy, catalogue) ? "large a share of the past year's sales"
                                                            : "many customers") +
         " as " + twin + " puts there at month 0";
}

/// "customers of both as under bands, all others as under today; nobody is simulated under it"
std::string blend_in_words(const Policy& policy, const Study& study) {
  const std::string &twin = study.policies[policy.twin.value()].name, &baseline = study.policies[study.baseline].name;
  const bool all_of_twin = policy.blend == Blend::shared_and_own;
  return (all_of_twin ? "customers of " + twin + " as under it, those of " + baseline + " alone as under that"
                      : "customers of both as under " + twin + ", all others as under " + baseline) +
         "; put together and not simulated";
}

/// "spend: review_every 3 months, look_back 12 months"
std::string rule_in_words(const Policy& policy, const Study& study, const Catalogue& catalogue) {
  if (!is_simulated(policy)) return blend_in_words(policy, study);
  const Catalogue::SegmentationEntry& segmentation = catalogue.segmentations()[policy.segmentation];
  std::string text = segmentation.key;
  const std::vector<FieldInfo>& fields = segmentation.fields.fields();
  for (std::size_t f = 0; f < fields.size(); ++f) {
    if (fields[f].key == "hysteresis" && policy.values[f].numbers == std::vector<double>{0}) continue;  // no band
    if (!fields[f].curved.empty() && policy.values[f].numbers.empty()) continue;
    if (!counts(fields[f], segmentation.fields, policy.values)) continue;
    text += (f == 0 ? ": " : ", ") + std::string(fields[f].key) + " " + value_in_words(fields[f], policy.values[f]);
    if (!fields[f].unit.empty() && fields[f].unit != "-") text += " " + std::string(fields[f].unit);
  }
  if (segmentation.is_benchmark) text += " (" + std::string(said_of_benchmarks) + ")";
  if (policy.validity > 0) text += "; a tier is kept for " + months_in_words(policy.validity) + " at least";
  if (const auto kept = std::ranges::count_if(policy.kept_by_hand, [](std::int32_t tier) { return tier >= 0; }))
    text += "; " + std::to_string(kept) + (kept == 1 ? " customer is" : " customers are") + " kept in a tier by hand";
  text += settings_in_words(policy, study, catalogue) + held_in_words(policy, study, catalogue);
  const std::string reaches = roll_out_in_words(policy, study);
  return text + (reaches.empty() ? "" : "; reaches ") + reaches;
}

std::string list_in_words(const std::vector<std::string>& parts, const std::string& word) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : word) + part;
  return text;
}

/// "orders at least 6 and recency below 3"
std::string condition_in_words(const Condition& condition, const Catalogue::SegmentationEntry& segmentation,
                               const Study& study) {
  std::vector<std::string> parts;
  for (const Condition& part : condition.parts) {
    const std::string text = condition_in_words(part, segmentation, study);
    parts.push_back(part.parts.empty() ? text : "(" + text + ")");
  }
  switch (condition.of) {
    case Condition::Of::all:
      return list_in_words(parts, " and ");
    case Condition::Of::any:
      return list_in_words(parts, " or ");
    case Condition::Of::none:
      return "none of " + list_in_words(parts, ", ");
    case Condition::Of::groups:
      if (condition.attribute) {
        const Attribute& attribute = study.population.attributes[*condition.attribute];
        for (const std::uint32_t value : condition.groups) parts.push_back(attribute.values[value]);
        return attribute.name + " " + list_in_words(parts, " or ");
      }
      for (const std::uint32_t group : condition.groups) parts.push_back(study.population.groups[group].name);
      return "group " + list_in_words(parts, " or ");
    case Condition::Of::number:
      break;
  }
  const NumberInfo& number = segmentation.numbers[condition.number];
  if (condition.at_least) parts.push_back("at least " + with_commas(*condition.at_least));
  if (condition.below) parts.push_back("below " + with_commas(*condition.below));
  return number.key + " " + list_in_words(parts, " and ") + (number.unit == "money" ? " " + study.currency : "");
}

std::string tier_in_words(const Tier& tier, const Policy& policy, const Study& study, const Catalogue& catalogue) {
  const Catalogue::SegmentationEntry& segmentation = catalogue.segmentations()[policy.segmentation];
  if (segmentation.rule == TierRule::one) return "all customers";
  const std::string unit_of_from(segmentation.unit_of_from(policy.values));
  const std::string unit = unit_of_from == "money" ? study.currency : unit_of_from;
  if (segmentation.is_of_members() && !tier.from) return "no members";
  if (tier.from) return "from " + with_commas(*tier.from) + (unit.empty() ? "" : " " + unit);
  if (tier.when) return condition_in_words(*tier.when, segmentation, study);
  if (tier.share)
    return text_of(std::round(*tier.share * 1e8) / 1e6) + " % of " +
           (segmentation.from_unit == "sales" ? "sales" : "customers");
  return "the rest";
}

std::string levers_in_words(const Policy& policy, std::size_t number, const Study& study, const Catalogue& catalogue) {
  const Tier& tier = policy.tiers[number];
  const auto owner = policy.twin.value_or(static_cast<std::uint32_t>(&policy - study.policies.data()));
  std::string text;
  for (std::uint32_t t = 0; t < catalogue.tables().size(); ++t) {
    const std::vector<FieldInfo>& fields = catalogue.tables()[t].fields.fields();
    for (std::uint32_t f = 0; f < fields.size(); ++f) {
      if (!fields[f].lever) continue;
      const auto own = std::ranges::find(tier.levers, FieldRef{t, f}, &Tier::Setting::field);
      text += (text.empty() ? "" : ", ") + std::string(fields[f].key) + " " +
              (own == tier.levers.end() ? value_in_words(fields[f], study.values[t][f])
                                        : text_of(own->value) + uncertain_in_words(study, Uncertain::Place::Of::tier,
                                                                                   owner, number, FieldRef{t, f}));
    }
  }
  return text;
}

/// What the study says of a number beside its law: of everybody, or of one group.
double stated_value(const Uncertain& uncertain, const Study& study) {
  if (uncertain.place) return stated_in(study, uncertain);
  const FieldRef at = uncertain.field;
  const FieldValue* value = &study.values[at.table][at.field];
  if (uncertain.group)
    for (const Group::Override& own : study.population.groups[*uncertain.group].overrides)
      if (own.field == at) value = &own.value;
  return value->numbers.at(uncertain.number);
}

/// A number of a policy or a scenario, which the study states.
DrawnField drawn_place(const Uncertain& uncertain, const Study& study, const Catalogue& catalogue) {
  const Uncertain::Place& place = *uncertain.place;
  DrawnField drawn{uncertain.path, "", "", "stated", stated_value(uncertain, study)};
  if (place.of == Uncertain::Place::Of::shock) {
    drawn.meaning = catalogue.drivers()[study.scenarios[place.owner].shocks[place.part].driver].meaning;
    return drawn;
  }
  const FieldInfo& field = catalogue.tables()[uncertain.field.table].fields.fields()[uncertain.field.field];
  drawn.meaning = field.meaning;
  const Policy& policy = study.policies[place.owner];
  if (field.called.empty()) return drawn;
  drawn.called = field.called;
  if (place.of == Uncertain::Place::Of::tier && policy.tiers.size() > 1)
    drawn.called += " of tier " + policy.tiers[place.part].name;
  drawn.called += " under " + policy.name;
  return drawn;
}

DrawnField drawn_field(const Uncertain& uncertain, const Study& study, const std::vector<Assumption>& assumptions,
                       const Catalogue& catalogue) {
  if (uncertain.place) return drawn_place(uncertain, study, catalogue);
  const Catalogue::Table& table = catalogue.tables()[uncertain.field.table];
  const FieldInfo& field = table.fields.fields()[uncertain.field.field];
  DrawnField drawn{uncertain.path, std::string(field.called), std::string(field.meaning), "",
                   stated_value(uncertain, study)};
  if (uncertain.group && !drawn.called.empty())
    drawn.called += " of group " + study.population.groups[*uncertain.group].name;
  const auto known = std::ranges::find(assumptions, table.key + "." + std::string(field.key), &Assumption::path);
  if (known != assumptions.end()) drawn.mark = known->mark;
  return drawn;
}

}  // namespace

StudyTexts texts_of(const Study& study, const Catalogue& catalogue) {
  StudyTexts texts;
  for (std::size_t scenario = 0; scenario < study.scenarios.size(); ++scenario)
    texts.scenario_shocks.push_back(shocks_in_words(scenario, study, catalogue));
  for (const Policy& policy : study.policies) {
    texts.policy_rules.push_back(rule_in_words(policy, study, catalogue));
    texts.roll_outs.push_back(roll_out_in_words(policy, study));
    auto& rules = texts.tier_rules.emplace_back();
    auto& levers = texts.tier_levers.emplace_back();
    for (const Tier& tier : policy.tiers) {
      const bool is_own = &tier < policy.tiers.data() + own_tiers(policy).size();
      if (!is_simulated(policy)) {
        rules.emplace_back("all customers");
        levers.emplace_back();
        continue;
      }
      rules.push_back(is_own ? tier_in_words(tier, policy, study, catalogue)
                             : "not reached yet: as under " + study.policies[study.baseline].name);
      levers.push_back(levers_in_words(policy, rules.size() - 1, study, catalogue));
    }
  }
  const std::vector<Assumption> assumptions = assumptions_of(study, catalogue);
  for (const Uncertain& uncertain : study.uncertain)
    texts.drawn.push_back(drawn_field(uncertain, study, assumptions, catalogue));
  return texts;
}

}  // namespace clientele::sim
