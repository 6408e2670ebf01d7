// The order in which the parts of a tree are read, and what makes a study whole after them.
#include "scenarios/reader/parsed_study.hpp"

#include <algorithm>

#include "scenarios/reader/canonical.hpp"
#include "scenarios/reader/json_tree.hpp"
#include "scenarios/reader/options.hpp"
#include "scenarios/reader/text_guard.hpp"
#include "scenarios/reader/toml_tree.hpp"
#include "sim/why.hpp"

namespace clientele::scenarios {

namespace {

void read_parts(const Node& root, Reading& reading) {
  read_money_and_seed(root, reading);
  read_horizon(root, reading);
  read_beyond(root, reading);
  read_behaviors(root, reading);
  read_population(root, reading);
  read_scenarios(root, reading);
  read_policies(root, reading);
  read_uncertain(root, reading);
  read_experiment(root, reading);
  read_constraints(root, reading);
  read_count(root, reading);
  read_output(root, reading);
  read_totals(root, reading);
  read_books_table(root, reading);
  read_told_tiers(reading);
  finish_roll_outs(root, reading);
  read_openings(root, reading);
  check_gains(root, reading);
  check_members(root, reading);
  check_needs(reading);
  check_choices(reading);
  check_draws(reading);
  judge_plausibility(reading);
}

/// Takes [sweep] out of a tree.
std::optional<Entry> sweep_in(Node& root) {
  const Entry* entry = root.find("sweep");
  if (entry == nullptr) return std::nullopt;
  std::optional<Entry> sweep = *entry;
  std::erase_if(root.entries, [](const Entry& other) { return other.key == "sweep"; });
  return sweep;
}

}  // namespace

Node parsed_or_thrown(std::string_view text, Mistakes& mistakes) {
  if (!guard(text, mistakes)) mistakes.throw_if_any();
  std::optional<Node> root = is_json(text) ? parse_json(text, mistakes) : parse_toml(text, mistakes);
  if (!root) mistakes.throw_if_any();
  return std::move(*root);
}

std::vector<std::string> options_of(const std::vector<Override>& overrides) {
  std::vector<std::string> options;
  for (const Override& given : overrides) options.push_back(given.option);
  return options;
}

std::optional<Entry> read_tree(Node tree, const std::vector<Override>& overrides, Reading& reading) {
  lay_options(overrides, tree, reading);
  std::optional<Entry> sweep = sweep_in(tree);
  reading.swept = reading.swept && sweep;
  read_parts(tree, reading);
  return sweep;
}

void finish_study(std::string_view text, const std::vector<Override>& overrides, Reading& reading) {
  reading.study = sim::with_why(reading.study);
  reading.study.text = text;
  reading.study.options = options_of(overrides);
  reading.study.digest = digest_of(canonical_text(reading.study, reading.catalogue));
  reading.study.warnings = reading.mistakes.warnings_without_places();
}

}  // namespace clientele::scenarios
