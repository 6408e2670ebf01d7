// When the study plays, its luck's seed, and what its money is.
#include <algorithm>
#include <cctype>
#include <cmath>

#include "scenarios/reader/section.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;

namespace {

constexpr int usual_beyond = 60;
constexpr int warmup_of_a_file = 12;

void read_start(Section& section, Reading& reading) {
  const Entry* entry = section.find("start");
  if (entry == nullptr) return;
  const Node& node = entry->node;
  if (node.kind != Node::Kind::date)
    return reading.mistakes.add(node.place, "horizon.start = " + shown(node) + " is " + kind_of(node) +
                                                ". Expected: a date without quotes, such as 2027-01-01.");
  if (node.date.year < 1900 || node.date.year > 2200)
    return reading.mistakes.add(
        node.place, "horizon.start: the year " + std::to_string(node.date.year) + " is outside [1900, 2200].");
  if (node.date.day != 1)
    reading.mistakes.add(node.place,
                         "horizon.start is in the middle of a month (months are simulated whole). Did you mean "
                         "the first?");
  reading.study.horizon.start_year = node.date.year;
  reading.study.horizon.start_month = node.date.month;
}

/// Units of time, as readers of netCDF know them: money in such a unit would be read as a length of time.
bool is_unit_of_time(const std::string& currency) {
  std::string word = currency;
  std::ranges::transform(word, word.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (word.find(" since ") != std::string::npos) return true;
  for (const char* unit :
       {"d",        "day",         "h",    "hr",       "hour",        "min",         "minute",  "s",
        "sec",      "second",      "week", "month",    "year",        "common_year", "ms",      "msec",
        "millisec", "millisecond", "us",   "microsec", "microsecond", "ns",          "nanosec", "nanosecond"})
    if (word == unit || word == std::string(unit) + "s") return true;
  return false;
}

void read_currency(Section& section, Reading& reading) {
  const auto currency = section.name("currency");
  if (!currency) return;
  if (is_unit_of_time(*currency))
    return reading.mistakes.add(section.find("currency")->node.place,
                                "currency = " + in_quotes(*currency) +
                                    " is a unit of time (programs that open the cube would read money as times). "
                                    "Expected: a currency, such as EUR.");
  reading.study.currency = *currency;
}

}  // namespace

void read_money_and_seed(const Node& root, Reading& reading) {
  Section section(root, "", reading);
  if (auto title = section.text("title")) reading.study.title = *title;
  if (auto question = section.text("question")) reading.study.question = *question;
  if (auto seed = section.number(study_key("", "seed"))) reading.study.seed = static_cast<std::uint32_t>(*seed);
  read_currency(section, reading);
  if (auto amount = section.number(study_key("", "money_quantum"))) reading.study.money_quantum = *amount;
  for (const std::string& table : reading.vocabulary.tables()) section.find(table);
  section.close();
}

void read_horizon(const Node& root, Reading& reading) {
  sim::Horizon& horizon = reading.study.horizon;
  const Entry* population = root.find("population");
  if (population != nullptr && population->node.find("file") != nullptr) horizon.warmup = warmup_of_a_file;
  const Entry* entry = root.find("horizon");
  if (entry == nullptr) return;
  Section section(entry->node, "horizon.", reading);
  read_start(section, reading);
  if (auto months = section.number(study_key("horizon", "months"))) horizon.months = static_cast<int>(*months);
  if (auto warmup = section.number(study_key("horizon", "warmup"))) horizon.warmup = static_cast<int>(*warmup);
  if (auto run_off = section.number(study_key("horizon", "run_off"))) horizon.run_off = static_cast<int>(*run_off);
  section.close();
}

/// What comes after the horizon counts into customer equity, so that a study that says nothing of it looks far enough.
void read_beyond(const Node& root, Reading& reading) {
  sim::Horizon& horizon = reading.study.horizon;
  horizon.beyond = usual_beyond;
  const Entry* entry = root.find("beyond");
  if (entry == nullptr) return;
  Section section(entry->node, "beyond.", reading);
  if (auto months = section.number(study_key("beyond", "months"))) horizon.beyond = static_cast<int>(*months);
  if (const auto drivers = section.choice(study_key("beyond", "drivers")))
    horizon.drivers_beyond = static_cast<sim::DriversBeyond>(*drivers);
  section.close();
}

}  // namespace clientele::scenarios
