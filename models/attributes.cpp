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

Attributes::Attributes(sim::Wiring& wiring) : core_(wiring.core()) {
  const sim::Population* population = wiring.population();
  if (population == nullptr || population->attributes.empty()) return;
  sim::expects(population->attributes.size() <= most_attributes, "there are words for so many attributes");
  std::vector<std::uint32_t> rows;
  if (population->file) {
    rows = rows_by_id(population->file->ids);
    for (const std::uint32_t row : rows) ids_.push_back(population->file->ids[row]);
  }
  for (const sim::Attribute& attribute : population->attributes) {
    sim::expects(attribute.shares.size() == attribute.values.size(), "each value of an attribute has a share");
    One& one = all_.emplace_back(One{AttributeLaw(attribute),
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
  for (const One& one : all_) {
    if (arm.depth(one.values) == 0) continue;
    sim::expects(arm.depth(one.values) == 1, "what a customer is stands in one column");
    const auto first = arm.at(one.values, month.month());
    if (month.first_base() && !one.of_file.empty()) {
      read_file(one, month, first);
    } else {
      const auto words = month.variates().words(one.luck);
      for (std::size_t i = 0; i < first.size(); ++i)
        first[i] = one.law.value_of(truth.empty() ? 0.F : truth[i], sim::normal_of(words[i]));
    }
    for (const sim::Arm& other : month.arms().subspan(1))
      std::ranges::copy(first, other.at(one.values, month.month()).begin());
  }
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
