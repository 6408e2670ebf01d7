// What sensitivity found of a study, as sentences of its answer.
#pragma once
#include <string>
#include <vector>

#include "tools/clientele/compare/sentences.hpp"
#include "tools/clientele/sensitivity/found.hpp"

namespace clientele::tools {

/// What the difference hangs on of the guesses: how many turn it, where each does, all at once, and from which file
/// that is known. About "guesses".
std::vector<Sentence> sentences_of(const Sensitivity& found, const std::string& file,
                                   Language language = Language::english);

}  // namespace clientele::tools
