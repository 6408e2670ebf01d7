// Numbers and names of a diagnosis as people read them.
#pragma once
#include <string>
#include <vector>

#include "tools/clientele/doctor/diagnosis.hpp"

namespace clientele::tools {

/// "+54.1 %", "from 0", "0".
std::string change_in_words(const Movement& movement);
/// "+12.3"; ">999" where it is larger, or the same in every future.
std::string z_in_words(double z);
/// "0.01", "0-0.01": the lowest and the highest.
std::string levels_in_words(const std::vector<double>& levels);
/// "x 0.9", "+ 2".
std::string size_in_words(const DriverFinding& driver);
/// One word, or a few: "works on both sides".
std::string in_words(Verdict verdict);
/// "a, b and c".
std::string listed(const std::vector<std::string>& names);

}  // namespace clientele::tools
