// Each point is looked at as a cube of its own; what is found is told once for all.
#include "tools/clientele/verify/points.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/plan.hpp"
#include "tools/clientele/compare/asked_point.hpp"
#include "tools/clientele/verify/integers.hpp"
#include "tools/clientele/verify/ledgers.hpp"
#include "tools/clientele/verify/parts.hpp"

namespace clientele::tools {

namespace {

void add_new(const std::vector<std::string>& some, std::vector<std::string>& all) {
  for (const std::string& one : some)
    if (std::ranges::find(all, one) == all.end()) all.push_back(one);
}

void add(const Findings& of_point, const std::string& point, Findings& all) {
  add_new(of_point.ledgers, all.ledgers);
  for (const std::string& broken : of_point.broken_ledgers) all.broken_ledgers.push_back(broken + " (" + point + ")");
  add_new(of_point.unseen_ledgers, all.unseen_ledgers);
  all.has_other_integers = all.has_other_integers || of_point.has_other_integers;
  add_new(of_point.other_kpis, all.other_kpis);
  add_new(of_point.parts, all.parts);
  add_new(of_point.other_parts, all.other_parts);
}

}  // namespace

void look_at_each_point(output::CubeReader& cube, const PointStudies& studies, const std::stop_token& stop,
                        Findings& findings) {
  findings.integers_looked_at = true;
  for (std::size_t point = 0; point < studies.size(); ++point) {
    if (stop.stop_requested()) throw sim::UserError("stopped early.", sim::Exit::stopped_early);
    cube.look_at(point);
    const sim::Study study = studies.at(point);
    const sim::Plan plan(study, studies.catalogue());
    Findings of_point;
    of_point.data_hash = cube.text("data_hash");
    look_at_ledgers(cube, plan.info(), study.money_quantum, of_point);
    look_at_parts(cube, plan.info(), of_point);
    look_at_integers(cube, plan.info(), study, of_point);
    findings.integers_looked_at = findings.integers_looked_at && of_point.integers_looked_at;
    add(of_point, point_in_words(cube.points(), point), findings);
  }
}

}  // namespace clientele::tools
