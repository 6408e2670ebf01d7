// The difference of two cubes, in words for people and in one object for programs.
#pragma once
#include <string>

#include "output/cube/difference.hpp"

namespace clientele::tools {

/// The names of the files that were compared.
struct TwoFiles {
  std::string first, second;
};

std::string text_of(const output::CubeDifference& difference, const TwoFiles& files);
std::string json_of(const output::CubeDifference& difference, const TwoFiles& files);

}  // namespace clientele::tools
