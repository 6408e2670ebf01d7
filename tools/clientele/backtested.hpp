// Whether a study was fitted to a firm's books, and what a backtest of it came to: one sentence, wherever it is asked,
// run, compared or looked at.
#pragma once
#include <optional>
#include <string>

#include "output/comparison/study_facts.hpp"
#include "output/cube/reader.hpp"
#include "scenarios/stated_books.hpp"
#include "sim/study.hpp"
#include "tools/clientele/language/messages.hpp"

namespace clientele::tools {

output::FittedToBooks fitted_of(const std::optional<scenarios::StatedBooks>& books);
/// Of a study that is simulated; and of the one that a cube carries, of which nothing is known where its text cannot be
/// read any more.
output::FittedToBooks fitted_of(const sim::Study& study);
output::FittedToBooks fitted_in(const output::CubeReader& cube);

/// "Backtested: 16 of 18 figures of 3 half-years lay inside their range (they are not independent)."; "Fitted to your
/// books, not backtested."; "Not backtested." of a file of customers that nothing is fitted to; and of invented
/// customers "Not fitted to your books.".
std::string fitted_in_words(const output::FittedToBooks& fitted, const std::string& customer_file,
                            Language language = Language::english);

}  // namespace clientele::tools
