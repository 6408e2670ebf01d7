// Draws studies that a reader must take: any key of the catalogue, in any form in which it can be said.
#pragma once
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/study_reader.hpp"
#include "sim/catalogue.hpp"

namespace clientele::tests {

/// Luck of a generator: the same on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : bits_(seed) {}
  /// 0 to n - 1.
  std::size_t below(std::size_t n) { return bits_() % n; }
  bool happens(double chance) { return static_cast<double>(bits_() >> 11) * 0x1p-53 < chance; }
  double between(double low, double high) { return low + (high - low) * static_cast<double>(bits_() >> 11) * 0x1p-53; }
  int whole(int low, int high) { return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1))); }
  template <class T>
  const T& one_of(const std::vector<T>& list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937_64 bits_;
};

/// A study as somebody would hand it over: a text, options beside it, and files of customers, of draws and of samples
/// where it names them.
struct StudyText {
  std::string text, customers, draws, samples;
  std::vector<scenarios::Override> options;

  /// Reads it; its files are written to the folder.
  scenarios::StudyReading read(const sim::Catalogue& catalogue, const std::filesystem::path& folder) const;
  /// All of it, for the message of a test that fails.
  std::string shown() const;
};

/// A study of few customers, months and cells, so that it is simulated in a moment.
StudyText any_study(const sim::Catalogue& catalogue, Dice& dice, const std::filesystem::path& folder);

/// A study with a slip or two in its text, options or file: most are refused.
StudyText with_slips(StudyText study, Dice& dice);

}  // namespace clientele::tests
