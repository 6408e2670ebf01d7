// `clientele check STUDY`: reads a study, lives nothing, and says how large it is or all that is wrong with it.
#include <cstdio>

#include "models/catalogue.hpp"
#include "tools/clientele/study_options.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {

sim::Exit check(const Words& words) {
  std::vector<Option> options = study_options();
  options.push_back({"quiet", 'q', Option::Takes::nothing});
  const Arguments arguments(words, options);
  const sim::Study study = study_of(arguments, models::catalogue(), arguments.has("quiet") ? Talk::quiet : Talk::all);
  std::printf("ok: %s\n", size_of(study).c_str());
  return sim::Exit::done;
}

}  // namespace clientele::tools
