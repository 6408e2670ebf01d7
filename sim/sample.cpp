// Moments are summed over ascending values in double, so that they depend on no order of rows.
#include "sim/sample.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "sim/core/check.hpp"
#include "sim/core/math_double.hpp"
#include "sim/core/printable.hpp"

namespace clientele::sim {

namespace {

std::string with_thousands(std::size_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  return text;
}

/// In four digits; all of those before the point.
std::string four_digits(double number) {
  if (std::fabs(number) >= 1000) return number_text(std::round(number));
  char text[40];
  const auto [end, error] = std::to_chars(text, text + sizeof text, number, std::chars_format::scientific, 3);
  std::from_chars(text, end, number);
  return number_text(number);
}

}  // namespace

std::shared_ptr<const Sample> sample_of(std::string file, std::string column, std::vector<float> values) {
  expects(!values.empty(), "a sample has a value");
  auto sample = std::make_shared<Sample>(Sample{std::move(file), std::move(column), std::move(values)});
  std::ranges::sort(sample->values);
  const std::size_t n = sample->values.size();
  double sum = 0, squares = 0;
  for (const float value : sample->values) {
    sum += static_cast<double>(value);
    squares += static_cast<double>(value) * static_cast<double>(value);
  }
  sample->mean = sum / static_cast<double>(n);
  sample->square = squares / static_cast<double>(n);
  if (sample->values.front() == sample->values.back()) {  // no rounding where all are alike
    sample->mean = static_cast<double>(sample->values.front());
    sample->square = sample->mean * sample->mean;
  }
  sample->logs.assign(n + 1, 0);
  sample->squares_of_logs.assign(n + 1, 0);
  for (std::size_t i = n; i-- > 0;) {
    const double x = sample->values[i] > 0.F ? log(static_cast<double>(sample->values[i])) : 0;
    sample->logs[i] = sample->logs[i + 1] + x;
    sample->squares_of_logs[i] = sample->squares_of_logs[i + 1] + x * x;
  }
  return sample;
}

std::string sample_in_words(const Sample& sample) {
  const std::size_t count = sample.values.size();
  const auto said = [](float value) { return four_digits(static_cast<double>(value)); };
  constexpr std::size_t fewest_beyond = 10;  // ends of fewer would be somebody's own
  std::string text = with_thousands(count) + (count == 1 ? " value of " : " values of ") + printable(sample.file, 200) +
                     ", column " + printable(sample.column, 100) + ", with a mean of " + four_digits(sample.mean);
  if (count >= 20 * fewest_beyond)
    text += " and 90 % from " + said(sample.quantile(0.05)) + " to " + said(sample.quantile(0.95));
  return text;
}

MomentsOfLogs moments_of_logs(const Sample& sample, double factor, double least) {
  const auto n = static_cast<double>(sample.values.size());
  const double log_least = log(least);
  if (!(factor > 0)) return {log_least, 0};
  const double log_factor = log(factor);
  const auto above = std::ranges::partition_point(
      sample.values, [&](float value) { return factor * static_cast<double>(value) < least; });
  const auto place = static_cast<std::size_t>(above - sample.values.begin());
  const auto below = static_cast<double>(place), rest = n - below;
  const double logs = sample.logs[place], squares = sample.squares_of_logs[place];
  const double mean = (below * log_least + logs + rest * log_factor) / n;
  const double square =
      (below * log_least * log_least + squares + 2 * log_factor * logs + rest * log_factor * log_factor) / n;
  return {mean, std::max(0.0, square - mean * mean)};
}

}  // namespace clientele::sim
