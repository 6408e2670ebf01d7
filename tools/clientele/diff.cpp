// `clientele diff CUBE CUBE`: whether two cubes are equal, or where they first differ and by how much.
#include <cstdio>

#include "output/cube/difference.hpp"
#include "tools/clientele/arguments.hpp"
#include "tools/clientele/diff/told.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {

sim::Exit diff(const Words& words) {
  const Arguments arguments(words, {{"json", 0, Option::Takes::nothing}});
  if (arguments.words().size() != 2)
    throw sim::UserError("diff takes two cubes (here " + std::to_string(arguments.words().size()) +
                             (arguments.words().size() == 1 ? " is" : " are") + " named).",
                         sim::Exit::usage);
  const TwoFiles files{arguments.words()[0], arguments.words()[1]};
  const output::CubeDifference difference = output::difference_of(files.first, files.second);
  std::fputs((arguments.has("json") ? json_of(difference, files) : text_of(difference, files)).c_str(), stdout);
  return difference.is_nothing() ? sim::Exit::done : sim::Exit::differs;
}

}  // namespace clientele::tools
