// Wiring: before anything is simulated, behaviors say what they own, read, count and draw, and in which of their steps;
// the engine lays out memory from that, and refuses what could not come out the same for every block.
//
// A name asked for twice is the same column. Each column has one owner; a column without an owner, with two, or of two
// types or homes is an internal fault, and so is a step that reads what a later step writes, adds to what has been
// applied, or expects a column of the month to survive a meeting. Used at construction only, never in a loop.
#pragma once
#include <bit>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/core/api.hpp"
#include "sim/core/check.hpp"
#include "sim/state/layout.hpp"
#include "sim/state/order_of_steps.hpp"

namespace clientele::sim {

class StageWiring;

class CLIENTELE_API Wiring {
 public:
  /// Calls `visit` with each number that a field has anywhere in a study: in some group and draw, tier or policy.
  using Visit = std::function<void(double number)>;
  using EachNumber = std::function<void(FieldRef field, const Visit& visit)>;

  /// Without numbers everything is wired that a study may ask for.
  explicit Wiring(const Catalogue& catalogue, EachNumber each_number = {}, const Population* population = nullptr,
                  const Count* count = nullptr);

  /// Told by the engine before each behavior is made, so that fields are looked up in its own table.
  void enter_table(std::uint32_t table) { table_ = table; }

  const CoreColumns& core() const { return core_; }

  template <class T>
  Trait<T> own_trait(std::string_view name, Sight sight) {
    return {own(name, Layout::Home::trait, letter<T>(), sight)};
  }
  /// A trait that a customer file may give: the column of this field of the behavior's table.
  Trait<float> own_trait_of_field(std::string_view name, std::string_view field, Sight sight);
  template <class T>
  Trait<const T> read_trait(std::string_view name) {
    return {read(name, Layout::Home::trait, letter<T>())};
  }

  template <class T>
  Fate<T> own_fate(std::string_view name, Sight sight) {
    return {own(name, Layout::Home::fate, letter<T>(), sight)};
  }
  template <class T>
  Fate<const T> read_fate(std::string_view name) {
    return {read(name, Layout::Home::fate, letter<T>())};
  }

  /// Of the behavior that places them.
  State<std::int32_t> own_orders() {
    ++column("orders", Layout::Home::state, 'i').owners;
    return writable(core_.orders);
  }

  /// Of the behavior that says who is on the books from the next month on: where a firm does not see all exits. Who
  /// joins is on them. Where nobody owns them, they hold who is active.
  State<std::int32_t> own_books() {
    ++column("on the books", Layout::Home::state, 'i').owners;
    layout_.keeps_books = true;
    return writable(core_.on_books);
  }

  template <class T>
  State<T> own_state(std::string_view name, Sight sight) {
    return {own(name, Layout::Home::state, letter<T>(), sight)};
  }
  template <class T>
  State<const T> read_state(std::string_view name) {
    return {read(name, Layout::Home::state, letter<T>())};
  }

  /// The owner of a ring writes the slot of the present month; the ring is as deep as the deepest reader asks, or
  /// `at_least`. `Arm::depth(ring)` is 0 where nobody needs it.
  template <class T>
  Ring<T> own_ring(std::string_view name, Sight sight, std::uint32_t at_least = 0) {
    return ring<T>(name, sight, at_least, 1);
  }
  /// A ring that its owner writes ahead of the present: as deep as `Behavior::months_ahead` says for a study.
  template <class T>
  Ring<T> own_ring_ahead(std::string_view name, Sight sight) {
    const Ring<T> made = own_ring<T>(name, sight, 1);
    layout_.rings[made.ring].written_ahead_by = table_;
    return made;
  }
  template <class T>
  Ring<const T> read_ring(std::string_view name, std::uint32_t depth) {
    const Ring<T> found = ring<T>(name, Sight::latent, depth, 0);
    return {found.first, found.ring};
  }

  /// What happens in one step of the behavior, at the meeting before it, or at the birth of customers.
  StageWiring step(std::string_view name);
  StageWiring meeting(std::string_view name_of_step);
  StageWiring birth();

  // The same of a behavior that has one step.
  template <class T>
  Passing<T> own_passing(std::string_view name);
  template <class T>
  Passing<const T> read_passing(std::string_view name);
  template <class T>
  Common<T> own_common(std::string_view name);
  template <class T>
  Common<const T> read_common(std::string_view name);
  template <class T>
  Listed<T> own_listed(std::string_view name);
  template <class T>
  Listed<const T> read_listed(std::string_view name);
  template <class T>
  Slots<T> own_slots(std::string_view name);
  template <class T>
  Slots<const T> read_slots(std::string_view name);
  Collected own_collected(std::string_view name);
  Collected collect(std::string_view name);
  OwnFactor own_factor(std::string_view name);
  OwnSum own_sum(std::string_view name);
  Factor act_by_factor(std::string_view name);
  Sum act_by_sum(std::string_view name);

  /// The parameters of the behavior's own table, and those of another by its key.
  template <class S>
  Parameters<S> parameters() const {
    check_type(table_, is_bound_to<S>(table_));
    return {table_};
  }
  template <class S>
  Parameters<S> parameters_of(std::string_view key) const {
    const std::uint32_t table = table_called(key);
    check_type(table, is_bound_to<S>(table));
    return {table};
  }

  /// What the customer's tier gets of the lever `field` of the own table ("discount"), or of another's
  /// ("purchasing.discount"), turned by a rule of parameters.
  template <class T, class S, class Rule>
  Lever<T> lever(Parameters<S> parameters, std::string_view field, Rule rule) {
    return {add_lever(field, parameters.table, [rule](const ParameterStruct& all, float value) {
      return std::bit_cast<std::uint32_t>(static_cast<T>(rule(all.as<S>(), value)));
    })};
  }
  /// The same as it stands.
  Lever<float> lever(std::string_view field);

  /// Whether a field of the own table has such a number anywhere in the study: a part of a behavior that nobody uses
  /// needs no columns. Its metrics are declared all the same.
  bool is_used(std::string_view field, const std::function<bool(double number)>& rule) const;

  /// Whom a study begins with: groups and their shares, and what a file says of its customers. None without a study.
  const Population* population() const { return population_; }
  /// Whether a study asks for what reviews do ([count] reviews): what nobody asks for takes no column and no time.
  bool counts_reviews() const { return count_ == nullptr || count_->reviews; }
  /// Whether it asks for the ages of what ledgers of lots hold and lose ([count] triangle).
  bool counts_ages() const { return count_ != nullptr && count_->triangle; }
  /// Whether somebody reads customers one by one.
  bool reads_customers() const { return count_ != nullptr && count_->customers; }
  /// Hands this column of every customer to RunOptions::readout as the horizon ends.
  template <class T>
  void read_out(std::string_view name, State<T> column) {
    layout_.readout.push_back({std::string(name), column.column, letter<T>()});
  }
  /// What a customer file says of a field ("purchasing.order_value"), one number per customer; empty where it says
  /// nothing.
  std::span<const float> known(std::string_view field) const;

  /// What the file tells of customers' past under a key of the catalogue. `Past::is_known` is false where it does not.
  Past past(std::string_view key) const;
  /// The first month in which newcomers may join by themselves.
  int first_arrivals() const {
    return population_ != nullptr && population_->file && !population_->file->past.empty() ? 0 : 1;
  }
  /// A trait that is 1 for customers of a file who had left before month 0 though they stood in it: where the warm-up
  /// ends they go by this departure, uncounted.
  Trait<std::int32_t> own_gone_before(const Departure& departure);

  Driver driver(std::string_view name) const;

  /// What the policy sets of a field of the own table ("budget"), or of another's ("credit.budget").
  Setting setting(std::string_view field);

  Metric metric(std::string_view name, MetricUnit unit, std::string_view meaning, double scale = 1,
                MonthsOf months = MonthsOf::horizon);
  /// A metric of a behavior that was made before: what a firm itself spends is booked under it too.
  Metric metric_called(std::string_view name) const;
  /// Says that the study makes no use of what a metric counts: a cube leaves it out and names it.
  void counts_nothing(Metric metric) { layout_.metrics[metric.index].is_zero = true; }
  void counts_nothing(const Departure& departure);
  /// One that is kept of the closed months after the horizon too.
  Metric metric_beyond_too(std::string_view name, MetricUnit unit, std::string_view meaning) {
    return metric(name, unit, meaning, 1, MonthsOf::also_beyond);
  }
  /// An additive integer per month, those beyond the horizon too, and age: of a cell as a whole. Ages go up to the
  /// months that the deepest ring which is written ahead holds.
  AgedMetric metric_by_age(std::string_view name, MetricUnit unit, std::string_view meaning);
  Histogram histogram(std::string_view name, MetricUnit unit, std::string_view meaning, std::vector<int> months = {-1});

  /// A ledger whose customers' balances stand in `column`: what stands there before month 0 is counted by a metric of
  /// its own, `<balance>_opening`. The engine checks every ledger, in each cell, month and group, and a cube says what
  /// rolls it forward.
  void ledger(LedgerInfo info, State<const std::int32_t> column);
  /// The same of a part of a behavior that the study makes no use of: the balance stays 0, and takes no column.
  void unused_ledger(LedgerInfo info);
  /// One that begins with the balance of month 0.
  void ledger(LedgerInfo info) { layout_.ledgers.push_back({std::move(info), {}, {}}); }
  void ledger(LedgerInfo info, State<std::int32_t> column) {
    ledger(std::move(info), State<const std::int32_t>{column.column});
  }

  /// A way to go, counted by a metric of its name. Lower precedence numbers win. Every step of the behavior that stands
  /// before the exits may ask for it.
  Departure departure(std::string_view name, int precedence, std::string_view meaning);

  BirthLuck birth_luck(WordAddress word, std::uint32_t words = 1) {
    expects(word.per == Per::birth, "birth luck is read from an entry per birth");
    return {luck_entry(word, words), word.word};
  }
  MonthLuck month_luck(WordAddress word, std::uint32_t words = 1) {
    expects(word.per == Per::month || word.per == Per::two_months, "month luck is read from an entry per month");
    return {luck_entry(word, words), word.word};
  }
  OrderLuck order_luck(WordAddress word, std::uint32_t words = 1) {
    expects(word.per == Per::order, "order luck is read from an entry per order");
    return {luck_entry(word, words), word.word};
  }

  /// Customers with similar values stand next to each other: for speed only, no result changes.
  void arrange_by(Trait<float> key) { layout_.arranged_by = key.column; }
  /// Each who joins by itself after month 0 is joined by one who may be won (CoreColumns::is_won_over); a step of this
  /// behavior before the review says by Arm::turn_away whom of both the offer does not win.
  void wins_newcomers() { layout_.wins_newcomers = true; }
  /// Who left but has something in this column is still lived (open invoices).
  void keep_while(State<std::int32_t> column) { layout_.keeps.push_back(column.column); }

  /// After all behaviors and segmentations are wired: owners are checked. Rings have no columns yet.
  Layout finish();

 private:
  friend class Observed;
  friend class StageWiring;

  template <class T>
  static constexpr char letter() {
    static_assert(sizeof(T) == 4, "columns hold four-byte values");
    return std::is_same_v<T, float> ? 'f' : std::is_same_v<T, std::int32_t> ? 'i' : 'u';
  }
  template <class T>
  Ring<T> ring(std::string_view name, Sight sight, std::uint32_t depth, int owners) {
    return {0, add_ring(name, letter<T>(), sight, depth, owners)};
  }
  StageWiring only_step();
  std::uint32_t step_called(std::string_view name) const;
  std::vector<std::uint32_t> steps_of_behavior() const;
  void write_in_reviews(std::string_view name, char type, std::optional<std::uint32_t>& column);
  std::uint32_t table_called(std::string_view key) const;
  FieldRef field_called(std::string_view path) const;
  template <class S>
  bool is_bound_to(std::uint32_t table) const {
    return catalogue_->tables()[table].fields.is_of<S>();
  }
  void check_type(std::uint32_t table, bool is_bound) const;
  std::uint32_t own(std::string_view name, Layout::Home home, char type, Sight sight);
  std::uint32_t read(std::string_view name, Layout::Home home, char type);
  Layout::Column& column(std::string_view name, Layout::Home home, char type);
  std::uint32_t& count_of(Layout::Home home);
  std::uint32_t add_use(std::string_view name);
  std::uint32_t add_ring(std::string_view name, char type, Sight sight, std::uint32_t depth, int owners);
  std::uint32_t add_lever(std::string_view field, std::uint32_t parameters, LeverRule rule);
  std::uint32_t add_effect(std::string_view name, Operation operation);
  std::uint32_t luck_entry(WordAddress word, std::uint32_t words);
  Metric opening_of(LedgerInfo& info);
  void check_owners() const;
  void check_levers() const;
  void check_names() const;

  const Catalogue* catalogue_;
  EachNumber each_number_;
  const Population* population_;
  const Count* count_;
  std::uint32_t table_ = 0;
  Layout layout_;
  CoreColumns core_;
  std::vector<Use> touches_;
  std::map<std::uint32_t, std::uint32_t> entry_of_tag_;
};

/// What a behavior touches at one stage: in a step, at the meeting before it, or at the birth of customers.
class CLIENTELE_API StageWiring {
 public:
  template <class T>
  Passing<T> own_passing(std::string_view name) {
    return own<Passing<T>, T>(name, Layout::Home::passing);
  }
  template <class T>
  Passing<const T> read_passing(std::string_view name) {
    return read<Passing<const T>, T>(name, Layout::Home::passing);
  }
  template <class T>
  Common<T> own_common(std::string_view name) {
    return own<Common<T>, T>(name, Layout::Home::common);
  }
  template <class T>
  Common<const T> read_common(std::string_view name) {
    return read<Common<const T>, T>(name, Layout::Home::common);
  }
  template <class T>
  Carried<T> own_carried(std::string_view name) {
    return own<Carried<T>, T>(name, Layout::Home::carried);
  }
  template <class T>
  Carried<const T> read_carried(std::string_view name) {
    return read<Carried<const T>, T>(name, Layout::Home::carried);
  }
  template <class T>
  Listed<T> own_listed(std::string_view name) {
    return own<Listed<T>, T>(name, Layout::Home::listed);
  }
  template <class T>
  Listed<const T> read_listed(std::string_view name) {
    return read<Listed<const T>, T>(name, Layout::Home::listed);
  }
  template <class T>
  Slots<T> own_slots(std::string_view name) {
    return own<Slots<T>, T>(name, Layout::Home::slots);
  }
  template <class T>
  Slots<const T> read_slots(std::string_view name) {
    return read<Slots<const T>, T>(name, Layout::Home::slots);
  }

  /// How the review of this month has moved a customer among the tiers of the policy that it lives under: 1 to a better
  /// one, -1 to a worse one, 0 not at all. Who comes from another policy, at month 0 or by a roll-out, is not moved.
  /// In a step between the review and the next meeting.
  Passing<const std::int32_t> read_moves();
  /// 1 for whom the review of this month has put into a tier of the arm's own policy, whether it was moved or not; 0
  /// for all others, and in months without a review. In a step between the review and the next meeting.
  Passing<const std::int32_t> read_reviewed();
  /// How near a customer is to the next better tier of that policy for which a lever of the own table is above 0
  /// ("visible"), 0 to 1, by Segmentation::tell_progress. In a step between the review and the next meeting; one
  /// behavior may ask.
  Passing<const float> read_progress(std::string_view lever);

  /// `own_collected` by the step that applies and clears it, `collect` by whoever adds before that.
  Collected own_collected(std::string_view name);
  Collected collect(std::string_view name);

  /// A number that others may move before this step, where its owner reads what came of it.
  OwnFactor own_factor(std::string_view name) { return own_effect<Operation::factor>(name); }
  OwnSum own_sum(std::string_view name) { return own_effect<Operation::sum>(name); }
  /// Acting on it, in a step before the owner's.
  Factor act_by_factor(std::string_view name) { return act<Operation::factor>(name); }
  Sum act_by_sum(std::string_view name) { return act<Operation::sum>(name); }

  /// A column that the behavior owns is written anew here; an effect that it owns is read here too.
  template <class Handle>
  void also(const Handle& handle) {
    touch(handle.use, Layout::may_read | Layout::may_write, false);
  }

 private:
  friend class Wiring;
  StageWiring(Wiring& wiring, Stage stage) : wiring_(&wiring), stage_(stage) {}

  template <class Handle, class T>
  Handle own(std::string_view name, Layout::Home home) {
    const std::uint32_t index = wiring_->own(name, home, Wiring::letter<T>(), Sight::latent);
    return {index, touch_column(name, Layout::may_read | Layout::may_write, false)};
  }
  template <class Handle, class T>
  Handle read(std::string_view name, Layout::Home home) {
    const std::uint32_t index = wiring_->read(name, home, Wiring::letter<T>());
    return {index, touch_column(name, Layout::may_read, false)};
  }
  template <Operation operation>
  OwnEffect<operation> own_effect(std::string_view name) {
    const std::uint32_t effect = wiring_->add_effect(name, operation);
    return {effect, touch_effect(effect, Layout::may_read)};
  }
  template <Operation operation>
  Effect<operation> act(std::string_view name) {
    const std::uint32_t effect = wiring_->add_effect(name, operation);
    return {effect, touch_effect(effect, Layout::may_write)};
  }
  std::uint32_t touch_column(std::string_view name, int how, bool adds);
  std::uint32_t touch_effect(std::uint32_t effect, int how);
  void touch(std::uint32_t use, int how, bool adds);

  Wiring* wiring_;
  Stage stage_;
};

template <class T>
Passing<T> Wiring::own_passing(std::string_view name) {
  return only_step().own_passing<T>(name);
}
template <class T>
Passing<const T> Wiring::read_passing(std::string_view name) {
  return only_step().read_passing<T>(name);
}
template <class T>
Common<T> Wiring::own_common(std::string_view name) {
  return only_step().own_common<T>(name);
}
template <class T>
Common<const T> Wiring::read_common(std::string_view name) {
  return only_step().read_common<T>(name);
}
template <class T>
Listed<T> Wiring::own_listed(std::string_view name) {
  return only_step().own_listed<T>(name);
}
template <class T>
Listed<const T> Wiring::read_listed(std::string_view name) {
  return only_step().read_listed<T>(name);
}
template <class T>
Slots<T> Wiring::own_slots(std::string_view name) {
  return only_step().own_slots<T>(name);
}
template <class T>
Slots<const T> Wiring::read_slots(std::string_view name) {
  return only_step().read_slots<T>(name);
}

}  // namespace clientele::sim
