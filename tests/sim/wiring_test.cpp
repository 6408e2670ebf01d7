// What could not come out the same for every block, or could only be an oversight, is refused before anything is
// simulated.
#include <functional>

#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/plan.hpp"
#include "sim/roll_out.hpp"
#include "sim/segmentation.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/one_tier.hpp"

namespace clientele::sim {

namespace {

struct Number {
  float value = 0;
};

/// A behavior that is wired and steps as a test says. Its step is a meeting's where `Meets`.
template <int place>
class Part final : public Behavior, public Signal {
 public:
  explicit Part(Wiring& wiring) {
    if (wire) wire(wiring);
  }
  void step(BlockMonth& month) const {
    if (takes) takes(month);
  }
  void second_step(BlockMonth& month) const {
    if (takes_second) takes_second(month);
  }
  const Signal& signal() const { return *this; }
  bool needed(const Occasion& occasion) const override { return meets == nullptr || meets(occasion); }
  VoiceSize size(const Occasion&, int, const Decision&) const override { return {}; }
  void measure(BlockMonth&, const Arm&, int, const Decision&, Voice) const override {}
  bool decide(const Occasion& occasion, int, Voice, Decision&) const override {
    if (decides) decides(occasion);
    return true;
  }

  static inline std::function<void(Wiring&)> wire;
  static inline std::function<void(BlockMonth&)> takes, takes_second;
  static inline std::function<bool(const Occasion&)> meets;
  static inline std::function<void(const Occasion&)> decides;
};
using First = Part<1>;
using Second = Part<2>;

enum class Between { nothing, meeting };

/// Steps "first" and "second" of two behaviors, in this order, and "again" of the first one at the end.
Catalogue two_parts(Between between = Between::nothing, std::vector<FieldInfo> fields_of_first = {}) {
  Catalogue all;
  const auto first = all.behavior<First>("one", fields<Number>(std::move(fields_of_first)));
  const auto second = all.behavior<Second>("two", fields<Number>({}));
  all.review();
  all.step("first", first, &First::step);
  if (between == Between::meeting)
    all.step("second", second, &Second::step, &Second::signal);
  else
    all.step("second", second, &Second::step);
  all.exits();
  all.step("again", first, &First::second_step);
  all.arrivals();
  all.segmentation<OneTier>("everyone", FieldTable(), TierRule::one);
  return all;
}

Study small_study(const Catalogue& catalogue) {
  Study study;
  study.horizon.months = 3;
  study.population.customers = 100;
  study.population.groups = {{"all"}};
  for (const auto& table : catalogue.tables()) study.values.push_back(table.fields.standards());
  study.scenarios = {{"usual", {}}};
  study.policies = {{"plain", 0, {}, {{"all"}}}};
  study.replications = 1;
  return study;
}

using Wire = std::function<void(Wiring&)>;
using Take = std::function<void(BlockMonth&)>;

struct Acts {
  Take first, second, again;
};

std::map<Cell, CellOutcome> simulated(const Catalogue& catalogue, Wire one, Wire two, Acts acts = {}) {
  First::wire = std::move(one);
  Second::wire = std::move(two);
  First::takes = std::move(acts.first);
  First::takes_second = std::move(acts.again);
  Second::takes = std::move(acts.second);
  const Study study = small_study(catalogue);
  MemorySink sink;
  RunOptions options;
  options.threads = 1;
  Plan(study, catalogue).run(all_cells(study), sink, options);
  return sink.outcomes();
}

/// What is said against it, or nothing.
std::string fault_of(const Catalogue& catalogue, Wire one, Wire two, Acts acts = {}) {
  try {
    simulated(catalogue, std::move(one), std::move(two), std::move(acts));
    return "";
  } catch (const InternalFault& fault) {
    return fault.what();
  } catch (const UserError& error) {
    return error.what();
  }
}
std::string fault_of(Wire one, Wire two, Acts acts = {}) {
  return fault_of(two_parts(), std::move(one), std::move(two), std::move(acts));
}

using Catch::Contains;

}  // namespace

TEST_CASE("a column of the month is read after it is written: else both steps are named") {
  const Wire writes_first = [](Wiring& w) { w.step("first").own_passing<float>("x"); };
  const Wire writes_again = [](Wiring& w) { w.step("again").own_passing<float>("x"); };
  const Wire reads = [](Wiring& w) { w.read_passing<float>("x"); };
  CHECK(fault_of(writes_first, reads) == "");
  CHECK_THAT(fault_of(writes_again, reads), Contains("step 'second' reads column 'x' before step 'again' writes it"));
  CHECK_THAT(
      fault_of([](Wiring& w) { w.step("again").own_common<float>("x"); }, [](Wiring& w) { w.read_common<float>("x"); }),
      Contains("step 'second' reads column 'x' before step 'again' writes it"));
  CHECK_THAT(
      fault_of([](Wiring& w) { w.step("again").own_listed<float>("x"); }, [](Wiring& w) { w.read_listed<float>("x"); }),
      Contains("before step 'again' writes it"));
  CHECK_THAT(fault_of({}, reads), Contains("column 'x' has one owner"));
}

TEST_CASE("a column of the month does not survive a meeting unless it is carried") {
  const Catalogue meets = two_parts(Between::meeting);
  CHECK_THAT(fault_of(
                 meets, [](Wiring& w) { w.step("first").own_passing<float>("x"); },
                 [](Wiring& w) { w.read_passing<float>("x"); }),
             Contains("column 'x' is written in step 'first' and read in step 'second', but customers may meet"));
  CHECK(fault_of(
            meets, [](Wiring& w) { w.step("first").own_passing<float>("x"); },
            [](Wiring& w) { w.meeting("second").read_passing<float>("x"); }) == "");
  CHECK(fault_of(
            meets, [](Wiring& w) { w.step("first").own_carried<float>("x"); },
            [](Wiring& w) { w.step("second").read_carried<float>("x"); }) == "");
  CHECK_THAT(fault_of(
                 meets, [](Wiring& w) { w.step("again").own_carried<float>("x"); },
                 [](Wiring& w) { w.step("second").read_carried<float>("x"); }),
             Contains("step 'second' reads column 'x' before step 'again' writes it"));
  // A behavior's own column as well, if a later step says that it reads it.
  CHECK_THAT(fault_of(meets,
                      [](Wiring& w) {
                        w.step("first").own_passing<float>("x");
                        w.step("again").read_passing<float>("x");
                      },
                      {}),
             Contains("read in step 'again', but customers may meet"));
}

TEST_CASE("a step that touches a column which it was not wired for stops the run") {
  Passing<float> x;
  const Wire one = [&](Wiring& w) { x = w.step("first").own_passing<float>("x"); };
  const Take touch = [&](BlockMonth& month) { month.arms()[0][x][0] = 1; };
  CHECK(fault_of(one, {}, {.first = touch}) == "");
  CHECK_THAT(fault_of(one, {}, {.again = touch}), Contains("step 'again' touches 'x', which it was not wired for"));
  const Take read = [&](BlockMonth& month) { (void)month.arms()[0][Passing<const float>{x.column, x.use}]; };
  CHECK_THAT(fault_of(one, {}, {.second = read}), Contains("step 'second' touches 'x'"));
  Trait<float> trait;
  const Wire owns_trait = [&](Wiring& w) { trait = w.own_trait<float>("trait", Sight::latent); };
  CHECK_THAT(fault_of(owns_trait, {}, {.first = [&](BlockMonth& month) { month.at_birth(trait); }}),
             Contains("traits are given where customers are born"));
}

TEST_CASE("nobody adds to what its owner has taken, and nobody acts after the owner has read") {
  CHECK(fault_of([](Wiring& w) { w.step("first").collect("x"); }, [](Wiring& w) { w.own_collected("x"); }) == "");
  CHECK_THAT(fault_of([](Wiring& w) { w.step("again").collect("x"); }, [](Wiring& w) { w.own_collected("x"); }),
             Contains("step 'again' adds to 'x' after step 'second' has taken it"));
  CHECK_THAT(fault_of([](Wiring& w) { w.step("again").act_by_factor("x"); }, [](Wiring& w) { w.own_factor("x"); }),
             Contains("step 'again' adds to 'x' after step 'second' has taken it"));
  CHECK_THAT(fault_of([](Wiring& w) { w.step("first").act_by_sum("x"); }, [](Wiring& w) { w.own_factor("x"); }),
             Contains("effect 'x' is asked for as a factor and as a sum"));
  CHECK_THAT(fault_of([](Wiring& w) { w.step("first").act_by_sum("x"); }, {}), Contains("effect 'x' has one owner"));
}

TEST_CASE("a behavior that has steps behind the exits only cannot ask for one") {
  Catalogue all;
  const auto one = all.behavior<First>("one", fields<Number>({}));
  all.review();
  all.exits();
  all.step("first", one, &First::step);
  all.segmentation<OneTier>("everyone", FieldTable(), TierRule::one);
  CHECK_THAT(fault_of(all, [](Wiring& w) { w.departure("left", 1, "left"); }, {}),
             Contains("behavior 'one' asks for exits in a step before them"));
}

TEST_CASE("effects begin each month neutral, act in turn, and reach their owner across a meeting") {
  for (const Between between : {Between::nothing, Between::meeting}) {
    Factor acts;
    Sum adds;
    OwnFactor factor;
    OwnSum sum;
    Passing<std::int32_t> counted;
    Metric metric;
    const Wire one = [&](Wiring& w) {
      acts = w.step("first").act_by_factor("factor");
      adds = w.step("first").act_by_sum("sum");
    };
    const Wire two = [&](Wiring& w) {
      factor = w.own_factor("factor");
      sum = w.own_sum("sum");
      counted = w.own_passing<std::int32_t>("counted");
      metric = w.metric("acted", MetricUnit::count, "what has come of it");
    };
    const auto outcomes = simulated(two_parts(between), one, two,
                                    {.first =
                                         [&](BlockMonth& month) {
                                           const auto factors = month.arms()[0][acts];
                                           const auto sums = month.arms()[0][adds];
                                           for (std::size_t i = 0; i < month.size(); ++i) {
                                             factors[i] *= 2.F;
                                             factors[i] *= 3.F;
                                             sums[i] += 1.F;
                                             sums[i].add_product(2.F, 2.F);
                                           }
                                         },
                                     .second =
                                         [&](BlockMonth& month) {
                                           const Arm& arm = month.arms()[0];
                                           for (std::size_t i = 0; i < month.size(); ++i)
                                             arm[counted][i] =
                                                 static_cast<std::int32_t>(arm[factor][i] * 10 + arm[sum][i]);
                                           arm.count(metric, arm[counted]);
                                         }});
    const CellOutcome& outcome = outcomes.begin()->second;
    for (std::size_t month = 0; month < 3; ++month) CHECK(outcome.counts[month * 3 + 2] == 100 * 65);
  }
}

TEST_CASE(
    "a meeting is told its month, scenario, policy, drivers and parameters, and one arm that meets makes no other "
    "meet") {
  Catalogue all;
  const auto one = all.behavior<First>(
      "one",
      fields<Number>({field(&Number::value, "value", "1", range(0, 9), 4, Kind::by_group, "a number", guess())}));
  const auto two = all.behavior<Second>("two", fields<Number>({}), {{"rain", DriverKind::factor, "1", "rain"}});
  all.review();
  all.step("first", one, &First::step);
  all.step("second", two, &Second::step, &Second::signal);
  all.segmentation<OneTier>("everyone", FieldTable(), TierRule::one);
  Study study = small_study(all);
  study.population.groups = {{"near", 0.5}, {"far", 0.5, {{{0, 0}, {0, {7}}}}}};
  study.scenarios.push_back({"wet", {{0, 3, 1, {}, 0, 1}}});
  study.policies.push_back(study.policies.front());
  study.policies.back().name = "other";
  Parameters<Number> number;
  Driver rain;
  First::takes = First::takes_second = Second::takes = nullptr;
  First::wire = [&](Wiring& w) { number = w.parameters<Number>(); };
  Second::wire = [&](Wiring& w) { rain = w.driver("rain"); };
  std::vector<std::string> told;
  Second::meets = [&](const Occasion& o) { return o.policy() == 1; };
  Second::decides = [&](const Occasion& o) {
    std::string text =
        std::to_string(o.month()) + "/" + std::to_string(o.scenario()) + "/" + std::to_string(o.policy());
    for (std::size_t group = 0; group < o.groups(); ++group)
      text += " " + std::to_string(static_cast<int>(o.driver(rain, group))) + "x" +
              std::to_string(static_cast<int>(o.parameters(number, group).value));
    told.push_back(text);
  };
  MemorySink sink;
  RunOptions options;
  options.threads = 1;
  Plan(study, all).run(all_cells(study), sink, options);
  Second::meets = nullptr;
  Second::decides = nullptr;
  CHECK(told == std::vector<std::string>{"0/0/1 1x4 1x7", "0/1/1 1x4 1x7", "1/0/1 1x4 1x7", "1/1/1 1x4 3x7",
                                         "2/0/1 1x4 1x7", "2/1/1 1x4 3x7"});
}

TEST_CASE("a ring is asked for the months that it holds") {
  Ring<std::int32_t> past;
  const auto at = [&](int months) {
    return fault_of(
        [&](Wiring& w) {
          past = w.own_ring<std::int32_t>("past", Sight::observed);
          w.read_ring<std::int32_t>("past", 4);
        },
        {}, {.first = [&past, months](BlockMonth& month) { (void)month.arms()[0].at(past, month.month() + months); }});
  };
  CHECK(at(0) == "");
  CHECK(at(-4) == "");
  CHECK_THAT(at(-5), Contains("ring 'past' of 4 months is asked for -5 months after the present one"));
  CHECK_THAT(at(1), Contains("is asked for 1 months after"));
  CHECK_THAT(fault_of([&](Wiring& w) { past = w.own_ring<std::int32_t>("past", Sight::observed); }, {},
                      {.first = [&](BlockMonth& month) { (void)month.arms()[0].at(past, month.month()); }}),
             Contains("ring 'past' of 0 months"));
}

TEST_CASE("a count of 2^24 stops the run with the metric and the month") {
  Passing<std::int32_t> n;
  Metric metric;
  const auto counting = [&](std::int32_t value) {
    return fault_of(
        [&](Wiring& w) {
          n = w.step("first").own_passing<std::int32_t>("n");
          metric = w.metric("things", MetricUnit::count, "things");
        },
        {}, {.first = [&, value](BlockMonth& month) {
          std::ranges::fill(month.arms()[0][n], value);
          month.arms()[0].count(metric, month.arms()[0][n]);
        }});
  };
  CHECK(counting((1 << 24) - 1) == "");
  CHECK(counting(-(1 << 24)) == "");
  CHECK(counting(1 << 24) == "metric 'things' in month 0: a customer counts 2^24 or more");
  CHECK(counting(-(1 << 24) - 1) == "metric 'things' in month 0: a customer counts 2^24 or more");
}

TEST_CASE("levers that nobody reads and metrics that nobody counts are refused by name") {
  const auto with_lever = [](std::vector<std::string_view> granted_on, std::vector<std::string_view> rests_on) {
    return two_parts(Between::nothing,
                     {lever(field(&Number::value, "gift", "money", range(0, 9), 0, Kind::fixed, "a gift", guess()),
                            {.cost = "cost",
                             .benefit = "benefit",
                             .paid_in = {"customers"},
                             .helps = {"customers"},
                             .granted_on = std::move(granted_on),
                             .rests_on = std::move(rests_on)})});
  };
  const Wire reads = [](Wiring& w) { w.lever("gift"); };
  CHECK(fault_of(with_lever({}, {}), reads, {}) == "");
  CHECK(fault_of(with_lever({}, {}), {}, [](Wiring& w) { w.lever("one.gift"); }) == "");
  CHECK_THAT(fault_of(with_lever({}, {}), {}, {}), Contains("lever 'one.gift' is read by no behavior"));
  CHECK_THAT(fault_of(with_lever({"hugs"}, {}), reads, {}),
             Contains("lever 'one.gift' names metric 'hugs', which nobody counts"));
  CHECK_THAT(fault_of(with_lever({}, {"one.hug"}), reads, {}), Contains("the catalogue has no field one.hug"));
  const Catalogue one_sided = two_parts(
      Between::nothing, {lever(field(&Number::value, "gift", "money", range(0, 9), 0, Kind::fixed, "", guess()),
                               {.cost = "cost", .paid_in = {"customers"}})});
  CHECK(fault_of(one_sided, reads, {}) == "");
  const Catalogue confessed = two_parts(
      Between::nothing, {lever(field(&Number::value, "gift", "money", range(0, 9), 0, Kind::fixed, "", guess()),
                               {.cost = "cost", .benefit = "joy", .paid_in = {"customers"}})});
  CHECK_THAT(fault_of(confessed, reads, {}),
             Contains("lever 'one.gift' says what it costs and what it buys in words and by metrics"));
  const Catalogue hurting = two_parts(
      Between::nothing, {lever(field(&Number::value, "gift", "money", range(0, 9), 0, Kind::fixed, "", guess()),
                               {.cost = "customers", .hurts = {"-customers"}})});
  CHECK(fault_of(hurting, reads, {}) == "");
  for (const LeverSides& unknown :
       {LeverSides{.cost = "cost", .hurts = {"-hugs"}}, LeverSides{.benefit = "benefit", .helps = {"-hugs"}}}) {
    const Catalogue names =
        two_parts(Between::nothing,
                  {lever(field(&Number::value, "gift", "money", range(0, 9), 0, Kind::fixed, "", guess()), unknown)});
    CHECK_THAT(fault_of(names, reads, {}), Contains("lever 'one.gift' names metric 'hugs', which nobody counts"));
  }
  Catalogue kpi = two_parts();
  kpi.kpi({"joy", "", "1", Direction::neither, KpiRule::total, {{"hugs"}}});
  CHECK_THAT(fault_of(kpi, {}, {}), Contains("KPI 'joy' names metric 'hugs', which nobody counts"));
  const auto by_month = [](const char* metric, KpiRule rule, const char* series) {
    KpiInfo of_months{"joy", "", "1", Direction::neither, rule, {}, {}};
    of_months.monthly = MonthlyRule{
        .inputs = {{{metric}}}, .function = {}, .words = "so_far", .unit = "1", .meaning = "", .series = series};
    Catalogue all = two_parts();
    all.kpi(of_months);
    return all;
  };
  CHECK(fault_of(by_month("customers", KpiRule::last, "joy_by_month"), {}, {}) == "");
  CHECK_THAT(fault_of(by_month("hugs", KpiRule::last, "joy_by_month"), {}, {}),
             Contains("KPI 'joy' names metric 'hugs', which nobody counts"));
  CHECK_THAT(fault_of(by_month("customers", KpiRule::last, "customers"), {}, {}),
             Contains("KPI 'joy' keeps its months under the name of a metric"));
  CHECK_THAT(fault_of(by_month("customers", KpiRule::total, "joy_by_month"), {}, {}),
             Contains("KPI 'joy' adds up or multiplies what its monthly rule gives"));
}

TEST_CASE(
    "a policy's settings reach steps and meetings month by month, and the baseline's hold until it reaches somebody") {
  Catalogue all;
  const auto one = all.behavior<First>(
      "one",
      fields<Number>({setting(field(&Number::value, "value", "1", range(0, 99), 4, Kind::fixed, "n", guess()))}));
  const auto two = all.behavior<Second>("two", fields<Number>({}));
  all.review();
  all.step("first", one, &First::step);
  all.step("second", two, &Second::step, &Second::signal);
  all.segmentation<OneTier>("everyone", FieldTable(), TierRule::one);
  CHECK_THAT(fault_of(all, {}, {}), Contains("setting 'one.value' is read by no behavior"));
  Study study = small_study(all);
  study.horizon.months = 6;
  study.policies.push_back(study.policies.front());
  study.policies[0].settings = {{{0, 0}, 10}};
  study.policies[1].settings = {{{0, 0}, 20}, {{0, 0}, 50, 3, 3}};
  study.policies[1].rollout = {{2}};
  add_tiers_before(study);
  Setting number;
  First::wire = [&](Wiring& w) { number = w.setting("value"); };
  Second::wire = nullptr;
  std::vector<float> at_meetings, in_steps;
  Second::meets = [&](const Occasion& o) { return o.policy() == 1; };
  Second::decides = [&](const Occasion& o) { at_meetings.push_back(o.setting(number)); };
  First::takes = [&](BlockMonth& month) {
    for (const Arm& arm : month.arms())
      if (arm.policy() == 1) in_steps.push_back(arm.setting(number));
  };
  First::takes_second = Second::takes = nullptr;
  MemorySink sink;
  RunOptions options;
  options.threads = 1;
  Plan(study, all).run({{0, 1, 0, 0}}, sink, options);
  Second::meets = nullptr;
  Second::decides = nullptr;
  CHECK(in_steps == std::vector<float>{10, 10, 20, 30, 40, 50});
  CHECK(at_meetings == in_steps);
}

TEST_CASE("parameters of another behavior are read as what they are") {
  CHECK(fault_of({}, [](Wiring& w) { w.parameters_of<Number>("one"); }) == "");
  CHECK_THAT(fault_of({}, [](Wiring& w) { w.parameters_of<std::array<int, 3>>("one"); }),
             Contains("parameters are asked for as what table 'one' is bound to"));
  CHECK_THAT(fault_of({}, [](Wiring& w) { w.parameters_of<Number>("three"); }), Contains("'three'"));
}

}  // namespace clientele::sim
