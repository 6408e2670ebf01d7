// The widest study of a file that tells all that books know of a past.
#pragma once
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/random/ids.hpp"
#include "tests/support/wide_study.hpp"

namespace clientele::tests {

/// Numbers that hang on the row and the column alone, in [0, below).
inline std::uint32_t told_number(std::uint32_t row, std::uint32_t column, std::uint32_t below) {
  std::uint64_t x = (std::uint64_t{row} << 32 | column) * 0x9E3779B97F4A7C15ULL;
  x ^= x >> 29;
  x *= 0xBF58476D1CE4E5B9ULL;
  return static_cast<std::uint32_t>((x >> 33) % below);
}

inline sim::CustomerFile::KnownPast& told(sim::CustomerFile& file, std::string key, std::uint32_t columns = 1) {
  return file.past.emplace_back(sim::CustomerFile::KnownPast{std::move(key), columns, {}});
}

/// Of the numbers that a file tells under a key: all together.
inline double all_told(const sim::CustomerFile& file, std::string_view key) {
  double sum = 0;
  for (const sim::CustomerFile::KnownPast& past : file.past)
    if (past.key == key) {
      for (const double value : past.exact) sum += value;
      for (const float value : past.values) sum += static_cast<double>(value);
    }
  return sum;
}

inline sim::CustomerFile file_that_tells_all(std::uint32_t rows) {
  sim::CustomerFile file;
  std::vector<std::vector<float>> numbers(9);
  for (std::uint32_t row = 0; row < rows; ++row) {
    file.ids.push_back(row * 0x9E3779B97F4AULL & 0xffff'ffff'ffffULL);
    file.groups.push_back(row % 3 == 0 ? 1 : 0);
    file.tenures.push_back(static_cast<std::int32_t>(row % 61));
    const std::uint32_t orders = told_number(row, 0, 9), seen = 6 + told_number(row, 1, 30);
    const double last = orders == 0 ? 0 : (1 + told_number(row, 2, 100)) * 0.01 * seen;
    const std::uint32_t invoices = told_number(row, 3, 40), late = told_number(row, 4, invoices + 1);
    const double of_row[] = {static_cast<double>(orders),
                             last,
                             static_cast<double>(seen),
                             std::floor(seen - last),
                             static_cast<double>(orders),
                             orders == 0 ? 0 : 300.0 + told_number(row, 5, 3000),
                             static_cast<double>(invoices),
                             static_cast<double>(late),
                             static_cast<double>(told_number(row, 6, late + 1))};
    for (std::size_t n = 0; n < numbers.size(); ++n) numbers[n].push_back(static_cast<float>(of_row[n]));
  }
  constexpr const char* keys[] = {"repeat_orders", "months_to_last_order", "months_seen",
                                  "months_quiet",  "orders_valued",        "typical_order_value",
                                  "invoices_seen", "invoices_late",        "late_by_administration"};
  for (std::size_t n = 0; n < numbers.size(); ++n) told(file, keys[n]).values = numbers[n];
  const auto by_month = [&](const char* key, std::uint32_t columns, std::uint32_t below) {
    auto& values = told(file, key, columns).values;
    for (std::uint32_t row = 0; row < rows; ++row)
      for (std::uint32_t k = 0; k < columns; ++k) values.push_back(static_cast<float>(told_number(row, 40 + k, below)));
  };
  by_month("sales", 9, 5000);
  by_month("orders", 9, 4);
  by_month("margin", 4, 900);
  constexpr const char* ages[] = {"open_not_due", "open_1_30", "open_31_60", "open_61_90", "open_over_90"};
  for (std::uint32_t age = 0; age < 5; ++age) {
    auto& amounts = told(file, ages[age]).exact;
    for (std::uint32_t row = 0; row < rows; ++row)
      amounts.push_back(told_number(row, 100 + age, 4) == 0 ? 0.01 * told_number(row, 110 + age, 40'000'000) : 0);
  }
  auto& points = told(file, "points", 12).exact;
  for (std::uint32_t row = 0; row < rows; ++row)
    for (std::uint32_t k = 0; k < 12; ++k) points.push_back(row % 2 == 0 ? told_number(row, 200 + k, 900) : 0);
  auto& endless = told(file, "points_without_end").exact;
  for (std::uint32_t row = 0; row < rows; ++row) endless.push_back(row % 5 == 0 ? told_number(row, 300, 5000) : 0);
  return file;
}

/// Two groups, of which one leaves unseen; programs, returns, disputes, defaults; customers join by number.
inline sim::Study study_that_tells_all(const sim::Catalogue& catalogue, std::uint32_t rows = 450) {
  sim::Study study = wide_study_with_program(catalogue, 0);
  study.population.file = file_that_tells_all(rows);
  study.population.customers = rows;
  study.population.replacement = sim::Replacement::none;
  study.population.arrivals = sim::Arrivals::by_number;
  for (sim::Group& group : study.population.groups) group.arrivals = 3;
  set(study, catalogue, "churn", "tenure_slope", {0});
  set(study, catalogue, "purchasing", "first_order", {1});
  return study;
}

}  // namespace clientele::tests
