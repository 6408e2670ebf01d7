// What a month makes of everybody's chance of default at once: the climate of credit.
#pragma once
#include <array>
#include <cmath>
#include <cstddef>
#include <span>

#include "sim/core/math_double.hpp"

namespace clientele::models {

/// Defaults of one firm's customers come together, because times are bad for all: with independent ones the bad debt of
/// a large base would be certain. One index Z_t for all customers of a future (Vasicek 1987, the frame of Basel II), by
/// which a group's chances move as its own numbers say:
///   PD(z) = Phi((Phi^-1(PD) - sqrt(rho) z) / sqrt(1 - rho)),
/// with PD of a year and the correlation rho of customers' assets. The hazard of a month is multiplied by PD(Z_t) / PD,
/// whose mean is 1. Z_t ~ N(0, 1) moves as an AR(1) cut off after 36 months, which needs no memory:
///   Z_t = sum over k = 0..35 of m^k e_(t-k) / sqrt(sum of m^2k),  e independent, one per month and future.
class CreditClimate {
 public:
  static constexpr std::size_t months_remembered = 36;

  CreditClimate() = default;
  CreditClimate(double default_chance_of_month, double correlation, double memory)
      : correlation_(correlation), root_(std::sqrt(correlation)), rest_(std::sqrt(1 - correlation)) {
    yearly_ = 1 - sim::exp(12 * sim::log(1 - default_chance_of_month));
    if (is_constant()) return;
    threshold_ = quantile(yearly_);
    double squares = 0, weight = 1;
    for (double& of_month : weights_) {
      of_month = weight;
      squares += weight * weight;
      weight *= memory;
    }
    for (double& of_month : weights_) of_month /= std::sqrt(squares);
  }

  /// Nothing is common where nobody defaults, or correlation is 0.
  bool is_constant() const { return !(correlation_ > 0) || !(yearly_ > 0) || !(yearly_ < 1); }

  /// Z_t of the normals of this month, the month before, and so on.
  double index(std::span<const float, months_remembered> normals) const {
    double z = 0;
    for (std::size_t k = 0; k < months_remembered; ++k) z += weights_[k] * static_cast<double>(normals[k]);
    return z;
  }

  /// The chance of a year, given the index: low where times are good (z high).
  double conditional_chance(double z) const { return sim::normal_below((threshold_ - root_ * z) / rest_); }

  /// What hazards are multiplied by.
  float factor(double z) const { return is_constant() ? 1.F : static_cast<float>(conditional_chance(z) / yearly_); }

 private:
  static double quantile(double p) {
    return p <= 0.5 ? sim::lower_normal_quantile(p) : -sim::lower_normal_quantile(1 - p);
  }

  double correlation_ = 0, root_ = 0, rest_ = 1, yearly_ = 0, threshold_ = 0;
  std::array<double, months_remembered> weights_{};
};

}  // namespace clientele::models
