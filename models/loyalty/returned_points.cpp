// Two months of what may come back, as columns that move on each month.
#include "models/loyalty/returned_points.hpp"

#include <algorithm>

#include "models/switches_on.hpp"

namespace clientele::models {

namespace {

const sim::LedgerInfo owed_back{.balance = "points_owed_back",
                                .adds = {"points_overdrawn"},
                                .takes = {"points_set_off", "points_let_go"},
                                .goes = {}};

}  // namespace

ReturnedPoints::ReturnedPoints(sim::Wiring& wiring)
    : core_(wiring.core()),
      is_used_(wiring.is_used("returns.chance", is_positive)),
      given_back_metric_(wiring.metric("points_given_back", sim::MetricUnit::count,
                                       "points that were redeemed with an order that comes back")),
      reversed_metric_(wiring.metric("points_reversed", sim::MetricUnit::count,
                                     "points that an order had earned which comes back, as far as they are there")),
      set_off_metric_(wiring.metric("points_set_off", sim::MetricUnit::count,
                                    "new points that are set off against points owed back")),
      owed_metric_(wiring.metric("points_owed_back", sim::MetricUnit::count,
                                 "points that members owe back: redeemed before the order that earned them came back")),
      overdrawn_metric_(
          wiring.metric("points_overdrawn", sim::MetricUnit::count, "points that come to be owed back in the month")),
      let_go_metric_(wiring.metric("points_let_go", sim::MetricUnit::count, "points owed back by who has left")) {}

void ReturnedPoints::wire_nothing(sim::Wiring& wiring) const {
  for (const sim::Metric unused :
       {given_back_metric_, reversed_metric_, set_off_metric_, overdrawn_metric_, let_go_metric_})
    wiring.counts_nothing(unused);
  wiring.unused_ledger(owed_back);
}

void ReturnedPoints::wire(sim::Wiring& wiring, sim::StageWiring& here, const sim::Lots& lots) {
  const auto state = [&](const char* name) { return wiring.own_state<std::int32_t>(name, sim::Sight::latent); };
  const auto passing = [&](const char* name) { return here.own_passing<std::int32_t>(name); };
  after_ = here.read_slots<std::int32_t>("comes back after");
  first_after_ = passing("first order comes back after");
  earned_ = {state("points to reverse next month"), state("points to reverse after next month"),
             state("older points to reverse next month")};
  redeemed_ = {state("points to give back next month"), state("points to give back after next month"),
               state("older points to give back next month")};
  valid_last_month_ = state("months that last month's points are valid");
  valid_before_ = state("months that points of the month before are valid");
  debt_ = lots.debt;
  due_ = passing("points to reverse");
  due_of_older_ = passing("older points to reverse");
  given_back_ = passing("points given back");
  months_left_ = passing("months that points to reverse have left");
  taken_ = passing("points taken back");
  reversed_ = passing("points reversed");
  set_off_ = passing("points set off");
  overdrawn_ = passing("points overdrawn");
  let_go_ = passing("points let go");
  wiring.keep_while(debt_);
  wiring.ledger(owed_back, debt_);
}

void ReturnedPoints::fall_due(const sim::Arm& arm) const {
  const auto status = arm[core_.status];
  const auto due = arm[due_], older = arm[due_of_older_], given_back = arm[given_back_], first = arm[first_after_];
  const auto next = arm[earned_.next], after_next = arm[earned_.after_next], next_of_older = arm[earned_.older];
  const auto back = arm[redeemed_.next], back_after = arm[redeemed_.after_next], back_of_older = arm[redeemed_.older];
#pragma omp simd
  for (std::size_t i = 0; i < due.size(); ++i) {
    const bool is_here = status[i] == 1;
    due[i] = sim::when(is_here, next[i]);
    older[i] = sim::when(is_here, next_of_older[i]);
    given_back[i] = sim::when(is_here, back[i] + back_of_older[i]);
    next_of_older[i] = after_next[i];
    back_of_older[i] = back_after[i];
    next[i] = after_next[i] = back[i] = back_after[i] = first[i] = 0;
  }
}

ReturnedPoints::Put ReturnedPoints::put(const sim::BlockMonth& month, const sim::Arm& arm) const {
  return {month[after_].data(), arm[earned_.next].data(), arm[earned_.after_next].data(), arm[first_after_].data()};
}

/// Points that have ended by now are no more of anybody's.
void ReturnedPoints::reverse_of_age(const sim::Arm& arm, const sim::LotsOfArm& lots, std::int32_t age) const {
  const auto valid = age == 1 ? arm[valid_last_month_] : arm[valid_before_];
  const auto due = age == 1 ? arm[due_] : arm[due_of_older_];
  const auto left = arm[months_left_], taken = arm[taken_], reversed = arm[reversed_];
#pragma omp simd
  for (std::size_t i = 0; i < due.size(); ++i) {
    const bool is_endless = valid[i] == sim::never, is_valid = is_endless | (valid[i] >= age);
    left[i] = is_endless ? sim::never : valid[i] - age;
    due[i] = sim::when(is_valid, due[i]);
  }
  lots.take_back(due, left, taken);
#pragma omp simd
  for (std::size_t i = 0; i < taken.size(); ++i) reversed[i] += taken[i];
}

/// Of the months whose orders may still come back: as the lots that they are in.
void ReturnedPoints::end_sooner(const sim::Arm& arm, const Cut& cut) const {
  const auto end_of_age = [&](std::span<std::int32_t> valid, std::int32_t age) {
    for (std::size_t i = 0; i < valid.size(); ++i) {
      if (valid[i] == sim::never) {
        valid[i] = cut.of_endless + age;
      } else if (valid[i] > age) {
        const std::int32_t left = valid[i] - age, sooner = std::max(left - cut.lost[i], std::min(left, cut.earliest));
        valid[i] = age + (cut.latest[i] == sim::never ? sooner : std::min(sooner, cut.latest[i]));
      }
    }
  };
  end_of_age(arm[valid_last_month_], 1);
  end_of_age(arm[valid_before_], 2);
}

void ReturnedPoints::reverse(const sim::Arm& arm, const sim::LotsOfArm& lots) const {
  const auto status = arm[core_.status];
  const auto debt = arm[debt_], let_go = arm[let_go_], overdrawn = arm[overdrawn_], set_off = arm[set_off_];
  std::ranges::fill(arm[reversed_], 0);
#pragma omp simd
  for (std::size_t i = 0; i < debt.size(); ++i) {
    let_go[i] = sim::when(status[i] != 1, debt[i]);
    debt[i] -= let_go[i];
    overdrawn[i] = -debt[i];
  }
  reverse_of_age(arm, lots, 1);
  reverse_of_age(arm, lots, 2);
#pragma omp simd
  for (std::size_t i = 0; i < debt.size(); ++i) {
    overdrawn[i] += debt[i];
    set_off[i] = debt[i];
  }
}

void ReturnedPoints::close(const sim::Arm& arm, std::span<const std::int32_t> redeemed,
                           std::span<const std::int32_t> months_valid, std::span<std::int32_t> balance) const {
  const auto debt = arm[debt_], set_off = arm[set_off_], first_after = arm[first_after_];
  const auto given_back = arm[given_back_], reversed = arm[reversed_];
  const auto back = arm[redeemed_.next], back_after = arm[redeemed_.after_next];
  const auto valid_last_month = arm[valid_last_month_], valid_before = arm[valid_before_];
#pragma omp simd
  for (std::size_t i = 0; i < debt.size(); ++i) {
    set_off[i] -= debt[i];
    balance[i] += given_back[i] - reversed[i] - set_off[i];
    back[i] = sim::when(first_after[i] == 1, redeemed[i]);
    back_after[i] = sim::when(first_after[i] == 2, redeemed[i]);
    valid_before[i] = valid_last_month[i];
    valid_last_month[i] = months_valid[i];
  }
  arm.book_all({{given_back_metric_, given_back},
                {reversed_metric_, reversed},
                {set_off_metric_, set_off},
                {owed_metric_, debt},
                {overdrawn_metric_, arm[overdrawn_]},
                {let_go_metric_, arm[let_go_]}});
}

}  // namespace clientele::models
