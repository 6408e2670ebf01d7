// All that a study can say, and all that comes out of it, as a list: each with what it means, may be, is and rests on.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/catalogue.hpp"

namespace clientele::tools {

struct Explained {
  std::string path;   ///< "payment.terms_days", "policy.tier.share", "shock.demand", "kpi.npv"
  std::string table;  ///< under which it stands: "payment", "policy.tier", "shock"
  std::string kind;   ///< "number of a behavior", "key of a study", "driver" ...
  std::string meaning, unit;
  std::string standard;  ///< what holds where a study does not say it, as it would say it, or in words
  std::optional<sim::Range> range;
  bool whole = false;
  std::vector<std::string> choices;
  std::vector<sim::FamilyInfo> laws;
  std::string known_as, source;  ///< of the default: "guess", and why
  /// What else there is to say, in words, each under its name: "groups", "lever", "costs".
  std::vector<std::pair<std::string, std::string>> facts;

  std::string key() const { return path.substr(path.rfind('.') + 1); }
};

/// What stands together, under one heading.
struct ExplainedTable {
  std::string key;      ///< "payment"; empty for what stands at the top of a study
  std::string written;  ///< "[payment]"
  std::string meaning;  ///< may be empty
  std::vector<Explained> entries;
};

/// In the order of a page: the study's own tables, behaviors, segmentations, drivers, KPIs, metrics.
std::vector<ExplainedTable> explained_tables(const sim::Catalogue& catalogue);

/// A default or the value of a law as a study writes it: { dist = "gamma", mean = 2, shape = 2 }.
std::string as_written(const sim::FieldInfo& field, const sim::FieldValue& value);

/// "from 0 to 360", "at least 0", "above 0"; empty where anything goes.
std::string range_in_words(const sim::Range& range);
/// "from 0 to 120" where that is less than the range; else empty.
std::string usual_in_words(const sim::Range& range);
/// All that it may be: range and what is usual, the words of a choice, laws with their numbers.
std::string values_in_words(const Explained& entry);

/// What a default is known as: "guess".
std::string mark_in_words(sim::Mark mark);

/// Everything that a path or a name may mean: a key, "shock.demand", "segmentation.rank"; a bare name such as
/// "terms_days" or "npv"; a path with names of a study in it, as --set takes it. Empty: nothing.
std::vector<const Explained*> found(const std::vector<ExplainedTable>& tables, const std::string& asked);
/// The table of that name, or none.
const ExplainedTable* table_called(const std::vector<ExplainedTable>& tables, const std::string& asked);
/// What is wrong with a name that is nothing: the nearest that is there, and what its table has.
std::string not_found(const std::vector<ExplainedTable>& tables, const std::string& asked);

std::string text_of(const Explained& entry);
std::string text_of(const std::vector<ExplainedTable>& tables);
std::string markdown_of(const std::vector<ExplainedTable>& tables);
std::string json_of(const std::vector<const Explained*>& entries);

}  // namespace clientele::tools
