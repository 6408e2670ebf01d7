// Where a sanitizer watches there is no TBB, whose hand-overs it cannot see: plain threads take its place.
#include "sim/parallel/team.hpp"

namespace clientele::sim {

std::unique_ptr<Team> make_team_tbb(unsigned threads) { return make_team_threads(threads); }

}  // namespace clientele::sim
