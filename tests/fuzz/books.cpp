// Any bytes are a firm's exports, with a history, or are refused in words.
#include "scenarios/books/customers_csv.hpp"
#include "scenarios/books/history.hpp"
#include "scenarios/books/read_books.hpp"
#include "sim/core/check.hpp"
#include "tests/fuzz/file_of_bytes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace scenarios = clientele::scenarios;
  const clientele::tests::FileOfBytes orders(
      "id,number,date,amount\nK1,1,2025-01-13,100\nK2,2,2025-02-14,30\nK1,3,2025-03-20,-10\n");
  const clientele::tests::FileOfBytes file(clientele::tests::text_of(data, size));
  scenarios::BookFiles files;
  files.today = 20'000;
  for (std::size_t kind = 0; kind < scenarios::book_files; ++kind) {
    files.files = {{scenarios::BookFile::orders, kind == 0 ? file.path() : orders.path()}};
    if (kind > 0) files.files.emplace_back(static_cast<scenarios::BookFile>(kind), file.path());
    const scenarios::BooksReading reading = scenarios::read_books(files);
    if (reading.mistakes_count > 0) continue;
    for (const scenarios::Day origin : {reading.books.first_day + 1, reading.books.last_day + 1}) {
      try {
        const scenarios::History history = scenarios::history(reading.books, origin);
        std::size_t bytes = 0;
        scenarios::write_customers(reading.books, history, [&](std::string_view line) { bytes += line.size(); });
      } catch (const clientele::sim::UserError&) {
      }
    }
  }
  return 0;
}
