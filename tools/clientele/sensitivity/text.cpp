// Sentences first, the tornado below them.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "sim/core/printable.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/sensitivity/found.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tools {
namespace {

constexpr std::size_t columns = 80;
constexpr std::size_t most_rows = 20;  ///< of the table: what one looks at
constexpr std::size_t width_of_path = 34;

std::string name_of(const MovedNumber& number) { return field_in_words(number.called, number.path); }

/// Three digits, and no zeros behind them.
std::string three_digits(double value) {
  if (value == 0) return "0";
  const double unit = std::pow(10.0, 2 - std::floor(std::log10(std::abs(value))));
  const double rounded = std::round(value * unit) / unit;
  std::array<char, 64> digits{};
  const int decimals = std::clamp(static_cast<int>(std::lround(std::log10(unit))), 0, 12);
  std::snprintf(digits.data(), digits.size(), "%.*f", decimals, rounded);
  std::string text = digits.data();
  if (decimals > 0) text.erase(text.find_last_not_of('0') + 1);
  return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

class Text {
 public:
  explicit Text(const Sensitivity& sensitivity) : s_(sensitivity), rounding_(largest(), error()) {}

  std::string all() const {
    std::string text = wrapped(base(), columns, 0);
    text += wrapped(one_by_one(), columns, 0);
    for (const Swing& swing : s_.swings)
      for (std::size_t t = 0; t < swing.turns.size(); ++t) text += wrapped("- " + turn(swing, t), columns, 2);
    text += wrapped(all_at_once(), columns, 0) + "\n" + table() + "\n";
    text += wrapped(below_the_table(), columns, 0);
    text += wrapped(how(), columns, 0);
    return text + left_as_stated();
  }

 private:
  double largest() const {
    double most = std::abs(s_.base.mean);
    for (const Swing& swing : s_.swings)
      most = std::max({most, std::abs(swing.at_low.mean), std::abs(swing.at_high.mean)});
    return most;
  }
  double error() const { return s_.base.half_width; }

  std::string amount(double value) const { return rounding_.with_sign(value) + unit(); }
  std::string unit() const { return rounding_.unit() + behind_number(s_.kpi.unit); }
  std::string favorable() const { return tools::favorable(s_.kpi); }
  std::string adverse() const { return s_.kpi.direction == sim::Direction::neither ? "lower" : "worse"; }
  std::string subject() const { return sim::printable(s_.policy); }
  std::string side_of(double difference) const { return s_.is_better(difference) ? favorable() : adverse(); }

  std::string base() const {
    const bool clear = std::abs(s_.base.mean) > s_.base.half_width;
    std::string text = "As stated, in " + sim::printable(s_.scenario) + ", " + subject() +
                       (s_.rivals > 1 ? " (of " + with_commas(s_.rivals) + " the best on average)" : "");
    text += clear ? " is " + side_of(s_.base.mean) + " than " : " cannot be told from ";
    text += sim::printable(s_.baseline) + ": " + s_.kpi.name + " " + amount(s_.base.mean);
    if (!s_.base.why_missing.empty()) return text + " (no simulation error: " + s_.base.why_missing + ").";
    return text + " (simulation error ± " + rounding_.bare(s_.base.half_width) + unit() +
           (s_.base.caution.empty() ? "" : ", " + s_.base.caution) + ").";
  }

  std::string one_by_one() const {
    const auto turning = static_cast<std::size_t>(std::ranges::count(s_.swings, true, &Swing::turns_sign));
    const std::string moved = "One at a time, all else as stated, " + with_commas(s_.swings.size()) +
                              " numbers were moved over what one would bet on (10 to 90 %): ";
    if (turning == 0)
      return moved + "at neither end of its range does any of them turn which side is better on average.";
    return moved + with_commas(turning) + (turning == 1 ? " turns" : " turn") + " which side is better on average" +
           (turning < s_.swings.size() ? ", and no other does so at an end of its range:" : ":");
  }

  /// "better above 0.33 (0.28 to 0.41 by simulation error)"
  std::string turn(const Swing& swing, std::size_t t) const {
    const output::Turn& turn = swing.turns[t];
    const bool better_above = (s_.better_sign() > 0) == turn.positive_above;
    std::string text = name_of(swing.number) + ": " + favorable() + (better_above ? " above " : " below ") +
                       three_digits(turn.value) + " (stated " + sim::number_text(swing.number.stated) + "; ";
    const bool low = std::isfinite(turn.low), high = std::isfinite(turn.high);
    if (!low && !high) return text + "simulation error is too large to say where, or whether).";
    if (low && high)
      return text + "simulation error leaves " + three_digits(turn.low) + " to " + three_digits(turn.high) + ").";
    return text + "simulation error leaves all " +
           (low ? "above " + three_digits(turn.low) : "below " + three_digits(turn.high)) + " open).";
  }

  std::string all_at_once() const {
    const AllAtOnce& all = s_.all_at_once;
    std::string text = "All at once: " + favorable() + " in " + with_commas(all.better) + " of " +
                       with_commas(all.combinations) + " combinations that are spread evenly over these ranges (" +
                       percent(all.share.low) + " to " + percent(all.share.high) +
                       " of such), by more than simulation error in " + with_commas(all.clearly_better) + "; " +
                       adverse() + " by more than that in " + with_commas(all.clearly_worse) + ".";
    if (all.better == 0 || all.better == all.combinations) return text;
    if (!all.split) return text + " No single number tells in which: a condition as good is often found by chance.";
    const Split& split = *all.split;
    const MovedNumber& number = s_.swings[split.number].number;
    return text + " The one number that parts them best: " + favorable() + " in " + with_commas(split.holding_below) +
           " of " + with_commas(split.below) + " where " + name_of(number) + " is below " + three_digits(split.value) +
           ", in " + with_commas(split.holding_above) + " of " + with_commas(split.above) + " above.";
  }

  std::vector<const Swing*> shown() const {
    std::vector<const Swing*> rows;
    for (const Swing& swing : s_.swings)
      if (swing.moves() && rows.size() < most_rows) rows.push_back(&swing);
    return rows;
  }

  std::string table() const {
    std::vector<std::string> paths;
    for (const Swing* swing : shown()) paths.push_back(swing->number.path);
    paths = cut_names(paths, width_of_path);
    Table rows{{"", "from", "to", "at from", "at to", "change", "±"}};
    for (std::size_t r = 0; r < paths.size(); ++r) {
      const Swing& swing = *shown()[r];
      rows.push_back({paths[r], three_digits(swing.number.low), three_digits(swing.number.high),
                      rounding_.with_sign(swing.at_low.mean), rounding_.with_sign(swing.at_high.mean),
                      rounding_.with_sign(swing.change.mean), rounding_.bare(swing.change.half_width)});
    }
    const std::string above =
        s_.kpi.name + " of " + subject() + " less that of " + sim::printable(s_.baseline) + "," + unit() + ":";
    return wrapped(above, columns, 0) + laid_out(rows, 1);
  }

  std::string below_the_table() const {
    double most = 0;
    std::size_t others = 0, none = 0;
    const auto rows = shown();
    for (const Swing& swing : s_.swings) {
      if (std::ranges::find(rows, &swing) != rows.end()) continue;
      if (swing.change.mean == 0 && swing.change.half_width == 0) {
        ++none;
        continue;
      }
      ++others;
      most = std::max(most, swing.size());
    }
    std::string text = "±: simulation error of the change (95 %, each alone), which is on common luck.";
    if (others > 0)
      text += " " + with_commas(others) + " more numbers change it by at most " + rounding_.bare(most) + unit() +
              " each, or by no more than simulation error.";
    if (none > 0) text += " " + with_commas(none) + " have no effect on it at all.";
    return text;
  }

  std::string how() const {
    std::string text = "Simulated: " + with_commas(s_.customers) + " customers in " + with_commas(s_.replications) +
                       " futures at each set of values, on the same luck";
    if (s_.scale != 1)
      text += "; amounts are those of " + with_commas(s_.customers_of_study) + " customers, in proportion";
    return text +
           ". Ranges are those of [uncertain], else bets around the guessed defaults, in proportion where the "
           "study states another value: opinions, not data, so that a share of combinations is no chance.";
  }

  std::string left_as_stated() const {
    if (s_.left_as_stated.empty()) return "";
    std::string names;
    for (const std::string& path : s_.left_as_stated) names += (names.empty() ? "" : ", ") + path;
    return wrapped("Not moved, beside what policies do: " + names + ".", columns, 0);
  }

  const Sensitivity& s_;
  Rounding rounding_;
};

}  // namespace

std::string text_of(const Sensitivity& sensitivity) { return Text(sensitivity).all(); }

}  // namespace clientele::tools
