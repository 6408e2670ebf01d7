// A study of one metric whose numbers a test chooses: what a comparison says of it can be told by hand.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "output/cube/writer.hpp"
#include "tests/output/invented.hpp"

namespace clientele::tests {

/// The gain [units] of a cell; a cell whose `sold` is 0 has no gain per sale.
using GainOf = std::function<std::int64_t(const sim::Cell& cell)>;

/// Two scenarios, three policies (the second, "middle", is the baseline), and three KPIs: gain (higher is better), loss
/// (the same number, lower is better), gain_each (per sale; nothing is sold in replication 1, so it is missing there).
inline Invented comparable(std::uint32_t draws, std::uint32_t replications, sim::People people, const GainOf& gain) {
  Invented all;
  all.study.title = "Comparable";
  all.study.digest = "00112233445566778899aabbccddeeff";
  all.study.population = {.customers = 100, .groups = {{"all", 1, {}}}, .people = people};
  all.study.horizon.months = 1;
  all.study.scenarios = {{"calm", {}}, {"storm", {}}};
  all.study.policies = {invented_policy("first", {"all"}), invented_policy("middle", {"all"}),
                        invented_policy("last", {"all"})};
  all.study.baseline = 1;
  all.study.draws = draws;
  all.study.replications = replications;
  all.study.headline = "gain";
  using enum sim::KpiRule;
  const auto better = sim::Direction::higher_is_better, worse = sim::Direction::lower_is_better;
  all.info.metrics = {{"gained", "what is gained", sim::MetricUnit::count, 1},
                      {"sold", "what is sold", sim::MetricUnit::count, 1}};
  all.info.kpis = {{"gain", "gain in all", "1", better, total, {{"gained"}}, {}, 1, 0, false},
                   {"loss", "the same, as a loss", "1", worse, total, {{"gained"}}, {}, 1, 0, false},
                   {"gain_each", "gain per sale", "1", better, ratio, {{"gained"}}, {{"sold"}}, 1, 0, false}};
  all.info.months = all.info.tiers = all.info.groups = 1;
  all.info.assumptions = {{"life.hazard", "0.5", "chance to leave", "guess", "recalled", true},
                          {"life.rate", "2", "orders", "computed", "invoices", false},
                          {"life.season", "1", "season", "stated", "the study", false}};
  all.info.levers = {{"life.discount", "margin", "demand", {"first", "last"}}, {"life.gift", "money", "", {"last"}}};
  all.details.model_version = "1.0-invented";
  for (std::uint32_t s = 0; s < 2; ++s)
    for (std::uint32_t p = 0; p < 3; ++p)
      for (std::uint32_t d = 0; d < std::max(1U, draws); ++d)
        for (std::uint32_t r = 0; r < replications; ++r) {
          const sim::Cell cell{s, p, d, r};
          all.outcomes[cell] = {cell, {gain(cell), r == 1 ? 0 : 2}, {}, {0}};
        }
  return all;
}

}  // namespace clientele::tests
