// The keys of a study's own tables, a family of tables a file; and what several families have in common.
//
// One line a key. What a key means to a run is told in README.md; here is what somebody needs who writes it. Keys of a
// table stand together, in the order in which they are explained.
#pragma once
#include <vector>

#include "scenarios/study_keys.hpp"

namespace clientele::scenarios {

inline constexpr double longest_horizon = 600;  ///< months; the address of a random word has room for 2,047
inline constexpr double last_month = 10'000;
inline constexpr double most_of_32_bits = 4294967295.0;
inline constexpr const char* a_month = "a month, 0 is the first";
inline constexpr const char* months_to_full = "months; in the last of them it is there in full";

std::vector<StudyKey> keys_of_time_and_money();
std::vector<StudyKey> keys_of_population();
std::vector<StudyKey> keys_of_uncertain();
std::vector<StudyKey> keys_of_totals();
std::vector<StudyKey> keys_of_books();
std::vector<StudyKey> keys_of_policies();
std::vector<StudyKey> keys_of_scenarios();
std::vector<StudyKey> keys_of_experiment();
std::vector<StudyKey> keys_of_output();
std::vector<StudyKey> keys_of_sweep();

}  // namespace clientele::scenarios
