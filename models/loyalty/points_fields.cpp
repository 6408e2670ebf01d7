// What studies say of points, and what is told of them.
#include <limits>

#include "models/loyalty/points.hpp"

namespace clientele::models {

namespace {

/// A balance over all that has flowed since month 0; missing as long as nothing has.
sim::Series over_all_until(const sim::Series& balance, const sim::Series& flow) {
  sim::Series shares;
  double sum = 0;
  for (std::size_t t = 0; t < balance.size(); ++t) {
    sum += flow[t];
    shares.push_back(sum == 0 ? std::numeric_limits<double>::quiet_NaN() : balance[t] / sum);
  }
  return shares;
}

}  // namespace

sim::FieldTable points_fields() {
  using P = PointsParameters;
  using sim::field, sim::guess, sim::Kind, sim::range, sim::setting;
  constexpr double longest = endless_from;
  sim::FieldInfo valid =
      field(&P::valid, "points_valid", "months", range(1, longest, 6, longest), 24, Kind::by_group,
            "months after that of an order in which its points can be redeemed; 240: they do not end",
            guess("two years are usual"));
  sim::FieldInfo bonus = setting(field(&P::entry_bonus, "entry_bonus", "points", range(0, 1e7), 0, Kind::fixed,
                                       "points for joining, in the month after, where the tier then grants points",
                                       guess("none unless a program gives some")));
  sim::FieldInfo inactivity = setting(field(&P::inactivity, "inactivity", "months", range(0, 120), 0, Kind::fixed,
                                            "months without an order after which all points are forfeited; 0: never",
                                            guess("points end by their validity alone unless a program says more")));
  sim::FieldInfo at_most =
      setting(field(&P::valid_at_most, "valid_at_most", "months", range(1, longest, 6, longest), longest, Kind::fixed,
                    "points that are earned from now on end after so many months at the latest, whatever a tier grants",
                    guess("as the tier says")));
  bonus.whole = inactivity.whole = at_most.whole = valid.whole = true;
  return sim::fields<P>({
      sim::lever(field(&P::earn, "earn", "points/money", range(0, 1000), 0, Kind::by_group,
                       "points that a member of the tier earns with each unit of money",
                       guess("no program unless a policy has one")),
                 {.cost = "rewards, when they are redeemed and for what is open at the end",
                  .benefit = "orders on the way to a reward and after one",
                  .paid_in = {"reward_cost"},
                  .helps = {"orders"},
                  .granted_on = {"member_sales"},
                  .rests_on = {"redemption.mean", "redemption.never", "program.reward_pressure", "program.rewarded"}}),
      sim::lever(valid, {.cost = "fewer points end unspent",
                         .benefit = "members who save for a reward",
                         .paid_in = {"reward_cost"},
                         .helps = {"points_redeemed"},
                         .granted_on = {"points_earned"},
                         .rests_on = {"redemption.mean", "redemption.never"}}),
      field(&P::base, "base", {"list", "net", "net_of_reward"}, EarningBase::net,
            "what points are counted on: orders at list price; as invoiced; that less what a reward pays of them",
            guess("what is on the bill")),
      field(&P::rounding, "rounding", {"down", "nearest"}, PointRounding::down,
            "how the points of an order become whole ones", guess("down is usual")),
      field(&P::end, "end", {"months", "calendar year"}, PointsEnd::months,
            "when points end: with the month that their validity says, or with the calendar year of that month",
            guess("by the month")),
      field(
          &P::held, "held", {"keep their end", "end sooner"}, HeldPoints::keep_end,
          "what a cut of valid_at_most does to points that are held: nothing; or they end as many months sooner (whole "
          "years where they end with the calendar year), and those without an end as new ones do",
          guess("terms that were granted are kept")),
      field(&P::recorded_share, "recorded_share", "share", range(0, 1), 1, Kind::by_group,
            "of members' orders, how many show the card: the others earn nothing", guess("all")),
      bonus,
      setting(field(&P::promotion, "promotion", "factor", range(0, 100, 0.5, 5), 1, Kind::fixed,
                    "points of the months are multiplied by it", guess("none unless a program has one"))),
      inactivity,
      at_most,
      field(&P::elsewhere, "elsewhere", "points/month", range(0, 1e6), 0, Kind::by_group,
            "points that partners give a member in a month", guess("no partners unless a study has some")),
      sim::money(field(&P::elsewhere_price, "elsewhere_price", "money/point", range(0, 1e6), 0, Kind::by_group,
                       "what partners pay the firm for a point", guess("no partners unless a study has some"))),
      setting(sim::money(field(&P::value, "value", "money/point", range(1e-6, 1e6), 0.01, Kind::fixed,
                               "what a point is worth to a member who redeems it",
                               guess("a hundred points to the unit of money")))),
      setting(field(&P::reward_cost, "reward_cost", "share of value", range(0, 5, 0.2, 1.5), 1, Kind::fixed,
                    "what a reward costs the firm, of what it is worth to the member",
                    guess("money off; goods of the firm's own cost it less"))),
      field(
          &P::open_redeemed, "open_redeemed", "share", range(0, 1), 0.5, Kind::by_group,
          "of the points that are held at a month's end, how many are expected to be redeemed: what is owed, and what "
          "is charged for those that the end leaves open",
          guess("in the shipped loyalty studies half of what is out is redeemed in the end, where four in five of what "
                "is issued are")),
      field(&P::expected, "expected", "share", range(0, 1, 0.5, 0.98), 0.8, Kind::fixed,
            "of points that are earned, how many the books expect to be redeemed until redemptions tell; where a study "
            "counts points by age ([count] triangle)",
            guess("breakage is said to be 10 to 30 % of what is issued")),
      field(&P::expected_sd, "expected_sd", "share", range(0, 0.5, 0, 0.2), 0.1, Kind::fixed,
            "standard deviation of that share, for a constraint before redemptions tell",
            guess("from 60 to 100 % for two of them about .8")),
      field(&P::constraint, "constraint", "quantile", range(0, 0.999), 0, Kind::fixed,
            "quantile of what is expected to be redeemed at which a contract liability stands (IFRS 15.56, 15.B46); 0: "
            "its mean",
            guess("none: a mean is expected")),
      sim::field(&P::opening, "opening", "points",
                 {.lasts = "points_valid", .ends = "end", .at_most = "valid_at_most", .issued_by = "earn"},
                 "of a program that exists, the points that members hold when month 0 begins, by month or year of "
                 "issue: { file = \"opening-points.csv\", balance = 4_180_000 }, columns issued and points, which come "
                 "to the balance; they take the place of what the warm-up leaves",
                 guess("what the warm-up leaves")),
  });
}

Kpis points_kpis() {
  using enum sim::KpiRule;
  const auto points_at_end =
      kpi_at_end("points_at_end", "points held in the last month", sim::Direction::neither, "points");
  const auto share = [](const char* name, const char* meaning, sim::Direction direction,
                        std::vector<sim::Term> numerator,
                        const char* of) { return ratio_kpi(name, meaning, "1", direction, std::move(numerator), of); };
  const auto of_all_points = [](sim::KpiInfo kpi) {
    kpi.denominator.push_back({"points_opening"});
    return kpi;
  };
  return {points_at_end,
          money_kpi("liability_at_end", "what rewards for the points held in the last month are expected to cost",
                    worse, last, {{"points_liability"}}),
          money_kpi("peak_liability", "the most that rewards for the points held are expected to cost", worse, highest,
                    {{"points_liability"}}),
          money_kpi("reward_cost", "rewards, at what they cost the firm", worse, total, {{"reward_cost"}}),
          of_all_points(share("redeemed_share",
                              "points redeemed over points held when month 0 begins and earned in the horizon",
                              sim::Direction::neither, {{"points_redeemed"}}, "points_earned")),
          of_all_points(share("broken_share", "points expired or forfeited over the same", sim::Direction::neither,
                              {{"points_expired"}, {"points_forfeited"}}, "points_earned")),
          money_kpi("member_sales", "revenue from members of the program", sim::Direction::neither, total,
                    {{"member_sales"}}),
          share("program_cost_share", "rewards, at what they cost the firm, over sales to members", worse,
                {{"reward_cost"}}, "member_sales"),
          share("reward_rate", "rewards, at what they are worth to members, over sales to members",
                sim::Direction::neither, {{"reward_value"}}, "member_sales"),
          series_kpi("open_share",
                     "points held in the last month over points held when month 0 begins and earned in the horizon",
                     sim::Direction::neither, last,
                     {.inputs = {{{"points"}}, {{"points_earned"}, {"points_opening"}}},
                      .function = [](const std::vector<sim::Series>& of) { return over_all_until(of[0], of[1]); },
                      .words = "over_all_until",
                      .unit = "1",
                      .meaning = "points held over points held when month 0 begins and earned since"})};
}

}  // namespace clientele::models
