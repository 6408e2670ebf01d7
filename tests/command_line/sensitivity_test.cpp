// A small firm whose profit is linear in what it believes: swings, turning values and combinations are known by hand.
#include "tools/clientele/sensitivity/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include <nlohmann/json.hpp>

#include "scenarios/hypercube.hpp"
#include "sim/behavior.hpp"
#include "tests/output/folder.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/one_tier.hpp"
#include "tools/clientele/compare/found.hpp"
#include "tools/clientele/sensitivity/turning.hpp"

namespace clientele::sim {
namespace {

using output::Futures;
using tools::BetEnds, tools::MovedNumber, tools::Sensitivity, tools::Swing;

struct GiftFields {
  float gift = 0, thanks = 0, price = 0, color = 0, off = 0;
  Law mood;
};

/// A customer who gets a gift brings 1,000 x gift x (thanks - price) a month; a color changes nothing.
class Gifts final : public Behavior {
 public:
  explicit Gifts(Wiring& w)
      : core_(w.core()),
        p_(w.parameters<GiftFields>()),
        gift_(w.lever("gift")),
        off_(w.setting("off")),
        mood_(w.own_trait_of_field("mood", "mood", Sight::latent)),
        luck_(w.birth_luck(addresses.of("mood"), 4)),
        gain_(w.own_passing<std::int32_t>("gain")),
        gain_metric_(w.metric("gain", MetricUnit::count, "gain")) {}
  void draw_traits(BlockMonth& m) const override { m.draw(mood_, m.parameters(p_).mood, luck_); }
  void live(BlockMonth& m) const {
    const GiftFields& p = m.parameters(p_);
    for (const Arm& arm : m.arms()) {
      const auto gift = arm[gift_];
      const auto status = arm[core_.status];
      for (std::size_t i = 0; i < gift.size(); ++i)
        arm[gain_][i] =
            when(status[i] == 1, static_cast<std::int32_t>(std::lround(1'000 * gift[i] * (p.thanks - p.price))));
      arm.count(gain_metric_, arm[gain_]);
    }
  }
  static constexpr AddressBook<1> addresses{{{{"mood", Per::birth, {"mood", "", "", ""}}}}, 229000};

 private:
  CoreColumns core_;
  Parameters<GiftFields> p_;
  Lever<float> gift_;
  Setting off_;
  Trait<float> mood_;
  BirthLuck luck_;
  Passing<std::int32_t> gain_;
  Metric gain_metric_;
};

Catalogue firm() {
  using F = GiftFields;
  Catalogue all;
  const auto gifts = all.behavior<Gifts>(
      "gifts",
      fields<F>({lever(field(&F::gift, "gift", "share", range(0, 1), 0, Kind::by_group, "what is given", guess()), {}),
                 called("what gifts bring", field(&F::thanks, "thanks", "1", range(0, 9), 2, Kind::by_group,
                                                  "what a gift brings", guess())),
                 field(&F::price, "price", "1", range(0, 9), 1, Kind::by_group, "what a gift costs", guess()),
                 field(&F::color, "color", "1", range(0, 9), 1, Kind::by_group, "of the paper", fiction("a vendor")),
                 setting(field(&F::off, "off", "1", range(0, 9), 3, Kind::fixed, "nobody bets on it", guess())),
                 field(&F::mood, "mood", "1", {gamma_law(range(0, 10), 1, 2), constant_law(range(0, 10), 1)},
                       Kind::trait, "of customers", guess())}));
  all.step("live", gifts, &Gifts::live);
  all.segmentation<OneTier>("everyone", FieldTable(), TierRule::one);
  KpiInfo gain;
  gain.name = "gain";
  gain.unit = "1";
  gain.numerator = {{"gain"}};
  all.kpi(gain);
  gain.name = "loss";
  gain.direction = Direction::lower_is_better;
  gain.factor = -1;
  all.kpi(gain);
  return all;
}

constexpr FieldRef gift{0, 0}, thanks{0, 1}, price{0, 2}, off{0, 4}, mood{0, 5};

/// 100 customers for 5 months: a difference of 500,000 x (thanks - price).
Study study_of(const Catalogue& catalogue) {
  Study study;
  study.title = "Gifts";
  study.digest = "d";
  study.seed = 11;
  study.horizon.months = 5;
  study.population.customers = 100;
  study.population.groups = {{"all", 1, {}}};
  for (const auto& table : catalogue.tables()) study.values.push_back(table.fields.standards());
  study.scenarios = {{"usual", {}}};
  study.policies = {{"nothing", 0, {}, {{"all", {}, {}, {}}}, 0},
                    {"little", 0, {}, {{"all", {}, {}, {{gift, 0.5}}}}, 0},
                    {"gifts", 0, {}, {{"all", {}, {}, {{gift, 1}}}}, 0}};
  study.headline = "gain";
  return study;
}

std::optional<BetEnds> bet_on(std::string_view path) {
  static const std::map<std::string_view, BetEnds> bets{{"gifts.thanks", {0.5, 4}},
                                                        {"gifts.price", {0.5, 1.5}},
                                                        {"gifts.color", {0, 2}},
                                                        {"gifts.mood.mean", {0.5, 2}},
                                                        {"gifts.gift", {0, 1}}};
  const auto found = bets.find(path);
  return found == bets.end() ? std::nullopt : std::optional(found->second);
}

/// In memory, as records do on a disk.
class Remembered final : public tools::KeptNumbers {
 public:
  std::optional<double> find(const Cell& cell, const output::PointDigest& point) const override {
    const auto found = numbers.find({point.hex(), cell});
    return found == numbers.end() ? std::nullopt : std::optional(found->second);
  }
  void keep(const Cell& cell, const output::PointDigest& point, double number) override {
    CHECK(numbers.emplace(std::pair(point.hex(), cell), number).second);
  }
  std::map<std::pair<std::string, Cell>, double> numbers;
};

tools::SensitivityPlan plan_of(const Study& study, const Catalogue& catalogue,
                               const tools::SensitivityQuestion& question = {}) {
  return tools::plan_of(study, catalogue, tools::movable_numbers(study, catalogue, bet_on), question);
}

Sensitivity asked(const Study& study, const tools::SensitivityQuestion& question = {}, unsigned threads = 1,
                  tools::KeptNumbers* kept = nullptr, std::size_t* simulated = nullptr) {
  const Catalogue catalogue = firm();
  const tools::SensitivityPlan plan = plan_of(study, catalogue, question);
  return tools::sensitivity_of(
      plan, catalogue,
      [&](const Plan& at_point, const std::vector<Cell>& cells, Sink& sink) {
        RunOptions options;
        options.threads = threads;
        if (simulated != nullptr) *simulated += cells.size();
        at_point.run(cells, sink, options);
      },
      [](const tools::PointsDone& stand) { CHECK((stand.done < stand.all && stand.simulated <= stand.done)); }, kept);
}

const Swing& swing_of(const Sensitivity& s, const std::string& path) {
  const auto found = std::ranges::find(s.swings, path, [](const Swing& swing) { return swing.number.path; });
  REQUIRE(found != s.swings.end());
  return *found;
}

const MovedNumber& number_of(const tools::Movable& all, const std::string& path) {
  const auto found = std::ranges::find(all.numbers, path, &MovedNumber::path);
  REQUIRE(found != all.numbers.end());
  return *found;
}

std::string in_one_line(const Sensitivity& s) {
  std::string text = tools::text_of(s);
  std::ranges::replace(text, '\n', ' ');
  return text;
}

Futures futures(std::vector<double> values) {
  Futures all{1, values.size(), People::redrawn, {}, false};
  all.values = std::move(values);
  return all;
}

using Catch::Contains;

}  // namespace

TEST_CASE(
    "where profit is linear, what a number changes is its slope times its range, and it turns at the known value") {
  const Catalogue catalogue = firm();
  const Sensitivity s = asked(study_of(catalogue));
  CHECK((s.policy == "gifts" && s.baseline == "nothing" && s.rivals == 2));
  CHECK(s.base.mean == Approx(500'000));
  REQUIRE(s.swings.size() == 4);
  CHECK(s.swings[0].number.path == "gifts.thanks");
  CHECK(s.swings[1].number.path == "gifts.price");
  CHECK(s.swings[0].at_low.mean == Approx(-250'000));
  CHECK(s.swings[0].at_high.mean == Approx(1'500'000));
  CHECK(s.swings[0].change.mean == Approx(500'000 * 3.5));
  CHECK(s.swings[1].change.mean == Approx(-500'000 * 1.0));
  REQUIRE(s.swings[0].turns.size() == 1);
  CHECK(s.swings[0].turns[0].value == Approx(1).margin(0.001));  // gains are whole
  CHECK(s.swings[0].turns[0].low == Approx(1).margin(0.01));
  CHECK(s.swings[0].turns[0].high == Approx(1).margin(0.01));
  CHECK(s.swings[0].turns[0].positive_above);
  CHECK(s.swings[1].turns.empty());
  CHECK(swing_of(s, "gifts.color").size() == 0);
  CHECK(swing_of(s, "gifts.mood.mean").size() == 0);
}

TEST_CASE("all at once it is better where thanks are above the price: 6 of 7 parts of their ranges") {
  const Catalogue catalogue = firm();
  const Sensitivity s = asked(study_of(catalogue));
  CHECK(s.all_at_once.combinations == 200);
  CHECK(std::abs(static_cast<double>(s.all_at_once.better) - 200.0 * 6 / 7) < 8);
  CHECK(s.all_at_once.clearly_better + s.all_at_once.clearly_worse == 200);
  CHECK((s.all_at_once.share.low < 6.0 / 7 && s.all_at_once.share.high > 6.0 / 7));
  REQUIRE(s.all_at_once.split);
  CHECK(s.swings[s.all_at_once.split->number].number.path == "gifts.thanks");
  CHECK(s.all_at_once.split->value == Approx(1.0).margin(0.3));
  CHECK(s.all_at_once.split->below + s.all_at_once.split->above == 200);
  CHECK(s.all_at_once.split->holding_below + s.all_at_once.split->holding_above == s.all_at_once.better);
}

TEST_CASE("lower may be better, and another policy may be asked for") {
  const Catalogue catalogue = firm();
  const Sensitivity s = asked(study_of(catalogue), {.scenario = "usual", .policy = "little", .kpi = "loss"});
  CHECK((s.policy == "little" && s.rivals == 1));
  CHECK(s.base.mean == Approx(-250'000));
  CHECK(s.is_better(s.base.mean));
  CHECK_THAT(in_one_line(s), Contains("little is better than nothing: loss -250.0 k"));
  CHECK_THAT(in_one_line(s), Contains("what gifts bring (gifts.thanks): better above "));
}

TEST_CASE("a number goes over the study's own law, a bet around the default, or one around what the study states") {
  const Catalogue catalogue = firm();
  Study study = study_of(catalogue);
  study.uncertain = {{price, 0, "gifts.price", {Family::uniform, {2, 4}}, {}}};
  study.values[0][thanks.field].numbers = {4};
  const tools::Movable all = tools::movable_numbers(study, catalogue, bet_on);
  const MovedNumber& law = number_of(all, "gifts.price");
  CHECK((law.uncertain && law.low == Approx(2.2) && law.high == Approx(3.8)));
  CHECK(law.stated == Approx(3));  // 1 lies outside of the law
  const MovedNumber& stated = number_of(all, "gifts.thanks");
  CHECK((stated.mark == "stated" && stated.low == Approx(1) && stated.high == Approx(8)));
  const MovedNumber& color = number_of(all, "gifts.color");
  CHECK((color.mark == "fiction" && color.low == 0 && color.high == 2));
  CHECK(all.left_as_stated == std::vector<std::string>{"gifts.off"});
}

TEST_CASE("bets stay legal, a number that the study switches off stays off, a constant's value is its law's mean") {
  const Catalogue catalogue = firm();
  Study study = study_of(catalogue);
  study.values[0][thanks.field].numbers = {8};
  study.values[0][price.field].numbers = {0};
  study.values[0][mood.field] = {1, {3}};
  const tools::Movable all = tools::movable_numbers(study, catalogue, bet_on);
  CHECK(number_of(all, "gifts.thanks").high == 9);
  CHECK(std::ranges::find(all.left_as_stated, "gifts.price") != all.left_as_stated.end());
  const MovedNumber& value = number_of(all, "gifts.mood.value");
  CHECK((value.low == Approx(1.5) && value.high == Approx(6)));
}

TEST_CASE("a group's own number goes along with everybody's, and within its range") {
  const Catalogue catalogue = firm();
  Study study = study_of(catalogue);
  study.population.groups = {{"some", 0.5, {}}, {"others", 0.5, {{thanks, {0, {6}}}}}};
  const auto numbers = tools::movable_numbers(study, catalogue, bet_on).numbers;
  std::vector<double> values;
  for (const MovedNumber& number : numbers) values.push_back(number.stated);
  values[0] = 1;
  const auto own = [&] {
    return tools::with_values(study, catalogue, numbers, values).population.groups[1].overrides[0].value.numbers[0];
  };
  CHECK(own() == Approx(3));
  values[0] = 4;
  CHECK(own() == Approx(9));  // not 12
  study.uncertain = {{thanks, 0, "population.group.others.gifts.thanks", {Family::uniform, {5, 7}}, 1U}};
  const auto with_law = tools::movable_numbers(study, catalogue, bet_on).numbers;
  CHECK(with_law[1].group == 1U);
  CHECK(with_law[1].stated == 6);
}

TEST_CASE("quantiles of laws") {
  CHECK(tools::quantile_of({Family::normal, {5, 2}}, 0.9) == Approx(5 + 2 * 1.281552));
  CHECK(tools::quantile_of({Family::lognormal, {2, 0.5F}}, 0.5) == Approx(2 * std::exp(-0.125)));
  CHECK(tools::quantile_of({Family::beta, {0.5F, 1}}, 0.1) == Approx(0.1));
}

TEST_CASE("a turn's interval ends where the difference is clear, or not at all") {
  // Futures 1 and 2 turn at 4 and 6; with two futures t is 12.7, so that doubt reaches far.
  const tools::Course near{{0, 5, 10}, {futures({-4, -6}), futures({1, -1}), futures({6, 4})}};
  const auto doubtful = tools::turns_of(near);
  REQUIRE(doubtful.size() == 1);
  CHECK(doubtful[0].value == Approx(5).margin(0.01));
  CHECK((std::isinf(doubtful[0].low) && std::isinf(doubtful[0].high)));
  std::vector<double> at_0, at_10;
  for (const double noise : {-1.0, -0.5, 0.0, 0.5, 1.0}) {
    at_0.push_back(-5 + noise);
    at_10.push_back(5 + noise);
  }
  const auto turns = tools::turns_of({{0, 10}, {futures(at_0), futures(at_10)}});
  REQUIRE(turns.size() == 1);
  // Half width: t(4) = 2.776 times 0.7906 / sqrt(5), by a slope of 1.
  CHECK(turns[0].low == Approx(5 - 0.98).margin(0.11));
  CHECK(turns[0].high == Approx(5 + 0.98).margin(0.11));
  CHECK(tools::turns_of({{0, 5, 10}, {futures({-1, -1}), futures({1, 1}), futures({-1, -1})}}).size() == 2);
  CHECK(tools::turns_of({{0, 10}, {futures({0, 0}), futures({1, 1})}}).empty());
}

TEST_CASE("combinations meet every part of a range once, whatever other numbers there are") {
  std::vector<double> values = scenarios::spread_evenly("a.b", 2, 6, 40, 7);
  CHECK(values == scenarios::spread_evenly("a.b", 2, 6, 40, 7));
  CHECK(values != scenarios::spread_evenly("a.c", 2, 6, 40, 7));
  CHECK(values != scenarios::spread_evenly("a.b", 2, 6, 40, 8));
  CHECK_FALSE(std::ranges::is_sorted(values));
  std::ranges::sort(values);
  for (std::size_t part = 0; part < 40; ++part) {
    CHECK(values[part] > 2 + 0.1 * static_cast<double>(part));
    CHECK(values[part] < 2 + 0.1 * static_cast<double>(part + 1));
  }
}

TEST_CASE("a split is found where a number tells, and none where chance is as good") {
  const std::vector<std::vector<double>> values{scenarios::spread_evenly("x", 0, 1, 100, 1),
                                                scenarios::spread_evenly("y", 0, 1, 100, 1)};
  std::vector<bool> by_y, by_nobody;
  const auto coin = scenarios::spread_evenly("coin", 0, 1, 100, 1);
  for (std::size_t c = 0; c < 100; ++c) {
    by_y.push_back(values[1][c] > 0.3);
    by_nobody.push_back(coin[c] > 0.5);
  }
  const auto split = tools::best_split(values, by_y, 1);
  REQUIRE(split);
  CHECK((split->number == 1 && split->below == 30 && split->holding_below == 0));
  CHECK((split->above == 70 && split->holding_above == 70));
  CHECK(split->value == Approx(0.3).margin(0.01));
  CHECK_FALSE(tools::best_split(values, by_nobody, 1));
  CHECK_FALSE(tools::best_split(values, std::vector<bool>(100, true), 1));
}

TEST_CASE("a large base is cut to what a point may cost, and sums are those of the whole; amounts of a firm stay") {
  const Catalogue catalogue = firm();
  Study study = study_of(catalogue);
  study.population.customers = 1'000'000;
  const Sensitivity cut = plan_of(study, catalogue).begun;
  CHECK((cut.customers == 62'500 && cut.replications == 8 && cut.customers_of_study == 1'000'000));
  const Sensitivity few = asked(study, {.customers = 1'000, .replications = 5});
  CHECK((few.customers == 1'000 && few.replications == 5 && few.base.mean == Approx(5'000'000'000.0)));
  CHECK_THAT(in_one_line(few), Contains("1,000 customers in 5 futures"));
  CHECK_THAT(in_one_line(few), Contains("amounts are those of 1,000,000 customers, in proportion"));
  study.population.customers = 100'000;
  study.policies[1].settings = {{off, 4}};
  const Sensitivity whole = plan_of(study, catalogue).begun;
  CHECK((whole.customers == 100'000 && whole.replications == 5 && whole.scale == 1));
}

TEST_CASE("one object for programs, sentences and a table of 80 columns for people, and the same for any threads") {
  const Catalogue catalogue = firm();
  const Sensitivity s = asked(study_of(catalogue));
  const std::string text = tools::text_of(s), json = tools::json_of(s, "m");
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 82);  // "±" has two bytes
  CHECK_THAT(in_one_line(s), Contains("As stated, in usual, gifts (of 2 the best on average) is better than nothing"));
  CHECK_THAT(in_one_line(s),
             Contains("1 turns which side is better on average, and no other does so at an end of its range:"));
  CHECK_THAT(in_one_line(s), Contains("2 have no effect on it at all."));
  CHECK_THAT(in_one_line(s), Contains("Not moved, beside what policies do: gifts.off."));
  const auto told = nlohmann::json::parse(json);
  CHECK((told["schema_version"] == 1 && told["what"] == "sensitivity" && told["model_version"] == "m"));
  CHECK((told["study_digest"] == "d" && told["seed"] == 11 && told["replications"] == 200 && told["customers"] == 100));
  CHECK(told["base"]["mean"].get<double>() == Approx(500'000));
  CHECK(told["numbers"][0]["path"] == "gifts.thanks");
  CHECK(told["numbers"][0]["turns"][0]["value"].get<double>() == Approx(1).margin(0.001));
  CHECK(told["all_at_once"]["split"]["path"] == "gifts.thanks");
  CHECK(tools::json_of(asked(study_of(catalogue), {}, 2), "m") == json);
}

TEST_CASE("what a study has not is told, with what may have been meant") {
  const Catalogue catalogue = firm();
  const Study study = study_of(catalogue);
  CHECK_THROWS_WITH(asked(study, {.policy = "gfits"}), Contains("Did you mean \"gifts\"?"));
  CHECK_THROWS_WITH(asked(study, {.scenario = "wet"}), Contains("the study has no scenario \"wet\""));
  CHECK_THROWS_WITH(asked(study, {.kpi = "gian"}), Contains("Did you mean \"gain\"?"));
  CHECK_THROWS_WITH(asked(study, {.policy = "nothing"}), Contains("--policy nothing is the baseline"));
  CHECK_THROWS_WITH(asked(study, {.replications = 1}), Contains("one replication tells no simulation error"));
  Study alone = study;
  alone.policies.resize(1);
  CHECK_THROWS_WITH(asked(alone), Contains("one policy only"));
}

TEST_CASE("what was kept is not simulated again, cell by cell, and the answer is the same") {
  const Study study = study_of(firm());
  Remembered kept;
  std::size_t first = 0, second = 0, third = 0;
  const std::string whole = tools::json_of(asked(study, {}, 1, &kept, &first), "m");
  CHECK(first == kept.numbers.size());
  CHECK(tools::json_of(asked(study, {}, 1, &kept, &second), "m") == whole);
  CHECK(second == 0);
  const std::size_t all = kept.numbers.size();
  std::erase_if(kept.numbers, [](const auto& one) { return one.first.second.replication % 3 == 1; });
  CHECK(tools::json_of(asked(study, {}, 1, &kept, &third), "m") == whole);
  CHECK((third > 0 && third < all && kept.numbers.size() == all));
}

TEST_CASE("an answer that was written is read back to the bit, and belongs to its question alone") {
  const Catalogue catalogue = firm();
  const Study study = study_of(catalogue);
  const Sensitivity s = asked(study);
  const tests::Folder folder;
  std::ofstream(folder / "s.json") << tools::json_of(s, "m");
  const Sensitivity back = tools::read_sensitivity(folder / "s.json");
  CHECK(tools::json_of(back, "m") == tools::json_of(s, "m"));
  CHECK(tools::text_of(back) == tools::text_of(s));
  CHECK(why_not_of(plan_of(study, catalogue), "m", back).empty());
  CHECK_THAT(why_not_of(plan_of(study, catalogue), "n", back), Contains("by model m, now n"));
  CHECK_THAT(why_not_of(plan_of(study, catalogue, {.kpi = "loss"}), "m", back), Contains("of KPI \"gain\""));
  CHECK_THAT(why_not_of(plan_of(study, catalogue, {.policy = "gifts"}), "m", back), Contains("the best of all"));
  CHECK_THAT(why_not_of(plan_of(study, catalogue, {.replications = 9}), "m", back), Contains("futures"));
  Study other = study;
  other.digest = "e";
  CHECK_THAT(why_not_of(plan_of(other, catalogue), "m", back), Contains("another study"));
  other = study;
  other.values[price.table][price.field].numbers[0] = 1.25F;
  CHECK_THAT(why_not_of(plan_of(other, catalogue), "m", back), Contains("over other ranges"));
  std::ofstream(folder / "s.json") << "{}";
  CHECK_THROWS_WITH(tools::read_sensitivity(folder / "s.json"),
                    Contains("is not what clientele sensitivity -o writes"));
}

TEST_CASE("what was found is told in the sentences of an answer, in each language with the same numbers") {
  const Sensitivity s = asked(study_of(firm()));
  const auto told = tools::sentences_of(s, "s.json");
  REQUIRE(told.size() == 5);
  for (const tools::Sentence& sentence : told) CHECK(sentence.about == "guesses");
  CHECK(
      told[0].text ==
      "Of 4 numbers that nobody knows, each moved alone over what one would bet, 1 turn gain of gifts against nothing "
      "in usual.");
  CHECK_THAT(told[1].text, Contains("gifts is better where what gifts bring (gifts.thanks) is above 1.0"));
  CHECK_THAT(told[1].text, Contains("stated 2.0"));
  const std::string better = std::to_string(s.all_at_once.better);
  CHECK(told[2].text == "All moved at once, gifts is better in " + better + " of 200 combinations.");
  CHECK_THAT(told[3].text, Contains("What parts these best is what gifts bring (gifts.thanks): better in "));
  CHECK(told[4].text == "This is from s.json.");
  const auto spanish = tools::sentences_of(s, "s.json", tools::Language::spanish);
  const auto chinese = tools::sentences_of(s, "s.json", tools::Language::chinese);
  CHECK_THAT(spanish.at(2).text, Contains("en " + better + " de 200 combinaciones"));
  CHECK_THAT(chinese.at(2).text, Contains(better + " 种"));
  const Sensitivity gives = asked(study_of(firm()), {.policy = "little", .kpi = "loss"});
  CHECK_THAT(tools::sentences_of(gives, "s.json").at(1).text, Contains("is above 0.999"));
}

TEST_CASE("a point is its values by path, and one that is as stated leaves a cell its key") {
  using output::PointDigest;
  const output::CellKey cell{{1, 2}};
  CHECK(key_of(cell, PointDigest()) == cell);
  CHECK(key_of(cell, PointDigest(std::map<std::string, double>{})) == cell);
  const PointDigest point({{"a.b", 1}, {"c.d", 2}});
  CHECK(key_of(cell, point) == key_of(cell, PointDigest({{"c.d", 2}, {"a.b", 1}})));
  for (const auto& other :
       {std::map<std::string, double>{{"a.b", 1}}, {{"a.b", 2}, {"c.d", 1}}, {{"a.b", 1}, {"c.e", 2}}})
    CHECK(key_of(cell, point) != key_of(cell, PointDigest(other)));
  CHECK(key_of(cell, point) != key_of(output::CellKey{{2, 1}}, point));
  CHECK(key_of(cell, point) != cell);
}

}  // namespace clientele::sim
