// What a firm's books tell of a customer, as one number to sort by.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/segmentation.hpp"

namespace clientele::models {

/// Which one. All but tenure look back on past months, the present one left out.
enum class Number : std::uint8_t {
  sales,          ///< net sales [money]
  profit,         ///< contribution: margin less discount and own costs, that of winning the customer included [money]
  orders,         ///< placed
  buying_months,  ///< in which something was ordered
  tenure,         ///< months since the customer was won
  punctuality,    ///< share of the invoices settled that were on time; -1 where none was
  recency         ///< months since the last order, with a minus; a month more than the look-back where none is in it
};
inline constexpr std::size_t all_numbers = 7;

/// Those of which more is better, as studies call them, in the order of the enumeration.
inline std::vector<std::string_view> words_for_numbers() {
  return {"sales", "profit", "orders", "buying_months", "tenure", "punctuality", "recency"};
}

/// Past months that count: all there are, or the look-back's.
inline std::int32_t months_known(std::int32_t available, std::int32_t look_back) {
  return available < look_back ? available : look_back;
}

/// Mean of a month [quanta, orders]. Sums are whole, and months at most 24: two such fractions that differ do so by
/// more than 1/600. Below 2^43 a double tells them apart, and rounds equal ones alike. So a short past compares with a
/// bound of a whole look-back as sum x look_back and bound x months do, without an error.
inline double mean_of_month(double sum, std::int32_t months) { return sum / static_cast<double>(months); }

/// A number of each customer of a block. Sums are means of a month over the look-back, or over the months since the
/// customer came where these are fewer: a customer without a past has none. Tenure is known at any time.
class ObservedNumber {
 public:
  /// What a sum is given as: the mean of a month, or what the look-back has brought.
  enum class Of { month, look_back };
  ObservedNumber(Number number, std::int32_t look_back, const sim::SegmentationSpec& spec, sim::Observed& observed,
                 Of of = Of::month);

  /// Whether there is anything to go by in a month.
  bool is_known(int month) const { return number_ == Number::tenure || month > first_month_; }
  /// Of the block's customers from `begin` on, as many as there is room for.
  void work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin, std::span<double> score) const;
  const sim::ObservedColumns& core() const { return core_; }

 private:
  void work_out_sum(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                    std::span<double> score) const;
  void work_out_punctuality(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                            std::span<double> score) const;
  void work_out_recency(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                        std::span<double> score) const;
  int months_before(int month) const;
  void work_out_tenure(const sim::BlockMonth& month, std::size_t begin, std::span<double> score) const;

  Number number_;
  std::int32_t look_back_;
  Of of_;
  int first_month_;
  sim::ObservedColumns core_;
  sim::Ring<const std::int32_t> past_;      ///< by month, of sums
  sim::Ring<const std::uint32_t> settled_;  ///< by month, for punctuality
  sim::Trait<const std::int32_t> joined_;   ///< month
};

/// Scores in doubles do not fit into columns: a few customers at a time, `visit(begin, scores)`.
template <class Visit>
void for_each_score(const ObservedNumber& number, const sim::BlockMonth& month, const sim::Arm& arm, std::size_t count,
                    const Visit& visit) {
  std::array<double, 64> room;
  for (std::size_t begin = 0; begin < count; begin += room.size()) {
    const std::span<double> score = std::span(room).first(std::min(room.size(), count - begin));
    number.work_out(month, arm, begin, score);
    visit(begin, std::span<const double>(score));
  }
}

}  // namespace clientele::models
