// One flat array of integers, one map per histogram.
#include "tests/reference/counts.hpp"

#include <algorithm>

#include "sim/class_names.hpp"

namespace clientele::tests {

Counts::Counts(const sim::Study& study, const sim::OutcomeInfo& names)
    : study_(&study), names_(&names), groups_(study.population.groups.size() * sim::number_of_classes(study)) {
  for (const sim::Policy& policy : study.policies) tiers_ = std::max(tiers_, policy.tiers.size());
  for (const sim::MetricInfo& metric : names.metrics) metrics_.emplace(metric.name, metrics_.size());
  const auto months = static_cast<std::size_t>(study.horizon.months + study.horizon.run_off);
  counts_.resize(months * tiers_ * groups_ * metrics_.size());
  const auto beyond = static_cast<std::size_t>(study.horizon.beyond + sim::months_to_settle);
  beyond_.resize(beyond * tiers_ * groups_ * metrics_.size());
  flows_.resize(months * tiers_ * tiers_ * groups_);
  by_age_.resize(names.by_age());
  for (const sim::HistogramInfo& histogram : names.histograms) bins_.emplace_back(histogram.months.size() * groups_);
}

std::size_t Counts::place_of(int month, std::int32_t tier, std::uint32_t group, std::string_view metric) const {
  const auto found = metrics_.find(metric);
  sim::expects(found != metrics_.end(), "a twin counts a metric of the catalogue");
  const std::size_t at = (static_cast<std::size_t>(month) * tiers_ + static_cast<std::size_t>(tier)) * groups_ + group;
  return at * metrics_.size() + found->second;
}

void Counts::begin(int month, std::set<std::uint64_t> active) {
  if (journal_ == nullptr) return;
  journal_->months.push_back({{kind_, month}, {}});
  journal_->active[{kind_, month}] = std::move(active);
}

void Counts::note(Journal::Entry entry) {
  if (journal_ != nullptr) journal_->months.back().second.push_back(entry);
}

void Counts::add_again(const Journal::Entry& entry) {
  switch (entry.into) {
    case Journal::Entry::Into::month:
      return add(*entry.name, entry.month, 0, entry.group, entry.value, entry.who);
    case Journal::Entry::Into::beyond:
      return add_beyond(*entry.name, entry.month, 0, entry.group, entry.value, entry.who);
    case Journal::Entry::Into::histogram:
      return bin(*entry.name, entry.month, entry.group, entry.value, *entry.who);
  }
}

void Counts::add(std::string_view metric, int month, std::int32_t tier, std::uint32_t group, std::int64_t value,
                 std::optional<std::uint64_t> who) {
  if (month < 0) return;
  if (kind_ == sim::MonthKind::closed)
    return add_beyond(metric, month - study_->horizon.months, tier, group, value, who);
  counts_[place_of(month, tier, group, metric)] += value;
  note({Journal::Entry::Into::month, &names_->metrics[metrics_.find(metric)->second].name, month, group, who, value});
}

void Counts::add_beyond(std::string_view metric, int after, std::int32_t tier, std::uint32_t group, std::int64_t value,
                        std::optional<std::uint64_t> who) {
  beyond_[place_of(after, tier, group, metric)] += value;
  note({Journal::Entry::Into::beyond, &names_->metrics[metrics_.find(metric)->second].name, after, group, who, value});
}

void Counts::add_by_age(std::string_view metric, int month, int age, std::int64_t value) {
  if (month < 0) return;
  if (kind_ == sim::MonthKind::closed) month += static_cast<int>(names_->months) - study_->horizon.months;
  const auto found = std::ranges::find(names_->aged, metric, &sim::MetricInfo::name);
  sim::expects(found != names_->aged.end(), "a twin counts a metric of the catalogue");
  const auto m = static_cast<std::size_t>(found - names_->aged.begin());
  by_age_[(static_cast<std::size_t>(month) * names_->aged.size() + m) * names_->ages + static_cast<std::size_t>(age)] +=
      value;
}

void Counts::move(int month, std::int32_t tier, std::int32_t tier_to, std::uint32_t group) {
  if (month < 0 || kind_ == sim::MonthKind::closed) return;
  const std::size_t at = (static_cast<std::size_t>(month) * tiers_ + static_cast<std::size_t>(tier)) * tiers_;
  ++flows_[(at + static_cast<std::size_t>(tier_to)) * groups_ + group];
}

void Counts::bin(std::string_view histogram, int month, std::uint32_t group, std::int64_t value, std::uint64_t who) {
  for (std::size_t h = 0; h < bins_.size() && kind_ != sim::MonthKind::closed; ++h) {
    if (names_->histograms[h].name != histogram) continue;
    const auto& months = names_->histograms[h].months;
    for (std::size_t m = 0; m < months.size(); ++m) {
      if (month != (months[m] < 0 ? study_->horizon.months + months[m] : months[m])) continue;
      Binned& content = bins_[h][m * groups_ + group][sim::bin_of(value)];
      ++content.customers;
      content.sum += value;
      note({Journal::Entry::Into::histogram, &names_->histograms[h].name, month, group, who, value});
    }
  }
}

sim::CellOutcome Counts::outcome(const sim::Cell& cell) const {
  sim::CellOutcome all{cell, counts_, {}, flows_, {}, by_age_};
  for (std::size_t at = 0; at < names_->months_beyond * tiers_ * groups_; ++at)
    for (const std::size_t metric : names_->metrics_beyond())
      all.beyond.push_back(beyond_[at * metrics_.size() + metric]);
  for (const auto& histogram : bins_) {
    auto& list = all.histograms.emplace_back();
    for (const auto& place : histogram) {
      auto& bins = list.emplace_back();
      for (const auto& [bin, content] : place) bins.push_back({bin, content.customers, content.sum});
    }
  }
  return all;
}

}  // namespace clientele::tests
