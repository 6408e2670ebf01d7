// An id as all who write it mean it: without the spaces at its ends, in one form of Unicode.
#pragma once
#include <string>
#include <string_view>

namespace clientele::scenarios {

/// The text without white space at its ends (of any kind: U+00A0 and U+FEFF too).
std::string_view without_ends(std::string_view text);

/// The text without its ends and composed (Unicode NFC), so that an e with an accent is one character, however a
/// program wrote it.
std::string canonical_id(std::string_view text);

/// What ids have in common that differ by capitals, spaces or zeros before them alone.
std::string loose_id(std::string_view id);

/// A column's name as a key: without its ends, in small letters, with _ for spaces and hyphens.
std::string canonical_key(std::string_view text);

}  // namespace clientele::scenarios
