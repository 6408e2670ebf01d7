// Attributes that go together have the correlations that a study states, in their laws and in a base that is drawn.
#include "models/attributes.hpp"

#include <cmath>
#include <numbers>

#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

sim::Population four(const std::vector<double>& with_worth, std::vector<sim::AttributePair> pairs) {
  sim::Population population;
  for (std::size_t a = 0; a < with_worth.size(); ++a)
    population.attributes.push_back(
        {std::string(1, static_cast<char>('a' + a)), {"low", "high"}, {0.5, 0.5}, with_worth[a]});
  population.attribute_pairs = std::move(pairs);
  return population;
}

/// Of the scales, by the weights of their lucks.
double correlation(const std::vector<models::AttributeLaw>& laws, std::size_t one, std::size_t other) {
  const auto weight = [&](std::size_t of, std::size_t luck) {
    const models::AttributeLaw& law = laws[of];
    return luck == of ? law.luck : luck < law.lucks_before.size() ? law.lucks_before[luck] : 0.F;
  };
  double sum = static_cast<double>(laws[one].correlation) * static_cast<double>(laws[other].correlation);
  for (std::size_t luck = 0; luck < laws.size(); ++luck)
    sum += static_cast<double>(weight(one, luck)) * static_cast<double>(weight(other, luck));
  return sum;
}

/// Both high: a quadrant of a bivariate normal.
double chance_of_both(double r) { return 0.25 + std::asin(r) / (2 * std::numbers::pi); }

}  // namespace

TEST_CASE("weights of lucks give the correlations that are stated, and what worth gives where none is") {
  const auto laws = models::attribute_laws(four({0.5, 0, -0.3, 0.8}, {{1, 0, 0.6}, {2, 1, -0.5}, {0, 2, -0.4}}));
  for (std::size_t a = 0; a < 4; ++a) CHECK(correlation(laws, a, a) == Approx(1).epsilon(1e-6));
  CHECK(correlation(laws, 0, 1) == Approx(0.6).epsilon(1e-6));
  CHECK(correlation(laws, 1, 2) == Approx(-0.5).epsilon(1e-6));
  CHECK(correlation(laws, 0, 2) == Approx(-0.4).epsilon(1e-6));
  CHECK(correlation(laws, 0, 3) == Approx(0.4).epsilon(1e-6));
  CHECK(correlation(laws, 1, 3) == Approx(0).margin(1e-6));
  CHECK(correlation(laws, 2, 3) == Approx(-0.24).epsilon(1e-6));
  CHECK(laws[3].lucks_before.empty());
}

TEST_CASE("an attribute that no pair names is drawn as it always was") {
  const sim::Population population = four({0.5, 0, -0.3}, {{2, 0, -0.4}});
  const auto laws = models::attribute_laws(population);
  for (const std::size_t a : {0U, 1U}) {
    CHECK(laws[a].lucks_before.empty());
    CHECK(laws[a].luck == models::AttributeLaw(population.attributes[a]).luck);
  }
  CHECK(laws[2].lucks_before.size() == 2);
  CHECK(laws[2].lucks_before[1] == 0.F);
}

TEST_CASE("what others say whole has no luck of its own") {
  const auto laws = models::attribute_laws(four({0, 0, 0}, {{1, 0, 1}, {2, 0, -1}, {2, 1, -1}}));
  CHECK(laws[1].luck == 0.F);
  CHECK(laws[1].lucks_before == std::vector<float>{1});
  CHECK(laws[2].luck == 0.F);
  CHECK(laws[2].lucks_before == std::vector<float>{-1, 0});
  CHECK(models::attribute_laws(four({1, 1}, {{1, 0, 1}}))[1].lucks_before.empty());
}

// Worth is lognormal, so that its log is normal. The standard error of a share is .0021 with 50,000 customers at most,
// and one of .1 in a correlation moves it by .016 at least: seven and a half. Bounds are 4.5 of them.
TEST_CASE("customers of a drawn base are high in both as often as the quadrant of their correlation") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 50'000, 2);
  set(study, catalogue, "purchasing", "orders_per_month", {1.0}, 2);
  set(study, catalogue, "purchasing", "order_value", {250, 1.0, 0});
  set(study, catalogue, "accounting", "gross_margin", {0.25}, 1);
  set(study, catalogue, "churn", "base_hazard", {0});
  const sim::Population stated = four({0.5, 0, 0, 0.8}, {{1, 0, 0.6}, {2, 1, -0.5}, {0, 2, -0.3}});
  study.population.attributes = stated.attributes;
  study.population.attribute_pairs = stated.attribute_pairs;
  struct Both {
    std::uint32_t one, other;
    double correlation;
  };
  const std::vector<Both> all{{0, 1, 0.6}, {1, 2, -0.5}, {0, 2, -0.3}, {0, 3, 0.4}, {1, 3, 0}, {2, 3, 0}, {0, 0, 1}};
  const std::uint32_t rules = segmentation_number(catalogue, "rules");
  for (const Both& both : all) {
    const auto is_high = [](std::uint32_t attribute) {
      return sim::Condition{.of = sim::Condition::Of::groups, .groups = {1}, .attribute = attribute};
    };
    sim::Tier high{"high", {}, {}, {}};
    high.when = sim::Condition{.of = sim::Condition::Of::all, .parts = {is_high(both.one), is_high(both.other)}};
    study.policies.push_back({"p" + std::to_string(study.policies.size()),
                              rules,
                              catalogue.segmentations()[rules].fields.standards(),
                              {high, {"rest", {}, {}, {}}},
                              1});
  }
  const Outcome outcome(study, catalogue);
  for (std::uint32_t p = 0; p < all.size(); ++p) {
    const double expected = chance_of_both(all[p].correlation);
    const double share = static_cast<double>(outcome.in_tier("customers", 0, 0, {0, p + 1, 0, 0})) / 50'000;
    INFO("attributes " << all[p].one << " and " << all[p].other);
    CHECK(std::abs(share - expected) < 4.5 * std::sqrt(expected * (1 - expected) / 50'000));
  }
}

}  // namespace clientele::tests
