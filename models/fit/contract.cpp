// Renewals by their chances given that somebody came so far: cohorts, censoring and truncation are the same sum.
#include "models/fit/contract.hpp"

#include <cmath>
#include <memory>

#include "sim/core/check.hpp"

namespace clientele::models {

void ContractHistory::add_cohort(std::span<const double> survivors) {
  sim::expects(!survivors.empty(), "a cohort has a beginning");
  if (lost.size() + 1 < survivors.size()) lost.resize(survivors.size() - 1), renewed.resize(survivors.size() - 1);
  for (std::size_t t = 1; t < survivors.size(); ++t) {
    sim::expects(survivors[t] >= 0 && survivors[t] <= survivors[t - 1], "survivors of a cohort do not rise");
    lost[t - 1] += survivors[t - 1] - survivors[t];
    renewed[t - 1] += survivors[t];
  }
}

void ContractHistory::add_customer(int from, int renewals, bool has_left) {
  sim::expects(from >= 0 && renewals >= from, "a customer is not lost before it is seen");
  const auto needed = static_cast<std::size_t>(renewals + (has_left ? 1 : 0));
  if (lost.size() < needed) lost.resize(needed), renewed.resize(needed);
  for (int t = from; t < renewals; ++t) renewed[static_cast<std::size_t>(t)] += 1;
  if (has_left) lost[needed - 1] += 1;
}

Fitted fit_contract(const ContractHistory& history) {
  const auto kept = std::make_shared<const ContractHistory>(history);
  double lost = 0, renewed = 0, most = 0, periods = 0;
  for (std::size_t t = 0; t < kept->lost.size(); ++t) {
    const double here = kept->lost[t] + kept->renewed[t];
    lost += kept->lost[t], renewed += kept->renewed[t];
    most = std::max(most, here), periods += here > 0 ? 1 : 0;
  }
  if (most < 20)
    return not_known("only " + std::to_string(static_cast<int>(most)) +
                     " customers stood before a renewal (20 are needed)");
  if (lost <= 0) return not_known("nobody has left yet");
  if (renewed <= 0) return not_known("nobody has renewed");
  if (periods < 2) return not_known("only one renewal was seen: how chances differ shows from the second on");
  const double share = lost / (lost + renewed);
  Question question;
  question.parameters = {{"alpha"}, {"beta"}};
  question.starts = {{1, 1 / share - 1}, {5 * share, 5 * (1 - share)}};
  question.log_likelihood = [kept](const std::vector<double>& at) {
    double sum = 0;
    for (std::size_t t = 0; t < kept->lost.size(); ++t) {
      const double before = static_cast<double>(t), all = std::log(at[0] + at[1] + before);
      sum += kept->lost[t] * (std::log(at[0]) - all) + kept->renewed[t] * (std::log(at[1] + before) - all);
    }
    return sum;
  };
  Fitted fitted = maximize(question);
  fitted.observations = most;
  if (!fitted.is_found() && fitted.why_not.find("grows without end") != std::string::npos)
    fitted.why_not = "as many leave at every renewal: customers' chances do not differ, a constant hazard is enough";
  return fitted;
}

}  // namespace clientele::models
