// Any bytes are a table of customers or are refused in words.
#include "models/catalogue.hpp"
#include "scenarios/customers/file.hpp"
#include "sim/core/check.hpp"
#include "tests/fuzz/file_of_bytes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const clientele::sim::Catalogue catalogue = clientele::models::catalogue();
  const clientele::tests::FileOfBytes file(clientele::tests::text_of(data, size));
  try {
    clientele::scenarios::read_customer_file(file.path(), "customers.csv", {{"Kunde", "id"}}, {"workshop", "chain"},
                                             catalogue);
  } catch (const clientele::sim::UserError&) {
  }
  return 0;
}
