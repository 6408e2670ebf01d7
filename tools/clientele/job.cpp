// A run of some cells, told as it goes on; what a cube says beside its cells follows from the study alone.
#include "tools/clientele/job.hpp"

#include <array>
#include <chrono>

#include "models/catalogue.hpp"
#include "models/theory/concentration.hpp"
#include "output/cube/identity.hpp"
#include "scenarios/part_digests.hpp"
#include "sim/draws.hpp"
#include "sim/parallel/team.hpp"
#include "tools/clientele/benchmarks.hpp"
#include "tools/clientele/books.hpp"
#include "tools/clientele/compare/by.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/share_of_work.hpp"

namespace clientele::tools {

output::StudyKeys keys_of(const sim::Plan& plan, const std::vector<std::vector<double>>& parameter_values) {
  const scenarios::PartDigests parts = scenarios::part_digests_of(plan.study(), plan.catalogue());
  return output::keys_of({parts.world, parts.scenarios, parts.policies}, plan.study(), plan.info(),
                         std::string(models::model_version), parameter_values);
}

output::CubeDetails details_of(const Job& job) {
  const sim::Study& study = job.plan.study();
  output::CubeDetails details{std::string(models::model_version),
                              {},
                              {},
                              beginning_and_books_of(study, job.plan.catalogue()),
                              models::share_of_ten_largest(study, job.plan.catalogue())};
  for (std::uint32_t draw = 0; draw < study.draws && !study.uncertain.empty(); ++draw)
    details.parameter_values.push_back(sim::drawn_values(study, draw));
  details.keys = keys_of(job.plan, details.parameter_values);
  details.summed = metrics_by_part();
  return details;
}

bool simulate_cells(const Job& job, const std::vector<sim::Cell>& cells, sim::Sink& sink,
                    const sim::KeptPortion& kept) {
  const auto show = job.volume == Talk::quiet ? ProgressLine::Show::nothing : ProgressLine::usual();
  if (const std::size_t pilots = job.plan.cells_of_pilots(cells); pilots > 0)
    talk(job.volume, pilots_in_words(pilots) + ".");
  const auto start = std::chrono::steady_clock::now();
  sim::RunReport report;
  {
    ProgressSink progress(sink, job.plan, models::share_of_ten_largest(job.plan.study(), job.plan.catalogue()),
                          cells_of_share(job.plan, job.options, cells).size(), show,
                          part_of_cells(job.plan, job.options));
    sim::RunOptions options = job.options;
    options.progress = [&](std::uint64_t customer_months) {
      progress.lived(customer_months);
      if (job.options.progress) job.options.progress(customer_months);
    };
    if (kept)
      options.kept_portion = [&](const sim::Portion& portion, const sim::Cell& cell) {
        auto outcome = kept(portion, cell);
        if (outcome) progress.kept(*outcome);
        return outcome;
      };
    report = job.plan.run(cells, progress, options, job.stop);
  }
  std::array<std::int64_t, 2> all{report.status == sim::RunStatus::stopped ? 1 : 0,
                                  job.options.slice->number() == 0  // ranks that share a world know of all of it
                                      ? static_cast<std::int64_t>(report.customer_months)
                                      : 0};
  job.together.ranks().gather("");  // who waits for the slowest sleeps
  job.together.ranks().sum(all);
  if (all[0] > 0) return false;
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  talk(job.volume, pace_in_words(static_cast<std::uint64_t>(all[1]), seconds.count(), job.options, job.together));
  return true;
}

std::string pace_in_words(std::uint64_t customer_months, double seconds, const sim::RunOptions& options,
                          const Together& together) {
  return with_commas(customer_months) + " customer-months in " + in_short(seconds) + " s (" +
         in_short(static_cast<double>(customer_months) / seconds) + "/s, " + threads_in_words(options, together) + ")";
}

std::string threads_in_words(const sim::RunOptions& options, const Together& together) {
  const unsigned threads = sim::threads_of(options.threads);
  const std::string ranks =
      together.count() == 1 ? "" : with_commas(static_cast<std::uint64_t>(together.count())) + " ranks x ";
  return ranks + with_commas(threads) + (threads == 1 ? " thread" : " threads");
}

}  // namespace clientele::tools
