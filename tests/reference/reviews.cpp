// A full sort instead of a radix search; bins counted by going through all customers.
#include "tests/reference/reviews.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "sim/random/address.hpp"
#include "sim/random/address_book.hpp"
#include "sim/random/philox.hpp"

namespace clientele::tests {

namespace {

std::uint64_t tie_of(std::uint64_t id) {
  const auto words = sim::philox(sim::Address{id, sim::month_of_traits, 0, sim::tag_of_ties, 0, 0}.counter(), {});
  return std::uint64_t{words[0]} << 32 | words[1];
}

/// The place of a float among all floats, from the most negative on; both zeros stand in one place.
std::int64_t place_among_floats(float score) {
  const auto magnitude = static_cast<std::int64_t>(std::bit_cast<std::uint32_t>(std::fabs(score)));
  return score < 0 ? -magnitude - 1 : magnitude;
}

}  // namespace

std::vector<std::int32_t> tiers_by_quota(std::span<const Candidate> candidates, std::span<const double> shares) {
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    if (candidates[a].score != candidates[b].score) return candidates[a].score > candidates[b].score;
    return tie_of(candidates[a].id) > tie_of(candidates[b].id);
  });
  std::vector<std::int32_t> tiers(candidates.size(), 0);
  double upto = 0;
  for (const double share : shares) {
    upto += share;
    const double cut = std::floor(upto * static_cast<double>(candidates.size()) + 0.5);
    for (std::size_t place = 0; place < order.size(); ++place)
      if (static_cast<double>(place) >= cut) ++tiers[order[place]];
  }
  return tiers;
}

std::vector<float> percentiles(std::span<const Candidate> candidates) {
  if (candidates.empty()) return {};
  std::vector<std::int64_t> places;
  for (const Candidate& candidate : candidates)
    places.push_back(place_among_floats(static_cast<float>(candidate.score)));
  const auto [least, most] = std::ranges::minmax(places);
  std::vector<std::int64_t> bins;
  for (const std::int64_t place : places) bins.push_back((place - least) * 4096 / (most - least + 1));
  std::vector<float> percent;
  for (const std::int64_t bin : bins) {
    const auto below = std::ranges::count_if(bins, [bin](std::int64_t other) { return other < bin; });
    const auto equal = std::ranges::count(bins, bin);
    percent.push_back(
        static_cast<float>(50.0 * static_cast<double>(2 * below + equal) / static_cast<double>(bins.size())));
  }
  return percent;
}

}  // namespace clientele::tests
