// Tails in closed form; a beta law for shares, a lognormal law above zero, else a uniform one.
#include "scenarios/reader/uncertain_law.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/math_double.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::number_text;

namespace {

double chance_below(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

double second_shape(double mean, double a) { return a * (1 - mean) / mean; }

/// P(X < x) of a beta law is x^a (1 - x)^b / (a B(a, b)) times 1 + (a + b) / (a + 1) x + ...: a series whose terms fall
/// at least as fast as those of a geometric one, where x lies below the middle of the law. Above it, 1 is bound enough.
double beta_below(double x, double a, double b) {
  if (x <= 0) return 0;
  const double ratio = std::max(x, (a + b) / (a + 1) * x);
  if (ratio >= 1) return 1;
  const double log_whole = sim::log_gamma(a) + sim::log_gamma(b) - sim::log_gamma(a + b);
  const double log_first = a * std::log(x) + b * std::log1p(-x) - std::log(a) - log_whole;
  return std::min(1.0, std::exp(log_first) / (1 - ratio));
}

double normal_outside(double mean, double sd, double low, double high) {
  if (sd == 0) return mean < low || mean > high ? 1 : 0;
  return chance_below((low - mean) / sd) + chance_below((mean - high) / sd);
}

struct Moments {
  double mean, sd;
};

Moments moments_of(const sim::Law& law) {
  const double first = law.values[0], second = law.values[1];
  switch (law.family) {
    case sim::Family::lognormal:
      return {first, first * std::sqrt(std::expm1(second * second))};
    case sim::Family::beta:
      return {first, std::sqrt(first * (1 - first) / (1 + second / first))};
    case sim::Family::uniform:
      return {0.5 * (first + second), (second - first) / std::sqrt(12.0)};
    default:
      return {first, second};
  }
}

/// Three digits are enough for a guess.
double in_three_digits(double x) {
  if (x == 0) return 0;
  const double digits = std::pow(10.0, 2 - std::floor(std::log10(std::fabs(x))));
  return std::rint(x * digits) / digits;
}

std::string written(const char* dist, const char* one, double first, const char* other, double second) {
  return std::string("{ dist = \"") + dist + "\", " + one + " = " + number_text(first) + ", " + other + " = " +
         number_text(second) + " }";
}

bool stays(sim::Family family, double first, double second, const sim::Range& range) {
  return chance_outside({family, {static_cast<float>(first), static_cast<float>(second)}}, range) <= rare;
}

}  // namespace

std::string in_per_cent(double chance) { return number_text(in_three_digits(100 * chance)) + " %"; }

double chance_outside(const sim::Law& law, const sim::Range& range) {
  const double first = law.values[0], second = law.values[1];
  switch (law.family) {
    case sim::Family::normal:
      return normal_outside(first, second, range.low, range.high);
    case sim::Family::lognormal: {
      if (first <= 0) return range.low <= 0 && range.high >= 0 ? 0 : 1;
      const auto log_of = [](double x) { return x > 0 ? std::log(x) : -HUGE_VAL; };
      return normal_outside(std::log(first) - 0.5 * second * second, second, log_of(range.low), log_of(range.high));
    }
    case sim::Family::beta: {
      const double b = second_shape(first, second);
      return std::min(1.0, beta_below(range.low, second, b) + beta_below(1 - range.high, b, second));
    }
    default:
      return law.values[0] < static_cast<float>(range.low) || law.values[1] > static_cast<float>(range.high) ? 1 : 0;
  }
}

std::string law_that_fits(const sim::Law& law, const sim::Range& range) {
  const auto [mean, sd] = moments_of(law);
  const double m = in_three_digits(mean);
  if (range.low >= 0 && range.high <= 1 && m > 0 && m < 1 && sd > 0) {
    const double a = in_three_digits(m * (m * (1 - m) / (sd * sd) - 1));
    if (a >= 0.01 && a <= 1e4 && stays(sim::Family::beta, m, a, range)) return written("beta", "mean", m, "a", a);
  }
  if (law.family == sim::Family::normal && range.low >= 0 && m > 0) {
    const double sd_log = in_three_digits(std::sqrt(std::log1p(sd * sd / (m * m))));
    if (stays(sim::Family::lognormal, m, sd_log, range)) return written("lognormal", "mean", m, "sd_log", sd_log);
  }
  const double reach = std::sqrt(3.0) * sd;
  return written("uniform", "low", std::max(range.low, in_three_digits(mean - reach)), "high",
                 std::min(range.high, in_three_digits(mean + reach)));
}

}  // namespace clientele::scenarios
