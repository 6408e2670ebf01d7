// What a study says of a group before anything is drawn.
#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "models/churn.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/check.hpp"
#include "sim/study.hpp"

namespace clientele::tools {

class Stated {
 public:
  Stated(const sim::Study& study, const sim::Catalogue& catalogue, const sim::Group& group)
      : study_(study), catalogue_(catalogue), group_(group) {}

  /// All numbers of a field: one, or those of its law, the mean first.
  std::vector<double> numbers(std::string_view table, std::string_view key) const {
    const std::uint32_t t = table_of(table);
    const auto field = catalogue_.tables()[t].fields.find(key);
    sim::expects(field.has_value(), "the catalogue has this field");
    return values_of(t)[*field].numbers;
  }
  sim::FieldValue value(std::string_view table, std::string_view key) const {
    const std::uint32_t t = table_of(table);
    return values_of(t)[catalogue_.tables()[t].fields.find(key).value()];
  }
  double number(std::string_view table, std::string_view key) const { return numbers(table, key).front(); }
  /// What a tier gets.
  double lever(const sim::Tier& tier, std::string_view table, std::string_view key) const {
    const std::uint32_t t = table_of(table);
    for (const sim::Tier::Setting& lever : tier.levers)
      if (lever.field.table == t && catalogue_.tables()[t].fields.fields()[lever.field.field].key == key)
        return lever.value;
    return number(table, key);
  }
  /// What the tier of entry gets under the policy of the warm-up.
  double lever(std::string_view table, std::string_view key) const {
    const sim::Policy& policy = study_.policies[study_.baseline];
    return lever(policy.tiers[policy.entry], table, key);
  }
  models::ChurnParameters churn() const {
    const std::uint32_t t = table_of("churn");
    return catalogue_.tables()[t].fields.resolve(values_of(t)).as<models::ChurnParameters>();
  }

 private:
  std::uint32_t table_of(std::string_view key) const {
    std::uint32_t table = 0;
    while (catalogue_.tables().at(table).key != key) ++table;
    return table;
  }
  std::vector<sim::FieldValue> values_of(std::uint32_t table) const {
    std::vector<sim::FieldValue> values = study_.values[table];
    for (const sim::Group::Override& own : group_.overrides)
      if (own.field.table == table) values[own.field.field] = own.value;
    return values;
  }

  const sim::Study& study_;
  const sim::Catalogue& catalogue_;
  const sim::Group& group_;
};

}  // namespace clientele::tools
