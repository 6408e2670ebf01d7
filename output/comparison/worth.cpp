// One walk through the months of each pair of futures.
#include "output/comparison/worth.hpp"

#include <algorithm>
#include <cstdlib>

namespace clientele::output {

namespace {

/// One future by month.
struct Course {
  std::vector<double> flow, balance;
};

/// Sums of one pair of futures; what follows on a month that is not known is not known.
void sum_up(const Course& one, const Course& other, double rate, double* sums) {
  double sum = 0, worth = 1;
  for (std::size_t t = 0; t < one.flow.size(); ++t, worth /= 1 + rate) {
    const double flow = one.flow[t] - other.flow[t], balance = one.balance[t] - other.balance[t];
    sums[t] = sum += (flow - rate / (1 + rate) * balance) * worth;
  }
}

/// Adds a weighted sum of metrics of an arm, by future and month; empty where one of them is not known.
std::vector<double> sum_of(const std::vector<sim::Term>& terms, const ComparisonInput& input, const ArmOf& arm,
                           std::vector<double> sum = {}) {
  for (const sim::Term& term : terms) {
    const std::vector<double> values = input.by_month(term.metric, arm.scenario, arm.policy);
    if (values.empty()) return {};
    sum.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) sum[i] += term.weight * values[i];
  }
  return sum;
}

/// Flows and balances of an arm in all its futures, with ways to one of them.
class Courses {
 public:
  Courses(const KpiTexts& whole, const ComparisonInput& input, const ArmOf& arm)
      : flow_(sum_of(whole.flow_beyond, input, arm, sum_of(whole.flow, input, arm))),
        balance_(sum_of(whole.balance, input, arm)),
        months_(flow_.size() / (input.draws * input.replications)) {
    if (whole.balance.empty()) balance_.resize(flow_.size());
  }

  bool are_known() const { return months_ > 0 && flow_.size() == balance_.size(); }
  std::size_t months() const { return months_; }
  Course at(std::size_t future) const {
    const auto part = [&](const std::vector<double>& values) {
      const auto from = values.begin() + static_cast<std::ptrdiff_t>(future * months_);
      return std::vector<double>(from, from + static_cast<std::ptrdiff_t>(months_));
    };
    return {part(flow_), part(balance_)};
  }

 private:
  std::vector<double> flow_, balance_;
  std::size_t months_;
};

}  // namespace

std::vector<double> rates_of(const ComparisonInput& input, const std::string& path) {
  const auto drawn =
      std::ranges::find_if(input.drawn, [&](const DrawnNumber& number) { return number.field.path == path; });
  if (drawn != input.drawn.end()) return drawn->values;
  const auto field = std::ranges::find(input.assumptions, path, &sim::Assumption::path);
  if (field == input.assumptions.end()) return {};
  return std::vector<double>(input.draws, std::strtod(field->value.c_str(), nullptr));
}

std::optional<WorthOverTime> worth_over_time(const ComparisonInput& input, const ArmOf& one, const ArmOf& baseline) {
  const KpiTexts* whole = input.kpi(sim::KpiPart::whole);
  if (whole == nullptr || whole->flow.empty()) return std::nullopt;
  const std::vector<double> rates = rates_of(input, whole->rate_field);
  const Courses ours(*whole, input, one), theirs(*whole, input, baseline);
  if (rates.empty() || !ours.are_known() || !theirs.are_known()) return std::nullopt;
  const std::size_t futures = input.draws * input.replications;
  WorthOverTime worth{ours.months(), std::vector<double>(futures * ours.months())};
  for (std::size_t f = 0; f < futures; ++f)
    sum_up(ours.at(f), theirs.at(f), rates[f / input.replications], worth.sums.data() + f * worth.months);
  return worth;
}

}  // namespace clientele::output
