// What a cell counted, by the names of metrics and histograms.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "sim/sink.hpp"
#include "sim/state/histogram.hpp"

namespace clientele::tests {

class Counts {
 public:
  /// Axes as the study says them; of the engine's description only the names and their order are taken.
  Counts(const sim::Study& study, const sim::OutcomeInfo& names);

  /// Of which kind the months are that follow; what a closed one counts stands apart.
  void enter(sim::MonthKind kind) { kind_ = kind; }

  /// Nothing is counted before the fork.
  void add(std::string_view metric, int month, std::int32_t tier, std::uint32_t group, std::int64_t value);
  /// In a month after the horizon, 0 the first, whatever the present one is.
  void add_beyond(std::string_view metric, int after, std::int32_t tier, std::uint32_t group, std::int64_t value);
  /// A review found somebody in a tier and put him into another, or the same.
  void move(int month, std::int32_t tier, std::int32_t tier_to, std::uint32_t group);
  void bin(std::string_view histogram, int month, std::uint32_t group, std::int64_t value);

  sim::CellOutcome outcome(const sim::Cell& cell) const;

 private:
  struct Binned {
    std::int64_t customers = 0, sum = 0;
  };
  const sim::Study* study_;
  const sim::OutcomeInfo* names_;
  std::size_t tiers_ = 0, groups_ = 0;
  std::map<std::string, std::size_t, std::less<>> metrics_;
  std::size_t place_of(int month, std::int32_t tier, std::uint32_t group, std::string_view metric) const;

  sim::MonthKind kind_ = sim::MonthKind::usual;
  std::vector<std::int64_t> counts_, flows_, beyond_;
  std::vector<std::vector<std::map<std::int32_t, Binned>>> bins_;  ///< [histogram][named month x groups + group]
};

}  // namespace clientele::tests
