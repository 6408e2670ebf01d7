// Reviews by definition: everybody is sorted, and everybody is counted.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "models/segmentation/earned.hpp"

namespace clientele::tests {

struct Candidate {
  std::uint64_t id = 0;
  double score = 0;
};

/// Tiers by quota: the best floor(share x n + 1/2) of all, and so on for cumulated shares. Equal scores stand in the
/// order of a hash of their ids, larger first. `shares`: of all tiers but the last.
std::vector<std::int32_t> tiers_by_quota(std::span<const Candidate> candidates, std::span<const double> shares);

/// Tiers by parts of all value: of customers by falling value and, where it is equal, by falling hash, each is above a
/// cut as long as those before it have less than the part, rounded to whole. `shares`: of all tiers but the last.
std::vector<std::int32_t> tiers_by_value(std::span<const Candidate> candidates, std::span<const double> shares);

/// Who is put into tiers by chance, and what he has bought.
struct Drawn {
  std::uint64_t id = 0;
  std::int64_t sales = 0;
  std::int32_t ruled = 0;  ///< the tier that the rule gives him
};

/// In the order of the hash, larger first: tiers from the best on fill up until, all of them so far together, they hold
/// as much sales as the rule's, and where sales are the same as many customers.
std::vector<std::int32_t> tiers_by_chance(std::span<const Drawn> customers, std::size_t tiers);

/// A program of earned tiers, as one member meets it.
struct EarnedProgram {
  models::EarnedParameters terms;
  std::vector<double> cuts;                     ///< of levels 1, 2, ... [quanta, orders], rising
  int joined = 0, first_month = 0;              ///< of the member, and of what is known
  int first_review = 0;                         ///< of the program
  int begins = 0;                               ///< month in which what it finds is what is grandfathered
  std::function<int(int)> calendar;             ///< month of the calendar, from 1
  std::function<double(int)> bought;            ///< in a month: net sales [quanta], or orders where they alone count
  std::function<double(int)> ordered;           ///< in a month, where credits count
  double quantum = 1;                           ///< of money
  std::shared_ptr<const EarnedProgram> before;  ///< which has given members their tiers until the first review
};

/// What the member has bought that counts at a review in this month: of the year in which the month before it lies.
double bought_in_year(const EarnedProgram& program, int month);
/// Whether a year of the program is over with the month before this one.
bool is_year_over(const EarnedProgram& program, int month);

/// The level of a member in a month, 0 for who has earned nothing: all reviews gone through again from the beginning.
int level_earned(const EarnedProgram& program, int month);

/// Mid-ranks in per cent, in bins of the scores' ordered bits: 4,096 equal pieces between the least and the most, each
/// in equal parts, one and one more for each 12,288th of all candidates in it.
std::vector<float> percentiles(std::span<const Candidate> candidates);

}  // namespace clientele::tests
