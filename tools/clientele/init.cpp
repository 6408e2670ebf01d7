// `clientele init [NAME] [-o FILE]`: a study to begin with, which runs as it is.
#include <cstdio>
#include <filesystem>

#include "output/files/durable_file.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/arguments.hpp"
#include "tools/clientele/init/starters.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

const Starter& starter_called(const std::string& name) {
  std::vector<std::string> names;
  std::string known;
  for (const Starter& starter : starters()) {
    if (starter.name == name) return starter;
    names.emplace_back(starter.name);
    known += (known.empty() ? "" : ", ") + names.back();
  }
  const std::string guess = sim::nearest(name, names);
  throw sim::UserError(sim::in_quotes(name) + " is no study to begin with (there are: " + known + ")." +
                           (guess.empty() ? "" : " Did you mean " + guess + "?"),
                       sim::Exit::usage);
}

}  // namespace

sim::Exit init(const Words& words) {
  const Arguments arguments(words, {{"output", 'o', Option::Takes::value, Option::Of::file}});
  const bool named = !arguments.words().empty();
  const Starter& starter = named ? starter_called(arguments.only_word("NAME")) : starters().front();
  const auto file = arguments.value("output");
  if (!file) {
    std::fwrite(starter.text.data(), 1, starter.text.size(), stdout);
    return sim::Exit::done;
  }
  if (std::filesystem::exists(std::filesystem::symlink_status(*file)))
    throw sim::UserError(sim::file_in_quotes(*file) + " is there already (nothing was overwritten). Another name?",
                         sim::Exit::output_exists);
  output::DurableFile study(*file, output::Existing::refuse);
  study.write(starter.text);
  study.commit();
  const std::string name = sim::printable(*file, 200);
  std::printf("%s: %s. Next: clientele run %s\n", name.c_str(), std::string(starter.about).c_str(), name.c_str());
  return sim::Exit::done;
}

}  // namespace clientele::tools
