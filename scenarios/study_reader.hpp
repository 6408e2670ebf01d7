// Text in, checked study out: every mistake of a study at once, each with its place, or a study that can be simulated.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/override.hpp"
#include "scenarios/stated_books.hpp"
#include "scenarios/sweep.hpp"
#include "scenarios/totals.hpp"
#include "sim/catalogue.hpp"
#include "sim/study.hpp"

namespace clientele::scenarios {

/// Where a study was read from, for who reads it again: its points.
struct StudySource {
  std::string name;  ///< in messages
  std::filesystem::path folder;
  std::vector<Override> overrides;
};

struct StudyReading {
  sim::Study study;  ///< as stated: no sweep changes it
  std::vector<std::string> warnings;
  Sweep sweep;  ///< what [sweep] or the option --sweep asks for
  StudySource source;
  Totals totals = {};                     ///< what [totals] says of the year before month 0
  std::optional<StatedBooks> books = {};  ///< the exports that it was fitted to, where it was
};

/// Whether [sweep] is read, and held to the study; left out it is for one point, or where only the stated study counts.
enum class Points { read, left_out };

/// Reads a study; "-" and "/dev/stdin" are standard input, whose paths are relative to the present folder. Throws
/// UserError with all its mistakes: file:line:column, problem, reason, suggestion, source line.
StudyReading read_study(const std::filesystem::path& path, const sim::Catalogue& catalogue,
                        const std::vector<Override>& overrides = {}, Points points = Points::read);

/// The same for a text; `name` stands in messages, and the paths in the study are relative to `folder`.
StudyReading read_study_text(std::string_view text, const std::string& name, const std::filesystem::path& folder,
                             const sim::Catalogue& catalogue, const std::vector<Override>& overrides = {},
                             Points points = Points::read);

}  // namespace clientele::scenarios
