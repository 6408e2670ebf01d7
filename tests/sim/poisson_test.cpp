// A Poisson count inverts the law at every mean, and more is never less: by any of its ways, and across their switches.
#include "sim/random/poisson.hpp"

#include <cmath>
#include <vector>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "sim/random/philox.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using sim::poisson;
using sim::poisson_invert;

namespace {

std::vector<std::uint32_t> words_of(std::uint32_t seed, std::size_t n) {
  std::vector<std::uint32_t> words;
  for (std::uint32_t i = 0; words.size() < n; ++i)
    for (const std::uint32_t word : sim::philox(sim::Counter{i, 0, 0, 0}, sim::Key{seed, 0}))
      if (words.size() < n) words.push_back(word);
  return words;
}

std::vector<std::int32_t> counts_of(const std::vector<std::uint32_t>& words, const std::vector<float>& means) {
  std::vector<std::int32_t> counts(words.size());
  poisson_invert(words, means, counts);
  return counts;
}

/// Words where ways change, the ends, and some at random.
std::vector<std::uint32_t> telling_words() {
  std::vector<std::uint32_t> words{0,          1,          2,          0x7ffffffe, 0x7fffffff,
                                   0x80000000, 0x80000001, 0xff7ffffe, 0xff7fffff, 0xff800000,
                                   0xff800001, 0xfffffffe, 0xffffffff, 0x00010000, 0xfffff000};
  for (std::uint32_t i = 0; i < 16; ++i) words.push_back(0xff780000U + (i << 16)), words.push_back(i << 10);
  for (const std::uint32_t word : words_of(5, 128 - words.size())) words.push_back(word);
  return words;
}

/// How far a count may be from the true quantile, in chance: what float sums lose, or next to nothing.
double tolerance(std::uint32_t word, double mean) { return word < 0xff800000U && mean <= 60 ? 2e-6 : 1e-14; }

}  // namespace

TEST_CASE("a Poisson count is the smallest one whose chance of not more reaches u") {
  using boost::math::gamma_p;
  using boost::math::gamma_q;
  for (const double mean : {1e-9, 1e-3, 0.01,  0.3,   1.0,   2.0,   7.5,    20.0, 45.0, 59.5, 60.0,
                            60.5, 99.0, 400.0, 499.5, 500.5, 600.0, 3000.0, 1e4,  1e5,  1e6})
    for (const std::uint32_t word : telling_words()) {
      const double rounded = static_cast<float>(mean);
      const double k = poisson(word, rounded), slack = tolerance(word, rounded);
      const bool tail = word >= 0xff800000U;
      const double u = ((word >> 1) + 0.5) * 0x1p-31;
      const double above = tail ? (static_cast<double>(~word) + 0.5) * 0x1p-32 : ((~word >> 1) + 0.5) * 0x1p-31;
      CAPTURE(mean, word, k);
      if (word >= 0x80000000U) {
        REQUIRE(gamma_p(k + 1, rounded) <= above * (1 + 1e-6) + slack);
        if (k > 0) REQUIRE(gamma_p(k, rounded) > above * (1 - 1e-6) - slack);
      } else {
        REQUIRE(gamma_q(k + 1, rounded) >= u * (1 - 1e-6) - slack);
        if (k > 0) REQUIRE(gamma_q(k, rounded) < u * (1 + 1e-6) + slack);
      }
    }
}

TEST_CASE("no mean means no count") {
  const std::vector<std::uint32_t> words(64, 0xffffffffU);
  for (const float mean : {0.F, -0.F, -3.F, std::nanf("")})
    REQUIRE(counts_of(words, std::vector<float>(64, mean)) == std::vector<std::int32_t>(64, 0));
}

TEST_CASE("vectors count as one does, whoever the neighbors are") {
  const auto words = words_of(1, 1U << 16), luck = words_of(2, 1U << 16);
  std::vector<float> means(words.size());
  for (std::size_t i = 0; i < means.size(); ++i)
    means[i] = std::exp2(-8.F + 25.F * static_cast<float>(luck[i] >> 8) * 0x1p-24F);
  const auto counts = counts_of(words, means);
  for (std::size_t i = 0; i < words.size(); ++i) REQUIRE(counts[i] == poisson(words[i], means[i]));
}

TEST_CASE("a mean higher by 1e-4 never counts fewer") {
  const auto climb = [](float from, float to, float step, const std::vector<std::uint32_t>& words) {
    std::vector<std::int32_t> before(words.size(), 0);
    long pairs = 0, falls = 0, rises = 0;
    for (float mean = from; mean < to; mean *= step, pairs += static_cast<long>(words.size())) {
      const auto counts = counts_of(words, std::vector<float>(words.size(), mean));
      for (std::size_t i = 0; i < words.size(); ++i) falls += counts[i]<before[i], rises += counts[i]> before[i];
      before = counts;
    }
    CAPTURE(from, to, pairs, rises);
    CHECK(pairs > 100000);
    CHECK(rises > 100);
    REQUIRE(falls == 0);
  };
  SECTION("around the switch of the mean at 60") { climb(59.F, 61.F, 1.0001002F, words_of(7, 16384)); }
  SECTION("where float sums lose most") { climb(20.F, 60.F, 1.0001002F, words_of(8, 1024)); }
  SECTION("at small means") { climb(1e-4F, 20.F, 1.0001002F, words_of(9, 256)); }
  SECTION("at telling words") { climb(0.5F, 70.F, 1.0001002F, telling_words()); }
  SECTION("around the switch at 500") { climb(495.F, 505.F, 1.0001002F, words_of(10, 1024)); }
  SECTION("at telling words around 500") { climb(450.F, 550.F, 1.0001002F, telling_words()); }
  SECTION("up to 1e5") { climb(500.F, 1e5F, 1.01F, words_of(11, 1024)); }
}

TEST_CASE("a higher word never counts fewer, also where ways change") {
  for (const float mean : {0.01F, 1.F, 30.F, 59.9F, 60.1F, 499.F, 501.F, 1e5F})
    for (const std::uint32_t from : {0x00000000U, 0x7ffff000U, 0xff7ff000U, 0xffffe000U}) {
      std::int32_t before = 0;
      for (std::uint32_t i = 0; i < 0x2000; i += 5) {
        const std::int32_t count = poisson(from + i, mean);
        CAPTURE(mean, from, i);
        REQUIRE(count >= before);
        before = count;
      }
    }
}

// 2^18 words: a mean off by 5 standard errors (at mean 1: by 1 %) is found nearly surely, by chance in 1 of 10^6 runs.
TEST_CASE("counts have the mean and the variance of the law") {
  const auto words = words_of(3, 1U << 18);
  const double n = static_cast<double>(words.size());
  for (const float mean : {0.01F, 1.F, 30.F, 59.9F, 60.1F, 600.F, 1e5F}) {
    const auto counts = counts_of(words, std::vector<float>(words.size(), mean));
    double sum = 0, squares = 0;
    for (const std::int32_t count : counts) sum += count - mean, squares += (count - mean) * (count - mean);
    CAPTURE(mean);
    CHECK(std::abs(sum / n) < 5 * std::sqrt(mean / n));
    CHECK(std::abs(squares / n - mean) < 5 * std::sqrt((mean + 2.0 * mean * mean) / n));
  }
}

// Chi-square over counts with at least 20 expected; at 1e-6 it finds a shift of 2 % in a middle cell nearly surely.
TEST_CASE("counts have the law's chances") {
  const auto words = words_of(4, 1U << 18);
  const double n = static_cast<double>(words.size());
  for (const float mean : {0.5F, 2.F, 30.F, 59.9F, 60.1F}) {
    std::vector<double> seen(200);
    for (const std::int32_t count : counts_of(words, std::vector<float>(words.size(), mean)))
      seen[static_cast<std::size_t>(std::min(count, 199))] += 1;
    double statistic = 0, cells = 0, rest_seen = 0, rest_expected = 0;
    for (std::size_t k = 0; k < seen.size(); ++k) {
      const double at = static_cast<double>(k);
      const double expected = n * std::exp(at * std::log(double{mean}) - mean - std::lgamma(at + 1));
      if (expected < 20) {
        rest_seen += seen[k], rest_expected += expected;
        continue;
      }
      statistic += (seen[k] - expected) * (seen[k] - expected) / expected, ++cells;
    }
    statistic += (rest_seen - rest_expected) * (rest_seen - rest_expected) / std::max(rest_expected, 1.0);
    CAPTURE(mean, cells);
    CHECK(boost::math::cdf(complement(boost::math::chi_squared(cells), statistic)) > 1e-6);
  }
}

TEST_CASE("counts are the same bits on any machine") {
  const auto words = words_of(1, 1U << 14), luck = words_of(2, 1U << 14);
  std::uint64_t hash = 14695981039346656037ULL;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const float mean = static_cast<float>(luck[i] >> 8) * (i % 4 == 0 ? 0x1p-14F : 0x1p-20F);
    hash = (hash ^ static_cast<std::uint32_t>(poisson(words[i], mean))) * 1099511628211ULL;
  }
  REQUIRE(hash == 8086137929443483338U);
}

}  // namespace clientele::tests
