// Wires a study to a catalogue, and lays shocks out as driver values by month.
#include "sim/engine/program.hpp"

#include <algorithm>

#include "sim/draws.hpp"
#include "sim/engine/reach.hpp"
#include "sim/engine/resolve.hpp"
#include "sim/gains.hpp"
#include "sim/goes_on.hpp"
#include "sim/held_tiers.hpp"
#include "sim/kept_tiers.hpp"
#include "sim/roll_out.hpp"
#include "sim/why.hpp"

namespace clientele::sim {

Program::Program(const Study& study, const Catalogue& catalogue) : study_(&study), catalogue_(&catalogue) {
  Wiring wiring(catalogue, each_number_of(study, catalogue), &study.population, &study.count);
  core_ = wiring.core();
  for (std::uint32_t table = 0; table < catalogue.tables().size(); ++table) {
    wiring.enter_table(table);
    behaviors_.push_back(catalogue.tables()[table].make(wiring));
  }
  own_policies_ = study.policies;
  for (Policy& policy : own_policies_) {
    policy.tiers.resize(policy.tiers.size() - policy.before);
    policy.before = 0;
    const auto& entry = catalogue.segmentations().at(policy.segmentation);
    const bool continues = entry.is_of_members() ? program_goes_on(study, policy) : sim::goes_on(study, policy);
    goes_on_.push_back(static_cast<std::uint8_t>(continues));
    if (!is_simulated(policy)) {
      segmentations_.emplace_back();
      continue;
    }
    Observed observed(wiring, entry.key, entry.is_benchmark);
    auto rule = entry.make({&study, &policy, entry.fields.resolve(policy.values)}, observed);
    if (!policy.kept_by_hand.empty())
      rule = std::make_unique<TiersByHand>(
          std::move(rule), policy, *study.population.file,
          entry.is_of_members() ? TiersByHand::Given::at_least : TiersByHand::Given::exactly);
    if (policy.validity > 0 && policy.held != Held::at_random) {
      Observed own(wiring, "validity of " + (continues ? study.policies[study.baseline] : policy).name);
      rule = std::make_unique<ValidTiers>(std::move(rule), policy.validity, first_month(), own);
    }
    segmentations_.push_back(holding(std::move(rule), policy, observed));
  }
  if (std::ranges::any_of(study.policies, rolls_out))
    roll_out_luck_ = wiring.birth_luck({tag_of_roll_outs, 0, Per::birth});
  if (study.count.classes) classes_.emplace(study, wiring);
  for (std::uint32_t p = 0; p < study.policies.size(); ++p)
    yardsticks_.push_back(sim::yardstick_of(study, catalogue, p));
  if (has_yardstick(study, catalogue))
    misplaced_ = {wiring.metric(metric_of_placed, MetricUnit::count,
                                "customers whom the policy reviews in month 0, and a yardstick of as many tiers too"),
                  wiring.metric(metric_of_misplaced, MetricUnit::count,
                                "of these, whom it puts into another tier than the yardstick does")};
  layout_ = wiring.finish();
  if (has_blends(study)) channel_ = {layout_.states++};
  if (classes_) classes_->know(layout_);
  if (!study.count.histogram_months.empty())
    for (HistogramInfo& histogram : layout_.histograms) histogram.months = study.count.histogram_months;

  steps_.emplace_back();
  for (const Catalogue::Step& step : catalogue.steps()) {
    using StepKind = Catalogue::Step::Kind;
    ProgramStep& taken = steps_.emplace_back();
    taken.named = &step;
    taken.kind = step.kind == StepKind::behavior ? ProgramStep::Kind::behavior
                 : step.kind == StepKind::review ? ProgramStep::Kind::review
                 : step.kind == StepKind::exits  ? ProgramStep::Kind::exits
                                                 : ProgramStep::Kind::arrivals;
    if (step.kind != StepKind::behavior) continue;
    taken.behavior = behaviors_[step.behavior].get();
    if (!step.signal) continue;
    const Signal& signal = step.signal(*taken.behavior);
    if (signal.is_used()) taken.signal = &signal;
  }
  list_months();
  drivers_ = drivers_of({});
  const std::vector<int> ahead = months_ahead_of(*this);
  for (Layout::RingInfo& ring : layout_.rings)
    if (ring.written_ahead_by)
      ring.depth = std::max(ring.depth, static_cast<std::uint32_t>(ahead[*ring.written_ahead_by] + 1));
  layout_.place_rings();
}

std::unique_ptr<Segmentation> Program::holding(std::unique_ptr<Segmentation> rule, const Policy& policy,
                                               Observed& observed) const {
  if (policy.held == Held::no) return rule;
  if (policy.held == Held::as_reviewed) return std::make_unique<HeldTiers>(std::move(rule));
  using By = TiersByChance::By;
  const By by = is_granted_on_sales(policy, *catalogue_) ? By::sales : By::heads;
  return std::make_unique<TiersByChance>(std::move(rule), policy.tiers.size(), by, first_month(), observed);
}

namespace {

/// How much of a shock is felt in a month, from 0 to 1: it has its size from its month `ramp` on, and ends at once.
double felt(const Shock& shock, int month) {
  if (month < shock.from || (shock.months && month >= shock.from + *shock.months)) return 0;
  const int since = month - shock.from + 1;
  return since >= shock.ramp ? 1.0 : static_cast<double>(since) / shock.ramp;
}

}  // namespace

void Program::list_months() {
  const Horizon& horizon = study_->horizon;
  for (int month = first_month(); month < horizon.months; ++month) months_.push_back({month, MonthKind::usual});
  for (int after = 0; after < horizon.run_off; ++after) months_.push_back({horizon.months + after, MonthKind::settle});
  for (int after = 0; after < horizon.beyond; ++after) months_.push_back({horizon.months + after, MonthKind::closed});
}

std::optional<int> Program::month_of_shocks(Month month) const {
  if (month.kind != MonthKind::closed) return month.month;
  switch (study_->horizon.drivers_beyond) {
    case DriversBeyond::as_planned:
      return month.month;
    case DriversBeyond::as_in_last_month:
      return study_->horizon.months - 1;
    case DriversBeyond::none:
      break;
  }
  return std::nullopt;
}

std::vector<float> Program::drivers_of(std::span<const double> drawn) const {
  const auto& drivers = catalogue_->drivers();
  std::vector<float> all;
  for (std::uint32_t s = 0; s < study_->scenarios.size(); ++s)
    for (std::uint32_t group = 0; group < study_->population.groups.size(); ++group)
      for (const Month& month : months_)
        for (std::uint32_t d = 0; d < drivers.size(); ++d) {
          const bool factor = drivers[d].kind == DriverKind::factor;
          const std::optional<int> looked_up = month_of_shocks(month);
          double value = factor ? 1 : 0;
          for (std::size_t n = 0; n < study_->scenarios[s].shocks.size(); ++n) {
            const Shock& shock = study_->scenarios[s].shocks[n];
            if (shock.driver != d || (shock.group && *shock.group != group) || !looked_up) continue;
            const double share = felt(shock, *looked_up), size = size_in_draw(*study_, drawn, s, n);
            value = factor ? value * (1 + share * (size - 1)) : value + share * size;
          }
          all.push_back(static_cast<float>(value));
        }
  return all;
}

const float* Program::drivers(const Resolved& resolved, std::uint32_t scenario, std::uint32_t group,
                              Month month) const {
  const int closed = month.kind == MonthKind::closed ? study_->horizon.run_off : 0;
  const auto number = static_cast<std::size_t>(month.month + closed - first_month());
  const std::size_t at = (scenario * study_->population.groups.size() + group) * months_.size() + number;
  return (resolved.drivers.empty() ? drivers_ : resolved.drivers).data() + at * catalogue_->drivers().size();
}

Occasion Program::occasion(const Moment& moment, const Cell& cell, const Resolved& resolved) const {
  const bool before = moment.month < 0;
  const std::uint32_t scenario = before ? 0 : cell.scenario;
  std::vector<std::span<const float>> drivers;
  for (std::uint32_t group = 0; group < study_->population.groups.size(); ++group)
    drivers.push_back(all_drivers(resolved, scenario, group, {moment.month, moment.kind}));
  const std::uint32_t policy = before ? study_->baseline : cell.policy;
  return {moment.month,
          scenario,
          policy,
          resolved.parameters,
          std::move(drivers),
          settings_of(*this, resolved, policy, moment.month),
          moment.month == first_month()};
}

bool Program::has_signals() const {
  return std::ranges::any_of(steps_, [](const ProgramStep& step) { return step.signal != nullptr; });
}

const Signal* Program::meeting(const Moment& moment, const Cell& cell, const Resolved* resolved) const {
  if (moment.kind == MonthKind::settle) return nullptr;  // nothing is left to decide
  if (moment.step == 0) return moment.month == 0 ? classes() : nullptr;
  const ProgramStep& step = steps_[moment.step];
  if (step.kind == ProgramStep::Kind::review) {
    const std::uint32_t policy = moment.month < 0 ? study_->baseline : cell.policy;
    const Segmentation& segmentation = *segmentations_[policy];
    return is_due(policy, moment.month) && segmentation.hears(moment.month) ? &segmentation : nullptr;
  }
  if (step.signal == nullptr) return nullptr;
  expects(resolved != nullptr, "a signal is asked about what holds in a draw");
  return step.signal->needed(occasion(moment, cell, *resolved)) ? step.signal : nullptr;
}

bool Program::is_due(std::uint32_t policy, int month) const {
  const Policy& reviewed = study_->policies[policy];
  const bool is_step = month >= 0 && is_step_of_roll_out(reviewed, month);
  return reaches_somebody(reviewed, month) && (is_step || segmentations_[policy]->due(month));
}

OutcomeInfo Program::outcome() const {
  OutcomeInfo info;
  info.metrics = layout_.metrics;
  info.histograms = layout_.histograms;
  for (const Layout::Ledger& ledger : layout_.ledgers) info.ledgers.push_back(ledger.info);
  for (const KpiInfo& kpi : catalogue_->kpis())
    if (!kpi.needs_ages() || !layout_.aged.empty()) info.kpis.push_back(with_parameter(kpi));
  if (misplaced_) info.kpis.push_back(kpi_of_placement());
  info.months = static_cast<std::size_t>(study_->horizon.months + study_->horizon.run_off);
  info.run_off = static_cast<std::size_t>(study_->horizon.run_off);
  info.closed = static_cast<std::size_t>(study_->horizon.beyond);
  const bool settles = std::ranges::any_of(info.metrics, [](const auto& m) { return m.months == MonthsOf::beyond; });
  info.months_beyond = info.closed + static_cast<std::size_t>(settles ? months_to_settle : 0);
  for (const Policy& policy : study_->policies) info.tiers = std::max(info.tiers, policy.tiers.size());
  info.classes = number_of_classes(*study_);
  info.groups = study_->population.groups.size() * info.classes;
  info.aged = layout_.aged;
  for (const Layout::RingInfo& ring : layout_.rings)
    if (ring.written_ahead_by && !info.aged.empty()) info.ages = std::max<std::size_t>(info.ages, ring.depth);
  return info;
}

/// Only where a policy is held against a yardstick, so that no catalogue has it.
KpiInfo Program::kpi_of_placement() const {
  KpiInfo kpi;
  kpi.name = kpi_of_misplaced;
  kpi.meaning = "share of the customers reviewed in month 0 whom the policy puts into another tier than a yardstick";
  kpi.unit = "1";
  kpi.direction = Direction::neither;
  kpi.rule = KpiRule::ratio;
  kpi.numerator = {{std::string(metric_of_misplaced)}};
  kpi.denominator = {{std::string(metric_of_placed)}};
  return kpi;
}

/// A KPI may hang on a field, such as the rate that money is discounted at.
RuleParameter Program::as_stated(const std::string& path) const {
  const FieldRef field = catalogue_->field_at(path);
  RuleParameter parameter{.field = path, .value = study_->values.at(field.table).at(field.field).numbers[0]};
  const auto& uncertain = study_->uncertain;
  const auto varies = std::ranges::find_if(uncertain, [&](const Uncertain& one) { return is_of_field(one, field); });
  if (varies == uncertain.end()) return parameter;
  for (std::uint32_t draw = 0; draw < study_->draws; ++draw)
    parameter.of_draw.push_back(drawn_values(*study_, draw)[static_cast<std::size_t>(varies - uncertain.begin())]);
  return parameter;
}

KpiInfo Program::with_parameter(KpiInfo kpi) const {
  if (kpi.monthly)
    for (RuleParameter& parameter : kpi.monthly->parameters) parameter = as_stated(parameter.field);
  if (kpi.parameter_field.empty()) return kpi;
  const RuleParameter stated = as_stated(kpi.parameter_field);
  kpi.parameter = stated.value;
  kpi.parameter_of_draw = stated.of_draw;
  return kpi;
}

TallyShape Program::tally_shape(std::size_t arms) const {
  const OutcomeInfo info = outcome();
  TallyShape shape{arms, info.months,           info.months_beyond, info.tiers, info.groups, info.metrics.size(),
                   {},   info.metrics_beyond(), info.aged.size(),   info.ages};
  for (const HistogramInfo& histogram : info.histograms) shape.named_months.push_back(histogram.months.size());
  return shape;
}

}  // namespace clientele::sim
