// How a firm serves its customers and what they say of it: late deliveries, and surveys joined to the orders after
// them.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/fit/late_share.hpp"
#include "models/fit/satisfaction.hpp"
#include "scenarios/books/books.hpp"
#include "scenarios/books/history.hpp"
#include "tools/clientele/fitted/payment.hpp"

namespace clientele::tools {

/// What customers said in surveys, in points of 0 to 100.
struct FittedSurveys {
  std::size_t answers = 0, customers = 0;  ///< of who had ordered by then; 0: none were read, or none can be used
  std::string why_not = {};                ///< of answers that were read
  std::string scale = {};                  ///< what they were taken for
  double mean = 0, mean_se = 0, sd = 0;    ///< of answers; the error by customers
  models::SatisfactionFit slope = {};

  bool chosen_is_within() const { return slope.chosen() == &slope.within; }
};

/// Where satisfaction stands under a service, and what of the study's numbers makes that neutral.
struct NeutralService {
  double reference = 0, performance = 0;
  double slope = 0;  ///< change of where customers settle, with the share of late deliveries
};

struct FittedService {
  models::LateDeliveries deliveries;  ///< before the origin
  std::vector<models::LateDeliveries> of_group =
      {};  ///< by group of the books, where they differ by more than luck; of fewer than 100 deliveries none is known
  bool surveys_were_read = false;
  FittedSurveys surveys;
  NeutralService neutral;  ///< where anything is known
  std::vector<NeutralService> neutral_of_group = {};

  bool is_known() const { return deliveries.is_known() || surveys.answers > 0; }
};

/// `season` brings days to months of orders. Orders after an answer count until the day of the next one, for 6 months
/// at most, or to the origin.
FittedService fit_service(const scenarios::Books& books, const scenarios::History& history,
                          const std::array<double, 12>& season);

/// A line of [purchasing]; tables [service] and [satisfaction]; lines of a group of the books.
std::string satisfaction_effect_line(const FittedService& service);
std::string service_tables(const FittedService& service);
std::string service_of_group(const FittedService& service, std::size_t group);

/// Draws of all of that; `groups`: names of the study's, two of each of the books.
DrawnColumns service_draws(const FittedService& service, const std::vector<std::string>& groups, std::size_t draws,
                           std::uint32_t seed);

/// Lines for people, without ends.
std::vector<std::string> told_of(const FittedService& service);

}  // namespace clientele::tools
