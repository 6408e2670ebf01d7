// What is known of a study whatever is asked of it: names, sizes, what its draws vary.
#pragma once
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "output/cube/reader.hpp"
#include "sim/cells.hpp"
#include "sim/metrics.hpp"
#include "sim/study.hpp"

namespace clientele::output {

/// A number that draws vary, and its values by draw.
struct DrawnNumber {
  sim::DrawnField field;
  std::vector<double> values;
};

/// Whether a study was fitted to a firm's books, and what a backtest of that way of fitting came to.
struct FittedToBooks {
  bool fitted = false;
  std::size_t inside = 0, figures = 0;  ///< figures 0: not backtested
  std::size_t origins = 0;
  int months = 0;              ///< after each origin
  bool changed_since = false;  ///< what was fitted is no longer what was tested
  bool is_backtested() const { return figures > 0; }
};

struct StudyFacts {
  std::string title, currency, study_digest, data_hash;
  std::string customer_file;  ///< empty without one
  std::vector<std::string> scenarios, policies;
  std::vector<std::optional<std::size_t>> same_money_as;  ///< by policy: whose money it spends evenly
  std::vector<std::optional<HeldTiers>> held;  ///< by policy: whose difference it helps to split; empty: none does
  std::vector<bool> benchmarks;        ///< by policy: whether it sorts by what nobody can know; empty: none does
  std::vector<std::string> roll_outs;  ///< by policy: whom it reaches when; empty: all from the start
  std::size_t draws = 1, replications = 0, cells_done = 0;
  std::size_t months = 0;               ///< of the horizon
  std::size_t closed = 0;               ///< months beyond it in which customers who are there go on
  int first_year = 0, first_month = 0;  ///< of month 0; 0 where the cube does not say
  sim::People people = sim::People::redrawn;
  sim::Luck luck = sim::Luck::fresh;
  std::vector<DrawnNumber> drawn;
  std::vector<std::string> warnings;
  double share_of_ten_largest = std::numeric_limits<double>::quiet_NaN();  ///< of expected sales; NaN: not known
  FittedToBooks to_books = {};                                             ///< told by who can read the study's text

  sim::CellAxes axes() const {
    return {.scenarios = scenarios.size(), .policies = policies.size(), .draws = draws, .replications = replications};
  }
  /// Whether a policy is one of the study's own, between which it asks for the best.
  bool is_stated(std::size_t policy) const { return !same_money_as[policy] && !keeps_tiers(policy); }
  bool is_benchmark(std::size_t policy) const { return !benchmarks.empty() && benchmarks[policy]; }
  /// Whether a policy may be called the best: a benchmark only where the study has nothing else to compare.
  bool is_rival(std::size_t policy) const {
    std::size_t others = 0;
    for (std::size_t p = 0; p < policies.size(); ++p) others += is_stated(p) && !is_benchmark(p) ? 1 : 0;
    return is_stated(policy) && !(is_benchmark(policy) && others > 1);
  }
  /// Whether a policy only says why another differs: it keeps that one's tiers, or is put together of it.
  bool keeps_tiers(std::size_t policy) const { return !held.empty() && held[policy].has_value(); }
};

}  // namespace clientele::output
