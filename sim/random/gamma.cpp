// Marsaglia and Tsang's gamma sampler: a vector loop makes a try for all who still need one, a scalar loop packs the
// rest.
#include "sim/random/gamma.hpp"

#include <array>
#include <cmath>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/random/philox.hpp"

namespace clientele::sim {
namespace {

constexpr std::size_t room = max_customers_of_a_block + 16;
constexpr std::uint32_t tries = 1U << try_bits;

/// Source: Marsaglia and Tsang 2000, "A simple method for generating gamma variables"; a shape below 1 is raised by 1
/// and its variate multiplied by u^(1 / shape).
struct Shape {
  float d, c, log_scale, power;

  explicit Shape(double shape) {
    const double raised = (shape < 1.0 ? shape + 1.0 : shape) - 1.0 / 3;
    d = static_cast<float>(raised);
    c = static_cast<float>(1.0 / std::sqrt(9.0 * raised));
    log_scale = static_cast<float>(log(raised / shape));
    power = shape < 1.0 ? static_cast<float>(1.0 / shape) : 0.F;
  }
};

struct Block {
  alignas(64) std::array<std::uint32_t, room> who{}, low{}, high{};
  alignas(64) std::array<std::array<std::uint32_t, room>, 4> words;
  alignas(64) std::array<float, room> value;
  alignas(64) std::array<std::int32_t, room> accepted;
};

/// One try for the first n of the block, n a multiple of 16.
void make_try(Block& block, std::size_t n, const Shape& shape) {
  const std::uint32_t *w0 = block.words[0].data(), *w1 = block.words[1].data();
  const std::uint32_t *w2 = block.words[2].data(), *w3 = block.words[3].data();
  float* value = block.value.data();
  std::int32_t* accepted = block.accepted.data();
  const float d = shape.d, c = shape.c, log_scale = shape.log_scale, power = shape.power;
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) {
    const float z = normal_pair(w0[i], w1[i]).first, x = c * z;
    const float inside = x > -0.999F ? x : -0.999F, log_v = 3.F * log1p(inside);
    const float rest = log_v - inside * std::fma(std::fma(inside, 1.F, 3.F), inside, 3.F);  // log v + 1 - v
    const float bound = std::fma(d, rest, 0.5F * z * z);
    accepted[i] = static_cast<std::int32_t>(log(uniform(w2[i])) < bound) & static_cast<std::int32_t>(x > -0.999F);
    value[i] = std::fma(power, log(uniform(w3[i])), log_v + log_scale);
  }
}

}  // namespace

std::uint64_t draw_log_gamma(const GammaLuck& luck, std::span<const std::uint32_t> id_low,
                             std::span<const std::uint32_t> id_high, float shape, std::span<float> out) {
  expects(out.size() <= max_customers_of_a_block && out.size() == id_low.size() && out.size() == id_high.size(),
          "gamma variates are drawn for a block of customers");
  expects(shape > 0 && luck.try_step > 0 && luck.try_step <= 2, "a gamma law has a positive shape and enough tries");
  Block block;
  const Shape of(shape);
  std::uint32_t* const words[4] = {block.words[0].data(), block.words[1].data(), block.words[2].data(),
                                   block.words[3].data()};
  std::size_t left = out.size();
  for (std::size_t i = 0; i < left; ++i) {
    block.who[i] = static_cast<std::uint32_t>(i);
    block.low[i] = id_low[i];
    block.high[i] = who_word(id_high[i], luck.tag);
  }
  std::uint64_t made = 0;
  for (std::uint32_t attempt = luck.first_try; attempt < tries && left > 0; attempt += luck.try_step) {
    philox(luck.key, left, block.low.data(), block.high.data(), when_word(0, month_of_traits),
           world_word(luck.people, attempt, luck.tag), words);
    make_try(block, (left + 15) / 16 * 16, of);
    made += left;
    std::size_t rejected = 0;
    for (std::size_t i = 0; i < left; ++i) {
      if (block.accepted[i] != 0) {
        out[block.who[i]] = block.value[i];
        continue;
      }
      block.who[rejected] = block.who[i];
      block.low[rejected] = block.low[i];
      block.high[rejected++] = block.high[i];
    }
    left = rejected;
  }
  for (std::size_t i = 0; i < left; ++i) out[block.who[i]] = of.log_scale;
  return made;
}

}  // namespace clientele::sim
