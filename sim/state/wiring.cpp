// Keeps the book of columns, levers, metrics and words while behaviors are made, and refuses what contradicts itself.
#include "sim/state/wiring.hpp"

#include <algorithm>

#include "sim/catalogue.hpp"

namespace clientele::sim {

Wiring::Wiring(const Catalogue& catalogue) : catalogue_(&catalogue) {
  core_.id_low = own_trait<std::uint32_t>("id low", Sight::latent);
  core_.id_high = own_trait<std::uint32_t>("id high", Sight::latent);
  core_.born = own_trait<std::int32_t>("born", Sight::observed);
  core_.status = own_state<std::int32_t>("status", Sight::observed);
  core_.tier = own_state<std::int32_t>("tier", Sight::observed);
  core_.standing = own_state<std::int32_t>("standing", Sight::observed);
  core_.orders = own_state<std::int32_t>("orders", Sight::observed);
  core_.under_review = own_passing<std::int32_t>("under review");
  core_.most_orders = own_passing<std::int32_t>("most orders");
  metric_beyond_too("customers", MetricUnit::count, "customers who are active in the month");
  metric("arrivals", MetricUnit::count, "customers whose first month it is, the first base left out");
}

std::uint32_t& Wiring::count_of(Layout::Home home) {
  switch (home) {
    case Layout::Home::trait:
      return layout_.traits;
    case Layout::Home::state:
      return layout_.states;
    case Layout::Home::passing:
      return layout_.passing;
    case Layout::Home::listed:
      return layout_.listed;
    case Layout::Home::slots:
      break;
  }
  return layout_.slots;
}

Layout::Column& Wiring::column(std::string_view name, Layout::Home home, char type) {
  const auto [found, is_new] = layout_.columns.try_emplace(std::string(name));
  Layout::Column& column = found->second;
  if (is_new) {
    column.name = name;
    column.home = home;
    column.type = type;
    column.index = count_of(home)++;
  }
  expects(column.home == home && column.type == type,
          "column '" + std::string(name) + "' is asked for with two homes or types");
  return column;
}

std::uint32_t Wiring::own(std::string_view name, Layout::Home home, char type, Sight sight) {
  Layout::Column& owned = column(name, home, type);
  ++owned.owners;
  owned.sight = sight;
  return owned.index;
}

std::uint32_t Wiring::read(std::string_view name, Layout::Home home, char type) {
  return column(name, home, type).index;
}

Trait<float> Wiring::own_trait_of_field(std::string_view name, std::string_view field, Sight sight) {
  const auto found = catalogue_->tables()[table_].fields.find(field);
  expects(found.has_value(), "a trait names a field of its table: " + std::string(field));
  const Trait<float> trait = own_trait<float>(name, sight);
  layout_.known.push_back({trait.column, {table_, static_cast<std::uint32_t>(*found)}});
  return trait;
}

std::uint32_t Wiring::add_ring(std::string_view name, char type, Sight sight, std::uint32_t depth, int owners) {
  auto found = std::ranges::find(layout_.rings, name, &Layout::RingInfo::name);
  if (found == layout_.rings.end()) {
    layout_.rings.emplace_back().name = name;
    found = layout_.rings.end() - 1;
    found->type = type;
  }
  expects(found->type == type, "ring '" + std::string(name) + "' is asked for with two types");
  found->depth = std::max(found->depth, depth);
  if (owners > 0) found->sight = sight, found->owners += owners;
  return static_cast<std::uint32_t>(found - layout_.rings.begin());
}

std::uint32_t Wiring::add_lever(std::string_view field, LeverRule rule) {
  const auto& fields = catalogue_->tables()[table_].fields;
  const auto found = fields.find(field);
  expects(found && fields.fields()[*found].lever.has_value(), "a lever names a lever field: " + std::string(field));
  const std::uint32_t passing = layout_.passing++;
  layout_.levers.push_back({passing, {table_, static_cast<std::uint32_t>(*found)}, std::move(rule)});
  return passing;
}

Driver Wiring::driver(std::string_view name) const {
  const auto& drivers = catalogue_->drivers();
  const auto found = std::ranges::find(drivers, name, &DriverInfo::name);
  expects(found != drivers.end(), "a driver is declared in the catalogue: " + std::string(name));
  return {static_cast<std::uint32_t>(found - drivers.begin())};
}

Metric Wiring::metric(std::string_view name, MetricUnit unit, std::string_view meaning, double scale, MonthsOf months) {
  expects(std::ranges::find(layout_.metrics, name, &MetricInfo::name) == layout_.metrics.end(),
          "a metric is declared once: " + std::string(name));
  layout_.metrics.push_back({std::string(name), std::string(meaning), unit, scale, months});
  return {static_cast<std::uint32_t>(layout_.metrics.size() - 1)};
}

Histogram Wiring::histogram(std::string_view name, MetricUnit unit, std::string_view meaning, std::vector<int> months) {
  expects(std::ranges::find(layout_.histograms, name, &HistogramInfo::name) == layout_.histograms.end(),
          "a histogram is declared once: " + std::string(name));
  layout_.histograms.push_back({std::string(name), std::string(meaning), unit, std::move(months)});
  return {static_cast<std::uint32_t>(layout_.histograms.size() - 1)};
}

Departure Wiring::departure(std::string_view name, int precedence, std::string_view meaning) {
  auto& all = layout_.departures;
  const auto found = std::ranges::find(all, name, &Layout::DepartureInfo::name);
  if (found != all.end()) return {{found->request}};
  const Collected request = own_collected(std::string(name) + " request");
  Layout::DepartureInfo info{std::string(name), precedence, request.column,
                             metric_beyond_too(name, MetricUnit::count, meaning)};
  all.insert(std::ranges::upper_bound(all, precedence, {}, &Layout::DepartureInfo::precedence), std::move(info));
  return {request};
}

std::uint32_t Wiring::luck_entry(WordAddress word, std::uint32_t words) {
  const auto [found, is_new] = entry_of_tag_.try_emplace(word.tag, static_cast<std::uint32_t>(layout_.luck.size()));
  if (is_new) layout_.luck.push_back({word.tag, word.per, 0});
  Layout::LuckEntry& entry = layout_.luck[found->second];
  const std::uint32_t read = ((1U << words) - 1U) << word.word;
  expects(word.word + words <= 4 && (entry.words_read & read) == 0, "a random word has one reader");
  entry.words_read |= read;
  return found->second;
}

Layout Wiring::finish() {
  for (const auto& [name, column] : layout_.columns) {
    const bool scratch = name.find('/') != std::string::npos;
    expects(column.owners == 1 || scratch, "column '" + name + "' has one owner");
    expects(!column.must_be_observed || column.sight == Sight::observed,
            "a segmentation asks for column '" + name + "', which a firm cannot see");
  }
  for (const Layout::RingInfo& ring : layout_.rings) {
    expects(ring.owners == 1, "ring '" + ring.name + "' has one owner");
    expects(!ring.must_be_observed || ring.sight == Sight::observed,
            "a segmentation asks for ring '" + ring.name + "', which a firm cannot see");
  }
  return layout_;
}

void Layout::place_rings() {
  for (RingInfo& ring : rings) {
    ring.first = states;
    states += ring.depth;
  }
}

}  // namespace clientele::sim
