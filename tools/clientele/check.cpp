// `clientele check STUDY`: reads a study and says how large it is or all that is wrong with it; nothing is simulated
// but a few customers, where it takes that to tell how many are on the books, or what the year before month 0 adds up
// to.
#include <algorithm>
#include <cstdio>

#include "models/catalogue.hpp"
#include "models/comparisons.hpp"
#include "output/cube/size.hpp"
#include "sim/class_names.hpp"
#include "sim/core/printable.hpp"
#include "sim/plan.hpp"
#include "sim/roll_out.hpp"
#include "sim/same_money.hpp"
#include "tools/clientele/beginning.hpp"
#include "tools/clientele/benchmarks.hpp"
#include "tools/clientele/books.hpp"
#include "tools/clientele/caveat.hpp"
#include "tools/clientele/compare/by.hpp"
#include "tools/clientele/memory_room.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/sizes.hpp"
#include "tools/clientele/study_options.hpp"
#include "tools/clientele/totals/checked.hpp"
#include "tools/clientele/unlikely_program.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {

namespace {

/// "discount 0.05, care 20": what some tier of the policy sets, whether by itself or not.
std::string levers_in(const sim::Policy& policy, const sim::Tier& tier, const sim::Study& study,
                      const sim::Catalogue& catalogue) {
  std::string text;
  const auto sets = [](sim::FieldRef lever) {
    return [lever](const sim::Tier& one) {
      return std::ranges::find(one.levers, lever, &sim::Tier::Setting::field) != one.levers.end();
    };
  };
  for (std::uint32_t t = 0; t < catalogue.tables().size(); ++t)
    for (std::uint32_t f = 0; f < catalogue.tables()[t].fields.fields().size(); ++f) {
      if (std::ranges::none_of(sim::own_tiers(policy), sets({t, f}))) continue;
      const auto own = std::ranges::find(tier.levers, sim::FieldRef{t, f}, &sim::Tier::Setting::field);
      const double level = own == tier.levers.end() ? study.values[t][f].numbers.front() : own->value;
      text += (text.empty() ? "" : ", ") + std::string(catalogue.tables()[t].fields.fields()[f].key) + " " +
              sim::number_text(level);
    }
  return text;
}

/// The tiers of each policy that has several, as they were understood: the best first, whatever the study's order.
void print_tiers(const sim::Study& study, const sim::StudyTexts& texts, const sim::Catalogue& catalogue) {
  for (std::size_t p = 0; p < study.policies.size(); ++p) {
    const sim::Policy& policy = study.policies[p];
    const auto tiers = sim::own_tiers(policy);
    if (tiers.size() < 2 || policy.twin || policy.same_money_as) continue;
    const bool stand_so = std::ranges::any_of(tiers, [](const sim::Tier& tier) { return tier.share.has_value(); });
    std::printf("tiers of policy %s, the best first%s:\n", sim::in_quotes(policy.name).c_str(),
                stand_so ? " (of shares the order is the study's)" : "");
    for (std::size_t t = 0; t < tiers.size(); ++t) {
      const std::string levers = levers_in(policy, tiers[t], study, catalogue);
      std::printf("  %s (%s)%s%s\n", sim::printable(tiers[t].name).c_str(), texts.tier_rules[p][t].c_str(),
                  levers.empty() ? "" : ": ", levers.c_str());
    }
  }
}

/// What comes out of columns of files, for all and for groups of their own.
void print_samples(const sim::Study& study, const sim::Catalogue& catalogue) {
  const auto print = [&](sim::FieldRef at, const sim::FieldValue& value, const std::string& of) {
    if (!value.sample) return;
    const auto& table = catalogue.tables()[at.table];
    const double times = value.sample->factor_to(value.numbers.front());
    std::printf("values: %s.%s%s from %s%s\n", table.key.c_str(),
                std::string(table.fields.fields()[at.field].key).c_str(), of.c_str(),
                sim::sample_in_words(*value.sample).c_str(),
                times == 1 ? "" : (", all times " + in_short(times)).c_str());
  };
  for (std::uint32_t t = 0; t < study.values.size(); ++t)
    for (std::uint32_t f = 0; f < study.values[t].size(); ++f) print({t, f}, study.values[t][f], "");
  for (const sim::Group& group : study.population.groups)
    for (const sim::Group::Override& own : group.overrides)
      print(own.field, own.value, " of group " + sim::printable(group.name));
}

}  // namespace

sim::Exit check(const Words& words) {
  std::vector<Option> options = study_options();
  options.push_back(sweep_option());
  options.push_back({"quiet", 'q', Option::Takes::nothing});
  const Arguments arguments(words, options);
  const sim::Catalogue catalogue = models::catalogue();
  const scenarios::StudyReading reading = reading_of(arguments, catalogue);
  const sim::Study study = sim::with_room_for_same_money(reading.study, catalogue);
  const sim::Plan plan(study, catalogue);
  std::printf("ok: %s\n", size_of(study).c_str());
  if (!reading.sweep.empty())
    std::printf("sweep: %s; each point is a study of this size\n", sweep_in_words(reading.sweep).c_str());
  std::printf("base: %s\n", beginning_of(study, catalogue).c_str());
  print_samples(study, catalogue);
  for (const std::string& without : programs_without_triangle(study, catalogue))
    std::printf("points: %s\n", without.c_str());
  if (const std::string books = books_of(study, catalogue); !books.empty()) std::printf("books: %s\n", books.c_str());
  for (const sim::Policy& policy : study.policies)
    if (const std::string weights = models::comparison_in_words(policy, catalogue); !weights.empty())
      std::printf("weights of policy %s by comparison: %s\n", sim::in_quotes(policy.name).c_str(), weights.c_str());
  std::fputs(benchmarks_of(plan).c_str(), stdout);
  print_tiers(study, plan.info().texts, catalogue);
  const CheckedTotals totals = checked_totals(reading.totals, reading.study, catalogue);
  std::fputs(totals.told.c_str(), stdout);
  for (const std::string& text : totals.warnings) std::fprintf(stderr, "warning: %s\n", text.c_str());
  if (const auto& months = study.count.histogram_months; !months.empty())
    std::printf("counted beside the metrics: %s histograms, each in %s\n",
                with_commas(plan.info().histograms.size()).c_str(),
                (with_commas(months.size()) + (months.size() == 1 ? " month" : " months")).c_str());
  if (const std::size_t classes = sim::number_of_classes(study); classes > 1)
    std::printf("counted apart: %s classes of customers in each group, by today's tier and tenth of sales\n",
                with_commas(classes).c_str());
  std::printf(
      "memory about %s without -o, %s with -o FILE, of %s; numbers of the cube %s before they are compressed (run "
      "--dry-run tells more)\n",
      bytes_in_short(memory_of(plan, {}, Kept::in_memory)).c_str(),
      bytes_in_short(memory_of(plan, {}, Kept::on_disk)).c_str(),
      bytes_in_short(resident_memory() + memory_room(1).bytes).c_str(),
      bytes_in_short(output::bytes_of_numbers(study, plan.info(), metrics_by_part())).c_str());
  if (study.population.file) std::fputs(caveat_of(*study.population.file, fitted_of(reading.books)).c_str(), stdout);
  return sim::Exit::done;
}

}  // namespace clientele::tools
