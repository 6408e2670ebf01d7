// Sums the months of what payment has booked.
#include "models/segmentation/payment_record.hpp"

#include <algorithm>
#include <array>

#include "models/open_invoices.hpp"

namespace clientele::models {

PaymentRecords::PaymentRecords(std::int32_t look_back, const sim::SegmentationSpec& spec, sim::Observed& observed)
    : look_back_(look_back),
      first_month_(-spec.study->horizon.warmup),
      settled_(observed.ring<std::uint32_t>("settled by month", static_cast<std::uint32_t>(look_back))),
      days_(observed.ring<std::int32_t>("eighths late by month", static_cast<std::uint32_t>(look_back))),
      administrative_(
          observed.ring<std::int32_t>("late by administration by month", static_cast<std::uint32_t>(look_back))) {}

void PaymentRecords::work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                              std::span<PaymentRecord> records) const {
  constexpr std::size_t some = 64;
  sim::expects(records.size() <= some, "payments are worked out a few customers at a time");
  std::array<std::int32_t, some> settled{}, late{}, by_administration{};
  std::array<std::int64_t, some> eighths{};
  const int months = std::min(look_back_, month.month() - first_month_);
  for (int back = 1; back <= months; ++back) {
    const int past = month.month() - back;
    const auto counts = arm.at(settled_, past).subspan(begin, records.size());
    const auto days = arm.at(days_, past).subspan(begin, records.size());
    const auto administrative = arm.at(administrative_, past).subspan(begin, records.size());
#pragma omp simd
    for (std::size_t i = 0; i < records.size(); ++i) {
      settled[i] += high_count(counts[i]);
      late[i] += low_count(counts[i]);
      by_administration[i] += administrative[i];
      eighths[i] += days[i];
    }
  }
  for (std::size_t i = 0; i < records.size(); ++i) records[i] = {settled[i], late[i], by_administration[i], eighths[i]};
}

}  // namespace clientele::models
