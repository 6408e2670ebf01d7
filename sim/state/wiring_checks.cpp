// What is refused when everything is wired: owners that lack or are too many, levers and names that stand for nothing.
#include <algorithm>

#include "sim/catalogue.hpp"
#include "sim/state/wiring.hpp"

namespace clientele::sim {

namespace {

/// A series stands among the metrics of a cube, and a sum over months has no use for one.
template <class Check>
void check_monthly(const KpiInfo& kpi, const std::string& who, const std::vector<MetricInfo>& metrics,
                   const Check& check) {
  for (const std::vector<Term>& terms : kpi.monthly->inputs)
    for (const Term& term : terms) check(term.metric, who);
  expects(looks_at_months(kpi.rule) && kpi.factor == 1, who + " adds up or multiplies what its monthly rule gives");
  expects(std::ranges::find(metrics, kpi.monthly->series, &MetricInfo::name) == metrics.end(),
          who + " keeps its months under the name of a metric");
}

}  // namespace

void Wiring::check_owners() const {
  for (const auto& [name, column] : layout_.columns) {
    const bool scratch = name.find('/') != std::string::npos;
    const bool of_nobody = column.owners == 0 && (name == "orders" || name == "on the books");
    expects(column.owners == 1 || scratch || of_nobody, "column '" + name + "' has one owner");
    expects(!column.must_be_observed || column.sight == Sight::observed,
            "a segmentation asks for column '" + name + "', which a firm cannot see");
  }
  for (const Layout::RingInfo& ring : layout_.rings) {
    expects(ring.owners == 1, "ring '" + ring.name + "' has one owner");
    expects(!ring.must_be_observed || ring.sight == Sight::observed,
            "a segmentation asks for ring '" + ring.name + "', which a firm cannot see");
  }
  for (const Layout::EffectInfo& effect : layout_.effects)
    expects(effect.owners == 1, "effect '" + effect.name + "' has one owner");
}

/// A lever or a setting that no behavior reads would be set in vain.
void Wiring::check_levers() const {
  for (std::uint32_t table = 0; table < catalogue_->tables().size(); ++table) {
    const auto& fields = catalogue_->tables()[table].fields.fields();
    for (std::uint32_t f = 0; f < fields.size(); ++f) {
      const FieldRef at{table, f};
      const std::string named = "'" + catalogue_->tables()[table].key + "." + std::string(fields[f].key) + "'";
      const auto is_of_field = [&](const auto& lever) { return lever.field == at; };
      expects(!fields[f].lever || std::ranges::any_of(layout_.levers, is_of_field),
              "lever " + named + " is read by no behavior");
      expects(!fields[f].setting || std::ranges::find(layout_.settings, at) != layout_.settings.end(),
              "setting " + named + " is read by no behavior");
    }
  }
}

/// What formulas and levers name is counted.
void Wiring::check_names() const {
  const auto check = [&](std::string_view metric, const std::string& who) {
    expects(std::ranges::find(layout_.metrics, metric, &MetricInfo::name) != layout_.metrics.end(),
            who + " names metric '" + std::string(metric) + "', which nobody counts");
  };
  for (const KpiInfo& kpi : catalogue_->kpis()) {
    const std::string who = "KPI '" + kpi.name + "'";
    for (const auto* terms : {&kpi.numerator, &kpi.denominator, &kpi.balances, &kpi.beyond, &kpi.balances_beyond})
      for (const Term& term : *terms) check(term.metric, who);
    if (kpi.monthly) check_monthly(kpi, who, layout_.metrics, check);
  }
  for (const Layout::Ledger& ledger : layout_.ledgers)
    for (const auto* names : {&ledger.info.adds, &ledger.info.takes, &ledger.info.goes, &ledger.info.returns})
      for (const std::string& name : *names) check(name, "the ledger of " + ledger.info.balance);
  for (const Catalogue::Table& table : catalogue_->tables())
    for (const FieldInfo& field : table.fields.fields()) {
      if (!field.lever) continue;
      const std::string who = "lever '" + table.key + "." + std::string(field.key) + "'";
      for (const auto* metrics : {&field.lever->paid_in, &field.lever->granted_on})
        for (const std::string_view metric : *metrics) check(metric, who);
      for (const auto* metrics : {&field.lever->hurts, &field.lever->helps})
        for (const MovedMetric& moved : *metrics) check(moved.metric, who);
      expects(field.lever->cost.empty() != field.lever->costs_something() &&
                  field.lever->benefit.empty() != field.lever->buys_something(),
              who + " says what it costs and what it buys in words and by metrics");
      for (const std::string_view path : field.lever->rests_on) catalogue_->field_at(path);
    }
}

}  // namespace clientele::sim
