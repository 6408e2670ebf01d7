// Reads a metric once, and adds up what is asked for.
#include "tools/clientele/report/counted.hpp"

#include <algorithm>
#include <cmath>

namespace clientele::tools {

namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

bool is_in(const std::optional<std::size_t>& asked, std::size_t place) { return !asked || *asked == place; }

}  // namespace

std::optional<Counted> Counted::of(const Material& material, const std::string& metric, std::size_t scenario,
                                   std::size_t policy) {
  if (!contains(material.cube.metrics(), metric) && !contains(material.cube.zero_metrics(), metric))
    return std::nullopt;
  const output::CubeReader::Axes& axes = material.cube.axes();
  Counted counted;
  counted.months_ = static_cast<std::size_t>(std::ranges::count(axes.run_off, false));
  counted.places_ = axes.months;
  counted.tiers_ = axes.tiers;
  counted.groups_ = axes.groups.size();
  counted.confidence_ = material.comparison.question.confidence;
  counted.share_of_ten_largest_ = material.input.share_of_ten_largest;
  counted.futures_ = {axes.draws, axes.replications, material.input.people, {}, !material.input.drawn.empty()};
  counted.values_ = material.cube.metric(metric, scenario, policy);
  return counted;
}

output::Futures Counted::sums(const Part& part) const {
  output::Futures sums = futures_;
  for (std::size_t f = 0; f < futures_.draws * futures_.replications; ++f) {
    double sum = 0;
    bool any = false;
    for (std::size_t m = 0; m < months_; ++m)
      for (std::size_t t = 0; t < tiers_ && is_in(part.month, m); ++t)
        for (std::size_t g = 0; g < groups_ && is_in(part.tier, t); ++g) {
          const double value = values_[((f * places_ + m) * tiers_ + t) * groups_ + g];
          if (!is_in(part.group, g) || std::isnan(value)) continue;
          sum += value;
          any = true;
        }
    sums.values.push_back(any ? sum : output::not_known);
  }
  return sums;
}

output::Interval Counted::average(const Part& part) const {
  return output::interval_over(sums(part), confidence_, share_of_ten_largest_);
}

output::Interval average_of(const Material& material, const output::Futures& futures) {
  return output::interval_over(futures, material.comparison.question.confidence, material.input.share_of_ten_largest);
}

}  // namespace clientele::tools
