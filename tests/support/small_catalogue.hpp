// A catalogue that only a reader looks at: fields of every kind, two levers of one name, no behavior behind them.
#pragma once
#include <array>

#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/segmentation.hpp"

namespace clientele::tests {

struct Nothing final : sim::Behavior {
  explicit Nothing(sim::Wiring&) {}
};

struct NoTiers final : sim::Segmentation {
  NoTiers(const sim::SegmentationSpec&, sim::Observed&) {}
  bool due(int) const override { return false; }
  void assign(sim::BlockMonth&, const sim::Arm&, const sim::Decision&, std::span<std::int32_t>) const override {}
};

struct SmallParameters {
  sim::Law rate, value, late;
  std::array<float, 12> season{};
  float elasticity = 0, discount = 0, base_hazard = 0, terms_days = 0;
  std::int32_t look_back = 0;
};

inline sim::Catalogue small_catalogue() {
  using P = SmallParameters;
  using sim::Kind, sim::range;
  sim::Catalogue catalogue;
  catalogue.behavior<Nothing>(
      "purchasing",
      sim::fields<P>({
          sim::field(&P::rate, "orders_per_month", "orders/month",
                     {sim::gamma_law(range(0, 1e4), 2, 2), sim::constant_law(range(0, 1e4), 2)}, Kind::trait,
                     "orders in a month", sim::guess()),
          sim::money(sim::field(&P::value, "order_value", "money", {sim::lognormal_law(range(0, 1e8), 2500, 1)},
                                Kind::trait, "value of an order", sim::guess())),
          sim::field(&P::season, "season", "factor", range(0, 10), {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, Kind::by_group,
                     "season", sim::guess()),
          sim::field(&P::elasticity, "elasticity", "-", range(-20, 0), -2, Kind::by_group, "elasticity", sim::guess()),
          sim::lever(sim::field(&P::discount, "discount", "share", range(0, 0.9, 0, 0.3), 0, Kind::by_group, "discount",
                                sim::guess()),
                     "margin", "demand"),
      }),
      {{"demand", sim::DriverKind::factor, "factor", "orders"}});
  catalogue.behavior<Nothing>("payment",
                              sim::fields<P>({
                                  sim::lever(sim::field(&P::terms_days, "terms_days", "days", range(0, 360), 30,
                                                        Kind::by_group, "terms", sim::guess()),
                                             "capital", ""),
                                  sim::lever(sim::field(&P::discount, "care", "money a month", range(0, 1e6), 0,
                                                        Kind::by_group, "care", sim::guess()),
                                             "staff", "satisfaction"),
                              }),
                              {{"rate_shift", sim::DriverKind::shift, "points", "interest"}});
  catalogue.behavior<Nothing>(
      "churn", sim::fields<P>({
                   sim::field(&P::base_hazard, "base_hazard", "per month", range(0, 1, 0, 0.2), 0.016, Kind::by_group,
                              "chance of leaving", sim::guess()),
                   sim::field(&P::elasticity, "slope", "-", range(-3, 3), 0, Kind::fixed, "slope", sim::guess()),
                   sim::lever(sim::field(&P::discount, "care", "money a month", range(0, 1e6), 0, Kind::by_group,
                                         "care", sim::guess()),
                              "staff", "loyalty"),
               }));
  const auto review = sim::fields<P>(
      {sim::field(&P::look_back, "look_back", "months", range(1, 24), 12, Kind::fixed, "past months", sim::guess())});
  catalogue.segmentation<NoTiers>("everyone", sim::fields<P>({}), sim::TierRule::one);
  catalogue.segmentation<NoTiers>("spend", review, sim::TierRule::from, "money");
  catalogue.segmentation<NoTiers>("rank", review, sim::TierRule::share);
  for (const char* name : {"npv", "revenue"}) {
    sim::KpiInfo kpi;
    kpi.name = name;
    catalogue.kpi(kpi);
  }
  return catalogue;
}

}  // namespace clientele::tests
