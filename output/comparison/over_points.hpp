// How a comparison changes with what is asked: at every point of a sweep the difference of each policy to the baseline,
// who is best there, and between which points a sign turns.
#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "output/comparison/comparison.hpp"
#include "output/cube/points.hpp"

namespace clientele::output {

/// One policy at one point. Points share their luck, so that a policy's change from point to point pairs too.
struct PolicyAtPoint {
  std::size_t policy = 0;
  Interval level;                      ///< of the policy alone
  std::optional<Interval> average;     ///< difference to the baseline; nothing for the baseline itself
  double half_width_together = 0;      ///< of the difference, where all that are shown hold together
  Interval change;                     ///< of the policy alone since the first point, future by future
  std::size_t pairs = 0, missing = 0;  ///< of the difference; missing ones lack a side

  bool is_told() const;   ///< there is a number
  bool is_clear() const;  ///< of the baseline, and the interval is worth what it says
};

struct AtPoint {
  std::size_t point = 0;
  std::vector<PolicyAtPoint> policies;  ///< of the question, in its order
  std::optional<std::size_t> best;  ///< policy with the best average; nothing where a KPI has no better side, where the
                                    ///< baseline is not told, or where nothing stands beside it
  bool best_is_clear = false;       ///< it is clearly better than every other, and all are told

  bool is_told() const;  ///< all policies are
};

/// Two points along one number, all others being equal, between which the sign of a difference turns; points between
/// them are not told, or have a difference of exactly 0.
struct SignTurn {
  std::size_t policy = 0, path = 0, from = 0, to = 0;  ///< points
  double at = 0;          ///< of the number: where the difference is 0, else on a straight line between the two
  bool is_clear = false;  ///< at both
};

/// One KPI in one scenario.
struct KpiOverPoints {
  KpiTexts words;
  std::size_t scenario = 0;
  std::vector<AtPoint> points;
  std::vector<SignTurn> turns;

  std::size_t points_not_told() const;
};

struct OverPoints : StudyFacts {
  Question question;
  Certainty certainty;  ///< of differences between any two policies at a point: who is best rests on all of them
  CubePoints points;
  bool has_neighbours = false;  ///< some two points differ in one number only
  std::size_t cells = 0;        ///< of all points; cells_done are of all points too
  std::vector<KpiOverPoints> tables;

  bool has_two_sides() const { return question.policies.size() > 1; }
};

/// `values` of a KPI are [point][scenario][policy][draw][replication]. What is not of a point alone comes from `facts`.
OverPoints over_points(const ComparisonInput& facts, const Question& question, const CubePoints& points,
                       const std::function<std::vector<double>(const std::string& kpi)>& values);

}  // namespace clientele::output
