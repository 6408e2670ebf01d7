// For a terminal: one entry in full, or all of them a line each.
#include "tools/clientele/explain/entries.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t columns_of_terminal = 80;
constexpr std::size_t width_of_names = 12;

void add(const std::string& name, const std::string& value, std::string& text) {
  if (value.empty()) return;
  const std::string room(name.size() < width_of_names ? width_of_names - name.size() : 1, ' ');
  std::string lines = wrapped(value, columns_of_terminal - width_of_names, 0);
  if (!lines.ends_with('\n')) lines += '\n';
  text += name + room;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    text += lines[at];
    if (lines[at] == '\n' && at + 1 < lines.size()) text.append(width_of_names, ' ');
  }
}

/// A default and its unit, cut where a line has no room for it.
std::string with_unit(const Explained& entry) {
  constexpr std::size_t most = 36;
  const bool is_number =
      !entry.standard.empty() && entry.standard.find_first_not_of("0123456789.-e") == std::string::npos;
  const bool has_room = !entry.unit.empty() && entry.unit.size() < 20 && entry.unit.find(',') == std::string::npos;
  const std::string text = entry.standard + (is_number && has_room ? " " + entry.unit : "");
  return text.size() > most ? text.substr(0, most - 4) + " ..." : text;
}

}  // namespace

std::string text_of(const Explained& entry) {
  std::string text = entry.path + "\n";
  add("means", entry.meaning, text);
  add("is a", entry.kind + (entry.table.empty() ? "" : " (" + entry.table + ")"), text);
  add("unit", entry.unit, text);
  add("default", entry.standard, text);
  add("may be", values_in_words(entry), text);
  add("known as", entry.known_as + (entry.source.empty() ? "" : ": " + entry.source), text);
  for (const auto& [name, fact] : entry.facts) add(name, fact, text);
  return text;
}

std::string text_of(const std::vector<ExplainedTable>& tables) {
  std::string text;
  for (const ExplainedTable& table : tables) {
    text += (text.empty() ? "" : "\n") + table.written + "\n" + wrapped(table.meaning, columns_of_terminal, 0);
    if (!text.ends_with('\n')) text += '\n';
    Table lines;
    for (const Explained& entry : table.entries)
      lines.push_back({"  " + entry.path, with_unit(entry).substr(0, 40), entry.meaning});
    if (!lines.empty()) text += laid_out(lines, 3);
  }
  return text;
}

}  // namespace clientele::tools
