// A warm-up of a few customers fills the books as the whole one does, in milliseconds.
#include "tools/clientele/books.hpp"

#include <algorithm>
#include <cmath>

#include "models/churn.hpp"
#include "sim/plan.hpp"
#include "tools/clientele/beginning.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/stated.hpp"

namespace clientele::tools {

namespace {

constexpr std::uint64_t max_customers = 2'000;

/// The longest time without an order after which a group's customers go off the books, of the groups whose exits are
/// silent; 0 where all are seen.
int longest_silence(const sim::Study& study, const sim::Catalogue& catalogue) {
  int longest = 0;
  for (const sim::Group& group : study.population.groups) {
    const models::ChurnParameters churn = Stated(study, catalogue, group).churn();
    if (churn.notice == models::Notice::silent) longest = std::max(longest, churn.inactive_after);
  }
  return longest;
}

/// Rows of a customer file, evenly taken from all of it.
sim::CustomerFile some_of(const sim::CustomerFile& file, std::uint64_t number) {
  const auto some = [&](const auto& all) {
    auto taken = all;
    taken.clear();
    for (std::uint64_t i = 0; i < number && !all.empty(); ++i) taken.push_back(all[i * all.size() / number]);
    return taken;
  };
  sim::CustomerFile few = file;
  few.ids = some(file.ids);
  few.groups = some(file.groups);
  few.tenures = some(file.tenures);
  for (sim::CustomerFile::KnownTrait& trait : few.traits) trait.values = some(trait.values);
  return few;
}

/// As it begins under the baseline, with fewer customers.
sim::Study beginning_of_a_few(const sim::Study& study) {
  sim::Study few = study;
  few.population.customers = std::min(few.population.customers, max_customers);
  if (few.population.file) few.population.file = some_of(*few.population.file, few.population.customers);
  few.horizon.months = 1;
  few.horizon.run_off = few.horizon.beyond = 0;
  few.draws = 0;
  few.count = {};
  return few;
}

}  // namespace

std::string books_of(const sim::Study& study, const sim::Catalogue& catalogue) {
  const int silence = longest_silence(study, catalogue);
  if (silence == 0) return "";
  const sim::Study few = beginning_of_a_few(study);
  const sim::Plan plan(few, catalogue);
  sim::MemorySink sink;
  sim::RunOptions alone;
  alone.threads = 1;
  plan.run({{0, few.baseline, 0, 0}}, sink, alone);
  const auto at_end = [&](const char* kpi) {
    const auto& kpis = plan.info().kpis;
    return sim::evaluate(*std::ranges::find(kpis, kpi, &sim::KpiInfo::name), plan.info(), few.money_quantum,
                         sink.outcomes().begin()->second);
  };
  const double more = 100 * (at_end("on_books_at_end") / std::max(1.0, at_end("customers_at_end")) - 1);
  std::string text =
      "about " + std::to_string(std::lround(std::abs(more))) +
      (more < 0 ? " % fewer on them at month 0 than are active: who orders rarely goes off them for a while"
                : " % more on them at month 0 than are active: who has left stays on them for a while") +
      " (as in a base of " + with_commas(few.population.customers) + " that is simulated so far)";
  if (study.horizon.warmup < silence)
    text += "; the warm-up is shorter than inactive_after, so that nobody is off them for silence before month " +
            std::to_string(silence - study.horizon.warmup);
  return text;
}

std::string beginning_and_books_of(const sim::Study& study, const sim::Catalogue& catalogue) {
  const std::string books = books_of(study, catalogue);
  return beginning_of(study, catalogue) +
         (books.empty() ? "" : ". The firm does not see who leaves. Its books: " + books);
}

}  // namespace clientele::tools
