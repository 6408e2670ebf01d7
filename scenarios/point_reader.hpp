// The studies of a sweep's points, one at a time: the text is parsed once, and a file of customers is read once.
#pragma once
#include <cstddef>
#include <memory>

#include "scenarios/study_reader.hpp"

namespace clientele::scenarios {

class PointReader {
 public:
  /// Of the sweep of a study; both must outlive this.
  PointReader(const StudyReading& stated, const sim::Catalogue& catalogue);
  ~PointReader();
  PointReader(const PointReader&) = delete;
  PointReader& operator=(const PointReader&) = delete;

  /// From any thread: as `read_study` reads it with what --set would say for the point, digest and all; without its
  /// warnings, which are those of the study. Throws UserError that names the point, where its numbers do not go
  /// together.
  sim::Study study(std::size_t point) const;

 private:
  struct Parsed;
  const StudyReading& stated_;
  const sim::Catalogue& catalogue_;
  std::unique_ptr<Parsed> parsed_;
};

}  // namespace clientele::scenarios
