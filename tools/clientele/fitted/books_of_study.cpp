// Kinds and words of [books] as the reader of exports knows them.
#include "tools/clientele/fitted/books_of_study.hpp"

#include <cstdio>

#include "scenarios/books/dates.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::tools {

using scenarios::BookFile;

namespace {

BookFile kind_called(const std::string& kind) {
  if (kind == "orders") return BookFile::orders;
  for (std::size_t k = 1; k < scenarios::book_files; ++k)
    if (scenarios::option_of(static_cast<BookFile>(k)) == kind) return static_cast<BookFile>(k);
  sim::expects(false, "the reader of a study knows the kinds of exports");
  return BookFile::orders;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

}  // namespace

FitAsked fit_asked(const scenarios::StatedBooks& stated) {
  return {.season = stated.season,
          .new_since = stated.new_since[0] == 0 ? scenarios::no_day : day_in_books(stated.new_since)};
}

scenarios::Day day_in_books(const std::array<int, 3>& day) {
  return scenarios::day_of(day[0], static_cast<unsigned>(day[1]), static_cast<unsigned>(day[2]));
}

std::array<int, 3> parts_of(scenarios::Day day) {
  std::array<int, 3> parts{};
  std::sscanf(scenarios::iso_text(day).c_str(), "%d-%d-%d", &parts[0], &parts[1], &parts[2]);
  return parts;
}

scenarios::BookFiles book_files_of(const scenarios::StatedBooks& stated) {
  scenarios::BookFiles files;
  for (const scenarios::StatedBooks::Column& column : stated.columns)
    files.columns.push_back({column.header, column.meaning});
  if (!stated.dates.empty())
    files.dates = stated.dates == "dmy"   ? scenarios::DateOrder::dmy
                  : stated.dates == "mdy" ? scenarios::DateOrder::mdy
                                          : scenarios::DateOrder::ymd;
  if (!stated.decimal.empty())
    files.decimal = stated.decimal == "comma" ? scenarios::DecimalMark::comma : scenarios::DecimalMark::point;
  files.currency = stated.currency;
  files.today = day_in_books(stated.read_on);
  return files;
}

scenarios::Books books_of_study(const scenarios::StatedBooks& stated, const std::filesystem::path& folder,
                                Changed changed) {
  scenarios::BookFiles files = book_files_of(stated);
  for (const scenarios::StatedBooks::File& file : stated.files)
    files.files.emplace_back(kind_called(file.kind), file.path.is_absolute() ? file.path : folder / file.path);
  scenarios::BooksReading reading = scenarios::read_books(files);
  if (reading.mistakes_count > 0) throw sim::UserError(joined(reading.mistakes), reading.status);
  for (std::size_t f = 0; f < stated.files.size() && changed == Changed::refused; ++f)
    if (!stated.files[f].digest.empty() && stated.files[f].digest != reading.books.files[f].digest)
      throw sim::UserError(sim::file_in_quotes(stated.files[f].path.string()) +
                               " has changed since the study was fitted to it (its bytes have another digest). Fit "
                               "again with clientele init --from, or say --changed to go on with what it says now.",
                           sim::Exit::bad_data);
  return std::move(reading.books);
}

}  // namespace clientele::tools
