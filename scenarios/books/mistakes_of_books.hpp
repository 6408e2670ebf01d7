// All mistakes of a firm's exports, counted; the first twenty are told.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace clientele::scenarios {

class MistakesOfBooks {
 public:
  static constexpr std::size_t most_told = 20;

  /// "orders.csv:17: problem (why) suggestion?"; line 0: the file as such.
  void add(const std::string& file, std::size_t line, const std::string& problem) {
    if (++count_ > most_told) return;
    told_.push_back(file + (line > 0 ? ":" + std::to_string(line) : "") + ": " + problem);
  }
  std::size_t count() const { return count_; }
  const std::vector<std::string>& told() const { return told_; }

 private:
  std::vector<std::string> told_;
  std::size_t count_ = 0;
};

}  // namespace clientele::scenarios
