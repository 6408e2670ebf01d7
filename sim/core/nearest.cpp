// Edit distance by three rows of the usual table; words longer than 64 bytes are nobody's slip of the finger.
#include "sim/core/nearest.hpp"

#include <algorithm>
#include <array>

namespace clientele::sim {
namespace {

constexpr std::size_t longest = 64;

/// One in a short word: with two, "name" would be "care".
std::size_t max_slips(std::string_view word) { return word.size() < 5 ? 1 : 2; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Whether one is the other with a part more or less behind it: "hold_after" of "hold_after_days".
bool is_cut_off(std::string_view one, std::string_view other) {
  constexpr std::size_t shortest = 5;
  const std::string_view cut = one.size() < other.size() ? one : other, whole = cut == one ? other : one;
  return cut.size() >= shortest && whole.starts_with(cut) && whole.substr(cut.size()).starts_with('_');
}

}  // namespace

std::size_t slips_between(std::string_view one, std::string_view other) {
  if (one.size() > longest || other.size() > longest) return one == other ? 0 : longest;
  std::array<std::size_t, longest + 1> before{}, above{}, row{};
  for (std::size_t j = 0; j <= other.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= one.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= other.size(); ++j) {
      const bool same = lower(one[i - 1]) == lower(other[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && lower(one[i - 1]) == lower(other[j - 2]) && lower(one[i - 2]) == lower(other[j - 1]))
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = above;
    above = row;
  }
  return above[other.size()];
}

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  std::string best;
  std::size_t fewest = std::min(max_slips(word) + 1, word.size());
  for (const std::string& candidate : known) {
    const std::size_t gap = std::max(word.size(), candidate.size()) - std::min(word.size(), candidate.size());
    if (gap >= fewest) continue;
    if (const std::size_t slips = slips_between(word, candidate); slips < fewest) {
      fewest = slips;
      best = candidate;
    }
  }
  if (!best.empty()) return best;
  const auto cut_off = [&](const std::string& candidate) { return is_cut_off(word, candidate); };
  const auto found = std::ranges::find_if(known, cut_off);
  return std::ranges::count_if(known, cut_off) == 1 ? *found : "";
}

}  // namespace clientele::sim
