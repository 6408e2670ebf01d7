// The same statement on a pair at every point; intervals hold together over all points, policies and scenarios.
#include "output/comparison/over_points.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "sim/core/check.hpp"

namespace clientele::output {

namespace {

using Line = std::vector<std::size_t>;

/// Points that differ in one number only, in the order of that number.
std::vector<Line> lines_along(const CubePoints& points, std::size_t path) {
  std::map<std::vector<double>, Line> lines;
  for (std::size_t point = 0; point < points.places(); ++point) {
    std::vector<double> others = points.values[point];
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(path));
    lines[others].push_back(point);
  }
  std::vector<Line> all;
  for (auto& [others, line] : lines) {
    std::ranges::sort(line, {}, [&](std::size_t point) { return points.values[point][path]; });
    all.push_back(std::move(line));
  }
  return all;
}

bool has_neighbours(const CubePoints& points) {
  for (std::size_t path = 0; path < points.paths.size(); ++path)
    for (const Line& line : lines_along(points, path))
      if (line.size() > 1) return true;
  return false;
}

class Telling {
 public:
  Telling(const ComparisonInput& facts, const OverPoints& all, const KpiTexts& words, std::size_t scenario,
          const std::vector<double>& values)
      : facts_(facts), all_(all), words_(words), scenario_(scenario), values_(values) {}

  KpiOverPoints table() const {
    KpiOverPoints table{words_, scenario_, {}, {}};
    for (std::size_t point = 0; point < all_.points.places(); ++point) table.points.push_back(at(point));
    table.turns = turns_of(table);
    return table;
  }

 private:
  Futures futures(std::size_t point, std::size_t policy) const {
    const sim::CellAxes axes = facts_.axes();
    const std::size_t from = point * axes.cells() + axes.number_of_arm(scenario_, policy) * axes.worlds();
    const auto at = values_.begin() + static_cast<std::ptrdiff_t>(from);
    return {facts_.draws,
            facts_.replications,
            facts_.people,
            {at, at + static_cast<std::ptrdiff_t>(axes.worlds())},
            !facts_.drawn.empty()};
  }

  AtPoint at(std::size_t point) const {
    AtPoint row{.point = point};
    const Question& question = all_.question;
    const double share = facts_.share_of_ten_largest;
    const Futures baseline = futures(point, question.baseline);
    for (const std::size_t policy : question.policies) {
      const Futures own = futures(point, policy);
      PolicyAtPoint& told = row.policies.emplace_back();
      told.policy = policy;
      told.level = interval_over(own, question.confidence, share);
      told.change = interval_over(difference(own, futures(0, policy)), question.confidence, share);
      if (policy == question.baseline) continue;
      const Futures pairs = difference(own, baseline);
      told.average = interval_over(pairs, question.confidence, share);
      told.half_width_together = interval_over(pairs, all_.certainty.together(), share).half_width;
      told.pairs = present(pairs).size();
      told.missing = pairs.values.size() - told.pairs;
    }
    choose_best(row);
    return row;
  }

  void choose_best(AtPoint& row) const {
    if (words_.direction == sim::Direction::neither || !all_.has_two_sides()) return;
    double most = -std::numeric_limits<double>::infinity();
    for (const PolicyAtPoint& told : row.policies) {
      if (!told.average && !told.is_told()) {
        row.best.reset();
        return;
      }
      const double gain = told.average ? sign_of(words_) * told.average->mean : 0;
      if (!is_rival(told) || std::isnan(gain) || gain <= most) continue;
      most = gain;
      row.best = told.policy;
    }
    row.best_is_clear = row.best && std::ranges::all_of(row.policies, [&](const PolicyAtPoint& told) {
                          return told.policy == *row.best || !is_rival(told) || is_beaten(row, told.policy);
                        });
  }

  /// A policy that no study states is none.
  bool is_rival(const PolicyAtPoint& told) const { return facts_.is_rival(told.policy); }

  /// The best of the point is clearly better, on the same luck; where there are no pairs it is not.
  bool is_beaten(const AtPoint& row, std::size_t policy) const {
    const Interval lead = interval_over(difference(futures(row.point, *row.best), futures(row.point, policy)),
                                        all_.certainty.together(), facts_.share_of_ten_largest);
    return lead.caution.empty() && sign_of(words_) * lead.mean > lead.half_width;
  }

  std::vector<SignTurn> turns_of(const KpiOverPoints& table) const {
    std::vector<SignTurn> turns;
    for (std::size_t path = 0; path < all_.points.paths.size(); ++path)
      for (const Line& line : lines_along(all_.points, path))
        for (std::size_t p = 0; p < all_.question.policies.size(); ++p) add_turns(table, path, line, p, turns);
    return turns;
  }

  /// Of one policy along one line.
  void add_turns(const KpiOverPoints& table, std::size_t path, const Line& line, std::size_t p,
                 std::vector<SignTurn>& turns) const {
    if (all_.question.policies[p] == all_.question.baseline) return;
    const auto number = [&](std::size_t point) { return all_.points.values[point][path]; };
    std::optional<std::size_t> from;
    std::vector<double> zeros;  // values of the number between from and here
    for (const std::size_t to : line) {
      const PolicyAtPoint& here = table.points[to].policies[p];
      const double b = here.average->mean;
      if (std::isnan(b)) continue;
      if (b == 0) {
        zeros.push_back(number(to));
        continue;
      }
      if (from) {
        const PolicyAtPoint& before = table.points[*from].policies[p];
        const double a = before.average->mean, low = number(*from), high = number(to);
        const double at = zeros.empty() ? low + (high - low) * a / (a - b) : (zeros.front() + zeros.back()) / 2;
        if ((a < 0) != (b < 0))
          turns.push_back({here.policy, path, *from, to, at, before.is_clear() && here.is_clear()});
      }
      from = to;
      zeros.clear();
    }
  }

  const ComparisonInput& facts_;
  const OverPoints& all_;
  const KpiTexts& words_;
  std::size_t scenario_;
  const std::vector<double>& values_;
};

}  // namespace

bool PolicyAtPoint::is_told() const { return !std::isnan(average ? average->mean : level.mean); }

bool PolicyAtPoint::is_clear() const {
  return average && average->caution.empty() && std::fabs(average->mean) > half_width_together;
}

bool AtPoint::is_told() const { return std::ranges::all_of(policies, &PolicyAtPoint::is_told); }

std::size_t KpiOverPoints::points_not_told() const {
  return points.size() - static_cast<std::size_t>(std::ranges::count_if(points, &AtPoint::is_told));
}

OverPoints over_points(const ComparisonInput& facts, const Question& question, const CubePoints& points,
                       const std::function<std::vector<double>(const std::string& kpi)>& values) {
  sim::expects(question.is_across_policies() && points.any(), "a table over points compares policies");
  OverPoints all;
  static_cast<StudyFacts&>(all) = facts;
  all.question = question;
  all.points = points;
  all.has_neighbours = has_neighbours(points);
  const std::size_t sides = question.policies.size(), pairs = sides * (sides - 1) / 2;
  all.certainty = {question.confidence, std::max<std::size_t>(1, points.places() * question.kpis.size() *
                                                                     question.scenarios.size() * pairs)};
  all.cells = points.places() * facts.axes().cells();
  for (const std::string& kpi : question.kpis) {
    sim::expects(facts.kpi(kpi) != nullptr, "a comparison is of a KPI that exists");
    const std::vector<double> of_kpi = values(kpi);
    for (const std::size_t scenario : question.scenarios)
      all.tables.push_back(Telling(facts, all, *facts.kpi(kpi), scenario, of_kpi).table());
  }
  return all;
}

}  // namespace clientele::output
