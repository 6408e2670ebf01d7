// `clientele info STUDY|CUBE`: what a study asks, or what a cube holds; the first bytes tell which it is.
#include <array>
#include <cstdio>
#include <fstream>
#include <string_view>

#include "models/catalogue.hpp"
#include "sim/run.hpp"
#include "tools/clientele/info/shown.hpp"
#include "tools/clientele/study_options.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

bool is_hdf5(const std::string& path) {
  constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
  std::array<char, signature.size()> start{};
  std::ifstream file(path, std::ios::binary);
  return file.read(start.data(), start.size()) && std::string_view(start.data(), start.size()) == signature;
}

}  // namespace

sim::Exit info(const Words& words) {
  const Arguments arguments(words, {{"json", 0, Option::Takes::nothing}});
  const std::string path = arguments.only_word("STUDY or CUBE");
  Facts facts;
  if (is_hdf5(path)) {
    facts = facts_of(output::CubeReader(path));
  } else {
    const sim::Catalogue catalogue = models::catalogue();
    const sim::Study study = study_of(arguments, catalogue, Talk::all);
    facts = facts_of(study, sim::outcome_info(study, catalogue));
  }
  std::fputs((arguments.has("json") ? json_of(facts) : text_of(facts)).c_str(), stdout);
  return sim::Exit::done;
}

}  // namespace clientele::tools
