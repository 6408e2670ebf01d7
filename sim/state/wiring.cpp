// Keeps the book of columns, levers, metrics and words while behaviors are made.
#include "sim/state/wiring.hpp"

#include <algorithm>

#include "sim/catalogue.hpp"
#include "sim/state/order_of_steps.hpp"

namespace clientele::sim {

namespace {

constexpr const char* name_of_moves = "moved by the review";
constexpr const char* name_of_reviewed = "put into a tier by the review";
constexpr const char* name_of_progress = "progress to the next better tier";

}  // namespace

Wiring::Wiring(const Catalogue& catalogue, EachNumber each_number, const Population* population, const Count* count)
    : catalogue_(&catalogue), each_number_(std::move(each_number)), population_(population), count_(count) {
  const auto steps = static_cast<std::uint32_t>(catalogue.steps().size());
  layout_.births = 2 * steps;
  for (const Catalogue::Step& step : catalogue.steps()) {
    layout_.names_of_stages.push_back("the meeting before step '" + step.name + "'");
    layout_.names_of_stages.push_back("step '" + step.name + "'");
  }
  for (const Catalogue::Table& table : catalogue.tables())
    layout_.names_of_stages.push_back("the birth of customers in '" + table.key + "'");
  const auto trait = [&](const char* name, char type, Sight sight) {
    return own(name, Layout::Home::trait, type, sight);
  };
  const auto state = [&](const char* name, Sight sight) { return own(name, Layout::Home::state, 'i', sight); };
  core_.id_low = {trait("id low", 'u', Sight::latent)};
  core_.id_high = {trait("id high", 'u', Sight::latent)};
  core_.born = {trait("born", 'i', Sight::observed)};
  core_.is_won_over = {trait("is won over", 'i', Sight::latent)};
  core_.status = {state("status", Sight::latent)};
  core_.tier = {state("tier", Sight::observed)};
  core_.standing = {state("standing", Sight::latent)};
  core_.orders = {read("orders", Layout::Home::state, 'i')};
  core_.on_books = {read("on the books", Layout::Home::state, 'i')};
  for (const char* name : {"orders", "on the books"}) layout_.columns.at(name).sight = Sight::observed;
  core_.under_review = {own("under review", Layout::Home::passing, 'i', Sight::latent),
                        layout_.columns.at("under review").use};
  for (std::uint32_t step = 0; step < steps; ++step)
    for (const Stage stage : {layout_.meeting_before(step), layout_.in_step(step)})
      if (catalogue.steps()[step].kind == Catalogue::Step::Kind::review)
        touches_.push_back({core_.under_review.use, stage, Layout::may_read | Layout::may_write, false});
  if (population != nullptr && population->file &&
      (!population->file->past.empty() || !population->file->tiers.empty() || reads_customers()))
    layout_.row = trait("row of the file", 'u', Sight::observed);
  metric_beyond_too("customers", MetricUnit::count, "customers who are active in the month");
  metric("arrivals", MetricUnit::count, "customers whose first month it is, the first base left out");
  ledger({.balance = "customers", .adds = {"arrivals"}, .takes = {}, .goes = {}});
}

std::uint32_t& Wiring::count_of(Layout::Home home) {
  switch (home) {
    case Layout::Home::trait:
    case Layout::Home::fate:
      return layout_.traits;
    case Layout::Home::state:
    case Layout::Home::carried:
    case Layout::Home::collected:
      return layout_.states;
    case Layout::Home::passing:
      return layout_.passing;
    case Layout::Home::common:
      return layout_.common;
    case Layout::Home::listed:
      return layout_.listed;
    case Layout::Home::slots:
      break;
  }
  return layout_.slots;
}

namespace {

/// Whether steps are wired for it one by one.
bool is_of_a_month(Layout::Home home) {
  return home != Layout::Home::trait && home != Layout::Home::fate && home != Layout::Home::state;
}

}  // namespace

std::uint32_t Wiring::add_use(std::string_view name) {
  layout_.names_of_uses.emplace_back(name);
  return static_cast<std::uint32_t>(layout_.names_of_uses.size() - 1);
}

Layout::Column& Wiring::column(std::string_view name, Layout::Home home, char type) {
  const auto [found, is_new] = layout_.columns.try_emplace(std::string(name));
  Layout::Column& column = found->second;
  if (is_new) {
    column.name = name;
    column.home = home;
    column.type = type;
    column.index = count_of(home)++;
    if (is_of_a_month(home)) column.use = add_use(name);
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

std::uint32_t Wiring::table_called(std::string_view key) const {
  const auto& tables = catalogue_->tables();
  const auto found = std::ranges::find(tables, key, &Catalogue::Table::key);
  expects(found != tables.end(), "a behavior asks for another that is in the catalogue: '" + std::string(key) + "'");
  return static_cast<std::uint32_t>(found - tables.begin());
}

void Wiring::check_type(std::uint32_t table, bool is_bound) const {
  expects(is_bound, "parameters are asked for as what table '" + catalogue_->tables()[table].key + "' is bound to");
}

std::uint32_t Wiring::add_lever(std::string_view field, std::uint32_t parameters, LeverRule rule) {
  const FieldRef at = field_called(field);
  expects(catalogue_->tables()[at.table].fields.fields()[at.field].lever.has_value(),
          "a lever names a lever field: " + std::string(field));
  const std::uint32_t passing = layout_.passing++;
  layout_.levers.push_back({passing, at, parameters, std::move(rule)});
  return passing;
}

Lever<float> Wiring::lever(std::string_view field) {
  const FieldRef at = field_called(field);
  for (const Layout::LeverInfo& known : layout_.levers)
    if (known.as_it_stands && known.field == at) return {known.passing};
  const std::uint32_t passing =
      add_lever(field, table_, [](const ParameterStruct&, float value) { return std::bit_cast<std::uint32_t>(value); });
  layout_.levers.back().as_it_stands = true;
  return {passing};
}

FieldRef Wiring::field_called(std::string_view path) const {
  const std::size_t dot = path.find('.');
  const bool own = dot == std::string_view::npos;
  const std::uint32_t table = own ? table_ : table_called(path.substr(0, dot));
  const auto found = catalogue_->tables()[table].fields.find(own ? path : path.substr(dot + 1));
  expects(found.has_value(), "a behavior asks for a field that is there: " + std::string(path));
  return {table, static_cast<std::uint32_t>(*found)};
}

bool Wiring::is_used(std::string_view field, const std::function<bool(double number)>& rule) const {
  const FieldRef at = field_called(field);
  bool used = !each_number_;
  if (each_number_) each_number_(at, [&](double number) { used = used || rule(number); });
  return used;
}

std::span<const float> Wiring::known(std::string_view field) const {
  if (population_ == nullptr || !population_->file) return {};
  const FieldRef at = field_called(field);
  for (const CustomerFile::KnownTrait& trait : population_->file->traits)
    if (trait.field == at) return trait.values;
  return {};
}

Past Wiring::past(std::string_view key) const {
  const auto& infos = catalogue_->past();
  if (infos.empty()) return {};  // of a catalogue of some behaviors alone, which no file tells anything
  expects(std::ranges::find(infos, key, &PastInfo::key) != infos.end(),
          "a behavior asks for a past that the catalogue has: " + std::string(key));
  if (population_ == nullptr || !population_->file) return {};
  const auto& past = population_->file->past;
  const auto found = std::ranges::find(past, key, &CustomerFile::KnownPast::key);
  if (found == past.end()) return {};
  return {static_cast<std::uint32_t>(found - past.begin()), found->columns};
}

Trait<std::int32_t> Wiring::own_gone_before(const Departure& departure) {
  const Trait<std::int32_t> gone = own_trait<std::int32_t>("gone before month 0", Sight::latent);
  layout_.gone_before = {gone.column, departure.request.column};
  return gone;
}

Setting Wiring::setting(std::string_view field) {
  const FieldRef at = field_called(field);
  expects(catalogue_->tables()[at.table].fields.fields()[at.field].setting,
          "a setting names a field that a policy may set: " + std::string(field));
  const auto found = std::ranges::find(layout_.settings, at);
  const auto index = static_cast<std::uint32_t>(found - layout_.settings.begin());
  if (found == layout_.settings.end()) layout_.settings.push_back(at);
  return {index};
}

std::uint32_t Wiring::add_effect(std::string_view name, Operation operation) {
  auto found = std::ranges::find(layout_.effects, name, &Layout::EffectInfo::name);
  if (found == layout_.effects.end()) {
    Layout::EffectInfo effect;
    effect.name = name;
    effect.operation = operation;
    effect.use = add_use(name);
    layout_.effects.push_back(std::move(effect));
    found = layout_.effects.end() - 1;
  }
  expects(found->operation == operation, "effect '" + std::string(name) + "' is asked for as a factor and as a sum");
  return static_cast<std::uint32_t>(found - layout_.effects.begin());
}

StageWiring Wiring::step(std::string_view name) { return {*this, layout_.in_step(step_called(name))}; }
StageWiring Wiring::meeting(std::string_view name) { return {*this, layout_.meeting_before(step_called(name))}; }
StageWiring Wiring::birth() { return {*this, layout_.at_birth(table_)}; }

std::vector<std::uint32_t> Wiring::steps_of_behavior() const {
  std::vector<std::uint32_t> own;
  for (std::uint32_t step = 0; step < catalogue_->steps().size(); ++step) {
    const Catalogue::Step& taken = catalogue_->steps()[step];
    if (taken.kind == Catalogue::Step::Kind::behavior && taken.behavior == table_) own.push_back(step);
  }
  return own;
}

std::uint32_t Wiring::step_called(std::string_view name) const {
  for (const std::uint32_t step : steps_of_behavior())
    if (catalogue_->steps()[step].name == name) return step;
  throw InternalFault("internal fault: behavior '" + catalogue_->tables()[table_].key + "' has no step '" +
                      std::string(name) + "' in the catalogue");
}

StageWiring Wiring::only_step() {
  const auto own = steps_of_behavior();
  expects(own.size() == 1, "behavior '" + catalogue_->tables()[table_].key +
                               "' has one step, or says which of its steps a column is for");
  return {*this, layout_.in_step(own.front())};
}

Collected Wiring::own_collected(std::string_view name) { return only_step().own_collected(name); }
Collected Wiring::collect(std::string_view name) { return only_step().collect(name); }
OwnFactor Wiring::own_factor(std::string_view name) { return only_step().own_factor(name); }
OwnSum Wiring::own_sum(std::string_view name) { return only_step().own_sum(name); }
Factor Wiring::act_by_factor(std::string_view name) { return only_step().act_by_factor(name); }
Sum Wiring::act_by_sum(std::string_view name) { return only_step().act_by_sum(name); }

Collected StageWiring::own_collected(std::string_view name) {
  return own<Collected, std::int32_t>(name, Layout::Home::collected);
}

Collected StageWiring::collect(std::string_view name) {
  const std::uint32_t index = wiring_->read(name, Layout::Home::collected, 'i');
  return {index, touch_column(name, Layout::may_read | Layout::may_write, true)};
}

/// What nobody asks for takes no time to find.
void Wiring::write_in_reviews(std::string_view name, char type, std::optional<std::uint32_t>& column) {
  if (column) return;
  column = own(name, Layout::Home::passing, type, Sight::latent);
  for (std::uint32_t step = 0; step < catalogue_->steps().size(); ++step)
    if (catalogue_->steps()[step].kind == Catalogue::Step::Kind::review)
      touches_.push_back({layout_.columns.find(name)->second.use, layout_.in_step(step), Layout::may_write, false});
}

Passing<const std::int32_t> StageWiring::read_moves() {
  wiring_->write_in_reviews(name_of_moves, 'i', wiring_->layout_.moves);
  return read_passing<std::int32_t>(name_of_moves);
}

Passing<const std::int32_t> StageWiring::read_reviewed() {
  wiring_->write_in_reviews(name_of_reviewed, 'i', wiring_->layout_.reviewed);
  return read_passing<std::int32_t>(name_of_reviewed);
}

Passing<const float> StageWiring::read_progress(std::string_view lever) {
  Layout& layout = wiring_->layout_;
  expects(!layout.progress, "one behavior asks for progress to better tiers");
  const std::uint32_t passing = wiring_->lever(lever).column;
  const auto asked = std::ranges::find(layout.levers, passing, &Layout::LeverInfo::passing);
  layout.lever_of_progress = static_cast<std::uint32_t>(asked - layout.levers.begin());
  wiring_->write_in_reviews(name_of_progress, 'f', layout.progress);
  return read_passing<float>(name_of_progress);
}

void StageWiring::touch(std::uint32_t use, int how, bool adds) {
  wiring_->touches_.push_back({use, stage_, static_cast<std::uint8_t>(how), adds});
}

std::uint32_t StageWiring::touch_column(std::string_view name, int how, bool adds) {
  const std::uint32_t use = wiring_->layout_.columns.find(name)->second.use;
  touch(use, how, adds);
  return use;
}

std::uint32_t StageWiring::touch_effect(std::uint32_t effect, int how) {
  Layout::EffectInfo& moved = wiring_->layout_.effects[effect];
  const bool acts = how == Layout::may_write;
  if (!acts) ++moved.owners;
  touch(moved.use, how, acts);
  return moved.use;
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

Metric Wiring::metric_called(std::string_view name) const {
  const auto found = std::ranges::find(layout_.metrics, name, &MetricInfo::name);
  expects(found != layout_.metrics.end(), "a behavior made before counts metric '" + std::string(name) + "'");
  return {static_cast<std::uint32_t>(found - layout_.metrics.begin())};
}

AgedMetric Wiring::metric_by_age(std::string_view name, MetricUnit unit, std::string_view meaning) {
  layout_.aged.push_back({.name = std::string(name), .meaning = std::string(meaning), .unit = unit});
  return {static_cast<std::uint32_t>(layout_.aged.size() - 1)};
}

Histogram Wiring::histogram(std::string_view name, MetricUnit unit, std::string_view meaning, std::vector<int> months) {
  expects(std::ranges::find(layout_.histograms, name, &HistogramInfo::name) == layout_.histograms.end(),
          "a histogram is declared once: " + std::string(name));
  layout_.histograms.push_back({std::string(name), std::string(meaning), unit, std::move(months)});
  return {static_cast<std::uint32_t>(layout_.histograms.size() - 1)};
}

Metric Wiring::opening_of(LedgerInfo& info) {
  const auto balance = std::ranges::find(layout_.metrics, info.balance, &MetricInfo::name);
  expects(balance != layout_.metrics.end(), "a ledger's balance is a metric: " + info.balance);
  info.opening = info.balance + "_opening";
  const std::string meaning = balance->meaning + ", as it stood before month 0";
  return metric(info.opening, balance->unit, meaning, balance->scale);
}

void Wiring::ledger(LedgerInfo info, State<const std::int32_t> column) {
  const Metric opening = opening_of(info);
  layout_.ledgers.push_back({std::move(info), column, opening});
}

void Wiring::unused_ledger(LedgerInfo info) {
  counts_nothing(opening_of(info));
  std::ranges::find(layout_.metrics, info.balance, &MetricInfo::name)->is_zero = true;
  layout_.ledgers.push_back({std::move(info), {}, {}});
}

Departure Wiring::departure(std::string_view name, int precedence, std::string_view meaning) {
  auto& all = layout_.departures;
  const std::string request = std::string(name) + " request";
  auto found = std::ranges::find(all, name, &Layout::DepartureInfo::name);
  if (found == all.end()) {
    const std::uint32_t index = own(request, Layout::Home::collected, 'i', Sight::latent);
    Layout::DepartureInfo info{std::string(name),
                               precedence,
                               {index, layout_.columns.at(request).use},
                               metric_beyond_too(name, MetricUnit::count, meaning)};
    layout_.ledgers.front().info.goes.emplace_back(name);
    found =
        all.insert(std::ranges::upper_bound(all, precedence, {}, &Layout::DepartureInfo::precedence), std::move(info));
  }
  const auto& steps = catalogue_->steps();
  const auto exits = std::ranges::find(steps, Catalogue::Step::Kind::exits, &Catalogue::Step::kind) - steps.begin();
  bool can_ask = false;
  for (const std::uint32_t step : steps_of_behavior()) {
    if (step > exits) continue;
    can_ask = true;
    touches_.push_back({found->request.use, layout_.in_step(step), Layout::may_read | Layout::may_write, true});
  }
  expects(can_ask, "behavior '" + catalogue_->tables()[table_].key + "' asks for exits in a step before them");
  return {found->request};
}

void Wiring::counts_nothing(const Departure& departure) {
  const auto is_asked_by = [&](const Layout::DepartureInfo& info) {
    return info.request.column == departure.request.column;
  };
  counts_nothing(std::ranges::find_if(layout_.departures, is_asked_by)->metric);
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
  check_owners();
  check_levers();
  check_names();
  check_order(layout_, *catalogue_, touches_);
  place_effects(layout_, *catalogue_, touches_);
  layout_.open.assign(layout_.names_of_stages.size(), std::vector<std::uint8_t>(layout_.names_of_uses.size()));
  for (const Use& touch : touches_) layout_.open[touch.stage.row][touch.use] |= touch.how;
  return layout_;
}

void Layout::place_rings() {
  for (RingInfo& ring : rings) {
    ring.first = states;
    states += ring.depth;
  }
}

}  // namespace clientele::sim
