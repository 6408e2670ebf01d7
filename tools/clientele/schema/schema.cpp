// The tables of a study one by one: keys from scenarios/study_keys.hpp, all else from the catalogue.
#include "tools/clientele/schema/schema.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "sim/plan.hpp"
#include "tools/clientele/explain/entries.hpp"
#include "tools/clientele/schema/fields.hpp"

namespace clientele::tools {

namespace {

Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
Json filled_list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}, {"minItems", 1}}; }
Json reference(const std::string& definition) { return {{"$ref", "#/definitions/" + definition}}; }
Json words(const std::vector<std::string>& list) { return {{"enum", list}}; }

class Schema {
 public:
  explicit Schema(const sim::Catalogue& catalogue) : catalogue_(catalogue) {}

  Json whole() {
    definitions_["swept"] = swept();
    definitions_["condition"] = condition();
    Json all = own("");
    for (const sim::Catalogue::Table& table : catalogue_.tables()) {
      definitions_[table.key] = fields_of(table, Home::study);
      definitions_["group." + table.key] = fields_of(table, Home::group);
      all[table.key] = reference(table.key);
    }
    for (const char* table : {"horizon", "beyond", "count", "output", "experiment", "totals"})
      all[table] = table_of(table);
    all["books"] = books();
    all["population"] = population();
    all["uncertain"] = uncertain();
    all["scenario"] = list_of(scenario());
    all["policy"] = filled_list_of(policy());
    all["constraint"] = list_of(table_of("constraint"));
    all["sweep"] = sweep();
    for (const scenarios::StudyTable& table : scenarios::study_tables())
      if (all.contains(std::string(table.key))) all[std::string(table.key)]["description"] = table.meaning;
    Json schema = {{"$schema", "http://json-schema.org/draft-04/schema#"}, {"title", "a study of clientele"}};
    schema.update(closed_table(all, {"population", "policy"}));
    schema["definitions"] = definitions_;
    return schema;
  }

 private:
  Json books() const {
    Json keys = own("books");
    keys["season"] = {{"type", "array"}, {"minItems", 12}, {"maxItems", 12}, {"items", {{"type", "number"}}}};
    keys["file"] = filled_list_of(table_of("books.file"));
    keys["column"] = list_of(table_of("books.column"));
    Json backtest = own("books.backtest");
    backtest["origins"] = {{"type", "array"}, {"minItems", 1}};
    keys["backtest"] = closed_table(backtest, required_of("books.backtest"));
    return closed_table(keys, {"origin", "read_on", "file"});
  }

  /// The keys of a table of the study's own.
  Json own(const std::string& table) const {
    Json properties = Json::object();
    for (const scenarios::StudyKey& key : scenarios::study_keys())
      if (key.table == table) {
        Json value = key_schema(key);
        value.update(of_several_kinds(table + "." + std::string(key.key)));
        properties[std::string(key.key)] = value;
      }
    return properties;
  }

  static Json required_of(const std::string& table) {
    Json required = Json::array();
    for (const scenarios::StudyKey& key : scenarios::study_keys())
      if (key.table == table && key.required) required.push_back(key.key);
    return required;
  }

  Json table_of(const std::string& table) const { return closed_table(own(table), required_of(table)); }

  /// Values that are no single number or word, and names that must be known.
  Json of_several_kinds(const std::string& path) const {
    if (path == "experiment.headline" || path == "constraint.kpi") return words(kpis());
    if (path == "count.histograms")
      return filled_list_of(number_in(scenarios::study_key("count", "histograms").range, true));
    if (path == "output.by") return list_of(words({"group"}));
    if (path == "output.kpis") return {{"anyOf", {words({"crm"}), filled_list_of(words(kpis()))}}};
    if (path == "output.metrics") return {{"anyOf", {words({"all"}), filled_list_of(words(metrics()))}}};
    if (path == "policy.tier.groups" || path == "policy.tier.values") return text_or_texts();
    if (path == "population.attribute.values") return filled_list_of({{"type", "string"}});
    if (path == "population.attribute.shares") return filled_list_of(number_in(sim::range(0, 1), false));
    if (path == "population.columns") return {{"type", "object"}, {"additionalProperties", {{"type", "string"}}}};
    if (path == "population.arrivals")
      return {
          {"anyOf", {number_in(scenarios::study_key("population", "arrivals").range), words({"as before", "none"})}}};
    return Json::object();
  }

  std::vector<std::string> kpis() const {
    std::vector<std::string> names;
    for (const sim::KpiInfo& kpi : catalogue_.kpis()) names.push_back(kpi.name);
    return names;
  }
  std::vector<std::string> metrics() const {
    std::vector<std::string> names;
    for (const sim::MetricInfo& metric : sim::metrics_of(catalogue_)) names.push_back(metric.name);
    return names;
  }

  static bool may_say(const sim::FieldInfo& field, Home home) {
    return home == Home::study || field.kind != sim::Kind::fixed;
  }

  static Json fields_of(const sim::Catalogue::Table& table, Home home) {
    Json properties = Json::object();
    for (const sim::FieldInfo& field : table.fields.fields())
      if (may_say(field, home)) properties[std::string(field.key)] = field_schema(field, home);
    return closed_table(properties);
  }

  Json population() const {
    Json group = own("population.group");
    for (const sim::Catalogue::Table& table : catalogue_.tables()) group[table.key] = reference("group." + table.key);
    Json properties = own("population");
    properties["group"] = list_of(closed_table(group, required_of("population.group")));
    properties["attribute"] = list_of(table_of("population.attribute"));
    properties["correlation"] = list_of(table_of("population.correlation"));
    Json table = closed_table(properties);
    table["anyOf"] = {{{"required", {"customers"}}}, {{"required", {"file"}}}};
    return table;
  }

  /// The laws of a number, once for each range that there is.
  Json laws_within(const sim::Range& range) {
    const std::string name = "uncertain, " + (range_in_words(range).empty() ? "any number" : range_in_words(range));
    definitions_[name] = uncertain_schema(range);
    std::string spelled;
    for (const char c : name) spelled += c == ' ' ? "%20" : std::string(1, c);
    return reference(spelled);
  }

  /// The law of a field has numbers by its family, which a study may have chosen.
  Json uncertain_law(const sim::FieldInfo& field) {
    Json numbers = Json::object();
    for (const sim::FamilyInfo& family : field.families)
      for (const sim::LawParameter& parameter : family.parameters)
        if (!numbers.contains(std::string(parameter.key)))
          numbers[std::string(parameter.key)] = laws_within(loosest(field, parameter.key));
    return closed_table(numbers);
  }

  /// Of a number that several families have.
  static sim::Range loosest(const sim::FieldInfo& field, std::string_view key) {
    std::optional<sim::Range> range;
    for (const sim::FamilyInfo& family : field.families)
      for (const sim::LawParameter& parameter : family.parameters)
        if (parameter.key == key)
          range = sim::range(std::min(range ? range->low : parameter.range.low, parameter.range.low),
                             std::max(range ? range->high : parameter.range.high, parameter.range.high));
    return *range;
  }

  Json uncertain_numbers(const sim::FieldInfo& field) {
    Json row = Json::object(), rows = Json::object();
    for (const std::string_view label : field.labels) row[std::string(label)] = laws_within(field.range);
    for (const std::string_view name : field.rows) rows[std::string(name)] = closed_table(row);
    return closed_table(field.rows.empty() ? row : rows);
  }

  Json uncertain_table(const sim::Catalogue::Table& table, Home home) {
    Json properties = Json::object();
    for (const sim::FieldInfo& field : table.fields.fields()) {
      if (!may_say(field, home)) continue;
      const std::string key(field.key);
      if (!field.families.empty())
        properties[key] = uncertain_law(field);
      else if (!field.labels.empty())
        properties[key] = uncertain_numbers(field);
      else if (field.standard.numbers.size() == 1 && !field.whole)
        properties[key] = laws_within(field.range);
    }
    return closed_table(properties);
  }

  Json uncertain() {
    Json properties = own("uncertain"), of_group = Json::object();
    for (const sim::Catalogue::Table& table : catalogue_.tables()) {
      properties[table.key] = uncertain_table(table, Home::study);
      of_group[table.key] = uncertain_table(table, Home::group);
    }
    const Json groups = by_name(closed_table(of_group));
    properties["population"] = closed_table({{"group", groups}});
    properties["policy"] = by_name(uncertain_policy());
    properties["scenario"] = by_name(uncertain_scenario());
    return closed_table(properties);
  }

  /// A table whose keys are names of the study.
  static Json by_name(Json values) { return {{"type", "object"}, {"additionalProperties", std::move(values)}}; }

  /// Levers of tiers by their key or by behavior, settings by behavior.
  Json uncertain_policy() {
    Json levers = Json::object(), settings = Json::object();
    for (const sim::Catalogue::Table& table : catalogue_.tables()) {
      Json levers_of_table = Json::object(), settings_of_table = Json::object();
      for (const sim::FieldInfo& field : table.fields.fields()) {
        const std::string key(field.key);
        if (field.whole) continue;
        if (field.lever) levers[key] = levers_of_table[key] = laws_within(field.range);
        if (!field.setting) continue;
        const Json law = laws_within(field.range);
        settings_of_table[key] = {{"anyOf", {law, by_place(law)}}};
      }
      if (!settings_of_table.empty()) settings[table.key] = closed_table(settings_of_table);
      if (!levers_of_table.empty())
        levers[table.key] = levers.contains(table.key)
                                ? Json{{"anyOf", {levers[table.key], closed_table(levers_of_table)}}}
                                : closed_table(levers_of_table);
    }
    return closed_table({{"tier", by_name(closed_table(levers))}, {"settings", closed_table(settings)}});
  }

  /// One of several values of a number, 1 the first.
  static Json by_place(const Json& law) {
    Json table = closed_table(Json::object());
    table["patternProperties"] = {{"^[1-9][0-9]*$", law}};
    return table;
  }

  /// Shocks by their driver or their place, with or without what they say.
  Json uncertain_scenario() {
    Json direct = Json::object(), shocks = Json::object(), either = Json::object();
    for (const char* key : {"times", "plus"})
      either[key] = laws_within(scenarios::study_key("scenario.shock", key).range);
    for (const sim::DriverInfo& driver : catalogue_.drivers()) {
      const std::string key = driver.kind == sim::DriverKind::factor ? "times" : "plus";
      direct[driver.name] = either[key];
      shocks[driver.name] = closed_table({{key, either[key]}});
    }
    Json of_shocks = closed_table(shocks), all = Json::object();
    of_shocks["patternProperties"] = {{"^[1-9][0-9]*$", closed_table(either)}};
    direct["shock"] = of_shocks;
    all = closed_table(direct);
    all["patternProperties"] = {{"^[1-9][0-9]*$", {{"anyOf", {either["times"], either["plus"]}}}}};
    return all;
  }

  Json scenario() const {
    Json any = Json::array();
    for (const sim::DriverKind kind : {sim::DriverKind::factor, sim::DriverKind::shift}) {
      std::vector<std::string> drivers;
      for (const sim::DriverInfo& driver : catalogue_.drivers())
        if (driver.kind == kind) drivers.push_back(driver.name);
      if (drivers.empty()) continue;
      Json shock = own("scenario.shock");
      shock["driver"] = words(drivers);
      shock.erase(kind == sim::DriverKind::factor ? "plus" : "times");
      any.push_back(closed_table(shock, {"driver", kind == sim::DriverKind::factor ? "times" : "plus"}));
    }
    Json properties = own("scenario");
    properties["shock"] = list_of({{"anyOf", any}});
    return closed_table(properties, required_of("scenario"));
  }

  Json segmentation() const {
    std::vector<std::string> names;
    Json any = Json::array();
    for (const auto& segmentation : catalogue_.segmentations()) {
      names.push_back(segmentation.key);
      Json properties = own("policy.segmentation");
      if (segmentation.rule != sim::TierRule::groups) properties.erase("by");
      properties["rule"] = words({segmentation.key});
      for (const sim::FieldInfo& field : segmentation.fields.fields())
        properties[std::string(field.key)] = field_schema(field, Home::study);
      any.push_back(closed_table(properties, {"rule"}));
    }
    any.push_back(words(names));
    return {{"anyOf", any}};
  }

  static Json text_or_texts() {
    const Json text = {{"type", "string"}};
    return {{"anyOf", {text, filled_list_of(text)}}};
  }

  /// Which customers a tier takes: numbers with bounds, groups, conditions of these, and attributes by their names.
  Json condition() const {
    Json bounds = closed_table({{"at_least", {{"type", "number"}}}, {"below", {{"type", "number"}}}});
    bounds["minProperties"] = 1;
    const Json several = filled_list_of(reference("condition"));
    Json properties = {{"all", several}, {"any", several}, {"not", reference("condition")}, {"group", text_or_texts()}};
    for (const auto& segmentation : catalogue_.segmentations())
      for (const sim::NumberInfo& number : segmentation.numbers) properties[number.key] = bounds;
    Json table = closed_table(properties);
    table["additionalProperties"] = text_or_texts();
    table["minProperties"] = 1;
    return table;
  }

  /// Levers by their key, where one behavior alone has it, or by behavior.
  Json with_levers(Json properties) const {
    std::map<std::string, std::vector<Json>> by_key;
    for (const sim::Catalogue::Table& table : catalogue_.tables()) {
      Json levers = Json::object();
      for (const sim::FieldInfo& field : table.fields.fields())
        if (field.lever) {
          levers[std::string(field.key)] = field_schema(field, Home::study);
          by_key[std::string(field.key)].push_back(levers[std::string(field.key)]);
        }
      if (!levers.empty()) properties[table.key] = closed_table(levers);
    }
    for (const auto& [key, values] : by_key) {
      if (values.size() > 1) continue;
      properties[key] = properties.contains(key) ? Json{{"anyOf", {values.front(), properties[key]}}} : values.front();
    }
    return properties;
  }

  Json tier() const {
    Json properties = with_levers(own("policy.tier"));
    properties["when"] = reference("condition");
    Json table = closed_table(properties, required_of("policy.tier"));
    table["not"] = {{"required", {"share", "top"}}};
    return table;
  }

  Json settings() const {
    Json properties = Json::object();
    for (const sim::Catalogue::Table& table : catalogue_.tables()) {
      Json of_table = Json::object();
      for (const sim::FieldInfo& field : table.fields.fields()) {
        Json change = own("policy.settings");
        change["value"] = number_in(field.range, field.whole);
        const Json changed = closed_table(change, {"value"});
        if (field.setting)
          of_table[std::string(field.key)] = {
              {"anyOf", {number_in(field.range, field.whole), changed, list_of(changed)}},
              {"description", field.meaning}};
      }
      properties[table.key] = closed_table(of_table);
    }
    return closed_table(properties);
  }

  Json policy() const {
    Json properties = with_levers(own("policy"));
    properties["segmentation"] = segmentation();
    properties["tier"] = list_of(tier());
    properties["rollout"] = list_of(table_of("policy.rollout"));
    properties["settings"] = settings();
    return closed_table(properties, required_of("policy"));
  }

  /// Paths of numbers as nested tables, which end in a list of values or a range.
  static Json swept() {
    const Json number = {{"type", "number"}};
    const Json range =
        closed_table({{"low", number}, {"high", number}, {"step", number}, {"count", number}}, {"low", "high"});
    const Json deeper = {{"type", "object"}, {"additionalProperties", reference("swept")}, {"minProperties", 1}};
    return {{"anyOf", {filled_list_of(number), range, deeper}}};
  }

  Json sweep() const {
    const Json paths = {{"type", "object"}, {"additionalProperties", reference("swept")}, {"minProperties", 1}};
    Json properties = own("sweep");
    for (const char* design : {"grid", "zip"}) properties[design].update(paths);
    properties["list"].update(filled_list_of({{"type", "object"}}));
    properties["hypercube"].update(paths);
    properties["hypercube"]["properties"] = own("sweep.hypercube");
    properties["hypercube"]["required"] = required_of("sweep.hypercube");
    Json table = closed_table(properties);
    table["minProperties"] = table["maxProperties"] = 1;
    return table;
  }

  const sim::Catalogue& catalogue_;
  Json definitions_ = Json::object();
};

}  // namespace

std::string schema_of(const sim::Catalogue& catalogue) { return Schema(catalogue).whole().dump(1) + "\n"; }

}  // namespace clientele::tools
