// A smooth function of one number, as cubics between equal steps: made once in double, read once per customer in float.
#pragma once
#include <cstddef>
#include <vector>

#include "sim/core/math.hpp"

namespace clientele::models {

/// Hermite's cubics: values and slopes are met at each knot, and between them the error is step^4 / 384 of the largest
/// fourth derivative. Beyond the ends it stays at what it is there.
class SmoothCurve {
 public:
  struct Knot {
    double value = 0, slope = 0;
  };

  SmoothCurve() = default;
  /// At least two knots, the first at `low`, each `step` (above 0) after the one before.
  SmoothCurve(double low, double step, const std::vector<Knot>& knots)
      : inverse_step_(static_cast<float>(1 / step)),
        shift_(static_cast<float>(-low / step)),
        last_(static_cast<float>(knots.size() - 1)) {
    pieces_.clear();
    pieces_.reserve(knots.size());
    for (std::size_t i = 0; i + 1 < knots.size(); ++i) {
      const double from = knots[i].slope * step, to = knots[i + 1].slope * step;
      const double rise = knots[i + 1].value - knots[i].value;
      pieces_.push_back({static_cast<float>(knots[i].value), static_cast<float>(from),
                         static_cast<float>(3 * rise - 2 * from - to), static_cast<float>(from + to - 2 * rise)});
    }
    pieces_.push_back({static_cast<float>(knots.back().value), 0, 0, 0});
  }

  CLIENTELE_INLINE float of(float x) const {
    const float place = std::fma(x, inverse_step_, shift_), floor = place > 0.F ? place : 0.F;
    const float inside = floor < last_ ? floor : last_;
    const auto at = static_cast<std::int32_t>(inside);
    const float part = inside - static_cast<float>(at);
    const Piece& piece = pieces_[static_cast<std::size_t>(at)];
    return std::fma(std::fma(std::fma(piece.cubed, part, piece.squared), part, piece.slope), part, piece.value);
  }

 private:
  struct Piece {
    float value, slope, squared, cubed;
  };

  float inverse_step_ = 0, shift_ = 0, last_ = 0;
  std::vector<Piece> pieces_ = std::vector<Piece>(1);  ///< the last only holds the value at the end
};

}  // namespace clientele::models
