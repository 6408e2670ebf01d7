// The steps stand as in models/catalogue.cpp.
#include "tests/reference/models/real_cell.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/segmentation/best_response.hpp"
#include "models/segmentation/by_value.hpp"
#include "models/segmentation/clv.hpp"
#include "models/segmentation/rank.hpp"
#include "models/segmentation/rfm.hpp"
#include "models/segmentation/scorecard.hpp"
#include "models/segmentation/true_value.hpp"
#include "sim/why.hpp"

namespace clientele::tests {

namespace {

/// The first whole number of quanta that comes to an amount.
std::int64_t quanta_of_bound(double from, double quantum) {
  auto bound = static_cast<std::int64_t>(from / quantum) - 2;
  while (static_cast<double>(bound) * quantum < from - std::fabs(from) * 1e-14) ++bound;
  return bound;
}

}  // namespace

namespace {

/// As a study states a lever: of a group, or of a tier of a policy.
template <class Rule>
bool is_somewhere(const sim::Study& study, const sim::Catalogue& catalogue, std::string_view table,
                  std::string_view key, const Rule& rule) {
  const auto of =
      std::ranges::find(catalogue.tables(), table, [](const auto& one) { return std::string_view(one.key); });
  const auto number = static_cast<std::uint32_t>(of - catalogue.tables().begin());
  const sim::FieldRef at{number, static_cast<std::uint32_t>(*of->fields.find(key))};
  for (const sim::Group& group : study.population.groups) {
    const sim::FieldValue* value = &study.values[at.table][at.field];
    for (const auto& own : group.overrides)
      if (own.field == at) value = &own.value;
    if (rule(value->numbers[0])) return true;
  }
  for (const sim::Policy& policy : study.policies)
    for (const sim::Tier& tier : policy.tiers)
      for (const sim::Tier::Setting& lever : tier.levers)
        if (lever.field == at && rule(lever.value)) return true;
  return false;
}

}  // namespace

void RealCell::be_born(const Scene& scene, RealCustomer& who) const {
  tests::be_born(scene, who, who.buyer);
  tests::be_born(scene, who, who.judge);
  tests::be_born(scene, who, who.payer);
  tests::be_born(scene, who, who.debtor);
  tests::be_born(scene, who, who.place);
  tests::be_born(scene, who, who.earner);
  tests::be_born(scene, who, who.prospect);
  tests::be_born(scene, who, who.served, who.buyer, who.place, who.earner);
  tests::be_born(scene, who, who.judged, who.buyer, who.earner);
  tests::be_born(scene, who, who.leaver, who.judge);
  if (!has_points_) return;
  tests::be_born(scene, who, who.redeemer, who.buyer, order_rates(scene, who.group));
  tests::be_born(scene, who, who.responder, who.buyer, order_rates(scene, who.group));
}

/// As a file tells them, or as the law does.
const models::RateScore& RealCell::order_rates(const Scene& scene, std::uint32_t group) const {
  if (const auto found = order_rates_.find(group); found != order_rates_.end()) return found->second;
  const sim::FieldRef rate = scene.setting.field("purchasing", "orders_per_month");
  if (const auto& file = scene.setting.study().population.file)
    for (const auto& known : file->traits)
      if (known.field == rate)
        if (const auto rates = models::rates_of_group(known.values, file->groups, group))
          return order_rates_.emplace(group, models::RateScore(rates)).first->second;
  const auto& p = scene.setting.parameters<models::PurchasingParameters>("purchasing", group);
  return order_rates_.emplace(group, models::RateScore(p.orders_per_month)).first->second;
}

void RealCell::live_month(const Scene& scene) {
  for (const RealCustomer& who : customers()) {
    open_ledger(scene, who, who.payer);
    open_ledger(scene, who, who.member);
    open_ledger(scene, who, who.debtor);
    open_ledger(scene, who, who.earning);
    if (has_points_) open_ledger(scene, who, who.holder);
  }
  for (RealCustomer& who : customers()) who.moved = 0, who.reviewed = false;
  review(scene);
  open_books(scene);
  ask_for_hours(scene);
  ask_for_status(scene);
  administer(scene);
  for (RealCustomer& who : customers()) {
    who.bills.clear();
    charge_move(scene, who, who.bills);
    count_review(scene, who, who.followed);
    notice_move(scene, who, who.mover);
    feel_cut(scene, who, progress_of(scene, who), who.mover);
    who.buyer.effects = 1.F;
    respond(scene, who, has_points_, status_seen_, who.enrolled, who.holder, first_month(), who.responder, who.redeemer,
            who.judge, who.buyer);
    offer_terms(scene, who, who.payer, who.buyer);
    hold_deliveries(scene, who, who.payer, who.buyer, who.judge);
    offer_rebate(scene, who, who.earning, who.buyer);
    announce_surcharge(scene, who, who.place, who.buyer);
    offer_category(scene, who, who.prospect, who.buyer);
    act_on_move(who.mover, who.buyer, who.judge);
    offer_service(scene, who, who.served, hours_asked_);
    move_orders(scene, who, who.judge, who.buyer);
    decide_to_leave(scene, who, who.leaver);
    pull(scene, who, who.member, who.buyer);
    place_orders(scene, who, who.buyer, who.leaver.share);
    enroll(scene, who, who.enrolled, who.buyer);
    if (has_members_) take_members_from_books(scene, who, first_month(), who.enrolled);
    const std::int32_t returned = credited_now(scene, who.payer);
    remember_sales(scene, who, who.buyer, returned);
    deliver(scene, who, who.buyer, who.served, who.bills);
    experience(scene, who, who.judge, who.buyer, who.served, who.responder.performance);
    ask(scene, who, who.surveyed, who.judge);
    decide_to_default(scene, who, who.debtor, who.payer, who.buyer);
    move_liquidity(scene, who, who.payer);
    settle(scene, who, who.payer, who.buyer, who.bills);
    const std::int32_t frozen = freeze(scene, who, who.payer, who.debtor);
    insure(scene, who, who.buyer, who.bills);
    collect_claims(scene, who, who.debtor, frozen, who.buyer, who.bills);
    age_receivables(scene, who, who.payer);
    accrue_rebate(scene, who, who.earning, who.buyer, who.debtor, returned, who.bills);
    decide_to_redeem(scene, who, who.redeemer, who.holder, who.buyer);
    keep_points(scene, who, who.holder, who.enrolled, has_points_, who.buyer, first_month(), who.bills);
    remember_reward(scene, who, who.holder, who.responder);
    sell_category(scene, who, who.prospect, who.buyer, who.bills);
    earn_surcharges(scene, who, who.buyer, who.bills);
    send_back(scene, who, who.sender, who.buyer, who.prospect, who.earner);
    take_back(scene, who, who.sender, returned, who.debtor, who.bills);
    ship(scene, who, who.place, who.buyer, who.bills);
    win(scene, who, who.buyer, who.bills);
    call(scene, who, who.buyer, who.bills);
    follow_on(scene, who, who.followed, who.buyer);
    earn_and_spend(scene, who, who.member, who.buyer, who.bills);
    account(scene, who, who.earner, who.buyer, who.prospect, who.bills);
    end_month(scene, who, who.leaver, who.judge,
              who.responder.log_hazard + who.buyer.hazard_of_surcharge + who.member.stay + who.served.care_hazard);
    if (!books_take_over(scene)) continue;
    take_sales_from_books(scene, who, who.buyer);
    take_margin_from_books(scene, who, who.earner);
    take_record_from_books(scene, who, who.payer);
    take_open_items_from_books(scene, who, who.payer);
  }
  std::vector<bool> on_books;
  for (const RealCustomer& who : customers()) on_books.push_back(who.on_books);
  grant_exits(scene, {"defaulted", "left"});
  for (std::size_t i = 0; i < on_books.size(); ++i)
    keep_books(scene, customers()[i], customers()[i].leaver, customers()[i].buyer, on_books[i],
               customers()[i].debtor.defaults);
  for (const RealCustomer& who : customers())
    settle_what_is_open(scene, who, who.payer, who.debtor, who.buyer.rounding);
  for (const RealCustomer& who : customers()) pay_what_is_open(scene, who, who.earning);
  for (const RealCustomer& who : customers())
    charge_open_points(scene, who, who.holder, has_points_, who.buyer.rounding);
  for (const RealCustomer& who : customers())
    expect_returns(scene, who, who.sender, who.payer, who.debtor, who.buyer.rounding);
  if (!has_points_) return;
  open_points(scene, customers());
  for (RealCustomer& who : customers()) take_points_from_books(scene, who, who.holder);
}

std::int64_t RealCell::sales_of_year(const RealCustomer& who) const {
  const auto& sales = who.buyer.net_sales;
  return std::accumulate(sales.end() - std::min<std::ptrdiff_t>(12, std::ssize(sales)), sales.end(),
                         who.buyer.told_before_warmup);
}

/// Parts of the firm's ageing by what all customers weigh together.
void RealCell::open_books(const Scene& scene) {
  if (scene.month != 0 || first_month() != 0) return;
  models::OpeningWeight all;
  for (const RealCustomer& who : customers()) {
    const models::OpeningWeight own = weight_of(scene, who.buyer, who.payer);
    all.sales += own.sales;
    all.arrears += own.arrears;
  }
  for (RealCustomer& who : customers()) bring_invoices(scene, who, who.payer, who.buyer, all);
}

/// Once a quarter, where a policy has so many managers.
void RealCell::ask_for_hours(const Scene& scene) {
  const bool is_due = scene.month == first_month() || scene.month % 3 == 0;
  if (scene.run_off() || !is_due || scene.setting.policy_setting("service", "managers", scene.month) == 0) return;
  hours_asked_ = 0;
  for (const RealCustomer& who : customers()) *hours_asked_ += hours_asked(scene, who);
}

/// Once a quarter, as each policy's tiers give it.
void RealCell::ask_for_status(const Scene& scene) {
  if (!scene.run_off() && (scene.month == first_month() || scene.month % 3 == 0))
    status_seen_ = count_status(scene, customers());
}

namespace {

std::int64_t of_month(const RealCustomer& who, models::Number number, std::size_t month) {
  switch (number) {
    case models::Number::sales:
    case models::Number::growth:
      return who.buyer.net_sales[month];
    case models::Number::profit:
      return who.earner.contributions[month];
    case models::Number::orders:
    case models::Number::order_stability:
      return who.buyer.orders_by_month[month];
    case models::Number::buying_months:
      return who.buyer.orders_by_month[month] > 0 ? 1 : 0;
    case models::Number::tenure:
    case models::Number::punctuality:
    case models::Number::recency:
    case models::Number::late_by_administration:
    case models::Number::late_otherwise:
    case models::Number::satisfaction:
      break;
  }
  throw sim::InternalFault("no sum over months");
}

models::PaymentRecord payments_of(const Scene& scene, const RealCustomer& who, int look_back) {
  models::PaymentRecord all;
  for (const auto& [month, settled] : who.payer.settled) {
    if (month < scene.month - look_back || month >= scene.month) continue;
    all.settled += settled.settled;
    all.late += settled.late;
    all.administrative += settled.administrative;
    all.eighths_late += settled.eighths_late;
  }
  return all;
}

int months_since_order(const Scene& scene, const RealCustomer& who, int look_back) {
  for (int ago = 1; ago <= look_back && scene.month - ago >= who.born; ++ago)
    if (who.buyer.orders_by_month[static_cast<std::size_t>(scene.month - ago - who.born)] > 0) return ago;
  return look_back + 1;
}

double punctuality_of(const Scene& scene, const RealCustomer& who, int look_back) {
  const models::PaymentRecord all = payments_of(scene, who, look_back);
  const int settled = all.settled, late = all.late;
  return settled == 0 ? -1 : static_cast<double>(settled - late) / settled;
}

/// As a scorecard weighs it: two have names of their own there.
models::Number number_called(std::string_view name) {
  if (name == "volume") name = "sales";
  const auto words = models::words_for_numbers();
  return static_cast<models::Number>(std::ranges::find(words, name) - words.begin());
}

/// Who has settled nothing stands behind all others.
double late_by_reason(const Scene& scene, const RealCustomer& who, bool by_administration, int look_back) {
  const models::PaymentRecord all = payments_of(scene, who, look_back);
  const int late = by_administration ? all.administrative : all.late - all.administrative;
  return all.settled == 0 ? -2 : -static_cast<double>(late) / all.settled;
}

/// Orders of a month as they scatter around their mean.
double stability_of_list(const std::vector<std::int64_t>& orders, std::size_t enough) {
  std::int64_t sum = 0, squares = 0;
  for (const std::int64_t of_month : orders) {
    sum += of_month;
    squares += of_month * of_month;
  }
  const auto months = static_cast<std::int64_t>(orders.size());
  if (sum == 0 || orders.size() < enough) return -4;
  return 1 - std::sqrt(static_cast<double>(months * squares - sum * sum)) / static_cast<double>(sum);
}

/// The older half has the odd month.
double growth_of_list(const std::vector<std::int64_t>& sales) {
  const std::size_t recent = sales.size() / 2, older = sales.size() - recent;
  std::int64_t before = 0, since = 0;
  for (std::size_t m = 0; m < sales.size(); ++m) (m < older ? before : since) += sales[m];
  if (recent == 0) return 1;
  if (since <= 0) return 0;
  if (before <= 0) return 1000;
  return std::min(1000.0, static_cast<double>(since * static_cast<std::int64_t>(older)) /
                              static_cast<double>(before * static_cast<std::int64_t>(recent)));
}

}  // namespace

RealCell::Past RealCell::look_back_on(const Scene& scene, const RealCustomer& who, models::Number number,
                                      int look_back) const {
  Past past{0, std::clamp(scene.month - who.born, 1, look_back)};
  for (int month = scene.month - 1; month >= scene.month - look_back && month >= who.born; --month)
    past.sum += of_month(who, number, static_cast<std::size_t>(month - who.born));
  return past;
}

std::vector<std::int64_t> RealCell::months_of(const Scene& scene, const RealCustomer& who, models::Number number,
                                              int look_back) const {
  std::vector<std::int64_t> list;
  for (int month = std::max(who.born, scene.month - look_back); month < scene.month; ++month)
    list.push_back(of_month(who, number, static_cast<std::size_t>(month - who.born)));
  return list;
}

double RealCell::number_of(const Scene& scene, const RealCustomer& who, models::Number number, int look_back) const {
  if (number == models::Number::tenure) return std::max(0, scene.month - who.leaver.joined);
  if (number == models::Number::punctuality) return punctuality_of(scene, who, look_back);
  if (number == models::Number::recency) return -months_since_order(scene, who, look_back);
  if (number == models::Number::order_stability)
    return stability_of_list(months_of(scene, who, number, look_back),
                             static_cast<std::size_t>(std::min(3, look_back)));
  if (number == models::Number::growth) return growth_of_list(months_of(scene, who, number, look_back));
  if (number == models::Number::late_by_administration) return late_by_reason(scene, who, true, look_back);
  if (number == models::Number::late_otherwise) return late_by_reason(scene, who, false, look_back);
  if (number == models::Number::satisfaction) return static_cast<double>(who.surveyed.said);
  const Past past = look_back_on(scene, who, number, look_back);
  return static_cast<double>(past.sum * look_back) / past.months;
}

/// Between two amounts from which tiers start that customers can see, under the policy that a customer lives by.
float RealCell::progress_of(const Scene& scene, const RealCustomer& who) const {
  const sim::Policy& policy = scene.setting.policy(scene.month);
  const std::int32_t own_tiers = own_tiers_of(policy), first = who.tier < own_tiers ? 0 : own_tiers;
  const int month = first == 0 ? scene.month : -1;  // before month 0 everybody lives by the baseline
  const sim::Policy& lived = scene.setting.policy(month);
  if (policy.held != sim::Held::no || scene.run_off() || scene.month == first_month()) return 0;
  if (scene.setting.segmentation(month) == "earned") return progress_to_earn(scene, who);
  if (scene.setting.segmentation(month) != "spend") return 0;
  const int look_back = scene.setting.segmentation_parameters<models::ReviewParameters>(month).look_back;
  double begins = 0, ends = 0;
  for (std::int32_t tier = own_tiers_of(lived) - 2; tier >= 0; --tier) {
    if (scene.setting.lever("moves", "visible", who.group, first + tier, scene.month) == 0) continue;
    const double amount = static_cast<double>(quanta_of_bound(*lived.tiers[static_cast<std::size_t>(tier)].from,
                                                              scene.setting.study().money_quantum)) /
                          look_back;
    if (tier >= who.tier - first)
      begins = amount;
    else if (ends == 0)
      ends = amount;
  }
  const Past past = look_back_on(scene, who, models::Number::sales, look_back);
  const double spend = static_cast<double>(past.sum) / past.months;
  return begins < spend && spend < ends ? static_cast<float>((spend - begins) / (ends - begins)) : 0.F;
}

namespace {

bool is_one_of_the_study(const sim::Policy& policy) {
  return !policy.same_money_as && !policy.twin && policy.held == sim::Held::no && policy.rollout.empty();
}

/// The first policy by gains with as many tiers, for one that is none itself.
std::optional<std::uint32_t> yardstick_in(const sim::Study& study, const sim::Catalogue& catalogue,
                                          std::uint32_t policy) {
  const sim::Policy& held = study.policies[policy];
  const auto is_by_gains = [&](const sim::Policy& of) {
    return catalogue.segmentations()[of.segmentation].key == "best_response";
  };
  for (std::uint32_t p = 0; p < study.policies.size() && is_one_of_the_study(held) && !is_by_gains(held); ++p) {
    const sim::Policy& other = study.policies[p];
    if (is_by_gains(other) && is_one_of_the_study(other) && other.tiers.size() == held.tiers.size() &&
        other.tiers.size() != 126)
      return p;
  }
  return std::nullopt;
}

}  // namespace

RealCell::RealCell(const sim::Study& study, const sim::Catalogue& catalogue, const sim::OutcomeInfo& names,
                   const sim::Cell& cell)
    : Cell(study, catalogue, names, cell), catalogue_(catalogue) {
  has_points_ = is_somewhere(study, catalogue, "points", "earn", [](double earned) { return earned > 0; });
  has_members_ = is_somewhere(study, catalogue, "membership", "join",
                              [](double chance) { return static_cast<float>(chance) < 1; });
  if (const auto yardstick = yardstick_in(study, catalogue, cell.policy)) {
    sim::Cell beside = cell;
    beside.policy = *yardstick;
    RealCell other(study, catalogue, names, beside);
    other.live();
    given_by_yardstick_ = std::move(other.given_);
  }
  if (study.policies[cell.policy].rollout.empty()) return;
  sim::Cell before = cell;
  before.policy = study.baseline;
  RealCell baseline(study, catalogue, names, before);
  baseline.live();
  given_by_baseline_ = std::move(baseline.given_);
}

void RealCell::give(const Scene& scene, RealCustomer& who, std::int32_t tier) {
  const sim::Policy& policy = scene.setting.policy(scene.month);
  const bool is_own = tier < own_tiers_of(policy);
  if (is_own && who.row && !policy.kept_by_hand.empty() && policy.kept_by_hand[*who.row] >= 0)
    tier = scene.setting.segmentation(scene.month) == "earned" ? std::min(tier, policy.kept_by_hand[*who.row])
                                                               : policy.kept_by_hand[*who.row];
  if (policy.held == sim::Held::at_random) {
    who.ruled = tier;
    return;
  }
  if (is_own && policy.validity > 0) {
    if (tier > who.tier && scene.month < who.valid_until.value_or(scene.month))
      tier = who.tier;
    else
      who.valid_until = scene.month + policy.validity;
  }
  given_[{scene.month, scene.kind, who.id}] = tier;
  move(scene, who, tier);
  const auto otherwise = given_by_yardstick_.find({scene.month, scene.kind, who.id});
  if (scene.month != 0 || otherwise == given_by_yardstick_.end()) return;
  scene.count("placed", who, 1);
  if (otherwise->second != tier) scene.count("misplaced", who, 1);
}

/// Who is reached, by the policy; who is not, as the baseline's cell has it.
void RealCell::review(const Scene& scene) {
  if (scene.run_off()) return;
  std::vector<RealCustomer*> reached;
  for (RealCustomer* who : under_review(scene)) {
    if (is_reached(scene, *who)) {
      reached.push_back(who);
      continue;
    }
    const auto given = given_by_baseline_.find({scene.month, scene.kind, who->id});
    if (given != given_by_baseline_.end())
      give(scene, *who, own_tiers_of(scene.setting.policy(scene.month)) + given->second);
  }
  const sim::Policy& policy = scene.setting.policy(scene.month);
  if (policy.held == sim::Held::no || scene.month == 0) review_reached(scene, reached);
  if (policy.held == sim::Held::at_random && scene.month == 0) give_by_chance(scene, reached);
  for (RealCustomer& who : customers())  // whom the firm does not take for its customer now enters as somebody new
    if (!policy.rollout.empty() && !who.on_books && is_reached(scene, who) && who.tier >= own_tiers_of(policy))
      who.tier = static_cast<std::int32_t>(policy.entry);
}

/// Of all tiers of the policy's own but the last.
std::vector<double> RealCell::shares_of_policy(const Scene& scene) const {
  const sim::Policy& policy = scene.setting.policy(scene.month);
  const std::vector<sim::Tier> tiers(policy.tiers.begin(), policy.tiers.begin() + own_tiers_of(policy));
  double given = 0;
  for (const sim::Tier& tier : tiers) given += tier.share.value_or(0);
  std::vector<double> shares;
  for (const sim::Tier& tier : std::span(tiers).first(tiers.size() - 1))
    shares.push_back(tier.share.value_or(1 - given));
  return shares;
}

void RealCell::give_by_share(const Scene& scene, const std::vector<RealCustomer*>& list,
                             const std::vector<double>& numbers) {
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < list.size(); ++i) candidates.push_back({list[i]->id, numbers[i]});
  const auto assigned = tiers_by_quota(candidates, shares_of_policy(scene));
  for (std::size_t i = 0; i < list.size(); ++i) give(scene, *list[i], assigned[i]);
}

/// In place of whom the rule chose.
void RealCell::give_by_chance(const Scene& scene, const std::vector<RealCustomer*>& list) {
  const sim::Policy& policy = scene.setting.policy(scene.month);
  const bool by_sales = sim::is_granted_on_sales(policy, catalogue_);
  std::vector<Drawn> drawn;
  for (const RealCustomer* who : list)
    drawn.push_back({who->id, by_sales ? look_back_on(scene, *who, models::Number::sales, 12).sum : 0, who->ruled});
  const auto given = tiers_by_chance(drawn, policy.tiers.size());
  for (std::size_t i = 0; i < list.size(); ++i) move(scene, *list[i], given[i]);
}

/// By the start of each tier, counted from the best; a customer who holds one or a better one needs less for it.
void RealCell::give_by_value(const Scene& scene, const std::vector<RealCustomer*>& list, models::Number number,
                             const models::ReviewParameters& review) {
  const sim::Policy& policy = scene.setting.policy(scene.month);
  const auto& tiers = policy.tiers;
  const double quantum = scene.setting.study().money_quantum;
  const bool is_entered = scene.month == 0 && !scene.setting.goes_on_from_baseline();
  for (RealCustomer* who : list) {
    const auto falls_short = [&](double from) {
      if (number == models::Number::tenure || number == models::Number::punctuality)
        return number_of(scene, *who, number, review.look_back) < from;
      const Past past = look_back_on(scene, *who, number, review.look_back);
      return past.sum * review.look_back < quanta_of_bound(from, quantum) * past.months;
    };
    const bool is_new = is_entered || who->tier >= own_tiers_of(policy);
    const std::int32_t held = is_new ? static_cast<std::int32_t>(policy.entry) : who->tier;
    std::int32_t tier = 0;
    for (; tiers[static_cast<std::size_t>(tier)].from; ++tier) {
      const double from = *tiers[static_cast<std::size_t>(tier)].from;
      if (!falls_short(from)) break;
      if (held <= tier && review.hysteresis > 0 && !falls_short(models::kept_from(from, review.hysteresis))) break;
    }
    give(scene, *who, tier);
  }
}

bool RealCell::is_at_least(const Scene& scene, const RealCustomer& who, models::Number number, double bound,
                           int look_back) const {
  if (number == models::Number::recency) return months_since_order(scene, who, look_back) >= bound;
  if (number == models::Number::late_by_administration || number == models::Number::late_otherwise) {
    const double share = -number_of(scene, who, number, look_back);
    return (share == 2 ? -1 : share) >= bound;  // of whom no invoice was settled
  }
  if (number == models::Number::tenure || number == models::Number::punctuality ||
      number == models::Number::order_stability || number == models::Number::growth ||
      number == models::Number::satisfaction)
    return number_of(scene, who, number, look_back) >= bound;
  const Past past = look_back_on(scene, who, number, look_back);
  if (number == models::Number::orders || number == models::Number::buying_months)
    return static_cast<double>(past.sum * look_back) >= bound * past.months - 1e-9;
  return past.sum * look_back >= quanta_of_bound(bound, scene.setting.study().money_quantum) * past.months;
}

bool RealCell::holds(const Scene& scene, const RealCustomer& who, const sim::Condition& condition,
                     int look_back) const {
  std::size_t parts = 0;
  for (const sim::Condition& part : condition.parts) parts += holds(scene, who, part, look_back) ? 1 : 0;
  const auto number = static_cast<models::Number>(condition.number);
  switch (condition.of) {
    case sim::Condition::Of::all:
      return parts == condition.parts.size();
    case sim::Condition::Of::any:
      return parts > 0;
    case sim::Condition::Of::none:
      return parts == 0;
    case sim::Condition::Of::groups:
      return std::ranges::count(condition.groups,
                                condition.attribute ? who.judged.attributes[*condition.attribute] : who.group) > 0;
    case sim::Condition::Of::number:
      break;
  }
  return (!condition.at_least || is_at_least(scene, who, number, *condition.at_least, look_back)) &&
         (!condition.below || !is_at_least(scene, who, number, *condition.below, look_back));
}

void RealCell::give_by_condition(const Scene& scene, const std::vector<RealCustomer*>& list, int look_back) {
  const auto& tiers = scene.setting.policy(scene.month).tiers;
  const auto last = static_cast<std::size_t>(own_tiers_of(scene.setting.policy(scene.month))) - 1;
  for (RealCustomer* who : list) {
    std::size_t tier = 0;
    while (tier < last && !holds(scene, *who, *tiers[tier].when, look_back)) ++tier;
    give(scene, *who, static_cast<std::int32_t>(tier));
  }
}

namespace {

/// Whether nothing can be said of anybody before a month has passed.
bool reads_the_past(const sim::Condition& condition) {
  return (condition.of == sim::Condition::Of::number &&
          static_cast<models::Number>(condition.number) != models::Number::tenure) ||
         std::ranges::any_of(condition.parts, reads_the_past);
}

}  // namespace

/// By the start of each tier, counted from the best, where no tier has a share.
void RealCell::give_by_points(const Scene& scene, const std::vector<RealCustomer*>& list,
                              const std::vector<double>& points, double hysteresis) {
  const sim::Policy& policy = scene.setting.policy(scene.month);
  const std::int32_t own = own_tiers_of(policy);
  const std::vector<sim::Tier> tiers(policy.tiers.begin(), policy.tiers.begin() + own);
  std::vector<double> compared;
  for (const double p : points) compared.push_back(std::rint(p * 1e4));
  if (std::ranges::any_of(tiers, [](const sim::Tier& tier) { return tier.share.has_value(); }))
    return give_by_share(scene, list, compared);
  const bool is_entered = scene.month == 0 && !scene.setting.goes_on_from_baseline();
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::int32_t held =
        is_entered || list[i]->tier >= own ? static_cast<std::int32_t>(policy.entry) : list[i]->tier;
    std::int32_t tier = own - 1;
    for (std::int32_t better = own - 2; better >= 0; --better) {
      const double start = std::rint(*tiers[static_cast<std::size_t>(better)].from * 1e4);
      const bool keeps = held <= better && compared[i] >= start - std::rint(hysteresis * 1e4);
      if (compared[i] >= start || keeps) tier = better;
    }
    give(scene, *list[i], tier);
  }
}

/// Number by number, for all customers at once. Ranks by counting all.
void RealCell::review_by_scorecard(const Scene& scene, const std::vector<RealCustomer*>& list) {
  const auto p = scene.setting.segmentation_parameters<models::ScorecardParameters>(scene.month);
  std::vector<models::Weights> points(list.size());
  for (std::size_t n = 0; n < models::weighed; ++n)
    if (p.weights[n] > 0) {
      const std::vector<float> of_number = points_of_number(scene, list, n, p);
      for (std::size_t i = 0; i < list.size(); ++i) points[i][n] = of_number[i];
    }
  std::vector<double> scores;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const int months = std::max(0, scene.month - list[i]->leaver.joined);
    scores.push_back(models::points_with_prospects(points[i], p.weights, models::part_of_prospects(months)));
  }
  give_by_points(scene, list, scores, static_cast<double>(p.hysteresis));
}

/// Who is unknown is unknown by any curve; all others by the curve, or by the rank among all.
std::vector<float> RealCell::points_of_number(const Scene& scene, const std::vector<RealCustomer*>& list, std::size_t n,
                                              const models::ScorecardParameters& p) const {
  const auto curve = std::ranges::find(p.curves, n, [](const sim::Curve& one) { return std::size_t{one.of}; });
  const bool has_curve = curve != p.curves.end() && !curve->values.empty();
  const std::string_view name = models::scorecard_numbers[n];
  const bool is_points = name == "payment" || name == "prospects";
  std::vector<Candidate> candidates;
  std::vector<double> read;
  std::vector<bool> known;
  for (const RealCustomer* who : list) {
    if (is_points) {
      const models::PaymentRecord record = payments_of(scene, *who, p.look_back);
      read.push_back(static_cast<double>(name == "payment" ? models::payment_points(record, p) : who->judged.points));
      known.push_back(name == "prospects" || record.settled > 0);
      candidates.push_back({who->id, read.back()});
      continue;
    }
    const models::Number number = number_called(name);
    const bool is_sum = number == models::Number::sales || number == models::Number::profit ||
                        number == models::Number::orders || number == models::Number::buying_months;
    const Past past = is_sum ? look_back_on(scene, *who, number, p.look_back) : Past{0, 1};
    const double mean = static_cast<double>(past.sum) / past.months;
    const double score = is_sum ? mean : 0.0 + number_of(scene, *who, number, p.look_back);
    candidates.push_back({who->id, score});
    const bool less_is_better = name == "recency" || name.starts_with("late_");
    read.push_back(is_sum ? models::as_curves_read(number, mean, p.look_back, scene.setting.study().money_quantum)
                          : (less_is_better ? 0.0 - score : score));
    known.push_back(!((name == "punctuality" || name == "satisfaction") && score == -1) &&
                    !(name.starts_with("late_") && score == -2));
  }
  std::vector<float> points = percentiles(candidates);
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!known[i])
      points[i] = p.unknown;
    else if (has_curve)
      points[i] = static_cast<float>(sim::points_along(*curve, read[i]));
    else if (is_points && curve == p.curves.end())
      points[i] = static_cast<float>(read[i]);
  }
  return points;
}

void RealCell::review_by_value_share(const Scene& scene, const std::vector<RealCustomer*>& list) {
  const auto p = scene.setting.segmentation_parameters<models::ReviewParameters>(scene.month);
  std::vector<Candidate> candidates;
  for (const RealCustomer* who : list)
    candidates.push_back(
        {who->id, static_cast<double>(look_back_on(scene, *who, models::Number::sales, p.look_back).sum)});
  const auto assigned = tiers_by_value(candidates, shares_of_policy(scene));
  for (std::size_t i = 0; i < list.size(); ++i) give(scene, *list[i], assigned[i]);
}

/// Cuts are compared as whole numbers times months: orders and quanta of a look-back.
void RealCell::review_by_rfm(const Scene& scene, const std::vector<RealCustomer*>& list) {
  const auto p = scene.setting.segmentation_parameters<models::RfmParameters>(scene.month);
  const double quantum = scene.setting.study().money_quantum;
  std::vector<double> points(list.size(), 0);
  const auto add = [&](float weight, const models::RfmCuts& cuts, auto number, auto reaches) {
    std::vector<Candidate> candidates;
    for (const RealCustomer* who : list) candidates.push_back({who->id, number(*who)});
    const std::vector<float> ranks = percentiles(candidates);
    for (std::size_t i = 0; i < list.size(); ++i) {
      int own = 1 + std::min(4, static_cast<int>(ranks[i] / 20.F));
      if (cuts != models::RfmCuts{})
        own = 1 + static_cast<int>(std::ranges::count_if(
                      cuts, [&](float cut) { return reaches(*list[i], static_cast<double>(cut)); }));
      points[i] += static_cast<double>(weight) * own;
    }
  };
  const auto mean_of = [&](models::Number number) {
    return [&scene, &p, number, this](const RealCustomer& who) {
      const Past past = look_back_on(scene, who, number, p.look_back);
      return static_cast<double>(past.sum) / past.months;
    };
  };
  add(
      p.weights[0], p.recency_cuts,
      [&](const RealCustomer& who) { return -static_cast<double>(months_since_order(scene, who, p.look_back)); },
      [&](const RealCustomer& who, double cut) { return months_since_order(scene, who, p.look_back) <= cut; });
  add(p.weights[1], p.frequency_cuts, mean_of(models::Number::orders), [&](const RealCustomer& who, double cut) {
    const Past past = look_back_on(scene, who, models::Number::orders, p.look_back);
    return static_cast<double>(past.sum * p.look_back) >= cut * past.months;
  });
  add(p.weights[2], p.monetary_cuts, mean_of(models::Number::sales), [&](const RealCustomer& who, double cut) {
    const Past past = look_back_on(scene, who, models::Number::sales, p.look_back);
    return past.sum * p.look_back >= quanta_of_bound(cut, quantum) * past.months;
  });
  give_by_points(scene, list, points, static_cast<double>(p.hysteresis));
}

/// By the start of each tier in quanta, or by rank.
void RealCell::give_by_worth(const Scene& scene, const std::vector<RealCustomer*>& list,
                             const std::vector<double>& worth) {
  const sim::Policy& policy = scene.setting.policy(scene.month);
  const std::vector<sim::Tier> tiers(policy.tiers.begin(), policy.tiers.begin() + own_tiers_of(policy));
  if (std::ranges::any_of(tiers, [](const sim::Tier& tier) { return tier.share.has_value(); }))
    return give_by_share(scene, list, worth);
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::size_t tier = 0;
    while (tiers[tier].from &&
           worth[i] < static_cast<double>(quanta_of_bound(*tiers[tier].from, scene.setting.study().money_quantum)))
      ++tier;
    give(scene, *list[i], static_cast<std::int32_t>(tier));
  }
}

/// What is expected is looked up in the same table, made anew for every group; books are read month by month.
void RealCell::review_by_clv(const Scene& scene, const std::vector<RealCustomer*>& list) {
  const auto p = scene.setting.segmentation_parameters<models::ClvParameters>(scene.month);
  const int window = std::min(p.look_back, scene.month - first_month());
  std::map<std::uint32_t, models::ExpectedOrders> tables;
  std::vector<double> worth;
  for (const RealCustomer* who : list) {
    const auto& purchasing = scene.setting.parameters<models::PurchasingParameters>("purchasing", who->group);
    const auto& churn = scene.setting.parameters<models::ChurnParameters>("churn", who->group);
    const auto& accounting = scene.setting.parameters<models::AccountingParameters>("accounting", who->group);
    const auto table = tables.try_emplace(who->group, models::orders_belief(purchasing, churn), window, p.ahead).first;
    const int months = std::clamp(scene.month - who->born, 0, window);
    const int ago = months_since_order(scene, *who, p.look_back);
    const models::SeenOrders seen{
        months, static_cast<std::int32_t>(look_back_on(scene, *who, models::Number::orders, p.look_back).sum),
        ago > p.look_back ? 0 : ago, std::max(0, scene.month - months - who->leaver.joined)};
    const auto sales = static_cast<double>(look_back_on(scene, *who, models::Number::sales, p.look_back).sum);
    worth.push_back(models::expected_margin(
        seen, sales, table->second, models::value_belief(purchasing, accounting, scene.setting.study().money_quantum)));
  }
  give_by_worth(scene, list, worth);
}

namespace {

float margin_of(const RealCustomer& who) {
  return models::true_margin(who.buyer.order_rate, who.buyer.order_value, who.earner.gross_margin);
}

}  // namespace

void RealCell::review_by_true_value(const Scene& scene, const std::vector<RealCustomer*>& list) {
  const auto p = scene.setting.segmentation_parameters<models::TrueValueParameters>(scene.month);
  std::vector<double> worth;
  for (const RealCustomer* who : list) {
    const auto& churn = scene.setting.parameters<models::ChurnParameters>("churn", who->group);
    const auto tenure = static_cast<float>(std::max(0, scene.month - who->leaver.joined));
    const float hazard =
        models::cumulative_hazard(churn.base_cumulative, who->leaver.frailty, tenure, churn.tenure_slope);
    float months = models::expected_months(hazard, static_cast<float>(p.ahead), churn.leaving);
    if (churn.process == models::LeavingProcess::contract)
      months = models::expected_months_of_contract(churn.base_cumulative * who->leaver.frailty,
                                                   std::max(0, scene.month - who->leaver.joined), churn.contract_months,
                                                   p.ahead);
    worth.push_back(static_cast<double>(margin_of(*who) * months));
  }
  give_by_worth(scene, list, worth);
}

/// A class is counted from the best on where it is a tier itself.
void RealCell::review_by_best_response(const Scene& scene, const std::vector<RealCustomer*>& list) {
  const std::vector<double>& gains = scene.setting.policy(scene.month).gains;
  const auto ranks_by = [&](auto number) {
    std::vector<Candidate> candidates;
    for (const RealCustomer* who : list) candidates.push_back({who->id, static_cast<double>(number(*who))});
    return percentiles(candidates);
  };
  const std::vector<float> margin = ranks_by(margin_of);
  const std::vector<float> frailty = ranks_by([](const RealCustomer& who) { return who.leaver.frailty; });
  const std::vector<float> orders = ranks_by([](const RealCustomer& who) { return who.buyer.order_rate; });
  std::vector<double> points;
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::size_t of = 0;
    for (const float rank : {margin[i], frailty[i], orders[i]})
      of = 5 * of + static_cast<std::size_t>(std::min(4, static_cast<int>(rank / 20.F)));
    const auto beaten = std::ranges::count_if(gains, [&](double gain) { return gain < gains[of]; });
    points.push_back(gains.empty() ? 125 - static_cast<double>(of) : static_cast<double>(beaten));
  }
  give_by_points(scene, list, points, 0);
}

/// Of the baseline from the first month on; of others from the first month in which they may reach somebody, after the
/// baseline's where that is a program of as many tiers.
EarnedProgram RealCell::program_of(const Scene& scene, const RealCustomer& who, std::uint32_t number) const {
  const sim::Study& study = scene.setting.study();
  const sim::Policy& policy = study.policies[number];
  const auto& fields = catalogue_.segmentations()[policy.segmentation].fields;
  EarnedProgram program;
  program.terms = fields.resolve(policy.values).as<models::EarnedParameters>();
  program.joined = *who.enrolled.joined;
  program.first_month = first_month();
  program.quantum = study.money_quantum;
  const bool by_money = program.terms.by == models::EarnedBy::spend;
  const bool by_credits = program.terms.by == models::EarnedBy::credits;
  for (std::int32_t tier = own_tiers_of(policy) - 3; tier >= 0; --tier) {
    const double from = *policy.tiers[static_cast<std::size_t>(tier)].from;
    program.cuts.push_back(by_money     ? static_cast<double>(quanta_of_bound(from, study.money_quantum))
                           : by_credits ? models::least_credits(from)
                                        : from);
  }
  if (!policy.rollout.empty()) program.begins = std::ranges::min(policy.rollout, {}, &sim::RollOut::month).month;
  program.first_review = number == study.baseline ? first_month() : program.begins;
  const sim::Policy& baseline = study.policies[study.baseline];
  if (number != study.baseline && policy.segmentation == baseline.segmentation &&
      own_tiers_of(policy) == own_tiers_of(baseline))
    program.before = std::make_shared<EarnedProgram>(program_of(scene, who, study.baseline));
  program.calendar = [&scene](int month) { return scene.setting.calendar_month(month) + 1; };
  const auto of_month = [&who](const auto& months, int month) {
    return static_cast<double>(months[static_cast<std::size_t>(month - who.born)]);
  };
  program.bought = [&who, of_month, by_sales = by_money || by_credits](int month) {
    return of_month(by_sales ? who.buyer.net_sales : who.buyer.orders_by_month, month);
  };
  if (by_credits) program.ordered = [&who, of_month](int month) { return of_month(who.buyer.orders_by_month, month); };
  return program;
}

void RealCell::review_by_earnings(const Scene& scene, const std::vector<RealCustomer*>& list) {
  const std::uint32_t number = scene.setting.policy_number(scene.month);
  const std::int32_t none = own_tiers_of(scene.setting.policy(scene.month)) - 1;
  for (RealCustomer* who : list) {
    const bool is_member = who->enrolled.joined.has_value();
    give(scene, *who, is_member ? none - 1 - level_earned(program_of(scene, *who, number), scene.month) : none);
  }
}

/// To the next amount that customers see above what the year has brought, from the one below it.
float RealCell::progress_to_earn(const Scene& scene, const RealCustomer& who) const {
  const sim::Policy& policy = scene.setting.policy(scene.month);
  const std::int32_t own_tiers = own_tiers_of(policy), first = who.tier < own_tiers ? 0 : own_tiers;
  if (!who.enrolled.joined) return 0;
  const EarnedProgram program = program_of(scene, who, scene.setting.policy_number(first == 0 ? scene.month : -1));
  if (program.terms.year != models::QualifyingYear::rolling && is_year_over(program, scene.month)) return 0;
  const double amount = bought_in_year(program, scene.month);
  double begins = 0;
  for (std::size_t level = 0; level < program.cuts.size(); ++level) {
    const auto tier = static_cast<std::int32_t>(program.cuts.size() - 1 - level);
    if (scene.setting.lever("moves", "visible", who.group, first + tier, scene.month) == 0) continue;
    if (amount < program.cuts[level])
      return amount > begins ? static_cast<float>((amount - begins) / (program.cuts[level] - begins)) : 0.F;
    begins = program.cuts[level];
  }
  return 0;
}

void RealCell::review_reached(const Scene& scene, const std::vector<RealCustomer*>& list) {
  const std::string_view segmentation = scene.setting.segmentation(scene.month);
  const sim::Policy& policy = scene.setting.policy(scene.month);
  const bool reaches_more =
      std::ranges::any_of(policy.rollout, [&](const sim::RollOut& step) { return step.month == scene.month; });
  if (segmentation == "everyone") {
    for (RealCustomer* who : list)
      if (scene.month == 0 || reaches_more) give(scene, *who, 0);
    return;
  }
  if (segmentation == "abc") {
    const auto p = scene.setting.segmentation_parameters<models::ReviewParameters>(scene.month);
    if (scene.month % p.review_every != 0 && !reaches_more) return;
    if (scene.month != first_month()) return review_by_value_share(scene, list);
    for (RealCustomer* who : list) give(scene, *who, who->tier);
    return;
  }
  if (segmentation == "rfm") {
    const auto p = scene.setting.segmentation_parameters<models::RfmParameters>(scene.month);
    if (scene.month % p.review_every != 0 && !reaches_more) return;
    if (scene.month != first_month()) return review_by_rfm(scene, list);
    for (RealCustomer* who : list) give(scene, *who, who->tier);
    return;
  }
  if (segmentation == "scorecard") {
    const auto p = scene.setting.segmentation_parameters<models::ScorecardParameters>(scene.month);
    if (scene.month % p.review_every != 0 && !reaches_more) return;
    if (scene.month != first_month()) return review_by_scorecard(scene, list);
    for (RealCustomer* who : list) give(scene, *who, who->tier);  // nobody has a past to be judged by
    return;
  }
  if (segmentation == "earned") return review_by_earnings(scene, list);
  if (segmentation == "clv") {
    const auto p = scene.setting.segmentation_parameters<models::ClvParameters>(scene.month);
    if (scene.month % p.review_every != 0 && !reaches_more) return;
    if (scene.month != first_month()) return review_by_clv(scene, list);
    for (RealCustomer* who : list) give(scene, *who, who->tier);
    return;
  }
  if (segmentation == "true_value" || segmentation == "best_response") {
    const int review_every =
        segmentation == "true_value"
            ? scene.setting.segmentation_parameters<models::TrueValueParameters>(scene.month).review_every
            : scene.setting.segmentation_parameters<models::ReviewParameters>(scene.month).review_every;
    if (scene.month % review_every != 0 && !reaches_more) return;
    return segmentation == "true_value" ? review_by_true_value(scene, list) : review_by_best_response(scene, list);
  }
  models::RankParameters p;  // of a rule that asks for less, what it asks for
  models::ReviewParameters review;
  if (segmentation == "rank") {
    p = scene.setting.segmentation_parameters<models::RankParameters>(scene.month);
  } else {
    review = scene.setting.segmentation_parameters<models::ReviewParameters>(scene.month);
    p = {review.review_every, review.look_back,
         segmentation == "profit"        ? models::Number::profit
         : segmentation == "tenure"      ? models::Number::tenure
         : segmentation == "punctuality" ? models::Number::punctuality
                                         : models::Number::sales};
  }
  if (scene.month % p.review_every != 0 && !reaches_more) return;
  const bool by_condition = segmentation == "rules" || segmentation == "attribute";
  const bool looks_back =
      by_condition
          ? std::ranges::any_of(policy.tiers, [](const sim::Tier& t) { return t.when && reads_the_past(*t.when); })
          : p.by != models::Number::tenure && segmentation != "random";
  if (looks_back && scene.month == first_month()) {  // nobody has a past to be judged by
    for (RealCustomer* who : list) give(scene, *who, who->tier);
    return;
  }
  if (by_condition) return give_by_condition(scene, list, p.look_back);
  if (segmentation != "rank" && segmentation != "random") return give_by_value(scene, list, p.by, review);
  std::vector<double> numbers(list.size(), 0);  // by chance all are equal
  for (std::size_t i = 0; i < list.size() && segmentation == "rank"; ++i)
    numbers[i] = number_of(scene, *list[i], p.by, p.look_back);
  give_by_share(scene, list, numbers);
}

}  // namespace clientele::tests
