// What is legal and still makes an answer hard to believe: said once, and kept with the answer.
#pragma once
#include <string>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/study.hpp"

namespace clientele::tools {

/// A base that melts because nobody arrives; orders most of which lose money, before or after a tier's discount; holds
/// that stop most customers; an opening ageing that the warm-up does not leave.
std::vector<std::string> unlikely_in(const sim::Study& study, const sim::Catalogue& catalogue);

}  // namespace clientele::tools
