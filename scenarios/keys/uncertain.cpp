// What is not known: [uncertain], and the laws that a number of it may follow.
#include <array>
#include <span>

#include "scenarios/keys/families.hpp"

namespace clientele::scenarios {

std::vector<StudyKey> keys_of_uncertain() {
  using sim::range;
  using enum KeyKind;
  return {
      {"uncertain", "draws", whole, "sets of assumptions, or 0 for the stated values", range(0, 1'000'000), "",
       "how often all uncertain numbers are drawn; the same as experiment.draws", "100 where something is uncertain"},
      {"uncertain",
       "file",
       text,
       "",
       {},
       "",
       "a CSV of joint draws: its first row names numbers by their paths, each further row is a draw",
       "each number has a law"},
  };
}

std::span<const UncertainShape> uncertain_shapes() {
  static constexpr std::array<UncertainShape, 4> shapes{{{sim::Family::uniform, "uniform", {"low", "high"}},
                                                         {sim::Family::normal, "normal", {"mean", "sd"}},
                                                         {sim::Family::lognormal, "lognormal", {"mean", "sd_log"}},
                                                         {sim::Family::beta, "beta", {"mean", "a"}}}};
  return shapes;
}

}  // namespace clientele::scenarios
