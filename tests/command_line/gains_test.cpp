// Gains of customers: how sure they are, who is chosen, and what is left of a choice in futures that had no part in it.
#include "tools/clientele/classify/gains.hpp"

#include <cmath>
#include <cstdint>

#include "tests/support/catch.hpp"

namespace clientele::tools {
namespace {

using Catch::Matchers::WithinRel;

TEST_CASE("a customer's expected gain is the mean over futures, with its error", "[classify]") {
  const Gains gains{.customers = 2, .values = {1, 10, 3, 10, 5, 10, 7, 10}};
  const auto expected = gains_of_each(gains, all_futures(gains));
  CHECK(expected[0].mean == 4);
  CHECK_THAT(expected[0].error, WithinRel(std::sqrt(20.0 / 3 / 4), 1e-12));
  CHECK(expected[1].mean == 10);
  CHECK(expected[1].error == 0);
  CHECK_FALSE(expected[0].is_near_0());
  CHECK(ExpectedGain{1, 0.6}.is_near_0());
  CHECK(ExpectedGain{-1, 0.6}.is_near_0());
  CHECK_FALSE(ExpectedGain{-1, 0.4}.is_near_0());
  CHECK(gains_of_each(gains, {2, 4})[0].mean == 6);
}

TEST_CASE("customers stand by falling gain, equal ones as in the file", "[classify]") {
  CHECK(by_falling_gain({{1, 0}, {3, 0}, {1, 0}, {-2, 0}, {3, 0}}) == std::vector<std::size_t>{1, 4, 0, 2, 3});
}

TEST_CASE("the error of a sum knows that customers share their futures", "[classify]") {
  const Gains gains{.customers = 3, .values = {1, -1, 5, 3, -3, 5, 5, -5, 5, 7, -7, 5}};
  const std::vector<std::size_t> opposite{0, 1}, all{0, 1, 2}, one{0};
  const GainTogether none = together(gains, opposite, all_futures(gains));
  CHECK(none.mean == 0);
  CHECK(none.high == 0);  // alone each is uncertain, together they are not
  CHECK(together(gains, all, all_futures(gains)).mean == 5);
  const GainTogether alone = together(gains, one, all_futures(gains));
  CHECK_THAT(alone.high - alone.mean, WithinRel(3.182446305 * std::sqrt(20.0 / 3 / 4), 1e-6));
  CHECK(alone.future_low >= 1);
  CHECK(alone.future_high <= 7);
}

TEST_CASE("who is chosen by half of the futures is valued by the other half", "[classify]") {
  // In the first two futures customer 0 has luck, in the others it has none; customer 1 is good in all.
  const Gains gains{.customers = 3, .values = {9, 4, -1, 9, 4, -1, -3, 4, 8, -3, 4, 8}};
  const ChosenByHalves one = choose_by_halves(gains, 1);
  CHECK(one.customers == std::vector<std::size_t>{0});
  CHECK(one.promised.mean == 9);
  CHECK(one.held_out.mean == -3);
  const ChosenByHalves many = choose_by_halves(gains, 3);
  CHECK(many.customers == std::vector<std::size_t>{0, 1});  // nobody who is expected to bring less
  CHECK(many.promised.mean == 13);
  CHECK(many.held_out.mean == 1);
}

TEST_CASE("of customers who differ by luck alone the chosen are worth nothing in other futures", "[classify]") {
  constexpr std::size_t customers = 1000, futures = 40;
  Gains gains{.customers = customers, .values = {}};
  std::uint64_t state = 20261130;
  for (std::size_t k = 0; k < customers * futures; ++k) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    gains.values.push_back(static_cast<double>(state >> 33U) / 0x1p31 - 0.5);
  }
  const ChosenByHalves chosen = choose_by_halves(gains, 100);
  CHECK(chosen.customers.size() == 100);
  CHECK(chosen.promised.low > 5);
  CHECK(chosen.held_out.low < 0);
  CHECK(chosen.held_out.high > 0);
}

}  // namespace
}  // namespace clientele::tools
