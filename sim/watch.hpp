// One customer, watched through its life: what each step of each month changes of it, in each arm.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/cells.hpp"
#include "sim/core/api.hpp"
#include "sim/study.hpp"

namespace clientele::sim {

/// Customer number `number` of the base, from 1 on: group after group, or a row of a customer file.
CLIENTELE_API std::uint64_t id_of_customer(const Population& population, std::uint64_t number);

/// A number that a step wrote, under the name that the behavior who owns it gave it. Amounts are quanta.
struct Change {
  std::string_view name;
  double before = 0, after = 0;
  bool is_for_life = false;  ///< the same in all arms
};

/// What a step did in one arm. Where the customer begins to live, the step is called "birth", and where the arms part,
/// at month 0 behind a warm-up, "fork": both tell all that is kept, and nothing was before.
struct StepSeen {
  Cell cell;
  int month = 0;
  MonthKind kind = MonthKind::usual;
  std::uint32_t group = 0;
  std::string_view step;
  std::vector<Change> changes;
};

/// Is told step by step, by one thread, arm by arm; months before month 0 are the first arm's.
class Watcher {
 public:
  virtual ~Watcher() = default;
  virtual void saw(const StepSeen& step) = 0;
};

/// Whom to watch: a customer by its id (sim/random/ids.hpp). Nobody where there is no watcher. Where
/// RunOptions::scratch is spoiled, every number of a month that a step writes is told, else those of another value than
/// stood there.
struct Watch {
  Watcher* watcher = nullptr;
  std::uint64_t customer = 0;
};

}  // namespace clientele::sim
