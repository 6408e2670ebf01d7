// The table is filled from the last month back, so that each month of an integral is worked out once.
#include "models/segmentation/expected_orders.hpp"

#include <algorithm>
#include <array>

#include "sim/core/check.hpp"
#include "sim/core/math_double.hpp"

namespace clientele::models {

namespace {

constexpr std::size_t nodes = 10;
/// Gauss's points and weights on the unit interval.
struct Gauss {
  std::array<double, nodes> at{}, weight{};
};
constexpr Gauss unit_gauss() {
  constexpr std::array<double, nodes / 2> half{0.1488743389816312109, 0.4333953941292471908, 0.6794095682990244062,
                                               0.8650633666889845107, 0.9739065285171717201};
  constexpr std::array<double, nodes / 2> weight{0.2955242247147528702, 0.2692667193099963550, 0.2190863625159820440,
                                                 0.1494513491505805931, 0.0666713443086881376};
  Gauss gauss;
  for (std::size_t k = 0; k < nodes / 2; ++k) {
    gauss.at[2 * k] = 0.5 - 0.5 * half[k];
    gauss.at[2 * k + 1] = 0.5 + 0.5 * half[k];
    gauss.weight[2 * k] = gauss.weight[2 * k + 1] = 0.5 * weight[k];
  }
  return gauss;
}
constexpr Gauss gauss = unit_gauss();

/// (1 - e^-z) / z.
double mean_of_decay(double z) {
  constexpr double small = 1e-3;
  if (z > -small && z < small) return 1.0 - z * (0.5 - z * (1.0 / 6.0 - z * (1.0 / 24.0 - z * (1.0 / 120.0))));
  return (1.0 - sim::exp(-z)) / z;
}

/// A chance of nearly nothing is none, so that worths have a size that ranks tell apart.
double chance_against(double odds) {
  constexpr double hopeless = 1e20;
  return odds < hopeless ? 1.0 / (1.0 + odds) : 0.0;
}

/// Shape of the gamma of a law's mean and variance; 0 where there is none.
double shape_of(const sim::Law& law) {
  const auto spread = static_cast<double>(law.values[1]);
  if (!(law.values[0] > 0.F)) return 0;
  if (law.family == sim::Family::gamma) return spread;
  if (law.family == sim::Family::empirical) {
    const double variation = law.sample->squared_variation();
    return variation > 0 ? 1.0 / variation : 0;
  }
  if (law.family != sim::Family::lognormal || spread == 0.0) return 0;
  return 1.0 / (sim::exp(spread * spread) - 1.0);
}

}  // namespace

OrdersBelief orders_belief(const PurchasingParameters& purchasing, const ChurnParameters& churn) {
  return {static_cast<double>(purchasing.orders_per_month.values[0]),
          shape_of(purchasing.orders_per_month),
          static_cast<double>(churn.base_cumulative),
          static_cast<double>(churn.frailty_variance),
          churn.notice == Notice::seen || churn.by_contract(),
          churn.renewal,
          churn.by_contract() ? churn.contract_months : 0};
}

/// Log of the integrand at a moment: what it is whatever was ordered, and what each order adds.
struct ExpectedOrders::Integrand {
  const OrdersBelief& belief;
  double seen, before;  ///< months

  struct Log {
    double fixed, per_order;
  };
  Log at(double t) const {
    Log log{0, 0};
    if (belief.shape > 0) {
      const double alpha = belief.shape / belief.mean_rate;
      log.per_order = sim::log((alpha + seen) / (alpha + t));
      log.fixed = belief.shape * log.per_order;
    } else {
      log.fixed = belief.mean_rate * (seen - t);
    }
    if (belief.variance > 0) {
      const double s = 1.0 / belief.variance, beta = s / belief.hazard + before;
      log.fixed += s * sim::log((beta + seen) / (beta + t)) + sim::log(s / (beta + t));
    } else {
      log.fixed += belief.hazard * (seen - t) + sim::log(belief.hazard);
    }
    return log;
  }
  std::array<Log, nodes> between(double begin, double end) const {
    std::array<Log, nodes> logs;
    for (std::size_t k = 0; k < nodes; ++k) logs[k] = at(begin + (end - begin) * gauss.at[k]);
    return logs;
  }
  /// Of nobody's orders, by the cube root of the moment in quarters: where alpha is small it falls steeply at first.
  double first_month() const {
    constexpr int parts = 4;
    double all = 0;
    for (int part = 0; part < parts; ++part)
      for (std::size_t k = 0; k < nodes; ++k) {
        const double root = (static_cast<double>(part) + gauss.at[k]) / parts;
        all += gauss.weight[k] * 3.0 * root * root * sim::exp(at(root * root * root).fixed);
      }
    return all / parts;
  }
  static double sum(const std::array<Log, nodes>& logs, double length, double orders) {
    double all = 0;
    for (std::size_t k = 0; k < nodes; ++k)
      all += gauss.weight[k] * sim::exp(logs[k].fixed + orders * logs[k].per_order);
    return length * all;
  }
};

ExpectedOrders::ExpectedOrders(const OrdersBelief& belief, std::int32_t window, std::int32_t ahead)
    : belief_(belief), window_(window), ahead_(ahead), years_(belief.variance > 0 ? most_years : 0) {
  for (std::int32_t months = 0; months < window; ++months) there_.push_back(months_there(months));
  for (std::int32_t before = 0; before <= most_months; ++before) there_.push_back(months_there(window + before));
  if (belief.sees_leavers || belief.hazard == 0.0) return;
  alive_.assign(row(window, years_ + 1), 1.0);
  for (std::int32_t months = 1; months < window; ++months) fill(months, 0);
  for (std::int32_t years = 0; years <= years_; ++years) fill(window, years);
}

/// Where a table of so many months begins: one for none, and one for each month of the last order and number.
std::size_t ExpectedOrders::row(std::int32_t months, std::int32_t years) const {
  const std::int32_t months_before = months * (months - 1) / 2;
  const auto shorter = static_cast<std::size_t>(months_before * most_orders + months - 1);
  return shorter + static_cast<std::size_t>(years) * static_cast<std::size_t>(months * most_orders + 1);
}

void ExpectedOrders::fill(std::int32_t months, std::int32_t years) {
  constexpr std::int32_t year = 12;
  const Integrand integrand{belief_, static_cast<double>(months), static_cast<double>(year * years)};
  const std::size_t first = row(months, years);
  std::array<double, most_orders + 1> later{};  // odds of having left after the month
  for (std::int32_t ago = 1; ago <= months; ++ago) {
    const double begin = months - ago, end = begin + 1;
    const std::size_t place = first + static_cast<std::size_t>((ago - 1) * most_orders);
    const auto whole = integrand.between(begin, end);
    for (std::int32_t orders = 0; orders <= most_orders; ++orders) {
      const auto x = static_cast<std::size_t>(orders);
      if (orders > 0) {
        const double last = moment_of_last_order(months, ago, orders);
        const double within = Integrand::sum(integrand.between(last, end), end - last, orders);
        alive_[place + x] = chance_against(later[x] + within);
      }
      if (ago < months) later[x] += Integrand::sum(whole, 1.0, orders);
    }
  }
  alive_[first] = chance_against(later[0] + integrand.first_month());
}

/// Of the next months, of who is there after `past` months as a customer.
double ExpectedOrders::months_there(double past) const {
  const double ahead = ahead_;
  if (belief_.hazard == 0.0) return ahead;
  if (belief_.term > 0)
    return expected_months_of_contract(belief_.renewal, static_cast<std::int32_t>(past), belief_.term, ahead_);
  if (belief_.variance == 0.0) return ahead * mean_of_decay(belief_.hazard * ahead);
  const double s = 1.0 / belief_.variance, beta = s / belief_.hazard + past, logs = sim::log(1.0 + ahead / beta);
  return beta * logs * mean_of_decay((s - 1.0) * logs);
}

double ExpectedOrders::alive(const SeenOrders& seen) const {
  if (alive_.empty() || seen.months == 0) return 1;
  sim::expects(seen.months <= window_ && seen.ago <= seen.months, "what is seen is within the window");
  const std::int32_t years = seen.months < window_ ? 0 : std::min(years_, (seen.months_before + 6) / 12);
  const std::size_t first = row(seen.months, years);
  if (seen.orders == 0) return alive_[first];
  return alive_[first + static_cast<std::size_t>((seen.ago - 1) * most_orders + std::min(seen.orders, most_orders))];
}

double ExpectedOrders::later(const SeenOrders& seen) const {
  const double months = seen.months, orders = seen.orders;
  const double rate =
      belief_.shape > 0 ? (belief_.shape + orders) / (belief_.shape / belief_.mean_rate + months) : belief_.mean_rate;
  std::int32_t before = seen.months_before;
  if (before > most_months && belief_.term > 0)  // as far into a term
    before -= (before - most_months + belief_.term - 1) / belief_.term * belief_.term;
  const std::int32_t past = seen.months < window_ ? seen.months : window_ + std::min(before, most_months);
  return alive(seen) * rate * there_[static_cast<std::size_t>(past)];
}

std::shared_ptr<const ExpectedOrders> OrdersBeliefs::of(const OrdersBelief& belief, std::int32_t window) const {
  const auto found = [&]() -> std::shared_ptr<const ExpectedOrders> {
    for (const Kept& kept : kept_)
      if (kept.belief == belief && kept.window == window) return kept.table;
    return {};
  };
  {
    const std::scoped_lock lock(guard_);
    if (auto table = found()) return table;
  }
  auto table = std::make_shared<const ExpectedOrders>(belief, window, ahead_);
  const std::scoped_lock lock(guard_);
  if (auto other = found()) return other;
  if (kept_.size() == most_kept) kept_.erase(kept_.begin());
  kept_.push_back({belief, window, table});
  return table;
}

}  // namespace clientele::models
