// Sums the months of what payment has booked.
#include "models/segmentation/payment_record.hpp"

#include <algorithm>

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
  std::ranges::fill(records, PaymentRecord{});
  const int months = std::min(look_back_, month.month() - first_month_);
  for (int back = 1; back <= months; ++back) {
    const int past = month.month() - back;
    const auto settled = arm.at(settled_, past).subspan(begin, records.size());
    const auto days = arm.at(days_, past).subspan(begin, records.size());
    const auto administrative = arm.at(administrative_, past).subspan(begin, records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
      records[i].settled += high_count(settled[i]);
      records[i].late += low_count(settled[i]);
      records[i].administrative += administrative[i];
      records[i].eighths_late += days[i];
    }
  }
}

}  // namespace clientele::models
