// An index in memory, some eighty bytes a record; the records themselves stay on the disk.
#include "output/records/records.hpp"

#include "output/files/file_errors.hpp"
#include "output/files/hash.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

Records::Records(const std::filesystem::path& directory, const std::stop_token& stop) {
  for (const std::filesystem::path& segment : segments_in(directory)) {
    const Dropped dropped =
        scan_segment(segment, stop, [&](const RecordHeader& header, std::uint64_t at) { add(segment, header, at); });
    dropped_.records += dropped.records;
    dropped_.bytes += dropped.bytes;
    dropped_.earlier += dropped.earlier;
  }
}

void Records::add(const std::filesystem::path& segment, const RecordHeader& header, std::uint64_t payload_at) {
  if (segments_.empty() || segments_.back() != segment) segments_.push_back(segment);
  const Place place{static_cast<std::uint32_t>(segments_.size() - 1), payload_at, header.payload_size,
                    header.payload_checksum};
  const auto [known, is_new] = places_.try_emplace(header.key, place);
  if (is_new || (known->second.size == place.size && known->second.checksum == place.checksum)) return;
  throw sim::InternalFault("internal fault: two records of one cell differ (" + sim::file_in_quotes(segment) + " and " +
                           sim::file_in_quotes(segments_[known->second.segment]) + ", key " + hex_of(header.key.words) +
                           "). Equal cells must have equal numbers: please report it. clientele clean removes the "
                           "records");
}

sim::CellOutcome Records::read(const CellKey& key, const sim::Cell& cell, const sim::OutcomeInfo& info) const {
  const auto found = places_.find(key);
  sim::expects(found != places_.end(), "a record that is read is there");
  const Place& place = found->second;
  const std::filesystem::path& segment = segments_[place.segment];
  if (!open_ || open_->path() != segment) open_ = std::make_unique<SegmentReader>(segment);
  open_->read(place.at, place.size, bytes_);
  if (bytes_.size() != place.size || checksum_of(bytes_) != place.checksum)
    throw sim::UserError(sim::file_in_quotes(segment) +
                             " no longer holds what it held (a record of it was changed meanwhile). "
                             "Is the disk sound?",
                         sim::Exit::input_output);
  return outcome_of(bytes_, cell, info);
}

}  // namespace clientele::output
