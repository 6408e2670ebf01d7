// One variable per question, along the axis that it belongs to.
#include "output/cube/texts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

#include "output/cube/wording.hpp"
#include "sim/core/check.hpp"

namespace clientele::output {

namespace {

constexpr double not_told = std::numeric_limits<double>::quiet_NaN();

class Writing {
 public:
  Writing(Hdf5Writer& file, const Dimensions& dimensions) : file_(file), dimensions_(dimensions) {}

  void texts(const std::string& name, const std::vector<std::string>& axes, const std::vector<std::string>& values,
             const std::string& meaning) {
    if (values.empty()) return;
    Hdf5Dataset dataset = file_.make(name, Element::text, dimensions_.extent(axes));
    finish(dataset, axes, values, meaning);
  }
  void integers(const std::string& name, const std::vector<std::string>& axes, const std::vector<std::int32_t>& values,
                const std::string& meaning) {
    Hdf5Dataset dataset = file_.make(name, Element::int32, dimensions_.extent(axes));
    finish(dataset, axes, values, meaning);
  }
  void numbers(const std::string& name, const std::vector<std::string>& axes, const std::vector<double>& values,
               const std::string& meaning) {
    Hdf5Dataset dataset = file_.make(name, Element::float64, dimensions_.extent(axes));
    finish(dataset, axes, values, meaning);
  }

 private:
  template <class Values>
  void finish(Hdf5Dataset& dataset, const std::vector<std::string>& axes, const Values& values,
              const std::string& meaning) {
    dataset.write(values);
    dataset.attribute("long_name", meaning);
    dimensions_.attach(dataset, axes);
  }

  Hdf5Writer& file_;
  const Dimensions& dimensions_;
};

/// [policy][tier], filled up to as many tiers as any policy has.
std::vector<std::string> filled(const std::vector<std::vector<std::string>>& by_policy, std::size_t tiers) {
  std::vector<std::string> all;
  for (const auto& policy : by_policy) {
    all.insert(all.end(), policy.begin(), policy.end());
    all.resize(all.size() + tiers - policy.size());
  }
  return all;
}

/// So many lines of an attribute of a dimension; empty ones where it has none.
std::vector<std::string> lines_at(const Hdf5File& file, const std::string& dimension, const std::string& attribute,
                                  std::size_t size) {
  const Hdf5Dataset dataset = file.dataset(dimension);
  std::vector<std::string> lines = lines_of(dataset.has_attribute(attribute) ? dataset.text_attribute(attribute) : "");
  lines.resize(size);
  return lines;
}

template <class Part>
std::vector<std::string> column_of(const std::vector<sim::DrawnField>& drawn, Part part) {
  std::vector<std::string> column;
  for (const sim::DrawnField& field : drawn) column.push_back(field.*part);
  return column;
}

/// Only where a policy keeps tiers for good, or is put together of two.
void write_held(Writing& writing, const sim::Study& study) {
  std::vector<std::int32_t> twins, held, blends;
  for (const sim::Policy& policy : study.policies) {
    twins.push_back(policy.twin ? static_cast<std::int32_t>(*policy.twin) : -1);
    held.push_back(static_cast<std::int32_t>(policy.held));
    blends.push_back(static_cast<std::int32_t>(policy.blend));
  }
  const auto are_none = [](const std::vector<std::int32_t>& all) {
    return std::ranges::all_of(all, [](std::int32_t how) { return how == 0; });
  };
  if (are_none(held) && are_none(blends)) return;
  writing.integers(
      "policy_twin", {"policy"}, twins,
      "place of the policy whose difference to the baseline this one helps to split; -1: it is no such one");
  writing.integers(
      "policy_held", {"policy"}, held,
      "which tiers customers keep for good: 1 those of the twin's first review, 2 ones by chance of the same "
      "size; 0: it reviews as its rule says");
  if (are_none(blends)) return;
  writing.integers(
      "policy_blend", {"policy"}, blends,
      "which customers are counted as under the twin, and all others as under the baseline, so that no balance rolls "
      "forward: 1 those whom both policies have, 2 those whom the twin has; 0: it is simulated");
}

std::vector<std::optional<HeldTiers>> held_in(const Hdf5File& file, std::size_t policies) {
  std::vector<std::optional<HeldTiers>> all(policies);
  if (!file.has("policy_twin") || !file.has("policy_held")) return all;
  std::vector<std::int32_t> twins = file.dataset("policy_twin").read_integers(),
                            held = file.dataset("policy_held").read_integers();
  std::vector<std::int32_t> blends;
  if (file.has("policy_blend")) blends = file.dataset("policy_blend").read_integers();
  twins.resize(policies, -1), held.resize(policies), blends.resize(policies);
  const auto is_one = [](std::int32_t how) { return how == 1 || how == 2; };
  for (std::size_t p = 0; p < policies; ++p)
    if (twins[p] >= 0 && static_cast<std::size_t>(twins[p]) < policies && (is_one(held[p]) || is_one(blends[p])))
      all[p] = {static_cast<std::size_t>(twins[p]), is_one(held[p]) ? static_cast<sim::Held>(held[p]) : sim::Held::no,
                is_one(blends[p]) ? static_cast<sim::Blend>(blends[p]) : sim::Blend::no};
  return all;
}

void write_drawn(Writing& writing, const Source& source) {
  const std::vector<sim::DrawnField>& drawn = source.info.texts.drawn;
  if (!has_parameters(source) || drawn.empty()) return;
  const std::vector<std::string> axes{"parameter"};
  writing.texts("parameter_called", axes, column_of(drawn, &sim::DrawnField::called),
                "what people call an uncertain parameter, empty where it has no such name");
  writing.texts("parameter_meaning", axes, column_of(drawn, &sim::DrawnField::meaning), "what it means");
  writing.texts("parameter_mark", axes, column_of(drawn, &sim::DrawnField::mark),
                "how well its stated value is known, as in field_mark");
  std::vector<double> stated;
  for (const sim::DrawnField& field : drawn) stated.push_back(field.stated);
  writing.numbers("parameter_stated", axes, stated, "what the study says of it beside the law that it is drawn from");
}

std::vector<std::string> texts_at(const Hdf5File& file, const std::string& name, std::size_t size) {
  if (!file.has(name)) return std::vector<std::string>(size);
  const Hdf5Dataset dataset = file.dataset(name);
  std::vector<std::string> texts = dataset.holds(Element::text) ? dataset.read_texts() : std::vector<std::string>();
  if (texts.size() != size)
    throw sim::UserError("variable \"" + name +
                         "\" of the cube is not as it should be. Is the file no cube of clientele?");
  return texts;
}

std::vector<std::vector<std::string>> by_policy(const std::vector<std::string>& texts, std::size_t policies,
                                                std::size_t tiers) {
  std::vector<std::vector<std::string>> all(policies);
  for (std::size_t p = 0; p < policies; ++p)
    for (std::size_t t = 0; t < tiers; ++t) all[p].push_back(texts[p * tiers + t]);
  return all;
}

std::vector<sim::DrawnField> drawn_in(const Hdf5File& file, const std::vector<std::string>& parameters) {
  const std::size_t n = parameters.size();
  const auto called = texts_at(file, "parameter_called", n), meaning = texts_at(file, "parameter_meaning", n),
             mark = texts_at(file, "parameter_mark", n);
  std::vector<double> stated(n, not_told);
  if (file.has("parameter_stated")) stated = file.dataset("parameter_stated").read();
  stated.resize(n, not_told);
  std::vector<sim::DrawnField> drawn;
  for (std::size_t p = 0; p < n; ++p)
    drawn.push_back(
        {.path = parameters[p], .called = called[p], .meaning = meaning[p], .mark = mark[p], .stated = stated[p]});
  return drawn;
}

}  // namespace

void write_texts(Hdf5Writer& file, Dimensions& dimensions, const Source& source) {
  const sim::StudyTexts& texts = source.info.texts;
  Writing writing(file, dimensions);
  std::vector<std::int32_t> same_money_as;
  for (const sim::Policy& policy : source.study.policies)
    same_money_as.push_back(policy.same_money_as ? static_cast<std::int32_t>(*policy.same_money_as) : -1);
  writing.integers("policy_same_money_as", {"policy"}, same_money_as,
                   "place of the policy whose money this one spends on all customers alike; -1: it is the study's own");
  write_held(writing, source.study);
  if (!texts.policy_rules.empty()) {
    dimensions.describe("scenario", "shocks", in_lines(texts.scenario_shocks));
    dimensions.describe("policy", "rules", in_lines(texts.policy_rules));
    if (std::ranges::any_of(texts.roll_outs, [](const std::string& text) { return !text.empty(); }))
      dimensions.describe("policy", "roll_outs", in_lines(texts.roll_outs));
    dimensions.describe("policy", "tier_rules", in_lines(filled(texts.tier_rules, source.info.tiers)));
    dimensions.describe("policy", "tier_levers", in_lines(filled(texts.tier_levers, source.info.tiers)));
  }
  write_drawn(writing, source);
  if (const std::string warnings = in_lines(source.study.warnings); !warnings.empty())
    file.attribute("warnings", warnings);
  if (!std::isnan(source.details.share_of_ten_largest))
    file.attribute("share_of_ten_largest", source.details.share_of_ten_largest);
}

CubeTexts read_texts(const Hdf5File& file, std::size_t scenarios, std::size_t policies, std::size_t tiers,
                     const std::vector<std::string>& parameters) {
  CubeTexts texts;
  texts.study.scenario_shocks = lines_at(file, "scenario", "shocks", scenarios);
  texts.study.policy_rules = lines_at(file, "policy", "rules", policies);
  texts.study.roll_outs = lines_at(file, "policy", "roll_outs", policies);
  texts.study.tier_rules = by_policy(lines_at(file, "policy", "tier_rules", policies * tiers), policies, tiers);
  texts.study.tier_levers = by_policy(lines_at(file, "policy", "tier_levers", policies * tiers), policies, tiers);
  texts.study.drawn = drawn_in(file, parameters);
  texts.same_money_as.resize(policies);
  if (file.has("policy_same_money_as")) {
    const std::vector<std::int32_t> places = file.dataset("policy_same_money_as").read_integers();
    for (std::size_t p = 0; p < std::min(policies, places.size()); ++p)
      if (places[p] >= 0 && static_cast<std::size_t>(places[p]) < policies)
        texts.same_money_as[p] = static_cast<std::size_t>(places[p]);
  }
  texts.held = held_in(file, policies);
  if (file.has_attribute("warnings")) texts.warnings = lines_of(file.text_attribute("warnings"));
  texts.share_of_ten_largest =
      file.has_attribute("share_of_ten_largest") ? file.number_attribute("share_of_ten_largest") : not_told;
  return texts;
}

}  // namespace clientele::output
