// Customers are simulated one by one: the time grows with their number, the memory does not.
#include "tools/clientele/explain/find.hpp"

#include <algorithm>
#include <cmath>

#include "output/cube/parts.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "sim/plan.hpp"
#include "sim/worth_of_customers.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

namespace {

constexpr const char *largest_gain = "largest gain", *largest_loss = "largest loss";

/// Somebody waits for the answer: a thousand take some seconds on one thread.
constexpr std::uint64_t most_customers = 100'000;

[[noreturn]] void fail(const std::string& text) { throw sim::UserError(text, sim::Exit::usage); }

bool is_gain_sought(const std::string& sought) {
  if (sought == largest_gain || sought == largest_loss) return sought == largest_gain;
  const std::string guess = sim::nearest(sought, {largest_gain, largest_loss});
  fail("--find " + sim::in_quotes(sought) + " is not known. Expected: \"largest gain\" or \"largest loss\"." +
       (guess.empty() ? "" : " Did you mean " + sim::in_quotes(guess) + "?"));
}

sim::KpiInfo headline_of(const sim::Study& study, const sim::OutcomeInfo& info) {
  const auto kpi = std::ranges::find(info.kpis, study.headline, &sim::KpiInfo::name);
  sim::expects(kpi != info.kpis.end(), "the headline of a study is a KPI");
  if (!output::adds_up(*kpi))
    fail("--find looks for what a customer adds to the headline, and " + sim::printable(kpi->name) +
         " (a ratio, or a KPI of single months) is no sum over customers. Did you mean --set "
         "experiment.headline=npv?");
  return *kpi;
}

}  // namespace

FoundCustomer find_customer(const std::string& sought, const CourseAsked& asked, const sim::Study& study,
                            const sim::Catalogue& catalogue) {
  FoundCustomer found;
  found.is_gain = is_gain_sought(sought);
  found.customers = study.population.file ? study.population.file->ids.size() : study.population.customers;
  if (found.customers > most_customers)
    fail("--find simulates each customer of the base by itself, of " + with_commas(most_customers) +
         " at most; there are " + with_commas(found.customers) + ". Would fewer do (--customers 10000)?");
  sim::Study of_one = study;
  of_one.count = {};  // what is counted beside the metrics is not asked for
  const sim::KpiInfo kpi = headline_of(of_one, sim::Plan(of_one, catalogue).info());
  found.kpi = kpi.name;
  std::vector<sim::Cell> cells;
  for (const std::uint32_t policy : {asked.policies.first, asked.policies.second})
    cells.push_back({asked.scenario, policy, asked.draw, asked.replication});
  const auto worths = sim::worth_of_customers(of_one, catalogue, cells, kpi);
  const bool is_lower_better = kpi.direction == sim::Direction::lower_is_better;
  double best = 0;
  for (std::uint64_t number = 1; number <= worths.size(); ++number) {
    const std::vector<double>& worth = worths[number - 1];
    const double gain = (worth[1] - worth[0]) * (is_lower_better ? -1 : 1);
    found.gain += gain > 0 ? 1 : 0;
    found.lose += gain < 0 ? 1 : 0;
    const double size = found.is_gain ? gain : -gain;
    if (!(size > best)) continue;
    best = size;
    found.number = number;
    found.worth = {worth[0], worth[1]};
  }
  if (found.number == 0)
    fail("No customer of this future " + std::string(found.is_gain ? "gains" : "loses") + " anything of " +
         sim::printable(found.kpi) + " under " + sim::in_quotes(study.policies[asked.policies.second].name) +
         ". Which other policy, or --find " + sim::in_quotes(found.is_gain ? largest_loss : largest_gain) + "?");
  return found;
}

std::string found_in_words(const FoundCustomer& found, const CourseAsked& asked, const sim::Study& study) {
  const auto policy = [&](std::uint32_t place) { return sim::printable(study.policies[place].name); };
  const double difference = found.worth.second - found.worth.first;
  return "Customer " + with_commas(found.number) + " has the " + (found.is_gain ? largest_gain : largest_loss) +
         " of all " + with_commas(found.customers) + " of the base in this future: " + sim::printable(found.kpi) + " " +
         (difference > 0 ? "+" : "") + in_short(difference) + " " + study.currency + " (" +
         in_short(found.worth.first) + " under " + policy(asked.policies.first) + ", " + in_short(found.worth.second) +
         " under " + policy(asked.policies.second) + "). " + with_commas(found.gain) + " gain, " +
         with_commas(found.lose) +
         " lose. It is the extreme of one future, and mostly luck; whom a policy helps on average, compare --by class "
         "says.\n\n";
}

}  // namespace clientele::tools
