// Sentences, tables, JSON and CSV tell the same numbers, since all of them come from one struct; and a sentence claims
// no more than its numbers hold.
#include <cmath>
#include <limits>
#include <sstream>

#include <nlohmann/json.hpp>

#include "sim/gains.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/invented_answers.hpp"
#include "tools/clientele/compare/sentences.hpp"
#include "tools/clientele/compare/shown.hpp"
#include "tools/clientele/compare/tables.hpp"
#include "tools/clientele/compare/why.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/paper.hpp"
#include "tools/clientele/spreadsheet.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tests {

using output::Comparison;
using output::ComparisonInput;
using output::Question;
using tools::csv_of;
using tools::json_of;
using tools::text_of;
using Json = nlohmann::json;

namespace {

std::string without_line_ends(std::string text) {
  std::string flat;
  for (const char c : text) {
    const bool space = c == '\n' || c == ' ';
    if (!space || flat.empty() || flat.back() != ' ') flat += space ? ' ' : c;
  }
  return flat;
}

/// The sentences about something, one after the other.
std::string said(const Comparison& comparison, const std::string& about) {
  std::string text;
  for (const tools::Sentence& sentence : tools::sentences_of(comparison))
    if (sentence.about == about) text += (text.empty() ? "" : " ") + sentence.text;
  return text;
}

Comparison answered(const InventedGain& gain, std::size_t draws = 100, std::size_t replications = 1) {
  const ComparisonInput input = invented_input(gain, draws, replications);
  return output::compare(input, everything_in(input));
}

std::vector<std::string> split(const std::string& line, char at) {
  std::vector<std::string> parts;
  std::istringstream input(line);
  for (std::string part; std::getline(input, part, at);) parts.push_back(part);
  return parts;
}

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  for (const std::string& line : split(text, '\n')) {
    const auto bytes_behind = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    widest = std::max(widest, line.size() - static_cast<std::size_t>(std::ranges::count_if(line, bytes_behind)));
  }
  return widest;
}

}  // namespace

TEST_CASE("a policy that gains within the horizon and beyond it is called better, with both amounts and their errors") {
  const Comparison c = answered({.within = 5e6, .beyond = 7e6, .spread = 1e6});
  const std::string value = said(c, "value");
  CHECK_THAT(value, contains("New is better than today: it adds 5"));
  CHECK_THAT(value, contains(" M EUR (1"));
  CHECK_THAT(value, contains("to three years' profit (simulation error ± "));
  CHECK_THAT(value, contains("from customers who stay, in the five years beyond 2029"));
  CHECK_THAT(value, !contains("depends on the horizon"));
  CHECK_THAT(
      said(c, "chances"),
      contains("Three years' profit gains in all of 100 simulated futures (100 sets of assumptions): at least 96 %"));
}

TEST_CASE("how much of what customers are worth lies beyond the horizon is said where it is most of it") {
  ComparisonInput input = invented_input({.within = 5e6, .beyond = 7e6, .spread = 1e6}, 40, 1);
  const auto beyond = [&](double within, double later) {
    ComparisonInput of = input;
    of.values = [=, values = input.values](const std::string& kpi) {
      std::vector<double> all = values(kpi);
      const double worth = kpi == "npv" ? within : kpi == "value_beyond" ? later : within + later;
      for (double& value : all) value += worth - 500e6;
      return all;
    };
    return said(output::compare(of, everything_in(of)), "beyond");
  };
  CHECK_THAT(beyond(300e6, 700e6), contains("70 % of what customers are worth under today is earned beyond 2029"));
  CHECK(beyond(500e6, 500e6).empty());
  CHECK(beyond(-800e6, 100e6).empty());
  CHECK(beyond(-100e6, 700e6).empty());
}

TEST_CASE("whom a policy puts elsewhere than a yardstick does is said with its interval, of who is held against one") {
  ComparisonInput input = invented_input({.within = 5e6, .beyond = 7e6, .spread = 1e6}, 100, 1);
  input.kpis.push_back(input.kpis.front());
  input.kpis.back().name = sim::kpi_of_misplaced;
  input.kpis.back().part = sim::KpiPart::none;
  input.values = [values = input.values](const std::string& kpi) {
    std::vector<double> all = values(kpi);
    for (std::size_t f = 0; f < all.size() && kpi == sim::kpi_of_misplaced; ++f)
      all[f] = f < 100 ? std::nan("") : 0.4 + 0.02 * spread_at(f, 100, 37);
    return all;
  };
  const Comparison c = output::compare(input, everything_in(input));
  // A standard deviation of .02 over 100 draws: t(99) = 1.98 of .002.
  CHECK_THAT(without_line_ends(text_of(c)), contains("puts them into: new 40.00 ± 0.40."));
  const Json told = Json::parse(json_of(c))["misplaced"];
  REQUIRE(told.size() == 1);
  CHECK(told[0]["half_width"].get<double>() == Approx(0.00398).epsilon(0.01));
}

TEST_CASE("where no KPI says what it is to an answer, the headline stands alone, by its name") {
  ComparisonInput input = invented_input({.within = -5e6, .beyond = 9e6, .spread = 1e6, .levers = 1e6}, 100, 1);
  for (output::KpiTexts& kpi : input.kpis) kpi.part = sim::KpiPart::none;
  const Comparison c = output::compare(input, everything_in(input));
  CHECK_THAT(said(c, "value"), contains("New is worse than today in npv: it takes 5"));
  CHECK_THAT(said(c, "value"), !contains("beyond"));
  CHECK(said(c, "beyond").empty());
  CHECK_THAT(said(c, "chances"), contains("Npv gains in none of 100"));
  CHECK(said(c, "levers").empty());
  CHECK(said(c, "payback").empty());
  CHECK(c.answer->conditions.size() == 1);
}

TEST_CASE("a KPI that is the month of another stands beside its levels") {
  ComparisonInput input = invented_input({.within = 5e6, .beyond = 7e6, .spread = 1e6}, 40, 1);
  CHECK_FALSE(output::compare(input, everything_in(input)).kpis[0].arms[0].month_of_peak);
  input.kpis[1].month_of = "npv";
  CHECK(output::compare(input, everything_in(input)).kpis[0].arms[0].month_of_peak->middle == 500e6);
}

TEST_CASE("whom a policy reaches when is said of both sides, where either rolls out") {
  ComparisonInput input = invented_input({.within = 5e6, .beyond = 7e6, .spread = 1e6}, 100, 1);
  const auto rollout = [&] { return said(output::compare(input, everything_in(input)), "rollout"); };
  CHECK(rollout().empty());
  input.roll_outs.assign(input.policies.size(), "");
  CHECK(rollout().empty());
  input.roll_outs[1] = "all customers from month 6 (until then they live as under today)";
  CHECK(rollout() == "new reaches all customers from month 6 (until then they live as under today).");
  input.roll_outs[0] = "all customers from month 2 (until then they live as under other)";
  CHECK_THAT(rollout(), contains(". today reaches all customers from month 2"));
}

TEST_CASE("a benchmark is said to be one, and may be called the best only where nothing else is compared") {
  ComparisonInput input = invented_input({.within = 5e6, .beyond = 7e6, .spread = 1e6}, 100, 1);
  const auto text = [&] { return without_line_ends(text_of(output::compare(input, everything_in(input)))); };
  CHECK_THAT(text(), !contains("Benchmark"));
  input.benchmarks.assign(input.policies.size(), false);
  input.benchmarks[1] = true;
  CHECK(input.is_rival(1));
  CHECK_THAT(text(), contains("Benchmark: new, a yardstick: nobody can know it, and it is no upper bound."));
  CHECK_THAT(text(), contains("Its average npv less that of others, in calm [M EUR]: today 5."));
  CHECK_FALSE(said(output::compare(input, everything_in(input)), "value").empty());
  input.policies.push_back("other");
  input.same_money_as.emplace_back();
  input.benchmarks.push_back(false);
  CHECK_FALSE(input.is_rival(1));
  CHECK(input.is_rival(input.policies.size() - 1));
}

TEST_CASE("signs that differ within the horizon and beyond it name no winner") {
  const Comparison c = answered({.within = -5e6, .beyond = 9e6, .spread = 1e6});
  const std::string value = said(c, "value");
  CHECK_THAT(value, contains("New takes 5"));
  CHECK_THAT(value, contains("off three years' profit"));
  CHECK_THAT(value, contains(": the answer depends on the horizon."));
  CHECK_THAT(value, !contains("better"));
  CHECK_THAT(value, !contains("worse"));
  CHECK_THAT(said(c, "chances"), contains("in none of 100 simulated futures"));
  CHECK_THAT(said(c, "chances"), contains("with the years beyond, in all"));
  CHECK(c.answer->depends_on_horizon());
  CHECK_FALSE(c.answer->names_winner());
}

TEST_CASE("a difference that simulation error may explain names no winner, and is said of both horizons") {
  const Comparison c = answered({.within = 0.1e6, .beyond = 8e6, .spread = 6e6});
  CHECK_THAT(said(c, "value"), contains("within simulation error (± 1."));
  CHECK_THAT(said(c, "value"), !contains("is better"));
  CHECK_THAT(said(c, "chances"), contains("; with the years beyond, in "));
  CHECK(c.answer->conditions.size() == 2);
}

TEST_CASE("the best of several policies must be clear of the picking as well") {
  const auto input = invented_input({.within = 1e6, .beyond = 1e6, .spread = 4.6e6, .policies = 9}, 100, 1);
  const Comparison c = output::compare(input, everything_in(input));
  REQUIRE(c.answer);
  CHECK(c.answer->rivals == 8);
  const output::Effect& headline = c.answer->headline;
  CHECK(headline.half_width > 1.3 * headline.statements.average.half_width);
  CHECK_THAT(said(c, "value"), contains("(of 8 the best on average)"));
  CHECK(headline.statements.average.mean > headline.statements.average.half_width);
  CHECK_FALSE(headline.is_clear());
  CHECK_THAT(said(c, "value"), contains("; the best of several is not clear of it)"));
  CHECK_THAT(said(c, "value"), !contains("better"));
}

TEST_CASE("a policy that changes nothing is told so") {
  const Comparison c = answered({.within = 0, .beyond = 0, .spread = 0});
  CHECK(said(c, "value") ==
        "New changes nothing in three years' profit against today: they are equal in all of 100 simulated futures (100 "
        "sets of assumptions).");
  CHECK(said(c, "chances").empty());
}

TEST_CASE("where a lower KPI is better, the same difference is worse, and fewer futures gain") {
  InventedGain gain{.within = 5e6, .beyond = 7e6, .spread = 1e6};
  gain.direction = sim::Direction::lower_is_better;
  const Comparison c = answered(gain);
  CHECK_THAT(said(c, "value"), contains("New is worse than today"));
  CHECK_THAT(said(c, "chances"), contains("falls in none of 100"));
}

TEST_CASE("a number that turns the sign is named with its interval, in multiples of what is assumed") {
  // npv is 10 M x (drawn - 0.4) with drawn in 0..1 and 0.5 stated: it turns at 0.8 of that.
  InventedGain gain{.within = 0, .beyond = 0, .spread = 0.3e6};
  gain.slope = 10e6;
  gain.turn = 0.4;
  const Comparison c = answered(gain);
  const std::string condition = said(c, "condition");
  CHECK_THAT(condition,
             contains("Three years' profit gains if the effect of care (care.effect, a guess) is at least "));
  CHECK_THAT(condition, contains("times what is assumed ("));
  REQUIRE(c.answer->conditions.size() >= 1);
  const output::HangsOn& hangs_on = c.answer->conditions.front().hangs_on;
  REQUIRE(!hangs_on.strongest.empty());
  REQUIRE(hangs_on.strongest.front().turns.size() == 1);
  const output::Turn& turn = hangs_on.strongest.front().turns.front();
  CHECK(turn.low < 0.4);
  CHECK(turn.high > 0.4);
  CHECK(turn.value == Approx(0.4).margin(0.02));
  CHECK(turn.positive_above);
}

TEST_CASE("what no draw varies although a lever rests on it is named") {
  CHECK_THAT(said(answered({.within = 5e6, .beyond = 7e6, .spread = 1e6}), "condition"),
             contains("Not varied, though a lever rests on it: the reach of care (care.reach)."));
}

TEST_CASE("why a policy differs: three paired differences, in words, in a table and for programs, that add up") {
  const ComparisonInput input = invented_why({.within = 4e4, .spread = 1e4}, 100, 1);
  const Comparison c = output::compare(input, everything_in(input));
  REQUIRE(c.answer);
  CHECK(c.answer->rivals == 1);
  const output::Why why = output::why_of(input, c);
  REQUIRE(why.kpis.size() == 1);
  REQUIRE(why.kpis.front().arms.size() == 1);
  const output::WhyArm& arm = why.kpis.front().arms.front();
  CHECK(arm.all.average.mean == Approx(4e4));
  CHECK(arm.treatment.average.mean == Approx(2e4));
  CHECK(arm.selection.average.mean == Approx(1e4));
  CHECK(arm.moves.average.mean == Approx(1e4));
  CHECK(arm.selection.average.half_width == Approx(0).margin(1e-3));
  CHECK(arm.all.average.half_width > 1e3);
  REQUIRE(arm.channels);
  CHECK(arm.channels->both.average.mean == Approx(1e4));
  CHECK(arm.channels->own.average.mean == Approx(-1e4));
  CHECK(arm.channels->lost.average.mean == Approx(4e4));
  const std::string text = tools::why_in_words(c, why, tools::Paper::terminal);
  CHECK(widest_line(text) <= 80);
  for (const char* cause :
       {"what is granted, by chance ", "whom it is granted to ", "moving customers later ", "all of it ",
        "customers of both ", "customers of the policy alone ", "customers of the baseline alone "})
    CHECK_THAT(text, contains(cause));
  CHECK_THAT(text, !contains("is not split"));
  CHECK_THAT(without_line_ends(text), contains("+10.0 ± 2.0 k EUR come from customers that new and today both have"));
  const auto lines = split(tools::why_as_csv(c, why, tools::CsvForm::plain), '\n');
  REQUIRE(lines.size() == 8);
  CHECK_THAT(lines[2], contains("npv,EUR,calm,new,today,selection,"));
  CHECK(lines[2].ends_with(",cause"));
  CHECK_THAT(lines[5], contains("npv,EUR,calm,new,today,both,"));
  CHECK(lines[5].ends_with(",channel"));
  const auto json = Json::parse(json_of(c, nullptr, {}, &why));
  CHECK(json["why"][0]["moves"]["average"]["mean"] == Approx(1e4));
  CHECK(json["why"][0]["channels"]["lost"]["average"]["mean"] == Approx(4e4));
  CHECK(Json::parse(json_of(c))["why"].is_null());
}

TEST_CASE(
    "whose customers a difference comes from is told of what adds up, and against the baseline it was made with") {
  ComparisonInput input = invented_why({.within = 4e4, .spread = 1e4}, 40, 1);
  const auto told = [&] {
    const Comparison c = output::compare(input, everything_in(input));
    return without_line_ends(tools::why_in_words(c, output::why_of(input, c), tools::Paper::terminal));
  };
  CHECK_THAT(told(), contains("Customers are told apart month by month"));
  for (const char* sum :
       {"sum over months t = 0, 1, ... of a / (1 + r)^t, r = 0.1", "0.5 * sum(a + b)", "last month of (a + b)"}) {
    input.kpis[0].formula = sum;
    CHECK(output::adds_up(input.kpis[0]));
  }
  for (const char* other : {"", "sum(a) / sum(b)", "highest month of a", "last month of a / b",
                            "last month of count_back(a, b)", "first month t = 0, 1, ... in which a > 0"}) {
    input.kpis[0].formula = other;
    CHECK_FALSE(output::adds_up(input.kpis[0]));
  }
  CHECK_THAT(told(), contains("npv is not split by whose customers it comes from: a ratio"));
  CHECK_THAT(told(), !contains("customers of both"));
  input.kpis[0].formula = "sum(a)";
  input.held.resize(4);
  input.held.resize(6);
  CHECK_THAT(told(), contains("new is not split by whose customers its difference comes from"));
}

TEST_CASE("a policy that rolls out, or has nobody who keeps its tiers, is said not to be split") {
  ComparisonInput input = invented_why({.within = 4e4, .spread = 1e4}, 40, 1);
  input.held = {std::nullopt, output::HeldTiers{0, sim::Held::at_random}, std::nullopt, std::nullopt, std::nullopt,
                std::nullopt};
  input.roll_outs = {"", "", "all customers from month 6", "", "", ""};
  const Comparison c = output::compare(input, everything_in(input));
  const std::string text = without_line_ends(tools::why_in_words(c, output::why_of(input, c), tools::Paper::terminal));
  CHECK_THAT(text, contains("new, held is not split: it rolls out"));
  CHECK_THAT(text, contains("new, at random is not split: no policies that keep its tiers stand beside"));
}

TEST_CASE("what is spent on levers stands beside the same money spent evenly") {
  InventedGain gain{.within = 5e6, .beyond = 7e6, .spread = 1e6};
  gain.levers = 2e6;
  gain.evenly = 8e6;
  const Comparison c = answered(gain);
  const std::string levers = said(c, "levers");
  CHECK_THAT(levers, contains("In three years it spends 2.0"));
  CHECK_THAT(levers, contains("more than today on levers, and each EUR of it adds 2."));
  CHECK_THAT(levers, contains(" to three years' profit; the same"));
  CHECK_THAT(levers, contains("; the same money spread evenly would add 8"));
  CHECK(c.answer->policy == 1);  // the generated policy does better, and is no subject
}

TEST_CASE("what a unit spent brings is told of the horizon alone, whichever KPI is the headline") {
  ComparisonInput input = invented_input({.within = 5e6, .beyond = 70e6, .spread = 1e6, .levers = 20e6}, 100, 1);
  input.headline = "customer_equity";
  const Comparison c = output::compare(input, everything_in(input));
  CHECK(c.answer->spending->gain_per_unit == Approx(0.25).margin(0.005));
  CHECK_THAT(said(c, "levers"), contains(" to three years' profit."));
  CHECK_THAT(said(c, "chances"), contains("Profit with the five years beyond gains in all of"));
  input.kpis[0].part = sim::KpiPart::none;
  CHECK_THAT(said(output::compare(input, everything_in(input)), "levers"), !contains("each EUR"));
}

TEST_CASE("where no month is beyond the horizon, nothing is said of customers who stay") {
  ComparisonInput input = invented_input({.within = 5e6, .beyond = 0, .spread = 1e6}, 100, 1);
  input.closed = 0;
  const Comparison c = output::compare(input, everything_in(input));
  CHECK_THAT(said(c, "value"), contains("New is better than today: it adds 5"));
  CHECK_THAT(said(c, "value"), !contains("stay"));
  input.headline = "customer_equity";
  CHECK_THAT(said(output::compare(input, everything_in(input)), "value"), contains("to three years' profit"));
}

TEST_CASE("a line says what profit is, in the words of the KPI that is called so") {
  ComparisonInput input = invented_input({.within = 5e6, .beyond = 7e6, .spread = 1e6}, 40, 1);
  input.kpis[0].meaning = "what is earned, before overheads";
  CHECK_THAT(said(output::compare(input, everything_in(input)), "basis"),
             contains("Profit is what is earned, before overheads. Not fitted to your books."));
  input.kpis[0].part = sim::KpiPart::none;
  CHECK_THAT(said(output::compare(input, everything_in(input)), "basis"), !contains("Profit"));
}

TEST_CASE("draws that vary nothing are draws, and no sets of assumptions") {
  ComparisonInput input = invented_input({.within = 5e6, .beyond = 7e6, .spread = 1e6}, 10, 1);
  CHECK_THAT(without_line_ends(text_of(output::compare(input, everything_in(input)), {true, false})),
             contains("here are 10 sets of assumptions"));
  input.drawn.clear();
  const std::string text = without_line_ends(text_of(output::compare(input, everything_in(input)), {true, false}));
  CHECK_THAT(text, !contains("sets of assumptions"));
  CHECK_THAT(text, contains("needs 19 independent futures, here are 10 draws"));
  CHECK_THAT(text, contains("the 95 % quantile needs 72 independent futures, here are 10 draws"));
}

TEST_CASE("payback is the first month from which the sum stays above none, and never where it does not") {
  const Comparison early = answered({.within = 5e6, .beyond = 7e6, .spread = 0});
  REQUIRE(early.answer->payback);
  CHECK(early.answer->payback->middle == 1);
  CHECK(said(early, "payback").empty());
  InventedGain late{.within = -3.6e6, .beyond = 9e6, .spread = 0, .levers = 2e6};
  const Comparison c = answered(late);
  REQUIRE(c.answer->payback);
  // 0.1 M a month are lost for 36 months, and 0.15 M a month come back in the 60 after them: 24 of these make it up.
  CHECK(c.answer->payback->middle == 60);
  CHECK_THAT(
      said(c, "payback"),
      contains("In the middle future it has paid back by month 60, beyond the horizon of 36 months (nine futures "
               "in ten: 60 to 60)."));
  const Comparison never = answered({.within = -3.6e6, .beyond = -1e6, .spread = 0, .levers = 2e6});
  CHECK_THAT(said(never, "payback"), contains("In no future has it paid back by the end of the 96 simulated months."));
}

TEST_CASE("a policy that spends less has nothing to pay back, and one that is within simulation error no gain a unit") {
  CHECK(said(answered({.within = -3.6e6, .beyond = 9e6, .spread = 0, .levers = -1e6}), "payback").empty());
  const Comparison c = answered({.within = 0.1e6, .beyond = 8e6, .spread = 6e6, .levers = 2e6, .evenly = 0.01e6});
  CHECK_THAT(said(c, "levers"), !contains("each EUR"));
}

TEST_CASE("a difference that simulation error exceeds by far has digits of its own") {
  const Comparison c = answered({.within = 0.05e6, .beyond = 8e6, .spread = 20e6});
  const output::Interval& average = c.answer->headline.statements.average;
  REQUIRE(std::fabs(average.mean) < average.half_width / 10);
  CHECK_THAT(said(c, "value"),
             contains(" k EUR (less than 0.1 %) to three years' profit, within simulation error (± "));
}

TEST_CASE("few futures: what they cannot tell is refused with the number that it needs") {
  const Comparison c = answered({.within = 5e6, .beyond = 7e6, .spread = 1e6}, 10, 1);
  CHECK_THAT(said(c, "chances"), contains("needs 19 independent futures, here are 10 sets of assumptions"));
  CHECK_THAT(said(c, "condition"), contains("hangs on is not known"));
  const ComparisonInput input = invented_input({.within = 5e6, .beyond = 7e6, .spread = 1e6}, 10, 1);
  Question alone = everything_in(input);
  alone.policies = {0};
  const std::string text = without_line_ends(text_of(output::compare(input, alone)));
  CHECK_THAT(text, contains("the 95 % quantile needs 72 independent futures, here are 10 sets of assumptions"));
}

TEST_CASE("one side alone has levels, and no answer about differences") {
  const ComparisonInput input = invented_input({.within = 5e6, .beyond = 7e6, .spread = 1e6}, 100, 1);
  Question alone = everything_in(input);
  alone.policies = {0};
  alone.quantiles = {0.5, 0.9};
  const Comparison c = output::compare(input, alone);
  CHECK_FALSE(c.answer);
  const std::string text = text_of(c);
  CHECK_THAT(text, contains("50 %"));
  CHECK_THAT(text, contains("90 %"));
  CHECK_THAT(text, contains("nine futures in ten"));
  CHECK_THAT(text, !contains("vs "));
}

TEST_CASE("a base that a few customers decide gets no interval, and says how many futures one needs") {
  InventedGain gain{.within = 5e6, .beyond = 7e6, .spread = 1e6};
  gain.share_of_ten_largest = 0.4;
  const Comparison c = answered(gain);
  CHECK_THAT(said(c, "value"), contains("a few customers decide"));
  CHECK_THAT(without_line_ends(text_of(c)), contains("1,000"));
  gain.share_of_ten_largest = 0.2;
  CHECK_THAT(without_line_ends(text_of(answered(gain, 60, 1))), contains("covers about 9 in 10"));
  CHECK_THAT(text_of(answered(gain, 100, 1)), !contains("covers about 9 in 10"));
}

TEST_CASE("the table and the sentences show the same numbers, and both follow the struct") {
  for (const double within : {5e6, 12e6, -5e6}) {
    const Comparison c = answered({.within = within, .beyond = within, .spread = 2e6});
    const output::Statements& s = *c.kpis[0].arms[1].against;
    CHECK(s.average.mean == c.answer->headline.statements.average.mean);
    CHECK(s.average.half_width == c.answer->headline.statements.average.half_width);
    const std::string text = text_of(c);
    CHECK_THAT(text, contains(tools::chance_in_words(s.futures)));
    CHECK(widest_line(text) <= 80);
  }
}

TEST_CASE("JSON and CSV hold all digits of the struct") {
  const Comparison c = answered({.within = 5e6, .beyond = 7e6, .spread = 1e6, .levers = 1e6, .evenly = 2e6});
  const output::Statements& s = *c.kpis[0].arms[1].against;
  const Json json = Json::parse(json_of(c));
  CHECK(json["schema_version"] == 2);
  CHECK(json["headline"]["names_winner"] == true);
  CHECK(json["answer"][0]["about"] == "value");
  CHECK(json["answer"][0]["text"] == tools::sentences_of(c)[0].text);
  const Json& against = json["kpis"][0]["arms"][1]["against"];
  CHECK(json["kpis"][0]["arms"][0]["against"].is_null());
  CHECK(against["average"]["mean"].get<double>() == s.average.mean);
  CHECK(against["average"]["half_width"].get<double>() == s.average.half_width);
  CHECK(against["average"]["half_width_together"].get<double>() == s.half_width_together);
  CHECK(against["average"]["over"] == "draws");
  CHECK(against["one_future"]["low"].get<double>() == s.range.low);
  CHECK(against["chance_of_futures"]["share"].get<double>() == s.futures.share);
  CHECK(against["chance_of_draws"]["better"] == 100);
  CHECK(json["kpis"][0]["arms"][0]["levels"]["quantiles"][1]["p"] == 0.5);
  CHECK(json["spending"]["same_money_evenly"]["policy"] == "new, same for all");
  CHECK(json["payback_month"]["middle"] == 1);
  CHECK(json["not_varied"] == Json::array({"care.reach"}));

  const std::vector<std::string> lines = split(csv_of(c), '\n');
  const std::vector<std::string> names = split(lines[0], ','), values = split(lines[2], ',');
  REQUIRE(values.size() == names.size());
  const auto value = [&](const std::string& name) {
    return std::stod(values[static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin())]);
  };
  CHECK(value("average") == s.average.mean);
  CHECK(value("half_width_together") == s.half_width_together);
  CHECK(value("difference_high") == s.range.high);
  CHECK(value("better_futures_low") == s.futures.low);
  CHECK(value("futures") == 100);
}

TEST_CASE("CSV quotes names that hold commas and quotes, and no cell is a formula to a spreadsheet") {
  ComparisonInput input = invented_input({.within = 5e6, .beyond = 7e6, .spread = 1e6}, 20, 1);
  input.policies[1] = "new, \"bold\"";
  CHECK_THAT(csv_of(output::compare(input, everything_in(input))), contains(",\"new, \"\"bold\"\"\",today,"));
  for (const std::string name : {"=1+1", "+49 30", "-5 %", "@SUM(A1:A9)", "\tx", "\rx"}) {
    input.policies[1] = name;
    const std::string cell = name[0] == '\r' ? "\"'" + name + "\"" : "'" + name;
    CHECK_THAT(csv_of(output::compare(input, everything_in(input))), contains("," + cell + ",today,"));
  }
}

TEST_CASE("what Excel opens has no mark of a decimal, so that no country reads another number") {
  using tools::Csv;
  using tools::CsvForm;
  const auto cells = [](auto&& fill) {
    Csv csv(CsvForm::excel);
    fill(csv);
    const std::string file = csv.end_line().file();
    REQUIRE(file.substr(0, 2) == "\xFF\xFE");
    std::string low;
    for (std::size_t i = 2; i < file.size(); i += 2)
      if (file[i + 1] == '\0') low += file[i];
    return low;
  };
  CHECK(cells([](Csv& csv) { csv.number(-12.345).number(1234).number(0).count(7); }) == "-12345E-3\t1234\t0\t7\r\n");
  CHECK(cells([](Csv& csv) { csv.number(0.1).number(1e-9).number(2.5e20).number(-100); }) ==
        "1E-1\t1E-9\t250000000000000E6\t-100\r\n");
  CHECK(cells([](Csv& csv) { csv.number(1.0 / 3).number(std::nan("")).text("=1+1"); }) ==
        "333333333333333E-15\t\t'=1+1\r\n");
  CHECK(cells([](Csv& csv) { csv.text("a\tb\nc").text("x, \"y\""); }) == "a b c\t\"x, \"\"y\"\"\"\r\n");
  Csv wide(CsvForm::excel);
  CHECK(wide.text("\xC3\xA9\xF0\x9F\x98\x80\xFF").file() == std::string("\xFF\xFE\xE9\0\x3D\xD8\0\xDE\xFD\xFF", 10));
}

TEST_CASE("Markdown shows names as they are and the numbers of the terminal") {
  ComparisonInput input = invented_input({.within = 5e6, .beyond = 7e6, .spread = 1e6}, 100, 1);
  input.policies[1] = "a|b <i> *c*\nand a name that is longer than a table of a terminal has room for";
  const Comparison c = output::compare(input, everything_in(input));
  const std::string text = text_of(c, {.paper = tools::Paper::markdown});
  CHECK_THAT(text, contains("| a\\|b &lt;i&gt; \\*c\\*"));
  CHECK_THAT(text, contains("longer than a table of a terminal has room for |"));
  CHECK_THAT(text, !contains("<i>"));
  CHECK_THAT(text, !contains("\n\n\n"));
  std::size_t cells = 0;
  for (const std::string& line : split(text, '\n')) {
    if (!line.starts_with('|')) {
      cells = 0;
      continue;
    }
    std::size_t bars = 0;
    for (std::size_t i = 0; i < line.size(); ++i) bars += line[i] == '|' && (i == 0 || line[i - 1] != '\\') ? 1 : 0;
    CHECK((cells == 0 || cells == bars));
    cells = bars;
  }
  const std::string terminal = text_of(c);
  const std::size_t mean = terminal.find(" ± ");
  REQUIRE(mean != std::string::npos);
  CHECK_THAT(text, contains(terminal.substr(mean - 3, 9)));
  CHECK(tools::paragraph(tools::Paper::markdown, "3. is no list") == "3\\. is no list\n\n");
  CHECK(tools::paragraph(tools::Paper::markdown, "- nor this") == "\\- nor this\n\n");
}

TEST_CASE("names from a file cannot steer a terminal, and are whole in sentences") {
  ComparisonInput input = invented_input({.within = 5e6, .beyond = 7e6, .spread = 1e6}, 20, 1);
  input.policies[1] = "a policy whose name is longer than any table has room for\x1b[31m";
  const Comparison c = output::compare(input, everything_in(input));
  const std::string text = text_of(c);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK_THAT(said(c, "value"), contains("A policy whose name is longer than any table has room for"));
  CHECK(widest_line(text) <= 80);
}

TEST_CASE("names in a table are cut only as far as they stay apart") {
  const std::vector<std::string> cut =
      tools::cut_names({"scorecard, three tiers", "scorecard, four tiers", "today"}, 9);
  CHECK(cut[0] != cut[1]);
  CHECK(cut[2] == "today");
  CHECK(tools::cut_names({"one", "two"}, 10) == std::vector<std::string>{"one", "two"});
}

TEST_CASE("pairs that are left out, cells that are not simulated, and warnings are told") {
  ComparisonInput input = invented_input({.within = 5e6, .beyond = 7e6, .spread = 1e6}, 40, 1);
  input.cells_done = 30;
  input.warnings = {"nobody arrives: this base melts by about 17 % in the first year"};
  Comparison c = output::compare(input, everything_in(input));
  c.kpis[0].arms[1].against->missing = 3;
  c.kpis[0].arms[1].against->pairs = 37;
  const std::string text = without_line_ends(text_of(c));
  CHECK_THAT(text, contains("3 of 40 pairs are left out"));
  CHECK_THAT(text, contains("30 of 80 cells are simulated"));
  CHECK_THAT(text, contains("Warning: nobody arrives: this base melts"));
}

TEST_CASE("assumptions are counted in one line, and listed where they are asked for") {
  const Comparison c = answered({.within = 5e6, .beyond = 7e6, .spread = 1e6});
  CHECK_THAT(said(c, "basis"),
             contains("Not fitted to your books. 2 values are guessed or stated without a source, 1 of them varied: "
                      "compare --guesses."));
  CHECK_THAT(without_line_ends(text_of(c, {false, true})),
             contains("the reach of care (care.reach) = 2: how far care goes (guess, recalled; not varied)"));
}

TEST_CASE("a share is never rounded to certainty") {
  CHECK(tools::percent(0) == "0 %");
  CHECK(tools::percent(0.001) == "<1 %");
  CHECK(tools::percent(0.0051) == "1 %");
  CHECK(tools::percent(0.999) == ">99 %");
  CHECK(tools::percent(1) == "100 %");
  CHECK(tools::percent(std::numeric_limits<double>::quiet_NaN()) == "-");
}

TEST_CASE("years are years, and other lengths months") {
  CHECK(tools::months_in_words(36) == "three years");
  CHECK(tools::months_in_words(12) == "one year");
  CHECK(tools::months_in_words(18) == "18 months");
  CHECK(tools::months_in_words(1) == "1 month");
}

TEST_CASE("lines are wrapped between words, and a number keeps its percent sign") {
  CHECK(tools::wrapped("one two three", 7, 2) == "one two\n  three\n");
  CHECK(tools::wrapped("about 95 % sure", 8, 0) == "about\n95 %\nsure\n");
  CHECK(tools::wrapped("about (95 %) sure", 10, 0) == "about\n(95 %)\nsure\n");
  CHECK(tools::laid_out({{"a", "b", "c"}, {"aa", "é", "100"}}) == "a   b    c\naa  é  100\n");
}

}  // namespace clientele::tests
