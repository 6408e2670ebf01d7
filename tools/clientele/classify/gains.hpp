// What a policy is expected to bring of single customers, of some of them together, and of those chosen for being
// large.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace clientele::tools {

/// What each customer brings more under one policy than under the baseline [money], in each future.
struct Gains {
  std::size_t customers = 0;
  std::vector<double> values;  ///< [future][customer]
  std::size_t futures() const { return customers == 0 ? 0 : values.size() / customers; }
  double at(std::size_t future, std::size_t customer) const { return values[future * customers + customer]; }
};

/// Futures [begin, end).
struct FuturesFrom {
  std::size_t begin = 0, end = 0;
  std::size_t count() const { return end - begin; }
};
inline FuturesFrom all_futures(const Gains& gains) { return {0, gains.futures()}; }

/// The mean over futures, which are independent, and its standard error.
struct ExpectedGain {
  double mean = 0, error = 0;
  /// Whether two errors hold 0.
  bool is_near_0() const { return mean >= -2 * error && mean <= 2 * error; }
};
std::vector<ExpectedGain> gains_of_each(const Gains& gains, FuturesFrom futures);

/// Customers by falling mean; of equal ones the earlier in the file stands first.
std::vector<std::size_t> by_falling_gain(const std::vector<ExpectedGain>& expected);

/// What some customers bring together: its mean with a 95 % interval (Student's t over futures), and between what nine
/// of ten futures lie.
struct GainTogether {
  double mean = 0, low = 0, high = 0, future_low = 0, future_high = 0;
};
GainTogether together(const Gains& gains, std::span<const std::size_t> customers, FuturesFrom futures);

/// Who is chosen for a large gain was lucky as well. The first half of the futures chooses so many customers; what
/// these bring is told by that half, and by the other one, which had no part in the choice.
struct ChosenByHalves {
  std::vector<std::size_t> customers;
  GainTogether promised, held_out;
};
ChosenByHalves choose_by_halves(const Gains& gains, std::size_t number);

}  // namespace clientele::tools
