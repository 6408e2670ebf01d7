// A change that a firm made in its past, held against what came: books that the simulator itself goes on with, under a
// policy from some month on, so that what the change did is known.
#include <cmath>
#include <fstream>
#include <map>
#include <mutex>

#include "models/catalogue.hpp"
#include "sim/plan.hpp"
#include "tests/properties/fitted_coverage.hpp"
#include "tests/support/catch.hpp"
#include "tools/clientele/backtest/figures.hpp"
#include "tools/clientele/backtest/private_folder.hpp"
#include "tools/clientele/fitted/books_of_study.hpp"
#include "tools/clientele/fitted/neutral.hpp"

namespace clientele::tests {
namespace {

constexpr int months_before_change = 3, months_lived = 9;

/// The study that a fit at the origin gives, with a policy that takes 15 % off every price, to which orders respond by
/// an elasticity; its tables stand in the folder.
struct StudyOfFirm {
  tools::PrivateFolder folder;
  std::string text;

  StudyOfFirm(const tools::FittedBase& base, const scenarios::Books& books, double elasticity) {
    tools::StudyFrame frame{.customers_file = "customers.csv", .draws_file = "draws.csv", .books = {}};
    frame.books.origin = frame.books.read_on = tools::parts_of(base.history.origin);
    frame.books.files = {{.kind = "orders", .path = "orders.csv", .digest = {}}};
    frame.satisfaction_reference = tools::neutral_reference();
    std::ofstream(folder.path() / "customers.csv") << tools::customers_csv(base, books);
    std::ofstream(folder.path() / "draws.csv") << tools::draws_csv(tools::draws_of(base, frame.draws, 1));
    text = tools::study_text(base, frame) +
           "\n[[policy]]\nname = \"cheaper\"\nsegmentation = \"everyone\"\n"
           "tier = [ { name = \"all\", discount = 0.15 } ]\n";
    const std::string drawn = "\npurchasing.elasticity ";  // where a fitted study varies it: here it is known
    if (const std::size_t at = text.find(drawn); at != std::string::npos)
      text.erase(at + 1, text.find('\n', at + 1) - at);
    const std::string purchasing = "[purchasing]\n";
    text.insert(text.find(purchasing) + purchasing.size(), "elasticity = " + std::to_string(elasticity) + "\n");
  }

  scenarios::StudyReading read(const std::vector<scenarios::Override>& options = {}) const {
    return scenarios::read_study_text(text, "mine.toml", folder.path(), models::catalogue(), options);
  }
};

struct OrdersAndSales {
  double orders = 0, sales = 0;
};

/// What each customer has bought by the end of the first so many months, in the one future of the stated values.
std::map<std::uint64_t, std::pair<sim::CustomerRead, OrdersAndSales>> bought_until(const StudyOfFirm& firm, int months,
                                                                                   std::uint32_t luck) {
  const std::string from = std::to_string(months_before_change);
  sim::Study study = firm.read({{"--draws", "experiment.draws", "0"},
                                {"--replications", "experiment.replications", "1"},
                                {"--months", "horizon.months", std::to_string(months_lived)},
                                {"--rollout", "policy.cheaper.rollout", "[{ month = " + from + " }]"}})
                         .study;
  study.seed = luck;
  study.horizon.months = months;
  study.horizon.beyond = 0;
  study.count.customers = true;
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Plan plan(study, catalogue);
  const std::vector<std::string> names = plan.read_out();
  const auto column = [&](const char* name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  std::map<std::uint64_t, std::pair<sim::CustomerRead, OrdersAndSales>> bought;
  std::mutex guard;
  sim::RunOptions options;
  options.readout = [&](const sim::Cell&, const sim::CustomerRead& customer) {
    const std::scoped_lock held(guard);
    bought[customer.id] = {customer,
                           {customer.values[column("orders")], customer.values[column("sales")] * study.money_quantum}};
  };
  sim::MemorySink sink;
  plan.run({{0, static_cast<std::uint32_t>(study.policies.size() - 1), 0, 0}}, sink, options);
  return bought;
}

/// A year of books of who orders by known laws, gone on with by the simulator: three months as before, then cheaper.
struct FirmWithAChange {
  scenarios::Books books;
  scenarios::Day origin = 0, since = 0;
  std::optional<StudyOfFirm> study;

  explicit FirmWithAChange(double elasticity, std::uint32_t luck = 1) {
    books = invented_firm({}, 7).books;
    origin = scenarios::months_later(books.first_day, months_fitted);
    since = scenarios::months_later(origin, months_before_change);
    std::erase_if(books.orders, [&](const scenarios::BookOrder& order) { return order.day >= origin; });
    books.last_day = origin - 1;
    const tools::FittedBase base = tools::fit_base(books, origin, {.season = flat_season()});
    study.emplace(base, books, elasticity);
    std::map<std::uint64_t, OrdersAndSales> before;
    std::map<std::uint64_t, std::uint32_t> newcomers;
    for (int month = 1; month <= months_lived; ++month)
      for (const auto& [id, read] : bought_until(*study, month, luck)) {
        const auto& [customer, until] = read;
        OrdersAndSales& so_far = before[id];
        const auto orders = static_cast<int>(std::lround(until.orders - so_far.orders));
        std::uint32_t number = 0;
        if (customer.row) {
          number = base.history.customers[*customer.row].customer;
        } else {
          const auto [found, is_new] = newcomers.try_emplace(id, static_cast<std::uint32_t>(books.customers.size()));
          if (is_new) books.customers.push_back({.id = "new" + std::to_string(found->second)});
          number = found->second;
        }
        const scenarios::Day first = scenarios::months_later(origin, month - 1);
        for (int k = 0; k < orders; ++k) {  // on days of their own, anywhere in the month
          const auto net = static_cast<scenarios::Amount>((until.sales - so_far.sales) / orders *
                                                          static_cast<double>(scenarios::amounts_per_unit));
          books.orders.push_back({.customer = number,
                                  .day = first + (11 * k + 13 * static_cast<int>(number) + 5 * month) % 28,
                                  .net = std::max<scenarios::Amount>(net, 1)});
        }
        so_far = until;
      }
    books.last_day = scenarios::months_later(origin, months_lived) - 1;
  }

  tools::Change change(const StudyOfFirm& as_believed) const {
    scenarios::StudyReading reading = as_believed.read();
    const auto policy = static_cast<std::uint32_t>(reading.study.policies.size() - 1);
    return {policy, since, std::move(reading)};
  }
};

const tools::Figure& figure_called(const tools::BacktestAt& test, const std::string& name) {
  return *std::find_if(test.figures.begin(), test.figures.end(), [&](const auto& one) { return one.name == name; });
}

constexpr double true_elasticity = -2.5;  // 15 % off: half as many orders again, and a quarter more revenue
const tools::Horizon horizon{.months = 6, .futures = 60, .seed = 3};

}  // namespace

TEST_CASE("a change that a firm made is foretold with it, and what came has the sign that was promised") {
  const FirmWithAChange firm(true_elasticity);
  const tools::FitAsked asked{.season = flat_season()};
  for (const scenarios::Day origin : {firm.since, scenarios::months_later(firm.since, -2)}) {
    const tools::BacktestAt test = tools::backtest_at(firm.books, origin, horizon, asked, firm.change(*firm.study));
    CHECK(test.policy == "cheaper");
    CHECK(test.baseline == "today");
    for (const char* name : {"orders", "revenue"}) {
      const tools::Figure& figure = figure_called(test, name);
      CAPTURE(name, figure.actual, figure.low, figure.high, figure.change->without.low, figure.change->without.high);
      CHECK(figure.is_inside());
      CHECK(figure.change->promised.low > 0);
      CHECK(figure.came().mean > 0);
    }
    const tools::Figure& orders = figure_called(test, "orders");
    CHECK_FALSE(orders.change->without.holds(orders.actual));
    CHECK(orders.sign() == tools::SignOfChange::as_promised);
    // From two months before, four of six months are under it.
    const double months = origin == firm.since ? 6 : 4;
    CHECK(orders.change->promised.mean / orders.change->without.mean ==
          Approx((std::pow(0.85, true_elasticity) - 1) * months / 6).epsilon(0.2));
  }
}

TEST_CASE("what a change brought shows where the other sign was promised") {
  const FirmWithAChange firm(true_elasticity);
  const tools::FitAsked asked{.season = flat_season()};
  const scenarios::Day origin = firm.origin;
  const tools::FittedBase base = tools::fit_base(firm.books, origin, asked);
  const StudyOfFirm nobody_responds(base, firm.books, 0);
  const tools::BacktestAt test =
      tools::backtest_at(firm.books, firm.since, horizon, asked, firm.change(nobody_responds));
  const tools::Figure& revenue = figure_called(test, "revenue");
  CAPTURE(revenue.actual, revenue.low, revenue.high, revenue.change->without.high);
  CHECK(revenue.change->promised.high < 0);
  CHECK(revenue.change->promised.mean / revenue.change->without.mean == Approx(-0.15).epsilon(0.05));
  CHECK(revenue.sign() == tools::SignOfChange::other);
  CHECK_FALSE(revenue.is_inside());
  CHECK(figure_called(test, "orders").sign() == tools::SignOfChange::none_promised);
  CHECK_THAT(tools::change_in_sentences(test, "EUR"), contains("the other sign than was promised"));
}

TEST_CASE("without its change a backtest says what one says that knows of none") {
  const FirmWithAChange firm(true_elasticity);
  const tools::FitAsked asked{.season = flat_season()};
  const tools::BacktestAt plain = tools::backtest_at(firm.books, firm.origin, horizon, asked),
                          changed =
                              tools::backtest_at(firm.books, firm.origin, horizon, asked, firm.change(*firm.study));
  for (std::size_t k = 0; k < plain.figures.size(); ++k) {
    const tools::RangeOfFutures& without = changed.figures[k].change->without;
    CAPTURE(plain.figures[k].name);
    CHECK(plain.figures[k].mean == without.mean);
    CHECK(plain.figures[k].low == without.low);
    CHECK(plain.figures[k].high == without.high);
  }
}

}  // namespace clientele::tests
