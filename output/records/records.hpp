// All records that a run directory holds, by key: what is there need not be simulated again.
#pragma once
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "output/records/segment.hpp"

namespace clientele::output {

class Records {
 public:
  /// Reads every segment once and believes only what its checksums vouch for (or, to count them, its headers). Throws
  /// InternalFault where two records of one key differ: equal cells have equal numbers, or the program is broken.
  explicit Records(std::filesystem::path directory, const std::stop_token& stop = {}, Check check = Check::all);

  /// What another process' `told_from` says of the same directory, which needs not be read again.
  Records(std::filesystem::path directory, const std::string& told);

  /// Reads what others have added since, and what of it was not whole.
  void refresh(const std::stop_token& stop = {});
  /// Up to where all records of a segment, by its file's name, were read; 0 where it was not seen.
  std::uint64_t read_of(const std::string& segment) const;

  bool contains(const CellKey& key) const { return places_.contains(key); }
  std::size_t size() const { return places_.size(); }
  Dropped dropped() const;

  /// The outcome of a key that is contained, under the cell's number in a study. Throws UserError where the disk no
  /// longer gives what it gave before.
  sim::CellOutcome read(const CellKey& key, const sim::Cell& cell, const sim::OutcomeInfo& info) const;

  /// A record that was written after the directory was read.
  void add(const std::filesystem::path& segment, const RecordHeader& header, std::uint64_t payload_at);

  /// Where records are, for another process of this program (of this machine's order of bytes): those of the segments
  /// from number `segment` on, as many as there were when they were counted.
  std::size_t segments() const { return segments_.size(); }
  std::string told_from(std::size_t segment) const;
  /// Adds what another process tells. Throws InternalFault where two records of one key differ.
  void hear(const std::string& told);

 private:
  struct Place {
    std::uint32_t segment = 0;
    std::uint64_t at = 0, size = 0, checksum = 0;
  };
  struct Segment {
    std::filesystem::path path;
    std::uint64_t read = 0;  ///< up to there all records are whole
    Dropped dropped;         ///< behind that
  };
  struct ByFirstWord {
    std::size_t operator()(const CellKey& key) const { return key.words[0]; }
  };

  std::uint32_t number_of(const std::filesystem::path& segment);
  void add(const CellKey& key, const Place& place);
  const SegmentReader& reader_of(const Place& place) const;

  std::filesystem::path directory_;
  Check check_;
  std::vector<Segment> segments_;
  std::unordered_map<std::string, std::uint32_t> numbers_;  ///< of segments, by their files' names
  std::unordered_map<CellKey, Place, ByFirstWord> places_;
  /// Segments that are open, those that were opened first in front: records of one world are in those of many shards.
  mutable std::deque<std::pair<std::uint32_t, std::unique_ptr<SegmentReader>>> open_;
  mutable std::string bytes_;
};

}  // namespace clientele::output
