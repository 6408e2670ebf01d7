// Sets of parameters that the data leave possible, drawn jointly: what a study's uncertain numbers come from.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "models/fit/maximum.hpp"

namespace clientele::models {

struct JointDraws {
  std::vector<std::string> names;
  std::vector<std::vector<double>> values;  ///< [draw][parameter], natural
  std::string how;                          ///< "normal", or "importance resampling"
  double effective = 0;                     ///< of the 4,000 candidates, how many equal weights would be worth as much
  std::string why_not;                      ///< empty: done
};

/// Draw d is the same however many are drawn, and hangs on the seed alone.
/// - Where no estimate is flat: multivariate normal on the working scales, mean = maximum, covariance = inverse of the
///   observed information (the large-sample posterior under a flat prior on these scales).
/// - Where one is: 4,000 candidates from a multivariate t with 5 degrees of freedom of the same mean and scale, each
///   weighted by likelihood / density (sampling importance resampling: Rubin 1987; Gelman et al., Bayesian Data
///   Analysis 10.4), so that draws follow the likelihood itself under that prior. Draw d takes the candidate at which
///   the summed weights pass its own uniform word; the same candidate may come twice. A ridge that does not end is cut
///   where candidates end: 8 standard errors away, at most e^6 times.
/// - Where the information is no positive matrix there is no density to draw from: `why_not` says so.
JointDraws draw_jointly(const Fitted& fitted, std::size_t draws, std::uint32_t seed);

}  // namespace clientele::models
