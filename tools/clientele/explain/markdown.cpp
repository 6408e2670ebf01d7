// The reference page of a study: a table for each of its tables.
#include "tools/clientele/explain/entries.hpp"

namespace clientele::tools {

namespace {

/// What stands in a cell of a table.
std::string cell(const std::string& text) {
  std::string safe;
  for (const char c : text) safe += c == '|' ? "\\|" : c == '<' ? "&lt;" : std::string(1, c);
  return safe;
}

std::string code(const std::string& text) { return text.empty() ? "" : "`" + cell(text) + "`"; }

/// A default in letters of one width where a study would write it so.
std::string standard_of(const Explained& entry) {
  const bool is_toml = !entry.standard.empty() &&
                       std::string_view("\"[{-0123456789").find(entry.standard.front()) != std::string_view::npos;
  return is_toml && entry.standard.find(';') == std::string::npos && entry.standard.find(':') == std::string::npos
             ? code(entry.standard)
             : cell(entry.standard);
}

std::string facts_of(const Explained& entry) {
  std::string text;
  for (const auto& [name, fact] : entry.facts) text += (text.empty() ? "" : "<br>") + name + ": " + cell(fact);
  return text;
}

std::string known_as(const Explained& entry) {
  return cell(entry.known_as + (entry.source.empty() ? "" : ": " + entry.source));
}

std::string as_sentence(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 32);
  return text + ".";
}

struct Column {
  const char* head;
  std::string (*of)(const Explained&);
};

/// A column that is empty all the way down is left out.
std::string table_of(const std::vector<Explained>& entries) {
  const std::vector<Column> columns{{"key", [](const Explained& entry) { return code(entry.key()); }},
                                    {"meaning", [](const Explained& entry) { return cell(entry.meaning); }},
                                    {"unit", [](const Explained& entry) { return cell(entry.unit); }},
                                    {"default", standard_of},
                                    {"may be", [](const Explained& entry) { return cell(values_in_words(entry)); }},
                                    {"known as", known_as},
                                    {"and", facts_of}};
  std::vector<Column> shown;
  for (const Column& column : columns)
    for (const Explained& entry : entries)
      if (!column.of(entry).empty()) {
        shown.push_back(column);
        break;
      }
  std::string text = "|", line = "\n|";
  for (const Column& column : shown) text += std::string(" ") + column.head + " |", line += "---|";
  text += line + "\n";
  for (const Explained& entry : entries) {
    text += "|";
    for (const Column& column : shown) text += " " + column.of(entry) + " |";
    text += "\n";
  }
  return text;
}

}  // namespace

std::string markdown_of(const std::vector<ExplainedTable>& tables) {
  std::string text =
      "# A study's keys, and what comes out of it\n\n"
      "Written by `clientele explain --markdown`; `clientele explain KEY` says the same of one key. Studies that run "
      "are in `studies/`, how their parts go together is told in `README.md`.\n\n"
      "What a default is known as: *quoted* from a source that was read, *computed* from data, *seen* in data, a "
      "*closed form*; a *guess*; *fiction* is fitted to invented data. Answers count guesses and fiction as what they "
      "rest on.\n";
  for (const ExplainedTable& table : tables) {
    text += "\n## " + (table.key.empty() ? table.written : "`" + table.written + "`") + "\n";
    if (!table.meaning.empty()) text += "\n" + cell(as_sentence(table.meaning)) + "\n";
    if (!table.entries.empty()) text += "\n" + table_of(table.entries);
  }
  return text;
}

}  // namespace clientele::tools
