// A customer goes by number, or by an id of a customer file, which is not told again.
#include "tools/clientele/explain/customer.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "scenarios/customer_id.hpp"
#include "sim/core/printable.hpp"
#include "sim/why.hpp"
#include "tools/clientele/explain/course.hpp"
#include "tools/clientele/explain/find.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/place_named.hpp"
#include "tools/clientele/study_options.hpp"

namespace clientele::tools {

namespace {

[[noreturn]] void fail(const std::string& text) { throw sim::UserError(text, sim::Exit::usage); }

/// The baseline and the policy that is named, or two that are named; of a study of two policies, both.
std::pair<std::uint32_t, std::uint32_t> policies_of(const Arguments& arguments, const sim::Study& study) {
  const std::vector<std::string> names = arguments.values("policy");
  std::vector<std::uint32_t> places;
  for (const std::string& name : names) places.push_back(place_named(study.policies, name, "policy"));
  for (const std::uint32_t place : places)
    if (!sim::is_simulated(study.policies[place]))
      fail("--policy " + sim::in_quotes(study.policies[place].name) +
           " is put together of others: nobody lives under it. Did you mean " +
           sim::in_quotes(study.policies[study.policies[place].twin.value()].name) + "?");
  if (places.size() > 2)
    fail("--policy is said " + std::to_string(places.size()) + " times; two courses are compared.");
  if (places.empty() && study.policies.size() == 2) places = {1U - study.baseline};
  if (places.empty()) fail("Which policy? Expected: --policy NAME, beside the baseline, or two of them.");
  if (places.size() == 1) places.insert(places.begin(), study.baseline);
  if (places[0] == places[1])
    fail("--policy " + sim::in_quotes(study.policies[places[0]].name) + " is beside itself. Which other one?");
  return {places[0], places[1]};
}

std::uint64_t row_of_id(const std::string& asked, const sim::CustomerFile& file) {
  const auto found = std::ranges::find(file.ids, scenarios::hash_of_id(asked));
  if (found == file.ids.end())
    fail("--customer: " + sim::printable(file.name) + " has no customer of this id (and no row of this number).");
  return static_cast<std::uint64_t>(found - file.ids.begin()) + 1;
}

/// The number of the customer from 1 on, by its number or by its id in a file. An id that is a number is an id.
std::uint64_t number_of(const std::string& asked, const sim::Study& study) {
  const auto& file = study.population.file;
  const std::uint64_t customers = file ? file->ids.size() : study.population.customers;
  if (file && std::ranges::find(file->ids, scenarios::hash_of_id(asked)) != file->ids.end())
    return row_of_id(asked, *file);
  std::uint64_t number = 0;
  const char* end = asked.data() + asked.size();
  if (std::from_chars(asked.data(), end, number).ptr != end || asked.empty()) {
    if (file) return row_of_id(asked, *file);
    fail("--customer " + sim::printable(asked) + " is no number of a customer (1 to " + with_commas(customers) + ").");
  }
  if (number < 1 || number > customers)
    fail("--customer " + sim::printable(asked) + ": there are customers 1 to " + with_commas(customers) + ".");
  return number;
}

/// Whoever left in warm-up has no course to tell; one of the next numbers may have one.
[[noreturn]] void fail_gone(CourseAsked asked, std::uint64_t number, const sim::Study& study,
                            const sim::Catalogue& catalogue) {
  constexpr std::uint64_t tried = 10;
  const std::string text = asked.called + " left in the warm-up of this future, before month 0";
  const std::uint64_t last = std::min(number + tried, study.population.customers);
  for (std::uint64_t next = number + 1; next <= last; ++next) {
    asked.customer = sim::id_of_customer(study.population, next);
    const auto courses = simulate_courses(study, catalogue, asked);
    if (courses && !courses->one.months.empty()) fail(text + ". Did you mean --customer " + std::to_string(next) + "?");
  }
  fail(text + ". Which other one, or which other --future?");
}

std::uint32_t place_in_axis(const Arguments& arguments, const std::string& option, std::uint32_t size) {
  return static_cast<std::uint32_t>(arguments.whole(option, 0, std::max(1U, size) - 1).value_or(0));
}

}  // namespace

std::vector<Option> options_of_courses() {
  std::vector<Option> options = study_options();
  for (const char* name : {"customer", "find", "scenario", "future", "draw", "month"})
    options.push_back({name, 0, Option::Takes::value});
  options.push_back({"policy", 0, Option::Takes::values});
  return options;
}

void explain_customer(const Arguments& arguments, const sim::Catalogue& catalogue) {
  const sim::Study study = study_of(arguments, catalogue);
  if (arguments.has("customer") && arguments.has("find"))
    fail("--customer and --find do not go together: which of the two?");
  CourseAsked asked;
  if (const auto scenario = arguments.value("scenario"))
    asked.scenario = place_named(study.scenarios, *scenario, "scenario");
  asked.draw = place_in_axis(arguments, "draw", study.draws);
  asked.replication = place_in_axis(arguments, "future", study.replications);
  asked.policies = policies_of(arguments, study);
  if (const auto month = arguments.whole("month", 0, static_cast<unsigned long>(study.horizon.months) - 1))
    asked.month = static_cast<int>(*month);
  std::optional<FoundCustomer> found;
  if (const auto sought = arguments.value("find")) found = find_customer(*sought, asked, study, catalogue);
  const std::uint64_t number = found ? found->number : number_of(*arguments.value("customer"), study);
  asked.customer = sim::id_of_customer(study.population, number);
  asked.called = "Customer " + std::to_string(number);
  const auto courses = simulate_courses(study, catalogue, asked);
  if (!courses) throw sim::InternalFault("internal fault: a customer of the base is never there");
  if (courses->one.months.empty()) fail_gone(asked, number, study, catalogue);
  const bool json = arguments.has("json");
  if (found && !json) std::fputs(found_in_words(*found, asked, study).c_str(), stdout);
  std::fputs(
      (json ? json_of(*courses, asked, study, found ? &*found : nullptr) : text_of(*courses, asked, study)).c_str(),
      stdout);
}

}  // namespace clientele::tools
