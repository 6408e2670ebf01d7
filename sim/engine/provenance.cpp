// Holds a study's values against the defaults of the field tables, which know where they come from.
#include "sim/engine/provenance.hpp"

#include <algorithm>

#include "sim/core/printable.hpp"
#include "sim/curve.hpp"
#include "sim/dated.hpp"
#include "sim/draws.hpp"
#include "sim/roll_out.hpp"
#include "sim/why.hpp"

namespace clientele::sim {

namespace {

/// "volume 0 points at 0, 100 at 50000; growth by percentile"
std::string curves_in_words(const FieldInfo& field, const FieldValue& value) {
  std::string text;
  for (const Curve& curve : unpacked(value.numbers)) {
    text += (text.empty() ? "" : "; ") + std::string(field.curved[curve.of].key) +
            (curve.by_rank() ? " by percentile" : "");
    for (std::size_t k = 0; k < curve.values.size(); ++k)
      text += (k == 0 ? " " : ", ") + shortest_text(curve.points[k]) + (k == 0 ? " points at " : " at ") +
              shortest_text(curve.values[k]);
  }
  return text;
}

/// "12000 points of 3 months"
std::string amounts_in_words(const FieldInfo& field, const FieldValue& value) {
  const DatedAmounts amounts = unpacked_amounts(value.numbers);
  std::int64_t sum = 0, months = 0;
  for (const DatedAmount& one : amounts) sum += one.amount, months += one.months;
  if (amounts.empty()) return "none";
  return std::to_string(sum) + " " + std::string(field.unit) + " of " + std::to_string(months) + " months";
}

}  // namespace

std::string value_in_words(const FieldInfo& field, const FieldValue& value) {
  if (!field.choices.empty()) return std::string(field.choices[static_cast<std::size_t>(value.numbers[0])]);
  if (!field.curved.empty()) return curves_in_words(field, value);
  if (field.dated) return amounts_in_words(field, value);
  const bool law = !field.families.empty();
  std::string text;
  if (!field.labels.empty()) {
    for (std::size_t n = 0; n < value.numbers.size(); ++n)
      text += (n == 0 ? "" : ", ") + label_of(field, n) + " " + shortest_text(value.numbers[n]);
    return text;
  }
  const bool own_mean = value.sample && value.sample->factor_to(value.numbers[0]) == 1;
  for (std::size_t n = own_mean ? 1 : 0; n < value.numbers.size(); ++n) {
    text += text.empty() ? "" : ", ";
    if (law) text += std::string(field.families[value.family].parameters[n].key) + " ";
    text += shortest_text(value.numbers[n]);
  }
  if (value.sample) text = sample_in_words(*value.sample) + (text.empty() ? "" : "; ") + text;
  if (law) return std::string(field.families[value.family].key) + " (" + text + ")";
  return value.numbers.size() > 1 ? "[" + text + "]" : text;
}

std::string mark_in_words(Mark mark) {
  switch (mark) {
    case Mark::quoted:
      return "quoted";
    case Mark::computed:
      return "computed";
    case Mark::seen:
      return "seen";
    case Mark::closed_form:
      return "closed form";
    case Mark::fiction:
      return "fiction";
    case Mark::guess:
      return "guess";
  }
  return "";
}

namespace {

const FieldValue& value_in(const Study& study, const Group& group, FieldRef field) {
  const auto own = std::find_if(group.overrides.begin(), group.overrides.end(),
                                [&](const Group::Override& override) { return override.field == field; });
  return own == group.overrides.end() ? study.values[field.table][field.field] : own->value;
}

/// Whether customers of some group live by the default.
bool is_default_somewhere(const Study& study, const FieldInfo& field, FieldRef at) {
  return std::any_of(study.population.groups.begin(), study.population.groups.end(),
                     [&](const Group& group) { return value_in(study, group, at) == field.standard; });
}

/// Whether every customer's value is one that somebody has seen.
bool is_sampled_everywhere(const Study& study, FieldRef at) {
  return std::ranges::all_of(study.population.groups,
                             [&](const Group& group) { return value_in(study, group, at).sample != nullptr; });
}

/// The files of a field's samples.
std::string files_of(const Study& study, FieldRef at) {
  std::vector<std::string> files;
  for (const Group& group : study.population.groups)
    if (const std::string& file = value_in(study, group, at).sample->file;
        std::ranges::find(files, file) == files.end())
      files.push_back(file);
  std::string text = "values of ";
  for (const std::string& file : files) text += (&file == &files.front() ? "" : ", ") + file;
  return text;
}

std::string law_in_words(const Law& law) {
  const std::string low = shortest_text(law.values[0]), high = shortest_text(law.values[1]);
  if (law.family == Family::uniform) return "uniform (low " + low + ", high " + high + ")";
  const bool normal = law.family == Family::normal, beta = law.family == Family::beta;
  return std::string(normal ? "normal"
                     : beta ? "beta"
                            : "lognormal") +
         " (mean " + low + ", " +
         (normal ? "sd "
          : beta ? "a "
                 : "sd_log ") +
         high + ")";
}

/// What a field is in all groups and draws.
std::string all_values_of(const Study& study, const FieldInfo& field, FieldRef at) {
  std::string text = value_in_words(field, study.values[at.table][at.field]);
  for (const Group& group : study.population.groups)
    for (const Group::Override& own : group.overrides)
      if (own.field == at) text += "; " + group.name + ": " + value_in_words(field, own.value);
  for (const Uncertain& uncertain : study.uncertain)
    if (is_of_field(uncertain, at)) text += "; uncertain: " + uncertain.path + " " + source_in_words(uncertain);
  return text;
}

bool is_uncertain(const Study& study, FieldRef at) {
  return std::any_of(study.uncertain.begin(), study.uncertain.end(),
                     [&](const Uncertain& uncertain) { return is_of_field(uncertain, at); });
}

/// By a tier of its own: what stands before a roll-out is another policy's.
bool is_pulled(const Policy& policy, FieldRef lever) {
  return std::ranges::any_of(own_tiers(policy), [&](const Tier& tier) {
    return std::any_of(tier.levers.begin(), tier.levers.end(),
                       [&](const Tier::Setting& setting) { return setting.field == lever; });
  });
}

/// Whether every customer has a value of the lever from a tier.
bool is_always_pulled(const Study& study, FieldRef lever) {
  return std::ranges::all_of(study.policies, [&](const Policy& policy) {
    return !is_simulated(policy) || std::ranges::all_of(policy.tiers, [&](const Tier& tier) {
      return std::ranges::find(tier.levers, lever, &Tier::Setting::field) != tier.levers.end();
    });
  });
}

template <class Visit>
void for_each_field(const Catalogue& catalogue, const Visit& visit) {
  for (std::uint32_t t = 0; t < catalogue.tables().size(); ++t) {
    const Catalogue::Table& table = catalogue.tables()[t];
    for (std::uint32_t f = 0; f < table.fields.fields().size(); ++f) {
      const FieldInfo& field = table.fields.fields()[f];
      visit(field, FieldRef{t, f}, table.key + "." + std::string(field.key));
    }
  }
}

}  // namespace

std::string source_in_words(const Uncertain& uncertain) {
  if (uncertain.drawn.empty()) return law_in_words(uncertain.law);
  const auto [low, high] = std::ranges::minmax(uncertain.drawn);
  return "as drawn in " + uncertain.file + " (" + std::to_string(uncertain.drawn.size()) + " rows, " +
         shortest_text(low) + " to " + shortest_text(high) + ")";
}

std::vector<Assumption> assumptions_of(const Study& study, const Catalogue& catalogue) {
  std::vector<Assumption> all;
  for_each_field(catalogue, [&](const FieldInfo& field, FieldRef at, const std::string& path) {
    if ((field.lever && is_always_pulled(study, at)) || !has_a_part(study, catalogue, at)) return;
    const bool known = is_default_somewhere(study, field, at);
    const bool sampled = is_sampled_everywhere(study, at);
    all.push_back({path, all_values_of(study, field, at), std::string(field.meaning),
                   known     ? mark_in_words(field.provenance.mark)
                   : sampled ? mark_in_words(Mark::seen)
                             : "stated",
                   known     ? std::string(field.provenance.source)
                   : sampled ? files_of(study, at)
                             : "the study",
                   is_uncertain(study, at), std::string(field.called)});
  });
  return all;
}

std::vector<LeverUse> levers_of(const Study& study, const Catalogue& catalogue) {
  std::vector<LeverUse> all;
  for_each_field(catalogue, [&](const FieldInfo& field, FieldRef at, const std::string& path) {
    if (!field.lever) return;
    LeverUse use{path, "", "", {}, {}};
    if (field.lever->costs_something()) use.cost = field.lever->cost;
    if (field.lever->buys_something()) use.benefit = field.lever->benefit;
    use.rests_on.assign(field.lever->rests_on.begin(), field.lever->rests_on.end());
    for (const Policy& policy : study.policies)
      if (is_pulled(policy, at)) use.policies.push_back(policy.name);
    if (!use.policies.empty()) all.push_back(std::move(use));
  });
  return all;
}

}  // namespace clientele::sim
