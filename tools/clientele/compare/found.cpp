// The same sentences in each language; numbers as they are, not as multiples, since ranges are.
#include "tools/clientele/compare/found.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/printable.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {
namespace {

class Told {
 public:
  Told(const Sensitivity& found, Language language) : s_(found), language_(language) {}

  std::string one_by_one() const {
    const auto turning = std::ranges::count_if(s_.swings, [](const Swing& swing) { return swing.turns_sign; });
    const std::string moved = count(s_.swings.size()), kpi = sim::printable(s_.kpi.name);
    const std::string scenario = sim::printable(s_.scenario), baseline = sim::printable(s_.baseline);
    if (turning == 0)
      return say(
          language_, "found.none_turns",
          {{"moved", moved}, {"kpi", kpi}, {"scenario", scenario}, {"policy", subject()}, {"baseline", baseline}});
    return say(language_, "found.some_turn",
               {{"moved", moved},
                {"turning", count(static_cast<std::size_t>(turning))},
                {"kpi", kpi},
                {"scenario", scenario},
                {"policy", subject()},
                {"baseline", baseline}});
  }

  std::string turn(const Swing& swing, const output::Turn& turn) const {
    const bool better_above = (s_.better_sign() > 0) == turn.positive_above;
    return say(language_, better_above ? "found.above" : "found.below",
               {{"policy", subject()},
                {"favorable", favorable(s_.kpi, language_)},
                {"name", name_of(swing)},
                {"value", value(turn.value)},
                {"stated", value(swing.number.stated)},
                {"doubt", doubt_of(turn)}});
  }

  std::string all_at_once() const {
    const AllAtOnce& all = s_.all_at_once;
    return say(language_, "found.all_at_once",
               {{"policy", subject()},
                {"favorable", favorable(s_.kpi, language_)},
                {"better", count(all.better)},
                {"all", count(all.combinations)}});
  }

  std::string split() const {
    if (!s_.all_at_once.split) return "";
    const Split& split = *s_.all_at_once.split;
    return say(language_, "found.split",
               {{"name", name_of(s_.swings[split.number])},
                {"value", value(split.value)},
                {"favorable", favorable(s_.kpi, language_)},
                {"holding_below", count(split.holding_below)},
                {"below", count(split.below)},
                {"holding_above", count(split.holding_above)},
                {"above", count(split.above)}});
  }

 private:
  std::string subject() const { return sim::printable(s_.policy); }
  std::string count(std::size_t number) const { return with_commas(number, language_); }
  std::string name_of(const Swing& swing) const {
    return field_in_words(swing.number.called, swing.number.path, "", language_);
  }
  /// Three digits.
  std::string value(double number) const {
    return Rounding(std::fabs(number), std::fabs(number) / 10, language_)(number);
  }
  std::string doubt_of(const output::Turn& turn) const {
    if (std::isinf(turn.low) && std::isinf(turn.high)) return say(language_, "found.unclear");
    if (std::isinf(turn.low)) return say(language_, "doubt.high", {{"high", value(turn.high)}});
    if (std::isinf(turn.high)) return say(language_, "doubt.low", {{"low", value(turn.low)}});
    return say(language_, "doubt.both", {{"low", value(turn.low)}, {"high", value(turn.high)}});
  }

  const Sensitivity& s_;
  Language language_;
};

}  // namespace

std::vector<Sentence> sentences_of(const Sensitivity& found, const std::string& file, Language language) {
  const Told told(found, language);
  std::vector<Sentence> all;
  const auto add = [&](const std::string& text) {
    if (!text.empty()) all.push_back({"guesses", text});
  };
  add(told.one_by_one());
  for (const Swing& swing : found.swings)
    for (const output::Turn& turn : swing.turns) add(told.turn(swing, turn));
  add(told.all_at_once());
  add(told.split());
  add(say(language, "found.file", {{"file", sim::printable(file, 400)}}));
  return all;
}

}  // namespace clientele::tools
