// Text in, checked study out: every mistake of a study at once, each with its place, or a study that can be simulated.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/study.hpp"

namespace clientele::scenarios {

/// What somebody says beside a study, after all that the study says: `--set payment.terms_days=45`. Entries of a list
/// go by their names: policy.scorecard.tier.A.terms_days; shocks by their drivers, or by their place where two have
/// one: scenario.recession.shock.demand.times, scenario.waves.shock.2.times.
struct Override {
  std::string option;  ///< as it was typed, for messages
  std::string path, value;
};

struct StudyReading {
  sim::Study study;
  std::vector<std::string> warnings;
};

/// Reads a study; "-" and "/dev/stdin" are standard input, whose paths are relative to the present folder. Throws
/// UserError with all its mistakes: file:line:column, problem, reason, suggestion, source line.
StudyReading read_study(const std::filesystem::path& path, const sim::Catalogue& catalogue,
                        const std::vector<Override>& overrides = {});

/// The same for a text; `name` stands in messages, and the paths in the study are relative to `folder`.
StudyReading read_study_text(std::string_view text, const std::string& name, const std::filesystem::path& folder,
                             const sim::Catalogue& catalogue, const std::vector<Override>& overrides = {});

}  // namespace clientele::scenarios
