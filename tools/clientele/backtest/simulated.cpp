// The text that `init` would write, read as `run` reads it; what each customer does comes by the readout.
#include "tools/clientele/backtest/simulated.hpp"

#include <algorithm>
#include <fstream>
#include <mutex>
#include <numeric>

#include "models/catalogue.hpp"
#include "scenarios/books/dates.hpp"
#include "scenarios/study_reader.hpp"
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

/// What customers did in each future, while futures are simulated side by side.
class Gathered {
 public:
  Gathered(const FittedBase& base, const sim::Study& study, std::size_t futures, const std::vector<std::string>& names)
      : quantum_(study.money_quantum),
        groups_(base.groups.size() / 2),
        sales_(static_cast<std::size_t>(std::ranges::find(names, "sales") - names.begin())),
        orders_(static_cast<std::size_t>(std::ranges::find(names, "orders") - names.begin())),
        futures_(futures),
        sales_of_buyers_(futures),
        expected_(base.history.customers.size()),
        buys_(base.history.customers.size()) {
    for (Outcome& outcome : futures_) outcome.group_revenue.resize(groups_);
  }

  void take(const sim::Cell& cell, const sim::CustomerRead& customer) {
    const double sales = static_cast<double>(customer.values[sales_]) * quantum_,
                 orders = static_cast<double>(customer.values[orders_]);
    const std::scoped_lock held(guard_);
    Outcome& outcome = futures_[cell.draw];
    if (!customer.row) ++outcome.newcomers;
    if (orders == 0 && sales == 0) return;
    outcome.revenue += sales;
    outcome.orders += orders;
    outcome.group_revenue[customer.group / 2] += sales;  // each group stands before its newcomers
    if (orders > 0) ++outcome.buyers, sales_of_buyers_[cell.draw].push_back(sales);
    if (!customer.row) return;
    outcome.known_revenue += sales;
    outcome.known_orders += orders;
    if (orders > 0) ++outcome.known_buyers;
    expected_[*customer.row] += orders;
    buys_[*customer.row] += orders > 0 ? 1 : 0;
  }

  Simulated all() {
    for (std::size_t f = 0; f < futures_.size(); ++f)
      futures_[f].top_tenth = share_of_top_tenth(std::move(sales_of_buyers_[f]));
    const auto n = static_cast<double>(futures_.size());
    for (double& orders : expected_) orders /= n;
    for (double& chance : buys_) chance /= n;
    return {std::move(futures_), std::move(expected_), std::move(buys_)};
  }

 private:
  double quantum_;
  std::size_t groups_, sales_, orders_;
  std::vector<Outcome> futures_;
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

Simulated simulate(const FittedBase& base, const scenarios::Books& books, const Horizon& horizon) {
  const PrivateFolder folder;
  StudyFrame frame{.customers_file = "customers.csv", .draws_file = "draws.csv", .books = {}, .currency = "EUR"};
  frame.books.origin = frame.books.read_on = parts_of(base.history.origin);
  frame.months = horizon.months;
  frame.draws = horizon.futures;
  frame.satisfaction_reference = neutral_reference();
  write(folder.path() / "customers.csv", customers_csv(base, books));
  write(folder.path() / "draws.csv", draws_csv(draws_of(base, horizon.futures, horizon.seed)));
  frame.books.files = {{.kind = "orders", .path = "orders.csv", .digest = {}}};
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study =
      scenarios::read_study_text(study_text(base, frame), "the fitted study", folder.path(), catalogue).study;
  study.seed = horizon.seed;
  study.horizon.beyond = 0;
  study.replications = 1;
  study.policies.resize(1);
  study.count.customers = true;
  const sim::Plan plan(study, catalogue);
  Gathered gathered(base, study, horizon.futures, plan.read_out());
  sim::RunOptions options;
  options.threads = horizon.threads;
  options.readout = [&](const sim::Cell& cell, const sim::CustomerRead& customer) { gathered.take(cell, customer); };
  sim::MemorySink sink;
  plan.run(sim::all_cells(study), sink, options);
  Simulated simulated = gathered.all();
  for (const auto& [cell, outcome] : sink.outcomes()) {
    add_months(outcome, plan.info(), study.money_quantum, simulated.futures[cell.draw]);
    if (base.payment.is_known()) add_payments(outcome, plan.info(), study.money_quantum, simulated.futures[cell.draw]);
  }
  for (Outcome& future : simulated.futures) {  // as a cube has them, which whoever tracks it adds up
    future.revenue = std::accumulate(future.revenue_by_month.begin(), future.revenue_by_month.end(), 0.0);
    future.orders = std::accumulate(future.orders_by_month.begin(), future.orders_by_month.end(), 0.0);
  }
  return simulated;
}

}  // namespace clientele::tools
