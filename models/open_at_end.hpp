// What is open where months end is worth what is expected of it: some of it is never paid, and all of it costs capital.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "models/credit.hpp"
#include "models/open_invoices.hpp"
#include "models/rounding.hpp"
#include "sim/behavior.hpp"
#include "sim/study.hpp"

namespace clientele::models {

/// Amounts by how many months they lie ahead.
using AmountsAhead = std::array<std::int32_t, sim::months_to_settle>;

/// A customer's open invoices where months end: owed so much, of which so much settles, and is credited instead, in
/// each month ahead; and what is expected of them.
struct OpenCourse {
  std::int32_t owed = 0;
  AmountsAhead settles{}, credited{};
  AmountsAhead returned{};  ///< leaves because the goods come back: what that costs is counted with returns
};
struct ExpectedCourse {
  AmountsAhead owed{}, lost{};  ///< at the end of each month ahead, claims among it; and in it
};

/// At a constant chance of default c per month, what settles in month k of those ahead is paid with chance (1 -
/// c)^(k-1); what is open at the end of month k is lost with chance c (1 - c)^(k-1) but for the claimed share, which
/// comes in `recovery_months` later. Differences are rounded, so that all is exact for c = 0. Claims of later than 23
/// months ahead are left out.
CLIENTELE_API ExpectedCourse expected_course(const OpenCourse& open, float chance, float claimed,
                                             std::int32_t recovery_months, float u);

class OpenAtEnd {
 public:
  /// `receivables` is what a closed month counts what is owed under.
  OpenAtEnd(sim::Wiring& wiring, sim::StageWiring at_end, sim::Metric receivables);
  /// Under the horizon's metrics at its end, under the months' own after the last closed one.
  void book(const sim::BlockMonth& month, const sim::Arm& arm, const OpenInvoices& open) const;

 private:
  void book_as(const sim::BlockMonth& month, const sim::Arm& arm, const OpenInvoices& open, sim::Metric owed_metric,
               sim::Metric lost_metric) const;

  bool can_default_;
  sim::Parameters<CreditParameters> credit_;
  sim::Lever<float> insured_share_;
  sim::Driver insured_driver_;
  sim::Passing<const float> chance_;
  sim::Common<const float> rounding_;
  sim::Metric of_horizon_metric_, lost_of_horizon_metric_, receivables_metric_, lost_metric_;
};

}  // namespace clientele::models
