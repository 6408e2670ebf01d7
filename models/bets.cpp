// The bets in the order of the field tables. Amounts are in the money of the defaults (EUR).
#include "models/bets.hpp"

#include <algorithm>

namespace clientele::models {

namespace {

constexpr Bet all_bets[] = {
    {"purchasing.orders_per_month.mean", 1, 4, "half to twice the guess: monthly to weekly buyers"},
    {"purchasing.orders_per_month.shape", 0.8, 4, "from a few regulars among many to customers much alike"},
    {"purchasing.order_value.mean", 1200, 5000, "half to twice the guess"},
    {"purchasing.order_value.between", 0.8, 1.4, "by order values alone the largest fifth buys 48 to 71 %"},
    {"purchasing.order_value.within", 0.3, 0.9, "from much the same basket each time to a third or three times it"},
    {"purchasing.elasticity", -2, -0.4, "from firms bound by contracts to firms that compare every order"},
    {"purchasing.elasticity_spread", 0.2, 0.8, "from customers much alike to a few who follow every price"},
    {"purchasing.payback_rate", 0.25, 0.8, "stocks are used up within a few weeks to a few months"},
    {"purchasing.reference_memory", 0.6, 0.92, "half of a change is usual after one to eight months"},
    {"purchasing.reference_gain", 0.05, 0.7, "from next to nothing to twice the guess"},
    {"purchasing.reference_loss", 0.2, 1.2, "a third of the guess to twice it"},
    {"purchasing.competitor_matches", 0, 0.4, "0 is structural (nobody answers); few answer half of all discounts"},
    {"purchasing.matched_after", 3, 12, "a price list is revised once a quarter to once a year"},
    {"purchasing.cut_pressure", 0.03, 0.3, "size chosen, so a fifth of it to twice it"},
    {"purchasing.cut_borrowed", 0.2, 0.8, "half, and nobody has measured it among firms"},
    {"purchasing.satisfaction_effect", 0.01, 0.09, "recalled between 0 and 0.1; 0 would be structural (no effect)"},
    {"service.late_chance", 0.04, 0.2, "a good warehouse to one that customers complain of"},
    {"service.defect_chance", 0.005, 0.05, "recalled magnitude: a quarter of it to two and a half times it"},
    {"service.expedite_cost", 10, 60, "a parcel's surcharge to a courier's"},
    {"service.care_reference", 20, 120, "an hour of an account manager in three months to two in one"},
    {"service.care_exponent", 0.1, 0.9, "the two known cases are 0 and 1"},
    {"service.care_points", 0.4, 4, "from next to nothing to twice the guess"},
    {"service.care_hazard", -0.3, -0.03, "twice the guess to a fifth of it"},
    {"service.manager_hours", 90, 140, "of 160 hours, what meetings, travel and paperwork leave"},
    {"service.care_per_hour", 35, 100, "wages with what comes on top, clerk to senior"},
    {"satisfaction.reference", 68, 80, "a scale of 100 points that nobody reads to the point"},
    {"satisfaction.start_spread", 3, 10, "half of the guess to less than twice it"},
    {"satisfaction.learning", 0.08, 0.4, "half is forgotten in one to eight months"},
    {"satisfaction.loss_weight", 1.1, 2.2, "losses weigh more, and seldom more than twice"},
    {"satisfaction.performance", 81, 91, "five points either way"},
    {"satisfaction.late_effect", -45, -12, "less than half of the guess to less than twice it"},
    {"satisfaction.defect_effect", -65, -18, "less than half of the guess to less than twice it"},
    {"satisfaction.noise", 1, 6, "a third of the guess to twice it"},
    {"payment.late_chance.mean", 0.2, 0.55, "a fifth to half of all invoices are late, by trade and country"},
    {"payment.late_chance.a", 0.25, 1.2, "from always or never late to customers much alike"},
    {"payment.days_late.mean", 4, 20, "the sample's delays are short; two or three weeks are often heard of"},
    {"payment.days_late.shape", 1, 2.2, "from no usual delay at all to most around one week"},
    {"payment.days_late_slope", 0.3, 0.95, "direction sure: who is often late is late for longer"},
    {"payment.early_days", 6, 26, "the sample pays very early; many pay in the last week"},
    {"payment.early_days_slope", 0.15, 0.85, "between none and all"},
    {"payment.dispute_chance", 0.03, 0.28, "the sample's share is high for goods from a catalogue"},
    {"payment.dispute_effect", 1.5, 5, "a dispute seldom ends before the due date"},
    {"payment.disputed_days_factor", 1.3, 3, "a phone call more to a lawyer"},
    {"payment.late_offset", -0.5, 0.5, "the odds of paying late times 0.6 to 1.6"},
    {"payment.liquidity_effect", -0.7, -0.1, "direction sure: a third of the guess to twice it"},
    {"payment.liquidity_memory", 0.75, 0.96, "a shortage is half over after two to seventeen months"},
    {"payment.liquidity_share", 0.4, 0.85, "recalled 50 % of all reasons against 27 %"},
    {"payment.terms_elasticity", 0.01, 0.12, "small and positive"},
    {"payment.reference_terms", 20, 45, "net 30 is usual, between two weeks with a grace and 45 days"},
    {"payment.terms_saturation", 0.4, 2, "half of the effect within one and a half to seven weeks"},
    {"payment.terms_go_with_late", 0.15, 0.85, "direction sure, size chosen"},
    {"payment.newcomers_by_terms", 0, 0.08, "0 is structural (as many come anyway); some will ask for terms first"},
    {"payment.credited_share", 0, 0.15, "0 is structural (every dispute is paid in the end); some are right"},
    {"credit.default_chance.mean", 0.0012, 0.005, "1.4 to 6 % a year"},
    {"credit.default_chance.shape", 0.4, 3, "from few who will fail to customers much alike"},
    {"credit.default_goes_with_late", 0.15, 0.85, "direction sure, size chosen"},
    {"credit.stress_effect", -0.9, -0.15, "direction sure: a third of the guess to twice it"},
    {"credit.default_by_terms", 0, 0.15, "0 is structural (terms make nobody fail); it is unproven, not absurd"},
    {"credit.climate_memory", 0.8, 0.94, "a downturn is half over after three months to a year"},
    {"credit.loss_given_default", 0.4, 0.8, "unsecured trade credit, recalled"},
    {"credit.recovery_months", 3, 14, "a settlement to an insolvency court"},
    {"credit.insurance_covers", 0.75, 0.95, "deductibles of a quarter to a twentieth"},
    {"credit.insurance_premium", 0.0007, 0.0032, "recalled between 0.05 and 0.4 % of insured sales"},
    {"credit.held_orders_wait", 0.5, 0.95, "from goods to be had elsewhere to goods that are not"},
    {"credit.hold_prompts", 0.2, 0.8, "size chosen"},
    {"credit.hold_points", -9, -1, "a quarter of the guess to twice it"},
    {"rebate.rebate_salience", 0.2, 0.85, "it comes later, and uncertainly"},
    {"logistics.distance.mean", 90, 360, "half to twice the guess: a city to half a country"},
    {"logistics.distance.sd_log", 0.6, 1.2, "from one ring of customers to some far away"},
    {"logistics.shipping", 30, 120, "half to twice the guess: parcels to pallets"},
    {"logistics.per_km", 0.5, 1.6, "a full tour to a trip of its own"},
    {"logistics.handling", 8, 35, "half to twice the guess: by machine or by hand"},
    {"acquisition.cost_per_customer", 400, 2000, "a few visits to a campaign"},
    {"churn.base_hazard", 0.008, 0.03, "half to twice the guess: 9 to 31 % a year"},
    {"churn.frailty_variance", 0.15, 1.2, "a third of the guess to more than twice it"},
    {"churn.tenure_slope", -0.35, 0.05, "old customers stay, unless nobody looks after them"},
    {"churn.satisfaction_slope", -0.6, -0.1, "recalled between -0.1 and -0.6"},
    {"accounting.gross_margin.mean", 0.18, 0.33, "bulk goods to technical ones"},
    {"accounting.gross_margin.sd", 0.03, 0.12, "half of the guess to less than twice it"},
    {"accounting.discount_rate", 0.005, 0.012, "6 to 15 % a year"},
    {"moves.promotion_points", 0.4, 4, "a fifth of the guess to twice it"},
    {"moves.demotion_points", -9, -1.5, "a third of the guess to twice it"},
    {"moves.promotion_rate", 0.003, 0.05, "from next to nothing to that of a demotion"},
    {"moves.demotion_rate", -0.12, -0.01, "size chosen, so a fifth of it to twice it"},
    {"moves.fade_months", 2, 9, "half of the guess to twice it"},
    {"surcharge.surcharge_salience", 0.6, 1.3, "recalled less well, or annoying"},
    {"surcharge.surcharge_hazard", 1, 6, "a third of the guess to twice it"},
    {"cross_selling.useful_to", 0.2, 0.65, "half of the guess to less than twice it"},
    {"cross_selling.size", 0.06, 0.3, "a line of extras to a second trade"},
    {"cross_selling.taken_share", 0.05, 0.5, "goods beside the usual to goods instead of them"},
    {"cross_selling.margin", -0.05, 0.05, "a study that sells the category states it: so far it may be off"},
    {"cross_selling.dropped", 0.004, 0.025, "5 to 26 % a year"},
    {"cross_selling.uptake", 0.02, 0.12, "one offer in fifty to one in eight"},
    {"cross_selling.offer_cost", 15, 90, "a mail with a call to a visit"},
    {"prospects.correlation", 0.15, 0.65, "from hardly better than chance to what a thorough file tells"},
};

constexpr NoBet not_betted_on[] = {
    {"purchasing.season", "twelve numbers that a firm reads off its books"},
    {"service.managers", "how many a firm employs is its decision"},
    {"payment.opening", "a firm reads it off its books"},
    {"rebate.rebate_from", "a rule of a program is a decision"},
    {"churn.notice", "a choice between two ways, no number"},
    {"administration.once", "a study states what its policies cost to run"},
    {"administration.per_month", "a study states what its policies cost to run"},
    {"administration.per_manager", "a study states what its policies cost to run"},
    {"administration.per_move", "a study states what its policies cost to run"},
    {"surcharge.surcharge_from", "a rule of a program is a decision"},
    {"cross_selling.held_share", "at 0 there is no further category to sell: a study says so"},
};

}  // namespace

std::span<const Bet> bets() { return all_bets; }
std::span<const NoBet> no_bets() { return not_betted_on; }

const Bet* bet_on(std::string_view path) {
  const auto found = std::ranges::find(all_bets, path, &Bet::path);
  return found == std::end(all_bets) ? nullptr : found;
}

}  // namespace clientele::models
