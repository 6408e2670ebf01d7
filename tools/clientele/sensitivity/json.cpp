// The same for programs: all digits, and null where there is no number.
#include <cmath>

#include <nlohmann/json.hpp>

#include "tools/clientele/sensitivity/found.hpp"

namespace clientele::tools {
namespace {

using Json = nlohmann::ordered_json;

Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

const char* word_of(sim::Direction direction) {
  if (direction == sim::Direction::neither) return "neither";
  return direction == sim::Direction::lower_is_better ? "lower is better" : "higher is better";
}

Json number_of(const Swing& swing) {
  const MovedNumber& number = swing.number;
  Json turns = Json::array();
  for (const output::Turn& turn : swing.turns)
    turns.push_back({{"value", turn.value},
                     {"low", finite(turn.low)},
                     {"high", finite(turn.high)},
                     {"positive_above", turn.positive_above}});
  return {{"path", number.path},
          {"called", number.called},
          {"mark", number.mark},
          {"uncertain", number.uncertain},
          {"low", number.low},
          {"high", number.high},
          {"stated", number.stated},
          {"at_low", finite(swing.at_low.mean)},
          {"at_high", finite(swing.at_high.mean)},
          {"half_width_low", finite(swing.at_low.half_width)},
          {"half_width_high", finite(swing.at_high.half_width)},
          {"change", finite(swing.change.mean)},
          {"half_width_change", finite(swing.change.half_width)},
          {"turns_sign", swing.turns_sign},
          {"turns", std::move(turns)}};
}

Json all_at_once_of(const Sensitivity& s) {
  const AllAtOnce& all = s.all_at_once;
  Json split = nullptr;
  if (all.split)
    split = {{"path", s.swings[all.split->number].number.path}, {"value", all.split->value},
             {"better_below", all.split->holding_below},        {"of_below", all.split->below},
             {"better_above", all.split->holding_above},        {"of_above", all.split->above}};
  return {{"combinations", all.combinations},
          {"better", all.better},
          {"low", all.share.low},
          {"high", all.share.high},
          {"clearly_better", all.clearly_better},
          {"clearly_worse", all.clearly_worse},
          {"split", std::move(split)}};
}

}  // namespace

std::string json_of(const Sensitivity& s, const std::string& model_version) {
  Json numbers = Json::array();
  for (const Swing& swing : s.swings) numbers.push_back(number_of(swing));
  const Json all = {{"schema_version", 1},
                    {"what", "sensitivity"},
                    {"title", s.title},
                    {"study_digest", s.digest},
                    {"model_version", model_version},
                    {"seed", s.seed},
                    {"customers", s.customers},
                    {"customers_of_study", s.customers_of_study},
                    {"scale", s.scale},
                    {"replications", s.replications},
                    {"scenario", s.scenario},
                    {"baseline", s.baseline},
                    {"policy", s.policy},
                    {"rivals", s.rivals},
                    {"kpi", s.kpi.name},
                    {"unit", s.kpi.unit},
                    {"direction", word_of(s.kpi.direction)},
                    {"base",
                     {{"mean", finite(s.base.mean)},
                      {"half_width", finite(s.base.half_width)},
                      {"caution", s.base.caution},
                      {"why_missing", s.base.why_missing}}},
                    {"numbers", std::move(numbers)},
                    {"left_as_stated", s.left_as_stated},
                    {"all_at_once", all_at_once_of(s)}};
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace clientele::tools
