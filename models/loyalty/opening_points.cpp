// Sums of weights are heard first, then, digit by digit, which fraction is the last that is rounded up.
#include "models/loyalty/opening_points.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "models/loyalty/points.hpp"
#include "sim/exact_cuts.hpp"

namespace clientele::models {

namespace {

constexpr int bits_of_digit = 8, bits_of_tie = 64, bits_of_place = 32 + bits_of_tie;
constexpr std::size_t digits_there_are = std::size_t{1} << bits_of_digit;
constexpr std::int64_t most_of_a_customer = std::int64_t{1} << 30;
constexpr std::int32_t has_ended = 0;

/// A customer's place among those who may be rounded up: its fraction, then the hash of its id.
using Place = unsigned __int128;
Place place_of(std::uint32_t fraction, std::uint64_t tie) { return static_cast<Place>(fraction) << bits_of_tie | tie; }

/// What has been decided of one month's amount.
struct Spread {
  enum : std::int64_t { open, found, nobody };
  std::int64_t amount = 0;
  std::int64_t by_lots = 0;                        ///< 1: by lots with the same end; 0: by all points held
  std::int64_t all = 0;                            ///< weight of all customers
  std::int64_t left = 0;                           ///< points for those who share the digits that are found
  std::int64_t digits = 0, fraction = 0, tie = 0;  ///< the least place that is rounded up, as far as it is found
  std::int64_t state = open;

  Place least() const { return place_of(static_cast<std::uint32_t>(fraction), static_cast<std::uint64_t>(tie)); }
  int bits_unknown() const { return bits_of_place - bits_of_digit * static_cast<int>(digits); }
};
constexpr std::size_t numbers_of_spread = 8;

Spread spread_of(const sim::Decision& decision, std::size_t row) {
  const std::int64_t* at = &decision[row * numbers_of_spread];
  return {at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7]};
}

void keep(sim::Decision& decision, std::size_t row, const Spread& spread) {
  const std::int64_t numbers[numbers_of_spread] = {spread.amount, spread.by_lots,  spread.all, spread.left,
                                                   spread.digits, spread.fraction, spread.tie, spread.state};
  std::ranges::copy(numbers, decision.begin() + static_cast<std::ptrdiff_t>(row * numbers_of_spread));
}

/// The next digit of the least place that is rounded up, from the largest down.
void find_digit(Spread& spread, std::span<const std::int64_t> counts) {
  const int next = spread.bits_unknown() - bits_of_digit;
  std::size_t digit = digits_there_are - 1;
  while (digit > 0 && counts[digit] < spread.left) spread.left -= counts[digit--];
  const Place least = spread.least() | static_cast<Place>(digit) << next;
  spread.fraction = static_cast<std::int64_t>(least >> bits_of_tie);
  spread.tie = static_cast<std::int64_t>(static_cast<std::uint64_t>(least));
  ++spread.digits;
  if (counts[digit] == spread.left || next == 0) spread.state = Spread::found;
}

/// All months of what is stated, one behind the other.
std::vector<std::int32_t> months_of(const sim::DatedAmounts& stated) {
  std::vector<std::int32_t> months;
  for (const sim::DatedAmount& one : stated)
    for (std::int32_t n = 0; n < one.months; ++n) months.push_back(one.month + n);
  return months;
}

[[noreturn]] void refuse_without_holders(const sim::DatedAmount& row) {
  throw sim::UserError("points.opening: nobody holds points when the warm-up ends whose terms reach from " +
                       std::to_string(-row.month) +
                       " months before the start into the horizon (the stated points are spread over who does). Is "
                       "horizon.warmup too short, or does the baseline grant other terms?");
}

}  // namespace

/// Of one block and arm in the last month of the warm-up.
class OpeningPoints::Holders {
 public:
  Holders(const OpeningPoints& of, const sim::BlockMonth& month, const sim::Arm& arm)
      : parameters_(month.parameters(of.parameters_)),
        month_(month),
        lots_(arm, of.lots_, month.month()),
        at_most_(static_cast<std::int32_t>(arm.setting(of.valid_at_most_))),
        is_seen_(month.parameters(of.churn_).notice == Notice::seen),
        status_(arm[of.core_.status]),
        balance_(arm[of.balance_]),
        valid_(arm[of.valid_]),
        low_(month[of.core_.id_low]),
        high_(month[of.core_.id_high]),
        issued_(months_of(parameters_.opening)) {}

  const std::vector<std::int32_t>& issued() const { return issued_; }
  bool holds(std::size_t i) const { return balance_[i] > 0 && (status_[i] == 1 || !is_seen_); }
  const sim::LotsOfArm& lots() const { return lots_; }

  /// Months from this one in which what was issued then can be spent, or `never`, or `has_ended`.
  std::int32_t months_left(std::int32_t issued, std::size_t i) const {
    constexpr std::int32_t year = 12;
    const std::int32_t ago = month_.month() - issued;
    const std::int32_t calendar_month = (month_.calendar_month() - 1 + year - ago % year) % year + 1;
    const std::int32_t valid = months_valid(valid_[i], at_most_, parameters_.end, calendar_month);
    return valid == sim::never ? sim::never : std::max(valid - ago, has_ended);
  }
  std::int64_t in_lot(std::int32_t issued, std::size_t i) const {
    const std::int32_t left = months_left(issued, i);
    return left == has_ended ? 0 : lots_.lot(left, i);
  }
  std::int64_t in_all(std::int32_t issued, std::size_t i) const {
    return months_left(issued, i) == has_ended ? 0 : balance_[i];
  }
  OpeningPart part(std::int32_t issued, const Spread& spread, std::size_t i) const {
    const std::int64_t weight = spread.by_lots != 0 ? in_lot(issued, i) : in_all(issued, i);
    return opening_part_of(spread.amount, weight, spread.all);
  }
  std::uint64_t tie(std::size_t i) const { return sim::tie_of(low_[i], high_[i]); }

 private:
  const PointsParameters& parameters_;
  const sim::BlockMonth& month_;
  sim::LotsOfArm lots_;
  std::int32_t at_most_;
  bool is_seen_;
  std::span<const std::int32_t> status_, balance_, valid_;
  std::span<const std::uint32_t> low_, high_;
  std::vector<std::int32_t> issued_;
};

OpeningPoints::OpeningPoints(sim::Wiring& wiring)
    : core_(wiring.core()),
      parameters_(wiring.parameters<PointsParameters>()),
      churn_(wiring.parameters_of<ChurnParameters>("churn")),
      is_used_(has_points(wiring) && wiring.is_used("opening", [](double number) { return number != 0; })),
      valid_at_most_(wiring.setting("valid_at_most")),
      told_(wiring),
      is_told_(has_points(wiring) && told_.is_told()) {
  if (is_used_ && told_.is_told())
    throw sim::UserError(
        "points.opening states what members hold when month 0 begins, and so does the customer file "
        "(points_1, points_without_end), customer by customer. Which of the two? (Can points.opening go?)");
}

void OpeningPoints::wire(sim::Wiring& wiring, const sim::Lots& lots, sim::State<std::int32_t> balance) {
  lots_ = lots;
  balance_ = balance;
  if (is_used_) valid_ = wiring.own_state<std::int32_t>("months that opening points are valid", sim::Sight::latent);
}

void OpeningPoints::remember_terms(const sim::BlockMonth& month, const sim::Arm& arm,
                                   std::span<const float> valid) const {
  if (!is_used_ || month.month() != last_of_warmup) return;
  const auto months = arm[valid_];
  for (std::size_t i = 0; i < months.size(); ++i) months[i] = static_cast<std::int32_t>(valid[i]);
}

sim::VoiceSize OpeningPoints::size(const sim::Occasion& occasion, int round, const sim::Decision&) const {
  const std::size_t rows = months_of(occasion.parameters(parameters_).opening).size();
  return {rows * (round == 0 ? 2 : 1 + digits_there_are), 0};
}

void OpeningPoints::measure(sim::BlockMonth& month, const sim::Arm& arm, int round, const sim::Decision& so_far,
                            sim::Voice voice) const {
  const Holders holders(*this, month, arm);
  for (std::size_t row = 0; row < holders.issued().size(); ++row) {
    const std::int32_t issued = holders.issued()[row];
    if (round == 0) {
      for (std::size_t i = 0; i < month.customers(); ++i) {
        if (!holders.holds(i)) continue;
        voice.sums[2 * row] += holders.in_lot(issued, i);
        voice.sums[2 * row + 1] += holders.in_all(issued, i);
      }
      continue;
    }
    const Spread spread = spread_of(so_far, row);
    if (spread.state != Spread::open) continue;
    const auto said = voice.sums.subspan(row * (1 + digits_there_are), 1 + digits_there_are);
    const int unknown = spread.bits_unknown(), next = unknown - bits_of_digit;
    for (std::size_t i = 0; i < month.customers(); ++i) {
      if (!holders.holds(i)) continue;
      const OpeningPart part = holders.part(issued, spread, i);
      if (round == 1) said[0] += part.whole;
      if (!part.has_rest) continue;
      const Place place = place_of(part.fraction, next < bits_of_tie ? holders.tie(i) : 0);
      if (unknown < bits_of_place && place >> unknown != spread.least() >> unknown) continue;
      ++said[1 + static_cast<std::size_t>(place >> next & (digits_there_are - 1))];
    }
  }
}

/// What is stated of several months goes to each by what is held of it.
void OpeningPoints::share_out(const sim::Occasion& occasion, sim::Voice heard, sim::Decision& decision) const {
  std::size_t first = 0;
  for (const sim::DatedAmount& stated : occasion.parameters(parameters_).opening) {
    const auto number = static_cast<std::size_t>(stated.months);
    const auto in_lots = [&](std::size_t n) { return heard.sums[2 * (first + n)]; };
    const auto in_all = [&](std::size_t n) { return heard.sums[2 * (first + n) + 1]; };
    std::int64_t held = 0, reached = 0;
    for (std::size_t n = 0; n < number; ++n) held += in_lots(n), reached += in_all(n) > 0 ? 1 : 0;
    if (reached == 0) refuse_without_holders(stated);
    std::int64_t weight = 0, given = 0;
    for (std::size_t n = 0; n < number; ++n) {
      weight += held > 0 ? in_lots(n) : std::int64_t{in_all(n) > 0};
      const std::int64_t upto = opening_part_of(stated.amount, weight, held > 0 ? held : reached).whole;
      Spread spread;
      spread.amount = upto - std::exchange(given, upto);
      spread.by_lots = held > 0 ? 1 : 0;
      spread.all = held > 0 ? in_lots(n) : in_all(n);
      if (spread.amount == 0) spread.state = Spread::nobody;
      keep(decision, first + n, spread);
    }
    first += number;
  }
}

bool OpeningPoints::decide(const sim::Occasion& occasion, int round, sim::Voice heard, sim::Decision& decision) const {
  const std::size_t rows = months_of(occasion.parameters(parameters_).opening).size();
  if (round == 0) {
    decision.assign(rows * numbers_of_spread, 0);
    share_out(occasion, heard, decision);
    return false;
  }
  bool all_found = true;
  for (std::size_t row = 0; row < rows; ++row) {
    Spread spread = spread_of(decision, row);
    if (spread.state != Spread::open) continue;
    const auto said = heard.sums.subspan(row * (1 + digits_there_are), 1 + digits_there_are);
    if (round == 1) spread.left = spread.amount - said[0];
    if (spread.left == 0)
      spread.state = Spread::nobody;
    else
      find_digit(spread, said.subspan(1));
    all_found &= spread.state != Spread::open;
    keep(decision, row, spread);
  }
  return all_found;
}

/// Lots end by months from month 0 on: 1 is with its end.
bool OpeningPoints::take_over(sim::BlockMonth& month) const {
  if (!month.books_take_over()) return false;
  for (const sim::Arm& arm : month.arms()) {
    const sim::LotsOfArm lots(arm, lots_, month.month());
    const auto balance = arm[balance_];
    for (std::size_t i = 0; i < month.customers(); ++i) {
      std::int64_t sum = told_.endless(month, i);
      for (std::size_t k = 0; k < told_.months(); ++k) sum += told_.ending_in(month, i, k);
      if (sum >= most_of_a_customer)
        throw sim::UserError(
            "the customer file tells of more than 2^30 points of one customer (a count per customer ends there). Is it "
            "one customer?");
      lots.clear(i);
      for (std::size_t k = 0; k < told_.months(); ++k)
        lots.lot(static_cast<std::int32_t>(k) + 1, i) = static_cast<std::int32_t>(told_.ending_in(month, i, k));
      lots.lot(sim::never, i) = static_cast<std::int32_t>(told_.endless(month, i));
      balance[i] = static_cast<std::int32_t>(sum);
    }
  }
  return true;
}

bool OpeningPoints::open(sim::BlockMonth& month) const {
  if (is_told_) return take_over(month);
  if (!is_used_ || month.month() != last_of_warmup) return false;
  for (const sim::Arm& arm : month.arms()) {
    const Holders holders(*this, month, arm);
    const auto balance = arm[balance_];
    std::vector<std::pair<std::int32_t, std::int64_t>> parts;
    for (std::size_t i = 0; i < month.customers(); ++i) {
      parts.clear();
      for (std::size_t row = 0; row < holders.issued().size() && holders.holds(i); ++row) {
        const Spread spread = spread_of(arm.decision(), row);
        if (spread.amount == 0) continue;
        const OpeningPart part = holders.part(holders.issued()[row], spread, i);
        const bool goes_up =
            spread.state == Spread::found && part.has_rest && place_of(part.fraction, holders.tie(i)) >= spread.least();
        const std::int64_t points = part.whole + (goes_up ? 1 : 0);
        if (points > 0) parts.emplace_back(holders.months_left(holders.issued()[row], i), points);
      }
      holders.lots().clear(i);
      std::int64_t sum = 0;
      for (const auto& [left, points] : parts) {
        sum += points;
        if (sum >= most_of_a_customer)
          throw sim::UserError(
              "points.opening: one customer would hold more than 2^30 points (a count per customer ends there). Are "
              "fewer customers simulated than the program has?");
        holders.lots().lot(left, i) += static_cast<std::int32_t>(points);
      }
      balance[i] = static_cast<std::int32_t>(sum);
    }
  }
  return true;
}

}  // namespace clientele::models
