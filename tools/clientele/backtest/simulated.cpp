// The text that `init` would write, read as `run` reads it; what each customer does comes by the readout.
#include "tools/clientele/backtest/simulated.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <memory>
#include <mutex>
#include <numeric>

#include <fmt/format.h>

#include "models/catalogue.hpp"
#include "scenarios/books/dates.hpp"
#include "scenarios/study_reader.hpp"
#include "sim/core/printable.hpp"
#include "sim/core/toml_text.hpp"
#include "sim/plan.hpp"
#include "tools/clientele/backtest/payments.hpp"
#include "tools/clientele/backtest/private_folder.hpp"
#include "tools/clientele/fitted/books_of_study.hpp"
#include "tools/clientele/fitted/neutral.hpp"
#include "tools/clientele/fitted/study.hpp"

namespace clientele::tools {

namespace {

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (!file.flush()) throw sim::UserError(path.string() + " cannot be written (disk full?).", sim::Exit::input_output);
}

/// By group of the study, the one of the books that its customers are of; newcomers have a group of their own there.
std::vector<std::optional<std::size_t>> groups_of_books(const FittedBase& base, const sim::Study& study) {
  std::vector<std::optional<std::size_t>> groups(study.population.groups.size());
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto found = std::ranges::find(base.groups, study.population.groups[g].name, &FittedGroup::name);
    if (found != base.groups.end()) groups[g] = static_cast<std::size_t>(found - base.groups.begin()) / 2;
  }
  return groups;
}

/// What customers did in each future, while futures are simulated side by side.
class Gathered {
 public:
  Gathered(const FittedBase& base, const sim::Study& study, std::size_t futures, const std::vector<std::string>& names)
      : quantum_(study.money_quantum),
        groups_(groups_of_books(base, study)),
        sales_(static_cast<std::size_t>(std::ranges::find(names, "sales") - names.begin())),
        orders_(static_cast<std::size_t>(std::ranges::find(names, "orders") - names.begin())),
        futures_(futures),
        sums_(futures, Sums{.of_group = std::vector<std::int64_t>(base.groups.size() / 2)}),
        sales_of_buyers_(futures),
        expected_(base.history.customers.size()),
        buys_(base.history.customers.size()) {}

  void take(const sim::Cell& cell, const sim::CustomerRead& customer) {
    const auto sales = static_cast<std::int64_t>(customer.values[sales_]);
    const auto orders = static_cast<double>(customer.values[orders_]);
    const std::scoped_lock held(guard_);
    Outcome& outcome = futures_[cell.draw];
    Sums& sums = sums_[cell.draw];
    if (!customer.row) ++outcome.newcomers;
    if (orders == 0 && sales == 0) return;
    sums.all += sales;
    outcome.orders += orders;
    if (const auto group = groups_[customer.group]) sums.of_group[*group] += sales;
    if (orders > 0) ++outcome.buyers, sales_of_buyers_[cell.draw].push_back(in_money(sales));
    if (!customer.row) return;
    sums.known += sales;
    outcome.known_orders += orders;
    if (orders > 0) ++outcome.known_buyers;
    expected_[*customer.row] += orders;
    buys_[*customer.row] += orders > 0 ? 1 : 0;
  }

  Simulated all() {
    for (std::size_t f = 0; f < futures_.size(); ++f) {
      futures_[f].revenue = in_money(sums_[f].all);
      futures_[f].known_revenue = in_money(sums_[f].known);
      for (const std::int64_t sales : sums_[f].of_group) futures_[f].group_revenue.push_back(in_money(sales));
      futures_[f].top_tenth = share_of_top_tenth(std::move(sales_of_buyers_[f]));
    }
    const auto n = static_cast<double>(futures_.size());
    for (double& orders : expected_) orders /= n;
    for (double& chance : buys_) chance /= n;
    return {std::move(futures_), std::move(expected_), std::move(buys_)};
  }

 private:
  /// Money in quanta: added up in any order it comes to the same.
  struct Sums {
    std::int64_t all = 0, known = 0;
    std::vector<std::int64_t> of_group = {};
  };
  double in_money(std::int64_t quanta) const { return static_cast<double>(quanta) * quantum_; }

  double quantum_;
  std::vector<std::optional<std::size_t>> groups_;
  std::size_t sales_, orders_;
  std::vector<Outcome> futures_;
  std::vector<Sums> sums_;
  std::vector<std::vector<double>> sales_of_buyers_;
  std::vector<double> expected_, buys_;
  std::mutex guard_;
};

/// Months of a cell by the names of their metrics.
void add_months(const sim::CellOutcome& outcome, const sim::OutcomeInfo& info, double quantum, Outcome& into) {
  const std::size_t metrics = info.metrics.size(), stride = info.tiers * info.groups * metrics;
  into.revenue_by_month.assign(info.months, 0);
  into.orders_by_month.assign(info.months, 0);
  for (std::size_t metric = 0; metric < metrics; ++metric) {
    const bool money = info.metrics[metric].name == "revenue", orders = info.metrics[metric].name == "orders";
    if (!money && !orders) continue;
    for (std::size_t month = 0; month < info.months; ++month)
      for (std::size_t place = metric; place < stride; place += metrics) {
        const auto count = static_cast<double>(outcome.counts[month * stride + place]);
        if (money) into.revenue_by_month[month] += count * quantum;
        if (orders) into.orders_by_month[month] += count;
      }
  }
}

}  // namespace

double share_of_top_tenth(std::vector<double> sales) {
  if (sales.empty()) return 0;
  std::ranges::sort(sales, std::greater());
  const double all = std::accumulate(sales.begin(), sales.end(), 0.0);
  const auto tenth = static_cast<std::ptrdiff_t>((sales.size() + 9) / 10);
  return all > 0 ? std::accumulate(sales.begin(), sales.begin() + tenth, 0.0) / all : 0;
}

namespace {

/// Its tables stand in the folder.
StudyFrame frame_in(const std::filesystem::path& folder, const FittedBase& base, const scenarios::Books& books,
                    const Horizon& horizon) {
  StudyFrame frame{.customers_file = "customers.csv", .draws_file = "draws.csv", .books = {}, .currency = "EUR"};
  frame.books.origin = frame.books.read_on = parts_of(base.history.origin);
  frame.months = horizon.months;
  frame.draws = horizon.futures;
  frame.satisfaction_reference = neutral_reference();
  write(folder / frame.customers_file, customers_csv(base, books));
  write(folder / frame.draws_file, draws_csv(draws_of(base, horizon.futures, horizon.seed)));
  frame.books.files = {{.kind = "orders", .path = "orders.csv", .digest = {}}};
  return frame;
}

/// Of the first scenario, one future a draw, and nothing after the months that are foretold.
void ask_for_futures(sim::Study& study, const Horizon& horizon) {
  study.seed = horizon.seed;
  study.horizon.beyond = study.horizon.run_off = 0;
  study.replications = 1;
  study.luck = sim::Luck::fresh;
  study.same_money = false;
  study.count = {.histogram_months = {}};
  study.count.customers = true;
}

/// What came of some policies, as they are given.
std::vector<Simulated> simulated_under(const std::vector<std::uint32_t>& policies, const sim::Study& study,
                                       const sim::Catalogue& catalogue, const FittedBase& base,
                                       const Horizon& horizon) {
  const sim::Plan plan(study, catalogue);
  std::vector<std::unique_ptr<Gathered>> gathered;
  for (std::size_t p = 0; p < policies.size(); ++p)
    gathered.push_back(std::make_unique<Gathered>(base, study, horizon.futures, plan.read_out()));
  const auto place = [&](std::uint32_t policy) {
    return static_cast<std::size_t>(std::ranges::find(policies, policy) - policies.begin());
  };
  sim::RunOptions options;
  options.threads = horizon.threads;
  options.readout = [&](const sim::Cell& cell, const sim::CustomerRead& customer) {
    gathered[place(cell.policy)]->take(cell, customer);
  };
  std::vector<sim::Cell> cells;
  for (std::uint32_t draw = 0; draw < horizon.futures; ++draw)
    for (const std::uint32_t policy : policies) cells.push_back({0, policy, draw, 0});
  sim::MemorySink sink;
  plan.run(cells, sink, options);
  std::vector<Simulated> all;
  for (const auto& one : gathered) all.push_back(one->all());
  for (const auto& [cell, outcome] : sink.outcomes()) {
    Outcome& future = all[place(cell.policy)].futures[cell.draw];
    add_months(outcome, plan.info(), study.money_quantum, future);
    if (base.payment.is_known()) add_payments(outcome, plan.info(), study.money_quantum, future);
    if (base.points.is_known()) add_points(outcome, plan.info(), future);
  }
  for (Simulated& simulated : all)
    for (Outcome& future : simulated.futures) {  // as a cube has them, which whoever tracks it adds up
      future.revenue = std::accumulate(future.revenue_by_month.begin(), future.revenue_by_month.end(), 0.0);
      future.orders = std::accumulate(future.orders_by_month.begin(), future.orders_by_month.end(), 0.0);
    }
  return all;
}

/// The policy reaches whom it reaches as many months later as its day is after the origin; steps after the horizon are
/// left out.
std::string roll_out_text(const Change& change, int months_until, int horizon) {
  const sim::Study& study = change.reading.study;
  const sim::Policy& policy = study.policies[change.policy];
  const std::vector<sim::RollOut> at_once{{}};
  std::string text;
  for (const sim::RollOut& step : policy.rollout.empty() ? at_once : policy.rollout) {
    if (step.month + months_until >= horizon) continue;
    text += fmt::format("{}{{ month = {}, share = {:.17g}", text.empty() ? "" : ", ", step.month + months_until,
                        step.share);
    if (step.group) text += ", group = " + sim::toml_text(study.population.groups[*step.group].name);
    text += " }";
  }
  if (text.empty())
    throw sim::UserError(sim::in_quotes(policy.name) + " reaches nobody within these months (its roll-out begins " +
                             std::to_string(policy.rollout.front().month) + " months after " +
                             scenarios::iso_text(change.since) + "). Did you mean more months (--months)?",
                         sim::Exit::usage);
  return "[" + text + "]";
}

/// What somebody has put beside the books' columns in the table of customers is known of today alone.
void expect_told_by_exports(const sim::Study& study) {
  for (const sim::Attribute& attribute : study.population.attributes)
    throw sim::UserError("the study knows " + sim::in_quotes(attribute.name) +
                             " of its customers by a column of its own table (population.attribute), which the books "
                             "lack: what customers were on an earlier day, no export tells. Would a study without it, "
                             "and without the policies that go by it, do?",
                         sim::Exit::bad_data);
}

/// What counts months from month 0 and cannot be told to begin later.
void expect_begins_later(const sim::Policy& policy, scenarios::Day since) {
  const bool has_months = std::ranges::any_of(policy.settings, [](const auto& one) { return one.from.has_value(); });
  if (policy.grandfathering == 0 && !has_months) return;
  throw sim::UserError(
      sim::in_quotes(policy.name) + " counts months from month 0 on (" + (has_months ? "settings" : "grandfathering") +
          "), which must be its own first day then. Did you mean --at " + scenarios::iso_text(since) + "?",
      sim::Exit::usage);
}

}  // namespace

Simulated simulate(const FittedBase& base, const scenarios::Books& books, const Horizon& horizon) {
  const PrivateFolder folder;
  const StudyFrame frame = frame_in(folder.path(), base, books, horizon);
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study =
      scenarios::read_study_text(study_text(base, frame), "the fitted study", folder.path(), catalogue).study;
  ask_for_futures(study, horizon);
  study.policies.resize(1);
  return simulated_under({0}, study, catalogue, base, horizon).front();
}

SimulatedChange simulate(const FittedBase& base, const scenarios::Books& books, const Horizon& horizon,
                         const Change& change) {
  expect_told_by_exports(change.reading.study);
  const PrivateFolder folder;
  StudyFrame frame = frame_in(folder.path(), base, books, horizon);
  for (std::string* file : {&frame.customers_file, &frame.draws_file})  // the study's own files are elsewhere
    *file = (folder.path() / *file).string();
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study& stated = change.reading.study;
  const sim::Policy& policy = stated.policies[change.policy];
  const int months = scenarios::month_of(change.since) - scenarios::month_of(base.history.origin);
  const std::string name = "what the books told until " + scenarios::iso_text(base.history.origin);
  std::vector<scenarios::Override> overrides{
      {.option = name, .path = {}, .value = {}, .study = fitted_tables(base, frame)},
      {name, "experiment.draws", std::to_string(horizon.futures)},
      {name, "experiment.replications", "1"},
      {name, "experiment.why", "false"}};
  if (months > 0) expect_begins_later(policy, change.since);
  if (months > 0 || (!policy.rollout.empty() && policy.grandfathering == 0))
    overrides.push_back(
        {name, "policy.\"" + policy.name + "\".rollout", roll_out_text(change, months, horizon.months)});
  sim::Study study = scenarios::read_study_text(stated.text, change.reading.source.name, change.reading.source.folder,
                                                catalogue, overrides, scenarios::Points::left_out)
                         .study;
  ask_for_futures(study, horizon);
  const auto found = std::ranges::find(study.policies, policy.name, &sim::Policy::name);
  sim::expects(found != study.policies.end(), "a policy is still there when a study is read again");
  std::vector<Simulated> both = simulated_under(
      {static_cast<std::uint32_t>(found - study.policies.begin()), study.baseline}, study, catalogue, base, horizon);
  return {std::move(both[0]), std::move(both[1])};
}

}  // namespace clientele::tools
