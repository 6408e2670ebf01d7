// Ageing as loops: buckets move up a month, every arm's.
#include "models/ageing.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace clientele::models {

Ageing::Ageing(sim::Wiring& wiring, sim::StageWiring& settle)
    : enters_(wiring.own_ring_ahead<std::int32_t>("becomes overdue", sim::Sight::latent)),
      after_one_(wiring.own_ring_ahead<std::int32_t>("paid after one month end", sim::Sight::latent)),
      after_two_(wiring.own_ring_ahead<std::int32_t>("paid after two month ends", sim::Sight::latent)),
      after_more_(wiring.own_ring_ahead<std::int32_t>("paid after more", sim::Sight::latent)),
      first_(wiring.own_state<std::int32_t>("overdue to 30 days", sim::Sight::observed)),
      second_(wiring.own_state<std::int32_t>("overdue to 60 days", sim::Sight::observed)),
      third_(wiring.own_state<std::int32_t>("overdue to 90 days", sim::Sight::observed)),
      older_(wiring.own_state<std::int32_t>("overdue for longer", sim::Sight::observed)),
      places_(settle.own_listed<std::uint32_t>("places of overdue invoices")),
      defaulted_(settle.own_common<std::int32_t>("defaulted in an age")),
      not_due_metric_(
          wiring.metric("not_due", sim::MetricUnit::money, "owed at the end of the month and not due yet")) {
  const auto overdue = [&](const char* name, const char* meaning) {
    return wiring.metric(name, sim::MetricUnit::money, meaning);
  };
  metrics_[0] = overdue("overdue_1_30", "owed at the end of the month, 1 to 30 days after it was due");
  metrics_[1] = overdue("overdue_31_60", "owed at the end of the month, 31 to 60 days after it was due");
  metrics_[2] = overdue("overdue_61_90", "owed at the end of the month, 61 to 90 days after it was due");
  metrics_[3] = overdue("overdue_over_90", "owed at the end of the month, more than 90 days after it was due");
  constexpr const char* of_defaulters[][2] = {{"defaulted_not_due", "not due yet"},
                                              {"defaulted_1_30", "1 to 30 days overdue"},
                                              {"defaulted_31_60", "31 to 60 days overdue"},
                                              {"defaulted_61_90", "61 to 90 days overdue"},
                                              {"defaulted_over_90", "more than 90 days overdue"}};
  const bool can_default = wiring.is_used("credit.default_chance", [](double chance) { return chance > 0; });
  for (std::size_t age = 0; age < std::size(of_defaulters); ++age) {
    defaulted_metrics_[age] =
        overdue(of_defaulters[age][0],
                ("open of customers who default in the month, " + std::string(of_defaulters[age][1])).c_str());
    if (!can_default) wiring.counts_nothing(defaulted_metrics_[age]);
  }
}

void Ageing::enter(const sim::BlockMonth& month, const sim::Arm& arm, const DatedInvoices& dated,
                   std::size_t late) const {
  const auto overdue = month[dated.overdue], lags = month[dated.lag], cells = month[dated.late_cell];
  const auto amounts = month[dated.amount], customers = month[dated.late_customer];
  const auto late_places = month[dated.late_places], places = month[places_];
  const auto enters = arm.all(enters_);
  const std::span<std::int32_t> leaves[] = {arm.all(after_one_), arm.all(after_two_), arm.all(after_more_)};
  const sim::MonthsAhead ahead_of_now = arm.ahead_of(month.month(), enters_);
  for (const std::uint32_t k : places.first(sim::list_places(overdue.first(late), places.data()))) {
    const std::int32_t ends = overdue[k], lag = std::min(lags[k], max_months_open), amount = amounts[late_places[k]];
    std::int32_t& in = enters[static_cast<std::size_t>(ahead_of_now.cell(lag - ends, customers[k]))];
    std::int32_t& out = leaves[std::min(ends, 3) - 1][static_cast<std::size_t>(cells[k])];
    in = add_up(in, amount);
    out = add_up(out, amount);
  }
}

void Ageing::age(const sim::BlockMonth& month, const sim::Arm& arm) const {
  const int now = month.month();
  const auto enters = arm.at(enters_, now), after_one = arm.at(after_one_, now);
  const auto after_two = arm.at(after_two_, now), after_more = arm.at(after_more_, now);
  const auto first = arm[first_], second = arm[second_], third = arm[third_];
  const auto older = arm[older_];
#pragma omp simd
  for (std::size_t i = 0; i < first.size(); ++i) {
    older[i] += third[i] - after_more[i];
    third[i] = second[i] - after_two[i];
    second[i] = first[i] - after_one[i];
    first[i] = enters[i];
    enters[i] = after_one[i] = after_two[i] = after_more[i] = 0;
  }
}

void Ageing::freeze(const sim::BlockMonth& month, const sim::Arm& arm, std::span<const std::uint32_t> customers,
                    std::span<const std::int32_t> frozen) const {
  if (customers.empty()) return;
  const std::span<std::int32_t> by_age[] = {arm[first_], arm[second_], arm[third_], arm[older_]};
  const auto defaulted = month[defaulted_];
  for (const std::uint32_t i : customers) {
    defaulted[i] = frozen[i];
    for (const auto& age : by_age) defaulted[i] -= age[i];
  }
  arm.book_all_of(customers, {{defaulted_metrics_[0], defaulted}});
  for (std::size_t age = 0; age < 4; ++age) {
    arm.book_all_of(customers, {{defaulted_metrics_[age + 1], by_age[age]}});
  }
  for (const std::uint32_t i : customers) clear(month.month(), arm, i);
}

void Ageing::clear(int month, const sim::Arm& arm, std::size_t customer) const {
  for (const auto& age : {first_, second_, third_, older_}) arm[age][customer] = 0;
  for (int ahead = 1; ahead < arm.depth(enters_); ++ahead)
    for (const auto& ring : {enters_, after_one_, after_two_, after_more_}) arm.at(ring, month + ahead)[customer] = 0;
}

void Ageing::book(const sim::Arm& arm, sim::Metric receivables) const {
  arm.book_all({{metrics_[0], arm[first_]},
                {metrics_[1], arm[second_]},
                {metrics_[2], arm[third_]},
                {metrics_[3], arm[older_]}});
  arm.book_rest(not_due_metric_, receivables, metrics_);
}

void Ageing::bring(int from, const sim::Arm& arm, std::size_t customer, std::int32_t amount, std::int32_t month_ends,
                   std::int32_t due, std::int32_t lag) const {
  const sim::State<std::int32_t> by_age[] = {first_, second_, third_, older_};
  if (month_ends > 0)
    arm[by_age[month_ends - 1]][customer] += amount;
  else if (lag > due)
    arm.at(enters_, from + due)[customer] += amount;
  const std::int32_t ends = month_ends > 0 ? month_ends + lag : lag - due;
  if (ends <= 0) return;
  const sim::Ring<std::int32_t> leaves[] = {after_one_, after_two_, after_more_};
  arm.at(leaves[std::min(ends, 3) - 1], from + lag)[customer] += amount;
}

}  // namespace clientele::models
