// Of the text of the study only its [books] are read: its files may be elsewhere.
#include "tools/clientele/backtested.hpp"

#include "models/catalogue.hpp"
#include "scenarios/changed_since_backtest.hpp"
#include "sim/core/check.hpp"
#include "tools/clientele/study_options.hpp"
#include "tools/clientele/verify/carried_study.hpp"

namespace clientele::tools {

output::FittedToBooks fitted_of(const std::optional<scenarios::StatedBooks>& books) {
  output::FittedToBooks fitted;
  if (!books) return fitted;
  fitted.fitted = true;
  if (!books->backtest) return fitted;
  const scenarios::StatedBacktest& backtest = *books->backtest;
  fitted.inside = backtest.inside;
  fitted.figures = backtest.figures;
  fitted.origins = backtest.origins.size();
  fitted.months = backtest.months;
  fitted.changed_since = backtest.of_another_fit;
  return fitted;
}

namespace {

/// Files that were read when it was simulated are known by what the reader warned of then.
output::FittedToBooks fitted_by_text(const std::string& text, const std::vector<scenarios::Override>& options,
                                     const std::vector<std::string>& warnings) {
  try {
    output::FittedToBooks fitted = fitted_of(scenarios::books_in(text, "study", options, models::catalogue()));
    for (const std::string& warning : warnings)
      if (warning.find(scenarios::files_changed_since_backtest) != std::string::npos) fitted.changed_since = true;
    return fitted;
  } catch (const sim::UserError&) {  // a study of another clientele, whose keys are not these
    return {};
  }
}

}  // namespace

output::FittedToBooks fitted_of(const sim::Study& study) {
  return fitted_by_text(study.text, overrides_of_kept(study.options), study.warnings);
}

output::FittedToBooks fitted_in(const output::CubeReader& cube) {
  return fitted_by_text(cube.study_text(), overrides_in(cube), cube.texts().warnings);
}

}  // namespace clientele::tools
