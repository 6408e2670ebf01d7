// The steps stand as in models/catalogue.cpp.
#include "tests/reference/models/real_cell.hpp"

#include "models/segmentation/history.hpp"

namespace clientele::tests {

void RealCell::be_born(const Scene& scene, RealCustomer& who) const {
  tests::be_born(scene, who, who.buyer);
  tests::be_born(scene, who, who.judge);
  tests::be_born(scene, who, who.payer);
  tests::be_born(scene, who, who.place);
  tests::be_born(scene, who, who.earner);
  tests::be_born(scene, who, who.leaver);
}

void RealCell::live_month(const Scene& scene) {
  review(scene);
  for (RealCustomer& who : customers()) {
    who.bills.clear();
    const float terms_effect = who.active ? offer_terms(scene, who) : 1.F;
    if (who.active) offer_service(scene, who, who.served);
    place_orders(scene, who, who.buyer, terms_effect, who.judge.gap);
    remember_sales(scene, who, who.buyer);
    deliver(scene, who, who.buyer, who.served, who.bills);
    experience(scene, who, who.judge, who.buyer, who.served);
    move_liquidity(scene, who, who.payer);
    settle(scene, who, who.payer, who.buyer);
    age_receivables(scene, who, who.payer);
    ship(scene, who, who.place, who.buyer, who.bills);
    win(scene, who, who.buyer, who.bills);
    account(scene, who, who.earner, who.buyer, who.payer, who.bills);
    decide_to_leave(scene, who, who.leaver, who.judge, who.served);
  }
  grant_exits(scene, {"left"});
  for (const RealCustomer& who : customers())
    value_who_stays(scene, who, who.earner, who.buyer, who.place, who.served, who.leaver);
}

/// Latest month first: that order of a sum of floats is what models/segmentation/history.cpp defines.
float RealCell::sales_of_look_back(const Scene& scene, const RealCustomer& who, int look_back) const {
  float sum = 0;
  for (int month = scene.month - 1; month >= scene.month - look_back && month >= who.born; --month)
    sum += who.buyer.net_sales[static_cast<std::size_t>(month - who.born)];
  return models::at_length(sum, std::max(1, scene.month - who.born), look_back);
}

void RealCell::review(const Scene& scene) {
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
  for (const RealCustomer* who : list) candidates.push_back({who->id, sales_of_look_back(scene, *who, p.look_back)});
  const auto& tiers = scene.setting.policy(scene.month).tiers;
  if (segmentation == "spend") {
    for (std::size_t i = 0; i < list.size(); ++i) {
      std::size_t tier = 0;
      while (tiers[tier].from && candidates[i].score < static_cast<float>(*tiers[tier].from)) ++tier;
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
