// Where a watched customer stands in the block at hand, and what of it changes there.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/state/layout.hpp"
#include "sim/watch.hpp"

namespace clientele::sim {

class Watching {
 public:
  /// The memory of a block's columns; those of the month are the worker's.
  struct Rooms {
    const std::byte *traits = nullptr, *common = nullptr;
    struct OfArm {
      Cell cell;
      const std::byte *states = nullptr, *passing = nullptr;
    };
    std::vector<OfArm> arms;
    std::size_t column_bytes = 0;
  };
  /// Where in its life the block is.
  struct When {
    int month = 0;
    MonthKind kind = MonthKind::usual;
    std::uint32_t group = 0;
  };

  Watching(const Layout& layout, const Watch& watch);

  /// Looks for the customer among those of a block.
  void find(std::span<const std::uint32_t> id_low, std::span<const std::uint32_t> id_high);
  bool sees() const { return row_.has_value(); }

  /// What the customer begins with: once, and again where arms part.
  void tell_birth(const Rooms& rooms, const When& when);
  void tell_fork(const Rooms& rooms, const When& when);
  void remember(const Rooms& rooms, const When& when);
  /// `also`: numbers beside those that columns hold, by arm; none, or of each.
  void tell(const Rooms& rooms, const When& when, std::string_view step,
            const std::vector<std::vector<Change>>& also = {});
  std::size_t place() const { return *row_; }

 private:
  struct Seen {
    std::string name;
    Layout::Home home;  ///< trait, common, state or passing
    char type;
    std::uint32_t first = 0, depth = 1;  ///< columns; of a ring, the month's is looked at
  };
  void tell_all(const Rooms& rooms, const Rooms::OfArm& arm, const When& when, std::string_view step);
  std::vector<std::uint32_t> words(const Rooms& rooms, const Rooms::OfArm& arm, int month) const;

  Watch watch_;
  std::vector<Seen> seen_;
  std::optional<std::size_t> row_;
  bool has_told_birth_ = false;
  std::vector<std::vector<std::uint32_t>> before_;  ///< [arm]
  /// What was told last of columns whose memory others use between two months.
  std::map<std::pair<Cell, std::size_t>, double> last_;
};

}  // namespace clientele::sim
