// A run of some cells, told as it goes on; what a cube says beside its cells follows from the study alone.
#include "tools/clientele/job.hpp"

#include <chrono>

#include "models/catalogue.hpp"
#include "models/theory/concentration.hpp"
#include "output/cube/identity.hpp"
#include "scenarios/part_digests.hpp"
#include "sim/draws.hpp"
#include "sim/parallel/team.hpp"
#include "tools/clientele/books.hpp"
#include "tools/clientele/compare/by.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

output::CubeDetails details_of(const Job& job) {
  const sim::Study& study = job.plan.study();
  output::CubeDetails details{std::string(models::model_version),
                              {},
                              {},
                              beginning_and_books_of(study, job.plan.catalogue()),
                              models::share_of_ten_largest(study, job.plan.catalogue())};
  for (std::uint32_t draw = 0; draw < study.draws && !study.uncertain.empty(); ++draw)
    details.parameter_values.push_back(sim::drawn_values(study, draw));
  const scenarios::PartDigests parts = scenarios::part_digests_of(study, job.plan.catalogue());
  details.keys = output::keys_of({parts.world, parts.scenarios, parts.policies}, study, job.plan.info(),
                                 details.model_version, details.parameter_values);
  details.summed = metrics_by_part();
  return details;
}

bool simulate_cells(const Job& job, const std::vector<sim::Cell>& cells, sim::Sink& sink,
                    const sim::KeptPortion& kept) {
  const auto show = job.volume == Talk::quiet ? ProgressSink::Show::nothing : ProgressSink::usual();
  const auto start = std::chrono::steady_clock::now();
  sim::RunReport report;
  {
    ProgressSink progress(sink, job.plan, models::share_of_ten_largest(job.plan.study(), job.plan.catalogue()),
                          cells.size(), show);
    sim::RunOptions options = job.options;
    options.progress = [&](std::uint64_t customer_months) { progress.lived(customer_months); };
    if (kept)
      options.kept_portion = [&](const sim::Portion& portion, const sim::Cell& cell) {
        auto outcome = kept(portion, cell);
        if (outcome) progress.kept(*outcome);
        return outcome;
      };
    report = job.plan.run(cells, progress, options, job.stop);
  }
  if (report.status == sim::RunStatus::stopped) return false;
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  talk(job.volume, with_commas(report.customer_months) + " customer-months in " + in_short(seconds.count()) + " s (" +
                       in_short(static_cast<double>(report.customer_months) / seconds.count()) + "/s, " +
                       threads_in_words(job.options) + ")");
  return true;
}

std::string threads_in_words(const sim::RunOptions& options) {
  const unsigned threads = sim::threads_of(options.threads);
  return with_commas(threads) + (threads == 1 ? " thread" : " threads");
}

}  // namespace clientele::tools
