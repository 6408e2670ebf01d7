// A rebate on a year's sales, paid when the year is over, to who has bought for enough.
#pragma once
#include <cstdint>

#include "models/goal_gradient.hpp"
#include "models/kpis.hpp"
#include "models/purchasing.hpp"
#include "models/quanta.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// Who has bought for rebate_from or more in a calendar year is owed a share of all of it. It is owed, and charged to
/// contribution, from the month on in which the amount is reached, and with every sale from there; it is paid in
/// January, also to who has left. Until then the firm has the money: npv charges it as it does receivables, with the
/// other sign. What a customer who defaults was owed is set off.
/// Who changes tier is owed the new share of the whole year from the next sale on.
/// What comes back (models/returns.hpp) is taken off the sales of the year in which it does, and what is owed with it;
/// a rebate that is paid stays paid.
///
/// It acts on orders as a discount does that customers weigh less, since it comes later and may not come at all:
///   orders x exp(e_i log(1 - salience x share)),
/// for who is on the way to the amount: at the pace of the year so far, in January by the sales of the year before.
/// Near the amount customers order more to reach it, and in part only earlier (models/goal_gradient.hpp).
struct RebateParameters {
  float rebate = 0, rebate_from = 0, rebate_salience = 0;
};

/// Whether somebody expects to reach the amount, after so many months of the year, 0 to 11: by the sales of these, or
/// of the whole year before where there are none yet.
CLIENTELE_INLINE bool is_on_the_way(std::int32_t sales, std::int32_t months, std::int32_t from) {
  const double of_year = 12.0 / static_cast<double>(months == 0 ? 12 : months);
  return static_cast<double>(sales) * of_year >= static_cast<double>(from);
}

/// Which part of the way to the amount is behind somebody, in the year's sales [quanta]; none once it is reached, and
/// none in January, when the year before is over.
CLIENTELE_INLINE float progress_to_rebate(std::int32_t year_sales, std::int32_t months, std::int32_t from,
                                          float share) {
  const bool strives = (share > 0.F) & (months > 0) & (year_sales < from);
  return strives ? static_cast<float>(year_sales) / static_cast<float>(from) : 0.F;
}

/// What is owed of the year's sales so far [quanta].
CLIENTELE_INLINE std::int32_t rebate_owed(std::int32_t year_sales, std::int32_t from, float share, float u) {
  return sim::when(year_sales >= from, rounded_share(year_sales, share, u));
}

inline sim::FieldTable rebate_fields() {
  using P = RebateParameters;
  using sim::Kind, sim::range;
  return sim::fields<P>({
      sim::lever(sim::field(&P::rebate, "rebate", "share", range(0, 0.9, 0, 0.1), 0, Kind::by_group,
                            "share of a calendar year's sales that is paid back in January",
                            sim::guess("none unless a policy gives one")),
                 {.cost = "owed from the month in which rebate_from is reached",
                  .benefit = "demand: as a discount that is weighed by rebate_salience",
                  .paid_in = {"rebate_accrued"},
                  .helps = {"orders"},
                  .granted_on = {"revenue"},
                  .rests_on = {"purchasing.elasticity", "rebate.rebate_salience"}}),
      sim::money(sim::field(&P::rebate_from, "rebate_from", "money/year", range(0, 1e9), 0, Kind::by_group,
                            "sales of a calendar year from which on a rebate is owed on all of them",
                            sim::guess("all sales unless a study says more"))),
      sim::field(&P::rebate_salience, "rebate_salience", "share", range(0, 1), 0.5, Kind::by_group,
                 "how much of a discount of the same size a rebate is to customers",
                 sim::guess("it comes later, and uncertainly; size chosen")),
  });
}

inline Kpis rebate_kpis() {
  return {money_kpi("rebates", "rebates owed for the year's sales", worse, sim::KpiRule::total, {{"rebate_accrued"}})};
}

class Rebate final : public sim::Behavior {
 public:
  explicit Rebate(sim::Wiring& wiring);
  /// Before orders: who expects one orders more.
  void offer(sim::BlockMonth& month) const;
  /// After sales: what is owed grows, and is paid in January.
  void accrue(sim::BlockMonth& month) const;
  /// Where months end: what is owed is owed until January.
  void pay_what_is_open(sim::BlockMonth& month) const;

 private:
  Rebate(sim::Wiring& wiring, sim::StageWiring accrue);
  std::int32_t from(const sim::BlockMonth& month) const;
  void feel_cut(sim::BlockMonth& month, const sim::Arm& arm) const;
  void take_back(sim::BlockMonth& month, const sim::Arm& arm) const;

  sim::CoreColumns core_;
  sim::Parameters<RebateParameters> parameters_;
  sim::Parameters<PurchasingParameters> purchasing_;
  bool is_used_, can_default_, feels_cuts_;
  sim::Lever<float> share_, log_price_;
  sim::Trait<const float> response_;
  sim::Factor order_rate_;
  sim::Passing<const std::int32_t> net_sales_, defaults_;
  sim::Common<const float> rounding_;
  sim::Common<std::int32_t> accrued_, paid_;
  sim::Collected costs_;
  sim::State<float> pulled_forward_;            ///< months of usual orders
  sim::State<std::int32_t> year_sales_, owed_;  ///< in January, until its own sales, of the year before
  sim::Metric accrued_metric_, paid_metric_, owed_metric_, of_horizon_metric_;
  bool takes_goods_back_;
  sim::Ring<const std::int32_t> returned_;  ///< by month
};

}  // namespace clientele::models
