// Text and options are those that were typed; paths mean what they meant where they were typed.
#include "tools/clientele/asked_study.hpp"

#include <chrono>
#include <system_error>

#include <unistd.h>

#include "models/catalogue.hpp"
#include "output/files/hash.hpp"
#include "output/files/this_host.hpp"
#include "scenarios/study_reader.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/study_options.hpp"

namespace clientele::tools {
namespace {

namespace fs = std::filesystem;

/// Paths of options are relative to where they were typed.
class Elsewhere {
 public:
  explicit Elsewhere(const fs::path& there) : here_(fs::current_path()) {
    std::error_code none;
    fs::current_path(there, none);
  }
  ~Elsewhere() {
    std::error_code none;
    fs::current_path(here_, none);
  }
  Elsewhere(const Elsewhere&) = delete;
  Elsewhere& operator=(const Elsewhere&) = delete;

 private:
  fs::path here_;
};

}  // namespace

std::string digest_of(const scenarios::StudyReading& reading) {
  const sim::Study& study = reading.study;
  output::Hash hash;
  hash.add(study.text);
  for (const std::string& option : study.options) hash.add(option);
  if (study.population.file) hash.add(study.population.file->digest);
  for (const sim::Uncertain& number : study.uncertain)
    for (const double value : number.drawn) hash.add(sim::number_text(value));
  for (const std::string& path : reading.sweep.paths) hash.add(path);
  for (const auto& point : reading.sweep.texts)
    for (const std::string& value : point) hash.add(value);
  return hash.hex();
}

output::Asked asked_of(const scenarios::StudyReading& reading, const fs::path& study_file,
                       const std::optional<Shard>& shard) {
  const sim::Study& study = reading.study;
  std::error_code none;
  const fs::path here = fs::current_path(none);
  const bool is_typed_in = study_file == "-" || study_file == "/dev/stdin";
  return {CLIENTELE_VERSION,
          std::string(models::model_version),
          digest_of(reading),
          study.title,
          shard ? shard->of : 0,
          is_typed_in ? here : (here / study_file).parent_path(),
          here,
          study.options,
          study.text};
}

output::Worker worker_of(const output::Asked& asked, const std::optional<Shard>& shard) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {asked.program,
          asked.model,
          output::this_host(),
          static_cast<std::uint64_t>(::getpid()),
          shard ? shard->number : 0,
          shard ? shard->of : 0,
          job_of(own_environment()),
          static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count()),
          asked.digest};
}

scenarios::StudyReading reading_in(const output::Asked& asked, const fs::path& run_directory,
                                   const std::optional<fs::path>& folder, const sim::Catalogue& catalogue) {
  if (asked.model != models::model_version)
    throw sim::UserError(sim::file_in_quotes(run_directory) + " is of model " + sim::printable(asked.model) +
                         " (clientele " + sim::printable(asked.program) + "), and this program has model " +
                         std::string(models::model_version) + " (clientele " + CLIENTELE_VERSION +
                         "), whose numbers are others. Is there a clientele of that model?");
  const fs::path absolute = folder ? fs::absolute(*folder) : asked.folder;
  const Elsewhere there(asked.here);
  scenarios::StudyReading reading = with_what_is_unlikely(
      scenarios::read_study_text(asked.text, "study of " + sim::printable(run_directory.string(), 200), absolute,
                                 catalogue, overrides_of_kept(asked.options)),
      catalogue);
  if (digest_of(reading) == asked.digest) return reading;
  const auto& file = reading.study.population.file;
  throw sim::UserError(
      "the customers, draws or points of " + sim::file_in_quotes(run_directory) +
      " are no longer those that were simulated (" +
      (file ? sim::in_quotes(file->name, 200) + " has changed" : std::string("the study is read otherwise")) +
      "). Where is the file as it was (--folder DIR)?");
}

}  // namespace clientele::tools
