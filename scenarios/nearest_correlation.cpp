// Matrices of a handful of rows: nothing here needs to be fast.
#include "scenarios/nearest_correlation.hpp"

#include <algorithm>
#include <cmath>

#include <Eigen/Dense>

namespace clientele::scenarios {

namespace {

Eigen::MatrixXd eigen_of(const CorrelationMatrix& matrix) {
  const auto n = static_cast<Eigen::Index>(matrix.size);
  Eigen::MatrixXd all(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j < n; ++j)
      all(i, j) = matrix.at(static_cast<std::size_t>(i), static_cast<std::size_t>(j));
  return all;
}

Eigen::MatrixXd without_negative_eigenvalues(const Eigen::MatrixXd& matrix) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> parts(matrix);
  return parts.eigenvectors() * parts.eigenvalues().cwiseMax(0.0).asDiagonal() * parts.eigenvectors().transpose();
}

}  // namespace

double least_eigenvalue(const CorrelationMatrix& matrix) {
  if (matrix.size == 0) return 0;
  return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(eigen_of(matrix), Eigen::EigenvaluesOnly).eigenvalues()(0);
}

CorrelationMatrix nearest_correlation(const CorrelationMatrix& matrix) {
  constexpr int most_steps = 10'000;
  constexpr double enough = 1e-12;
  Eigen::MatrixXd nearest = eigen_of(matrix), correction = Eigen::MatrixXd::Zero(nearest.rows(), nearest.cols());
  for (int step = 0; step < most_steps; ++step) {
    const Eigen::MatrixXd corrected = nearest - correction;
    const Eigen::MatrixXd positive = without_negative_eigenvalues(corrected);
    correction = positive - corrected;
    Eigen::MatrixXd next = positive;
    next.diagonal().setOnes();
    const double moved = (next - nearest).norm();
    nearest = next;
    if (moved < enough) break;
  }
  CorrelationMatrix found(matrix.size);
  for (std::size_t i = 0; i < matrix.size; ++i)
    for (std::size_t j = 0; j < i; ++j)
      found.set(i, j, std::clamp(nearest(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)), -1.0, 1.0));
  return found;
}

}  // namespace clientele::scenarios
