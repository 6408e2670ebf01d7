// The radix search. A decision holds, per cut: digits found, customers still to take, and the prefix of the key.
#include "sim/state/exact_cuts.hpp"

#include <bit>
#include <cmath>

#include "sim/core/check.hpp"
#include "sim/random/philox.hpp"

namespace clientele::sim {

namespace {

constexpr int digit_bits = 11, key_bits = 96;
constexpr std::size_t bins = std::size_t{1} << digit_bits;

/// Where a cut is in its search. The key of the cut is the smallest that is taken.
struct Cut {
  std::int64_t digits = 0;  ///< found; -1: the cut takes nobody, -2: everybody
  std::int64_t left = 0;    ///< customers to take among those who share the prefix
  std::uint64_t high = 0;   ///< the prefix, 96 bits: 32 high ...
  std::uint64_t low = 0;    ///< ... and 64 low
  bool closed = false;
};
constexpr std::size_t numbers_of_cut = 5;

Cut cut_of(const Decision& decision, std::size_t c) {
  const std::int64_t* at = &decision[c * numbers_of_cut];
  return {at[0], at[1], static_cast<std::uint64_t>(at[2]), static_cast<std::uint64_t>(at[3]), at[4] != 0};
}

void keep_cut(Decision& decision, std::size_t c, const Cut& cut) {
  std::int64_t* at = &decision[c * numbers_of_cut];
  at[0] = cut.digits;
  at[1] = cut.left;
  at[2] = static_cast<std::int64_t>(cut.high);
  at[3] = static_cast<std::int64_t>(cut.low);
  at[4] = cut.closed ? 1 : 0;
}

using Key96 = unsigned __int128;

Key96 key_of(std::uint32_t score, std::uint64_t tie) { return static_cast<Key96>(score) << 64 | tie; }
Key96 key_of(const Cut& cut) { return static_cast<Key96>(cut.high) << 64 | cut.low; }

/// Bits below the digits found so far.
int rest_of(std::int64_t digits) { return std::max(0, key_bits - digit_bits * static_cast<int>(digits)); }

std::uint64_t tie_of(std::uint32_t id_low, std::uint32_t id_high) {
  const std::uint64_t id = static_cast<std::uint64_t>(id_high) << 32 | id_low;
  const auto words = philox(Address{id, month_of_traits, 0, tag_of_ties, 0, 0}.counter(), Key{});
  return static_cast<std::uint64_t>(words[0]) << 32 | words[1];
}

/// The key of a customer; the tie is worked out only where the score alone cannot tell.
class Keys {
 public:
  Keys(const BlockMonth& month, std::span<const float> score)
      : low_(month[month.core().id_low]), high_(month[month.core().id_high]), score_(score) {}
  std::uint32_t score(std::size_t i) const { return ordered_bits(score_[i]); }
  Key96 whole(std::size_t i) const { return key_of(score(i), tie_of(low_[i], high_[i])); }

 private:
  std::span<const std::uint32_t> low_, high_;
  std::span<const float> score_;
};

}  // namespace

ExactCuts::ExactCuts(std::vector<double> shares) : shares_(std::move(shares)) {}

VoiceSize ExactCuts::size(int round, const Decision&) const { return {round == 0 ? bins : shares_.size() * bins, 0}; }

void ExactCuts::measure(const BlockMonth& month, const Arm& arm, std::span<const float> score, int round,
                        const Decision& so_far, Voice voice) const {
  const auto reviewed = arm[month.core().under_review];
  const Keys keys(month, score);
  if (round == 0) {
    for (std::size_t i = 0; i < score.size(); ++i) voice.sums[keys.score(i) >> (32 - digit_bits)] += reviewed[i];
    return;
  }
  for (std::size_t c = 0; c < shares_.size(); ++c) {
    const Cut cut = cut_of(so_far, c);
    if (cut.closed) continue;
    const int rest = rest_of(cut.digits), next = rest_of(cut.digits + 1);
    const Key96 prefix = key_of(cut) >> rest;
    const auto score_prefix = static_cast<std::uint32_t>(rest > 64 ? prefix : key_of(cut) >> 64);
    for (std::size_t i = 0; i < score.size(); ++i) {
      if (reviewed[i] == 0 || keys.score(i) >> std::max(0, rest - 64) != score_prefix) continue;
      const Key96 key = keys.whole(i);
      if (key >> rest != prefix) continue;
      ++voice.sums[c * bins + static_cast<std::size_t>(key >> next & (bins - 1))];
    }
  }
}

bool ExactCuts::decide(int round, Voice heard, Decision& decision) const {
  if (round == 0) {
    std::int64_t customers = 0;
    for (const std::int64_t n : heard.sums) customers += n;
    decision.assign(shares_.size() * numbers_of_cut, 0);
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
    const Key96 key = key_of(cut) | static_cast<Key96>(bin) << next;
    cut.high = static_cast<std::uint64_t>(key >> 64);
    cut.low = static_cast<std::uint64_t>(key);
    ++cut.digits;
    cut.closed = counts[bin] == cut.left || next == 0;
    all_closed &= cut.closed;
    keep_cut(decision, c, cut);
  }
  return all_closed;
}

void ExactCuts::assign(const BlockMonth& month, const Arm& arm, std::span<const float> score, const Decision& decision,
                       std::span<std::int32_t> tier) const {
  const auto reviewed = arm[month.core().under_review];
  const Keys keys(month, score);
  for (std::size_t i = 0; i < score.size(); ++i) {
    tier[i] = 0;
    if (reviewed[i] == 0) continue;
    for (std::size_t c = 0; c < shares_.size(); ++c) {
      const Cut cut = cut_of(decision, c);
      const std::uint32_t own = keys.score(i);
      const auto at = static_cast<std::uint32_t>(cut.high);
      const bool reaches =
          cut.digits >= 0 && (own > at || (own == at && (cut.low == 0 || keys.whole(i) >= key_of(cut))));
      tier[i] += reaches ? 0 : 1;
    }
  }
}

}  // namespace clientele::sim
