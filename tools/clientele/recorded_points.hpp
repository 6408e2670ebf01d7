// Points of a study whose numbers are kept beside an output, cell by cell, so that a stopped verb goes on.
#pragma once
#include <string>

#include "output/records/sink.hpp"
#include "tools/clientele/kept_records.hpp"
#include "tools/clientele/sensitivity/points.hpp"

namespace clientele::tools {

class RecordedPoints final : public KeptNumbers {
 public:
  /// `number` says what is kept of each cell, and how it is made.
  RecordedPoints(KeptRecords& kept, const sim::Study& study, const sim::Catalogue& catalogue,
                 const std::string& number);

  std::optional<double> find(const sim::Cell& cell, const output::PointDigest& point) const override;
  void keep(const sim::Cell& cell, const output::PointDigest& point, double number) override;
  void sync() { sink_.sync(); }

 private:
  output::CellKey key_of(const sim::Cell& cell, const output::PointDigest& point) const;

  KeptRecords& kept_;
  sim::OutcomeInfo info_;
  output::StudyKeys keys_;
  output::RecordsSink sink_;
};

}  // namespace clientele::tools
