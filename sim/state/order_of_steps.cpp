// Stages of a month stand in the order of their rows: the meeting before a step, then the step.
#include "sim/state/order_of_steps.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "sim/core/check.hpp"

namespace clientele::sim {

namespace {

class Order {
 public:
  Order(const Layout& layout, const Catalogue& catalogue, std::span<const Use> uses)
      : layout_(layout), catalogue_(catalogue), uses_(uses) {}

  void check_columns() const {
    for (const auto& [name, column] : layout_.columns) {
      switch (column.home) {
        case Layout::Home::trait:
        case Layout::Home::fate:
        case Layout::Home::state:
          break;
        case Layout::Home::collected:
          check_added(column.use, exits_take(name));
          break;
        case Layout::Home::carried:
          check_read(column.use, false);
          break;
        default:
          check_read(column.use, true);
      }
    }
    for (const Layout::EffectInfo& effect : layout_.effects) check_added(effect.use, std::nullopt);
  }

  bool is_carried(std::uint32_t use) const {
    for (const Use& taken : of(use, false))
      for (const Use& added : of(use, true))
        if (is_in_month(taken) == is_in_month(added) && meeting_between(added.stage, taken.stage)) return true;
    return false;
  }

 private:
  bool is_in_month(const Use& use) const { return use.stage.row < layout_.births; }
  const std::string& name_of(Stage stage) const { return layout_.names_of_stages[stage.row]; }
  std::vector<Use> of(std::uint32_t use, bool adds) const {
    std::vector<Use> found;
    for (const Use& touch : uses_)
      if (touch.use == use && touch.adds == adds) found.push_back(touch);
    return found;
  }

  /// Customers meet before a step: what stands in scratch memory then is lost.
  bool may_meet_before(std::uint32_t step) const {
    const Catalogue::Step& taken = catalogue_.steps()[step];
    return taken.kind == Catalogue::Step::Kind::review || static_cast<bool>(taken.signal);
  }
  bool meeting_between(Stage from, Stage to) const {
    for (std::uint32_t step = 0; step < catalogue_.steps().size(); ++step) {
      const std::uint32_t meeting = layout_.meeting_before(step).row;
      if (from.row < meeting && meeting < to.row && may_meet_before(step)) return true;
    }
    return false;
  }

  void check_read(std::uint32_t use, bool ends_at_meetings) const {
    for (const Use& reader : of(use, false)) {
      if ((reader.how & Layout::may_write) != 0) continue;
      std::optional<Use> writer, later;
      for (const Use& touch : of(use, false)) {
        if ((touch.how & Layout::may_write) == 0 || is_in_month(touch) != is_in_month(reader)) continue;
        auto& best = touch.stage.row <= reader.stage.row ? writer : later;
        if (!best || touch.stage.row > best->stage.row) best = touch;
      }
      const std::string column = "column '" + layout_.names_of_uses[use] + "'";
      expects(writer.has_value(), name_of(reader.stage) + " reads " + column + " before " +
                                      (later ? name_of(later->stage) + " writes it" : "anybody has written it"));
      expects(!ends_at_meetings || !meeting_between(writer->stage, reader.stage),
              column + " is written in " + name_of(writer->stage) + " and read in " + name_of(reader.stage) +
                  ", but customers may meet in between: it is lost there unless it is Carried");
    }
  }

  /// The engine grants exits at its own step.
  std::optional<Stage> exits_take(std::string_view column) const {
    for (const Layout::DepartureInfo& departure : layout_.departures)
      if (departure.name + " request" == column)
        for (std::uint32_t step = 0; step < catalogue_.steps().size(); ++step)
          if (catalogue_.steps()[step].kind == Catalogue::Step::Kind::exits) return layout_.in_step(step);
    return std::nullopt;
  }

  void check_added(std::uint32_t use, std::optional<Stage> taken_by_engine) const {
    for (const Use& added : of(use, true)) {
      std::optional<Stage> taken = taken_by_engine;
      for (const Use& owner : of(use, false))
        if (is_in_month(owner) == is_in_month(added) && (!taken || owner.stage.row < taken->row)) taken = owner.stage;
      expects(taken && added.stage.row <= taken->row,
              name_of(added.stage) + " adds to '" + layout_.names_of_uses[use] + "' after " +
                  (taken ? name_of(*taken) + " has taken it" : "nobody takes it"));
    }
  }

  const Layout& layout_;
  const Catalogue& catalogue_;
  std::span<const Use> uses_;
};

}  // namespace

void check_order(const Layout& layout, const Catalogue& catalogue, std::span<const Use> uses) {
  Order(layout, catalogue, uses).check_columns();
}

void place_effects(Layout& layout, const Catalogue& catalogue, std::span<const Use> uses) {
  const Order order(layout, catalogue, uses);
  for (Layout::EffectInfo& effect : layout.effects) {
    effect.is_carried = order.is_carried(effect.use);
    effect.column = effect.is_carried ? layout.states++ : layout.passing++;
  }
}

}  // namespace clientele::sim
