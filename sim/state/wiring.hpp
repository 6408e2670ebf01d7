// Wiring: before anything lives, behaviors say what they own, read, count and draw; the engine lays out memory from
// that.
//
// A name asked for twice is the same column. Each column has one owner; a column without an owner, with two, or of two
// types or homes is an internal fault. Used at construction only, never in a loop.
#pragma once
#include <bit>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "sim/core/api.hpp"
#include "sim/metrics.hpp"
#include "sim/random/address_book.hpp"
#include "sim/schema.hpp"
#include "sim/state/columns.hpp"
#include "sim/study.hpp"

namespace clientele::sim {

class Catalogue;

/// Whether a firm can see a column. A segmentation can be handed observed ones only.
enum class Sight { observed, latent };

/// Columns that the engine itself keeps.
struct CoreColumns {
  Trait<std::uint32_t> id_low, id_high;
  Trait<std::int32_t> born;            ///< month
  State<std::int32_t> status;          ///< 0 not here, 1 active, 2 + k gone by departure k
  State<std::int32_t> tier;            ///< the one held last
  State<std::int32_t> standing;        ///< tier held this month, -1 for who is not active in it
  State<std::int32_t> orders;          ///< placed this month; owned by the behavior that places them
  Passing<std::int32_t> under_review;  ///< 1 for who takes part in a review
  Passing<std::int32_t> most_orders;   ///< over the arms; in the first arm only
};

/// Turns a lever's number (of a tier, or the field's own) into the four bytes that kernels read, given the parameters.
using LeverRule = std::function<std::uint32_t(const void* parameters, float value)>;

/// Everything that wiring found out; read by the engine.
struct Layout {
  enum class Home { trait, state, passing, listed, slots };
  struct Column {
    std::string name;
    Home home = Home::trait;
    char type = 'f';  ///< f float, i int32, u uint32
    int owners = 0;
    Sight sight = Sight::latent;
    bool must_be_observed = false;
    std::uint32_t index = 0;  ///< within its home
  };
  struct RingInfo {
    std::string name;
    std::uint32_t depth = 0;                        ///< columns; 0 when nobody reads it
    std::uint32_t first = 0;                        ///< index of its first State column
    std::optional<std::uint32_t> written_ahead_by;  ///< a behavior, which knows how far
    Sight sight = Sight::latent;
    int owners = 0;
    bool must_be_observed = false;
    char type = 'f';
  };
  struct KnownTrait {
    std::uint32_t trait = 0;
    FieldRef field;
  };
  struct LeverInfo {
    std::uint32_t passing = 0;
    FieldRef field;
    LeverRule rule;
  };
  struct LuckEntry {
    std::uint32_t tag = 0;
    Per per = Per::birth;
    std::uint32_t words_read = 0;  ///< bits
  };
  struct DepartureInfo {
    std::string name;
    int precedence = 0;
    std::uint32_t request = 0;  ///< State column
    Metric metric;
  };

  std::map<std::string, Column, std::less<>> columns;
  std::uint32_t traits = 0, states = 0, passing = 0, listed = 0, slots = 0;
  std::vector<RingInfo> rings;
  std::vector<KnownTrait> known;
  std::vector<LeverInfo> levers;
  std::vector<MetricInfo> metrics;
  std::vector<HistogramInfo> histograms;
  std::vector<LuckEntry> luck;
  std::vector<DepartureInfo> departures;     ///< ascending precedence
  std::vector<std::uint32_t> keeps;          ///< State columns: who has one that is not zero is not forgotten
  std::optional<std::uint32_t> arranged_by;  ///< float trait

  /// Gives rings their columns, behind all others, when their depths are known.
  void place_rings();
};

class CLIENTELE_API Wiring {
 public:
  explicit Wiring(const Catalogue& catalogue);

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

  /// A collected column: `own_collected` by the step that applies and clears it, `collect` by whoever adds.
  Collected own_collected(std::string_view name) { return {own(name, Layout::Home::state, 'i', Sight::latent)}; }
  Collected collect(std::string_view name) { return {read(name, Layout::Home::state, 'i')}; }

  template <class T>
  Passing<T> own_passing(std::string_view name) {
    return {own(name, Layout::Home::passing, letter<T>(), Sight::latent)};
  }
  template <class T>
  Passing<const T> read_passing(std::string_view name) {
    return {read(name, Layout::Home::passing, letter<T>())};
  }

  template <class T>
  Listed<T> own_listed(std::string_view name) {
    return {own(name, Layout::Home::listed, letter<T>(), Sight::latent)};
  }
  template <class T>
  Listed<const T> read_listed(std::string_view name) {
    return {read(name, Layout::Home::listed, letter<T>())};
  }
  template <class T>
  Slots<T> own_slots(std::string_view name) {
    return {own(name, Layout::Home::slots, letter<T>(), Sight::latent)};
  }
  template <class T>
  Slots<const T> read_slots(std::string_view name) {
    return {read(name, Layout::Home::slots, letter<T>())};
  }

  /// The parameters of the behavior's own table.
  template <class S>
  Parameters<S> parameters() const {
    return {table_};
  }

  /// What the customer's tier gets of the lever `field` of the own table, turned by a rule of the own parameters.
  template <class T, class S, class Rule>
  Lever<T> lever(Parameters<S>, std::string_view field, Rule rule) {
    return {add_lever(field, [rule](const void* parameters, float value) {
      return std::bit_cast<std::uint32_t>(static_cast<T>(rule(*static_cast<const S*>(parameters), value)));
    })};
  }
  /// The same as it stands.
  Lever<float> lever(std::string_view field) {
    return {add_lever(field, [](const void*, float value) { return std::bit_cast<std::uint32_t>(value); })};
  }

  Driver driver(std::string_view name) const;

  Metric metric(std::string_view name, MetricUnit unit, std::string_view meaning, double scale = 1,
                MonthsOf months = MonthsOf::horizon);
  /// One that is kept of the closed months after the horizon too.
  Metric metric_beyond_too(std::string_view name, MetricUnit unit, std::string_view meaning) {
    return metric(name, unit, meaning, 1, MonthsOf::also_beyond);
  }
  Histogram histogram(std::string_view name, MetricUnit unit, std::string_view meaning, std::vector<int> months = {-1});

  /// A way to go, counted by a metric of its name. Lower precedence numbers win.
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
  /// Who left but has something in this column is still lived (open invoices).
  void keep_while(State<std::int32_t> column) { layout_.keeps.push_back(column.column); }

  /// After all behaviors and segmentations are wired: owners are checked. Rings have no columns yet.
  Layout finish();

 private:
  friend class Observed;
  template <class T>
  static constexpr char letter() {
    static_assert(sizeof(T) == 4, "columns hold four-byte values");
    return std::is_same_v<T, float> ? 'f' : std::is_same_v<T, std::int32_t> ? 'i' : 'u';
  }
  template <class T>
  Ring<T> ring(std::string_view name, Sight sight, std::uint32_t depth, int owners) {
    return {0, add_ring(name, letter<T>(), sight, depth, owners)};
  }
  std::uint32_t own(std::string_view name, Layout::Home home, char type, Sight sight);
  std::uint32_t read(std::string_view name, Layout::Home home, char type);
  Layout::Column& column(std::string_view name, Layout::Home home, char type);
  std::uint32_t& count_of(Layout::Home home);
  std::uint32_t add_ring(std::string_view name, char type, Sight sight, std::uint32_t depth, int owners);
  std::uint32_t add_lever(std::string_view field, LeverRule rule);
  std::uint32_t luck_entry(WordAddress word, std::uint32_t words);

  const Catalogue* catalogue_;
  std::uint32_t table_ = 0;
  Layout layout_;
  CoreColumns core_;
  std::map<std::uint32_t, std::uint32_t> entry_of_tag_;
};

/// What a segmentation is wired with: observed columns, and scratch of its own.
class CLIENTELE_API Observed {
 public:
  explicit Observed(Wiring& wiring, std::string scratch) : wiring_(&wiring), scratch_(std::move(scratch)) {}

  template <class T>
  Trait<const T> trait(std::string_view name) {
    return {mark(name, Layout::Home::trait, Wiring::letter<T>())};
  }
  template <class T>
  State<const T> state(std::string_view name) {
    return {mark(name, Layout::Home::state, Wiring::letter<T>())};
  }
  template <class T>
  Ring<const T> ring(std::string_view name, std::uint32_t depth) {
    const Ring<T> found = wiring_->ring<T>(name, Sight::latent, depth, 0);
    wiring_->layout_.rings[found.ring].must_be_observed = true;
    return {found.first, found.ring};
  }
  /// A column that only this segmentation knows, kept over the rounds of a review. Policies of one kind share it.
  template <class T>
  State<T> scratch(std::string_view name) {
    return {wiring_->column(scratch_ + "/" + std::string(name), Layout::Home::state, Wiring::letter<T>()).index};
  }
  const CoreColumns& core() const { return wiring_->core(); }

 private:
  std::uint32_t mark(std::string_view name, Layout::Home home, char type) {
    Layout::Column& column = wiring_->column(name, home, type);
    column.must_be_observed = true;
    return column.index;
  }
  Wiring* wiring_;
  std::string scratch_;
};

}  // namespace clientele::sim
