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

}  // namespace

std::string_view code_of(Language language) {
  return language == Language::chinese ? "zh" : language == Language::spanish ? "es" : "en";
}

std::string say(Language language, std::string_view id, Slots slots) {
  const Message* message = found_in(answer_messages(), id);
  if (message == nullptr) message = found_in(page_messages(), id);
  sim::expects(message != nullptr, "a message that is said exists: " + std::string(id));
  const std::string_view text = message->in(language);
  std::string said;
  std::size_t filled = 0, at = 0;
  while (at < text.size()) {
    const std::size_t open = text.find('{', at);
    said += text.substr(at, open - at);
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('}', open);
    const std::string_view name = text.substr(open + 1, close - open - 1);
    const auto* slot = std::ranges::find(slots, name, &std::pair<std::string_view, std::string>::first);
    sim::expects(slot != slots.end(), "a slot of a message is filled: " + std::string(id) + ", " + std::string(name));
    said += slot->second;
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
