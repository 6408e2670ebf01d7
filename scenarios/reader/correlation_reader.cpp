// Pairs that are not stated go together by what both have to do with worth, and by nothing else.
#include "scenarios/reader/correlation_reader.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/nearest_correlation.hpp"
#include "scenarios/reader/attribute_reader.hpp"
#include "scenarios/reader/section.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::number_text;

namespace {

using Pairs = std::vector<sim::AttributePair>;

std::optional<std::uint32_t> read_attribute_name(Section& section, const Node& node, std::string_view key,
                                                 Reading& reading) {
  const Entry* entry = section.find(key);
  if (entry != nullptr)
    return place_in(attribute_names(reading.study), *entry, "attribute", section.label_of(key), reading);
  if (node.kind == Node::Kind::table)
    reading.mistakes.add(node.place, section.label_of(key) +
                                         " is missing. Expected: { of = \"region\", with = "
                                         "\"size\", is = 0.4 }.");
  return std::nullopt;
}

bool is_same(const sim::AttributePair& one, const sim::AttributePair& other) {
  return std::minmax(one.one, one.other) == std::minmax(other.one, other.other);
}

void read_pair(const Node& node, Reading& reading) {
  Section section(node, "population.correlation: ", reading);
  const auto one = read_attribute_name(section, node, "of", reading);
  const auto other = read_attribute_name(section, node, "with", reading);
  const auto correlation = section.number(study_key("population.correlation", "is"));
  if (node.kind == Node::Kind::table && node.find("is") == nullptr)
    reading.mistakes.add(node.place, "population.correlation: is is missing. Expected: is = 0.4.");
  section.close();
  if (!one || !other || !correlation) return;
  const auto name = [&](std::uint32_t a) { return in_quotes(reading.study.population.attributes[a].name); };
  if (*one == *other)
    return reading.mistakes.add(
        node.place, "population.correlation: " + name(*one) + " with itself (it is 1). Expected: two attributes.");
  const sim::AttributePair pair{*one, *other, *correlation};
  Pairs& pairs = reading.study.population.attribute_pairs;
  if (std::ranges::any_of(pairs, [&](const sim::AttributePair& known) { return is_same(known, pair); }))
    return reading.mistakes.add(
        node.place, "population.correlation: " + name(*one) + " with " + name(*other) + " is said twice. Which one?");
  pairs.push_back(pair);
}

/// Of worth, which is row 0, and the attributes.
CorrelationMatrix matrix_of(const std::vector<double>& with_worth, const Pairs& pairs) {
  CorrelationMatrix matrix(with_worth.size() + 1);
  for (std::size_t a = 0; a < with_worth.size(); ++a) {
    matrix.set(0, a + 1, with_worth[a]);
    for (std::size_t b = 0; b < a; ++b) matrix.set(a + 1, b + 1, with_worth[a] * with_worth[b]);
  }
  for (const sim::AttributePair& pair : pairs) matrix.set(pair.one + 1, pair.other + 1, pair.correlation);
  return matrix;
}

/// What a study would have to say.
struct Said {
  std::vector<double> with_worth;
  Pairs pairs;
};

double in_hundredths(double value) { return std::round(100 * value) / 100 + 0.0; }

/// The nearest that can hold, in hundredths: drawn a little to independence where rounding leads outside again. Pairs
/// that the study does not state stay so where worth alone says them.
Said nearest_that_hold(const std::vector<double>& with_worth, const Pairs& stated) {
  const CorrelationMatrix nearest = nearest_correlation(matrix_of(with_worth, stated));
  const std::size_t n = with_worth.size();
  for (int step = 0;; ++step) {
    const double kept = std::max(0.0, 1 - 0.002 * step);
    Said said;
    for (std::size_t a = 0; a < n; ++a) said.with_worth.push_back(in_hundredths(kept * nearest.at(0, a + 1)));
    for (const sim::AttributePair& pair : stated)
      said.pairs.push_back({pair.one, pair.other, in_hundredths(kept * nearest.at(pair.one + 1, pair.other + 1))});
    for (std::uint32_t a = 0; a < n; ++a)
      for (std::uint32_t b = 0; b < a; ++b) {
        const sim::AttributePair pair{b, a, in_hundredths(kept * nearest.at(a + 1, b + 1))};
        const bool by_worth = std::fabs(pair.correlation - said.with_worth[a] * said.with_worth[b]) <= 0.01;
        if (!by_worth && std::ranges::none_of(stated, [&](const auto& known) { return is_same(known, pair); }))
          said.pairs.push_back(pair);
      }
    if (kept <= 0 || least_eigenvalue(matrix_of(said.with_worth, said.pairs)) >= 0) return said;
  }
}

/// size with region 0.55, size with worth 0.3
std::string in_words(const Said& said, const std::vector<double>& with_worth, const sim::Population& population) {
  std::string text;
  const auto add = [&](const std::string& one, const std::string& other, double value) {
    text += (text.empty() ? "" : ", ") + in_quotes(one) + " with " + other + " " + number_text(value);
  };
  for (const sim::AttributePair& pair : said.pairs)
    add(population.attributes[pair.one].name, in_quotes(population.attributes[pair.other].name), pair.correlation);
  for (std::size_t a = 0; a < with_worth.size(); ++a)
    if (with_worth[a] != 0 || said.with_worth[a] != 0) add(population.attributes[a].name, "worth", said.with_worth[a]);
  return text;
}

void check_that_all_hold(const Entry& entry, Reading& reading) {
  const sim::Population& population = reading.study.population;
  std::vector<double> with_worth;
  for (const sim::Attribute& attribute : population.attributes) with_worth.push_back(attribute.correlation);
  const double least = least_eigenvalue(matrix_of(with_worth, population.attribute_pairs));
  if (least >= -eigenvalue_slack) return;
  const Said nearest = nearest_that_hold(with_worth, population.attribute_pairs);
  reading.mistakes.add(
      entry.place, "population.correlation: these cannot all hold (" +
                       in_words({with_worth, population.attribute_pairs}, with_worth, population) +
                       "; whatever goes with one goes with the others in part, and their matrix has an eigenvalue of " +
                       number_text(std::round(1000 * least) / 1000) +
                       "). Did you mean the nearest that can: " + in_words(nearest, with_worth, population) + "?");
}

}  // namespace

void read_correlations(const Node& population, Reading& reading) {
  const Entry* entry = population.find("correlation");
  const std::vector<const Node*> nodes = tables_of(population, "correlation", "population.", reading);
  if (entry == nullptr) return;
  if (population.find("file") != nullptr)
    return reading.mistakes.add(entry->place,
                                "population.correlation does not go with population.file (the file says what its "
                                "customers are). Can it go?");
  const std::size_t mistakes = reading.mistakes.count();
  for (const Node* node : nodes) read_pair(*node, reading);
  if (reading.mistakes.count() == mistakes) check_that_all_hold(*entry, reading);
}

}  // namespace clientele::scenarios
