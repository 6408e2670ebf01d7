// Holds what the models imply against what firms are like.
#include "tools/clientele/unlikely.hpp"

#include <cmath>

#include "sim/core/printable.hpp"
#include "sim/roll_out.hpp"
#include "tools/clientele/beginning.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/stated.hpp"

namespace clientele::tools {
namespace {

/// What the median order brings and what it costs to deliver.
struct MedianOrder {
  double value = 0, margin = 0, cost = 0;
  bool loses(double discount) const { return value * (margin - discount) < cost; }
};

MedianOrder median_order(const Stated& stated) {
  const std::vector<double> value = stated.numbers("purchasing", "order_value");
  double variance = 0;
  for (std::size_t n = 1; n < value.size(); ++n) variance += value[n] * value[n];
  return {value.front() * std::exp(-variance / 2), stated.number("accounting", "gross_margin"),
          stated.number("logistics", "shipping") + stated.number("logistics", "handling") +
              stated.number("logistics", "per_km") * stated.number("logistics", "distance")};
}

std::string of_group(const sim::Study& study, const sim::Group& group) {
  return study.population.groups.size() > 1 ? " of group " + sim::printable(group.name) : "";
}

void add_losses(const sim::Study& study, const sim::Catalogue& catalogue, const sim::Group& group,
                std::vector<std::string>& warnings) {
  const Stated stated(study, catalogue, group);
  const MedianOrder order = median_order(stated);
  const std::string of = of_group(study, group);
  if (order.loses(0))
    return warnings.push_back("most orders" + of + " lose money before any discount: the median one is worth " +
                              in_short(order.value) + " and costs " + in_short(order.cost) +
                              " to deliver, at a margin of " + in_short(order.margin));
  for (const sim::Policy& policy : study.policies)
    for (const sim::Tier& tier : sim::own_tiers(policy))
      if (const double discount = stated.lever(tier, "purchasing", "discount"); order.loses(discount))
        warnings.push_back("most orders" + of + " lose money in tier " + sim::printable(tier.name) + " of policy " +
                           sim::printable(policy.name) + ": a discount of " + in_short(discount) + " of a margin of " +
                           in_short(order.margin) + ", and " + in_short(order.cost) + " to deliver a median order of " +
                           in_short(order.value));
}

/// Values of a file differ from the law that stands beside them.
bool values_are_drawn(const sim::Study& study, const sim::Catalogue& catalogue) {
  if (!study.population.file) return true;
  for (const sim::CustomerFile::KnownTrait& trait : study.population.file->traits)
    if (trait.field == catalogue.field_at("purchasing.order_value")) return false;
  return true;
}

}  // namespace

std::vector<std::string> unlikely_in(const sim::Study& study, const sim::Catalogue& catalogue) {
  std::vector<std::string> warnings;
  if (const std::string melting = melting_in_words(study, catalogue); !melting.empty()) warnings.push_back(melting);
  if (values_are_drawn(study, catalogue))
    for (const sim::Group& group : study.population.groups) add_losses(study, catalogue, group, warnings);
  return warnings;
}

}  // namespace clientele::tools
