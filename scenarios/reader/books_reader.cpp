// [books]: files, what their columns mean, two days, and what a backtest came to. Nothing is read of the files here,
// and nothing simulated by them.
#include <algorithm>
#include <set>

#include "scenarios/changed_since_backtest.hpp"
#include "scenarios/reader/canonical.hpp"
#include "scenarios/reader/options.hpp"
#include "scenarios/reader/parsed_study.hpp"
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

/// A value as one text, whatever its layout: no two values have the same.
std::string canonical_of(const Node& node) {
  switch (node.kind) {
    case Node::Kind::table: {
      std::vector<std::string> entries;
      for (const Entry& entry : node.entries)
        entries.push_back(std::to_string(entry.key.size()) + ":" + entry.key + "=" + canonical_of(entry.node));
      std::ranges::sort(entries);
      std::string all = "{";
      for (const std::string& entry : entries) all += entry + ";";
      return all + "}";
    }
    case Node::Kind::array: {
      std::string all = "[";
      for (const Node& item : node.items) all += canonical_of(item) + ",";
      return all + "]";
    }
    case Node::Kind::text:
      return std::to_string(node.text.size()) + ":" + node.text;
    case Node::Kind::number:
      return sim::shortest_text(node.number);
    case Node::Kind::truth:
      return node.truth ? "true" : "false";
    case Node::Kind::date:
      return std::to_string(node.date.year) + "-" + std::to_string(node.date.month) + "-" +
             std::to_string(node.date.day);
    case Node::Kind::other:
    case Node::Kind::column:
      return "?";
  }
  return "";
}

/// Of [books] without what a backtest came to, and of all that is fitted; files go by any name.
std::string digest_of_fit(const Node& root) {
  std::string all;
  for (const char* key :
       {"books", "population", "purchasing", "churn", "payment", "service", "satisfaction", "uncertain"}) {
    for (const std::vector<Entry>* entries : {&root.entries, &root.later})
      for (const Entry& entry : *entries) {
        if (entry.key != key) continue;
        Node table = entry.node;
        const std::string_view apart = entry.key == "books" ? "backtest" : "file";
        std::erase_if(table.entries, [&](const Entry& one) { return one.key == apart; });
        all += std::string(key) + canonical_of(table);
      }
    all += "\n";
  }
  return digest_of(all);
}

std::vector<std::array<int, 3>> days_in(Section& section, const Node& table, Reading& reading) {
  const Entry* entry = section.find("origins");
  std::vector<std::array<int, 3>> days;
  const bool is_list = entry != nullptr && entry->node.kind == Node::Kind::array && !entry->node.items.empty();
  for (std::size_t i = 0; is_list && i < entry->node.items.size(); ++i) {
    const Node& item = entry->node.items[i];
    if (item.kind == Node::Kind::date) days.push_back({item.date.year, item.date.month, item.date.day});
  }
  if (!is_list || days.size() != entry->node.items.size())
    reading.mistakes.add(entry == nullptr ? table.place : entry->node.place,
                         section.label_of("origins") +
                             " is no list of days. Expected: such as [2027-01-01, 2026-12-01], without quotes.");
  return days;
}

/// Of the customers' file and the one of draws, as both were read; empty where there is none of them.
std::string digest_of_files(const Reading& reading) {
  const std::string customers = reading.study.population.file ? reading.study.population.file->digest : "";
  return customers.empty() && reading.draws_digest.empty() ? "" : digest_of(customers + reading.draws_digest);
}

std::optional<StatedBacktest> backtest_in(Section& books, const std::string& fit, Reading& reading) {
  const Entry* entry = books.find("backtest");
  if (entry == nullptr) return std::nullopt;
  if (entry->node.kind != Node::Kind::table) {
    reading.mistakes.add(entry->place,
                         "books.backtest is no table. Expected: one that clientele backtest --write "
                         "writes.");
    return std::nullopt;
  }
  const Node& table = entry->node;
  Section section(table, "books.backtest.", reading);
  const auto whole = [&](const char* key) {
    const auto number = section.number(study_key("books.backtest", key));
    if (!number && table.find(key) == nullptr)
      reading.mistakes.add(table.place, "[books.backtest] has no " + std::string(key) +
                                            ". Did you mean to write it by clientele backtest --write?");
    return static_cast<std::size_t>(number.value_or(0));
  };
  StatedBacktest backtest{.inside = whole("inside"), .figures = whole("figures")};
  backtest.months = static_cast<int>(whole("months"));
  backtest.origins = days_in(section, table, reading);
  backtest.futures = whole("futures");
  backtest.digest = section.text("digest").value_or("");
  const std::string files = section.text("files").value_or("");
  section.close();
  if (backtest.inside > backtest.figures && table.find("figures") != nullptr)
    reading.mistakes.add(table.find("inside")->node.place,
                         "books.backtest.inside is " + std::to_string(backtest.inside) + " of " +
                             std::to_string(backtest.figures) +
                             " figures: more than there are. Did you mean them the other way round?");
  backtest.of_another_fit = backtest.digest != fit;
  // Who has the text alone, such as a cube, has heard of it by the warning.
  if (const std::string now = digest_of_files(reading); !files.empty() && !now.empty() && now != files) {
    backtest.of_another_fit = true;
    reading.mistakes.warn(table.place, std::string(files_changed_since_backtest));
  }
  return backtest;
}

}  // namespace

std::optional<StatedBooks> books_in(std::string_view text, const std::string& name,
                                    const std::vector<Override>& overrides, const sim::Catalogue& catalogue) {
  Mistakes mistakes(name, text, options_of(overrides));
  Node root = parsed_or_thrown(text, mistakes);
  const Vocabulary vocabulary(catalogue);
  Reading reading{catalogue, vocabulary, mistakes, "."};
  lay_options(overrides, root, reading);
  read_books_table(root, reading);
  mistakes.throw_if_any();
  return std::move(reading.books);
}

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
  books.fit_digest = digest_of_fit(root);
  books.backtest = backtest_in(section, books.fit_digest, reading);
  section.close();
  reading.books = std::move(books);
}

}  // namespace clientele::scenarios
