// The radix search. A decision holds, per cut: digits found, customers (or value) still to take, and the prefix of the
// key.
#include "sim/exact_cuts.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "sim/core/check.hpp"
#include "sim/random/philox.hpp"

namespace clientele::sim {

namespace {

using DecisionView = ExactCuts::DecisionView;

constexpr int digit_bits = 11, tie_bits = 64, key_bits = 64 + tie_bits;
constexpr std::size_t bins = std::size_t{1} << digit_bits;

/// Where a cut is in its search. The key of the cut is the smallest that is taken.
struct Cut {
  std::int64_t digits = 0;  ///< found; -1: the cut takes nobody, -2: everybody
  std::int64_t left = 0;    ///< customers or value to take of those who share the prefix
  std::uint64_t score = 0;  ///< the prefix: of the score ...
  std::uint64_t tie = 0;    ///< ... and of the tie
  bool closed = false;
};
constexpr std::size_t numbers_of_cut = 5;

Cut cut_of(DecisionView decision, std::size_t c) {
  const std::int64_t* at = &decision[c * numbers_of_cut];
  return {at[0], at[1], static_cast<std::uint64_t>(at[2]), static_cast<std::uint64_t>(at[3]), at[4] != 0};
}

void keep_cut(std::span<std::int64_t> decision, std::size_t c, const Cut& cut) {
  std::int64_t* at = &decision[c * numbers_of_cut];
  at[0] = cut.digits;
  at[1] = cut.left;
  at[2] = static_cast<std::int64_t>(cut.score);
  at[3] = static_cast<std::int64_t>(cut.tie);
  at[4] = cut.closed ? 1 : 0;
}

using Key128 = unsigned __int128;

Key128 key_of(std::uint64_t score, std::uint64_t tie) { return static_cast<Key128>(score) << tie_bits | tie; }
Key128 key_of(const Cut& cut) { return key_of(cut.score, cut.tie); }

/// Bits below the digits found so far.
int rest_of(std::int64_t digits) { return std::max(0, key_bits - digit_bits * static_cast<int>(digits)); }

/// The key of a customer; the tie is worked out only where the score alone cannot tell.
class Keys {
 public:
  Keys(const BlockMonth& month, const RankScores& scores)
      : low_(month[month.core().id_low]), high_(month[month.core().id_high]), scores_(scores) {}
  std::uint64_t score(std::size_t i) const { return scores_.key(i); }
  Key128 full(std::size_t i) const { return key_of(score(i), tie_of(low_[i], high_[i])); }

 private:
  std::span<const std::uint32_t> low_, high_;
  RankScores scores_;
};

}  // namespace

std::uint64_t tie_of(std::uint32_t id_low, std::uint32_t id_high) {
  const std::uint64_t id = static_cast<std::uint64_t>(id_high) << 32 | id_low;
  const auto words = philox(Address{id, month_of_traits, 0, tag_of_ties, 0, 0}.counter(), Key{});
  return static_cast<std::uint64_t>(words[0]) << 32 | words[1];
}

ExactCuts::ExactCuts(std::vector<double> shares, SharesOf of) : shares_(std::move(shares)), of_(of) {}

VoiceSize ExactCuts::size(int round, DecisionView) const { return {round == 0 ? bins : shares_.size() * bins, 0}; }

void ExactCuts::measure(const BlockMonth& month, std::span<const std::int32_t> reviewed, const RankScores& scores,
                        int round, DecisionView so_far, Voice voice) const {
  const Keys keys(month, scores);
  const bool by_value = of_ == SharesOf::values;
  const auto weight = [&](std::size_t i) -> std::int64_t {
    return by_value ? std::max<std::int64_t>(0, static_cast<std::int64_t>(value_of_key(keys.score(i)))) : 1;
  };
  if (round == 0) {
    for (std::size_t i = 0; i < reviewed.size(); ++i)
      if (reviewed[i] != 0) voice.sums[keys.score(i) >> (64 - digit_bits)] += weight(i);
    return;
  }
  for (std::size_t c = 0; c < shares_.size(); ++c) {
    const Cut cut = cut_of(so_far, c);
    if (cut.closed) continue;
    const int rest = rest_of(cut.digits), next = rest_of(cut.digits + 1);
    const Key128 prefix = key_of(cut) >> rest;
    const int score_rest = std::max(0, rest - tie_bits);
    for (std::size_t i = 0; i < reviewed.size(); ++i) {
      if (reviewed[i] == 0 || keys.score(i) >> score_rest != cut.score >> score_rest) continue;
      const Key128 key = keys.full(i);
      if (key >> rest != prefix) continue;
      voice.sums[c * bins + static_cast<std::size_t>(key >> next & (bins - 1))] += weight(i);
    }
  }
}

std::size_t ExactCuts::size_of_decision() const { return shares_.size() * numbers_of_cut; }

bool ExactCuts::decide(int round, Voice heard, std::span<std::int64_t> decision) const {
  if (round == 0) {
    std::int64_t customers = 0;
    for (const std::int64_t n : heard.sums) customers += n;
    std::ranges::fill(decision, 0);
    double upto = 0;
    for (std::size_t c = 0; c < shares_.size(); ++c) {
      upto += shares_[c];
      Cut cut;
      cut.left =
          std::min(customers, static_cast<std::int64_t>(std::floor(upto * static_cast<double>(customers) + 0.5)));
      if (cut.left == 0) cut.closed = true, cut.digits = -1;
      keep_cut(decision, c, cut);
    }
  }
  bool all_closed = true;
  for (std::size_t c = 0; c < shares_.size(); ++c) {
    Cut cut = cut_of(decision, c);
    if (cut.closed) continue;
    const auto counts = heard.sums.subspan(round == 0 ? 0 : c * bins, bins);
    const int rest = rest_of(cut.digits), next = rest_of(cut.digits + 1);
    std::size_t bin = (std::size_t{1} << (rest - next)) - 1;
    while (bin > 0 && counts[bin] < cut.left) cut.left -= counts[bin--];
    const Key128 key = key_of(cut) | static_cast<Key128>(bin) << next;
    cut.score = static_cast<std::uint64_t>(key >> tie_bits);
    cut.tie = static_cast<std::uint64_t>(key);
    ++cut.digits;
    cut.closed = counts[bin] == cut.left || next == 0;
    all_closed &= cut.closed;
    keep_cut(decision, c, cut);
  }
  return all_closed;
}

void ExactCuts::assign(const BlockMonth& month, std::span<const std::int32_t> reviewed, const RankScores& scores,
                       DecisionView decision, std::span<std::int32_t> tier) const {
  const Keys keys(month, scores);
  for (std::size_t i = 0; i < reviewed.size(); ++i) {
    tier[i] = 0;
    if (reviewed[i] == 0) continue;
    for (std::size_t c = 0; c < shares_.size(); ++c) {
      const Cut cut = cut_of(decision, c);
      const std::uint64_t own = keys.score(i);
      const bool reaches =
          cut.digits >= 0 && (own > cut.score || (own == cut.score && (cut.tie == 0 || keys.full(i) >= key_of(cut))));
      tier[i] += reaches ? 0 : 1;
    }
  }
}

}  // namespace clientele::sim
