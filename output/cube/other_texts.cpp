// Attributes are compared by name, and so are variables that are no numbers of cells.
#include "output/cube/other_texts.hpp"

#include <algorithm>

#include "output/cube/axis_of_both.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

namespace {

/// A text attribute, or a number; lists (flags, references of axes) follow from the rest.
std::string said(const Hdf5Node& node, const std::string& attribute) {
  if (!node.has_attribute(attribute)) return "";
  return node.is_text_attribute(attribute) ? node.text_attribute(attribute)
                                           : sim::shortest_text(node.number_attribute(attribute));
}

std::vector<std::string> names_in_either(const Hdf5Node& first, const Hdf5Node& second) {
  std::vector<std::string> names = first.attributes();
  for (const std::string& name : second.attributes())
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  return names;
}

/// The same numbers or texts, in the same shape.
bool is_same(const Hdf5Dataset& first, const Hdf5Dataset& second) {
  if (first.extent() != second.extent()) return false;
  for (const Element element : {Element::text, Element::float64, Element::int32, Element::int8}) {
    if (first.holds(element) != second.holds(element)) return false;
    if (!first.holds(element)) continue;
    if (element == Element::text) return first.read_texts() == second.read_texts();
    if (element == Element::float64) return first.read() == second.read();
    return first.read_integers() == second.read_integers();
  }
  return true;
}

bool has_text(const Hdf5Node& node, const std::string& attribute) {
  return node.has_attribute(attribute) && node.is_text_attribute(attribute);
}

void add_texts_of(const std::string& name, const Hdf5Dataset& first, const Hdf5Dataset& second,
                  std::vector<std::string>& differing) {
  for (const std::string& attribute : names_in_either(first, second))
    if ((has_text(first, attribute) || has_text(second, attribute)) &&
        said(first, attribute) != said(second, attribute))
      differing.push_back(name + "." + attribute);
}

bool is_axis(const Hdf5Dataset& variable) {
  const std::vector<std::string> attributes = variable.attributes();
  return std::ranges::find(attributes, "CLASS") != attributes.end();
}

}  // namespace

std::vector<std::string> other_texts(const Hdf5Reader& first, const Hdf5Reader& second) {
  std::vector<std::string> differing;
  for (const std::string& attribute : names_in_either(first, second))
    if (said(first, attribute) != said(second, attribute)) differing.push_back(attribute);
  const std::vector<std::string> of_cells = axes_of_cells();
  for (const std::string& name : first.datasets()) {
    if (!second.has(name) || name == "done") continue;
    const Hdf5Dataset one = first.dataset(name), other = second.dataset(name);
    const bool same = one.has_attribute("role") || is_same(one, other);
    const bool counts = std::ranges::find(of_cells, name) == of_cells.end();
    if (!same && counts && (one.extent() == other.extent() || is_axis(one))) differing.push_back(name);
    if (same) add_texts_of(name, one, other, differing);
  }
  return differing;
}

}  // namespace clientele::output
