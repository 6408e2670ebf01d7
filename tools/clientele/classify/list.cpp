// Columns of a policy bear its name; what a policy has none of has no column.
#include "tools/clientele/classify/list.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/printable.hpp"
#include "tools/clientele/classify/reasons.hpp"
#include "tools/clientele/spreadsheet.hpp"

namespace clientele::tools {

namespace {

/// What the columns of one policy hold.
struct PolicyColumns {
  const ClassifiedUnder* under = nullptr;
  const sim::Policy* policy = nullptr;
  std::vector<ExpectedGain> gains = {};  ///< empty of the baseline
  bool tells_shares = false;             ///< of futures, where not all give the same tiers
  std::vector<const StandingPart*> parts = {};
  std::string unit = {};
  std::vector<std::optional<double>> distances = {};
  std::vector<std::string> why = {};
};

PolicyColumns columns_of(const sim::Study& study, const sim::Catalogue& catalogue, const sim::OutcomeInfo& info,
                         const ClassifiedUnder& under) {
  PolicyColumns columns{.under = &under, .policy = &study.policies[under.policy]};
  if (under.gains.customers > 0) columns.gains = gains_of_each(under.gains, all_futures(under.gains));
  columns.tells_shares = std::ranges::any_of(under.tier_shares, [](double share) { return share < 1; });
  for (const StandingPart& part : under.parts) columns.parts.push_back(&part);
  columns.unit = unit_of_distance(study, catalogue, under);
  columns.distances = distances_to_next(study, catalogue, under);
  columns.why = reasons(study, catalogue, info, under);
  return columns;
}

void add_header(const PolicyColumns& columns, Csv& csv) {
  const std::string of = columns.policy->name + ": ";
  if (columns.gains.empty())
    csv.text("tier today");
  else
    csv.text(of + "tier");
  if (columns.tells_shares) csv.text(of + "share of futures in this tier");
  if (!columns.gains.empty()) csv.text(of + "expected gain").text(of + "its standard error");
  for (const StandingPart* part : columns.parts) csv.text(of + part->name);
  if (!columns.unit.empty()) csv.text(of + "to the next better tier (" + columns.unit + ")");
  csv.text(of + "reason");
}

/// Six decimals are more than any of these numbers is sure of; sums of all customers still tie out.
double with_six_decimals(double value) { return std::round(value * 1e6) / 1e6 + 0.0; }

void add_row(const PolicyColumns& columns, std::size_t row, Csv& csv) {
  const std::int32_t tier = columns.under->tiers[row];
  csv.text(tier < 0 ? "" : columns.policy->tiers[static_cast<std::size_t>(tier)].name);
  if (columns.tells_shares) csv.number(columns.under->tier_shares[row]);
  if (!columns.gains.empty())
    csv.number(with_six_decimals(columns.gains[row].mean)).number(with_six_decimals(columns.gains[row].error));
  for (const StandingPart* part : columns.parts) csv.number(with_six_decimals(part->values[row]));
  if (!columns.unit.empty()) csv.number(columns.distances[row].value_or(std::nan("")));
  csv.text(columns.why[row]);
}

}  // namespace

std::string list_of_customers(const sim::Study& study, const sim::Catalogue& catalogue, const sim::OutcomeInfo& info,
                              const std::vector<ClassifiedUnder>& all, const ListOrder& order,
                              const scenarios::FileRows& rows) {
  std::vector<PolicyColumns> columns;
  for (const ClassifiedUnder& under : all) columns.push_back(columns_of(study, catalogue, info, under));
  Csv csv(CsvForm::plain);
  csv.text("id").text("group").text("serve");
  if (!rows.tier_today.empty()) csv.text("tier today in the file");
  for (const PolicyColumns& of_one : columns) add_header(of_one, csv);
  csv.end_line();
  const sim::Population& population = study.population;
  for (std::size_t place = 0; place < order.rows.size(); ++place) {
    const std::size_t row = order.rows[place];
    csv.text(rows.ids[row]).text(population.groups[population.file->groups[row]].name);
    csv.text(place < order.served ? "yes" : "");
    if (!rows.tier_today.empty()) csv.text(rows.tier_today[row]);
    for (const PolicyColumns& of_one : columns) add_row(of_one, row, csv);
    csv.end_line();
  }
  return csv.file();
}

}  // namespace clientele::tools
