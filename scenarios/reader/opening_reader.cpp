// A year stands for those of its months from which something can be left: in equal parts, whole, and exact in sum.
#include "scenarios/reader/opening_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <vector>

#include "scenarios/amounts.hpp"
#include "scenarios/csv_rows.hpp"
#include "scenarios/plain_file.hpp"
#include "scenarios/reader/number_file.hpp"
#include "scenarios/reader/section.hpp"
#include "scenarios/reader/text_guard.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "sim/dated.hpp"
#include "sim/roll_out.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::number_text;
using sim::printable;

namespace {

constexpr double most_in_all = 1e15;
constexpr std::size_t most_bytes_of_amounts = std::size_t{1} << 20;
constexpr std::string_view key_of_months = "issued";

/// What one line says: of a month, or of a year.
struct Stated {
  std::string issued;
  int first = 0, last = 0;  ///< months, 0 being the first of the horizon
  std::int64_t amount = 0;
  Place place;
};

/// The field, what it is called, and the nodes that say something of it, options last.
struct Opening {
  sim::FieldRef at;
  const sim::FieldInfo& field;
  std::string what, unit;
  std::vector<const Node*> nodes;

  /// The last that says one of some keys.
  const Node* saying(std::initializer_list<std::string_view> keys) const {
    const Node* found = nullptr;
    for (const Node* node : nodes)
      for (const std::string_view key : keys)
        if (node->find(key) != nullptr) found = node;
    return found;
  }
};

std::string example_of(const Opening& opening) {
  return "{ file = \"opening.csv\", balance = 4_180_000 }, a CSV with the columns " + std::string(key_of_months) +
         " and " + opening.unit + "; or { " + std::string(key_of_months) + " = [\"2025\", \"2026-01\"], " +
         opening.unit + " = [30_000, 12_000], balance = 42_000 }";
}

std::string month_in_words(int month, const sim::Horizon& horizon) {
  const int since = horizon.start_year * 12 + horizon.start_month - 1 + month;
  const std::string number = std::to_string(since % 12 + 1);
  return std::to_string(since / 12) + "-" + (number.size() < 2 ? "0" : "") + number;
}

std::optional<int> whole_of(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// "2025-03" or "2025", as months from the start; a day behind it is told with what was meant.
bool read_months(const std::string& text, Stated& stated, const Opening& opening, Reading& reading) {
  const sim::Horizon& horizon = reading.study.horizon;
  const bool with_month = text.size() >= 7 && text[4] == '-',
             with_day = text.size() == 10 && with_month && text[7] == '-';
  const auto year = whole_of(std::string_view(text).substr(0, 4));
  const auto month = with_month ? whole_of(std::string_view(text).substr(5, 2)) : std::optional<int>(1);
  const bool is_date = year && month && *year >= 1900 && *year <= 2200 && *month >= 1 && *month <= 12;
  if (!is_date || !(text.size() == 4 || text.size() == 7)) {
    reading.mistakes.add(stated.place, std::string(key_of_months) + " = " + in_quotes(text, 40) +
                                           " is no month and no year. Expected: 2026-03 or 2026." +
                                           (is_date && with_day ? " Did you mean " + text.substr(0, 7) + "?" : ""));
    return false;
  }
  stated.issued = text;
  stated.first = (*year - horizon.start_year) * 12 + *month - horizon.start_month;
  stated.last = with_month ? stated.first : stated.first + 11;
  if (stated.first < 0) return true;
  reading.mistakes.add(
      stated.place, opening.what + ": " + text + " is not before the start, " + month_in_words(0, horizon) + " (" +
                        opening.unit + " of the months that are simulated are earned there). Is horizon.start right?");
  return false;
}

bool read_amount(double number, const std::string& shown, Stated& stated, const Opening& opening, Reading& reading) {
  if (number >= 0 && number <= most_in_all && number == std::floor(number)) {
    stated.amount = static_cast<std::int64_t>(number);
    return true;
  }
  reading.mistakes.add(stated.place, opening.unit + " = " + shown +
                                         (number < 0 ? " is below 0" : " is no number of " + opening.unit) +
                                         " (what is held is counted). Expected: a whole number from 0 to 1e15.");
  return false;
}

/// A CSV with a row a month or year.
class AmountsFile {
 public:
  AmountsFile(const std::string& name, std::string text, const Opening& opening, Reading& reading)
      : opening_(opening), reading_(reading), file_(reading.mistakes.add_file(name, std::move(text))) {
    read(reading_.mistakes.text_of_file(file_));
  }
  std::vector<Stated> take() { return std::move(rows_); }

 private:
  void mistake(const Place& place, std::string text) { reading_.mistakes.add(place, std::move(text)); }

  void read(std::string_view all) {
    if (sim::first_bad_utf8(all)) return mistake({1, 1, 1, -1, file_}, "is no text in UTF-8. Save it as CSV UTF-8?");
    CsvRows rows(all);
    CsvRow row;
    if (!rows.next(row))
      return mistake({0, 0, 1, -1, file_}, "is empty. Expected: a header, " + header() + ", and rows.");
    if (!read_header(row, all)) return;
    while (rows.next(row)) read_row(row, all);
    if (rows_.empty() && reading_.mistakes.none())
      mistake({0, 0, 1, -1, file_}, "has a header and no rows. Expected: a row for each month or year.");
  }

  std::string header() const { return std::string(key_of_months) + "," + opening_.unit; }

  std::vector<Place> places_in_file(const CsvRow& row, std::string_view all) const {
    std::vector<Place> places = places_of(row, all);
    for (Place& place : places) place.file = file_;
    return places;
  }

  bool read_header(const CsvRow& row, std::string_view all) {
    const std::vector<std::string> known = {std::string(key_of_months), opening_.unit};
    const std::vector<Place> places = places_in_file(row, all);
    std::vector<std::size_t> found;
    bool is_sound = true;
    for (std::size_t f = 0; f < row.fields.size(); ++f) {
      const std::string key(trimmed(row.fields[f]));
      const auto at = std::ranges::find(known, key);
      const bool is_twice = at != known.end() && std::ranges::count(columns_, key) > 0;
      columns_.push_back(key);
      if (at != known.end() && !is_twice) continue;
      is_sound = false;
      const std::string guess = key.empty() ? "" : sim::nearest(key, known);
      mistake(places[f], is_twice ? "column " + in_quotes(key) + " is there twice. Which one?"
                                  : "column " + in_quotes(key) + " is none of these amounts. Expected: " + header() +
                                        "." + (guess.empty() ? "" : " Did you mean " + guess + "?"));
    }
    for (const std::string& key : known)
      if (std::ranges::count(columns_, key) == 0) {
        is_sound = false;
        mistake({static_cast<std::uint32_t>(row.line), 1, 1, -1, file_},
                "has no column " + key + ". Expected: " + header() + ".");
      }
    return is_sound;
  }

  void read_row(const CsvRow& row, std::string_view all) {
    const Place line{static_cast<std::uint32_t>(row.line), 1, 1, -1, file_};
    if (!row.problem.empty()) return mistake(line, row.problem + ".");
    if (row.fields.size() != columns_.size())
      return mistake(line, "has " + std::to_string(row.fields.size()) +
                               (row.fields.size() == 1 ? " field" : " fields") + ", and the header has " +
                               std::to_string(columns_.size()) + ".");
    const std::vector<Place> places = places_in_file(row, all);
    Stated stated;
    bool is_sound = true;
    for (std::size_t f = 0; f < columns_.size(); ++f) {
      const std::string text(trimmed(row.fields[f]));
      stated.place = places[f];
      is_sound &=
          columns_[f] == key_of_months ? read_months(text, stated, opening_, reading_) : read_cell(text, stated);
    }
    stated.place = places[static_cast<std::size_t>(std::ranges::find(columns_, key_of_months) - columns_.begin())];
    if (is_sound) rows_.push_back(std::move(stated));
  }

  bool read_cell(const std::string& text, Stated& stated) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size() && std::isfinite(number))
      return read_amount(number, text, stated, opening_, reading_);
    mistake(stated.place, opening_.unit + (text.empty() ? " is empty" : " = " + in_quotes(text, 40) + " is no number") +
                              ". Expected: a whole number." + number_meant(text));
    return false;
  }

  const Opening& opening_;
  Reading& reading_;
  int file_;
  std::vector<std::string> columns_;
  std::vector<Stated> rows_;
};

std::vector<Stated> rows_of_file(const Entry& entry, const Opening& opening, Reading& reading) {
  const auto path = path_beside(entry, opening.what + ".file", "--set " + opening.what + ".file=PATH", reading);
  if (!path) return {};
  const auto refuse = [&](const std::string& why) -> std::vector<Stated> {
    reading.mistakes.add(entry.node.place, opening.what + ".file = " + in_quotes(entry.node.text, 200) +
                                               " cannot be read (" + why + ")." +
                                               (entry.node.place.option >= 0 ? "" : " Is it beside the study?"));
    return {};
  };
  PlainFile file = open_plain_file(*path);
  if (!file.problem.empty()) return refuse(file.problem);
  std::string text{std::istreambuf_iterator<char>(file.stream), std::istreambuf_iterator<char>()};
  if (file.stream.bad()) return refuse("it breaks off");
  if (text.size() > most_bytes_of_amounts) return refuse("it has more than a megabyte");
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return AmountsFile(entry.node.text, std::move(text), opening, reading).take();
}

/// issued = ["2025", "2026-01"] beside points = [30_000, 12_000]
std::vector<Stated> rows_of_lists(const Node& node, const Opening& opening, Reading& reading) {
  const Entry *issued = node.find(key_of_months), *amounts = node.find(opening.unit);
  if (issued == nullptr || amounts == nullptr) {
    const Entry& there = issued == nullptr ? *amounts : *issued;
    reading.mistakes.add(there.place, opening.what + " has " + there.key + " and no " +
                                          (issued == nullptr ? std::string(key_of_months) : opening.unit) +
                                          " (each month or year has its amount). Expected: " + example_of(opening) +
                                          ".");
    return {};
  }
  for (const Entry* list : {issued, amounts})
    if (list->node.kind != Node::Kind::array) {
      reading.mistakes.add(list->node.place, opening.what + "." + list->key + " = " + shown(list->node) + " is " +
                                                 kind_of(list->node) + ". Expected: a list.");
      return {};
    }
  if (issued->node.items.size() != amounts->node.items.size()) {
    reading.mistakes.add(amounts->node.place, opening.what + " has " + std::to_string(issued->node.items.size()) + " " +
                                                  issued->key + " and " + std::to_string(amounts->node.items.size()) +
                                                  " " + amounts->key + ". Which one is missing?");
    return {};
  }
  std::vector<Stated> rows;
  for (std::size_t n = 0; n < issued->node.items.size(); ++n) {
    const Node &when = issued->node.items[n], &much = amounts->node.items[n];
    Stated stated;
    stated.place = much.place;
    bool is_sound = true;
    if (much.kind == Node::Kind::number)
      is_sound = read_amount(much.number, shown(much), stated, opening, reading);
    else
      reading.mistakes.add(much.place, opening.what + "." + opening.unit + "[" + std::to_string(n + 1) + "] = " +
                                           shown(much) + " is " + kind_of(much) + ". Expected: a whole number."),
          is_sound = false;
    stated.place = when.place;
    const bool is_year = when.kind == Node::Kind::number && when.whole;
    is_sound &= read_months(is_year                         ? number_text(when.number)
                            : when.kind == Node::Kind::text ? when.text
                                                            : shown(when),
                            stated, opening, reading);
    if (is_sound) rows.push_back(std::move(stated));
  }
  return rows;
}

/// Numbers of a field, as customers of a policy may have them: by tier, else by group.
std::vector<double> numbers_of(sim::FieldRef field, const sim::Policy& policy, const sim::Study& study) {
  std::vector<double> own;
  for (const sim::Tier& tier : sim::own_tiers(policy)) {
    const auto said = std::ranges::find(tier.levers, field, &sim::Tier::Setting::field);
    if (said != tier.levers.end()) own.push_back(said->value);
  }
  if (own.size() == sim::own_tiers(policy).size()) return own;
  own.push_back(study.values[field.table][field.field].numbers.front());
  for (const sim::Group& group : study.population.groups)
    for (const sim::Group::Override& other : group.overrides)
      if (other.field == field) own.push_back(other.value.numbers.front());
  return own;
}

/// What the baseline grants before month 0.
class Terms {
 public:
  Terms(const Opening& opening, const Reading& reading) : horizon_(reading.study.horizon) {
    const sim::Study& study = reading.study;
    const sim::Policy& today = study.policies[study.baseline];
    const sim::FieldTable& table = reading.catalogue.tables()[opening.at.table].fields;
    const auto ref = [&](std::string_view key) {
      return sim::FieldRef{opening.at.table, static_cast<std::uint32_t>(*table.find(key))};
    };
    const sim::FieldRef lasts = ref(opening.field.dated.lasts), at_most = ref(opening.field.dated.at_most);
    longest_ = std::ranges::max(numbers_of(lasts, today, study));
    for_ever_ = table.fields()[lasts.field].range.high;
    double limit = study.values[at_most.table][at_most.field].numbers.front();
    for (const sim::PolicySetting& setting : today.settings)
      if (setting.field == at_most && (!setting.from || *setting.from < 0)) limit = setting.value;
    longest_ = std::min(longest_, limit);
    by_year_ = study.values[opening.at.table][ref(opening.field.dated.ends).field].numbers.front() != 0;
    const sim::FieldRef issued_by = ref(opening.field.dated.issued_by);
    const auto varies = [&](const sim::Uncertain& uncertain) { return uncertain.field == issued_by; };
    issues_ = std::ranges::max(numbers_of(issued_by, today, study)) > 0 || std::ranges::any_of(study.uncertain, varies);
  }

  bool issues() const { return issues_; }
  bool may_be_left(int month) const {
    if (longest_ >= for_ever_) return true;
    int end = month + static_cast<int>(longest_);
    if (by_year_) end += 11 - ((horizon_.start_month - 1 + end) % 12 + 12) % 12;
    return end >= 0;
  }
  std::string in_words() const {
    return "the longest that the baseline grants is " + number_text(longest_) + " months" +
           (by_year_ ? ", to the end of that calendar year" : "");
  }

 private:
  const sim::Horizon& horizon_;
  double longest_ = 0, for_ever_ = 0;
  bool by_year_ = false, issues_ = false;
};

/// Rows as months, each once.
sim::DatedAmounts months_of(const std::vector<Stated>& rows, const Terms& terms, const Opening& opening,
                            Reading& reading) {
  std::map<int, std::int64_t> amounts;
  std::map<int, const Stated*> said;
  for (const Stated& row : rows) {
    std::vector<int> months;
    for (int month = row.first; month <= std::min(row.last, -1); ++month)
      if (terms.may_be_left(month)) months.push_back(month);
    if (months.empty() && row.amount > 0)
      reading.mistakes.add(row.place, opening.what + ": what was issued in " + row.issued + " had ended by " +
                                          month_in_words(-1, reading.study.horizon) + " (" + terms.in_words() +
                                          "). Is it in the books still, or were the terms longer?");
    const auto number = static_cast<std::int64_t>(months.size());
    std::int64_t part = 0;
    for (const int month : months) {
      const auto [there, is_new] = said.emplace(month, &row);
      if (!is_new) {
        reading.mistakes.add(row.place, opening.what + ": " + month_in_words(month, reading.study.horizon) +
                                            " is said twice, by " + there->second->issued + " and by " + row.issued +
                                            ". Which one?");
        break;
      }
      const auto upto = [&](std::int64_t parts) {
        return row.amount / number * parts + row.amount % number * parts / number;
      };
      const std::int64_t amount = upto(part + 1) - upto(part);
      ++part;
      if (amount > 0) amounts[month] = amount;
    }
  }
  sim::DatedAmounts all;
  for (const auto& [month, amount] : amounts) all.push_back({month, amount});
  return all;
}

void check_balance(const std::vector<Stated>& rows, const Opening& opening, Reading& reading) {
  double sum = 0;
  for (const Stated& row : rows) sum += static_cast<double>(row.amount);
  const Node* node = opening.saying({"balance"});
  if (node == nullptr) {
    if (sum == 0 || sum > most_in_all)
      reading.mistakes.add(opening.nodes.back()->place, opening.what + " comes to " + number_text(sum) + " " +
                                                            opening.unit +
                                                            ". Expected: from 1 to 1e15, or none of it.");
    return;
  }
  const Entry& said = *node->find("balance");
  const auto balance =
      read_number(said.node, opening.what + ".balance",
                  {opening.unit, sim::range(1, most_in_all), NumberRule::Of::whole, opening.unit}, reading.mistakes);
  if (!balance || *balance == sum) return;
  const double less = *balance - sum;
  reading.mistakes.add(said.node.place, opening.what + ".balance = " + number_text(*balance) +
                                            ", and the months and years come to " + number_text(sum) + " (" +
                                            number_text(std::fabs(less)) + " " + opening.unit +
                                            (less > 0 ? " are missing there" : " more") + "). Which one is right?");
}

void read_one(const Opening& opening, Reading& reading) {
  for (const Node* node : opening.nodes) {
    Section section(*node, opening.what + ".", reading);
    for (const std::string_view key :
         {std::string_view("file"), key_of_months, std::string_view(opening.unit), std::string_view("balance")})
      section.find(key);
    section.close();
  }
  const Node* source = opening.saying({"file", key_of_months, opening.unit});
  if (source == nullptr)
    return reading.mistakes.add(opening.nodes.front()->place,
                                opening.what + " says no amounts. Expected: " + example_of(opening) + ".");
  const Entry* file = source->find("file");
  if (file != nullptr && (source->find(key_of_months) != nullptr || source->find(opening.unit) != nullptr))
    return reading.mistakes.add(file->place, opening.what + " has a file and lists. Which ones?");
  const std::size_t before = reading.mistakes.count();
  const std::vector<Stated> rows =
      file != nullptr ? rows_of_file(*file, opening, reading) : rows_of_lists(*source, opening, reading);
  const bool is_whole = reading.mistakes.count() == before;
  const Place& place = opening.nodes.front()->place;
  if (reading.study.horizon.warmup == 0)
    reading.mistakes.add(
        place, opening.what + " needs a warm-up, and horizon.warmup is 0 (who is a member and who holds " +
                   opening.unit + " comes out of it). Expected: horizon.warmup = 24, about as long as " + opening.unit +
                   " last.");
  if (reading.study.policies.empty()) return;
  const Terms terms(opening, reading);
  if (!terms.issues())
    reading.mistakes.add(place, opening.what + " is of a program that exists, and the baseline, policy " +
                                    in_quotes(reading.study.policies[reading.study.baseline].name) + ", has none (" +
                                    std::string(opening.field.dated.issued_by) +
                                    " is 0 in all of its tiers). Did you mean another baseline?");
  if (!is_whole) return;
  check_balance(rows, opening, reading);
  reading.study.values[opening.at.table][opening.at.field] = {0, sim::packed(months_of(rows, terms, opening, reading))};
}

}  // namespace

void read_opening(const Node& node, const sim::FieldInfo& field, const std::string& what, Reading& reading) {
  if (node.kind == Node::Kind::table) return;
  reading.mistakes.add(node.place, what + " = " + shown(node) + " is " + kind_of(node) + ". Expected: " +
                                       example_of({{}, field, what, std::string(field.unit), {}}) + ".");
}

void read_openings(const Node& root, Reading& reading) {
  for (std::uint32_t t = 0; t < reading.catalogue.tables().size(); ++t) {
    const sim::Catalogue::Table& table = reading.catalogue.tables()[t];
    for (std::uint32_t f = 0; f < table.fields.fields().size(); ++f) {
      const sim::FieldInfo& field = table.fields.fields()[f];
      if (!field.dated) continue;
      Opening opening{{t, f}, field, table.key + "." + std::string(field.key), std::string(field.unit), {}};
      const auto look_at = [&](const Entry& entry) {
        const Entry* said = entry.key == table.key ? entry.node.find(field.key) : nullptr;
        if (said != nullptr && said->node.kind == Node::Kind::table) opening.nodes.push_back(&said->node);
      };
      if (const Entry* entry = root.find(table.key)) look_at(*entry);
      for (const Entry& option : root.later) look_at(option);
      if (!opening.nodes.empty()) read_one(opening, reading);
    }
  }
}

}  // namespace clientele::scenarios
