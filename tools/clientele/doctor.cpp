// `clientele doctor STUDY`: moves all that a study uses in a few futures, and says what has no effect, or one side
// only.
#include <cstdio>

#include "models/catalogue.hpp"
#include "tools/clientele/doctor/diagnosis.hpp"
#include "tools/clientele/job.hpp"
#include "tools/clientele/stop_signals.hpp"
#include "tools/clientele/study_options.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {

sim::Exit doctor(const Words& words) {
  const StopSignals signals;
  std::vector<Option> accepted = study_options();
  accepted.push_back({"quiet", 'q', Option::Takes::nothing});
  accepted.push_back({"threads", 0, Option::Takes::value});
  accepted.push_back({"json", 0, Option::Takes::nothing});
  const Arguments arguments(words, accepted);
  sim::RunOptions options;
  if (const auto threads = arguments.whole("threads", 1, 4096)) options.threads = static_cast<unsigned>(*threads);
  const Talk volume = arguments.has("quiet") ? Talk::quiet : Talk::all;
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study = study_of(arguments, catalogue);
  const Simulate simulate = [&](const sim::Plan& plan, const std::vector<sim::Cell>& cells, sim::Sink& sink,
                                sim::LatentInReviews latent) {
    options.latent_in_reviews = latent;
    if (!simulate_cells({plan, options, volume, signals.token()}, cells, sink))
      throw sim::UserError("stopped early; nothing was kept.", sim::Exit::stopped_early);
  };
  const Diagnosis diagnosis = diagnose(study, catalogue, simulate);
  std::fputs((arguments.has("json") ? json_of(diagnosis) : text_of(diagnosis)).c_str(), stdout);
  return faults_of(diagnosis).empty() ? sim::Exit::done : sim::Exit::differs;
}

}  // namespace clientele::tools
