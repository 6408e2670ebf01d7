// What a segmentation is wired with: it can be handed nothing that a firm cannot see.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sim/core/api.hpp"
#include "sim/state/wiring.hpp"

namespace clientele::sim {

/// Observed columns, scratch of its own, and the laws that a study states.
class CLIENTELE_API Observed {
 public:
  explicit Observed(Wiring& wiring, std::string scratch, bool is_benchmark = false)
      : wiring_(&wiring), scratch_(std::move(scratch)), is_benchmark_(is_benchmark) {}

  template <class T>
  Trait<const T> trait(std::string_view name) {
    return {mark(name, Layout::Home::trait, Wiring::letter<T>())};
  }
  /// What no firm can see, for a benchmark alone.
  template <class T>
  Trait<const T> true_trait(std::string_view name) {
    expects(is_benchmark_, "latent traits are handed to benchmarks alone");
    return wiring_->read_trait<T>(name);
  }
  template <class T>
  State<const T> state(std::string_view name) {
    return {mark(name, Layout::Home::state, Wiring::letter<T>())};
  }
  /// The same where a behavior owns it in this study: parts of a behavior that nobody uses have no columns.
  template <class T>
  std::optional<State<const T>> state_if_owned(std::string_view name) {
    const auto found = wiring_->layout_.columns.find(std::string(name));
    if (found == wiring_->layout_.columns.end() || found->second.owners == 0) return std::nullopt;
    return state<T>(name);
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
  const ObservedColumns& core() const { return wiring_->core(); }
  /// What a study says of a group, in a draw: what its firm believes of people before it has met them. It is nobody's
  /// latent state: all customers of a group share it.
  template <class S>
  Parameters<S> parameters_of(std::string_view table) const {
    return wiring_->parameters_of<S>(table);
  }

 private:
  std::uint32_t mark(std::string_view name, Layout::Home home, char type) {
    Layout::Column& column = wiring_->column(name, home, type);
    column.must_be_observed = true;
    return column.index;
  }
  Wiring* wiring_;
  std::string scratch_;
  bool is_benchmark_;
};

}  // namespace clientele::sim
