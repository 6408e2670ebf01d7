// A study at many points: at each other values of its numbers, the same customers and luck, and one KPI of some cells.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "output/records/point.hpp"
#include "sim/plan.hpp"
#include "tools/clientele/sensitivity/moved_numbers.hpp"

namespace clientele::tools {

/// Simulates the cells into a sink. Throws what ends the whole.
using SimulatePoint = std::function<void(const sim::Plan& plan, const std::vector<sim::Cell>& cells, sim::Sink& sink)>;

/// Keeps the number of each cell at each point, and knows those that were kept before.
class KeptNumbers {
 public:
  virtual ~KeptNumbers() = default;
  virtual std::optional<double> find(const sim::Cell& cell, const output::PointDigest& point) const = 0;
  /// One call at a time.
  virtual void keep(const sim::Cell& cell, const output::PointDigest& point, double number) = 0;
};

/// Looks at all that it is given as long as it lives.
class Points {
 public:
  /// `kept` may be nullptr: then nothing is.
  Points(const sim::Study& study, const sim::Catalogue& catalogue, const std::vector<MovedNumber>& numbers,
         std::string kpi, const SimulatePoint& simulate, KeptNumbers* kept)
      : study_(study),
        catalogue_(catalogue),
        numbers_(numbers),
        kpi_(std::move(kpi)),
        simulate_(simulate),
        kept_(kept) {}

  /// The KPI of each of the cells where the numbers have these values, one per number.
  std::map<sim::Cell, double> at(const std::vector<double>& values, const std::vector<sim::Cell>& cells);

  std::size_t done() const { return done_; }
  /// Of these, at which anything had to be simulated.
  std::size_t simulated() const { return simulated_; }

 private:
  output::PointDigest digest_of(const std::vector<double>& values) const;

  const sim::Study& study_;
  const sim::Catalogue& catalogue_;
  const std::vector<MovedNumber>& numbers_;
  std::string kpi_;
  const SimulatePoint& simulate_;
  KeptNumbers* kept_;
  std::size_t done_ = 0, simulated_ = 0;
};

}  // namespace clientele::tools
