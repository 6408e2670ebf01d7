// Normal draws by a Cholesky root, corrected by the likelihood where curvature says too little.
#include "models/fit/joint_draws.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <Eigen/Dense>
#include <boost/math/special_functions/gamma.hpp>

#include "models/fit/normal_words.hpp"

namespace clientele::models {
namespace {

constexpr std::uint32_t candidates = 4'000, use_of_draws = 1, use_of_candidates = 2, use_of_choice = 3;
constexpr double t_freedom = 5, widest_log = 6;

/// Standard normals of draw `which`.
Eigen::VectorXd normals(std::uint32_t seed, std::uint32_t which, Eigen::Index n, std::uint32_t use) {
  Eigen::VectorXd z(n);
  for (Eigen::Index k = 0; k < n; ++k) z[k] = normal_of_fit(seed, which, static_cast<std::uint32_t>(k), use);
  return z;
}

std::vector<double> values_at(const Fitted& fitted, const Eigen::VectorXd& shift) {
  std::vector<double> values(fitted.values.size());
  for (std::size_t k = 0; k < values.size(); ++k) {
    const Scale scale = fitted.parameters[k].scale;
    values[k] = natural(scale, working(scale, fitted.values[k]) + shift[static_cast<Eigen::Index>(k)]);
  }
  return values;
}

struct Candidates {
  std::vector<std::vector<double>> values;
  std::vector<double> summed;  ///< weights, added up; the last is 1
  double effective = 0;
};

Candidates weighted(const Fitted& fitted, const Eigen::MatrixXd& root, std::uint32_t seed) {
  const Eigen::Index n = root.rows();
  Candidates made;
  std::vector<double> logs(candidates);
  for (std::uint32_t c = 0; c < candidates; ++c) {
    const Eigen::VectorXd z = normals(seed, c, n, use_of_candidates);
    // Chi-square of 5 as a gamma by inversion: the same candidate on every machine, to the last digits of libm.
    const double u = uniform_of_fit(seed, c, static_cast<std::uint32_t>(n), use_of_candidates);
    const double chi = 2 * boost::math::gamma_p_inv(t_freedom / 2, u);
    const Eigen::VectorXd unit = z * std::sqrt(t_freedom / chi);
    const Eigen::VectorXd shift = root * unit;
    bool is_within = unit.norm() < 8 * std::sqrt(static_cast<double>(n));
    for (Eigen::Index k = 0; k < n; ++k)
      is_within &=
          fitted.parameters[static_cast<std::size_t>(k)].scale != Scale::log || std::fabs(shift[k]) < widest_log;
    made.values.push_back(values_at(fitted, shift));
    const double height = is_within ? fitted.surface(made.values.back()) : -INFINITY;
    const double log_density = -0.5 * (t_freedom + static_cast<double>(n)) * std::log1p(unit.squaredNorm() / t_freedom);
    logs[c] = std::isfinite(height) ? height - fitted.log_likelihood - log_density : -INFINITY;
  }
  const double most = *std::ranges::max_element(logs);
  double sum = 0, squares = 0;
  for (const double log : logs) {
    const double weight = std::exp(log - most);
    sum += weight, squares += weight * weight;
    made.summed.push_back(sum);
  }
  for (double& part : made.summed) part /= sum;
  made.effective = sum * sum / squares;
  return made;
}

}  // namespace

JointDraws draw_jointly(const Fitted& fitted, std::size_t draws, std::uint32_t seed) {
  JointDraws made;
  for (const Parameter& parameter : fitted.parameters) made.names.push_back(parameter.name);
  const auto n = static_cast<Eigen::Index>(fitted.values.size());
  if (!fitted.is_found()) made.why_not = fitted.why_not.empty() ? "nothing was fitted" : fitted.why_not;
  if (made.why_not.empty() && fitted.covariance.size() != fitted.values.size() * fitted.values.size())
    made.why_not = "the observed information is no positive matrix: nothing says how parameters vary together";
  if (!made.why_not.empty()) return made;
  const Eigen::MatrixXd root = Eigen::Map<const Eigen::MatrixXd>(fitted.covariance.data(), n, n).llt().matrixL();
  const bool is_flat = std::ranges::any_of(fitted.estimates, [](const Estimate& one) { return one.is_flat; });
  if (!is_flat || !fitted.surface) {
    made.how = "normal";
    made.effective = candidates;
    for (std::size_t d = 0; d < draws; ++d)
      made.values.push_back(values_at(fitted, root * normals(seed, static_cast<std::uint32_t>(d), n, use_of_draws)));
    return made;
  }
  made.how = "importance resampling";
  const Candidates pool = weighted(fitted, root, seed);
  made.effective = pool.effective;
  for (std::size_t d = 0; d < draws; ++d) {
    const double u = uniform_of_fit(seed, static_cast<std::uint32_t>(d), 0, use_of_choice);
    const auto at = std::ranges::lower_bound(pool.summed, u) - pool.summed.begin();
    made.values.push_back(pool.values[std::min<std::size_t>(static_cast<std::size_t>(at), candidates - 1)]);
  }
  return made;
}

}  // namespace clientele::models
