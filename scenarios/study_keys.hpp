// The keys of a study's own tables as data: what each means, what it may be, and what holds where nobody says it.
//
// The reader takes its numbers' rules and its words from here, and whoever explains a study reads the same list. Keys
// of behaviors and segmentations stand in their field tables (sim/schema.hpp).
#pragma once
#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "sim/schema.hpp"

namespace clientele::scenarios {

/// What a value of a key is. `table` and `tables` have keys of their own; `other` is one of several kinds, which the
/// meaning names.
enum class KeyKind { number, whole, text, choice, truth, date, table, tables, other };

struct StudyKey {
  std::string_view table, key;  ///< "horizon", "months"; the table of keys at the top is ""
  KeyKind kind = KeyKind::text;
  std::string_view unit;      ///< of a number, as mistakes name it
  sim::Range range;           ///< of a number
  std::string_view standard;  ///< what holds where it is not said, as TOML; empty: nothing does, or `unsaid` tells
  std::string_view meaning;
  std::string_view unsaid = {};                ///< what holds where it is not said, where that is no single value
  std::vector<std::string_view> choices = {};  ///< the words of a choice, in the order of their enumeration
  bool required = false;                       ///< a table without it is a mistake
};

struct StudyTable {
  std::string_view key;      ///< "policy.tier"
  std::string_view written;  ///< how a study begins it: "[[policy.tier]]"
  std::string_view meaning;
  std::string_view also = {};  ///< keys that it has beside the listed ones, which follow from the catalogue
};

/// In the order in which a study is mostly written.
const std::vector<StudyTable>& study_tables();
const std::vector<StudyKey>& study_keys();

/// A key that is there.
const StudyKey& study_key(std::string_view table, std::string_view key);

/// The laws that an uncertain number may follow, with their parameters in the order of sim::Uncertain::law.
struct UncertainShape {
  sim::Family family;
  std::string_view key;
  std::array<std::string_view, 2> parameters;
};
std::span<const UncertainShape> uncertain_shapes();

}  // namespace clientele::scenarios
