// Gamma of any shape for whole blocks of customers, by rejection: tries have addresses, so nobody's luck depends on
// neighbors.
#pragma once
#include <cstdint>
#include <span>

#include "sim/core/api.hpp"
#include "sim/random/address.hpp"

namespace clientele::sim {

/// Where the tries of a sampler stand: try `first_try`, then each `try_step` further, as long as tries have addresses.
struct GammaLuck {
  Key key;
  std::uint32_t tag = 0, people = 0;
  std::uint32_t first_try = 0, try_step = 1;
};

/// log(X / shape) for X of a gamma law, one per customer, for shapes from 0.01 to 1e4; logs do not underflow. Lives at
/// birth addresses: rejection has no place where a lever may change the shape. Reads the four words of each try: a
/// normal (two words), acceptance, and the power that lowers a shape below 1. A try fails with a chance below 0.05; who
/// failed all of at least 32 gets the law's middle. Spans are of one length, a multiple of 64 and at most 1024.
/// Returns how many blocks of four words were made.
CLIENTELE_API std::uint64_t draw_log_gamma(const GammaLuck& luck, std::span<const std::uint32_t> id_low,
                                           std::span<const std::uint32_t> id_high, float shape, std::span<float> out);

}  // namespace clientele::sim
