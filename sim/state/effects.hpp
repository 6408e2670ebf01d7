// Effects: what any behavior may do to a number that another one owns, without either knowing the other.
//
// The owner names what can be moved ("order rate") and how: by factors, or by what is added. Each month begins with
// every customer's effect neutral (1, or 0); steps before the owner's act on it, and the owner reads what has come of
// it. Which range the moved number stays in is for the owner to check, last.
#pragma once
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/core/vector.hpp"

namespace clientele::sim {

enum class Operation { factor, sum };

inline constexpr float neutral(Operation operation) { return operation == Operation::factor ? 1.F : 0.F; }

/// The handle of a behavior that acts.
template <Operation operation>
struct Effect {
  std::uint32_t effect = 0, use = 0;
};
/// The owner's.
template <Operation operation>
struct OwnEffect {
  std::uint32_t effect = 0, use = 0;
};
using Factor = Effect<Operation::factor>;
using Sum = Effect<Operation::sum>;
using OwnFactor = OwnEffect<Operation::factor>;
using OwnSum = OwnEffect<Operation::sum>;

/// An effect on customers as a behavior that acts sees it: it can be multiplied, or added to, and nothing else.
template <Operation operation>
class Acting {
 public:
  class One {
   public:
    explicit One(float& value) : value_(value) {}
    CLIENTELE_INLINE void operator*=(float factor) requires(operation == Operation::factor) { value_ *= factor; }
    CLIENTELE_INLINE void operator+=(float amount) requires(operation == Operation::sum) { value_ += amount; }
    /// Adds a x b, rounded once.
    CLIENTELE_INLINE void add_product(float a, float b) requires(operation == Operation::sum) {
      value_ = std::fma(a, b, value_);
    }

   private:
    float& value_;
  };

  explicit Acting(std::span<float> values) : values_(values) {}
  CLIENTELE_INLINE One operator[](std::size_t customer) const { return One(values_.data()[customer]); }
  std::size_t size() const { return values_.size(); }

 private:
  std::span<float> values_;
};

}  // namespace clientele::sim
