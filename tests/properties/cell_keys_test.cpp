// Which edits of a study change which cells' keys, and proof that equal keys mean equal numbers.
#include <fstream>
#include <functional>
#include <map>
#include <set>

#include "models/catalogue.hpp"
#include "output/records/record.hpp"
#include "scenarios/part_digests.hpp"
#include "scenarios/point_reader.hpp"
#include "scenarios/study_reader.hpp"
#include "sim/core/printable.hpp"
#include "sim/draws.hpp"
#include "sim/plan.hpp"
#include "tests/output/folder.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using output::CellKey;
using output::StudyKeys;

namespace {

const std::string text = R"(seed = 7
title = "Keys"
[horizon]
months = 5
warmup = 3
[population]
customers = 90
[[population.group]]
name = "workshop"
share = 0.7
[[population.group]]
name = "chain"
share = 0.3
[[scenario]]
name = "baseline"
[[scenario]]
name = "recession"
shock = [ { driver = "demand", times = 0.9, from = 1 } ]
[[policy]]
name = "today"
segmentation = "everyone"
tier = [ { name = "all" } ]
[[policy]]
name = "ranked"
segmentation = { rule = "rank", review_every = 2, look_back = 3 }
tier = [ { name = "A", share = 0.2, discount = 0.03 }, { name = "B" } ]
[experiment]
people = "redrawn"
replications = 2
)";

const std::string one_more_policy = R"([[policy]]
name = "bands"
segmentation = "spend"
tier = [ { name = "gold", from = 9000 }, { name = "silver", from = 900 }, { name = "rest", terms_days = 45 } ]
)";
const std::string one_more_scenario = R"([[scenario]]
name = "boom"
shock = [ { driver = "demand", times = 1.2, from = 0 } ]
)";
const std::string three_draws = R"([uncertain]
draws = 3
churn.base_hazard = { dist = "uniform", low = 0.01, high = 0.03 }
)";

/// A study as somebody wrote it, and what its cells are keyed by.
struct Asked {
  sim::Study study;
  sim::OutcomeInfo info;
  StudyKeys keys;
};

Asked asked_of(sim::Study study, const std::string& model_version = "1") {
  const sim::Catalogue catalogue = models::catalogue();
  Asked all;
  all.study = std::move(study);
  all.info = sim::Plan(all.study, catalogue).info();
  std::vector<std::vector<double>> values;
  for (std::uint32_t draw = 0; draw < all.study.draws; ++draw) values.push_back(sim::drawn_values(all.study, draw));
  const auto parts = scenarios::part_digests_of(all.study, catalogue);
  all.keys =
      output::keys_of({parts.world, parts.scenarios, parts.policies}, all.study, all.info, model_version, values);
  return all;
}

Asked asked(const std::string& written, const std::string& model_version = "1") {
  return asked_of(scenarios::read_study_text(written, "keys.toml", ".", models::catalogue()).study, model_version);
}

/// "recession/ranked/d0/r1": what a cell is called, wherever it stands in its study.
std::map<std::string, CellKey> keys_by_name(const Asked& all) {
  std::map<std::string, CellKey> keys;
  for (const sim::Cell& cell : sim::all_cells(all.study))
    keys[all.study.scenarios[cell.scenario].name + "/" + all.study.policies[cell.policy].name + "/d" +
         std::to_string(cell.draw) + "/r" + std::to_string(cell.replication)] = key_of(all.keys, cell);
  return keys;
}

std::map<CellKey, std::string> lived(const Asked& all) {
  sim::MemorySink sink;
  sim::RunOptions options;
  options.threads = 1;
  sim::Plan(all.study, models::catalogue()).run(sim::all_cells(all.study), sink, options);
  std::map<CellKey, std::string> records;
  for (const auto& [cell, outcome] : sink.outcomes()) {
    const CellKey key = key_of(all.keys, cell);
    records[key] = output::record_of(key, outcome, all.info);
  }
  return records;
}

std::string with(std::string written, const std::string& old, const std::string& now) {
  const std::size_t at = written.find(old);
  REQUIRE(at != std::string::npos);
  return written.replace(at, old.size(), now);
}

/// `which` names the cells whose keys an edit is to change: all, none, or those with a part of that name.
void expect_changes(const std::string& before, const std::string& after, const std::string& which,
                    const std::string& or_which = "-", const std::string& or_those = "-") {
  const Asked old_one = asked(before), new_one = asked(after);
  const auto olds = keys_by_name(old_one), news = keys_by_name(new_one);
  std::size_t compared = 0;
  for (const auto& [name, key] : olds) {
    const auto now = news.find(name);
    if (now == news.end()) continue;
    const bool changes = which == "all" || name.find(which) != std::string::npos ||
                         name.find(or_which) != std::string::npos || name.find(or_those) != std::string::npos;
    INFO(name << " in\n" << after);
    CHECK((now->second != key) == changes);
    ++compared;
  }
  CHECK(compared > 0);
  const auto olds_lived = lived(old_one), news_lived = lived(new_one);
  for (const auto& [key, record] : olds_lived)
    if (const auto now = news_lived.find(key); now != news_lived.end()) CHECK(now->second == record);
}

}  // namespace

TEST_CASE("cells of a study have keys of their own") {
  const Asked all = asked(text + one_more_policy + one_more_scenario + three_draws);
  std::set<CellKey> keys;
  for (const auto& [name, key] : keys_by_name(all)) keys.insert(key);
  CHECK(keys.size() == sim::all_cells(all.study).size());
}

TEST_CASE("what is counted beside the metrics is part of what a cell is") {
  expect_changes(text, text + "[count]\nhistograms = [1, 4]\n", "all");
  expect_changes(text, text + "[count]\nclasses = true\n", "all");
  expect_changes(text, text + "[count]\nclasses = false\n", "none");
  expect_changes(text + "[count]\nhistograms = [1, 4]\n", text + "[count]\nhistograms = [4, 1]\n", "none");
}

TEST_CASE("portions of a cell have keys of their own") {
  const Asked all = asked(text);
  std::set<CellKey> keys;
  std::size_t count = 0;
  for (const auto& [name, key] : keys_by_name(all)) {
    keys.insert(key), ++count;
    for (const auto of : {sim::Portion::Of::base, sim::Portion::Of::arrivals})
      for (const std::int64_t begin : {-12, 0, 12})
        for (const std::int64_t end : {13, 14}) keys.insert(key_of(key, {of, begin, end})), ++count;
  }
  CHECK(keys.size() == count);
}

TEST_CASE("what adds cells or words changes no cell that was there") {
  expect_changes(text, with(text, "Keys", "Other"), "none");
  expect_changes(text, "question = \"why?\"\ncurrency = \"USD\"\n# a remark\n" + text, "none");
  expect_changes(text, with(text, "replications = 2", "replications = 3"), "none");
  expect_changes(text, text + one_more_policy, "none");
  expect_changes(text, with(text, "[[policy]]", one_more_policy + "[[policy]]") + "baseline = \"today\"\n", "none");
  expect_changes(text, text + one_more_scenario, "none");
  expect_changes(text, with(text, "[[scenario]]", one_more_scenario + "[[scenario]]"), "none");
  expect_changes(text + three_draws, text + with(three_draws, "draws = 3", "draws = 5"), "none");
}

TEST_CASE("what changes one scenario or policy changes its cells only") {
  expect_changes(text, with(text, "times = 0.9", "times = 0.8"), "recession/");
  expect_changes(text, with(text, "from = 1 }", "from = 1, ramp = 2 }"), "recession/");
  expect_changes(text, with(text, "from = 1 }", "from = 1, group = \"chain\" }"), "recession/");
  expect_changes(text,
                 with(text, "name = \"baseline\"",
                      "name = \"baseline\"\nshock = [ { driver = \"demand\", times = "
                      "0.5, from = 0 } ]"),
                 "baseline/");
  expect_changes(text, with(text, "share = 0.2", "share = 0.3"), "/ranked/");
  expect_changes(text, with(text, "discount = 0.03", "discount = 0.02"), "/ranked/");
  expect_changes(text, with(text, "review_every = 2", "review_every = 1"), "/ranked/");
  expect_changes(text, with(text, "name = \"B\"", "name = \"rest\""), "/ranked/");
}

TEST_CASE(
    "a policy by gains reads the first scenario and what is called a gain, in all of its cells, and so does who is "
    "held against it") {
  const std::string gains = with(text, "[experiment]",
                                 R"([[policy]]
name = "best"
segmentation = "best_response"
tier = [ { name = "A", share = 0.2, terms_days = 60 }, { name = "B" } ]
[experiment]
)");
  const std::string shocked = with(gains, "name = \"baseline\"",
                                   "name = \"baseline\"\nshock = [ { driver = \"demand\", times = 0.5, from = 0 } ]");
  expect_changes(gains, shocked, "baseline/", "/best/", "/ranked/");
  expect_changes(gains, with(gains, "times = 0.9", "times = 0.8"), "recession/");
  expect_changes(gains, gains + "headline = \"revenue\"\n", "/best/", "/ranked/");
  expect_changes(gains, gains + "headline = \"npv\"\n", "none");
  expect_changes(gains, with(gains, "discount = 0.03", "discount = 0.02"), "/ranked/");
  expect_changes(gains, with(gains, "terms_days = 60", "terms_days = 50"), "/best/", "/ranked/");
  expect_changes(gains, text, "all");  // no policy is held against one: nothing more is counted
  const std::string of_three = with(gains, "{ name = \"A\", share = 0.2, terms_days = 60 }",
                                    "{ name = \"A\", share = 0.1, terms_days = 60 }, { name = \"M\", share = 0.1 }");
  expect_changes(of_three, text, "none");
}

TEST_CASE("the policy of a warm-up belongs to every cell; without a warm-up it is a policy like others") {
  const std::string generous = with(text, "name = \"all\"", "name = \"all\", discount = 0.01");
  expect_changes(text, generous, "all");
  expect_changes(text, text + "baseline = \"ranked\"\n", "all");
  const auto cold = [](const std::string& written) { return with(written, "warmup = 3", "warmup = 0"); };
  expect_changes(cold(text), cold(generous), "/today/");
  expect_changes(cold(text), cold(text) + "baseline = \"ranked\"\n", "none");
}

TEST_CASE("a policy that rolls out reads the baseline: an edit of that is an edit of both") {
  const auto rolls = [](const std::string& step) {
    return with(with(text, "warmup = 3", "warmup = 0"), "name = \"ranked\"\n",
                "name = \"ranked\"\nrollout = [ { " + step + " } ]\n");
  };
  const std::string half = rolls("month = 2, share = 0.5");
  const std::string generous = with(half, "name = \"all\"", "name = \"all\", discount = 0.01");
  expect_changes(half, generous, "/");
  expect_changes(half + one_more_policy, generous + one_more_policy, "/ranked/", "/today/");
  expect_changes(half, rolls("month = 3, share = 0.5"), "/ranked/");
  // Not what its tiers get alone, but whom it puts into them.
  const std::string banded = with(half + one_more_policy, "[experiment]", "[experiment]\nbaseline = \"bands\"");
  expect_changes(banded, with(banded, "from = 9000", "from = 8000"), "/ranked/", "/bands/");
  expect_changes(half, rolls("month = 2, share = 0.6"), "/ranked/");
  expect_changes(half, rolls("month = 2, group = \"chain\""), "/ranked/");
  expect_changes(half + one_more_policy,
                 with(half + one_more_policy, "[experiment]", "[experiment]\nbaseline = \"bands\""), "/ranked/");
}

TEST_CASE(
    "policies that keep another's tiers are that one's: an edit of it is an edit of them, and they change no other") {
  const std::string why = text + "why = true\n";
  CHECK(keys_by_name(asked(why)).size() == 3 * keys_by_name(asked(text)).size());
  CHECK(asked(why).study.digest != asked(text).study.digest);
  expect_changes(text, why, "none");
  expect_changes(why, with(why, "share = 0.2", "share = 0.3"), "/ranked");
  expect_changes(why, with(why, "discount = 0.03", "discount = 0.02"), "/ranked");
  expect_changes(why, with(why, "look_back = 3", "look_back = 2"), "/ranked");
  expect_changes(why,
                 with(why, "name = \"ranked\"\n", "name = \"ranked\"\nsettings = { administration.per_month = 5 }\n"),
                 "/ranked");
  expect_changes(why, why + one_more_policy, "none");
}

TEST_CASE("a cell that is put together of two policies' is as much the baseline's as its twin's") {
  const std::string three =
      with(with(text, "warmup = 3", "warmup = 0"), "[experiment]", one_more_policy + "[experiment]");
  const std::string why = three + "why = true\n";
  const std::string generous = with(why, "name = \"all\"", "name = \"all\", discount = 0.01");
  expect_changes(why, generous, "/today/", ", shared");
  expect_changes(why, with(why, "discount = 0.03", "discount = 0.02"), "/ranked");
  expect_changes(why, with(why, "terms_days = 45", "terms_days = 46"), "/bands");
  expect_changes(why, why + "baseline = \"bands\"\n", "/ranked, shared");
}

TEST_CASE("what all cells share changes all of them") {
  const std::vector<std::pair<std::string, std::string>> edits{
      {"seed = 7", "seed = 8"},
      {"seed = 7", "seed = 7\nmoney_quantum = 0.1"},
      {"months = 5", "months = 6"},
      {"months = 5", "months = 5\nstart = 2027-02-01"},
      {"months = 5", "months = 5\nrun_off = 2"},
      {"warmup = 3", "warmup = 2"},
      {"customers = 90", "customers = 91"},
      {"customers = 90", "customers = 90\noldest = 60"},
      {"name = \"workshop\"\nshare = 0.7\n[[population.group]]\nname = \"chain\"\nshare = 0.3",
       "name = \"workshop\"\nshare = 0.6\n[[population.group]]\nname = \"chain\"\nshare = 0.4"},
      {"name = \"chain\"\nshare = 0.3", "name = \"chain\"\nshare = 0.3\npurchasing.orders_per_month.mean = 5.0"},
      {"[[scenario]]", "[payment]\nterms_days = 45\n[[scenario]]"},
      {"people = \"redrawn\"", "people = \"paired\""},
      {"customers = 90", "customers = 90\narrivals = 3"},
      {"share = 0.7\n[[population.group]]\nname = \"chain\"",
       "share = 0.7\narrivals = 4\n[[population.group]]\narrivals = 2\nname = \"chain\""},
  };
  for (const auto& [before, after] : edits) expect_changes(text, with(text, before, after), "all");
  expect_changes(text + three_draws, text + with(three_draws, "low = 0.01", "low = 0.02"), "all");
  expect_changes(text, text + three_draws, "all");
}

TEST_CASE("a point of a sweep has the cells of the plain study with options") {
  const sim::Catalogue catalogue = models::catalogue();
  const auto read = [&](const std::string& written, const std::vector<scenarios::Override>& options = {}) {
    return scenarios::read_study_text(written, "keys.toml", ".", catalogue, options);
  };
  const scenarios::StudyReading stated =
      read(text +
           "[sweep.zip]\npayment.terms_days = [30, 45]\npolicy.ranked.tier.A.discount = [0.03, 0.05]\n"
           "purchasing.orders_per_month.mean = [2, 3]\n");
  const scenarios::PointReader points(stated, catalogue);
  REQUIRE(stated.sweep.points.size() == 2);
  for (std::size_t p = 0; p < 2; ++p) {
    const Asked point = asked_of(points.study(p)), plain = asked_of(read(text, overrides_of(stated.sweep, p)).study);
    CHECK(keys_by_name(point) == keys_by_name(plain));
    CHECK(lived(point) == lived(plain));
  }
  CHECK(keys_by_name(asked_of(stated.study)) == keys_by_name(asked(text)));
}

TEST_CASE("draws that a file gives are the cells of the laws that would have drawn them") {
  const std::string laws = three_draws + "purchasing.elasticity = { dist = \"normal\", mean = -1, sd = 0.1 }\n";
  const Asked drawn = asked(text + laws);
  const Folder folder;
  {
    std::ofstream csv(folder / "posterior.csv");
    csv << "purchasing.elasticity,churn.base_hazard\n";
    for (std::uint32_t d = 0; d < 3; ++d) {
      std::map<std::string, double> values;
      for (std::size_t u = 0; u < 2; ++u) values[drawn.study.uncertain[u].path] = sim::drawn_values(drawn.study, d)[u];
      csv << sim::shortest_text(values.at("purchasing.elasticity")) << ","
          << sim::shortest_text(values.at("churn.base_hazard")) << "\n";
    }
  }
  const Asked read = asked_of(scenarios::read_study_text(text + "[uncertain]\nfile = \"posterior.csv\"\n", "keys.toml",
                                                         folder.path(), models::catalogue())
                                  .study);
  REQUIRE(read.study.draws == 3);
  CHECK(keys_by_name(read) == keys_by_name(drawn));
  CHECK(lived(read) == lived(drawn));
  const auto told = [](const Asked& all) {
    for (const sim::Assumption& field : all.info.assumptions)
      if (field.path == "churn.base_hazard") return field.value;
    return std::string();
  };
  CHECK_THAT(told(read), contains("as drawn in posterior.csv (3 rows, "));
}

TEST_CASE("another model or another count makes other cells") {
  const Asked one = asked(text), two = asked(text, "2");
  CHECK(one.keys.world != two.keys.world);
  const auto world_of = [&](const sim::OutcomeInfo& info) {
    return output::keys_of({"w", one.keys.scenarios, one.keys.policies}, one.study, info, "1", {}).world;
  };
  sim::OutcomeInfo more = one.info;
  more.metrics.push_back({"complaints", "complaints", sim::MetricUnit::count, 1});
  sim::OutcomeInfo binned = one.info;
  binned.histograms.push_back({"value", "value", sim::MetricUnit::money, {-1}});
  sim::OutcomeInfo wider = one.info;
  ++wider.tiers;
  CHECK(world_of(more) != world_of(one.info));
  CHECK(world_of(binned) != world_of(one.info));
  CHECK(world_of(wider) == world_of(one.info));
}

}  // namespace clientele::tests
