// Each block's customers are given their values when they are made, once for all months.
#include "models/attributes.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/addresses.hpp"
#include "sim/random/ids.hpp"

namespace clientele::models {

namespace {

constexpr std::array<sim::WordAddress, most_attributes> words_of_attributes{
    addresses.of("first attribute"), addresses.of("second attribute"), addresses.of("third attribute"),
    addresses.of("fourth attribute")};

/// The normal that a word stands for at this part of all words.
float cut_at(double part) {
  constexpr double words = 0x1p32;
  constexpr float infinity = std::numeric_limits<float>::infinity();
  const double word = std::rint(part * words);
  if (word <= 0) return -infinity;
  return word >= words ? infinity : sim::normal_of(static_cast<std::uint32_t>(word));
}

/// Of the scales of two attributes; 0 where no pair names them.
double covariance_beside_worth(const sim::Population& population, std::size_t one, std::size_t other) {
  for (const sim::AttributePair& pair : population.attribute_pairs)
    if ((pair.one == one && pair.other == other) || (pair.one == other && pair.other == one))
      return pair.correlation - population.attributes[one].correlation * population.attributes[other].correlation;
  return 0;
}

/// Rows of a file in the order of its customers' ids.
std::vector<std::uint32_t> rows_by_id(const std::vector<std::uint64_t>& ids) {
  std::vector<std::uint32_t> rows(ids.size());
  std::iota(rows.begin(), rows.end(), 0U);
  std::ranges::sort(rows, {}, [&](std::uint32_t row) { return ids[row]; });
  return rows;
}

}  // namespace

AttributeLaw::AttributeLaw(const sim::Attribute& attribute)
    : correlation(static_cast<float>(attribute.correlation)), luck(std::sqrt(1.F - correlation * correlation)) {
  double reached = 0;
  for (std::size_t v = 0; v + 1 < attribute.values.size(); ++v) cuts.push_back(cut_at(reached += attribute.shares[v]));
}

/// The root of what is left of the scales beside worth, row by row; a scale that the ones before it say whole has no
/// luck of its own.
std::vector<AttributeLaw> attribute_laws(const sim::Population& population) {
  constexpr double nothing = 1e-6;
  const std::size_t n = population.attributes.size();
  std::vector<AttributeLaw> laws;
  std::vector<std::vector<double>> root(n, std::vector<double>(n, 0));
  for (std::size_t k = 0; k < n; ++k) {
    const double c = population.attributes[k].correlation;
    laws.emplace_back(population.attributes[k]);
    double left = 1 - c * c;
    for (std::size_t j = 0; j < k; ++j) {
      double sum = covariance_beside_worth(population, k, j);
      for (std::size_t m = 0; m < j; ++m) sum -= root[k][m] * root[j][m];
      root[k][j] = root[j][j] > nothing ? sum / root[j][j] : 0;
      left -= root[k][j] * root[k][j];
    }
    root[k][k] = std::sqrt(std::max(left, 0.0));
    if (std::ranges::all_of(root[k].begin(), root[k].begin() + static_cast<std::ptrdiff_t>(k),
                            [](double weight) { return weight == 0; }))
      continue;
    laws[k].luck = static_cast<float>(root[k][k]);
    for (std::size_t j = 0; j < k; ++j) laws[k].lucks_before.push_back(static_cast<float>(root[k][j]));
  }
  return laws;
}

Attributes::Attributes(sim::Wiring& wiring) : core_(wiring.core()) {
  const sim::Population* population = wiring.population();
  if (population == nullptr || population->attributes.empty()) return;
  sim::expects(population->attributes.size() <= most_attributes, "there are words for so many attributes");
  std::vector<std::uint32_t> rows;
  if (population->file) {
    rows = rows_by_id(population->file->ids);
    for (const std::uint32_t row : rows) ids_.push_back(population->file->ids[row]);
  }
  const std::vector<AttributeLaw> laws = attribute_laws(*population);
  for (const sim::Attribute& attribute : population->attributes) {
    sim::expects(attribute.shares.size() == attribute.values.size(), "each value of an attribute has a share");
    One& one = all_.emplace_back(One{laws[all_.size()],
                                     wiring.birth_luck(words_of_attributes[all_.size()]),
                                     wiring.own_ring<std::int32_t>("attribute/" + attribute.name, sim::Sight::observed),
                                     {}});
    for (std::size_t n = 0; n < rows.size() && !attribute.by_row.empty(); ++n)
      one.of_file.push_back(static_cast<std::int32_t>(attribute.by_row[rows[n]]));
  }
}

bool Attributes::need_truth(const sim::Arm& arm) const {
  return std::ranges::any_of(all_,
                             [&](const One& one) { return arm.depth(one.values) > 0 && one.law.correlation != 0; });
}

void Attributes::give(sim::BlockMonth& month, std::span<const float> truth) const {
  if (month.arms().empty()) return;
  const sim::Arm& arm = month.arms().front();
  for (std::size_t number = 0; number < all_.size(); ++number) {
    const One& one = all_[number];
    if (arm.depth(one.values) == 0) continue;
    sim::expects(arm.depth(one.values) == 1, "what a customer is stands in one column");
    const auto first = arm.at(one.values, month.month());
    if (month.first_base() && !one.of_file.empty())
      read_file(one, month, first);
    else
      draw(number, month, truth, first);
    for (const sim::Arm& other : month.arms().subspan(1))
      std::ranges::copy(first, other.at(one.values, month.month()).begin());
  }
}

void Attributes::draw(std::size_t number, sim::BlockMonth& month, std::span<const float> truth,
                      std::span<std::int32_t> values) const {
  const AttributeLaw& law = all_[number].law;
  std::vector<float> scale(values.size());
  const auto words = month.variates().words(all_[number].luck);
  for (std::size_t i = 0; i < values.size(); ++i)
    scale[i] = law.scale_of(truth.empty() ? 0.F : truth[i], sim::normal_of(words[i]));
  for (std::size_t before = 0; before < law.lucks_before.size(); ++before) {
    if (law.lucks_before[before] == 0.F) continue;
    const auto others = month.variates().words(all_[before].luck);
    for (std::size_t i = 0; i < values.size(); ++i) scale[i] += law.lucks_before[before] * sim::normal_of(others[i]);
  }
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = law.value_at(scale[i]);
}

void Attributes::read_file(const One& one, const sim::BlockMonth& month, std::span<std::int32_t> values) const {
  const auto low = month[core_.id_low], high = month[core_.id_high];
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::uint64_t id = (std::uint64_t{high[i]} << 32 | low[i]) & 0xffff'ffff'ffffULL;
    const auto found = std::ranges::lower_bound(ids_, id);
    sim::expects(found != ids_.end() && *found == id, "a customer of the first base stands in the file");
    values[i] = one.of_file[static_cast<std::size_t>(found - ids_.begin())];
  }
}

}  // namespace clientele::models
