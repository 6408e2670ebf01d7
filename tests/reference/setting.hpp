// What one cell finds when it reads its study: parameters by group, levers by tier, drivers by month.
#pragma once
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/cells.hpp"
#include "sim/study.hpp"

namespace clientele::tests {

class Setting {
 public:
  Setting(const sim::Study& study, const sim::Catalogue& catalogue, const sim::Cell& cell);

  const sim::Study& study() const { return *study_; }
  int first_month() const { return -study_->horizon.warmup; }
  /// January is 0.
  int calendar_month(int month) const;

  /// Before the fork everybody lives under the baseline, in the first scenario.
  std::uint32_t policy_number(int month) const { return month < 0 ? study_->baseline : cell_.policy; }
  /// Whether the policy's tiers are the baseline's, so that month 0 moves customers as any other month does.
  bool goes_on_from_baseline() const;
  const sim::Policy& policy(int month) const { return study_->policies[policy_number(month)]; }
  std::string_view segmentation(int month) const { return catalogue_->segmentations()[policy(month).segmentation].key; }
  template <class S>
  S segmentation_parameters(int month) const {
    const auto& fields = catalogue_->segmentations()[policy(month).segmentation].fields;
    return fields.resolve(policy(month).values).template as<S>();
  }

  /// The struct of a behavior's table in a group: default, then table, then group, then draw.
  template <class S>
  const S& parameters(std::string_view table, std::uint32_t group) const {
    return structs_[group][table_number(table)].template as<S>();
  }
  bool has_table(std::string_view key) const;
  sim::FieldRef field(std::string_view table, std::string_view key) const;
  /// What a tier gets: its own setting, or the field of the same key.
  float lever(std::string_view table, std::string_view key, std::uint32_t group, std::int32_t tier, int month) const;
  /// What the policy sets in a month; the baseline's while the policy has come to nobody.
  float policy_setting(std::string_view table, std::string_view key, int month) const {
    return policy_setting(table, key, month, month);
  }
  /// The same as it is known in the month `now`: before the fork, of what the baseline says.
  float policy_setting(std::string_view table, std::string_view key, int month, int now) const;
  float driver(std::string_view name, std::uint32_t group, int month, sim::MonthKind kind) const;

  /// Customers of each group that begin with the first month.
  std::vector<std::uint64_t> invented_customers() const;

 private:
  std::uint32_t table_number(std::string_view key) const;

  const sim::Study* study_;
  const sim::Catalogue* catalogue_;
  sim::Cell cell_;
  std::vector<std::vector<std::vector<sim::FieldValue>>> values_;  ///< [group][table][field]
  std::vector<std::vector<sim::ParameterStruct>> structs_;         ///< [group][table]
};

}  // namespace clientele::tests
