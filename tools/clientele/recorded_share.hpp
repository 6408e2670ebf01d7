// One shard of a study: its part is simulated and kept, beside those of others; the cube is `merge`'s.
#pragma once
#include <filesystem>
#include <string>

#include "output/files/durable_file.hpp"
#include "output/records/asked.hpp"
#include "tools/clientele/job.hpp"
#include "tools/clientele/kept_records.hpp"
#include "tools/clientele/shard.hpp"

namespace clientele::tools {

/// Simulates what is missing of the shard's part, and returns what there is to say. `job` is of the study as it is
/// stated. Throws UserError: usage where a scheduler's count is not that of the shards before, bad_data where they are
/// of another model, output_exists where others are at another study, does_not_fit where a run of the whole goes on;
/// and what make_cube throws.
std::string make_share(const Job& job, const std::filesystem::path& file, output::Existing existing,
                       const output::Asked& asked, const Shard& shard);

/// A shard says with the others what is asked for; what nobody is at any more gives way. Throws as make_share does.
void begin_share(KeptRecords& kept, const output::Asked& asked, const Shard& shard, Talk volume);

/// What a shard has to do, in a line.
std::string share_in_words(const sim::Plan& plan, const sim::RunOptions& options, const Shard& shard);

}  // namespace clientele::tools
