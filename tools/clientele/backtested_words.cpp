// What a study says of its backtest, in each language.
#include "tools/clientele/backtested.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

namespace {

/// "3 half-years", "2 years", "3 times 4 months".
std::string stretches_in_words(const output::FittedToBooks& fitted, Language language) {
  const std::string times = std::to_string(fitted.origins), months = std::to_string(fitted.months);
  const std::string number = fitted.origins == 1 ? ".one" : ".many";
  if (fitted.months == 6) return say(language, "backtested.half_years" + number, {{"times", times}});
  if (fitted.months == 12) return say(language, "backtested.years" + number, {{"times", times}});
  const std::string each =
      fitted.months == 1 ? say(language, "months.one") : say(language, "months.many", {{"months", months}});
  if (fitted.origins == 1) return each;
  return say(language, "backtested.times", {{"times", times}, {"months", each}});
}

}  // namespace

std::string fitted_in_words(const output::FittedToBooks& fitted, const std::string& customer_file, Language language) {
  if (!fitted.fitted) return say(language, customer_file.empty() ? "basis.not_fitted" : "basis.not_backtested");
  if (!fitted.is_backtested()) return say(language, "basis.fitted_not_backtested");
  return say(language, fitted.changed_since ? "basis.backtested_before" : "basis.backtested",
             {{"inside", with_commas(static_cast<std::uint64_t>(fitted.inside), language)},
              {"figures", with_commas(static_cast<std::uint64_t>(fitted.figures), language)},
              {"stretches", stretches_in_words(fitted, language)}});
}

}  // namespace clientele::tools
