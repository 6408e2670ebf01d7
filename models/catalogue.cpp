// The order of the steps here is the order of a month.
#include "models/catalogue.hpp"

#include <algorithm>

#include "models/accounting.hpp"
#include "models/acquisition.hpp"
#include "models/administration.hpp"
#include "models/churn.hpp"
#include "models/credit.hpp"
#include "models/cross_selling.hpp"
#include "models/known_past.hpp"
#include "models/kpis.hpp"
#include "models/logistics.hpp"
#include "models/loyalty/liability.hpp"
#include "models/loyalty/membership.hpp"
#include "models/loyalty/points.hpp"
#include "models/loyalty/redemption.hpp"
#include "models/loyalty/responses.hpp"
#include "models/moves.hpp"
#include "models/payment.hpp"
#include "models/prospects.hpp"
#include "models/purchasing.hpp"
#include "models/rebate.hpp"
#include "models/returns.hpp"
#include "models/satisfaction.hpp"
#include "models/segmentation/abc.hpp"
#include "models/segmentation/attribute.hpp"
#include "models/segmentation/best_response.hpp"
#include "models/segmentation/clv.hpp"
#include "models/segmentation/earned.hpp"
#include "models/segmentation/everyone.hpp"
#include "models/segmentation/profit.hpp"
#include "models/segmentation/punctuality.hpp"
#include "models/segmentation/random.hpp"
#include "models/segmentation/rank.hpp"
#include "models/segmentation/rfm.hpp"
#include "models/segmentation/rules.hpp"
#include "models/segmentation/scorecard.hpp"
#include "models/segmentation/spend.hpp"
#include "models/segmentation/tenure.hpp"
#include "models/segmentation/true_value.hpp"
#include "models/service.hpp"
#include "models/surcharge.hpp"
#include "models/survey.hpp"

namespace clientele::models {

namespace {

/// What a firm spends on what it grants its tiers, as npv counts it: what each lever says that it is paid in, and what
/// the policy itself costs (models/administration.hpp), which nobody would spend without it. A charge on what is owed
/// is a cost, so that it is added.
sim::KpiInfo spent_on_levers(const sim::Catalogue& all) {
  sim::KpiInfo levers = present_value(
      "levers", "spent on what tiers are granted, on policies, on what is owed and what is written off, discounted");
  levers.direction = sim::Direction::neither;
  levers.part = sim::KpiPart::spending;
  levers.numerator = {{"administration_cost"}};
  levers.balances = {{"receivables", -1}, {"claims", -1}};
  levers.balances_beyond = {{"receivables_of_horizon", -1}, {"claims_of_horizon", -1}};
  levers.beyond = {{"points_of_horizon"}};  // rewards for points of the horizon that it leaves open
  for (const auto& table : all.tables())
    for (const sim::FieldInfo& field : table.fields.fields())
      if (field.lever)
        for (const std::string_view metric : field.lever->paid_in)
          if (metric != "receivables" &&
              std::ranges::find(levers.numerator, metric, &sim::Term::metric) == levers.numerator.end())
            levers.numerator.push_back({std::string(metric)});
  return levers;
}

}  // namespace

sim::Catalogue catalogue() {
  sim::Catalogue all;
  const auto purchasing = all.behavior<Purchasing>("purchasing", purchasing_fields(), purchasing_drivers());
  const auto service = all.behavior<Service>("service", service_fields(), service_drivers());
  const auto satisfaction = all.behavior<Satisfaction>("satisfaction", satisfaction_fields());
  const auto payment = all.behavior<Payment>("payment", payment_fields(), payment_drivers());
  const auto credit = all.behavior<Credit>("credit", credit_fields(), credit_drivers());
  const auto rebate = all.behavior<Rebate>("rebate", rebate_fields());
  const auto logistics = all.behavior<Logistics>("logistics", logistics_fields());
  const auto acquisition = all.behavior<Acquisition>("acquisition", acquisition_fields());
  const auto churn = all.behavior<Churn>("churn", churn_fields(), churn_drivers());
  const auto accounting = all.behavior<Accounting>("accounting", accounting_fields());
  const auto moves = all.behavior<Moves>("moves", moves_fields());
  const auto administration = all.behavior<Administration>("administration", administration_fields());
  const auto surcharge = all.behavior<Surcharge>("surcharge", surcharge_fields());
  const auto cross_selling = all.behavior<CrossSelling>("cross_selling", cross_selling_fields());
  const auto prospects = all.behavior<Prospects>("prospects", prospects_fields());
  const auto survey = all.behavior<Survey>("survey", survey_fields());
  const auto membership = all.behavior<Membership>("membership", membership_fields());
  const auto redemption = all.behavior<Redemption>("redemption", redemption_fields());
  const auto points = all.behavior<Points>("points", points_fields());
  const auto program = all.behavior<Responses>("program", responses_fields());
  const auto returns = all.behavior<Returns>("returns", returns_fields());

  all.past(past_columns());

  all.step("joining", payment, &Payment::win_newcomers);
  all.review();
  all.step("administration", administration, &Administration::charge_moves);
  all.step("moves", moves, &Moves::notice);
  all.step("opening", payment, &Payment::open_books, &Payment::opening);
  all.step("program", program, &Responses::act, &Responses::status);
  all.step("staff", service, &Service::share_out_care, &Service::staff);
  all.step("terms", payment, &Payment::offer_terms);
  all.step("hold", credit, &Credit::hold);
  all.step("rebate offers", rebate, &Rebate::offer);
  all.step("surcharges", surcharge, &Surcharge::announce);
  all.step("further category", cross_selling, &CrossSelling::offer);
  all.step("moved", moves, &Moves::act);
  all.step("satisfied orders", satisfaction, &Satisfaction::move_orders);
  all.step("leaving", churn, &Churn::decide);
  all.step("orders", purchasing, &Purchasing::advance);
  all.step("joining the program", membership, &Membership::enroll);
  all.step("returns at sale", returns, &Returns::mark);
  all.step("deliveries", service, &Service::advance);
  all.step("satisfaction", satisfaction, &Satisfaction::advance);
  all.step("survey", survey, &Survey::ask);
  all.step("defaults", credit, &Credit::decide);
  all.step("settle", payment, &Payment::advance);
  all.step("claims", credit, &Credit::collect);
  all.step("rebates", rebate, &Rebate::accrue);
  all.step("redeeming", redemption, &Redemption::decide);
  all.step("points", points, &Points::advance);
  all.step("rewarded", program, &Responses::remember);
  all.step("sales of the category", cross_selling, &CrossSelling::earn);
  all.step("surcharged", surcharge, &Surcharge::earn);
  all.step("returns", returns, &Returns::take_back);
  all.step("logistics", logistics, &Logistics::advance);
  all.step("acquisition", acquisition, &Acquisition::advance);
  all.step("prospects", prospects, &Prospects::judge);
  all.step("year on", moves, &Moves::follow);
  all.step("accounting", accounting, &Accounting::advance);
  all.step("leave", churn, &Churn::advance);
  all.exits();
  all.step("books", churn, &Churn::keep_books);
  all.step("what stays open", payment, &Payment::settle_what_is_open);
  all.step("what claims stay open", credit, &Credit::collect_what_is_open);
  all.step("what rebates stay open", rebate, &Rebate::pay_what_is_open);
  all.step("what points stay open", points, &Points::charge_what_is_open);
  all.step("what returns stay open", returns, &Returns::expect_what_is_open);
  all.arrivals();
  all.step("opening points", points, &Points::open_books, &Points::opening);

  all.segmentation<Everyone>("everyone", everyone_fields(), sim::TierRule::one);
  all.segmentation<Spend>("spend", fields_of_reviews_by_value(), sim::TierRule::from, "money");
  all.segmentation<Rank>("rank", rank_fields(), sim::TierRule::share);
  all.segmentation<Random>("random", fields_of_reviews_alone(), sim::TierRule::share);
  all.segmentation<Profit>("profit", fields_of_reviews_by_value(), sim::TierRule::from, "money", sim::Values::any);
  all.segmentation<Punctuality>("punctuality", fields_of_reviews_by_value(), sim::TierRule::from, "share");
  all.segmentation<Tenure>("tenure", fields_of_reviews_alone(), sim::TierRule::from, "months");
  const auto rules = all.segmentation<Rules>("rules", review_fields(), sim::TierRule::when);
  all.conditions_read(rules, numbers_of_conditions());
  all.segmentation<Attribute>("attribute", fields_of_reviews_alone(), sim::TierRule::groups);
  all.segmentation<Scorecard>("scorecard", scorecard_fields(), sim::TierRule::share_or_from, "points");
  all.segmentation<Rfm>("rfm", rfm_fields(), sim::TierRule::share_or_from, "points");
  all.segmentation<Abc>("abc", abc_fields(), sim::TierRule::share, "sales");
  all.segmentation<Clv>("clv", clv_fields(), sim::TierRule::share_or_from, "money", sim::Values::any);
  all.of_members(all.segmentation<Earned>("earned", earned_fields(), sim::TierRule::from, "money"), "membership.join",
                 {"money", "orders", "credits"});
  all.benchmark(all.segmentation<TrueValue>("true_value", true_value_fields(), sim::TierRule::share));
  all.benchmark(all.segmentation<BestResponse>("best_response", fields_of_reviews_alone(), sim::TierRule::share));

  for (Kpis& of_one : std::vector{accounting_kpis(),   Kpis{spent_on_levers(all)},
                                  purchasing_kpis(),   logistics_kpis(),
                                  service_kpis(),      acquisition_kpis(),
                                  payment_kpis(),      credit_kpis(),
                                  rebate_kpis(),       churn_kpis(),
                                  satisfaction_kpis(), moves_kpis(),
                                  review_kpis(),       administration_kpis(),
                                  surcharge_kpis(),    cross_selling_kpis(),
                                  membership_kpis(),   points_kpis(),
                                  liability_kpis(),    returns_kpis()})
    for (sim::KpiInfo& kpi : of_one) all.kpi(std::move(kpi));
  return all;
}

}  // namespace clientele::models
