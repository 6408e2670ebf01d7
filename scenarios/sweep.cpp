// A point says what options would say.
#include "scenarios/sweep.hpp"

namespace clientele::scenarios {

std::vector<Override> overrides_of(const Sweep& sweep, std::size_t point) {
  std::vector<Override> overrides;
  for (std::size_t p = 0; p < sweep.paths.size(); ++p) {
    const std::string& value = sweep.texts.at(point).at(p);
    overrides.push_back({"--set " + sweep.paths[p] + "=" + value, sweep.paths[p], value});
  }
  return overrides;
}

std::string point_in_words(const Sweep& sweep, std::size_t point) {
  std::string text;
  for (std::size_t p = 0; p < sweep.paths.size(); ++p)
    text += (text.empty() ? "" : ", ") + sweep.paths[p] + " = " + sweep.texts.at(point).at(p);
  return text;
}

}  // namespace clientele::scenarios
