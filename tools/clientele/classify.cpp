// `clientele classify STUDY -o list.csv`: the policies of a study applied to the customers of its file, one by one.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <system_error>

#include "models/catalogue.hpp"
#include "output/files/durable_file.hpp"
#include "sim/core/printable.hpp"
#include "sim/plan.hpp"
#include "sim/why.hpp"
#include "tools/clientele/arguments.hpp"
#include "tools/clientele/classify/list.hpp"
#include "tools/clientele/classify/words.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/place_named.hpp"
#include "tools/clientele/study_options.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

[[noreturn]] void refuse(const std::string& text, sim::Exit status) { throw sim::UserError(text, status); }

/// The policies that a firm could adopt, the baseline first. A yardstick sorts by what no firm can see.
std::vector<std::uint32_t> policies_to_list(const sim::Study& study, const sim::Catalogue& catalogue) {
  std::vector<std::uint32_t> policies{study.baseline};
  std::string left_out;
  for (std::uint32_t p = 0; p < study.policies.size(); ++p) {
    if (p == study.baseline || !sim::is_stated(study.policies[p])) continue;
    if (catalogue.segmentations()[study.policies[p].segmentation].is_benchmark)
      left_out += (left_out.empty() ? "" : ", ") + sim::printable(study.policies[p].name);
    else
      policies.push_back(p);
  }
  if (!left_out.empty())
    std::printf("Left out: %s. Such a yardstick sorts by what no firm can see.\n", left_out.c_str());
  if (policies.size() == 1)
    refuse(
        "the study has no policy beside its baseline that could be applied to customers. Expected: another "
        "[[policy]], with tiers.",
        sim::Exit::bad_data);
  return policies;
}

void expect_customer_file(const scenarios::StudyReading& reading, const std::string& path) {
  if (reading.study.population.file) return;
  refuse(sim::file_in_quotes(path) +
             " has no customers of yours (population.file): its base is invented, and there is nobody to list. "
             "Expected: population.file = \"customers.csv\"; clientele init --from orders.csv writes one. Or did you "
             "mean clientele explain STUDY --customer 1?",
         sim::Exit::bad_data);
}

/// Where the file does not tell what they have bought, each future invents it.
void warn_of_invented_past(const sim::Study& study) {
  if (!study.population.file->past.empty()) return;
  std::fprintf(stderr,
               "warning: the file does not say what customers have bought (columns such as orders_1, sales_1: the last "
               "month before month 0). Each future invents it by what they are, so that tiers differ from those of "
               "your books.\n");
}

/// The policy whose gains the list is sorted by: the one that is named, or which brings most of all customers together.
std::size_t sorting_policy(const std::vector<ClassifiedUnder>& all, const std::optional<std::uint32_t>& named) {
  std::size_t best = 1;
  double most = 0;
  for (std::size_t p = 1; p < all.size(); ++p) {
    if (named && all[p].policy == *named) return p;
    double sum = 0;
    for (const double gain : all[p].gains.values) sum += gain;
    if (p == 1 || sum > most) best = p, most = sum;
  }
  return best;
}

ListOrder order_of_list(const std::vector<ClassifiedUnder>& all, std::size_t policy, std::size_t capacity) {
  ListOrder order{.rows = {}, .expected = {}, .policy = policy};
  const Gains& gains = all[policy].gains;
  order.expected = gains_of_each(gains, all_futures(gains));
  order.rows = by_falling_gain(order.expected);
  while (order.served < std::min(capacity, order.rows.size()) && order.expected[order.rows[order.served]].mean > 0)
    ++order.served;
  return order;
}

/// --force replaces lists, and nothing that the study is read from.
void expect_another_file(const std::string& output, const std::vector<std::filesystem::path>& inputs) {
  std::error_code none;
  for (const std::filesystem::path& input : inputs)
    if (std::filesystem::equivalent(output, input, none))
      refuse(sim::file_in_quotes(output) + " is what the study is read from. Which other file?",
             sim::Exit::output_exists);
}

/// Nobody else may read it, from its first byte on.
void write_list(const std::filesystem::path& path, const std::string& text, output::Existing existing) {
  namespace fs = std::filesystem;
  output::DurableFile file(path, existing);
  fs::permissions(file.temporary(), fs::perms::owner_read | fs::perms::owner_write);
  file.write(text);
  file.commit();
}

}  // namespace

sim::Exit classify(const Words& words) {
  const Arguments arguments(words, {{"output", 'o', Option::Takes::value, Option::Of::file},
                                    {"capacity", 0, Option::Takes::value},
                                    {"futures", 0, Option::Takes::value},
                                    {"months", 0, Option::Takes::value},
                                    {"seed", 0, Option::Takes::value},
                                    {"set", 0, Option::Takes::values},
                                    {"policy", 0, Option::Takes::value},
                                    {"scenario", 0, Option::Takes::value},
                                    {"threads", 0, Option::Takes::value},
                                    {"force", 0, Option::Takes::nothing},
                                    {"quiet", 'q', Option::Takes::nothing}});
  const std::string path = arguments.only_word("STUDY");
  const auto output = arguments.value("output");
  if (!output)
    refuse("-o is missing: the list has ids of customers in it, and is written to a file of its own.",
           sim::Exit::usage);
  const auto existing = arguments.has("force") ? output::Existing::replace : output::Existing::refuse;
  output::check_target(*output, existing);
  const std::size_t capacity = arguments.whole("capacity", 1, 4'294'967'295).value_or(120);
  const auto futures = static_cast<std::uint32_t>(arguments.whole("futures", 8, 1'000).value_or(100));
  const sim::Catalogue catalogue = models::catalogue();
  scenarios::StudyReading reading = reading_of(arguments, catalogue);
  if (!reading.sweep.empty())
    std::fprintf(stderr, "the sweep of the study has no part in this: its numbers are taken as stated.\n");
  expect_customer_file(reading, path);
  ClassifyAsked asked;
  if (const auto scenario = arguments.value("scenario"))
    asked.scenario = place_named(reading.study.scenarios, *scenario, "scenario");
  std::optional<std::uint32_t> named;
  if (const auto policy = arguments.value("policy")) named = place_named(reading.study.policies, *policy, "policy");
  sim::Study study = reading.study;
  asked.futures = ask_for_futures(study, futures);
  asked.policies = policies_to_list(study, catalogue);
  if (named && std::ranges::find(asked.policies.begin() + 1, asked.policies.end(), *named) == asked.policies.end())
    refuse("--policy " + sim::in_quotes(reading.study.policies[*named].name) +
               " is the baseline, or a yardstick: nobody gains by it. Which other one?",
           sim::Exit::usage);
  asked.threads = static_cast<unsigned>(arguments.whole("threads", 1, 4'096).value_or(0));
  const scenarios::FileRows rows = scenarios::rows_of_file(reading);
  expect_another_file(*output, {path, rows.path});
  warn_of_invented_past(study);
  if (asked.futures < futures)
    std::fprintf(stderr, "warning: the file of draws has %u; so many futures are simulated.\n", asked.futures);
  talk(arguments.has("quiet") ? Talk::quiet : Talk::all, "classify: " + with_commas(asked.futures) + " futures of " +
                                                             with_commas(rows.ids.size()) + " customers, " +
                                                             std::to_string(study.horizon.months) + " months under " +
                                                             std::to_string(asked.policies.size()) + " policies");
  const std::vector<ClassifiedUnder> all = classify_customers(study, catalogue, asked);
  const ListOrder order = order_of_list(all, sorting_policy(all, named), capacity);
  const sim::Plan plan(study, catalogue);
  write_list(*output, list_of_customers(study, catalogue, plan.info(), all, order, rows), existing);
  const std::string said = "Tiers at the review of month 0, in " + with_commas(asked.futures) + " futures of " +
                           std::to_string(study.horizon.months) + " months:\n" + tiers_in_words(study, all) +
                           gains_in_words(study, all, order, capacity) + sim::file_in_quotes(*output) +
                           " has a line for each customer; only you may read it.\n";
  std::fputs(said.c_str(), stdout);
  return sim::Exit::done;
}

}  // namespace clientele::tools
