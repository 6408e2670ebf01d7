// Each thing that can be wrong with a study is planted in a small catalogue, and found by its name; nothing else is.
#include <algorithm>
#include <sstream>

#include <nlohmann/json.hpp>

#include "sim/roll_out.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/one_tier.hpp"
#include "tests/support/toys.hpp"
#include "tools/clientele/doctor/diagnosis.hpp"
#include "tools/clientele/doctor/trial.hpp"

namespace clientele::sim {
namespace {

using tools::Diagnosis, tools::Verdict;

enum class Fault { none, no_effect, no_cost, wrong_sign, idle_rain, seen_through, by_number, by_name, lost };
/// What the behavior and the segmentation below do wrong. Set before a run only.
Fault planted = Fault::none;

struct GiftFields {
  float gift = 0;
};

/// A gift costs, brings joy and spares grief; rain brings joy as well. One unit a month is held for everybody.
class Giving final : public Behavior {
 public:
  explicit Giving(Wiring& w)
      : core_(w.core()),
        gift_(w.lever("gift")),
        rain_(w.driver("rain")),
        luck_(w.month_luck(toy_addresses.of("toy count"))),
        grief_luck_(w.month_luck(toy_addresses.of("toy leaving"))),
        spent_(w.own_state<std::int32_t>("spent", Sight::observed)),
        mood_(w.own_state<float>("mood", Sight::latent)),
        held_(w.own_state<std::int32_t>("held", Sight::latent)),
        one_(w.own_passing<std::int32_t>("one")),
        cost_(w.own_passing<std::int32_t>("cost of gifts")),
        joy_(w.own_passing<std::int32_t>("joy of the month")),
        grief_(w.own_passing<std::int32_t>("grief of the month")),
        cost_metric_(w.metric("gift_cost", MetricUnit::count, "what gifts cost")),
        joy_metric_(w.metric("joy", MetricUnit::count, "joy")),
        grief_metric_(w.metric("grief", MetricUnit::count, "grief")),
        held_metric_(w.metric("held", MetricUnit::count, "held")),
        added_(w.metric("added", MetricUnit::count, "added to what is held")) {
    w.ledger({.balance = "held", .adds = {"added"}, .takes = {}, .goes = {}}, held_);
    mood = mood_;
  }

  void live(BlockMonth& m) const {
    const auto words = m.variates().words(luck_), grief_words = m.variates().words(grief_luck_);
    for (const Arm& arm : m.arms()) {
      const auto gift = arm[gift_];
      const auto standing = arm[core_.standing];
      const float rain = planted == Fault::idle_rain ? 1.F : arm.driver(rain_);
      const float more = planted == Fault::by_number && arm.policy() >= 2 ? 0.01F : 0.F;
      for (std::size_t i = 0; i < gift.size(); ++i) {
        const float given = planted == Fault::no_effect ? 0.F : gift[i];
        const float u = uniform(words[i]);
        arm[one_][i] = 1;
        arm[cost_][i] = planted == Fault::no_cost ? 0 : static_cast<std::int32_t>(1'000 * given);
        arm[joy_][i] = u < 0.1F * rain + (planted == Fault::wrong_sign ? -0.1F : 0.5F) * given + more ? 1 : 0;
        arm[grief_][i] = uniform(grief_words[i]) < 0.5F - 0.4F * given ? 1 : 0;
        arm[spent_][i] += arm[joy_][i];
        arm[mood_][i] = u;
        if (standing[i] >= 0) arm[held_][i] += planted == Fault::lost && m.month() == 5 ? 2 : 1;
      }
      arm.count({{cost_metric_, arm[cost_]},
                 {joy_metric_, arm[joy_]},
                 {grief_metric_, arm[grief_]},
                 {added_, arm[one_]},
                 {held_metric_, arm[held_]}});
    }
  }

  /// For who goes by the back door.
  static inline State<float> mood;

 private:
  CoreColumns core_;
  Lever<float> gift_;
  Driver rain_;
  MonthLuck luck_, grief_luck_;
  State<std::int32_t> spent_;
  State<float> mood_;
  State<std::int32_t> held_;
  Passing<std::int32_t> one_, cost_, joy_, grief_;
  Metric cost_metric_, joy_metric_, grief_metric_, held_metric_, added_;
};

/// Two tiers: by what was spent, as a firm sees it.
class Halves final : public Segmentation {
 public:
  Halves(const SegmentationSpec& spec, Observed& observed)
      : spent_(observed.state<std::int32_t>("spent")), is_today_(spec.policy->name == "today") {}
  bool due(int month) const override { return month % 3 == 0; }
  void assign(BlockMonth&, const Arm& arm, const Decision&, std::span<std::int32_t> tier) const override {
    const std::int32_t least = planted == Fault::by_name && !is_today_ ? 3 : 2;
    for (std::size_t i = 0; i < tier.size(); ++i)
      tier[i] = (planted == Fault::seen_through ? arm[Giving::mood][i] > 0.5F : arm[spent_][i] >= least) ? 0 : 1;
  }

 private:
  State<const std::int32_t> spent_;
  bool is_today_;
};

const LeverSides both_sides{
    .cost = "a price", .benefit = "joy instead of grief", .paid_in = {"gift_cost"}, .helps = {"joy", "-grief"}};

Catalogue gifts(FieldInfo gift) {
  Catalogue all;
  const auto giving = all.behavior<Giving>(
      "giving", fields<GiftFields>({std::move(gift)}),
      {{"rain", DriverKind::factor, "1", "brings joy"}, {"snow", DriverKind::shift, "1", "nothing"}});
  all.review();
  all.step("live", giving, &Giving::live);
  all.segmentation<OneTier>("everyone", FieldTable(), TierRule::one);
  all.segmentation<Halves>("halves", FieldTable(), TierRule::share);
  return all;
}

Catalogue gifts(const LeverSides& sides = both_sides) {
  return gifts(lever(
      field(&GiftFields::gift, "gift", "share", range(0, 1), 0, Kind::by_group, "what is given", guess()), sides));
}

/// 1,500 customers, of whom 1,000 are looked at; the policies reach everybody at once.
Study study_of(const Catalogue& catalogue) {
  Study study;
  study.title = "Gifts";
  study.seed = 11;
  study.horizon.months = 30;
  study.horizon.warmup = 2;
  study.population.customers = 1'500;
  study.population.groups = {{"all", 1, {}}};
  for (const auto& table : catalogue.tables()) study.values.push_back(table.fields.standards());
  study.scenarios = {{"usual", {}}, {"wet", {{0, 1.5, 3, 4, 1, {}}}}};
  const FieldRef gift{0, 0};
  study.policies = {{"today", 0, {}, {{"all", {}, {}, {{gift, 0.2}}}}, 0},
                    {"upper half", 1, {}, {{"upper", 0.5, {}, {{gift, 0.4}}}, {"lower", {}, {}, {}}}, 1}};
  study.replications = 3;
  return study;
}

Diagnosis diagnosis_of(const Study& study, const Catalogue& catalogue, Fault fault = Fault::none) {
  planted = fault;
  const auto simulate = [](const Plan& plan, const std::vector<Cell>& cells, Sink& sink, LatentInReviews latent) {
    RunOptions options;
    options.threads = 1;
    options.latent_in_reviews = latent;
    plan.run(cells, sink, options);
  };
  Diagnosis diagnosis = tools::diagnose(study, catalogue, simulate);
  planted = Fault::none;
  return diagnosis;
}

Diagnosis diagnosis_of(Fault fault, const LeverSides& sides = both_sides) {
  const Catalogue catalogue = gifts(sides);
  return diagnosis_of(study_of(catalogue), catalogue, fault);
}

/// The one thing that is wrong.
std::string fault_of(const Diagnosis& diagnosis) {
  const auto faults = tools::faults_of(diagnosis);
  return faults.size() == 1 ? faults.front() : std::to_string(faults.size()) + " faults";
}

/// Without the ends of its lines.
std::string in_one_line(const Diagnosis& diagnosis) {
  std::string text = tools::text_of(diagnosis);
  std::ranges::replace(text, '\n', ' ');
  return text;
}

using Catch::Contains;

}  // namespace

TEST_CASE("nothing is wrong with a study whose parts all work, and it is said what was looked at") {
  const Diagnosis d = diagnosis_of(Fault::none);
  CHECK(tools::faults_of(d) == std::vector<std::string>{});
  CHECK(d.customers == 1'000);
  CHECK(d.futures == 8);
  CHECK((d.months == 24 && d.warmup == 2));
  REQUIRE(d.levers.size() == 1);
  CHECK(d.levers.at(0).path == "giving.gift");
  CHECK(d.levers.at(0).policy == "today");
  CHECK(d.levers.at(0).verdict == Verdict::works);
  CHECK(d.levers.at(0).from == std::vector<double>{0.2});
  CHECK(d.levers.at(0).to == std::vector<double>{0.6});
  REQUIRE(d.levers[0].declared.size() == 3);
  CHECK(d.levers.at(0).declared[0].is_cost);
  // Everybody pays 600 instead of 200 in each month, in every future alike; joy has a chance of .4 instead of .2.
  CHECK(d.levers.at(0).declared[0].movement.change == Approx(2));
  CHECK(d.levers.at(0).declared[0].movement.z > 1e9);
  CHECK(d.levers.at(0).declared[1].movement.change == Approx(1).epsilon(0.05));
  CHECK(d.levers.at(0).declared[2].movement.change == Approx(-0.16 / 0.42).epsilon(0.05));
  REQUIRE(d.drivers.size() == 1);
  CHECK((d.drivers[0].name == "rain" && d.drivers[0].scenario == "wet" && d.drivers[0].size == 1.5));
  CHECK(d.drivers[0].largest->metric == "joy");
  CHECK(d.idle_drivers == std::vector<std::string>{"snow"});
  CHECK(d.placebo_cells == 3 * 8);
  CHECK(d.ledgers == std::vector<std::string>{"customers", "held"});
  CHECK(d.reviewed == std::vector<std::string>{"upper half"});
}

TEST_CASE("a lever that changes nothing is dead") {
  const Diagnosis d = diagnosis_of(Fault::no_effect);
  CHECK(d.levers.at(0).verdict == Verdict::dead);
  CHECK(fault_of(d) == "giving.gift (of today) is dead: from 0.2 it goes to 0.6, and no number of any future changes.");
}

TEST_CASE("a lever that only gains is one-sided, whether it says so or not") {
  const Diagnosis hidden = diagnosis_of(Fault::no_cost);
  CHECK(hidden.levers[0].verdict == Verdict::one_sided);
  CHECK(fault_of(hidden) ==
        "giving.gift (of today) is one-sided: it shows nothing of what it costs: gift_cost must rise (change 0, z 0).");
  const LeverSides gains{.benefit = "joy", .helps = {"joy"}};
  CHECK(diagnosis_of(Fault::none, gains).levers[0].verdict == Verdict::one_sided);
  CHECK(fault_of(diagnosis_of(Fault::none, gains)) ==
        "giving.gift (of today) is one-sided: it names no metric of what it costs.");
  const LeverSides costs{.cost = "a price", .paid_in = {"gift_cost"}};
  CHECK(fault_of(diagnosis_of(Fault::none, costs)) ==
        "giving.gift (of today) is one-sided: it names no metric of what it buys.");
}

TEST_CASE("a lever whose cost is that something moves against the firm has two sides") {
  const LeverSides hurting{
      .cost = "less grief, which we sell", .benefit = "joy", .hurts = {"-grief"}, .helps = {"joy"}};
  CHECK(diagnosis_of(Fault::none, hurting).levers[0].verdict == Verdict::works);
  const LeverSides wrongly{.cost = "more grief", .benefit = "joy", .hurts = {"grief"}, .helps = {"joy"}};
  CHECK(diagnosis_of(Fault::none, wrongly).levers[0].verdict == Verdict::wrong_signed);
}

TEST_CASE("a lever that moves a metric the other way than it says has a wrong sign") {
  const Diagnosis d = diagnosis_of(Fault::wrong_sign);
  CHECK(d.levers.at(0).verdict == Verdict::wrong_signed);
  CHECK_THAT(fault_of(d), Contains("giving.gift (of today) has a wrong sign: joy must rise (change -"));
}

TEST_CASE("a metric that a lever names and does not move is told, though others show") {
  const LeverSides more{.cost = "a price", .benefit = "joy", .paid_in = {"gift_cost"}, .helps = {"joy", "held"}};
  const Diagnosis d = diagnosis_of(Fault::none, more);
  CHECK(d.levers.at(0).verdict == Verdict::in_part);
  CHECK(fault_of(d) == "giving.gift (of today) works in part: held must rise (change 0, z 0).");
}

TEST_CASE("a driver that a scenario moves and that changes nothing is dead") {
  const Diagnosis d = diagnosis_of(Fault::idle_rain);
  CHECK(fault_of(d) == "Driver rain is dead: x 1.5 from month 0 on changes no number under any policy.");
}

TEST_CASE("tiers that follow what a firm cannot see are found out") {
  const Diagnosis d = diagnosis_of(Fault::seen_through);
  CHECK(d.leaking == std::vector<std::string>{"upper half"});
  CHECK_THAT(fault_of(d), Contains("Tiers of upper half follow what a firm cannot see"));
}

TEST_CASE("what goes by a policy's number or name differs under another name") {
  CHECK(diagnosis_of(Fault::by_number).placebo_metrics == std::vector<std::string>{"joy"});
  const Catalogue catalogue = gifts();
  Study study = study_of(catalogue);
  study.policies.front() = study.policies.back();
  study.policies.front().name = "today";
  CHECK(diagnosis_of(study, catalogue).placebo_metrics.empty());
  const Diagnosis d = diagnosis_of(study, catalogue, Fault::by_name);
  CHECK_THAT(fault_of(d), Contains("Something goes by a policy's name or number: today under another name differs in"));
}

TEST_CASE("a ledger that does not balance is a finding") {
  const Diagnosis d = diagnosis_of(Fault::lost);
  CHECK_THAT(fault_of(d), Contains("The ledger of held does not balance in scenario 0"));
  CHECK_THAT(tools::text_of(d), Contains("wrong: a run of this study stops here"));
  CHECK_FALSE(nlohmann::json::parse(tools::json_of(d))["ledgers"]["hold"].get<bool>());
}

TEST_CASE("a lever goes half of the way to where it is no longer plausible, money by the most that is granted") {
  const FieldInfo share = field(&GiftFields::gift, "gift", "1", range(0, 0.9, 0, 0.3), 0, Kind::fixed, "", guess());
  CHECK(tools::raised(0.1, share, 0.1) == Approx(0.2));
  CHECK_FALSE(tools::raised(0.3, share, 0.3));
  CHECK(tools::lowered(0.3, share) == Approx(0.15));
  CHECK_FALSE(tools::lowered(0, share));
  const FieldInfo sum = money(field(&GiftFields::gift, "gift", "money", range(0, 10), 0, Kind::fixed, "", guess()));
  CHECK(tools::raised(20, sum, 100) == 120);
  CHECK_FALSE(tools::raised(0, sum, 0));
  FieldInfo days = share;
  days.whole = true;
  days.range = range(0, 60);
  CHECK(tools::raised(59, days, 59) == 60);
  CHECK(tools::lowered(1, days) == 0);
}

TEST_CASE("a lever that is at its end already is lowered, and must show the reverse") {
  const Catalogue catalogue = gifts();
  Study study = study_of(catalogue);
  for (Policy& policy : study.policies)
    for (Tier& tier : policy.tiers) tier.levers = {{{0, 0}, 1}};
  const Diagnosis d = diagnosis_of(study, catalogue);
  CHECK(d.levers.at(0).to == std::vector<double>{0.5});
  CHECK_FALSE(d.levers[0].declared[0].must_rise);
  CHECK(d.levers.at(0).verdict == Verdict::works);
}

TEST_CASE("a lever that is 0 for all is not tried where nothing says how far is far, and nothing else is made up") {
  FieldInfo sum =
      lever(money(field(&GiftFields::gift, "gift", "money", range(0, 10), 0, Kind::by_group, "", guess())), both_sides);
  const Catalogue catalogue = gifts(sum);
  Study study = study_of(catalogue);
  study.scenarios.pop_back();
  study.policies.pop_back();
  study.policies[0].tiers[0].levers[0].value = 0;
  const Diagnosis d = diagnosis_of(study, catalogue);
  CHECK(d.levers.at(0).verdict == Verdict::untried);
  CHECK(tools::faults_of(d).empty());
  for (const char* text :
       {"1 lever in use, 0 tried. Not tried: giving.gift (0 for all", "No scenario moves a driver. Not judged",
        "No policy tells customers apart.", "well: 0 levers, 0 drivers"})
    CHECK_THAT(in_one_line(d), Contains(text));
  study.policies[0].tiers[0].levers.clear();
  CHECK_THAT(tools::text_of(diagnosis_of(study, catalogue)), Contains("No lever is in use."));
}

TEST_CASE("a lever that the study states for everybody is in use, one that nobody moves is not") {
  const Catalogue catalogue = gifts();
  Study study = study_of(catalogue);
  for (Policy& policy : study.policies)
    for (Tier& tier : policy.tiers) tier.levers.clear();
  CHECK(diagnosis_of(study, catalogue).levers.empty());
  study.population.groups = {{"some", 0.5, {}}, {"others", 0.5, {{{0, 0}, {0, {0.2}}}}}};
  const Diagnosis d = diagnosis_of(study, catalogue);
  REQUIRE(d.levers.size() == 1);
  CHECK(d.levers.at(0).from == std::vector<double>{0.2});
  CHECK(d.levers.at(0).verdict == Verdict::works);
}

TEST_CASE("a policy that rolls out late is moved as if it reached everybody at once") {
  const Catalogue catalogue = gifts();
  Study study = study_of(catalogue);
  study.policies[0].tiers[0].levers.clear();
  study.policies[1].rollout = {{29}};
  add_tiers_before(study);
  const Diagnosis d = diagnosis_of(study, catalogue);
  CHECK(d.levers.at(0).policy == "upper half");
  CHECK(d.levers.at(0).from == std::vector<double>{0.4, 0});
  CHECK(d.levers.at(0).verdict == Verdict::works);
}

TEST_CASE("a short study of few customers is looked at in as many as any other, a short file in more futures") {
  const Catalogue catalogue = gifts();
  Study study = study_of(catalogue);
  study.population.customers = 20;
  study.population.groups[0].arrivals = 2;
  study.horizon.months = 3;
  const tools::Trial invented = tools::trial_of(study, catalogue);
  CHECK(invented.study.population.customers == 1'000);
  CHECK(invented.study.population.groups[0].arrivals == 100);
  CHECK((invented.study.horizon.months == 24 && invented.study.replications == 8));
  CHECK_THAT(in_one_line(diagnosis_of(study, catalogue)), Contains("1,000 customers instead of 20 in 8 futures;"));
  CustomerFile file{"accounts.csv", "", {}, {}, {}};
  for (std::uint64_t id = 0; id < 300; ++id) {
    file.ids.push_back(id + 1);
    file.groups.push_back(0);
  }
  study.population.customers = 300;
  study.population.file = file;
  const Diagnosis d = diagnosis_of(study, catalogue);
  CHECK((d.customers == 300 && d.futures == 32));
  CHECK(tools::faults_of(d).empty());
  study.population.file->ids.resize(1'200, 7);
  study.population.file->groups.resize(1'200);
  study.population.customers = 1'200;
  const tools::Trial cut = tools::trial_of(study, catalogue);
  CHECK((cut.study.population.file->ids.size() == 1'000 && cut.study.replications == 8));
}

TEST_CASE("where parameters are drawn each future is another draw") {
  const Catalogue catalogue = gifts();
  Study study = study_of(catalogue);
  study.draws = 20;
  study.replications = 1;
  study.uncertain = {{{0, 0}, 0, "giving.gift", {Family::uniform, {0, 0.1F}}}};
  const tools::Trial trial = tools::trial_of(study, catalogue);
  CHECK((trial.study.draws == 8 && trial.study.replications == 2));
  CHECK(tools::faults_of(diagnosis_of(study, catalogue)).empty());
}

TEST_CASE("a diagnosis is sentences and tables of 80 columns and one line behind them, or one object") {
  const Diagnosis well = diagnosis_of(Fault::none), ill = diagnosis_of(Fault::wrong_sign);
  for (const Diagnosis* d : {&well, &ill}) {
    std::istringstream text(tools::text_of(*d));
    for (std::string line; std::getline(text, line);) CHECK(line.size() <= 80);
  }
  CHECK_THAT(tools::text_of(well),
             Contains("\nwell: 1 lever, 1 driver, the baseline's copy, 2 ledgers, tiers of 1 policy\n"));
  CHECK_THAT(tools::text_of(well), Contains("scenario moves them: snow."));
  CHECK_THAT(tools::text_of(ill), Contains("\nwrong: 1 thing of what was looked at\n"));
  const auto json = nlohmann::json::parse(tools::json_of(ill));
  CHECK_FALSE(json["well"].get<bool>());
  CHECK(json["levers"][0]["verdict"] == "wrong-signed");
  CHECK(json["levers"][0]["metrics"][2]["must"] == "fall");
  CHECK(json["levers"][0]["metrics"][2]["shows"].get<bool>());
  CHECK(json["drivers"][0]["largest"]["metric"] == "joy");
}

}  // namespace clientele::sim
