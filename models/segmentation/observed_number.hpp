// What a firm's books tell of a customer, as one number to sort by.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/segmentation/payment_record.hpp"
#include "sim/catalogue.hpp"
#include "sim/segmentation.hpp"

namespace clientele::models {

/// Which one. All but tenure look back on past months, the present one left out.
enum class Number : std::uint8_t {
  sales,            ///< net sales [money]
  profit,           ///< contribution: margin less discount and own costs, that of winning the customer included [money]
  orders,           ///< placed
  buying_months,    ///< in which something was ordered
  tenure,           ///< months since the customer was won
  punctuality,      ///< share of the invoices settled that were on time; -1 where none was
  recency,          ///< months since the last order, with a minus; a month more than the look-back where none is in it
  order_stability,  ///< of orders from month to month: stability_of
  growth,           ///< of sales from the older half of the look-back to the recent one: growth_of
  late_by_administration,  ///< share of the invoices settled that were late by administration, with a minus
  late_otherwise,          ///< the same of those late for any other reason
  satisfaction             ///< points that the customer gave when last asked (models/survey.hpp); -1 who never answered
};
inline constexpr std::size_t all_numbers = 12;

/// Of which less is better: a condition reads them without their minus.
inline bool is_turned(Number number) {
  return number == Number::recency || number == Number::late_by_administration || number == Number::late_otherwise;
}

/// Those of which more is better, as studies call them, in the order of the enumeration.
inline std::vector<std::string_view> words_for_numbers() {
  return {"sales",   "profit",          "orders", "buying_months",          "tenure",         "punctuality",
          "recency", "order_stability", "growth", "late_by_administration", "late_otherwise", "satisfaction"};
}

/// Past months that count: all there are, or the look-back's.
inline std::int32_t months_known(std::int32_t available, std::int32_t look_back) {
  return available < look_back ? available : look_back;
}

/// Mean of a month [quanta, orders]. Sums are whole, and months at most 24: two such fractions that differ do so by
/// more than 1/600. Below 2^43 a double tells them apart, and rounds equal ones alike. So a short past compares with a
/// bound of a whole look-back as sum x look_back and bound x months do, without an error.
inline double mean_of_month(double sum, std::int32_t months) { return sum / static_cast<double>(months); }

/// Orders are as stable as they vary little from month to month: 1 - standard deviation / mean, with
///   deviation / mean = sqrt(months x sum of squares - orders^2) / orders,
/// over months of the look-back that the customer was there. It is below all others where nothing was ordered or less
/// than a quarter is known (of a look-back shorter than that, a part of it): one month alone would be the most stable.
inline constexpr double least_stable = -4;  ///< a single order in 24 months has 1 - sqrt(23) = -3.8
inline double stability_of(std::int32_t months, std::int32_t look_back, double orders, double squares) {
  constexpr std::int32_t quarter = 3;
  if (orders == 0 || months < std::min(quarter, look_back)) return least_stable;
  return 1 - std::sqrt(static_cast<double>(months) * squares - orders * orders) / orders;
}

/// Mean monthly sales of the recent half over those of the older one, which has a month more where months are odd:
///   growth = (recent / months // 2) / (older / the other months),
/// of the months of the look-back that the customer was there. 0 where nothing was bought in the recent half; the most
/// there is where all was; 1 in a first month, which has no halves.
inline constexpr double most_growth = 1000;
inline std::int32_t months_of_recent_half(std::int32_t months) { return months / 2; }
inline double growth_of(std::int32_t months, double recent, double older) {
  const std::int32_t half = months_of_recent_half(months);
  if (half == 0) return 1;
  if (!(recent > 0)) return 0;
  if (!(older > 0)) return most_growth;
  return std::min(most_growth, recent * static_cast<double>(months - half) / (older * static_cast<double>(half)));
}

/// Share of settled invoices that were late for a reason, with a minus; below all others where none was settled.
inline constexpr double no_invoice = -2;
inline double late_share(std::int32_t late, std::int32_t settled) {
  return settled > 0 ? 0 - static_cast<double>(late) / static_cast<double>(settled) : no_invoice;
}

/// As a condition reads a number: unknown is -1.
inline double as_stated(Number number, double score) {
  if (!is_turned(number)) return score;
  return number != Number::recency && score == no_invoice ? -1 : 0 - score;
}

/// A number of each customer of a block. Sums are means of a month over the look-back, or over the months since the
/// customer came where these are fewer: a customer without a past has none. Tenure is known at any time.
class ObservedNumber {
 public:
  static constexpr std::size_t some_customers = 64;  ///< who are looked at together, at most
  /// What a sum is given as: the mean of a month, or what the look-back has brought.
  enum class Of { month, look_back };
  ObservedNumber(Number number, std::int32_t look_back, const sim::SegmentationSpec& spec, sim::Observed& observed,
                 Of of = Of::month);

  /// Whether there is anything to go by in a month.
  bool is_known(int month) const { return number_ == Number::tenure || month > first_month_; }
  /// Of the block's customers from `begin` on, as many as there is room for.
  void work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin, std::span<double> score) const;
  const sim::ObservedColumns& core() const { return core_; }

  /// One customer's, for who reads it: sums are those of a whole look-back, money is in the study's currency.
  sim::Segmentation::ScorePart told(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t customer) const;

 private:
  void work_out_sum(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                    std::span<double> score) const;
  void work_out_punctuality(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                            std::span<double> score) const;
  void work_out_recency(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                        std::span<double> score) const;
  void work_out_stability(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                          std::span<double> score) const;
  void work_out_growth(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                       std::span<double> score) const;
  void work_out_late(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                     std::span<double> score) const;
  void work_out_satisfaction(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                             std::span<double> score) const;
  int months_before(int month) const;
  std::int32_t months_there(std::int32_t born, int month) const {
    return months_known(born < month ? month - born : 1, look_back_);
  }
  void work_out_tenure(const sim::BlockMonth& month, std::size_t begin, std::span<double> score) const;

  Number number_;
  std::int32_t look_back_;
  Of of_;
  int first_month_;
  sim::ObservedColumns core_;
  sim::Ring<const std::int32_t> past_;      ///< by month, of sums
  sim::Ring<const std::uint32_t> settled_;  ///< by month, for punctuality
  std::optional<PaymentRecords> records_;   ///< for what was late by a reason
  sim::Ring<const float> answers_;          ///< the last one, for satisfaction
  sim::Trait<const std::int32_t> joined_;   ///< month
  double quantum_;
  std::string called_;  ///< "sales of 12 months"
};

/// Scores in doubles do not fit into columns: a few customers at a time, `visit(begin, scores)`.
template <class Visit>
void for_each_score(const ObservedNumber& number, const sim::BlockMonth& month, const sim::Arm& arm, std::size_t count,
                    const Visit& visit) {
  std::array<double, ObservedNumber::some_customers> room;
  for (std::size_t begin = 0; begin < count; begin += room.size()) {
    const std::span<double> score = std::span(room).first(std::min(room.size(), count - begin));
    number.work_out(month, arm, begin, score);
    visit(begin, std::span<const double>(score));
  }
}

}  // namespace clientele::models
