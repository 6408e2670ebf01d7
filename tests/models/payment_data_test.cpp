// The defaults of payment against the invoices that they are fitted to, where these are.
#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <vector>

#include <boost/math/distributions/beta.hpp>

#include "models/catalogue.hpp"
#include "models/payment.hpp"
#include "sim/random/distributions.hpp"
#include "sim/random/philox.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_files.hpp"

namespace clientele::tests {
namespace {

struct Invoice {
  std::size_t customer = 0;
  bool disputed = false;
  double days = 0;  ///< from issue to settlement, net 30
  bool late() const { return days > 30; }
};

struct Pair {
  double x = 0, y = 0;
};

double correlation(const std::vector<Pair>& pairs) {
  double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  for (const Pair& pair : pairs) {
    n += 1, x += pair.x, y += pair.y;
    xx += pair.x * pair.x, yy += pair.y * pair.y, xy += pair.x * pair.y;
  }
  return (n * xy - x * y) / std::sqrt((n * xx - x * x) * (n * yy - y * y));
}

/// What is known of each customer's habits.
struct Habits {
  double invoices = 0, late = 0, days_late = 0, days_early = 0;
};

constexpr std::size_t facts = 9;
constexpr const char* names[facts] = {"days to settle",
                                      "days ahead of who is on time",
                                      "share late",
                                      "share late of disputed ones",
                                      "share late of others",
                                      "days late",
                                      "share disputed of late ones",
                                      "correlation of late share and days late",
                                      "correlation of late share and days ahead"};
using Facts = std::array<double, facts>;

/// Correlations are over customers: of the share of late invoices and the mean days of those late, or on time.
std::array<double, 2> correlations(const std::vector<Invoice>& invoices) {
  std::map<std::size_t, Habits> customers;
  for (const Invoice& invoice : invoices) {
    Habits& of = customers[invoice.customer];
    of.invoices += 1, of.late += invoice.late();
    (invoice.late() ? of.days_late : of.days_early) += std::fabs(invoice.days - 30);
  }
  std::vector<Pair> with_days_late, with_days_early;
  for (const auto& [id, of] : customers) {
    const double share = of.late / of.invoices;
    if (of.late > 0) with_days_late.push_back({share, of.days_late / of.late});
    if (of.late < of.invoices) with_days_early.push_back({share, of.days_early / (of.invoices - of.late)});
  }
  return {correlation(with_days_late), correlation(with_days_early)};
}

Facts facts_of(const std::vector<Invoice>& invoices) {
  double all = 0, disputed = 0, late_ones = 0, both = 0, days = 0, over = 0, early = 0;
  for (const Invoice& invoice : invoices) {
    all += 1, disputed += invoice.disputed, late_ones += invoice.late(), both += invoice.disputed && invoice.late();
    days += invoice.days, over += std::fmax(invoice.days - 30, 0), early += std::fmax(30 - invoice.days, 0);
  }
  const auto [late_days, early_days] = correlations(invoices);
  return {days / all,
          early / (all - late_ones),
          late_ones / all,
          both / disputed,
          (late_ones - both) / (all - disputed),
          over / late_ones,
          both / late_ones,
          late_days,
          early_days};
}

/// Columns: country, customer, date, invoice, issued, due, amount, disputed, settled, paper, days to settle, days late.
std::vector<Invoice> read(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::vector<Invoice> invoices;
  std::map<std::string, std::size_t> customers;
  std::string line, word;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::vector<std::string> words;
    for (std::istringstream row(line); std::getline(row, word, ',');) words.push_back(word);
    const std::size_t customer = customers.try_emplace(words.at(1), customers.size()).first->second;
    invoices.push_back({customer, words.at(7) == "Yes", std::stod(words.at(10))});
  }
  return invoices;
}

/// The same customers with other luck, by the rules of models/payment.hpp; an invoice a month each.
std::vector<Invoice> simulated(const std::vector<Invoice>& observed, const models::PaymentParameters& p,
                               std::uint32_t sample) {
  const double a = static_cast<double>(p.late_chance.values[1]), mean = static_cast<double>(p.late_chance.values[0]);
  const boost::math::beta_distribution<double> chances(a, a / mean - a);
  struct Payer {
    float odds = -1, longer = 1, early = 0, liquidity = 0;
  };
  std::map<std::size_t, Payer> payers;
  std::vector<Invoice> invoices;
  for (std::uint32_t i = 0; i < observed.size(); ++i) {
    Payer& payer = payers[observed[i].customer];
    const auto born = sim::philox({static_cast<std::uint32_t>(observed[i].customer), 0, 1, sample}, {7, 0});
    if (payer.odds < 0) {
      const double u = (static_cast<double>(born[0]) + 0.5) / 4294967296.0;
      const float chance = static_cast<float>(boost::math::quantile(chances, u));
      const float disputed = p.disputes_in_late_chance * p.dispute_chance;
      payer = {sim::exp(p.late_offset) * models::odds_beside_disputes(chance, disputed, p.dispute_odds),
               models::days_factor(chance, p.late_reference, p.days_late_slope),
               p.early_days * models::days_factor(1.F - chance, p.early_reference, p.early_days_slope),
               sim::normal_of(born[1])};
    }
    const auto luck = sim::philox({i, 1, 1, sample}, {7, 0}), more = sim::philox({i, 2, 1, sample}, {7, 0});
    payer.liquidity =
        models::next_liquidity(payer.liquidity, p.liquidity_memory, p.liquidity_step, sim::normal_of(luck[0]));
    const bool disputed = sim::uniform(luck[1]) < p.dispute_chance;
    const float odds = payer.odds * sim::exp(p.liquidity_effect * payer.liquidity) * (disputed ? p.dispute_odds : 1.F);
    const float unit =
        models::unit_days_late(-sim::log(sim::uniform(luck[2])), models::late_threshold(odds), p.inverse_shape);
    const float days = unit * p.scale_days * (disputed ? p.disputed_days_factor : 1.F) * payer.longer;
    const float waited = days > 0 ? 30 + days : models::days_waited(30, payer.early * sim::uniform(more[0]));
    invoices.push_back({observed[i].customer, disputed, static_cast<double>(waited)});
  }
  return invoices;
}

models::PaymentParameters defaults() {
  const sim::Catalogue catalogue = models::catalogue();
  const auto payment = std::ranges::find(catalogue.tables(), "payment", [](const auto& table) { return table.key; });
  const auto made = payment->fields.resolve(payment->fields.standards());
  return made.as<models::PaymentParameters>();
}

}  // namespace

// A sample of 100 customers says little of some of this: the share of disputed invoices that are late has a standard
// error of .05. So each fact has to lie within 1.5 standard deviations of what such samples of the model give; without
// a dispute's effect of 4 and without slopes, seven of the nine are 2.9 or more of them away.
TEST_CASE("payers by the defaults are like those of the invoices that these are fitted to") {
  const auto path = shared_file("CLIENTELE_DATA", "data", "ar_ibm/WA_Fn-UseC_-Accounts-Receivable.csv");
  if (!path) return;
  const std::vector<Invoice> invoices = read(*path);
  const Facts seen = facts_of(invoices);
  CHECK(invoices.size() == 2466);
  const Facts published = {26.44, 10.86, .3556, .683, .259, 9.68, .437, .69, -.75};
  const models::PaymentParameters p = defaults();
  constexpr std::uint32_t samples = 200;
  Facts sum{}, squares{};
  for (std::uint32_t sample = 0; sample < samples; ++sample) {
    const Facts got = facts_of(simulated(invoices, p, sample));
    for (std::size_t fact = 0; fact < facts; ++fact) sum[fact] += got[fact], squares[fact] += got[fact] * got[fact];
  }
  for (std::size_t fact = 0; fact < facts; ++fact) {
    const double mean = sum[fact] / samples, deviation = std::sqrt(squares[fact] / samples - mean * mean);
    INFO(names[fact] << ": seen " << seen[fact] << ", model " << mean << ", deviation of a sample " << deviation);
    CHECK(seen[fact] == Approx(published[fact]).epsilon(0.006));
    CHECK(std::fabs(seen[fact] - mean) < 1.5 * deviation);
  }
}

}  // namespace clientele::tests
