// Ranks first, then cuts: a decision holds those of each number that is ranked, and behind them those of the tiers.
#include "models/segmentation/by_points.hpp"

#include <algorithm>

namespace clientele::models {

ByPoints::ByPoints(std::int32_t review_every, double hysteresis, const sim::SegmentationSpec& spec,
                   sim::Observed& observed)
    : review_every_(review_every),
      first_month_(-spec.study->horizon.warmup),
      core_(observed.core()),
      tiers_(hysteresis, spec, observed) {}

void ByPoints::rank(std::size_t n, ObservedNumber number, const char* name, sim::Observed& observed) {
  ranked_.push_back({n, std::move(number), observed.scratch<float>(name)});
}

void ByPoints::rank(std::size_t n, const char* name, sim::Observed& observed) {
  ranked_.push_back({n, std::nullopt, observed.scratch<float>(name)});
}

ByPoints::DecisionView ByPoints::ranks_of(std::size_t r, DecisionView decision) const {
  constexpr std::size_t size = sim::PercentileRanks::size_of_decision;
  return decision.subspan(r * size, size);
}

sim::VoiceSize ByPoints::size(const sim::Occasion&, int round, const sim::Decision& so_far) const {
  if (round >= rounds_of_ranks()) return tiers_.cuts().size(round - rounds_of_ranks(), so_far);
  const sim::VoiceSize one = ranks_.size(round, so_far);
  return {ranked_.size() * one.sums, ranked_.size() * one.maxima};
}

/// Numbers to rank are worked out in the first round of a review and kept for the others.
void ByPoints::score(sim::BlockMonth& month, const sim::Arm& arm) const {
  for (const Ranked& ranked : ranked_) {
    const auto kept = arm[ranked.kept];
    if (!ranked.number) {
      number_to_rank(ranked.place, month, arm, 0, kept);
      continue;
    }
    for_each_score(*ranked.number, month, arm, kept.size(), [&](std::size_t begin, std::span<const double> score) {
      for (std::size_t i = 0; i < score.size(); ++i) kept[begin + i] = static_cast<float>(score[i]);
    });
  }
}

namespace {

/// The r-th of so many equal parts of a voice.
sim::Voice part_of(sim::Voice voice, std::size_t r, std::size_t parts) {
  const std::size_t sums = voice.sums.size() / parts, maxima = voice.maxima.size() / parts;
  return {voice.sums.subspan(r * sums, sums), voice.maxima.subspan(r * maxima, maxima)};
}

}  // namespace

void ByPoints::measure(sim::BlockMonth& month, const sim::Arm& arm, int round, const sim::Decision& so_far,
                       sim::Voice voice) const {
  if (round == 0) score(month, arm);
  const int round_of_cuts = round - rounds_of_ranks();
  if (round_of_cuts < 0) {
    for (std::size_t r = 0; r < ranked_.size(); ++r)
      ranks_.measure(month, arm, arm[ranked_[r].kept], round, round == 0 ? DecisionView() : ranks_of(r, so_far),
                     part_of(voice, r, ranked_.size()));
    return;
  }
  if (round_of_cuts == 0)
    for_each_points(month, arm, so_far,
                    [&](std::size_t begin, std::span<const std::int32_t> points) { tiers_.keep(arm, begin, points); });
  tiers_.cuts().measure(month, arm, tiers_.kept(arm), round_of_cuts,
                        round_of_cuts == 0 ? DecisionView() : cuts_of(so_far), voice);
}

bool ByPoints::decide(const sim::Occasion&, int round, sim::Voice heard, sim::Decision& decision) const {
  decision.resize(numbers_of_ranks() + tiers_.cuts().size_of_decision());
  const std::span<std::int64_t> all(decision);
  const int round_of_cuts = round - rounds_of_ranks();
  if (round_of_cuts >= 0) return tiers_.cuts().decide(round_of_cuts, heard, all.subspan(numbers_of_ranks()));
  bool is_decided = true;
  for (std::size_t r = 0; r < ranked_.size(); ++r)
    is_decided &=
        ranks_.decide(round, part_of(heard, r, ranked_.size()),
                      all.subspan(r * sim::PercentileRanks::size_of_decision, sim::PercentileRanks::size_of_decision));
  return is_decided && !tiers_.is_by_share();
}

/// `visit(begin, points)` for a few customers at a time, in ten-thousandths of a point.
template <class Visit>
void ByPoints::for_each_points(const sim::BlockMonth& month, const sim::Arm& arm, DecisionView decision,
                               const Visit& visit) const {
  const std::size_t all = arm[core_.tier].size();
  Points points{};
  std::array<std::int32_t, some> score;
  for (std::size_t begin = 0; begin < all; begin += some) {
    const std::size_t count = std::min(some, all - begin);
    for (std::size_t r = 0; r < ranked_.size(); ++r)
      ranks_.ranks(arm[ranked_[r].kept].subspan(begin, count), ranks_of(r, decision),
                   std::span(points[ranked_[r].place]).first(count));
    work_out(month, arm, begin, points, std::span(score).first(count));
    visit(begin, std::span<const std::int32_t>(score).first(count));
  }
}

void ByPoints::tell_score(const sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision& decision,
                          std::size_t customer, std::vector<ScorePart>& parts) const {
  if (!is_known(month.month())) return;
  Points points{};
  std::int32_t score = 0;
  for (std::size_t r = 0; r < ranked_.size(); ++r)
    ranks_.ranks(arm[ranked_[r].kept].subspan(customer, 1), ranks_of(r, decision),
                 std::span(points[ranked_[r].place]).first(1));
  work_out(month, arm, customer, points, std::span(&score, 1));
  for (std::size_t n = 0; n < most_numbers; ++n)
    if (const std::string_view name = part_called(n); !name.empty())
      parts.push_back({name, static_cast<double>(points[n][0])});
  if (!parts.empty()) parts.push_back({"score", static_cast<double>(score) / 1e4});
}

void ByPoints::assign(sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision& decision,
                      std::span<std::int32_t> tier) const {
  if (!is_known(month.month())) {
    std::ranges::copy(arm[core_.tier], tier.begin());
    return;
  }
  for_each_points(month, arm, decision, [&](std::size_t begin, std::span<const std::int32_t> points) {
    if (tiers_.is_by_share())
      tiers_.keep(arm, begin, points);
    else
      tiers_.assign(month.month(), arm, begin, points, tier);
  });
  if (tiers_.is_by_share()) tiers_.cuts().assign(month, arm, tiers_.kept(arm), cuts_of(decision), tier);
}

}  // namespace clientele::models
