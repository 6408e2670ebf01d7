// What [sweep] says, before it is held to the study: a design over numbers that go by their paths.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/reader/number_file.hpp"
#include "scenarios/reader/reading.hpp"

namespace clientele::scenarios {

struct SweptNumber {
  std::string path;
  Place place;
  std::vector<Level> levels;
  std::vector<Level> ends = {};  ///< of a range that the levels are spread over: a whole number rounds them
};

/// Where a sweep is told of: the study, or a file with places of its own.
struct Design {
  std::string in_words;  ///< "grid"; empty: none
  std::vector<SweptNumber> numbers;
  std::vector<std::vector<std::uint32_t>> points;  ///< [point][number]: which of its levels
  Place place;                                     ///< of the sweep in the study
  std::unique_ptr<NumberFile> file;                ///< what the places of its numbers are places in, where it is one

  /// Where the mistakes of its numbers belong.
  Mistakes& mistakes(Reading& reading) const { return file ? file->mistakes() : reading.mistakes; }
};

/// Reads the table of [sweep]; what is wrong is noted, and nothing of it comes back then.
Design read_design(const Entry& sweep, Reading& reading);

}  // namespace clientele::scenarios
