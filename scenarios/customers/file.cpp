// Every row is checked before anything is kept; what is kept are hashes of ids, groups and numbers.
#include "scenarios/customers/file.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <unordered_map>

#include "scenarios/amounts.hpp"
#include "scenarios/csv_rows.hpp"
#include "scenarios/customers/canonical_id.hpp"
#include "scenarios/customers/columns.hpp"
#include "scenarios/customers/value.hpp"
#include "scenarios/plain_file.hpp"
#include "scenarios/reader/canonical.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::first_bad_utf8;
using sim::in_quotes;
using sim::nearest;
using sim::printable;

namespace {

constexpr std::size_t most_told = 20;
constexpr std::size_t most_values = 200;     ///< of an attribute
constexpr std::size_t longest_field = 4096;  ///< bytes; nothing that names or counts a customer is longer

/// How numbers of a column have points: as between thousands (1.234), or as none between thousands could (1.2, 0.123,
/// 1234).
struct PointsInColumn {
  std::size_t of_thousands = 0, others = 0;

  void see(std::string_view text) {
    const bool whole = text.find('.') == std::string_view::npos;
    if (!thousands_meant(text).empty())
      ++of_thousands;
    else if (!whole || text.size() > 3)
      ++others;
  }
};

/// One file while it is read.
class FileReading {
 public:
  FileReading(const std::string& name, const std::vector<std::string>& groups, const sim::Catalogue& catalogue,
              const std::vector<FileAttribute>& attributes, double money_quantum)
      : name_(name), groups_(groups), catalogue_(catalogue), money_quantum_(money_quantum) {
    for (const FileAttribute& attribute : attributes) {
      attribute_names_.push_back(attribute.name);
      values_are_stated_.push_back(!attribute.values.empty());
    }
    reading_.attributes = attributes;
    reading_.customers_of_group.assign(groups.size(), 0);
  }

  CustomerFileReading read(std::string_view text, const std::vector<Column>& columns) {
    CsvRow row;
    if (is_text(text)) {
      CsvRows rows(text);
      if (!rows.next(row))
        wrong(1, "is empty. Expected: a line of column names, then a line per customer.");
      else if (read_header(row, columns))
        while (rows.next(row)) read_row(row);
      if (reading_.mistakes_count == 0 && texts_.empty()) wrong(1, "has no customer (only column names).");
    }
    if (reading_.mistakes_count == 0) {
      warn_of_nearly_same_ids();
      warn_of_thousands();
      finish(text);
    }
    return std::move(reading_);
  }

 private:
  void wrong(std::size_t line, const std::string& problem) {
    if (++reading_.mistakes_count <= most_told)
      reading_.mistakes.push_back(printable(name_, 200) + ":" + std::to_string(line) + ": " + problem);
  }

  static std::size_t line_at(std::string_view text, std::size_t byte) {
    return 1 +
           static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(byte), '\n'));
  }

  bool is_text(std::string_view text) {
    const std::size_t nul = text.find('\0');
    if (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF")
      wrong(1, "is UTF-16 text. Can your program save it as \"CSV UTF-8\"?");
    else if (const auto bad = first_bad_utf8(text))
      wrong(line_at(text, *bad), "is not UTF-8 text here. Can your program save it as \"CSV UTF-8\"?");
    else if (nul != std::string_view::npos)
      wrong(line_at(text, nul), "has a byte that is no text (NUL). Is it the right file?");
    return reading_.mistakes_count == 0;
  }

  struct Meaning {
    enum class Of { nothing, ignored, id, group, tenure, tier, trait, attribute, past } of = Of::nothing;
    std::size_t trait = 0;    ///< index into traits, attributes or past_
    std::uint32_t month = 0;  ///< of the past: 1 is the last before month 0; 0 where there is one column
  };

  bool read_header(const CsvRow& row, const std::vector<Column>& columns) {
    if (row.fields.size() > most_columns) {
      wrong(row.line, "has " + std::to_string(row.fields.size()) + " columns. Expected: at most " +
                          std::to_string(most_columns) + ". Is it a table of customers, one a line?");
      return false;
    }
    for (const std::string& field : row.fields) header_.emplace_back(without_ends(field));
    if (!row.problem.empty()) wrong(row.line, row.problem + ".");
    for (const Column& column : columns)
      if (std::find(header_.begin(), header_.end(), without_ends(column.header)) == header_.end())
        note_missing(row.line, column);
    const std::map<std::string, sim::FieldRef> traits = traits_of(catalogue_);
    for (const std::string& header : header_) {
      const auto said = std::find_if(columns.begin(), columns.end(),
                                     [&](const Column& c) { return without_ends(c.header) == header; });
      meanings_.push_back(
          meaning_of(said == columns.end() ? canonical_key(header) : said->meaning, header, row.line, traits));
      if (said != columns.end() && said->meaning == ignored) meanings_.back().of = Meaning::Of::ignored;
    }
    if (count(Meaning::Of::id) == 0)
      wrong(row.line, "has no column \"id\". Expected: one, or columns = { \"" + printable(header_.front(), max_shown) +
                          "\" = \"id\" } in the study.");
    if (count(Meaning::Of::group) == 0 && groups_.size() > 1)
      wrong(row.line, "has no column \"group\" (the study has " + std::to_string(groups_.size()) + " groups).");
    for (std::size_t a = 0; a < attribute_names_.size(); ++a)
      if (std::ranges::none_of(meanings_,
                               [&](const Meaning& m) { return m.of == Meaning::Of::attribute && m.trait == a; }))
        note_missing_attribute(row.line, attribute_names_[a]);
    judge_unused(row.line);
    judge_past(row.line);
    return reading_.mistakes_count == 0;
  }

  /// Where nobody reads a column whose name is a slip, customers would have invented values in place of their own.
  void judge_unused(std::size_t line) {
    std::string unused;
    for (std::size_t c = 0; c < header_.size(); ++c) {
      if (meanings_[c].of != Meaning::Of::nothing) continue;
      const std::string guess = nearest_column_meaning(header_[c], catalogue_, attribute_names_);
      const bool taken = std::any_of(header_.begin(), header_.end(),
                                     [&](const std::string& other) { return canonical_key(other) == guess; });
      if (guess.empty() || taken)
        unused += (unused.empty() ? "" : ", ") + printable(header_[c], max_shown);
      else
        wrong(line, "has a column " + in_quotes(header_[c], max_shown) + " that nobody reads (customers would not " +
                        "have its values). Did you mean " + guess + "? If not: columns = { " +
                        in_quotes(header_[c], max_shown) + " = \"ignored\" } in the study.");
    }
    if (!unused.empty())
      reading_.warnings.push_back(printable(name_, 200) + ": columns that nobody reads: " + printable(unused, 400) +
                                  ".");
  }

  /// Months of a past stand in a row from the last one on, and what is told of belongs together.
  void judge_past(std::size_t line) {
    for (const PastInRows& past : past_) {
      for (std::uint32_t month = 1; past.info->months > 0 && month <= past.months.size(); ++month)
        if (!past.months.contains(month))
          wrong(line, "has no column \"" + past.info->key + "_" + std::to_string(month) +
                          "\", and one of an earlier month (1 is the last month before the study starts).");
      if (!past.info->with.empty() &&
          std::ranges::none_of(past_, [&](const PastInRows& other) { return other.info->key == past.info->with; }))
        wrong(line, "has a column \"" + past.info->key + "\" and none \"" + past.info->with +
                        "\" (the one says nothing without the other).");
    }
  }

  void note_missing(std::size_t line, const Column& column) {
    const std::string guess = nearest(column.header, header_);
    wrong(line, "has no column " + in_quotes(column.header, max_shown) + " (the study says that it is \"" +
                    column.meaning + "\")." +
                    (guess.empty() ? "" : " Did you mean " + in_quotes(guess, max_shown) + "?"));
  }

  void note_missing_attribute(std::size_t line, const std::string& name) {
    const std::string guess = nearest(name, header_);
    const std::string column = guess.empty() ? header_.back() : guess;
    wrong(line, "has no column " + in_quotes(name, max_shown) +
                    " (an attribute of the study). Expected: one, or columns = { " + in_quotes(column, max_shown) +
                    " = " + in_quotes(name, max_shown) + " } in the study.");
  }

  std::size_t count(Meaning::Of of) const {
    return static_cast<std::size_t>(
        std::count_if(meanings_.begin(), meanings_.end(), [&](const Meaning& m) { return m.of == of; }));
  }

  Meaning meaning_of(const std::string& word, const std::string& header, std::size_t line,
                     const std::map<std::string, sim::FieldRef>& traits) {
    Meaning meaning;
    if (word == "id") meaning.of = Meaning::Of::id;
    if (word == "group") meaning.of = Meaning::Of::group;
    if (word == "tenure") meaning.of = Meaning::Of::tenure;
    if (word == tier_today) meaning.of = Meaning::Of::tier;
    const auto attribute = std::ranges::find_if(
        attribute_names_, [&](const std::string& known) { return known == word || canonical_key(known) == word; });
    if (attribute != attribute_names_.end()) {
      meaning = {Meaning::Of::attribute, static_cast<std::size_t>(attribute - attribute_names_.begin())};
      for (const Meaning& other : meanings_)
        if (other.of == meaning.of && other.trait == meaning.trait)
          wrong(line, "has two columns that are " + in_quotes(word, max_shown) + ". Which one?");
    } else if (const auto trait = traits.find(word); trait != traits.end()) {
      meaning = {Meaning::Of::trait, traits_.size()};
      for (const auto& other : traits_)
        if (other.field == trait->second) wrong(line, "has two columns that are " + word + ". Which one?");
      traits_.push_back({trait->second, {}});
    } else if (const auto place = place_in_past(word, catalogue_)) {
      meaning = {Meaning::Of::past, past_of(*place->info), place->month};
      if (!past_[meaning.trait].months.insert(place->month).second)
        wrong(line, "has two columns that are " + word + ". Which one?");
    } else if (meaning.of != Meaning::Of::nothing && count(meaning.of) > 0) {
      wrong(line,
            "has two columns that are \"" + word + "\" (one is " + in_quotes(header, max_shown) + "). Which one?");
    }
    return meaning;
  }

  std::size_t past_of(const sim::PastInfo& info) {
    const auto found = std::ranges::find(past_, &info, &PastInRows::info);
    if (found != past_.end()) return static_cast<std::size_t>(found - past_.begin());
    past_.push_back({&info, past_field(info, money_quantum_), {}, {}});
    return past_.size() - 1;
  }

  void read_past(const std::string& text, const Meaning& meaning, const std::string& column, std::size_t line) {
    PastInRows& past = past_[meaning.trait];
    const std::size_t row = file_groups_.size(), width = past.months.size();
    past.values.resize((row + 1) * width);
    const CustomerValue read = read_customer_value(text, column, past.field);
    if (!read.problem.empty()) wrong(line, read.problem);
    past.values[row * width + (meaning.month > 0 ? meaning.month - 1 : 0)] = read.exact;
  }

  struct PastInRows {
    const sim::PastInfo* info = nullptr;
    sim::FieldInfo field;
    std::set<std::uint32_t> months;  ///< found; { 0 } where there is one column
    std::vector<double> values;      ///< of the rows so far
  };

  /// Numbers of a customer that contradict each other.
  void judge_past_of_row(std::size_t line) {
    for (const PastInRows& past : past_) {
      if (past.values.empty()) continue;
      const double value = past.values.back();
      const PastInRows *most = past_called(past.info->upto), *alike = past_called(past.info->zero_as);
      if (most != nullptr && !most->values.empty() && value > most->values.back())
        wrong(line, "column \"" + past.info->key + "\" is more than column \"" + past.info->upto + "\" (" +
                        past.info->meaning + ").");
      if (alike != nullptr && !alike->values.empty() && alike->values.back() == 0 && value != 0)
        wrong(line, "column \"" + past.info->zero_as + "\" is 0, and column \"" + past.info->key + "\" is not (" +
                        past.info->meaning + ").");
    }
  }

  const PastInRows* past_called(std::string_view key) const {
    for (const PastInRows& past : past_)
      if (!key.empty() && past.info->key == key) return &past;
    return nullptr;
  }

  void read_row(const CsvRow& row) {
    if (!row.problem.empty()) return wrong(row.line, row.problem + ".");
    if (row.fields.size() != header_.size())
      return wrong(row.line, "has " + std::to_string(row.fields.size()) + " fields, and there are " +
                                 std::to_string(header_.size()) + " columns. Is a separator missing or a quote?");
    std::uint32_t group = 0;
    for (std::size_t c = 0; c < header_.size(); ++c) {
      const std::string& field = row.fields[c];
      if (meanings_[c].of <= Meaning::Of::ignored) continue;
      const std::string column = "column " + in_quotes(header_[c], max_shown);
      if (field.size() > longest_field)
        wrong(row.line, column + " is longer than " + std::to_string(longest_field) + " bytes. Is a quote not closed?");
      else if (meanings_[c].of == Meaning::Of::id)
        read_id(field, column, row.line);
      else if (meanings_[c].of == Meaning::Of::group)
        group = read_group(field, column, row.line);
      else if (meanings_[c].of == Meaning::Of::attribute)
        read_attribute(field, meanings_[c].trait, column, row.line);
      else if (meanings_[c].of == Meaning::Of::tenure)
        tenures_.push_back(static_cast<std::int32_t>(read_value(field, column, tenure_column(), row.line)));
      else if (meanings_[c].of == Meaning::Of::tier)
        read_tier(field, row.line);
      else if (meanings_[c].of == Meaning::Of::past)
        read_past(field, meanings_[c], column, row.line);
      else
        traits_[meanings_[c].trait].values.push_back(
            read_value(field, column, field_of(traits_[meanings_[c].trait].field), row.line));
      if (meanings_[c].of == Meaning::Of::trait) points_[c].see(field);
    }
    judge_past_of_row(row.line);
    file_groups_.push_back(group);
    ++reading_.customers_of_group[group];
  }

  void read_id(const std::string& text, const std::string& column, std::size_t line) {
    const std::string id = canonical_id(text);
    if (id.empty()) return wrong(line, column + " is empty (every customer has an id).");
    const auto [first, is_new] = lines_.try_emplace(id, line);
    if (!is_new)
      return wrong(line, column + " has the same id as line " + std::to_string(first->second) +
                             " (one line per customer; spaces at its ends and the form of its accents do not count).");
    const auto [alike, is_alone] = alike_.try_emplace(loose_id(id), line);
    if (!is_alone && nearly_same_++ == 0) first_nearly_same_ = {alike->second, line};
    texts_.push_back(id);
  }

  void warn_of_nearly_same_ids() {
    if (nearly_same_ == 0) return;
    reading_.warnings.push_back(printable(name_, 200) + ": " + std::to_string(nearly_same_) +
                                " ids differ from another by capitals, spaces or zeros before them alone, such as " +
                                "those of lines " + std::to_string(first_nearly_same_.first) + " and " +
                                std::to_string(first_nearly_same_.second) + ". Are they two customers?");
  }

  /// In files of some countries 1.234 is more than a thousand.
  void warn_of_thousands() {
    for (const auto& [c, points] : points_)
      if (points.of_thousands > 0 && points.others == 0)
        reading_.warnings.push_back(printable(name_, 200) + ": column " + in_quotes(header_[c], max_shown) +
                                    ": every number with a point has three digits behind it (a point stands before "
                                    "decimals, never between thousands). Did you mean thousands?");
  }

  std::uint32_t read_group(const std::string& name, const std::string& column, std::size_t line) {
    for (std::uint32_t g = 0; g < groups_.size(); ++g)
      if (groups_[g] == name) return g;
    std::string known;
    for (const std::string& group : groups_) known += (known.empty() ? "" : ", ") + group;
    const std::string guess = nearest(name, groups_);
    wrong(line, column + " = " + in_quotes(name, max_shown) + " is no group of the study (there are: " +
                    printable(known, 100) + ")." + (guess.empty() ? "" : " Did you mean " + in_quotes(guess) + "?"));
    return 0;
  }

  /// A value that the study lists, or any, in the order in which they are found.
  void read_attribute(const std::string& text, std::size_t number, const std::string& column, std::size_t line) {
    FileAttribute& attribute = reading_.attributes[number];
    const std::string value(without_ends(text));
    const auto found = std::ranges::find(attribute.values, value);
    attribute.by_row.push_back(static_cast<std::uint32_t>(found - attribute.values.begin()));
    if (found != attribute.values.end()) return;
    if (value.empty()) return wrong(line, column + " is empty (every customer has a value). Did you mean \"unknown\"?");
    if (values_are_stated_[number]) {
      const std::string guess = nearest(value, attribute.values);
      return wrong(line, column + " = " + in_quotes(value, max_shown) + " is no value of the attribute " +
                             in_quotes(attribute.name, max_shown) + "." +
                             (guess.empty() ? "" : " Did you mean " + in_quotes(guess, max_shown) + "?"));
    }
    if (attribute.values.size() == most_values)
      return wrong(line, column + " has more than " + std::to_string(most_values) +
                             " values (customers are sorted by it). Is it another column?");
    attribute.values.push_back(value);
  }

  /// A name that the study may have for a tier: it is looked up once policies are read.
  void read_tier(const std::string& text, std::size_t line) {
    if (!reading_.tiers) reading_.tiers.emplace();
    ToldTiers& told = *reading_.tiers;
    const std::string name(without_ends(text));
    const auto found = std::ranges::find(told.names, name);
    told.by_row.push_back(name.empty() ? -1 : static_cast<std::int32_t>(found - told.names.begin()));
    if (name.empty() || found != told.names.end()) return;
    if (told.names.size() == most_values)
      return wrong(line, "column \"" + std::string(tier_today) + "\" has more than " + std::to_string(most_values) +
                             " values (the name of a tier, or nothing). Is it another column?");
    told.names.push_back(name);
    told.places.push_back(printable(name_, 200) + ":" + std::to_string(line) + ": ");
  }

  const sim::FieldInfo& field_of(sim::FieldRef ref) const {
    return catalogue_.tables()[ref.table].fields.fields()[ref.field];
  }

  float read_value(const std::string& text, const std::string& column, const sim::FieldInfo& field, std::size_t line) {
    const CustomerValue read = read_customer_value(text, column, field);
    if (!read.problem.empty()) wrong(line, read.problem);
    return read.value;
  }

  void finish(std::string_view text) {
    std::vector<std::string_view> views(texts_.begin(), texts_.end());
    reading_.file = sim::CustomerFile{name_, digest_of(text), identities(views), std::move(file_groups_), {}};
    reading_.file->tenures = std::move(tenures_);
    for (auto& trait : traits_) reading_.file->traits.push_back(std::move(trait));
    for (PastInRows& past : past_) {
      auto& known = reading_.file->past.emplace_back(
          sim::CustomerFile::KnownPast{past.info->key, static_cast<std::uint32_t>(past.months.size()), {}});
      if (past.info->exact)
        known.exact = std::move(past.values);
      else
        known.values.assign(past.values.begin(), past.values.end());
    }
  }

  const std::string& name_;
  const std::vector<std::string>& groups_;
  const sim::Catalogue& catalogue_;
  double money_quantum_;
  CustomerFileReading reading_;
  std::vector<std::string> header_, texts_, attribute_names_;
  std::vector<bool> values_are_stated_;  ///< by attribute
  std::vector<Meaning> meanings_;
  std::vector<sim::CustomerFile::KnownTrait> traits_;
  std::vector<PastInRows> past_;
  std::vector<std::uint32_t> file_groups_;
  std::vector<std::int32_t> tenures_;
  std::unordered_map<std::string, std::size_t> lines_, alike_;
  std::size_t nearly_same_ = 0;
  std::pair<std::size_t, std::size_t> first_nearly_same_;
  std::map<std::size_t, PointsInColumn> points_;  ///< by column
};

}  // namespace

CustomerFileReading read_customer_file(const std::filesystem::path& path, const std::string& name,
                                       const std::vector<Column>& columns, const std::vector<std::string>& groups,
                                       const sim::Catalogue& catalogue, const std::vector<FileAttribute>& attributes,
                                       double money_quantum) {
  PlainFile file = open_plain_file(path);
  if (!file.problem.empty()) {
    CustomerFileReading reading;
    reading.mistakes = {printable(name, 200) + ": cannot be read (" + file.problem + "). Is it beside the study?"};
    reading.mistakes_count = 1;
    return reading;
  }
  const std::string text{std::istreambuf_iterator<char>(file.stream), {}};
  return FileReading(name, groups, catalogue, attributes, money_quantum).read(text, columns);
}

}  // namespace clientele::scenarios
