// A cell is world x scenario x policy x draw x replication; so is its key.
#include "output/records/cell_key.hpp"

#include <algorithm>
#include <bit>
#include <map>

#include "output/cube/wording.hpp"
#include "output/files/hash.hpp"
#include "sim/core/check.hpp"

namespace clientele::output {

namespace {

void add_number(Hash& hash, double value) { hash.add(std::bit_cast<std::int64_t>(value)); }

/// A record holds what is counted by these names, so that other metrics make other records.
std::string world_of(const StatedParts& parts, const sim::OutcomeInfo& info, const std::string& model_version) {
  Hash hash;
  hash.add(parts.world);
  hash.add(model_version);
  hash.add(static_cast<std::int64_t>(info.months));
  hash.add(static_cast<std::int64_t>(info.months_beyond));
  hash.add(static_cast<std::int64_t>(info.groups));
  hash.add(static_cast<std::int64_t>(info.metrics.size()));
  for (const sim::MetricInfo& metric : info.metrics) {
    hash.add(metric.name);
    hash.add(static_cast<std::int64_t>(metric.unit));
    add_number(hash, metric.scale);
    hash.add(static_cast<std::int64_t>(metric.months));
  }
  hash.add(static_cast<std::int64_t>(info.histograms.size()));
  for (const sim::HistogramInfo& histogram : info.histograms) {
    hash.add(histogram.name);
    hash.add(static_cast<std::int64_t>(histogram.unit));
    hash.add(static_cast<std::int64_t>(histogram.months.size()));
    for (const int month : histogram.months) hash.add(std::int64_t{month});
  }
  return hash.hex();
}

/// The values of a draw by the paths of their parameters, in whatever order a study names them; and the number of the
/// draw where it brings luck of its own.
std::string draw_of(const sim::Study& study, std::uint32_t draw, const std::vector<double>& values) {
  std::map<std::string, double> by_path;
  for (std::size_t u = 0; u < values.size(); ++u) by_path[study.uncertain[u].path] = values[u];
  Hash hash;
  hash.add(std::int64_t{study.luck == sim::Luck::fresh ? draw : 0});
  for (const auto& [path, value] : by_path) {
    hash.add(path);
    add_number(hash, value);
  }
  return hash.hex();
}

bool contains(const std::vector<std::string>& all, const std::vector<std::string>& some) {
  return std::ranges::all_of(some, [&](const std::string& one) { return std::ranges::find(all, one) != all.end(); });
}

}  // namespace

StudyKeys keys_of(const StatedParts& parts, const sim::Study& study, const sim::OutcomeInfo& info,
                  const std::string& model_version, const std::vector<std::vector<double>>& parameter_values) {
  sim::expects(parts.scenarios.size() == study.scenarios.size() && parts.policies.size() == study.policies.size(),
               "every scenario and policy has a digest");
  StudyKeys keys{
      world_of(parts, info, model_version), parts.scenarios, parts.policies, {}, study.replications, model_version};
  for (std::uint32_t draw = 0; draw < sim::cell_axes_of(study).draws; ++draw)
    keys.draws.push_back(
        draw_of(study, draw, parameter_values.empty() ? std::vector<double>() : parameter_values.at(draw)));
  return keys;
}

CellKey key_of(const StudyKeys& keys, const sim::Cell& cell) {
  Hash hash;
  for (const std::string* part :
       {&keys.world, &keys.scenarios.at(cell.scenario), &keys.policies.at(cell.policy), &keys.draws.at(cell.draw)})
    hash.add(*part);
  hash.add(std::int64_t{cell.replication});
  return {hash.words()};
}

CellKey key_of(const CellKey& cell, const sim::Portion& portion) {
  Hash hash;
  for (const std::uint64_t word : cell.words) hash.add(static_cast<std::int64_t>(word));
  for (const std::int64_t number : {static_cast<std::int64_t>(portion.of), portion.begin, portion.end})
    hash.add(number);
  return {hash.words()};
}

bool holds_all_of(const StudyKeys& all, const StudyKeys& some) {
  return all.world == some.world && all.replications >= some.replications && contains(all.scenarios, some.scenarios) &&
         contains(all.policies, some.policies) && contains(all.draws, some.draws);
}

}  // namespace clientele::output
