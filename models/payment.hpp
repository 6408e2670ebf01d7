// Payment month by month: what terms do to demand, and invoices that are issued, dated, paid and grow older.
#pragma once
#include <cstdint>
#include <vector>

#include "models/ageing.hpp"
#include "models/known_past.hpp"
#include "models/kpis.hpp"
#include "models/open_at_end.hpp"
#include "models/open_invoices.hpp"
#include "models/opening_invoices.hpp"
#include "models/payment_delay.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"

namespace clientele::models {

sim::FieldTable payment_fields();

inline std::vector<sim::DriverInfo> payment_drivers() {
  return {{"days_late", sim::DriverKind::factor, "factor", "multiplies the days late of every late invoice"},
          {"late_odds", sim::DriverKind::factor, "factor", "multiplies the odds that an invoice is paid late"},
          {"disputes", sim::DriverKind::factor, "factor", "multiplies the chance that an invoice is disputed"}};
}

Kpis payment_kpis();

/// The luck of an invoice is the same in every arm, and most of what becomes of it too: no lever touches whether it is
/// disputed, whether and by how many days it is late, and why. These are found once for all arms of like drivers.
/// An arm adds terms, and what was ordered at which discount.
class Payment final : public sim::Behavior {
 public:
  explicit Payment(sim::Wiring& wiring);
  void draw_traits(sim::BlockMonth& month) const override;
  int months_ahead(const sim::Outlook& outlook) const override;
  /// First of all: who of those who would join does so at the terms of entry.
  void win_newcomers(sim::BlockMonth& month) const;
  /// At the beginning: what the firm's ageing says is owed.
  void open_books(sim::BlockMonth& month) const;
  const sim::Signal& opening() const { return opening_; }
  /// Before orders: what this month's terms do to demand.
  void offer_terms(sim::BlockMonth& month) const;
  /// After orders: invoices are issued, and those that are due by now are settled.
  void advance(sim::BlockMonth& month) const;
  /// Where months end: what is open then is owed until the months in which it settles, which are known.
  void settle_what_is_open(sim::BlockMonth& month) const;

 private:
  /// What a scenario does to the delay law in a month.
  struct Circumstances {
    float late_odds = 0, disputes = 0, days_late = 0;
    bool operator==(const Circumstances&) const = default;
  };
  /// Invoices that may be late under some circumstances: so many, listed in `dated_.late_places`.
  struct MayBeLate {
    Circumstances under;
    std::size_t size = 0;
  };

  Payment(sim::Wiring& wiring, sim::StageWiring settle, sim::StageWiring at_end);

  void move_liquidity(sim::BlockMonth& month) const;
  void draw_given_past(sim::BlockMonth& month) const;
  /// Evenly over the months in which the books have seen the customer.
  void take_over_record(const sim::BlockMonth& month) const;
  void freeze(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void issue_all(sim::BlockMonth& month) const;
  void draw_luck(sim::BlockMonth& month, const sim::Orders& orders) const;
  void check_orders(const sim::BlockMonth& month, const sim::Arm& arm) const;
  MayBeLate find_late(sim::BlockMonth& month, const Circumstances& under, const sim::Orders& orders) const;
  void set_thresholds(sim::BlockMonth& month, const Circumstances& under) const;
  void judge_late(sim::BlockMonth& month, const MayBeLate& late, const sim::Orders& orders) const;
  void issue(sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders, std::size_t late) const;
  void price(const sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const;
  template <bool category, bool surcharges>
  void price_with(const sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const;
  void date(const sim::BlockMonth& month, const sim::Arm& arm, const sim::Orders& orders) const;
  std::int32_t date_late(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t late) const;
  void prompt(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t late) const;

  sim::CoreColumns core_;
  sim::Parameters<PaymentParameters> parameters_;
  sim::Trait<float> late_chance_, late_odds_, days_factor_, early_, response_to_terms_;
  sim::Fate<float> liquidity_;
  sim::BirthLuck late_luck_, first_liquidity_luck_;
  sim::MonthLuck liquidity_luck_;
  sim::OrderLuck delay_luck_, issue_luck_, dispute_luck_, reason_luck_;
  sim::Driver days_late_driver_, late_odds_driver_, dispute_driver_;
  sim::Lever<float> terms_, exponent_of_terms_, effect_of_terms_, discount_;
  sim::Factor order_rate_;
  sim::Common<float> odds_now_, threshold_, disputed_threshold_;
  sim::Listed<const std::int32_t> list_value_;
  sim::Listed<const float> rounding_;
  sim::Listed<float> exponential_, issue_day_, reason_, ahead_, excess_;
  sim::Listed<std::int32_t> dispute_bits_, may_be_late_;
  sim::Listed<float> late_issue_day_, late_ahead_, days_late_;  ///< of those that may be late, behind each other
  sim::Listed<std::int32_t> eighths_late_;
  sim::Listed<std::uint32_t> reason_if_late_;
  DatedInvoices dated_;
  OpenInvoices open_;
  Ageing ageing_;
  bool wins_newcomers_;
  sim::Lever<float> newcomers_exponent_;
  sim::BirthLuck joining_luck_;
  sim::Passing<std::int32_t> stays_away_;
  OpenAtEnd at_end_;
  OpeningInvoices opening_;
  bool can_default_, holds_, has_category_, has_surcharges_;
  sim::Passing<const float> growth_;
  sim::Passing<const std::int32_t> surcharge_;  ///< of one order
  sim::Parameters<CreditParameters> credit_;
  sim::Lever<float> hold_days_;
  sim::Listed<float> prompted_days_;  ///< late, of an arm in which deliveries may stop
  sim::Listed<std::int32_t> prompted_eighths_;
  sim::Passing<const std::int32_t> defaults_;
  sim::Past invoices_seen_, invoices_late_;
  sim::BirthLuck given_past_luck_;
  sim::Past late_by_administration_, days_late_told_, months_seen_;
  std::int32_t months_told_;  ///< of orders or sales
};

}  // namespace clientele::models
