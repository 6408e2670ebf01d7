// One function for each kind of value; keys are sorted, as those of TOML are.
#include "scenarios/reader/json_tree.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;

namespace {

constexpr std::string_view blanks = " \t\r\n";

/// What ends the reading; it never leaves this file.
struct NoJson {
  Place place;
  std::string why;
};

class JsonText {
 public:
  explicit JsonText(std::string_view text) : text_(text) {}

  Node whole() {
    Node root = value();
    skip_blanks();
    if (at_ < text_.size()) fail("something stands behind the last brace");
    return root;
  }

 private:
  [[noreturn]] void fail(const std::string& why) const { throw NoJson{here(), why}; }
  Place here() const { return {line_, column_, 1, -1}; }
  char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void take(std::size_t bytes = 1) {
    for (; bytes > 0 && at_ < text_.size(); --bytes) {
      const auto byte = static_cast<unsigned char>(text_[at_++]);
      if (byte == '\n') ++line_, column_ = 0;
      if ((byte & 0xC0U) != 0x80U) ++column_;
    }
  }
  void skip_blanks() {
    while (at_ < text_.size() && blanks.find(next()) != std::string_view::npos) take();
  }
  bool takes(char c) {
    skip_blanks();
    if (next() != c) return false;
    take();
    return true;
  }
  void expect(char c, const char* where) {
    if (!takes(c)) fail(std::string("a ") + c + " is missing " + where);
  }

  Node value() {
    skip_blanks();
    Node node;
    node.place = here();
    const std::size_t begin = at_;
    const std::uint32_t column = column_, line = line_;
    read_value(node);
    node.place.length = line == line_ ? std::max(1U, column_ - column) : 1;
    if (node.kind == Node::Kind::number) node.written = node.whole ? "" : std::string(text_.substr(begin, at_ - begin));
    return node;
  }

  void read_value(Node& node) {
    switch (next()) {
      case '{':
        return read_table(node);
      case '[':
        return read_array(node);
      case '"':
        node.kind = Node::Kind::text;
        node.text = text();
        return;
      default:
        return read_word(node);
    }
  }

  void read_table(Node& node) {
    take();
    if (takes('}')) return;
    do {
      skip_blanks();
      if (next() != '"') fail("a key between quotes is missing");
      Place place = here();
      const std::string key = text();
      place.length = place.line == line_ ? column_ - place.column : 1;
      expect(':', "behind a key");
      if (node.find(key) != nullptr) throw NoJson{place, "the key " + in_quotes(key) + " is there twice"};
      node.entries.push_back({key, place, value()});
    } while (takes(','));
    expect('}', "at the end of a table");
    std::ranges::sort(node.entries, {}, &Entry::key);
  }

  void read_array(Node& node) {
    node.kind = Node::Kind::array;
    take();
    if (takes(']')) return;
    do node.items.push_back(value());
    while (takes(','));
    expect(']', "at the end of a list");
  }

  void read_word(Node& node) {
    const std::size_t end = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
    const std::string_view word = text_.substr(at_, end - at_);
    if (word == "true" || word == "false") {
      node.kind = Node::Kind::truth;
      node.truth = word == "true";
    } else {
      const auto [stop, error] = std::from_chars(word.data(), word.data() + word.size(), node.number);
      if (word.empty() || error != std::errc() || stop != word.data() + word.size())
        fail(word == "null" ? "null says nothing: leave the key out" : "a value is missing, or is none");
      node.kind = Node::Kind::number;
      node.whole = word.find_first_of(".eE") == std::string_view::npos;
    }
    take(word.size());
  }

  std::string text() {
    std::string said;
    for (take(); next() != '"';) {
      if (at_ >= text_.size() || next() == '\n') fail("a text does not end");
      if (next() == '\\')
        said += escaped();
      else
        said += next(), take();
    }
    take();
    return said;
  }

  std::string escaped() {
    constexpr std::string_view letters = "\"\\/bfnrt", meant = "\"\\/\b\f\n\r\t";
    take();
    if (const std::size_t letter = letters.find(next()); next() != '\0' && letter != std::string_view::npos)
      return take(), std::string(1, meant[letter]);
    std::uint32_t code = unit();
    if (code >= 0xD800 && code < 0xDC00 && next() == '\\') {
      take();
      const std::uint32_t low = unit();
      if (low < 0xDC00 || low >= 0xE000) fail("a \\u stands for no character");
      code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
    }
    if (code == 0 || (code >= 0xD800 && code < 0xE000) || code > 0x10FFFF) fail("a \\u stands for no character");
    return in_utf8(code);
  }

  /// The four digits of \u.
  std::uint32_t unit() {
    std::uint32_t code = 0;
    const std::string_view digits = text_.substr(std::min(at_ + 1, text_.size()), 4);
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    if (next() != 'u' || digits.size() < 4 || error != std::errc() || stop != digits.data() + 4)
      fail("a backslash stands before no letter of JSON");
    take(5);
    return code;
  }

  static std::string in_utf8(std::uint32_t code) {
    const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
    if (code < 0x80) return {byte(code)};
    if (code < 0x800) return {byte(0xC0 | code >> 6U), byte(0x80 | (code & 0x3FU))};
    if (code < 0x10000)
      return {byte(0xE0 | code >> 12U), byte(0x80 | (code >> 6U & 0x3FU)), byte(0x80 | (code & 0x3FU))};
    return {byte(0xF0 | code >> 18U), byte(0x80 | (code >> 12U & 0x3FU)), byte(0x80 | (code >> 6U & 0x3FU)),
            byte(0x80 | (code & 0x3FU))};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1, column_ = 1;
};

/// JSON has no dates: the one that a study says is a text there, "2027-01-01".
void read_start(Node& root) {
  Entry* horizon = root.find("horizon");
  Entry* start = horizon == nullptr ? nullptr : horizon->node.find("start");
  if (start == nullptr || start->node.kind != Node::Kind::text) return;
  Date date;
  char behind = 0;
  if (std::sscanf(start->node.text.c_str(), "%4d-%2d-%2d%c", &date.year, &date.month, &date.day, &behind) != 3) return;
  start->node.kind = Node::Kind::date;
  start->node.date = date;
}

}  // namespace

bool is_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  return first != std::string_view::npos && text[first] == '{';
}

std::optional<Node> parse_json(std::string_view text, Mistakes& mistakes) {
  try {
    Node root = JsonText(text).whole();
    read_start(root);
    return root;
  } catch (const NoJson& problem) {
    mistakes.add(problem.place, "is not JSON here (" + problem.why + ").");
    return std::nullopt;
  }
}

}  // namespace clientele::scenarios
