// `clientele run STUDY -o FILE`: reads, lives, tells, writes; a file is there whole or not at all.
#include "sim/run.hpp"

#include <chrono>
#include <cstdio>

#include "models/catalogue.hpp"
#include "output/cube_writer.hpp"
#include "output/durable_file.hpp"
#include "sim/engine/resolve.hpp"
#include "tools/clientele/answer.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/progress.hpp"
#include "tools/clientele/stop_signals.hpp"
#include "tools/clientele/study_options.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

Arguments arguments_of(const Words& words) {
  std::vector<Option> options = study_options();
  options.push_back({"output", 'o', Option::Takes::value});
  options.push_back({"force", 0, Option::Takes::nothing});
  options.push_back({"quiet", 'q', Option::Takes::nothing});
  options.push_back({"threads", 0, Option::Takes::value});
  options.push_back({"block-size", 0, Option::Takes::value});
  return {words, options};
}

sim::RunOptions run_options_of(const Arguments& arguments) {
  sim::RunOptions options;
  if (const auto threads = arguments.whole("threads", 1, 4096)) options.threads = static_cast<unsigned>(*threads);
  if (const auto size = arguments.whole("block-size", 64, 1024)) {
    if (*size % 64 != 0) throw sim::UserError("--block-size is not a multiple of 64.", sim::Exit::usage);
    options.block_size = *size;
  }
  return options;
}

output::CubeDetails details_of(const sim::Study& study) {
  output::CubeDetails details{CLIENTELE_VERSION, {}};
  for (std::uint32_t draw = 0; draw < study.draws && !study.uncertain.empty(); ++draw)
    details.parameter_values.push_back(sim::drawn_values(study, draw));
  return details;
}

void talk(Talk volume, const std::string& text) {
  if (volume == Talk::all) std::fprintf(stderr, "%s\n", text.c_str());
}

std::string pace_of(const sim::RunReport& report, double seconds) {
  return with_commas(report.customer_months) + " customer-months in " + in_short(seconds) + " s (" +
         in_short(static_cast<double>(report.customer_months) / seconds) + "/s)";
}

}  // namespace

sim::Exit run(const Words& words) {
  const StopSignals signals;
  const Arguments arguments = arguments_of(words);
  const Talk volume = arguments.has("quiet") ? Talk::quiet : Talk::all;
  const auto existing = arguments.has("force") ? output::Existing::replace : output::Existing::refuse;
  const std::optional<std::string> file = arguments.value("output");
  const sim::RunOptions options = run_options_of(arguments);
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study = study_of(arguments, catalogue, volume);
  if (file) output::check_target(*file, existing);
  talk(volume, size_of(study));

  const std::vector<sim::Cell> cells = sim::all_cells(study);
  const auto show = volume == Talk::quiet ? ProgressSink::Show::nothing : ProgressSink::usual();
  const auto start = std::chrono::steady_clock::now();
  sim::MemorySink memory;
  sim::RunReport report;
  {
    ProgressSink progress(memory, cells.size(), show);
    report = sim::run(study, catalogue, cells, progress, options, signals.token());
  }
  if (report.status == sim::RunStatus::stopped)
    throw sim::UserError("stopped early, " + std::to_string(memory.outcomes().size()) + " of " +
                             std::to_string(cells.size()) + " cells lived; nothing was written.",
                         sim::Exit::stopped_early);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  talk(volume, pace_of(report, seconds.count()));

  const sim::OutcomeInfo info = sim::outcome_info(study, catalogue);
  if (file) output::write_cube(*file, existing, study, info, memory.outcomes(), details_of(study));
  std::fputs(answer_of(study, info, memory.outcomes()).c_str(), stdout);
  std::printf("data %s\n", output::data_hash(memory.outcomes()).c_str());
  return sim::Exit::done;
}

}  // namespace clientele::tools
