// One line a key. What a key means to a run is told in README.md; here is what somebody needs who writes it.
#include "scenarios/study_keys.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "scenarios/totals.hpp"
#include "sim/core/check.hpp"
#include "sim/study.hpp"

namespace clientele::scenarios {

namespace {

using sim::range;
using enum KeyKind;

constexpr double longest = 600;  ///< months; the address of a random word has room for 2,047
constexpr double last_month = 10'000;
constexpr double most_of_32_bits = 4294967295.0;
constexpr const char* a_month = "a month, 0 is the first";
constexpr const char* months_to_full = "months; in the last of them it is there in full";

constexpr std::array<UncertainShape, 4> shapes{{{sim::Family::uniform, "uniform", {"low", "high"}},
                                                {sim::Family::normal, "normal", {"mean", "sd"}},
                                                {sim::Family::lognormal, "lognormal", {"mean", "sd_log"}},
                                                {sim::Family::beta, "beta", {"mean", "a"}}}};

std::vector<StudyKey> keys_of_time_and_money() {
  return {
      {"", "title", text, "", {}, "\"\"", "the study's name, above every answer"},
      {"", "question", text, "", {}, "\"\"", "what it asks, in a sentence"},
      {"", "seed", whole, "", range(0, most_of_32_bits), "1",
       "all luck follows from it: equal seeds give equal numbers"},
      {"", "currency", text, "", {}, "\"EUR\"", "what money is counted in; a name, nothing is converted"},
      {"", "money_quantum", number, "the smallest amount that is counted, in the study's currency",
       range(1e-6, 1e9, 1e-6, 1000), "0.01", "money is counted in steps of this"},
      {"horizon", "start", date, "", {}, "2027-01-01", "the first day of month 0: seasons follow the calendar"},
      {"horizon", "months", whole, "months", range(1, longest), "36", "how long policies are compared"},
      {"horizon", "warmup", whole, "months", range(0, longest, 0, 120), "0",
       "months before month 0 under the baseline policy, until satisfaction, invoices and tiers have settled",
       "12 with a file of customers"},
      {"horizon", "run_off", whole, "months", range(0, sim::months_to_settle), "0",
       "months after the horizon in which nobody buys and only what is open is settled"},
      {"beyond", "months", whole, "months", range(0, 120), "60",
       "months after the horizon that count as value beyond it: who is there goes on, nobody joins"},
      {"beyond",
       "drivers",
       choice,
       "",
       {},
       "\"as planned\"",
       "what drivers are then: as the scenario goes on, as in its last month, or as without any shock",
       "",
       {"as planned", "as in the last month", "none"}},
  };
}

std::vector<StudyKey> keys_of_people() {
  return {
      {"population", "customers", whole, "customers", range(1, most_of_32_bits), "",
       "how many there are at month 0, invented by the laws of the behaviors", "it, or file, must be said"},
      {"population",
       "file",
       text,
       "",
       {},
       "",
       "a CSV of real customers, one a line, beside the study",
       "customers are invented"},
      {"population",
       "columns",
       table,
       "",
       {},
       "",
       "what columns of the file are: { \"their name\" = \"orders_per_month\" }; a column may be id, group, tenure, an "
       "attribute, a number of customers such as purchasing.order_value, or ignored",
       "columns go by their own names"},
      {"population",
       "people",
       choice,
       "",
       {},
       "",
       "who is drawn anew from one replication to the next: everybody, every second time, or nobody",
       "redrawn; paired where several draws have invented customers",
       {"redrawn", "paired", "fixed"}},
      {"population", "oldest", whole, "months that a customer of the first base has been with us at most",
       range(0, sim::longest_tenure), "240",
       "how long a customer of the first base has been with us at most; 0: all new"},
      {"population", "arrivals", other, "customers a month, on average", range(0, 1e5), "",
       "who joins after month 0: a mean number a month, \"as before\" (as many as in the last year of the warm-up), or "
       "\"none\"",
       "\"as before\" after a year of warm-up; else, and with a file, \"none\""},
      {"population", "group", tables, "", {}, "", "kinds of customers that no policy changes", "one group, \"all\""},
      {"population",
       "attribute",
       tables,
       "",
       {},
       "",
       "what else a firm knows of customers from the first day, and may sort by: a region, a size, a need; at most "
       "four",
       "none"},
      {"population",
       "correlation",
       tables,
       "",
       {},
       "",
       "of an invented base: which attributes go together beside what both have to do with a customer's worth",
       "none"},
      {"population.correlation", "of", text, "", {}, "", "an attribute", "", {}, true},
      {"population.correlation", "with", text, "", {}, "", "the attribute that it goes with", "", {}, true},
      {"population.correlation",
       "is",
       number,
       "-",
       range(-1, 1),
       "",
       "correlation of the scales on which their values stand, first to last (a Gaussian copula); all of them must be "
       "able to hold at once",
       "",
       {},
       true},
      {"population.attribute",
       "name",
       text,
       "",
       {},
       "",
       "what it is called; conditions and columns name it",
       "",
       {},
       true},
      {"population.attribute",
       "values",
       other,
       "",
       {},
       "",
       "its values, such as [\"north\", \"south\"]",
       "with a file, those that its column has"},
      {"population.attribute", "shares", other, "the value's part of all customers", range(0, 1), "",
       "of an invented base, the part of all customers that has each value; they add up to 1", "equal parts"},
      {"population.attribute", "correlation", number, "-", range(-1, 1), "0",
       "of an invented base: how the scale of the values, first to last, goes with the log of what a customer is worth "
       "(orders x value x margin)"},
      {"population.group", "name", text, "", {}, "", "what the group is called", "", {}, true},
      {"population.group", "share", number, "the group's part of all customers", range(0, 1), "",
       "its part of all customers; shares add up to 1", "it must be said, but with a file"},
      {"population.group", "arrivals", number, "customers a month, on average", range(0, 1e5), "",
       "who joins it after month 0, a mean number a month; all groups say it, or none",
       "its share of population.arrivals"},
      {"uncertain", "draws", whole, "sets of assumptions, or 0 for the stated values", range(0, 1'000'000), "",
       "how often all uncertain numbers are drawn; the same as experiment.draws", "100 where something is uncertain"},
      {"uncertain",
       "file",
       text,
       "",
       {},
       "",
       "a CSV of joint draws: its first row names numbers by their paths, each further row is a draw",
       "each number has a law"},
  };
}

std::vector<StudyKey> keys_of_books() {
  return {
      {"books", "origin", date, "", {}, "", "month 0: what was known before it was fitted", "", {}, true},
      {"books", "read_on", date, "", {}, "", "the day on which the exports were read: nothing in them is later", "", {},
       true},
      {"books", "new_since", date, "", {}, "", "who is first seen from this day on is new, others were there before",
       "three months after the first day of the books, or half of them"},
      {"books", "currency", text, "", {}, "\"\"", "of amounts that name none"},
      {"books", "dates", choice, "", {}, "", "the order of day, month and year", "each file's own",
       {"dmy", "mdy", "ymd"}},
      {"books", "decimal", choice, "", {}, "", "what stands before decimals", "each file's own", {"point", "comma"}},
      {"books", "season", number, "orders of the month over the mean month", range(0, 10, 0.2, 3), "",
       "a season that the books do not tell, stated by whoever fitted: twelve numbers, January first",
       "what two years of orders tell, else none"},
      {"books", "file", tables, "", {}, "", "an export that was read", "", {}, true},
      {"books", "column", tables, "", {}, "", "what a header means that does not say so itself", "none"},
      {"books.file", "kind", choice, "", {}, "", "what it lists", "", 
       {"orders", "invoices", "open-items", "points", "customers", "deliveries", "surveys"}, true},
      {"books.file", "path", text, "", {}, "", "where it is, beside the study", "", {}, true},
      {"books.file", "digest", text, "", {}, "\"\"", "of its bytes when it was fitted (XXH3, 128 bits)"},
      {"books.column", "header", text, "", {}, "", "the column as the file calls it", "", {}, true},
      {"books.column", "meaning", text, "", {}, "", "what it is", "", {}, true},
  };
}

/// As scenarios/totals.cpp lists them.
std::vector<StudyKey> keys_of_totals() {
  std::vector<StudyKey> keys;
  for (const TotalInfo& total : total_infos())
    keys.push_back({"totals", total.key, total.total == Total::customers ? whole : number, total.unit, total.range, "",
                    total.meaning, "it is not compared"});
  return keys;
}

std::vector<StudyKey> keys_of_scenarios() {
  return {
      {"scenario", "name", text, "", {}, "", "what the scenario is called", "", {}, true},
      {"scenario", "shock", tables, "", {}, "", "what moves, by how much, from when to when", "nothing happens"},
      {"scenario.shock", "driver", text, "", {}, "", "what moves: the name of a driver", "", {}, true},
      {"scenario.shock", "times", number, "factor", range(0, 1000, 0.05, 20), "",
       "what a factor is multiplied by: 0.9 is ten per cent less", "a factor needs it"},
      {"scenario.shock", "plus", number, "in the driver's unit", range(-1e6, 1e6), "", "what is added to a shift",
       "a shift needs it"},
      {"scenario.shock", "from", whole, a_month, range(0, last_month), "0", "its first month"},
      {"scenario.shock", "months", whole, "months", range(1, last_month), "", "how long it lasts", "to the end"},
      {"scenario.shock", "ramp", whole, months_to_full, range(0, last_month), "0",
       "how many months it takes to grow: 3 makes 1/3, 2/3, 1, 1, ... of it"},
      {"scenario.shock", "group", text, "", {}, "", "the one group that it meets", "every group"},
  };
}

std::vector<StudyKey> keys_of_policies() {
  return {
      {"policy", "name", text, "", {}, "", "what the policy is called", "", {}, true},
      {"policy",
       "segmentation",
       other,
       "",
       {},
       "",
       "who is in which tier: a rule's name, or { rule = \"rank\", review_every = 3 } with its fields",
       "",
       {},
       true},
      {"policy", "entry", text, "", {}, "", "the tier of customers before their first review", "the last tier"},
      {"policy",
       "kept_by_hand",
       text,
       "",
       {},
       "",
       "an attribute of the customer file: a customer whose value is a tier's name is kept there, beside its share",
       "nobody is"},
      {"policy", "validity", whole, "months", range(1, 120), "",
       "how long a tier is kept at least from the review that gave it or confirmed it; of segmentations by value, "
       "where "
       "tiers have no size of their own",
       "each review decides anew"},
      {"policy", "grandfathering", whole, "months", range(1, last_month), "",
       "how long customers of before month 0 keep what the baseline's tiers give them; who joins later is sorted at "
       "once",
       "nobody keeps them"},
      {"policy",
       "rollout",
       tables,
       "",
       {},
       "",
       "from which month on it reaches which share of the customers",
       "everybody from month 0"},
      {"policy",
       "settings",
       table,
       "",
       {},
       "",
       "numbers that it sets for all customers, by behavior: { service.managers = 25 }, or from a month on: { value = "
       "25, from = 6, ramp = 3 }, or a list of such",
       "the study's own values"},
      {"policy",
       "tier",
       tables,
       "",
       {},
       "",
       "its tiers with what each gets: from the best to the last, or, where they say from or top, the other way round",
       "one tier, \"all\""},
      {"policy",
       "tiers",
       text,
       "",
       {},
       "",
       "in the place of tier: a CSV beside the study, a row a tier; its first row says name, share, top or from, and "
       "levers by their keys",
       "its tiers stand in the study"},
      {"policy.tier", "name", text, "", {}, "", "what the tier is called", "", {}, true},
      {"policy.tier", "share", number, "the tier's own part of all customers", range(0, 1), "",
       "of a segmentation by rank: its own part of all customers", "the last tier takes the rest"},
      {"policy.tier", "top", number, "the part of customers down to this tier", range(0, 1), "",
       "the same, cumulative: the part of customers down to this tier"},
      {"policy.tier",
       "from",
       number,
       "",
       {},
       "",
       "of a segmentation by an amount: where the tier begins",
       "the last tier takes the rest"},
      {"policy.tier",
       "when",
       table,
       "",
       {},
       "",
       "of a segmentation by rules: the condition that its customers meet, such as { orders = { at_least = 6 }, "
       "recency "
       "= { below = 4 } }; all of several keys must hold; any, all, not, group and the attributes of the population "
       "are "
       "keys too",
       "the last tier takes the rest"},
      {"policy.tier",
       "groups",
       other,
       "",
       {},
       "",
       "of a segmentation by attribute: the group that it takes, or a list of groups",
       "the last tier takes the rest"},
      {"policy.tier",
       "values",
       other,
       "",
       {},
       "",
       "of a segmentation by attribute that names one (by): the value that it takes, or a list of values",
       "the last tier takes the rest"},
      {"policy.rollout", "month", whole, a_month, range(0, last_month), "", "from when on", "", {}, true},
      {"policy.rollout", "share", number, "part of the customers that it has reached by then", range(0, 1), "1",
       "how many it has reached by then, those before included"},
      {"policy.rollout", "group", text, "", {}, "", "the one group that it reaches", "every group"},
      {"policy.segmentation", "rule", text, "", {}, "", "the segmentation's name", "", {}, true},
      {"policy.segmentation",
       "by",
       text,
       "",
       {},
       "\"group\"",
       "of the rule attribute: the attribute of the population whose values tiers take; rank has a number of its own"},
      {"policy.settings",
       "value",
       number,
       "in the setting's unit",
       {},
       "",
       "of a setting that changes: its new value",
       "",
       {},
       true},
      {"policy.settings", "from", whole, a_month, range(0, last_month), "", "from when on it holds",
       "from the policy's beginning"},
      {"policy.settings", "ramp", whole, months_to_full, range(0, 120), "0",
       "how many months it takes to get there from what was before"},
  };
}

std::vector<StudyKey> keys_of_experiment() {
  return {
      {"experiment",
       "baseline",
       text,
       "",
       {},
       "",
       "the policy that the others are compared with, and that a warm-up "
       "lives under",
       "the first policy"},
      {"experiment", "headline", text, "", {}, "\"npv\"", "the KPI that answers begin with"},
      {"experiment", "draws", whole, "sets of assumptions, or 0 for the stated values", range(0, 1'000'000), "",
       "how often all uncertain numbers are drawn", "100 where something is uncertain, else 0"},
      {"experiment", "replications", whole, "replications of every draw", range(1, 4'000'000), "",
       "how often luck is drawn, for every draw", "1 with draws, else 100"},
      {"experiment",
       "luck",
       choice,
       "",
       {},
       "\"fresh\"",
       "whether each draw has luck of its own, or all have the same, so that they differ by their assumptions alone",
       "",
       {"fresh", "common"}},
      {"experiment",
       "same_money",
       truth,
       "",
       {},
       "false",
       "whether each policy stands beside one that gives every customer the mean of what it grants"},
      {"experiment",
       "why",
       truth,
       "",
       {},
       "false",
       "whether each policy stands beside two that keep its tiers for good, one with those of its first review and one "
       "with tiers by chance, which split its difference to the baseline by cause, and two that are put together of it "
       "and the baseline, which split it by whose customers it comes from"},
      {"experiment",
       "people",
       choice,
       "",
       {},
       "",
       "the same as population.people",
       "population.people",
       {"redrawn", "paired", "fixed"}},
      {"constraint", "kpi", text, "", {}, "", "the KPI that has a bound", "", {}, true},
      {"constraint",
       "at_most",
       number,
       "in the KPI's unit",
       {},
       "",
       "the most that it may be in any future",
       "no upper bound"},
      {"constraint",
       "at_least",
       number,
       "in the KPI's unit",
       {},
       "",
       "the least that it may be in any future",
       "no lower bound"},
      {"constraint", "policy", text, "", {}, "", "the one policy that must keep it", "every policy"},
      {"count", "histograms", other, a_month, range(0, last_month), "",
       "months in which customers are put into bins: a list such as [0, 11, 23]", "the last month"},
      {"count",
       "classes",
       truth,
       "",
       {},
       "false",
       "whether all is counted by class of customers as they stand when the policies part: the baseline's tier, and "
       "the tenth of all customers by sales of the year before (`compare --by class`)"},
      {"count",
       "reviews",
       truth,
       "",
       {},
       "false",
       "whether moves of every review are counted, seen by customers or not (moved_up, moved_down), and what those "
       "bought "
       "whom the first review put into the best tier, in the year after it and before it (top_tier_year_on), beside "
       "all "
       "whom it put into a tier (reviewed_year_on)"},
      {"count",
       "triangle",
       truth,
       "",
       {},
       "false",
       "whether points are counted by the months since they were earned, held, redeemed and come to nothing: what "
       "estimates of a program's liability rest on (points.estimate)"},
      {"output",
       "by",
       other,
       "",
       {},
       "[\"group\"]",
       "what the cube keeps apart: [\"group\"], or [] for sums over groups"},
      {"output",
       "metrics",
       other,
       "",
       {},
       "\"all\"",
       "the metrics that the cube holds: \"all\", or a list of their names"},
      {"output",
       "months",
       choice,
       "",
       {},
       "\"all\"",
       "how its months lie: each, summed over years, or over the horizon",
       "\"total\" where a sweep is asked for",
       {"all", "year", "total"}},
      {"output", "histograms", truth, "", {}, "true", "whether the cube holds them"},
      {"output",
       "kpis",
       other,
       "",
       {},
       "",
       "the KPIs that answers show beside the headline: a list of their names, or \"crm\" for satisfaction, "
       "repeat_share, retention, acquisition_cost, cost_to_serve and contribution",
       "the first three that there are"},
      {"sweep",
       "grid",
       table,
       "",
       {},
       "",
       "every value with every other: PATH = [15, 30, 45], or { low = 15, high = 45, step = 15 }, or count instead of "
       "step"},
      {"sweep", "zip", table, "", {}, "", "the first values of all numbers make the first point, and so on"},
      {"sweep",
       "list",
       tables,
       "",
       {},
       "",
       "a row is a point: { payment.terms_days = 15 }; all rows say the same numbers"},
      {"sweep",
       "hypercube",
       table,
       "",
       {},
       "",
       "points that are spread evenly: PATH = { low = 15, high = 60 }, and how many"},
      {"sweep", "file", text, "", {}, "", "a CSV of points: its first row names numbers by their paths"},
      {"sweep.hypercube", "points", whole, "points", range(1, 100'000), "", "how many points", "", {}, true},
      {"sweep.hypercube", "seed", whole, "", range(0, most_of_32_bits), "", "of how they are spread",
       "the study's seed"},
  };
}

}  // namespace

std::span<const UncertainShape> uncertain_shapes() { return shapes; }

const std::vector<StudyTable>& study_tables() {
  static const std::vector<StudyTable> all{
      {"", "(at the top)", "what the study is"},
      {"horizon", "[horizon]", "when it plays, and for how long"},
      {"beyond", "[beyond]", "what comes after the horizon, and counts as value beyond it"},
      {"population", "[population]", "who the customers are"},
      {"population.group", "[[population.group]]", "a kind of customer that no policy changes",
       "the tables of behaviors, for what a group may have of its own"},
      {"population.attribute", "[[population.attribute]]",
       "what a firm knows of customers from the first day; it changes nothing of what they do"},
      {"population.correlation", "[[population.correlation]]", "two attributes that go together"},
      {"totals", "[totals]",
       "what an annual report says of the year before month 0: `check` tells the baseline's simulated year beside it"},
      {"books", "[books]",
       "the firm's exports that a study was fitted to: `backtest`, `track` and `classify` read them again"},
      {"books.file", "[[books.file]]", "an export"},
      {"books.column", "[[books.column]]", "a column that was named by hand"},
      {"uncertain", "[uncertain]", "what is not known: laws from which every draw takes a value of its own",
       "numbers by their paths, each with a law or \"2 to 5\": of behaviors, of groups, of tiers "
       "(policy.NAME.tier.NAME.care), of a policy's settings (policy.NAME.settings.administration.per_month), of "
       "shocks "
       "(scenario.NAME.demand)"},
      {"scenario", "[[scenario]]",
       "outside conditions that the firm does not choose; the first is the one of a warm-up"},
      {"scenario.shock", "[[scenario.shock]]", "a driver that moves for some time"},
      {"policy", "[[policy]]", "what the firm does", "levers: what each of its tiers gets that does not say otherwise"},
      {"policy.segmentation", "segmentation = { ... }", "who is in which tier",
       "the fields of the rule (segmentation.NAME)"},
      {"policy.tier", "[[policy.tier]]",
       "a tier of a policy; the best first, or, where they say from or top, the last first",
       "levers: what the tier gets"},
      {"policy.rollout", "[[policy.rollout]]", "a step of a policy's roll-out"},
      {"policy.settings", "settings = { ... }", "a setting of a policy that changes in time",
       "settings of behaviors by their paths"},
      {"experiment", "[experiment]", "how many futures are simulated, and what the answer is about"},
      {"constraint", "[[constraint]]",
       "a bound of a KPI that the firm must keep: `compare` says in how many futures it is broken"},
      {"count", "[count]", "what is counted beside the metrics"},
      {"output", "[output]", "what of all that is counted the cube holds"},
      {"sweep", "[sweep]", "many studies that differ in some numbers; one of these"},
      {"sweep.hypercube", "[sweep.hypercube]", "points that are spread evenly over ranges",
       "numbers of the study by their paths, each with a range"}};
  return all;
}

const std::vector<StudyKey>& study_keys() {
  static const std::vector<StudyKey> all = [] {
    std::vector<StudyKey> keys;
    for (auto& some : {keys_of_time_and_money(), keys_of_people(), keys_of_totals(), keys_of_books(), keys_of_policies(),
                       keys_of_scenarios(), keys_of_experiment()})
      keys.insert(keys.end(), some.begin(), some.end());
    return keys;
  }();
  return all;
}

const StudyKey& study_key(std::string_view table, std::string_view key) {
  const auto found = std::ranges::find_if(
      study_keys(), [&](const StudyKey& known) { return known.table == table && known.key == key; });
  sim::expects(found != study_keys().end(), "a study has no key " + std::string(table) + "." + std::string(key));
  return *found;
}

}  // namespace clientele::scenarios
