// Options of one verb, as text: nothing is guessed, and nothing unknown passes.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tools/clientele/verbs.hpp"

namespace clientele::tools {

struct Option {
  /// A value that may be left out is the empty one, and is given behind "=" only: "--csv", "--csv=excel".
  enum class Takes { nothing, value, values, maybe_value };
  std::string name;  ///< without dashes
  char letter = 0;   ///< of the short form
  Takes takes = Takes::nothing;
  enum class Of { words, file } of = Of::words;  ///< what its values are
};

/// What somebody typed behind a verb.
class Arguments {
 public:
  /// Throws UserError (usage) where the words do not fit the options: unknown, without a value or with another option
  /// in its place, or said twice with different values.
  Arguments(const Words& words, const std::vector<Option>& options);

  bool has(const std::string& name) const { return given_.contains(name); }
  /// All values of an option, in their order.
  std::vector<std::string> values(const std::string& name) const;
  std::optional<std::string> value(const std::string& name) const;
  /// A value that is a whole number in [low, high].
  std::optional<unsigned long> whole(const std::string& name, unsigned long low, unsigned long high) const;
  /// The words that are no options.
  const std::vector<std::string>& words() const { return words_; }
  /// The one word that is no option; `what` names it.
  std::string only_word(const std::string& what) const;

 private:
  std::map<std::string, std::vector<std::string>> given_;
  std::vector<std::string> words_;
};

/// Throws unless there is nothing.
void expect_nothing(const Words& words, const std::string& verb);

}  // namespace clientele::tools
