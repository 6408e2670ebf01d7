// Goods that come back: which orders, when, and what that takes from what they have brought.
#pragma once
#include <array>
#include <cstdint>

#include "models/credit_notes.hpp"
#include "models/cross_selling.hpp"
#include "models/kpis.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// Of all orders the share `chance` comes back, whole: in the month after the sale if u < chance x next_month, in the
/// month after that if u < chance, u one word of the order, the same in every arm. Before that nobody knows of it.
/// What comes back is credited as it was invoiced, surcharge and discount included, in the month in which it comes back
/// (models/credit_notes.hpp says what becomes of its invoice): that is `returned`. With the goods at cost
///   goods = list value - margin, the margin as it was booked with the sale,
/// contribution loses in that month
///   returned - goods + (1 - resold_share) x goods + handling x orders that come back:
/// the margin of the sale, what cannot be sold again, and the work. What was spent on delivery and on premiums stays
/// spent; so do care and offers.
///
/// Amounts are rounded with the sale, by the luck of its customer-month (models/rounding.hpp). Goods of the orders of a
/// customer-month that come back first are rounded together, and those of all that come back together: where every
/// order comes back, exactly the margin of the month is taken back.
///
/// Past sales that a firm looks back on (segmentations, progress to a cut, the year after a review) and past
/// contributions are less what came back in each month: a month may be below 0. So are the year's sales for a rebate,
/// but not below 0, and a rebate that was paid stays paid. Orders stay counted as placed,
/// discounts as given.
///
/// Who has left sends back all the same, also in months that settle what is open. Who defaults sends nothing back any
/// more: the goods are the estate's, what is open is a claim, and what would be refunded is set off. Of what months
/// leave open is charged to them what is expected to come back, at the chance of default of the last month. What the
/// books brought along (payment.opening) does not come back. Limits: a defect or a late delivery brings nothing back,
/// returns displease nobody, and nobody sends back a part of an order.
struct ReturnsParameters {
  float chance = 0, next_month = 0, handling = 0, resold_share = 1;
};

/// Months after which orders come back: 1 or 2.
inline constexpr std::size_t months_to_come_back = 2;

/// Months until an order comes back; 0 never.
CLIENTELE_INLINE std::int32_t comes_back_after(float u, float chance, float next_month) {
  return sim::when(u < chance, 1) + sim::when((u < chance) & !(u < chance * next_month), 1);
}

/// List sales of a customer-month [quanta], or of some of its orders, and the part of them that is usual goods before a
/// further category joined them.
struct ListSales {
  std::int32_t list = 0, usual = 0;
};

/// What goods have cost that were sold at these prices: list value less margin, as accounting books it.
CLIENTELE_INLINE std::int32_t cost_of_goods(ListSales sold, float gross_margin, float category, float category_margin,
                                            float u) {
  const std::int32_t of_category = rounded_share(sold.usual, category, u);
  const std::int32_t margin =
      rounded_share(sold.list - of_category, gross_margin, u) + rounded_share(of_category, category_margin, u);
  return sold.list - margin;
}

/// What comes of so many orders that come back, beside the sale itself: work, and goods that cannot be sold again.
CLIENTELE_INLINE std::int32_t cost_of_returns(std::int32_t orders, std::int32_t goods, float handling, float resold,
                                              float per_quantum, float u) {
  return rounded(static_cast<float>(orders) * handling, per_quantum, u) + rounded_share(goods, 1.F - resold, u);
}

inline sim::FieldTable returns_fields() {
  using P = ReturnsParameters;
  using sim::Kind, sim::range;
  return sim::fields<P>({
      sim::called("the orders that come back",
                  sim::field(&P::chance, "chance", "share of orders", range(0, 1, 0, 0.4), 0, Kind::by_group,
                             "orders that come back within the two months after that of the sale",
                             sim::guess("none unless a study says so: recalled are 5 to 10 % in shops, 20 to 40 % of "
                                        "clothes sold at a distance"))),
      sim::field(&P::next_month, "next_month", "share", range(0, 1), 0.7, Kind::by_group,
                 "of these, those that come back in the month after the sale; the others do in the month after that",
                 sim::guess("most right of withdrawal ends within a month")),
      sim::money(sim::field(&P::handling, "handling", "money/order", range(0, 1e6, 0, 200), 20, Kind::by_group,
                            "what receiving, checking and shelving an order that comes back costs",
                            sim::guess("half an hour, and the way back is the customer's"))),
      sim::field(&P::resold_share, "resold_share", "share", range(0, 1), 1, Kind::by_group,
                 "of the cost of goods that come back, what they can be sold again for",
                 sim::guess("as good as new unless a study says so")),
  });
}

inline Kpis returns_kpis() {
  return {ratio_kpi("returned_share", "share of revenue that is taken back", "1", worse, {{"returned"}}, "revenue"),
          money_kpi("returns_cost", "work on goods that come back, and those that cannot be sold again", worse,
                    sim::KpiRule::total, {{"returns_cost"}})};
}

class Returns final : public sim::Behavior {
 public:
  explicit Returns(sim::Wiring& wiring);
  int months_ahead(const sim::Outlook& outlook) const override;
  /// After orders: which of them will come back, and when, in every arm.
  void mark(sim::BlockMonth& month) const;
  /// After sales and payment: what comes back now is accounted for, and what will is put down.
  void take_back(sim::BlockMonth& month) const;
  /// Where months end: what is expected to come back of what they have sold.
  void expect_what_is_open(sim::BlockMonth& month) const;

 private:
  Returns(sim::Wiring& wiring, sim::StageWiring mark, sim::StageWiring take_back);
  void wire(sim::Wiring& wiring, sim::StageWiring& mark, sim::StageWiring& take_back);
  void account(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void add_up_sales(sim::BlockMonth& month, const sim::Arm& arm) const;
  template <bool category>
  void add_up_sales_with(sim::BlockMonth& month, const sim::Arm& arm) const;
  void put_down(sim::BlockMonth& month, const sim::Arm& arm) const;
  void pay_back_all(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void forget_defaulters(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void expect(const sim::BlockMonth& month, const sim::Arm& arm, sim::Metric metric) const;

  /// Of the orders of the month that come back after one month, and after one or two.
  struct Sums {
    sim::Common<std::int32_t> orders, list, usual;
  };

  sim::CoreColumns core_;
  sim::Parameters<ReturnsParameters> parameters_;
  sim::Parameters<CrossSellingParameters> cross_selling_;
  bool is_used_, can_default_, has_category_;
  sim::OrderLuck luck_;
  sim::Listed<std::int32_t> listed_after_;
  sim::Slots<std::int32_t> after_;  ///< months until an order comes back, 0 never
  sim::Slots<const std::int32_t> known_after_, value_;
  sim::Passing<const float> growth_;
  sim::Passing<const std::int32_t> holders_, defaults_;
  sim::Trait<const float> gross_margin_;
  sim::Common<const float> rounding_, rounding_at_end_;
  std::array<Sums, months_to_come_back> sums_;
  ComingBack coming_back_;
  sim::Ring<std::int32_t> returned_, refunded_, goods_, cost_, orders_;  ///< by the month in which they come back
  sim::State<std::int32_t> still_to_come_;                               ///< orders
  sim::Passing<const float> chance_of_default_;
  sim::Common<std::int32_t> expected_;
  sim::Collected costs_;
  sim::Metric orders_metric_, goods_metric_, cost_metric_, of_horizon_metric_, at_end_metric_;
  sim::Past open_told_;  ///< where what is owed is told, what comes back of sales before month 0 is paid back
};

}  // namespace clientele::models
