// An index in memory, some eighty bytes a record; the records themselves stay on the disk.
#include "output/records/records.hpp"

#include <algorithm>
#include <array>

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

Records::Records(const std::filesystem::path& directory, const std::string& told) { hear(directory, told); }

void Records::add(const std::filesystem::path& segment, const RecordHeader& header, std::uint64_t payload_at) {
  if (segments_.empty() || segments_.back() != segment) segments_.push_back(segment);
  add(header.key,
      {static_cast<std::uint32_t>(segments_.size() - 1), payload_at, header.payload_size, header.payload_checksum});
}

void Records::add(const CellKey& key, const Place& place) {
  const auto [known, is_new] = places_.try_emplace(key, place);
  if (is_new || (known->second.size == place.size && known->second.checksum == place.checksum)) return;
  throw sim::InternalFault("internal fault: two records of one cell differ (" +
                           sim::file_in_quotes(segments_[place.segment]) + " and " +
                           sim::file_in_quotes(segments_[known->second.segment]) + ", key " + hex_of(key.words) +
                           "). Equal cells must have equal numbers: please report it. clientele clean removes the "
                           "records");
}

/// Names of segments with a line each, an empty line, then places one after the other.
std::string Records::told_from(std::size_t segment) const {
  std::string told;
  for (std::size_t s = segment; s < segments_.size(); ++s) told += segments_[s].filename().string() + "\n";
  told += "\n";
  for (const auto& [key, place] : places_) {
    if (place.segment < segment) continue;
    const std::array<std::uint64_t, 6> row{key.words[0], key.words[1], place.segment - segment,
                                           place.at,     place.size,   place.checksum};
    told.append(reinterpret_cast<const char*>(row.data()), sizeof row);
  }
  return told;
}

void Records::hear(const std::filesystem::path& directory, const std::string& told) {
  const auto first = static_cast<std::uint32_t>(segments_.size());
  std::size_t at = 0;
  for (std::size_t end = told.find('\n', at); end != at; end = told.find('\n', at)) {
    sim::expects(end != std::string::npos, "what a process tells of records ends its list of segments");
    segments_.push_back(directory / told.substr(at, end - at));
    at = end + 1;
  }
  std::array<std::uint64_t, 6> row{};
  for (++at; at + sizeof row <= told.size(); at += sizeof row) {
    std::copy_n(told.data() + at, sizeof row, reinterpret_cast<char*>(row.data()));
    add({{row[0], row[1]}}, {first + static_cast<std::uint32_t>(row[2]), row[3], row[4], row[5]});
  }
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
