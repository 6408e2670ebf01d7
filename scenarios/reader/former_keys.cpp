// One line for each key, metric or KPI that went; CHANGES.md says the same for people.
#include "scenarios/reader/former_keys.hpp"

#include <algorithm>
#include <array>

namespace clientele::scenarios {
namespace {

struct Former {
  std::string_view name, why, suggestion;
};

constexpr std::array former_keys{
    Former{"accounting.capital_cost", "what is owed is charged at accounting.discount_rate, like all that comes later",
           "Leave it out?"},
    Former{"accounting.terminal_months",
           "value beyond the horizon is simulated, so that its length is a key of its own",
           "Did you mean [beyond] months?"}};

constexpr std::array former_names{
    Former{"metric capital_cost", "what is owed is charged in npv, from receivables", "Did you mean \"receivables\"?"},
    Former{"metric present_value", "npv is the discounted sum of contribution", "Did you mean \"contribution\"?"},
    Former{"metric terminal_value", "value beyond the horizon comes from the months beyond it",
           "Did you mean \"contribution\"?"}};

std::string hint_of(const Former& former) {
  return " any more (" + std::string(former.why) + "). " + std::string(former.suggestion);
}

}  // namespace

std::string former_key_hint(std::string_view label) {
  for (const Former& former : former_keys)
    if (label.ends_with(former.name) &&
        (label.size() == former.name.size() || label[label.size() - former.name.size() - 1] == ' ' ||
         label[label.size() - former.name.size() - 1] == '.'))
      return hint_of(former);
  return {};
}

std::string former_name_hint(std::string_view kind, std::string_view name) {
  const std::string both = std::string(kind) + " " + std::string(name);
  const auto former = std::ranges::find(former_names, both, &Former::name);
  return former == former_names.end() ? "" : hint_of(*former);
}

}  // namespace clientele::scenarios
