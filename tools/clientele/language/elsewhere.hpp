// Texts that rooms without languages make in English (why a number is missing, whom a policy reaches, what fields are
// called), in the language of the answer.
#pragma once
#include <span>
#include <string>

#include "tools/clientele/language/messages.hpp"

namespace clientele::tools {

/// The texts that are known, by their English with slots for what varies: {text...} for another text of this list,
/// {group} and {baseline} for a name, all others for a number.
std::span<const Message> messages_from_elsewhere();

/// The text in the language; English between isolates (foreign()) where nobody has put it into words.
std::string translated(Language language, const std::string& english);

}  // namespace clientele::tools
