// Prospects, one customer: what is said of him when he comes, and ever after.
#pragma once
#include "models/addresses.hpp"
#include "models/prospects.hpp"
#include "sim/random/distributions.hpp"
#include "tests/reference/models/margin.hpp"
#include "tests/reference/models/purchasing.hpp"

namespace clientele::tests {

struct Judged {
  float points = 0;
  std::vector<std::uint32_t> attributes = {};  ///< values, as numbered in the study
};

inline models::WorthScale worth_scale_of(const Scene& scene) {
  const sim::Study& study = scene.setting.study();
  models::KnownWorth known;
  for (std::size_t f = 0; f < known.size() && study.population.file; ++f) {
    const std::string_view path = models::fields_of_worth[f];
    const std::size_t dot = path.find('.');
    for (const auto& trait : study.population.file->traits)
      if (trait.field == scene.setting.field(path.substr(0, dot), path.substr(dot + 1))) known[f] = trait.values;
  }
  std::vector<const models::PurchasingParameters*> purchasing;
  std::vector<const models::AccountingParameters*> accounting;
  for (std::uint32_t g = 0; g < study.population.groups.size(); ++g) {
    purchasing.push_back(&scene.setting.parameters<models::PurchasingParameters>("purchasing", g));
    accounting.push_back(&scene.setting.parameters<models::AccountingParameters>("accounting", g));
  }
  return models::worth_scale(models::worth_of_base(study.population, known), purchasing, accounting);
}

inline void be_born(const Scene& scene, const Customer& who, Judged& judged, const Buyer& buyer, const Earner& earner) {
  const auto& p = scene.setting.parameters<models::ProspectsParameters>("prospects", who.group);
  const models::WorthScale scale = worth_scale_of(scene);
  const float worth = models::log_of_worth(buyer.order_rate, buyer.order_value, earner.gross_margin, scale.usual);
  const float z = sim::normal_of(scene.luck.of_birth(models::addresses.of("prospects"), who.id));
  judged.points = models::prospects_points(worth, scale, p.correlation, p.luck, z);
  constexpr std::array words{models::addresses.of("first attribute"), models::addresses.of("second attribute"),
                             models::addresses.of("third attribute"), models::addresses.of("fourth attribute")};
  const sim::Population& population = scene.setting.study().population;
  const auto laws = models::attribute_laws(population);
  for (const sim::Attribute& attribute : population.attributes) {
    const std::size_t number = judged.attributes.size();
    const auto luck_of = [&](std::size_t n) { return sim::normal_of(scene.luck.of_birth(words[n], who.id)); };
    float x = laws[number].scale_of(models::truth_of(worth, scale), luck_of(number));
    for (std::size_t before = 0; before < laws[number].lucks_before.size(); ++before)
      x += laws[number].lucks_before[before] * luck_of(before);
    const bool is_said = who.row && !attribute.by_row.empty();
    judged.attributes.push_back(is_said ? attribute.by_row[*who.row]
                                        : static_cast<std::uint32_t>(laws[number].value_at(x)));
  }
}

}  // namespace clientele::tests
