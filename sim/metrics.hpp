// What is counted, and what is made of the counts: descriptions as data, for the tally, the cube and the reader of
// both.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace clientele::sim {

/// What one unit of the counted integer stands for.
enum class MetricUnit { count, money, days };

/// Which months a metric is kept of: those of the horizon, the closed ones after it as well, or those alone.
enum class MonthsOf { horizon, also_beyond, beyond };

/// An additive integer per month, tier and group.
struct MetricInfo {
  std::string name, meaning;
  MetricUnit unit = MetricUnit::count;
  double scale = 1;  ///< value = integer x scale; for money the study's quantum comes on top
  MonthsOf months = MonthsOf::horizon;
  bool is_zero = false;  ///< by construction: the study makes no use of what it counts
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
/// the horizon began, so it belongs to totals; everything else is of the horizon, and of the months beyond it where a
/// formula says so.
enum class KpiRule { total, ratio, discounted_total, highest, month_of_highest, lowest, last, first_month_above };

/// Whether a rule looks at the months of the horizon one by one.
inline bool looks_at_months(KpiRule rule) {
  return rule != KpiRule::total && rule != KpiRule::ratio && rule != KpiRule::discounted_total;
}

/// How many of the closed months after the horizon a discounted total takes.
enum class Reach { all, half };

/// What a KPI is to an answer: the whole that a policy is worth, its part within the horizon or beyond it, or what was
/// spent within the horizon to get it. One KPI of a catalogue is the first of each.
enum class KpiPart { none, within, beyond, whole, spending };

/// A number for each month of the horizon; NaN is missing.
using Series = std::vector<double>;

/// What a cell counts by age (CellOutcome::by_age), for rules of months that look at it.
struct ByAge {
  std::size_t months = 0;   ///< in all: the horizon, its run-off, and those beyond
  std::size_t horizon = 0;  ///< the first of them
  std::size_t closed = 0;   ///< closed months after the horizon
  std::size_t beyond = 0;   ///< place of the first of these
  std::size_t metrics = 0, ages = 0;
  std::span<const std::int64_t> counts = {};
  std::int64_t operator()(std::size_t month, std::size_t metric, std::size_t age) const {
    return counts[(month * metrics + metric) * ages + age];
  }
};

/// A field of the study that a rule of months depends on: by its path, and what it is.
struct RuleParameter {
  std::string field;
  double value = 0;
  std::vector<double> of_draw = {};  ///< where draws vary it
  double in(std::uint32_t draw) const { return of_draw.empty() ? value : of_draw.at(draw); }
};

/// All that such a rule is given.
struct AgedInputs {
  const std::vector<Series>& inputs;
  ByAge by_age;
  std::vector<double> parameters;  ///< as the rule names them
  double money_quantum = 1;
};

/// A course of months that is made of whole courses of months: what a month's value is may depend on the months before
/// it. Each input is a weighted sum of metrics by month, in the study's currency where it is money.
struct MonthlyRule {
  std::vector<std::vector<Term>> inputs;
  /// Pure: the same bits for the same inputs, and as many months as they have.
  std::function<Series(const std::vector<Series>& inputs)> function;
  std::string words;          ///< what a formula calls the function: cumulated
  std::string unit, meaning;  ///< of the series; "money" stands for the currency
  std::string series = {};    ///< its name in a cube, which keeps it then; KPIs of one name have one rule
  /// In place of `function`, of what is counted by age too: of a cell as a whole, missing of its parts. Such a KPI is
  /// there where a study counts by age.
  std::function<Series(const AgedInputs&)> function_by_age = {};
  std::vector<RuleParameter> parameters = {};
};

/// A formula over metrics, evaluated once per cell. A ratio whose denominator is 0 is missing (NaN).
struct KpiInfo {
  std::string name, meaning, unit;
  Direction direction = Direction::higher_is_better;
  KpiRule rule = KpiRule::total;
  std::vector<Term> numerator, denominator;
  double factor = 1;     ///< the result is multiplied by this
  double parameter = 0;  ///< monthly discount rate r, or the bound of first_month_above
  bool money = false;    ///< the numerator is money and the denominator is not

  /// A discounted total is the sum over months t = 0, 1, ... of (flow - r / (1 + r) x balance) / (1 + r)^t, where
  /// flows are `numerator` within the horizon and `beyond` after it, and balances are what the firm has lent at the end
  /// of the month: `balances` and `balances_beyond`.
  std::vector<Term> balances = {}, beyond = {}, balances_beyond = {};
  Reach reach = Reach::all;
  std::string parameter_field = {};            ///< path of the field that gives the parameter; empty: it is as above
  std::vector<double> parameter_of_draw = {};  ///< where draws vary that field
  KpiPart part = KpiPart::none;
  std::string month_of = {};  ///< name of the KPI whose month this one is; empty: of none
  /// Rules of single months (highest, lowest, last and the like) look at this, where it is there, and not at numerator
  /// and denominator.
  std::optional<MonthlyRule> monthly = {};

  bool needs_ages() const { return monthly && monthly->function_by_age; }
  double parameter_in(std::uint32_t draw) const {
    return parameter_of_draw.empty() ? parameter : parameter_of_draw.at(draw);
  }
};

/// What stands at the end of a month: what stood at the end of the month before, plus what came in the month, less what
/// went; tiers taken together, in every group. All of it are metrics by their names.
struct LedgerInfo {
  std::string balance;
  std::vector<std::string> adds, takes;
  /// Counted in the balance of their month and gone from the next one's: customers who leave are there until then.
  std::vector<std::string> goes;
  /// Counted in a month and in the balance from the next one on: customers who come back.
  std::vector<std::string> returns = {};
  /// What stood before month 0, counted in month 0; empty where the balance of month 0 is where the ledger begins.
  std::string opening = {};
};

/// A field that every life depends on, and why it is believed.
struct Assumption {
  std::string path, value, meaning;  ///< payment.days_late; its value in words
  std::string mark;                  ///< a sim::Mark in words; "stated" where the study gives a value of its own
  std::string source;
  bool uncertain = false;   ///< draws vary it
  std::string called = {};  ///< what a board calls it: FieldInfo::called
};
/// Whether an answer that uses it rests on a guess: guesses, and fits to fiction.
inline bool counts_as_guess(const Assumption& assumption) {
  return assumption.mark == "guess" || assumption.mark == "fiction";
}

/// A lever that some policy pulls: what it costs and what it buys.
struct LeverUse {
  std::string path, cost, benefit;
  std::vector<std::string> policies;       ///< that give a tier a value of its own
  std::vector<std::string> rests_on = {};  ///< paths of the fields that say how much it buys
};
inline bool is_one_sided(const LeverUse& lever) { return lever.cost.empty() || lever.benefit.empty(); }

/// A number that draws vary, as people read of it.
struct DrawnField {
  std::string path, called, meaning, mark;  ///< as in an Assumption; the path as the study wrote it
  double stated = 0;                        ///< what the study says beside the law
};

/// A study in words, for those who read an answer and not the study.
struct StudyTexts {
  std::vector<std::string> scenario_shocks;  ///< by scenario; empty where nothing happens
  std::vector<std::string> policy_rules;     ///< by policy: segmentation and its fields, defaults as well
  std::vector<std::string> roll_outs;        ///< by policy: "25 % of customers from month 3"; empty: all from the start
  std::vector<std::vector<std::string>> tier_rules, tier_levers;  ///< [policy][tier]
  std::vector<DrawnField> drawn;                                  ///< in the order of Study::uncertain
};

/// The axes and variables of an outcome, as a study and a catalogue imply them.
struct OutcomeInfo {
  std::vector<MetricInfo> metrics;
  std::vector<HistogramInfo> histograms;
  std::vector<KpiInfo> kpis;
  std::vector<LedgerInfo> ledgers;
  std::size_t months = 0;         ///< horizon and run-off
  std::size_t run_off = 0;        ///< of these, at the end
  std::size_t closed = 0;         ///< closed months after the horizon
  std::size_t months_beyond = 0;  ///< these, and the ones in which what is open then is settled
  std::size_t tiers = 0;          ///< the most of any policy
  std::size_t groups = 0;         ///< that are counted apart: the study's, each in its classes
  std::size_t classes = 1;        ///< of each group
  /// Additive integers per month and age, of a cell as a whole: a study asks for them ([count] triangle).
  std::vector<MetricInfo> aged = {};
  std::size_t ages = 0;  ///< 0, 1, ... months
  std::size_t counts() const { return months * tiers * groups * metrics.size(); }
  std::size_t by_age() const { return (months + months_beyond) * aged.size() * ages; }
  std::size_t flows() const { return months * tiers * tiers * groups; }
  /// Metrics that are kept beyond the horizon, by their places among all.
  std::vector<std::size_t> metrics_beyond() const {
    std::vector<std::size_t> kept;
    for (std::size_t m = 0; m < metrics.size(); ++m)
      if (metrics[m].months != MonthsOf::horizon) kept.push_back(m);
    return kept;
  }
  /// KPIs whose months a cube keeps, by their places among all; of those with the same series the first.
  std::vector<std::size_t> series() const {
    std::vector<std::size_t> kept;
    const auto name = [&](std::size_t k) { return kpis[k].monthly ? kpis[k].monthly->series : std::string(); };
    for (std::size_t k = 0; k < kpis.size(); ++k) {
      bool is_new = !name(k).empty();
      for (const std::size_t other : kept) is_new = is_new && name(other) != name(k);
      if (is_new) kept.push_back(k);
    }
    return kept;
  }
  std::size_t horizon() const { return months - run_off; }
  std::size_t counts_beyond() const { return months_beyond * tiers * groups * metrics_beyond().size(); }
  std::vector<Assumption> assumptions;
  std::vector<LeverUse> levers;
  StudyTexts texts;
};

}  // namespace clientele::sim
