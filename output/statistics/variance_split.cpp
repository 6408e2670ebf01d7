// Mean squares at each level, set equal to what they are on average, and solved from the inside out.
#include "output/statistics/variance_split.hpp"

#include <algorithm>
#include <cmath>

namespace clientele::output {

namespace {

using Population = std::vector<double>;
using Draw = std::vector<Population>;

/// Sums over one part of the lives.
struct Sums {
  double n = 0, sum = 0;
  void add(const Population& lives) {
    n += static_cast<double>(lives.size());
    for (const double value : lives) sum += value;
  }
  double mean() const { return sum / n; }
};

Sums sums_of(const Draw& draw) {
  Sums sums;
  for (const Population& population : draw) sums.add(population);
  return sums;
}

Sums sums_of(const Population& population) {
  Sums sums;
  sums.add(population);
  return sums;
}

/// Sums of squares, degrees of freedom, and how often an inner effect enters an outer mean square.
struct Anova {
  double draws = 0, populations = 0, lives = 0;
  double between_draws = 0, between_populations = 0, within = 0;
  double k1 = 0, k2 = 0, k3 = 0;  ///< populations in theirs; populations in draws'; draws in draws'

  double freedom_of_draws() const { return draws - 1; }
  double freedom_of_populations() const { return populations - draws; }
  double freedom_within() const { return lives - populations; }
};

Anova anova_of(const std::vector<Draw>& draws) {
  Anova a;
  Sums all;
  for (const Draw& draw : draws)
    for (const Population& population : draw) all.add(population);
  a.draws = static_cast<double>(draws.size());
  a.lives = all.n;
  double squares_by_draw = 0, squares_by_population = 0, squares_of_draws = 0;
  for (const Draw& draw : draws) {
    const Sums of_draw = sums_of(draw);
    a.between_draws += of_draw.n * std::pow(of_draw.mean() - all.mean(), 2);
    squares_of_draws += of_draw.n * of_draw.n;
    for (const Population& population : draw) {
      const Sums of_population = sums_of(population);
      a.populations += 1;
      a.between_populations += of_population.n * std::pow(of_population.mean() - of_draw.mean(), 2);
      squares_by_draw += of_population.n * of_population.n / of_draw.n;
      squares_by_population += of_population.n * of_population.n;
      for (const double value : population) a.within += std::pow(value - of_population.mean(), 2);
    }
  }
  if (a.freedom_of_populations() > 0) a.k1 = (a.lives - squares_by_draw) / a.freedom_of_populations();
  if (a.freedom_of_draws() > 0) {
    a.k2 = (squares_by_draw - squares_by_population / a.lives) / a.freedom_of_draws();
    a.k3 = (a.lives - squares_of_draws / a.lives) / a.freedom_of_draws();
  }
  return a;
}

VarianceSplit finished(VarianceSplit split) {
  double total = 0;
  for (VariancePart& part : split.parts) {
    part.variance = std::max(0.0, part.estimate);
    total += part.variance;
  }
  if (total <= 0) return {{}, "every life is equal"};
  for (VariancePart& part : split.parts) part.share = part.variance / total;
  return split;
}

VarianceSplit missing(const std::string& why) { return {{}, why}; }

/// Draws > populations > lives.
VarianceSplit split_in_three(const std::vector<Draw>& draws) {
  const Anova a = anova_of(draws);
  if (a.freedom_within() < 1 || a.freedom_of_populations() < 1)
    return missing("a split needs two populations with two lives each, in a draw (4 replications)");
  const double luck = a.within / a.freedom_within();
  const double people = (a.between_populations / a.freedom_of_populations() - luck) / a.k1;
  VarianceSplit split;
  if (a.draws > 1) {
    const double mean_square = a.between_draws / a.freedom_of_draws();
    split.parts.push_back({Cause::parameters, (mean_square - luck - a.k2 * people) / a.k3});
  }
  split.parts.push_back({Cause::people, people});
  split.parts.push_back({Cause::luck, luck});
  return finished(std::move(split));
}

/// Draws > lives: here every life is a population of its own.
VarianceSplit split_in_two(const std::vector<Draw>& draws, Cause rest) {
  const Anova a = anova_of(draws);
  if (a.freedom_of_populations() < 1) return missing("a split needs two replications or more of a draw");
  const double inside = a.between_populations / a.freedom_of_populations();
  VarianceSplit split;
  if (a.draws > 1) split.parts.push_back({Cause::parameters, (a.between_draws / a.freedom_of_draws() - inside) / a.k3});
  split.parts.push_back({rest, inside});
  return finished(std::move(split));
}

}  // namespace

std::string words_of(Cause cause) {
  switch (cause) {
    case Cause::parameters:
      return "what we do not know about customers";
    case Cause::people:
      return "who they are";
    case Cause::luck:
      return "luck";
    case Cause::people_and_luck:
      return "people and luck together";
  }
  return "";
}

std::string name_of(Cause cause) {
  switch (cause) {
    case Cause::parameters:
      return "parameters";
    case Cause::people:
      return "people";
    case Cause::luck:
      return "luck";
    case Cause::people_and_luck:
      return "people_and_luck";
  }
  return "";
}

VarianceSplit split_variance(const Lives& lives, sim::Luck luck) {
  const auto draws = by_population(lives);
  if (draws.empty()) return missing("no value is there");
  if (lives.draws > 1 && luck == sim::Luck::common)
    return missing("draws that share their luck are no sample to split");
  if (lives.draws > 1 && draws.size() == 1) return missing("only one draw has values on both sides");
  if (lives.people == sim::People::paired) return split_in_three(draws);
  return split_in_two(draws, lives.people == sim::People::fixed ? Cause::luck : Cause::people_and_luck);
}

}  // namespace clientele::output
