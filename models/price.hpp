// What a price does to orders: a lasting response, one to what is usual, and orders that are only borrowed.
#pragma once
#include <cstdint>

#include "sim/core/math.hpp"

namespace clientele::models {

/// With x = log(1 - discount) the log of the price over the list's, and X that of the price which a customer takes for
/// usual, mean orders are multiplied by
///   m = exp(e_i (unmatched x x + g (x - X))),  g = reference_gain where x < X, reference_loss where x > X,
/// e_i = elasticity x a lognormal factor with mean 1. What competitors match (1 - unmatched) moves nobody, and keeps
/// the margin given. X follows the price: X' = memory X + (1 - memory) x. A discount that is withdrawn leaves a price
/// above the usual one for a while, and that hurts more than the discount had helped (Kalyanaram and Winer 1995).
CLIENTELE_INLINE float log_price(float discount) { return sim::log(1.F - discount); }

/// What competitors leave of a discount that a customer has had for so many months.
CLIENTELE_INLINE float unmatched_share(float matches, std::int32_t months, std::int32_t matched_after) {
  return months >= matched_after ? 1.F - matches : 1.F;
}

CLIENTELE_INLINE float price_effect(float log_price, float usual, float response, float unmatched, float gain,
                                    float loss) {
  const float above = log_price - usual;
  return sim::exp(response * (unmatched * log_price + (above > 0.F ? loss : gain) * above));
}

CLIENTELE_INLINE float next_usual_price(float usual, float log_price, float memory) {
  return memory * usual + (1.F - memory) * log_price;
}

/// Orders of a month, on average, and the balance of those that are borrowed.
struct Borrowing {
  float orders = 0, balance = 0;
};

/// Of the orders that a price adds to `usual_orders` a share phi is borrowed from later months:
///   orders = m lambda - d B,  B' = (1 - d) B + phi (m - 1) lambda,
/// but not below 0: then less is paid back. So exactly phi of a bump is paid back at every size, and of a lasting
/// discount 1 - phi is kept: B* = phi (m - 1) lambda / d. A price above the list's postpones orders alike (B < 0).
/// Source: phi of van Heerde, Leeflang, Wittink 2004; the balance is a definition.
CLIENTELE_INLINE Borrowing borrow(float usual_orders, float effect, float balance, float phi, float payback_rate) {
  const float orders = usual_orders * effect, due = payback_rate * balance;
  const float paid = due < orders ? due : orders;
  return {orders - paid, (balance - paid) + phi * (orders - usual_orders)};
}

}  // namespace clientele::models
