// What is counted, and what is made of the counts: descriptions as data, for the tally, the cube and the reader of
// both.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace clientele::sim {

/// What one unit of the counted integer stands for.
enum class MetricUnit { count, money, days };

/// An additive integer per month, tier and group.
struct MetricInfo {
  std::string name, meaning;
  MetricUnit unit = MetricUnit::count;
  double scale = 1;  ///< value = integer x scale; for money the study's quantum comes on top
};

/// Counts customers and adds up integers per bin of a value, by group, at one month.
struct HistogramInfo {
  std::string name, meaning;
  MetricUnit unit = MetricUnit::count;
  std::vector<int> months;  ///< negative counts from the end of the horizon: -1 is the last
};

enum class Direction { higher_is_better, lower_is_better, neither };

/// A weighted sum of metrics.
struct Term {
  std::string metric;
  double weight = 1;
};

/// How the monthly values of the numerator (and denominator) become one number of a cell. A run-off only settles what
/// the horizon began, so it belongs to totals; ratios, extremes and the last month are of the horizon.
enum class KpiRule { total, ratio, discounted_total, highest, lowest, last, first_month_above };

/// A formula over metrics, evaluated once per cell. A ratio whose denominator is 0 is missing (NaN).
struct KpiInfo {
  std::string name, meaning, unit;
  Direction direction = Direction::higher_is_better;
  KpiRule rule = KpiRule::total;
  std::vector<Term> numerator, denominator;
  double factor = 1;     ///< the result is multiplied by this
  double parameter = 0;  ///< monthly discount rate, or the bound of first_month_above
  bool money = false;    ///< the numerator is money and the denominator is not
};

/// A field that every life depends on, and why it is believed.
struct Assumption {
  std::string path, value, meaning;  ///< payment.days_late; its value in words
  std::string mark;                  ///< a sim::Mark in words; "stated" where the study gives a value of its own
  std::string source;
  bool uncertain = false;  ///< draws vary it
};
/// Whether an answer that uses it rests on a guess: guesses, and fits to fiction.
inline bool counts_as_guess(const Assumption& assumption) {
  return assumption.mark == "guess" || assumption.mark == "fiction";
}

/// A lever that some policy pulls: what it costs and what it buys.
struct LeverUse {
  std::string path, cost, benefit;
  std::vector<std::string> policies;  ///< that give a tier a value of its own
};
inline bool is_one_sided(const LeverUse& lever) { return lever.cost.empty() || lever.benefit.empty(); }

/// The axes and variables of an outcome, as a study and a catalogue imply them.
struct OutcomeInfo {
  std::vector<MetricInfo> metrics;
  std::vector<HistogramInfo> histograms;
  std::vector<KpiInfo> kpis;
  std::size_t months = 0;   ///< horizon and run-off
  std::size_t run_off = 0;  ///< of these, at the end
  std::size_t tiers = 0;    ///< the most of any policy
  std::size_t groups = 0;
  std::size_t counts() const { return months * tiers * groups * metrics.size(); }
  std::size_t flows() const { return months * tiers * tiers * groups; }
  std::vector<Assumption> assumptions;
  std::vector<LeverUse> levers;
};

}  // namespace clientele::sim
