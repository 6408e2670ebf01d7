// Numbers of sentences are rounded together with what says how sure they are.
#include "tools/clientele/classify/words.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "sim/core/printable.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t next_few = 20;

std::string customers_counted(std::size_t number) {
  return with_commas(number) + (number == 1 ? " customer" : " customers");
}

/// What a tier grants: the levers that it sets, in the order of their fields.
std::vector<std::pair<std::pair<std::uint32_t, std::uint32_t>, double>> terms_of(const sim::Policy& policy,
                                                                                 std::int32_t tier) {
  std::vector<std::pair<std::pair<std::uint32_t, std::uint32_t>, double>> terms;
  if (tier < 0) return terms;
  for (const sim::Tier::Setting& lever : policy.tiers[static_cast<std::size_t>(tier)].levers)
    terms.push_back({{lever.field.table, lever.field.field}, lever.value});
  std::ranges::sort(terms);
  return terms;
}

/// "gold 41, silver 120, others 259"
std::string sizes_in_words(const sim::Policy& policy, const ClassifiedUnder& under) {
  std::vector<std::size_t> sizes(policy.tiers.size() + 1);
  for (const std::int32_t tier : under.tiers) ++sizes[tier < 0 ? policy.tiers.size() : static_cast<std::size_t>(tier)];
  std::string text;
  for (std::size_t t = 0; t < policy.tiers.size(); ++t)
    if (sizes[t] > 0 || t + policy.before < policy.tiers.size())
      text += (text.empty() ? "" : ", ") + sim::printable(policy.tiers[t].name) + " " + with_commas(sizes[t]);
  if (sizes.back() > 0) text += ", " + with_commas(sizes.back()) + " have left before";
  return text;
}

/// "10.2 k (95 % sure: 9.1 k to 11.3 k; 9 of 10 futures: 2.0 k to 15.1 k)"
std::string sum_in_words(const GainTogether& sum, const std::string& currency) {
  const Rounding shown(std::max({std::fabs(sum.mean), std::fabs(sum.low), std::fabs(sum.high)}),
                       (sum.high - sum.low) / 2);
  return shown(sum.mean) + " " + currency + " (95 % interval " + shown(sum.low) + " to " + shown(sum.high) +
         "; nine of ten futures " + shown(sum.future_low) + " to " + shown(sum.future_high) + ")";
}

std::string likely_noise(const ListOrder& order, double all, const std::string& currency) {
  std::size_t near = 0;
  double sum = 0;
  for (std::size_t k = 0; k < order.served; ++k)
    if (const ExpectedGain& gain = order.expected[order.rows[k]]; gain.is_near_0()) ++near, sum += gain.mean;
  if (near == 0) return "Each of these gains is more than two standard errors above 0.\n";
  const double share = all > 0 ? 100 * sum / all : 0;
  return "Of " + with_commas(near) + " of them the gain is within two standard errors of 0: they stand for " +
         in_short(sum) + " " + currency + " of it, " + std::to_string(std::lround(share)) + " %.\n";
}

}  // namespace

std::string tiers_in_words(const sim::Study& study, const std::vector<ClassifiedUnder>& all) {
  const ClassifiedUnder& today = all.front();
  const sim::Policy& baseline = study.policies[today.policy];
  std::string text;
  for (const ClassifiedUnder& under : all) {
    const sim::Policy& policy = study.policies[under.policy];
    text += sim::printable(policy.name) + ": " + sizes_in_words(policy, under);
    if (&under != &today) {
      std::size_t others = 0, moved = 0;
      for (std::size_t row = 0; row < under.tiers.size(); ++row) {
        const std::int32_t now = under.tiers[row], before = today.tiers[row];
        if (now < 0 || before < 0) continue;
        others += terms_of(policy, now) != terms_of(baseline, before) ? 1 : 0;
        moved +=
            policy.tiers[static_cast<std::size_t>(now)].name != baseline.tiers[static_cast<std::size_t>(before)].name
                ? 1
                : 0;
      }
      text += "; " + customers_counted(others) + (others == 1 ? " gets" : " get") + " other terms than under " +
              sim::printable(baseline.name);
      if (baseline.tiers.size() > 1)
        text += ", " + with_commas(moved) + (moved == 1 ? " stands" : " stand") + " in a tier of another name";
    }
    text += ".\n";
  }
  return text;
}

std::string gains_in_words(const sim::Study& study, const std::vector<ClassifiedUnder>& all, const ListOrder& order,
                           std::size_t capacity) {
  const ClassifiedUnder& under = all[order.policy];
  const Gains& gains = under.gains;
  const std::string policy = sim::printable(study.policies[under.policy].name),
                    baseline = sim::printable(study.policies[study.baseline].name);
  const std::string& currency = study.currency;
  const FuturesFrom futures = all_futures(gains);
  const std::span<const std::size_t> rows(order.rows), served = rows.first(order.served);
  std::string text = "All " + customers_counted(gains.customers) + " together bring " +
                     sum_in_words(together(gains, rows, futures), currency) + " more under " + policy + " than under " +
                     baseline + ", in contribution discounted to month 0. The list is sorted by this.\n";
  if (order.served == 0) return text + "Nobody is expected to bring more under " + policy + ": nobody is marked.\n";
  const GainTogether sum = together(gains, served, futures);
  text += "The first " + with_commas(order.served) + ", marked in the column serve, bring " +
          sum_in_words(sum, currency) + ".";
  if (order.served < std::min(capacity, rows.size()))
    text += " Nobody else is expected to bring more than nothing, so that fewer than " + with_commas(capacity) +
            " are marked.";
  const std::size_t next = std::min(next_few, rows.size() - order.served);
  if (next > 0)
    text += " The next " + with_commas(next) + " would bring " +
            sum_in_words(together(gains, rows.subspan(order.served, next), futures), currency) + ".";
  text += "\n" + likely_noise(order, sum.mean, currency);
  const ChosenByHalves halves = choose_by_halves(gains, capacity);
  const std::size_t half = futures.end / 2;
  text +=
      "Gains of single customers are uncertain, and these were chosen for being large: what is promised of them is "
      "too much. ";
  if (!halves.customers.empty())
    text += with_commas(halves.customers.size()) + " chosen by the first " + with_commas(half) + " futures bring " +
            in_short(halves.promised.mean) + " " + currency + " in these, and in the other " +
            with_commas(futures.end - half) + " " + sum_in_words(halves.held_out, currency) + ".\n";
  text +=
      "Each gain is that of the whole policy, applied to everybody; serving the marked ones alone is another policy. "
      "Contribution leaves out what the firm spends on itself (administration), and customers who join later are "
      "on no list.\n";
  return text;
}

}  // namespace clientele::tools
