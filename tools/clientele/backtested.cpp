// Of the text of the study only its [books] are read: its files may be elsewhere.
#include "tools/clientele/backtested.hpp"

#include "models/catalogue.hpp"
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

output::FittedToBooks fitted_by_text(const std::string& text, const std::vector<scenarios::Override>& options) {
  try {
    return fitted_of(scenarios::books_in(text, "study", options, models::catalogue()));
  } catch (const sim::UserError&) {  // a study of another clientele, whose keys are not these
    return {};
  }
}

}  // namespace

output::FittedToBooks fitted_of(const sim::Study& study) {
  return fitted_by_text(study.text, overrides_of_kept(study.options));
}

output::FittedToBooks fitted_in(const output::CubeReader& cube) {
  return fitted_by_text(cube.study_text(), overrides_in(cube));
}

}  // namespace clientele::tools
