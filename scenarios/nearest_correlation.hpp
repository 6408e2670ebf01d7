// Whether correlations can all hold at once, and the nearest ones that can.
#pragma once
#include <cstddef>
#include <vector>

namespace clientele::scenarios {

/// A symmetric matrix with ones on its diagonal, row by row.
struct CorrelationMatrix {
  std::size_t size = 0;
  std::vector<double> entries;

  explicit CorrelationMatrix(std::size_t n) : size(n), entries(n * n, 0) {
    for (std::size_t i = 0; i < n; ++i) entries[i * n + i] = 1;
  }
  double at(std::size_t i, std::size_t j) const { return entries[i * size + j]; }
  void set(std::size_t i, std::size_t j, double value) { entries[i * size + j] = entries[j * size + i] = value; }
};

/// The least eigenvalue. Correlations can hold at once where it is not below 0.
double least_eigenvalue(const CorrelationMatrix& matrix);

/// What rounding may make of a least eigenvalue of 0.
inline constexpr double eigenvalue_slack = 1e-9;

/// The matrix that can hold and is nearest in the Frobenius norm: projections on matrices without negative eigenvalues
/// and on those with ones on the diagonal take turns, the former corrected as Dykstra does (Higham 2002, IMA Journal of
/// Numerical Analysis 22, algorithm 3.3).
CorrelationMatrix nearest_correlation(const CorrelationMatrix& matrix);

}  // namespace clientele::scenarios
