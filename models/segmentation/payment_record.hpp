// How a customer has paid: the invoices settled within a look-back, how late they were and why.
#pragma once
#include <cstdint>
#include <span>

#include "sim/catalogue.hpp"
#include "sim/segmentation.hpp"

namespace clientele::models {

/// Of the invoices settled in some months. What is open counts nothing: a firm does not know yet when it will be paid.
struct PaymentRecord {
  std::int32_t settled = 0, late = 0, administrative = 0;  ///< invoices; late by administration
  std::int64_t eighths_late = 0;                           ///< of a day, of all of them together
};

/// Past months, the present one left out.
class PaymentRecords {
 public:
  PaymentRecords(std::int32_t look_back, const sim::SegmentationSpec& spec, sim::Observed& observed);

  /// Of the block's customers from `begin` on, as many as there is room for.
  void work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                std::span<PaymentRecord> records) const;

 private:
  std::int32_t look_back_;
  int first_month_;
  sim::Ring<const std::uint32_t> settled_;
  sim::Ring<const std::int32_t> days_, administrative_;
};

}  // namespace clientele::models
