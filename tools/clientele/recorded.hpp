// The study says which cells are wanted, the records which are there: resuming, extending and merging are one thing.
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tools/clientele/job.hpp"
#include "tools/clientele/kept_records.hpp"

namespace clientele::tools {

/// "1 cell", "12,000 cells".
std::string cells_in_words(std::size_t count);

/// The run of one output: its folder is locked as long as this exists.
class Recorded {
 public:
  Recorded(const Job& job, const std::filesystem::path& file, const output::CubeDetails& details);

  /// Simulates what no record holds, and writes the cube.
  void run(output::Existing existing);

  /// The study with the policies that spend the same money evenly, whose levels the first worlds tell.
  sim::Study with_same_money();

 private:
  void keeping_what_is_safe(const std::function<void()>& work);
  void simulate(const std::vector<sim::Cell>& wanted);
  bool simulate_to_records(const Job& job, const std::vector<sim::Cell>& cells);
  void complete(const std::vector<sim::Cell>& cells);
  bool is_recorded(const sim::Cell& cell) const;
  std::string what_is_safe() const;
  std::string portions_in_words(const std::string& before, const std::string& behind) const;

  const Job& job_;
  const sim::Plan& plan_;
  const std::filesystem::path& file_;
  const output::CubeDetails& details_;
  std::vector<sim::Cell> cells_;
  std::vector<sim::Portion> portions_;  ///< of each cell, where it is kept in several
  KeptRecords kept_;
};

}  // namespace clientele::tools
