// Writes what a reader needs to know of the axes before a number means anything.
#include "output/cube/dimensions.hpp"

#include <algorithm>

#include "output/cube/points.hpp"
#include "output/cube/provenance.hpp"
#include "output/cube/texts.hpp"
#include "output/cube/wording.hpp"
#include "sim/class_names.hpp"
#include "sim/core/check.hpp"
#include "sim/state/histogram.hpp"

namespace clientele::output {

using sim::HistogramInfo;
using sim::Study;

namespace {

template <class List>
std::vector<std::string> names_of(const List& list) {
  std::vector<std::string> names;
  for (const auto& item : list) names.push_back(item.name);
  return names;
}

std::vector<std::int32_t> count_up(std::size_t n) {
  std::vector<std::int32_t> numbers;
  for (std::size_t i = 0; i < n; ++i) numbers.push_back(static_cast<std::int32_t>(i));
  return numbers;
}

std::vector<std::string> parameter_paths(const Study& study) {
  std::vector<std::string> paths;
  for (const sim::Uncertain& uncertain : study.uncertain) paths.push_back(uncertain.path);
  return paths;
}

std::vector<std::int8_t> done_flags(const Source& source) {
  std::vector<std::int8_t> flags;
  const std::vector<sim::Cell> cells = sim::cells_by_number(sim::cell_axes_of(source.study));
  for (std::size_t point = 0; point < source.details.points.places(); ++point)
    for (const sim::Cell& cell : cells) flags.push_back(source.outcomes.contains(cell, point) ? 1 : 0);
  return flags;
}

std::vector<std::int8_t> run_off_flags(const Source& source) {
  std::vector<std::int8_t> flags;
  for (const Span months : source.selection.months)
    flags.push_back(months.from < static_cast<std::size_t>(source.study.horizon.months) ? 0 : 1);
  return flags;
}

std::vector<std::int8_t> closed_flags(const Source& source) {
  std::vector<std::int8_t> flags(source.info.months_beyond, 0);
  std::fill_n(flags.begin(), source.info.closed, std::int8_t{1});
  return flags;
}

/// Months of the horizon and its run-off; then the months after the horizon.
std::vector<std::int32_t> all_month_starts(const sim::Horizon& horizon, const sim::OutcomeInfo& info) {
  std::vector<std::int32_t> days = month_starts(horizon, info.months);
  const std::vector<std::int32_t> on = month_starts(horizon, info.horizon() + info.months_beyond);
  days.insert(days.end(), on.begin() + static_cast<std::ptrdiff_t>(info.horizon()), on.end());
  return days;
}

std::vector<std::string> all_tier_names(const Source& source) {
  std::vector<std::string> names;
  for (const sim::Policy& policy : source.study.policies)
    for (std::string& name : tier_names(policy, source.info.tiers)) names.push_back(std::move(name));
  return names;
}

/// How many months stand in each place of the axis of months: with it, sums become averages.
void write_months_summed(Hdf5Writer& file, const Dimensions& dimensions, const Selection& selection) {
  if (!selection.sums_months()) return;
  std::vector<std::int32_t> counts;
  for (const Span months : selection.months) counts.push_back(static_cast<std::int32_t>(months.size()));
  Hdf5Dataset dataset = file.make("months_summed", Element::int32, dimensions.extent({"month"}));
  dataset.write(counts);
  dataset.attribute("long_name", "how many months are summed here");
  dataset.attribute("units", "1");
  dimensions.attach(dataset, {"month"});
}

void write_parameters(Hdf5Writer& file, const Dimensions& dimensions, const Source& source) {
  if (!has_parameters(source)) return;
  std::vector<double> values;
  const auto add = [&](const std::vector<std::vector<double>>& draws) {
    for (std::size_t parameter = 0; parameter < source.study.uncertain.size(); ++parameter)
      for (const auto& draw : draws) values.push_back(draw.at(parameter));
  };
  const auto& of_points = source.details.points.parameter_values;
  for (const auto& draws : of_points) add(draws);
  if (of_points.empty()) add(source.details.parameter_values);
  std::vector<std::string> axes{"parameter", "draw"};
  if (!of_points.empty()) axes.insert(axes.begin(), points_axis);
  Hdf5Dataset dataset = file.make("parameter_value", Element::float64, dimensions.extent(axes));
  dataset.write(values);
  dataset.attribute("long_name", "value of an uncertain parameter in a draw");
  dimensions.attach(dataset, axes);
}

/// The least and the greatest integer of a bin. Beyond 2^53 the nearest that a double holds.
std::pair<double, double> ends_of(std::int32_t bin) {
  const std::int32_t away_from_zero = bin < 0 ? bin - 1 : bin + 1;
  const double inner = sim::bin_start(bin), outer = sim::bin_start(away_from_zero) + (bin < 0 ? 1 : -1);
  return bin < 0 ? std::pair(outer, inner) : std::pair(inner, outer);
}

/// Bins are those of the counted integers; where the value is money, their ends are money.
void write_ends(Hdf5Writer& file, const Dimensions& dimensions, const Source& source, const HistogramAxes& axes) {
  for (const std::size_t h : source.selection.histograms) {
    const HistogramInfo& histogram = source.info.histograms[h];
    const double one = histogram.unit == sim::MetricUnit::money ? source.study.money_quantum : 1;
    std::vector<double> low, high;
    for (const std::int32_t bin : axes.bins) {
      low.push_back(one * ends_of(bin).first);
      high.push_back(one * ends_of(bin).second);
    }
    for (const auto& [part, values] : {std::pair{"lowest", low}, {"highest", high}}) {
      Hdf5Dataset dataset = file.make(histogram_variable(histogram.name, part), Element::float64, {low.size()});
      dataset.write(values);
      dataset.attribute("long_name", histogram.meaning + ": " + part + " value of a bin");
      dataset.attribute("units", unit_of(histogram.unit, source.study.currency));
      dimensions.attach(dataset, {"bin"});
    }
  }
}

}  // namespace

void Dimensions::add(const std::string& name, const std::vector<std::string>& labels, const std::string& meaning) {
  start(name, Element::text, labels.size(), meaning).write(labels);
  dimensions_.back().dataset.become_dimension(name);
}

void Dimensions::add(const std::string& name, const std::vector<std::int32_t>& values, const std::string& meaning,
                     const std::string& unit) {
  Hdf5Dataset& dataset = start(name, Element::int32, values.size(), meaning);
  dataset.write(values);
  dataset.attribute("units", unit);
  if (unit != "1") dataset.attribute("calendar", "standard");
  dataset.become_dimension(name);
}

Extent Dimensions::extent(const std::vector<std::string>& axes) const {
  Extent extent;
  for (const std::string& axis : axes) extent.push_back(at(axis).size);
  return extent;
}

void Dimensions::attach(Hdf5Dataset& variable, const std::vector<std::string>& axes) const {
  for (unsigned axis = 0; axis < axes.size(); ++axis) variable.attach(axis, at(axes[axis]).dataset);
}

Hdf5Dataset& Dimensions::start(const std::string& name, Element element, std::size_t size, const std::string& meaning) {
  dimensions_.push_back({name, size, file_.make(name, element, {size})});
  dimensions_.back().dataset.attribute("long_name", meaning);
  return dimensions_.back().dataset;
}

bool Dimensions::has(const std::string& name) const {
  return std::ranges::any_of(dimensions_, [&](const Dimension& d) { return d.name == name; });
}

void Dimensions::describe(const std::string& name, const std::string& attribute, const std::string& text) {
  std::ranges::find(dimensions_, name, &Dimension::name)->dataset.attribute(attribute, text);
}

const Dimensions::Dimension& Dimensions::at(const std::string& name) const {
  const auto found =
      std::find_if(dimensions_.begin(), dimensions_.end(), [&](const auto& d) { return d.name == name; });
  sim::expects(found != dimensions_.end(), "a variable has axes that exist");
  return *found;
}

void write_flags(Hdf5Writer& file, const Dimensions& dimensions, const std::string& name,
                 const std::vector<std::string>& axes, const std::vector<std::int8_t>& flags,
                 const std::string& meaning, const std::string& meanings) {
  Hdf5Dataset dataset = file.make(name, Element::int8, dimensions.extent(axes));
  dataset.write(flags);
  dataset.attribute("long_name", meaning);
  dataset.attribute("flag_values", std::vector<std::int8_t>{0, 1});
  dataset.attribute("flag_meanings", meanings);
  dimensions.attach(dataset, axes);
}

bool has_parameters(const Source& source) {
  const auto& values = source.details.parameter_values;
  return !values.empty() && !values.front().empty();
}

void add_dimensions(Dimensions& dimensions, const Source& source, const HistogramAxes& histograms) {
  const auto& [study, info, outcomes, details, selection] = source;
  const std::string since_start = "days since " + start_date(study.horizon);
  const std::vector<std::int32_t> months = month_starts(study.horizon, info.months);
  std::vector<std::int32_t> first_days;
  for (const Span together : selection.months) first_days.push_back(months[together.from]);
  if (source.has_points()) add_points_dimension(dimensions, details.points);
  dimensions.add("scenario", names_of(study.scenarios), "future of the world");
  dimensions.add("policy", names_of(study.policies), "what the firm does");
  dimensions.add("draw", count_up(sim::cell_axes_of(study).draws), "set of values of the uncertain parameters", "1");
  dimensions.add("replication", count_up(study.replications), "run of luck", "1");
  dimensions.add("month", first_days,
                 selection.sums_months() ? "first day of the months that are summed" : "first day of the month",
                 since_start);
  if (!info.series().empty())
    dimensions.add(horizon_axis, month_starts(study.horizon, info.horizon()), "first day of a month of the horizon",
                   since_start);
  if (info.months_beyond > 0) {
    const auto horizon = static_cast<std::size_t>(study.horizon.months);
    std::vector<std::int32_t> beyond = month_starts(study.horizon, horizon + info.months_beyond);
    beyond.erase(beyond.begin(), beyond.begin() + study.horizon.months);
    dimensions.add("month_beyond", beyond, "first day of a month after the horizon", since_start);
  }
  if (info.by_age() > 0) {
    dimensions.add(all_months_axis, all_month_starts(study.horizon, info), "first day of a month, also of those beyond",
                   since_start);
    dimensions.add("age", count_up(info.ages), "months since that in which it was added", "months");
  }
  dimensions.add("tier", count_up(info.tiers), "place of a tier in its policy, best first (see tier_name)", "1");
  dimensions.add("tier_to", count_up(info.tiers), "place of the tier that a review gave", "1");
  dimensions.add("group", selection.group_names, "kind of customer");
  dimensions.add(groups_axis, names_of(study.population.groups), "kind of customer, each by itself");
  if (info.classes > 1)
    dimensions.add(classes_axis, sim::names_of_classes(study),
                   "class of customers as they stand when the policies part: the baseline's tier, and the tenth of all "
                   "by sales of the year before");
  dimensions.add("study", std::vector<std::string>{study.digest}, "digest of the study");
  if (has_parameters(source)) dimensions.add("parameter", parameter_paths(study), "uncertain parameter");
  add_provenance_dimensions(dimensions, info);
  if (selection.histograms.empty()) return;
  std::vector<std::int32_t> days;
  for (const int month : histograms.months) days.push_back(months.at(static_cast<std::size_t>(month)));
  dimensions.add("histogram_month", days, "first day of the month at whose end a histogram is taken", since_start);
  dimensions.add("bin", histograms.bins, "number of a histogram's bin, ascending with the value", "1");
}

void write_descriptions(Hdf5Writer& file, Dimensions& dimensions, const Source& source,
                        const HistogramAxes& histograms) {
  const std::vector<std::string> tier_axes{"policy", "tier"};
  Hdf5Dataset names = file.make("tier_name", Element::text, dimensions.extent(tier_axes));
  names.write(all_tier_names(source));
  names.attribute("long_name", "name of a policy's tier, empty where the policy has no such tier");
  dimensions.attach(names, tier_axes);
  write_flags(file, dimensions, "done", cell_axes(source), done_flags(source), "whether a cell was simulated",
              "missing done");
  write_flags(file, dimensions, "run_off", {"month"}, run_off_flags(source),
              "whether a month comes after the horizon: what is open is settled, nobody arrives", "horizon run_off");
  if (source.info.months_beyond > 0)
    write_flags(file, dimensions, "closed", {"month_beyond"}, closed_flags(source),
                "whether customers who are there go on in a month after the horizon, or only what is open is settled",
                "settles closed");
  write_months_summed(file, dimensions, source.selection);
  Hdf5Dataset text = file.make("study_text", Element::text, {1});  // an axis of its own: no number has it
  text.write(std::vector<std::string>{source.study.text});
  text.attribute("long_name", "the study as it was read; the file's study_options, if there are any, count before it");
  dimensions.attach(text, {"study"});
  write_parameters(file, dimensions, source);
  if (source.has_points()) write_points(file, dimensions, source.details.points);
  write_provenance(file, dimensions, source);
  write_texts(file, dimensions, source);
  write_ends(file, dimensions, source, histograms);
}

void write_coordinates(Hdf5Writer& file, const Dimensions& dimensions) {
  std::string names;
  for (const std::string& name : file.datasets())
    if (!dimensions.has(name) && (file.dataset(name).holds(Element::text) || file.dataset(name).has_attribute("path")))
      names += (names.empty() ? "" : " ") + name;
  file.attribute("coordinates", names);
}

}  // namespace clientele::output
