// Moves as loops: what is felt of a review, and how it fades.
#include "models/moves.hpp"

#include "models/goal_gradient.hpp"

namespace clientele::models {

void MovesParameters::finish() { kept = sim::exp2(-1.F / fade_months); }

sim::FieldTable moves_fields() {
  using P = MovesParameters;
  using sim::Kind, sim::range;
  sim::FieldInfo visible = sim::field(&P::visible, "visible", "0 or 1", range(0, 1), 0, Kind::by_group,
                                      "whether customers know that they are in the tier; a move that nobody can see "
                                      "acts through what changes with it",
                                      sim::guess("classes are a firm's own business unless it awards them"));
  visible.whole = true;
  return sim::fields<P>({
      sim::lever(visible, {.cost = "who is moved down is displeased, leaves sooner and orders less for a while",
                           .benefit = "who is moved up is pleased, stays longer and orders more for a while",
                           .paid_in = {},
                           .hurts = {"demoted"},
                           .helps = {"promoted"},
                           .granted_on = {"on_books"},
                           .rests_on = {"moves.promotion_points", "moves.demotion_points", "moves.promotion_rate",
                                        "moves.demotion_rate"}}),
      sim::field(&P::promotion_points, "promotion_points", "points", range(0, 50, 0, 5), 2, Kind::by_group,
                 "satisfaction that a visible move to a better tier adds at once",
                 sim::guess("less than half of what a demotion takes")),
      sim::field(&P::demotion_points, "demotion_points", "points", range(-50, 0, -10, 0), -5, Kind::by_group,
                 "satisfaction that a visible move to a worse tier takes at once",
                 sim::guess("direction, and that it is larger than a promotion's, from Wagner, Hennig-Thurau, Rudolph "
                            "2009; size chosen")),
      sim::field(&P::promotion_rate, "promotion_rate", "log factor", range(0, 1, 0, 0.1), 0.02, Kind::by_group,
                 "change of the log of the order rate by a visible move to a better tier",
                 sim::guess("less than half of what a demotion takes")),
      sim::field(&P::demotion_rate, "demotion_rate", "log factor", range(-1, 0, -0.2, 0), -0.05, Kind::by_group,
                 "change of the log of the order rate by a visible move to a worse tier",
                 sim::guess("direction from Wagner, Hennig-Thurau, Rudolph 2009; size chosen")),
      sim::field(&P::fade_months, "fade_months", "months", range(0.1, 120, 1, 24), 4, Kind::by_group,
                 "months in which half of a change of the order rate is over",
                 sim::guess("5 % less for half a year comes to the same")),
  });
}

Moves::Moves(sim::Wiring& wiring) : Moves(wiring, wiring.step("moves"), wiring.step("moved")) {}

Moves::Moves(sim::Wiring& wiring, sim::StageWiring notice, sim::StageWiring act)
    : parameters_(wiring.parameters<MovesParameters>()),
      purchasing_(wiring.parameters_of<PurchasingParameters>("purchasing")),
      is_used_(wiring.is_used("visible", [](double visible) { return visible > 0; })),
      feels_cuts_(is_used_ && wiring.is_used("purchasing.cut_pressure", [](double pressure) { return pressure > 0; })),
      visible_(wiring.lever("visible")),
      promoted_metric_(wiring.metric("promoted", sim::MetricUnit::count,
                                     "customers on the books whom a review moves to a better tier, who see it")),
      demoted_metric_(wiring.metric("demoted", sim::MetricUnit::count,
                                    "customers on the books whom a review moves to a worse tier, who see it")),
      review_counts_(wiring) {
  if (!is_used_) {
    wiring.counts_nothing(promoted_metric_);
    wiring.counts_nothing(demoted_metric_);
    return;
  }
  moved_ = notice.read_moves();
  visible_before_ = wiring.own_state<float>("visible before", sim::Sight::latent);
  change_of_rate_ = wiring.own_state<float>("order rate by moves", sim::Sight::latent);
  points_ = notice.own_carried<float>("points of moves");
  points_before_ = act.read_carried<float>("points of moves");
  if (feels_cuts_) {
    progress_ = notice.read_progress("visible");
    pulled_forward_ = wiring.own_state<float>("orders pulled forward to a tier", sim::Sight::latent);
    near_cut_ = notice.own_carried<float>("orders near a tier's cut");
    near_cut_before_ = act.read_carried<float>("orders near a tier's cut");
  }
  promoted_ = notice.own_passing<std::int32_t>("promoted");
  demoted_ = notice.own_passing<std::int32_t>("demoted");
  satisfaction_ = act.act_by_sum("satisfaction");
  order_rate_ = act.act_by_factor("order rate");
}

void Moves::notice(sim::BlockMonth& month) const {
  review_counts_.notice(month);
  if (!is_used_) return;
  const MovesParameters p = month.parameters(parameters_);
  for (const sim::Arm& arm : month.arms()) {
    const auto visible = arm[visible_];
    const auto moved = arm[moved_];
    const auto visible_before = arm[visible_before_], change = arm[change_of_rate_], points = arm[points_];
    const auto promoted = arm[promoted_], demoted = arm[demoted_];
#pragma omp simd
    for (std::size_t i = 0; i < moved.size(); ++i) {
      const std::int32_t felt = felt_move(moved[i], visible[i], visible_before[i]);
      visible_before[i] = visible[i];
      points[i] = by_move(felt, p.promotion_points, p.demotion_points);
      change[i] = change[i] * p.kept + by_move(felt, p.promotion_rate, p.demotion_rate);
      promoted[i] = sim::when(felt > 0, 1);
      demoted[i] = sim::when(felt < 0, 1);
    }
    arm.count({{promoted_metric_, promoted}, {demoted_metric_, demoted}});
  }
  if (feels_cuts_) feel_cuts(month);
}

void Moves::feel_cuts(sim::BlockMonth& month) const {
  const PurchasingParameters& p = month.parameters(purchasing_);
  for (const sim::Arm& arm : month.arms()) {
    const auto progress = arm[progress_];
    const auto balance = arm[pulled_forward_], factor = arm[near_cut_];
#pragma omp simd
    for (std::size_t i = 0; i < factor.size(); ++i) {
      const Borrowing now = pulled_forward(progress[i], p.cut_pressure, balance[i], p.cut_borrowed, p.payback_rate);
      balance[i] = now.balance;
      factor[i] = now.orders;
    }
  }
}

void Moves::act(sim::BlockMonth& month) const {
  if (!is_used_) return;
  for (const sim::Arm& arm : month.arms()) {
    const auto points = arm[points_before_];
    const auto change = arm[change_of_rate_];
    const auto satisfaction = arm[satisfaction_];
    const auto rate = arm[order_rate_];
#pragma omp simd
    for (std::size_t i = 0; i < points.size(); ++i) {
      satisfaction[i] += points[i];
      rate[i] *= sim::exp(change[i]);
    }
    if (!feels_cuts_) continue;
    const auto factor = arm[near_cut_before_];
#pragma omp simd
    for (std::size_t i = 0; i < factor.size(); ++i) rate[i] *= factor[i];
  }
}

}  // namespace clientele::models
