// The baseline on Boost.Random, whose normals come from a ziggurat, with the fastest sound generator for it.
#include <random>

#include <boost/random/gamma_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>

#include "tools/bench/baseline/loop.hpp"

namespace clientele::bench {

namespace {

/// xoshiro256++ 1.0 (Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators").
class Xoshiro256 {
 public:
  using result_type = std::uint64_t;
  explicit Xoshiro256(std::seed_seq& seeds) {
    std::array<std::uint32_t, 8> words;
    seeds.generate(words.begin(), words.end());
    for (std::size_t i = 0; i < 4; ++i) state_[i] = std::uint64_t{words[2 * i]} << 32 | words[2 * i + 1];
  }
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return ~result_type{0}; }

  result_type operator()() {
    const std::uint64_t result = rotated(state_[0] + state_[3], 23) + state_[0], shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = rotated(state_[3], 45);
    return result;
  }

 private:
  static std::uint64_t rotated(std::uint64_t x, int by) { return x << by | x >> (64 - by); }
  std::array<std::uint64_t, 4> state_;
};

struct BoostRandom {
  using Engine = Xoshiro256;
  struct Uniform {
    double operator()(Engine& engine) const { return static_cast<double>(engine() >> 11) * 0x1p-53; }
  };
  using Normal = boost::random::normal_distribution<double>;
  using Gamma = boost::random::gamma_distribution<double>;
  using Poisson = boost::random::poisson_distribution<int>;

  static Engine make_engine(std::initializer_list<std::uint32_t> place) {
    std::seed_seq seeds(place);
    return Engine(seeds);
  }
};

}  // namespace

BaselineCube run_boost_baseline(const BaselineSize& size) { return run_baseline<BoostRandom>(size); }

}  // namespace clientele::bench
