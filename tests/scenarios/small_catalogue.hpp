// A catalogue of two behaviors that never live: all that a reader of studies needs to know.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "scenarios/study_reader.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/check.hpp"
#include "sim/segmentation.hpp"

namespace clientele::tests {

enum class When : std::uint8_t { morning, evening };

struct BuyingFields {
  sim::Law rate, value;
  std::array<float, 12> season{};
  float discount = 0, chance = 0;
  float gifts = 0, worth = 0;
  When when = When::morning;
  std::array<float, 2> reasons{};
  std::array<std::array<float, 3>, 2> moves{};
  float budget = 0;
  std::int32_t seats = 0;
  sim::Law area, patience;
};
struct ReviewFields {
  std::int32_t every = 0;
};

/// Does nothing, and reads the lever that it has.
class Still final : public sim::Behavior {
 public:
  explicit Still(sim::Wiring& wiring) {
    wiring.lever("buying.discount");
    wiring.setting("buying.budget");
    wiring.setting("buying.seats");
  }
};

class Nobody final : public sim::Segmentation {
 public:
  Nobody(const sim::SegmentationSpec&, sim::Observed&) {}
  bool due(int) const override { return false; }
  void assign(sim::BlockMonth&, const sim::Arm&, const sim::Decision&, std::span<std::int32_t>) const override {}
};

inline sim::FieldTable review_fields() {
  return sim::fields<ReviewFields>({sim::field(&ReviewFields::every, "every", "months", sim::range(1, 24), 3,
                                               sim::Kind::fixed, "months between reviews", sim::guess())});
}

inline sim::Catalogue small_catalogue() {
  using sim::Kind, sim::range;
  using B = BuyingFields;
  sim::Catalogue all;
  all.behavior<Still>(
      "buying",
      sim::fields<B>(
          {sim::field(&B::rate, "rate", "orders/month",
                      {sim::gamma_law(range(0, 100), 2, 2), sim::constant_law(range(0, 100), 2)}, Kind::trait, "orders",
                      sim::guess()),
           sim::money(sim::field(&B::value, "value", "money", {sim::lognormal_law(range(0, 1e9), 100, 1)}, Kind::trait,
                                 "value of an order", sim::guess())),
           sim::field(&B::season, "season", "factor", range(0, 10),
                      std::array<double, 12>{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, Kind::by_group, "season",
                      sim::guess()),
           sim::lever(sim::field(&B::discount, "discount", "share", range(0, 0.9, 0, 0.3), 0, Kind::by_group,
                                 "discount", sim::guess()),
                      {.cost = "margin", .benefit = "demand", .paid_in = {"customers"}, .helps = {"customers"}}),
           sim::field(&B::chance, "chance", "a chance per month", range(0, 1), 0.1, Kind::fixed, "", sim::guess()),
           sim::field(&B::when, "when", {"morning", "evening"}, When::morning, "when customers come", sim::guess()),
           sim::field(&B::reasons, "reasons", "share", {{"price", "quality"}}, range(0, 1), {{0.3, 0.7}},
                      Kind::by_group, "why customers come", sim::guess()),
           sim::field(&B::moves, "moves", "chance", {{"low", "high"}}, {{"down", "same", "up"}}, range(0, 1),
                      {{{0.1, 0.8, 0.1}, {0.2, 0.7, 0.1}}}, Kind::by_group, "moves between grades", sim::guess()),
           sim::setting(sim::money(sim::field(&B::budget, "budget", "money/month", range(0, 1e6), 100, Kind::fixed,
                                              "spent at most", sim::guess()))),
           sim::setting(sim::field(&B::seats, "seats", "seats", range(0, 99), 4, Kind::fixed, "who can be seated",
                                   sim::guess())),
           sim::needs("worth", sim::field(&B::gifts, "gifts", "per month", range(0, 9), 0, Kind::by_group, "gifts",
                                          sim::guess())),
           sim::field(&B::worth, "worth", "points", range(0, 9), 0, Kind::by_group, "what a gift is worth",
                      sim::guess()),
           sim::field(&B::area, "area", "seats",
                      {sim::gamma_law(range(0, 100, 1, 50), 2, 2), sim::constant_law(range(0, 100), 2),
                       sim::empirical_law(range(0, 100, 1, 50))},
                      Kind::trait, "seats of a customer", sim::guess()),
           sim::field(&B::patience, "patience", "share",
                      {sim::beta_law(0.3, 2), sim::constant_law(range(0, 1), 0.3), sim::empirical_law(range(0, 1))},
                      Kind::trait, "how often a customer waits", sim::guess())}),
      {{"demand", sim::DriverKind::factor, "factor", "orders"}, {"mood", sim::DriverKind::shift, "points", "mood"}});
  all.segmentation<Nobody>("everyone", sim::fields<ReviewFields>({}), sim::TierRule::one);
  all.segmentation<Nobody>("spend", review_fields(), sim::TierRule::from, "money");
  all.segmentation<Nobody>("rank", review_fields(), sim::TierRule::share);
  all.segmentation<Nobody>("profit", review_fields(), sim::TierRule::from, "money", sim::Values::any);
  all.segmentation<Nobody>("punctuality", review_fields(), sim::TierRule::from, "share");
  const auto rules = all.segmentation<Nobody>("rules", review_fields(), sim::TierRule::when);
  all.conditions_read(rules, {{"orders", "orders", {.low = 0}}, {"profit", "money"}, {"quiet", "months", {.low = 1}}});
  all.segmentation<Nobody>("attribute", review_fields(), sim::TierRule::groups);
  all.kpi({"npv", "", "money", sim::Direction::higher_is_better, sim::KpiRule::total, {{"customers"}}, {}, 1, 0, true});
  return all;
}

}  // namespace clientele::tests
