// The twelve factors of a year, and how many customers come in a month.
#pragma once
#include <string>
#include <vector>

#include "models/fit/maximum.hpp"

namespace clientele::models {

/// Whole months in a row, the first of which is `first_month` (0: January). `exposure`: orders that would be expected
/// without a season, or customers who were there: what counts are to be measured against, above 0; a trend belongs
/// here.
struct MonthlyCounts {
  int first_month = 0;
  std::vector<double> counts, exposure;
};

struct SeasonFit {
  std::vector<Estimate> factors;  ///< January to December, mean 1
  double overdispersion = 1;      ///< variance of a month's count over its mean, at least 1
  double explained = 0;           ///< share of the chi-square of a flat year that the factors take away
  std::string why_not;            ///< one sentence: "not known, ..."
  bool is_found() const { return why_not.empty(); }
};

/// Poisson maximum likelihood: the factor of a calendar month is its counts over its exposure, all years together, over
/// the mean of the twelve. Standard errors with the overdispersion of the counts around it (Pearson's chi-square over
/// months - 12; Wedderburn 1974), by the delta method on logs, the mean of 1 included. Only from 24 months on in which
/// each calendar month has 2 and 10 orders: a season is what comes back, and one year cannot say what does.
SeasonFit fit_season(const MonthlyCounts& history);

/// Newcomers per month of one group; `exposure` of a month is its season (1 where there is none).
struct ArrivalFit {
  Fitted fit;                 ///< `per_month` and, unless Poisson explains the counts, `size`
  bool is_poisson = false;    ///< variance = mean; otherwise mean + mean^2 / size (negative binomial)
  double overdispersion = 1;  ///< variance over mean of a month of exposure 1
};

/// Needs 6 months and some newcomers. Negative binomial where twice the gain in log-likelihood is above 2.71 (5 % at
/// the edge of the parameters: Self, Liang 1987), else Poisson.
ArrivalFit fit_arrivals(const MonthlyCounts& history);

}  // namespace clientele::models
