// Mean squares at each level, set equal to what they are on average, and solved from the inside out.
#include "output/statistics/variance_split.hpp"

#include <algorithm>
#include <cmath>

namespace clientele::output {

namespace {

using Population = std::vector<double>;
using Draw = std::vector<Population>;

/// Sums over one part of the futures.
struct Sums {
  double n = 0, sum = 0;
  void add(const Population& futures) {
    n += static_cast<double>(futures.size());
    for (const double value : futures) sum += value;
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
  double draws = 0, populations = 0, futures = 0;
  double between_draws = 0, between_populations = 0, within = 0;
  double k1 = 0, k2 = 0, k3 = 0;  ///< populations in theirs; populations in draws'; draws in draws'

  double freedom_of_draws() const { return draws - 1; }
  double freedom_of_populations() const { return populations - draws; }
  double freedom_within() const { return futures - populations; }
};

Anova anova_of(const std::vector<Draw>& draws) {
  Anova a;
  Sums all;
  for (const Draw& draw : draws)
    for (const Population& population : draw) all.add(population);
  a.draws = static_cast<double>(draws.size());
  a.futures = all.n;
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
  if (a.freedom_of_populations() > 0) a.k1 = (a.futures - squares_by_draw) / a.freedom_of_populations();
  if (a.freedom_of_draws() > 0) {
    a.k2 = (squares_by_draw - squares_by_population / a.futures) / a.freedom_of_draws();
    a.k3 = (a.futures - squares_of_draws / a.futures) / a.freedom_of_draws();
  }
  return a;
}

VarianceSplit finished(VarianceSplit split) {
  double total = 0;
  for (VariancePart& part : split.parts) {
    part.variance = std::max(0.0, part.estimate);
    total += part.variance;
  }
  if (total <= 0) return {{}, "all futures are equal"};
  for (VariancePart& part : split.parts) part.share = part.variance / total;
  return split;
}

VarianceSplit no_split(const std::string& why) { return {{}, why}; }

/// One population a draw: what is between draws is both, parameters and people.
VarianceSplit split_off_luck(const Anova& a) {
  const double luck = a.within / a.freedom_within();
  VarianceSplit split;
  split.parts.push_back({Cause::parameters_and_people, (a.between_draws / a.freedom_of_draws() - luck) / a.k3});
  split.parts.push_back({Cause::luck, luck});
  return finished(std::move(split));
}

/// Draws > populations > futures.
VarianceSplit split_in_three(const std::vector<Draw>& draws) {
  const Anova a = anova_of(draws);
  if (a.freedom_within() >= 1 && a.freedom_of_populations() < 1 && a.draws > 1) return split_off_luck(a);
  if (a.freedom_within() < 1 || a.freedom_of_populations() < 1)
    return no_split("a split needs two populations with two futures each, in a draw (4 replications)");
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

/// Draws > futures: here every future is a population of its own.
VarianceSplit split_in_two(const std::vector<Draw>& draws, Cause rest) {
  const Anova a = anova_of(draws);
  if (a.freedom_of_populations() < 1) return no_split("a split needs two replications or more of a draw");
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
      return "what is not known about customers";
    case Cause::people:
      return "who the customers are";
    case Cause::luck:
      return "luck";
    case Cause::people_and_luck:
      return "people and luck together";
    case Cause::parameters_and_people:
      return "what is not known about customers, and who they are";
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
    case Cause::parameters_and_people:
      return "parameters_and_people";
  }
  return "";
}

std::string in_words(double share) {
  struct Word {
    double below;
    const char* word;
  };
  constexpr Word words[] = {{0.03, "hardly any"},        {0.15, "about a tenth"},
                            {0.225, "about a fifth"},    {0.29, "about a quarter"},
                            {0.367, "about a third"},    {0.45, "about two fifths"},
                            {0.55, "about half"},        {0.633, "about three fifths"},
                            {0.71, "about two thirds"},  {0.775, "about three quarters"},
                            {0.85, "about four fifths"}, {0.97, "about nine tenths"}};
  for (const Word& word : words)
    if (share < word.below) return word.word;
  return "nearly all";
}

VarianceSplit split_variance(const Futures& futures, sim::Luck luck) {
  const auto draws = by_population(futures);
  if (draws.empty()) return no_split("no value is there");
  if (futures.draws > 1 && luck == sim::Luck::common)
    return no_split("draws that share their luck are no sample to split");
  if (futures.draws > 1 && draws.size() == 1) return no_split("only one draw has values on both sides");
  if (futures.draws > 1 && draws.size() < least_draws_of_a_split)
    return no_split("a split needs " + std::to_string(least_draws_of_a_split) + " draws, here are " +
                    std::to_string(draws.size()));
  if (futures.people == sim::People::paired) return split_in_three(draws);
  return split_in_two(draws, futures.people == sim::People::fixed ? Cause::luck : Cause::people_and_luck);
}

}  // namespace clientele::output
