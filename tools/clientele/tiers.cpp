// `clientele tiers STUDY [--policy NAME]`: the tiers of a policy as a CSV, which a spreadsheet edits and a study reads.
#include <algorithm>
#include <cstdio>

#include "models/catalogue.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "sim/roll_out.hpp"
#include "tools/clientele/arguments.hpp"
#include "tools/clientele/spreadsheet.hpp"
#include "tools/clientele/study_options.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

using Tiers = std::span<const sim::Tier>;

/// The one that is named; or the only one that has several tiers.
const sim::Policy& policy_in(const sim::Study& study, const std::optional<std::string>& asked) {
  std::vector<std::string> names, with_several;
  for (const sim::Policy& policy : study.policies) {
    if (asked == policy.name) return policy;
    names.push_back(policy.name);
    if (sim::own_tiers(policy).size() > 1) with_several.push_back(policy.name);
  }
  std::string known;
  for (const std::string& name : names) known += (known.empty() ? "" : ", ") + sim::printable(name);
  if (asked) {
    const std::string guess = sim::nearest(*asked, names);
    throw sim::UserError(sim::in_quotes(*asked) + " is no policy of this study (there are: " + known + ")." +
                             (guess.empty() ? "" : " Did you mean " + sim::in_quotes(guess) + "?"),
                         sim::Exit::usage);
  }
  if (with_several.size() != 1)
    throw sim::UserError("which policy's tiers (--policy NAME; there are: " + known + ")?", sim::Exit::usage);
  return *std::ranges::find(study.policies, with_several.front(), &sim::Policy::name);
}

struct LeverColumn {
  sim::FieldRef field;
  std::string key;
};

/// A key alone, where only one behavior has a lever of that name; else its path.
std::string key_of(sim::FieldRef lever, const sim::Catalogue& catalogue) {
  const auto& fields = [&](std::uint32_t table) -> const auto& { return catalogue.tables()[table].fields.fields(); };
  const std::string key(fields(lever.table)[lever.field].key);
  std::size_t called = 0;
  for (std::uint32_t t = 0; t < catalogue.tables().size(); ++t)
    for (const sim::FieldInfo& field : fields(t)) called += field.lever && field.key == key ? 1 : 0;
  return called == 1 ? key : catalogue.tables()[lever.table].key + "." + key;
}

/// In the order of the catalogue, those that some tier says.
std::vector<LeverColumn> levers_of(Tiers tiers, const sim::Catalogue& catalogue) {
  std::vector<LeverColumn> levers;
  for (std::uint32_t t = 0; t < catalogue.tables().size(); ++t)
    for (std::uint32_t f = 0; f < catalogue.tables()[t].fields.fields().size(); ++f) {
      const sim::FieldRef field{t, f};
      if (std::ranges::any_of(tiers, [&](const sim::Tier& tier) {
            return std::ranges::find(tier.levers, field, &sim::Tier::Setting::field) != tier.levers.end();
          }))
        levers.push_back({field, key_of(field, catalogue)});
    }
  return levers;
}

std::string table_of(Tiers tiers, const sim::Catalogue& catalogue) {
  const auto says = [&](auto part) {
    return std::ranges::any_of(tiers, [&](const sim::Tier& tier) { return (tier.*part).has_value(); });
  };
  const bool shares = says(&sim::Tier::share), bounds = says(&sim::Tier::from);
  const std::vector<LeverColumn> levers = levers_of(tiers, catalogue);
  std::string head = "name";
  if (shares) head += ",share";
  if (bounds) head += ",from";
  for (const LeverColumn& lever : levers) head += "," + lever.key;
  Csv csv(CsvForm::plain);
  csv.head(head);
  const auto cell = [&](const std::optional<double>& value) { csv.text(value ? sim::shortest_text(*value) : ""); };
  for (const sim::Tier& tier : tiers) {
    csv.text(tier.name);
    if (shares) cell(tier.share);
    if (bounds) cell(tier.from);
    for (const LeverColumn& lever : levers) {
      const auto own = std::ranges::find(tier.levers, lever.field, &sim::Tier::Setting::field);
      cell(own == tier.levers.end() ? std::nullopt : std::optional(own->value));
    }
    csv.end_line();
  }
  return csv.file();
}

}  // namespace

sim::Exit tiers(const Words& words) {
  std::vector<Option> options = study_options();
  options.push_back({"policy", 0, Option::Takes::value});
  const Arguments arguments(words, options);
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study = study_of(arguments, catalogue);
  const sim::Policy& policy = policy_in(study, arguments.value("policy"));
  const Tiers own = sim::own_tiers(policy);
  if (std::ranges::any_of(own, [](const sim::Tier& tier) { return tier.when.has_value(); }))
    throw sim::UserError("the tiers of " + sim::in_quotes(policy.name) +
                         " are told apart by conditions or groups, for which a table has no column.");
  std::fputs(table_of(own, catalogue).c_str(), stdout);
  return sim::Exit::done;
}

}  // namespace clientele::tools
