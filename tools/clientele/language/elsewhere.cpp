// Finds the message that an English text was made of, and says it again.
#include "tools/clientele/language/elsewhere.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace clientele::tools {

namespace {

using Filled = std::vector<std::pair<std::string_view, std::string>>;

/// What stands in the slots of a pattern if the text is made of it: as little as will do in each.
std::optional<Filled> slots_of(std::string_view pattern, std::string_view text) {
  Filled slots;
  while (true) {
    const std::size_t open = std::min(pattern.find('{'), pattern.size());
    if (!text.starts_with(pattern.substr(0, open))) return std::nullopt;
    text.remove_prefix(open);
    pattern.remove_prefix(open);
    if (pattern.empty()) return text.empty() ? std::optional(slots) : std::nullopt;
    const std::size_t close = pattern.find('}');
    const std::string_view name = pattern.substr(1, close - 1);
    pattern.remove_prefix(close + 1);
    const std::string_view behind = pattern.substr(0, pattern.find('{'));
    const std::size_t end = behind.empty() ? text.size() : text.find(behind);
    if (end == std::string_view::npos || end == 0) return std::nullopt;
    slots.emplace_back(name, text.substr(0, end));
    text.remove_prefix(end);
  }
}

std::optional<std::string> found(Language language, std::string_view english);

std::string with_slots(std::string_view message, const Filled& slots) {
  std::string text(message);
  for (const auto& [name, value] : slots) {
    const std::string slot = "{" + std::string(name) + "}";
    if (const std::size_t at = text.find(slot); at != std::string::npos) text.replace(at, slot.size(), value);
  }
  return text;
}

/// What stands in a slot, in the language; nothing where it is not what the slot is for.
std::optional<std::string> value_of(Language language, std::string_view slot, std::string value) {
  if (slot.starts_with("text")) return found(language, value);
  if (slot == "group" || slot == "baseline") return value;
  if (value.find_first_not_of("0123456789.") != std::string::npos) return std::nullopt;
  if (language == Language::spanish) std::ranges::replace(value, '.', ',');
  return value;
}

/// False where a slot holds something else.
bool translate(Language language, Filled& slots) {
  for (auto& [name, value] : slots) {
    const std::optional<std::string> inner = value_of(language, name, value);
    if (!inner) return false;
    value = *inner;
  }
  return true;
}

std::optional<std::string> found(Language language, std::string_view english) {
  for (const Message& message : messages_from_elsewhere()) {
    std::optional<Filled> slots = slots_of(message.english, english);
    if (slots && translate(language, *slots)) return with_slots(message.in(language), *slots);
  }
  return std::nullopt;
}

}  // namespace

std::string translated(Language language, const std::string& english) {
  if (language == Language::english) return english;
  const std::optional<std::string> text = found(language, english);
  return text ? *text : foreign(language, english);
}

}  // namespace clientele::tools
