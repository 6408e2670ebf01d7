// Legal, and still unlikely to be meant: money that no customer-month can hold in its 32 bits, or that rounds away.
#include <cmath>

#include "scenarios/printable.hpp"
#include "scenarios/reader/reading.hpp"

namespace clientele::scenarios {
namespace {

/// An eighth of what 32 bits hold: a month of several orders above their mean still fits.
constexpr double most_quanta = 268435456;

void judge_money(const sim::FieldInfo& field, const std::string& path, const sim::FieldValue& value, Reading& reading) {
  if (!field.money || value.numbers.empty()) return;
  const double quanta = std::fabs(value.numbers.front()) / reading.study.money_quantum;
  if (field.kind == sim::Kind::trait && quanta > 0 && quanta < 1)
    return reading.mistakes.warn({}, path + " = " + number_text(value.numbers.front()) +
                                         " is less than the smallest amount that is counted (money_quantum = " +
                                         number_text(reading.study.money_quantum) + "): most of it rounds to 0.");
  if (quanta <= most_quanta) return;
  reading.mistakes.warn({},
                        path + " = " + number_text(value.numbers.front()) + " is " + number_text(std::rint(quanta)) +
                            " of the smallest amounts that are counted (more than 2^28 a month may not fit). Would a "
                            "larger money_quantum do (it is " +
                            number_text(reading.study.money_quantum) + ")?");
}

}  // namespace

void judge_plausibility(Reading& reading) {
  const auto& tables = reading.catalogue.tables();
  for (std::size_t t = 0; t < reading.study.values.size(); ++t)
    for (std::size_t f = 0; f < reading.study.values[t].size(); ++f) {
      const sim::FieldInfo& field = tables[t].fields.fields()[f];
      judge_money(field, tables[t].key + "." + std::string(field.key), reading.study.values[t][f], reading);
    }
}

}  // namespace clientele::scenarios
