// Which part a shard is: as it is typed, and as Slurm, HyperQueue and Flux number their tasks.
#include "tools/clientele/shard.hpp"

#include <map>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tools {
namespace {

using tests::contains;
using Variables = std::map<std::string, std::string>;

Environment environment_of(const Variables& variables) {
  return [&variables](const std::string& name) {
    const auto found = variables.find(name);
    return found == variables.end() ? "" : found->second;
  };
}

Variables slurm(int id, int first, int last, int count, int step = 1) {
  return {{"SLURM_ARRAY_JOB_ID", "77"},
          {"SLURM_ARRAY_TASK_ID", std::to_string(id)},
          {"SLURM_ARRAY_TASK_MIN", std::to_string(first)},
          {"SLURM_ARRAY_TASK_MAX", std::to_string(last)},
          {"SLURM_ARRAY_TASK_COUNT", std::to_string(count)},
          {"SLURM_ARRAY_TASK_STEP", std::to_string(step)}};
}

std::string part_of(const std::string& text, const Variables& variables = {}) {
  return shard_of(text, environment_of(variables)).in_words();
}

std::string refusal_of(const std::string& text, const Variables& variables = {}) {
  try {
    return "taken for " + part_of(text, variables);
  } catch (const sim::UserError& error) {
    REQUIRE(error.status() == sim::Exit::usage);
    return error.what();
  }
}

}  // namespace

TEST_CASE("shards are counted from 1, shares from 0") {
  const Shard shard = shard_of("3/40", environment_of({}));
  CHECK(shard.share().number == 2);
  CHECK(shard.share().of == 40);
  CHECK_FALSE(shard.is_counted);
  CHECK(part_of("1/1") == "1/1");
}

TEST_CASE("half a part and no part are refused with the nearest right thing") {
  CHECK_THAT(refusal_of("3"), contains("does not say of how many. Expected: 3/40"));
  for (const char* text :
       {"", "/", "3/", "/40", "3 of 40", "3/40/2", "x/3", "-1/3", "3/4x", "0x1/3", "Auto", "auto/", "3.0/4"})
    CHECK_THAT(refusal_of(text), contains("is no part of a study. Expected: 3/40"));
  CHECK_THAT(refusal_of("0/3"), contains("counted from 1 (1/3 to 3/3). Did you mean 1/3?"));
  CHECK_THAT(refusal_of("4/3"), contains("of 3 shards there is no number 4 (they are 1/3 to 3/3). Did you mean 3/4?"));
  CHECK_THAT(refusal_of("2/1"), contains("(they are 1/1)"));
  CHECK_THAT(refusal_of("1/0"), contains("1 to 1,000,000 shards"));
  CHECK_THAT(refusal_of("1/1000001"), contains("1 to 1,000,000 shards"));
}

TEST_CASE("an array of Slurm is counted from wherever its index begins, by whatever step") {
  CHECK(part_of("auto", slurm(0, 0, 39, 40)) == "1/40");
  CHECK(part_of("auto", slurm(39, 0, 39, 40)) == "40/40");
  CHECK(part_of("auto", slurm(1, 1, 40, 40)) == "1/40");
  CHECK(part_of("auto", slurm(10, 2, 18, 5, 4)) == "3/5");
  CHECK(part_of("auto", slurm(7, 7, 7, 1)) == "1/1");
  CHECK(part_of("auto/40", slurm(5, 0, 39, 40)) == "6/40");
  CHECK(shard_of("auto", environment_of(slurm(0, 0, 1, 2))).is_counted);
  CHECK_FALSE(shard_of("auto/2", environment_of(slurm(0, 0, 1, 2))).is_counted);
  Variables without_step = slurm(3, 0, 3, 4);
  without_step.erase("SLURM_ARRAY_TASK_STEP");
  CHECK(part_of("auto", without_step) == "4/4");
}

TEST_CASE("an array with gaps, of another count, or without one is refused") {
  CHECK_THAT(refusal_of("auto", slurm(3, 3, 9, 3)), contains("this array has gaps (3 tasks from 3 to 9)"));
  CHECK_THAT(refusal_of("auto", slurm(9, 0, 3, 4)), contains("this array has gaps"));
  CHECK_THAT(refusal_of("auto/40", slurm(7, 7, 7, 1)), contains("--shard $((SLURM_ARRAY_TASK_ID + 1))/40"));
  Variables half = slurm(3, 0, 3, 4);
  half.erase("SLURM_ARRAY_TASK_COUNT");
  CHECK_THAT(refusal_of("auto", half), contains("SLURM_ARRAY_TASK_COUNT is not set"));
  half = slurm(3, 0, 3, 4);
  half["SLURM_ARRAY_TASK_MAX"] = "many";
  CHECK_THAT(refusal_of("auto", half), contains("SLURM_ARRAY_TASK_MAX is \"many\" where a scheduler sets a number"));
}

TEST_CASE("tasks of HyperQueue and Flux are counted from 0, and somebody says how many there are") {
  CHECK(part_of("auto/40", {{"HQ_TASK_ID", "0"}}) == "1/40");
  CHECK(part_of("auto/40", {{"FLUX_JOB_CC", "39"}}) == "40/40");
  CHECK_THAT(refusal_of("auto", {{"HQ_TASK_ID", "3"}}), contains("--shard auto/N"));
  CHECK_THAT(refusal_of("auto/40", {{"HQ_TASK_ID", "40"}}), contains("Did you mean --shard $HQ_TASK_ID/40"));
}

TEST_CASE("no task, two schedulers' tasks, and tasks of others are told apart") {
  CHECK_THAT(refusal_of("auto"), contains("this is no task of an array"));
  CHECK_THAT(refusal_of("auto/4"), contains("this is no task of an array"));
  Variables both = slurm(0, 0, 3, 4);
  both["HQ_TASK_ID"] = "1";
  CHECK_THAT(refusal_of("auto", both), contains("a task of Slurm and one of HyperQueue at once"));
  CHECK_THAT(refusal_of("auto", {{"PBS_ARRAY_INDEX", "3"}}), contains("--shard $PBS_ARRAY_INDEX/N"));
  CHECK_THAT(refusal_of("auto", {{"SGE_TASK_ID", "undefined"}}), contains("this is no task of an array"));
}

TEST_CASE("a job is called as its scheduler calls it") {
  CHECK(job_of(environment_of(slurm(5, 0, 9, 10))) == "77_5");
  CHECK(job_of(environment_of({{"SLURM_JOB_ID", "9"}})) == "9");
  CHECK(job_of(environment_of({})).empty());
}

}  // namespace clientele::tools
