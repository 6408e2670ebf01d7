// Responses as loops over members.
#include "models/loyalty/responses.hpp"

#include <utility>

#include "models/goal_gradient.hpp"

namespace clientele::models {

namespace {

/// log(now / then) of what falls, at most a thousandfold; 0 of what does not.
CLIENTELE_INLINE float fall(float now, float then) {
  const float least = now / 1000.F, held = then > least ? then : least;
  return sim::when(held < now, sim::log(now / held));
}

}  // namespace

sim::FieldTable responses_fields() {
  using P = ResponsesParameters;
  using sim::field, sim::guess, sim::Kind, sim::range, sim::seen;
  sim::FieldInfo announced =
      sim::setting(field(&P::announced, "announced", "months", range(0, 23), 3, Kind::fixed,
                         "how long before it comes members hear that points will be worth less or end sooner",
                         guess("a quarter's notice")));
  announced.whole = true;
  return sim::fields<P>({
      sim::called("the orders that a reward draws",
                  field(&P::reward_pressure, "reward_pressure", "log factor", range(0, 2, 0, 0.3), 0.15, Kind::by_group,
                        "change of log orders right before a reward",
                        guess("form from the goal gradient (Kivetz, Urminsky, Zheng 2006), size chosen"))),
      field(&P::reward_borrowed, "reward_borrowed", "share", range(0, 1), 0.5, Kind::by_group,
            "of the orders that a near reward adds, how many would have come later anyhow",
            guess("half: the same authors see a pause once the goal is reached")),
      sim::called("the orders that follow a reward",
                  field(&P::rewarded, "rewarded", "log factor", range(0, 2, 0, 0.2), 0.05, Kind::by_group,
                        "change of log orders after a redemption",
                        guess("direction from Taylor and Neslin 2005 and Dorotic et al. 2014; size chosen"))),
      field(&P::rewarded_months, "rewarded_months", "months", range(1, 24), 3, Kind::by_group,
            "how long a redemption is felt", guess("a quarter")),
      field(&P::heavy_buyers, "heavy_buyers", "share", range(0, 1), 1, Kind::by_group,
            "how much less who orders most often is moved by rewards than who orders least: 1 is not at all",
            seen("Liu 2007: heavy buyers did not change, light and moderate buyers rose")),
      sim::lever(field(&P::status, "status", "0 to 1", range(0, 1), 0, Kind::by_group,
                       "how much of a title the tier has, of which others know",
                       guess("a tier is a firm's own business unless it awards it")),
                 {.cost = "who holds less than others is displeased, and a title that many hold is worth little",
                  .benefit = "who holds it orders more and stays longer, the more so the fewer hold any",
                  .paid_in = {},
                  .hurts = {"bystanders"},
                  .helps = {"status_holders"},
                  .granted_on = {"on_books"},
                  .rests_on = {"program.status_orders", "program.status_hazard", "program.bystander_points"}}),
      sim::called("the orders that a status adds",
                  field(&P::status_orders, "status_orders", "log factor", range(0, 1, 0, 0.2), 0.05, Kind::by_group,
                        "change of log orders by a status of 1 that nobody else holds",
                        guess("direction from Dreze and Nunes 2009; size chosen"))),
      sim::called("the leaving that a status prevents",
                  field(&P::status_hazard, "status_hazard", "log factor", range(-2, 0, -0.5, 0), -0.1, Kind::by_group,
                        "change of the log-hazard of leaving by a status of 1 that nobody else holds",
                        guess("recalled direction; size chosen"))),
      field(&P::bystander_points, "bystander_points", "points", range(-50, 0, -5, 0), -1, Kind::by_group,
            "change of perceived performance of who holds no status, where others hold one of 1",
            guess("direction from Steinhoff and Palmatier 2016; size chosen")),
      announced,
      field(&P::run, "run", "-", range(0, 20, 0, 5), 2, Kind::by_group,
            "percent more hazard of redeeming per percent that points are going to lose of their value or validity",
            guess("a run on points before a devaluation is usual; size chosen")),
      field(&P::devaluation_points, "devaluation_points", "points", range(-100, 0, -20, 0), -5, Kind::by_group,
            "satisfaction that members lose when it is announced that points lose value or validity, per unit of its "
            "log",
            guess("a loss, as a demotion is; size chosen")),
      field(&P::devaluation_hazard, "devaluation_hazard", "-", range(0, 10, 0, 2), 0.5, Kind::by_group,
            "percent more hazard of leaving, in the month of the announcement, per percent that points lose",
            guess("direction alone")),
  });
}

Responses::Responses(sim::Wiring& wiring) : Responses(wiring, wiring.step("program"), wiring.step("rewarded")) {}

Responses::Responses(sim::Wiring& wiring, sim::StageWiring act, sim::StageWiring remember)
    : core_(wiring.core()),
      parameters_(wiring.parameters<ResponsesParameters>()),
      purchasing_(wiring.parameters_of<PurchasingParameters>("purchasing")),
      points_(wiring.parameters_of<PointsParameters>("points")),
      is_used_(has_points(wiring)),
      has_members_(wiring.is_used("membership.join", asks_to_join)),
      scores_(wiring),
      status_(wiring),
      earn_(wiring.lever("points.earn")),
      join_(wiring.lever("membership.join")),
      valid_(wiring.lever("points.points_valid")),
      status_lever_(wiring.lever("status")),
      block_(wiring.setting("redemption.block")),
      minimum_(wiring.setting("redemption.minimum")),
      value_(wiring.setting("points.value")),
      valid_at_most_(wiring.setting("points.valid_at_most")),
      announced_(wiring.setting("announced")),
      order_rate_(act.act_by_factor("order rate")),
      satisfaction_(act.act_by_sum("satisfaction")),
      performance_(act.act_by_sum("perceived performance")),
      log_hazard_(act.act_by_sum("log hazard of leaving")),
      bystanders_metric_(wiring.metric("bystanders", sim::MetricUnit::count,
                                       "customers on the books who hold less status than others")),
      holders_metric_(
          wiring.metric("status_holders", sim::MetricUnit::count, "customers on the books who hold some status")),
      rate_(wiring.read_trait<float>("order rate")) {
  if (status_.is_used()) {
    bystander_ = act.own_passing<std::int32_t>("bystander");
    holder_ = act.own_passing<std::int32_t>("holder of a status");
  } else {
    wiring.counts_nothing(bystanders_metric_);
    wiring.counts_nothing(holders_metric_);
  }
  if (!is_used_) return;
  log_hazard_of_redeeming_ = act.act_by_sum("log hazard of redeeming");
  movable_ = wiring.own_trait<float>("movable by rewards", sim::Sight::latent);
  redeemed_ = remember.read_passing<std::int32_t>("points redeemed");
  balance_ = wiring.read_state<std::int32_t>("points");
  if (has_members_) since_ = wiring.read_state<std::int32_t>("member since");
  pulled_forward_ = wiring.own_state<float>("orders pulled forward to a reward", sim::Sight::latent);
  rewarded_for_ = wiring.own_state<std::int32_t>("months of being rewarded", sim::Sight::observed);
}

void Responses::draw_traits(sim::BlockMonth& month) const {
  if (!is_used_) return;
  const float heavy_buyers = month.parameters(parameters_).heavy_buyers;
  const RateScore& scores = scores_.of(month);
  const auto rate = month[rate_];
  const auto moved = month.at_birth(movable_);
  for (std::size_t i = 0; i < moved.size(); ++i) {
    const auto score = static_cast<double>(scores.of(scores_.told_rate(month, rate[i])));
    moved[i] = movable(static_cast<float>(sim::normal_below(score)), heavy_buyers);
  }
}

void Responses::act(sim::BlockMonth& month) const {
  if (month.run_off()) return;
  for (const sim::Arm& arm : month.arms()) {
    if (status_.is_used()) feel_status(month, arm);
    if (!is_used_) continue;
    pull(month, arm);
    hear_of_changes(month, arm);
  }
}

void Responses::pull(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const ResponsesParameters& p = month.parameters(parameters_);
  const float block = arm.setting(block_), least = least_reward(block, arm.setting(minimum_)),
              payback = month.parameters(purchasing_).payback_rate;
  const auto earn = arm[earn_], join = arm[join_];
  const auto points = arm[balance_];
  const std::span<const std::int32_t> since = has_members_ ? arm[since_] : points;
  const auto moved = month[movable_];
  const auto borrowed = arm[pulled_forward_];
  const auto rate = arm[order_rate_];
  const auto rewarded_for = arm[rewarded_for_];
#pragma omp simd
  for (std::size_t i = 0; i < rate.size(); ++i) {
    const bool earns = (earn[i] > 0.F) & (!has_members_ | is_in_program(join[i], since[i], 0));
    const float progress = sim::when(earns, progress_to_reward(static_cast<float>(points[i]), block, least));
    const Borrowing now =
        pulled_forward(progress, moved[i] * p.reward_pressure, borrowed[i], p.reward_borrowed, payback);
    borrowed[i] = now.balance;
    const bool is_rewarded = rewarded_for[i] > 0;
    rewarded_for[i] -= sim::when(is_rewarded, 1);
    rate[i] *= now.orders * sim::exp(sim::when(is_rewarded, moved[i] * p.rewarded));
  }
}

void Responses::feel_status(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const ResponsesParameters& p = month.parameters(parameters_);
  const StatusHeld::Seen seen = status_.seen(arm);
  const float rare = 1.F - seen.share, by_orders = p.status_orders * rare, by_hazard = p.status_hazard * rare;
  const auto status = arm[status_lever_];
  const auto on_books = arm[core_.on_books];
  const auto rate = arm[order_rate_];
  const auto log_hazard = arm[log_hazard_], performance = arm[performance_];
  const auto bystander = arm[bystander_], holder = arm[holder_];
#pragma omp simd
  for (std::size_t i = 0; i < rate.size(); ++i) {
    const float less = status[i] < seen.highest ? seen.highest - status[i] : 0.F;
    rate[i] *= sim::exp(by_orders * status[i]);
    log_hazard[i] += by_hazard * status[i];
    performance[i] += p.bystander_points * less;
    bystander[i] = sim::when((less > 0.F) & (on_books[i] != 0), 1);
    holder[i] = sim::when((status[i] > 0.F) & (on_books[i] != 0), 1);
  }
  arm.count_all({{bystanders_metric_, bystander}, {holders_metric_, holder}});
}

/// A run before what has been announced comes; and in the month in which it is first heard of, what it does. A shorter
/// validity of points to come alone makes nobody run.
void Responses::hear_of_changes(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const ResponsesParameters& p = month.parameters(parameters_);
  const bool ends_sooner = month.parameters(points_).held == HeldPoints::end_sooner;
  const auto notice = static_cast<int>(arm.setting(announced_));
  const auto change_of = [&](sim::Setting setting, int from, int to) {
    return std::pair(arm.setting_in(setting, from), arm.setting_in(setting, to));
  };
  const auto coming_value = change_of(value_, 0, notice), coming_validity = change_of(valid_at_most_, 0, notice);
  const auto news_of = [&](sim::Setting setting) {
    const float announced = arm.setting_in(setting, notice);
    if (month.is_first()) return std::pair(announced, announced);
    const bool is_fork = month.month() == 0;  // what the baseline had announced holds no more
    return std::pair(is_fork ? arm.setting_of_baseline_in(setting, notice - 1) : arm.setting_in(setting, notice - 1),
                     announced);
  };
  const auto new_value = news_of(value_), new_validity = news_of(valid_at_most_);
  const auto changes = [](const auto& change) { return change.second < change.first; };
  if (!changes(coming_value) && !changes(coming_validity) && !changes(new_value) && !changes(new_validity)) return;
  const auto points = arm[balance_];
  const auto valid = arm[valid_];
  const auto redeeming = arm[log_hazard_of_redeeming_], satisfaction = arm[satisfaction_],
             log_hazard = arm[log_hazard_];
#pragma omp simd
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto shorter = [&](float at_most) { return at_most < valid[i] ? at_most : valid[i]; };
    const auto fall_of_validity = [&](const auto& change) {
      return fall(shorter(change.first), shorter(change.second));
    };
    const float coming =
        fall(coming_value.first, coming_value.second) + (ends_sooner ? fall_of_validity(coming_validity) : 0.F);
    const float news = fall(new_value.first, new_value.second) + fall_of_validity(new_validity);
    redeeming[i] += p.run * coming;
    satisfaction[i] += sim::when(points[i] > 0, p.devaluation_points * news);
    log_hazard[i] += sim::when(points[i] > 0, p.devaluation_hazard * news);
  }
}

void Responses::remember(sim::BlockMonth& month) const {
  if (!is_used_) return;
  const std::int32_t months = month.parameters(parameters_).rewarded_months;
  for (const sim::Arm& arm : month.arms()) {
    const auto redeemed = arm[redeemed_];
    const auto rewarded_for = arm[rewarded_for_];
#pragma omp simd
    for (std::size_t i = 0; i < redeemed.size(); ++i) rewarded_for[i] = redeemed[i] > 0 ? months : rewarded_for[i];
  }
}

}  // namespace clientele::models
