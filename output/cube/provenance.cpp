// One column of text per question: what a field is, what it means, how well it is known, and from where.
#include "output/cube/provenance.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

#include "output/cube/wording.hpp"
#include "sim/core/check.hpp"

namespace clientele::output {

using sim::Assumption;
using sim::LeverUse;

namespace {

template <class List, class Part>
std::vector<std::string> column_of(const List& list, Part part) {
  std::vector<std::string> texts;
  for (const auto& item : list) texts.push_back(item.*part);
  return texts;
}

void write_texts(Hdf5Writer& file, const Dimensions& dimensions, const std::string& axis, const std::string& name,
                 const std::vector<std::string>& texts, const std::string& meaning) {
  Hdf5Dataset dataset = file.make(name, Element::text, dimensions.extent({axis}));
  dataset.write(texts);
  dataset.attribute("long_name", meaning);
  dimensions.attach(dataset, {axis});
}

void write_fields(Hdf5Writer& file, const Dimensions& dimensions, const std::vector<Assumption>& fields) {
  const auto write = [&](const std::string& name, std::string Assumption::*part, const std::string& meaning) {
    write_texts(file, dimensions, "field", name, column_of(fields, part), meaning);
  };
  write("field_value", &Assumption::value, "value of a field, with the values of groups that have their own");
  write("field_meaning", &Assumption::meaning, "what a field means");
  write("field_mark", &Assumption::mark,
        "how well a value is known: quoted, computed, seen, closed form, fiction, guess, or stated by the study");
  write("field_source", &Assumption::source, "where a value comes from");
  write("field_called", &Assumption::called, "what people call a field, empty where it has no such name");
  std::vector<std::int8_t> uncertain;
  for (const Assumption& field : fields) uncertain.push_back(field.uncertain ? 1 : 0);
  write_flags(file, dimensions, "field_uncertain", {"field"}, uncertain, "whether draws vary a field",
              "fixed uncertain");
}

void write_levers(Hdf5Writer& file, const Dimensions& dimensions, const Source& source) {
  const std::vector<LeverUse>& levers = source.info.levers;
  write_texts(file, dimensions, "lever", "lever_cost", column_of(levers, &LeverUse::cost),
              "what a lever costs the firm, empty where nothing is modelled");
  write_texts(file, dimensions, "lever", "lever_benefit", column_of(levers, &LeverUse::benefit),
              "what a lever buys the firm, empty where nothing is modelled");
  std::vector<std::string> rests_on;
  for (const LeverUse& lever : levers) rests_on.push_back(in_lines(lever.rests_on));
  write_texts(file, dimensions, "lever", "lever_rests_on", rests_on,
              "paths of the fields that say how much a lever buys, one a line");
  std::vector<std::int8_t> used;
  for (const sim::Policy& policy : source.study.policies)
    for (const LeverUse& lever : levers)
      used.push_back(std::count(lever.policies.begin(), lever.policies.end(), policy.name) > 0 ? 1 : 0);
  write_flags(file, dimensions, "lever_used", {"policy", "lever"}, used, "whether a policy gives a tier its own value",
              "left used");
}

[[noreturn]] void refuse_variable(const std::string& name) {
  throw sim::UserError("variable \"" + name +
                       "\" of the cube is not as it should be. Is the file no cube of clientele?");
}

Hdf5Dataset sized(const Hdf5File& file, const std::string& name, Element element, const Extent& extent) {
  if (!file.has(name)) refuse_variable(name);
  Hdf5Dataset dataset = file.dataset(name);
  if (!dataset.holds(element) || dataset.extent() != extent) refuse_variable(name);
  return dataset;
}

std::vector<std::string> labels_of(const Hdf5File& file, const std::string& axis) {
  if (!file.has(axis)) return {};
  const Hdf5Dataset dataset = file.dataset(axis);
  if (!dataset.holds(Element::text)) refuse_variable(axis);
  return dataset.read_texts();
}

template <class Item>
void read_into(std::vector<Item>& items, const Hdf5File& file, const std::string& name, std::string Item::*part) {
  std::vector<std::string> texts = sized(file, name, Element::text, {items.size()}).read_texts();
  for (std::size_t i = 0; i < items.size(); ++i) items[i].*part = std::move(texts[i]);
}

}  // namespace

void add_provenance_dimensions(Dimensions& dimensions, const sim::OutcomeInfo& info) {
  if (!info.assumptions.empty())
    dimensions.add("field", column_of(info.assumptions, &Assumption::path), "value that futures depend on");
  if (!info.levers.empty())
    dimensions.add("lever", column_of(info.levers, &LeverUse::path), "what a policy gives to a tier");
}

void write_provenance(Hdf5Writer& file, const Dimensions& dimensions, const Source& source) {
  if (!source.info.assumptions.empty()) write_fields(file, dimensions, source.info.assumptions);
  if (!source.info.levers.empty()) write_levers(file, dimensions, source);
}

std::vector<Assumption> read_assumptions(const Hdf5File& file) {
  std::vector<Assumption> fields;
  for (const std::string& path : labels_of(file, "field")) fields.push_back({.path = path});
  if (fields.empty()) return fields;
  read_into(fields, file, "field_value", &Assumption::value);
  read_into(fields, file, "field_meaning", &Assumption::meaning);
  read_into(fields, file, "field_mark", &Assumption::mark);
  read_into(fields, file, "field_source", &Assumption::source);
  if (file.has("field_called")) read_into(fields, file, "field_called", &Assumption::called);
  const auto uncertain = sized(file, "field_uncertain", Element::int8, {fields.size()}).read_integers();
  for (std::size_t f = 0; f < fields.size(); ++f) fields[f].uncertain = uncertain[f] != 0;
  return fields;
}

std::vector<LeverUse> read_levers(const Hdf5File& file, const std::vector<std::string>& policies) {
  std::vector<LeverUse> levers;
  for (const std::string& path : labels_of(file, "lever")) levers.push_back({.path = path});
  if (levers.empty()) return levers;
  read_into(levers, file, "lever_cost", &LeverUse::cost);
  read_into(levers, file, "lever_benefit", &LeverUse::benefit);
  if (file.has("lever_rests_on")) {
    const auto rests_on = sized(file, "lever_rests_on", Element::text, {levers.size()}).read_texts();
    for (std::size_t l = 0; l < levers.size(); ++l) levers[l].rests_on = lines_of(rests_on[l]);
  }
  const auto used = sized(file, "lever_used", Element::int8, {policies.size(), levers.size()}).read_integers();
  for (std::size_t p = 0; p < policies.size(); ++p)
    for (std::size_t l = 0; l < levers.size(); ++l)
      if (used[p * levers.size() + l] != 0) levers[l].policies.push_back(policies[p]);
  return levers;
}

}  // namespace clientele::output
