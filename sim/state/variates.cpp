// Makes a block's words by Philox when somebody asks, and keeps them until who or when changes.
#include "sim/state/variates.hpp"

#include <algorithm>
#include <bit>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/random/distributions.hpp"
#include "sim/random/gamma.hpp"
#include "sim/random/philox.hpp"

namespace clientele::sim {
namespace {

/// Philox works on whole vectors, so columns have room beyond their end.
constexpr std::size_t spare = 16;

template <class T>
void make_room(std::vector<T>& column, std::size_t n) {
  if (column.size() < n + spare) column.resize(n + spare);
}

std::uint32_t parity(int month) { return static_cast<std::uint32_t>(month) & 1U; }

/// Fills a column from a column of words by a rule per word.
template <class Rule>
void fill(std::span<float> out, const std::uint32_t* words, Rule rule) {
  float* to = out.data();
  const std::size_t n = out.size();
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) to[i] = rule(words[i]);
}

/// Looked up one by one: values lie where their words say.
void fill_from(const Sample& sample, double factor, const std::uint32_t* words, std::span<float> out) {
  const auto times = static_cast<float>(factor);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = times * value_at(sample, words[i]);
}

void make_normals(std::size_t n, const std::uint32_t* w0, const std::uint32_t* w1, float* first, float* second) {
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) {
    const NormalPair pair = normal_pair(w0[i], w1[i]);
    first[i] = pair.first;
    second[i] = pair.second;
  }
}

/// Nobody has asked for the second of any pair yet.
void make_first_normals(std::size_t n, const std::uint32_t* w0, const std::uint32_t* w1, float* first) {
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) first[i] = normal_pair(w0[i], w1[i]).first;
}

}  // namespace

Variates::Variates(const Layout& layout) {
  for (const Layout::LuckEntry& entry : layout.luck) {
    Entry& made = entries_.emplace_back();
    made.tag = entry.tag;
    made.per = entry.per;
    made.read = entry.words_read;
    if (entry.per == Per::two_months) made.read |= entry.words_read << 2;  // each word of even months has one of odd
  }
}

void Variates::enter_world(const WorldLuck& luck) {
  luck_ = luck;
  for (Entry& entry : entries_) entry.ready = false;
  forget_orders();
}

void Variates::enter_block(std::span<const std::uint32_t> id_low, std::span<const std::uint32_t> id_high) {
  expects(id_low.size() % chunk_size == 0 && id_high.size() == id_low.size(),
          "a block is whole and has two id columns");
  id_low_ = id_low;
  id_high_ = id_high;
  customers_ = id_low.size();
  for (Entry& entry : entries_) entry.ready = false;
  forget_orders();
}

void Variates::enter_month(int month) {
  month_ = month;
  forget_orders();
}

void Variates::enter_orders(std::span<const std::uint32_t> id_low, std::span<const std::uint32_t> id_high,
                            std::span<const std::uint32_t> slots) {
  expects(id_low.size() % chunk_size == 0 && id_high.size() == id_low.size() && slots.size() == id_low.size(),
          "an order list is whole and has two id columns and a slot column");
  forget_orders();
  order_low_ = id_low;
  order_high_ = id_high;
  order_slots_ = slots;
  orders_ = id_low.size();
}

void Variates::forget_orders() {
  for (Entry& entry : entries_)
    if (entry.per == Per::order) entry.ready = false, entry.normals_ready = {};
  orders_ = 0;
  order_low_ = order_high_ = order_slots_ = {};
}

void Variates::make(Entry& entry, std::span<const std::uint32_t> low, std::span<const std::uint32_t> high,
                    const std::uint32_t* slots, int month) {
  const std::size_t n = low.size();
  std::array<std::uint32_t*, 4> words{};
  for (std::size_t w = 0; w < 4; ++w) {
    make_room(entry.words[w], n);
    words[w] = entry.words[w].data();
  }
  const std::uint32_t* second = high.data();
  if (const std::uint32_t tag_bits_of_id_word = entry.tag >> 4 << 18; tag_bits_of_id_word != 0) {
    make_room(tagged_, n);
    for (std::size_t i = 0; i < n; ++i) tagged_[i] = high[i] | tag_bits_of_id_word;
    second = tagged_.data();
  }
  const bool birth = entry.per == Per::birth;
  const Key key = birth ? luck_.birth_key : luck_.key;
  const std::uint32_t world = world_word(birth ? luck_.people : luck_.replication, 0, entry.tag);
  if (slots != nullptr)
    philox(key, n, low.data(), second, slots, world, words.data());
  else
    philox(key, n, low.data(), second, when_word(0, month), world, words.data());
  entry.ready = true;
  entry.month = month;
  philox_blocks_ += n;
  words_read_ += n * static_cast<std::uint64_t>(std::popcount(entry.read));
}

std::array<const std::uint32_t*, 4> Variates::birth_words(std::uint32_t number) {
  Entry& entry = entries_[number];
  if (!entry.ready) make(entry, id_low_, id_high_, nullptr, month_of_traits);
  return {entry.words[0].data(), entry.words[1].data(), entry.words[2].data(), entry.words[3].data()};
}

std::span<const std::uint32_t> Variates::words(MonthLuck luck) {
  Entry& entry = entries_[luck.entry];
  const bool two = entry.per == Per::two_months;
  const int month = two ? month_ - static_cast<int>(parity(month_)) : month_;
  if (!entry.ready || entry.month != month) make(entry, id_low_, id_high_, nullptr, month);
  return {entry.words[luck.word + (two ? 2 * parity(month_) : 0)].data(), customers_};
}

std::uint32_t Variates::common_word(MonthLuck luck, int month) const {
  const Entry& entry = entries_[luck.entry];
  expects(entry.per == Per::month, "what is common to a world is of an entry per month");
  return philox(Address{0, month, 0, entry.tag, 0, luck_.replication}.counter(), luck_.key)[luck.word];
}

std::array<const std::uint32_t*, 4> Variates::order_words(std::uint32_t number) {
  Entry& entry = entries_[number];
  if (!entry.ready) make(entry, order_low_, order_high_, order_slots_.data(), month_);
  return {entry.words[0].data(), entry.words[1].data(), entry.words[2].data(), entry.words[3].data()};
}

std::span<const float> Variates::normals(OrderLuck luck) {
  Entry& entry = entries_[luck.entry];
  const std::size_t first = luck.word / 2 * 2, second = first + 1;
  entry.normals_wanted[luck.word] = true;
  if (!entry.normals_ready[luck.word]) {
    const auto words = order_words(luck.entry);
    for (const std::size_t w : {first, second}) make_room(entry.normals[w], orders_);
    float *one = entry.normals[first].data(), *other = entry.normals[second].data();
    entry.normals_ready[first] = true;
    entry.normals_ready[second] = entry.normals_wanted[second];
    if (entry.normals_wanted[second])
      make_normals(orders_, words[first], words[second], one, other);
    else
      make_first_normals(orders_, words[first], words[second], one);
  }
  return {entry.normals[luck.word].data(), orders_};
}

void Variates::draw(const Law& law, BirthLuck luck, std::span<float> out) {
  expects(out.size() == customers_, "a law is drawn for all customers of a block");
  const float mean = law.values[0], other = law.values[1];
  switch (law.family) {
    case Family::constant:
      std::ranges::fill(out, mean);
      return;
    case Family::uniform:
      return fill(out, words(luck).data(), [=](std::uint32_t w) { return std::fma(other - mean, uniform(w), mean); });
    case Family::normal:
      return fill(out, words(luck).data(), [=](std::uint32_t w) { return std::fma(other, normal_of(w), mean); });
    case Family::lognormal: {
      const Lognormal lognormal{mean, other};
      return fill(out, words(luck).data(), [=](std::uint32_t w) { return lognormal.of(normal_of(w)); });
    }
    case Family::weibull: {
      const Weibull weibull(mean, other);
      return fill(out, words(luck).data(), [=](std::uint32_t w) { return weibull.of(w); });
    }
    case Family::empirical:
      return fill_from(*law.sample, law.sample->factor_to(static_cast<double>(mean)), words(luck).data(), out);
    case Family::gamma:
    case Family::beta:
      break;
  }
  const Entry& entry = entries_[luck.entry];
  expects(entry.read == 15, "a gamma or beta law is drawn from all four words of an entry");
  const bool beta = law.family == Family::beta;
  GammaLuck tries{luck_.birth_key, entry.tag, luck_.people, 0, beta ? 2U : 1U};
  std::uint64_t made = draw_log_gamma(tries, id_low_, id_high_, other, out);
  if (beta) {
    const double second_shape = double{other} * (1.0 - double{mean}) / double{mean};
    const float log_odds = static_cast<float>(log(double{other}) - log(second_shape));
    std::array<float, max_customers_of_a_block> second;
    tries.first_try = 1;
    made +=
        draw_log_gamma(tries, id_low_, id_high_, static_cast<float>(second_shape), std::span(second).first(customers_));
    for (std::size_t i = 0; i < customers_; ++i) out[i] = logistic(out[i] - second[i] + log_odds);
  } else {
    for (float& x : out) x = mean * exp(x);
  }
  philox_blocks_ += made;
  words_read_ += 4 * made;
}

}  // namespace clientele::sim
