// Any bytes are records or are left out; a payload whose checksum holds fits the study or is an internal fault.
#include "output/records/segment.hpp"

#include "models/catalogue.hpp"
#include "output/files/hash.hpp"
#include "sim/core/check.hpp"
#include "tests/fuzz/file_of_bytes.hpp"

namespace clientele::tests {
namespace {

sim::OutcomeInfo small_info() {
  sim::OutcomeInfo info;
  info.metrics = {{"orders", "orders"}, {"customers", "customers"}};
  info.histograms = {{.name = "spend", .months = {1}}};
  info.months = 2;
  info.tiers = 2;
  info.groups = 2;
  return info;
}

/// A payload under a header that vouches for it: what is behind checksums is looked at too.
std::string vouched_for(std::string_view payload) {
  const auto bytes_of = [](std::uint64_t number) { return std::string(reinterpret_cast<char*>(&number), 8); };
  std::string header = "clrecord";
  header += bytes_of(output::record_format) + bytes_of(1) + bytes_of(2) + bytes_of(payload.size());
  header += bytes_of(output::checksum_of(payload));
  return header + bytes_of(output::checksum_of(header)) + std::string(payload);
}

void scan(std::string_view bytes) {
  static const sim::OutcomeInfo info = small_info();
  const FileOfBytes file(bytes);
  const output::SegmentReader segment(file.path());
  std::uint64_t from = 0;
  const auto read = [&](const output::RecordHeader& header, std::uint64_t at) {
    std::string payload;
    segment.read(at, header.payload_size, payload);
    try {
      output::outcome_of(payload, {}, info);
    } catch (const sim::InternalFault&) {
    }
  };
  output::scan_segment(file.path(), from, output::Check::all, {}, read);
}

}  // namespace
}  // namespace clientele::tests

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = clientele::tests::text_of(data, size);
  for (const std::string& segment : {std::string(bytes), clientele::tests::vouched_for(bytes)}) try {
      clientele::tests::scan(segment);
    } catch (const clientele::sim::UserError&) {
    }
  return 0;
}
