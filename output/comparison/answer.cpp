// Picks the subject, then asks each question of it.
#include "output/comparison/answer.hpp"

#include <algorithm>
#include <cmath>

#include "output/comparison/comparison.hpp"
#include "output/comparison/payback.hpp"

namespace clientele::output {

namespace {

constexpr double not_there = std::numeric_limits<double>::quiet_NaN();

/// By draw; NaN where a draw has no value.
std::vector<double> draw_means(const Futures& futures) {
  std::vector<double> means;
  for (std::size_t d = 0; d < futures.draws; ++d) {
    double sum = 0, n = 0;
    for (std::size_t r = 0; r < futures.replications; ++r)
      if (const double value = futures.at(d, r); !std::isnan(value)) sum += value, ++n;
    means.push_back(n > 0 ? sum / n : not_there);
  }
  return means;
}

/// Everything that is asked of one pair of arms.
class Asked {
 public:
  Asked(const ComparisonInput& input, const Comparison& comparison, const ComparedArm& subject, std::size_t rivals)
      : input_(input), comparison_(comparison), arm_(subject), rivals_(rivals) {}

  Futures futures(const std::string& kpi, std::size_t policy) const {
    return futures_of(input_, input_.values(kpi), arm_.scenario, policy);
  }
  Futures of_baseline(const std::string& kpi) const {
    const bool policies = comparison_.question.is_across_policies();
    return policies ? futures(kpi, comparison_.question.baseline)
                    : futures_of(input_, input_.values(kpi), comparison_.question.baseline, arm_.policy);
  }

  Statements statements(const std::string& kpi, std::size_t policy) const {
    return statements_of(futures(kpi, policy), of_baseline(kpi),
                         {input_.kpi(kpi)->direction, input_.luck, input_.share_of_ten_largest, comparison_.certainty});
  }

  Effect effect(const KpiTexts& kpi) const {
    const Futures baseline = of_baseline(kpi.name);
    Effect effect{kpi, interval_over(baseline).mean, statements(kpi.name, arm_.policy), 0};
    effect.half_width =
        interval_over(difference(futures(kpi.name, arm_.policy), baseline),
                      Certainty{comparison_.question.confidence, rivals_}.together(), input_.share_of_ten_largest)
            .half_width;
    return effect;
  }
  std::optional<Effect> effect(sim::KpiPart part) const {
    const KpiTexts* kpi = input_.kpi(part);
    return kpi == nullptr ? std::nullopt : std::optional(effect(*kpi));
  }

  std::optional<Spending> spending(const Effect& headline, const std::optional<Effect>& within) const {
    const KpiTexts* levers = input_.kpi(sim::KpiPart::spending);
    if (levers == nullptr) return std::nullopt;
    Spending spending;
    spending.levers = statements(levers->name, arm_.policy);
    spending.of_baseline = interval_over(of_baseline(levers->name)).mean;
    const double spent = spending.levers.average.mean;
    spending.gain_per_unit = within && spent > 0 ? within->statements.average.mean / spent : not_there;
    for (std::size_t p = 0; p < input_.policies.size(); ++p)
      if (input_.same_money_as[p] == arm_.policy) spending.evenly = p;
    if (!spending.evenly) return spending;
    spending.of_evenly = statements(headline.kpi.name, *spending.evenly);
    const double all = interval_over(futures(levers->name, *spending.evenly)).mean;
    spending.levers_of_evenly = all / interval_over(futures(levers->name, arm_.policy)).mean - 1;
    return spending;
  }

  Condition condition(const KpiTexts& kpi) const {
    std::vector<std::vector<double>> drawn;
    for (const DrawnNumber& number : input_.drawn) drawn.push_back(number.values);
    return {kpi,
            what_it_hangs_on(drawn, draw_means(difference(futures(kpi.name, arm_.policy), of_baseline(kpi.name))))};
  }

  /// Of levers that the subject or the baseline gives to a tier.
  std::vector<sim::Assumption> not_varied() const {
    std::vector<sim::Assumption> fields;
    const auto uses = [&](const sim::LeverUse& lever, std::size_t policy) {
      return std::ranges::find(lever.policies, input_.policies[policy]) != lever.policies.end();
    };
    for (const sim::LeverUse& lever : input_.levers)
      if (uses(lever, arm_.policy) || uses(lever, comparison_.question.baseline))
        for (const std::string& path : lever.rests_on)
          if (std::ranges::find(fields, path, &sim::Assumption::path) == fields.end()) add_guess(path, fields);
    return fields;
  }

  std::optional<Payback> payback() const {
    return payback_of(input_, {arm_.scenario, arm_.policy}, {arm_.scenario, comparison_.question.baseline});
  }

 private:
  /// A field that is guessed or stated, and that no draw varies.
  void add_guess(const std::string& path, std::vector<sim::Assumption>& fields) const {
    const auto field = std::ranges::find(input_.assumptions, path, &sim::Assumption::path);
    if (field != input_.assumptions.end() && !field->uncertain &&
        (sim::counts_as_guess(*field) || field->mark == "stated"))
      fields.push_back(*field);
  }

  const ComparisonInput& input_;
  const Comparison& comparison_;
  const ComparedArm& arm_;
  std::size_t rivals_;
};

bool is_rival(const ComparisonInput& input, const Comparison& comparison, const ComparedArm& arm) {
  const ComparedArm& first = comparison.kpis.front().arms.front();
  const bool policies = comparison.question.is_across_policies();
  const bool here = policies ? arm.scenario == first.scenario : arm.policy == first.policy;
  return here && arm.against && !std::isnan(arm.against->average.mean) && !(policies && !input.is_rival(arm.policy));
}

}  // namespace

bool Effect::is_clear() const { return std::fabs(statements.average.mean) > half_width; }

bool Answer::depends_on_horizon() const {
  if (!within || !beyond) return false;
  const double a = within->statements.average.mean, b = beyond->statements.average.mean;
  if (!within->is_clear()) return beyond->is_clear() && std::fabs(b) > std::fabs(a);
  const double most = std::fabs(b) + (std::isnan(beyond->half_width) ? 0 : beyond->half_width);
  return (a < 0) != (b < 0) && (beyond->is_clear() || most > std::fabs(a));
}

bool Answer::names_winner() const { return headline.is_clear() && !(headline.is_of_worth() && depends_on_horizon()); }

std::optional<Answer> answer_of(const ComparisonInput& input, const Comparison& comparison) {
  if (comparison.kpis.empty()) return std::nullopt;
  const ComparedKpi& kpi = comparison.kpis.front();
  const ComparedArm* best = nullptr;
  std::size_t rivals = 0;
  for (const ComparedArm& arm : kpi.arms) {
    if (!is_rival(input, comparison, arm)) continue;
    ++rivals;
    const bool better = best == nullptr || (kpi.words.direction != sim::Direction::neither &&
                                            sign_of(kpi.words) * arm.against->average.mean >
                                                sign_of(kpi.words) * best->against->average.mean);
    if (better) best = &arm;
  }
  if (best == nullptr) return std::nullopt;
  if (kpi.words.direction == sim::Direction::neither) rivals = 1;
  const Asked asked(input, comparison, *best, rivals);
  Answer answer;
  answer.scenario = best->scenario;
  answer.policy = best->policy;
  answer.rivals = rivals;
  answer.headline = asked.effect(kpi.words);
  answer.within = asked.effect(sim::KpiPart::within);
  if (input.closed > 0) {
    answer.beyond = asked.effect(sim::KpiPart::beyond);
    answer.whole = asked.effect(sim::KpiPart::whole);
  }
  if (!comparison.question.is_across_policies()) return answer;
  answer.payback = asked.payback();
  answer.spending = asked.spending(answer.headline, answer.within);
  answer.not_varied = asked.not_varied();
  if (input.drawn.empty() || input.draws < 2) return answer;
  answer.conditions.push_back(asked.condition(kpi.words));
  if (!answer.names_winner() && kpi.words.part == sim::KpiPart::within && answer.whole)
    answer.conditions.push_back(asked.condition(answer.whole->kpi));
  return answer;
}

}  // namespace clientele::output
