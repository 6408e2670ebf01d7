// What a study says of itself: which values nobody measured, and which levers have one side only.
#include "sim/engine/provenance.hpp"

#include <algorithm>

#include "sim/behavior.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using sim::Assumption;
using sim::FieldValue;

namespace {

struct Fields {
  sim::Law rate;
  float hazard = 0, known = 0, discount = 0, gift = 0;
};

class Still final : public sim::Behavior {
 public:
  explicit Still(sim::Wiring&) {}
};

sim::Catalogue catalogue() {
  using sim::Kind, sim::range;
  const auto number = [](float Fields::*member, std::string_view key, sim::Provenance provenance) {
    return sim::field(member, key, "-", range(0, 10), 0.5, Kind::by_group, "a number", provenance);
  };
  sim::Catalogue all;
  all.behavior<Still>(
      "life", sim::fields<Fields>(
                  {sim::field(&Fields::rate, "rate", "-", {sim::gamma_law(range(0, 10), 2, 3)}, Kind::trait, "a law",
                              sim::fiction("vendor's sample")),
                   number(&Fields::hazard, "hazard", sim::guess("recalled")),
                   number(&Fields::known, "known", sim::computed("22,190 invoices")),
                   sim::lever(number(&Fields::discount, "discount", sim::guess()),
                              {.cost = "margin", .benefit = "demand", .paid_in = {"given"}, .helps = {"demand"}}),
                   sim::lever(number(&Fields::gift, "gift", sim::guess()), {.cost = "money", .paid_in = {"given"}})}));
  return all;
}

sim::Study study_of(const sim::Catalogue& catalogue) {
  sim::Study study;
  study.population.groups = {{"all", 1, {}}};
  study.values = {catalogue.tables()[0].fields.standards()};
  study.policies = {{"today", 0, {}, {{"all", {}, {}, {}}}, 0}, {"gifts", 0, {}, {{"all", {}, {}, {}}}, 0}};
  return study;
}

const Assumption& field(const std::vector<Assumption>& all, const std::string& path) {
  for (const Assumption& assumption : all)
    if (assumption.path == path) return assumption;
  throw sim::InternalFault("no field " + path);
}

}  // namespace

TEST_CASE("a value that is the default has the mark of the default") {
  const sim::Catalogue all = catalogue();
  const std::vector<Assumption> found = assumptions_of(study_of(all), all);
  REQUIRE(found.size() == 5);
  CHECK(field(found, "life.rate").mark == "fiction");
  CHECK(field(found, "life.rate").value == "gamma (mean 2, shape 3)");
  CHECK(field(found, "life.hazard").mark == "guess");
  CHECK(field(found, "life.hazard").source == "recalled");
  CHECK(field(found, "life.known").mark == "computed");
  CHECK(counts_as_guess(field(found, "life.rate")));
  CHECK(counts_as_guess(field(found, "life.hazard")));
  CHECK_FALSE(counts_as_guess(field(found, "life.known")));
}

TEST_CASE("a value that the study gives itself is stated, unless a group still lives by the default") {
  const sim::Catalogue all = catalogue();
  sim::Study study = study_of(all);
  study.values[0][1] = {0, {0.25}};
  CHECK(field(assumptions_of(study, all), "life.hazard").mark == "stated");
  CHECK_FALSE(counts_as_guess(field(assumptions_of(study, all), "life.hazard")));
  study.population.groups.push_back({"chain", 0.5, {{{0, 1}, {0, {0.5}}}}});
  const Assumption mixed = field(assumptions_of(study, all), "life.hazard");
  CHECK(mixed.mark == "guess");
  CHECK(mixed.value == "0.25; chain: 0.5");
}

TEST_CASE("a lever is a belief as long as some tier leaves it as it is") {
  const sim::Catalogue all = catalogue();
  sim::Study study = study_of(all);
  study.policies[1].tiers.push_back({"rest", {}, {}, {}});
  const auto is_belief = [&] {
    const std::vector<Assumption> found = assumptions_of(study, all);
    return std::ranges::find(found, "life.discount", &Assumption::path) != found.end();
  };
  const sim::Tier::Setting setting{{0, 3}, 0.1};
  CHECK(is_belief());
  study.policies[0].tiers[0].levers = study.policies[1].tiers[0].levers = {setting};
  CHECK(is_belief());
  study.policies[1].tiers[1].levers = {{{0, 4}, 0.1}};
  CHECK(is_belief());
  study.policies[1].tiers[1].levers.push_back(setting);
  CHECK_FALSE(is_belief());
}

TEST_CASE("what draws vary is told with its law") {
  const sim::Catalogue all = catalogue();
  sim::Study study = study_of(all);
  study.uncertain = {{{0, 1}, 0, "life.hazard", {sim::Family::uniform, {0.1F, 0.9F}}}};
  const std::vector<Assumption> found = assumptions_of(study, all);
  CHECK(field(found, "life.hazard").uncertain);
  CHECK(field(found, "life.hazard").value == "0.5; uncertain: life.hazard uniform (low 0.1, high 0.9)");
  CHECK_FALSE(field(found, "life.known").uncertain);
}

TEST_CASE("levers in use are listed with who pulls them, and one-sided ones are known") {
  const sim::Catalogue all = catalogue();
  sim::Study study = study_of(all);
  CHECK(levers_of(study, all).empty());
  study.policies[1].tiers[0].levers = {{{0, 4}, 1.5}};
  study.policies[0].tiers[0].levers = {{{0, 3}, 0.1}};
  const auto levers = levers_of(study, all);
  REQUIRE(levers.size() == 2);
  CHECK(levers[0].path == "life.discount");
  CHECK(levers[0].policies == std::vector<std::string>{"today"});
  CHECK_FALSE(is_one_sided(levers[0]));
  CHECK(levers[1].policies == std::vector<std::string>{"gifts"});
  CHECK(is_one_sided(levers[1]));
}

TEST_CASE("the sides of a lever are those of which it names metrics, lost ones as well as spent ones") {
  const auto lever_in_use = [](sim::LeverSides sides) {
    sim::Catalogue all;
    all.behavior<Still>("life",
                        sim::fields<Fields>({sim::lever(sim::field(&Fields::gift, "gift", "-", sim::range(0, 10), 0,
                                                                   sim::Kind::by_group, "a number", sim::guess()),
                                                        std::move(sides))}));
    sim::Study study = study_of(all);
    study.policies[0].tiers[0].levers = {{{0, 0}, 1}};
    return levers_of(study, all).at(0);
  };
  CHECK_FALSE(is_one_sided(lever_in_use({.cost = "orders", .benefit = "joy", .hurts = {"-orders"}, .helps = {"joy"}})));
  const sim::LeverUse said = lever_in_use({.cost = "only said", .benefit = "joy", .helps = {"joy"}});
  CHECK(is_one_sided(said));
  CHECK(said.cost.empty());
}

}  // namespace clientele::tests
