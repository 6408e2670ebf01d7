// Keys come from scenarios/study_keys.hpp, everything else from the catalogue: nothing is listed here a second time.
#include "tools/clientele/explain/entries.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "output/cube/wording.hpp"
#include "scenarios/study_keys.hpp"
#include "sim/gains.hpp"
#include "sim/plan.hpp"

namespace clientele::tools {

namespace {

constexpr const char* currency = "the study's currency";

std::string unit_text(std::string_view unit) {
  return unit == "-" ? "" : unit == "money" ? currency : std::string(unit);
}

template <class Names>
std::string joined(const Names& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

std::string and_what(std::string_view words, const std::string& metrics) {
  if (words.empty() && metrics.empty()) return "nothing modelled";
  return std::string(words) + (metrics.empty() ? "" : (words.empty() ? "" : ". ") + metrics);
}

std::string moved(const std::vector<sim::MovedMetric>& metrics) {
  std::vector<std::string> rise, fall;
  for (const sim::MovedMetric& metric : metrics) (metric.falls ? fall : rise).emplace_back(metric.metric);
  std::string text = rise.empty() ? "" : "More of: " + joined(rise);
  if (!fall.empty()) text += (text.empty() ? "Less of: " : "; less of: ") + joined(fall);
  return text;
}

/// How many behaviors have a lever of this key: one that is alone goes by its key in a tier.
std::ptrdiff_t levers_called(std::string_view key, const sim::Catalogue& catalogue) {
  std::ptrdiff_t count = 0;
  for (const auto& table : catalogue.tables())
    count += std::ranges::count_if(table.fields.fields(),
                                   [&](const sim::FieldInfo& field) { return field.lever && field.key == key; });
  return count;
}

void tell_lever(const sim::FieldInfo& field, const sim::Catalogue& catalogue, Explained& entry) {
  const bool alone = levers_called(field.key, catalogue) == 1;
  const std::string key = alone ? std::string(field.key) : entry.path;
  entry.facts.emplace_back(
      "lever", "a tier may set it: [[policy.tier]] " + key + " = ...; a tier that does not gets the value above");
  const sim::LeverSides& sides = *field.lever;
  const std::string hurts = moved(sides.hurts);
  std::string paid = sides.paid_in.empty() ? "" : "Paid in: " + joined(sides.paid_in);
  if (!hurts.empty()) paid += (paid.empty() ? "" : ". ") + hurts;
  entry.facts.emplace_back("costs", and_what(sides.cost, paid));
  entry.facts.emplace_back("buys", and_what(sides.benefit, moved(sides.helps)));
  if (!sides.rests_on.empty()) entry.facts.emplace_back("rests on", joined(sides.rests_on));
}

std::string groups_in_words(sim::Kind kind) {
  switch (kind) {
    case sim::Kind::fixed:
      return "one value for all";
    case sim::Kind::by_group:
      return "a group may have its own";
    case sim::Kind::trait:
      return "each customer has its own, drawn once from the law; a group may have a law of its own, and a column of a "
             "customer file may give it";
  }
  return "";
}

/// The numbers of a field that may be drawn, by their paths; none where the reader would refuse them.
std::vector<std::string> drawn_paths(const sim::FieldInfo& field, const std::string& path) {
  std::vector<std::string> paths;
  if (!field.families.empty()) {
    for (const sim::LawParameter& parameter : field.families.front().parameters)
      paths.push_back(path + "." + std::string(parameter.key));
  } else if (!field.labels.empty()) {
    for (std::size_t n = 0; n < field.standard.numbers.size(); ++n) paths.push_back(path + "." + label_of(field, n));
  } else if (field.standard.numbers.size() == 1 && !field.whole) {
    paths.push_back(path);
  }
  return paths;
}

Explained field_of(const sim::FieldInfo& field, const std::string& table, const sim::Catalogue& catalogue) {
  Explained entry{table + "." + std::string(field.key),
                  table,
                  "number of a behavior",
                  std::string(field.meaning),
                  unit_text(field.unit),
                  as_written(field, field.standard)};
  if (!field.choices.empty()) entry.kind = "choice of a behavior";
  if (!field.families.empty()) entry.kind = "law of a behavior";
  if (field.families.empty() && field.choices.empty()) entry.range = field.range;
  entry.whole = field.whole && field.choices.empty();
  entry.choices.assign(field.choices.begin(), field.choices.end());
  entry.laws = field.families;
  entry.known_as = mark_in_words(field.provenance.mark);
  entry.source = field.provenance.source;
  if (!field.called.empty()) entry.facts.emplace_back("called", field.called);
  entry.facts.emplace_back("groups", groups_in_words(field.kind));
  const auto drawn = drawn_paths(field, entry.path);
  entry.facts.emplace_back("uncertain", drawn.empty() ? "no: it cannot be drawn" : "may be drawn: " + joined(drawn));
  if (field.setting)
    entry.facts.emplace_back(
        "setting", "a policy may set it, at once or from some month on: settings = { " + entry.path + " = ... }");
  if (!field.counts_with.key.empty())
    entry.facts.emplace_back("counts where", table + "." + std::string(field.counts_with.key) + " is \"" +
                                                 std::string(field.counts_with.choice) + "\"");
  if (!field.needs.empty())
    entry.facts.emplace_back("needs", table + "." + std::string(field.needs) + ", where it is above 0");
  if (field.lever) tell_lever(field, catalogue, entry);
  std::string kpis;
  for (const sim::KpiInfo& kpi : catalogue.kpis())
    if (kpi.parameter_field == entry.path) kpis += (kpis.empty() ? "" : ", ") + kpi.name;
  if (!kpis.empty()) entry.facts.emplace_back("KPIs", "discounts " + kpis);
  return entry;
}

std::string kind_in_words(scenarios::KeyKind kind) {
  using enum scenarios::KeyKind;
  switch (kind) {
    case number:
    case whole:
      return "number of a study";
    case text:
      return "text of a study";
    case choice:
      return "choice of a study";
    case truth:
      return "true or false";
    case date:
      return "date of a study";
    case table:
    case tables:
      return kind == table ? "table of a study" : "list of a study";
    case other:
      return "key of a study";
  }
  return "";
}

std::string standard_of(const scenarios::StudyKey& key) {
  if (key.required) return "none: it must be said";
  if (key.standard.empty()) return std::string(key.unsaid);
  return std::string(key.standard) + (key.unsaid.empty() ? "" : "; " + std::string(key.unsaid));
}

Explained key_of(const scenarios::StudyKey& key) {
  const std::string table(key.table);
  Explained entry{(table.empty() ? "" : table + ".") + std::string(key.key),
                  table,
                  kind_in_words(key.kind),
                  std::string(key.meaning),
                  std::string(key.unit),
                  standard_of(key)};
  entry.whole = key.kind == scenarios::KeyKind::whole;
  if (key.kind == scenarios::KeyKind::number || entry.whole) entry.range = key.range;
  entry.choices.assign(key.choices.begin(), key.choices.end());
  return entry;
}

/// The levers, or the settings, of all behaviors.
std::string paths_of(const sim::Catalogue& catalogue, bool (*is_one)(const sim::FieldInfo&)) {
  std::string text;
  for (const auto& table : catalogue.tables())
    for (const sim::FieldInfo& field : table.fields.fields())
      if (is_one(field)) text += (text.empty() ? "" : ", ") + table.key + "." + std::string(field.key);
  return text;
}

void add_study(const sim::Catalogue& catalogue, std::vector<ExplainedTable>& all) {
  for (const scenarios::StudyTable& table : scenarios::study_tables()) {
    std::string meaning(table.meaning);
    if (!table.also.empty()) meaning += "; beside these keys it has " + std::string(table.also);
    if (table.key == "policy.tier")
      meaning += " (" + paths_of(catalogue, [](const sim::FieldInfo& field) { return field.lever.has_value(); }) + ")";
    if (table.key == "policy.settings")
      meaning += " (" + paths_of(catalogue, [](const sim::FieldInfo& field) { return field.setting; }) + ")";
    ExplainedTable& told =
        all.emplace_back(ExplainedTable{std::string(table.key), std::string(table.written), meaning, {}});
    for (const scenarios::StudyKey& key : scenarios::study_keys())
      if (key.table == table.key) told.entries.push_back(key_of(key));
  }
}

void add_behaviors(const sim::Catalogue& catalogue, std::vector<ExplainedTable>& all) {
  for (const sim::Catalogue::Table& table : catalogue.tables()) {
    ExplainedTable& told =
        all.emplace_back(ExplainedTable{table.key, "[" + table.key + "]", "a behavior of customers", {}});
    for (const sim::FieldInfo& field : table.fields.fields())
      told.entries.push_back(field_of(field, table.key, catalogue));
  }
}

std::string from_in_words(const sim::Catalogue::SegmentationEntry& segmentation) {
  if (segmentation.from_unit == "share")
    return "tiers begin at a share, the best first: from = 0.9; the last takes the rest";
  if (segmentation.is_of_members())
    return "tiers begin at a value, the best first: from = 1000; the last but one has from = 0 and takes all other "
           "members, the last takes who is none: name = \"none\", join = 0.3. It is counted in " +
           unit_text(segmentation.units_by.front()) + ", or in what by says";
  return "tiers begin at a value, the best first: from = 70; the last takes the rest" +
         std::string(segmentation.from_unit.empty() ? "" : ". It is counted in " + unit_text(segmentation.from_unit));
}

std::string rule_in_words(const sim::Catalogue::SegmentationEntry& segmentation) {
  const std::string of = segmentation.from_unit == "sales" ? "all sales" : "all customers";
  const std::string by_share =
      "tiers are parts of " + of + ", the best first: share = 0.2, or top = 0.2 (cumulative); the last takes the rest";
  switch (segmentation.rule) {
    case sim::TierRule::one:
      return "everybody is in one tier";
    case sim::TierRule::share:
      return by_share;
    case sim::TierRule::from:
      return from_in_words(segmentation);
    case sim::TierRule::share_or_from:
      return by_share + "; or " + from_in_words(segmentation);
    case sim::TierRule::when:
      return "tiers take the customers of whom a condition holds: when = { orders = { at_least = 3 } }; the last takes "
             "the rest";
    case sim::TierRule::groups:
      return "tiers take the customers of some groups: groups = [\"chain\"]; or, with by = \"region\", those who have "
             "some values of an attribute of the population: values = [\"north\"]; the last takes the rest";
  }
  return "";
}

std::string benchmark_in_words(const sim::Catalogue::SegmentationEntry& segmentation) {
  if (!segmentation.is_benchmark) return "";
  const std::string by = segmentation.key == sim::sorts_by_gains
                             ? "what the first tier's levers bring over the last one's, by class of customers, as " +
                                   std::to_string(sim::pilot_worlds) +
                                   " pilot worlds show that are simulated before the study"
                             : "what each customer is truly worth";
  return ". It sorts by " + by + ": " + std::string(sim::said_of_benchmarks);
}

void add_segmentations(const sim::Catalogue& catalogue, std::vector<ExplainedTable>& all) {
  for (const auto& segmentation : catalogue.segmentations()) {
    const std::string table = "segmentation." + segmentation.key;
    ExplainedTable& told = all.emplace_back(
        ExplainedTable{table,
                       "segmentation = { rule = \"" + segmentation.key + "\" }",
                       "who is in which tier: " + rule_in_words(segmentation) + benchmark_in_words(segmentation),
                       {}});
    for (const sim::FieldInfo& field : segmentation.fields.fields()) {
      Explained entry = field_of(field, table, catalogue);
      entry.kind = entry.choices.empty() ? "number of a segmentation" : "choice of a segmentation";
      entry.facts.clear();
      told.entries.push_back(std::move(entry));
    }
  }
}

void add_drivers(const sim::Catalogue& catalogue, std::vector<ExplainedTable>& all) {
  ExplainedTable& told = all.emplace_back(
      ExplainedTable{"shock", "drivers", "what scenarios move: [[scenario.shock]] driver = \"...\"", {}});
  for (const sim::DriverInfo& driver : catalogue.drivers()) {
    const bool factor = driver.kind == sim::DriverKind::factor;
    Explained entry{"shock." + driver.name,
                    "shock",
                    factor ? "driver, a factor" : "driver, a shift",
                    driver.meaning,
                    unit_text(driver.unit),
                    factor ? "1: as it is" : "0: as it is"};
    const std::string moves = factor ? "times" : "plus";
    entry.range = scenarios::study_key("scenario.shock", moves).range;
    entry.facts.emplace_back("in a study", "shock = [ { driver = \"" + driver.name + "\", " + moves +
                                               (factor ? " = 0.9" : " = 1") + ", from = 12, months = 12 } ]");
    told.entries.push_back(std::move(entry));
  }
}

/// A rate that a field gives is its default here.
sim::KpiInfo with_default(sim::KpiInfo kpi, const sim::Catalogue& catalogue) {
  if (kpi.parameter_field.empty()) return kpi;
  const sim::FieldRef at = catalogue.field_at(kpi.parameter_field);
  kpi.parameter = catalogue.tables()[at.table].fields.fields()[at.field].standard.numbers.front();
  return kpi;
}

void add_kpis(const sim::Catalogue& catalogue, std::vector<ExplainedTable>& all) {
  ExplainedTable& told =
      all.emplace_back(ExplainedTable{"kpi", "KPIs", "one number of each future: what answers compare", {}});
  for (const sim::KpiInfo& kpi : catalogue.kpis()) {
    Explained entry{"kpi." + kpi.name, "kpi", "KPI", kpi.meaning, output::unit_of(kpi, currency), ""};
    entry.facts.emplace_back("formula", output::formula_of(with_default(kpi, catalogue)));
    entry.facts.emplace_back("direction", output::direction_of(kpi.direction));
    if (!kpi.parameter_field.empty()) entry.facts.emplace_back("rests on", kpi.parameter_field);
    told.entries.push_back(std::move(entry));
  }
}

/// The levers that a metric is named by, on either side.
std::string levers_of(const std::string& metric, const sim::Catalogue& catalogue) {
  std::string text;
  for (const auto& table : catalogue.tables())
    for (const sim::FieldInfo& field : table.fields.fields()) {
      if (!field.lever) continue;
      const auto names = [&](const std::vector<sim::MovedMetric>& list) {
        return std::ranges::find(list, metric, &sim::MovedMetric::metric) != list.end();
      };
      const auto& paid_in = field.lever->paid_in;
      if (names(field.lever->helps) || names(field.lever->hurts) || std::ranges::find(paid_in, metric) != paid_in.end())
        text += (text.empty() ? "" : ", ") + table.key + "." + std::string(field.key);
    }
  return text;
}

void add_metrics(const sim::Catalogue& catalogue, std::vector<ExplainedTable>& all) {
  ExplainedTable& told = all.emplace_back(
      ExplainedTable{"metric", "metrics", "counted in every month, tier and group, and kept in the cube", {}});
  for (const sim::MetricInfo& metric : sim::metrics_of(catalogue)) {
    Explained entry{
        "metric." + metric.name, "metric", "metric", metric.meaning, output::unit_of(metric.unit, currency), ""};
    if (const std::string levers = levers_of(metric.name, catalogue); !levers.empty())
      entry.facts.emplace_back("moved by", levers);
    told.entries.push_back(std::move(entry));
  }
}

}  // namespace

std::vector<ExplainedTable> explained_tables(const sim::Catalogue& catalogue) {
  std::vector<ExplainedTable> all;
  add_study(catalogue, all);
  add_behaviors(catalogue, all);
  add_segmentations(catalogue, all);
  add_drivers(catalogue, all);
  add_kpis(catalogue, all);
  add_metrics(catalogue, all);
  return all;
}

}  // namespace clientele::tools
