// Everything is looked up by name, as the study says it.
#include "tests/reference/setting.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "sim/core/check.hpp"
#include "sim/random/address_book.hpp"
#include "sim/random/distributions.hpp"

namespace clientele::tests {

namespace {

/// FNV-1a, folded to 48 bits: a drawn number's address hangs on its path alone.
std::uint64_t id_of_path(std::string_view path) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : path) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ULL;
  }
  return (hash ^ (hash >> 48)) & ((std::uint64_t{1} << 48) - 1);
}

double drawn(const sim::Study& study, const sim::Uncertain& uncertain, std::uint32_t draw) {
  if (!uncertain.drawn.empty()) return uncertain.drawn.at(draw);  // a row of a file
  const sim::Address at{id_of_path(uncertain.path), sim::month_of_traits, 0, sim::tag_of_draws, 0, draw};
  return sim::draw_parameter(uncertain.law, at, {study.seed, 0});
}

const sim::FieldValue* own_value(const sim::Group& group, sim::FieldRef field) {
  for (const auto& own : group.overrides)
    if (own.field == field) return &own.value;
  return nullptr;
}

/// What a group's own number becomes when everybody's is drawn: larger by the same part, or by the same amount where
/// there is no such part.
double moved_along(double own, double everybodys, double drawn) {
  const bool has_part = own != 0 && everybodys != 0 && std::signbit(own) == std::signbit(everybodys);
  return has_part ? drawn * (own / everybodys) : own + (drawn - everybodys);
}

/// The place of a number in another law of the field, by its name; the value of a constant is a mean.
std::optional<std::size_t> place_of(std::string_view name, const sim::FamilyInfo& family) {
  if (name == "value") name = "mean";
  for (std::size_t n = 0; n < family.parameters.size(); ++n)
    if (family.parameters[n].key == name || (family.parameters[n].key == "value" && name == "mean")) return n;
  return std::nullopt;
}

sim::FieldValue value_in_draw(const sim::Study& study, const sim::Catalogue& catalogue, sim::FieldRef field,
                              std::uint32_t group, std::uint32_t draw) {
  const sim::FieldValue& everybodys = study.values[field.table][field.field];
  const sim::FieldValue* own = own_value(study.population.groups[group], field);
  sim::FieldValue value = own != nullptr ? *own : everybodys;
  if (study.draws == 0) return value;
  const auto& families = catalogue.tables()[field.table].fields.fields()[field.field].families;
  for (const sim::Uncertain& uncertain : study.uncertain) {
    if (uncertain.field != field || uncertain.group || uncertain.place) continue;
    std::optional<std::size_t> place = uncertain.number;
    if (!families.empty())
      place = place_of(families[everybodys.family].parameters[uncertain.number].key, families[value.family]);
    if (place)
      value.numbers[*place] =
          moved_along(value.numbers[*place], everybodys.numbers[uncertain.number], drawn(study, uncertain, draw));
  }
  for (const sim::Uncertain& uncertain : study.uncertain)
    if (uncertain.field == field && uncertain.group == group && !uncertain.place)
      value.numbers[uncertain.number] = drawn(study, uncertain, draw);
  return value;
}

/// The number in a place of a policy or a scenario: the draw's, where it is uncertain.
double placed(const sim::Study& study, sim::Uncertain::Place::Of of, std::uint32_t owner, std::size_t part,
              std::optional<sim::FieldRef> lever, double stated, std::uint32_t draw) {
  for (const sim::Uncertain& uncertain : study.uncertain) {
    if (study.draws == 0 || !uncertain.place) continue;
    const auto& place = *uncertain.place;
    if (place.of == of && place.owner == owner && place.part == part && (!lever || *lever == uncertain.field))
      return drawn(study, uncertain, draw);
  }
  return stated;
}

/// A ramp of 3 months makes shares 1/3, 2/3, 1, 1, ...; a shock ends at once.
double share_of_shock(const sim::Shock& shock, int month) {
  if (month < shock.from) return 0;
  if (shock.months.has_value() && month > shock.from + *shock.months - 1) return 0;
  const int months_felt = month - shock.from + 1;
  return shock.ramp == 0 ? 1 : std::min(1.0, static_cast<double>(months_felt) / shock.ramp);
}

}  // namespace

Setting::Setting(const sim::Study& study, const sim::Catalogue& catalogue, const sim::Cell& cell)
    : study_(&study), catalogue_(&catalogue), cell_(cell) {
  for (std::uint32_t g = 0; g < study.population.groups.size(); ++g) {
    auto& values = values_.emplace_back(study.values);
    for (std::uint32_t table = 0; table < values.size(); ++table)
      for (std::uint32_t field = 0; field < values[table].size(); ++field)
        values[table][field] = value_in_draw(study, catalogue, {table, field}, g, cell.draw);
    auto& structs = structs_.emplace_back();
    for (std::uint32_t table = 0; table < values.size(); ++table)
      structs.push_back(catalogue.tables()[table].fields.resolve(values[table]));
  }
}

int Setting::calendar_month(int month) const {
  int calendar = study_->horizon.start_month - 1;
  for (int m = 0; m < month; ++m) calendar = calendar == 11 ? 0 : calendar + 1;
  for (int m = 0; m > month; --m) calendar = calendar == 0 ? 11 : calendar - 1;
  return calendar;
}

bool Setting::goes_on_from_baseline() const {
  const sim::Policy &own = policy(0), &before = study_->policies[study_->baseline];
  if (cell_.policy == study_->baseline) return true;
  if (own.segmentation != before.segmentation || own.tiers.size() != before.tiers.size()) return false;
  if (!own.rollout.empty() || own.held == sim::Held::at_random) return false;
  if (segmentation(0) == "earned") return true;
  bool is_equal = own.values == before.values && own.entry == before.entry && own.validity == before.validity &&
                  own.kept_by_hand == before.kept_by_hand && own.gains == before.gains;
  for (std::size_t k = 0; k < own.tiers.size(); ++k) {
    const sim::Tier &mine = own.tiers[k], &theirs = before.tiers[k];
    is_equal = is_equal && mine.from == theirs.from && mine.share == theirs.share && mine.when == theirs.when;
  }
  return is_equal;
}

bool Setting::has_table(std::string_view key) const {
  return std::ranges::any_of(catalogue_->tables(), [&](const auto& table) { return table.key == key; });
}

std::uint32_t Setting::table_number(std::string_view key) const {
  for (std::uint32_t table = 0; table < catalogue_->tables().size(); ++table)
    if (catalogue_->tables()[table].key == key) return table;
  throw sim::InternalFault("the catalogue has no table " + std::string(key));
}

sim::FieldRef Setting::field(std::string_view table, std::string_view key) const {
  const std::uint32_t number = table_number(table);
  const auto found = catalogue_->tables()[number].fields.find(key);
  sim::expects(found.has_value(), "a twin names a field of its table");
  return {number, static_cast<std::uint32_t>(*found)};
}

float Setting::lever(std::string_view table, std::string_view key, std::uint32_t group, std::int32_t tier,
                     int month) const {
  const sim::FieldRef at = field(table, key);
  const sim::Policy& of = policy(month);
  const auto own_tiers = static_cast<std::int32_t>(of.tiers.size() - of.before);
  const bool is_baselines = tier >= own_tiers;
  const std::uint32_t owner = is_baselines ? study_->baseline : of.twin ? *of.twin : policy_number(month);
  const auto part = static_cast<std::size_t>(is_baselines ? tier - own_tiers : tier);
  const bool is_mean = of.same_money_as && !is_baselines;
  for (const auto& setting : of.tiers[static_cast<std::size_t>(tier)].levers)
    if (setting.field == at && is_mean)
      return static_cast<float>(setting.value);
    else if (setting.field == at)
      return static_cast<float>(
          placed(*study_, sim::Uncertain::Place::Of::tier, owner, part, at, setting.value, cell_.draw));
  return static_cast<float>(values_[group][at.table][at.field].numbers[0]);
}

float Setting::policy_setting(std::string_view table, std::string_view key, int month, int now) const {
  const sim::FieldRef at = field(table, key);
  std::uint32_t owner = policy_number(std::min(month, now));
  const sim::Policy* setting = &study_->policies[owner];
  if (!setting->rollout.empty()) {
    int first = setting->rollout.front().month;
    for (const sim::RollOut& step : setting->rollout) first = std::min(first, step.month);
    if (month < first) owner = study_->baseline, setting = &study_->policies[owner];
  }
  if (setting->twin) owner = *setting->twin;
  if (setting->same_money_as) owner = *setting->same_money_as;
  auto value = static_cast<double>(static_cast<float>(values_[0][at.table][at.field].numbers[0]));
  for (std::size_t number = 0; number < setting->settings.size(); ++number) {
    const sim::PolicySetting& change = setting->settings[number];
    if (change.field != at) continue;
    const double to = placed(*study_, sim::Uncertain::Place::Of::setting, owner, number, {}, change.value, cell_.draw);
    const int months_felt = change.from ? month - *change.from + 1 : change.ramp;
    if (months_felt <= 0 && change.from) continue;
    const double part = months_felt >= change.ramp ? 1 : static_cast<double>(months_felt) / change.ramp;
    value += part * (to - value);
  }
  return static_cast<float>(value);
}

float Setting::driver(std::string_view name, std::uint32_t group, int month, sim::MonthKind kind) const {
  const auto& drivers = catalogue_->drivers();
  std::uint32_t number = 0;
  while (drivers.at(number).name != name) ++number;
  const bool factor = drivers[number].kind == sim::DriverKind::factor;
  double value = factor ? 1 : 0;
  const std::uint32_t scenario = month < 0 ? 0 : cell_.scenario;
  for (std::size_t n = 0; n < study_->scenarios[scenario].shocks.size(); ++n) {
    const sim::Shock& shock = study_->scenarios[scenario].shocks[n];
    if (shock.driver != number) continue;
    if (shock.group.has_value() && *shock.group != group) continue;
    const bool closed = kind == sim::MonthKind::closed;
    if (closed && study_->horizon.drivers_beyond == sim::DriversBeyond::none) continue;
    const bool stays = closed && study_->horizon.drivers_beyond == sim::DriversBeyond::as_in_last_month;
    const double share = share_of_shock(shock, stays ? study_->horizon.months - 1 : month);
    const double size = placed(*study_, sim::Uncertain::Place::Of::shock, scenario, n, {}, shock.size, cell_.draw);
    if (factor)
      value *= 1 + share * (size - 1);
    else
      value += share * size;
  }
  return static_cast<float>(value);
}

std::vector<std::uint64_t> Setting::invented_customers() const {
  const sim::Population& population = study_->population;
  std::vector<std::uint64_t> numbers;
  std::uint64_t given = 0;
  double upto = 0;
  for (const sim::Group& group : population.groups) {
    upto += group.share;
    const auto rounded = static_cast<std::uint64_t>(std::floor(upto * static_cast<double>(population.customers) + 0.5));
    const std::uint64_t end = &group == &population.groups.back() ? population.customers : rounded;
    numbers.push_back(end - given);
    given = end;
  }
  return numbers;
}

}  // namespace clientele::tests
