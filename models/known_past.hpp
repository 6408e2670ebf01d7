// What books tell of a customer's past, and the laws of what the customer is, given that.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/conditioning/alive.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/api.hpp"
#include "sim/schema.hpp"
#include "sim/state/wiring.hpp"

namespace clientele::models {

/// Months of sales and orders that a file may tell.
inline constexpr int most_months_told = 36;

/// The columns that a file may tell customers' past in.
CLIENTELE_API std::vector<sim::PastInfo> past_columns();

/// A word as a uniform in (0, 1), in the middle of its 2^-32.
inline double uniform_of_word(std::uint32_t word) { return (static_cast<double>(word) + 0.5) * 0x1p-32; }

/// Orders that are known, in months (models/conditioning/alive.hpp). Time is that of the season: a month in which
/// everybody orders half as much again counts as one and a half.
///
/// A rate given the past, at the quantile u of its law: lambda ~ Gamma(r + x, alpha + T) of who is there still (and of
/// who is not, for whom it does not matter), r = shape, alpha = shape / mean of the law of all. Of a constant law the
/// past tells nothing. Source: Fader, Hardie, note 009, of the Pareto/NBD of Schmittlein, Morrison, Colombo 1987.
CLIENTELE_API double rate_given_past(const sim::Law& law, const KnownOrders& seen, double u);

/// A frailty of who has outlived T months at the cumulative base hazard H a month: w ~ Gamma(s, s + H T), s = 1 / v.
CLIENTELE_API double frailty_given_past(double base_cumulative, double variance, double seen, double u);

/// The chance to be a customer still (models/conditioning/alive.hpp), by the laws of rates and hazards.
CLIENTELE_API double alive_given_past(const sim::Law& rates, double base_cumulative, double variance,
                                      const KnownOrders& seen);

/// n orders seen, and their geometric mean [money].
struct ValuesSeen {
  double orders = 0, typical = 0;
};

/// The mean value of an order of a customer, given those seen, at the quantile u: the logs of single orders vary by w
/// within and by b between customers, so that
///   log v ~ N(log M + (1 - k)(-b^2 / 2) + k (log(G / M) + w^2 / 2), b^2 w^2 / (n b^2 + w^2)),  k = n b^2 / (n b^2 +
///   w^2)
/// with the law's mean M and the geometric mean G of n orders. Source: normal sample, normal prior (Gelman et al. 2013,
/// 2.5); k is the credibility of Buehlmann 1967. Money enters as a factor alone.
CLIENTELE_API double value_given_past(const sim::Law& lognormal, const ValuesSeen& seen, double u);

/// A chance of paying late given `late` of `settled` invoices, at the quantile u: Beta(a + late, b + settled - late),
/// a = first shape, b = a (1 - m) / m of the law with mean m.
CLIENTELE_API double late_chance_given_past(const sim::Law& beta, double settled, double late, double u);

/// The columns that tell of orders, as behaviors read them.
class CLIENTELE_API PastOfOrders {
 public:
  explicit PastOfOrders(const sim::Wiring& wiring);
  bool is_known(const sim::BlockMonth& month) const { return month.knows(orders_); }
  bool is_told() const { return orders_.is_known(); }
  KnownOrders of(const sim::BlockMonth& month, std::size_t customer) const;

 private:
  sim::Past orders_, last_, seen_;
};

/// The columns that tell what members of a program hold: points by months until they end, and points that do not.
class PointsTold {
 public:
  explicit PointsTold(const sim::Wiring& wiring);
  bool is_told() const { return by_end_.is_known() || endless_.is_known(); }
  /// Months of end that are told, the first being month 0.
  std::uint32_t months() const { return by_end_.columns; }
  std::int64_t ending_in(const sim::BlockMonth& month, std::size_t customer, std::size_t k) const {
    return static_cast<std::int64_t>(month.balance_told(by_end_, customer, k));
  }
  std::int64_t endless(const sim::BlockMonth& month, std::size_t customer) const {
    return endless_.is_known() ? static_cast<std::int64_t>(month.balance_told(endless_, customer)) : 0;
  }
  bool holds_any(const sim::BlockMonth& month, std::size_t customer) const;

 private:
  sim::Past by_end_, endless_;
};

/// How many of so many invoices are in the first months of them, spread evenly over the months in which they were seen,
/// and how many of these are late, and of them by administration, and of their days: each as evenly as whole numbers
/// go, so that no month has more late ones than invoices.
struct InvoicesSeen {
  std::int64_t settled = 0, late = 0, administrative = 0, eighths_late = 0;
};
CLIENTELE_API InvoicesSeen record_of_first_months(const InvoicesSeen& all, std::int64_t months, std::int64_t of);

/// Writes what a file tells of months over a ring whose owner has them simulated: of as many months as both have.
template <class T>
void take_over(const sim::BlockMonth& month, const sim::Arm& arm, sim::Ring<T> ring, sim::Past past, double scale) {
  const auto told = std::min<std::size_t>(past.columns, arm.depth(ring));
  for (std::size_t k = 0; k < told; ++k) {
    const auto values = arm.at(ring, month.month() - static_cast<int>(k));
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] = static_cast<T>(std::nearbyint(static_cast<double>(month.past(past, i, k)) * scale));
  }
}

}  // namespace clientele::models
