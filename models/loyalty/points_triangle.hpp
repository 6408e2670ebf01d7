// Points of a program as a firm's books have them: what each month has issued, and how old points were when they were
// redeemed or came to nothing.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/core/api.hpp"

namespace clientele::models {

/// By cohort, the month (or year) of issue, and age in the same periods, 0 the period of issue. At close t (0, 1, ...)
/// a cohort c <= t is known up to age t - c.
///
/// Of the first `opening` cohorts, which were issued before the books begin, only what is open then is known: they
/// issue it at close opening - 1, and what is redeemed and broken of them counts from there on.
class CLIENTELE_API PointsTriangle {
 public:
  explicit PointsTriangle(std::size_t periods, std::size_t opening = 0)
      : periods_(periods),
        opening_(opening),
        issued_(periods * periods),
        redeemed_(periods * periods),
        broken_(periods * periods) {}

  std::size_t periods() const { return periods_; }
  std::size_t opening() const { return opening_; }
  /// What is taken back later, with an order that comes back, is issued again below 0.
  void issue(std::size_t cohort, std::int64_t points, std::size_t age = 0) { add(issued_, cohort, age, points); }
  void redeem(std::size_t cohort, std::size_t age, std::int64_t points) { add(redeemed_, cohort, age, points); }
  /// Expired, forfeited, or taken back for good.
  void lapse(std::size_t cohort, std::size_t age, std::int64_t points) { add(broken_, cohort, age, points); }

  std::int64_t issued(std::size_t cohort) const { return issued_until(cohort, periods_ - 1); }
  std::int64_t redeemed(std::size_t cohort, std::size_t age) const { return at(redeemed_, cohort, age); }
  std::int64_t broken(std::size_t cohort, std::size_t age) const { return at(broken_, cohort, age); }
  /// Until a close, and what is left then.
  std::int64_t issued_until(std::size_t cohort, std::size_t close) const { return until(issued_, cohort, close); }
  std::int64_t redeemed_until(std::size_t cohort, std::size_t close) const { return until(redeemed_, cohort, close); }
  std::int64_t broken_until(std::size_t cohort, std::size_t close) const { return until(broken_, cohort, close); }
  std::int64_t open(std::size_t cohort, std::size_t close) const {
    return issued_until(cohort, close) - redeemed_until(cohort, close) - broken_until(cohort, close);
  }
  std::int64_t open(std::size_t close) const;

 private:
  using UntilAge = std::vector<std::int64_t>;  ///< [cohort][age], summed over ages up to this one
  void add(UntilAge& of, std::size_t cohort, std::size_t age, std::int64_t points);
  std::int64_t until(const UntilAge& of, std::size_t cohort, std::size_t close) const {
    return of[cohort * periods_ + close - cohort];
  }
  std::int64_t at(const UntilAge& of, std::size_t cohort, std::size_t age) const {
    const std::size_t place = cohort * periods_ + age;
    return of.at(place) - (age == 0 ? 0 : of[place - 1]);
  }

  std::size_t periods_, opening_;
  UntilAge issued_, redeemed_, broken_;
};

}  // namespace clientele::models
