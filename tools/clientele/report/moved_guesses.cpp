// Believes a file only as far as it belongs to the cube.
#include "tools/clientele/report/moved_guesses.hpp"

#include <cmath>
#include <fstream>

#include <nlohmann/json.hpp>

#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::tools {

using Json = nlohmann::json;

namespace {

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& what) {
  throw sim::UserError(sim::file_in_quotes(file) + " " + what, sim::Exit::bad_data);
}

double number_in(const Json& object, const char* name) {
  return object.at(name).is_null() ? std::nan("") : object.at(name).get<double>();
}

MovedGuesses moved_in(const Json& all) {
  MovedGuesses moved{.scenario = all.at("scenario"),
                     .policy = all.at("policy"),
                     .baseline = all.at("baseline"),
                     .kpi = all.at("kpi"),
                     .unit = all.at("unit"),
                     .base = number_in(all.at("base"), "mean"),
                     .half_width = number_in(all.at("base"), "half_width")};
  for (const Json& number : all.at("numbers")) {
    const MovedGuess guess{number.at("path"),         number.at("called"),         number_in(number, "low"),
                           number_in(number, "high"), number_in(number, "at_low"), number_in(number, "at_high")};
    ++moved.moved;
    moved.turning += number.at("turns").empty() ? 0 : 1;
    if (guess.at_low != guess.at_high) moved.guesses.push_back(guess);
  }
  moved.better = all.at("all_at_once").at("better");
  moved.combinations = all.at("all_at_once").at("combinations");
  return moved;
}

}  // namespace

MovedGuesses read_moved_guesses(const std::filesystem::path& file, const output::ComparisonInput& input) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream)
    throw sim::UserError(sim::file_in_quotes(file) + " cannot be opened: is the name right?", sim::Exit::input_output);
  try {
    const Json all = Json::parse(stream);
    if (all.at("what") != "sensitivity" || all.at("schema_version") != 1)
      fail(file, "is not what clientele sensitivity -o writes.");
    if (all.at("study_digest") != input.study_digest)
      fail(file, "is of another study (" + sim::printable(all.at("study_digest").get<std::string>()) +
                     ") than the cube (" + input.study_digest + "). Were both made with the same options?");
    if (all.at("model_version") != input.model_version)
      fail(file, "was made by model " + sim::printable(all.at("model_version").get<std::string>()) +
                     ", the cube by model " + input.model_version + ".");
    return moved_in(all);
  } catch (const Json::exception&) {
    fail(file, "is not what clientele sensitivity -o writes.");
  }
}

}  // namespace clientele::tools
