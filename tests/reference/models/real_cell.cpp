// The steps stand as in models/catalogue.cpp.
#include "tests/reference/models/real_cell.hpp"

#include <algorithm>

#include "models/segmentation/history.hpp"

namespace clientele::tests {

namespace {

/// The first whole number of quanta that comes to an amount.
std::int64_t quanta_of_bound(double from, double quantum) {
  auto bound = static_cast<std::int64_t>(from / quantum) - 2;
  while (static_cast<double>(bound) * quantum < from * (1 - 1e-14)) ++bound;
  return bound;
}

}  // namespace

void RealCell::be_born(const Scene& scene, RealCustomer& who) const {
  tests::be_born(scene, who, who.buyer);
  tests::be_born(scene, who, who.judge);
  tests::be_born(scene, who, who.payer);
  tests::be_born(scene, who, who.place);
  tests::be_born(scene, who, who.earner);
  tests::be_born(scene, who, who.leaver, who.judge);
}

void RealCell::live_month(const Scene& scene) {
  for (const RealCustomer& who : customers()) open_ledger(scene, who, who.payer);
  review(scene);
  for (RealCustomer& who : customers()) {
    who.bills.clear();
    who.buyer.effects = 1.F;
    offer_terms(scene, who, who.buyer);
    if (who.active) offer_service(scene, who, who.served);
    move_orders(scene, who, who.judge, who.buyer);
    decide_to_leave(scene, who, who.leaver);
    place_orders(scene, who, who.buyer, who.leaver.share);
    remember_sales(scene, who, who.buyer);
    deliver(scene, who, who.buyer, who.served, who.bills);
    experience(scene, who, who.judge, who.buyer, who.served);
    move_liquidity(scene, who, who.payer);
    settle(scene, who, who.payer, who.buyer);
    age_receivables(scene, who, who.payer);
    ship(scene, who, who.place, who.buyer, who.bills);
    win(scene, who, who.buyer, who.bills);
    account(scene, who, who.earner, who.buyer, who.bills);
    end_month(scene, who, who.leaver, who.judge, who.served);
  }
  grant_exits(scene, {"left"});
  for (const RealCustomer& who : customers()) settle_what_is_open(scene, who, who.payer);
}

RealCell::Past RealCell::look_back_on(const Scene& scene, const RealCustomer& who, int look_back) const {
  Past past{0, std::clamp(scene.month - who.born, 1, look_back)};
  for (int month = scene.month - 1; month >= scene.month - look_back && month >= who.born; --month)
    past.sales += who.buyer.net_sales[static_cast<std::size_t>(month - who.born)];
  return past;
}

void RealCell::review(const Scene& scene) {
  if (scene.run_off()) return;
  const std::string_view segmentation = scene.setting.segmentation(scene.month);
  const auto list = under_review(scene);
  if (segmentation == "everyone") {
    for (RealCustomer* who : list)
      if (scene.month == 0) move(scene, *who, 0);
    return;
  }
  const auto p = scene.setting.segmentation_parameters<models::ReviewParameters>(scene.month);
  if (scene.month % p.review_every != 0) return;
  if (scene.month == first_month()) {  // nobody has a past to be judged by
    for (RealCustomer* who : list) move(scene, *who, who->tier);
    return;
  }
  std::vector<Candidate> candidates;
  for (const RealCustomer* who : list) {
    const Past past = look_back_on(scene, *who, p.look_back);
    candidates.push_back({who->id, static_cast<double>(past.sales * p.look_back) / past.months});
  }
  const auto& tiers = scene.setting.policy(scene.month).tiers;
  if (segmentation == "spend") {
    const double quantum = scene.setting.study().money_quantum;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const Past past = look_back_on(scene, *list[i], p.look_back);
      std::size_t tier = 0;
      while (tiers[tier].from && past.sales * p.look_back < quanta_of_bound(*tiers[tier].from, quantum) * past.months)
        ++tier;
      move(scene, *list[i], static_cast<std::int32_t>(tier));
    }
    return;
  }
  sim::expects(segmentation == "rank", "every segmentation of the catalogue has a twin");
  double given = 0;
  for (const sim::Tier& tier : tiers) given += tier.share.value_or(0);
  std::vector<double> shares;
  for (const sim::Tier& tier : std::span(tiers).first(tiers.size() - 1))
    shares.push_back(tier.share.value_or(1 - given));
  const auto assigned = tiers_by_quota(candidates, shares);
  for (std::size_t i = 0; i < list.size(); ++i) move(scene, *list[i], assigned[i]);
}

}  // namespace clientele::tests
