// A column of a file as a sample: what customers were seen to be, without saying of whom.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "scenarios/reader/mistakes.hpp"
#include "sim/sample.hpp"

namespace clientele::scenarios {

/// What a column says, or what is wrong with its file. Places are in the file's text, which is kept while somebody may
/// be told of it.
struct SampleReading {
  struct Remark {
    Place place;
    std::string text;
  };
  std::string text;  ///< of the file, without a byte order mark
  std::string column;
  std::vector<Remark> mistakes;
  std::vector<float> values;                  ///< by row
  std::vector<Place> places;                  ///< of them
  std::shared_ptr<const sim::Sample> sample;  ///< none where there are mistakes
  std::string unreadable;                     ///< why the file cannot be opened; else empty
};

/// `column` may be empty where the file has one only. The first row names columns.
SampleReading read_sample(const std::filesystem::path& path, const std::string& name, const std::string& column);
SampleReading sample_in(std::string text, const std::string& name, const std::string& column);

/// Samples that were read already: for the study, its groups and its points.
class SampleFiles {
 public:
  /// As read_sample, from any thread.
  std::shared_ptr<const SampleReading> read(const std::filesystem::path& path, const std::string& name,
                                            const std::string& column);

 private:
  struct Kept {
    std::filesystem::path path;
    std::string name, column;
    std::shared_ptr<const SampleReading> reading;
  };
  std::vector<Kept> kept_;
  std::mutex guard_;
};

}  // namespace clientele::scenarios
