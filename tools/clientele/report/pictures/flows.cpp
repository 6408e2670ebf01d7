// Who moves between tiers: customers whose review gave them another tier than they held, after month 0, in which a
// policy sorts everybody anew.
#include <algorithm>
#include <cmath>

#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/counted.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t most_policies = 4, most_moves = 12;

/// Whether moves can be told without those of month 0.
bool has_moves(const output::CubeReader& cube) {
  return cube.axes().tiers > 1 && (cube.has_flow_sum() || cube.axes().months_summed.front() == 1);
}

/// Customers under review by tier held and tier given, all months but the first and all groups together, by future.
class Reviewed {
 public:
  Reviewed(const Material& material, std::size_t scenario, std::size_t policy)
      : tiers_(material.cube.axes().tiers), material_(material) {
    const output::CubeReader::Axes& axes = material.cube.axes();
    const bool is_summed = material.cube.has_flow_sum();  // without month 0
    const std::vector<double> flows =
        is_summed ? material.cube.flow_sum(scenario, policy) : material.cube.tier_flow(scenario, policy);
    sums_.assign(axes.draws * axes.replications, std::vector<double>(tiers_ * tiers_));
    const std::size_t a_future = flows.size() / sums_.size(), months = is_summed ? 1 : axes.months,
                      groups = a_future / (months * tiers_ * tiers_), first = is_summed ? 0 : a_future / months;
    for (std::size_t i = 0; i < flows.size(); ++i)
      if (const std::size_t pair = i / groups % (tiers_ * tiers_);
          i % a_future >= first && is_tier(policy, pair / tiers_) && is_tier(policy, pair % tiers_))
        sums_[i / a_future][pair] += flows[i];
  }

  /// Of those that the predicate takes by tier held and tier given.
  template <class Takes>
  output::Futures futures(const Takes& takes) const {
    output::Futures all{material_.input.draws,
                        material_.input.replications,
                        material_.input.people,
                        {},
                        !material_.input.drawn.empty()};
    for (const std::vector<double>& future : sums_) {
      double sum = 0;
      for (std::size_t from = 0; from < tiers_; ++from)
        for (std::size_t to = 0; to < tiers_; ++to)
          if (takes(from, to)) sum += future[from * tiers_ + to];
      all.values.push_back(sum);
    }
    return all;
  }
  template <class Takes>
  output::Interval average(const Takes& takes) const {
    return average_of(material_, futures(takes));
  }

 private:
  bool is_tier(std::size_t policy, std::size_t tier) const { return !material_.cube.tier_name(policy, tier).empty(); }

  std::size_t tiers_;
  const Material& material_;
  std::vector<std::vector<double>> sums_;
};

struct Move {
  std::size_t from = 0, to = 0;
  output::Interval customers;
  double share = 0;  ///< of those under review that held the tier
};

std::vector<Move> moves_of(const Reviewed& reviewed, std::size_t tiers) {
  std::vector<Move> moves;
  for (std::size_t from = 0; from < tiers; ++from)
    for (std::size_t to = 0; to < tiers; ++to) {
      if (from == to) continue;
      const auto held = [&](std::size_t f, std::size_t) { return f == from; };
      const auto moved = [&](std::size_t f, std::size_t t) { return f == from && t == to; };
      const output::Interval customers = reviewed.average(moved);
      if (customers.mean > 0) moves.push_back({from, to, customers, customers.mean / reviewed.average(held).mean});
    }
  std::ranges::stable_sort(moves, std::ranges::greater(), [](const Move& move) { return move.customers.mean; });
  moves.resize(std::min(most_moves, moves.size()));
  return moves;
}

}  // namespace

std::vector<Picture> flows_picture(const Material& material) {
  const std::size_t scenario = scenario_of_answer(material), tiers = material.cube.axes().tiers;
  if (!has_moves(material.cube)) return {};
  Picture picture{.id = "flows", .drawn = "flows", .title = material.say("flows.title")};
  for (const std::size_t policy : policies_to_draw(material, most_policies)) {
    if (!material.input.is_stated(policy)) continue;
    const Reviewed reviewed(material, scenario, policy);
    const std::vector<Move> moves = moves_of(reviewed, tiers);
    if (moves.empty()) continue;
    for (const Move& move : moves)
      picture.rows.push_back({policy_name(material, policy), tier_name(material, policy, move.from),
                              tier_name(material, policy, move.to), move.customers.mean, move.customers.low(),
                              move.customers.high(), move.share});
    const double moved = reviewed.average([](std::size_t from, std::size_t to) { return from != to; }).mean,
                 all = reviewed.average([](std::size_t, std::size_t) { return true; }).mean;
    picture.sentence += (picture.sentence.empty() ? "" : " ") +
                        material.say("flows.sentence", {{"policy", policy_name(material, policy)},
                                                        {"moves", count_text(material, moved)},
                                                        {"share", share_text(material, moved / all)}});
  }
  if (picture.rows.empty()) return {};
  picture.columns = {text_column(material, "policy"),      text_column(material, "from"),
                     text_column(material, "to"),          count_column(material, "moves"),
                     count_column(material, "low"),        count_column(material, "high"),
                     share_column(material, "share_moved")};
  picture.columns[3].name = "customers";
  picture.columns[6].name = "share";
  picture.caption = material.say("flows.caption", {{"scenario", scenario_name(material, scenario)}});
  picture.alternative = material.say("flows.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", material.say("column.moves")}};
  return {picture};
}

}  // namespace clientele::tools
