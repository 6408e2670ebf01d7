// Tiers that stand in a table beside the study: a policy's `tiers = "tiers.csv"`.
#pragma once
#include <string>
#include <string_view>

#include "scenarios/reader/reading.hpp"

namespace clientele::scenarios {

/// Puts the rows of the files that policies name into the tree as if they were [[policy.tier]] tables, with places in
/// their files. Returns the text with them in the place of the names, so that whoever has the text needs no file.
std::string with_tiers_of_files(Node& root, std::string_view text, Reading& reading);

/// What a tier may say: name, share, top, from, and levers by their keys. With paths: also payment.terms_days.
std::vector<std::string> tier_keys(const sim::Catalogue& catalogue, bool with_paths = false);

}  // namespace clientele::scenarios
