// The loop of both baselines: one customer after another, month by month, as one writes it who wants it plain and fast.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "tools/bench/baseline/baseline.hpp"

namespace clientele::bench {

/// What each tier gets.
struct BaselineLevers {
  std::array<double, baseline_tiers> discount{}, uplift{};
};

inline BaselineLevers baseline_levers(std::uint32_t policy, std::uint32_t policies) {
  const double scale = policy < 2 ? policy : 2.0 * policy / policies;
  return {{0, 0.03 * scale, 0.06 * scale}, {0, 0.02 * scale, 0.05 * scale}};
}

inline std::vector<double> baseline_season(int months) {
  std::vector<double> season;
  for (int t = 0; t < months; ++t) season.push_back(1 + 0.25 * std::sin(2 * std::numbers::pi * t / 12));
  return season;
}

/// Random names an Engine, a Uniform on [0, 1), and templates Normal, Gamma and Poisson as <random> has them.
template <class Random>
class BaselineLoop {
 public:
  BaselineLoop(const BaselineSize& size, typename Random::Engine& engine)
      : size_(size), season_(baseline_season(size.months)), engine_(engine) {}

  /// Lives all customers of one policy in one replication; adds to cube[month][tier][measure].
  void live(const BaselineLevers& levers, double* cube) {
    for (std::uint32_t i = 0; i < size_.customers; ++i) live_one(levers, cube);
  }

 private:
  struct Basket {
    double spend = 0, delay = 0;
    int late = 0, on_time = 0;
  };

  void live_one(const BaselineLevers& levers, double* cube) {
    const double rate = gamma_(engine_);
    const double log_value = 4.0 + 0.6 * normal_(engine_) - 0.045;
    const double first = std::clamp(0.7 + 0.1 * normal_(engine_), 0.0, 1.0);
    const double habit = log_25 + 0.3 * normal_(engine_);
    double satisfaction = first, since_review = 0;
    std::size_t tier = 0;
    for (int t = 0; t < size_.months; ++t) {
      const double discount = levers.discount[tier], on_time = 0.92 + levers.uplift[tier];
      typename Random::Poisson poisson(rate * season_[static_cast<std::size_t>(t)] * (1 + 2 * discount));
      const int n = poisson(engine_);
      Basket basket = buy(n, log_value, habit, on_time);
      basket.spend *= 1 - discount;
      const double share = n > 0 ? static_cast<double>(basket.on_time) / n : first;
      satisfaction = std::clamp(0.9 * satisfaction + 0.1 * share, 0.0, 1.0);
      const bool leaves = uniform_(engine_) < 0.25 / (1 + std::exp(2.5 + 4 * (satisfaction - 0.7)));

      double* cell = cube + (static_cast<std::size_t>(t) * baseline_tiers + tier) * baseline_measures;
      cell[active] += 1;
      cell[orders] += n;
      cell[revenue] += basket.spend;
      cell[late] += basket.late;
      cell[delay] += basket.delay;
      cell[left] += leaves;
      if (leaves) return;
      since_review += basket.spend;
      if ((t + 1) % 12 != 0) continue;
      tier = since_review >= 6000 ? 2 : since_review >= 2500 ? 1 : 0;
      since_review = 0;
    }
  }

  Basket buy(int n, double log_value, double habit, double on_time) {
    Basket basket;
    for (int j = 0; j < n; ++j) {
      basket.spend += std::exp(log_value + 0.3 * normal_(engine_));
      const double delay = std::exp(habit + 0.4 * normal_(engine_));
      basket.delay += delay;
      basket.late += delay > 30;
      basket.on_time += uniform_(engine_) < on_time;
    }
    return basket;
  }

  const BaselineSize& size_;
  const std::vector<double> season_;
  const double log_25 = std::log(25.0);
  typename Random::Engine& engine_;
  typename Random::Normal normal_{0.0, 1.0};
  typename Random::Gamma gamma_{2.0, 1.0};
  typename Random::Uniform uniform_;
};

/// Each policy and replication has an engine of its own, seeded by its place.
template <class Random>
BaselineCube run_baseline(const BaselineSize& size) {
  const std::size_t cells = static_cast<std::size_t>(size.months) * baseline_tiers * baseline_measures;
  BaselineCube cube(cells * size.policies * size.replications);
  for (std::uint32_t p = 0; p < size.policies; ++p)
    for (std::uint32_t r = 0; r < size.replications; ++r) {
      auto engine = Random::make_engine({size.seed, p, r});
      BaselineLoop<Random>(size, engine)
          .live(baseline_levers(p, size.policies), &cube[(std::size_t{p} * size.replications + r) * cells]);
    }
  return cube;
}

}  // namespace clientele::bench
