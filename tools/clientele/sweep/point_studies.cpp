// A point is what the reader makes of the study's text with the point's numbers as options; axes are held against it.
#include "tools/clientele/sweep/point_studies.hpp"

#include <algorithm>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"
#include "sim/draws.hpp"
#include "sim/parallel/team.hpp"
#include "tools/clientele/job.hpp"

namespace clientele::tools {

namespace {

/// What is looked at of one point, side by side with others.
struct LookedAt {
  output::StudyKeys keys;
  std::string digest;
  std::vector<sim::KpiInfo> kpis;                                    ///< where their numbers are others
  std::vector<std::pair<std::size_t, output::FieldAtPoint>> fields;  ///< that are something else, by their places
  std::vector<bool> zero;                                            ///< by metric
  std::vector<std::vector<double>> parameter_values;                 ///< by draw
  std::uint64_t customers = 0;
  std::vector<sim::Portion> portions;
};

class Looking {
 public:
  Looking(const PointStudies& studies, const sim::Plan& stated, const output::CubeDetails& details,
          const sim::RunOptions& options)
      : studies_(studies), stated_(stated), details_(details), options_(options) {}

  LookedAt at(std::size_t point) const {
    const sim::Study study = studies_.at(point);
    const sim::Plan plan(study, studies_.catalogue());
    expect_same_axes(point, study, plan.info());
    LookedAt seen;
    for (std::uint32_t draw = 0; draw < details_.parameter_values.size(); ++draw)
      seen.parameter_values.push_back(sim::drawn_values(study, draw));
    seen.keys = keys_of(plan, seen.parameter_values);
    seen.digest = study.digest;
    seen.customers = study.population.customers;
    seen.portions = plan.portions(options_);
    for (const sim::MetricInfo& metric : plan.info().metrics) seen.zero.push_back(metric.is_zero);
    const auto numbers = [](const sim::KpiInfo& kpi) { return std::pair(kpi.parameter, kpi.parameter_of_draw); };
    if (!std::ranges::equal(plan.info().kpis, stated_.info().kpis, {}, numbers, numbers)) seen.kpis = plan.info().kpis;
    const auto& fields = plan.info().assumptions;
    const auto what_it_is = [](const sim::Assumption& field) {
      return output::FieldAtPoint{field.value, field.mark, field.source};
    };
    for (std::size_t f = 0; f < fields.size(); ++f)
      if (what_it_is(fields[f]) != what_it_is(stated_.info().assumptions[f]))
        seen.fields.emplace_back(f, what_it_is(fields[f]));
    return seen;
  }

 private:
  void expect_same_axes(std::size_t point, const sim::Study& study, const sim::OutcomeInfo& info) const {
    const sim::Study& all = stated_.study();
    const sim::OutcomeInfo& shared = stated_.info();
    const auto expect = [&](bool same, const std::string& axis) {
      if (same) return;
      throw sim::UserError("the sweep changes " + axis + " at its point " +
                           sim::printable(scenarios::point_in_words(studies_.sweep(), point), 300) +
                           ", so that the point's numbers have no place beside those of the others. Would a study of "
                           "its own do (--set)?");
    };
    const auto same_names = [&](const auto& ours, const auto& others, auto name) {
      return std::ranges::equal(ours, others, {}, name, name);
    };
    expect(sim::cell_axes_of(study) == sim::cell_axes_of(all),
           "the number of scenarios, policies, draws or replications");
    expect(same_names(study.scenarios, all.scenarios, &sim::Scenario::name), "the names of scenarios");
    expect(same_names(study.policies, all.policies, &sim::Policy::name), "the names of policies");
    for (std::size_t p = 0; p < study.policies.size(); ++p)
      expect(same_names(study.policies[p].tiers, all.policies[p].tiers, &sim::Tier::name),
             "the tiers of policy " + sim::in_quotes(all.policies[p].name));
    expect(same_names(study.population.groups, all.population.groups, &sim::Group::name), "the groups");
    expect(info.months == shared.months && info.months_beyond == shared.months_beyond && info.run_off == shared.run_off,
           "the months");
    expect(same_names(info.metrics, shared.metrics, &sim::MetricInfo::name) && study.money_quantum == all.money_quantum,
           "the metrics, or what they are counted in");
    expect(same_names(info.histograms, shared.histograms, &sim::HistogramInfo::months), "the months of histograms");
    expect(same_names(info.assumptions, shared.assumptions, &sim::Assumption::path), "which fields count");
    expect(study.seed == all.seed, "the seed");
    expect(same_names(study.uncertain, all.uncertain, &sim::Uncertain::path), "which numbers are uncertain");
  }

  const PointStudies& studies_;
  const sim::Plan& stated_;
  const output::CubeDetails& details_;
  const sim::RunOptions& options_;
};

/// Fields that some point changes, and what they are at all points.
void set_fields(const std::vector<LookedAt>& seen, const sim::OutcomeInfo& info, output::CubePoints& points) {
  std::vector<std::size_t> places;
  for (const LookedAt& point : seen)
    for (const auto& [place, field] : point.fields)
      if (std::ranges::find(places, place) == places.end()) places.push_back(place);
  std::ranges::sort(places);
  for (const std::size_t place : places) points.fields.push_back(info.assumptions[place].path);
  for (const LookedAt& point : seen) {
    auto& fields = points.fields_at.emplace_back();
    for (const std::size_t place : places) {
      const sim::Assumption& stated = info.assumptions[place];
      const auto own = std::ranges::find(point.fields, place, [](const auto& field) { return field.first; });
      fields.push_back(own == point.fields.end() ? output::FieldAtPoint{stated.value, stated.mark, stated.source}
                                                 : own->second);
    }
  }
}

}  // namespace

PointStudies::PointStudies(const scenarios::StudyReading& stated, const sim::Catalogue& catalogue)
    : stated_(stated), catalogue_(catalogue), reader_(stated, catalogue) {}

sim::Study PointStudies::at(std::size_t point) const {
  std::unique_lock lock(guard_, std::defer_lock);
  if (stated_.study.population.file) lock.lock();
  sim::Study study = reader_.study(point);
  study.output = stated_.study.output;  // what is kept of cells is no matter of a point
  return study;
}

PlannedPoints plan_points(const PointStudies& studies, const sim::Plan& stated, const output::CubeDetails& details,
                          const sim::RunOptions& options, const std::stop_token& stop) {
  const Looking looking(studies, stated, details, options);
  std::vector<LookedAt> seen(studies.size());
  sim::make_team(options.engine, options.threads)
      ->for_each(seen.size(), 1, [&](std::size_t begin, std::size_t end, unsigned) {
        for (std::size_t point = begin; point < end; ++point) {
          if (stop.stop_requested()) throw sim::UserError("stopped early.", sim::Exit::stopped_early);
          seen[point] = looking.at(point);
        }
      });
  PlannedPoints all{
      .points = {.paths = studies.sweep().paths, .units = studies.sweep().units, .values = studies.sweep().points},
      .info = stated.info()};
  for (std::string& unit : all.points.units) unit = output::unit_of_point(unit);
  set_fields(seen, stated.info(), all.points);
  bool has_kpis = false, has_draws = false;
  for (LookedAt& point : seen) {
    all.points.keys.push_back(std::move(point.keys));
    all.customers.push_back(point.customers);
    all.portions.push_back(std::move(point.portions));
    all.points.study_digests.push_back(std::move(point.digest));
    has_kpis = has_kpis || !point.kpis.empty();
    all.points.kpis.push_back(std::move(point.kpis));
    has_draws = has_draws || point.parameter_values != details.parameter_values;
    all.points.parameter_values.push_back(std::move(point.parameter_values));
    for (std::size_t m = 0; m < point.zero.size(); ++m)
      all.info.metrics[m].is_zero = all.info.metrics[m].is_zero && point.zero[m];
  }
  if (!has_kpis) all.points.kpis.clear();
  if (!has_draws) all.points.parameter_values.clear();
  for (sim::KpiInfo& kpi : all.info.kpis)  // a formula names the field whose number points change
    if (has_kpis && !kpi.parameter_field.empty() && kpi.parameter_of_draw.empty())
      kpi.parameter_of_draw.assign(sim::cell_axes_of(stated.study()).draws, kpi.parameter);
  return all;
}

sim::Share share_at(const sim::Share& share, std::size_t point, std::uint64_t units) {
  sim::Share own = share;
  own.number = (share.number + share.of - point * units % share.of) % share.of;
  return own;
}

}  // namespace clientele::tools
