// The numbers of a study that somebody may be wrong about, and how far each is moved to see whether that matters.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/study.hpp"

namespace clientele::tools {

struct MovedNumber {
  sim::FieldRef field;
  std::uint32_t number = 0;            ///< which of FieldValue::numbers
  std::optional<std::uint32_t> group;  ///< whose number it is; absent: everybody's, and groups' own go along
  std::string path, called;            ///< called may be empty
  std::string mark;                    ///< as in an Assumption: "guess", "fiction", "stated"
  bool uncertain = false;              ///< [uncertain] of the study says how far, not a bet
  bool whole = false;
  double stated = 0, low = 0, high = 0;
  std::optional<sim::Uncertain::Place> place = {};  ///< of a policy or a scenario, and of no field's table
};

/// What one would bet on around a default: 10 and 90 %.
struct BetEnds {
  double low = 0, high = 0;
};
using BetOn = std::function<std::optional<BetEnds>(std::string_view path)>;

/// What is moved, and what is not although nobody knows it: paths with a reason.
struct Movable {
  std::vector<MovedNumber> numbers;  ///< in the order of the field tables, a group's own behind everybody's
  std::vector<std::string> left_as_stated;
};

/// Uncertain numbers of a study go over the 10 and the 90 % quantile of their law, and count with the stated value, or
/// with the median where that lies outside. Every other number with a bet goes over its ends where it is the default; a
/// number that the study states itself over the ends times stated / default, or plus stated - default where either is 0
/// or the ends lie on both sides of 0; always within the legal range. What a study sets to 0 stays off. Fields on which
/// nobody bets stay as they are; those that are guessed or stated, and no lever, are listed.
Movable movable_numbers(const sim::Study& study, const sim::Catalogue& catalogue, const BetOn& bet_on);

/// The p-quantile of the law of an uncertain number.
double quantile_of(const sim::Law& law, double p);

/// The study with other values of the moved numbers, one per number. A group's own value of a number that is
/// everybody's goes along as with draws (sim::place_that_follows), within its legal range.
sim::Study with_values(const sim::Study& study, const sim::Catalogue& catalogue,
                       const std::vector<MovedNumber>& numbers, const std::vector<double>& values);

}  // namespace clientele::tools
