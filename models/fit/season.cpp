// Counts by calendar month and by month.
#include "models/fit/season.hpp"

#include <array>
#include <cmath>
#include <memory>

#include "models/theory/log_gamma.hpp"
#include "sim/core/check.hpp"

namespace clientele::models {
namespace {

void expect_counts(const MonthlyCounts& history) {
  sim::expects(history.counts.size() == history.exposure.size(), "each month has a count and an exposure");
  for (std::size_t t = 0; t < history.counts.size(); ++t)
    sim::expects(history.counts[t] >= 0 && history.exposure[t] > 0, "counts are not negative, exposures above 0");
}

Fitted arrivals_by(const MonthlyCounts& history, bool is_poisson) {
  const auto kept = std::make_shared<const MonthlyCounts>(history);
  double sum = 0, exposure = 0;
  for (std::size_t t = 0; t < kept->counts.size(); ++t) sum += kept->counts[t], exposure += kept->exposure[t];
  Question question;
  question.parameters = {{"per_month"}};
  question.starts = {{sum / exposure}};
  if (!is_poisson) question.parameters.push_back({"size"}), question.starts[0].push_back(5);
  question.log_likelihood = [kept, is_poisson](const std::vector<double>& at) {
    double height = 0;
    for (std::size_t t = 0; t < kept->counts.size(); ++t) {
      const double y = kept->counts[t], mean = at[0] * kept->exposure[t];
      height += y > 0 ? y * std::log(mean) : 0;
      if (is_poisson) {
        height -= mean;
        continue;
      }
      const double size = at[1];
      height += log_rising(size, y) + size * std::log(size) - (size + y) * std::log(size + mean);
    }
    return height;
  };
  Fitted fitted = maximize(question);
  fitted.observations = static_cast<double>(kept->counts.size());
  return fitted;
}

}  // namespace

SeasonFit fit_season(const MonthlyCounts& history) {
  expect_counts(history);
  SeasonFit fit;
  const std::size_t months = history.counts.size();
  if (months < 24) {
    fit.why_not = "not known, for there are only " + std::to_string(months) +
                  " whole months (24 are needed: one year cannot say what comes back)";
    return fit;
  }
  std::array<double, 12> counts{}, exposure{};
  const auto place = [&](std::size_t t) { return (t + static_cast<std::size_t>(history.first_month)) % 12; };
  double all = 0, all_exposure = 0;
  for (std::size_t t = 0; t < months; ++t) {
    counts[place(t)] += history.counts[t], exposure[place(t)] += history.exposure[t];
    all += history.counts[t], all_exposure += history.exposure[t];
  }
  constexpr const char* names[12] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};
  for (std::size_t k = 0; k < 12; ++k)
    if (counts[k] < 10) {
      fit.why_not = std::string("not known, for ") + names[k] + " has only " +
                    std::to_string(static_cast<int>(counts[k])) + " orders (10 are needed)";
      return fit;
    }
  double chi_square = 0, flat_chi_square = 0, mean = 0;
  for (std::size_t k = 0; k < 12; ++k) mean += counts[k] / exposure[k] / 12;
  for (std::size_t t = 0; t < months; ++t) {
    const double expected = counts[place(t)] / exposure[place(t)] * history.exposure[t];
    const double flat = all / all_exposure * history.exposure[t];
    chi_square += (history.counts[t] - expected) * (history.counts[t] - expected) / expected;
    flat_chi_square += (history.counts[t] - flat) * (history.counts[t] - flat) / flat;
  }
  const double freedom = static_cast<double>(months) - 12;
  fit.overdispersion = std::fmax(1, chi_square / freedom);
  fit.explained = flat_chi_square > 0 ? 1 - chi_square / flat_chi_square : 0;
  double pull = 0;  // variance of the log of the mean
  for (std::size_t k = 0; k < 12; ++k) {
    const double share = counts[k] / exposure[k] / (12 * mean);
    pull += share * share / counts[k];
  }
  for (std::size_t k = 0; k < 12; ++k) {
    const double factor = counts[k] / exposure[k] / mean, share = factor / 12;
    const double variance = fit.overdispersion * ((1 - 2 * share) / counts[k] + pull);
    fit.factors.push_back(estimate_by_curvature(Scale::log, factor, std::sqrt(variance)));
  }
  return fit;
}

ArrivalFit fit_arrivals(const MonthlyCounts& history) {
  expect_counts(history);
  ArrivalFit made;
  double sum = 0;
  for (const double count : history.counts) sum += count;
  if (history.counts.size() < 6)
    made.fit = not_known("only " + std::to_string(history.counts.size()) + " months (6 are needed)");
  else if (sum <= 0)
    made.fit = not_known("nobody came in " + std::to_string(history.counts.size()) + " months");
  if (!made.fit.why_not.empty()) return made;
  const Fitted poisson = arrivals_by(history, true), spread = arrivals_by(history, false);
  made.is_poisson = !spread.is_found() || 2 * (spread.log_likelihood - poisson.log_likelihood) < 2.71;
  made.fit = made.is_poisson ? poisson : spread;
  if (!made.is_poisson && made.fit.is_found()) made.overdispersion = 1 + made.fit.values[0] / made.fit.values[1];
  return made;
}

}  // namespace clientele::models
