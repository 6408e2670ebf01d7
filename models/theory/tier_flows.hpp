// Who reaches a tier by what it buys in a year, and how tiers that are earned anew each year settle, in closed form.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include <boost/math/special_functions/beta.hpp>

#include "models/theory/nbd.hpp"

namespace clientele::models {

/// What an order is worth, over customers and orders: Gamma(p, rate nu) with nu ~ Gamma(q, v). The sum of x orders of
/// one customer over v is beta prime (p x, q). Source: Fader, Hardie 2013 (note 025).
struct GammaGamma {
  double p = 1, q = 2, v = 1;

  double mean() const { return p * v / (q - 1); }
  double variance() const { return p * v * v * (p + q - 1) / ((q - 1) * (q - 1) * (q - 2)); }
  /// P(sum of x orders >= amount) = 1 - I(px, q; amount / (amount + v)).
  double sum_at_least(int orders, double amount) const {
    return amount <= 0 ? 1 : boost::math::ibetac(p * orders, q, amount / (amount + v));
  }
};

/// What a customer buys in a period: as many orders as a negative binomial, each worth as a gamma-gamma, independently.
struct SpendOfPeriod {
  NegativeBinomial orders;
  GammaGamma value;

  /// P(spend >= amount): the sum over counts of orders, until 1e-14 of them is left.
  double at_least(double amount) const {
    if (amount <= 0) return 1;
    double chance = 0, left = 1;
    for (int x = 0; left > 1e-14 && x < 1'000'000; ++x) {
      const double of_count = orders.chance_of(x);
      if (x > 0) chance += of_count * value.sum_at_least(x, amount);
      left -= of_count;
    }
    return chance;
  }
};

/// Where a member stands who does not earn its tier again: where its year's spend puts it, or one tier below its own
/// (or where its spend puts it, if that is better).
enum class AfterMissing { what_is_earned, one_step_down };

/// Tiers 0 (best), 1, ... of a program that counts spend by calendar year, each year anew. A tier counts from the
/// moment in which it is reached to the end of the next year. Years of one customer are independent with the same
/// chances: so for customers of one rate; over customers who differ, weigh what comes out by theirs.
class YearlyTiers {
 public:
  /// `reaches[k]`: the chance that a year's spend reaches tier k or better; not falling with k, and 1 for the last
  /// tier.
  YearlyTiers(std::vector<double> reaches, AfterMissing after) : reaches_(std::move(reaches)), after_(after) {}

  std::size_t tiers() const { return reaches_.size(); }
  /// Of a year's spend alone.
  double earns(std::size_t tier) const { return reaches_[tier] - (tier > 0 ? reaches_[tier - 1] : 0); }

  /// The tier at the next year's start of who starts this year in `from` and earns `earned` in it.
  std::size_t next(std::size_t from, std::size_t earned) const {
    if (after_ == AfterMissing::what_is_earned) return earned;
    return std::min(earned, std::min(from + 1, tiers() - 1));
  }

  /// Chances from one year's start to the next, row by row: flows()[from][to].
  std::vector<std::vector<double>> flows() const {
    std::vector<std::vector<double>> chances(tiers(), std::vector<double>(tiers()));
    for (std::size_t from = 0; from < tiers(); ++from)
      for (std::size_t earned = 0; earned < tiers(); ++earned) chances[from][next(from, earned)] += earns(earned);
    return chances;
  }

  /// Shares of tiers at a year's start, once the start is forgotten: by iteration from the last tier. No tier is lost
  /// in more steps than there are tiers, so that it is exact after as many.
  std::vector<double> shares() const {
    const auto chances = flows();
    std::vector<double> share(tiers());
    share.back() = 1;
    for (std::size_t year = 0; year <= tiers(); ++year) {
      std::vector<double> then(tiers());
      for (std::size_t from = 0; from < tiers(); ++from)
        for (std::size_t to = 0; to < tiers(); ++to) then[to] += share[from] * chances[from][to];
      share = std::move(then);
    }
    return share;
  }

  /// The same in closed form, of a tier and those above it. One step down: a tier k or worse has who has earned no
  /// better than k this year, k - 1 the year before, and so on: 1 - the product over i <= k of (1 - reaches[i]), up to
  /// k.
  double holds_at_start(std::size_t tier) const {
    if (after_ == AfterMissing::what_is_earned) return reaches_[tier];
    double none = 1;
    for (std::size_t i = 0; i <= tier; ++i) none *= 1 - reaches_[i];
    return 1 - none;
  }
  /// In a year's course, when its spend so far reaches that tier with this chance: either is enough.
  double holds_during(std::size_t tier, double reached_so_far) const {
    return 1 - (1 - holds_at_start(tier)) * (1 - reached_so_far);
  }
  double holds_at_end(std::size_t tier) const { return holds_during(tier, reaches_[tier]); }

  struct Moves {
    double up = 0, down = 0;
  };
  /// Shares of members who are better or worse off at a year's end than at its start (up: at once, when they reach it),
  /// and at the next year's start than at the year's end.
  Moves moves() const {
    const auto share = shares();
    Moves all;
    for (std::size_t from = 0; from < tiers(); ++from)
      for (std::size_t earned = 0; earned < tiers(); ++earned) {
        const double part = share[from] * earns(earned);
        if (earned < from) all.up += part;
        if (next(from, earned) > std::min(from, earned)) all.down += part;
      }
    return all;
  }

 private:
  std::vector<double> reaches_;
  AfterMissing after_;
};

}  // namespace clientele::models
