// `clientele version`: what this is; the model version changes when equal studies give other numbers.
#include <cstdio>

#include "models/catalogue.hpp"
#include "tools/clientele/arguments.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {

sim::Exit version(const Words& words) {
  expect_nothing(words, "version");
  std::printf("clientele %s, model %.*s\n", CLIENTELE_VERSION, static_cast<int>(models::model_version.size()),
              models::model_version.data());
  return sim::Exit::done;
}

}  // namespace clientele::tools
