// Everything that a text says of it stands in the object, to the bit.
#include <cmath>
#include <fstream>
#include <limits>

#include <nlohmann/json.hpp>

#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/sensitivity/found.hpp"

namespace clientele::tools {
namespace {

using ReadJson = nlohmann::json;

constexpr double no_bound = std::numeric_limits<double>::infinity();

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& what, sim::Exit status) {
  throw sim::UserError(sim::file_in_quotes(file) + " " + what, status);
}

double number_in(const ReadJson& object, const char* name, double where_null = std::nan("")) {
  return object.at(name).is_null() ? where_null : object.at(name).get<double>();
}

sim::Direction direction_of(const std::string& word) {
  if (word == "neither") return sim::Direction::neither;
  return word == "lower is better" ? sim::Direction::lower_is_better : sim::Direction::higher_is_better;
}

Swing swing_in(const ReadJson& told) {
  Swing swing{{}, {}, {}, {}, {}, told.at("turns_sign")};
  swing.number.path = told.at("path");
  swing.number.called = told.at("called");
  swing.number.mark = told.at("mark");
  swing.number.uncertain = told.at("uncertain");
  swing.number.low = told.at("low");
  swing.number.high = told.at("high");
  swing.number.stated = told.at("stated");
  swing.at_low = {number_in(told, "at_low"), number_in(told, "half_width_low")};
  swing.at_high = {number_in(told, "at_high"), number_in(told, "half_width_high")};
  swing.change = {number_in(told, "change"), number_in(told, "half_width_change")};
  for (const ReadJson& turn : told.at("turns"))
    swing.turns.push_back({turn.at("value"), number_in(turn, "low", -no_bound), number_in(turn, "high", no_bound),
                           turn.at("positive_above")});
  return swing;
}

AllAtOnce all_at_once_in(const ReadJson& told, const std::vector<Swing>& swings) {
  AllAtOnce all{told.at("combinations"),           told.at("better"),
                told.at("clearly_better"),         told.at("clearly_worse"),
                {told.at("low"), told.at("high")}, std::nullopt};
  const ReadJson& split = told.at("split");
  if (split.is_null()) return all;
  std::size_t number = 0;
  while (number < swings.size() && swings[number].number.path != split.at("path").get<std::string>()) ++number;
  if (number < swings.size())
    all.split = Split{number,
                      split.at("value"),
                      split.at("better_below"),
                      split.at("of_below"),
                      split.at("better_above"),
                      split.at("of_above")};
  return all;
}

Sensitivity sensitivity_in(const ReadJson& told) {
  Sensitivity s;
  s.title = told.at("title");
  s.digest = told.at("study_digest");
  s.model_version = told.at("model_version");
  s.seed = told.at("seed");
  s.customers = told.at("customers");
  s.customers_of_study = told.at("customers_of_study");
  s.scale = told.at("scale");
  s.replications = told.at("replications");
  s.scenario = told.at("scenario");
  s.baseline = told.at("baseline");
  s.policy = told.at("policy");
  s.rivals = told.at("rivals");
  s.kpi.name = told.at("kpi");
  s.kpi.unit = told.at("unit");
  s.kpi.direction = direction_of(told.at("direction"));
  const ReadJson& base = told.at("base");
  s.base = {number_in(base, "mean"), number_in(base, "half_width"), s.replications, base.at("caution"),
            base.at("why_missing")};
  for (const ReadJson& number : told.at("numbers")) s.swings.push_back(swing_in(number));
  for (const ReadJson& path : told.at("left_as_stated")) s.left_as_stated.push_back(path);
  s.all_at_once = all_at_once_in(told.at("all_at_once"), s.swings);
  return s;
}

}  // namespace

Sensitivity read_sensitivity(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) fail(file, "cannot be opened: is the name right?", sim::Exit::input_output);
  try {
    const ReadJson told = ReadJson::parse(stream);
    if (told.at("what") == "sensitivity" && told.at("schema_version") == 1) return sensitivity_in(told);
  } catch (const ReadJson::exception&) {
    // As any other file that this verb did not write.
  }
  fail(file, "is not what clientele sensitivity -o writes.", sim::Exit::bad_data);
}

Sensitivity read_sensitivity_of(const std::filesystem::path& file, const std::string& study_digest,
                                const std::string& model_version) {
  Sensitivity found = read_sensitivity(file);
  if (found.digest != study_digest)
    fail(file,
         "is of another study (" + sim::printable(found.digest) + ") than the cube (" + study_digest +
             "). Were both made with the same options?",
         sim::Exit::bad_data);
  if (found.model_version != model_version)
    fail(file,
         "was made by model " + sim::printable(found.model_version) + ", the cube by model " + model_version + ".",
         sim::Exit::bad_data);
  return found;
}

}  // namespace clientele::tools
