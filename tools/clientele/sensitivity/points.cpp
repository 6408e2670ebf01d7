// Each point is a study of its own, which is made only where a cell of it is missing.
#include "tools/clientele/sensitivity/points.hpp"

#include <algorithm>

namespace clientele::tools {

namespace {

/// Keeps the KPI of each cell, not the cell.
class KpiSink final : public sim::Sink {
 public:
  KpiSink(const sim::Plan& plan, std::string_view kpi, const output::PointDigest& point, KeptNumbers* kept,
          std::map<sim::Cell, double>& numbers)
      : plan_(plan),
        kpi_(*std::ranges::find(plan.info().kpis, kpi, &sim::KpiInfo::name)),
        point_(point),
        kept_(kept),
        numbers_(numbers) {}

  void accept(sim::CellOutcome&& outcome) override {
    const double number = sim::evaluate(kpi_, plan_.info(), plan_.study().money_quantum, outcome);
    if (kept_ != nullptr) kept_->keep(outcome.cell, point_, number);
    numbers_[outcome.cell] = number;
  }

 private:
  const sim::Plan& plan_;
  const sim::KpiInfo& kpi_;
  const output::PointDigest& point_;
  KeptNumbers* kept_;
  std::map<sim::Cell, double>& numbers_;
};

}  // namespace

std::map<sim::Cell, double> Points::at(const std::vector<double>& values, const std::vector<sim::Cell>& cells) {
  const output::PointDigest point = digest_of(values);
  std::map<sim::Cell, double> numbers;
  std::vector<sim::Cell> missing;
  for (const sim::Cell& cell : cells) {
    const auto known = kept_ == nullptr ? std::nullopt : kept_->find(cell, point);
    if (known)
      numbers[cell] = *known;
    else
      missing.push_back(cell);
  }
  if (!missing.empty()) {
    const sim::Study moved = with_values(study_, catalogue_, numbers_, values);
    const sim::Plan plan(moved, catalogue_);
    KpiSink sink(plan, kpi_, point, kept_, numbers);
    simulate_(plan, missing, sink);
    ++simulated_;
  }
  ++done_;
  return numbers;
}

output::PointDigest Points::digest_of(const std::vector<double>& values) const {
  std::map<std::string, double> by_path;
  for (std::size_t n = 0; n < numbers_.size(); ++n) by_path[numbers_[n].path] = values[n];
  return output::PointDigest(by_path);
}

}  // namespace clientele::tools
