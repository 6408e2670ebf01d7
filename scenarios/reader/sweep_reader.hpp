// What [sweep] says, before it is held to the study: a design over numbers that go by their paths.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/reader/reading.hpp"

namespace clientele::scenarios {

/// A value that a number takes in some points, and where that stands.
struct Level {
  double value = 0;
  Place place;
};

struct SweptNumber {
  std::string path;
  Place place;
  std::vector<Level> levels;
  bool whole_parts = false;  ///< levels between two ends, which a whole number rounds
};

/// Where a sweep is told of: the study, or a file with places of its own.
struct Design {
  std::string in_words;  ///< "grid"; empty: none
  std::vector<SweptNumber> numbers;
  std::vector<std::vector<std::uint32_t>> points;  ///< [point][number]: which of its levels
  Place place;                                     ///< of the sweep in the study
  std::string file_text;                           ///< what the places of a file's design are places in
  std::unique_ptr<Mistakes> of_file;

  /// Where the mistakes of its numbers belong.
  Mistakes& mistakes(Reading& reading) const { return of_file ? *of_file : reading.mistakes; }
};

/// Reads the table of [sweep]; what is wrong is noted, and nothing of it comes back then.
Design read_design(const Entry& sweep, Reading& reading);

}  // namespace clientele::scenarios
