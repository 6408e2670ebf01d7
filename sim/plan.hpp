// A study wired to a catalogue, once: what a run of it gives, in which portions, with how much memory; and the run.
#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/core/api.hpp"
#include "sim/metrics.hpp"
#include "sim/run.hpp"
#include "sim/sink.hpp"
#include "sim/study.hpp"

namespace clientele::sim {

class Program;

/// Looks at the study and at the catalogue as long as it lives: both stay where and as they are.
class CLIENTELE_API Plan {
 public:
  Plan(const Study& study, const Catalogue& catalogue);
  ~Plan();
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  const Study& study() const;
  const Catalogue& catalogue() const;

  /// The axes and variables that a run gives, and what they rest on.
  const OutcomeInfo& info() const& { return info_; }
  OutcomeInfo info() && { return std::move(info_); }

  /// What a readout is handed of each customer.
  std::vector<std::string> read_out() const;

  /// The portions that each world is simulated in, the same for all; none where each is simulated in one.
  std::vector<Portion> portions(const RunOptions& options = {}) const;

  /// Memory that simulating all cells takes at its highest, beside the program itself and what the sink keeps [bytes].
  /// Found without taking any.
  std::uint64_t memory_of_run(const RunOptions& options = {}) const;

  /// Cells of pilot worlds that `run` simulates before these cells, once (sim/pilots.hpp).
  std::size_t cells_of_pilots(const std::vector<Cell>& cells) const;

  /// Simulates the cells and hands each to the sink: the same bits however it is run. Stops early, with what is
  /// finished handed over, when the token says so. Throws UserError (a value out of range, with metric, month and the
  /// quantum to set).
  RunReport run(const std::vector<Cell>& cells, Sink& sink, const RunOptions& options = {},
                std::stop_token stop = {}) const;

 private:
  /// What lives in the cells: the study, and what its pilots have shown. Nothing where these were stopped.
  const Program* living_in(const std::vector<Cell>& cells, const RunOptions& options, std::stop_token stop) const;

  std::unique_ptr<const Program> program_;
  struct Piloted;
  mutable std::mutex piloting_;
  mutable std::unique_ptr<const Piloted> piloted_;  ///< found once, where somebody asks
  OutcomeInfo info_;
};

/// What the behaviors of a catalogue count, whatever a study asks of them.
CLIENTELE_API std::vector<MetricInfo> metrics_of(const Catalogue& catalogue);

}  // namespace clientele::sim
