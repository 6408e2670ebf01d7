// Whether an active customer leaves for good, decided once a month, and when in the month; and when a firm notices.
#pragma once
#include <cstdint>
#include <vector>

#include "models/known_past.hpp"
#include "models/kpis.hpp"
#include "models/renewals.hpp"
#include "models/steady_ages.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

struct PurchasingParameters;

/// When in a month customers leave: at any moment of it, or after they have ordered in all of it.
enum class Leaving : std::uint8_t { within_the_month, month_end };

/// Whether a firm sees who leaves: at once, as where a contract ends; or not, as where orders just stay away.
enum class Notice : std::uint8_t { seen, silent };

/// How customers leave: at a hazard that is always there, or by not renewing a contract when its term ends.
enum class LeavingProcess : std::uint8_t { hazard, contract };

/// Grouped proportional hazards with frailty (complementary log-log):
///   h = 1 - exp(-H),  H = -log(1 - base_hazard) x w_i x (1 + tenure / 12)^tenure_slope
///                         x exp(satisfaction_slope x gap + effect of care) x driver,  w_i ~ Gamma(mean 1),
/// where gap = (satisfaction - reference) / 10.
/// The mixture makes the churn of a cohort fall with time although nobody's own hazard need fall; without the tenure
/// term S(t) = (1 + v H t)^(-1/v). Family: Bolton 1998.
///
/// Leaving "within the month" is decided at its start, from the satisfaction and care that the months before have left:
/// the word u of the month is the moment E / H in [0, 1) of who has E = -log(1 - u) < H. Orders of the month are those
/// of the share of it that was there; care, and all else that a month brings, is had and paid in full, and moves the
/// next month's hazard. With the purchasing of the NBD this is Pareto/NBD (Schmittlein, Morrison, Colombo 1987): gamma
/// rates, and an exponential lifetime with gamma hazards where the tenure slope is 0. "month end" orders the whole
/// month and decides after it, with the satisfaction and care of the month itself: at CDNOW's hazards 5 % more
/// orders in a year.
/// The first base has been with us for as long as SteadyAges says, or a customer file; tenure counts from `joined`.
///
/// What a firm knows is another matter. Under notice "seen" a leaver is off the books from the next month on. Under
/// "silent" only orders are seen: who has not ordered for `inactive_after` months goes off the books, left or not (the
/// hiatus rule of managers: Wuebben and Wangenheim 2008), and an order puts a customer back. Who defaults is heard of
/// at once. Until then a leaver is reviewed, counts in quotas and is looked after like anybody else.
///
/// Under process "contract" (models/renewals.hpp) customers leave at the end of every contract_months-th month since
/// they joined and in no other, after its orders, with
///   h = 1 - exp(-H),  H = -log(1 - theta_i) x exp(satisfaction_slope x gap + effect of care) x driver,
///   theta_i ~ Beta of mean renewal_loss and first shape renewal_loss_shape:
/// where nothing moves H that is the shifted beta-geometric. Of the first base, who has been with us for a months has
/// renewed k = a / contract_months times (rounded down), and has the theta of who did: Beta(a, b + k). The firm sees
/// who does not renew. "frailty" is then H of the customer over that of a customer with the mean theta.
struct ChurnParameters {
  float base_hazard = 0, frailty_variance = 0, tenure_slope = 0, satisfaction_slope = 0;
  Leaving leaving = Leaving::within_the_month;
  Notice notice = Notice::seen;
  std::int32_t inactive_after = 9;

  float base_cumulative = 0;  ///< -log(1 - base_hazard); under contract of a renewal: -log(1 - renewal_loss)
  sim::Law frailty;           ///< of a newcomer
  SteadyAges ages;

  LeavingProcess process = LeavingProcess::hazard;
  std::int32_t contract_months = 12;
  float renewal_loss = 0, renewal_loss_shape = 1;
  RenewalLaw renewal = {};  ///< under contract

  bool by_contract() const { return process == LeavingProcess::contract; }
  bool leaves_at_month_end() const { return by_contract() || leaving == Leaving::month_end; }

  void finish() {
    if (by_contract()) {
      renewal = renewal_law(static_cast<double>(renewal_loss), static_cast<double>(renewal_loss_shape));
      base_cumulative = static_cast<float>(-sim::log(1.0 - static_cast<double>(renewal_loss)));
      ages = SteadyAges(renewal, contract_months);
      return;
    }
    base_cumulative = static_cast<float>(-sim::log(1.0 - static_cast<double>(base_hazard)));
    if (frailty_variance > 0.F)
      frailty = {sim::Family::gamma, {1.F, 1.F / frailty_variance, 0.F}};
    else
      frailty = {sim::Family::constant, {1.F, 0.F, 0.F}};
    ages = SteadyAges(base_cumulative, frailty_variance, tenure_slope);
  }
};

/// A customer's cumulative hazard of this month before drivers: base x frailty x (1 + tenure [months] / 12)^slope.
CLIENTELE_INLINE float cumulative_hazard(float base_cumulative, float frailty, float tenure, float tenure_slope) {
  return base_cumulative * frailty * sim::exp(tenure_slope * sim::log(1.F + tenure * (1.F / 12.F)));
}

/// What effects on the log-hazard and a driver make of it: the customer's cumulative hazard of this month in an arm.
CLIENTELE_INLINE float moved_hazard(float cumulative, float driver, float effect) {
  return cumulative * driver * sim::exp(effect);
}

/// The hazard that a customer outlives, for the word u of a month: exponential with mean 1.
CLIENTELE_INLINE float hazard_outlived(float u) { return -sim::log1p(-u); }

/// The share of the month before a customer leaves, who stays if it is 1: below 1 where less than the cumulative hazard
/// is outlived.
CLIENTELE_INLINE float share_of_month(float outlived, float cumulative) {
  return outlived < cumulative ? outlived / cumulative : 1.F;
}

/// Chance that an active customer leaves this month.
CLIENTELE_INLINE float churn_hazard(float cumulative) { return sim::one_minus_exp(cumulative); }

/// Months without an order, at the end of this one.
CLIENTELE_INLINE std::int32_t months_quiet(std::int32_t before, std::int32_t orders) {
  return orders > 0 ? 0 : before + 1;
}

/// Whether a firm that sees orders only takes somebody for its customer next month.
CLIENTELE_INLINE bool seems_active(bool on_books, std::int32_t quiet, std::int32_t inactive_after) {
  return quiet == 0 || (on_books && quiet < inactive_after);
}

inline sim::FieldInfo of_contract(sim::FieldInfo field) {
  return sim::unsaid(sim::counts_with("process", "contract", std::move(field)));
}
inline sim::FieldInfo of_hazard(sim::FieldInfo field) {
  return sim::counts_with("process", "hazard", std::move(field));
}

inline sim::FieldTable churn_fields() {
  using P = ChurnParameters;
  using sim::Kind, sim::range;
  sim::FieldInfo notice =
      sim::field(&P::notice, "notice", {"seen", "silent"}, Notice::seen,
                 "whether the firm sees who leaves: at once, as with contracts; or it sees orders only",
                 sim::guess("a distributor who talks to its customers"), Kind::by_group);
  notice.not_with = {"silent", "process", "contract", "a contract that is not renewed is seen to end"};
  return sim::fields<P>({
      of_hazard(
          sim::called("the leaving of new customers",
                      sim::field(&P::base_hazard, "base_hazard", "per month", range(0, 0.999, 0, 0.2), 0.016,
                                 Kind::by_group, "chance that a new customer of average frailty leaves in a month",
                                 sim::guess("about 1.6 % a month for a distributor")))),
      of_hazard(sim::field(&P::frailty_variance, "frailty_variance", "-", range(0, 50, 0, 3), 0.5, Kind::by_group,
                           "how much customers differ in their hazard: variance of a factor with mean 1",
                           sim::guess("recalled magnitude"))),
      of_hazard(sim::field(&P::tenure_slope, "tenure_slope", "-", range(-3, 3, -1, 0.5), -0.15, Kind::by_group,
                           "change of log-hazard per unit of log(1 + tenure in years)",
                           sim::guess("recalled magnitude"))),
      sim::called("the weight of satisfaction in leaving",
                  sim::field(&P::satisfaction_slope, "satisfaction_slope", "per 10 points", range(-5, 0, -1, 0), -0.35,
                             Kind::by_group, "change of log-hazard per 10 points of satisfaction",
                             sim::guess("recalled: between -0.1 and -0.6"))),
      of_hazard(
          sim::field(&P::leaving, "leaving", {"within the month", "month end"}, Leaving::within_the_month,
                     "when in a month customers leave: at any moment of it, or after they have ordered in all of it",
                     sim::closed_form("a constant hazard within a month"))),
      std::move(notice),
      sim::field(
          &P::inactive_after, "inactive_after", "months", range(1, 120, 3, 36), 9, Kind::by_group,
          "under silent notice: months without an order after which a customer goes off the books",
          sim::quoted("Wuebben and Wangenheim 2008: the rule of managers at an airline and a clothing retailer")),
      sim::unsaid(sim::field(&P::process, "process", {"hazard", "contract"}, LeavingProcess::hazard,
                             "how customers leave: at a hazard that is there in every month; or at the end of a term, "
                             "by not renewing a contract",
                             sim::closed_form("without contracts customers leave when they like"), Kind::by_group)),
      of_contract(sim::field(&P::contract_months, "contract_months", "months", range(1, 120, 1, 60), 12, Kind::by_group,
                             "under contract: months of a term, at whose end customers renew or leave, counted from "
                             "the month of joining",
                             sim::quoted("Fader and Hardie 2007: contracts that are renewed by the year"))),
      of_contract(sim::called(
          "the loss at renewals",
          sim::field(&P::renewal_loss, "renewal_loss", "share", range(0, 0.999, 0.01, 0.7), 0.1493, Kind::by_group,
                     "under contract: share of new customers who do not renew at the end of their first term",
                     sim::quoted("Fader and Hardie 2007: Beta(.668, 3.806) of segment High End, by the year; of "
                                 "segment Regular, Beta(.704, 1.182), it is .3733")))),
      of_contract(sim::field(
          &P::renewal_loss_shape, "renewal_loss_shape", "-", range(0.01, 1e4, 0.2, 20), 0.668, Kind::by_group,
          "under contract: how alike customers are in it: first shape a of its beta law, whose "
          "second is a (1 - renewal_loss) / renewal_loss",
          sim::quoted("Fader and Hardie 2007: Beta(.668, 3.806) of segment High End; Regular .704"))),
  });
}

inline std::vector<sim::DriverInfo> churn_drivers() {
  return {
      {"churn_hazard", sim::DriverKind::factor, "factor", "multiplies every customer's cumulative hazard of leaving"}};
}

inline Kpis churn_kpis() {
  sim::KpiInfo buyers =
      ratio_kpi("buyers", "share of customers on the books, or put back on them, who order in a month", "1", better,
                {{"buyers"}}, "on_books");
  buyers.denominator.push_back({"back_on_books"});
  return {
      kpi_at_end("customers_at_end", "customers who are active in the last month", better, "customers"),
      ratio_kpi("churn", "share of active customers who leave, per month", "1", worse, {{"left"}}, "customers"),
      kpi_at_end("on_books_at_end", "customers on the books in the last month", sim::Direction::neither, "on_books"),
      ratio_kpi("churn_seen",
                "share of customers on the books who go off them, per month, less who come back: what the firm sees",
                "1", sim::Direction::neither, {{"off_books"}, {"back_on_books", -1}}, "on_books"),
      buyers,
      ratio_kpi("retention", "share of active customers who stay, per month", "1", better,
                {{"customers"}, {"left", -1}}, "customers")};
}

class Churn final : public sim::Behavior {
 public:
  explicit Churn(sim::Wiring& wiring);
  void draw_traits(sim::BlockMonth& month) const override;
  void set_first_states(sim::BlockMonth& month) const override;
  double kept_leavers(const sim::Outlook& outlook) const override;
  /// Before orders: who leaves within the month asks for the exit, and when it is.
  void decide(sim::BlockMonth& month) const;
  /// After deliveries: what has acted on the hazard this month does so from now on; who leaves at the month's end asks
  /// for the exit. Nobody leaves after the horizon.
  void advance(sim::BlockMonth& month) const;
  /// After exits: who is on the books next month, and what the firm reads of it.
  void keep_books(sim::BlockMonth& month) const;

 private:
  void notice_exits(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void notice_orders(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void take_over_books(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void notice_defaults(const sim::BlockMonth& month, const sim::Arm& arm) const;
  void draw_ages(sim::BlockMonth& month) const;
  void draw_given_past(sim::BlockMonth& month) const;
  void draw_renewals(sim::BlockMonth& month) const;
  void age(sim::BlockMonth& month) const;
  void age_by_terms(sim::BlockMonth& month) const;
  void decide_at_end(sim::BlockMonth& month) const;

  sim::CoreColumns core_;
  sim::Parameters<ChurnParameters> parameters_;
  sim::Trait<float> frailty_;
  sim::Trait<std::int32_t> joined_;  ///< month, before the first one for most of the first base
  sim::BirthLuck frailty_luck_, age_luck_;
  sim::MonthLuck leaving_luck_;
  sim::Driver driver_;
  sim::Common<float> cumulative_, outlived_;
  sim::OwnSum log_hazard_;              ///< what others do to it, in the month
  sim::State<float> effect_;            ///< what they have done in the month before
  sim::Passing<float> share_, hazard_;  ///< of the month there; that which decides
  sim::Departure left_;
  bool is_silent_;  ///< in some group: only then there are the two columns
  bool can_default_;
  sim::Passing<const std::int32_t> defaults_;
  sim::State<std::int32_t> on_books_, quiet_;
  sim::Common<std::int32_t> known_, struck_off_, put_back_;  ///< of one arm after the other
  sim::Metric on_books_metric_, off_books_metric_, back_metric_;
  sim::Parameters<PurchasingParameters> purchasing_;
  PastOfOrders past_;
  sim::Past months_quiet_;
  sim::BirthLuck still_there_luck_, frailty_given_past_luck_;
  sim::Trait<std::int32_t> gone_;  ///< before month 0, of who stands in a file that tells the past
};

}  // namespace clientele::models
