// What of a study is not done yet, and what those do whose part it is: in words for `merge` and `status`.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "output/records/asked.hpp"
#include "output/records/log.hpp"
#include "sim/cells.hpp"
#include "sim/study.hpp"

namespace clientele::tools {

/// What became of a shard, by the log that it began last; one that lives counts, whatever came after it.
struct ShardState {
  enum class Is { never_started, running, done, stopped, failed, killed };
  std::uint64_t number = 1;  ///< counted from 1
  Is is = Is::never_started;
  output::Worker worker;
  sim::Exit status = sim::Exit::done;
};

/// Of all shards that were asked for.
std::vector<ShardState> states_of_shards(const output::Asked& asked, const std::vector<output::Log>& logs);

/// "never started", "running on n08", "killed on n07".
std::string in_words(const ShardState& state);
/// One word for programs: "running".
std::string word_of(ShardState::Is is);

/// "shard 3/40 was killed on n07; shards 5/40, 6/40 never started; shard 7/40 is done on n08, but 2 of its cells are
/// not there": `lacking` cells by shard, counted from 1.
std::string shards_in_words(const output::Asked& asked, const std::vector<output::Log>& logs,
                            const std::map<std::uint64_t, std::size_t>& lacking);

/// "0, 4 to 9 and 12 others", of numbers in order.
std::string in_ranges(const std::vector<std::uint64_t>& numbers);

/// Lines that begin with two blanks: arms that lack the same worlds, and these worlds in ranges.
std::string cells_in_ranges(const sim::Study& study, const std::vector<sim::Cell>& cells);

}  // namespace clientele::tools
