// One table of a study: asks for its keys, and what nobody asked for is a mistake.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/reader/reading.hpp"
#include "scenarios/study_keys.hpp"
#include "sim/schema.hpp"

namespace clientele::scenarios {

/// What a number must be, and what it means.
struct NumberRule {
  std::string unit;
  sim::Range range;
  enum class Of { reals, whole, money } of = Of::reals;
  std::string short_unit = {};  ///< of a field, without what it means: "days"
};

/// What a number of a study's own table must be.
NumberRule rule_of(const StudyKey& key);

/// The number of a node; notes a mistake where it is none, no finite one, or outside of its range. `what` names it.
std::optional<double> read_number(const Node& node, const std::string& what, const NumberRule& rule,
                                  Mistakes& mistakes);

/// The place of the one word of a list that a node says; notes a mistake where it says none, with the nearest.
std::optional<std::size_t> read_choice(const Node& node, const std::string& what, const std::vector<std::string>& words,
                                       Mistakes& mistakes);

/// A range in words, with what a value outside may have been meant as: "is outside [0, 1]".
std::string outside_text(double value, const sim::Range& range);
std::string likely_meaning(double value, const sim::Range& range);

/// The table of an entry. `label` starts every message about its keys: "horizon." or "policy "today": ".
class Section {
 public:
  Section(const Node& table, std::string label, Reading& reading);

  /// The entry of a key, or nothing. The key is known from now on.
  const Entry* find(std::string_view key);
  std::optional<double> number(std::string_view key, const NumberRule& rule);
  std::optional<double> number(const StudyKey& key) { return number(key.key, rule_of(key)); }
  std::optional<std::string> text(std::string_view key);
  /// A text that can name something.
  std::optional<std::string> name(std::string_view key);
  /// One word of a list, by its place there.
  std::optional<std::size_t> choice(std::string_view key, const std::vector<std::string>& words);
  std::optional<std::size_t> choice(const StudyKey& key) {
    return choice(key.key, {key.choices.begin(), key.choices.end()});
  }

  /// true or false.
  std::optional<bool> truth(std::string_view key);

  /// Notes every key that nobody asked for.
  void close();

  std::string label_of(std::string_view key) const { return label_ + std::string(key); }

 private:
  void unknown(const Entry& entry) const;
  bool is_typed_as_path(const Entry& entry) const;
  std::string path_with(const std::string& key, const Entry& entry) const;

  const Node& table_;
  std::string label_;
  Reading& reading_;
  std::vector<std::string> known_;
};

/// The tables of a list such as [[policy]]; notes what is no list of tables.
std::vector<const Node*> tables_of(const Node& root, std::string_view key, const std::string& label, Reading& reading);

}  // namespace clientele::scenarios
