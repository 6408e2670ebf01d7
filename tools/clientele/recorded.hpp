// The study says which cells are wanted, the records which are there: resuming, extending and merging are one thing.
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "output/files/durable_file.hpp"
#include "output/records/sink.hpp"
#include "tools/clientele/job.hpp"
#include "tools/clientele/kept_records.hpp"

namespace clientele::tools {

/// "1 cell", "12,000 cells".
std::string cells_in_words(std::size_t count);

/// A portion that a cell lacks, or all of them.
struct Lack {
  sim::Cell cell;
  std::vector<sim::Portion> portions;  ///< none where nothing of the cell is known to be there
};

/// What the records of an output hold of one job, and what they are to hold.
class Recorded {
 public:
  Recorded(const Job& job, const std::filesystem::path& file, const output::CubeDetails& details, KeptRecords& kept);

  /// Simulates what no record holds, and writes the cube.
  void run(output::Existing existing);
  /// Simulates what no record holds of the cells that tell the levels of the same money, and gives them to the study.
  sim::Study run_same_money();

  /// Reads what is there, then works; says what is safe whenever that ends early.
  void keeping_what_is_safe(const std::function<void()>& work);

  const std::vector<sim::Cell>& cells() const { return cells_; }
  std::vector<sim::Cell> missing(const std::vector<sim::Cell>& wanted) const;
  /// Of the cells those of a share, with what is kept of their portions.
  void simulate(const std::vector<sim::Cell>& cells, const sim::Share& share);
  /// Makes records of those cells all of whose portions are kept, one at a time and without simulating anything; what
  /// the others lack comes back.
  std::vector<Lack> complete(const std::vector<sim::Cell>& cells);
  /// Of the cells those that are not there, when what is there in portions is put together.
  std::vector<sim::Cell> complete_or_missing(const std::vector<sim::Cell>& cells);
  void write(output::Existing existing);
  /// The study with the policies that spend the same money evenly; all of cells_of_same_money are there.
  sim::Study with_same_money() const;

  /// Portions of a share that are kept of cells that are not.
  std::uint64_t portions_kept(const sim::Share& share = {}) const;

 private:
  void simulate_together(const std::vector<sim::Cell>& cells);
  bool simulate_or_stop(const std::vector<sim::Cell>& cells, const sim::Share& share);
  bool is_recorded(const sim::Cell& cell) const;
  output::CellKey key_of(const sim::Cell& cell, const sim::Portion& portion) const;
  std::vector<sim::Portion> complete(const sim::Cell& cell, output::RecordsSink& sink);
  void tell_what_is_there(const std::vector<sim::Cell>& missing) const;
  std::string what_is_safe() const;
  std::string portions_in_words(const std::string& before, const std::string& behind) const;

  const Job& job_;
  const sim::Plan& plan_;
  const std::filesystem::path& file_;
  const output::CubeDetails& details_;
  std::vector<sim::Cell> cells_;
  std::vector<sim::Portion> portions_;  ///< of each cell, where it is kept in several
  KeptRecords& kept_;
};

}  // namespace clientele::tools
