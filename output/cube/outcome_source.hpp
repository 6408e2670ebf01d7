// Where a cube takes its cells from, one after the other: from memory, or from records on the disk.
#pragma once
#include <map>

#include "output/records/records.hpp"
#include "sim/sink.hpp"
#include "sim/study.hpp"

namespace clientele::output {

/// Finished cells in cell order, as sim::MemorySink keeps them.
using Outcomes = std::map<sim::Cell, sim::CellOutcome>;

class OutcomeSource {
 public:
  virtual ~OutcomeSource() = default;
  virtual bool contains(const sim::Cell& cell) const = 0;
  virtual sim::CellOutcome read(const sim::Cell& cell) const = 0;
};

class OutcomesInMemory final : public OutcomeSource {
 public:
  explicit OutcomesInMemory(const Outcomes& outcomes) : outcomes_(outcomes) {}
  bool contains(const sim::Cell& cell) const override { return outcomes_.contains(cell); }
  sim::CellOutcome read(const sim::Cell& cell) const override { return outcomes_.at(cell); }

 private:
  const Outcomes& outcomes_;
};

/// The cells of a study whose records are there.
class OutcomesInRecords final : public OutcomeSource {
 public:
  OutcomesInRecords(const Records& records, const StudyKeys& keys, const sim::OutcomeInfo& info)
      : records_(records), keys_(keys), info_(info) {}
  bool contains(const sim::Cell& cell) const override;
  sim::CellOutcome read(const sim::Cell& cell) const override;

 private:
  const Records& records_;
  const StudyKeys& keys_;
  const sim::OutcomeInfo& info_;
};

}  // namespace clientele::output
