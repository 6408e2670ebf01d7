// `clientele sensitivity STUDY`: moves every number that somebody may be wrong about, and says what the difference to
// the baseline hangs on.
#include "tools/clientele/sensitivity/sensitivity.hpp"

#include <chrono>
#include <cstdio>
#include <fstream>

#include "models/bets.hpp"
#include "models/catalogue.hpp"
#include "models/theory/concentration.hpp"
#include "output/files/durable_file.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/recorded_run.hpp"
#include "tools/clientele/stop_signals.hpp"
#include "tools/clientele/study_options.hpp"
#include "tools/clientele/target.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

Arguments arguments_of(const Words& words) {
  std::vector<Option> options = study_options();
  std::erase_if(options, [](const Option& option) { return option.name == "draws"; });  // none are taken
  for (const char* name : {"scenario", "policy", "kpi", "threads"}) options.push_back({name, 0, Option::Takes::value});
  options.push_back({"output", 'o', Option::Takes::value, Option::Of::file});
  options.push_back({"force", 0, Option::Takes::nothing});
  options.push_back({"quiet", 'q', Option::Takes::nothing});
  options.push_back({"json", 0, Option::Takes::nothing});
  return {words, options};
}

std::optional<BetEnds> bet_of_models(std::string_view path) {
  const models::Bet* bet = models::bet_on(path);
  return bet == nullptr ? std::nullopt : std::optional(BetEnds{bet->low, bet->high});
}

/// What this verb wrote before, or nothing yet.
bool is_of_sensitivity(const std::filesystem::path& file) {
  std::ifstream input(file, std::ios::binary);
  std::string head(100, '\0');
  input.read(head.data(), static_cast<std::streamsize>(head.size()));
  return input.gcount() == 0 || head.find("\"what\": \"sensitivity\"") != std::string::npos;
}

/// Before anything is simulated. --force replaces a file of this verb, and nothing else.
void check_file(const Arguments& arguments, const std::filesystem::path& file, const sim::Study& study) {
  const bool force = arguments.has("force");
  check_output(file, output::Existing::refuse, arguments.only_word("STUDY"), study);
  output::check_target(file, force ? output::Existing::replace : output::Existing::refuse);
  if (force && std::filesystem::exists(file) && !is_of_sensitivity(file))
    throw sim::UserError(sim::file_in_quotes(file) +
                             " is not replaced: --force replaces what clientele sensitivity "
                             "wrote, and this is something else. Choose another name?",
                         sim::Exit::output_exists);
}

void write(const std::filesystem::path& file, const Arguments& arguments, const std::string& json) {
  output::DurableFile target(file, arguments.has("force") ? output::Existing::replace : output::Existing::refuse);
  target.write(json);
  target.commit();
}

/// A line where something new begins, and where ten percent more of it are done; on a terminal the same line.
class PointProgress {
 public:
  explicit PointProgress(Talk volume)
      : show_(volume == Talk::quiet ? ProgressSink::Show::nothing : ProgressSink::usual()) {}
  ~PointProgress() { end_line(); }
  PointProgress(const PointProgress&) = delete;
  PointProgress& operator=(const PointProgress&) = delete;

  void tell(const std::string& doing, std::size_t done, std::size_t all) {
    if (show_ == ProgressSink::Show::nothing) return;
    const std::size_t tenth = 10 * done / all;
    if (doing == doing_ && show_ == ProgressSink::Show::lines && tenth == tenth_) return;
    doing_ = doing;
    tenth_ = tenth;
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start_;
    const bool one_line = show_ == ProgressSink::Show::one_line;
    std::fprintf(stderr, one_line ? "\r%s: %s of %s, %.0f s\x1b[K" : "%s: %s of %s, %.0f s\n", doing.c_str(),
                 with_commas(done).c_str(), with_commas(all).c_str(), seconds.count());
    std::fflush(stderr);
    open_ = one_line;
  }
  void end_line() {
    if (std::exchange(open_, false)) std::fputc('\n', stderr);
  }

 private:
  ProgressSink::Show show_;
  std::string doing_;
  std::size_t tenth_ = 0;
  bool open_ = false;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

SensitivityQuestion question_of(const Arguments& arguments, const sim::Study& study, const sim::Catalogue& catalogue) {
  SensitivityQuestion question{arguments.value("scenario"), arguments.value("policy"), arguments.value("kpi"), {}, {}};
  if (arguments.has("customers")) question.customers = study.population.customers;
  if (arguments.has("replications")) question.replications = study.replications;
  question.share_of_ten_largest = models::share_of_ten_largest(study, catalogue);
  return question;
}

}  // namespace

sim::Exit sensitivity(const Words& words) {
  const StopSignals signals;
  const Arguments arguments = arguments_of(words);
  sim::RunOptions options;
  if (const auto threads = arguments.whole("threads", 1, 4096)) options.threads = static_cast<unsigned>(*threads);
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study = study_of(arguments, catalogue);
  const std::optional<std::string> file = arguments.value("output");
  if (file) check_file(arguments, *file, study);
  PointProgress progress(arguments.has("quiet") ? Talk::quiet : Talk::all);
  const SimulatePoint simulate = [&](const sim::Plan& plan, const std::vector<sim::Cell>& cells, sim::Sink& sink) {
    if (plan.run(cells, sink, options, signals.token()).status == sim::RunStatus::stopped)
      throw sim::UserError("stopped early; nothing was kept.", sim::Exit::stopped_early);
  };
  const TellPoint tell = [&](const std::string& doing, std::size_t done, std::size_t all) {
    progress.tell(doing, done, all);
  };
  const Sensitivity result = sensitivity_of(study, catalogue, movable_numbers(study, catalogue, bet_of_models),
                                            question_of(arguments, study, catalogue), simulate, tell);
  progress.end_line();
  const std::string json = json_of(result, std::string(models::model_version));
  if (file) write(*file, arguments, json);
  std::fputs((arguments.has("json") ? json : text_of(result)).c_str(), stdout);
  return sim::Exit::done;
}

}  // namespace clientele::tools
