// Answers become a matrix, of those numbers only that are compared.
#include "models/segmentation/compared.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "models/comparisons.hpp"
#include "models/segmentation/scorecard.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::models {

namespace {

constexpr double least_of_an_answer = 1 / most_of_an_answer;

double answer(const PairAnswers& answers, std::size_t of, std::size_t over) {
  return static_cast<double>(answers[place_of_pair(of, over)]);
}

/// In thousandths.
std::string in_short(double ratio) { return sim::number_text(std::rint(ratio * 1e3) / 1e3); }

std::vector<std::size_t> compared_numbers(const PairAnswers& answers) {
  std::vector<std::size_t> numbers;
  for (std::size_t n = 0; n < weighed; ++n) {
    bool is_compared = false;
    for (std::size_t other = 0; other < weighed; ++other)
      is_compared |= other != n && answer(answers, std::min(n, other), std::max(n, other)) > 0;
    if (is_compared) numbers.push_back(n);
  }
  return numbers;
}

void check_answers(const PairAnswers& answers, const std::vector<std::size_t>& numbers) {
  for (std::size_t i = 0; i < numbers.size(); ++i)
    for (std::size_t j = i + 1; j < numbers.size(); ++j) {
      const double said = answer(answers, numbers[i], numbers[j]);
      const std::string pair(scorecard_pairs[place_of_pair(numbers[i], numbers[j])]);
      if (said == 0)
        throw sim::UserError("compare lacks " + pair +
                             " (what is compared at all is compared with each other that is). Expected: " + pair +
                             " = 2, how many times as much the one counts.");
      if (said < least_of_an_answer - 1e-6)
        throw sim::UserError("compare." + pair + " = " + in_short(said) +
                             " is below 1/9 (nothing counts more than nine times as much). Expected: 1/9 to 9.");
    }
}

void check_consistency(const Comparisons<weighed>& matrix, const std::vector<std::size_t>& numbers, double ratio) {
  if (ratio <= most_inconsistent) return;
  const Disagreement worst = worst_answer(matrix, numbers.size());
  const std::string pair(scorecard_pairs[place_of_pair(numbers[worst.of], numbers[worst.over])]);
  const double agrees = std::clamp(worst.agrees, least_of_an_answer, most_of_an_answer);
  throw sim::UserError("compare contradicts itself (consistency ratio " + in_short(ratio) + ", " +
                       in_short(most_inconsistent) + " at most): " + pair + " = " +
                       in_short(matrix[worst.of][worst.over]) + " disagrees most with the others. Did you mean " +
                       pair + " = " + in_short(agrees) + "?");
}

}  // namespace

std::optional<ComparedWeights> weights_by_comparison(const PairAnswers& answers) {
  const std::vector<std::size_t> numbers = compared_numbers(answers);
  if (numbers.empty()) return std::nullopt;
  if (numbers.size() > most_compared)
    throw sim::UserError("compare has " + std::to_string(numbers.size()) +
                         " numbers (how far random answers contradict each other is known of " +
                         std::to_string(most_compared) + " at most). Expected: fewer of them, or weights.");
  check_answers(answers, numbers);
  Comparisons<weighed> matrix{};
  for (std::size_t i = 0; i < numbers.size(); ++i)
    for (std::size_t j = i; j < numbers.size(); ++j) {
      matrix[i][j] = i == j ? 1 : answer(answers, numbers[i], numbers[j]);
      matrix[j][i] = 1 / matrix[i][j];
    }
  const PairwiseWeights<weighed> found = pairwise_weights(matrix, numbers.size());
  check_consistency(matrix, numbers, found.ratio);
  ComparedWeights compared;
  compared.ratio = found.ratio;
  for (std::size_t i = 0; i < numbers.size(); ++i) compared.weights[numbers[i]] = found.weights[i];
  return compared;
}

std::string comparison_in_words(const sim::Policy& policy, const sim::Catalogue& catalogue) {
  const auto& entry = catalogue.segmentations().at(policy.segmentation);
  if (!entry.fields.is_of<ScorecardParameters>()) return "";
  const sim::ParameterStruct resolved = entry.fields.resolve(policy.values);
  const auto compared = weights_by_comparison(resolved.as<ScorecardParameters>().compare);
  if (!compared) return "";
  std::string text;
  for (std::size_t n = 0; n < weighed; ++n)
    if (n < weighed_by_default || compared->weights[n] > 0)
      text += (n == 0 ? "" : ", ") + std::string(scorecard_numbers[n]) + " " + in_short(compared->weights[n]);
  return text + "; consistency ratio " + in_short(compared->ratio) + " (" + in_short(most_inconsistent) + " at most)";
}

}  // namespace clientele::models
