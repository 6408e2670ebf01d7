// How sure a share is: exact intervals, also where futures come in clusters that agree within themselves.
#pragma once
#include <cstddef>
#include <vector>

namespace clientele::output {

/// What Student's t with so many degrees of freedom is above in half of what `confidence` leaves.
double upper_student(double freedom, double confidence);

struct Bounds {
  double low = 0, high = 0;
};

/// Interval of a share out of `trials` independent ones, which need not be whole: from the beta quantiles at equal
/// tails, so that it never covers less than it says. Source: Clopper and Pearson 1934.
Bounds exact_interval(double share, double trials, double confidence);

/// Interval of a share by the score test, which is never wider than [0, 1] and has a width at 0 and 1 too. On average
/// it covers what it says; less for some shares. Source: Wilson 1927.
Bounds wilson_interval(double share, double trials, double confidence);

/// Those of one cluster for which something holds, and all of it.
struct ClusterCount {
  double holding = 0, all = 0;
};

/// Of how many independent trials a share over clusters is worth: p (1 - p) / v, with v from the clusters (ratio
/// estimator), times (z / t)^2 for clusters being few; at least two, at most all futures. Where the rarer
/// outcome was seen fewer than five times the spread tells nothing: there every cluster counts as one trial. Clusters
/// of one are plain trials. Needs two clusters. Source: Korn and Graubard 1998.
double effective_trials(const std::vector<ClusterCount>& clusters, double share, double confidence);

}  // namespace clientele::output
