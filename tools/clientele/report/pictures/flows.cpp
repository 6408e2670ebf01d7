// Who moves between tiers: customers whose review gave them another tier than they held, over the horizon.
#include <algorithm>
#include <cmath>

#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t most_policies = 4, most_moves = 12;

/// Customers under review by tier held and tier given, in the mean over futures, all months and groups together.
std::vector<double> reviewed_of(const Material& material, std::size_t scenario, std::size_t policy) {
  const output::CubeReader::Axes& axes = material.cube.axes();
  const std::vector<double> flows = material.cube.tier_flow(scenario, policy);
  std::vector<double> sums(axes.tiers * axes.tiers);
  if (flows.empty()) return sums;
  const std::size_t groups = axes.groups.size(), a_future = axes.months * axes.tiers * axes.tiers * groups;
  std::size_t futures = 0;
  for (std::size_t f = 0; f * a_future < flows.size(); ++f) {
    if (std::isnan(flows[f * a_future])) continue;
    ++futures;
    for (std::size_t i = 0; i < a_future; ++i)
      sums[i / groups % sums.size()] += std::isnan(flows[f * a_future + i]) ? 0 : flows[f * a_future + i];
  }
  for (double& sum : sums) sum /= static_cast<double>(std::max<std::size_t>(1, futures));
  return sums;
}

struct Move {
  std::size_t from = 0, to = 0;
  double customers = 0, share = 0;  ///< of those under review who held the tier
};

std::vector<Move> moves_of(const std::vector<double>& reviewed, std::size_t tiers) {
  std::vector<Move> moves;
  for (std::size_t from = 0; from < tiers; ++from) {
    double held = 0;
    for (std::size_t to = 0; to < tiers; ++to) held += reviewed[from * tiers + to];
    for (std::size_t to = 0; to < tiers; ++to)
      if (const double moved = reviewed[from * tiers + to]; from != to && moved > 0)
        moves.push_back({from, to, moved, moved / held});
  }
  std::ranges::stable_sort(moves, std::ranges::greater(), &Move::customers);
  moves.resize(std::min(most_moves, moves.size()));
  return moves;
}

}  // namespace

std::vector<Picture> flows_picture(const Material& material) {
  const std::size_t scenario = scenario_of_answer(material), tiers = material.cube.axes().tiers;
  if (tiers < 2) return {};
  Picture picture{.id = "flows", .drawn = "flows", .title = material.say("flows.title")};
  for (const std::size_t policy : policies_to_draw(material, most_policies)) {
    if (material.input.same_money_as[policy]) continue;
    const std::vector<double> reviewed = reviewed_of(material, scenario, policy);
    const std::vector<Move> moves = moves_of(reviewed, tiers);
    double all = 0, moved = 0;
    for (const double customers : reviewed) all += customers;
    for (std::size_t t = 0; t < tiers; ++t) moved -= reviewed[t * tiers + t];
    moved += all;
    for (const Move& move : moves)
      picture.rows.push_back({policy_name(material, policy), tier_name(material, policy, move.from),
                              tier_name(material, policy, move.to), move.customers, move.share});
    if (moves.empty()) continue;
    picture.sentence += (picture.sentence.empty() ? "" : " ") +
                        material.say("flows.sentence", {{"policy", policy_name(material, policy)},
                                                        {"moves", count_text(material, moved)},
                                                        {"share", share_text(material, moved / all)}});
  }
  if (picture.rows.empty()) return {};
  picture.columns = {text_column(material, "policy"), text_column(material, "from"), text_column(material, "to"),
                     count_column(material, "moves"), share_column(material, "share_moved")};
  picture.columns[3].name = "customers";
  picture.columns[4].name = "share";
  picture.caption = material.say("flows.caption", {{"scenario", scenario_name(material, scenario)}});
  picture.alternative = material.say("flows.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", material.say("column.moves")}};
  return {picture};
}

}  // namespace clientele::tools
