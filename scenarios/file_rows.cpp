// The study keeps hashes of ids alone: a column is that of the ids where its hashes are the same.
#include "scenarios/file_rows.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "scenarios/csv_rows.hpp"
#include "scenarios/customers/canonical_id.hpp"
#include "scenarios/customers/file.hpp"
#include "scenarios/plain_file.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

namespace {

std::optional<std::string> text_in(const std::filesystem::path& path) {
  PlainFile file = open_plain_file(path);
  if (!file.problem.empty()) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file.stream), {});
}

struct TableOfFile {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> columns;
};

std::optional<TableOfFile> table_in(const std::string& text) {
  CsvRows rows(text);
  CsvRow row;
  if (!rows.next(row)) return std::nullopt;
  TableOfFile table{.header = row.fields, .columns = {}};
  table.columns.resize(row.fields.size());
  while (rows.next(row)) {
    if (row.fields.size() != table.header.size()) return std::nullopt;
    for (std::size_t c = 0; c < row.fields.size(); ++c) table.columns[c].push_back(std::move(row.fields[c]));
  }
  return table;
}

bool are_ids(const std::vector<std::string>& column, const std::vector<std::uint64_t>& hashes) {
  if (column.size() != hashes.size()) return false;
  std::vector<std::string> texts;
  for (const std::string& text : column) texts.push_back(canonical_id(text));
  std::vector<std::string_view> views(texts.begin(), texts.end());
  std::vector<std::string_view> sorted = views;
  std::ranges::sort(sorted);
  if (std::ranges::adjacent_find(sorted) != sorted.end()) return false;
  return identities(views) == hashes;
}

std::optional<FileRows> rows_in(const std::filesystem::path& path, const std::vector<std::uint64_t>& hashes) {
  const auto text = text_in(path);
  auto table = text ? table_in(*text) : std::nullopt;
  if (!table) return std::nullopt;
  std::vector<std::size_t> order;  // the column called so is asked first
  for (std::size_t c = 0; c < table->header.size(); ++c)
    order.insert(canonical_key(table->header[c]) == "id" ? order.begin() : order.end(), c);
  const auto ids = std::ranges::find_if(order, [&](std::size_t c) { return are_ids(table->columns[c], hashes); });
  if (ids == order.end()) return std::nullopt;
  FileRows rows{.path = path, .ids = {}, .tier_today = {}};
  for (std::size_t c = 0; c < table->header.size(); ++c)
    if (canonical_key(table->header[c]) == "tier_today") rows.tier_today = table->columns[c];
  for (const std::string& text_of_id : table->columns[*ids]) rows.ids.emplace_back(without_ends(text_of_id));
  return rows;
}

}  // namespace

FileRows rows_of_file(const StudyReading& reading) {
  const sim::CustomerFile& file = *reading.study.population.file;
  const std::filesystem::path said(file.name);  // beside the study, or as an option says it
  for (const std::filesystem::path& path : {said.is_absolute() ? said : reading.source.folder / said, said})
    if (auto rows = rows_in(path, file.ids)) return std::move(*rows);
  throw sim::UserError(sim::file_in_quotes(file.name) +
                           " is no longer the file that the study was read with (its ids are others). Is somebody "
                           "writing it?",
                       sim::Exit::bad_data);
}

}  // namespace clientele::scenarios
