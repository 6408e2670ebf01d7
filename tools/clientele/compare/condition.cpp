// A value as a multiple of what is assumed where there is such a thing, else as it is.
#include "tools/clientele/compare/condition.hpp"

#include <cmath>
#include <vector>

#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/language/elsewhere.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

using output::Comparison;
using output::Condition;
using output::DrawnNumber;
using output::Moved;
using output::Turn;

namespace {

/// How little is known of what an answer hangs on.
std::string known_as(const std::string& mark, Language language) {
  if (mark == "guess") return say(language, "known.guess");
  if (mark == "stated") return say(language, "known.stated");
  return mark == "fiction" ? say(language, "known.fiction") : "";
}

/// "the leaving that care prevents (service.care_hazard, a guess)"
std::string name_of(const DrawnNumber& drawn, Language language) {
  return field_in_words(drawn.field.called, drawn.field.path, known_as(drawn.field.mark, language), language);
}

/// The same, and how many numbers no draw tells apart from it.
std::string name_of(const Comparison& c, const Moved& moved, Language language) {
  const std::string name = name_of(c.drawn[moved.number], language);
  const std::size_t others = moved.together.size();
  if (others == 0) return name;
  if (others == 1) return say(language, "together.one", {{"name", name}});
  return say(language, "together.many", {{"name", name}, {"count", with_commas(others, language)}});
}

bool has_multiple(const DrawnNumber& drawn) { return std::isfinite(drawn.field.stated) && drawn.field.stated != 0; }

/// In multiples of what is stated, "0.34" times what is assumed.
class Scale {
 public:
  Scale(const DrawnNumber& drawn, Language language)
      : unit_(has_multiple(drawn) ? drawn.field.stated : 1), relative_(has_multiple(drawn)), language_(language) {}
  bool is_relative() const { return relative_; }
  bool turns_around() const { return unit_ < 0; }
  std::string bare(double value) const {
    const double shown = value / unit_, size = std::fabs(shown);
    return Rounding(size, relative_ ? 0.1 : size / 10, language_).bare(shown);
  }

 private:
  double unit_;
  bool relative_;
  Language language_;
};

/// "0.28 to 0.41"
std::string doubt_of(const Scale& scale, const Turn& turn, Language language) {
  const double low = scale.turns_around() ? turn.high : turn.low, high = scale.turns_around() ? turn.low : turn.high;
  if (std::isinf(low)) return say(language, "doubt.high", {{"high", scale.bare(high)}});
  if (std::isinf(high)) return say(language, "doubt.low", {{"low", scale.bare(low)}});
  return say(language, "doubt.both", {{"low", scale.bare(low)}, {"high", scale.bare(high)}});
}

/// "the leaving that care prevents (service.care_hazard) is at least 0.34 times what is assumed (0.28 to 0.41)"
std::string clause_of(const Comparison& c, const Moved& moved, bool wants_positive, Language language) {
  const Turn& turn = moved.turns.front();
  const Scale scale(c.drawn[moved.number], language);
  const bool above = (turn.positive_above == wants_positive) != scale.turns_around();
  const char* id = scale.is_relative() ? (above ? "condition.at_least_times" : "condition.at_most_times")
                                       : (above ? "condition.at_least" : "condition.at_most");
  return say(language, id,
             {{"name", name_of(c, moved, language)},
              {"value", scale.bare(turn.value)},
              {"doubt", doubt_of(scale, turn, language)}});
}

/// "a", "a or b", "a, b or c".
std::string listed(const std::vector<std::string>& names, Language language) {
  std::string text = names.front();
  for (std::size_t n = 1; n + 1 < names.size(); ++n)
    text = say(language, "listed.next", {{"first", text}, {"next", names[n]}});
  return names.size() < 2 ? text : say(language, "listed.or", {{"first", text}, {"last", names.back()}});
}

/// What a number has to be for the sign that is wanted, clause by clause, and the numbers that do not turn it, or not
/// that anybody could tell.
struct Parts {
  std::string clauses;
  std::vector<std::string> steady, unclear;
};

Parts parts_that_hold(const Comparison& c, const Condition& condition, Language language) {
  const bool lower = c.answer->headline.kpi.direction == sim::Direction::lower_is_better;
  Parts parts;
  for (const Moved& moved : condition.hangs_on.strongest) {
    if (moved.turns.empty()) {
      parts.steady.push_back(name_of(c, moved, language));
      continue;
    }
    const Turn& turn = moved.turns.front();
    if (std::isinf(turn.low) && std::isinf(turn.high)) {
      parts.unclear.push_back(name_of(c, moved, language));
      continue;
    }
    const std::string clause = clause_of(c, moved, !lower, language);
    parts.clauses =
        parts.clauses.empty() ? clause : say(language, "condition.or_if", {{"first", parts.clauses}, {"next", clause}});
  }
  return parts;
}

}  // namespace

std::string condition_in_words(const Comparison& c, const Condition& condition, Language language) {
  const output::HangsOn& hangs_on = condition.hangs_on;
  const std::string kpi = called(c, condition.kpi, language);
  if (!hangs_on.why_missing.empty())
    return say(language, "condition.unknown", {{"kpi", kpi}, {"why", translated(language, hangs_on.why_missing)}});
  const Parts parts = parts_that_hold(c, condition, language);
  const bool falls = c.answer->headline.kpi.direction == sim::Direction::lower_is_better;
  std::string text;
  if (!parts.clauses.empty())
    text = say(language, falls ? "condition.falls" : "condition.gains",
               {{"kpi", as_beginning(kpi, language)}, {"be", parts.clauses}});
  if (!parts.steady.empty()) {
    const std::string names = listed(parts.steady, language);
    text = text.empty() ? say(language, "steady.alone", {{"names", names}, {"kpi", kpi}})
                        : say(language, "steady.too", {{"text", text}, {"names", names}});
  }
  if (!parts.unclear.empty()) {
    const std::string names = listed(parts.unclear, language), draws = std::to_string(hangs_on.draws);
    text = text.empty() ? say(language, "unclear.alone", {{"names", names}, {"kpi", kpi}, {"draws", draws}})
                        : say(language, "unclear.too", {{"text", text}, {"names", names}, {"draws", draws}});
  }
  return text.empty() ? "" : say(language, "answer.sentence", {{"text", text}});
}

std::string not_varied_in_words(const output::Answer& answer, Language language) {
  if (answer.not_varied.empty()) return "";
  std::string text;
  for (const sim::Assumption& field : answer.not_varied) {
    const std::string name = field_in_words(field.called, field.path, "", language);
    text = text.empty() ? name : say(language, "listed.next", {{"first", text}, {"next", name}});
  }
  return say(language, "condition.not_varied", {{"fields", text}});
}

}  // namespace clientele::tools
