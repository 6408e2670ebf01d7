// One word of a customer, one chance.
#include "models/renewals.hpp"

#include "models/conditioning/quantiles.hpp"
#include "models/conditioning/small_numbers.hpp"
#include "sim/core/check.hpp"

namespace clientele::models {

RenewalLaw renewal_law(double mean, double shape) {
  constexpr double nobody = 1e-9;
  return mean > nobody ? RenewalLaw{shape, shape * (1.0 - mean) / mean} : RenewalLaw{};
}

void draw_renewal_hazards(const RenewalLaw& law, std::span<const std::uint32_t> words,
                          std::span<const std::int32_t> renewals, std::span<float> out) {
  sim::expects(words.size() == out.size() && renewals.size() == out.size(), "everybody has a word");
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (law.a == 0.0) {
      out[i] = 0.F;
      continue;
    }
    const double chance = (static_cast<double>(words[i]) + 0.5) * 0x1p-32;
    const double log_odds = beta_log_odds_quantile(law.a, law.b + static_cast<double>(renewals[i]), chance);
    // -log(1 - theta) = log(1 + e^y).
    out[i] = static_cast<float>(log_odds < 40 ? log_of_one_plus(sim::exp(log_odds)) : log_odds);
  }
}

}  // namespace clientele::models
