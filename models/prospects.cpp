// What is said of a customer is the same each month. Where a month alone is kept, it is said when a customer is born
// and stands; else it is said anew, so that it stands where months stand.
#include "models/prospects.hpp"

#include "models/addresses.hpp"
#include "sim/random/distributions.hpp"

namespace clientele::models {

namespace {

LogMoments log_moments_of(std::span<const float> known, const sim::CustomerFile& file, std::uint32_t group,
                          float usual) {
  double customers = 0, sum = 0, squares = 0;
  for (std::size_t row = 0; row < known.size(); ++row) {
    if (file.groups[row] != group) continue;
    const auto x = static_cast<double>(sim::log(std::max(known[row] / usual, least_worth)));
    customers += 1;
    sum += x;
    squares += x * x;
  }
  if (customers == 0) return {};
  const double mean = sum / customers;
  return {mean, std::max(0.0, squares / customers - mean * mean)};
}

float mean_of(std::span<const float> known) {
  double sum = 0;
  for (const float x : known) sum += static_cast<double>(x);
  return static_cast<float>(sum / static_cast<double>(known.size()));
}

constexpr float least_usual = 1e-6F;
constexpr std::size_t place_of_margin = 2;  ///< among the fields of worth

}  // namespace

WorthOfBase worth_of_base(const sim::Population& population, const KnownWorth& known) {
  WorthOfBase base;
  base.shares.assign(population.groups.size(), 0);
  for (std::size_t g = 0; g < base.shares.size() && !population.file; ++g) base.shares[g] = population.groups[g].share;
  if (!population.file) return base;
  for (const std::uint32_t group : population.file->groups)
    base.shares[group] += 1 / static_cast<double>(population.file->groups.size());
  for (std::size_t f = 0; f < known.size(); ++f) {
    if (known[f].empty()) continue;
    WorthOfBase::Logs& logs = base.logs[f];
    if (f != place_of_margin) logs.usual = std::max(mean_of(known[f]), least_usual);
    for (std::uint32_t group = 0; group < base.shares.size(); ++group)
      logs.by_group.push_back(log_moments_of(known[f], *population.file, group, logs.usual));
  }
  return base;
}

WorthScale worth_scale(const WorthOfBase& base, std::span<const PurchasingParameters* const> purchasing,
                       std::span<const AccountingParameters* const> accounting) {
  const auto level = [&](std::size_t f, std::size_t group) {  // what moves everybody alike
    const PurchasingParameters& of = *purchasing[group];
    return f == 0 ? of.order_level : f == 1 ? of.value_level : 1.F;
  };
  const auto usual = [&](std::size_t f, const sim::Law& law) {
    const float mean = base.logs[f].by_group.empty() ? law.values[0] : base.logs[f].usual;
    return std::max(level(f, 0) * mean, least_usual);
  };
  WorthScale scale;
  scale.usual = {usual(0, purchasing[0]->orders_per_month), usual(1, purchasing[0]->order_value)};
  double sum = 0, squares = 0;
  for (std::size_t group = 0; group < base.shares.size(); ++group) {
    std::array<sim::Law, fields_of_worth.size()> laws{purchasing[group]->orders_per_month,
                                                      purchasing[group]->order_value, accounting[group]->gross_margin};
    laws[0].values[0] = laws[0].values[0] * level(0, group) / scale.usual.orders;
    laws[1].values[0] = laws[1].values[0] * level(1, group) / scale.usual.value;
    LogMoments all;
    for (std::size_t f = 0; f < laws.size(); ++f) {
      const LogMoments one = base.logs[f].by_group.empty() ? log_moments(laws[f], static_cast<double>(least_worth))
                                                           : base.logs[f].by_group[group];
      const float own = level(f, group), first = level(f, 0);
      if (!base.logs[f].by_group.empty() && own != first && own > 0.F && first > 0.F)
        all.mean += static_cast<double>(sim::log(own / first));
      all.mean += one.mean;
      all.variance += one.variance;
    }
    sum += base.shares[group] * all.mean;
    squares += base.shares[group] * (all.variance + all.mean * all.mean);
  }
  constexpr double least_variance = 1e-9;
  const double variance = squares - sum * sum;
  scale.mean = static_cast<float>(sum);
  scale.inverse_sd = variance > least_variance ? static_cast<float>(1 / std::sqrt(variance)) : 0.F;
  return scale;
}

Prospects::Prospects(sim::Wiring& wiring)
    : parameters_(wiring.parameters<ProspectsParameters>()),
      purchasing_(wiring.parameters_of<PurchasingParameters>("purchasing")),
      accounting_(wiring.parameters_of<AccountingParameters>("accounting")),
      order_rate_(wiring.read_trait<float>("order rate")),
      order_value_(wiring.read_trait<float>("order value")),
      gross_margin_(wiring.read_trait<float>("gross margin")),
      luck_(wiring.birth_luck(addresses.of("prospects"))),
      points_(wiring.own_ring<float>("prospects", sim::Sight::observed)),
      attributes_(wiring) {
  KnownWorth known;
  for (std::size_t f = 0; f < known.size(); ++f) known[f] = wiring.known(fields_of_worth[f]);
  if (wiring.population() != nullptr) base_ = worth_of_base(*wiring.population(), known);
}

WorthScale Prospects::scale_of(const sim::BlockMonth& month) const {
  std::vector<const PurchasingParameters*> purchasing;
  std::vector<const AccountingParameters*> accounting;
  for (std::size_t group = 0; group < base_.shares.size(); ++group) {
    purchasing.push_back(&month.parameters(purchasing_, group));
    accounting.push_back(&month.parameters(accounting_, group));
  }
  return worth_scale(base_, purchasing, accounting);
}

void Prospects::set_first_states(sim::BlockMonth& month) const {
  std::vector<float> truth;
  if (!month.arms().empty() && attributes_.need_truth(month.arms().front())) {
    const WorthScale scale = scale_of(month);
    const auto orders = month[order_rate_], value = month[order_value_], margin = month[gross_margin_];
    for (std::size_t i = 0; i < orders.size(); ++i)
      truth.push_back(truth_of(log_of_worth(orders[i], value[i], margin[i], scale.usual), scale));
  }
  attributes_.give(month, truth);
}

void Prospects::judge(sim::BlockMonth& month) const {
  if (month.run_off() || month.arms().empty() || month.arms().front().depth(points_) == 0) return;
  const bool stands = month.arms().front().depth(points_) == 1 && !month.is_first();
  if (stands && std::ranges::find(month[month.core().born], month.month()) == month[month.core().born].end()) return;
  const ProspectsParameters& p = month.parameters(parameters_);
  const WorthScale scale = scale_of(month);
  const auto orders = month[order_rate_], value = month[order_value_], margin = month[gross_margin_];
  const auto words = month.variates().words(luck_);
  const auto first = month.arms().front().at(points_, month.month());
  for (std::size_t i = 0; i < first.size(); ++i)
    first[i] = prospects_points(log_of_worth(orders[i], value[i], margin[i], scale.usual), scale, p.correlation, p.luck,
                                sim::normal_of(words[i]));
  for (const sim::Arm& arm : month.arms().subspan(1)) std::ranges::copy(first, arm.at(points_, month.month()).begin());
}

}  // namespace clientele::models
