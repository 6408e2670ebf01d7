// What goes into a cube comes out of it; equal studies give equal bytes; what is damaged is refused.
#include <cmath>
#include <fstream>
#include <limits>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "output/cube/reader.hpp"
#include "output/cube/seal.hpp"
#include "output/cube/writer.hpp"
#include "output/files/held_files.hpp"
#include "output/hdf5/hdf5.hpp"
#include "tests/output/folder.hpp"
#include "tests/output/invented.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using output::CubeReader;
using output::data_hash;
using output::Existing;
using sim::Cell;
using sim::UserError;

namespace {

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

bool same(const std::vector<double>& a, const std::vector<double>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](double x, double y) { return same(x, y); });
}

/// What a cube should say of a metric of one arm, straight from the outcomes.
std::vector<double> expected_metric(const Invented& all, std::size_t m, std::uint32_t scenario, std::uint32_t policy) {
  const double one = all.info.metrics[m].scale * (all.info.metrics[m].unit == sim::MetricUnit::money ? 0.01 : 1.0);
  const std::size_t tiers = all.study.policies[policy].tiers.size(), metrics = all.info.metrics.size();
  std::vector<double> values;
  for (std::uint32_t d = 0; d < 2; ++d)
    for (std::uint32_t r = 0; r < 3; ++r) {
      const auto at = all.outcomes.find({scenario, policy, d, r});
      for (std::size_t place = 0; place < 6 * 4 * 2; ++place) {
        const bool there = at != all.outcomes.end() && place / 2 % 4 < tiers;
        values.push_back(there ? one * static_cast<double>(at->second.counts[place * metrics + m])
                               : std::numeric_limits<double>::quiet_NaN());
      }
    }
  return values;
}

/// The same of moves between tiers.
std::vector<double> expected_flow(const Invented& all, std::uint32_t scenario, std::uint32_t policy) {
  const std::size_t tiers = all.study.policies[policy].tiers.size();
  std::vector<double> values;
  for (std::uint32_t d = 0; d < 2; ++d)
    for (std::uint32_t r = 0; r < 3; ++r) {
      const auto at = all.outcomes.find({scenario, policy, d, r});
      for (std::size_t place = 0; place < 6 * 4 * 4 * 2; ++place) {
        const bool there = at != all.outcomes.end() && place / 2 % 4 < tiers && place / 8 % 4 < tiers;
        values.push_back(there ? static_cast<double>(at->second.flows[place])
                               : std::numeric_limits<double>::quiet_NaN());
      }
    }
  return values;
}

/// All that a reader gives, as one text.
std::string everything(const CubeReader& cube) {
  std::string text = cube.study_text() + cube.text("currency") + cube.text("title");
  const auto add = [&](const std::vector<double>& values) {
    text.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double));
  };
  for (const auto* list : {&cube.axes().scenarios, &cube.axes().policies, &cube.axes().groups, &cube.metrics(),
                           &cube.kpis(), &cube.histograms(), &cube.parameters()})
    for (const std::string& name : *list) text += name + "|";
  for (std::size_t p = 0; p < cube.axes().policies.size(); ++p)
    for (std::size_t k = 0; k < cube.axes().tiers; ++k) text += cube.tier_name(p, k) + "|";
  for (const std::string& name : cube.kpis()) add(cube.kpi(name));
  for (std::size_t s = 0; s < cube.axes().scenarios.size(); ++s)
    for (std::size_t p = 0; p < cube.axes().policies.size(); ++p) {
      for (const std::string& name : cube.metrics()) add(cube.metric(name, s, p));
      for (const std::string& name : cube.series_names()) add(cube.series(name, s, p));
      for (const std::string& name : cube.histograms()) add(cube.histogram(name, s, p).sum);
      add(cube.tier_flow(s, p));
    }
  add(cube.parameter_values());
  return text;
}

void put(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

void seal(const std::filesystem::path& path) {
  const std::string line = output::seal_of(path);
  std::ofstream(path, std::ios::binary | std::ios::app) << line;
}

enum class Reading { same, different, refused, crashed };

/// Reads in a process of its own: HDF5 itself is known to crash on some damaged files.
Reading read_apart(const std::filesystem::path& path, const std::string& expected) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(20);
    try {
      ::_exit(everything(CubeReader(path)) == expected ? 0 : 1);
    } catch (const UserError&) {
      ::_exit(2);
    }
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) > 2) return Reading::crashed;
  return static_cast<Reading>(WEXITSTATUS(status));
}

std::string message_of_reading(const std::filesystem::path& path) {
  try {
    const CubeReader cube(path);
  } catch (const UserError& error) {
    CHECK(error.status() == sim::Exit::bad_data);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("labels, sizes and texts come back") {
  const Folder folder;
  const Invented all = invented();
  write(all, folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  CHECK(cube.axes().scenarios == std::vector<std::string>{"baseline", "recession \xe2\x80\x94 mild", "boom"});
  CHECK(cube.axes().policies == std::vector<std::string>{"today", "spend", "platine \xe2\x98\x85"});
  CHECK(cube.axes().groups == std::vector<std::string>{"workshop", "cha\xc3\xaene"});
  CHECK(cube.axes().draws == 2);
  CHECK(cube.axes().replications == 3);
  CHECK(cube.axes().tiers == 4);
  CHECK(cube.axes().month_starts == std::vector<std::int32_t>{0, 30, 61, 92, 121, 152});  // February 2028 has 29 days
  CHECK(cube.axes().run_off == std::vector<bool>{false, false, false, false, false, true});
  CHECK(cube.metrics() == std::vector<std::string>{"revenue", "orders", "days_late", "nothing"});
  CHECK(cube.kpis() == std::vector<std::string>{"npv", "revenue", "delay", "undefined", "least"});
  CHECK(cube.series_names() == std::vector<std::string>{"revenue_so_far"});
  CHECK(cube.axes().horizon == 5);
  CHECK(cube.histograms() == std::vector<std::string>{"value", "points"});
  CHECK(cube.study_text() == all.study.text);
  CHECK(cube.text("study_digest") == all.study.digest);
  CHECK(cube.text("people") == "paired");
  CHECK(cube.text("luck") == "fresh");
  CHECK(cube.text("data_hash") == data_hash(all.outcomes));
  CHECK(cube.parameters() == std::vector<std::string>{"churn.base_hazard", "purchasing.orders_per_month.mean"});
  CHECK(cube.parameter_values() == std::vector<double>{0.01, 0.02, 2.5, 3.5});
  CHECK(cube.tier_name(1, 0) == "gold");
  CHECK(cube.tier_name(1, 2) == "");
  CHECK(cube.tier_name(2, 3) == "D");
}

TEST_CASE("units and formulas stand beside the numbers") {
  const Folder folder;
  write(invented(), folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  CHECK(cube.metric_text("revenue", "units") == "EUR");
  CHECK(cube.metric_text("orders", "units") == "1");
  CHECK(cube.metric_text("days_late", "units") == "day");
  CHECK(cube.kpi_text("npv", "units") == "EUR");
  CHECK(cube.kpi_text("npv", "formula") == "sum over months t = 0, 1, ... of revenue / (1 + r)^t, r = 0.01");
  CHECK(cube.kpi_text("delay", "formula") == "sum(days_late) / sum(orders)");
  CHECK(cube.kpi_text("delay", "direction") == "lower is better");
  CHECK(cube.kpi_text("least", "formula") == "lowest month of so_far(2 * revenue)");
  CHECK(cube.series_text("revenue_so_far", "formula") == "so_far(2 * revenue)");
  CHECK(cube.series_text("revenue_so_far", "units") == "EUR");
  CHECK(cube.series_text("revenue_so_far", "long_name") == "revenue so far");
  CHECK(cube.kpi_texts("least").series == "revenue_so_far");
  CHECK(cube.kpi_texts("delay").series.empty());
}

TEST_CASE("what a KPI is to an answer stands beside it, and comes back") {
  const Folder folder;
  Invented all = invented();
  sim::KpiInfo& whole = all.info.kpis[0];
  whole.part = sim::KpiPart::whole;
  whole.numerator = whole.beyond = {{"revenue"}};
  whole.balances = whole.balances_beyond = {{"revenue", -0.5}};
  whole.parameter_field = "books.rate";
  all.info.kpis[1].part = sim::KpiPart::spending;
  all.info.kpis[2].month_of = "revenue";
  write(all, folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  const output::KpiTexts words = cube.kpi_texts("npv"), other = cube.kpi_texts("revenue");
  CHECK(words.meaning == "discounted revenue");
  CHECK(words.part == sim::KpiPart::whole);
  REQUIRE(words.flow.size() == 1);
  CHECK(words.flow[0].metric == "revenue");
  CHECK(words.flow[0].weight == 1);
  REQUIRE(words.balance.size() == 1);
  CHECK(words.balance[0].metric == "revenue");
  CHECK(words.balance[0].weight == -0.5);
  CHECK(words.rate_field == "books.rate");
  CHECK(other.part == sim::KpiPart::spending);
  CHECK(other.flow.empty());
  CHECK(cube.kpi_texts("delay").month_of == "revenue");
  CHECK(cube.kpi_texts("delay").part == sim::KpiPart::none);
  CHECK(cube.kpi_texts("undefined").month_of.empty());
}

TEST_CASE("a whole whose months are not treated alike tells no flow that could be summed up by month") {
  sim::KpiInfo whole = invented_kpis()[0];
  whole.part = sim::KpiPart::whole;
  CHECK(output::words_of(whole, "EUR").flow.empty());
  whole.beyond = whole.numerator;
  CHECK(output::words_of(whole, "EUR").flow.size() == 1);
  whole.reach = sim::Reach::half;
  CHECK(output::words_of(whole, "EUR").flow.empty());
}

TEST_CASE("every number of every arm comes back; a tier that a policy lacks and a cell that is not done are missing") {
  const Folder folder;
  Invented all = invented();
  all.outcomes.erase(unfinished);
  write(all, folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  for (std::uint32_t s = 0; s < 3; ++s)
    for (std::uint32_t p = 0; p < 3; ++p)
      for (std::size_t m = 0; m < all.info.metrics.size(); ++m)
        CHECK(same(cube.metric(all.info.metrics[m].name, s, p), expected_metric(all, m, s, p)));
  for (std::uint32_t s = 0; s < 3; ++s)
    for (std::uint32_t p = 0; p < 3; ++p) CHECK(same(cube.tier_flow(s, p), expected_flow(all, s, p)));
  CHECK_FALSE(cube.done(unfinished));
  CHECK(cube.done({2, 1, 1, 1}));
}

TEST_CASE("KPIs of a cube are those of its cells") {
  const Folder folder;
  Invented all = invented();
  all.outcomes.erase(unfinished);
  write(all, folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  for (const sim::KpiInfo& kpi : all.info.kpis) {
    std::vector<double> expected;
    for (std::uint32_t cell = 0; cell < 54; ++cell) {
      const auto at = all.outcomes.find({cell / 18, cell / 6 % 3, cell / 3 % 2, cell % 3});
      expected.push_back(at == all.outcomes.end() ? std::numeric_limits<double>::quiet_NaN()
                                                  : sim::evaluate(kpi, all.info, 0.01, at->second));
    }
    CHECK(same(cube.kpi(kpi.name), expected));
  }
  CHECK(std::isnan(cube.kpi("undefined").front()));
}

TEST_CASE("the months that a KPI looks at come back, one by one and those of the horizon alone") {
  const Folder folder;
  Invented all = invented();
  all.outcomes.erase(unfinished);
  write(all, folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  for (std::uint32_t s = 0; s < 3; ++s)
    for (std::uint32_t p = 0; p < 3; ++p) {
      std::vector<double> expected;
      for (std::uint32_t d = 0; d < 2; ++d)
        for (std::uint32_t r = 0; r < 3; ++r) {
          const auto at = all.outcomes.find({s, p, d, r});
          std::int64_t so_far = 0;  // revenue is metric 0 of four, in 4 x 2 places a month
          for (std::size_t place = 0; place < 5 * 8; ++place) {
            so_far += at == all.outcomes.end() ? 0 : at->second.counts[place * 4];
            if (place % 8 < 7) continue;
            const bool missing = place < 8 || at == all.outcomes.end();
            expected.push_back(missing ? std::numeric_limits<double>::quiet_NaN() : 0.02 * static_cast<double>(so_far));
          }
        }
      const std::vector<double> found = cube.series("revenue_so_far", s, p);
      REQUIRE(found.size() == expected.size());
      for (std::size_t i = 0; i < found.size(); ++i)
        CHECK((std::isnan(expected[i]) ? std::isnan(found[i]) : found[i] == Approx(expected[i]).epsilon(1e-12)));
    }
  CHECK_THROWS_AS(cube.series("revenue", 0, 0), UserError);
}

TEST_CASE("histograms come back by month, group and bin, and tie out with what was counted") {
  const Folder folder;
  const Invented all = invented();
  write(all, folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  const auto value = cube.histogram("value", 1, 2), points = cube.histogram("points", 1, 2);
  const std::size_t bins = value.bins.size();
  CHECK(value.months == std::vector<std::int32_t>{30, 121});  // months 1 and -1 of a horizon of five
  REQUIRE(value.customers.size() == 2 * 3 * 2 * 2 * bins);
  double customers = 0, sum = 0, expected = 0;
  for (std::size_t b = 0; b < bins; ++b) {
    customers += value.customers[(2 * 2 + 1) * bins + b];  // draw 0, replication 1, month 0, group 1
    sum += value.sum[(2 * 2 + 1) * bins + b];
    CHECK(value.lowest[b] <= value.highest[b]);
    if (const double n = value.customers[(2 * 2 + 1) * bins + b]; n > 0) {
      CHECK(value.sum[(2 * 2 + 1) * bins + b] >= n * value.lowest[b] - 1e-6);
      CHECK(value.sum[(2 * 2 + 1) * bins + b] <= n * value.highest[b] + 1e-6);
    }
  }
  for (const sim::HistogramBin& bin : all.outcomes.at({1, 2, 0, 1}).histograms[0][1])
    expected += 0.01 * static_cast<double>(bin.sum);
  CHECK(customers == 20);
  CHECK(sum == Approx(expected));
  CHECK(std::isnan(points.customers[0]));               // month 1 is not one of its months
  CHECK_FALSE(std::isnan(points.customers[2 * bins]));  // the last one is
}

TEST_CASE("equal studies give equal bytes, however long apart") {
  const Folder folder;
  const Invented all = invented();
  write(all, folder / "a.nc");
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // times in a file have a grain of a second
  write(invented(), folder / "b.nc");
  CHECK(bytes_of(folder / "a.nc") == bytes_of(folder / "b.nc"));
}

TEST_CASE("a variable of many chunks comes back whole") {
  const Folder folder;
  Invented all = invented();
  all.info.histograms.clear();
  all.info.months = 2000;
  all.study.horizon.months = 2000;
  all.study.horizon.run_off = 0;
  all.info.run_off = 0;
  all.study.replications = 30;
  all.outcomes.clear();
  for (std::uint32_t r = 0; r < 30; ++r)
    all.outcomes.emplace(Cell{0, 2, 1, r}, invented_outcome(all.study, all.info, {0, 2, 1, r}));
  write(all, folder / "a.nc");
  const std::vector<double> orders = CubeReader(folder / "a.nc").metric("orders", 0, 2);
  const std::size_t of_cell = 2000 * 4 * 2;
  for (std::uint32_t r = 0; r < 30; ++r)
    for (std::size_t place = 0; place < of_cell; ++place)
      if (orders[(30 + r) * of_cell + place] !=
          static_cast<double>(all.outcomes.at({0, 2, 1, r}).counts[place * 4 + 1]))
        FAIL("replication " << r << ", place " << place);
  CHECK(std::isnan(orders[0]));  // draw 0 was not done
}

TEST_CASE("a study without histograms, parameters and finished cells gives a cube too") {
  const Folder folder;
  Invented all = invented();
  all.outcomes.clear();
  all.info.histograms.clear();
  all.details.parameter_values.clear();
  write(all, folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  CHECK(cube.histograms().empty());
  CHECK(cube.parameters().empty());
  CHECK_FALSE(cube.done({0, 0, 0, 0}));
  CHECK(std::isnan(cube.kpi("npv").front()));
}

TEST_CASE("a study without draws has one place on their axis") {
  const Folder folder;
  Invented all = invented();
  all.study.draws = 0;
  all.details.parameter_values = {{}};
  all.details.keys.draws.resize(1);
  std::erase_if(all.outcomes, [](const auto& item) { return item.first.draw > 0; });
  write(all, folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  CHECK(cube.axes().draws == 1);
  CHECK(cube.done({0, 0, 0, 0}));
  CHECK(cube.parameters().empty());
}

TEST_CASE("the hash of the data sees every integer and no format") {
  Invented all = invented();
  const std::string before = data_hash(all.outcomes);
  CHECK(before.size() == 32);
  CHECK(before == data_hash(invented().outcomes));
  all.outcomes.at({1, 1, 1, 1}).counts[7] += 1;
  CHECK(data_hash(all.outcomes) != before);
  all.outcomes.at({1, 1, 1, 1}).counts[7] -= 1;
  all.outcomes.at({0, 0, 0, 0}).histograms[1][1].back().sum += 1;
  CHECK(data_hash(all.outcomes) != before);
  all.outcomes.at({0, 0, 0, 0}).histograms[1][1].back().sum -= 1;
  all.outcomes.at({0, 2, 0, 0}).flows[9] += 1;
  CHECK(data_hash(all.outcomes) != before);
  Invented fewer = invented();
  fewer.outcomes.erase(unfinished);
  CHECK(data_hash(fewer.outcomes) != before);
}

TEST_CASE("the hash of the data is this one, on every machine and with every compiler") {
  CHECK(data_hash(invented().outcomes) == "9abac9cb15410d1452137435967910a5");
}

TEST_CASE("an existing cube is not overwritten, unless it may be replaced") {
  const Folder folder;
  put(folder / "a.nc", "mine");
  CHECK_THROWS_AS(write(invented(), folder / "a.nc"), UserError);
  CHECK(bytes_of(folder / "a.nc") == "mine");
  write(invented(), folder / "a.nc", Existing::replace);
  CHECK(CubeReader(folder / "a.nc").axes().tiers == 4);
}

TEST_CASE("a customer file leaves its name and digest in a cube, and nothing of a customer") {
  const Folder folder;
  Invented all = invented();
  const std::string without = (write(all, folder / "without.nc"), bytes_of(folder / "without.nc"));
  all.study.population.file = sim::CustomerFile{"customers.csv", "feedbeef", {0x123456789ABC}, {0}, {}};
  write(all, folder / "with.nc");
  const std::string with = bytes_of(folder / "with.nc");
  CHECK(CubeReader(folder / "with.nc").text("customer_file_digest") == "feedbeef");
  all.study.population.file->ids = {0xCBA987654321};
  write(all, folder / "other.nc");
  CHECK(bytes_of(folder / "other.nc") == with);
  CHECK(with != without);
}

TEST_CASE("what is no cube is refused with a reason") {
  const Folder folder;
  put(folder / "text", "scenario;policy\nbaseline;today\n");
  CHECK_THAT(message_of_reading(folder / "text"), contains("the seal, is missing"));
  put(folder / "empty", "");
  CHECK_THAT(message_of_reading(folder / "empty"), contains("is no whole cube"));
  {
    output::Hdf5Writer foreign(folder / "foreign");
    foreign.attribute("Conventions", "CF-1.10");
    foreign.close();
  }
  CHECK_THAT(message_of_reading(folder / "foreign"), contains("the seal, is missing"));
  seal(folder / "foreign");
  CHECK_THAT(message_of_reading(folder / "foreign"), contains("attribute \"cube_format\" is not there"));
  {
    output::Hdf5Writer newer(folder / "newer");
    newer.attribute("cube_format", "3.0");
    newer.close();
  }
  seal(folder / "newer");
  CHECK_THAT(message_of_reading(folder / "newer"),
             contains("is of cube format 3.0 (this program reads 1.3 to 1.6, and 2.0 of cubes with points). A later "
                      "clientele reads it."));
  {
    output::Hdf5Writer newer(folder / "named");
    newer.attribute("cube_format", "1.10");
    newer.attribute("readable_by", "clientele 0.7.0 or later");
    newer.close();
  }
  seal(folder / "named");
  CHECK_THAT(message_of_reading(folder / "named"),
             contains("variable \"scenario\" is not there. The file is of cube format 1.10 (this program reads 1.3 to "
                      "1.6, and 2.0 of cubes with points). clientele 0.7.0 or later reads it."));
  {
    output::Hdf5Writer hollow(folder / "hollow");
    hollow.attribute("cube_format", "1.0");
    hollow.close();
  }
  seal(folder / "hollow");
  CHECK_THAT(message_of_reading(folder / "hollow"), contains("variable \"scenario\" is not there"));
  try {
    const CubeReader missing(folder / "missing");
    FAIL("a file that is not there was read");
  } catch (const UserError& error) {
    CHECK(error.status() == sim::Exit::input_output);
  }
}

TEST_CASE("all texts are named as coordinates, and keys stand with the axes that they belong to") {
  const Folder folder;
  write(invented(), folder / "a.nc");
  CHECK(CubeReader(folder / "a.nc").text("coordinates") ==
        "tier_name study_text field_value field_meaning field_mark field_source field_called lever_cost lever_benefit "
        "lever_rests_on");
  const output::Hdf5Reader file(folder / "a.nc");
  CHECK(file.dataset("policy").text_attribute("keys") == "one\ntwo\nfour");
}

TEST_CASE("a cube that another program has open for writing is told so, and one that is read is read") {
  const Folder folder;
  write(invented(), folder / "a.nc");
  CHECK(output::held_by_others(folder / "a.nc") == output::Held::by_nobody);
  const int other = ::open((folder / "a.nc").c_str(), O_RDWR | O_CLOEXEC);
  REQUIRE(::flock(other, LOCK_SH) == 0);
  CHECK(output::held_by_others(folder / "a.nc") == output::Held::for_reading);
  CHECK(CubeReader(folder / "a.nc").axes().tiers == 4);
  REQUIRE(::flock(other, LOCK_EX) == 0);
  CHECK(output::held_by_others(folder / "a.nc") == output::Held::for_writing);
  try {
    const CubeReader cube(folder / "a.nc");
    FAIL("a file was read that another program may change");
  } catch (const UserError& error) {
    CHECK(error.status() == sim::Exit::does_not_fit);
    CHECK_THAT(error.what(), contains("is open for writing in another program"));
  }
  ::close(other);
  CHECK(CubeReader(folder / "a.nc").axes().tiers == 4);
}

TEST_CASE("a name that a cube does not hold is refused") {
  const Folder folder;
  write(invented(), folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  CHECK_THROWS_AS(cube.metric("kpi_npv", 0, 0), UserError);
  CHECK_THROWS_AS(cube.kpi("orders"), UserError);
  CHECK_THROWS_AS(cube.histogram("orders", 0, 0), UserError);
}

TEST_CASE("a cut cube is refused") {
  const Folder folder;
  write(invented(), folder / "a.nc");
  const std::string whole = bytes_of(folder / "a.nc"), expected = everything(CubeReader(folder / "a.nc"));
  for (std::size_t part = 1; part < 20; ++part) {
    put(folder / "cut.nc", whole.substr(0, whole.size() * part / 20));
    CHECK(read_apart(folder / "cut.nc", expected) == Reading::refused);
  }
}

TEST_CASE("a damaged cube is refused, whichever bit it is") {
  const Folder folder;
  write(invented(), folder / "a.nc");
  const std::string whole = bytes_of(folder / "a.nc"), expected = everything(CubeReader(folder / "a.nc"));
  REQUIRE(read_apart(folder / "a.nc", expected) == Reading::same);
  for (std::uint64_t damage = 0; damage < 300; ++damage) {
    std::string bytes = whole;
    const auto place = static_cast<std::uint64_t>(invented_count(damage) + (1 << 22)) * 7919 % bytes.size();
    bytes[place] = static_cast<char>(bytes[place] ^ (1 << damage % 8));
    put(folder / "damaged.nc", bytes);
    const Reading reading = read_apart(folder / "damaged.nc", expected);
    INFO("bit " << damage % 8 << " of byte " << place);
    CHECK(reading == Reading::refused);
  }
}

}  // namespace clientele::tests
