// Who is in a program: nobody where nobody may join, more the more readily they do, all where nobody has to.
#include "models/loyalty/membership.hpp"

#include <cmath>
#include <optional>
#include <vector>

#include "models/catalogue.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

/// A point per unit of money for who is in; one policy for each chance of joining, one of which says nothing of it.
sim::Study study_of(const sim::Catalogue& catalogue, const std::vector<std::optional<double>>& join) {
  sim::Study study = default_study(catalogue, 500, 12);
  set(study, catalogue, "points", "earn", {1});
  const sim::Policy plain = study.policies.front();
  study.policies.clear();
  for (const auto& chance : join) {
    sim::Policy policy = plain;
    policy.name += std::to_string(study.policies.size());
    if (chance) policy.tiers[0].levers = {{field_ref(catalogue, "membership", "join"), *chance}};
    study.policies.push_back(policy);
  }
  return study;
}

}  // namespace

TEST_CASE("the more readily customers join, the more are in the program, from nobody to all") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome outcome(study_of(catalogue, {0, 0.01, 0.1, 0.5, 0.99, 1, std::nullopt}), catalogue);
  const auto total = [&](const char* metric, std::uint32_t policy) { return outcome.total(metric, {0, policy, 0, 0}); };
  CHECK(total("members", 0) == 0);
  CHECK(total("points_earned", 0) == 0);
  CHECK(total("member_sales", 0) == 0);
  for (std::uint32_t p = 1; p < 5; ++p) {
    CHECK(total("members", p) > total("members", p - 1));
    CHECK(total("points_earned", p) > total("points_earned", p - 1));
  }
  CHECK(static_cast<double>(total("points_earned", 1)) < 0.3 * static_cast<double>(total("points_earned", 4)));
  for (const std::uint32_t p : {5U, 6U}) {  // nobody has to join, so that nobody becomes a member
    CHECK(total("members", p) == 0);
    CHECK(total("points_earned", p) > total("points_earned", 4));
    CHECK(total("points_earned", p) == total("points_earned", 5));
  }
}

TEST_CASE("where no tier asks anybody to join there are no members, and all earn") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome free(study_of(catalogue, {std::nullopt}), catalogue);
  const Outcome beside(study_of(catalogue, {std::nullopt, 0.3}), catalogue);
  CHECK(free.total("points_earned") > 0);
  CHECK(free.total("points_earned") == beside.total("points_earned", {0, 0, 0, 0}));
  CHECK(free.total("members") == 0);
}

TEST_CASE("a tier in which nobody may join is one of members: what they joined elsewhere goes on there") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = study_of(catalogue, {0.5, 0});
  study.horizon.warmup = 6;
  const Outcome outcome(study, catalogue);
  CHECK(outcome.total("members_joined", {0, 1, 0, 0}) == 0);
  CHECK(outcome.count("members", 11, {0, 1, 0, 0}) > 0);
  CHECK(outcome.count("points_earned", 11, {0, 1, 0, 0}) > 0);
}

// At one order a month and readiness 1: of those who are no members yet the chance joins, whatever happened before.
TEST_CASE("the hazard of joining is that of its chance at one order, and none where nobody has to join") {
  for (const float join : {0.F, 0.01F, 0.3F, 0.99F})
    CHECK(std::fabs(sim::one_minus_exp(models::hazard_of_joining(join, 1)) - join) < 1e-6F);
  CHECK(models::hazard_of_joining(1, 5) == 0);
  CHECK(models::hazard_of_joining(0, 5) == 0);
  CHECK_FALSE(models::is_in_program(0, 0, 0));
  CHECK_FALSE(models::is_in_program(0.99F, 0, 0));
  CHECK_FALSE(models::is_in_program(0.99F, 3, 1));
  CHECK(models::is_in_program(0, 3, 0));
  CHECK(models::is_in_program(1, 0, 0));
}

}  // namespace clientele::tests
