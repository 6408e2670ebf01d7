// How much a run is, before it is: memory against what there is, and after a second's trial also time and files.
#pragma once
#include <cstdint>
#include <optional>
#include <stop_token>

#include "sim/plan.hpp"
#include "sim/study.hpp"

namespace clientele::tools {

/// Where the outcomes of a run go: to records and a cube, or to memory until the answer is told.
enum class Kept { on_disk, in_memory };

/// Most memory that a run has at once, the program itself with it [bytes].
std::uint64_t memory_of(const sim::Plan& plan, const sim::RunOptions& options, Kept kept);

/// Throws UserError (does_not_fit), with what would fit, where memory does not hold the run beside that of so many
/// others of its kind on this machine. Takes none of it.
void check_memory(const sim::Plan& plan, const sim::RunOptions& options, Kept kept, unsigned on_machine = 1);
/// Whether it does.
bool fits_memory(const sim::Plan& plan, const sim::RunOptions& options, Kept kept, unsigned on_machine = 1);

/// What a small part of a study, simulated for about a second, tells of the whole.
struct Trial {
  double seconds = 0;                   ///< of all that is simulated, on this machine's threads
  double processor_seconds = 0;         ///< the same summed over them, whatever else the machine does
  double seconds_of_writing = 0;        ///< of a processor, for the cube
  double customer_months = 0;           ///< active ones
  std::uint64_t cube = 0, records = 0;  ///< bytes

  /// How long the cube takes to be written on so many threads, of which one at a time hands it to HDF5.
  double writing_on(unsigned threads) const;
};
/// Nothing where it was stopped.
std::optional<Trial> try_out(const sim::Plan& plan, const sim::RunOptions& options, const std::stop_token& stop);

}  // namespace clientele::tools
