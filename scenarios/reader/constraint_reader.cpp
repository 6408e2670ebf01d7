// Bounds that a firm must keep: they change no outcome, and are told beside it.
#include "scenarios/constraints.hpp"
#include "scenarios/reader/options.hpp"
#include "scenarios/reader/parsed_study.hpp"
#include "scenarios/reader/section.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::number_text;

namespace {

std::optional<std::string> kpi_of(const Node& node, Section& section, const std::string& label, Reading& reading) {
  std::vector<std::string> names;
  for (const sim::KpiInfo& kpi : reading.catalogue.kpis()) names.push_back(kpi.name);
  const Entry* entry = section.find("kpi");
  if (entry == nullptr) {
    reading.mistakes.add(node.place, label + "kpi is missing (of what there is a bound). Expected: kpi = \"" +
                                         (names.empty() ? "..." : names.front()) + "\".");
    return std::nullopt;
  }
  const auto place = place_in(names, *entry, "KPI", label + "kpi", reading);
  return place ? std::optional(names[*place]) : std::nullopt;
}

/// The bounds; notes where there is none, or no number between them.
void read_bounds(const Node& node, const std::string& label, sim::Constraint& constraint, Section& section,
                 Reading& reading) {
  constraint.at_most = section.number(study_key("constraint", "at_most"));
  constraint.at_least = section.number(study_key("constraint", "at_least"));
  if (node.find("at_most") == nullptr && node.find("at_least") == nullptr)
    reading.mistakes.add(node.place, label + "has neither at_most nor at_least. Expected: at_most = NUMBER.");
  if (constraint.at_most && constraint.at_least && *constraint.at_least > *constraint.at_most)
    reading.mistakes.add(node.find("at_least")->node.place,
                         label + "at_least = " + number_text(*constraint.at_least) +
                             " is above at_most = " + number_text(*constraint.at_most) +
                             " (no number keeps both). Did you mean them the other way round?");
}

}  // namespace

void read_constraints(const Node& root, Reading& reading) {
  std::vector<std::string> policies;
  for (const sim::Policy& policy : reading.study.policies) policies.push_back(policy.name);
  for (const Node* node : tables_of(root, "constraint", "", reading)) {
    const std::string label = "constraint: ";
    Section section(*node, label, reading);
    sim::Constraint constraint;
    if (const auto kpi = kpi_of(*node, section, label, reading)) constraint.kpi = *kpi;
    const std::string bounds = constraint.kpi.empty() ? label : "constraint of " + in_quotes(constraint.kpi) + ": ";
    read_bounds(*node, bounds, constraint, section, reading);
    if (const Entry* policy = section.find("policy"))
      constraint.policy = place_in(policies, *policy, "policy", bounds + "policy", reading);
    section.close();
    reading.study.constraints.push_back(std::move(constraint));
  }
}

std::vector<NamedConstraint> constraints_in(std::string_view text, const std::string& name,
                                            const std::vector<Override>& overrides, const sim::Catalogue& catalogue) {
  Mistakes mistakes(name, text, options_of(overrides));
  Node root = parsed_or_thrown(text, mistakes);
  const Vocabulary vocabulary(catalogue);
  Reading reading{catalogue, vocabulary, mistakes, "."};
  lay_options(overrides, root, reading);
  for (const Node* policy : tables_of(root, "policy", "", reading))
    if (const Entry* called = policy->find("name")) {
      reading.study.policies.emplace_back();
      reading.study.policies.back().name = called->node.text;
    }
  read_constraints(root, reading);
  mistakes.throw_if_any();
  std::vector<NamedConstraint> constraints;
  for (const sim::Constraint& one : reading.study.constraints)
    constraints.push_back(
        {one.kpi, one.at_most, one.at_least, one.policy ? reading.study.policies[*one.policy].name : std::string()});
  return constraints;
}

}  // namespace clientele::scenarios
