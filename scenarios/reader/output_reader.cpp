// What is counted beside the metrics, and what of all that is counted a cube holds; records hold the rest as well.
#include <algorithm>
#include <array>
#include <utility>

#include "scenarios/reader/section.hpp"
#include "sim/plan.hpp"

namespace clientele::scenarios {
namespace {

/// The places in `names` that a list names; nothing where the value is no list.
std::optional<std::vector<std::uint32_t>> places_in(const std::vector<std::string>& names, const Entry& entry,
                                                    std::string_view kind, const std::string& expected,
                                                    Reading& reading) {
  const std::string label = "output." + entry.key;
  if (entry.node.kind != Node::Kind::array) {
    reading.mistakes.add(entry.node.place,
                         label + " = " + shown(entry.node) + " is " + kind_of(entry.node) + ". Expected: " + expected);
    return std::nullopt;
  }
  std::vector<std::uint32_t> places;
  for (const Node& item : entry.node.items)
    if (const auto place = place_in(names, {entry.key, item.place, item}, kind, label, reading))
      places.push_back(*place);
  return places;
}

void read_by(Section& section, Reading& reading) {
  const Entry* entry = section.find("by");
  if (entry == nullptr) return;
  const auto named = places_in({"group"}, *entry, "dimension that can be left out",
                               "[\"group\"], or [] for the sums over groups.", reading);
  if (named && named->empty()) reading.study.output.groups = sim::Output::Groups::summed;
}

void read_metrics(Section& section, Reading& reading) {
  const Entry* entry = section.find("metrics");
  if (entry == nullptr || (entry->node.kind == Node::Kind::text && entry->node.text == "all")) return;
  std::vector<std::string> names;
  for (const sim::MetricInfo& metric : sim::metrics_of(reading.catalogue)) names.push_back(metric.name);
  const std::string expected = "\"all\", or names such as [\"" + names.front() + "\"].";
  auto named = places_in(names, *entry, "metric", expected, reading);
  if (!named) return;
  if (entry->node.items.empty())
    return reading.mistakes.add(entry->node.place, "output.metrics names no metric. Expected: " + expected);
  std::ranges::sort(*named);
  named->erase(std::ranges::unique(*named).begin(), named->end());
  if (named->size() == names.size()) return;
  for (const std::uint32_t place : *named) reading.study.output.metrics.push_back(names[place]);
}

/// That a year after it is compared with.
constexpr int months_before_a_review = 12;

/// What teams that look after customers follow.
constexpr std::array<std::string_view, 6> crm_kpis{"satisfaction",     "repeat_share",  "retention",
                                                   "acquisition_cost", "cost_to_serve", "contribution"};

/// KPIs that are nothing unless [count] reviews says that reviews are counted.
constexpr std::array<std::string_view, 4> kpis_of_reviews{"moved_up", "moved_down", "top_tier_year_on",
                                                          "reviewed_year_on"};

void warn_of_uncounted(const Entry& kpis, Reading& reading) {
  if (reading.study.count.reviews) return;
  for (const std::string_view name : kpis_of_reviews)
    if (std::ranges::find(reading.study.kpis, name) != reading.study.kpis.end())
      return reading.mistakes.warn(kpis.node.place, "output.kpis: " + std::string(name) +
                                                        " is not there (reviews are counted where a study asks for "
                                                        "it). Did you mean [count] reviews = true?");
}

/// KPIs that are nothing unless [count] triangle says that points are counted by age.
void warn_of_ages(const Entry& kpis, Reading& reading) {
  if (reading.study.count.triangle) return;
  for (const sim::KpiInfo& kpi : reading.catalogue.kpis())
    if (kpi.needs_ages() && std::ranges::find(reading.study.kpis, kpi.name) != reading.study.kpis.end())
      return reading.mistakes.warn(kpis.node.place, "output.kpis: " + kpi.name +
                                                        " is not there (points are counted by age where a study asks "
                                                        "for it). Did you mean [count] triangle = true?");
}

void read_kpis(Section& section, Reading& reading) {
  const Entry* entry = section.find("kpis");
  if (entry == nullptr) return;
  std::vector<std::string> names;
  for (const sim::KpiInfo& kpi : reading.catalogue.kpis()) names.push_back(kpi.name);
  if (entry->node.kind == Node::Kind::text && entry->node.text == "crm") {
    for (const std::string_view name : crm_kpis)
      if (std::ranges::find(names, name) != names.end()) reading.study.kpis.emplace_back(name);
    return;
  }
  const std::string expected = "\"crm\", or names such as [\"" + names.front() + "\"].";
  const auto named = places_in(names, *entry, "KPI", expected, reading);
  if (named && entry->node.items.empty())
    reading.mistakes.add(entry->node.place, "output.kpis names no KPI. Expected: " + expected);
  for (const std::uint32_t place : named.value_or(std::vector<std::uint32_t>()))
    if (std::ranges::find(reading.study.kpis, names[place]) == reading.study.kpis.end())
      reading.study.kpis.push_back(names[place]);
  warn_of_uncounted(*entry, reading);
  warn_of_ages(*entry, reading);
}

/// The months of a list, in order.
std::optional<std::vector<int>> months_in(const Entry& entry, const std::string& label, Reading& reading) {
  if (entry.node.kind != Node::Kind::array) {
    reading.mistakes.add(entry.node.place, label + " = " + shown(entry.node) + " is " + kind_of(entry.node) +
                                               ". Expected: a list of months such as [0, 11], 0 the first.");
    return std::nullopt;
  }
  if (entry.node.items.empty())
    reading.mistakes.add(entry.node.place, label +
                                               " names no month. Leave it out for the last one? (A cube without "
                                               "histograms: output.histograms = false.)");
  const double last = reading.study.horizon.months - 1;
  std::vector<int> months;
  for (const Node& item : entry.node.items)
    if (const auto month =
            read_number(item, label, {"month", sim::range(0, last), NumberRule::Of::whole}, reading.mistakes))
      months.push_back(static_cast<int>(*month));
  std::ranges::sort(months);
  const auto twice = std::ranges::adjacent_find(months);
  if (twice != months.end())
    reading.mistakes.add(entry.node.place, label + " names month " + std::to_string(*twice) + " twice.");
  return months;
}

}  // namespace

void read_count(const Node& root, Reading& reading) {
  const Entry* entry = root.find("count");
  if (entry == nullptr) return;
  Section section(entry->node, "count.", reading);
  if (const Entry* histograms = section.find("histograms"))
    if (const auto months = months_in(*histograms, "count.histograms", reading))
      reading.study.count.histogram_months = *months;
  const Entry* classes = section.find("classes");
  reading.study.count.classes = section.truth("classes").value_or(false);
  if (reading.study.count.classes && reading.study.horizon.warmup == 0)
    reading.mistakes.add(classes->node.place,
                         "count.classes sorts customers by what they bought in the months before month 0, and "
                         "horizon.warmup = 0 simulates none of these. Did you mean horizon.warmup = 12?");
  const Entry* reviews = section.find("reviews");
  reading.study.count.reviews = section.truth("reviews").value_or(false);
  if (reading.study.count.reviews && reading.study.horizon.warmup < months_before_a_review)
    reading.mistakes.warn(reviews->node.place,
                          "count.reviews counts moves alone: what customers bought in the twelve months before their "
                          "first review is not known (horizon.warmup = " +
                              std::to_string(reading.study.horizon.warmup) + "). Did you mean horizon.warmup = 12?");
  reading.study.count.triangle = section.truth("triangle").value_or(false);
  section.close();
}

void read_output(const Node& root, Reading& reading) {
  if (reading.swept) reading.study.output.months = sim::MonthsKept::total;
  const Entry* entry = root.find("output");
  if (entry == nullptr) return;
  Section section(entry->node, "output.", reading);
  read_by(section, reading);
  read_metrics(section, reading);
  read_kpis(section, reading);
  if (const auto months = section.choice(study_key("output", "months")))
    reading.study.output.months = static_cast<sim::MonthsKept>(*months);
  using enum sim::Output::Histograms;
  if (const auto histograms = section.truth("histograms"))
    reading.study.output.histograms = *histograms ? kept : left_out;
  section.close();
}

}  // namespace clientele::scenarios
