// What a cube promises of the months to come: each future of one policy, month by month.
#pragma once
#include <string>
#include <vector>

#include "output/cube/reader.hpp"
#include "tools/clientele/backtest/range_of_futures.hpp"

namespace clientele::tools {

/// Something that a firm's books tell month by month. A sum adds up over months, a number of different customers does
/// not.
struct Measure {
  std::string name, unit, metric;  ///< "revenue", "money" or what is counted; the metric of a cube
  bool adds_up = true;
};
/// Revenue, orders, buyers, newcomers, customers on the books, in this order.
const std::vector<Measure>& tracked_measures();

/// [future][month] of each measure. Empty where the cube does not hold it.
struct Promised {
  std::vector<std::vector<std::vector<double>>> of_measure;
  std::size_t futures = 0, months = 0;
};
/// Throws UserError where months do not stand alone or cells are missing.
Promised promised_in(const output::CubeReader& cube, std::size_t scenario, std::size_t policy);

}  // namespace clientele::tools
