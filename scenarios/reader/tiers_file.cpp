// The first row names what a tier may say, each further row is a tier; an empty cell says nothing.
#include "scenarios/reader/tiers_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "scenarios/amounts.hpp"
#include "scenarios/csv_rows.hpp"
#include "scenarios/plain_file.hpp"
#include "scenarios/reader/json_tree.hpp"
#include "scenarios/reader/number_file.hpp"
#include "scenarios/reader/options.hpp"
#include "scenarios/reader/text_guard.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "sim/core/toml_text.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::printable;

namespace {

constexpr std::size_t most_bytes_of_tiers = std::size_t{1} << 20;

std::string without_blanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return std::string(text);
}

std::optional<double> number_of_cell(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

/// One file: its rows as tables, and as the text that TOML has of them.
class TiersFile {
 public:
  TiersFile(const std::string& name, std::string text, Reading& reading)
      : reading_(reading), file_(reading.mistakes.add_file(name, std::move(text))) {
    tiers_.kind = Node::Kind::array;
    written_ = "[ # " + printable(name, 100) + "\n";
    read(reading_.mistakes.text_of_file(file_));
    written_ += "]";
  }

  Node& tiers() { return tiers_; }
  const std::string& written() const { return written_; }

 private:
  void read(std::string_view all) {
    if (sim::first_bad_utf8(all)) return mistake({1, 1, 1, -1, file_}, "is no text in UTF-8. Save it as CSV UTF-8?");
    CsvRows rows(all);
    CsvRow row;
    if (!rows.next(row))
      return mistake({0, 0, 1, -1, file_}, "is empty. Expected: a header (name, share, ...), and a row a tier.");
    read_header(row, all);
    while (rows.next(row)) read_row(row, all);
    warn_of_missing_levers();
    if (tiers_.items.empty() && header_is_sound_)
      mistake({0, 0, 1, -1, file_}, "has a header and no rows. Expected: a row for each tier.");
  }

  void mistake(Place place, std::string text) { reading_.mistakes.add(place, std::move(text)); }

  std::vector<Place> places_in_file(const CsvRow& row, std::string_view all) const {
    std::vector<Place> places = places_of(row, all);
    for (Place& place : places) place.file = file_;
    return places;
  }

  void read_header(const CsvRow& row, std::string_view all) {
    const std::vector<std::string> known = tier_keys(reading_.catalogue, true);
    const std::vector<Place> places = places_in_file(row, all);
    for (std::size_t f = 0; f < row.fields.size(); ++f) {
      const std::string key = without_blanks(row.fields[f]);
      columns_.push_back(key);
      if (std::ranges::find(known, key) == known.end()) {
        const std::string guess = key.empty() ? "" : sim::nearest(key, known);
        mistake(places[f], (key.empty() ? "a column without a name" : "column " + in_quotes(key)) +
                               " is nothing that a tier can have (levers go by their keys)." +
                               (guess.empty() ? "" : " Did you mean " + guess + "?"));
        columns_.back().clear();
        header_is_sound_ = false;
      } else if (std::ranges::count(columns_, key) > 1) {
        mistake(places[f], "column " + in_quotes(key) + " is there twice. Which one?");
        columns_.back().clear();
        header_is_sound_ = false;
      }
    }
  }

  void read_row(const CsvRow& row, std::string_view all) {
    const Place line{static_cast<std::uint32_t>(row.line), 1, 1, -1, file_};
    if (!row.problem.empty()) return mistake(line, row.problem + ".");
    if (row.fields.size() != columns_.size())
      return mistake(line, "has " + std::to_string(row.fields.size()) +
                               (row.fields.size() == 1 ? " field" : " fields") + ", and the header has " +
                               std::to_string(columns_.size()) + ".");
    const std::vector<Place> places = places_in_file(row, all);
    Node tier;
    tier.place = line;
    std::string said;
    for (std::size_t f = 0; f < columns_.size(); ++f) {
      const std::string text = without_blanks(row.fields[f]);
      if (text.empty()) empty_.push_back({f, places[f]});
      if (columns_[f].empty() || text.empty()) continue;
      Node value = value_of(columns_[f], text, places[f]);
      said += (said.empty() ? "" : ", ") + columns_[f] + " = " +
              (value.kind == Node::Kind::text ? sim::toml_text(value.text) : sim::shortest_text(value.number));
      add(tier, parts_of(columns_[f]), std::move(value), places[f]);
    }
    sort(tier);
    tiers_.items.push_back(std::move(tier));
    written_ += "  { " + said + " },\n";
  }

  /// A lever that other rows say is easily forgotten.
  void warn_of_missing_levers() {
    for (const EmptyCell& cell : empty_) {
      const std::string& key = columns_[cell.column];
      const bool is_lever = !key.empty() && std::ranges::find(not_levers, key) == not_levers.end();
      const auto in_column = std::ranges::count(empty_, cell.column, &EmptyCell::column);
      if (!is_lever || static_cast<std::size_t>(in_column) == tiers_.items.size()) continue;
      reading_.mistakes.warn(cell.place, key +
                                             " is empty for this tier, and other tiers have one: it gets what its "
                                             "policy says for all tiers, or the study's own.");
    }
  }

  Node value_of(const std::string& column, const std::string& text, const Place& place) {
    Node value;
    value.place = place;
    value.kind = Node::Kind::text;
    value.text = text;
    if (column == "name") return value;
    value.kind = Node::Kind::number;
    const auto number = number_of_cell(text);
    if (!number)
      mistake(place, column + " = " + in_quotes(text, 40) + " is no number. Expected: a number." + number_meant(text));
    value.number = number.value_or(0);
    value.whole = text.find_first_of(".eE") == std::string::npos;
    value.written = value.whole ? "" : text;
    return value;
  }

  /// As a tree of TOML has its keys, so that the order of columns does not matter.
  static void sort(Node& table) {
    std::ranges::stable_sort(table.entries, {}, &Entry::key);
    for (Entry& entry : table.entries) sort(entry.node);
  }

  /// payment.terms_days joins what the row says of [payment] already.
  static void add(Node& table, std::span<const std::string> parts, Node value, const Place& place) {
    if (Entry* there = table.find(parts.front()); there != nullptr && parts.size() > 1)
      return add(there->node, parts.subspan(1), std::move(value), place);
    table.entries.push_back(chain(parts, std::move(value), place));
  }

  static constexpr std::array<std::string_view, 4> not_levers{"name", "share", "top", "from"};
  struct EmptyCell {
    std::size_t column;
    Place place;
  };
  Reading& reading_;
  int file_;
  std::vector<EmptyCell> empty_;
  bool header_is_sound_ = true;
  std::vector<std::string> columns_;
  Node tiers_;
  std::string written_;
};

std::unique_ptr<TiersFile> file_called(const Entry& entry, Reading& reading) {
  const auto path = path_beside(entry, "tiers", "--set", reading);
  if (!path) return nullptr;
  const auto refuse = [&](const std::string& why) {
    reading.mistakes.add(entry.node.place, "tiers = " + in_quotes(entry.node.text, 200) + " cannot be read (" + why +
                                               "). Is it beside the study?");
    return nullptr;
  };
  PlainFile file = open_plain_file(*path);
  if (!file.problem.empty()) return refuse(file.problem);
  std::string text{std::istreambuf_iterator<char>(file.stream), std::istreambuf_iterator<char>()};
  if (file.stream.bad()) return refuse("it breaks off");
  if (text.size() > most_bytes_of_tiers) return refuse("it has more than a megabyte");
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return std::make_unique<TiersFile>(entry.node.text, std::move(text), reading);
}

/// Where a character of a line stands in the text [bytes].
std::size_t byte_at(std::string_view text, const Place& place) {
  std::size_t at = 0;
  for (std::uint32_t line = 1; line < place.line; ++line) at = text.find('\n', at) + 1;
  for (std::uint32_t column = 1; column < place.column; ++column) at += sim::character_at(text, at).bytes;
  return at;
}

/// Behind a text between quotes of one line.
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size() && text[at] != quote && text[at] != '\n'; ++at)
    if (quote == '"' && text[at] == '\\') ++at;
  return std::min(at + 1, text.size());
}

struct Replacement {
  std::size_t begin = 0, end = 0;
  std::string by;
};

std::string replaced(std::string_view text, std::vector<Replacement> replacements) {
  std::ranges::sort(replacements, std::greater(), &Replacement::begin);
  std::string all(text);
  for (const Replacement& one : replacements) all.replace(one.begin, one.end - one.begin, one.by);
  return all;
}

}  // namespace

std::string with_tiers_of_files(Node& root, std::string_view text, Reading& reading) {
  std::vector<Replacement> replacements;
  Entry* policies = root.find("policy");
  if (policies == nullptr || policies->node.kind != Node::Kind::array) return std::string(text);
  for (Node& policy : policies->node.items) {
    const Entry* entry = policy.find("tiers");
    if (entry == nullptr) continue;
    if (is_json(text))
      reading.mistakes.add(entry->place, "tiers in a file go with a study in TOML. Did you mean \"tier\": [ ... ]?");
    else if (policy.find("tier") != nullptr)
      reading.mistakes.add(entry->place, "a policy has tiers in a file (tiers) and in the study (tier). Which ones?");
    else if (const auto file = file_called(*entry, reading)) {
      replacements.push_back({byte_at(text, entry->place), end_of_quoted(text, byte_at(text, entry->node.place)),
                              "tier = " + file->written()});
      file->tiers().place = entry->node.place;
      policy.entries.push_back({"tier", entry->place, std::move(file->tiers())});
    }
    std::erase_if(policy.entries, [](const Entry& one) { return one.key == "tiers"; });
  }
  return replaced(text, std::move(replacements));
}

std::vector<std::string> tier_keys(const sim::Catalogue& catalogue, bool with_paths) {
  std::vector<std::string> keys{"name", "share", "top", "from"};
  for (const auto& table : catalogue.tables())
    for (const sim::FieldInfo& field : table.fields.fields()) {
      if (!field.lever) continue;
      keys.emplace_back(field.key);
      if (with_paths) keys.push_back(table.key + "." + std::string(field.key));
    }
  return keys;
}

}  // namespace clientele::scenarios
