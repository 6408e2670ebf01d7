// What customers are beside their group: attributes that a study invents or a file gives.
#pragma once
#include <string>
#include <vector>

#include "scenarios/customers/file.hpp"
#include "scenarios/reader/reading.hpp"

namespace clientele::scenarios {

/// Every attribute of a study has a random word of its own, and so many are there.
inline constexpr std::size_t most_attributes = 4;

/// [[population.attribute]], before the file of customers is read: what an invented base draws, or what a file has.
void read_attributes(const Node& population, Reading& reading);

/// What a file's columns say of them, and what its newcomers are drawn by.
void take_attributes(std::vector<FileAttribute>&& found, Reading& reading);

std::vector<std::string> attribute_names(const sim::Study& study);

}  // namespace clientele::scenarios
