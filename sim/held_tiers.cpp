// A decision begins with its part. While the rule decides, its own decision follows; later, the cuts.
#include "sim/held_tiers.hpp"

#include <algorithm>
#include <compare>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/exact_cuts.hpp"

namespace clientele::sim {

namespace {

constexpr int year = 12;
constexpr int bits_of_digit = 11, bits_of_key = 64;
constexpr std::size_t bins_of_digit = std::size_t{1} << bits_of_digit;

enum class Part : std::int64_t { rule_decides, tiers_are_added_up, cuts_are_searched };
using enum Part;

/// A decision that nothing has been added to.
Decision beginning(Part part) { return {static_cast<std::int64_t>(part)}; }

Part part_of(int round, const Decision& so_far, bool rule_hears) {
  if (round == 0) return rule_hears ? rule_decides : tiers_are_added_up;  // what stands there is of another review
  return static_cast<Part>(so_far.front());
}

/// What the rule has decided so far; before the first round, what it finds.
Decision decision_of_rule(int round, const Decision& so_far) {
  return round == 0 ? so_far : Decision(so_far.begin() + 1, so_far.end());
}

/// What customers have bought, and how many they are: of two such sums the one with more sales is larger.
struct Weight {
  std::int64_t sales = 0, heads = 0;
  auto operator<=>(const Weight&) const = default;
};

/// The search for the least key that still belongs above a cut.
struct Search {
  std::int64_t digits = 0;  ///< found; -1: nobody belongs above
  Weight left;              ///< to take among those who share the prefix
  std::uint64_t prefix = 0;
  bool closed = false;
};
constexpr std::size_t numbers_of_search = 5;

Search search_of(const Decision& decision, std::size_t cut) {
  const std::int64_t* at = &decision[1 + cut * numbers_of_search];
  return {at[0], {at[1], at[2]}, static_cast<std::uint64_t>(at[3]), at[4] != 0};
}

void keep(const Search& search, Decision& decision) {
  for (const std::int64_t number : {search.digits, search.left.sales, search.left.heads,
                                    static_cast<std::int64_t>(search.prefix), std::int64_t{search.closed ? 1 : 0}})
    decision.push_back(number);
}

/// Bits below the digits found so far.
int bits_below(std::int64_t digits) { return std::max(0, bits_of_key - bits_of_digit * static_cast<int>(digits)); }

bool shares_prefix(std::uint64_t key, const Search& search) {
  return search.digits == 0 || key >> bits_below(search.digits) == search.prefix >> bits_below(search.digits);
}

/// From the last bin down, taken whole as long as more is to be taken.
void find_digit(std::span<const std::int64_t> sales, std::span<const std::int64_t> heads, Search& search) {
  const int rest = bits_below(search.digits), next = bits_below(search.digits + 1);
  std::size_t bin = (std::size_t{1} << (rest - next)) - 1;
  for (; bin > 0 && Weight{sales[bin], heads[bin]} < search.left; --bin)
    search.left = {search.left.sales - sales[bin], search.left.heads - heads[bin]};
  search.prefix |= static_cast<std::uint64_t>(bin) << next;
  ++search.digits;
  search.closed = next == 0 || Weight{sales[bin], heads[bin]} == search.left;
}

}  // namespace

TiersByChance::TiersByChance(std::unique_ptr<Segmentation> rule, std::size_t tiers, By by, int first_month,
                             Observed& observed)
    : HeldTiers(std::move(rule)), tiers_(tiers), first_month_(first_month) {
  if (by == By::sales) sales_ = observed.ring<std::int32_t>("net_sales", year);
}

/// Of the past year, or of the months that there are [quanta].
std::int64_t TiersByChance::sales_of(const BlockMonth& month, const Arm& arm, std::size_t customer) const {
  std::int64_t sum = 0;
  const int months = sales_ ? std::min(year, month.month() - first_month_) : 0;
  for (int back = 1; back <= months; ++back) sum += arm.at(*sales_, month.month() - back)[customer];
  return std::max<std::int64_t>(0, sum);
}

VoiceSize TiersByChance::size(const Occasion& occasion, int round, const Decision& so_far) const {
  switch (part_of(round, so_far, rule().hears(0))) {
    case rule_decides:
      return rule().size(occasion, round, decision_of_rule(round, so_far));
    case tiers_are_added_up:
      return {2 * tiers_, 0};
    case cuts_are_searched:
      break;
  }
  return {2 * bins_of_digit * (tiers_ - 1), 0};
}

void TiersByChance::measure(BlockMonth& month, const Arm& arm, int round, const Decision& so_far, Voice voice) const {
  switch (part_of(round, so_far, rule().hears(0))) {
    case rule_decides:
      return rule().measure(month, arm, round, decision_of_rule(round, so_far), voice);
    case tiers_are_added_up:
      return add_up(month, arm, decision_of_rule(round, so_far), voice);
    case cuts_are_searched:
      return look_for_cuts(month, arm, so_far, voice);
  }
}

void TiersByChance::add_up(BlockMonth& month, const Arm& arm, const Decision& decided, Voice voice) const {
  const auto reviewed = arm[month.core().under_review];
  std::vector<std::int32_t> tier(reviewed.size());
  rule().assign(month, arm, decided, tier);
  for (std::size_t i = 0; i < tier.size(); ++i) {
    if (reviewed[i] == 0) continue;
    voice.sums[static_cast<std::size_t>(tier[i])] += sales_of(month, arm, i);
    ++voice.sums[tiers_ + static_cast<std::size_t>(tier[i])];
  }
}

void TiersByChance::look_for_cuts(const BlockMonth& month, const Arm& arm, const Decision& so_far, Voice voice) const {
  const auto reviewed = arm[month.core().under_review];
  const auto low = month[month.core().id_low], high = month[month.core().id_high];
  for (std::size_t i = 0; i < reviewed.size(); ++i) {
    if (reviewed[i] == 0) continue;
    const std::uint64_t key = tie_of(low[i], high[i]);
    const std::int64_t sales = sales_of(month, arm, i);
    for (std::size_t cut = 0; cut + 1 < tiers_; ++cut) {
      const Search search = search_of(so_far, cut);
      if (search.closed || !shares_prefix(key, search)) continue;
      const int rest = bits_below(search.digits), next = bits_below(search.digits + 1);
      const std::size_t bin = 2 * bins_of_digit * cut + (key >> next & ((std::uint64_t{1} << (rest - next)) - 1));
      voice.sums[bin] += sales;
      ++voice.sums[bin + bins_of_digit];
    }
  }
}

/// Each cut stands below all the tiers above it together.
Decision TiersByChance::first_cuts(Voice heard) const {
  Decision decision = beginning(cuts_are_searched);
  Search search;
  for (std::size_t tier = 0; tier + 1 < tiers_; ++tier) {
    search.left.sales += heard.sums[tier];
    search.left.heads += heard.sums[tiers_ + tier];
    search.closed = search.left == Weight{};
    search.digits = search.closed ? -1 : 0;
    keep(search, decision);
  }
  return decision;
}

bool TiersByChance::decide(const Occasion& occasion, int round, Voice heard, Decision& decision) const {
  const Part part = part_of(round, decision, rule().hears(0));
  if (part == rule_decides) {
    Decision of_rule = decision_of_rule(round, decision);
    const bool is_decided = rule().decide(occasion, round, heard, of_rule);
    decision = beginning(is_decided ? tiers_are_added_up : rule_decides);
    decision.insert(decision.end(), of_rule.begin(), of_rule.end());
    return false;
  }
  if (part == tiers_are_added_up) {
    decision = first_cuts(heard);
  } else {
    Decision next = beginning(cuts_are_searched);
    for (std::size_t cut = 0; cut + 1 < tiers_; ++cut) {
      Search search = search_of(decision, cut);
      const auto sums = heard.sums.subspan(2 * bins_of_digit * cut, 2 * bins_of_digit);
      if (!search.closed) find_digit(sums.first(bins_of_digit), sums.last(bins_of_digit), search);
      keep(search, next);
    }
    decision = std::move(next);
  }
  for (std::size_t cut = 0; cut + 1 < tiers_; ++cut)
    if (!search_of(decision, cut).closed) return false;
  return true;
}

void TiersByChance::assign(BlockMonth& month, const Arm&, const Decision& decision,
                           std::span<std::int32_t> tier) const {
  const auto low = month[month.core().id_low], high = month[month.core().id_high];
  for (std::size_t i = 0; i < tier.size(); ++i) {
    const std::uint64_t key = tie_of(low[i], high[i]);
    tier[i] = 0;
    for (std::size_t cut = 0; cut + 1 < tiers_; ++cut) {
      const Search search = search_of(decision, cut);
      tier[i] += search.digits < 0 || key < search.prefix ? 1 : 0;
    }
  }
}

}  // namespace clientele::sim
