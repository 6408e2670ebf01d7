// Every guessed number of the catalogue is betted on once or says why not, and a bet is one: around the guess, short of
// all that is legal.
#include "models/bets.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "models/catalogue.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

/// A number of a field as its bet sees it.
struct Number {
  std::string field;
  sim::Range legal;
  double standard = 0;
  bool whole = false, guessed = false, lever = false;
};

std::map<std::string, Number> numbers_of_the_catalogue() {
  std::map<std::string, Number> numbers;
  const sim::Catalogue catalogue = models::catalogue();
  for (const sim::Catalogue::Table& table : catalogue.tables())
    for (const sim::FieldInfo& field : table.fields.fields()) {
      const std::string path = table.key + "." + std::string(field.key);
      const sim::Mark mark = field.provenance.mark;
      Number number{path,         field.range, 0, field.whole, mark == sim::Mark::guess || mark == sim::Mark::fiction,
                    !!field.lever};
      for (std::size_t n = 0; n < field.standard.numbers.size(); ++n) {
        number.standard = field.standard.numbers[n];
        std::string own = path;
        if (!field.families.empty()) {
          number.legal = field.families.front().parameters[n].range;
          own += "." + std::string(field.families.front().parameters[n].key);
        } else if (field.standard.numbers.size() > 1) {
          own += "." + (field.labels.empty() ? std::to_string(n) : sim::label_of(field, n));
        }
        numbers[own] = number;
      }
    }
  return numbers;
}

TEST_CASE("every guessed number that is no lever has one bet, or its field says why nobody bets on it") {
  std::map<std::string, int> betted;
  for (const models::Bet& bet : models::bets()) ++betted[std::string(bet.path)];
  std::map<std::string, int> left_out;
  for (const models::NoBet& none : models::no_bets()) ++left_out[std::string(none.path)];
  std::size_t guesses = 0;
  for (const auto& [path, number] : numbers_of_the_catalogue()) {
    INFO(path);
    const int expected = number.guessed && !number.lever ? 1 : 0;
    guesses += static_cast<std::size_t>(expected);
    const bool has_none = left_out.contains(number.field);
    CHECK((betted.contains(path) ? betted.at(path) : 0) + (has_none ? left_out.at(number.field) : 0) == expected);
  }
  CHECK(guesses > 100);
}

TEST_CASE("bets and what is left out are of numbers that exist, in words that say why") {
  const auto numbers = numbers_of_the_catalogue();
  std::set<std::string> fields;
  for (const auto& [path, number] : numbers) fields.insert(number.field);
  for (const models::Bet& bet : models::bets()) {
    INFO(bet.path);
    CHECK(numbers.contains(std::string(bet.path)));
    CHECK(bet.why.size() > 10);
  }
  for (const models::NoBet& none : models::no_bets()) {
    INFO(none.path);
    CHECK(fields.contains(std::string(none.path)));
    CHECK(none.why.size() > 10);
  }
}

TEST_CASE("a bet lies around the guess and is legal; it ends where the legal range does only where that means off") {
  const auto numbers = numbers_of_the_catalogue();
  for (const models::Bet& bet : models::bets()) {
    INFO(bet.path);
    const Number& number = numbers.at(std::string(bet.path));
    CHECK(bet.low < bet.high);
    CHECK(bet.low >= number.legal.low);
    CHECK(bet.high < number.legal.high);
    CHECK(bet.low <= number.standard);
    CHECK(number.standard < bet.high);
    if (bet.low == number.standard || bet.low == number.legal.low) {
      CHECK(bet.low == 0);
      CHECK(bet.why.find("structural") != std::string_view::npos);
    }
    if (number.whole) {
      CHECK(bet.low == std::round(bet.low));
      CHECK(bet.high == std::round(bet.high));
    }
  }
}

TEST_CASE("what is unusual for a study is no bet either, but around a margin that a study has to state") {
  const auto numbers = numbers_of_the_catalogue();
  for (const models::Bet& bet : models::bets()) {
    INFO(bet.path);
    const Number& number = numbers.at(std::string(bet.path));
    if (number.standard != number.legal.plausible_low) CHECK(bet.low >= number.legal.plausible_low);
    CHECK(bet.high <= number.legal.plausible_high);
  }
}

TEST_CASE("a bet is found by its path") {
  REQUIRE(models::bet_on("churn.base_hazard") != nullptr);
  CHECK(models::bet_on("churn.base_hazard")->low == 0.008);
  CHECK(models::bet_on("churn.notice") == nullptr);
}

}  // namespace
}  // namespace clientele::tests
