// Contracts: whether a customer renews at the end of each term, by a chance of its own to leave.
#pragma once
#include <cstdint>
#include <span>

#include "sim/core/api.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// The chance theta to leave at a renewal differs between customers: Beta(a, b), of which the mean and the first shape
/// are stated, b = a (1 - mean) / mean. A share S(k) of a cohort renews k times at least, S(k) = product over j < k of
/// (b + j) / (a + b + j): retention rises with age, because who stays is who renews more readily. Who has renewed k
/// times has theta ~ Beta(a, b + k). Source: Fader, Hardie 2007 (shifted beta-geometric).
struct RenewalLaw {
  double a = 0, b = 0;  ///< both 0 where everybody renews
  bool operator==(const RenewalLaw&) const = default;

  /// Of those who have renewed so often, the share that does once more.
  double retention(std::int32_t renewals) const {
    return a > 0 ? (b + static_cast<double>(renewals)) / (a + b + static_cast<double>(renewals)) : 1.0;
  }
};

/// By the mean and the first shape.
CLIENTELE_API RenewalLaw renewal_law(double mean, double shape);

/// Of customers who have renewed so often each, H = -log(1 - theta) by inversion of a word: it rises with the word, and
/// falls with the number of renewals at the same word.
CLIENTELE_API void draw_renewal_hazards(const RenewalLaw& law, std::span<const std::uint32_t> words,
                                        std::span<const std::int32_t> renewals, std::span<float> out);

/// The month in which a term of so many months ends, counted from the one of joining (tenure 0).
CLIENTELE_INLINE bool term_ends(std::int32_t tenure, std::int32_t term) { return (tenure + 1) % term == 0; }

/// How often somebody has renewed.
CLIENTELE_INLINE std::int32_t renewals_passed(std::int32_t tenure, std::int32_t term) { return tenure / term; }

/// Of the next `ahead` months, how many somebody is there for, on average, who leaves with cumulative hazard H at each
/// end of a term: all up to the next one, and exp(-H k) of those behind the k-th.
CLIENTELE_INLINE float expected_months_of_contract(float cumulative, std::int32_t tenure, std::int32_t term,
                                                   std::int32_t ahead) {
  const float stays = sim::exp(-cumulative);
  float months = 0.F, there = 1.F;
  std::int32_t left = ahead;
  for (std::int32_t until = term - tenure % term; left > 0; until = term) {
    const std::int32_t now = until < left ? until : left;
    months += there * static_cast<float>(now);
    left -= now;
    there *= stays;
  }
  return months;
}

/// The same of one of whom only the law and its tenure are known.
inline double expected_months_of_contract(const RenewalLaw& law, std::int32_t tenure, std::int32_t term,
                                          std::int32_t ahead) {
  double months = 0, there = 1;
  std::int32_t left = ahead, renewals = renewals_passed(tenure, term);
  for (std::int32_t until = term - tenure % term; left > 0; until = term) {
    const std::int32_t now = until < left ? until : left;
    months += there * static_cast<double>(now);
    left -= now;
    there *= law.retention(renewals++);
  }
  return months;
}

}  // namespace clientele::models
