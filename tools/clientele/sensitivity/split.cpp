// Numbers are sorted once; a deal of what holds is then one pass over each.
#include "tools/clientele/sensitivity/split.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/random/philox.hpp"

namespace clientele::tools {

namespace {

constexpr std::uint32_t deals = 199;
constexpr std::uint32_t as_good_at_most = 9;  ///< of all deals, with the true one 10 in 200

using Order = std::vector<std::size_t>;

Order sorted(const std::vector<double>& values) {
  Order order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t c) { return values[c]; });
  return order;
}

/// n p (1 - p)
double impurity(double holding, double all) { return holding * (all - holding) / all; }

struct Best {
  double left_over = 0;  ///< impurity of both parts
  std::size_t number = 0, below = 0;
};

Best best_of(const std::vector<std::vector<double>>& values, const std::vector<Order>& orders,
             const std::vector<bool>& holds) {
  const std::size_t all = holds.size();
  const auto holding = static_cast<double>(std::ranges::count(holds, true)), n = static_cast<double>(all);
  const auto least = std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(least_part * n)));
  Best best{impurity(holding, n), 0, 0};
  for (std::size_t number = 0; number < orders.size(); ++number) {
    double below = 0;
    for (std::size_t i = 0; i + least < all; ++i) {
      below += holds[orders[number][i]] ? 1 : 0;
      const std::size_t size = i + 1;
      if (size < least || values[number][orders[number][i]] == values[number][orders[number][i + 1]]) continue;
      const double left =
          impurity(below, static_cast<double>(size)) + impurity(holding - below, static_cast<double>(all - size));
      if (left < best.left_over) best = {left, number, size};
    }
  }
  return best;
}

/// By the order of a word per combination.
std::vector<bool> dealt_anew(const std::vector<bool>& holds, std::uint32_t deal, std::uint32_t seed) {
  std::vector<double> words;
  for (std::uint32_t c = 0; c < holds.size(); ++c)
    words.push_back(sim::philox({c, deal, 0x53706C69U, 0x74U}, sim::Key{seed, 0})[0]);  // "Split": words of no life
  const Order order = sorted(words);
  std::vector<bool> dealt(holds.size());
  for (std::size_t c = 0; c < holds.size(); ++c) dealt[c] = holds[order[c]];
  return dealt;
}

}  // namespace

std::optional<Split> best_split(const std::vector<std::vector<double>>& values, const std::vector<bool>& holds,
                                std::uint32_t seed) {
  std::vector<Order> orders;
  for (const std::vector<double>& number : values) orders.push_back(sorted(number));
  const Best best = best_of(values, orders, holds);
  if (best.below == 0) return std::nullopt;
  std::uint32_t as_good = 0;
  for (std::uint32_t deal = 0; deal < deals && as_good <= as_good_at_most; ++deal)
    as_good += best_of(values, orders, dealt_anew(holds, deal, seed)).left_over <= best.left_over ? 1 : 0;
  if (as_good > as_good_at_most) return std::nullopt;
  const Order& order = orders[best.number];
  const std::vector<double>& number = values[best.number];
  Split split{best.number, (number[order[best.below - 1]] + number[order[best.below]]) / 2,
              0,           best.below,
              0,           holds.size() - best.below};
  for (std::size_t i = 0; i < order.size(); ++i)
    (i < best.below ? split.holding_below : split.holding_above) += holds[order[i]] ? 1 : 0;
  return split;
}

}  // namespace clientele::tools
