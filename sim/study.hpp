// A study as the engine needs it: everything that is asked, checked and immutable. Text is turned into this by
// scenarios/.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/schema.hpp"

namespace clientele::sim {

/// A field of a behavior: tables are numbered as in the catalogue.
struct FieldRef {
  std::uint32_t table = 0, field = 0;
  bool operator==(const FieldRef&) const = default;
};

/// One customer kind. Its overrides replace the study's values of those fields (whole values, laws included).
struct Group {
  std::string name;
  double share = 1;  ///< of an invented base; shares add up to 1
  struct Override {
    FieldRef field;
    FieldValue value;
  };
  std::vector<Override> overrides;
  double arrivals = 0;  ///< mean number a month after month 0, where arrivals are by number
};

/// What a file says of its customers. Column c of a trait belongs to customer c.
struct CustomerFile {
  std::string name;                   ///< as the study wrote it
  std::string digest;                 ///< of the bytes of the file
  std::vector<std::uint64_t> ids;     ///< 48-bit hashes; the real ids are not kept
  std::vector<std::uint32_t> groups;  ///< index into Population::groups
  struct KnownTrait {
    FieldRef field;
    std::vector<float> values;
  };
  std::vector<KnownTrait> traits;
  std::vector<std::int32_t> tenures = {};  ///< months with us when month 0 begins; empty: the file does not say
  /// What the books say of a customer's past, by the key of a PastInfo of the catalogue: `columns` numbers of each
  /// customer, of months the last before month 0 first.
  struct KnownPast {
    std::string key;
    std::uint32_t columns = 1;
    std::vector<float> values;       ///< empty where `exact` is told
    std::vector<double> exact = {};  ///< in place of values: balances, which are to add up to the last digit
  };
  std::vector<KnownPast> past = {};
  /// The tier that a customer holds when month 0 begins, of the baseline's; -1: the file names none. Empty: it tells
  /// nobody's.
  std::vector<std::int32_t> tiers = {};
};

/// Nobody has been a customer for more months: a century.
inline constexpr std::int32_t longest_tenure = 1200;

/// Who is redrawn from one replication to the next: everybody, every second time (two lives each), or nobody.
enum class People { redrawn, paired, fixed };
/// Whether a draw of the uncertain parameters brings luck of its own (uncertainty) or not (designs).
enum class Luck { fresh, common };

/// Whether somebody new of the same group follows, a month later, on whoever leaves in warm-up.
enum class Replacement { same_group, none };
/// Who joins after month 0 by itself: nobody; somebody new a year after each replacement of the last year of warm-up,
/// and every year from there; or a mean number of each group.
enum class Arrivals { none, as_before, by_number };

/// What a firm knows of a customer from the first day and may sort by: its region, size or need. It changes nothing of
/// what the customer does.
struct Attribute {
  std::string name;
  std::vector<std::string> values;  ///< as the study or the file lists them, at least one
  std::vector<double> shares = {};  ///< of the values, of an invented base; they add up to 1
  /// Of an invented base: of the scale on which the values stand, first to last, with the log of what a customer is
  /// worth (models/prospects.hpp).
  double correlation = 0;
  std::vector<std::uint32_t> by_row = {};  ///< of the customer file: index into values; empty: drawn
};

/// How the scales of two attributes of an invented base go together, as numbered in the population.
struct AttributePair {
  std::uint32_t one = 0, other = 0;
  double correlation = 0;
};

struct Population {
  std::uint64_t customers = 0;
  std::vector<Group> groups;  ///< at least one
  std::vector<Attribute> attributes = {};
  std::optional<CustomerFile> file;
  People people = People::redrawn;
  int oldest = 0;  ///< months that a customer of the first base has been with us at most; 0: everybody is new
  Replacement replacement = Replacement::same_group;
  Arrivals arrivals = Arrivals::none;
  std::vector<AttributePair> attribute_pairs = {};  ///< those that are not listed do not go together
};

/// What drivers are after the horizon: as the scenario goes on, as in its last month, or as without any shock.
enum class DriversBeyond { as_planned, as_in_last_month, none };

/// After the horizon, from one state, months are of two kinds. `run_off` of them settle what is open: nobody buys,
/// joins or leaves. `beyond` of them are closed: customers who are there go on under the same policy, and nobody joins.
struct Horizon {
  int start_year = 2027, start_month = 1;  ///< calendar month of month 0
  int months = 36, warmup = 0, run_off = 0;
  int beyond = 0;
  DriversBeyond drivers_beyond = DriversBeyond::as_planned;
};

/// A month of the warm-up or the horizon, or one of the two kinds after it.
enum class MonthKind { usual, settle, closed };

/// What is open at the end of a month is settled within so many.
inline constexpr int months_to_settle = 24;

/// A change of a driver over time. Active in [from, from + months); it grows linearly and has its size from its month
/// number `ramp` on: a ramp of 3 makes 1/3, 2/3, 1, 1, ... of it; one of 0 or 1 has it at once.
struct Shock {
  std::uint32_t driver = 0;            ///< as numbered in the catalogue
  double size = 1;                     ///< what the driver is multiplied by (factor), or what is added to it (shift)
  int from = 0;                        ///< month
  std::optional<int> months;           ///< absent: to the end
  int ramp = 0;                        ///< months
  std::optional<std::uint32_t> group;  ///< absent: every group
};

struct Scenario {
  std::string name;
  std::vector<Shock> shocks;
};

/// Which customers a tier takes: a number of theirs in [at_least, below), their group, or what holds of several
/// conditions: all of them, any, none.
struct Condition {
  enum class Of { all, any, none, number, groups } of = Of::all;
  std::vector<Condition> parts = {};  ///< of all, any and none
  std::uint32_t number = 0;           ///< as numbered in the segmentation's entry
  std::optional<double> at_least = {}, below = {};
  std::vector<std::uint32_t> groups = {};       ///< ascending: groups, or values of the attribute
  std::optional<std::uint32_t> attribute = {};  ///< as numbered in the population; absent: groups are meant
  bool operator==(const Condition&) const = default;
};

/// What a tier gets, and which customers are in it. At most one of share, top, from and when, or none (the rest).
struct Tier {
  std::string name;
  std::optional<double> share, from;  ///< share: its own; `top` of a study is turned into own shares by the reader
  struct Setting {
    FieldRef field;  ///< a field that is a lever
    double value = 0;
  };
  std::vector<Setting> levers;
  std::optional<Condition> when = {};
};

/// A step of a roll-out: from a month on a policy reaches a share of the customers, of all groups or of one. They are
/// the same ones under every policy, and who has been reached stays so.
struct RollOut {
  int month = 0;
  double share = 1;
  std::optional<std::uint32_t> group = {};
};

/// A number that a policy sets for all customers: from its first month, or from some month on, growing from what it was
/// before over `ramp` months, as a shock does.
struct PolicySetting {
  FieldRef field;  ///< a field that is a setting
  double value = 0;
  std::optional<int> from = {};
  int ramp = 0;
};

/// How customers of a generated policy, which splits a difference by its causes, keep a tier for good: the one that its
/// twin's first review gives, or one by chance, in tiers of the twin's sizes.
enum class Held { no, as_reviewed, at_random };

/// Of a generated policy that nobody lives under, and that splits a difference by whose customers it comes from: what
/// its cells count of each customer is what another policy's cell does. `shared`: the twin's of those who are customers
/// under the twin and under the baseline, the baseline's of all others. `shared_and_own`: the twin's also of those who
/// are customers under the twin alone.
enum class Blend { no, shared, shared_and_own };

/// Tiers stand from the best to the last, as the segmentation ranks them.
struct Policy {
  std::string name;
  std::uint32_t segmentation = 0;  ///< as numbered in the catalogue
  std::vector<FieldValue> values;  ///< of the segmentation's fields
  std::vector<Tier> tiers;
  std::uint32_t entry = 0;  ///< tier of a customer before its first review
  /// Set in a policy that no study states: every customer gets the mean of what this policy grants.
  std::optional<std::uint32_t> same_money_as = {};
  std::vector<RollOut> rollout = {};         ///< empty: everybody is reached at month 0
  std::vector<PolicySetting> settings = {};  ///< of a field in the order of their months
  std::size_t before = 0;  ///< so many tiers at the end are the baseline's, of customers not reached yet
  Held held = Held::no;    ///< set, with its twin, in policies that no study states
  std::optional<std::uint32_t> twin = {};  ///< policy
  int validity = 0;        ///< months that a tier is kept at least from the review that gave or confirmed it
  int grandfathering = 0;  ///< months for which customers of before month 0 keep the baseline's tiers
  /// Who is kept in a tier by hand, by row of the customer file; -1: nobody. Empty: the rule decides for all.
  std::vector<std::int32_t> kept_by_hand = {};
  /// Of the benchmark `best_response`: what the best tier brings over the last one, by class [money, discounted], as
  /// pilot worlds showed it. Empty until they were simulated.
  std::vector<double> gains = {};
  Blend blend = Blend::no;  ///< set, with its twin, in policies that no study states; they have one tier
};

/// A bound that the firm must keep in every future: of a KPI, of one policy or of all.
struct Constraint {
  std::string kpi;
  std::optional<double> at_most = {}, at_least = {};
  std::optional<std::uint32_t> policy = {};
};

/// A number of a field that is not known: every draw has a value of its own. A draw of everybody's number moves a value
/// that a group has of its own along (moved_along); a group's own number may be uncertain itself.
struct Uncertain {
  FieldRef field;
  std::uint32_t number = 0;  ///< which of FieldValue::numbers
  std::string path;          ///< as the study wrote it
  Law law;                   ///< uniform (low, high), normal (mean, sd), lognormal (mean, sd_log), beta (mean, a)
  std::optional<std::uint32_t> group = {};  ///< whose number it is; absent: everybody's
  /// A number that stands in a policy's tier, in its settings, or in a scenario's shock, and not in a field's table.
  struct Place {
    enum class Of { tier, setting, shock } of = Of::tier;
    std::uint32_t owner = 0;  ///< policy or scenario
    std::uint32_t part = 0;   ///< tier, setting or shock of it
  };
  std::optional<Place> place = {};
  /// Its value in every draw, where a file gives the draws of several numbers together; empty: the law gives them.
  std::vector<double> drawn = {};
  std::string file = {};  ///< that file's name, as the study wrote it
};

/// How the months of a cube lie: each, or summed over the years that count from month 0, or over the horizon. Months of
/// a run-off stay apart.
enum class MonthsKept { all, year, total };

/// What is counted beside the metrics: it takes memory, and is part of what a cell is.
struct Count {
  std::vector<int> histogram_months;  ///< of the horizon, ascending; empty: the last one
  /// By class of customers as they stood when the policies parted, beside their group: the baseline's tier then, and
  /// the tenth of the customers by sales of the year before.
  bool classes = false;
  /// Whom reviews move, and what those bought whom the first one finds, a year before it and after it.
  bool reviews = false;
  /// What ledgers of lots hold, spend and lose, by the months since it was added.
  bool triangle = false;
  /// What each customer does, for RunOptions::readout: no study says it, and no cell counts it.
  bool customers = false;
};

/// What of its cells a cube holds. Records hold all, and KPIs are of all.
struct Output {
  enum class Groups { apart, summed } groups = Groups::apart;
  std::vector<std::string> metrics;  ///< in the order in which they are counted; empty: all
  MonthsKept months = MonthsKept::all;
  enum class Histograms { kept, left_out } histograms = Histograms::kept;
  bool operator==(const Output&) const = default;
};

struct Study {
  std::string title, question, currency = "EUR";
  std::string text;                  ///< the study as it was read
  std::vector<std::string> options;  ///< what was said beside the text and counts before it, as it was typed
  std::string digest;                ///< of the canonical text: all that changes an outcome and nothing else
  std::uint32_t seed = 1;
  double money_quantum = 0.01;
  Horizon horizon;
  Population population;
  std::vector<std::vector<FieldValue>> values;  ///< [table][field]
  std::vector<Uncertain> uncertain;
  Luck luck = Luck::fresh;
  std::vector<Scenario> scenarios;  ///< the first is the one that a warm-up lives in
  std::vector<Policy> policies;
  std::uint32_t baseline = 0;  ///< policy: lives the warm-up, and differences are taken to it
  std::uint32_t draws = 0;     ///< 0: the stated values hold (the draw axis has one place)
  std::uint32_t replications = 10;
  std::string headline;     ///< KPI
  bool same_money = false;  ///< whether each policy but the baseline is joined by one that spreads its money evenly
  bool why = false;  ///< whether each policy but the baseline is joined by four that say why it differs (sim/why.hpp)
  std::vector<Constraint> constraints = {};
  std::vector<std::string> kpis = {};  ///< which an answer shows beside the headline; empty: its own choice
  Count count;
  Output output;
  std::vector<std::string> warnings = {};  ///< what the reader found unlikely: it stays with every answer

  /// Customers of a file are known to be there at month 0: until then they buy and pay, and nobody leaves or joins.
  bool stands_still(int month) const { return population.file && month < 0; }
  /// The first month in which somebody joins by number: the books tell everybody who was there before month 0.
  int first_arrivals() const { return population.file && !population.file->past.empty() ? 0 : 1; }
  /// The last month of the warm-up of customers whose past a file tells: what the books say takes the place of what was
  /// simulated.
  bool books_take_over(int month) const { return month == -1 && population.file && !population.file->past.empty(); }
  /// The month of which the ages of the first base are told.
  int month_of_ages() const { return population.file ? 0 : -horizon.warmup; }
};

}  // namespace clientele::sim
