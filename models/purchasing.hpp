// How often an active customer orders and what the orders are worth.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "models/credit.hpp"
#include "models/known_past.hpp"
#include "models/kpis.hpp"
#include "models/loyalty/rate_score.hpp"
#include "models/made_once.hpp"
#include "models/price.hpp"
#include "models/quanta.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// Whether the order that makes somebody a customer after month 0 is simulated.
enum class FirstOrder : std::uint8_t { left_out, counted };

/// Sd of the log of one customer's orders around their mean.
inline float spread_within(const sim::Law& order_value) {
  return order_value.values[order_value.family == sim::Family::empirical ? 1 : 2];
}

/// Orders of a month ~ Poisson(rate_i x season x demand x price_t x effect of payment terms
///                            x exp(satisfaction_effect x gap) - payback), with gap = (satisfaction - reference) / 10.
/// What a discount does (models/price.hpp) is in part borrowed from later months, and paid back in `payback`.
/// List value of an order = value_i x exp(w z - w^2 / 2), z standard normal, so that value_i is its mean.
/// A discount is a share of each order's list value in quanta (models/rounding.hpp).
/// Near a cut that customers can see they order more, and in part only earlier (models/goal_gradient.hpp). An order may
/// carry a further category (models/cross_selling.hpp) and a surcharge (models/surcharge.hpp).
/// While deliveries are held (models/credit.hpp) nothing is ordered; of the orders that would have been placed a share
/// waits, and is placed with those of the month in which the hold ends: sums of Poisson counts are Poisson.
/// Who leaves within the month orders until then: the mean before what is paid back is multiplied by the share of the
/// month (models/churn.hpp).
/// With rate_i ~ Gamma the counts are negative binomial over customers (Ehrenberg 1959: NBD). Rate and value are
/// independent between customers (correlation .114 in the CDNOW data: Fader and Hardie, note 025).
struct PurchasingParameters {
  sim::Law orders_per_month;
  sim::Law order_value;  ///< lognormal: mean, between, within; empirical: mean, within
  std::array<float, 12> season{};
  float elasticity = 0, elasticity_spread = 0, satisfaction_effect = 0;
  float borrowed_share = 0, payback_rate = 0;
  float reference_memory = 0, reference_gain = 0, reference_loss = 0;
  float discount = 0, competitor_matches = 0;
  std::int32_t matched_after = 0;
  float cut_pressure = 0, cut_borrowed = 0;
  FirstOrder first_order = FirstOrder::left_out;
  float order_level = 1, value_level = 1;

  MadeOnce<RateScore> rate_score;  ///< of orders_per_month, for what goes with it

  float order_spread = 0, order_shift = 0;  ///< of one order around the customer's mean, as powers of two

  void finish() {
    constexpr float log2_e = 1.44269504F;
    const float within = spread_within(order_value);
    order_spread = within * log2_e;
    order_shift = -0.5F * within * within * log2_e;
  }
};

/// A rate of orders before order_level. Where nobody orders, all rates are alike.
CLIENTELE_INLINE float rate_without_level(float rate, float level) { return level > 0.F ? rate / level : rate; }

/// Mean orders that wait for the end of a hold, of `mean` of the month and those that waited before.
CLIENTELE_INLINE float still_waiting(bool is_held, float mean, float waiting, float share) {
  return sim::when(is_held, share * (mean + waiting));
}

/// One order over the customer's mean order, for a standard normal z. Its mean is 1.
CLIENTELE_INLINE float order_factor(float z, float order_spread, float order_shift) {
  return sim::exp2(std::fma(order_spread, z, order_shift));
}

inline sim::FieldTable purchasing_fields() {
  using P = PurchasingParameters;
  using sim::Kind, sim::range;
  sim::FamilyInfo values_of_file = sim::empirical_law(range(0, 1e8));
  values_of_file.parameters.push_back({"within", range(0, 4, 0, 2), 0.5});
  const sim::FamilyInfo order_values{
      sim::Family::lognormal,
      "lognormal",
      {{"mean", range(0, 1e8), 2500}, {"between", range(0, 4, 0, 2.5), 1.1}, {"within", range(0, 4, 0, 2), 0.5}}};
  return sim::fields<P>({
      sim::field(
          &P::orders_per_month, "orders_per_month", "orders/month",
          {sim::gamma_law(range(0, 1e4, 0.01, 200), 2.0, 2.0), sim::lognormal_law(range(0, 1e4, 0.01, 200), 2.0, 0.7),
           sim::constant_law(range(0, 1e4, 0.01, 200), 2.0), sim::empirical_law(range(0, 1e4, 0.01, 200))},
          Kind::trait, "orders that a customer places in a month, on average",
          sim::guess("a distributor with a range of customers; gamma as in the NBD")),
      sim::money(sim::field(&P::order_value, "order_value", "money",
                            {order_values, sim::constant_law(range(0, 1e8), 2500), values_of_file}, Kind::trait,
                            "list value of an order: mean over customers, spread of the log between customers and "
                            "within one customer's orders",
                            sim::guess("B2B: spreads recalled, not measured"))),
      sim::field(&P::season, "season", "factor", range(0, 10, 0.2, 3),
                 std::array<double, 12>{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, Kind::by_group,
                 "orders of each calendar month over the mean month, January first",
                 sim::guess("none: a season is the study's own")),
      sim::called(
          "the response of orders to price",
          sim::field(&P::elasticity, "elasticity", "-", range(-20, 0, -6, -0.3), -1.0, Kind::by_group,
                     "percent more orders when the price rises by one percent, on average over customers",
                     sim::guess("between firms about 1, under contracts less; consumers' is 2.62 in the mean of 1,851 "
                                "estimates: Bijmolt, van Heerde, Pieters 2005"))),
      sim::field(&P::elasticity_spread, "elasticity_spread", "-", range(0, 2, 0, 1), 0.47, Kind::by_group,
                 "how much customers differ in it: standard deviation of its log", sim::guess("half of the mean")),
      sim::called(
          "the orders that a discount borrows from later months",
          sim::field(&P::borrowed_share, "borrowed_share", "share", range(0, 1, 0, 0.4), 0.33, Kind::by_group,
                     "of the orders that a discount adds, how many would have come later anyhow",
                     sim::seen("van Heerde, Leeflang, Wittink 2004: a third of a promotion's bump is borrowed"))),
      sim::field(&P::payback_rate, "payback_rate", "per month", range(0.01, 1, 0.1, 1), 0.5, Kind::by_group,
                 "share of what is borrowed that is missing in the next month, and so on",
                 sim::guess("a month or two")),
      sim::field(&P::reference_memory, "reference_memory", "-", range(0, 0.99), 0.8, Kind::by_group,
                 "how slowly the price that a customer takes for usual follows the one that it pays, per month",
                 sim::guess("half of a change is usual after three months")),
      sim::field(&P::reference_gain, "reference_gain", "share", range(0, 5, 0, 1), 0.3, Kind::by_group,
                 "what a price below the usual one adds to its elasticity, while it lasts",
                 sim::guess("direction from reference prices (Kalyanaram and Winer 1995), size chosen")),
      sim::field(&P::reference_loss, "reference_loss", "share", range(0, 5, 0, 2), 0.6, Kind::by_group,
                 "the same of a price above the usual one: losing a discount hurts more than it helped",
                 sim::guess("losses loom larger (Kalyanaram and Winer 1995), size chosen")),
      sim::field(&P::competitor_matches, "competitor_matches", "share", range(0, 1), 0, Kind::by_group,
                 "share of a discount that competitors match after a while: the demand is gone, the margin stays given",
                 sim::guess("none unless a study expects it")),
      sim::field(&P::matched_after, "matched_after", "months", range(0, 120, 0, 36), 6, Kind::by_group,
                 "months of a customer's discount after which competitors match it", sim::guess("half a year")),
      sim::field(
          &P::cut_pressure, "cut_pressure", "log factor", range(0, 2, 0, 0.3), 0.15, Kind::by_group,
          "change of log orders right before a cut that customers can see: a visible tier's by spend, a rebate's",
          sim::guess("form from the goal gradient (Kivetz, Urminsky, Zheng 2006), size chosen")),
      sim::field(&P::cut_borrowed, "cut_borrowed", "share", range(0, 1), 0.5, Kind::by_group,
                 "of the orders that a near cut adds, how many would have come later anyhow",
                 sim::guess("half: the same authors see a pause once the goal is reached")),
      sim::field(&P::order_level, "order_level", "factor", range(0, 100, 0.5, 2), 1, Kind::by_group,
                 "orders of everybody over those that rates, or the past, tell: what the months of the study have in "
                 "common, such as a season that is not known",
                 sim::closed_form("1: as the laws say")),
      sim::field(&P::value_level, "value_level", "factor", range(0, 100, 0.5, 2), 1, Kind::by_group,
                 "the same of the values of orders", sim::closed_form("1: as the laws say")),
      sim::field(&P::first_order, "first_order", {"left out", "counted"}, FirstOrder::left_out,
                 "the order that makes somebody a customer after month 0: left out, with its sale and its cost, as the "
                 "order rate is one of orders after it; or counted, at a moment of the month of joining from which on "
                 "the customer orders at its rate",
                 sim::closed_form("Pareto/NBD: what makes a customer is no event of its rate")),
      sim::called("the orders that satisfaction adds",
                  sim::field(&P::satisfaction_effect, "satisfaction_effect", "per 10 points", range(-1, 2, 0, 0.2),
                             0.04, Kind::by_group, "change of log orders per 10 points of satisfaction",
                             sim::guess("recalled: between 0 and 0.1"))),
      sim::lever(sim::field(&P::discount, "discount", "share", range(0, 0.9, 0, 0.3), 0, Kind::by_group,
                            "discount off the list price", sim::guess("none unless a policy gives one")),
                 {.cost = "margin: the discount comes off list sales in full",
                  .benefit = "demand: orders x (1 - discount)^elasticity, less what is borrowed from later months",
                  .paid_in = {"discount_given"},
                  .helps = {"orders"},
                  .granted_on = {"revenue", "discount_given"},
                  .rests_on = {"purchasing.elasticity", "purchasing.borrowed_share"}}),
  });
}

inline std::vector<sim::DriverInfo> purchasing_drivers() {
  return {{"demand", sim::DriverKind::factor, "factor", "multiplies every customer's mean number of orders"}};
}

inline Kpis purchasing_kpis() {
  using enum sim::KpiRule;
  return {
      money_kpi("revenue", "invoiced, net of discount", better, total, {{"revenue"}}),
      money_kpi("discount_given", "list sales less revenue", worse, total, {{"discount_given"}}),
      ratio_kpi("orders_per_month", "orders per active customer and month", "1", better, {{"orders"}}, "customers")};
}

class Purchasing final : public sim::Behavior {
 public:
  explicit Purchasing(sim::Wiring& wiring);
  void draw_traits(sim::BlockMonth& month) const override;
  /// Orders and sales of the month.
  void advance(sim::BlockMonth& month) const;

 private:
  void wait_for_the_first(sim::BlockMonth& month) const;
  void add_first_orders(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void draw_given_past(sim::BlockMonth& month) const;
  void take_over_books(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void draw_rounding(sim::BlockMonth& month) const;
  void place_orders(sim::BlockMonth& month) const;
  void hold_orders(sim::BlockMonth& month, const sim::Arm& arm) const;
  void price(sim::BlockMonth& month, const sim::Arm& arm) const;
  void value_orders(sim::BlockMonth& month) const;
  void sell(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const;
  template <bool category, bool surcharges>
  void sell_with(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const;
  void sell_all(sim::BlockMonth& month, const sim::Arm& arm) const;
  void record(sim::BlockMonth& month, const sim::Arm& arm) const;
  void remember(const sim::BlockMonth& month, const sim::Arm& arm) const;
  [[noreturn]] void refuse_sales(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const;

  sim::CoreColumns core_;
  sim::Parameters<PurchasingParameters> parameters_;
  sim::Trait<float> order_rate_, order_value_;
  sim::BirthLuck rate_luck_, value_luck_;
  sim::MonthLuck count_luck_, rounding_luck_;
  sim::OrderLuck order_luck_;
  sim::Driver demand_;
  bool discounts_;  ///< somebody has a discount: else there are no such columns
  sim::Trait<float> response_to_price_;
  sim::BirthLuck response_luck_;
  sim::Lever<float> discount_share_, log_price_;
  sim::State<float> borrowed_, usual_price_;  ///< mean orders; log of a price over the list's
  sim::State<std::int32_t> discounted_for_;   ///< months up to now
  sim::OwnFactor effects_;                    ///< on the rate of orders
  sim::Passing<const float> share_of_month_;
  bool holds_;
  sim::Parameters<CreditParameters> credit_;
  sim::Passing<const std::int32_t> held_;
  sim::State<float> waiting_;  ///< mean orders
  sim::State<std::int32_t> orders_;
  sim::Common<float> mean_;         ///< orders, of one arm after the other
  sim::Common<std::int32_t> buys_;  ///< whether there is an order, likewise
  sim::Common<float> rounding_;
  sim::Listed<std::int32_t> listed_value_;
  sim::Listed<float> listed_rounding_;
  sim::Slots<std::int32_t> value_;
  bool has_category_, has_surcharges_;
  sim::Passing<const float> growth_;
  sim::Passing<const std::int32_t> surcharge_;        ///< of one order
  sim::Passing<std::int32_t> usual_sales_, charged_;  ///< list sales without the category; surcharges
  sim::Passing<std::int32_t> list_sales_, net_sales_;
  sim::Common<std::int32_t> discount_;  ///< that is given, of one arm after the other
  sim::Collected sales_to_account_for_, costs_;
  sim::Ring<std::int32_t> history_, orders_by_month_;
  sim::Metric orders_metric_, buyers_metric_, list_metric_, discount_metric_, revenue_metric_;
  sim::Histogram sales_histogram_;
  bool takes_goods_back_;
  sim::Ring<const std::int32_t> returned_;  ///< by month
  PastOfOrders past_;
  sim::Past orders_valued_, typical_value_, sales_told_, orders_told_;
  sim::BirthLuck rate_given_past_luck_, value_given_past_luck_;
  bool counts_first_orders_;  ///< in some study of these groups
  sim::BirthLuck moment_luck_;
};

}  // namespace clientele::models
