// One finished cell as bytes: a header that vouches for itself and for what follows it (FORMAT.md, "The records").
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "output/records/cell_key.hpp"
#include "sim/metrics.hpp"
#include "sim/sink.hpp"

namespace clientele::output {

/// The version of the records' format. Readers refuse a later one.
inline constexpr std::uint32_t record_format = 3;
inline constexpr std::size_t record_header_size = 56;

struct RecordHeader {
  std::uint32_t format = record_format;
  CellKey key;
  std::uint64_t payload_size = 0, payload_checksum = 0;
};

/// Header and payload. Equal outcomes give equal bytes, whichever numbers their cells have in a study and however many
/// tiers its other policies have: columns [tier][group][metric] in which all months are 0 are left out.
std::string record_of(const CellKey& key, const sim::CellOutcome& outcome, const sim::OutcomeInfo& info);

/// Nothing where the bytes, of which there are record_header_size, are no header that vouches for itself.
std::optional<RecordHeader> header_of(std::string_view bytes);

/// What a payload holds, laid out for a study. Throws InternalFault where a payload that its header vouches for does
/// not fit the study.
sim::CellOutcome outcome_of(std::string_view payload, const sim::Cell& cell, const sim::OutcomeInfo& info);

}  // namespace clientele::output
