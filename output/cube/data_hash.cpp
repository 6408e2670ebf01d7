// Cell numbers, counts with their number before them, then bins, moves and ages with theirs (FORMAT.md, data_hash).
#include "output/cube/data_hash.hpp"

namespace clientele::output {

void DataHash::add(const sim::CellOutcome& outcome) {
  const sim::Cell& cell = outcome.cell;
  for (const std::uint32_t number : {cell.scenario, cell.policy, cell.draw, cell.replication})
    hash_.add(std::int64_t{number});
  hash_.add(outcome.counts);
  hash_.add(outcome.beyond);
  for (const auto& histogram : outcome.histograms)
    for (const auto& bins : histogram) {
      hash_.add(static_cast<std::int64_t>(bins.size()));
      for (const sim::HistogramBin& bin : bins)
        for (const std::int64_t number : {std::int64_t{bin.bin}, bin.customers, bin.sum}) hash_.add(number);
    }
  hash_.add(outcome.flows);
  if (!outcome.by_age.empty()) hash_.add(outcome.by_age);
}

std::string data_hash(const Outcomes& outcomes) {
  DataHash hash;
  for (const auto& [cell, outcome] : outcomes) hash.add(outcome);
  return hash.hex();
}

std::string data_hash(const std::vector<std::string>& of_points) {
  Hash hash;
  for (const std::string& of_point : of_points) hash.add(of_point);
  return hash.hex();
}

}  // namespace clientele::output
