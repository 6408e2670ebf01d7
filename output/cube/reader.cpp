// Believes nothing of a file before it has looked: first at its seal, then at shapes and types.
#include "output/cube/reader.hpp"

#include <algorithm>
#include <limits>
#include <sstream>
#include <utility>

#include "output/cube/provenance.hpp"
#include "output/cube/seal.hpp"
#include "output/cube/texts.hpp"
#include "output/cube/wording.hpp"
#include "output/hdf5/hdf5.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

namespace {

/// "1.4" is {1, 4}; what is no version is {0, 0}.
std::pair<int, int> version_of(const std::string& text) {
  std::pair<int, int> version;
  std::istringstream numbers(text);
  char dot = ' ';
  return numbers >> version.first >> dot >> version.second ? version : std::pair<int, int>();
}

/// The file, if it is as it was written: HDF5 is not to see another.
const std::filesystem::path& sealed(const std::filesystem::path& path) {
  check_seal(path);
  return path;
}

}  // namespace

struct CubeReader::Inside {
  explicit Inside(const std::filesystem::path& file) : path(file.string()), hdf5(sealed(file)) {
    check_format();
    read_labels();
    points = read_points(hdf5);
    read_sizes();
    read_flags();
    sort_variables();
    in_words = read_texts(hdf5, axes.scenarios.size(), axes.policies.size(), axes.tiers, parameters);
  }

  void check_format() {
    if (!hdf5.has_attribute("cube_format")) refuse("attribute \"cube_format\" is not there");
    const std::string format = hdf5.text_attribute("cube_format");
    const auto there = version_of(format), with_points = version_of(format_with_points);
    const auto known = there.first == with_points.first ? with_points : version_of(cube_format);
    if (there > known) {
      const std::string by = hdf5.has_attribute("readable_by") ? hdf5.text_attribute("readable_by") : "";
      later = "cube format " + format + " (this program reads " + first_cube_format + " to " + cube_format + ", and " +
              format_with_points + " of cubes with points). " + (by.empty() ? "A later clientele" : by) + " reads it.";
    }
    if (there.first > known.first) throw sim::UserError(sim::file_in_quotes(path) + " is of " + later);
    if (there.first != known.first) refuse(sim::in_quotes(format) + " is no format of a cube");
  }

  /// What a later program has added is passed over, as long as nothing is missing that this program needs.
  [[noreturn]] void refuse(const std::string& problem) const {
    throw sim::UserError(
        sim::file_in_quotes(path) + ": " + problem +
        (later.empty() ? ". Is the file damaged, or no cube of clientele?" : ". The file is of " + later));
  }

  void read_labels() {
    axes.scenarios = labels("scenario");
    axes.policies = labels("policy");
    axes.groups = labels("group");
    tier_names = dataset("tier_name", Element::text).read_texts();
    const std::vector<std::string> texts = dataset("study_text", Element::text).read_texts();  // before 1.4 a scalar
    if (texts.size() != 1) refuse("variable \"study_text\" is not one text");
    study_text = texts.front();
    if (hdf5.has("parameter")) parameters = labels("parameter");
  }

  void read_sizes() {
    axes.draws = integers("draw").size();
    axes.replications = integers("replication").size();
    axes.tiers = integers("tier").size();
    axes.month_starts = integers("month");
    axes.months = axes.month_starts.size();
    axes.months_summed =
        hdf5.has("months_summed") ? integers("months_summed") : std::vector<std::int32_t>(axes.months, 1);
    if (axes.months_summed.size() != axes.months) refuse("variable \"months_summed\" has a wrong shape");
    if (hdf5.has(groups_axis)) axes.each_group = labels(groups_axis);
    if (hdf5.has(classes_axis)) axes.each_class = labels(classes_axis);
    if (hdf5.has(horizon_axis)) axes.horizon = integers(horizon_axis).size();
    if (tier_names.size() != axes.policies.size() * axes.tiers) refuse("variable \"tier_name\" has a wrong shape");
  }

  void read_flags() {
    const auto flags = [&](const char* name, std::uint64_t size) {
      const std::vector<std::int32_t> values = dataset(name, Element::int8).read_integers();
      if (values.size() != size) refuse("variable \"" + std::string(name) + "\" has a wrong shape");
      return std::vector<bool>(values.begin(), values.end());
    };
    done = flags("done", points.places() * axes.of_cells().cells());
    axes.run_off = flags("run_off", axes.months);
    if (!hdf5.has("closed")) return;
    axes.beyond = integers("month_beyond").size();
    const std::vector<bool> closed = flags("closed", axes.beyond);
    axes.closed = static_cast<std::size_t>(std::count(closed.begin(), closed.end(), true));
  }

  void sort_variables() {
    if (hdf5.has_attribute("zero_metrics")) zero_metrics = lines_of(hdf5.text_attribute("zero_metrics"));
    for (const std::string& name : hdf5.datasets()) {
      const Hdf5Dataset variable = hdf5.dataset(name);
      const std::string role = variable.has_attribute("role") ? variable.text_attribute("role") : "";
      if (role == "metric") metrics.push_back(name);
      if (role == "kpi") kpis.push_back(name.substr(std::min(name.size(), kpi_variable("").size())));
      if (role == "series") series.push_back(name);
      if (role == "by_age") aged.push_back(name);
      const std::string prefix = "histogram_", suffix = "_customers";
      if (role == "histogram" && name.starts_with(prefix) && name.ends_with(suffix))
        histograms.push_back(name.substr(prefix.size(), name.size() - prefix.size() - suffix.size()));
    }
  }

  Hdf5Dataset dataset(const std::string& name, Element element) const {
    if (!hdf5.has(name)) refuse("variable \"" + name + "\" is not there");
    Hdf5Dataset variable = hdf5.dataset(name);
    if (!variable.holds(element)) refuse("variable \"" + name + "\" holds something else than it should");
    return variable;
  }

  std::vector<std::string> labels(const std::string& name) const {
    std::vector<std::string> texts = dataset(name, Element::text).read_texts();
    if (texts.empty()) refuse("dimension \"" + name + "\" is empty");
    return texts;
  }

  std::vector<std::int32_t> integers(const std::string& name) const {
    std::vector<std::int32_t> values = dataset(name, Element::int32).read_integers();
    if (values.empty()) refuse("dimension \"" + name + "\" is empty");
    return values;
  }

  /// The axes of cells in the file.
  Extent cells() const {
    const sim::CellAxes all = axes.of_cells();
    Extent extent{all.scenarios, all.policies, all.draws, all.replications};
    if (points.any()) extent.insert(extent.begin(), points.places());
    return extent;
  }

  /// The place that is looked at; which one is for who opens a cube with points to say.
  std::size_t place() const {
    if (!points.any()) return 0;
    if (!point)
      throw sim::UserError(sim::file_in_quotes(path) + " has " + std::to_string(points.places()) +
                               " points, each a study of its own. Which one is meant?",
                           sim::Exit::usage);
    return *point;
  }
  /// A formula names the field that gives its rate, where points set it: at a point it is a number.
  std::string formula_at_point(const std::string& formula) const {
    if (point)
      for (std::size_t p = 0; p < points.paths.size(); ++p)
        if (const std::string named = " = " + points.paths[p]; formula.ends_with(named))
          return formula.substr(0, formula.size() - named.size()) + " = " +
                 sim::shortest_text(points.values[*point][p]);
    return formula;
  }
  bool is_done(std::size_t cell) const { return done[place() * axes.of_cells().cells() + cell]; }

  /// A box of whole axes of the file, at the place that is looked at.
  std::vector<double> at_place(const Hdf5Dataset& variable, Extent start, Extent count) const {
    if (points.any()) {
      start[0] = place();
      count[0] = 1;
    }
    return variable.read_box(start, count);
  }

  Hdf5Dataset shaped(const std::string& name, const Extent& extent) const {
    Hdf5Dataset variable = dataset(name, Element::float64);
    if (variable.extent() != extent) refuse("variable \"" + name + "\" has a wrong shape");
    return variable;
  }

  /// The part of a variable that belongs to one arm.
  std::vector<double> arm(const std::string& name, const Extent& inner, std::size_t scenario,
                          std::size_t policy) const {
    sim::expects(scenario < axes.scenarios.size() && policy < axes.policies.size(), "an arm of a cube exists");
    Extent extent = cells();
    extent.insert(extent.end(), inner.begin(), inner.end());
    const Hdf5Dataset variable = shaped(name, extent);
    Extent start(extent.size(), 0), count = extent;
    const std::size_t first = points.any() ? 1 : 0;
    start[first] = scenario;
    start[first + 1] = policy;
    count[first] = count[first + 1] = 1;
    return at_place(variable, start, count);
  }

  /// Of an arm, where a cell was simulated and the policy has a tier.
  std::vector<double> zeros(std::size_t scenario, std::size_t policy, std::size_t months, std::size_t groups) const {
    std::vector<double> values;
    const sim::CellAxes cells = axes.of_cells();
    for (std::size_t world = 0; world < cells.worlds(); ++world)
      for (std::size_t month = 0; month < months; ++month)
        for (std::size_t tier = 0; tier < axes.tiers; ++tier) {
          const bool is_there = is_done(cells.number_of_arm(scenario, policy) * cells.worlds() + world);
          const bool has_tier = !tier_names[policy * axes.tiers + tier].empty();
          values.insert(values.end(), groups, is_there && has_tier ? 0 : std::numeric_limits<double>::quiet_NaN());
        }
    return values;
  }

  void expect_known(const std::vector<std::string>& names, const std::string& name, const std::string& kind) const {
    if (std::find(names.begin(), names.end(), name) == names.end())
      throw sim::UserError(sim::file_in_quotes(path) + " holds no " + kind + " " + sim::in_quotes(name) + ".");
  }

  std::string path;
  std::string later;  ///< what is said of a format that is later than this program's, and empty for others
  Hdf5Reader hdf5;
  Axes axes;
  std::vector<std::string> tier_names, metrics, zero_metrics, kpis, series, aged, histograms, parameters;
  std::string study_text;
  CubeTexts in_words;
  std::vector<bool> done;  ///< [point][cell]
  CubePoints points;
  std::optional<std::size_t> point;
};

CubeReader::CubeReader(const std::filesystem::path& path) : inside_(std::make_unique<Inside>(path)) {}
CubeReader::~CubeReader() = default;
CubeReader::CubeReader(CubeReader&&) noexcept = default;
CubeReader& CubeReader::operator=(CubeReader&&) noexcept = default;

const CubeReader::Axes& CubeReader::axes() const { return inside_->axes; }
const std::vector<std::string>& CubeReader::metrics() const { return inside_->metrics; }
const std::vector<std::string>& CubeReader::kpis() const { return inside_->kpis; }
const std::vector<std::string>& CubeReader::histograms() const { return inside_->histograms; }
const std::vector<std::string>& CubeReader::parameters() const { return inside_->parameters; }
const std::string& CubeReader::study_text() const { return inside_->study_text; }

const std::string& CubeReader::tier_name(std::size_t policy, std::size_t tier) const {
  sim::expects(policy < axes().policies.size() && tier < axes().tiers, "a tier of a cube exists");
  return inside_->tier_names[policy * axes().tiers + tier];
}

bool CubeReader::done(const sim::Cell& cell) const {
  sim::expects(axes().of_cells().have(cell), "a cell of a cube exists");
  return inside_->is_done(axes().of_cells().number(cell));
}

std::size_t CubeReader::cells_done() const {
  const auto cells = static_cast<std::ptrdiff_t>(axes().of_cells().cells());
  const auto from = inside_->done.begin() + static_cast<std::ptrdiff_t>(inside_->place()) * cells;
  return static_cast<std::size_t>(std::count(from, from + cells, true));
}

const CubePoints& CubeReader::points() const { return inside_->points; }
std::optional<std::size_t> CubeReader::point() const { return inside_->point; }

void CubeReader::look_at(std::size_t point) {
  sim::expects(point < points().places(), "a point of a cube exists");
  inside_->point = point;
}

std::size_t CubeReader::cells_of_all_points() const { return inside_->done.size(); }

std::size_t CubeReader::cells_done_at_all_points() const {
  return static_cast<std::size_t>(std::count(inside_->done.begin(), inside_->done.end(), true));
}

std::string CubeReader::data_hash_of_all_points() const { return inside_->hdf5.text_attribute("data_hash"); }

std::vector<double> CubeReader::kpi_at_all_points(const std::string& name) const {
  inside_->expect_known(kpis(), name, "KPI");
  return inside_->shaped(kpi_variable(name), inside_->cells()).read();
}

std::vector<double> CubeReader::kpi(const std::string& name) const {
  inside_->expect_known(kpis(), name, "KPI");
  const Extent cells = inside_->cells();
  return inside_->at_place(inside_->shaped(kpi_variable(name), cells), Extent(cells.size(), 0), cells);
}

bool CubeReader::has_kpi_by(const std::string& name, ByAxis axis) const {
  return inside_->hdf5.has(kpi_variable(name, axis));
}

std::vector<double> CubeReader::kpi_by(const std::string& name, ByAxis axis, std::size_t scenario,
                                       std::size_t policy) const {
  sim::expects(has_kpi_by(name, axis), "a KPI of a part is one that the cube tells");
  const std::size_t parts = axis == ByAxis::tier    ? axes().tiers
                            : axis == ByAxis::group ? axes().each_group.size()
                                                    : axes().each_class.size();
  return inside_->arm(kpi_variable(name, axis), {parts}, scenario, policy);
}

bool CubeReader::has_sum(const std::string& metric) const {
  return !axes().each_group.empty() &&
         (std::ranges::count(zero_metrics(), metric) > 0 || inside_->hdf5.has(sum_variable(metric)));
}

std::vector<double> CubeReader::sum(const std::string& metric, std::size_t scenario, std::size_t policy) const {
  sim::expects(has_sum(metric), "a sum over the horizon is one that the cube tells");
  if (!inside_->hdf5.has(sum_variable(metric))) return inside_->zeros(scenario, policy, 1, axes().each_group.size());
  return inside_->arm(sum_variable(metric), {axes().tiers, axes().each_group.size()}, scenario, policy);
}

bool CubeReader::has_sum_by_class(const std::string& metric) const {
  return inside_->hdf5.has(sum_by_class_variable(metric));
}

std::vector<double> CubeReader::sum_by_class(const std::string& metric, std::size_t scenario,
                                             std::size_t policy) const {
  sim::expects(has_sum_by_class(metric), "a sum by class is one that the cube tells");
  return inside_->arm(sum_by_class_variable(metric), {axes().each_class.size()}, scenario, policy);
}

bool CubeReader::has_flow_sum() const { return inside_->hdf5.has(sum_variable(flow_variable)); }

std::vector<double> CubeReader::flow_sum(std::size_t scenario, std::size_t policy) const {
  sim::expects(has_flow_sum(), "moves over the horizon are there");
  return inside_->arm(sum_variable(flow_variable), {axes().tiers, axes().tiers, axes().each_group.size()}, scenario,
                      policy);
}

const std::vector<std::string>& CubeReader::series_names() const { return inside_->series; }

std::vector<double> CubeReader::series(const std::string& name, std::size_t scenario, std::size_t policy) const {
  inside_->expect_known(series_names(), name, "series");
  return inside_->arm(name, {axes().horizon}, scenario, policy);
}

const std::vector<std::string>& CubeReader::zero_metrics() const { return inside_->zero_metrics; }

std::vector<double> CubeReader::metric(const std::string& name, std::size_t scenario, std::size_t policy) const {
  if (std::ranges::count(zero_metrics(), name) > 0)
    return inside_->zeros(scenario, policy, axes().months, axes().groups.size());
  inside_->expect_known(metrics(), name, "metric");
  return inside_->arm(name, {axes().months, axes().tiers, axes().groups.size()}, scenario, policy);
}

bool CubeReader::has_beyond(const std::string& name) const { return inside_->hdf5.has(beyond_variable(name)); }

std::vector<double> CubeReader::metric_beyond(const std::string& name, std::size_t scenario, std::size_t policy) const {
  sim::expects(has_beyond(name), "a metric beyond the horizon is one that is kept there");
  return inside_->arm(beyond_variable(name), {axes().beyond, axes().tiers, axes().groups.size()}, scenario, policy);
}

const CubeTexts& CubeReader::texts() const { return inside_->in_words; }

std::string CubeReader::start_date() const {
  const std::string units = inside_->dataset("month", Element::int32).text_attribute("units");
  const std::string before = "days since ";
  return units.starts_with(before) ? units.substr(before.size()) : "";
}

const std::vector<std::string>& CubeReader::metrics_by_age() const { return inside_->aged; }

std::size_t CubeReader::ages() const {
  return inside_->aged.empty() ? 0 : inside_->hdf5.dataset(inside_->aged.front()).extent().back();
}

std::vector<double> CubeReader::metric_by_age(const std::string& name, std::size_t scenario, std::size_t policy) const {
  inside_->expect_known(metrics_by_age(), name, "metric by age");
  const Extent extent = inside_->hdf5.dataset(name).extent();
  return inside_->arm(name, {extent.end()[-2], extent.back()}, scenario, policy);
}

std::vector<double> CubeReader::tier_flow(std::size_t scenario, std::size_t policy) const {
  if (!inside_->hdf5.has(flow_variable))
    throw sim::UserError(sim::file_in_quotes(inside_->path) +
                         " holds no moves between tiers (its format is older than 1.2).");
  return inside_->arm(flow_variable, {axes().months, axes().tiers, axes().tiers, axes().groups.size()}, scenario,
                      policy);
}

CubeReader::Histogram CubeReader::histogram(const std::string& name, std::size_t scenario, std::size_t policy) const {
  inside_->expect_known(histograms(), name, "histogram");
  Histogram histogram;
  histogram.months = inside_->integers("histogram_month");
  histogram.bins = inside_->integers("bin");
  histogram.lowest = inside_->shaped(histogram_variable(name, "lowest"), {histogram.bins.size()}).read();
  histogram.highest = inside_->shaped(histogram_variable(name, "highest"), {histogram.bins.size()}).read();
  const Extent inner{histogram.months.size(), axes().groups.size(), histogram.bins.size()};
  histogram.customers = inside_->arm(histogram_variable(name, "customers"), inner, scenario, policy);
  histogram.sum = inside_->arm(histogram_variable(name, "sum"), inner, scenario, policy);
  return histogram;
}

std::vector<double> CubeReader::parameter_values() const {
  if (parameters().empty()) return {};
  const Hdf5Dataset values = inside_->dataset("parameter_value", Element::float64);
  const Extent of_draws{parameters().size(), axes().draws}, of_points{points().places(), of_draws[0], of_draws[1]};
  if (values.extent() == of_points && points().any())
    return values.read_box({inside_->place(), 0, 0}, {1, of_draws[0], of_draws[1]});
  return inside_->shaped("parameter_value", of_draws).read();
}

std::string CubeReader::text(const std::string& attribute) const {
  const std::string of_file = inside_->hdf5.text_attribute(attribute);
  if (!inside_->point) return of_file;
  if (attribute == "study_digest") return points().study_digests[*inside_->point];
  if (attribute != "data_hash") return of_file;
  const std::vector<std::string> hashes = lines_of(inside_->hdf5.dataset(points_axis).text_attribute("data_hashes"));
  if (hashes.size() != points().places()) inside_->refuse("attribute \"data_hashes\" has a wrong shape");
  return hashes[*inside_->point];
}

std::string CubeReader::text_or_empty(const std::string& attribute) const {
  return inside_->hdf5.has_attribute(attribute) ? text(attribute) : "";
}

double CubeReader::number(const std::string& attribute) const { return inside_->hdf5.number_attribute(attribute); }

std::vector<sim::Assumption> CubeReader::assumptions() const {
  std::vector<sim::Assumption> fields = read_assumptions(inside_->hdf5);
  const CubePoints& all = points();
  for (std::size_t f = 0; inside_->point && f < all.fields.size(); ++f) {
    const auto field = std::ranges::find(fields, all.fields[f], &sim::Assumption::path);
    if (field == fields.end()) continue;
    const FieldAtPoint& there = all.fields_at[*inside_->point][f];
    field->value = there.value;
    field->mark = there.mark;
    field->source = there.source;
  }
  return fields;
}

std::vector<sim::LeverUse> CubeReader::levers() const { return read_levers(inside_->hdf5, axes().policies); }

std::string CubeReader::metric_text(const std::string& name, const std::string& attribute) const {
  inside_->expect_known(metrics(), name, "metric");
  return inside_->hdf5.dataset(name).text_attribute(attribute);
}

std::string CubeReader::kpi_text(const std::string& name, const std::string& attribute) const {
  inside_->expect_known(kpis(), name, "KPI");
  const std::string text = inside_->hdf5.dataset(kpi_variable(name)).text_attribute(attribute);
  return attribute == "formula" ? inside_->formula_at_point(text) : text;
}

std::string CubeReader::series_text(const std::string& name, const std::string& attribute) const {
  inside_->expect_known(series_names(), name, "series");
  return inside_->hdf5.dataset(name).text_attribute(attribute);
}

KpiTexts CubeReader::kpi_texts(const std::string& name) const {
  inside_->expect_known(kpis(), name, "KPI");
  KpiTexts texts = read_kpi_texts(name, inside_->hdf5.dataset(kpi_variable(name)));
  texts.formula = inside_->formula_at_point(texts.formula);
  return texts;
}

}  // namespace clientele::output
