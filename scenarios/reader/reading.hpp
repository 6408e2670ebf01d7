// What the parts of the reader share while a study takes shape, and the words that a study may use.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/customers/file.hpp"
#include "scenarios/reader/mistakes.hpp"
#include "scenarios/reader/text_tree.hpp"
#include "scenarios/stated_books.hpp"
#include "scenarios/totals.hpp"
#include "sim/catalogue.hpp"
#include "sim/study.hpp"

namespace clientele::scenarios {

class CustomerFiles;
class NumberFile;

/// Sums of decimal shares are off by their last bit.
inline constexpr double share_slack = 1e-9;

/// Every key that some part of a study knows, so that a key in the wrong place finds its home.
class Vocabulary {
 public:
  explicit Vocabulary(const sim::Catalogue& catalogue);

  /// The keys at the top of a study, behaviors included.
  const std::vector<std::string>& tables() const { return tables_; }
  /// Where this key belongs, as a path, "payment.terms_days", or a list, "share in [[policy.tier]]"; a table's name:
  /// "[[policy.tier]]". Empty: nowhere.
  std::string home_of(std::string_view key, bool is_table) const;
  /// How a study begins a table of this list: "[[scenario.shock]]".
  std::string list_called(std::string_view key) const;

 private:
  struct Word {
    std::string key, home;
    bool is_table;
  };
  std::vector<std::string> tables_;
  std::vector<Word> words_;
};

/// A study while it is read.
struct Reading {
  const sim::Catalogue& catalogue;
  const Vocabulary& vocabulary;
  Mistakes& mistakes;
  const std::filesystem::path folder;  ///< what paths in the study are relative to
  sim::Study study = {};
  struct UncertainPlace {
    Place place;
    sim::Range range;  ///< where every draw must be
  };
  std::vector<UncertainPlace> uncertain_places = {};  ///< of Study::uncertain
  struct Use {
    Place place;
    std::string what;
    sim::FieldRef field;
  };
  bool swept = false;                       ///< a [sweep] counts: its cube holds totals unless [output] says otherwise
  const NumberFile* draws = nullptr;        ///< whose columns the draws of uncertain numbers are, while it is read
  CustomerFiles* customer_files = nullptr;  ///< files that were read already for other points
  Totals totals = {};                       ///< of the year before month 0
  std::vector<Use> uses = {};               ///< of fields that need another one, as they are said
  std::vector<Use> choices = {};            ///< of fields that go with some choices of their table, as they are said
  struct SampleText {
    std::filesystem::path path;
    int file = -1;  ///< in places
  };
  std::vector<SampleText> sample_texts = {};  ///< files with mistakes in them
  std::optional<StatedBooks> books = {};
  std::optional<ToldTiers> told_tiers = {};  ///< by the customer file
  std::string draws_digest = {};             ///< of the bytes of uncertain.file, once it is read
};

// The parts, in the order in which they need each other.
void read_money_and_seed(const Node& root, Reading& reading);
void read_horizon(const Node& root, Reading& reading);
void read_beyond(const Node& root, Reading& reading);
void read_behaviors(const Node& root, Reading& reading);
void read_population(const Node& root, Reading& reading);
void read_scenarios(const Node& root, Reading& reading);
void read_policies(const Node& root, Reading& reading);
void read_uncertain(const Node& root, Reading& reading);
void read_experiment(const Node& root, Reading& reading);
void read_constraints(const Node& root, Reading& reading);
void read_count(const Node& root, Reading& reading);
void read_output(const Node& root, Reading& reading);
void read_totals(const Node& root, Reading& reading);
void read_books_table(const Node& root, Reading& reading);
/// Puts the tiers before a roll-out behind a policy's own, now that the baseline is known.
void finish_roll_outs(const Node& root, Reading& reading);
/// What books say of the past, by the terms of the baseline.
void read_openings(const Node& root, Reading& reading);
/// Puts every customer whose tier today the file names into the baseline's tier of that name.
void read_told_tiers(Reading& reading);
/// Holds policies that sort by gains to what their pilot worlds can show.
void check_gains(const Node& root, Reading& reading);
/// Holds policies whose tiers members of a program earn to whether anybody can join it.
void check_members(const Node& root, Reading& reading);
/// Holds fields that are used to the fields that they need.
void check_needs(Reading& reading);
/// Holds fields to the choices of their table: those that do not go together are refused, what counts with others
/// warned of.
void check_choices(Reading& reading);
/// Holds every draw that the study asks for to the range of its number.
void check_draws(Reading& reading);
/// Warns of what is legal and still unlikely to be meant.
void judge_plausibility(Reading& reading);

/// What a study says of the people, in [population] or in [experiment].
std::optional<sim::People> people_of(const Node& root, Reading& reading);

std::vector<std::string> group_names(const sim::Study& study);

/// Whether an option made the horizon: what the study says of later months is no mistake then.
bool horizon_is_shortened(const Node& root);

/// The place in `names` of the name that an entry gives; notes an unknown one. `kind`: "policy".
std::optional<std::uint32_t> place_in(const std::vector<std::string>& names, const Entry& entry, std::string_view kind,
                                      const std::string& label, Reading& reading);

}  // namespace clientele::scenarios
