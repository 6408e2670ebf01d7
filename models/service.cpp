// Service as loops: one list of luck per order for all arms, and a limit per customer and arm that it is held against.
#include "models/service.hpp"

#include <algorithm>

#include "models/addresses.hpp"
#include "models/rounding.hpp"

namespace clientele::models {

namespace {

bool is_granted(double value) { return value > 0; }

}  // namespace

Service::Service(sim::Wiring& wiring) : Service(wiring, wiring.step("deliveries")) {}

Service::Service(sim::Wiring& wiring, sim::StageWiring deliveries)
    : core_(wiring.core()),
      parameters_(wiring.parameters<ServiceParameters>()),
      purchasing_(wiring.parameters_of<PurchasingParameters>("purchasing")),
      accounting_(wiring.parameters_of<AccountingParameters>("accounting")),
      logistics_(wiring.parameters_of<LogisticsParameters>("logistics")),
      cares_(wiring.is_used("care", is_granted)),
      by_value_(cares_ && wiring.is_used("care_exponent", is_granted)),
      staff_(wiring),
      order_rate_(wiring.read_trait<float>("order rate")),
      order_value_(wiring.read_trait<float>("order value")),
      gross_margin_(wiring.read_trait<float>("gross margin")),
      order_cost_(wiring.read_trait<float>("order cost")),
      late_luck_(wiring.order_luck(addresses.of("late delivery"))),
      defect_luck_(wiring.order_luck(addresses.of("defect"))),
      late_driver_(wiring.driver("late_deliveries")),
      defect_driver_(wiring.driver("defects")),
      rounding_(deliveries.read_common<float>("rounding")),
      late_chance_(wiring.lever<float>(
          parameters_, "expedite",
          [](const ServiceParameters& p, float expedite) { return p.late_chance * (1.F - expedite); })),
      expedite_money_(
          wiring.lever<float>(parameters_, "expedite",
                              [](const ServiceParameters& p, float expedite) { return expedite * p.expedite_cost; })),
      care_money_(wiring.lever("care")),
      performance_(deliveries.act_by_sum("perceived performance")),
      log_hazard_(deliveries.act_by_sum("log hazard of leaving")),
      limit_(deliveries.own_passing<std::int32_t>("service limit")),
      late_(deliveries.own_passing<std::int32_t>("late deliveries")),
      defective_(deliveries.own_passing<std::int32_t>("defective deliveries")),
      expedite_cost_(deliveries.own_passing<std::int32_t>("expedite cost")),
      care_cost_(deliveries.own_passing<std::int32_t>("care cost")),
      costs_(deliveries.collect("costs")),
      late_metric_(wiring.metric("late_deliveries", sim::MetricUnit::count, "orders delivered late")),
      defect_metric_(wiring.metric("defects", sim::MetricUnit::count, "orders delivered with a defect")),
      expedite_metric_(wiring.metric("expedite_cost", sim::MetricUnit::money, "paid for faster deliveries")),
      care_metric_(wiring.metric("care_cost", sim::MetricUnit::money, "spent on looking after customers")) {
  if (!wiring.is_used("expedite", is_granted)) wiring.counts_nothing(expedite_metric_);
  if (!cares_) wiring.counts_nothing(care_metric_);
  if (by_value_) {
    reference_ = wiring.own_fate<float>("care reference of the account", sim::Sight::latent);
    for (std::size_t f = 0; f < known_.size(); ++f) known_[f] = wiring.known(fields_of_accounts[f]);
    if (wiring.population() != nullptr) accounts_ = known_accounts(*wiring.population(), known_);
  }
  if (staff_.is_used()) {
    worked_ = wiring.step("staff").own_passing<float>("care that is worked");
    worked_before_ = deliveries.read_passing<float>("care that is worked");
  }
  if (by_value_ || staff_.is_used()) return;
  points_of_care_ = wiring.lever<float>(parameters_, "care", [](const ServiceParameters& p, float care) {
    return p.care_points * care_saturation(care, p.care_reference);
  });
  hazard_of_care_ = wiring.lever<float>(parameters_, "care", [](const ServiceParameters& p, float care) {
    return p.care_hazard * care_saturation(care, p.care_reference);
  });
}

/// Over all customers, of every group, as the study begins.
float Service::mean_margin(const sim::BlockMonth& month) const {
  double mean = 0;
  for (std::size_t group = 0; group < accounts_.size(); ++group)
    mean += part_of_mean(accounts_[group], known_, month.parameters(purchasing_, group),
                         month.parameters(accounting_, group), month.parameters(logistics_, group));
  return static_cast<float>(mean);
}

void Service::set_first_states(sim::BlockMonth& month) const {
  if (!by_value_) return;
  const ServiceParameters& p = month.parameters(parameters_);
  const float mean = mean_margin(month), reference = p.care_reference, exponent = p.care_exponent;
  const auto rate = month[order_rate_], value = month[order_value_], margin = month[gross_margin_],
             cost = month[order_cost_];
  const auto of_account = month[reference_];
#pragma omp simd
  for (std::size_t i = 0; i < of_account.size(); ++i)
    of_account[i] = reference_of_account(
        reference, account_value(expected_margin(rate[i], value[i], margin[i], cost[i]), mean), exponent);
}

void Service::share_out_care(sim::BlockMonth& month) const {
  if (!staff_.is_used()) return;
  for (const sim::Arm& arm : month.arms()) {
    const auto meant = arm[care_money_];
    const auto worked = arm[worked_];
    const float share = staff_.share(arm);
#pragma omp simd
    for (std::size_t i = 0; i < worked.size(); ++i) worked[i] = meant[i] * share;
  }
}

std::span<const float> Service::care_of(const sim::Arm& arm) const {
  return staff_.is_used() ? arm[worked_before_] : arm[care_money_];
}

void Service::advance(sim::BlockMonth& month) const {
  if (!month.run_off()) count_failures(month);
  for (const sim::Arm& arm : month.arms()) {
    if (month.run_off()) {
      std::ranges::fill(arm[late_], 0);
      std::ranges::fill(arm[defective_], 0);
      continue;
    }
    arm.count({{late_metric_, arm[late_]}, {defect_metric_, arm[defective_]}});
    if (by_value_ || staff_.is_used())
      care_by_account(month, arm);
    else if (cares_)
      care(arm);
    spend(month, arm);
  }
}

/// All accounts ask for the same, so that a tier's care does the same for everybody in it.
void Service::care(const sim::Arm& arm) const {
  const auto on_books = arm[core_.on_books];
  const auto points = arm[points_of_care_], hazard = arm[hazard_of_care_];
  const auto performance = arm[performance_];
  const auto log_hazard = arm[log_hazard_];
#pragma omp simd
  for (std::size_t i = 0; i < points.size(); ++i) {
    performance[i] += sim::when(on_books[i] != 0, points[i]);
    log_hazard[i] += sim::when(on_books[i] != 0, hazard[i]);
  }
}

void Service::care_by_account(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const ServiceParameters& p = month.parameters(parameters_);
  const float points = p.care_points, hazard = p.care_hazard;
  const auto on_books = arm[core_.on_books];
  const auto care = care_of(arm);
  const auto performance = arm[performance_];
  const auto log_hazard = arm[log_hazard_];
  const auto act = [&](auto reference) {
#pragma omp simd
    for (std::size_t i = 0; i < care.size(); ++i) {
      const float far = care_saturation(care[i], reference(i));
      performance[i] += sim::when(on_books[i] != 0, points * far);
      log_hazard[i] += sim::when(on_books[i] != 0, hazard * far);
    }
  };
  if (by_value_)
    act([of_account = month[reference_]](std::size_t i) { return of_account[i]; });
  else
    act([reference = p.care_reference](std::size_t) { return reference; });
}

void Service::count_failures(sim::BlockMonth& month) const {
  const sim::Orders& orders = month.orders();
  const auto late_words = month.variates().words(late_luck_), defect_words = month.variates().words(defect_luck_);
  const float defect_chance = month.parameters(parameters_).defect_chance;
  for (const sim::Arm& arm : month.arms()) {
    const auto chance = arm[late_chance_];
    const auto limit = arm[limit_];
    const float driver = arm.driver(late_driver_);
#pragma omp simd
    for (std::size_t i = 0; i < limit.size(); ++i) limit[i] = sim::chance_threshold(chance[i] * driver);
    orders.count_happening(arm[core_.orders], late_words, limit, arm[late_]);
    std::ranges::fill(limit, sim::chance_threshold(defect_chance * arm.driver(defect_driver_)));
    orders.count_happening(arm[core_.orders], defect_words, limit, arm[defective_]);
  }
}

void Service::spend(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto placed = arm[core_.orders], on_books = arm[core_.on_books];
  const auto per_order = arm[expedite_money_], care = care_of(arm);
  const auto rounding = month[rounding_];
  const auto expedite_cost = arm[expedite_cost_], care_cost = arm[care_cost_], costs = arm[costs_];
  const float per_quantum = month.per_quantum();
#pragma omp simd
  for (std::size_t i = 0; i < costs.size(); ++i) {
    expedite_cost[i] = rounded(static_cast<float>(placed[i]) * per_order[i], per_quantum, rounding[i]);
    care_cost[i] = sim::when(on_books[i] != 0, rounded(care[i], per_quantum, rounding[i]));
    costs[i] += expedite_cost[i] + care_cost[i];
  }
  arm.book({{expedite_metric_, expedite_cost}, {care_metric_, care_cost}});
}

}  // namespace clientele::models
