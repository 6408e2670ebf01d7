// Each word is made anew whenever it is asked for.
#include "tests/reference/luck.hpp"

#include <cmath>

#include "sim/core/math.hpp"
#include "sim/random/distributions.hpp"
#include "sim/random/philox.hpp"
#include "sim/random/poisson.hpp"

namespace clientele::tests {

namespace {

/// Two replications live with the same people where they are paired.
std::uint32_t people_of(const sim::Study& study, std::uint32_t replication) {
  switch (study.population.people) {
    case sim::People::redrawn:
      return replication;
    case sim::People::paired:
      return replication / 2;
    case sim::People::fixed:
      break;
  }
  return 0;
}

}  // namespace

Luck::Luck(const sim::Study& study, const sim::Cell& cell)
    : replication_(cell.replication), people_(people_of(study, cell.replication)) {
  const std::uint32_t luck_draw = study.luck == sim::Luck::common ? 0 : cell.draw;
  const bool people_stay = study.population.people == sim::People::fixed;
  key_ = {study.seed, luck_draw};
  birth_key_ = {study.seed, people_stay ? 0 : luck_draw};
}

std::uint32_t Luck::of_month(sim::WordAddress word, std::uint64_t id, int month) const {
  const bool odd = month % 2 != 0, two = word.per == sim::Per::two_months;
  const sim::Address at{id, two && odd ? month - 1 : month, 0, word.tag, 0, replication_};
  return sim::philox(at.counter(), key_)[word.word + (two && odd ? 2 : 0)];
}

FourWords Luck::of_order(sim::WordAddress word, std::uint64_t id, int month, std::uint32_t slot) const {
  return sim::philox(sim::Address{id, month, slot, word.tag, 0, replication_}.counter(), key_);
}

FourWords Luck::at_birth(sim::WordAddress word, std::uint64_t id, std::uint32_t attempt) const {
  return sim::philox(sim::Address{id, sim::month_of_traits, 0, word.tag, attempt, people_}.counter(), birth_key_);
}

/// log(X / shape) by Marsaglia and Tsang 2000, try after try; the arithmetic of sim/random/gamma.cpp, one at a time.
float Luck::log_gamma_variate(double shape, sim::WordAddress word, std::uint64_t id, std::uint32_t first_try,
                              std::uint32_t step) const {
  const double raised = (shape < 1.0 ? shape + 1.0 : shape) - 1.0 / 3;
  const auto d = static_cast<float>(raised), c = static_cast<float>(1.0 / std::sqrt(9.0 * raised));
  const auto log_scale = static_cast<float>(sim::log(raised / shape));
  const float power = shape < 1.0 ? static_cast<float>(1.0 / shape) : 0.F;
  for (std::uint32_t attempt = first_try; attempt < 1U << sim::try_bits; attempt += step) {
    const FourWords w = at_birth(word, id, attempt);
    const float z = sim::normal_pair(w[0], w[1]).first, x = c * z;
    if (!(x > -0.999F)) continue;
    const float log_v = 3.F * sim::log1p(x);
    const float log_v_plus_1_less_v = log_v - x * std::fma(std::fma(x, 1.F, 3.F), x, 3.F);
    if (!(sim::log(sim::uniform(w[2])) < std::fma(d, log_v_plus_1_less_v, 0.5F * z * z))) continue;
    return std::fma(power, sim::log(sim::uniform(w[3])), log_v + log_scale);
  }
  return log_scale;
}

namespace {

/// Counts up the values, each of which has its share of all words.
float of_sample(const sim::Law& law, std::uint32_t word) {
  const std::vector<float>& values = law.sample->values;
  const std::uint64_t n = values.size(), words = std::uint64_t{1} << 32U;
  std::uint64_t place = word / (words / n + 1);
  while ((place + 1) * words <= n * word) ++place;
  double sum = 0;
  for (const float value : values) sum += double{value};
  const double mean = values.front() == values.back() ? double{values.front()} : sum / static_cast<double>(n);
  if (mean == 0 || law.values[0] == static_cast<float>(mean)) return values[place];
  return static_cast<float>(double{law.values[0]} / mean) * values[place];
}

}  // namespace

float Luck::trait(const sim::Law& law, sim::WordAddress word, std::uint64_t id) const {
  const float mean = law.values[0], other = law.values[1];
  switch (law.family) {
    case sim::Family::constant:
      return mean;
    case sim::Family::uniform:
      return std::fma(other - mean, sim::uniform(of_birth(word, id)), mean);
    case sim::Family::normal:
      return std::fma(other, sim::normal_of(of_birth(word, id)), mean);
    case sim::Family::lognormal:
      return sim::Lognormal{mean, other}.of(sim::normal_of(of_birth(word, id)));
    case sim::Family::weibull:
      return sim::Weibull(mean, other).of(of_birth(word, id));
    case sim::Family::empirical:
      return of_sample(law, of_birth(word, id));
    case sim::Family::gamma:
      return mean * sim::exp(log_gamma_variate(other, word, id, 0, 1));
    case sim::Family::beta:
      break;
  }
  const double a = other, b = a * (1.0 - double{mean}) / double{mean};
  const float first = log_gamma_variate(a, word, id, 0, 2);
  const float second = log_gamma_variate(static_cast<float>(b), word, id, 1, 2);
  return sim::logistic(first - second + static_cast<float>(sim::log(a) - sim::log(b)));
}

int Luck::arrivals(std::uint32_t group, int month, double mean) const {
  if (!(mean > 0)) return 0;
  const sim::Address at{group, month, 0, sim::tag_of_arrivals, 0, replication_};
  return sim::poisson(sim::philox(at.counter(), key_)[0], mean);
}

}  // namespace clientele::tests
