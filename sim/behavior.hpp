// The first seam: a behavior advances one block by one month, in every arm, as plain loops over columns.
#pragma once
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>
#include <vector>

#include "sim/core/api.hpp"
#include "sim/core/math.hpp"
#include "sim/firm_month.hpp"
#include "sim/signal.hpp"
#include "sim/state/blend_side.hpp"
#include "sim/state/effects.hpp"
#include "sim/state/layout.hpp"
#include "sim/state/orders.hpp"
#include "sim/state/tally.hpp"
#include "sim/state/variates.hpp"
#include "sim/state/wiring.hpp"

namespace clientele::sim {

class Program;
struct Resolved;

/// Which columns of a ring the months from some month on stand in.
struct MonthsAhead {
  std::int32_t now = 0, depth = 0, customers = 0;

  /// Of a customer's value that many months ahead, fewer than the ring's depth.
  CLIENTELE_INLINE std::int32_t cell(std::int32_t ahead, std::int32_t customer) const {
    const std::int32_t place = now + ahead;
    return (place - when(place >= depth, depth)) * customers + customer;
  }
};

/// A column that is counted under a metric.
struct Counted {
  Metric metric;
  std::span<const std::int32_t> values;
};

/// The columns of the month that the present step was wired for.
class OpenColumns {
 public:
  void enter(const Layout& layout, Stage stage) {
    layout_ = &layout;
    stage_ = stage;
    bits_ = layout.open[stage.row].data();
  }
  template <class T>
  CLIENTELE_INLINE void check(std::uint32_t use) const {
    constexpr std::uint8_t sought = std::is_const_v<T> ? Layout::may_read : Layout::may_write;
    if ((bits_[use] & sought) == 0) [[unlikely]]
      refuse(use);
  }

 private:
  [[noreturn]] CLIENTELE_API void refuse(std::uint32_t use) const;

  const Layout* layout_ = nullptr;
  Stage stage_;
  const std::uint8_t* bits_ = nullptr;
};

/// One policy in one scenario, living in this block.
class CLIENTELE_API Arm {
 public:
  template <class T>
  std::span<T> operator[](State<T> c) const {
    return column_at<T>(states_, c.column * column_bytes_, width_);
  }
  template <class T>
  std::span<const T> operator[](Lever<T> c) const {
    return column_at<const T>(passing_, c.column * column_bytes_, width_);
  }
  // Columns of the month: a step that was not wired for one is an internal fault.
  template <class T>
  std::span<T> operator[](Passing<T> c) const {
    open_->check<T>(c.use);
    return column_at<T>(passing_, c.column * column_bytes_, width_);
  }
  template <class T>
  std::span<T> operator[](Carried<T> c) const {
    open_->check<T>(c.use);
    return column_at<T>(states_, c.column * column_bytes_, width_);
  }
  std::span<std::int32_t> operator[](Collected c) const {
    open_->check<std::int32_t>(c.use);
    return column_at<std::int32_t>(states_, c.column * column_bytes_, width_);
  }
  template <Operation operation>
  Acting<operation> operator[](Effect<operation> e) const {
    open_->check<float>(e.use);
    return Acting<operation>(effect(e.effect));
  }
  /// What has come of it.
  template <Operation operation>
  std::span<const float> operator[](OwnEffect<operation> e) const {
    open_->check<const float>(e.use);
    return effect(e.effect);
  }

  /// The column of a month: one of the ring's depth up to the present, or from the present on where it is written
  /// ahead.
  template <class T>
  std::span<T> at(Ring<T> ring, int month) const {
    const Layout::RingInfo& info = layout_->rings[ring.ring];
    check_ring(info, month);
    const int place = place_in_ring(month, static_cast<int>(info.depth));
    return (*this)[State<T>{info.first + static_cast<std::uint32_t>(place)}];
  }
  /// Months that the ring holds; 0 where nobody asked for it.
  template <class T>
  int depth(Ring<T> ring) const {
    return static_cast<int>(layout_->rings[ring.ring].depth);
  }

  /// All months of a ring behind each other, and where in it `month` and those after it stand.
  template <class T>
  std::span<T> all(Ring<T> ring) const {
    const Layout::RingInfo& info = layout_->rings[ring.ring];
    return {(*this)[State<T>{info.first}].data(), info.depth * column_bytes_ / sizeof(T)};
  }
  template <class T>
  MonthsAhead ahead_of(int month, Ring<T> ring) const {
    const int months = depth(ring);
    return {place_in_ring(month, months), months, static_cast<std::int32_t>(column_bytes_ / sizeof(T))};
  }

  float driver(Driver d) const { return drivers_[d.index]; }
  float setting(Setting s) const { return settings_[s.index]; }
  /// The same so many months ahead, or ago: what is announced, and what has just changed.
  float setting_in(Setting s, int months) const;
  /// The same as the baseline sets it, of whom all were before month 0.
  float setting_of_baseline_in(Setting s, int months) const;

  /// Adds columns of counts to metrics of this month, under the tier that each customer holds: a value of 2^24 or more
  /// stops the run and names the metric and the month. Columns that are counted together cost less.
  void count(std::initializer_list<Counted> columns) const;
  void count(Metric metric, std::span<const std::int32_t> values) const { count({{metric, values}}); }
  /// Adds columns of amounts (quanta): a value of 2^30 or more stops the run and names the metric and the month.
  void book(std::initializer_list<Counted> columns) const;
  void book(Metric metric, std::span<const std::int32_t> values) const { book({{metric, values}}); }
  /// The same for everybody, also who has left (what settles after a customer is gone), under the tier held last.
  void book_all(std::initializer_list<Counted> columns) const;
  void book_all(Metric metric, std::span<const std::int32_t> values) const { book_all({{metric, values}}); }
  /// The same of some customers, where everybody else's amounts are 0: few of a block cost little.
  void book_all_of(std::span<const std::uint32_t> customers, std::initializer_list<Counted> columns) const;
  /// Books what is left of a metric beside parts of it, all of which were booked this month of everybody: sums tell.
  void book_rest(Metric rest, Metric whole, std::span<const Metric> parts) const;
  void count_all(std::initializer_list<Counted> columns) const;
  void count_all(Metric metric, std::span<const std::int32_t> values) const { count_all({{metric, values}}); }
  /// Books amounts that are known today of a month to come, so many after the present one, which is the last of the
  /// horizon or the last closed one; at most months_to_settle - 1. Of everybody, under the tier held last.
  void book_ahead(Metric metric, int ahead, std::span<const std::int32_t> values) const;
  /// Stops the run: a customer's amount [quanta] under this metric is 2^30 or more, as far as it is known.
  [[noreturn]] void refuse(Metric metric, double quanta) const;
  /// Marked customers who are born this month do not join in this arm after all. Before the month's review.
  void turn_away(std::span<const std::int32_t> marked) const;
  /// Puts active customers into a histogram, if this is one of its months.
  void bin(Histogram histogram, std::span<const std::int32_t> values) const;
  /// Adds to what the cell counts by age, 0 first; what is counted of pairs that are put together (why) is not.
  void count_by_age(AgedMetric metric, std::span<const std::int64_t> amounts) const;

  /// What the meeting before this step decided for this arm.
  const Decision& decision() const { return *decision_; }

  std::size_t index() const { return index_; }
  std::uint32_t scenario() const { return scenario_; }
  std::uint32_t policy() const { return policy_; }

 private:
  friend class Life;
  friend class BlockMonth;
  struct Columns;
  /// Under which customers are counted: the tier held this month, or the one held last.
  enum class Tiers { standing, last };
  std::span<const std::int32_t> held(Tiers tiers) const;
  void count_by(Tiers tiers, std::initializer_list<Counted> columns) const;
  void book_by(Tiers tiers, std::initializer_list<Counted> columns, std::int64_t* cells) const;
  /// The same for the cells that are put together of this arm and another.
  std::span<const std::int32_t> channels_of(const BlendSide& side, Tiers tiers) const;
  void book_in_blend(BlendSide& side, Tiers tiers, std::initializer_list<Counted> columns, std::int64_t* sums) const;
  std::size_t stride_of_channels() const;
  void book_ahead_in_blend(BlendSide& side, Metric metric, std::size_t month,
                           std::span<const std::int32_t> values) const;
  void check_ring(const Layout::RingInfo& ring, int month) const;
  static int place_in_ring(int month, int depth) { return ((month % depth) + depth) % depth; }
  std::span<float> effect(std::uint32_t number) const {
    const Layout::EffectInfo& info = layout_->effects[number];
    return column_at<float>(info.is_carried ? states_ : passing_, info.column * column_bytes_, width_);
  }
  /// As the engine sees it.
  template <class T>
  std::span<T> passing(std::uint32_t column) const {
    return column_at<T>(passing_, column * column_bytes_, width_);
  }

  const Layout* layout_ = nullptr;
  const OpenColumns* open_ = nullptr;
  std::size_t index_ = 0, width_ = 0, tiers_ = 0, tier_stride_ = 0, column_bytes_ = 0;
  std::uint32_t scenario_ = 0, policy_ = 0, group_ = 0;
  std::size_t classes_ = 1;              ///< that a group's customers are counted apart by
  const std::int32_t* class_ = nullptr;  ///< of each customer
  std::byte *states_ = nullptr, *passing_ = nullptr;
  std::int64_t* cells_ = nullptr;
  Tally* tally_ = nullptr;  ///< absent in warm-up
  const float *drivers_ = nullptr, *settings_ = nullptr;
  const Decision* decision_ = nullptr;
  const CoreColumns* core_ = nullptr;
  const BlockMonth* month_ = nullptr;
  std::span<BlendSide> sides_;  ///< of the pairs that it is one of
  const Program* program_ = nullptr;
  const Resolved* resolved_ = nullptr;
};

/// One block in one month: what the arms share, and the arms.
class CLIENTELE_API BlockMonth {
 public:
  template <class T>
  std::span<const T> operator[](Trait<T> c) const {
    return column_at<const T>(traits_, c.column * column_bytes_, width_);
  }
  /// Traits are given once, where customers are born.
  template <class T>
  std::span<T> at_birth(Trait<T> c) const {
    expects(is_birth_, "traits are given where customers are born");
    return column_at<T>(traits_, c.column * column_bytes_, width_);
  }
  template <class T>
  std::span<T> operator[](Fate<T> c) const {
    return column_at<T>(traits_, c.column * column_bytes_, width_);
  }
  // Columns of the month: a step that was not wired for one is an internal fault.
  template <class T>
  std::span<T> operator[](Common<T> c) const {
    open_.check<T>(c.use);
    return column_at<T>(common_, c.column * column_bytes_, width_);
  }
  template <class T>
  std::span<T> operator[](Listed<T> c) const {
    open_.check<T>(c.use);
    return orders_[c];
  }
  template <class T>
  std::span<T> operator[](Slots<T> c) const {
    open_.check<T>(c.use);
    return orders_[c];
  }

  std::span<const Arm> arms() const { return {arms_.data(), present_arms_}; }
  /// Customers, rounded up to whole registers; those at the end that do not exist are never active.
  std::size_t size() const { return width_; }
  /// Customers that do exist.
  std::size_t customers() const { return customers_; }
  int month() const { return month_; }
  /// Whether nothing has been simulated before this month.
  bool is_first() const { return month_ == first_month(); }
  int first_month() const { return -study_->horizon.warmup; }
  /// A month after the horizon that settles what is open: nobody buys, joins or leaves any more.
  bool run_off() const { return kind_ == MonthKind::settle; }
  /// Requests to leave are in vain: while what is open is settled, and while the customers of a file are warmed up.
  bool nobody_leaves() const { return run_off() || study_->stands_still(month_); }
  /// A month after the horizon in which customers who are there go on, and nobody joins.
  bool closed() const { return kind_ == MonthKind::closed; }
  bool last_of_horizon() const { return kind_ == MonthKind::usual && month_ + 1 == study_->horizon.months; }
  /// Nobody lives on: what is open now is open at the end.
  bool last_of_all() const {
    return kind_ != MonthKind::settle && month_ + 1 == study_->horizon.months + study_->horizon.beyond;
  }
  /// 1 to 12.
  int calendar_month() const;
  std::uint32_t group() const { return group_; }
  const ObservedColumns& core() const { return *core_; }

  template <class S>
  const S& parameters(Parameters<S> p) const {
    return (*parameters_)[p.table].template as<S>();
  }
  /// The same of another group in the same draw.
  template <class S>
  const S& parameters(Parameters<S> p, std::size_t group) const {
    return (*parameters_of_groups_)[group][p.table].template as<S>();
  }
  Variates& variates() { return variates_; }
  /// Quanta per unit of money.
  float per_quantum() const { return per_quantum_; }

  /// The month's orders, listed when first asked for: ask once every arm has set its `orders` column.
  const Orders& orders();

  /// At birth: a trait drawn from a law, or known from the customer file.
  void draw(Trait<float> trait, const Law& law, BirthLuck luck);

  /// At birth: whether these customers are the first base, which may have been with us for long. Who joins it is new.
  bool first_base() const { return first_base_; }
  /// The month of which the ages of the first base are told.
  int month_of_ages() const { return study_->month_of_ages(); }
  /// The highest age in months where no file says how old customers are.
  int oldest() const { return study_->population.oldest; }
  /// The first month in which newcomers join by themselves.
  int first_arrivals() const { return study_->first_arrivals(); }
  /// At birth: months with us by the customer file, one per customer; empty where it does not say.
  std::span<const std::int32_t> stated_tenures();
  /// Whether the file tells this of the past of these customers; who joins later has none.
  bool knows(Past past) const { return past.is_known() && !of_file().empty(); }
  /// Whether these are customers of the file: of studies that tell their past or read each of them out.
  bool is_of_file() const { return !of_file().empty(); }
  /// A number of it of one customer, at its birth or later: of months k = 0 is the last before month 0.
  float past(Past past, std::size_t customer, std::size_t k = 0) const {
    return study_->population.file->past[past.index].values[of_file()[customer] * past.columns + k];
  }
  /// The same of a balance, which is told to its last digit.
  double balance_told(Past past, std::size_t customer, std::size_t k = 0) const {
    return study_->population.file->past[past.index].exact[of_file()[customer] * past.columns + k];
  }
  /// What the books say of these customers takes the place of what was simulated: at the end of the warm-up of a file
  /// that tells their past.
  bool books_take_over() const { return study_->books_take_over(month_) && !of_file().empty(); }

  /// Each active customer of an arm brings referrals[i] new customers, who live from next month on in that arm. They
  /// get the group of the customer who brings them, and an identity that every arm shares.
  void refer(std::size_t arm, std::span<const std::int32_t> referrals);

 private:
  friend class Life;
  friend class Arm;
  BlockMonth(const Layout& layout, const CoreColumns& core);
  /// As the engine sees it.
  template <class T>
  std::span<T> trait(std::uint32_t column) const {
    return column_at<T>(traits_, column * column_bytes_, width_);
  }

  /// Rows of the file, if it tells the past and these are its customers.
  std::span<const std::uint32_t> of_file() const {
    if (!layout_->row || width_ == 0) return {};
    const auto rows = column_at<const std::uint32_t>(traits_, *layout_->row * column_bytes_, width_);
    return rows[0] == no_row ? std::span<const std::uint32_t>{} : rows;
  }
  static constexpr std::uint32_t no_row = 0xffffffffU;

  const Layout* layout_;
  const CoreColumns* core_;
  Variates variates_;
  Orders orders_;
  std::vector<Arm> arms_;
  std::size_t present_arms_ = 0, width_ = 0, customers_ = 0, column_bytes_ = 0;
  std::byte *traits_ = nullptr, *common_ = nullptr;
  OpenColumns open_;
  std::vector<std::int32_t> max_orders_;  ///< of each customer over the arms
  const std::vector<ParameterStruct>* parameters_ = nullptr;
  const std::vector<std::vector<ParameterStruct>>* parameters_of_groups_ = nullptr;
  const Study* study_ = nullptr;
  std::vector<std::vector<std::int32_t>> referrals_;  ///< by arm, until the arrivals step
  std::vector<std::uint32_t> rows_;    ///< of the customer file, while traits are drawn; none of who comes later
  std::vector<std::int32_t> tenures_;  ///< by the customer file, while traits are drawn
  bool first_base_ = false, is_birth_ = false;
  std::uint32_t group_ = 0;
  int month_ = 0;
  MonthKind kind_ = MonthKind::usual;
  float per_quantum_ = 100;
  bool orders_listed_ = false;
};

/// The most that any tier of any policy gets of each lever.
class HighestLevers {
 public:
  explicit HighestLevers(std::vector<float> by_column) : by_column_(std::move(by_column)) {}
  float operator[](Lever<float> lever) const { return by_column_[lever.column]; }

 private:
  std::vector<float> by_column_;
};

/// What a study says of a group before anybody is simulated: parameters, and the drivers of a month.
class Outlook {
 public:
  Outlook(int month, const std::vector<ParameterStruct>& parameters, std::span<const float> drivers,
          const HighestLevers* highest = nullptr)
      : month_(month), parameters_(parameters), drivers_(drivers), highest_(highest) {}

  int month() const { return month_; }
  template <class S>
  const S& parameters(Parameters<S> p) const {
    return parameters_[p.table].template as<S>();
  }
  float driver(Driver d) const { return drivers_[d.index]; }
  /// The most that any tier of any policy gets of a lever, where that is asked for.
  float highest(Lever<float> lever) const {
    expects(highest_ != nullptr, "the most of a lever is known where rings are given their depths");
    return (*highest_)[lever];
  }

 private:
  int month_;
  const std::vector<ParameterStruct>& parameters_;
  std::span<const float> drivers_;
  const HighestLevers* highest_;
};

/// One part of a customer's life. Made once per run and never changed: what happens lives in columns.
class CLIENTELE_API Behavior {
 public:
  virtual ~Behavior() = default;
  /// Gives new customers their traits; no arm is there yet.
  virtual void draw_traits(BlockMonth&) const {}
  /// Gives new customers their first states in every arm. Everything that is not set is zero.
  virtual void set_first_states(BlockMonth&) const {}
  /// Mean number of organic arrivals in a month (they live from that month on).
  virtual double mean_arrivals(const Outlook&) const { return 0; }
  /// About how many customers are kept who have left, as a share of those who are active, because the firm does not
  /// know of it: for telling how much memory a run takes.
  virtual double kept_leavers(const Outlook&) const { return 0; }
  /// How many months ahead of the present the rings that this behavior writes ahead are written at most, whatever luck
  /// a customer has.
  virtual int months_ahead(const Outlook&) const { return 0; }
  /// Whether the firm spends or earns something that is no customer's: then it is asked for each arm and each month of
  /// the horizon and of the closed ones, once a world is simulated, whoever simulated it.
  virtual bool books_for_firm() const { return false; }
  virtual void book_for_firm(FirmMonth&) const {}
};

}  // namespace clientele::sim
