// A study as it is asked of an output, so that others can work for the same output without being given it.
#pragma once
#include <filesystem>
#include <optional>

#include "output/records/asked.hpp"
#include "output/records/log.hpp"
#include "scenarios/study_reader.hpp"
#include "sim/catalogue.hpp"
#include "tools/clientele/shard.hpp"

namespace clientele::tools {

/// Of all that outcomes hang on: the text, options, customers, draws and points that came from files.
std::string digest_of(const scenarios::StudyReading& reading);

/// Who asks for what: the study as it was read, the file that it was read from, and the shard, if it is one.
output::Asked asked_of(const scenarios::StudyReading& reading, const std::filesystem::path& study_file,
                       const std::optional<Shard>& shard);

/// This process.
output::Worker worker_of(const output::Asked& asked, const std::optional<Shard>& shard);

/// The study again, to the letter, with its points; its customers are looked for in `folder`, or else where they were.
/// Throws UserError where another model was asked (its numbers are others), or where the customers or points are no
/// longer the same.
scenarios::StudyReading reading_in(const output::Asked& asked, const std::filesystem::path& run_directory,
                                   const std::optional<std::filesystem::path>& folder, const sim::Catalogue& catalogue);

}  // namespace clientele::tools
