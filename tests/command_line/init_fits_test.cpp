// What init fits to deliveries, surveys and two years of books holds the truth of invented ones.
#include <algorithm>
#include <cmath>
#include <random>

#include "scenarios/books/dates.hpp"
#include "tests/support/catch.hpp"
#include "tools/clientele/fitted/neutral.hpp"
#include "tools/clientele/fitted/service.hpp"
#include "tools/clientele/fitted/weights.hpp"

namespace clientele::tests {
namespace {

using scenarios::Day;

const Day first = scenarios::day_of(2024, 1, 1);

tools::Season flat() {
  tools::Season season;
  season.fill(1);
  return season;
}

scenarios::Books empty_books(std::uint32_t customers) {
  scenarios::Books books;
  books.groups = {"all"};
  books.first_day = first;
  for (std::uint32_t c = 0; c < customers; ++c) books.customers.push_back({.id = "c" + std::to_string(c)});
  return books;
}

void order(scenarios::Books& books, std::uint32_t customer, Day day, double value) {
  books.orders.push_back(
      {.customer = customer, .day = day, .net = static_cast<scenarios::Amount>(value * scenarios::amounts_per_unit)});
  books.last_day = std::max(books.last_day, day);
}

/// Customers who all order on the first day, and answer on a scale of 0 to 10 every three months; orders of the months
/// after an answer follow it. `mood`: who is content orders more anyway, by so much of the log.
scenarios::Books surveyed(double slope, double mood, std::uint32_t customers, std::uint64_t seed) {
  std::mt19937_64 words(seed);
  std::normal_distribution<double> normal;
  scenarios::Books books = empty_books(customers);
  for (std::uint32_t c = 0; c < customers; ++c) {
    const double own = normal(words),
                 rate = std::gamma_distribution<double>(1.5, .8 / 1.5)(words) * std::exp(mood * own);
    order(books, c, first, 100);
    for (int quarter = 0; quarter < 4; ++quarter) {
      const double points = std::clamp(70 + 8 * own + 10 * normal(words), 0.0, 100.0);
      const Day from = scenarios::months_later(first, 3 * quarter), to = scenarios::months_later(from, 3);
      books.surveys.push_back({c, from, points / 10});
      const double mean = 3 * rate * std::exp(slope * (points - 70) / 10);
      for (int n = std::poisson_distribution<int>(mean)(words); n > 0; --n)
        order(books, c, from + 1 + static_cast<Day>(words() % static_cast<std::uint64_t>(to - from - 1)), 100);
    }
  }
  return books;
}

tools::FittedService service_of(const scenarios::Books& books, int months = 12) {
  return tools::fit_service(books, scenarios::history(books, scenarios::months_later(first, months)), flat());
}

std::string all_of(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + " ";
  return text;
}

/// So many deliveries a month, late by the chance of their month.
void deliver(scenarios::Books& books, std::uint32_t customer, int a_month, double chance, double months_differ,
             std::mt19937_64& words) {
  std::normal_distribution<double> normal;
  for (int month = 0; month < 12; ++month) {
    const double odds = chance / (1 - chance) * std::exp(months_differ * normal(words)), late = odds / (1 + odds);
    for (int k = 0; k < a_month; ++k)
      books.deliveries.push_back({customer, scenarios::months_later(first, month) + k % 28,
                                  std::uniform_real_distribution<double>(0, 1)(words) < late});
  }
}

}  // namespace

TEST_CASE(
    "what satisfaction does to orders is found by customers' own ups and downs, also where the content buy more") {
  int held = 0;
  for (const std::uint64_t seed : {1, 2, 3, 4, 5}) {
    const tools::FittedService service = service_of(surveyed(.15, .3, 400, seed));
    INFO(all_of(tools::told_of(service)));
    REQUIRE(service.surveys.slope.chosen() != nullptr);
    REQUIRE(service.surveys.chosen_is_within());
    const models::Estimate& slope = service.surveys.slope.chosen()->estimates[0];
    held += slope.low < .15 && .15 < slope.high;
    CHECK(slope.high - slope.low < .2);
    CHECK(service.surveys.slope.between.values[1] > .15 + service.surveys.slope.between.estimates[1].se);
    CHECK(service.surveys.mean == Approx(70).margin(2));
    CHECK(service.surveys.answers == 1600);
    CHECK(service.surveys.customers == 400);
    CHECK(service.neutral.reference == service.surveys.mean);
  }
  CHECK(held >= 4);
  const tools::FittedService service = service_of(surveyed(.15, 0, 400, 1));
  CHECK_THAT(tools::satisfaction_effect_line(service), contains("by each one's own ups and downs"));
  CHECK_THAT(all_of(tools::told_of(service)), contains("taken for a scale of 0 to 10"));
  const tools::DrawnColumns draws = tools::service_draws(service, {"all", "new"}, 400, 7);
  REQUIRE(draws.size() == 1);
  CHECK(draws[0].first == "purchasing.satisfaction_effect");
  double mean = 0, squares = 0;
  for (const double one : draws[0].second) mean += one / 400, squares += one * one / 400;
  const models::Estimate& slope = service.surveys.slope.chosen()->estimates[0];
  CHECK(mean == Approx(slope.value).margin(4 * slope.se / 20));
  CHECK(std::sqrt(squares - mean * mean) == Approx(slope.se).epsilon(.15));
}

TEST_CASE("one answer each tells what the content buy, and says that this is no proof") {
  scenarios::Books books = surveyed(.15, 0, 400, 3);
  std::erase_if(books.surveys, [](const scenarios::BookSurvey& one) { return one.day > first; });
  const tools::FittedService service = service_of(books);
  REQUIRE(service.surveys.slope.chosen() == &service.surveys.slope.between);
  CHECK_THAT(tools::satisfaction_effect_line(service), contains("no proof of a cause"));
  CHECK_THAT(all_of(tools::told_of(service)), contains("ups and downs it is not known, for only 0 customers"));
}

TEST_CASE("surveys that tell nothing say why, and the effect is 0") {
  const auto line = [](const scenarios::Books& books) { return tools::satisfaction_effect_line(service_of(books)); };
  CHECK_THAT(line(surveyed(0, 0, 20, 1)), contains("satisfaction_effect = 0    # not known: only 20 customers"));
  scenarios::Books wild = surveyed(0, 0, 60, 1);
  wild.surveys.front().score = 140;
  CHECK_THAT(line(wild), contains("which is no scale of 1 to 5, 0 to 10 or 0 to 100"));
  CHECK_FALSE(service_of(wild).is_known());
  scenarios::Books strangers = surveyed(0, 0, 60, 1);
  for (scenarios::BookSurvey& one : strangers.surveys) one.day = first - 10;
  CHECK_THAT(line(strangers), contains("no answer is of a customer who had ordered by then"));
  scenarios::Books stars = surveyed(0, 0, 60, 1);
  for (scenarios::BookSurvey& one : stars.surveys) one.score = 1 + std::floor(one.score / 2.6);
  CHECK_THAT(service_of(stars).surveys.scale, contains("taken for a scale of 1 to 5"));
  scenarios::Books silent = surveyed(0, 0, 60, 1);
  silent.surveys.clear();
  CHECK(line(silent).empty());
}

TEST_CASE("late deliveries have an interval that months widen, groups their own, and satisfaction stays where it was") {
  int held = 0, wide = 0;
  for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}) {
    std::mt19937_64 words(seed);
    scenarios::Books books = surveyed(0, 0, 60, 1);
    books.surveys.clear();
    deliver(books, 3, 150, .17, .4, words);
    const models::LateDeliveries found = service_of(books).deliveries;
    const double p = found.share(), of_luck = 2 * 1.96 * std::sqrt(p * (1 - p) / found.all);
    held += found.quantile(.025) < .18 && .18 < found.quantile(.975);
    wide += found.quantile(.975) - found.quantile(.025) > 1.5 * of_luck;
  }
  CHECK(held >= 8);
  CHECK(wide >= 6);

  std::mt19937_64 words(4);
  scenarios::Books books = surveyed(0, 0, 60, 1);
  books.surveys.clear();
  books.groups = {"home", "export"};
  for (std::uint32_t c = 30; c < 60; ++c) books.customers[c].group = 1;
  deliver(books, 3, 60, .05, 0, words);
  deliver(books, 40, 60, .3, 0, words);
  const tools::FittedService service = service_of(books);
  REQUIRE(service.of_group.size() == 2);
  CHECK(service.of_group[0].share() == Approx(.05).margin(.03));
  CHECK(service.of_group[1].share() == Approx(.3).margin(.06));
  CHECK(service.neutral_of_group[0].reference > service.neutral_of_group[1].reference + 4);
  CHECK_THAT(tools::service_of_group(service, 1), contains("service.late_chance = 0.3"));
  CHECK_THAT(tools::service_tables(service), contains("deliveries, "));
  const tools::DrawnColumns draws = tools::service_draws(service, {"home", "new_home", "export", "new_export"}, 50, 7);
  CHECK(draws.size() == 10);
  const auto column = [&](const std::string& path) -> const std::vector<double>& {
    return std::ranges::find(draws, path, [](const auto& one) { return one.first; })->second;
  };
  const auto &late = column("population.group.export.service.late_chance"),
             &reference = column("population.group.export.satisfaction.reference");
  CHECK(late == column("population.group.new_export.service.late_chance"));
  for (std::size_t d = 1; d < late.size(); ++d)
    if (late[d] > late[0]) CHECK(reference[d] < reference[0]);
}

TEST_CASE("groups that are served alike have one share of late deliveries") {
  int apart = 0;
  for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}) {
    std::mt19937_64 words(seed);
    scenarios::Books books = surveyed(0, 0, 60, 1);
    books.surveys.clear();
    books.groups = {"home", "export"};
    for (std::uint32_t c = 30; c < 60; ++c) books.customers[c].group = 1;
    deliver(books, 3, 40, .1, 0, words);
    deliver(books, 40, 12, .1, 0, words);
    const tools::FittedService service = service_of(books);
    apart += service.of_group.empty() ? 0 : 1;
    if (service.of_group.empty()) CHECK(tools::service_of_group(service, 1).empty());
  }
  CHECK(apart <= 2);
}

TEST_CASE("under the service that was fitted customers settle at what they say") {
  std::mt19937_64 words(4);
  scenarios::Books books = surveyed(0, 0, 60, 1);
  for (scenarios::BookSurvey& one : books.surveys) one.score -= .8;
  deliver(books, 3, 200, .3, 0, words);
  const tools::FittedService service = service_of(books);
  CHECK(service.neutral.reference == Approx(62).margin(3));
  const double settled = tools::satisfaction_under(tools::service_tables(service));
  CHECK(settled == Approx(service.neutral.reference).margin(.3));
}

TEST_CASE("weights of a scorecard are those that made the year after") {
  int held = 0;
  for (const std::uint64_t seed : {1, 2, 3, 4, 5}) {
    std::mt19937_64 words(seed);
    std::normal_distribution<double> normal;
    constexpr std::uint32_t customers = 200;
    scenarios::Books books = empty_books(customers);
    std::vector<double> volume(customers), punctuality(customers);
    for (std::uint32_t c = 0; c < customers; ++c) volume[c] = c, punctuality[c] = c;
    std::ranges::shuffle(volume, words);
    std::ranges::shuffle(punctuality, words);
    for (std::uint32_t c = 0; c < customers; ++c) {
      const double v = (volume[c] + .5) * 100 / customers, p = (punctuality[c] + .5) * 100 / customers,
                   next = 3000 + 20 * v + 10 * p + 300 * normal(words);
      for (int month = 0; month < 24; ++month)
        order(books, c, scenarios::months_later(first, month) + 3, (month < 12 ? 2000 + 40 * v : next) / 12);
      for (int k = 0; k < 200; ++k) {
        const Day day = first + 20 + k;
        books.invoices.push_back({.customer = c,
                                  .issued = day,
                                  .due = day + 30,
                                  .settled = day + (k < punctuality[c] ? 30 : 40),
                                  .amount = 10});
      }
    }
    tools::FittedBase base;
    base.history = scenarios::history(books, scenarios::months_later(first, 24));
    const tools::FittedWeights weights = tools::fit_weights(books, base);
    INFO(all_of(tools::told_of(weights)));
    REQUIRE(weights.why_not.empty());
    REQUIRE(weights.names == std::vector<std::string>{"volume", "punctuality"});  // all order as often and as lately
    held += weights.fit.weights[0].low < 2. / 3 && 2. / 3 < weights.fit.weights[0].high;
    CHECK(weights.fit.weights[0].value == Approx(2. / 3).margin(.1));
    CHECK(weights.fit.explained > .5);
    CHECK_THAT(tools::policy_of(weights), contains("payment = 0, volume = 0.6"));
    CHECK_THAT(tools::policy_of(weights), contains("prospects = 0, profit = 0, punctuality = 0.3"));

    base.history = scenarios::history(books, scenarios::months_later(first, 23));
    const tools::FittedWeights few = tools::fit_weights(books, base);
    CHECK_THAT(all_of(tools::told_of(few)), contains("the books have 23 months before month 0 (24 are needed"));
    CHECK(tools::policy_of(few).empty());
  }
  CHECK(held >= 4);
}

}  // namespace clientele::tests
