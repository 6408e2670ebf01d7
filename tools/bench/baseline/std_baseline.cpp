// The baseline on <random>: mt19937_64 and the distributions of the standard library.
#include <random>

#include "tools/bench/baseline/loop.hpp"

namespace clientele::bench {

namespace {

struct StdRandom {
  using Engine = std::mt19937_64;
  using Uniform = std::uniform_real_distribution<double>;
  using Normal = std::normal_distribution<double>;
  using Gamma = std::gamma_distribution<double>;
  using Poisson = std::poisson_distribution<int>;

  static Engine make_engine(std::initializer_list<std::uint32_t> place) {
    std::seed_seq seeds(place);
    return Engine(seeds);
  }
};

}  // namespace

BaselineCube run_std_baseline(const BaselineSize& size) { return run_baseline<StdRandom>(size); }

}  // namespace clientele::bench
