// A study in words: what happens in its scenarios, and by which rules its policies sort and what they grant.
#pragma once
#include "sim/catalogue.hpp"
#include "sim/metrics.hpp"
#include "sim/study.hpp"

namespace clientele::sim {

/// Every lever of a tier stands with the value that is in force, and every field of a segmentation as well, whether
/// the study states it or not.
StudyTexts texts_of(const Study& study, const Catalogue& catalogue);

}  // namespace clientele::sim
