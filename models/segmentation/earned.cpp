// A review goes by one sum of months per member; what a member holds stands in columns of the rule's own.
#include "models/segmentation/earned.hpp"

#include <algorithm>
#include <string>

#include "models/segmentation/by_value.hpp"
#include "models/segmentation/spend.hpp"
#include "sim/goes_on.hpp"

namespace clientele::models {

namespace {

/// One line for each thing that may be counted.
std::string_view ring_of_earned(EarnedBy by) {
  switch (by) {
    case EarnedBy::spend:
    case EarnedBy::credits:  // and orders beside them
      return "net_sales";
    case EarnedBy::orders:
      return "orders by month";
  }
  throw sim::InternalFault("internal fault: nothing is counted");
}

/// A first review looks at twelve reviews, the first of them at the twelve months before it.
constexpr std::uint32_t deep_enough = 24;

/// What is told of a member, and the unit of its whole numbers.
struct Told {
  std::string_view name;
  double unit = 1;
};
Told told_of(EarnedBy by, double quantum) {
  switch (by) {
    case EarnedBy::spend:
      return {"spent in the year", quantum};
    case EarnedBy::orders:
      return {"orders in the year"};
    case EarnedBy::credits:
      break;
  }
  return {"credits in the year"};
}

/// The first month in which what a review gives is no longer kept. `of_running_year`: the year that earned it still
/// runs.
std::int32_t term_from(const EarnedReview& review, bool of_running_year, const EarnedParameters& p) {
  switch (p.kept) {
    case TierKept::next_year:
      return review.year_began + (of_running_year ? 2 : 1) * qualifying_months;
    case TierKept::anniversary:
      return review.month + qualifying_months;
    case TierKept::months:
      break;
  }
  return review.month + p.kept_months;
}

bool is_baseline(const sim::SegmentationSpec& spec) {
  return spec.policy->name == spec.study->policies[spec.study->baseline].name;
}

/// Policies of one kind share columns by their names; where the baseline lives on beside one that rolls out, each keeps
/// its own. Those of the baseline stand in every arm as they were when it was last asked.
std::string column_of_earned(const sim::SegmentationSpec& spec, const std::string& name) {
  return (is_baseline(spec) ? "baseline's " : "") + name;
}

/// The first month in which anybody may be reached; a baseline's customers are from month 0 on.
int month_begun(const sim::SegmentationSpec& spec) {
  const auto& steps = spec.policy->rollout;
  return steps.empty() ? 0 : std::ranges::min_element(steps, {}, &sim::RollOut::month)->month;
}

std::vector<double> least_of_members(const sim::SegmentationSpec& spec, EarnedBy by) {
  std::vector<double> least = stated_least(*spec.policy);
  sim::expects(!least.empty(), "members have a tier");
  least.pop_back();
  for (double& amount : least) {
    if (by == EarnedBy::spend) amount = reachable_quanta(amount, spec.study->money_quantum);
    if (by == EarnedBy::credits) amount = least_credits(amount);
  }
  return least;
}

}  // namespace

void EarnedParameters::finish() const {
  if (by == EarnedBy::credits && std::ranges::all_of(counts, [](float credits) { return credits == 0; }))
    throw sim::UserError(
        "counts are all 0 (nothing gives a credit, so that no tier is earned). Expected: one above 0 at least, "
        "counts = { spend = 1, orders = 10 }.");
  if (year == QualifyingYear::rolling && kept == TierKept::next_year)
    throw sim::UserError(
        "kept = \"next year\" does not go with year = \"rolling\" (the last 12 months are over every month, and none "
        "is the next year). Did you mean kept = \"anniversary\"?");
}

sim::FieldTable earned_fields() {
  using P = EarnedParameters;
  using sim::Kind, sim::range;
  sim::FieldInfo year_begins =
      sim::field(&P::year_begins, "year_begins", "month", range(1, 12), 1, Kind::fixed,
                 "month of the calendar with which a calendar year of the program begins", sim::guess("January"));
  year_begins.counts_with = {"year", "calendar"};
  sim::FieldInfo review_every = sim::field(
      &P::review_every, "review_every", "months", range(1, 24), 3, Kind::fixed,
      "where years roll, months from one review that confirms tiers to the next; month 0 has one; all else ends a year",
      sim::guess("quarterly reviews"));
  review_every.counts_with = {"year", "rolling"};
  sim::FieldInfo kept_months =
      sim::field(&P::kept_months, "kept_months", "months", range(1, 120), 12, Kind::fixed,
                 "months that a tier is kept from the review that gives or confirms it", sim::guess("a year"));
  kept_months.counts_with = {"kept", "months"};
  sim::FieldInfo counts = sim::field(
      &P::counts, "counts", "credits", sources_of_credits, range(0, 1e6),
      std::array<double, sources_of_credits.size()>{1, 0, 0}, Kind::fixed,
      "credits towards a tier, which are no points and cannot be redeemed: for each unit of money spent, for "
      "each order, and for each month as a member, by partners (elsewhere); to the thousandth",
      sim::guess("one for each unit of money that is spent"));
  counts.counts_with = {"by", "credits"};
  return sim::fields<P>({
      sim::field(
          &P::by, "by", {"spend", "orders", "credits"}, EarnedBy::spend,
          "what counts against the amounts from which tiers start: net sales, orders placed, or credits that are "
          "given for both (counts)",
          sim::guess("most programs count what is spent")),
      sim::field(&P::year, "year", {"rolling", "calendar", "membership"}, QualifyingYear::calendar,
                 "in which months it counts: the last 12; a year from the month year_begins on; or 12 months from the "
                 "month of joining on, year after year. Of all of them those from joining on",
                 sim::guess("the year of the calendar, as most programs have it")),
      year_begins,
      review_every,
      sim::field(&P::up, "up", {"at once", "at review"}, MovesUp::at_once,
                 "when who reaches a cut is moved up: in the month after, or when the year ends",
                 sim::guess("who has earned a tier sees it at once")),
      sim::field(&P::kept, "kept", {"next year", "anniversary", "months"}, TierKept::next_year,
                 "how long a tier is kept: to the end of the year after the one that earned it; for 12 months from the "
                 "review that gives or confirms it; or for kept_months. A year that ends with the tier's cut reached "
                 "confirms it",
                 sim::guess("as most programs with years of the calendar have it")),
      kept_months,
      sim::field(&P::down, "down", {"to what is earned", "one step"}, FallsTo::what_is_earned,
                 "where who loses a tier goes: to the one that the year which has ended earned (up = \"at once\": or "
                 "the year so far), or one step, never below that",
                 sim::guess("the plain rule; a soft landing is a favor that a program states")),
      sim::field(
          &P::grandfathering, "grandfathering", "months", range(0, 120), 0, Kind::fixed,
          "months from the policy's first review on (of the baseline, from month 0 on) for which members keep at "
          "least the tier that it finds, whatever they earn",
          sim::guess("nobody is kept unless a program says so")),
      counts,
  });
}

EarnedTier reviewed(EarnedTier held, const EarnedReview& review, const EarnedParameters& p, std::int32_t lowest) {
  const bool rolls = p.year == QualifyingYear::rolling, at_once = p.up == MovesUp::at_once;
  const std::int32_t by_running_year = review.year_ends && !rolls ? lowest : review.earned;
  if (review.year_ends) {
    held.by_ended_year = review.earned;
    if (review.earned <= held.tier) {
      const std::int32_t term = term_from(review, false, p);
      held.term_ends = review.earned < held.tier ? term : std::max(held.term_ends, term);
      held.tier = review.earned;
    }
  }
  if (at_once && by_running_year < held.tier) {
    held.tier = by_running_year;
    held.term_ends = term_from(review, true, p);
  }
  if (held.tier == lowest || review.month < held.term_ends) return held;
  const std::int32_t by_ended_year = rolls ? review.earned : held.by_ended_year;
  const std::int32_t earned = at_once ? std::min(by_ended_year, by_running_year) : by_ended_year;
  held.term_ends = term_from(review, at_once && by_running_year <= held.tier, p);
  if (earned > held.tier) held.tier = p.down == FallsTo::one_step ? held.tier + 1 : earned;
  return held;
}

Earned::Earned(const sim::SegmentationSpec& spec, sim::Observed& observed)
    : parameters_(spec.parameters.as<EarnedParameters>()),
      least_(least_of_members(spec, parameters_.by)),
      lowest_(static_cast<std::int32_t>(least_.size())),
      none_(lowest_ + 1),
      first_month_(-spec.study->horizon.warmup),
      begins_(month_begun(spec)),
      start_month_(spec.study->horizon.start_month),
      quantum_(spec.study->money_quantum),
      core_(observed.core()),
      since_(observed.state_if_owned<std::int32_t>("member since")),
      past_(observed.ring<std::int32_t>(ring_of_earned(parameters_.by), deep_enough)),
      held_(observed.scratch<std::int32_t>(column_of_earned(spec, "tier held"))),
      term_ends_(observed.scratch<std::int32_t>(column_of_earned(spec, "term ends"))),
      by_ended_year_(observed.scratch<std::int32_t>(column_of_earned(spec, "earned by the year that ended"))) {
  if (parameters_.by == EarnedBy::credits)
    orders_ = observed.ring<std::int32_t>(ring_of_earned(EarnedBy::orders), deep_enough);
  if (parameters_.grandfathering > 0) found_ = observed.scratch<std::int32_t>(column_of_earned(spec, "tier found"));
  if (is_baseline(spec) || !sim::has_tiers_of_baseline(*spec.study, *spec.policy)) return;
  const sim::Policy& baseline = spec.study->policies[spec.study->baseline];
  before_ = std::make_shared<const Earned>(
      sim::SegmentationSpec{spec.study, &baseline, earned_fields().resolve(baseline.values)}, observed);
}

Earned::YearOf Earned::year_of(int month, std::int32_t joined) const {
  switch (parameters_.year) {
    case QualifyingYear::rolling:
      return {month - qualifying_months, review_due(month, parameters_.review_every)};
    case QualifyingYear::membership: {
      const int into = (month - joined) % qualifying_months;
      return {month - into, into == 0};
    }
    case QualifyingYear::calendar:
      break;
  }
  const int months = start_month_ - parameters_.year_begins + month;  // since one of its years began
  const int into = (months % qualifying_months + qualifying_months) % qualifying_months;
  return {month - into, into == 0};
}

int Earned::counts_from(int month, std::int32_t joined) const {
  const YearOf year = year_of(month, joined);
  const int begins = year.ends ? month - qualifying_months : year.began;
  return std::max({begins, static_cast<int>(joined), first_month_});
}

void Earned::add_up(int month, const sim::Arm& arm, std::size_t begin, std::span<const std::int32_t> joined,
                    std::span<double> amounts) const {
  std::array<std::int32_t, some_customers> from{};
  if (parameters_.year == QualifyingYear::membership) {
    for (std::size_t i = 0; i < joined.size(); ++i) from[i] = counts_from(month, joined[i]);
  } else {
    const int begins = counts_from(month, first_month_);  // of all alike
    for (std::size_t i = 0; i < joined.size(); ++i) from[i] = std::max(begins, joined[i]);
  }
  const auto of_all = std::span<const std::int32_t>(from).first(amounts.size());
  add_up(past_, month, arm, begin, of_all, amounts);
  if (!orders_) return;
  std::array<double, some_customers> room{};
  const auto orders = std::span(room).first(amounts.size());
  add_up(*orders_, month, arm, begin, of_all, orders);
  for (std::size_t i = 0; i < amounts.size(); ++i) amounts[i] = credits(amounts[i], orders[i], month - from[i]);
}

void Earned::add_up(sim::Ring<const std::int32_t> past, int month, const sim::Arm& arm, std::size_t begin,
                    std::span<const std::int32_t> from, std::span<double> sums) const {
  std::ranges::fill(sums, 0.0);
  for (int back = 1; back <= std::min(qualifying_months, month - first_month_); ++back) {
    const auto bought = arm.at(past, month - back).subspan(begin, sums.size());
    for (std::size_t i = 0; i < sums.size(); ++i)
      sums[i] += from[i] <= month - back ? static_cast<double>(bought[i]) : 0.0;
  }
}

double Earned::amount_of(int month, const sim::Arm& arm, std::size_t customer, std::int32_t joined) const {
  double amount = 0, orders = 0;
  const int from = counts_from(month, joined);
  for (int counted = from; counted < month; ++counted) {
    amount += static_cast<double>(arm.at(past_, counted)[customer]);
    if (orders_) orders += static_cast<double>(arm.at(*orders_, counted)[customer]);
  }
  return orders_ ? credits(amount, orders, month - from) : amount;
}

std::int32_t Earned::earned_by(double amount) const {
  std::int32_t tier = 0;
  while (tier < lowest_ && amount < least_[static_cast<std::size_t>(tier)]) ++tier;
  return tier;
}

EarnedReview Earned::review_of(int month, const YearOf& year, double amount) const {
  return {month, year.began, year.ends, earned_by(amount)};
}

/// By the reviews of the last twelve months, this one left out, as far back as the customer is a member.
EarnedTier Earned::gone_through(int month, const sim::Arm& arm, std::size_t customer, std::int32_t joined) const {
  EarnedTier held{lowest_, month, lowest_};
  for (int then = std::max(joined + 1, month - qualifying_months + 1); then < month; ++then)
    held = reviewed(held, review_of(then, year_of(then, joined), amount_of(then, arm, customer, joined)), parameters_,
                    lowest_);
  return held;
}

/// What the year that ended earned is by the policy's own years and amounts.
EarnedTier Earned::found(int month, const sim::Arm& arm, std::size_t customer, std::int32_t joined) const {
  EarnedTier found = gone_through(month, arm, customer, joined);
  if (!before_ || month != begins_) return found;
  const EarnedTier given = before_->given(month, arm, customer, joined);
  found.tier = given.tier;
  found.term_ends = given.term_ends;
  return found;
}

EarnedTier Earned::standing(int month, const sim::Arm& arm, std::size_t customer, std::int32_t joined) const {
  const std::int32_t held = arm[held_][customer];
  if (held == 0) return found(month, arm, customer, joined);
  return {held - 1, arm[term_ends_][customer], arm[by_ended_year_][customer]};
}

EarnedTier Earned::given(int month, const sim::Arm& arm, std::size_t customer, std::int32_t joined) const {
  const double amount = amount_of(month, arm, customer, joined);
  return reviewed(standing(month, arm, customer, joined), review_of(month, year_of(month, joined), amount), parameters_,
                  lowest_);
}

template <class Visit>
void Earned::for_each_member(int month, const sim::Arm& arm, const Visit& visit) const {
  const auto since = arm[*since_];
  std::array<std::int32_t, some_customers> joined{};
  std::array<double, some_customers> amounts{};
  for (std::size_t begin = 0; begin < since.size(); begin += some_customers) {
    const std::size_t some = std::min(some_customers, since.size() - begin);
    for (std::size_t i = 0; i < some; ++i) joined[i] = joined_in(since[begin + i]);
    add_up(month, arm, begin, std::span(joined).first(some), std::span(amounts).first(some));
    for (std::size_t i = 0; i < some; ++i)
      if (since[begin + i] != 0) visit(begin + i, joined[i], amounts[i]);
  }
}

void Earned::assign(sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision&,
                    std::span<std::int32_t> tier) const {
  std::ranges::fill(tier, none_);
  if (!since_) return;
  const int now = month.month();
  const auto held = arm[held_], term_ends = arm[term_ends_], by_ended_year = arm[by_ended_year_];
  const bool is_own = parameters_.year == QualifyingYear::membership;
  const YearOf of_all = year_of(now, first_month_);
  for_each_member(now, arm, [&](std::size_t who, std::int32_t joined, double amount) {
    const EarnedReview review = review_of(now, is_own ? year_of(now, joined) : of_all, amount);
    const EarnedTier after = reviewed(standing(now, arm, who, joined), review, parameters_, lowest_);
    held[who] = after.tier + 1;
    term_ends[who] = after.term_ends;
    by_ended_year[who] = after.by_ended_year;
    tier[who] = after.tier;
  });
  if (!found_ || now < begins_ || now >= begins_ + parameters_.grandfathering) return;
  const auto found = arm[*found_];
  if (now == begins_) std::ranges::copy(held, found.begin());
  for (std::size_t who = 0; who < tier.size(); ++who)
    if (found[who] != 0) tier[who] = std::min(tier[who], found[who] - 1);
}

void Earned::tell_progress(sim::BlockMonth& month, const sim::Arm& arm, std::uint32_t known,
                           std::span<float> progress) const {
  if (!since_) return;
  const int now = month.month();
  const auto tier = arm[core_.tier];
  std::vector<double> cuts;  // of which customers know, the largest first
  for (std::size_t k = 0; k < least_.size(); ++k)
    if ((known >> k & 1U) != 0) cuts.push_back(least_[k]);
  const bool rolls = parameters_.year == QualifyingYear::rolling;
  for_each_member(now, arm, [&](std::size_t who, std::int32_t joined, double amount) {
    if (tier[who] < 0 || tier[who] > none_) return;   // another policy's
    if (!rolls && year_of(now, joined).ends) return;  // a year begins, of which nothing is known
    const auto reached = std::ranges::find_if(cuts, [&](double cut) { return amount >= cut; });
    if (reached == cuts.begin()) return;
    progress[who] = progress_between(amount, reached == cuts.end() ? 0 : *reached, *(reached - 1));
  });
}

void Earned::tell_score(const sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision&, std::size_t customer,
                        std::vector<ScorePart>& parts) const {
  if (!since_ || arm[*since_][customer] == 0) return;
  const std::int32_t joined = joined_in(arm[*since_][customer]);
  const Told told = told_of(parameters_.by, quantum_);
  parts.push_back({told.name, told.unit * amount_of(month.month(), arm, customer, joined)});
  if (arm[held_][customer] <= lowest_)
    parts.push_back({"month in which the term ends", static_cast<double>(arm[term_ends_][customer])});
}

}  // namespace clientele::models
