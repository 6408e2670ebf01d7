// Engines take turns of about the same CPU time, so that a change of the machine's mood meets all of them.
#include "tools/bench/race.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "tools/bench/agreement.hpp"

namespace clientele::bench {

namespace {

sim::RunOptions one_thread() {
  sim::RunOptions options;
  options.threads = 1;
  return options;
}

BaselineSize baseline_size(const Workload& workload, std::uint32_t seed) {
  return {workload.policies, static_cast<std::uint32_t>(workload.customers), workload.replications, workload.months,
          seed};
}

/// Active customer-months.
double customer_months(const BaselineCube& cube) {
  double sum = 0;
  for (std::size_t at = 0; at < cube.size(); at += baseline_measures) sum += cube[at + active];
  return sum;
}

struct Engine {
  std::string name;
  std::function<double(std::uint32_t seed)> run;  ///< returns active customer-months
  int repeats = 1;
  std::vector<double> speeds;  ///< active customer-months per CPU second, by round

  double turn(std::uint32_t seed) {
    const double start = cpu_seconds();
    double months = 0;
    for (int i = 0; i < repeats; ++i) months += run(seed + static_cast<std::uint32_t>(i));
    return months / (cpu_seconds() - start);
  }
  double best() const { return std::ranges::max(speeds); }
  double median() const {
    auto sorted = speeds;
    std::ranges::sort(sorted);
    const std::size_t n = sorted.size();
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
};

std::vector<Engine> engines(const Workload& workload) {
  const auto ours = [workload](std::uint32_t seed) {
    Workload again = workload;
    again.seed = seed;
    return static_cast<double>(run_engine(again, one_thread()).report.customer_months);
  };
  const auto plain = [workload](std::uint32_t seed) {
    return customer_months(run_std_baseline(baseline_size(workload, seed)));
  };
  const auto boost = [workload](std::uint32_t seed) {
    return customer_months(run_boost_baseline(baseline_size(workload, seed)));
  };
  return {{"clientele", ours, 1, {}}, {"std", plain, 1, {}}, {"boost", boost, 1, {}}};
}

/// The first turn warms up and tells how often an engine runs in a turn.
void run_rounds(std::vector<Engine>& field, const RaceOptions& options) {
  for (Engine& engine : field) {
    const double start = cpu_seconds();
    engine.run(1);
    engine.repeats = std::max(1, static_cast<int>(options.seconds / (cpu_seconds() - start) + 0.5));
  }
  for (int round = 0; round < options.rounds; ++round)
    for (Engine& engine : field) engine.speeds.push_back(engine.turn(static_cast<std::uint32_t>(100 * round + 1)));
}

/// Twenty replications of 10,000 customers on either side, as the specification asks.
bool check_agreement(const Workload& workload, Report& report) {
  Workload sample = workload;
  sample.policies = 2;
  sample.customers = 10000;
  sample.replications = 20;
  sample.seed = 7;
  const auto ours = run_engine(sample, one_thread()).cube;
  const auto theirs = run_std_baseline(baseline_size(sample, 8));
  const Agreement law = compare(ours, 20, theirs, 20, 2, sample.months);
  const Agreement theory = compare_with_theory(ours, 20, 10000, sample.months);
  report.add("z_max", law.most);
  report.add("z_bound", law.bound());
  report.add("z_values", static_cast<double>(law.values));
  report.add("theory.z_max", theory.most);
  report.add("theory.z_bound", theory.bound());
  return law.holds() && theory.holds();
}

void add_ratios(const std::vector<Engine>& field, Report& report) {
  const Engine& ours = field.front();
  for (const Engine& engine : field) {
    report.add("speed." + engine.name + ".best", engine.best());
    report.add("speed." + engine.name + ".median", engine.median());
  }
  for (std::size_t e = 1; e < field.size(); ++e) {
    report.add("ratio." + field[e].name + ".best", ours.best() / field[e].best());
    report.add("ratio." + field[e].name + ".median", ours.median() / field[e].median());
  }
}

/// Philox words of the run per second, against bare Philox; and how many of the words made are read.
void add_luck(const EngineRun& run, double ours_best, Report& report) {
  const auto& done = run.report;
  const double made = 4 * static_cast<double>(done.philox_blocks), read = static_cast<double>(done.words_read);
  report.add("words.read_share", read / made);
  report.add("words.per_customer_month", read / static_cast<double>(done.customer_months));
  report.add("words.efficiency", read / static_cast<double>(done.customer_months) * ours_best / bare_philox_speed());
}

}  // namespace

bool race(const RaceOptions& options) {
  stay_on_one_core();
  Report report;
  const Workload& workload = options.workload;
  report.add("policies", workload.policies);
  report.add("customers", static_cast<double>(workload.customers));
  report.add("replications", workload.replications);
  auto field = engines(workload);
  run_rounds(field, options);
  add_ratios(field, report);
  const EngineRun run = run_engine(workload, one_thread());
  report.add("hash", fmt::format("{:016x}", run.hash));
  add_luck(run, field.front().best(), report);
  report.add("bytes.per_customer", static_cast<double>(run.report.bytes_per_customer));
  report.add("bytes.per_customer_arm", static_cast<double>(run.report.bytes_per_customer_arm));
  const bool agrees = check_agreement(workload, report);
  report.add("agrees", agrees ? "yes" : "no");
  report.print(options.form);
  return agrees;
}

void show_scale(Form form) {
  Report report;
  for (const bool in_step : {false, true})
    for (const std::uint32_t policies : {1U, 2U, 8U})
      for (const std::uint64_t customers : {10'000ULL, 100'000ULL, 1'000'000ULL})
        for (const unsigned threads : {1U, 2U}) {
          Workload workload;
          workload.policies = policies;
          workload.customers = customers;
          workload.replications = customers == 10'000 ? 32 : customers == 100'000 ? 4 : 1;
          sim::RunOptions run_options;
          run_options.threads = threads;
          run_options.in_step = in_step;
          const double start = clock_seconds();
          const auto run = run_engine(workload, run_options);
          const double seconds = clock_seconds() - start;
          report.add(fmt::format("{}.p{}.n{}.threads{}", in_step ? "in_step" : "free", policies, customers, threads),
                     static_cast<double>(run.report.customer_months) / seconds);
        }
  report.print(form);
}

}  // namespace clientele::bench
