// Finds the verb, and turns whatever goes wrong into one message on stderr and an exit status.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <map>
#include <string>

#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/failure.hpp"
#include "tools/clientele/launchers.hpp"
#include "tools/clientele/processes.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

using Verb = sim::Exit (*)(const Words&);

sim::Exit dispatch(const Words& words) {
  const std::map<std::string, Verb> verbs{
      {"run", run},           {"check", check},   {"compare", compare},   {"report", report},
      {"info", info},         {"doctor", doctor}, {"verify", verify},     {"sensitivity", sensitivity},
      {"diff", diff},         {"clean", clean},   {"version", version},   {"help", help},
      {"merge", merge},       {"status", status}, {"--help", help},       {"-h", help},
      {"--version", version}, {"slurm", slurm},   {"explain", explain},   {"schema", schema},
      {"init", init},         {"tiers", tiers},   {"backtest", backtest}, {"classify", classify},
      {"track", track},
  };
  if (words.empty())
    throw sim::UserError("what to do is missing. Expected: clientele run STUDY (clientele help has more).",
                         sim::Exit::usage);
  if (const auto verb = verbs.find(words.front()); verb != verbs.end()) {
    const Words rest(words.begin() + 1, words.end());
    const bool asks_how = std::ranges::any_of(rest, [](const auto& word) { return word == "--help" || word == "-h"; });
    if (asks_how && !words.front().starts_with('-')) return help({words.front()});
    if (joined_by().empty() || words.front() != "run") warn_of_copies(launched());
    return verb->second(rest);
  }
  std::vector<std::string> names;
  for (const auto& [name, verb] : verbs)
    if (!name.starts_with('-')) names.push_back(name);
  const std::string guess = sim::nearest(words.front(), names);
  throw sim::UserError(sim::in_quotes(words.front()) + " is nothing that clientele can do (clientele help lists it)." +
                           (guess.empty() ? "" : " Did you mean " + guess + "?"),
                       sim::Exit::usage);
}

int tell(const std::string& text, sim::Exit status) {
  std::fprintf(stderr, "%s\n", text.c_str());
  return static_cast<int>(status);
}

/// What was printed has to arrive: a full disk behind stdout is a failure like any other.
int finish(sim::Exit status) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return static_cast<int>(status);
  return tell("cannot write to standard output (is the disk full?).", sim::Exit::input_output);
}

}  // namespace
}  // namespace clientele::tools

int main(int count, char** arguments) {
  using clientele::sim::Exit;
  using clientele::tools::tell;
  try {
    return clientele::tools::finish(clientele::tools::dispatch({arguments + (count > 0 ? 1 : 0), arguments + count}));
  } catch (const std::exception& thrown) {
    const auto failure = clientele::tools::failure_of(thrown);
    return tell(failure.text, failure.status);
  } catch (...) {
    return tell("internal fault: something unknown was thrown", Exit::internal_fault);
  }
}
