// A full sort instead of a radix search; bins counted by going through all customers.
#include "tests/reference/reviews.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "sim/random/address.hpp"
#include "sim/random/address_book.hpp"
#include "sim/random/philox.hpp"

namespace clientele::tests {

namespace {

std::uint64_t tie_of(std::uint64_t id) {
  const auto words = sim::philox(sim::Address{id, sim::month_of_traits, 0, sim::tag_of_ties, 0, 0}.counter(), {});
  return std::uint64_t{words[0]} << 32 | words[1];
}

/// The place of a float among all floats, from the most negative on; both zeros stand in one place.
std::int64_t place_among_floats(float score) {
  const auto magnitude = static_cast<std::int64_t>(std::bit_cast<std::uint32_t>(std::fabs(score)));
  return score < 0 ? -magnitude - 1 : magnitude;
}

}  // namespace

namespace {

/// The best first.
std::vector<std::size_t> in_order(std::span<const Candidate> candidates) {
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    if (candidates[a].score != candidates[b].score) return candidates[a].score > candidates[b].score;
    return tie_of(candidates[a].id) > tie_of(candidates[b].id);
  });
  return order;
}

}  // namespace

std::vector<std::int32_t> tiers_by_value(std::span<const Candidate> candidates, std::span<const double> shares) {
  std::vector<std::int32_t> tiers(candidates.size(), 0);
  double all = 0, upto = 0;
  for (const Candidate& candidate : candidates) all += std::max(0.0, candidate.score);
  for (const double share : shares) {
    upto += share;
    const double part = std::min(all, std::floor(upto * all + 0.5));
    double before = 0;
    for (const std::size_t c : in_order(candidates)) {
      if (before >= part) ++tiers[c];
      before += std::max(0.0, candidates[c].score);
    }
  }
  return tiers;
}

std::vector<std::int32_t> tiers_by_quota(std::span<const Candidate> candidates, std::span<const double> shares) {
  const std::vector<std::size_t> order = in_order(candidates);
  std::vector<std::int32_t> tiers(candidates.size(), 0);
  double upto = 0;
  for (const double share : shares) {
    upto += share;
    const double cut = std::floor(upto * static_cast<double>(candidates.size()) + 0.5);
    for (std::size_t place = 0; place < order.size(); ++place)
      if (static_cast<double>(place) >= cut) ++tiers[order[place]];
  }
  return tiers;
}

std::vector<std::int32_t> tiers_by_chance(std::span<const Drawn> customers, std::size_t tiers) {
  std::vector<std::size_t> order(customers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, std::ranges::greater(), [&](std::size_t i) { return tie_of(customers[i].id); });
  std::vector<std::pair<std::int64_t, std::int64_t>> due(tiers);  // sales and heads up to each tier
  for (const Drawn& who : customers)
    for (auto tier = static_cast<std::size_t>(who.ruled); tier < tiers; ++tier)
      due[tier].first += who.sales, ++due[tier].second;
  std::vector<std::int32_t> given(customers.size());
  std::pair<std::int64_t, std::int64_t> so_far{0, 0};
  std::size_t tier = 0;
  for (const std::size_t i : order) {
    while (tier + 1 < tiers && so_far >= due[tier]) ++tier;
    given[i] = static_cast<std::int32_t>(tier);
    so_far.first += customers[i].sales, ++so_far.second;
  }
  return given;
}

namespace {

bool begins_year(const EarnedProgram& program, int month) {
  if (program.terms.year == models::QualifyingYear::membership) return (month - program.joined) % 12 == 0;
  return program.calendar(month) == program.terms.year_begins;
}

/// The first month of the year in which a month lies, by going back to it.
int year_of_month(const EarnedProgram& program, int month) {
  if (program.terms.year == models::QualifyingYear::rolling) return month - 11;
  while (!begins_year(program, month)) --month;
  return month;
}

int level_of(const EarnedProgram& program, double amount) {
  return static_cast<int>(std::ranges::count_if(program.cuts, [&](double cut) { return amount >= cut; }));
}

}  // namespace

bool is_year_over(const EarnedProgram& program, int month) {
  if (program.terms.year == models::QualifyingYear::rolling) return month % program.terms.review_every == 0;
  return begins_year(program, month);
}

double bought_in_year(const EarnedProgram& program, int month) {
  double amount = 0, orders = 0, months = 0;
  for (int counted = month - 1; counted >= year_of_month(program, month - 1); --counted)
    if (counted >= program.joined && counted >= program.first_month) {
      amount += program.bought(counted);
      if (program.ordered) orders += program.ordered(counted);
      ++months;
    }
  return program.ordered ? models::credits_of(program.terms, program.quantum * amount, orders, months) : amount;
}

namespace {

/// What a member has from a program after the reviews of some months.
struct Standing {
  int level = 0, by_ended_year = 0;
  int last_month = 0;  ///< in which the level is kept
  int floor = 0;       ///< the level that was found as the program began
};

void review(const EarnedProgram& program, int now, Standing& has) {
  const models::EarnedParameters& terms = program.terms;
  const bool rolls = terms.year == models::QualifyingYear::rolling, at_once = terms.up == models::MovesUp::at_once;
  const int reached = level_of(program, bought_in_year(program, now));
  const bool is_over = is_year_over(program, now);
  const int year = year_of_month(program, now - 1);
  const auto kept_by = [&](int earned_in) {
    return terms.kept == models::TierKept::next_year     ? earned_in + 23
           : terms.kept == models::TierKept::anniversary ? now + 11
                                                         : now + terms.kept_months - 1;
  };
  if (is_over) has.by_ended_year = reached;
  if ((is_over && reached >= has.level) || (at_once && reached > has.level)) {
    has.last_month = reached > has.level ? kept_by(year) : std::max(has.last_month, kept_by(year));
    has.level = reached;
  }
  if (has.level > 0 && now > has.last_month) {
    const int so_far = at_once && (rolls || !is_over) ? reached : 0;
    const int earned = std::max(so_far, rolls ? reached : has.by_ended_year);
    has.last_month = kept_by(so_far >= has.level || is_over ? year : year - 12);
    if (earned < has.level) has.level = terms.down == models::FallsTo::one_step ? has.level - 1 : earned;
  }
  if (now == program.begins) has.floor = has.level;
}

/// All reviews up to and with a month's gone through again from the beginning; before its first review those of the
/// last year, where no baseline's program says what is held, which has the word on what was bought under it.
Standing standing_in(const EarnedProgram& program, int month) {
  Standing has;
  int now = std::max(program.joined + 1, program.first_review - 11);
  for (; now < program.first_review; ++now) review(program, now, has);
  if (program.before && program.joined < program.first_review) {
    const Standing before = standing_in(*program.before, program.first_review);
    has.level = before.level;
    has.last_month = before.last_month;
  }
  for (; now <= month; ++now) review(program, now, has);
  return has;
}

}  // namespace

int level_earned(const EarnedProgram& program, int month) {
  const Standing has = standing_in(program, month);
  return month >= program.begins && month < program.begins + program.terms.grandfathering
             ? std::max(has.level, has.floor)
             : has.level;
}

std::vector<float> percentiles(std::span<const Candidate> candidates) {
  if (candidates.empty()) return {};
  std::vector<std::int64_t> places;
  for (const Candidate& candidate : candidates)
    places.push_back(place_among_floats(static_cast<float>(candidate.score)));
  const auto [least, most] = std::ranges::minmax(places);
  std::int64_t width = 1;
  const std::int64_t all = std::ssize(places);
  while ((most - least) / width >= 4096) width *= 2;
  std::map<std::int64_t, std::int64_t> in_piece;
  for (const std::int64_t place : places) ++in_piece[(place - least) / width];
  std::vector<std::pair<std::int64_t, std::int64_t>> bins;  // piece, and part of it
  for (const std::int64_t place : places) {
    const std::int64_t piece = (place - least) / width, rest = (place - least) % width;
    bins.emplace_back(piece, rest * (1 + in_piece[piece] * 12288 / all) / width);
  }
  auto sorted = bins;
  std::ranges::sort(sorted);
  std::vector<float> percent;
  for (const auto& bin : bins) {
    const auto equal = std::ranges::equal_range(sorted, bin);
    const auto twice = 2 * (equal.begin() - sorted.begin()) + std::ssize(equal);
    percent.push_back(static_cast<float>(50.0 * static_cast<double>(twice) / static_cast<double>(all)));
  }
  return percent;
}

}  // namespace clientele::tests
