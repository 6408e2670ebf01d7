// The law of ages as tables: survival month by month, added up once for a draw and a group.
#include "models/steady_ages.hpp"

#include "models/churn.hpp"

namespace clientele::models {

namespace {

constexpr std::size_t months_of_age = sim::longest_tenure + 1;
static_assert(sim::longest_tenure < 2048, "an age has eleven bits");

/// (1 + v L)^(-1/v), and e^-L where nobody differs.
CLIENTELE_INLINE float survival(float passed, float variance) {
  return sim::exp(variance > 0.F ? sim::log1p(variance * passed) / -variance : -passed);
}

}  // namespace

SteadyAges::SteadyAges(float base_cumulative, float frailty_variance, float tenure_slope)
    : upto_(months_of_age), left_(months_of_age) {
  std::vector<float> hazard(months_of_age), passed(months_of_age), stays(months_of_age);
#pragma omp simd
  for (std::size_t k = 0; k < months_of_age; ++k)
    hazard[k] = cumulative_hazard(base_cumulative, 1.F, static_cast<float>(static_cast<std::int32_t>(k)), tenure_slope);
  double sum = 0;
  for (std::size_t a = 0; a < months_of_age; sum += double{hazard[a++]}) passed[a] = static_cast<float>(sum);
#pragma omp simd
  for (std::size_t a = 0; a < months_of_age; ++a) {
    stays[a] = survival(passed[a], frailty_variance);
    left_[a] = 1.F / (1.F + frailty_variance * passed[a]);
  }
  sum = 0;
  for (std::size_t a = 0; a < months_of_age; ++a) upto_[a] = sum += double{stays[a]};
}

SteadyAges::SteadyAges(const RenewalLaw& law, std::int32_t term) : upto_(months_of_age), left_(months_of_age, 1.F) {
  double sum = 0, stays = 1;
  for (std::size_t a = 0; a < months_of_age; ++a) {
    const auto tenure = static_cast<std::int32_t>(a);
    if (a > 0 && term_ends(tenure - 1, term)) stays *= law.retention(renewals_passed(tenure - 1, term));
    upto_[a] = sum += stays;
  }
}

std::int32_t SteadyAges::age(float u, std::int32_t oldest) const {
  const double* upto = upto_.data();
  const double bar = double{u} * upto[oldest];
  std::int32_t younger = 0;  // ages whose sum the bar reaches
  for (std::int32_t step = 1024; step > 0; step /= 2) {
    const std::int32_t next = younger + step;
    younger = next <= oldest && upto[next - 1] <= bar ? next : younger;
  }
  return younger;
}

}  // namespace clientele::models
