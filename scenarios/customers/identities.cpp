// Ids become hashes, so that the real ones are kept nowhere.
#include <algorithm>
#include <numeric>
#include <unordered_set>

#include <xxhash.h>

#include "scenarios/customer_id.hpp"
#include "scenarios/customers/canonical_id.hpp"
#include "scenarios/customers/file.hpp"
#include "sim/core/check.hpp"

namespace clientele::scenarios {

std::vector<std::uint64_t> identities(std::span<const std::string_view> texts, unsigned bits) {
  std::vector<std::size_t> order(texts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return texts[a] < texts[b]; });
  const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
  sim::expects(texts.size() <= mask / 2, "identities need room");
  std::vector<std::uint64_t> ids(texts.size());
  std::unordered_set<std::uint64_t> taken;
  for (const std::size_t at : order) {
    std::uint64_t seed = 0;
    do ids[at] = XXH3_64bits_withSeed(texts[at].data(), texts[at].size(), seed++) & mask;
    while (!taken.insert(ids[at]).second);
  }
  return ids;
}

std::uint64_t hash_of_id(std::string_view id) {
  const std::string canonical = canonical_id(id);
  const std::string_view text = canonical;
  return identities({&text, 1}).front();
}

}  // namespace clientele::scenarios
