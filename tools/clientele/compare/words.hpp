// Names and numbers of a comparison as people read them.
#pragma once
#include <string>
#include <vector>

#include "output/comparison/comparison.hpp"
#include "tools/clientele/language/messages.hpp"

namespace clientele::tools {

/// Never cut: sentences name things whole.
std::string scenario_of(const output::Comparison& comparison, std::size_t scenario);
std::string policy_of(const output::Comparison& comparison, std::size_t policy);
/// What an arm is compared by: its policy, or its scenario; and what with.
std::string side_of(const output::Comparison& comparison, std::size_t scenario, std::size_t policy);
std::string baseline_of(const output::Comparison& comparison);

/// Names for a table: cut in their middle to `width` characters, or to as many more as keep them apart.
std::vector<std::string> cut_names(const std::vector<std::string>& names, std::size_t width);

/// "three years' profit", "18 months' profit", "profit with the five years beyond", or the name of the KPI.
std::string called(const output::Comparison& comparison, const output::KpiTexts& kpi,
                   Language language = Language::english);
/// "the leaving that care prevents (service.care_hazard)", or the path alone where nobody has a name for it; `known`
/// stands behind the path.
std::string field_in_words(const std::string& called, const std::string& path, const std::string& known = "",
                           Language language = Language::english);
/// "three years", "18 months".
std::string months_in_words(std::size_t months, Language language = Language::english);

/// "96 %", and "<1 %" where it is not quite 0.
std::string percent(double share, Language language = Language::english);
/// "96 % (90-98)"
std::string chance_in_words(const output::Chance& chance, Language language = Language::english);
/// " EUR" for a unit that says something, else "".
std::string behind_number(const std::string& unit, Language language = Language::english);
/// "better", or "higher" where a KPI has no better side.
std::string favorable(const output::KpiTexts& kpi, Language language = Language::english);

/// "100 simulated futures (100 sets of assumptions)": sets only where draws vary something.
std::string futures_in_words(const output::Comparison& comparison, std::size_t futures,
                             Language language = Language::english);

/// With a capital letter, as a sentence begins; Chinese has none.
std::string as_beginning(std::string text, Language language = Language::english);

}  // namespace clientele::tools
