// What people read, in each language that a report speaks: sentences and labels as templates, one line a message.
//
// Names that a study gives stand as they are. Meanings of fields and metrics are English everywhere; foreign() marks
// them, so that a page can say so to whoever reads it aloud.
#pragma once
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace clientele::tools {

enum class Language { english, chinese, spanish };

/// "en", "zh", "es".
std::string_view code_of(Language language);

/// One message; a slot stands in braces: "{policy} is better than {baseline}".
struct Message {
  std::string_view id, english, chinese, spanish;

  std::string_view in(Language language) const {
    return language == Language::chinese ? chinese : language == Language::spanish ? spanish : english;
  }
};

/// What fills the slots of a message, by their names.
using Slots = std::initializer_list<std::pair<std::string_view, std::string>>;

/// Those of the answer (the sentences of `compare`), of the page around it, and of its pictures.
std::span<const Message> answer_messages();
std::span<const Message> page_messages();
std::span<const Message> picture_messages();

/// The message with its slots filled; in Chinese a blank beside a slot goes where Chinese stands on both of its sides.
/// An id that is not there, a slot that is not filled and one that the message does
/// not have are a programmer's mistake.
std::string say(Language language, std::string_view id, Slots slots = {});

/// English inside of another language, between U+2068 and U+2069 (isolates); as it is in English.
std::string foreign(Language language, const std::string& text);

}  // namespace clientele::tools
