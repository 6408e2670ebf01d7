// What sensitivity finds: what each number does to the difference between two policies, and all of them at once.
#pragma once
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "output/cube/kpi_texts.hpp"
#include "output/statistics/averages.hpp"
#include "output/statistics/hangs_on.hpp"
#include "output/statistics/shares.hpp"
#include "tools/clientele/sensitivity/moved_numbers.hpp"
#include "tools/clientele/sensitivity/split.hpp"

namespace clientele::tools {

/// A mean difference, subject less baseline, and its simulation error.
struct Reading {
  double mean = 0, half_width = 0;
  bool is_clear() const { return std::abs(mean) > half_width; }
};

struct Swing {
  MovedNumber number;
  Reading at_low, at_high;
  Reading change;  ///< from low to high, paired: luck is common, so that its error is far smaller
  std::vector<output::Turn> turns;
  /// Whether the difference has another sign at an end than as stated.
  bool turns_sign = false;

  double size() const { return std::abs(change.mean); }
  bool moves() const { return change.is_clear(); }
};

struct AllAtOnce {
  std::size_t combinations = 0, better = 0;
  std::size_t clearly_better = 0, clearly_worse = 0;  ///< by more than simulation error
  output::Bounds share;                               ///< of `better`, exact, as if combinations were independent
  std::optional<Split> split;                         ///< its number is a place among Sensitivity::swings
};

struct Sensitivity {
  std::string title, digest, model_version, scenario, baseline, policy;
  output::KpiTexts kpi;
  std::uint32_t seed = 0, replications = 0;
  std::uint64_t customers = 0, customers_of_study = 0;
  double scale = 1;           ///< sums of fewer customers are multiplied by this
  std::size_t rivals = 1;     ///< the subject has the best average of so many
  output::Interval base;      ///< at the stated values; wider where the subject was picked from several (Bonferroni)
  std::vector<Swing> swings;  ///< the largest change first
  AllAtOnce all_at_once;
  std::vector<std::string> left_as_stated;

  double better_sign() const { return kpi.direction == sim::Direction::lower_is_better ? -1 : 1; }
  bool is_better(double difference) const { return better_sign() * difference > 0; }
};

/// Sentences and tables of at most 80 columns.
std::string text_of(const Sensitivity& sensitivity);
/// One object.
std::string json_of(const Sensitivity& sensitivity, const std::string& model_version);
/// The same back from the object. Throws UserError (bad_data) where the file holds no such one.
Sensitivity read_sensitivity(const std::filesystem::path& file);
/// Of the study and the model that a cube is of. Throws UserError (bad_data) where it is of others.
Sensitivity read_sensitivity_of(const std::filesystem::path& file, const std::string& study_digest,
                                const std::string& model_version);

}  // namespace clientele::tools
