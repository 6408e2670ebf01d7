// Finds a message and fills its slots.
#include "tools/clientele/language/messages.hpp"

#include <algorithm>

#include "sim/core/check.hpp"

namespace clientele::tools {

namespace {

const Message* found_in(std::span<const Message> messages, std::string_view id) {
  const auto found = std::ranges::find(messages, id, &Message::id);
  return found == messages.end() ? nullptr : &*found;
}

/// Whether a character is as wide as a Chinese one: U+3000 to U+9FFF, or a full-width sign.
bool is_wide(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const auto first = static_cast<unsigned char>(text[at]);
  return (first >= 0xE3 && first <= 0xE9) || first == 0xEF;
}

bool begins_wide(std::string_view text) { return is_wide(text, 0); }
bool ends_wide(std::string_view text) { return text.size() >= 3 && is_wide(text, text.size() - 3); }

/// Without the blank of a message between two Chinese characters: it is for names and numbers.
void append(std::string& said, std::string_view piece, Language language) {
  if (language == Language::chinese) {
    const bool ends_blank = said.ends_with(' ') && ends_wide(std::string_view(said).substr(0, said.size() - 1));
    if (ends_blank && begins_wide(piece)) said.pop_back();
    if (piece.starts_with(' ') && ends_wide(said) && begins_wide(piece.substr(1))) piece.remove_prefix(1);
  }
  said += piece;
}

}  // namespace

std::string_view code_of(Language language) {
  return language == Language::chinese ? "zh" : language == Language::spanish ? "es" : "en";
}

std::string say(Language language, std::string_view id, Slots slots) {
  const Message* message = nullptr;
  for (const auto table : {answer_messages(), page_messages(), picture_messages()})
    if (message == nullptr) message = found_in(table, id);
  sim::expects(message != nullptr, "a message that is said exists: " + std::string(id));
  const std::string_view text = message->in(language);
  std::string said;
  std::size_t filled = 0, at = 0;
  while (at < text.size()) {
    const std::size_t open = text.find('{', at);
    append(said, text.substr(at, open - at), language);
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('}', open);
    const std::string_view name = text.substr(open + 1, close - open - 1);
    const auto* slot = std::ranges::find(slots, name, &std::pair<std::string_view, std::string>::first);
    sim::expects(slot != slots.end(), "a slot of a message is filled: " + std::string(id) + ", " + std::string(name));
    append(said, slot->second, language);
    ++filled;
    at = close + 1;
  }
  sim::expects(filled >= slots.size(), "what is said fits the message: " + std::string(id));
  return said;
}

std::string foreign(Language language, const std::string& text) {
  return language == Language::english || text.empty() ? text : "\u2068" + text + "\u2069";
}

}  // namespace clientele::tools
