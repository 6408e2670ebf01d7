// A selected cube holds the sums of what the whole cube holds, under the same axes, and the same KPIs.
#include <cmath>
#include <functional>

#include "output/comparison/comparison.hpp"
#include "output/cube/identity.hpp"
#include "output/cube/reader.hpp"
#include "output/cube/size.hpp"
#include "tests/output/folder.hpp"
#include "tests/output/invented.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using output::CubeReader;

namespace {

double sum_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values)
    if (!std::isnan(value)) sum += value;
  return sum;
}

Invented asked(const std::function<void(sim::Output&)>& select) {
  Invented all = invented();
  select(all.study.output);
  all.study.digest = "f" + all.study.digest.substr(1);  // as a reader of studies would have it
  return all;
}

}  // namespace

TEST_CASE("a cube by year holds the sums over each year, and the run-off apart") {
  const Folder folder;
  Invented all = asked([](sim::Output& output) { output.months = sim::MonthsKept::year; });
  write(invented(), folder / "whole.nc");
  write(all, folder / "years.nc");
  const CubeReader whole(folder / "whole.nc"), years(folder / "years.nc");
  CHECK(years.axes().months_summed == std::vector<std::int32_t>{5, 1});
  CHECK(years.axes().run_off == std::vector<bool>{false, true});
  CHECK(years.axes().month_starts == std::vector<std::int32_t>{0, whole.axes().month_starts[5]});
  CHECK(years.metric_text("orders", "cell_methods") == "month: sum");
  const auto months = whole.metric("orders", 1, 2), sums = years.metric("orders", 1, 2);
  const std::size_t of_month = 4 * 2;  // tiers and groups
  for (std::size_t place = 0; place < of_month; ++place) {
    double sum = 0;
    for (std::size_t t = 0; t < 5; ++t) sum += months[t * of_month + place];
    CHECK(sums[place] == sum);
    CHECK(sums[of_month + place] == months[5 * of_month + place]);
  }
}

TEST_CASE("a cube whose groups are summed has one of them, for metrics and histograms") {
  const Folder folder;
  Invented all = asked([](sim::Output& output) {
    output.groups = sim::Output::Groups::summed;
    output.months = sim::MonthsKept::total;
    output.metrics = {"orders", "days_late"};
  });
  all.outcomes.erase(unfinished);
  Invented plain = invented();
  plain.outcomes.erase(unfinished);
  write(plain, folder / "whole.nc");
  write(all, folder / "sums.nc");
  const CubeReader whole(folder / "whole.nc"), sums(folder / "sums.nc");
  CHECK(sums.axes().groups == std::vector<std::string>{"all"});
  CHECK(sums.metrics() == std::vector<std::string>{"orders", "days_late"});
  CHECK(sums.metric_text("orders", "cell_methods") == "month: sum group: sum");
  CHECK(sums.text("data_hash") == whole.text("data_hash"));
  for (std::size_t s = 0; s < 3; ++s)
    for (std::size_t p = 0; p < 3; ++p) {
      for (const std::string& metric : sums.metrics())
        CHECK(sum_of(sums.metric(metric, s, p)) == sum_of(whole.metric(metric, s, p)));
      const auto one = sums.histogram("value", s, p), apart = whole.histogram("value", s, p);
      CHECK(sum_of(one.customers) == sum_of(apart.customers));
      CHECK(sum_of(one.sum) == Approx(sum_of(apart.sum)).epsilon(1e-12));
      const std::size_t bins = one.bins.size();
      for (std::size_t b = 0; b < bins; ++b) CHECK(one.customers[b] == apart.customers[b] + apart.customers[bins + b]);
    }
  CHECK(sums.kpis() == whole.kpis());
  CHECK(sums.kpi("npv")[0] == whole.kpi("npv")[0]);
  CHECK(sums.series_names() == whole.series_names());
  CHECK(sums.axes().horizon == 5);
  CHECK(sums.series("revenue_so_far", 1, 0)[4] == whole.series("revenue_so_far", 1, 0)[4]);
}

TEST_CASE("the size that is told of a cube counts the series of its KPIs") {
  const Invented all = invented();
  sim::OutcomeInfo unnamed = all.info, without = all.info;
  unnamed.kpis.back().monthly->series = "";
  without.kpis.pop_back();
  const std::uint64_t cells = 54, bytes = output::bytes_of_numbers(all.study, all.info);
  CHECK(bytes == output::bytes_of_numbers(all.study, unnamed) + 8 * cells * 5);
  CHECK(bytes == output::bytes_of_numbers(all.study, without) + 8 * cells * (5 + 1 + 2));  // and by group
  CHECK(output::file_sizes(all.study, all.info, all.outcomes, 1).cube >
        output::file_sizes(all.study, unnamed, all.outcomes, 1).cube + 8 * cells * 4);
  CHECK(output::memory_of_writing(all.study, all.info, 1) > output::memory_of_writing(all.study, unnamed, 1));
}

TEST_CASE("the size that is told of a cube counts every number, and those beyond the horizon by their own months") {
  const Invented all = invented();
  const std::uint64_t cells = 54, tiers = 4, groups = 2;
  const std::uint64_t metrics = 4 * 6 * tiers * groups, beyond = 2 * 3 * tiers * groups, kpis = 5, series = 5;
  const std::uint64_t by = 4 * tiers + 5 * groups, flows = (6 + 1) * tiers * tiers * groups, sum = tiers * groups;
  CHECK(output::bytes_of_numbers(all.study, all.info, {"orders"}) ==
        8 * cells * (metrics + beyond + kpis + series + by + flows + sum));
  sim::OutcomeInfo longer = all.info;
  longer.months_beyond += 10;
  const std::uint64_t more = 2 * 10 * tiers * groups, together = 6;  // both metrics; cells that are laid down at once
  CHECK(output::memory_of_writing(all.study, longer, 1) ==
        output::memory_of_writing(all.study, all.info, 1) + 2 * 8 * together * more);  // as counted, and as numbers
}

TEST_CASE("a cube without histograms has neither them nor their axes") {
  const Folder folder;
  write(asked([](sim::Output& output) { output.histograms = sim::Output::Histograms::left_out; }), folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  CHECK(cube.histograms().empty());
  CHECK(bytes_of(folder / "a.nc").find("histogram_month") == std::string::npos);
}

TEST_CASE("selected cubes are compared like whole ones") {
  const Folder folder;
  const Invented all = asked([](sim::Output& output) {
    output.groups = sim::Output::Groups::summed;
    output.months = sim::MonthsKept::total;
  });
  write(invented(), folder / "whole.nc");
  write(all, folder / "sums.nc");
  const CubeReader whole(folder / "whole.nc"), sums(folder / "sums.nc");
  output::Question question;
  question.kpis = {"npv"};
  question.scenarios = {0, 1, 2};
  question.policies = {0, 1, 2};
  const auto one = output::compare(output::input_of({&whole}), question),
             other = output::compare(output::input_of({&sums}), question);
  REQUIRE(one.kpis[0].arms.size() == 9);
  for (std::size_t arm = 0; arm < 9; ++arm) CHECK(one.kpis[0].arms[arm].mean() == other.kpis[0].arms[arm].mean());
}

TEST_CASE("a metric that a study makes no use of is named and left out, and reads as 0 where a cell was simulated") {
  const Folder folder;
  Invented all = invented();
  all.info.metrics[3].is_zero = true;
  all.outcomes.erase(unfinished);
  Invented written = all;
  written.info.metrics[3].is_zero = false;
  write(all, folder / "left_out.nc");
  write(written, folder / "written.nc");
  const CubeReader cube(folder / "left_out.nc"), full(folder / "written.nc");
  CHECK(cube.metrics() == std::vector<std::string>{"revenue", "orders", "days_late"});
  CHECK(cube.zero_metrics() == std::vector<std::string>{"nothing"});
  CHECK(full.zero_metrics().empty());
  CHECK(cube.text("data_hash") == full.text("data_hash"));
  for (std::size_t s = 0; s < 3; ++s)
    for (std::size_t p = 0; p < 3; ++p) {
      const auto read = cube.metric("nothing", s, p), there = full.metric("nothing", s, p);
      REQUIRE(read.size() == there.size());
      for (std::size_t at = 0; at < read.size(); ++at) {
        REQUIRE(std::isnan(read[at]) == std::isnan(there[at]));
        if (!std::isnan(read[at])) REQUIRE(read[at] == there[at]);
      }
    }
  all.study.output.metrics = {"orders", "nothing"};  // asked for by name
  write(all, folder / "asked.nc");
  CHECK(CubeReader(folder / "asked.nc").metrics() == std::vector<std::string>{"orders", "nothing"});
}

TEST_CASE("another selection of the same cells may take a cube's place") {
  const Folder folder;
  const Invented all = asked([](sim::Output& output) { output.metrics = {"orders"}; });
  const auto path = folder / "a.nc";
  write(invented(), path);
  std::string why;
  CHECK(output::standing_of(path, all.study, all.info, all.details, why) == output::Standing::same_cells);
  write(all, path, output::Existing::replace);
  CHECK(output::standing_of(path, all.study, all.info, all.details, why) == output::Standing::same);
}

}  // namespace clientele::tests
