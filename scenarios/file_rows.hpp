// Ids of customers as their file has them: read again for the one file that they are written to.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/study_reader.hpp"

namespace clientele::scenarios {

struct FileRows {
  std::filesystem::path path;
  std::vector<std::string> ids;         ///< by row
  std::vector<std::string> tier_today;  ///< by row, of the column of this name; empty where there is none
};

/// Of the file that the study was read with: the column whose ids it kept the hashes of. Throws UserError where no such
/// file is there any more.
FileRows rows_of_file(const StudyReading& reading);

}  // namespace clientele::scenarios
