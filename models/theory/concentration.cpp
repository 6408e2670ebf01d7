// Orders on a grid of their law, values in closed form: the tail of their product is a sum of normal integrals.
#include "models/theory/concentration.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>

namespace clientele::models {

namespace {

constexpr double largest = 10;
constexpr int steps_of_grid = 2000;
constexpr double rarest = 1e-12;  ///< what lies beyond the grid

/// A law of a trait: its family and its numbers, the mean first.
struct Trait {
  sim::Family family = sim::Family::constant;
  std::vector<double> numbers;
  double mean() const { return numbers.front(); }
};

Trait trait_of(const sim::Study& study, const sim::Catalogue& catalogue, const sim::Group& group, sim::FieldRef at) {
  const sim::FieldValue* value = &study.values[at.table][at.field];
  for (const sim::Group::Override& own : group.overrides)
    if (own.field == at) value = &own.value;
  const sim::FieldInfo& field = catalogue.tables()[at.table].fields.fields()[at.field];
  return {field.families[value->family].family, value->numbers};
}

double log_quantile(const Trait& trait, double p) {
  if (trait.family == sim::Family::gamma)
    return std::log(
        boost::math::quantile(boost::math::gamma_distribution<>(trait.numbers[1], trait.mean() / trait.numbers[1]), p));
  const double sd = trait.numbers[1];
  return std::log(trait.mean()) - sd * sd / 2 + sd * boost::math::quantile(boost::math::normal(), p);
}

double share_below(const Trait& trait, double log_value) {
  if (trait.family == sim::Family::gamma)
    return boost::math::cdf(boost::math::gamma_distribution<>(trait.numbers[1], trait.mean() / trait.numbers[1]),
                            std::exp(log_value));
  const double sd = trait.numbers[1];
  return boost::math::cdf(boost::math::normal(), (log_value - std::log(trait.mean()) + sd * sd / 2) / sd);
}

/// Customers with about one rate: how many of the base, and their mean sales and the spread of its log around it.
struct Kind {
  double share = 0, mean = 0, sd_log = 0;

  /// Share of the base, and sales, of those who buy more than exp(log_bound).
  double share_above(double log_bound) const { return share * above(log_bound, -sd_log / 2); }
  double sales_above(double log_bound) const { return share * mean * above(log_bound, sd_log / 2); }

 private:
  double above(double log_bound, double shift) const {
    if (mean <= 0) return 0;
    if (sd_log <= 0) return std::log(mean) > log_bound ? 1 : 0;
    return boost::math::cdf(boost::math::normal(), (std::log(mean) - log_bound) / sd_log + shift);
  }
};

void add_kinds(double share, const Trait& rate, const Trait& value, std::vector<Kind>& kinds) {
  const double sd = value.family == sim::Family::constant ? 0 : value.numbers[1];
  const bool varies = rate.family != sim::Family::constant && rate.mean() > 0 && rate.numbers[1] > 0;
  if (!varies) {
    kinds.push_back({share, rate.mean() * value.mean(), sd});
    return;
  }
  const double first = std::max(log_quantile(rate, rarest), std::log(rate.mean()) - 30);
  const double last = log_quantile(rate, 1 - rarest), step = (last - first) / steps_of_grid;
  for (int i = 0; i < steps_of_grid; ++i) {
    const double low = first + i * step;
    const double weight = share_below(rate, low + step) - share_below(rate, low);
    kinds.push_back({share * weight, std::exp(low + step / 2) * value.mean(), sd});
  }
}

double share_by_laws(const std::vector<Kind>& kinds, double customers) {
  const auto all = [&](auto part) {
    return std::accumulate(kinds.begin(), kinds.end(), 0.0, [&](double sum, const Kind& k) { return sum + part(k); });
  };
  const double sales = all([](const Kind& kind) { return kind.share * kind.mean; });
  if (sales <= 0) return 0;
  double low = -100, high = 100;  // logs of a bound
  for (int step = 0; step < 100; ++step) {
    const double middle = (low + high) / 2;
    const double above = all([&](const Kind& kind) { return kind.share_above(middle); });
    (above > largest / customers ? low : high) = middle;
  }
  return all([&](const Kind& kind) { return kind.sales_above(high); }) / sales;
}

double share_in_file(const sim::Study& study, const sim::Catalogue& catalogue, sim::FieldRef rate,
                     sim::FieldRef value) {
  const sim::CustomerFile& file = *study.population.file;
  std::vector<double> sales(file.ids.size());
  for (std::size_t c = 0; c < sales.size(); ++c) {
    const sim::Group& group = study.population.groups[file.groups[c]];
    sales[c] = 1;
    for (const sim::FieldRef at : {rate, value}) {
      const auto known = std::ranges::find(file.traits, at, &sim::CustomerFile::KnownTrait::field);
      sales[c] *= known == file.traits.end() ? trait_of(study, catalogue, group, at).mean()
                                             : static_cast<double>(known->values[c]);
    }
  }
  const double total = std::accumulate(sales.begin(), sales.end(), 0.0);
  const auto ten = sales.begin() + std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(largest), std::ssize(sales));
  std::partial_sort(sales.begin(), ten, sales.end(), std::greater());
  return total > 0 ? std::accumulate(sales.begin(), ten, 0.0) / total : 0;
}

/// Libraries of mathematics differ in their last digits.
double rounded(double share) { return std::round(1000 * share) / 1000; }

}  // namespace

double share_of_ten_largest(const sim::Study& study, const sim::Catalogue& catalogue) {
  const sim::FieldRef rate = catalogue.field_at("purchasing.orders_per_month");
  const sim::FieldRef value = catalogue.field_at("purchasing.order_value");
  const auto customers = static_cast<double>(study.population.customers);
  if (customers <= largest) return 1;
  if (study.population.file) return rounded(share_in_file(study, catalogue, rate, value));
  std::vector<Kind> kinds;
  for (const sim::Group& group : study.population.groups)
    add_kinds(group.share, trait_of(study, catalogue, group, rate), trait_of(study, catalogue, group, value), kinds);
  return rounded(share_by_laws(kinds, customers));
}

}  // namespace clientele::models
