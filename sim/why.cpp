// The policies that are joined copy all that their twin says, so that whatever changes it changes them.
#include "sim/why.hpp"

#include <algorithm>

#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"
#include "sim/roll_out.hpp"

namespace clientele::sim {

namespace {

void expect_new(const Policy& policy, const Study& study) {
  for (const Policy& other : study.policies)
    if (other.name == policy.name)
      throw UserError("policy " + in_quotes(policy.name) + " has the name of one that tells why " +
                      in_quotes(study.policies[policy.twin.value()].name) +
                      " differs from the baseline (experiment.why). Did you mean another name?");
}

Policy holding(const Study& study, std::uint32_t twin, Held held) {
  Policy policy = study.policies[twin];
  policy.name += held == Held::as_reviewed ? ", held" : ", at random";
  policy.held = held;
  policy.twin = twin;
  expect_new(policy, study);
  return policy;
}

/// Whose customers it counts depends on no tier, so that it has one.
Policy blending(const Study& study, std::uint32_t twin, Blend blend) {
  Policy policy = study.policies[twin];
  policy.name += blend == Blend::shared ? ", shared" : ", shared and own";
  policy.blend = blend;
  policy.twin = twin;
  policy.tiers = {{"all", {}, {}, {}, {}}};
  policy.entry = 0;
  policy.validity = 0;
  policy.kept_by_hand.clear();
  expect_new(policy, study);
  return policy;
}

bool counts_customers(std::string_view metric) { return metric == "customers" || metric == "on_books"; }

}  // namespace

bool has_blends(const Study& study) {
  return std::ranges::any_of(study.policies, [](const Policy& policy) { return policy.blend != Blend::no; });
}

bool is_split_by_cause(const Study& study, std::uint32_t policy) {
  const Policy& of = study.policies[policy];
  return study.why && policy != study.baseline && is_stated(of) && !rolls_out(of);
}

Study with_why(const Study& study) {
  Study all = study;
  for (std::uint32_t p = 0; p < study.policies.size(); ++p)
    for (const Held held : {Held::as_reviewed, Held::at_random})
      if (is_split_by_cause(study, p)) all.policies.push_back(holding(study, p, held));
  for (std::uint32_t p = 0; p < study.policies.size(); ++p)
    for (const Blend blend : {Blend::shared, Blend::shared_and_own})
      if (is_split_by_cause(study, p)) all.policies.push_back(blending(study, p, blend));
  return all;
}

Study without_why(const Study& study) {
  Study stated = study;
  stated.why = false;
  std::erase_if(stated.policies,
                [](const Policy& policy) { return policy.held != Held::no || policy.blend != Blend::no; });
  return stated;
}

bool is_granted_on_sales(const Policy& policy, const Catalogue& catalogue) {
  return std::ranges::any_of(policy.tiers, [&](const Tier& tier) {
    return std::ranges::any_of(tier.levers, [&](const Tier::Setting& setting) {
      const FieldInfo& field = catalogue.tables()[setting.field.table].fields.fields()[setting.field.field];
      return field.lever && !std::ranges::all_of(field.lever->granted_on, counts_customers);
    });
  });
}

}  // namespace clientele::sim
