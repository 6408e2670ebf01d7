// Which cell a record is of: 128 bits over everything that its numbers depend on, and over nothing else.
#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/metrics.hpp"
#include "sim/sink.hpp"
#include "sim/study.hpp"

namespace clientele::output {

/// Equal keys, in whatever studies and runs, are cells with equal numbers.
struct CellKey {
  std::array<std::uint64_t, 2> words{};
  auto operator<=>(const CellKey&) const = default;
};

/// Digests of the parts of a study as it states them: `world` of all that every cell shares (a warm-up policy too),
/// then one per scenario and policy, name and content. Text that changes no outcome has no part in them.
struct StatedParts {
  std::string world;
  std::vector<std::string> scenarios, policies;
};

/// Digests of the parts that a cell is made of. A part that is added, moved or changed changes no other part's digest.
struct StudyKeys {
  std::string world;
  std::vector<std::string> scenarios, policies, draws;
  std::uint32_t replications = 0;
  std::string model;  ///< its version, which is in `world` too
  bool operator==(const StudyKeys&) const = default;
};

/// Adds to the parts what a study does not state: the model, what is counted, and the values of each draw
/// ([draw][Study::uncertain], as sim gives them; empty where the stated values hold).
StudyKeys keys_of(const StatedParts& parts, const sim::Study& study, const sim::OutcomeInfo& info,
                  const std::string& model_version, const std::vector<std::vector<double>>& parameter_values);

CellKey key_of(const StudyKeys& keys, const sim::Cell& cell);
CellKey key_of(const CellKey& cell, const sim::Portion& portion);

/// Whether every cell of `some` is a cell of `all`.
bool holds_all_of(const StudyKeys& all, const StudyKeys& some);

}  // namespace clientele::output
