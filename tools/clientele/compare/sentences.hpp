// The answer as sentences, one place for the terminal, JSON and whatever shows it next. A board reads them: what a
// policy adds and when, how often, under which condition, for which money, and what all of it rests on.
#pragma once
#include <string>
#include <vector>

#include "output/comparison/comparison.hpp"
#include "tools/clientele/language/messages.hpp"

namespace clientele::tools {

struct Sentence {
  std::string about;  ///< program, value, rollout, chances, payback, condition, levers, spread, basis, limits: stable
                      ///< within a schema_version
  std::string text;   ///< one line, names whole
};

/// In the order in which they are to be read. Of one side alone there is only what it rests on.
std::vector<Sentence> sentences_of(const output::Comparison& comparison, Language language = Language::english);

}  // namespace clientele::tools
