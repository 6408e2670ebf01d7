// Renders a mistake as file:line:col, the source line and a caret; no more than twenty, then a count.
#include "scenarios/reader/mistakes.hpp"

#include <algorithm>
#include <tuple>

#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::Character;
using sim::character_at;
using sim::is_invisible;
using sim::printable;

namespace {

constexpr std::size_t most_listed = 20;
constexpr std::size_t widest = 100;  ///< characters of a source line

/// The study first, then what has no place in it, then files that it names, then options in their order.
auto order_of(const Place& place) {
  const int kind = place.option >= 0 ? 3 : place.file >= 0 ? 2 : place.line == 0 ? 1 : 0;
  return std::make_tuple(kind, place.option, place.file, place.line, place.column);
}

template <class Remarks>
Remarks in_order(Remarks remarks) {
  std::stable_sort(remarks.begin(), remarks.end(),
                   [](const auto& a, const auto& b) { return order_of(a.place) < order_of(b.place); });
  return remarks;
}

/// A line as one cell per character, so that a caret can stand under it.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  for (std::size_t at = 0; at < line.size();) {
    const Character c = character_at(line, at);
    const bool shown = c.valid && !is_invisible(c.code);
    cells.push_back(shown ? std::string(line.substr(at, c.bytes)) : c.code == '\t' ? " " : "?");
    at += c.bytes;
  }
  return cells;
}

}  // namespace

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    if (!lines.back().empty() && lines.back().back() == '\r') lines.back().remove_suffix(1);
    at = end + 1;
  }
  return lines;
}

Mistakes::Mistakes(std::string name, std::string_view text, std::vector<std::string> options)
    : name_(std::move(name)), lines_(lines_of(text)), options_(std::move(options)) {}

int Mistakes::add_file(std::string name, std::string text) {
  auto file = std::make_unique<File>();
  file->name = std::move(name);
  file->text = std::move(text);
  file->lines = lines_of(file->text);
  files_.push_back(std::move(file));
  return static_cast<int>(files_.size()) - 1;
}

/// Where a study is read again for its points, files are not: their tiers stand in it.
const Mistakes::File* Mistakes::file_of(const Place& place) const {
  return place.file >= 0 && static_cast<std::size_t>(place.file) < files_.size()
             ? files_[static_cast<std::size_t>(place.file)].get()
             : nullptr;
}

void Mistakes::add(const Place& place, std::string text) {
  if (!said_.insert(prefix(place) + text).second) return;
  ++count_;
  mistakes_.push_back({place, std::move(text)});
}

void Mistakes::warn(const Place& place, std::string text) {
  if (said_.insert(prefix(place) + text).second) warnings_.push_back({place, std::move(text)});
}

void Mistakes::add_elsewhere(std::vector<std::string> texts, std::size_t count) {
  elsewhere_.insert(elsewhere_.end(), texts.begin(), texts.end());
  count_ += count;
}

void Mistakes::note_number(const Place& place, NumberSaid said) {
  if (place.option >= 0) numbers_.insert_or_assign(place.option, std::move(said));
}

std::vector<std::string> Mistakes::mistakes_of_option(int option) const {
  std::vector<std::string> texts;
  for (const Remark& mistake : mistakes_)
    if (mistake.place.option == option) texts.push_back(mistake.text);
  return texts;
}

std::vector<std::string> Mistakes::warnings_of_option(int option) const {
  std::vector<std::string> texts;
  for (const Remark& warning : warnings_)
    if (warning.place.option == option) texts.push_back(warning.text);
  return texts;
}

std::optional<NumberSaid> Mistakes::number_of_option(int option) const {
  const auto found = numbers_.find(option);
  return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> Mistakes::mistakes_without_places() const {
  std::vector<std::string> texts;
  for (const Remark& mistake : in_order(mistakes_)) texts.push_back(mistake.text);
  texts.insert(texts.end(), elsewhere_.begin(), elsewhere_.end());
  return texts;
}

std::vector<std::string> Mistakes::told() const {
  std::vector<std::string> texts;
  for (const Remark& mistake : in_order(mistakes_)) {
    if (texts.size() == most_listed) return texts;
    std::string text = prefix(mistake.place) + mistake.text;
    if (const std::string source = source_line(mistake.place); !source.empty())
      text += "\n" + source.substr(0, source.size() - 1);
    texts.push_back(std::move(text));
  }
  for (const std::string& mistake : elsewhere_)
    if (texts.size() < most_listed) texts.push_back(mistake);
  return texts;
}

void Mistakes::throw_if_any() const {
  if (none()) return;
  std::string text;
  const std::vector<std::string> shown = told();
  for (const std::string& mistake : shown) text += mistake + "\n";
  text += std::to_string(count_) + (count_ == 1 ? " mistake" : " mistakes");
  if (shown.size() < count_) text += " (the first " + std::to_string(shown.size()) + " are shown)";
  throw sim::UserError(text + ".");
}

std::vector<std::string> Mistakes::warnings() const {
  std::vector<std::string> texts;
  for (const Remark& warning : in_order(warnings_)) texts.push_back(prefix(warning.place) + warning.text);
  return texts;
}

std::vector<std::string> Mistakes::warnings_without_places() const {
  std::vector<std::string> texts;
  for (const Remark& warning : in_order(warnings_)) texts.push_back(warning.text);
  return texts;
}

std::string Mistakes::prefix(const Place& place) const {
  if (place.option >= 0) return printable(options_.at(static_cast<std::size_t>(place.option)), 80) + ": ";
  const File* file = file_of(place);
  const std::string name = printable(file == nullptr ? name_ : file->name, 200);
  if (place.line == 0 || (file == nullptr && place.file >= 0)) return name + ": ";
  return name + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + ": ";
}

std::string Mistakes::source_line(const Place& place) const {
  const File* file = file_of(place);
  const std::vector<std::string_view>& lines = file == nullptr ? lines_ : file->lines;
  if (place.option >= 0 || place.line == 0 || place.line > lines.size() || (file == nullptr && place.file >= 0))
    return {};
  const std::vector<std::string> cells = cells_of(lines[place.line - 1]);
  const std::size_t column = std::min<std::size_t>(place.column == 0 ? 0 : place.column - 1, cells.size());
  const std::size_t first = column < widest * 3 / 4 ? 0 : column - widest / 2;
  const std::size_t last = std::min(cells.size(), first + widest);
  std::string source;
  for (std::size_t c = first; c < last; ++c) source += cells[c];
  const std::size_t room = std::max<std::size_t>(1, last - std::min(column, last));
  const std::size_t under = std::clamp<std::size_t>(place.length, 1, room);
  const std::string number = std::to_string(place.line);
  return "  " + number + " | " + source + "\n  " + std::string(number.size(), ' ') + " | " +
         std::string(column - first, ' ') + "^" + std::string(under - 1, '~') + "\n";
}

}  // namespace clientele::scenarios
