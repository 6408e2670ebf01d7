// The one column of the ring is rewritten for those who answer, and keeps what the others have said before.
#include "models/survey.hpp"

#include "models/addresses.hpp"
#include "sim/random/distributions.hpp"

namespace clientele::models {

Survey::Survey(sim::Wiring& wiring)
    : core_(wiring.core()),
      parameters_(wiring.parameters<SurveyParameters>()),
      satisfaction_(wiring.parameters_of<SatisfactionParameters>("satisfaction")),
      answers_luck_(wiring.month_luck(addresses.of("survey answer"))),
      error_luck_(wiring.month_luck(addresses.of("survey error"))),
      gap_(wiring.read_state<float>("satisfaction gap")),
      answers_(wiring.own_ring<float>("last answer", sim::Sight::observed)) {}

void Survey::set_first_states(sim::BlockMonth& month) const {
  if (!is_read(month)) return;
  for (const sim::Arm& arm : month.arms()) std::ranges::fill(arm.at(answers_, month.month()), never_answered);
}

void Survey::ask(sim::BlockMonth& month) const {
  const SurveyParameters p = month.parameters(parameters_);
  if (month.run_off() || !is_read(month) || !is_surveyed(month.month(), p.every)) return;
  sim::expects(month.arms().front().depth(answers_) == 1, "the last answer stands in one column");
  const float reference = month.parameters(satisfaction_).reference;
  const auto answers = month.variates().words(answers_luck_), errors = month.variates().words(error_luck_);
  for (const sim::Arm& arm : month.arms()) {
    const auto gap = arm[gap_];
    const auto status = arm[core_.status];
    const auto last = arm.at(answers_, month.month());
#pragma omp simd
    for (std::size_t i = 0; i < last.size(); ++i) {
      const bool is_there = status[i] == 1;
      const bool answers_now =
          sim::happens(sim::chance_bits(answers[i]), sim::chance_threshold(chance_to_answer(p, gap[i])));
      const float said = said_in_survey(reference + 10.F * gap[i], p.error, sim::normal_of(errors[i]));
      last[i] = (is_there & answers_now) ? said : last[i];
    }
  }
}

}  // namespace clientele::models
