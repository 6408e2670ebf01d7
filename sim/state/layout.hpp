// What wiring found out: which columns there are and where they live, who may touch them when, and what is counted.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/metrics.hpp"
#include "sim/random/address_book.hpp"
#include "sim/schema.hpp"
#include "sim/state/columns.hpp"
#include "sim/state/effects.hpp"
#include "sim/study.hpp"

namespace clientele::sim {

/// Whether a firm can see a column. A segmentation can be handed observed ones only.
enum class Sight { observed, latent };

/// Columns that the engine itself keeps, as a segmentation is handed them: what a firm can see.
struct ObservedColumns {
  Trait<const std::uint32_t> id_low, id_high;
  Trait<const std::int32_t> born;            ///< month
  State<const std::int32_t> on_books;        ///< 1 for whom the firm takes for its customer this month
  State<const std::int32_t> tier;            ///< the one held last
  State<const std::int32_t> orders;          ///< placed this month
  Passing<const std::int32_t> under_review;  ///< 1 for who takes part in a review
};

/// As behaviors see them, which know more than a firm does.
struct CoreColumns : ObservedColumns {
  CoreColumns() = default;
  explicit CoreColumns(const ObservedColumns&) = delete;  ///< what is observed does not become what is latent
  /// 0 not here, 1 active this month (from the exits on: next month), 2 + k gone by departure k.
  State<const std::int32_t> status;
  /// 1 for who comes beside the usual newcomers, if what the firm offers wins more of them.
  Trait<const std::int32_t> is_won_over;
  /// Tier held this month, under which is counted; -1 for who is neither active nor on the books.
  State<const std::int32_t> standing;
};

/// A column as the engine writes it, which gave others a handle to read it with.
template <class T>
Trait<T> writable(Trait<const T> c) {
  return {c.column};
}
template <class T>
State<T> writable(State<const T> c) {
  return {c.column};
}

/// Turns a lever's number (of a tier, or the field's own) into the four bytes that kernels read, given parameters.
using LeverRule = std::function<std::uint32_t(const ParameterStruct& parameters, float value)>;

/// When a column may be touched: at the birth of customers, by the behavior of some number; at the meeting before a
/// step of the catalogue; in the step.
struct Stage {
  std::uint32_t row = 0;
  bool operator==(const Stage&) const = default;
};

struct Layout {
  enum class Home { trait, fate, state, carried, collected, passing, common, listed, slots };
  struct Column {
    std::string name;
    Home home = Home::trait;
    char type = 'f';  ///< f float, i int32, u uint32
    int owners = 0;
    Sight sight = Sight::latent;
    bool must_be_observed = false;
    std::uint32_t index = 0;  ///< within the memory of its home
    std::uint32_t use = 0;    ///< of a column that steps are wired for one by one
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
  struct EffectInfo {
    std::string name;
    Operation operation = Operation::factor;
    std::uint32_t use = 0;
    int owners = 0;
    bool is_carried = false;   ///< a meeting stands between somebody who acts and the owner
    std::uint32_t column = 0;  ///< State where it is carried, else Passing
  };
  struct KnownTrait {
    std::uint32_t trait = 0;
    FieldRef field;
  };
  struct LeverInfo {
    std::uint32_t passing = 0;
    FieldRef field;
    std::uint32_t parameters = 0;  ///< the table that the rule is given
    LeverRule rule;
    bool as_it_stands = false;  ///< no rule turns it: one column for all who read it so
  };
  struct LuckEntry {
    std::uint32_t tag = 0;
    Per per = Per::birth;
    std::uint32_t words_read = 0;  ///< bits
  };
  struct DepartureInfo {
    std::string name;
    int precedence = 0;
    Collected request;
    Metric metric;
  };

  /// A ledger, and the State column that holds a customer's balance before month 0.
  struct Ledger {
    LedgerInfo info;
    std::optional<State<const std::int32_t>> column;
    std::optional<Metric> opening;
  };

  std::map<std::string, Column, std::less<>> columns;
  std::uint32_t traits = 0, states = 0, passing = 0, common = 0, listed = 0, slots = 0;  ///< columns of each memory
  std::vector<RingInfo> rings;
  std::vector<EffectInfo> effects;
  std::vector<KnownTrait> known;
  std::vector<LeverInfo> levers;
  std::vector<FieldRef> settings;
  std::vector<MetricInfo> metrics;
  std::vector<HistogramInfo> histograms;
  std::vector<MetricInfo> aged;  ///< counted by age
  std::vector<Ledger> ledgers;
  std::vector<LuckEntry> luck;
  std::vector<DepartureInfo> departures;     ///< ascending precedence
  std::vector<std::uint32_t> keeps;          ///< State columns: who has one that is not zero is not forgotten
  bool keeps_books = false;                  ///< a behavior says who is on the books; else it is who is active
  bool wins_newcomers = false;               ///< what is offered decides who joins
  std::optional<std::uint32_t> arranged_by;  ///< float trait
  std::optional<std::uint32_t> row;          ///< trait: the customer's row of a file that tells the past
  struct GoneBefore {
    std::uint32_t trait = 0, request = 0;
  };
  struct ReadOut {
    std::string name;
    std::uint32_t state = 0;
    char type = 'f';
  };
  std::vector<ReadOut> readout;           ///< handed over as the horizon ends
  std::optional<GoneBefore> gone_before;  ///< who had left before month 0, and the departure's column
  std::optional<std::uint32_t> moves;     ///< Passing column that tells how reviews move customers, if asked for
  std::optional<std::uint32_t> progress;  ///< the same that tells how near they are to a better tier
  std::uint32_t lever_of_progress = 0;    ///< above 0 for tiers that they know of; its place in `levers`
  std::optional<std::uint32_t> reviewed;  ///< Passing column that tells whom a review put into a tier of the policy

  /// What may be touched: [row of a Stage][use], of the bits below.
  static constexpr std::uint8_t may_read = 1, may_write = 2;
  std::vector<std::vector<std::uint8_t>> open;
  std::vector<std::string> names_of_uses, names_of_stages;

  Stage meeting_before(std::uint32_t step) const { return {2 * step}; }
  Stage in_step(std::uint32_t step) const { return {2 * step + 1}; }
  Stage at_birth(std::uint32_t behavior) const { return {births + behavior}; }
  std::uint32_t births = 0;  ///< the first row of these

  /// Gives rings their columns, behind all others, when their depths are known.
  void place_rings();
};

}  // namespace clientele::sim
