// An index in memory, some eighty bytes a record; the records themselves stay on the disk.
#include "output/records/records.hpp"

#include <algorithm>
#include <array>

#include "output/files/file_errors.hpp"
#include "output/files/hash.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

namespace {

constexpr std::size_t max_open = 64;  ///< far below what a process may have open

}  // namespace

Records::Records(std::filesystem::path directory, const std::stop_token& stop, Check check)
    : directory_(std::move(directory)), check_(check) {
  refresh(stop);
}

Records::Records(std::filesystem::path directory, const std::string& told)
    : directory_(std::move(directory)), check_(Check::all) {
  hear(told);
}

void Records::refresh(const std::stop_token& stop) {
  for (const std::filesystem::path& path : segments_in(directory_)) {
    const std::uint32_t number = number_of(path);
    std::uint64_t from = segments_[number].read;
    segments_[number].dropped = scan_segment(
        path, from, check_, stop, [&](const RecordHeader& header, std::uint64_t at) { add(path, header, at); });
    segments_[number].read = from;
  }
}

std::uint64_t Records::read_of(const std::string& segment) const {
  const auto found = numbers_.find(segment);
  return found == numbers_.end() ? 0 : segments_[found->second].read;
}

Dropped Records::dropped() const {
  Dropped all;
  for (const Segment& segment : segments_) {
    all.records += segment.dropped.records;
    all.bytes += segment.dropped.bytes;
    all.earlier += segment.dropped.earlier;
  }
  return all;
}

std::uint32_t Records::number_of(const std::filesystem::path& segment) {
  if (!segments_.empty() && segments_.back().path == segment) return static_cast<std::uint32_t>(segments_.size() - 1);
  const auto [known, is_new] =
      numbers_.try_emplace(segment.filename().string(), static_cast<std::uint32_t>(segments_.size()));
  if (is_new) segments_.push_back({segment, 0, {}});
  return known->second;
}

void Records::add(const std::filesystem::path& segment, const RecordHeader& header, std::uint64_t payload_at) {
  const Place place{number_of(segment), payload_at, header.payload_size, header.payload_checksum};
  Segment& its = segments_[place.segment];
  if (its.read == payload_at - record_header_size) its.read = payload_at + header.payload_size;
  add(header.key, place);
}

void Records::add(const CellKey& key, const Place& place) {
  const auto [known, is_new] = places_.try_emplace(key, place);
  if (is_new || (known->second.size == place.size && known->second.checksum == place.checksum)) return;
  throw sim::InternalFault("internal fault: two records of one cell differ (" +
                           sim::file_in_quotes(segments_[place.segment].path) + " and " +
                           sim::file_in_quotes(segments_[known->second.segment].path) + ", key " + hex_of(key.words) +
                           "). Equal cells must have equal numbers: please report it. clientele clean removes the "
                           "records");
}

/// Names of segments with a line each, an empty line, then places one after the other.
std::string Records::told_from(std::size_t segment) const {
  std::string told;
  for (std::size_t s = segment; s < segments_.size(); ++s) told += segments_[s].path.filename().string() + "\n";
  told += "\n";
  for (const auto& [key, place] : places_) {
    if (place.segment < segment) continue;
    const std::array<std::uint64_t, 6> row{key.words[0], key.words[1], place.segment - segment,
                                           place.at,     place.size,   place.checksum};
    told.append(reinterpret_cast<const char*>(row.data()), sizeof row);
  }
  return told;
}

void Records::hear(const std::string& told) {
  std::vector<std::uint32_t> numbers;
  std::size_t at = 0;
  for (std::size_t end = told.find('\n', at); end != at; end = told.find('\n', at)) {
    sim::expects(end != std::string::npos, "what a process tells of records ends its list of segments");
    numbers.push_back(number_of(directory_ / told.substr(at, end - at)));
    at = end + 1;
  }
  std::array<std::uint64_t, 6> row{};
  for (++at; at + sizeof row <= told.size(); at += sizeof row) {
    std::copy_n(told.data() + at, sizeof row, reinterpret_cast<char*>(row.data()));
    add({{row[0], row[1]}}, {numbers.at(row[2]), row[3], row[4], row[5]});
  }
}

/// A segment that has grown since it was opened is opened again.
const SegmentReader& Records::reader_of(const Place& place) const {
  const auto known =
      std::ranges::find(open_, place.segment, [](const auto& one) -> std::uint32_t { return one.first; });
  if (known != open_.end() && known->second->size() >= place.at + place.size) return *known->second;
  if (known != open_.end()) open_.erase(known);
  if (open_.size() == max_open) open_.pop_front();
  return *open_.emplace_back(place.segment, std::make_unique<SegmentReader>(segments_[place.segment].path)).second;
}

sim::CellOutcome Records::read(const CellKey& key, const sim::Cell& cell, const sim::OutcomeInfo& info) const {
  const auto found = places_.find(key);
  sim::expects(found != places_.end(), "a record that is read is there");
  const Place& place = found->second;
  const std::filesystem::path& segment = segments_[place.segment].path;
  reader_of(place).read(place.at, place.size, bytes_);
  if (bytes_.size() != place.size || checksum_of(bytes_) != place.checksum)
    throw sim::UserError(sim::file_in_quotes(segment) +
                             " no longer holds what it held (a record of it was changed meanwhile). "
                             "Is the disk sound?",
                         sim::Exit::input_output);
  return outcome_of(bytes_, cell, info);
}

}  // namespace clientele::output
