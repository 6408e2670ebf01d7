// Writes every cell and portion that was simulated to a segment, so that no kill and no full disk can take it back.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "output/files/append_file.hpp"
#include "output/records/log.hpp"
#include "output/records/records.hpp"
#include "sim/sink.hpp"

namespace clientele::output {

class RecordsSink final : public sim::Sink {
 public:
  /// Records go to new segments in `directory` and into `records`.
  RecordsSink(std::filesystem::path directory, Records& records, const StudyKeys& keys, const sim::OutcomeInfo& info);
  ~RecordsSink() override;

  /// Throws UserError (input_output) where the disk takes no more.
  void accept(sim::CellOutcome&& outcome) override;
  void accept_portion(const sim::Portion& portion, sim::CellOutcome&& outcome) override;
  /// A record under a key of the caller's.
  void keep(const CellKey& key, const sim::CellOutcome& outcome);
  /// Brings to the disk what is not there yet; else that happens every two seconds or 64 MB.
  void sync();
  /// Up to where its records go in the segment that the last one is in.
  const Written& written() const { return written_; }

 private:
  using Clock = std::chrono::steady_clock;

  std::filesystem::path directory_;
  Records& records_;
  const StudyKeys& keys_;
  const sim::OutcomeInfo& info_;
  std::unique_ptr<AppendFile> segment_;
  std::uint64_t synced_ = 0;  ///< bytes of the segment
  Written written_;
  Clock::time_point synced_at_ = Clock::now();
};

}  // namespace clientele::output
