// A sweep with records: what no record holds of any point is simulated, then all points are written into one cube.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "output/records/sink.hpp"
#include "tools/clientele/kept_records.hpp"
#include "tools/clientele/recorded.hpp"
#include "tools/clientele/sweep/side_by_side.hpp"

namespace clientele::tools {

/// What a cell of a point lacks.
struct LackAt {
  std::size_t point = 0;
  Lack lack;
  bool is_first = true;  ///< of equal cells of several points: the one that is simulated
};

/// What the records of an output hold of all points, and what they are to hold.
class RecordedSweep {
 public:
  /// `details` are those of the stated study; points are added to them.
  RecordedSweep(const SweepJob& job, const PlannedPoints& planned, const std::filesystem::path& file,
                const output::CubeDetails& details, KeptRecords& kept);

  /// Simulates what no record holds, and writes the cube.
  void run(output::Existing existing);
  /// Simulates what is missing of the share that the job's options have.
  void run_share();
  /// Makes records of those cells all of whose portions are kept, without simulating anything; what is missing then.
  std::vector<LackAt> complete();
  void write(output::Existing existing) const;
  /// Which shares, of so many, have what a cell lacks that is the first of its equals.
  std::set<std::uint64_t> shares_of(const LackAt& lack, std::uint64_t of) const;
  std::size_t all_cells() const { return planned_.points.places() * cells_.size(); }
  std::string what_is_safe() const;

 private:
  sim::RunOptions options_at(const SweepJob& job, std::size_t point) const;
  /// What is missing of the share that the job's options have, of each point in turn.
  /// Returns the customer-months that it took.
  std::uint64_t simulate(const SweepJob& job);
  std::optional<std::uint64_t> simulate_or_stop();
  void tell_what_is_there() const;
  void tell_pace(std::uint64_t customer_months, double seconds) const;
  std::vector<std::vector<sim::Cell>> missing_once(const SweepJob& job) const;
  std::size_t missing() const;
  bool is_recorded(const sim::Cell& cell, std::size_t point) const;

  const SweepJob& job_;
  const PlannedPoints& planned_;
  const std::filesystem::path& file_;
  const output::CubeDetails& details_;
  std::vector<sim::Cell> cells_;  ///< of a point
  KeptRecords& kept_;
};

}  // namespace clientele::tools
