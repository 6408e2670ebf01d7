// A cube from records is the cube from memory; and a cube gives way only to one that holds all its cells.
#include <functional>

#include "output/cube/identity.hpp"
#include "output/cube/reader.hpp"
#include "output/records/sink.hpp"
#include "tests/output/folder.hpp"
#include "tests/output/invented.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using output::Existing;
using output::OutcomesInRecords;
using output::Records;
using output::RecordsSink;
using output::Standing;

namespace {

void record(const Invented& all, const std::filesystem::path& directory, Records& records) {
  RecordsSink sink(directory, records, all.details.keys, all.info);
  for (auto at = all.outcomes.rbegin(); at != all.outcomes.rend(); ++at) sink.accept(sim::CellOutcome(at->second));
}

/// The keys that follow from parts that are named so.
void key(Invented& all) {
  output::StatedParts parts{"world", {}, {}};
  for (const sim::Scenario& scenario : all.study.scenarios) parts.scenarios.push_back("s " + scenario.name);
  for (const sim::Policy& policy : all.study.policies) parts.policies.push_back("p " + policy.name);
  all.details.keys =
      output::keys_of(parts, all.study, all.info, all.details.model_version, all.details.parameter_values);
}

}  // namespace

TEST_CASE("records in any order give the bytes that outcomes in memory give") {
  const Folder folder;
  const Invented all = invented();
  std::filesystem::create_directory(folder / "run");
  Records records(folder / "run");
  record(all, folder / "run", records);
  write(all, folder / "memory.nc");
  const OutcomesInRecords source(records, all.details.keys, all.info);
  output::write_cube(folder / "records.nc", Existing::refuse, all.study, all.info, source, all.details,
                     *sim::make_team(sim::Engine::threads, 3));
  CHECK(bytes_of(folder / "records.nc") == bytes_of(folder / "memory.nc"));
  CHECK(output::CubeReader(folder / "records.nc").text("data_hash") == output::data_hash(all.outcomes));
}

TEST_CASE("the making of a cube can be stopped, and leaves nothing") {
  const Folder folder;
  const Invented all = invented();
  std::stop_source stop;
  stop.request_stop();
  const output::OutcomesInMemory source(all.outcomes);
  sim::Exit status = sim::Exit::done;
  try {
    output::write_cube(folder / "a.nc", Existing::refuse, all.study, all.info, source, all.details,
                       *sim::make_team(sim::Engine::threads, 1), stop.get_token());
  } catch (const sim::UserError& error) {
    status = error.status();
  }
  CHECK(status == sim::Exit::stopped_early);
  CHECK(folder.names().empty());
}

TEST_CASE("a cube is the same, smaller, or another study's") {
  const Folder folder;
  Invented all = invented();
  key(all);
  const auto path = folder / "a.nc";
  std::string why;
  const auto standing = [&](const Invented& asked) {
    return output::standing_of(path, asked.study, asked.info, asked.details, why);
  };
  CHECK(standing(all) == Standing::absent);
  write(all, path);
  CHECK(standing(all) == Standing::same);

  struct Edit {
    const char* name;
    std::function<void(Invented&)> act;
    Standing expected;
  };
  const std::vector<Edit> edits{
      {"another title", [](Invented& a) { a.study.title = "Other"; }, Standing::same_cells},
      {"another comment in the text", [](Invented& a) { a.study.text += "#"; }, Standing::same_cells},
      {"another formula", [](Invented& a) { a.info.kpis[0].parameter = 0.02; }, Standing::same_cells},
      {"more replications", [](Invented& a) { ++a.study.replications; }, Standing::smaller},
      {"fewer replications", [](Invented& a) { --a.study.replications; }, Standing::foreign},
      {"one more policy", [](Invented& a) { a.study.policies.push_back(invented_policy("new", {"x"})); },
       Standing::smaller},
      {"policies in another order", [](Invented& a) { std::swap(a.study.policies[1], a.study.policies[2]); },
       Standing::same_cells},
      {"one policy less", [](Invented& a) { a.study.policies.pop_back(); }, Standing::foreign},
      {"a renamed scenario", [](Invented& a) { a.study.scenarios[1].name = "slump"; }, Standing::foreign},
      {"a draw more",
       [](Invented& a) {
         ++a.study.draws;
         a.details.parameter_values.push_back({0.5, 0.5});
       },
       Standing::smaller},
      {"a draw with other values", [](Invented& a) { a.details.parameter_values[1][0] = 0.03; }, Standing::foreign},
      {"another model", [](Invented& a) { a.details.model_version = "2"; }, Standing::foreign},
  };
  for (const Edit& edit : edits) {
    Invented edited = all;
    edit.act(edited);
    key(edited);
    INFO(edit.name << ": " << why);
    CHECK(standing(edited) == edit.expected);
  }
  Invented others = all;
  others.details.keys.policies[0] = others.details.keys.policies[2] = "another";
  standing(others);
  CHECK(why == "its policies \"today\", \"platine \xe2\x98\x85\" differ from the study's");
  others = all;
  others.study.policies.pop_back();
  others.study.scenarios[1].name = "slump";
  key(others);
  others.details.keys.policies[1] = "another";
  standing(others);
  CHECK(why ==
        "its scenario \"recession \xe2\x80\x94 mild\" is not in the study; its policy \"spend\" differs from the "
        "study's; its policy \"platine \xe2\x98\x85\" is not in the study");
  others = all;
  others.details.keys.world = others.details.keys.policies[0] = "another";
  standing(others);
  CHECK_THAT(why, contains("the policy of the warm-up); its policy \"today\" differs from the study's"));
  others = all;
  others.details.keys.draws[0] = "another";
  standing(others);
  CHECK(why == "it holds a draw that the study no longer asks for");
  Invented later = all;
  later.details.model_version = "2";
  key(later);
  standing(later);
  CHECK(why.starts_with("it was made by model 1.0-invented, now 2"));
}

TEST_CASE("a cube that is damaged, incomplete or without keys is not replaced unasked") {
  const Folder folder;
  std::string why;
  Invented all = invented();
  key(all);
  const auto standing = [&](const char* name) {
    return output::standing_of(folder / name, all.study, all.info, all.details, why);
  };
  write(all, folder / "damaged.nc");
  std::string bytes = bytes_of(folder / "damaged.nc");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  std::ofstream(folder / "damaged.nc", std::ios::binary) << bytes;
  CHECK(standing("damaged.nc") == Standing::foreign);
  CHECK_THAT(why, contains("damaged"));

  std::ofstream(folder / "text.nc") << "thesis\n";
  CHECK(standing("text.nc") == Standing::foreign);

  Invented keyless = all;
  keyless.details.keys = {};
  write(keyless, folder / "keyless.nc");
  CHECK(standing("keyless.nc") == Standing::foreign);

  Invented incomplete = all;
  incomplete.outcomes.erase(unfinished);
  write(incomplete, folder / "incomplete.nc");
  CHECK(standing("incomplete.nc") == Standing::smaller);
}

}  // namespace clientele::tests
