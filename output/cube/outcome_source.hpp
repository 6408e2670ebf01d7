// Where a cube takes its cells from, one after the other: from memory, or from records on the disk.
#pragma once
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "output/records/records.hpp"
#include "sim/sink.hpp"
#include "sim/study.hpp"

namespace clientele::output {

/// Finished cells in cell order, as sim::MemorySink keeps them.
using Outcomes = std::map<sim::Cell, sim::CellOutcome>;

/// Cells of a study without points are at point 0.
class OutcomeSource {
 public:
  virtual ~OutcomeSource() = default;
  virtual bool contains(const sim::Cell& cell, std::size_t point) const = 0;
  virtual sim::CellOutcome read(const sim::Cell& cell, std::size_t point) const = 0;
};

class OutcomesInMemory final : public OutcomeSource {
 public:
  explicit OutcomesInMemory(const Outcomes& outcomes) : points_{&outcomes} {}
  /// One after the other, by point.
  explicit OutcomesInMemory(std::vector<const Outcomes*> points) : points_(std::move(points)) {}
  bool contains(const sim::Cell& cell, std::size_t point) const override { return points_.at(point)->contains(cell); }
  sim::CellOutcome read(const sim::Cell& cell, std::size_t point) const override { return points_.at(point)->at(cell); }

 private:
  std::vector<const Outcomes*> points_;
};

/// The cells of a study whose records are there.
class OutcomesInRecords final : public OutcomeSource {
 public:
  OutcomesInRecords(const Records& records, const StudyKeys& keys, const sim::OutcomeInfo& info)
      : OutcomesInRecords(records, std::span(&keys, 1), info) {}
  /// Keys by point.
  OutcomesInRecords(const Records& records, std::span<const StudyKeys> keys, const sim::OutcomeInfo& info)
      : records_(records), keys_(keys), info_(info) {}
  bool contains(const sim::Cell& cell, std::size_t point) const override;
  sim::CellOutcome read(const sim::Cell& cell, std::size_t point) const override;

 private:
  const Records& records_;
  std::span<const StudyKeys> keys_;
  const sim::OutcomeInfo& info_;
};

}  // namespace clientele::output
