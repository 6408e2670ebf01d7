// A small base of a study's kind, simulated for a while at the stated values: what is said of a study before it is run.
#pragma once
#include <cstdint>
#include <string_view>

#include "sim/catalogue.hpp"
#include "sim/plan.hpp"
#include "sim/sink.hpp"
#include "sim/study.hpp"

namespace clientele::tools {

/// The study with at most so many customers (of a file, rows evenly taken from all of it), for so many months, without
/// anything beyond them or any uncertainty.
sim::Study small_base(const sim::Study& study, std::uint64_t customers, int months);

/// One future of it under a policy, in the first scenario.
class SmallBase {
 public:
  SmallBase(const sim::Study& study, const sim::Catalogue& catalogue, std::uint64_t customers, int months,
            std::uint32_t policy);
  double kpi(std::string_view name) const;
  /// A metric's counted integers over all months, tiers and groups.
  std::int64_t total(std::string_view metric) const;
  std::uint64_t customers() const { return study_.population.customers; }

 private:
  sim::Study study_;
  sim::Plan plan_;
  sim::MemorySink sink_;
};

}  // namespace clientele::tools
