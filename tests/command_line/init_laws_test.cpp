// What init says of other laws than the engine's, of invented books whose laws are known.
#include <cmath>
#include <functional>
#include <random>

#include "scenarios/books/dates.hpp"
#include "tests/properties/fitted_coverage.hpp"
#include "tests/support/catch.hpp"
#include "tools/clientele/fitted/choice.hpp"
#include "tools/clientele/fitted/laws.hpp"

namespace clientele::tests {
namespace {

using models::BuyingModel;

tools::Choices choices_of(const scenarios::Books& books, int months = months_fitted) {
  const scenarios::Day origin = scenarios::months_later(books.first_day, months);
  return tools::choose_laws(books, tools::fit_base(books, origin, {.season = flat_season()}));
}

const models::LawForetells& law_of(const tools::ChoiceOfBuying& choice, BuyingModel model) {
  return *std::ranges::find(choice.laws, model, &models::LawForetells::model);
}

std::string text_of(const tools::Choices& choices) {
  std::string text;
  for (const std::string& line : tools::told_of(choices)) text += line + " ";
  return text;
}

/// How one customer of some law orders: times from its first order on, and values.
struct Lived {
  std::vector<double> times;
  std::vector<double> values;
};

/// Customers who come evenly over `months`, each as `live` says; days are those of months of equal length.
scenarios::Books books_of(int customers, double months, std::uint64_t seed,
                          const std::function<Lived(double from, std::mt19937_64&)>& live) {
  std::mt19937_64 words(seed);
  scenarios::Books books;
  books.groups = {"all"};
  books.first_day = scenarios::day_of(2024, 1, 1);
  for (int c = 0; c < customers; ++c) {
    const Lived lived = live(months * c / customers, words);
    books.customers.push_back({.id = "c" + std::to_string(c)});
    for (std::size_t k = 0; k < lived.times.size(); ++k) {
      const auto day = books.first_day + static_cast<scenarios::Day>(lived.times[k] * scenarios::days_per_book_month);
      const auto net = static_cast<scenarios::Amount>(lived.values[k] * scenarios::amounts_per_unit) + 1;
      books.orders.push_back({.customer = static_cast<std::uint32_t>(c), .day = day, .net = net});
      books.last_day = std::max(books.last_day, day);
    }
  }
  return books;
}

double gamma(double shape, double scale, std::mt19937_64& words) {
  return std::gamma_distribution<double>(shape, scale)(words);
}
double normal(std::mt19937_64& words) { return std::normal_distribution<double>(0, 1)(words); }
double wait(double rate, std::mt19937_64& words) { return std::exponential_distribution<double>(rate)(words); }

}  // namespace

TEST_CASE("of customers who leave as the engine's do its law is not beaten, and nobody leaving is told apart") {
  const KnownLaws laws{.r = 1, .alpha = 1, .s = 1.5, .beta = 8, .arrivals = 60, .there = 800};
  const tools::Choices choices = choices_of(invented_firm(laws, 3).books);
  const tools::ChoiceOfBuying& choice = choices.buying;
  INFO(text_of(choices));
  REQUIRE(choice.why_not.empty());
  CHECK(choice.months == 3);
  CHECK(choice.simulated == BuyingModel::pareto_nbd);
  CHECK_FALSE(choice.another_is_better());
  CHECK(tools::warning_of(choice).empty());
  const models::LawForetells &own = law_of(choice, BuyingModel::pareto_nbd), &nbd = law_of(choice, BuyingModel::nbd);
  CHECK(nbd.behind > 2 * nbd.behind_se);
  CHECK(own.orders == Approx(choice.came).epsilon(0.1));
  CHECK_THAT(text_of(choices), contains("The study is simulated by Pareto/NBD"));
  CHECK_THAT(text_of(choices), contains("No other law foretells better"));
  CHECK(choices.values.gain > 0);
  CHECK(choices.with_rate.correlation.low < 0);
  CHECK(choices.with_rate.correlation.high > 0);
}

TEST_CASE("of customers who leave right after an order another law is better, and that is warned of") {
  const scenarios::Books books = books_of(6'000, 20, 11, [](double from, std::mt19937_64& words) {
    Lived lived;
    const double a = gamma(.25, 1, words), b = gamma(.5, 1, words), leaves = a / (a + b), rate = gamma(3, 1, words);
    for (double t = from; t < 24; t += wait(rate, words)) {
      lived.times.push_back(t), lived.values.push_back(std::exp(4 + .5 * normal(words)));
      if (std::uniform_real_distribution<double>(0, 1)(words) < leaves) break;
    }
    return lived;
  });
  const tools::Choices choices = choices_of(books, 24);
  INFO(text_of(choices));
  CHECK(choices.buying.months == 6);
  CHECK(choices.buying.customers < choices.buying.known);
  CHECK(choices.buying.laws.front().model == BuyingModel::mbg_nbd);
  CHECK(choices.buying.another_is_better());
  CHECK_THAT(tools::warning_of(choices.buying), contains("MBG/NBD foretells the orders of the last 6 months better"));
  CHECK_THAT(text_of(choices), contains("MBG/NBD foretells better, by"));
}

TEST_CASE("values that are gamma-gamma and go with rates are told to be") {
  const scenarios::Books books = books_of(1'000, 9, 5, [](double from, std::mt19937_64& words) {
    Lived lived;
    const double rate = gamma(2, .5, words), scale = gamma(3, 1 / 30.0, words);
    for (double t = from; t < 12; t += wait(rate, words))
      lived.times.push_back(t), lived.values.push_back(gamma(1.2, 1 / scale, words));
    return lived;
  });
  const tools::Choices gammas = choices_of(books);
  CHECK(gammas.values.gain < -2 * gammas.values.gain_se);
  CHECK_THAT(text_of(gammas), contains("Gamma-gamma foretells them better, by"));

  int held = 0;
  for (const std::uint64_t seed : {1, 2, 3}) {
    const scenarios::Books together = books_of(700, 9, seed, [](double from, std::mt19937_64& words) {
      // Rates of shape 1 are exponential, so that a normal score gives one in closed form.
      const double z = normal(words), rate = -std::log(.5 * std::erfc(z / std::sqrt(2.0))) / 1.2,
                   typical = 4 + .8 * (.5 * z + std::sqrt(.75) * normal(words));
      Lived lived;
      for (double t = from; t < 12; t += wait(rate, words))
        lived.times.push_back(t), lived.values.push_back(std::exp(typical + .5 * normal(words)));
      return lived;
    });
    const tools::Choices choices = choices_of(together);
    INFO(text_of(choices));
    const models::Estimate& found = choices.with_rate.correlation;
    held += found.low < .5 && .5 < found.high;
    CHECK(found.low > .3);
    CHECK(choices.with_rate.together > choices.with_rate.apart + .03);
    CHECK(choices.values.gain > 2 * choices.values.gain_se);
  }
  CHECK(held >= 2);
}

TEST_CASE("books too short to hold months out say so") {
  KnownLaws laws;
  const tools::Choices choices = choices_of(invented_firm(laws, 1).books, 8);
  CHECK_THAT(choices.buying.why_not, contains("the books have 8 months before month 0 (9 are needed"));
  CHECK_THAT(text_of(choices), contains("Laws of orders were not held against each other: the books have 8 months"));
  CHECK(tools::warning_of(choices.buying).empty());
}

TEST_CASE(
    "where customers may differ in what their orders are worth or not, no draw has them differ beyond what was seen") {
  for (const double between : {0.0, 0.05, 0.6}) {
    KnownLaws laws;
    laws.between = between;
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      const scenarios::Books books = invented_firm(laws, seed).books;
      const tools::FittedBase base =
          tools::fit_base(books, scenarios::months_later(books.first_day, 6), {.season = flat_season()});
      const tools::DrawsOfBase draws = tools::draws_of(base, 400, 1);
      for (std::size_t c = 0; c < draws.paths.size(); ++c) {
        if (!draws.paths[c].ends_with("order_value.between")) continue;
        std::vector<double> drawn;
        for (const std::vector<double>& row : draws.rows) drawn.push_back(row[c]);
        std::ranges::sort(drawn);
        INFO(draws.paths[c] << " of firm " << seed << " with " << between << ": " << drawn.front() << ", "
                            << drawn[drawn.size() / 2] << ", " << drawn.back());
        CHECK(drawn.front() >= 0);
        CHECK(drawn.back() < between + 0.55);
        CHECK(drawn[drawn.size() / 2] == Approx(between).margin(0.2));
      }
    }
  }
}

TEST_CASE("too few of either kind are fitted together, and what is too little of both says how little it is") {
  const auto firm = [](double rate) {
    return books_of(24, 12, 3, [rate](double from, std::mt19937_64& words) {
      Lived lived;
      for (double t = from; t < 24; t += wait(rate, words))
        lived.times.push_back(t), lived.values.push_back(std::exp(4 + .5 * normal(words)));
      return lived;
    });
  };
  const scenarios::Books busy = firm(1), once = firm(1e-4);
  const tools::FittedBase base =
      tools::fit_base(busy, scenarios::months_later(busy.first_day, 24), {.season = flat_season()});
  CHECK(base.has_one_law());
  CHECK(base.buying_of(0).customers == 24);
  CHECK(base.buying_of(1).law.values[0] / base.buying_of(1).law.values[1] == Approx(1).margin(0.3));
  CHECK_THROWS_WITH(tools::fit_base(once, scenarios::months_later(once.first_day, 24), {.season = flat_season()}),
                    contains("how often they order: only 0 customers have ordered again (10 are needed)"));
}

TEST_CASE("of a bill a month who stops is seen to leave, and bills that never change vary by nothing") {
  int count = 0;
  const scenarios::Books books = books_of(530, 24, 7, [&count](double, std::mt19937_64& words) {
    Lived lived;
    const double price = ++count % 3 == 0 ? 20 : 10;
    for (double t = count <= 320 ? .5 : 1.5 + (count - 321) / 10; t < 24; t += 1) {
      lived.times.push_back(t), lived.values.push_back(price);
      if (std::uniform_real_distribution<double>(0, 1)(words) < .03) break;
    }
    return lived;
  });
  const tools::FittedBase base =
      tools::fit_base(books, scenarios::months_later(books.first_day, 24), {.season = flat_season()});
  for (std::size_t g = 0; g < 2; ++g) {
    const std::vector<double>& law = base.buying_of(g).law.values;
    REQUIRE(law.size() > 2);
    INFO(law[0] << " " << law[1] << " " << law[2]);
    CHECK(law[0] == 50);
    CHECK(law[0] / law[1] == Approx(.95).margin(.1));
    CHECK(tools::hazard_of(law) == Approx(.03).margin(.01));
    CHECK(base.groups[g].value.within < .02);
    CHECK(base.groups[g].value.between == Approx(.33).margin(.05));
  }
}

}  // namespace clientele::tests
