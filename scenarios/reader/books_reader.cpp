// [books]: files, what their columns mean, and two days. Nothing is read of them here, and nothing simulated by them.
#include <algorithm>
#include <set>

#include "scenarios/reader/section.hpp"
#include "scenarios/stated_books.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;

namespace {

std::array<int, 3> day_in(Section& section, std::string_view key, Reading& reading) {
  const Entry* entry = section.find(key);
  if (entry == nullptr) return {};
  if (entry->node.kind == Node::Kind::date)
    return {entry->node.date.year, entry->node.date.month, entry->node.date.day};
  reading.mistakes.add(entry->node.place, section.label_of(key) + " = " + shown(entry->node) +
                                              " is no day. Expected: one such as 2027-01-01, without quotes.");
  return {};
}

void expect_day(const Node& table, std::string_view key, Reading& reading, const Place& of_table) {
  if (table.find(key) == nullptr)
    reading.mistakes.add(of_table, "[books] has no " + std::string(key) + ". Expected: a day such as 2027-01-01.");
}

void read_season(Section& section, Reading& reading, StatedBooks& books) {
  const Entry* entry = section.find("season");
  if (entry == nullptr) return;
  std::array<double, 12> season{};
  if (entry->node.kind != Node::Kind::array || entry->node.items.size() != season.size())
    return reading.mistakes.add(entry->node.place,
                                "books.season is no list of twelve numbers, January first (1 is the mean month).");
  for (std::size_t month = 0; month < season.size(); ++month)
    season[month] =
        read_number(entry->node.items[month], "books.season", rule_of(study_key("books", "season")), reading.mistakes)
            .value_or(1);
  books.season = season;
}

void read_files(const Node& node, Reading& reading, StatedBooks& books) {
  std::set<std::string> kinds;
  const StudyKey& kind_key = study_key("books.file", "kind");
  for (const Node* table : tables_of(node, "file", "books", reading)) {
    Section file(*table, "books.file.", reading);
    StatedBooks::File one;
    if (const auto kind = file.choice(kind_key)) one.kind = kind_key.choices[*kind];
    one.path = file.name("path").value_or("");
    one.digest = file.text("digest").value_or("");
    if (one.path.empty() || one.kind.empty())
      reading.mistakes.add(table->place,
                           "a file of [books] has a kind and a path. Expected: kind = \"orders\", path = "
                           "\"orders.csv\".");
    else if (!kinds.insert(one.kind).second)
      reading.mistakes.add(table->place, "[books] has two files of kind " + in_quotes(one.kind) + ". Which one?");
    file.close();
    books.files.push_back(std::move(one));
  }
  if (!kinds.contains("orders"))
    reading.mistakes.add(node.place,
                         "[books] has no file of kind \"orders\" (what customers bought is what all else "
                         "hangs on).");
}

}  // namespace

void read_books_table(const Node& root, Reading& reading) {
  const Entry* entry = root.find("books");
  if (entry == nullptr) return;
  Section section(entry->node, "books.", reading);
  StatedBooks books;
  for (const char* key : {"origin", "read_on"}) expect_day(entry->node, key, reading, entry->place);
  books.origin = day_in(section, "origin", reading);
  books.read_on = day_in(section, "read_on", reading);
  books.new_since = day_in(section, "new_since", reading);
  books.currency = section.text("currency").value_or("");
  const StudyKey &dates = study_key("books", "dates"), &decimal = study_key("books", "decimal");
  if (const auto word = section.choice(dates)) books.dates = dates.choices[*word];
  if (const auto word = section.choice(decimal)) books.decimal = decimal.choices[*word];
  read_season(section, reading, books);
  section.find("file");
  read_files(entry->node, reading, books);
  section.find("column");
  for (const Node* table : tables_of(entry->node, "column", "books", reading)) {
    Section column(*table, "books.column.", reading);
    books.columns.push_back({column.name("header").value_or(""), column.name("meaning").value_or("")});
    column.close();
  }
  section.close();
  reading.books = std::move(books);
}

}  // namespace clientele::scenarios
