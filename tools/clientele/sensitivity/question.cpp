// The study is cut to what a point may cost; what it has not is told before anything is simulated.
#include "tools/clientele/sensitivity/question.hpp"

#include <algorithm>

#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "sim/why.hpp"
#include "tools/clientele/fewer_customers.hpp"

namespace clientele::tools {

namespace {

using Strings = std::vector<std::string>;

template <class Named>
Strings names_of(const std::vector<Named>& all) {
  Strings names;
  for (const Named& one : all) names.push_back(one.name);
  return names;
}

std::uint32_t place_of(const std::string& name, const Strings& known, const std::string& kind) {
  const auto found = std::ranges::find(known, name);
  if (found != known.end()) return static_cast<std::uint32_t>(found - known.begin());
  const std::string guess = sim::nearest(name, known);
  throw sim::UserError("the study has no " + kind + " " + sim::in_quotes(name) + "." +
                           (guess.empty() ? "" : " Did you mean " + sim::in_quotes(guess) + "?"),
                       sim::Exit::usage);
}

/// Where several amounts are at the upper end at once, a customer's must still be counted in 2^30 quanta. Amounts are
/// rounded by luck, so that a coarser quantum has no bias.
constexpr double coarser = 10;

/// Amounts and numbers of the whole firm, which do not shrink with its customers.
bool has_amounts_of_the_firm(const sim::Study& study, const sim::Catalogue& catalogue) {
  for (std::uint32_t t = 0; t < catalogue.tables().size(); ++t)
    for (std::uint32_t f = 0; f < catalogue.tables()[t].fields.fields().size(); ++f) {
      const sim::FieldInfo& field = catalogue.tables()[t].fields.fields()[f];
      const bool is_opening = catalogue.tables()[t].key == "payment" && field.key == "opening";
      if ((field.setting || field.dated || is_opening) && !(study.values[t][f] == field.standard)) return true;
    }
  return std::ranges::any_of(study.policies, [](const sim::Policy& policy) { return !policy.settings.empty(); });
}

/// Whether a KPI grows with the number of customers.
bool is_sum(const sim::KpiInfo& kpi) {
  return kpi.denominator.empty() && !kpi.monthly && kpi.rule != sim::KpiRule::ratio &&
         kpi.rule != sim::KpiRule::month_of_highest && kpi.rule != sim::KpiRule::first_month_above;
}

/// Whether it counts what closed months bring; what the horizon leaves open is settled without them.
bool looks_beyond(const sim::KpiInfo& kpi) {
  return kpi.part != sim::KpiPart::within && !(kpi.beyond.empty() && kpi.balances_beyond.empty());
}

class Planning {
 public:
  Planning(const sim::Study& study, const sim::Catalogue& catalogue, const Movable& movable,
           const SensitivityQuestion& question)
      : catalogue_(catalogue), question_(question) {
    plan_.study = sim::without_why(study);
    plan_.share_of_ten_largest = question.share_of_ten_largest;
    for (const MovedNumber& number : movable.numbers) plan_.begun.swings.push_back({number, {}, {}, {}, {}, false});
    plan_.begun.left_as_stated = movable.left_as_stated;
    read_question();
    set_size();
  }
  SensitivityPlan take() { return std::move(plan_); }

 private:
  void read_question() {
    plan_.scenario =
        question_.scenario ? place_of(*question_.scenario, names_of(plan_.study.scenarios), "scenario") : 0;
    if (plan_.study.policies.size() < 2)
      throw sim::UserError("the study has one policy only, so that there is no difference to look at.");
    if (question_.policy) plan_.subject = place_of(*question_.policy, names_of(plan_.study.policies), "policy");
    if (plan_.subject == plan_.study.baseline)
      throw sim::UserError("--policy " + sim::printable(*question_.policy) + " is the baseline. Which other one?",
                           sim::Exit::usage);
    if (question_.replications == 1U)
      throw sim::UserError("one replication tells no simulation error. Did you mean --replications 8?",
                           sim::Exit::usage);
    const std::string kpi = question_.kpi.value_or(plan_.study.headline);
    plan_.kpi = &catalogue_.kpis()[place_of(kpi, names_of(catalogue_.kpis()), "KPI")];
    plan_.begun.kpi = output::words_of(*plan_.kpi, plan_.study.currency);
    plan_.begun.title = plan_.study.title;
    plan_.begun.digest = plan_.study.digest;
    plan_.begun.seed = plan_.study.seed;
    plan_.begun.scenario = plan_.study.scenarios[plan_.scenario].name;
    plan_.begun.baseline = plan_.study.policies[plan_.study.baseline].name;
    plan_.begun.rivals = plan_.subject ? 1 : plan_.study.policies.size() - 1;
    if (plan_.subject) plan_.begun.policy = plan_.study.policies[*plan_.subject].name;
  }

  void set_size() {
    plan_.study.draws = 0;
    plan_.study.same_money = false;
    plan_.study.luck = sim::Luck::common;
    if (plan_.study.population.people == sim::People::paired)
      plan_.study.population.people = sim::People::redrawn;  // so that each future counts
    plan_.study.count = {};
    plan_.study.money_quantum *= coarser;
    if (!looks_beyond(*plan_.kpi)) plan_.study.horizon.beyond = 0;
    const sim::Horizon& horizon = plan_.study.horizon;
    const double months = horizon.warmup + 2.0 * (horizon.months + horizon.run_off + horizon.beyond);
    const std::uint64_t all = plan_.study.population.customers;
    plan_.begun.customers_of_study = all;
    const double of_future = customer_months_of_point / months;
    const auto affordable = static_cast<std::uint64_t>(of_future / futures_of_point) / 100 * 100;
    std::uint64_t few = std::min(all, std::max(least_customers_of_point, affordable));
    if (has_amounts_of_the_firm(plan_.study, catalogue_)) few = all;
    few = std::min(all, question_.customers.value_or(few));
    const double futures = of_future / static_cast<double>(few);
    plan_.study.replications = question_.replications.value_or(
        static_cast<std::uint32_t>(std::clamp(futures, 1.0 * least_futures_of_point, 1.0 * most_futures_of_point)));
    if (few < all) take_customers(plan_.study.population, few);
    plan_.begun.customers = few;
    plan_.begun.replications = plan_.study.replications;
    plan_.begun.scale = is_sum(*plan_.kpi) ? static_cast<double>(all) / static_cast<double>(few) : 1;
  }

  const sim::Catalogue& catalogue_;
  const SensitivityQuestion& question_;
  SensitivityPlan plan_;
};

/// What a number is, and how far it is moved.
bool are_same(const MovedNumber& one, const MovedNumber& other) {
  return one.path == other.path && one.stated == other.stated && one.low == other.low && one.high == other.high;
}

bool are_of_same_numbers(const Sensitivity& one, const Sensitivity& other) {
  const auto holds = [&](const Swing& swing) {
    return std::ranges::any_of(other.swings, [&](const Swing& its) { return are_same(swing.number, its.number); });
  };
  return one.swings.size() == other.swings.size() && std::ranges::all_of(one.swings, holds);
}

}  // namespace

SensitivityPlan plan_of(const sim::Study& study, const sim::Catalogue& catalogue, const Movable& movable,
                        const SensitivityQuestion& question) {
  return Planning(study, catalogue, movable, question).take();
}

std::string why_not_of(const SensitivityPlan& plan, const std::string& model_version, const Sensitivity& answer) {
  const Sensitivity& asked = plan.begun;
  if (answer.model_version != model_version)
    return "it was made by model " + answer.model_version + ", now " + model_version;
  if (answer.digest != asked.digest) return "it is of another study, or of one that other options changed";
  if (answer.scenario != asked.scenario) return "it is of scenario " + sim::in_quotes(answer.scenario);
  if (answer.kpi.name != asked.kpi.name) return "it is of KPI " + sim::in_quotes(answer.kpi.name);
  if (answer.rivals != asked.rivals || (plan.subject && answer.policy != asked.policy))
    return "it is of policy " + sim::in_quotes(answer.policy) + (answer.rivals > 1 ? ", the best of all" : "");
  if (answer.customers != asked.customers || answer.replications != asked.replications)
    return "other numbers of customers or futures were simulated for it";
  return are_of_same_numbers(asked, answer) ? "" : "other numbers were moved for it, or over other ranges";
}

}  // namespace clientele::tools
