// Names become places in a cube, and a cube that lacks what a comparison needs says what that is.
#include "tools/clientele/compare/question.hpp"

#include "tests/output/comparable.hpp"
#include "tests/output/folder.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using output::CubeReader;
using output::input_of;
using output::Question;
using tools::Asked;
using tools::question_of;

namespace {

std::int64_t nothing(const sim::Cell&) { return 0; }

/// The message, or "" where the question can be asked; checks the status.
std::string refusal(const Asked& asked, const Invented& all, sim::Exit status) {
  const Folder folder;
  write(all, folder / "a.nc");
  try {
    const CubeReader cube(folder / "a.nc");
    question_of(asked, input_of({&cube}));
  } catch (const sim::UserError& mistake) {
    CHECK(mistake.status() == status);
    return mistake.what();
  }
  return "";
}

Question question(const Asked& asked) {
  const Folder folder;
  write(comparable(1, 2, sim::People::redrawn, nothing), folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  return question_of(asked, input_of({&cube}));
}

}  // namespace

TEST_CASE("without words, all policies are compared with the study's baseline in its headline") {
  const Question asked = question({});
  CHECK(asked.baseline == 1);
  CHECK(asked.policies == std::vector<std::size_t>{0, 1, 2});
  CHECK(asked.scenarios == std::vector<std::size_t>{0, 1});
  CHECK(asked.kpis == std::vector<std::string>{"gain"});
  CHECK(asked.beside == std::vector<std::string>{"loss", "gain_each"});
}

TEST_CASE("a selection keeps the baseline, in the order of the cube") {
  const Question asked = question({"last", {}, {"first"}, {"storm"}, {"loss", "gain", "loss"}});
  CHECK(asked.baseline == 2);
  CHECK(asked.policies == std::vector<std::size_t>{0, 2});
  CHECK(asked.scenarios == std::vector<std::size_t>{1});
  CHECK(asked.kpis == std::vector<std::string>{"loss", "gain"});
  CHECK(asked.beside.empty());
  CHECK(question({{}, {}, {}, {}, {"all"}}).kpis.size() == 3);
  CHECK(question({{}, {}, {}, {}, {"loss", "all"}}).kpis == question({{}, {}, {}, {}, {"all"}}).kpis);
}

TEST_CASE("across scenarios the first scenario is the baseline, and a policy may stand alone") {
  const Question asked = question({{}, "scenarios", {"last"}, {}, {}});
  CHECK(asked.across == Question::Across::scenarios);
  CHECK(asked.baseline == 0);
  CHECK(asked.policies == std::vector<std::size_t>{2});
  CHECK(question({"storm", "scenarios", {}, {"calm"}, {}}).scenarios == std::vector<std::size_t>{0, 1});
}

TEST_CASE("an unknown name is a mistake of usage, with the nearest name") {
  const Invented all = comparable(1, 2, sim::People::redrawn, nothing);
  const auto usage = [&](const Asked& asked) { return refusal(asked, all, sim::Exit::usage); };
  CHECK_THAT(usage({{}, {}, {"frist"}, {}, {}}), contains("Did you mean \"first\"?"));
  CHECK_THAT(usage({"nobody", {}, {}, {}, {}}),
             contains("no policy \"nobody\" (it has \"first\", \"middle\", \"last\")"));
  CHECK_THAT(usage({{}, {}, {}, {"strom"}, {}}), contains("no scenario \"strom\""));
  CHECK_THAT(usage({{}, {}, {}, {}, {"gian"}}), contains("Did you mean \"gain\"?"));
  CHECK_THAT(usage({{}, "policys", {}, {}, {}}), contains("Did you mean policies?"));
}

TEST_CASE("a cube that was selected without the headline or without KPIs says so") {
  Invented all = comparable(1, 2, sim::People::redrawn, nothing);
  all.study.headline = "customer_equity";
  CHECK_THAT(refusal({}, all, sim::Exit::bad_data), contains("headline, \"customer_equity\" (it has \"gain\""));
  CHECK(refusal({{}, {}, {}, {}, {"loss"}}, all, sim::Exit::bad_data).empty());
  all.info.kpis.clear();
  CHECK_THAT(refusal({}, all, sim::Exit::bad_data), contains("holds no KPI"));
}

TEST_CASE("one policy alone, or the baseline alone, is asked for its levels") {
  Invented all = comparable(1, 2, sim::People::redrawn, nothing);
  CHECK(question({{}, {}, {"middle"}, {}, {}}).policies == std::vector<std::size_t>{1});
  CHECK(question({{}, "scenarios", {}, {"calm"}, {}}).scenarios == std::vector<std::size_t>{0});
  all.study.policies.resize(1);
  all.study.baseline = 0;
  std::erase_if(all.outcomes, [](const auto& o) { return o.first.policy > 0; });
  CHECK(refusal({}, all, sim::Exit::bad_data).empty());
  CHECK_THAT(refusal({{}, {}, {}, {}, {"all", "gian"}}, all, sim::Exit::usage), contains("Did you mean \"gain\"?"));
}

TEST_CASE("quantiles are numbers between 0 and 1, each once, in their order") {
  CHECK(question({}).quantiles == std::vector<double>{0.05, 0.5, 0.95});
  CHECK(question({{}, {}, {}, {}, {}, "0.95,0.5,0.95"}).quantiles == std::vector<double>{0.5, 0.95});
  const Invented all = comparable(1, 2, sim::People::redrawn, nothing);
  const auto usage = [&](const std::string& text) {
    return refusal({{}, {}, {}, {}, {}, text}, all, sim::Exit::usage);
  };
  CHECK_THAT(usage("0.5,95"), contains("\"95\" is no number between 0 and 1. Did you mean 0.95?"));
  CHECK_THAT(usage("half"), contains("\"half\" is no number between 0 and 1. Expected"));
  CHECK_THAT(usage(""), contains("is empty"));
}

}  // namespace clientele::tests
