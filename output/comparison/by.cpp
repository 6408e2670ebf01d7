// Sums over the months of the horizon, of what a cube counted; ratios and differences are taken future by future.
#include "output/comparison/by.hpp"

#include <algorithm>
#include <cmath>

namespace clientele::output {

namespace {

using Of = ByMeasure::Of;

/// Whether the cube has a metric in its own months, and by group where that is asked for.
bool is_held(const CubeReader& cube, const std::string& metric, ByAxis axis) {
  if (axis == ByAxis::group && cube.axes().groups.size() != groups_of(cube).size()) return false;
  return std::ranges::find(cube.metrics(), metric) != cube.metrics().end() ||
         std::ranges::find(cube.zero_metrics(), metric) != cube.zero_metrics().end();
}

bool is_move(const ByMeasure& measure) { return measure.of == Of::moves_in || measure.of == Of::moves_out; }

/// A share of the whole says something of sums only.
bool is_sum(const ByMeasure& measure) { return measure.per.empty() && measure.of != Of::top_tier; }

bool is_told_by_kpi(const CubeReader& cube, const ByMeasure& measure, ByAxis axis) {
  return !measure.kpi.empty() && cube.has_kpi_by(measure.kpi, axis);
}

bool is_nothing(const std::vector<double>& values) {
  return std::ranges::all_of(values, [](double value) { return value == 0 || std::isnan(value); });
}

/// Whether the study makes no use of what a measure counts. A cube that keeps only some metrics does not name the
/// others: their sums and the KPI are looked at then.
bool is_used_nowhere(const CubeReader& cube, const ByMeasure& measure) {
  const auto is_zero = [&](const std::string& metric) {
    if (std::ranges::find(cube.zero_metrics(), metric) != cube.zero_metrics().end()) return true;
    if (std::ranges::find(cube.metrics(), metric) != cube.metrics().end()) return false;
    if (!cube.has_sum(metric)) return !measure.kpi.empty() && is_nothing(cube.kpi(measure.kpi));
    for (std::size_t scenario = 0; scenario < cube.axes().scenarios.size(); ++scenario)
      for (std::size_t policy = 0; policy < cube.axes().policies.size(); ++policy)
        if (!is_nothing(cube.sum(metric, scenario, policy))) return false;
    return true;
  };
  return std::ranges::all_of(measure.metrics, is_zero);
}

/// The measure with the metrics that are there; nothing where none is, or the months that it asks for are not.
std::optional<ByMeasure> held(const CubeReader& cube, ByMeasure measure, ByAxis axis) {
  const auto& axes = cube.axes();
  if (measure.only_where_used && is_used_nowhere(cube, measure)) return std::nullopt;
  if (is_told_by_kpi(cube, measure, axis)) return measure;
  if (is_move(measure))
    return cube.has_flow_sum() || axes.months_summed.front() == 1 ? std::optional(measure) : std::nullopt;
  if (measure.of == Of::top_tier) {
    const bool is_there = axis == ByAxis::group && groups_of(cube).size() > 1 && axes.months_summed.front() == 1;
    return is_there && is_held(cube, measure.metrics.front(), axis) ? std::optional(measure) : std::nullopt;
  }
  const auto is_there = [&](const std::string& metric) {
    return (measure.of != Of::last_month && cube.has_sum(metric)) || is_held(cube, metric, axis);
  };
  std::erase_if(measure.metrics, [&](const std::string& metric) { return !is_there(metric); });
  if (measure.metrics.empty() || (!measure.per.empty() && !is_there(measure.per))) return std::nullopt;
  if (measure.of == Of::last_month) {
    const auto months = static_cast<std::size_t>(std::ranges::count(axes.run_off, false));
    if (months == 0 || axes.months_summed[months - 1] != 1) return std::nullopt;
  }
  return measure;
}

/// What one arm counted, in one part or (nothing) in all.
class Counts {
 public:
  Counts(const CubeReader& cube, const ComparisonInput& input, ByAxis axis, std::size_t scenario, std::size_t policy)
      : cube_(cube), input_(input), axis_(axis), scenario_(scenario), policy_(policy) {
    const auto& axes = cube.axes();
    months_ = static_cast<std::size_t>(std::ranges::count(axes.run_off, false));
    tiers_ = axes.tiers;
    groups_ = groups_of(cube).size();
  }

  /// By future, of each part and, last, of all.
  std::vector<Futures> of(const ByMeasure& measure) const {
    std::vector<Futures> sums(parts() + 1, empty());
    if (is_told_by_kpi(cube_, measure, axis_)) return add_kpi(sums, measure.kpi), sums;
    if (is_move(measure)) return add_moves(sums, measure.of), sums;
    if (measure.of == Of::top_tier) return top_tier_of(sums, measure.metrics.front()), sums;
    for (const std::string& metric : measure.metrics) add(sums, metric, measure.of);
    std::vector<Futures> divisors(parts() + 1, empty());
    if (!measure.per.empty()) add(divisors, measure.per, measure.of);
    for (std::size_t part = 0; part <= parts(); ++part)
      for (std::size_t f = 0; f < sums[part].values.size(); ++f) {
        double& value = sums[part].values[f];
        if (measure.of == Of::average_month) value /= static_cast<double>(input_.months);
        if (measure.per.empty()) continue;
        value = divisors[part].values[f] == 0 ? not_known : value / divisors[part].values[f];
      }
    return sums;
  }
  std::size_t parts() const { return axis_ == ByAxis::tier ? tiers_ : groups_; }

 private:
  Futures empty() const {
    Futures futures{input_.draws, input_.replications, input_.people, {}, !input_.drawn.empty()};
    futures.values.assign(input_.draws * input_.replications, 0);
    return futures;
  }
  bool is_tier(std::size_t tier) const { return !cube_.tier_name(policy_, tier).empty(); }

  /// A tier that the policy lacks adds nothing; a future that is missing stays so. What all come to is the sum of
  /// parts: nobody asks for it of a ratio.
  void add_kpi(std::vector<Futures>& sums, const std::string& kpi) const {
    const std::vector<double> values = cube_.kpi_by(kpi, axis_, scenario_, policy_);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (axis_ == ByAxis::tier && !is_tier(i % parts())) continue;
      sums[i % parts()].values[i / parts()] += values[i];
      sums.back().values[i / parts()] += values[i];
    }
  }
  void add(std::vector<Futures>& sums, const std::string& metric, Of of) const {
    if (of != Of::last_month && cube_.has_sum(metric))
      return add_places(sums, cube_.sum(metric, scenario_, policy_), {0, 1, 1});
    const std::size_t first = of == Of::last_month ? months_ - 1 : 0;
    add_places(sums, cube_.metric(metric, scenario_, policy_), {first, months_, cube_.axes().months});
  }
  void add_moves(std::vector<Futures>& sums, Of of) const {
    if (cube_.has_flow_sum()) return add_flows(sums, cube_.flow_sum(scenario_, policy_), of, {0, 1, 1});
    add_flows(sums, cube_.tier_flow(scenario_, policy_), of, {1, months_, cube_.axes().months});
  }

  /// By group, the part of it that stands in the best tier at month 0; nothing is known where one tier holds all or
  /// nobody has been sorted yet.
  void top_tier_of(std::vector<Futures>& sums, const std::string& customers_metric) const {
    const std::vector<double> customers = cube_.metric(customers_metric, scenario_, policy_);
    for (std::size_t f = 0; f < sums.front().values.size(); ++f) {
      const double* at = &customers[f * cube_.axes().months * tiers_ * groups_];
      double in_top = 0;
      for (std::size_t g = 0; g < groups_; ++g) in_top += at[g];
      for (std::size_t g = 0; g < groups_; ++g) {
        double all = 0;
        for (std::size_t t = 0; t < tiers_; ++t) all += is_tier(t) ? at[t * groups_ + g] : 0;
        sums[g].values[f] = tiers_ < 2 || !is_tier(1) || in_top == 0 || all == 0 ? not_known : at[g] / all;
      }
      sums.back().values[f] = not_known;
    }
  }

  /// Which of the months that a variable has.
  struct Places {
    std::size_t from, to, all;
  };
  void add_places(std::vector<Futures>& sums, const std::vector<double>& values, const Places& places) const {
    const std::size_t groups = values.size() / (sums.front().values.size() * places.all * tiers_);
    for (std::size_t f = 0; f < sums.front().values.size(); ++f)
      for (std::size_t m = places.from; m < places.to; ++m)
        for (std::size_t t = 0; t < tiers_; ++t)
          for (std::size_t g = 0; g < groups && is_tier(t); ++g) {
            const double value = values[((f * places.all + m) * tiers_ + t) * groups + g];
            sums[axis_ == ByAxis::tier ? t : g].values[f] += value;
            sums.back().values[f] += value;
          }
  }
  void add_flows(std::vector<Futures>& sums, const std::vector<double>& flows, Of of, const Places& places) const {
    for (std::size_t f = 0; f < sums.front().values.size(); ++f)
      for (std::size_t m = places.from; m < places.to; ++m)
        for (std::size_t from = 0; from < tiers_; ++from)
          for (std::size_t to = 0; to < tiers_; ++to)
            for (std::size_t g = 0; g < groups_ && from != to && is_tier(from) && is_tier(to); ++g) {
              const double value = flows[(((f * places.all + m) * tiers_ + from) * tiers_ + to) * groups_ + g];
              sums[axis_ == ByAxis::group ? g : of == Of::moves_in ? to : from].values[f] += value;
              sums.back().values[f] += value;
            }
  }

  const CubeReader& cube_;
  const ComparisonInput& input_;
  ByAxis axis_;
  std::size_t scenario_, policy_, months_ = 0, tiers_ = 0, groups_ = 0;
};

/// Names of the parts of an arm; empty where it has no such part.
std::vector<std::string> names_of(const CubeReader& cube, ByAxis axis, std::size_t policy) {
  if (axis == ByAxis::group) return groups_of(cube);
  std::vector<std::string> names;
  for (std::size_t tier = 0; tier < cube.axes().tiers; ++tier) names.push_back(cube.tier_name(policy, tier));
  return names;
}

Futures share_of(const Futures& part, const Futures& all) {
  Futures share = part;
  for (std::size_t f = 0; f < share.values.size(); ++f)
    share.values[f] = all.values[f] == 0 ? not_known : part.values[f] / all.values[f];
  return share;
}

/// Mean customers of each part, over months and futures; empty where the cube does not tell.
std::vector<double> sizes_of_parts(const CubeReader& cube, const ComparisonInput& input, ByAxis axis,
                                   const ByArm& arm) {
  const auto customers = held(cube, {"customers", "", "", Of::average_month, {"customers"}}, axis);
  if (!customers) return {};
  const Counts counts(cube, input, axis, arm.scenario, arm.policy);
  std::vector<double> sizes;
  for (const Futures& part : counts.of(*customers)) {
    double sum = 0, known = 0;
    for (const double value : part.values)
      if (!std::isnan(value)) sum += value, ++known;
    sizes.push_back(known == 0 ? 0 : sum / known);
  }
  sizes.pop_back();  // of all
  return sizes;
}

void leave_out_small_parts(By& by, const CubeReader& cube, const ComparisonInput& input) {
  std::vector<std::vector<double>> sizes;
  for (const ByArm& arm : by.arms) sizes.push_back(sizes_of_parts(cube, input, by.axis, arm));
  if (by.axis == ByAxis::group && !sizes.empty()) {  // the fewest under any policy are those of all
    std::vector<double> fewest = sizes.front();
    for (const std::vector<double>& of_arm : sizes)
      for (std::size_t part = 0; part < fewest.size(); ++part) fewest[part] = std::min(fewest[part], of_arm[part]);
    std::ranges::fill(sizes, fewest);
  }
  for (std::size_t a = 0; a < by.arms.size(); ++a) {
    ByArm& arm = by.arms[a];
    const std::vector<bool> small = too_few_to_tell(sizes[a]);
    std::vector<ByPart> shown;
    for (std::size_t part = 0; part < arm.parts.size(); ++part)
      if (part < small.size() && small[part] && !arm.parts[part].name.empty())
        arm.left_out.push_back(arm.parts[part].name);
      else
        shown.push_back(std::move(arm.parts[part]));
    arm.parts = std::move(shown);
  }
}

}  // namespace

std::vector<bool> too_few_to_tell(const std::vector<double>& sizes) {
  std::vector<bool> small(sizes.size());
  double hidden = 0;
  for (std::size_t part = 0; part < sizes.size(); ++part) {
    small[part] = sizes[part] > 0 && sizes[part] < fewest_real_customers;
    if (small[part]) hidden += sizes[part];
  }
  if (hidden == 0 || hidden >= fewest_real_customers) return small;
  std::optional<std::size_t> next;
  for (std::size_t part = 0; part < sizes.size(); ++part)
    if (!small[part] && sizes[part] > 0 && (!next || sizes[part] < sizes[*next])) next = part;
  if (next) small[*next] = true;
  return small;
}

const std::vector<std::string>& groups_of(const CubeReader& cube) {
  return cube.axes().each_group.empty() ? cube.axes().groups : cube.axes().each_group;
}

By by_part(const CubeReader& cube, const ComparisonInput& input, const Question& question, ByAxis axis,
           const std::vector<ByMeasure>& measures) {
  By by{axis, {}, {}};
  for (const ByMeasure& measure : measures)
    if (const auto known = held(cube, measure, axis)) by.measures.push_back(*known);
  const bool policies = question.is_across_policies(), differ = axis == ByAxis::group || !policies;
  const auto interval = [&](const Futures& futures) {
    return interval_over(futures, question.confidence, input.share_of_ten_largest);
  };
  for (const std::size_t o : policies ? question.scenarios : question.policies)
    for (const std::size_t i : policies ? question.policies : question.scenarios) {
      ByArm& arm = by.arms.emplace_back(policies ? ByArm{o, i, {}} : ByArm{i, o, {}});
      const Counts counts(cube, input, axis, arm.scenario, arm.policy);
      const Counts baseline(cube, input, axis, policies ? o : question.baseline, policies ? question.baseline : o);
      const std::vector<std::string> names = names_of(cube, axis, arm.policy);
      for (const std::string& name : names) arm.parts.push_back({name, {}});
      for (const ByMeasure& measure : by.measures) {
        const std::vector<Futures> mine = counts.of(measure);
        const std::vector<Futures> theirs =
            differ && i != question.baseline ? baseline.of(measure) : std::vector<Futures>{};
        for (std::size_t part = 0; part < names.size(); ++part) {
          ByValue& value =
              arm.parts[part].values.emplace_back(ByValue{interval(mine[part]), {not_known, not_known}, {}});
          if (is_sum(measure)) value.share = interval(share_of(mine[part], mine.back()));
          if (!theirs.empty() && measure.of != Of::top_tier)
            value.difference = interval(difference(mine[part], theirs[part]));
        }
      }
    }
  if (!input.customer_file.empty()) leave_out_small_parts(by, cube, input);
  for (ByArm& arm : by.arms) std::erase_if(arm.parts, [](const ByPart& part) { return part.name.empty(); });
  return by;
}

UnequalGroups unequal_groups(const By& by, const ByArm& arm) {
  UnequalGroups unequal;
  const auto measure = std::ranges::find(by.measures, Of::top_tier, &ByMeasure::of);
  if (measure == by.measures.end()) return unequal;
  const auto place = static_cast<std::size_t>(measure - by.measures.begin());
  const auto share = [&](const ByPart& part) { return part.values[place].level.mean; };
  for (const ByPart& part : arm.parts)
    if (share(part) > unequal.best.share) unequal.best = {part.name, share(part)};
  for (const ByPart& part : arm.parts)
    if (share(part) < four_fifths * unequal.best.share) unequal.others.push_back({part.name, share(part)});
  return unequal;
}

}  // namespace clientele::output
