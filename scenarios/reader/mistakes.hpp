// All mistakes of a study at once, each with its place, in the order of the file.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace clientele::scenarios {

/// Where something stands: a line and column of the study (from 1, columns in characters), or an option of the command
/// line. Line 0 without an option: nowhere in particular.
struct Place {
  std::uint32_t line = 0, column = 0, length = 1;
  int option = -1;
  int file = -1;  ///< one that the study names (Mistakes::add_file), or the study itself
};

/// The lines of a text without their ends, as places count them.
std::vector<std::string_view> lines_of(std::string_view text);

/// What an option was read as: a number, and what it must be.
struct NumberSaid {
  std::string what;  ///< as messages name it
  std::string unit_in_words, unit;
  double low = 0, high = 0, plausible_low = 0, plausible_high = 0;
  bool whole = false;
};

/// Gathers mistakes and warnings; throws the former together.
class Mistakes {
 public:
  /// `options` are the options as somebody typed them; Place::option counts them.
  Mistakes(std::string name, std::string_view text, std::vector<std::string> options);

  /// A file that the study names, in which there may be mistakes; its text stays here. Returns its number in places.
  int add_file(std::string name, std::string text);
  std::string_view text_of_file(int file) const { return files_[static_cast<std::size_t>(file)]->text; }

  /// Texts read: problem (why) suggestion?
  void add(const Place& place, std::string text);
  void warn(const Place& place, std::string text);
  /// Mistakes of another file, which say their places themselves; `count` may be more than are told.
  void add_elsewhere(std::vector<std::string> texts, std::size_t count);

  /// Notes that an option is read as a number; of the study's own numbers nothing is noted.
  void note_number(const Place& place, NumberSaid said);

  bool none() const { return count_ == 0; }
  std::size_t count() const { return count_; }
  /// What is wrong with an option, what is unlikely in it, and which number it is; without places.
  std::vector<std::string> mistakes_of_option(int option) const;
  std::vector<std::string> warnings_of_option(int option) const;
  std::optional<NumberSaid> number_of_option(int option) const;
  /// The mistakes without their places, in order.
  std::vector<std::string> mistakes_without_places() const;
  /// The mistakes as they are told: with place, source line and caret; no more than are shown.
  std::vector<std::string> told() const;
  /// Throws one UserError with all of them, if there are any.
  void throw_if_any() const;
  std::vector<std::string> warnings() const;
  /// The same without their places: equal studies have equal ones, whatever their files are called.
  std::vector<std::string> warnings_without_places() const;

 private:
  struct Remark {
    Place place;
    std::string text;
  };
  /// A file, kept where it is: its lines look at it.
  struct File {
    std::string name, text;
    std::vector<std::string_view> lines;
  };
  const File* file_of(const Place& place) const;
  std::string prefix(const Place& place) const;
  std::string source_line(const Place& place) const;

  std::string name_;
  std::vector<std::string_view> lines_;
  std::vector<std::unique_ptr<const File>> files_;
  std::vector<std::string> options_;
  std::vector<Remark> mistakes_, warnings_;
  std::vector<std::string> elsewhere_;
  std::map<int, NumberSaid> numbers_;  ///< by option
  std::set<std::string> said_;         ///< so that nothing is said twice
  std::size_t count_ = 0;
};

}  // namespace clientele::scenarios
