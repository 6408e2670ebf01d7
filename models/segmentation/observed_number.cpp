// Sums the months of a ring: whole numbers below 2^35, which doubles add without rounding.
#include "models/segmentation/observed_number.hpp"

#include <algorithm>
#include <array>

#include "models/open_invoices.hpp"

namespace clientele::models {

namespace {

/// The ring that a number sums up.
std::string_view ring_of(Number number) {
  switch (number) {
    case Number::sales:
      return "net_sales";
    case Number::profit:
      return "contribution by month";
    case Number::orders:
    case Number::buying_months:
    case Number::recency:
    case Number::order_stability:
      return "orders by month";
    case Number::growth:
      return "net_sales";
    case Number::tenure:
    case Number::punctuality:
    case Number::late_by_administration:
    case Number::late_otherwise:
    case Number::satisfaction:
      break;
  }
  throw sim::InternalFault("internal fault: no sum over months");
}

/// "sales of 12 months"
std::string called(Number number, std::int32_t look_back) {
  std::string text(words_for_numbers()[static_cast<std::size_t>(number)]);
  std::ranges::replace(text, '_', ' ');
  if (number == Number::tenure || number == Number::satisfaction) return text;
  return text + " of " + std::to_string(look_back) + (look_back == 1 ? " month" : " months");
}

}  // namespace

ObservedNumber::ObservedNumber(Number number, std::int32_t look_back, const sim::SegmentationSpec& spec,
                               sim::Observed& observed, Of of)
    : number_(number),
      look_back_(look_back),
      of_(of),
      first_month_(-spec.study->horizon.warmup),
      core_(observed.core()),
      quantum_(spec.study->money_quantum),
      called_(called(number, look_back)) {
  if (number == Number::tenure)
    joined_ = observed.trait<std::int32_t>("joined");
  else if (number == Number::late_by_administration || number == Number::late_otherwise)
    records_.emplace(look_back, spec, observed);
  else if (number == Number::satisfaction)
    answers_ = observed.ring<float>("last answer", 1);
  else if (number == Number::punctuality)
    settled_ = observed.ring<std::uint32_t>("settled by month", static_cast<std::uint32_t>(look_back));
  else
    past_ = observed.ring<std::int32_t>(ring_of(number), static_cast<std::uint32_t>(look_back));
}

sim::Segmentation::ScorePart ObservedNumber::told(const sim::BlockMonth& month, const sim::Arm& arm,
                                                  std::size_t customer) const {
  double value = 0;
  work_out(month, arm, customer, std::span(&value, 1));
  const bool is_money = number_ == Number::sales || number_ == Number::profit;
  const bool is_sum = is_money || number_ == Number::orders || number_ == Number::buying_months;
  if (is_sum && of_ == Of::month) value *= static_cast<double>(look_back_);
  return {called_, as_stated(number_, value) * (is_money ? quantum_ : 1)};
}

int ObservedNumber::months_before(int month) const { return std::min(look_back_, month - first_month_); }

void ObservedNumber::work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                              std::span<double> score) const {
  sim::expects(score.size() <= some_customers, "scores are worked out a few at a time");
  switch (number_) {
    case Number::tenure:
      return work_out_tenure(month, begin, score);
    case Number::punctuality:
      return work_out_punctuality(month, arm, begin, score);
    case Number::recency:
      return work_out_recency(month, arm, begin, score);
    case Number::order_stability:
      return work_out_stability(month, arm, begin, score);
    case Number::growth:
      return work_out_growth(month, arm, begin, score);
    case Number::late_by_administration:
    case Number::late_otherwise:
      return work_out_late(month, arm, begin, score);
    case Number::satisfaction:
      return work_out_satisfaction(month, arm, begin, score);
    case Number::sales:
    case Number::profit:
    case Number::orders:
    case Number::buying_months:
      return work_out_sum(month, arm, begin, score);
  }
}

void ObservedNumber::work_out_sum(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                                  std::span<double> score) const {
  std::ranges::fill(score, 0.0);
  const int months = months_before(month.month());
  const bool whether = number_ == Number::buying_months;
  for (int back = 1; back <= months; ++back) {
    const auto past = arm.at(past_, month.month() - back).subspan(begin, score.size());
    if (whether) {
#pragma omp simd
      for (std::size_t i = 0; i < score.size(); ++i) score[i] += past[i] > 0 ? 1.0 : 0.0;
    } else {
#pragma omp simd
      for (std::size_t i = 0; i < score.size(); ++i) score[i] += static_cast<double>(past[i]);
    }
  }
  if (of_ == Of::look_back) return;
  const auto born = month[core_.born].subspan(begin, score.size());
  const std::int32_t now = month.month(), look_back = look_back_;
#pragma omp simd
  for (std::size_t i = 0; i < score.size(); ++i)
    score[i] = mean_of_month(score[i], months_known(born[i] < now ? now - born[i] : 1, look_back));
}

/// Counts of two years are below 2^21: quotients that differ stay apart, and equal ones are equal.
void ObservedNumber::work_out_punctuality(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                                          std::span<double> score) const {
  std::array<std::int32_t, some_customers> all{}, late{};
  const int months = months_before(month.month());
  for (int back = 1; back <= months; ++back) {
    const auto settled = arm.at(settled_, month.month() - back).subspan(begin, score.size());
#pragma omp simd
    for (std::size_t i = 0; i < score.size(); ++i) {
      all[i] += high_count(settled[i]);
      late[i] += low_count(settled[i]);
    }
  }
#pragma omp simd
  for (std::size_t i = 0; i < score.size(); ++i) {
    const auto settled = static_cast<double>(all[i]), on_time = static_cast<double>(all[i] - late[i]);
    score[i] = all[i] > 0 ? on_time / settled : -1.0;
  }
}

/// From the oldest month on, so that the last order is the one that stays.
void ObservedNumber::work_out_recency(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                                      std::span<double> score) const {
  std::ranges::fill(score, -static_cast<double>(look_back_ + 1));
  for (int back = months_before(month.month()); back >= 1; --back) {
    const auto past = arm.at(past_, month.month() - back).subspan(begin, score.size());
    for (std::size_t i = 0; i < score.size(); ++i)
      if (past[i] > 0) score[i] = -static_cast<double>(back);
  }
}

/// Months before a customer came have no orders, and do not count.
void ObservedNumber::work_out_stability(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                                        std::span<double> score) const {
  std::array<double, some_customers> orders{}, squares{};
  const int months = months_before(month.month());
  for (int back = 1; back <= months; ++back) {
    const auto past = arm.at(past_, month.month() - back).subspan(begin, score.size());
    for (std::size_t i = 0; i < score.size(); ++i) {
      const auto placed = static_cast<double>(past[i]);
      orders[i] += placed;
      squares[i] += placed * placed;
    }
  }
  const auto born = month[core_.born].subspan(begin, score.size());
  for (std::size_t i = 0; i < score.size(); ++i)
    score[i] = stability_of(months_there(born[i], month.month()), look_back_, orders[i], squares[i]);
}

void ObservedNumber::work_out_growth(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                                     std::span<double> score) const {
  std::array<double, some_customers> recent{}, older{};
  const auto born = month[core_.born].subspan(begin, score.size());
  const int months = months_before(month.month());
  for (int back = 1; back <= months; ++back) {
    const auto past = arm.at(past_, month.month() - back).subspan(begin, score.size());
    for (std::size_t i = 0; i < score.size(); ++i) {
      const bool is_recent = back <= months_of_recent_half(months_there(born[i], month.month()));
      (is_recent ? recent : older)[i] += static_cast<double>(past[i]);
    }
  }
  for (std::size_t i = 0; i < score.size(); ++i)
    score[i] = growth_of(months_there(born[i], month.month()), recent[i], older[i]);
}

void ObservedNumber::work_out_late(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                                   std::span<double> score) const {
  std::array<PaymentRecord, some_customers> room;
  const auto records = std::span(room).first(score.size());
  records_->work_out(month, arm, begin, records);
  const bool by_administration = number_ == Number::late_by_administration;
  for (std::size_t i = 0; i < score.size(); ++i) {
    const PaymentRecord& record = records[i];
    score[i] =
        late_share(by_administration ? record.administrative : record.late - record.administrative, record.settled);
  }
}

void ObservedNumber::work_out_satisfaction(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                                           std::span<double> score) const {
  const auto said = arm.at(answers_, month.month() - 1).subspan(begin, score.size());
  for (std::size_t i = 0; i < score.size(); ++i) score[i] = static_cast<double>(said[i]);
}

void ObservedNumber::work_out_tenure(const sim::BlockMonth& month, std::size_t begin, std::span<double> score) const {
  const auto joined = month[joined_].subspan(begin, score.size());
  const std::int32_t now = month.month();
#pragma omp simd
  for (std::size_t i = 0; i < score.size(); ++i) score[i] = static_cast<double>(joined[i] < now ? now - joined[i] : 0);
}

}  // namespace clientele::models
