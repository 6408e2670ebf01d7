// Whatever can be asked is read and simulated as it says: studies are drawn from all that a user can say.
#include "tests/support/any_study.hpp"

#include <cstdlib>

#include "sim/core/check.hpp"
#include "tests/output/folder.hpp"
#include "tests/reference/compare.hpp"
#include "tests/reference/models/real_cell.hpp"
#include "tests/support/campaign.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {

namespace {

/// The product's catalogue, and what it lacks so far: points, settings, vectors, a driver that shifts.
sim::Catalogue full_catalogue() {
  sim::Catalogue all = models::catalogue();
  add_stamps(all);
  add_campaign(all);
  return all;
}

/// A few by day; CLIENTELE_STUDIES says how many by night.
int studies() {
  const char* said = std::getenv("CLIENTELE_STUDIES");
  return said == nullptr ? 15 : std::atoi(said);
}

sim::RunOptions any_options(Dice& dice) {
  sim::RunOptions options;
  options.threads = 1 + static_cast<unsigned>(dice.below(2));
  options.block_size = 64 * (1 + dice.below(16));
  options.arms_together = 1 + dice.below(16);
  options.in_step = dice.happens(0.3);
  if (dice.happens(0.3)) options.customers_of_portion = 40;
  return options;
}

}  // namespace

TEST_CASE("any study is read, and every count of it is the scalar simulator's") {
  const sim::Catalogue catalogue = full_catalogue();
  const Folder folder;
  for (int number = 0; number < studies(); ++number) {
    Dice dice(20'270'000 + static_cast<std::uint64_t>(number));
    const StudyText text = any_study(catalogue, dice, folder.path());
    INFO("study " << number << ":\n" << text.shown());
    const sim::Study study = text.read(catalogue, folder.path()).study;
    REQUIRE(first_difference<RealCell>(study, catalogue, any_options(dice)).value_or("none") == "none");
  }
}

// What is refused is refused in words; what is taken can be simulated.
TEST_CASE("a study with slips is refused in words, or is a study") {
  const sim::Catalogue catalogue = full_catalogue();
  const Folder folder;
  int refused = 0, taken = 0;
  for (int number = 0; number < 40 * studies(); ++number) {
    Dice dice(20'280'000 + static_cast<std::uint64_t>(number));
    const StudyText text = with_slips(any_study(catalogue, dice, folder.path()), dice);
    INFO("study " << number << ":\n" << text.shown());
    try {
      const sim::Study study = text.read(catalogue, folder.path()).study;
      REQUIRE(sim::Plan(study, catalogue).info().tiers >= 1);
      ++taken;
    } catch (const sim::UserError& error) {
      REQUIRE(error.status() == sim::Exit::bad_data);
      ++refused;
    }
  }
  CHECK(refused > taken);
  CHECK(taken > refused / 10);  // both kinds are seen often
}

}  // namespace clientele::tests
