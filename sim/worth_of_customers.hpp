// What each customer of the base is worth under policies that are compared, in one future: simulated one by one, with
// what all of them together decided at their meetings.
#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/cells.hpp"
#include "sim/core/api.hpp"
#include "sim/metrics.hpp"
#include "sim/study.hpp"

namespace clientele::sim {

/// By number of the customer (id_of_customer), less 1: the KPI of what was counted of that customer alone, in each of
/// some cells of one world. A KPI that is a sum over customers says what each of them adds; who joins after month 0, or
/// has followed somebody in warm-up, has no number. `progress` hears how many are done, from any thread.
CLIENTELE_API std::vector<std::vector<double>> worth_of_customers(
    const Study& study, const Catalogue& catalogue, const std::vector<Cell>& cells, const KpiInfo& kpi,
    unsigned threads = 0, const std::function<void(std::uint64_t customers)>& progress = {});

}  // namespace clientele::sim
