// The invented study at several points: other outcomes at each, the same every time.
#pragma once
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/output/invented.hpp"

namespace clientele::tests {

struct InventedPoints {
  Invented stated;
  output::CubeDetails details;
  std::vector<output::Outcomes> outcomes;  ///< by point

  void write(const std::filesystem::path& path, output::Existing existing = output::Existing::refuse) const {
    std::vector<const output::Outcomes*> all;
    for (const output::Outcomes& of_point : outcomes) all.push_back(&of_point);
    const output::OutcomesInMemory source(all);
    output::write_cube(path, existing, stated.study, stated.info, source, details,
                       *sim::make_team(sim::Engine::threads, 2));
  }
  /// The plain cube of one point.
  void write_alone(std::size_t point, const std::filesystem::path& path) const {
    Invented alone = stated;
    alone.outcomes = outcomes[point];
    alone.study.digest = details.points.study_digests[point];
    alone.details.keys = details.points.keys[point];
    tests::write(alone, path);
  }
  void swap(std::size_t a, std::size_t b) {
    std::swap(outcomes[a], outcomes[b]);
    std::swap(details.points.values[a], details.points.values[b]);
    std::swap(details.points.keys[a], details.points.keys[b]);
    std::swap(details.points.study_digests[a], details.points.study_digests[b]);
  }
};

/// `n` points; every one has a scenario, a policy and a world of its own.
inline InventedPoints invented_points(std::size_t n) {
  InventedPoints all{invented(), {}, {}};
  all.details = all.stated.details;
  output::CubePoints& points = all.details.points;
  points.paths = {"payment.terms_days", "policy.\"A & B\".tier.C.discount"};
  points.units = {output::unit_of_point("days"), ""};
  for (std::size_t point = 0; point < n; ++point) {
    points.values.push_back({30.0 + static_cast<double>(point), 0.25 * static_cast<double>(point)});
    output::StudyKeys& keys = points.keys.emplace_back(all.stated.details.keys);
    keys.world += std::to_string(point);
    if (point % 2 == 1) keys.policies[1] = "two" + std::to_string(point);
    points.study_digests.push_back("digest" + std::to_string(point));
    output::Outcomes& outcomes = all.outcomes.emplace_back(all.stated.outcomes);
    for (auto& [cell, outcome] : outcomes)
      for (std::int64_t& count : outcome.counts)
        if (count != 0) count += static_cast<std::int64_t>(point);
  }
  return all;
}

}  // namespace clientele::tests
