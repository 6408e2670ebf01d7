// Orders on a grid of their law, values in closed form: the tail of their product is a sum of normal integrals, or of
// sums over a sample's values.
#include "models/theory/concentration.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
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
  std::shared_ptr<const sim::Sample> sample = {};
  double mean() const { return numbers.front(); }
};

Trait trait_of(const sim::Study& study, const sim::Catalogue& catalogue, const sim::Group& group, sim::FieldRef at) {
  const sim::FieldValue* value = &study.values[at.table][at.field];
  for (const sim::Group::Override& own : group.overrides)
    if (own.field == at) value = &own.value;
  const sim::FieldInfo& field = catalogue.tables()[at.table].fields.fields()[at.field];
  return {field.families[value->family].family, value->numbers, value->sample};
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

/// A sample over its mean: which share of it, and of its sum, lies above a bound.
class Scaled {
 public:
  explicit Scaled(const sim::Sample& sample) : sample_(sample), sums_(sample.values.size() + 1, 0) {
    for (std::size_t i = sample.values.size(); i-- > 0;)
      sums_[i] = sums_[i + 1] + static_cast<double>(sample.values[i]) / sample.mean;
  }
  double share_above(double bound) const { return (size() - static_cast<double>(place(bound))) / size(); }
  double sum_above(double bound) const { return sums_[place(bound)] / size(); }

 private:
  double size() const { return static_cast<double>(sample_.values.size()); }
  std::size_t place(double bound) const {
    return static_cast<std::size_t>(std::ranges::upper_bound(sample_.values, bound * sample_.mean, {},
                                                             [](float x) { return static_cast<double>(x); }) -
                                    sample_.values.begin());
  }
  const sim::Sample& sample_;
  std::vector<double> sums_;
};

/// Customers with about one rate: how many of the base, and their mean sales and the spread of its log around it, or
/// the sample that spreads them.
struct Kind {
  double share = 0, mean = 0, sd_log = 0;
  std::shared_ptr<const Scaled> values = {};
  bool of_sample = false;  ///< the rate or the values

  /// Share of the base, and sales, of those who buy more than exp(log_bound).
  double share_above(double log_bound) const {
    if (values && mean > 0) return share * values->share_above(std::exp(log_bound) / mean);
    return share * above(log_bound, -sd_log / 2);
  }
  double sales_above(double log_bound) const {
    if (values && mean > 0) return share * mean * values->sum_above(std::exp(log_bound) / mean);
    return share * mean * above(log_bound, sd_log / 2);
  }

 private:
  double above(double log_bound, double shift) const {
    if (mean <= 0) return 0;
    if (sd_log <= 0) return std::log(mean) > log_bound ? 1 : 0;
    return boost::math::cdf(boost::math::normal(), (std::log(mean) - log_bound) / sd_log + shift);
  }
};

/// The largest rates of a sample one by one, those below in as many parts again, each by its mean.
void add_kinds_of(const sim::Sample& rates, const Kind& all, std::vector<Kind>& kinds) {
  constexpr std::size_t most = steps_of_grid / 2;
  const std::size_t n = rates.values.size(), largest_ones = std::min(n, most), rest = n - largest_ones;
  const auto add = [&](std::size_t first, std::size_t last) {
    if (first == last) return;
    double sum = 0;
    for (std::size_t i = first; i < last; ++i) sum += static_cast<double>(rates.values[i]) / rates.mean;
    const auto count = static_cast<double>(last - first);
    kinds.push_back({all.share * count / static_cast<double>(n), all.mean * sum / count, all.sd_log, all.values, true});
  };
  const std::size_t parts = std::min(rest, most);
  for (std::size_t part = 0; part < parts; ++part) add(rest * part / parts, rest * (part + 1) / parts);
  for (std::size_t i = rest; i < n; ++i) add(i, i + 1);
}

void add_kinds(double share, const Trait& rate, const Trait& value, std::vector<Kind>& kinds) {
  Kind all{share, rate.mean() * value.mean(), value.family == sim::Family::lognormal ? value.numbers[1] : 0};
  if (value.sample && value.mean() > 0) all.values = std::make_shared<const Scaled>(*value.sample);
  all.of_sample = value.sample != nullptr;
  const bool is_law = rate.family == sim::Family::gamma || rate.family == sim::Family::lognormal;
  const bool varies = rate.mean() > 0 && (rate.sample || (is_law && rate.numbers[1] > 0));
  if (!varies) {
    kinds.push_back(all);
    return;
  }
  if (rate.sample) return add_kinds_of(*rate.sample, all, kinds);
  const double first = std::max(log_quantile(rate, rarest), std::log(rate.mean()) - 30);
  const double last = log_quantile(rate, 1 - rarest), step = (last - first) / steps_of_grid;
  for (int i = 0; i < steps_of_grid; ++i) {
    const double low = first + i * step;
    const double weight = share_below(rate, low + step) - share_below(rate, low);
    kinds.push_back({share * weight, std::exp(low + step / 2) * value.mean(), all.sd_log, all.values, all.of_sample});
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
  const double above = all([&](const Kind& kind) { return kind.sales_above(high); });
  if (std::ranges::none_of(kinds, &Kind::of_sample)) return above / sales;
  // Many buy exactly as much where values are a sample's: of these, as many as are missing.
  const double missing = largest / customers - all([&](const Kind& kind) { return kind.share_above(high); });
  return (above + missing * std::exp(high)) / sales;
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
