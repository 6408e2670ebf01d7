// The product's catalogue, lived one customer at a time.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "models/segmentation/observed_number.hpp"
#include "models/segmentation/review.hpp"
#include "models/segmentation/scorecard.hpp"
#include "tests/reference/models/accounting.hpp"
#include "tests/reference/models/acquisition.hpp"
#include "tests/reference/models/administration.hpp"
#include "tests/reference/models/campaign.hpp"
#include "tests/reference/models/churn.hpp"
#include "tests/reference/models/credit.hpp"
#include "tests/reference/models/membership.hpp"
#include "tests/reference/models/moves.hpp"
#include "tests/reference/models/opening.hpp"
#include "tests/reference/models/opening_points.hpp"
#include "tests/reference/models/prospects.hpp"
#include "tests/reference/models/rebate.hpp"
#include "tests/reference/models/responses.hpp"
#include "tests/reference/models/returns.hpp"
#include "tests/reference/models/review_counts.hpp"
#include "tests/reference/models/stamps.hpp"
#include "tests/reference/models/surcharge.hpp"
#include "tests/reference/models/survey.hpp"

namespace clientele::tests {

/// Tables of the catalogue that have a scalar twin here.
inline constexpr std::array<std::string_view, 21> twinned_tables{
    "purchasing",  "service", "satisfaction", "payment",    "credit",         "rebate",     "logistics",
    "acquisition", "churn",   "accounting",   "moves",      "administration", "surcharge",  "cross_selling",
    "prospects",   "survey",  "returns",      "membership", "points",         "redemption", "program"};
inline constexpr std::array<std::string_view, 16> twinned_segmentations{
    "everyone", "spend", "rank",  "random",    "profit", "tenure",     "punctuality",   "scorecard",
    "rfm",      "abc",   "rules", "attribute", "clv",    "true_value", "best_response", "earned"};

struct RealCustomer : Customer {
  Buyer buyer;
  Served served;
  Judge judge;
  Payer payer;
  Place place;
  Bills bills;
  Earner earner;
  Leaver leaver;
  Member member;
  Debtor debtor;
  Earning earning;
  Mover mover;
  Prospect prospect;
  Judged judged;
  Surveyed surveyed;
  Followed followed;
  Sender sender;
  Enrolled enrolled;
  Holder holder;
  Redeemer redeemer;
  Responder responder;
  std::int32_t ruled = 0;  ///< the tier that a rule gives him where chance gives one in its place
};

class RealCell final : public Cell<RealCustomer> {
 public:
  /// A policy that rolls out looks at what the baseline's cell has given those whom it has not reached; one that is
  /// held against a yardstick looks at the tiers that this gives first.
  RealCell(const sim::Study& study, const sim::Catalogue& catalogue, const sim::OutcomeInfo& names,
           const sim::Cell& cell);

 private:
  void be_born(const Scene& scene, RealCustomer& who) const override;
  void live_month(const Scene& scene) override;
  double mean_arrivals(const Scene& scene, std::uint32_t group) const override {
    const auto& p = scene.setting.parameters<models::AcquisitionParameters>("acquisition", group);
    return scene.month < scene.first_arrivals() ? 0 : static_cast<double>(p.arrivals);
  }
  bool wins_newcomers() const override { return true; }
  bool had_left(const RealCustomer& who) const override { return who.leaver.gone; }
  bool joins(const Scene& scene, const RealCustomer& who) const override {
    return joins_for_terms(scene, who, who.payer);
  }
  std::int64_t sales_of_year(const RealCustomer& who) const override;
  void review(const Scene& scene);
  void open_books(const Scene& scene);
  void ask_for_hours(const Scene& scene);
  void ask_for_status(const Scene& scene);
  const models::RateScore& order_rates(const Scene& scene, std::uint32_t group) const;
  void review_reached(const Scene& scene, const std::vector<RealCustomer*>& list);
  void give(const Scene& scene, RealCustomer& who, std::int32_t tier);

  /// Tiers by month, kind of month and customer.
  using Given = std::map<std::tuple<int, sim::MonthKind, std::uint64_t>, std::int32_t>;
  Given given_, given_by_baseline_, given_by_yardstick_;
  const sim::Catalogue& catalogue_;
  bool has_points_ = false;   ///< somebody earns some
  bool has_members_ = false;  ///< somebody has to join a program
  StatusSeen status_seen_;
  mutable std::map<std::uint32_t, models::RateScore> order_rates_;  ///< by group, as far as they are needed
  std::optional<std::int64_t> hours_asked_;                         ///< by the care of all customers, this quarter

  /// Of past months, a sum and how many count.
  struct Past {
    std::int64_t sum = 0;
    int months = 1;
  };
  Past look_back_on(const Scene& scene, const RealCustomer& who, models::Number number, int look_back) const;
  /// Of a whole look-back; of tenure the months.
  double number_of(const Scene& scene, const RealCustomer& who, models::Number number, int look_back) const;
  /// By month, from the oldest of the look-back on in which he was there.
  std::vector<std::int64_t> months_of(const Scene& scene, const RealCustomer& who, models::Number number,
                                      int look_back) const;
  std::vector<double> shares_of_policy(const Scene& scene) const;
  /// By rank, where the segmentation goes by shares.
  void give_by_share(const Scene& scene, const std::vector<RealCustomer*>& list, const std::vector<double>& numbers);
  /// By the values that tiers start from.
  void give_by_value(const Scene& scene, const std::vector<RealCustomer*>& list, models::Number number,
                     const models::ReviewParameters& review);
  /// By the first condition that holds; the last tier takes the rest.
  void give_by_condition(const Scene& scene, const std::vector<RealCustomer*>& list, int look_back);
  bool holds(const Scene& scene, const RealCustomer& who, const sim::Condition& condition, int look_back) const;
  bool is_at_least(const Scene& scene, const RealCustomer& who, models::Number number, double bound,
                   int look_back) const;
  /// By points, whether tiers start from some or are shares.
  void give_by_points(const Scene& scene, const std::vector<RealCustomer*>& list, const std::vector<double>& points,
                      double hysteresis);
  void review_by_value_share(const Scene& scene, const std::vector<RealCustomer*>& list);
  void review_by_rfm(const Scene& scene, const std::vector<RealCustomer*>& list);
  void review_by_clv(const Scene& scene, const std::vector<RealCustomer*>& list);
  void review_by_true_value(const Scene& scene, const std::vector<RealCustomer*>& list);
  void review_by_best_response(const Scene& scene, const std::vector<RealCustomer*>& list);
  void give_by_worth(const Scene& scene, const std::vector<RealCustomer*>& list, const std::vector<double>& worth);
  void review_by_scorecard(const Scene& scene, const std::vector<RealCustomer*>& list);
  std::vector<float> points_of_number(const Scene& scene, const std::vector<RealCustomer*>& list, std::size_t n,
                                      const models::ScorecardParameters& p) const;
  void give_by_chance(const Scene& scene, const std::vector<RealCustomer*>& list);
  /// The program of a policy, as a member meets it.
  EarnedProgram program_of(const Scene& scene, const RealCustomer& who, std::uint32_t policy) const;
  void review_by_earnings(const Scene& scene, const std::vector<RealCustomer*>& list);
  float progress_to_earn(const Scene& scene, const RealCustomer& who) const;
  float progress_of(const Scene& scene, const RealCustomer& who) const;
};

}  // namespace clientele::tests
