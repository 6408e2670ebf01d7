// A meeting: what all customers together say before anybody goes on, in as many rounds as it takes to decide.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/core/api.hpp"
#include "sim/schema.hpp"
#include "sim/state/columns.hpp"

namespace clientele::sim {

class Arm;
class BlockMonth;

/// Integers that blocks, threads and ranks put together: sums are added, of maxima the largest wins.
struct Voice {
  std::span<std::int64_t> sums, maxima;
};
struct VoiceSize {
  std::size_t sums = 0, maxima = 0;
};

/// What a meeting decided for one arm of one world. It lives as long as the world: the last decision is seen by the
/// next.
using Decision = std::vector<std::int64_t>;

/// What holds for everybody who meets: what a draw, a scenario and a policy say of a month.
class CLIENTELE_API Occasion {
 public:
  /// `parameters` by group and table, `drivers` by group.
  Occasion(int month, std::uint32_t scenario, std::uint32_t policy,
           std::span<const std::vector<ParameterStruct>> parameters, std::vector<std::span<const float>> drivers,
           std::vector<float> settings, bool is_first = false)
      : month_(month),
        is_first_(is_first),
        scenario_(scenario),
        policy_(policy),
        parameters_(parameters),
        drivers_(std::move(drivers)),
        settings_(std::move(settings)) {}

  int month() const { return month_; }
  /// Whether nothing has been simulated before this month.
  bool is_first() const { return is_first_; }
  std::uint32_t scenario() const { return scenario_; }
  std::uint32_t policy() const { return policy_; }
  std::size_t groups() const { return drivers_.size(); }
  template <class S>
  const S& parameters(Parameters<S> p, std::size_t group = 0) const {
    return parameters_[group][p.table].template as<S>();
  }
  float driver(Driver d, std::size_t group = 0) const { return drivers_[group][d.index]; }
  float setting(Setting s) const { return settings_[s.index]; }

 private:
  int month_;
  bool is_first_;
  std::uint32_t scenario_, policy_;
  std::span<const std::vector<ParameterStruct>> parameters_;
  std::vector<std::span<const float>> drivers_;
  std::vector<float> settings_;
};

/// Asked for each arm by itself, so that no arm can hear another.
class CLIENTELE_API Signal {
 public:
  virtual ~Signal() = default;

  /// Whether any arm of the study may ever meet: else nobody is asked.
  virtual bool is_used() const { return true; }
  /// Whether this arm meets. Between meetings blocks run freely, and one arm that meets makes no other meet.
  virtual bool needed(const Occasion& occasion) const = 0;
  /// How many integers are said in a round.
  virtual VoiceSize size(const Occasion& occasion, int round, const Decision& so_far) const = 0;
  /// Adds what one block says. Passing columns of the month are there in round 0 only.
  virtual void measure(BlockMonth& month, const Arm& arm, int round, const Decision& so_far, Voice voice) const = 0;
  /// Hears what all said. True when decided; else another round follows.
  virtual bool decide(const Occasion& occasion, int round, Voice heard, Decision& decision) const = 0;
};

}  // namespace clientele::sim
