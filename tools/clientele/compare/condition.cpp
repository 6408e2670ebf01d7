// A value as a multiple of what is assumed where there is such a thing, else as it is.
#include "tools/clientele/compare/condition.hpp"

#include <cmath>
#include <vector>

#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

using output::Comparison;
using output::Condition;
using output::DrawnNumber;
using output::Moved;
using output::Turn;

namespace {

/// How little is known of what an answer hangs on.
std::string known_as(const std::string& mark) {
  if (mark == "guess") return ", a guess";
  if (mark == "stated") return ", stated without a source";
  return mark == "fiction" ? ", fitted to fiction" : "";
}

/// "the leaving that care prevents (service.care_hazard, a guess)"
std::string name_of(const DrawnNumber& drawn) {
  return field_in_words(drawn.field.called, drawn.field.path, known_as(drawn.field.mark));
}

bool has_multiple(const DrawnNumber& drawn) { return std::isfinite(drawn.field.stated) && drawn.field.stated != 0; }

/// In multiples of what is stated, "0.34 times what is assumed".
class Scale {
 public:
  explicit Scale(const DrawnNumber& drawn)
      : unit_(has_multiple(drawn) ? drawn.field.stated : 1), relative_(has_multiple(drawn)) {}
  bool turns_around() const { return unit_ < 0; }
  std::string bare(double value) const {
    const double shown = value / unit_, size = std::fabs(shown);
    return Rounding(size, relative_ ? 0.1 : size / 10).bare(shown);
  }
  std::string behind() const { return relative_ ? " times what is assumed" : ""; }

 private:
  double unit_;
  bool relative_;
};

/// "at least 0.34 times what is assumed (0.28 to 0.41)"
std::string bound_of(const DrawnNumber& drawn, const Turn& turn, bool wants_positive) {
  const Scale scale(drawn);
  const bool above = (turn.positive_above == wants_positive) != scale.turns_around();
  std::string text = (above ? "at least " : "at most ") + scale.bare(turn.value) + scale.behind();
  const double low = scale.turns_around() ? turn.high : turn.low, high = scale.turns_around() ? turn.low : turn.high;
  if (std::isinf(low)) return text + " (not more than " + scale.bare(high) + ")";
  if (std::isinf(high)) return text + " (not less than " + scale.bare(low) + ")";
  return text + " (" + scale.bare(low) + " to " + scale.bare(high) + ")";
}

/// "a", "a or b", "a, b or c".
std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t n = 0; n < names.size(); ++n)
    text += (n == 0 ? "" : n + 1 == names.size() ? " or " : ", ") + names[n];
  return text;
}

std::string gains(const output::KpiTexts& kpi) {
  return kpi.direction == sim::Direction::lower_is_better ? " falls if " : " gains if ";
}

}  // namespace

std::string condition_in_words(const Comparison& c, const Condition& condition) {
  const output::HangsOn& hangs_on = condition.hangs_on;
  const std::string kpi = as_beginning(called(c, condition.kpi));
  if (!hangs_on.why_missing.empty())
    return "What " + called(c, condition.kpi) + " hangs on is not known: " + hangs_on.why_missing + ".";
  const bool lower = c.answer->headline.kpi.direction == sim::Direction::lower_is_better;
  std::string turning;
  std::vector<std::string> steady, unclear;
  for (const Moved& moved : hangs_on.strongest) {
    const DrawnNumber& drawn = c.drawn[moved.number];
    if (moved.turns.empty())
      steady.push_back(name_of(drawn));
    else if (std::isinf(moved.turns.front().low) && std::isinf(moved.turns.front().high))
      unclear.push_back(name_of(drawn));
    else
      turning +=
          (turning.empty() ? "" : ", or if ") + name_of(drawn) + " is " + bound_of(drawn, moved.turns.front(), !lower);
  }
  std::string text;
  if (!turning.empty()) text = kpi + gains(c.answer->headline.kpi) + turning + ", all else at its mean";
  if (!steady.empty())
    text += (text.empty() ? "No value of " : "; no value of ") + listed(steady) +
            " over nine tenths of the draws turns " + (text.empty() ? called(c, condition.kpi) : "it");
  if (!unclear.empty())
    text += (text.empty() ? "Where " : "; where ") + listed(unclear) + " turns " +
            (text.empty() ? called(c, condition.kpi) : "it") + " cannot be told from " +
            std::to_string(hangs_on.draws) + " draws";
  return text.empty() ? "" : text + ".";
}

std::string not_varied_in_words(const output::Answer& answer) {
  if (answer.not_varied.empty()) return "";
  std::string text;
  for (const sim::Assumption& field : answer.not_varied)
    text += (text.empty() ? "" : ", ") + field_in_words(field.called, field.path);
  return "Not varied, though a lever rests on it: " + text + ".";
}

}  // namespace clientele::tools
