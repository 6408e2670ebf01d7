// The same for programs.
#include <cmath>

#include <nlohmann/json.hpp>

#include "tools/clientele/doctor/words.hpp"

namespace clientele::tools {
namespace {

using Json = nlohmann::ordered_json;

Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json movement_of(const Movement& movement) {
  return {{"metric", movement.metric}, {"change", finite(movement.change)}, {"z", finite(movement.z)}};
}

Json levers_of(const Diagnosis& diagnosis) {
  Json all = Json::array();
  for (const LeverFinding& lever : diagnosis.levers) {
    Json metrics = Json::array();
    for (const Declared& declared : lever.declared) {
      Json one = movement_of(declared.movement);
      one["side"] = declared.is_cost ? "cost" : "benefit";
      one["must"] = declared.must_rise ? "rise" : "fall";
      one["shows"] = declared.shows();
      metrics.push_back(std::move(one));
    }
    all.push_back({{"path", lever.path},
                   {"policy", lever.policy},
                   {"from", lever.from},
                   {"to", lever.to},
                   {"verdict", in_words(lever.verdict)},
                   {"metrics", std::move(metrics)}});
  }
  return all;
}

Json drivers_of(const Diagnosis& diagnosis) {
  Json all = Json::array();
  for (const DriverFinding& driver : diagnosis.drivers)
    all.push_back({{"name", driver.name},
                   {"scenario", driver.scenario},
                   {"size", driver.size},
                   {"verdict", driver.largest ? "works" : "dead"},
                   {"policy", driver.largest ? Json(driver.policy) : Json(nullptr)},
                   {"largest", driver.largest ? movement_of(*driver.largest) : Json(nullptr)}});
  return all;
}

}  // namespace

std::string json_of(const Diagnosis& diagnosis) {
  const std::vector<std::string> faults = faults_of(diagnosis);
  const Json all = {{"schema_version", 1},
                    {"title", diagnosis.title},
                    {"study_digest", diagnosis.digest},
                    {"customers", diagnosis.customers},
                    {"futures", diagnosis.futures},
                    {"draws", diagnosis.draws},
                    {"months", diagnosis.months},
                    {"warmup", diagnosis.warmup},
                    {"well", faults.empty()},
                    {"faults", faults},
                    {"least_z", least_z},
                    {"levers", levers_of(diagnosis)},
                    {"drivers", drivers_of(diagnosis)},
                    {"drivers_not_moved", diagnosis.idle_drivers},
                    {"placebo", {{"cells", diagnosis.placebo_cells}, {"differs_in", diagnosis.placebo_metrics}}},
                    {"ledgers", {{"balances", diagnosis.ledgers}, {"hold", diagnosis.unbalanced.empty()}}},
                    {"reviews", {{"policies", diagnosis.reviewed}, {"leaking", diagnosis.leaking}}}};
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace clientele::tools
