// How promising a customer looks to those who sell to him: points that know a part of the truth.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string_view>
#include <vector>

#include "models/accounting.hpp"
#include "models/attributes.hpp"
#include "models/purchasing.hpp"
#include "models/theory/log_moments.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"
#include "sim/study.hpp"

namespace clientele::models {

/// Points = 100 Phi(c T + sqrt(1 - c^2) Z): uniform over 0 to 100, with the truth T, what the customer is worth by its
/// traits on a scale of mean 0 and variance 1, and luck Z ~ N(0, 1), the customer's own under every policy. Both normal
/// scales correlate by c; where T is normal, ranks of points and truth do by 6 / pi asin(c / 2): .385 at c = .4.
struct ProspectsParameters {
  float correlation = 0;
  float luck = 1;

  void finish() { luck = std::sqrt(1.F - correlation * correlation); }
};

inline sim::FieldTable prospects_fields() {
  using P = ProspectsParameters;
  return sim::fields<P>({
      sim::field(&P::correlation, "correlation", "-", sim::range(0, 1), 0.4, sim::Kind::fixed,
                 "how well those who sell judge a customer's prospects: correlation of their points, before they are "
                 "put on a scale, with the log of the margin that is expected of it",
                 sim::guess("better than chance, and far from knowing")),
  });
}

/// Amounts count over the mean of the study's first group, so that no money stands in a log.
struct UsualCustomer {
  float orders = 1, value = 1;
};
inline constexpr float least_worth = 1e-3F;  ///< of the usual customer's orders, value, and of a margin

/// Log of the margin that is expected of a month before what orders cost, over the usual customer's sales.
CLIENTELE_INLINE float log_of_worth(float orders, float value, float margin, const UsualCustomer& usual) {
  const float often = orders / usual.orders, much = value / usual.value;
  return sim::log(often > least_worth ? often : least_worth) + sim::log(much > least_worth ? much : least_worth) +
         sim::log(margin > least_worth ? margin : least_worth);
}

/// Mean and 1 / standard deviation of that log over all customers, when a study begins.
struct WorthScale {
  UsualCustomer usual;
  float mean = 0, inverse_sd = 0;  ///< 0: all are worth the same
};

/// What a customer is worth on that scale.
CLIENTELE_INLINE float truth_of(float log_worth, const WorthScale& scale) {
  return (log_worth - scale.mean) * scale.inverse_sd;
}

CLIENTELE_INLINE float prospects_points(float log_worth, const WorthScale& scale, float correlation, float luck,
                                        float z) {
  const float truth = truth_of(log_worth, scale);
  return 100.F * static_cast<float>(sim::normal_below(static_cast<double>(correlation * truth + luck * z)));
}

/// What a customer file says of these, in this order: else empty.
inline constexpr std::array<std::string_view, 3> fields_of_worth{"purchasing.orders_per_month",
                                                                 "purchasing.order_value", "accounting.gross_margin"};
using KnownWorth = std::array<std::span<const float>, fields_of_worth.size()>;

/// Who is there when a study begins: shares of groups, and the logs of what a file says of their customers.
struct WorthOfBase {
  struct Logs {
    float usual = 1;                   ///< mean over the file, which values count over; 1 of a margin
    std::vector<LogMoments> by_group;  ///< empty: the file does not say
  };
  std::vector<double> shares;
  std::array<Logs, fields_of_worth.size()> logs;
};
CLIENTELE_API WorthOfBase worth_of_base(const sim::Population& population, const KnownWorth& known);

/// By the laws of each group, in a draw, for what the file does not say. Traits are drawn independently of each other.
CLIENTELE_API WorthScale worth_scale(const WorthOfBase& base, std::span<const PurchasingParameters* const> purchasing,
                                     std::span<const AccountingParameters* const> accounting);

/// Nobody is asked unless a segmentation reads what is said: else it takes no column and no time. What a firm knows of
/// customers from the first day is given here too, as it may go with what they are worth.
class Prospects final : public sim::Behavior {
 public:
  explicit Prospects(sim::Wiring& wiring);
  void set_first_states(sim::BlockMonth& month) const override;
  void judge(sim::BlockMonth& month) const;

 private:
  WorthScale scale_of(const sim::BlockMonth& month) const;

  sim::Parameters<ProspectsParameters> parameters_;
  sim::Parameters<PurchasingParameters> purchasing_;
  sim::Parameters<AccountingParameters> accounting_;
  sim::Trait<const float> order_rate_, order_value_, gross_margin_;
  sim::BirthLuck luck_;
  sim::Ring<float> points_;
  WorthOfBase base_;
  Attributes attributes_;
};

}  // namespace clientele::models
