// One regression, then each number is walked over its range while all else stays at its mean.
#include "output/statistics/hangs_on.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <Eigen/Dense>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "output/statistics/prediction.hpp"
#include "sim/core/check.hpp"

namespace clientele::output {

namespace {

constexpr double rarely = 0.01;       ///< how often chance alone may ask for a parabola
constexpr double the_same = 0.9999;   ///< numbers that correlate by more, either way, are one
constexpr double least_pivot = 1e-4;  ///< of a column beside the others that still tells something of its own
constexpr int steps_of_walk = 400;    ///< over what was drawn
constexpr double infinity = std::numeric_limits<double>::infinity();

/// A drawn number in the draws that have a difference, standardized.
struct Number {
  std::size_t place = 0;  ///< among all
  std::vector<double> ascending;
  double mean = 0, sd = 0;
  Eigen::VectorXd z;
  bool squared = false;
  std::vector<std::size_t> together = {};  ///< other numbers that are this one

  double standardized(double value) const { return (value - mean) / sd; }
};

struct Fit {
  Eigen::VectorXd coefficients;
  Eigen::MatrixXd covariance;  ///< of the coefficients, for a residual variance of 1
  double squares = 0;          ///< left over
  double freedom = 0;
};

/// 1, every number, then the squares that are in; squares have mean 0, so that "all else at its mean" leaves them out.
Eigen::MatrixXd design_of(const std::vector<Number>& numbers, Eigen::Index draws) {
  const auto squared = std::ranges::count_if(numbers, &Number::squared);
  Eigen::MatrixXd design(draws, 1 + static_cast<Eigen::Index>(numbers.size()) + squared);
  design.col(0).setOnes();
  Eigen::Index at = 1;
  for (const Number& number : numbers) design.col(at++) = number.z;
  for (const Number& number : numbers)
    if (number.squared) design.col(at++) = (number.z.array().square() - 1).matrix();
  return design;
}

Fit fit_of(const std::vector<Number>& numbers, const Eigen::VectorXd& difference) {
  const Eigen::MatrixXd design = design_of(numbers, difference.size());
  Eigen::CompleteOrthogonalDecomposition<Eigen::MatrixXd> solver;
  solver.setThreshold(least_pivot);
  solver.compute(design);
  Fit fit;
  fit.coefficients = solver.solve(difference);
  const Eigen::MatrixXd inverse = solver.pseudoInverse();
  fit.covariance = inverse * inverse.transpose();
  fit.squares = (difference - design * fit.coefficients).squaredNorm();
  fit.freedom = static_cast<double>(difference.size() - solver.rank());
  return fit;
}

/// What is fitted of one number alone: where its coefficients stand, and what they make of a value.
class Course {
 public:
  Course(const std::vector<Number>& numbers, std::size_t number, const Fit& fit, double t)
      : number_(numbers[number]), fit_(fit), scale_(t * std::sqrt(fit.squares / fit.freedom)) {
    linear_ = 1 + static_cast<Eigen::Index>(number);
    square_ = 1 + static_cast<Eigen::Index>(numbers.size());
    for (std::size_t n = 0; n < number; ++n) square_ += numbers[n].squared ? 1 : 0;
  }
  double at(double value) const { return row(value).dot(fit_.coefficients); }
  /// How far the difference there is from 0 in half widths: above 1, 0 is refused.
  double clearness(double value) const {
    const Eigen::VectorXd weights = row(value);
    return at(value) / (scale_ * std::sqrt(weights.dot(fit_.covariance * weights)));
  }

 private:
  Eigen::VectorXd row(double value) const {
    Eigen::VectorXd weights = Eigen::VectorXd::Zero(fit_.coefficients.size());
    const double z = number_.standardized(value);
    weights[0] = 1;
    weights[linear_] = z;
    if (number_.squared) weights[square_] = z * z - 1;
    return weights;
  }

  const Number& number_;
  const Fit& fit_;
  double scale_;
  Eigen::Index linear_ = 0, square_ = 0;
};

/// Where a function crosses a level between two values that lie on both sides of it.
template <class F>
double crossing(const F& f, double from, double to) {
  const bool above = f(from) > 0;
  for (int step = 0; step < 60; ++step) {
    const double middle = (from + to) / 2;
    ((f(middle) > 0) == above ? from : to) = middle;
  }
  return (from + to) / 2;
}

/// From a turn towards an end of what was drawn: the first value at which 0 is refused.
double end_of_doubt(const Course& course, double turn, double end) {
  double before = turn;
  for (int step = 1; step <= steps_of_walk; ++step) {
    const double value = turn + (end - turn) * step / steps_of_walk;
    const auto refused = [&](double at) { return std::fabs(course.clearness(at)) - 1; };
    if (refused(value) > 0) return crossing(refused, before, value);
    before = value;
  }
  return end > turn ? infinity : -infinity;
}

/// Turns lie where nine draws in ten do; doubt about them may reach as far as anything was drawn.
std::vector<Turn> turns_of(const Course& course, const std::vector<double>& drawn) {
  std::vector<Turn> turns;
  const double first = quantile(drawn, 0.05), last = quantile(drawn, 0.95);
  const auto value_at = [&](int step) { return first + (last - first) * step / steps_of_walk; };
  for (int step = 0; step < steps_of_walk; ++step) {
    const double from = value_at(step), to = value_at(step + 1);
    if ((course.at(from) > 0) == (course.at(to) > 0)) continue;
    const double turn = crossing([&](double value) { return course.at(value); }, from, to);
    turns.push_back(
        {turn, end_of_doubt(course, turn, drawn.front()), end_of_doubt(course, turn, drawn.back()), course.at(to) > 0});
  }
  return turns;
}

/// Numbers that vary over the draws that count.
std::vector<Number> numbers_of(const std::vector<std::vector<double>>& parameters,
                               const std::vector<std::size_t>& draws) {
  std::vector<Number> numbers;
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    Number number;
    number.place = p;
    for (const std::size_t draw : draws) number.ascending.push_back(parameters[p].at(draw));
    const auto n = static_cast<double>(draws.size());
    number.z = Eigen::Map<Eigen::VectorXd>(number.ascending.data(), static_cast<Eigen::Index>(draws.size()));
    number.mean = number.z.mean();
    number.z.array() -= number.mean;
    number.sd = std::sqrt(number.z.squaredNorm() / n);
    if (number.sd <= 1e-12 * std::fabs(number.mean) || number.sd == 0) continue;
    number.z /= number.sd;
    const auto one = std::ranges::find_if(
        numbers, [&](const Number& earlier) { return std::fabs(earlier.z.dot(number.z)) > the_same * n; });
    if (one != numbers.end()) {
      one->together.push_back(p);
      continue;
    }
    std::ranges::sort(number.ascending);
    numbers.push_back(std::move(number));
  }
  return numbers;
}

Fit fitted(std::vector<Number>& numbers, const Eigen::VectorXd& difference) {
  Fit fit = fit_of(numbers, difference);
  for (Number& number : numbers) {
    number.squared = true;
    const Fit more = fit_of(numbers, difference);
    number.squared = false;
    if (more.freedom < 10 || more.freedom == fit.freedom || more.squares <= 0) continue;
    const double f = (fit.squares - more.squares) / (more.squares / more.freedom);
    const boost::math::fisher_f_distribution<double> chance(1, more.freedom);
    if (f <= 0 || boost::math::cdf(boost::math::complement(chance, f)) >= rarely) continue;
    number.squared = true;
    fit = more;
  }
  return fit;
}

HangsOn refused(const std::string& why, std::size_t draws) {
  HangsOn result;
  result.draws = draws;
  result.why_missing = why;
  return result;
}

}  // namespace

HangsOn what_it_hangs_on(const std::vector<std::vector<double>>& parameters,
                         const std::vector<double>& difference_of_draw, std::size_t most, double confidence) {
  std::vector<std::size_t> draws;
  for (std::size_t d = 0; d < difference_of_draw.size(); ++d)
    if (!std::isnan(difference_of_draw[d])) draws.push_back(d);
  const auto too_few = [&](std::size_t needed) {
    return refused("it needs " + std::to_string(needed) + " draws, here are " + std::to_string(draws.size()),
                   draws.size());
  };
  if (draws.size() < least_draws_to_regress) return too_few(least_draws_to_regress);
  std::vector<Number> numbers = numbers_of(parameters, draws);
  if (const std::size_t needed = least_draws_a_number * numbers.size(); draws.size() < needed) return too_few(needed);
  Eigen::VectorXd difference(static_cast<Eigen::Index>(draws.size()));
  for (std::size_t d = 0; d < draws.size(); ++d)
    difference[static_cast<Eigen::Index>(d)] = difference_of_draw[draws[d]];
  const double all_squares = (difference.array() - difference.mean()).square().sum();
  if (numbers.empty() || all_squares <= 0) return refused("nothing varies", draws.size());
  const Fit fit = fitted(numbers, difference);
  const double t =
      boost::math::quantile(boost::math::complement(boost::math::students_t(fit.freedom), (1 - confidence) / 2));
  HangsOn result;
  result.draws = draws.size();
  result.explained = 1 - fit.squares / fit.freedom / (all_squares / static_cast<double>(draws.size() - 1));
  for (std::size_t n = 0; n < numbers.size(); ++n) {
    const Course course(numbers, n, fit, t);
    const std::vector<double>& drawn = numbers[n].ascending;
    const double low = quantile(drawn, 0.1), high = quantile(drawn, 0.9);
    result.strongest.push_back(
        {numbers[n].place, low, high, course.at(low), course.at(high), turns_of(course, drawn), numbers[n].together});
  }
  const auto moved = [](const Moved& m) { return std::fabs(m.at_high - m.at_low); };
  std::ranges::stable_sort(result.strongest, std::ranges::greater(), moved);
  if (result.strongest.size() > most) result.strongest.resize(most);
  return result;
}

}  // namespace clientele::output
