// Tiers of a loyalty program, which members earn by what they buy in a year and keep for some time.
#pragma once
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "models/segmentation/review.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/api.hpp"
#include "sim/segmentation.hpp"

namespace clientele::models {

/// What is counted against the amounts from which tiers start.
enum class EarnedBy : std::uint8_t { spend, orders, credits };
/// What credits are given for: a unit of money that is spent, an order, a month of being a member (by partners).
inline constexpr std::array<std::string_view, 3> sources_of_credits{"spend", "orders", "elsewhere"};

/// The months in which it counts: the last twelve; twelve from a month of the calendar on; or from joining on.
enum class QualifyingYear : std::uint8_t { rolling, calendar, membership };
enum class MovesUp : std::uint8_t { at_once, at_review };
enum class TierKept : std::uint8_t { next_year, anniversary, months };
enum class FallsTo : std::uint8_t { what_is_earned, one_step };

struct EarnedParameters {
  EarnedBy by = EarnedBy::spend;
  QualifyingYear year = QualifyingYear::calendar;
  std::int32_t year_begins = 1;   ///< month of the calendar
  std::int32_t review_every = 3;  ///< months, where years roll
  MovesUp up = MovesUp::at_once;
  TierKept kept = TierKept::next_year;
  std::int32_t kept_months = 12;
  FallsTo down = FallsTo::what_is_earned;
  std::int32_t grandfathering = 0;                               ///< months
  std::array<float, sources_of_credits.size()> counts{1, 0, 0};  ///< credits, in the order of the sources

  /// Throws a UserError where choices contradict each other.
  void finish() const;
};

CLIENTELE_API sim::FieldTable earned_fields();

/// Credits are no points: they are counted for tiers alone, are never redeemed, and no promotion multiplies them.
/// Of a year, by thousandths of a credit: with so much spent, so many orders and so many months of being a member.
inline double credits_of(const EarnedParameters& p, double spent, double orders, double months) {
  const auto each = [&](std::size_t source) {
    return std::rint(1000.0 * static_cast<double>(p.counts[source])) / 1000.0;
  };
  return each(0) * spent + each(1) * orders + each(2) * months;
}
/// As many credits as an amount that is stated, without a double's last bits.
inline double least_credits(double from) { return from - 1e-9 * from; }

/// Months of a year, of whatever kind.
inline constexpr int qualifying_months = 12;

/// What a member holds from one review to the next. Tiers count from 0, the best; months as the engine counts them.
struct EarnedTier {
  std::int32_t tier = 0;
  std::int32_t term_ends = 0;      ///< the first month in which it is no longer kept; means nothing in the lowest tier
  std::int32_t by_ended_year = 0;  ///< the tier that the last year brought which is over
  bool operator==(const EarnedTier&) const = default;
};

/// What a review finds: the tier that the months before it have earned. At the end of a year that is the year which has
/// just ended; otherwise the year so far, of rolling years the last twelve months.
struct EarnedReview {
  std::int32_t month = 0;
  std::int32_t year_began = 0;  ///< the year of this month; means nothing where years roll
  bool year_ends = false;       ///< with the month before this one
  std::int32_t earned = 0;
};

/// The next standing of a member, in this order:
///   1. a year that has ended and reached the tier's cut again, or a better one's, gives it anew: its term begins, and
///      ends no sooner than the one that it had;
///   2. `at once`, a cut that the year so far has reached moves up;
///   3. a tier whose term is over is lost: down to what the year that has ended earned (`at once`: or the year so far),
///      or one step, never below that. Where that is the tier itself, it is kept for another term.
/// A term is to the end of the next year after the one that earned it, or so many months from this review on. `lowest`:
/// the tier of members who have earned nothing.
CLIENTELE_API EarnedTier reviewed(EarnedTier held, const EarnedReview& review, const EarnedParameters& p,
                                  std::int32_t lowest);

/// The last tier is of customers who are no members, the one before it of members who have earned no better one. A
/// customer counts as a member from the month after joining on, by what it buys in the month of joining and later: a
/// card does not see earlier purchases.
///
/// The program's books are kept of every member, on the firm's books or not. Members whom a policy finds at its first
/// review hold what the baseline's review of that month gives them for what they bought under it, to the end of the
/// term that it gives, where the baseline is a program of as many tiers: the best one for its best one, and so on,
/// whatever the amounts and terms of either. After any other baseline they have what they would have if the policy had
/// been there for the last twelve months, by the months that are known. In a roll-out the books begin with its first
/// step, of those too whom it reaches later.
class CLIENTELE_API Earned final : public sim::Segmentation {
 public:
  Earned(const sim::SegmentationSpec& spec, sim::Observed& observed);

  /// Customers join, reach cuts and end their terms in any month.
  bool due(int) const override { return true; }
  void assign(sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision& decision,
              std::span<std::int32_t> tier) const override;
  /// On the way from what the year has brought so far to the next amount that customers know of, to reach the tier or
  /// to keep it.
  bool tells_progress() const override { return true; }
  void tell_progress(sim::BlockMonth& month, const sim::Arm& arm, std::uint32_t known,
                     std::span<float> progress) const override;
  void tell_score(const sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision& decision,
                  std::size_t customer, std::vector<ScorePart>& parts) const override;

 private:
  static constexpr std::size_t some_customers = 128;

  /// When a member's year is, at a review.
  struct YearOf {
    std::int32_t began = 0;
    bool ends = false;
  };
  YearOf year_of(int month, std::int32_t joined) const;
  /// The first month that counts at a review of a member.
  int counts_from(int month, std::int32_t joined) const;
  /// What counts at a review of customers from `begin` on, of those who joined in the months that are given.
  void add_up(int month, const sim::Arm& arm, std::size_t begin, std::span<const std::int32_t> joined,
              std::span<double> amounts) const;
  /// Of one of the numbers that count, from the months on that are given.
  void add_up(sim::Ring<const std::int32_t> past, int month, const sim::Arm& arm, std::size_t begin,
              std::span<const std::int32_t> from, std::span<double> sums) const;
  double credits(double sales, double orders, int months) const {
    return credits_of(parameters_, quantum_ * sales, orders, months);
  }
  /// Calls `visit(customer, month of joining, what counts at a review)` for each member.
  template <class Visit>
  void for_each_member(int month, const sim::Arm& arm, const Visit& visit) const;
  double amount_of(int month, const sim::Arm& arm, std::size_t customer, std::int32_t joined) const;
  std::int32_t earned_by(double amount) const;
  EarnedReview review_of(int month, const YearOf& year, double amount) const;
  EarnedTier found(int month, const sim::Arm& arm, std::size_t customer, std::int32_t joined) const;
  EarnedTier gone_through(int month, const sim::Arm& arm, std::size_t customer, std::int32_t joined) const;
  /// What a member has before a month's review, and what that gives.
  EarnedTier standing(int month, const sim::Arm& arm, std::size_t customer, std::int32_t joined) const;
  EarnedTier given(int month, const sim::Arm& arm, std::size_t customer, std::int32_t joined) const;
  std::int32_t joined_in(std::int32_t since) const { return since - 1 + first_month_; }

  EarnedParameters parameters_;
  std::vector<double> least_;  ///< of all tiers of members but the lowest, falling [quanta, orders]
  std::int32_t lowest_, none_;
  int first_month_, begins_;  ///< the month from which on what is found is kept: of the baseline, as of others, 0
  int start_month_;           ///< calendar month of month 0
  double quantum_;            ///< of money
  sim::ObservedColumns core_;
  std::optional<sim::State<const std::int32_t>> since_;  ///< absent where nobody can join: nobody is a member
  sim::Ring<const std::int32_t> past_;                   ///< by month: net sales; by orders alone, orders
  std::optional<sim::Ring<const std::int32_t>> orders_;  ///< beside net sales, where credits count
  sim::State<std::int32_t> held_;  ///< the tier held + 1; 0: no review of the program's has found the customer yet
  sim::State<std::int32_t> term_ends_, by_ended_year_;
  std::optional<sim::State<std::int32_t>> found_;  ///< with grandfathering: the tier + 1; 0: no member then
  std::shared_ptr<const Earned> before_;           ///< the baseline's program, where members go on in its tiers
};

}  // namespace clientele::models
