// How content customers say they are: now and then some of them answer, and the unhappy answer less.
#pragma once
#include <algorithm>
#include <cstdint>

#include "models/satisfaction.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// In the last month of each survey's interval every active customer is asked, and answers with a chance that falls
/// with its satisfaction S:
///   odds = response / (1 - response) x exp(response_slope x (S - reference) / 10).
/// It says S + N(0, error), within 0 and 100, and that stands until it answers again. Asking costs nothing.
struct SurveyParameters {
  std::int32_t every = 3;
  float response = 0, response_slope = 0, error = 0;
};

/// What stands for a customer who has never answered: below all who have.
inline constexpr float never_answered = -1;

/// Chance to answer at a gap of (S - reference) / 10.
CLIENTELE_INLINE float chance_to_answer(const SurveyParameters& p, float gap) {
  const float odds = p.response * sim::exp(p.response_slope * gap);
  return odds / (1.F - p.response + odds);
}

/// What is said of a satisfaction [points], for a standard normal z.
CLIENTELE_INLINE float said_in_survey(float satisfaction, float error, float z) {
  const float said = satisfaction + error * z, floor = said > 0.F ? said : 0.F;
  return floor < 100.F ? floor : 100.F;
}

/// Whether customers are asked in a month, before month 0 too.
inline bool is_surveyed(int month, std::int32_t every) { return ((month + 1) % every + every) % every == 0; }

inline sim::FieldTable survey_fields() {
  using P = SurveyParameters;
  using sim::Kind, sim::range;
  return sim::fields<P>({
      sim::field(&P::every, "every", "months", range(1, 24), 3, Kind::fixed,
                 "months from one survey of satisfaction to the next; only a rule that sorts by it has customers asked",
                 sim::guess("once a quarter")),
      sim::field(&P::response, "response", "share", range(0, 1, 0.02, 0.8), 0.25, Kind::by_group,
                 "chance that a customer of the usual satisfaction (satisfaction.reference) answers",
                 sim::guess("recalled magnitude of surveys among a firm's own customers")),
      sim::field(
          &P::response_slope, "response_slope", "per 10 points", range(-3, 3, 0, 1.5), 0.3, Kind::by_group,
          "change of the log odds to answer with 10 points of satisfaction more: above 0 the unhappy answer less",
          sim::guess("direction: who is about to go no longer cares; size chosen")),
      sim::field(&P::error, "error", "points", range(0, 50, 0, 25), 12, Kind::by_group,
                 "standard deviation of what is said around what is felt",
                 sim::guess("recalled magnitude: 1.2 on a scale of ten")),
  });
}

/// Nobody is asked unless a segmentation reads the answers: else it takes no column and no time.
class Survey final : public sim::Behavior {
 public:
  explicit Survey(sim::Wiring& wiring);
  void set_first_states(sim::BlockMonth& month) const override;
  void ask(sim::BlockMonth& month) const;

 private:
  bool is_read(const sim::BlockMonth& month) const {
    return !month.arms().empty() && month.arms().front().depth(answers_) > 0;
  }

  sim::CoreColumns core_;
  sim::Parameters<SurveyParameters> parameters_;
  sim::Parameters<SatisfactionParameters> satisfaction_;
  sim::MonthLuck answers_luck_, error_luck_;
  sim::State<const float> gap_;
  sim::Ring<float> answers_;  ///< the last one, of one month for all
};

}  // namespace clientele::models
