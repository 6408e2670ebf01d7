// The expected course of one customer's open invoices, and a loop over those who owe something.
#include "models/open_at_end.hpp"

#include <vector>

namespace clientele::models {

ExpectedCourse expected_course(const OpenCourse& open, float chance, float claimed, std::int32_t recovery_months,
                               float u) {
  ExpectedCourse expected;
  std::array<float, sim::months_to_settle> claims{};
  float paying = 1, pending = 0;
  std::int32_t owed = open.owed;
  if (chance == 0.F) {  // the same without a product
    for (std::size_t ahead = 1; ahead < claims.size(); ++ahead) {
      expected.lost[ahead] = open.credited[ahead];
      expected.owed[ahead] = owed -= open.settles[ahead] + open.credited[ahead] + open.returned[ahead];
    }
    return expected;
  }
  for (std::size_t ahead = 1; ahead < claims.size(); ++ahead) {
    const float gone = 1.F - paying;
    const std::int32_t credited = open.credited[ahead];
    expected.lost[ahead] = credited - rounded_share(credited, gone, u);
    owed -= open.settles[ahead] + credited + open.returned[ahead];
    const float defaults = static_cast<float>(owed) * (paying * chance);
    paying -= paying * chance;
    claims[ahead] = defaults * claimed;
    pending += claims[ahead];
    if (const auto recovered = static_cast<std::size_t>(recovery_months); ahead > recovered)
      pending -= claims[ahead - recovered];
    expected.owed[ahead] = owed - rounded_share(owed, 1.F - paying, u) + rounded(pending, 1.F, u);
    expected.lost[ahead] += rounded(defaults - claims[ahead], 1.F, u);
  }
  return expected;
}

OpenAtEnd::OpenAtEnd(sim::Wiring& wiring, sim::StageWiring at_end, sim::Metric receivables)
    : can_default_(wiring.is_used("credit.default_chance", [](double chance) { return chance > 0; })),
      credit_(wiring.parameters_of<CreditParameters>("credit")),
      insured_share_(wiring.lever("credit.insured_share")),
      insured_driver_(wiring.driver("insured_share")),
      chance_(at_end.read_passing<float>("chance of default of the month")),
      rounding_(at_end.read_common<float>("rounding")),
      of_horizon_metric_(wiring.metric("receivables_of_horizon", sim::MetricUnit::money,
                                       "expected to be owed at the end of the month for what the horizon has invoiced",
                                       1, sim::MonthsOf::beyond)),
      lost_of_horizon_metric_(wiring.metric("losses_of_horizon", sim::MetricUnit::money,
                                            "expected to be lost in the month of what the horizon leaves open", 1,
                                            sim::MonthsOf::beyond)),
      receivables_metric_(receivables),
      lost_metric_(wiring.metric("losses_at_end", sim::MetricUnit::money,
                                 "expected to be lost in the month of what the last closed month leaves open", 1,
                                 sim::MonthsOf::beyond)) {}

void OpenAtEnd::book(const sim::BlockMonth& month, const sim::Arm& arm, const OpenInvoices& open) const {
  if (month.last_of_horizon()) book_as(month, arm, open, of_horizon_metric_, lost_of_horizon_metric_);
  if (month.last_of_all()) book_as(month, arm, open, receivables_metric_, lost_metric_);
}

void OpenAtEnd::book_as(const sim::BlockMonth& month, const sim::Arm& arm, const OpenInvoices& open,
                        sim::Metric owed_metric, sim::Metric lost_metric) const {
  const CreditParameters& credit = month.parameters(credit_);
  const auto receivables = arm[open.receivables()];
  const auto insured = arm[insured_share_];
  const auto rounding = month[rounding_];
  const float driver = arm.driver(insured_driver_);
  const std::size_t customers = receivables.size();
  std::vector<std::int32_t> owed(sim::months_to_settle * customers), lost(owed.size());
  for (std::size_t i = 0; i < customers; ++i) {
    if (receivables[i] == 0) continue;
    const float claimed =
        claimed_share(credit.loss_given_default, insured_part(insured[i], driver), credit.insurance_covers);
    const ExpectedCourse expected =
        expected_course(open.course_of(month.month(), arm, i), can_default_ ? arm[chance_][i] : 0.F, claimed,
                        credit.recovery_months, rounding[i]);
    for (std::size_t ahead = 1; ahead < expected.owed.size(); ++ahead) {
      owed[ahead * customers + i] = expected.owed[ahead];
      lost[ahead * customers + i] = expected.lost[ahead];
    }
  }
  for (std::size_t ahead = 1; ahead < static_cast<std::size_t>(sim::months_to_settle); ++ahead) {
    arm.book_ahead(owed_metric, static_cast<int>(ahead), std::span(owed).subspan(ahead * customers, customers));
    arm.book_ahead(lost_metric, static_cast<int>(ahead), std::span(lost).subspan(ahead * customers, customers));
  }
}

}  // namespace clientele::models
