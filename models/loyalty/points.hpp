// Points that members earn, and what becomes of them: a ledger of lots by the month of their end.
#pragma once
#include <cmath>
#include <cstdint>

#include "models/churn.hpp"
#include "models/kpis.hpp"
#include "models/loyalty/membership.hpp"
#include "models/loyalty/opening_points.hpp"
#include "models/loyalty/points_by_age.hpp"
#include "models/loyalty/redemption.hpp"
#include "models/loyalty/returned_points.hpp"
#include "models/switches_on.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"
#include "sim/dated.hpp"
#include "sim/lots.hpp"

namespace clientele::models {

/// What an order's points are counted on: its list value; what is invoiced, without surcharges; that less what the
/// month's reward pays of it, the first order first.
enum class EarningBase { list, net, net_of_reward };
/// Points of one order are whole.
enum class PointRounding { down, nearest };
/// When a lot ends: so many months after that of its order; or with the calendar year in which that month lies.
enum class PointsEnd { months, calendar_year };
/// What a shorter validity does to points that are held: they keep their end, or lose as many months as new ones.
enum class HeldPoints { keep_end, end_sooner };

/// points of an order = earn x base, in whole points, rates to the thousandth of a point per unit of money.
/// In each month and for each customer
///   points = those of the month before + earned (orders, joining, partners) + given_back
///            - set_off - redeemed - reversed - expired - forfeited,
/// where a lot can be spent until the end of its last month and what ends first is spent first. Points that an order
/// earned which comes back are reversed, from its own lot, then from what ends last; what is not there any more is owed
/// and is set off against what comes later (a second ledger). What was redeemed in the month of an order counts for its
/// first order: where that comes back, so do the points, as a new lot. Who leaves forfeits all, where the firm sees it
/// (churn.notice); and so does who does not buy for `inactivity` months.
/// Points of a month's own orders can be redeemed from the next month on.
struct PointsParameters {
  float earn = 0, valid = 0;
  EarningBase base = EarningBase::net;
  PointRounding rounding = PointRounding::down;
  PointsEnd end = PointsEnd::months;
  HeldPoints held = HeldPoints::keep_end;
  float recorded_share = 1;
  float entry_bonus = 0, promotion = 1, inactivity = 0, valid_at_most = 0;
  float elsewhere = 0, elsewhere_price = 0;
  float value = 0, reward_cost = 0, open_redeemed = 0;
  float expected = 0, expected_sd = 0, constraint = 0;
  sim::DatedAmounts opening = {};  ///< points that members hold when month 0 begins, by the month of issue
};

/// Thousandths of a point per unit of money.
CLIENTELE_INLINE double thousandths(float earn, float promotion) {
  return std::rint(1000.0 * static_cast<double>(earn) * static_cast<double>(promotion));
}

/// Whole points for an amount, exact: quanta x thousandths is a whole number below 2^53.
CLIENTELE_INLINE std::int32_t points_of(std::int32_t quanta, double thousandths, double quanta_per_money,
                                        PointRounding rounding) {
  const double points = static_cast<double>(quanta) * thousandths / (1000.0 * quanta_per_money);
  const double whole = points + (rounding == PointRounding::nearest ? 0.5 : 0.0);
  constexpr double most = 1 << 30;
  return static_cast<std::int32_t>(whole < most ? whole : most);
}

/// Months of validity, 0 where points do not end.
inline constexpr std::int32_t endless_from = 240;
CLIENTELE_INLINE std::int32_t finite_validity(std::int32_t months) { return months < endless_from ? months : 0; }

/// Months from this one to the last in which a lot can be spent; sim::never where it does not end.
CLIENTELE_INLINE std::int32_t months_valid(std::int32_t valid, std::int32_t at_most, PointsEnd end,
                                           std::int32_t calendar_month) {
  const std::int32_t shorter = valid == 0 || at_most < valid ? finite_validity(at_most) : valid;
  if (shorter == 0) return sim::never;
  if (end == PointsEnd::months) return shorter;
  const std::int32_t month_of_end = (calendar_month - 1 + shorter) % 12;
  return shorter + 11 - month_of_end;
}

/// Months that lots with an end lose when validity is cut to `at_most` from `before`, of whom the tier grants `valid`.
/// Lots that end with a calendar year lose whole ones: the ledger has forgotten in which part of its year each was
/// issued, and what is not known counts for the member.
CLIENTELE_INLINE std::int32_t months_lost(std::int32_t valid, std::int32_t before, std::int32_t at_most,
                                          PointsEnd end) {
  const std::int32_t was = valid == 0 || before < valid ? before : valid;
  if (was >= endless_from || was <= at_most) return 0;
  return was - at_most - (end == PointsEnd::calendar_year ? (was - at_most) % 12 : 0);
}

CLIENTELE_API sim::FieldTable points_fields();
Kpis points_kpis();

/// Whether somebody earns points: else there is no program, and no column of one.
inline bool has_points(const sim::Wiring& wiring) { return wiring.is_used("points.earn", is_positive); }

class CLIENTELE_API Points final : public sim::Behavior {
 public:
  explicit Points(sim::Wiring& wiring);
  int months_ahead(const sim::Outlook& outlook) const override;
  /// After the month's sales and redemptions.
  void advance(sim::BlockMonth& month) const;
  /// When the warm-up ends: points that are stated take the place of what it left.
  void open_books(sim::BlockMonth& month) const;
  const sim::Signal& opening() const { return opening_; }
  /// Where months end: what is open is charged at what its rewards are expected to cost.
  void charge_what_is_open(sim::BlockMonth& month) const;

 private:
  struct Metrics {
    explicit Metrics(sim::Wiring& wiring);
    void count_nothing(sim::Wiring& wiring) const;
    sim::Metric balance, earned, redeemed, expired, forfeited, sales, reward_value, reward_cost, sold, liability,
        of_horizon, at_end, at_value, at_cost, deferred;
  };
  Points(sim::Wiring& wiring, sim::StageWiring here, sim::StageWiring at_end);
  void wire(sim::Wiring& wiring, sim::StageWiring& here, sim::StageWiring& at_end);
  void rate_members(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void show_cards(sim::BlockMonth& month) const;
  void earn_of_orders(sim::BlockMonth& month, const sim::Arm& arm) const;
  template <EarningBase base, bool category, bool by_card, bool comes_back>
  void earn_of(sim::BlockMonth& month, const sim::Arm& arm) const;
  void earn_beside_orders(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void mark_forfeits(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void move_lots(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void end_sooner(const sim::BlockMonth& month, const sim::Arm& arm, const sim::LotsOfArm& lots) const;
  void look_for_ends(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void pay(sim::BlockMonth& month, const sim::Arm& arm) const;
  void value_what_is_open(sim::BlockMonth& month, const sim::Arm& arm) const;

  sim::CoreColumns core_;
  sim::Parameters<PointsParameters> parameters_;
  sim::Parameters<ChurnParameters> churn_;
  sim::Parameters<RedemptionParameters> redemption_;
  bool is_used_, has_members_, has_category_, shows_cards_, burns_;
  std::int32_t longest_by_policy_;  ///< months that a policy leaves of points without an end
  sim::Lever<float> earn_, join_, valid_, discount_;
  sim::Setting entry_bonus_, promotion_, inactivity_, valid_at_most_, value_, reward_cost_;
  sim::OrderLuck card_luck_;
  sim::Passing<const std::int32_t> net_sales_;
  sim::Common<const float> rounding_;
  sim::Slots<const std::int32_t> order_value_;
  sim::Listed<std::int32_t> listed_shown_;
  sim::Slots<std::int32_t> shown_;
  sim::Passing<std::int32_t> thousandths_, earned_;
  sim::Passing<std::int32_t> by_reward_;  ///< what the month's reward pays of orders, and has not yet
  sim::Passing<std::int32_t> months_valid_, gives_up_, redeemed_, expired_, forfeited_;
  sim::Common<std::int32_t> sales_of_members_, reward_value_, cost_, sold_, liability_,
      given_;  ///< of one arm after the other
  sim::Collected costs_;
  sim::Common<const float> rounding_at_end_;
  sim::Common<std::int32_t> open_cost_;
  Metrics metrics_;
  sim::Passing<const std::int32_t> wanted_, joins_;
  sim::Passing<const float> growth_;
  sim::State<const std::int32_t> since_;
  sim::Lots lots_;
  sim::State<std::int32_t> balance_, idle_months_;
  ReturnedPoints returned_;
  sim::State<std::int32_t> ends_soon_;  ///< points that end in the next months
  PointsByAge by_age_;
  sim::Common<std::int32_t> at_value_, at_cost_, deferred_;  ///< of one arm after the other
  OpeningPoints opening_;
};

}  // namespace clientele::models
