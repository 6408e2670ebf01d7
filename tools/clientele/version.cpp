// `clientele version`: what this is; the model version changes when equal studies give other numbers.
#include <cstdio>

#include "tools/clientele/arguments.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {

sim::Exit version(const Words& words) {
  expect_nothing(words, "version");
  std::printf("clientele %s\n", CLIENTELE_VERSION);
  return sim::Exit::done;
}

}  // namespace clientele::tools
