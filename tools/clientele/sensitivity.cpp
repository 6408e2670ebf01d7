// `clientele sensitivity STUDY`: moves every number that somebody may be wrong about, and says what the difference to
// the baseline hangs on.
#include "tools/clientele/sensitivity/sensitivity.hpp"

#include <csignal>
#include <cstdio>
#include <fstream>

#include "models/bets.hpp"
#include "models/catalogue.hpp"
#include "models/theory/concentration.hpp"
#include "output/files/durable_file.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/point_progress.hpp"
#include "tools/clientele/recorded_points.hpp"
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

/// What this verb wrote before, of whatever version, or nothing yet.
bool is_of_sensitivity(const std::filesystem::path& file) {
  std::ifstream input(file, std::ios::binary);
  std::string head(100, '\0');
  input.read(head.data(), static_cast<std::streamsize>(head.size()));
  return input.gcount() == 0 || head.find("\"what\": \"sensitivity\"") != std::string::npos;
}

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
  throw sim::UserError(sim::file_in_quotes(file) + " " + why, sim::Exit::output_exists);
}

/// Before anything is simulated. --force replaces a file of this verb, and nothing else.
void check_file(const Arguments& arguments, const std::filesystem::path& file, const sim::Study& study) {
  check_output(file, output::Existing::refuse, arguments.only_word("STUDY"), study);
  output::check_target(file, output::Existing::replace);
  if (std::filesystem::exists(file) && !is_of_sensitivity(file))
    refuse(file,
           "is not replaced: --force replaces what clientele sensitivity "
           "wrote, and this is something else. Choose another name?");
}

/// What is there already, where it is the answer; what is something else ends the verb here.
std::optional<Sensitivity> answer_in(const std::filesystem::path& file, const SensitivityPlan& plan) {
  if (!std::filesystem::exists(file)) return std::nullopt;
  std::string why = "it is not whole, or another version wrote it";
  try {
    Sensitivity there = read_sensitivity(file);
    why = why_not_of(plan, std::string(models::model_version), there);
    if (why.empty()) return there;
  } catch (const sim::UserError& error) {
    if (error.status() != sim::Exit::bad_data) throw;
  }
  refuse(file, "exists already and is not replaced: " + why + ". Choose another name or add --force?");
}

void write(const std::filesystem::path& file, const Arguments& arguments, const std::string& json) {
  output::DurableFile target(file, arguments.has("force") ? output::Existing::replace : output::Existing::refuse);
  target.write(json);
  target.commit();
}

SensitivityQuestion question_of(const Arguments& arguments, const sim::Study& study, const sim::Catalogue& catalogue) {
  SensitivityQuestion question{arguments.value("scenario"), arguments.value("policy"), arguments.value("kpi"), {}, {}};
  if (arguments.has("customers")) question.customers = study.population.customers;
  if (arguments.has("replications")) question.replications = study.replications;
  question.share_of_ten_largest = models::share_of_ten_largest(study, catalogue);
  return question;
}

std::string stand_in_words(const PointsDone& stand) {
  return with_commas(stand.done) + " of " + with_commas(stand.all) + " sets of values";
}

/// What is asked, and how.
struct Asking {
  const SensitivityPlan& plan;
  const sim::Catalogue& catalogue;
  sim::RunOptions options;
  Talk volume;
  std::stop_token stop;
};

Sensitivity ask(const Asking& asking, PointProgress& progress, KeptNumbers* kept) {
  const SimulatePoint simulate = [&](const sim::Plan& plan, const std::vector<sim::Cell>& cells, sim::Sink& sink) {
    if (plan.run(cells, sink, asking.options, asking.stop).status == sim::RunStatus::stopped)
      throw sim::UserError("stopped early.", sim::Exit::stopped_early);
  };
  const TellPoint tell = [&](const PointsDone& stand) { progress.tell(stand); };
  const Sensitivity result = sensitivity_of(asking.plan, asking.catalogue, simulate, tell, kept);
  progress.end_line();
  return result;
}

Sensitivity ask_in_memory(const Asking& asking) {
  PointProgress progress(asking.volume);
  try {
    return ask(asking, progress, nullptr);
  } catch (const sim::UserError& error) {
    if (error.status() != sim::Exit::stopped_early) throw;
    throw sim::UserError(
        "stopped early at " + stand_in_words(progress.stand()) + "; nothing was kept (-o FILE would keep them).",
        sim::Exit::stopped_early);
  }
}

/// Starts or goes on; what is simulated is safe from then on, cell by cell.
Sensitivity ask_and_keep(const Asking& asking, const std::filesystem::path& file, const Arguments& arguments) {
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes is a full disk, told like one
  PointProgress progress(asking.volume);
  KeptRecords kept(file, asking.volume, asking.stop);
  std::optional<Sensitivity> result;
  const auto what_is_safe = [&] {
    progress.end_line();
    return stand_in_words(progress.stand()) + " are safe in " + sim::file_in_quotes(kept.folder()) +
           ": the same command goes on from there.";
  };
  const auto work = [&] {
    const std::string kpi = output::words_of(*asking.plan.kpi, asking.plan.study.currency).formula;
    RecordedPoints points(kept, asking.plan.study, asking.catalogue, asking.plan.kpi->name + " = " + kpi);
    if (kept.records().size() > 0)
      talk(asking.volume, "goes on from the records in " + sim::file_in_quotes(kept.folder()) + ".");
    result = ask(asking, progress, &points);
    points.sync();
    write(file, arguments, json_of(*result, std::string(models::model_version)));
  };
  kept.work(work, what_is_safe);
  return *result;
}

/// The answer that is there, or a new one.
Sensitivity answer_of(const Asking& asking, const Arguments& arguments) {
  const auto file = arguments.value("output");
  if (!file) return ask_in_memory(asking);
  const auto there = arguments.has("force") ? std::nullopt : answer_in(*file, asking.plan);
  if (!there) return ask_and_keep(asking, *file, arguments);
  talk(asking.volume, sim::file_in_quotes(*file) + " is there already and complete; nothing was simulated.");
  return *there;
}

}  // namespace

sim::Exit sensitivity(const Words& words) {
  const StopSignals signals;
  const Arguments arguments = arguments_of(words);
  sim::RunOptions options;
  if (const auto threads = arguments.whole("threads", 1, 4096)) options.threads = static_cast<unsigned>(*threads);
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study = study_of(arguments, catalogue);
  if (const auto file = arguments.value("output")) check_file(arguments, *file, study);
  const SensitivityPlan plan = plan_of(study, catalogue, movable_numbers(study, catalogue, bet_of_models),
                                       question_of(arguments, study, catalogue));
  const Talk volume = arguments.has("quiet") ? Talk::quiet : Talk::all;
  const Sensitivity result = answer_of({plan, catalogue, options, volume, signals.token()}, arguments);
  const std::string json = json_of(result, std::string(models::model_version));
  std::fputs((arguments.has("json") ? json : text_of(result)).c_str(), stdout);
  return sim::Exit::done;
}

}  // namespace clientele::tools
