// From a cube to the numbers of an answer: the right futures, paired with the right ones.
#include "output/comparison/comparison.hpp"

#include <cmath>

#include "tests/output/comparable.hpp"
#include "tests/output/folder.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using output::compare;
using output::ComparedArm;
using output::Comparison;
using output::CubeReader;
using output::Question;
using sim::Cell;
using sim::People;

namespace {

/// Scenario, policy, draw and replication each leave a mark of their own size.
std::int64_t marked(const Cell& cell) {
  return 100000 * cell.scenario + 1000 * cell.policy * (1 + cell.scenario) + 10 * cell.policy * cell.draw +
         cell.policy * cell.replication + 7 * cell.replication;
}

Question all_of(std::vector<std::string> kpis) {
  return {Question::Across::policies, {0, 1}, {0, 1, 2}, 1, std::move(kpis), {}, 0.95};
}

const ComparedArm& arm(const output::ComparedKpi& kpi, std::size_t scenario, std::size_t policy) {
  for (const ComparedArm& found : kpi.arms)
    if (found.scenario == scenario && found.policy == policy) return found;
  throw sim::InternalFault("no such arm");
}

}  // namespace

TEST_CASE("policies are compared with the baseline of their own scenario, draw and replication") {
  const Folder folder;
  write(comparable(3, 4, People::redrawn, marked), folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  const Comparison c = compare(output::input_of({&cube}), all_of({"gain"}));
  const output::ComparedKpi& gain = c.kpis.at(0);
  CHECK_FALSE(arm(gain, 0, 1).against);
  REQUIRE(arm(gain, 0, 2).against);
  CHECK(arm(gain, 0, 2).against->average.mean == Approx(1000 + 10 + 1.5));
  CHECK(arm(gain, 0, 2).against->average.half_width == Approx(24.84138).epsilon(1e-6));  // draws 10 apart
  CHECK(arm(gain, 0, 2).against->unit == output::Unit::draws);
  CHECK(arm(gain, 1, 0).against->average.mean == Approx(-(2000 + 10 + 1.5)));
  CHECK(arm(gain, 0, 0).mean() == Approx(7 * 1.5));
  CHECK(arm(gain, 0, 2).against->draws.better == 3);
  CHECK(arm(gain, 0, 0).against->draws.better == 0);
  CHECK(c.certainty.shown == 2 * 2 * 2);
  CHECK(c.axes().cells() == 72);
  CHECK(c.cells_done == 72);
}

TEST_CASE("scenarios are compared within one policy") {
  const Folder folder;
  write(comparable(1, 4, People::redrawn, marked), folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  const Comparison c =
      compare(output::input_of({&cube}), {Question::Across::scenarios, {0, 1}, {0, 2}, 0, {"gain"}, {}, 0.95});
  REQUIRE(c.kpis[0].arms.size() == 4);
  CHECK_FALSE(arm(c.kpis[0], 0, 2).against);
  CHECK(arm(c.kpis[0], 1, 2).against->average.mean == Approx(102000));
  CHECK(arm(c.kpis[0], 1, 0).against->average.mean == Approx(100000));
  CHECK(c.kpis[0].arms[0].policy == 0);
  CHECK(c.kpis[0].arms[1].policy == 0);
  CHECK(c.answer->scenario == 1);
  CHECK(c.answer->policy == 0);
}

TEST_CASE("the headline is the best arm in the direction of its KPI") {
  const Folder folder;
  write(comparable(1, 4, People::redrawn, marked), folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  const Comparison gain = compare(output::input_of({&cube}), all_of({"gain"})),
                   loss = compare(output::input_of({&cube}), all_of({"loss"}));
  CHECK(gain.answer->policy == 2);
  CHECK(loss.answer->policy == 0);
  CHECK(loss.answer->headline.statements.futures.better == 4);
  CHECK(arm(loss.kpis[0], 0, 2).against->futures.better == 0);
}

TEST_CASE("a KPI that divides by zero is missing in pairs, and counted") {
  const Folder folder;
  write(comparable(1, 4, People::redrawn, marked), folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  const Comparison c = compare(output::input_of({&cube}), all_of({"gain_each"}));
  const output::Statements& s = *arm(c.kpis[0], 0, 2).against;
  CHECK(s.pairs == 3);
  CHECK(s.missing == 1);
  CHECK(s.average.mean == Approx((1000 + 1002 + 1003) / 3.0 / 2));
  CHECK_THAT(s.range.why_missing, contains("needs 19 independent futures, here are 3 futures"));
}

TEST_CASE("shards of one study are put together, and other studies are told apart") {
  const Folder folder;
  const Invented whole = comparable(1, 6, People::redrawn, marked);
  Invented one = whole, two = whole, stranger = whole, newer = whole;
  std::erase_if(one.outcomes, [](const auto& o) { return o.first.replication >= 3; });
  std::erase_if(two.outcomes, [](const auto& o) { return o.first.replication < 3; });
  stranger.study.digest[0] = 'f';
  newer.details.model_version = "2.0";
  write(whole, folder / "whole.nc");
  write(one, folder / "one.nc");
  write(two, folder / "two.nc");
  write(stranger, folder / "stranger.nc");
  write(newer, folder / "newer.nc");
  const CubeReader all(folder / "whole.nc"), first(folder / "one.nc"), second(folder / "two.nc");
  const Comparison part = compare(output::input_of({&first}), all_of({"gain"})),
                   joined = compare(output::input_of({&first, &second}), all_of({"gain"}));
  CHECK(part.cells_done == 18);
  CHECK(arm(part.kpis[0], 0, 2).against->missing == 3);
  CHECK(joined.cells_done == 36);
  CHECK(arm(joined.kpis[0], 0, 2).against->average.half_width ==
        arm(compare(output::input_of({&all}), all_of({"gain"})).kpis[0], 0, 2).against->average.half_width);
  CHECK(output::are_of_one_study(all, first));
  CHECK_FALSE(output::are_of_one_study(all, CubeReader(folder / "stranger.nc")));
  CHECK_FALSE(output::are_of_one_study(all, CubeReader(folder / "newer.nc")));
}

TEST_CASE("two cubes that tell different numbers of one cell are refused") {
  const Folder folder;
  const Invented one = comparable(1, 2, People::redrawn, marked);
  Invented other = one;
  other.outcomes[{0, 0, 0, 0}].counts[0] += 1;
  write(one, folder / "one.nc");
  write(other, folder / "other.nc");
  const CubeReader first(folder / "one.nc"), second(folder / "other.nc");
  CHECK_THROWS_WITH(compare(output::input_of({&first, &second}), all_of({"gain"})),
                    contains("different values of \"gain\" in one cell"));
}

TEST_CASE("guesses and one-sided levers come out of the cube as they went in") {
  const Folder folder;
  const Invented all = comparable(1, 2, People::redrawn, marked);
  write(all, folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  REQUIRE(cube.assumptions().size() == 3);
  CHECK(cube.assumptions()[0].path == "life.hazard");
  CHECK(cube.assumptions()[0].value == "0.5");
  CHECK(cube.assumptions()[0].meaning == "chance to leave");
  CHECK(cube.assumptions()[0].source == "recalled");
  CHECK(cube.assumptions()[0].uncertain);
  CHECK_FALSE(cube.assumptions()[1].uncertain);
  REQUIRE(cube.levers().size() == 2);
  CHECK(cube.levers()[0].policies == std::vector<std::string>{"first", "last"});
  CHECK(cube.levers()[0].benefit == "demand");
  const Comparison c = compare(output::input_of({&cube}), all_of({"gain"}));
  CHECK(c.provenance_known);
  REQUIRE(c.guesses.size() == 1);
  CHECK(c.guesses[0].path == "life.hazard");
  REQUIRE(c.stated.size() == 1);
  REQUIRE(c.one_sided.size() == 1);
  CHECK(c.one_sided[0].path == "life.gift");
}

TEST_CASE("a cube without fields and levers says that it does not know what it rests on") {
  const Folder folder;
  Invented all = comparable(1, 2, People::redrawn, marked);
  all.info.assumptions.clear();
  all.info.levers.clear();
  write(all, folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  CHECK(cube.assumptions().empty());
  CHECK(cube.levers().empty());
  CHECK_FALSE(compare(output::input_of({&cube}), all_of({"gain"})).provenance_known);
}

TEST_CASE("years end where the horizon ends too, and all at last") {
  using Ends = std::vector<std::size_t>;
  CHECK(output::ends_of_years(36, 36, 96) == Ends{12, 24, 36, 48, 60, 96});
  CHECK(output::ends_of_years(13, 0, 13) == Ends{12, 13});
  CHECK(output::ends_of_years(6, 12, 42) == Ends{6, 42});
  CHECK(output::ends_of_years(12, 13, 49) == Ends{12, 24, 49});
}

TEST_CASE("ahead is who has gained most by then, and the baseline where nobody has gained") {
  output::OverTime all{{12, 24}, {}};
  for (const auto& [scenario, policy, first, second] :
       {std::tuple{0, 1, -5.0, 2.0}, {0, 2, -1.0, 1.0}, {1, 1, 9.0, -9.0}, {1, 2, -1.0, -1.0}})
    all.arms.push_back({static_cast<std::size_t>(scenario),
                        static_cast<std::size_t>(policy),
                        {{.mean = first}, {.mean = second}},
                        {},
                        {}});
  const output::Question question;
  CHECK_FALSE(output::leader_at(all, question, 0, 0));
  CHECK(output::leader_at(all, question, 1, 1) == 0U);
  CHECK(output::leader_at(all, question, 3, 0) == 2U);
  CHECK_FALSE(output::leader_at(all, question, 2, 1));
  CHECK(output::leads_clearly(all, question, 2, 0));  // half widths are 0 here
  all.arms[1].sums[0].half_width = 2;
  CHECK_FALSE(output::leads_clearly(all, question, 0, 0));
  all.arms[0].sums[1].half_width = output::not_known;
  CHECK_FALSE(output::leads_clearly(all, question, 1, 1));
  CHECK(output::leads_clearly(all, question, 3, 0));
}

}  // namespace clientele::tests
