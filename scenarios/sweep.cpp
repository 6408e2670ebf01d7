// A point says what options would say.
#include "scenarios/sweep.hpp"

#include <set>

namespace clientele::scenarios {

std::vector<Override> overrides_of(const Sweep& sweep, std::size_t point) {
  std::vector<Override> overrides;
  for (std::size_t p = 0; p < sweep.paths.size(); ++p) {
    const std::string& value = sweep.texts.at(point).at(p);
    overrides.push_back({"--set " + sweep.paths[p] + "=" + value, sweep.paths[p], value});
  }
  return overrides;
}

SweptRange range_of(const Sweep& sweep, std::size_t number) {
  std::set<double> values;
  for (const std::vector<double>& point : sweep.points) values.insert(point.at(number));
  if (values.empty()) return {};
  return {*values.begin(), *values.rbegin(), values.size()};
}

std::string point_in_words(const Sweep& sweep, std::size_t point) {
  std::string text;
  for (std::size_t p = 0; p < sweep.paths.size(); ++p)
    text += (text.empty() ? "" : ", ") + sweep.paths[p] + " = " + sweep.texts.at(point).at(p);
  return text;
}

}  // namespace clientele::scenarios
