// A simplex comes near, Newton's method arrives, and curvature or profile says how sure that is.
#include "models/fit/maximum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <Eigen/Dense>
#include <nlopt.hpp>

#include "sim/core/check.hpp"

namespace clientele::models {
namespace {

using Vector = Eigen::VectorXd;
using Matrix = Eigen::MatrixXd;

constexpr double impossible = -1e100;  // finite, for simplexes take differences
constexpr double furthest = 12;        // from the first start, on a log scale
constexpr double step_of_gradient = 1e-4, step_of_curvature = 1e-3;
constexpr double small_gain = 1e-8;        // of log-likelihood, by another step
constexpr double small_gain_aside = 1e-4;  // along a profile
constexpr double no_fall = 0.002;          // of a profile that never ends
constexpr double flat_log = 0.5;           // standard error of a log from which curvature is not trusted
constexpr double half_of_chi_square = 1.920729410347062;
constexpr double normal_975 = 1.959963984540054;

/// A log-likelihood on working scales, some of which may be held.
class Surface {
 public:
  Surface(const std::vector<Parameter>& parameters, const LogLikelihood& of) : parameters_(&parameters), of_(&of) {}

  double at(const Vector& w) const {
    std::vector<double> values(parameters_->size());
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] = natural((*parameters_)[i].scale, w[static_cast<Eigen::Index>(i)]);
    const double got = (*of_)(values);
    return std::isfinite(got) ? got : impossible;
  }
  Eigen::Index size() const { return static_cast<Eigen::Index>(parameters_->size()); }

 private:
  const std::vector<Parameter>* parameters_;
  const LogLikelihood* of_;
};

Vector to_working(const std::vector<Parameter>& parameters, const std::vector<double>& values) {
  Vector w(static_cast<Eigen::Index>(values.size()));
  for (std::size_t i = 0; i < values.size(); ++i)
    w[static_cast<Eigen::Index>(i)] = working(parameters[i].scale, values[i]);
  return w;
}

std::vector<double> to_natural(const std::vector<Parameter>& parameters, const Vector& w) {
  std::vector<double> values(parameters.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = natural(parameters[i].scale, w[static_cast<Eigen::Index>(i)]);
  return values;
}

double downhill(const std::vector<double>& w, std::vector<double>&, void* surface) {
  return static_cast<const Surface*>(surface)->at(
      Eigen::Map<const Vector>(w.data(), static_cast<Eigen::Index>(w.size())));
}

/// Nelder and Mead's simplex within reach of the first start.
Vector come_near(const Surface& surface, const Vector& start, const Vector& middle) {
  const auto n = static_cast<unsigned>(start.size());
  std::vector<double> w(start.data(), start.data() + n), low(n), high(n);
  for (unsigned i = 0; i < n; ++i) low[i] = middle[i] - furthest - 1, high[i] = middle[i] + furthest + 1;
  nlopt::opt simplex(nlopt::LN_NELDERMEAD, n);
  simplex.set_max_objective(downhill, const_cast<Surface*>(&surface));
  simplex.set_lower_bounds(low);
  simplex.set_upper_bounds(high);
  simplex.set_initial_step(0.4);
  simplex.set_ftol_abs(1e-2);
  simplex.set_xtol_abs(3e-3);
  simplex.set_maxeval(static_cast<int>(75 * n));
  double best = 0;
  try {
    simplex.optimize(w, best);
  } catch (const std::exception&) {  // it stands as near as rounding lets it
  }
  return Eigen::Map<Vector>(w.data(), static_cast<Eigen::Index>(n));
}

/// Central differences in the coordinates that are free.
Vector gradient(const Surface& surface, const Vector& w, const std::vector<Eigen::Index>& free) {
  Vector g(static_cast<Eigen::Index>(free.size()));
  for (std::size_t i = 0; i < free.size(); ++i) {
    Vector up = w, down = w;
    up[free[i]] += step_of_gradient, down[free[i]] -= step_of_gradient;
    g[static_cast<Eigen::Index>(i)] = (surface.at(up) - surface.at(down)) / (2 * step_of_gradient);
  }
  return g;
}

/// Minus the second derivatives: the observed information.
Matrix information(const Surface& surface, const Vector& w, const std::vector<Eigen::Index>& free) {
  const auto n = static_cast<Eigen::Index>(free.size());
  const double h = step_of_curvature, here = surface.at(w);
  Matrix second(n, n);
  const auto moved = [&](Eigen::Index i, double a, Eigen::Index j, double b) {
    Vector to = w;
    to[free[static_cast<std::size_t>(i)]] += a;
    to[free[static_cast<std::size_t>(j)]] += b;
    return surface.at(to);
  };
  for (Eigen::Index i = 0; i < n; ++i) {
    second(i, i) = -(moved(i, h, i, 0) - 2 * here + moved(i, -h, i, 0)) / (h * h);
    for (Eigen::Index j = 0; j < i; ++j)
      second(i, j) = second(j, i) =
          -(moved(i, h, j, h) - moved(i, h, j, -h) - moved(i, -h, j, h) + moved(i, -h, j, -h)) / (4 * h * h);
  }
  return second;
}

/// Newton's step, uphill also where the surface is not concave: by absolute values of the curvatures.
Vector step_uphill(const Matrix& curvature, const Vector& g) {
  const Eigen::SelfAdjointEigenSolver<Matrix> split(curvature);
  const double least = 1e-9 * std::max(1e-3, split.eigenvalues().cwiseAbs().maxCoeff());
  const Vector along = split.eigenvectors().transpose() * g;
  Vector step = split.eigenvectors() * along.cwiseQuotient(split.eigenvalues().cwiseAbs().cwiseMax(least));
  const double longest = step.cwiseAbs().maxCoeff();
  if (longest > 1.5) step *= 1.5 / longest;
  return step;
}

struct Top {
  Vector w;
  double height = impossible;
  Matrix curvature;  ///< of the free coordinates, of the top or of a point close by
  bool has_arrived = false;
};

/// Climbs in the free coordinates. Curvature is measured anew only where the last step brought little.
Top climb(const Surface& surface, Vector w, const std::vector<Eigen::Index>& free, Matrix curvature = {},
          double enough = small_gain) {
  Top top{w, surface.at(w), std::move(curvature), false};
  double last_gain = std::numeric_limits<double>::infinity();
  bool is_fresh = false;
  for (int round = 0; round < 80; ++round) {
    if (top.curvature.size() == 0) top.curvature = information(surface, top.w, free), is_fresh = true;
    const Vector g = gradient(surface, top.w, free), step = step_uphill(top.curvature, g);
    const double gain = 0.5 * g.dot(step);
    if (gain < enough * std::max(1.0, 1e-6 * std::fabs(top.height))) {
      top.has_arrived = true;
      return top;
    }
    if (gain > 0.05 * last_gain && !is_fresh) {
      top.curvature.resize(0, 0), last_gain = std::numeric_limits<double>::infinity();
      continue;
    }
    last_gain = gain, is_fresh = false;
    double part = 1;
    Vector to = top.w;
    for (; part > 1e-6; part /= 2) {
      to = top.w;
      for (std::size_t i = 0; i < free.size(); ++i) to[free[i]] += part * step[static_cast<Eigen::Index>(i)];
      if (const double height = surface.at(to); height > top.height) {
        top.w = to, top.height = height;
        break;
      }
    }
    if (part <= 1e-6) {  // no way up is left that differences can see
      top.has_arrived = gain < 1e-4 * std::max(1.0, 1e-6 * std::fabs(top.height));
      return top;
    }
    if (part < 1) top.curvature.resize(0, 0);
  }
  return top;
}

std::vector<Eigen::Index> all_but(Eigen::Index n, Eigen::Index held) {
  std::vector<Eigen::Index> free;
  for (Eigen::Index i = 0; i < n; ++i)
    if (i != held) free.push_back(i);
  return free;
}

struct EndOfProfile {
  double at = 0;
  bool is_plain = false;  ///< it does not fall at all: the maximum lies at infinity
};

/// Where the profile of coordinate k has fallen by 1.92 on one side; infinite where it does not within e^8.
EndOfProfile end_of_profile(const Surface& surface, const Top& top, Eigen::Index k, double side, double se) {
  const auto free = all_but(surface.size(), k);
  Matrix curvature(static_cast<Eigen::Index>(free.size()), static_cast<Eigen::Index>(free.size()));
  for (std::size_t i = 0; i < free.size(); ++i)
    for (std::size_t j = 0; j < free.size(); ++j)
      curvature(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = top.curvature(free[i], free[j]);
  // Where the others go along with it, by the curvature of the top: from there a climb is short, also on a ridge.
  Vector along_with(static_cast<Eigen::Index>(free.size()));
  for (std::size_t i = 0; i < free.size(); ++i) along_with[static_cast<Eigen::Index>(i)] = -top.curvature(free[i], k);
  if (!free.empty()) along_with = step_uphill(curvature, along_with);
  Vector from = top.w;
  const auto excess = [&](double away) {  // of the fall beyond 1.92
    const double moved = top.w[k] + side * away - from[k];
    from[k] += moved;
    for (std::size_t i = 0; i < free.size(); ++i) from[free[i]] += moved * along_with[static_cast<Eigen::Index>(i)];
    if (free.empty()) return top.height - surface.at(from) - half_of_chi_square;
    const Top along = climb(surface, from, free, curvature, small_gain_aside);
    from = along.w;
    return top.height - along.height - half_of_chi_square;
  };
  double inner = 0, outer = std::clamp(normal_975 * se, 0.2, 2.0), low = -half_of_chi_square, high = excess(outer);
  while (high < 0) {
    inner = outer, low = high;
    if (outer >= 8) return {side * std::numeric_limits<double>::infinity(), high < no_fall - half_of_chi_square};
    outer = std::min(8.0, outer * 1.6);
    high = excess(outer);
  }
  for (int round = 0; round < 12 && outer - inner > 5e-3 * (1 + outer); ++round) {
    double middle = inner + (outer - inner) * low / (low - high);
    const double margin = 0.1 * (outer - inner);
    middle = std::clamp(middle, inner + margin, outer - margin);
    const double at = excess(middle);
    (at < 0 ? inner : outer) = middle;
    (at < 0 ? low : high) = at;
  }
  return {top.w[k] + side * (inner + (outer - inner) * low / (low - high)), false};
}

/// `never`: on which side the profile does not fall at all.
Estimate estimate_by_profile(const Surface& surface, const Top& top, Eigen::Index k, Scale scale, double se,
                             int& never) {
  const double value = natural(scale, top.w[k]);
  Estimate made = estimate_by_curvature(scale, value, se);
  const EndOfProfile lower = end_of_profile(surface, top, k, -1, se), upper = end_of_profile(surface, top, k, 1, se);
  const double low = lower.at, high = upper.at;
  never = lower.is_plain ? -1 : upper.is_plain ? 1 : 0;
  made.low = natural(scale, low), made.high = natural(scale, high);
  made.is_flat = true;
  made.how = "profile likelihood";
  if (std::isinf(low)) made.how += ": no lower end";
  if (std::isinf(high)) made.how += std::isinf(low) ? " and no upper end" : ": no upper end";
  return made;
}

/// The inverse of the information, or nothing where this is no positive matrix.
Matrix covariance_of(const Matrix& curvature) {
  const Eigen::SelfAdjointEigenSolver<Matrix> split(curvature);
  if (split.eigenvalues().minCoeff() <= 1e-10 * std::max(1.0, split.eigenvalues().maxCoeff())) return {};
  return split.eigenvectors() * split.eigenvalues().cwiseInverse().asDiagonal() * split.eigenvectors().transpose();
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

std::string runs_away(const Parameter& parameter, double value, bool upwards) {
  return parameter.name + (upwards ? " grows" : " falls") + " without end (at " + number(value) +
         " the likelihood still does not fall): the data do not say where it lies";
}

/// The sentence on a parameter that has run away, or nothing.
std::string runaway(const std::vector<Parameter>& parameters, const Vector& w, const Vector& middle) {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const auto k = static_cast<Eigen::Index>(i);
    if (parameters[i].scale == Scale::plain) continue;
    const double away = w[k] - middle[k], reach = parameters[i].scale == Scale::log ? furthest : 4;
    if (std::fabs(away) >= reach) return runs_away(parameters[i], natural(parameters[i].scale, w[k]), away > 0);
  }
  return {};
}

}  // namespace

double working(Scale scale, double natural) {
  if (scale == Scale::log) return std::log(natural);
  return scale == Scale::plain ? natural : std::atanh(natural);
}

double natural(Scale scale, double working) {
  if (scale == Scale::log) return std::exp(working);
  return scale == Scale::plain ? working : std::tanh(working);
}

Estimate estimate_by_curvature(Scale scale, double value, double working_se) {
  const double w = working(scale, value), way = normal_975 * working_se;
  Estimate made{value, working_se, natural(scale, w - way), natural(scale, w + way), false, "curvature"};
  if (scale == Scale::log) made.se = value * working_se;
  if (scale == Scale::correlation) made.se = (1 - value * value) * working_se;
  return made;
}

Fitted not_known(std::string why) {
  Fitted fitted;
  fitted.why_not = std::move(why);
  return fitted;
}

Fitted maximize(const Question& question) {
  sim::expects(!question.starts.empty() && !question.parameters.empty(), "a fit has parameters and a start");
  const Surface surface(question.parameters, question.log_likelihood);
  const Surface rough(question.parameters, question.rough ? question.rough : question.log_likelihood);
  const Vector middle = to_working(question.parameters, question.starts.front());
  Vector best = middle;
  double height = impossible;
  for (const auto& start : question.starts) {
    const Vector near = come_near(rough, to_working(question.parameters, start), middle);
    if (const double here = rough.at(near); here > height) best = near, height = here;
  }
  Fitted fitted;
  fitted.parameters = question.parameters;
  fitted.surface = question.log_likelihood;
  if (height <= impossible) {
    fitted.why_not = "the likelihood is nowhere finite: the data are impossible under this model";
    return fitted;
  }
  const auto free = all_but(surface.size(), -1);
  if (question.rough) best = climb(rough, best, free).w;
  Top top = climb(surface, best, free);
  fitted.values = to_natural(question.parameters, top.w);
  fitted.log_likelihood = top.height;
  fitted.why_not = runaway(question.parameters, top.w, middle);
  if (fitted.why_not.empty() && !top.has_arrived)
    fitted.why_not = "the search did not come to rest: the likelihood has a ridge that the data do not end";
  if (!fitted.why_not.empty()) return fitted;

  top.curvature = information(surface, top.w, free);
  const Matrix covariance = covariance_of(top.curvature);
  const bool is_known = covariance.size() > 0;
  if (is_known) fitted.covariance.assign(covariance.data(), covariance.data() + covariance.size());
  if (!is_known) fitted.caution = "the observed information is no positive matrix: standard errors are not known";
  bool any_flat = false;  // what goes along with a flat one is no better known
  for (Eigen::Index k = 0; k < surface.size() && is_known; ++k)
    any_flat |=
        question.parameters[static_cast<std::size_t>(k)].scale == Scale::log && std::sqrt(covariance(k, k)) > flat_log;
  for (Eigen::Index k = 0; k < surface.size(); ++k) {
    const Scale scale = question.parameters[static_cast<std::size_t>(k)].scale;
    const double se = is_known ? std::sqrt(covariance(k, k)) : std::numeric_limits<double>::infinity();
    const bool is_flat = question.ends == Ends::by_profile &&
                         (!is_known || (scale == Scale::log && se > (any_flat ? flat_log / 2 : flat_log)));
    int never = 0;
    fitted.estimates.push_back(is_flat ? estimate_by_profile(surface, top, k, scale, se, never)
                                       : estimate_by_curvature(scale, fitted.values[static_cast<std::size_t>(k)], se));
    if (never == 0) continue;
    fitted.why_not = runs_away(question.parameters[static_cast<std::size_t>(k)],
                               fitted.values[static_cast<std::size_t>(k)], never > 0);
    break;
  }
  return fitted;
}

Fitted maximize_with(const Question& question, std::size_t k, double held, std::string caution) {
  const auto place = static_cast<std::ptrdiff_t>(k);
  const auto whole = [k, held](std::vector<double> part) {
    part.insert(part.begin() + static_cast<std::ptrdiff_t>(k), held);
    return part;
  };
  const auto of_part = [&whole](const LogLikelihood& of) -> LogLikelihood {
    if (!of) return {};
    return [of, whole](const std::vector<double>& part) { return of(whole(part)); };
  };
  Question rest = question;
  rest.parameters.erase(rest.parameters.begin() + place);
  for (auto& start : rest.starts) start.erase(start.begin() + place);
  rest.log_likelihood = of_part(question.log_likelihood);
  rest.rough = of_part(question.rough);
  Fitted fitted = maximize(rest);
  if (fitted.values.empty()) return fitted;
  fitted.parameters = question.parameters;
  fitted.surface = question.log_likelihood;
  fitted.values = whole(fitted.values);
  if (!fitted.is_found()) return fitted;
  Estimate stands{held, 0, held, held, false, "held"};
  fitted.estimates.insert(fitted.estimates.begin() + place, stands);
  fitted.caution = std::move(caution);
  const std::size_t n = question.parameters.size(), m = n - 1;
  if (fitted.covariance.size() != m * m) return fitted;
  std::vector<double> covariance(n * n, 0);
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j < m; ++j) covariance[(i + (i >= k)) * n + j + (j >= k)] = fitted.covariance[i * m + j];
  covariance[k * n + k] = 1e-16;  // so that it still has a root
  fitted.covariance = std::move(covariance);
  return fitted;
}

Estimate estimate_of(const Fitted& fitted, const LogLikelihood& number, Scale scale) {
  const double value = number(fitted.values);
  const std::size_t n = fitted.values.size();
  if (fitted.covariance.size() != n * n) {
    Estimate unsure{value,
                    std::numeric_limits<double>::infinity(),
                    -std::numeric_limits<double>::infinity(),
                    std::numeric_limits<double>::infinity(),
                    true,
                    "not known"};
    if (scale == Scale::log) unsure.low = 0;
    return unsure;
  }
  std::vector<double> slope(n);
  constexpr double h = 1e-4;
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<double> up = fitted.values, down = fitted.values;
    const Scale of = fitted.parameters[i].scale;
    const double w = working(of, fitted.values[i]);
    up[i] = natural(of, w + h), down[i] = natural(of, w - h);
    slope[i] = (working(scale, number(up)) - working(scale, number(down))) / (2 * h);
  }
  double variance = 0;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) variance += slope[i] * slope[j] * fitted.covariance[i * n + j];
  return estimate_by_curvature(scale, value, std::sqrt(std::max(0.0, variance)));
}

}  // namespace clientele::models
