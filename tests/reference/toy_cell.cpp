// The steps stand as in toy_catalogue(); everybody orders before anybody is served, because all share the load.
#include "tests/reference/toy_cell.hpp"

#include <cmath>

#include "sim/core/math.hpp"
#include "sim/random/poisson.hpp"

namespace clientele::tests {

using sim::toy_addresses;

namespace {

float bought_in(const ToyCustomer& who, int month) {
  return month < who.born ? 0.F : who.bought[static_cast<std::size_t>(month - who.born)];
}

}  // namespace

void ToyCell::be_born(const Scene& scene, ToyCustomer& who) const {
  const auto& p = scene.setting.parameters<sim::BuyingFields>("buying", who.group);
  who.rate = scene.trait("buying", "rate", p.rate, toy_addresses.of("toy rate"), who);
}

double ToyCell::mean_arrivals(const Scene& scene, std::uint32_t group) const {
  const auto& p = scene.setting.parameters<sim::LeavingFields>("leaving", group);
  return p.join * scene.driver("joins", group);
}

void ToyCell::live_month(const Scene& scene) {
  review(scene);
  std::int64_t load = 0;
  for (ToyCustomer& who : customers()) {
    order(scene, who);
    load += who.orders;
  }
  for (ToyCustomer& who : customers()) {
    deliver(scene, who, sim::Buying::hears ? load : 0);
    leave(scene, who);
  }
  grant_exits(scene, {"defaulted", "left"});
}

void ToyCell::review(const Scene& scene) {
  if (scene.run_off()) return;
  const auto list = under_review(scene);
  const std::string_view segmentation = scene.setting.segmentation(scene.month);
  std::vector<Candidate> candidates;
  if (segmentation == "everyone" && scene.month % 6 == 0)
    for (ToyCustomer* who : list) move(scene, *who, 0);
  if (segmentation == "percentile" && scene.month % 4 == 0) {
    for (const ToyCustomer* who : list) candidates.push_back({who->id, bought_in(*who, scene.month - 1)});
    const auto percent = percentiles(candidates);
    for (std::size_t i = 0; i < list.size(); ++i) move(scene, *list[i], percent[i] >= 50 ? 0 : 1);
  }
  if (segmentation != "rank") return;
  const auto p = scene.setting.segmentation_parameters<sim::RankFields>(scene.month);
  if (scene.month % p.review_every != 0) return;
  for (const ToyCustomer* who : list) {
    float sum = 0;  // latest month first, as the toy defines it
    for (int back = 1; back <= 4; ++back) sum += bought_in(*who, scene.month - back);
    candidates.push_back({who->id, p.coarse > 0 ? std::floor(sum / static_cast<float>(p.coarse)) : sum});
  }
  std::vector<double> shares;
  const auto& tiers = scene.setting.policy(scene.month).tiers;
  for (std::size_t tier = 0; tier + 1 < tiers.size(); ++tier) shares.push_back(*tiers[tier].share);
  const auto assigned = tiers_by_quota(candidates, shares);
  for (std::size_t i = 0; i < list.size(); ++i) move(scene, *list[i], assigned[i]);
}

void ToyCell::order(const Scene& scene, ToyCustomer& who) const {
  who.orders = 0;
  if (!who.active || scene.run_off()) return;
  const auto& p = scene.setting.parameters<sim::BuyingFields>("buying", who.group);
  const float more = 1.F + p.response * scene.lever("buying", "discount", who);
  const float mean = who.rate * scene.driver("demand", who) * more;
  who.orders = sim::poisson(scene.luck.of_month(toy_addresses.of("toy count"), who.id, scene.month), mean);
  scene.count("orders", who, who.orders);
}

void ToyCell::deliver(const Scene& scene, ToyCustomer& who, std::int64_t load) const {
  const auto& p = scene.setting.parameters<sim::BuyingFields>("buying", who.group);
  const std::int32_t limit = sim::chance_threshold(0.1F + p.load_slows * static_cast<float>(load) * 1e-4F);
  float basket = 0;  // first order first
  int late = 0;
  for (int slot = 0; slot < who.orders; ++slot) {
    const FourWords w =
        scene.luck.of_order(toy_addresses.of("toy value"), who.id, scene.month, static_cast<std::uint32_t>(slot));
    basket += sim::exp(0.3F * sim::normal_pair(w[0], w[1]).first) * 10.F;
    late += sim::chance_bits(w[toy_addresses.of("toy on time").word]) < limit ? 1 : 0;
  }
  who.bought.push_back(basket);
  const std::int32_t cents = sim::to_quanta(basket, scene.per_quantum());
  if (who.active) {
    scene.count("late", who, late);
    scene.count("revenue", who, cents);
    scene.counts.bin("spent", scene.month, who.counted_in, cents, who.id);
    const std::uint32_t word = scene.luck.of_month(toy_addresses.of("toy delay"), who.id, scene.month);
    who.due.push_back({scene.month + (word % 2 == 0 ? 1 : 2), cents});
    who.open += cents;
  }
  for (const auto& [settles, amount] : who.due) {
    if (settles != scene.month) continue;
    scene.count("settled", who, amount);
    who.open -= amount;
  }
  std::erase_if(who.due, [&](const ToyCustomer::Due& due) { return due.settles == scene.month; });
  scene.count("receivable", who, who.open);
}

void ToyCell::leave(const Scene& scene, ToyCustomer& who) {
  if (!who.active) return;
  const auto& p = scene.setting.parameters<sim::LeavingFields>("leaving", who.group);
  const auto word = [&](sim::WordAddress at) { return scene.luck.of_month(at, who.id, scene.month); };
  if (sim::uniform(word(toy_addresses.of("toy leaving"))) < p.leave) who.asks_to_leave.push_back("left");
  if (sim::uniform(word(toy_addresses.of("toy default"))) < p.fail) who.asks_to_leave.push_back("defaulted");
  const std::uint32_t brings = word(toy_addresses.of("toy referral"));
  const float more = scene.setting.policy_number(scene.month) == 0 ? 1.F : 1.5F;
  if (sim::uniform(brings) < p.refer * more) refer(scene, who, brings % 2 == 0 ? 1 : 2);
}

}  // namespace clientele::tests
