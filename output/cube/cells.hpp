// The cells of a cube on their way into the file: read once, a window at a time, and laid into every variable.
#pragma once
#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "output/cube/dimensions.hpp"
#include "output/cube/variables.hpp"
#include "output/hdf5/hdf5.hpp"
#include "sim/parallel/team.hpp"

namespace clientele::output {

/// A box that was written, and what it held.
struct WrittenBox {
  Box box;
  bool is_chunk = false;  ///< all that its chunk holds
  std::uint64_t checksum = 0;
};
struct WrittenVariable {
  std::string name;
  Extent chunk;
  std::vector<WrittenBox> boxes;
};

/// The data of a file: what was written where, and the hash of all integers.
struct WrittenCells {
  std::vector<WrittenVariable> variables;
  std::string data_hash;
  std::vector<std::string> hashes_of_points;
  bool complete = true;
};

/// Reads every cell, in cell order, and writes every variable; a team works on the variables side by side. Which bytes
/// a file gets depends on neither the team nor where cells come from. Throws UserError (stopped_early) where asked to.
WrittenCells write_cells(Hdf5Writer& file, const Dimensions& dimensions, const Source& source,
                         const std::vector<Variable>& variables, sim::Team& team, const std::stop_token& stop);

/// Reads every box back, and undoes what was done to it. Throws UserError (input_output) where one is not what was
/// written.
void read_back(const Hdf5Reader& file, const WrittenCells& written, const std::filesystem::path& path, sim::Team& team,
               const std::stop_token& stop);

}  // namespace clientele::output
