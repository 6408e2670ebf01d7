// `clientele schema`: a study as JSON Schema.
#include "tools/clientele/schema/schema.hpp"

#include <cstdio>

#include "models/catalogue.hpp"
#include "tools/clientele/arguments.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {

sim::Exit schema(const Words& words) {
  expect_nothing(words, "schema");
  std::fputs(schema_of(models::catalogue()).c_str(), stdout);
  return sim::Exit::done;
}

}  // namespace clientele::tools
