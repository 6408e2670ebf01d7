// Each part of a study is written by a function of its own, in the order in which a reader meets them.
#include "tests/support/any_study.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "sim/draws.hpp"
#include "sim/gains.hpp"
#include "sim/random/address.hpp"
#include "sim/roll_out.hpp"

namespace clientele::tests {

namespace {

/// A text of TOML; nothing in these needs a backslash.
std::string toml(std::string_view text) { return fmt::format("\"{}\"", text); }

/// Three digits, as people write.
double in_three_digits(double x) {
  if (x == 0) return 0;
  const double digits = std::pow(10.0, 2 - std::floor(std::log10(std::fabs(x))));
  return std::rint(x * digits) / digits;
}

/// A legal value near the usual one.
double near(double usual, const sim::Range& range, bool whole, Dice& dice) {
  double value =
      usual == 0 ? dice.between(std::max(range.low, -0.2), std::min(range.high, 0.3)) : usual * dice.between(0.6, 1.4);
  if (whole) value = usual == 0 ? dice.whole(0, 2) : std::rint(value);
  if (dice.happens(0.06)) value = 0;
  return std::clamp(in_three_digits(value), range.low, range.high);
}

/// Of a program whose terms leave their mark on a few months and orders: usual ones are too slow for that.
struct Brisk {
  std::string_view key;
  double low = 0, high = 0;
};
constexpr Brisk brisk_terms[] = {{"join", 0.05, 0.9},
                                 {"points_valid", 1, 12},
                                 {"valid_at_most", 1, 10},
                                 {"entry_bonus", 0, 400},
                                 {"inactivity", 0, 5},
                                 {"elsewhere", 0, 30},
                                 {"block", 20, 400},
                                 {"minimum", 0, 600},
                                 {"promotion", 0, 4},
                                 {"announced", 0, 4},
                                 {"burn_months", 1, 8},
                                 {"reward_pressure", 0, 1},
                                 {"rewarded", 0, 0.6},
                                 {"rewarded_months", 1, 4},
                                 {"devaluation_hazard", 0, 3},
                                 {"elsewhere_price", 0, 0.05},
                                 {"contract_months", 1, 8},
                                 {"renewal_loss", 0, 0.6},
                                 {"renewal_loss_shape", 0.1, 5}};

double some_number(const sim::FieldInfo& field, Dice& dice) {
  const auto brisk = std::ranges::find(brisk_terms, field.key, &Brisk::key);
  if (brisk == std::end(brisk_terms) || dice.happens(0.15))
    return near(field.standard.numbers[0], field.range, field.whole, dice);
  const double value = dice.between(brisk->low, brisk->high);
  return field.whole ? std::rint(value) : in_three_digits(value);
}

class Writer {
 public:
  Writer(const sim::Catalogue& catalogue, Dice& dice, const std::filesystem::path& folder)
      : catalogue_(catalogue), dice_(dice), folder_(folder) {}

  StudyText write() {
    choose_names();
    write_beginning();
    write_population();
    write_behaviors();
    write_scenarios();
    for (std::size_t p = 0; p < policies_.size(); ++p) write_policy(p);
    write_tiers_today();
    write_output();
    write_options();
    write_samples();
    write_uncertain();
    write_experiment();
    study_.text += experiment_;
    write_count();
    return std::move(study_);
  }

 private:
  template <class... Values>
  void line(fmt::format_string<Values...> form, Values&&... values) {
    study_.text += fmt::format(form, std::forward<Values>(values)...) + "\n";
  }
  bool happens(double chance) { return dice_.happens(chance); }
  const std::string& some(const std::vector<std::string>& names) { return dice_.one_of(names); }

  void choose_names() {
    const std::vector<std::string> groups{"home", "chain", "A & B", "caf\xC3\xA9"};
    const std::vector<std::string> policies{"today", "bands", "by rank", "4th"}, scenarios{"calm", "storm", "s 3"};
    groups_.assign(groups.begin(), groups.begin() + dice_.whole(0, 3));
    policies_.assign(policies.begin(), policies.begin() + dice_.whole(1, 4));
    scenarios_.assign(scenarios.begin(), scenarios.begin() + dice_.whole(0, 2));
    baseline_ = dice_.below(policies_.size());
    has_file_ = happens(0.35);
    tells_ = has_file_ && happens(0.6);
    const std::vector<Attribute> attributes{{"region", {"north", "caf\xC3\xA9", "far south"}}, {"size", {"s", "l"}}};
    attributes_.assign(attributes.begin(), attributes.begin() + dice_.whole(0, 2));
    rolls_out_ = happens(0.5);
    program_ = happens(0.6) ? 0.7 : 0.1;
    asks_ = happens(0.3);
  }

  struct Attribute {
    std::string name;
    std::vector<std::string> values;
  };

  void write_attributes() {
    std::vector<double> with_worth;
    for (const Attribute& attribute : attributes_) {
      line("[[population.attribute]]\nname = {}", toml(attribute.name));
      std::string values, shares;
      for (const std::string& value : attribute.values) values += (values.empty() ? "" : ", ") + toml(value);
      line("values = [{}]", values);
      if (has_file_) continue;
      for (const double share : parts_of_one(attribute.values.size()))
        shares += fmt::format("{}{}", shares.empty() ? "" : ", ", share);
      if (happens(0.7)) line("shares = [{}]", shares);
      with_worth.push_back(happens(0.5) ? in_three_digits(dice_.between(-1, 1)) : 0);
      if (with_worth.back() != 0) line("correlation = {}", with_worth.back());
    }
    if (with_worth.size() == 2 && happens(0.6)) {
      const double left = std::sqrt((1 - with_worth[0] * with_worth[0]) * (1 - with_worth[1] * with_worth[1]));
      const double is = with_worth[0] * with_worth[1] + 0.95 * dice_.between(-left, left);
      line("[[population.correlation]]\nof = {}\nwith = {}\nis = {}", toml(attributes_[1].name),
           toml(attributes_[0].name), is);
    }
  }

  void write_beginning() {
    if (happens(0.5)) line("title = {}", toml("Any study"));
    if (happens(0.3)) line("question = {}", toml("Which policy pays?"));
    if (happens(0.9)) line("seed = {}", dice_.below(1'000'000));
    if (happens(0.3)) line("currency = {}", toml("GBP"));
    if (happens(0.2)) line("money_quantum = {}", some({"0.01", "0.05", "1"}));
    months_ = dice_.whole(3, 9);
    warmup_ = happens(0.4) && !tells_ ? 0 : dice_.whole(1, 14);
    line("[horizon]\nmonths = {}\nwarmup = {}", months_, warmup_);
    if (happens(0.5)) line("run_off = {}", run_off_ = dice_.whole(0, 4));
    if (happens(0.5)) line("start = {}-{:02}-01", dice_.whole(1990, 2100), dice_.whole(1, 12));
    line("[beyond]\nmonths = {}", beyond_ = dice_.whole(0, 7));
    if (happens(0.6)) line("drivers = {}", toml(drivers_ = some({"as planned", "as in the last month", "none"})));
  }

  void write_population() {
    line("[population]");
    if (has_file_)
      write_file();
    else
      line("customers = {}", dice_.whole(30, 150));
    if (happens(0.4)) line("oldest = {}", dice_.whole(0, 300));
    const bool by_group = happens(0.25) && !groups_.empty();
    if (!by_group && happens(0.4)) {
      std::vector<std::string> arrivals{"4", "2.5", "\"none\"", "0"};
      if (!has_file_ && warmup_ >= 12) arrivals.push_back("\"as before\"");
      line("arrivals = {}", some(arrivals));
    }
    if (happens(0.3)) line("people = {}", toml(people_ = some({"redrawn", "paired", "fixed"})));
    const std::vector<double> shares = parts_of_one(groups_.size());
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      line("[[population.group]]\nname = {}", toml(groups_[g]));
      if (!has_file_) line("share = {}", shares[g]);
      if (by_group) line("arrivals = {}", dice_.whole(0, 3));
      group_texts_.push_back(study_.text.size());
    }
    write_attributes();
  }

  /// Numbers in thousandths that add up to 1.
  std::vector<double> parts_of_one(std::size_t number) {
    std::vector<double> parts;
    int left = 1000;
    for (std::size_t n = 0; n < number; ++n) {
      const int part = n + 1 == number ? left : left / dice_.whole(2, 4);
      parts.push_back(part / 1000.0);
      left -= part;
    }
    return parts;
  }

  struct Column {
    std::string header, meaning;
  };

  /// Some of what books tell of a past; months stand without a hole.
  void add_past(std::vector<Column>& columns) {
    const auto add = [&](std::initializer_list<const char*> keys) {
      for (const char* key : keys) columns.push_back({key, key});
    };
    const auto add_months = [&](const std::string& key) {
      for (int k = 1, months = dice_.whole(1, 15); k <= months; ++k)
        columns.push_back({key + "_" + std::to_string(k), key + "_" + std::to_string(k)});
    };
    const std::size_t before = columns.size();
    if (happens(0.4)) add({"orders_valued", "typical_order_value"});
    if (happens(0.5)) {
      add({"invoices_late", "invoices_seen"});
      if (happens(0.5)) add({"days_late"});
      if (happens(0.5)) add({"late_by_administration"});
    }
    for (const char* key : {"sales", "orders", "margin", "points"})
      if (happens(0.5)) add_months(key);
    if (happens(0.4)) add({"points_without_end"});
    if (happens(0.5)) add({"open_not_due", "open_1_30", "open_31_60", "open_61_90", "open_over_90"});
    if (columns.size() > before && happens(0.3)) return;
    add({"repeat_orders", "months_to_last_order", "months_seen"});
    if (happens(0.5)) add({"months_quiet"});
  }

  /// What the books tell of one customer, by column: no number contradicts another.
  void tell_one(const std::vector<Column>& columns) {
    const auto money = [&](double low, double high) { return fmt::format("{:.2f}", dice_.between(low, high)); };
    const int orders = dice_.whole(0, 8), valued = dice_.whole(0, 8), invoices = dice_.whole(0, 40);
    const int late = dice_.whole(0, invoices);
    const double seen = dice_.whole(0, 30) + (happens(0.5) ? 0.25 : 0);
    told_ = {{"repeat_orders", std::to_string(orders)},
             {"months_seen", fmt::format("{}", seen)},
             {"months_to_last_order", fmt::format("{}", orders == 0 ? 0 : std::floor(8 * dice_.between(0, seen)) / 8)},
             {"months_quiet", std::to_string(dice_.whole(0, 14))},
             {"orders_valued", std::to_string(valued)},
             {"typical_order_value", valued == 0 ? "0" : money(200, 6'000)},
             {"invoices_seen", std::to_string(invoices)},
             {"invoices_late", std::to_string(late)},
             {"late_by_administration", std::to_string(dice_.whole(0, late))},
             {"days_late", late == 0 ? "0" : money(0.1, 30.0 * late)},
             {"points_without_end", std::to_string(happens(0.6) ? 0 : dice_.whole(1, 3'000))}};
    for (const Column& column : columns) {
      const std::string kind = column.meaning.substr(0, column.meaning.find('_'));
      if (told_.contains(column.meaning)) continue;
      if (kind == "sales" || kind == "margin") told_[column.meaning] = happens(0.4) ? "0" : money(-300, 20'000);
      if (kind == "open") told_[column.meaning] = happens(0.6) ? "0" : money(0, 30'000);
      if (kind == "orders") told_[column.meaning] = std::to_string(dice_.whole(0, 3));
      if (kind == "points") told_[column.meaning] = std::to_string(happens(0.5) ? 0 : dice_.whole(1, 900));
    }
  }

  /// In which tier of the baseline some of the file's customers are, once its tiers have names.
  void write_tiers_today() {
    if (!has_file_ || warmup_ == 0 || tiers_of_baseline_.empty() || happens(0.4)) return;
    std::string with;
    for (std::size_t at = 0; at < study_.customers.size();) {
      const std::size_t end = study_.customers.find('\n', at);
      with += study_.customers.substr(at, end - at) + separator_;
      if (at == 0)
        with += "tier_today";
      else if (happens(0.6))
        with += some(tiers_of_baseline_);
      with += '\n';
      at = end + 1;
    }
    study_.customers = with;
  }

  void write_file() {
    line("file = {}", toml("customers.csv"));
    std::vector<Column> columns{{"id", "id"}};
    if (happens(0.3)) columns.front().header = "Number";
    if (groups_.size() > 1) columns.push_back({happens(0.5) ? "group" : "kind", "group"});
    if (happens(0.5)) columns.push_back({"tenure", "tenure"});
    for (const Attribute& attribute : attributes_)
      columns.push_back({happens(0.5) ? attribute.name : "a " + attribute.name, attribute.name});
    for (const auto& table : catalogue_.tables())
      for (const sim::FieldInfo& field : table.fields.fields())
        if (field.kind == sim::Kind::trait && happens(0.4)) {
          const std::string meaning = happens(0.5) ? table.key + "." + std::string(field.key) : std::string(field.key);
          columns.push_back({happens(0.3) ? "x" + std::to_string(columns.size()) : meaning, meaning});
          file_traits_[meaning] = &field;
        }
    if (tells_) add_past(columns);
    if (happens(0.3)) columns.push_back({"remark", "ignored"});
    std::string said;
    for (const Column& column : columns)
      if (column.header != column.meaning)
        said += (said.empty() ? "" : ", ") + toml(column.header) + " = " + toml(column.meaning);
    if (!said.empty()) line("columns = {{ {} }}", said);
    separator_ = happens(0.3) ? ";" : ",";
    for (std::size_t c = 0; c < columns.size(); ++c) study_.customers += (c ? separator_ : "") + columns[c].header;
    for (int row = 0, rows = dice_.whole(20, 90); row < rows; ++row) {
      study_.customers += "\n";
      if (tells_) tell_one(columns);
      for (std::size_t c = 0; c < columns.size(); ++c)
        study_.customers += (c ? separator_ : "") + cell_of(columns[c].meaning, row);
    }
    study_.customers += "\n";
  }

  std::string cell_of(const std::string& meaning, int row) {
    if (meaning == "id") return fmt::format("c-{}", row);
    if (meaning == "group")
      return groups_[static_cast<std::size_t>(row) < groups_.size() ? row : dice_.below(groups_.size())];
    if (meaning == "tenure") return std::to_string(dice_.whole(0, 90));
    if (meaning == "ignored") return "a note";
    if (const auto told = told_.find(meaning); told != told_.end()) return told->second;
    for (const Attribute& attribute : attributes_)
      if (attribute.name == meaning) return some(attribute.values);
    const sim::LawParameter& mean = file_traits_.at(meaning)->families.front().parameters.front();
    return fmt::format("{}", near(mean.standard, mean.range, false, dice_));
  }

  /// Every field in one of the forms that it may have. `family` is the law that stands there, and becomes the one that
  /// is said.
  std::string value_of(const sim::FieldInfo& field, std::uint32_t& family) {
    if (!field.choices.empty()) return toml(field.choices[dice_.below(field.choices.size())]);
    if (couples(field)) return "0";
    if (!field.labels.empty()) return labelled(field);
    if (field.families.empty() && field.standard.numbers.size() == 12) {
      std::string list;
      for (const double usual : field.standard.numbers)
        list += fmt::format("{}{}", list.empty() ? "" : ", ", near(usual, field.range, false, dice_));
      return "[" + list + "]";
    }
    if (field.families.empty()) return fmt::format("{}", some_number(field, dice_));
    family = static_cast<std::uint32_t>(dice_.below(field.families.size()));
    while (!may_have(field, field.families[family].family))
      family = static_cast<std::uint32_t>(dice_.below(field.families.size()));
    const sim::FamilyInfo& law = field.families[family];
    if (law.family == sim::Family::empirical) return sample_of(field, law);
    if (law.family == sim::Family::constant && happens(0.5)) return number_of(law.parameters.front());
    std::string text = "{ dist = " + toml(law.key);
    for (const sim::LawParameter& parameter : law.parameters)
      if (happens(0.8)) text += fmt::format(", {} = {}", parameter.key, number_of(parameter));
    return text + " }";
  }
  /// What a customer is, given a past, is worked out for the first law of a field; alike are all without one, too.
  bool may_have(const sim::FieldInfo& field, sim::Family family) const {
    if (!tells_ || (field.key != "orders_per_month" && field.key != "order_value" && field.key != "late_chance"))
      return true;
    return family == field.families.front().family || family == sim::Family::constant;
  }
  /// Nor for hazards that change with tenure.
  bool is_zero_for_a_past(const sim::FieldInfo& field) const { return tells_ && field.key == "tenure_slope"; }
  /// A column of a file of samples; all of them have as many rows. Stated means take no value out of its range.
  std::string sample_of(const sim::FieldInfo& field, const sim::FamilyInfo& law) {
    if (sample_rows_ == 0) sample_rows_ = happens(0.2) ? 1 : dice_.below(60) + 2;
    std::vector<double> values;
    double sum = 0;
    for (std::size_t row = 0; row < sample_rows_; ++row) {
      values.push_back(near(field.standard.numbers.front(), sim::values_of_law(field), false, dice_));
      sum += values.back();
    }
    samples_.push_back(values);
    std::string text = fmt::format("{{ file = \"samples.csv\", column = \"v{}\"", samples_.size());
    if (happens(0.3)) text += ", dist = \"empirical\"";
    if (sum > 0 && happens(0.4))
      text += fmt::format(", mean = {}", sum / static_cast<double>(sample_rows_) * dice_.between(0.3, 0.9));
    for (std::size_t p = 1; p < law.parameters.size(); ++p)
      if (happens(0.6)) text += fmt::format(", {} = {}", law.parameters[p].key, number_of(law.parameters[p]));
    return text + " }";
  }
  void write_samples() {
    for (std::size_t row = 0; row <= sample_rows_ && !samples_.empty(); ++row)
      for (std::size_t s = 0; s < samples_.size(); ++s)
        study_.samples += (row == 0 ? fmt::format("v{}", s + 1) : fmt::format("{}", samples_[s][row - 1])) +
                          (s + 1 < samples_.size() ? "," : "\n");
  }

  std::string number_of(const sim::LawParameter& parameter) {
    return fmt::format("{}", near(parameter.standard, parameter.range, false, dice_));
  }
  std::string labelled(const sim::FieldInfo& field) {
    const auto row_of = [&](std::size_t row) {
      std::string text;
      for (std::size_t n = 0; n < field.labels.size(); ++n)
        if (happens(0.7))
          text += fmt::format(
              "{}{} = {}", text.empty() ? "" : ", ", field.labels[n],
              field.money ? dice_.whole(0, 60'000)
                          : near(field.standard.numbers[row * field.labels.size() + n], field.range, false, dice_));
      return "{ " + text + " }";
    };
    if (field.rows.empty()) return row_of(0);
    std::string text;
    for (std::size_t row = 0; row < field.rows.size(); ++row)
      if (happens(0.7)) text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", field.rows[row], row_of(row));
    return "{ " + text + " }";
  }

  /// Where points start, each above the one before or below it.
  std::string cuts(const std::vector<std::string_view>& labels, bool rise) {
    std::string text;
    double cut = dice_.between(1, 4);
    for (std::size_t n = 0; n < labels.size(); ++n, cut *= rise ? 2.5 : 0.4)
      text += fmt::format("{}{} = {}", text.empty() ? "{ " : ", ", labels[n], in_three_digits(cut));
    return text + " }";
  }

  /// Answers that agree with each other, of every pair of some of the numbers.
  std::string comparisons(const std::vector<std::string_view>& pairs) {
    std::vector<std::string_view> numbers;
    for (const std::string_view pair : pairs)
      for (const std::string_view number : {pair.substr(0, pair.find("_over_")), pair.substr(pair.find("_over_") + 6)})
        if (std::ranges::find(numbers, number) == numbers.end()) numbers.push_back(number);
    std::map<std::string_view, double> weights;
    while (weights.size() < 2 || (weights.size() < 7 && happens(0.6)))
      weights[dice_.one_of(numbers)] = dice_.between(0.4, 3);
    std::string text;
    for (const std::string_view pair : pairs) {
      const auto of = weights.find(pair.substr(0, pair.find("_over_")));
      const auto over = weights.find(pair.substr(pair.find("_over_") + 6));
      if (of != weights.end() && over != weights.end())
        text += fmt::format("{}{} = {}", text.empty() ? "{ " : ", ", pair, in_three_digits(of->second / over->second));
    }
    return text + " }";
  }

  /// Of the numbers that count by default, which are always to be weighed, and of some others.
  std::string weights(const sim::FieldInfo& field) {
    std::string text;
    for (std::size_t n = 0; n < field.labels.size(); ++n) {
      const bool counts_by_default = n < field.standard.numbers.size();
      if (happens(counts_by_default ? 0.7 : 0.3))
        text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", field.labels[n],
                            near(counts_by_default ? field.standard.numbers[n] : 0.2, field.range, false, dice_));
    }
    return "{ " + text + " }";
  }

  /// Lines that rise or fall, tables that do both, and ranks.
  std::string curves(const sim::FieldInfo& field) {
    std::string text;
    for (const sim::CurvedNumber& number : field.curved) {
      if (happens(0.5)) continue;
      const double high = number.range.high;
      const double most = number.money ? 100'000 : !std::isfinite(high) ? 20 : high > 100 ? 3 : high;
      const double first = in_three_digits(dice_.between(std::max(number.range.low, -0.1 * most), 0.4 * most));
      const double last = in_three_digits(dice_.between(0.5 * most, most));
      text += fmt::format("{}{} = ", text.empty() ? "" : ", ", number.key);
      if (happens(0.3))
        text += "\"percentile\"";
      else if (happens(0.5))
        text += happens(0.5) ? fmt::format("{{ from = {}, to = {} }}", first, last)
                             : fmt::format("{{ from = {}, to = {} }}", last, first);
      else
        text += fmt::format("{{ values = [{}, {}, {}], points = [{}, {}, {}] }}", first, in_three_digits(0.45 * most),
                            last, dice_.whole(0, 100), dice_.whole(0, 100), dice_.whole(0, 100));
    }
    return "{ " + text + " }";
  }

  /// A field by its key, or one number of the law that stands there. Empty where nothing is said.
  std::string said_of(const sim::FieldInfo& field, std::uint32_t& family) {
    const bool of_sample = !field.families.empty() && field.families[family].family == sim::Family::empirical;
    if (!field.families.empty() && !of_sample && happens(0.4)) {
      const sim::LawParameter& parameter = dice_.one_of(field.families[family].parameters);
      return fmt::format("{}.{} = {}", field.key, parameter.key, number_of(parameter));
    }
    const std::string value = value_of(field, family);
    return fmt::format("{} = {}", field.key, value);
  }

  /// Whether another field of the table asks for it.
  static bool is_needed(const sim::Catalogue::Table& table, const sim::FieldInfo& field) {
    return std::ranges::any_of(table.fields.fields(),
                               [&](const sim::FieldInfo& other) { return other.needs == field.key; });
  }

  /// What does not go with something that is off unless asked for, or is that.
  bool is_left_out(const sim::FieldInfo& field) const { return asks_ ? !field.not_with.word.empty() : field.unsaid; }

  /// Tables of behaviors, and what groups have of their own: written where the groups stand.
  void write_behaviors() {
    std::vector<std::string> of_groups(groups_.size());
    for (const auto& table : catalogue_.tables()) {
      std::string lines;
      for (const sim::FieldInfo& field : table.fields.fields()) {
        if (field.dated) continue;  // it asks for a past and a baseline of its own: reference/program has some
        std::uint32_t family = 0;
        families_[table.key + "." + std::string(field.key)] = family;
        if (is_left_out(field)) continue;
        if (is_zero_for_a_past(field)) {
          lines += fmt::format("{} = 0\n", field.key);
          continue;
        }
        if (is_needed(table, field))
          lines += fmt::format("{} = {}\n", field.key, in_three_digits(dice_.between(0.05, 0.4)));
        else if (happens(field.unsaid ? 0.8 : 0.3))
          lines += said_of(field, family) + "\n";
        families_[table.key + "." + std::string(field.key)] = family;
        for (std::size_t g = 0; g < groups_.size(); ++g) {
          std::uint32_t own = family;
          if (field.kind != sim::Kind::fixed && happens(0.15))
            of_groups[g] += fmt::format("{}.{}\n", table.key, said_of(field, own));
        }
      }
      if (!lines.empty()) line("[{}]\n{}", table.key, lines);
    }
    for (std::size_t g = groups_.size(); g-- > 0;) study_.text.insert(group_texts_[g], of_groups[g]);
  }

  void write_scenarios() {
    for (const std::string& name : scenarios_) {
      line("[[scenario]]\nname = {}", toml(name));
      const int last = months_ + std::max(run_off_, drivers_ == "as planned" ? beyond_ : 0);
      for (int shocks = dice_.whole(0, 3); shocks > 0; --shocks) {
        const sim::DriverInfo& driver = dice_.one_of(catalogue_.drivers());
        line("[[scenario.shock]]\ndriver = {}", toml(driver.name));
        const bool factor = driver.kind == sim::DriverKind::factor;
        line("{} = {}", factor ? "times" : "plus", factor ? in_three_digits(dice_.between(0.5, 2)) : 0.07);
        if (happens(0.8)) line("from = {}", dice_.whole(0, last - 1));
        const int length = dice_.whole(1, 5);
        const bool ends = happens(0.5);
        if (ends) line("months = {}", length);
        if (happens(0.5)) line("ramp = {}", dice_.whole(0, ends ? length : 5));
        if (happens(0.4) && !groups_.empty()) line("group = {}", toml(some(groups_)));
      }
    }
  }

  /// One that sorts by gains is no baseline, its pilot worlds take longer than studies that are as small as these, and
  /// they go by the stated numbers in whatever draw.
  const sim::Catalogue::SegmentationEntry& some_segmentation() {
    for (;;) {
      const auto& drawn = dice_.one_of(catalogue_.segmentations());
      if (drawn.key != sim::sorts_by_gains) return drawn;
    }
  }

  /// A rolling year has no next one.
  std::string of_earned_tiers() {
    counts_orders_ = happens(0.3);
    const std::string by = counts_orders_ ? ", by = \"orders\""
                           : happens(0.3) ? ", by = \"credits\", counts = { spend = 0.7, orders = 40, elsewhere = 9 }"
                                          : "";
    if (happens(0.3)) return by + ", year = \"rolling\", kept = " + toml(some({"anniversary", "months"}));
    return by + ", year = " + toml(some({"calendar", "membership"}));
  }

  void write_policy(std::size_t p) {
    counts_orders_ = false;
    line("[[policy]]\nname = {}", toml(policies_[p]));
    const auto& segmentation = some_segmentation();
    const bool by_share = segmentation.rule == sim::TierRule::share ||
                          (segmentation.rule == sim::TierRule::share_or_from && happens(0.5));
    const bool by_group = segmentation.rule == sim::TierRule::groups;
    values_ = groups_;
    std::string by;
    if (by_group && !attributes_.empty() && happens(0.6)) {
      const Attribute& attribute = dice_.one_of(attributes_);
      values_ = attribute.values;
      by = ", by = " + toml(attribute.name);
    }
    if (p == 0) first_is_reviewed_ = !segmentation.fields.fields().empty();
    if (segmentation.fields.fields().empty() || (by.empty() && happens(0.4))) {
      line("segmentation = {}", happens(0.7) ? toml(segmentation.key) : "{ rule = " + toml(segmentation.key) + " }");
    } else {
      std::string fields;
      std::uint32_t family = 0;
      if (segmentation.is_of_members()) fields = of_earned_tiers();
      for (const sim::FieldInfo& field : segmentation.fields.fields())
        if (segmentation.is_of_members() && fields.find(", " + std::string(field.key) + " =") != std::string::npos) {
          continue;
        } else if (field.key.ends_with("_cuts")) {
          if (happens(0.4))
            fields += fmt::format(", {} = {}", field.key, cuts(field.labels, field.key != "recency_cuts"));
        } else if (field.key == "compare") {
          if (fields.find("weights") == std::string::npos && happens(0.5))
            fields += fmt::format(", compare = {}", comparisons(field.labels));
        } else if (!field.curved.empty()) {
          if (happens(0.5)) fields += fmt::format(", {} = {}", field.key, curves(field));
        } else if (field.labels.size() > field.standard.numbers.size()) {
          if (happens(0.7)) fields += fmt::format(", {} = {}", field.key, weights(field));
        } else if (happens(0.7) && !(by_share && field.key == "hysteresis"))
          fields += fmt::format(", {} = {}", field.key, value_of(field, family));
      line("segmentation = {{ rule = {}{}{} }}", toml(segmentation.key), fields, by);
    }
    const bool one = segmentation.rule == sim::TierRule::one, of_members = segmentation.is_of_members();
    std::size_t tiers =
        one ? dice_.below(2) : 1 + dice_.below(by_group ? std::min<std::size_t>(4, values_.size() + 1) : 4);
    std::vector<std::string> names{"A", "B b", "C", "D"};
    if (of_members) {
      tiers = 2 + dice_.below(3);
      names[tiers - 1] = "none";
    }
    if (p == baseline_) tiers_of_baseline_.assign(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(tiers));
    if (tiers > 0 && !of_members && happens(0.4)) line("entry = {}", toml(names[dice_.below(tiers)]));
    if (p != baseline_ && rolls_out_ && happens(0.8)) write_roll_out();
    const bool has_sizes = one || by_group || by_share || segmentation.rule == sim::TierRule::share;
    if (tiers > 1 && !has_sizes && !of_members && happens(0.3)) line("validity = {}", dice_.whole(1, 15));
    if (happens(0.6)) write_settings();
    write_tiers(segmentation, names, tiers, by_share, by.empty() ? "groups" : "values");
  }

  void write_tiers(const sim::Catalogue::SegmentationEntry& segmentation, const std::vector<std::string>& names,
                   std::size_t tiers, bool by_share, const char* kinds) {
    const sim::TierRule rule = segmentation.rule;
    const bool by_top = happens(0.3), rest = happens(0.6);
    double from = segmentation.from_unit == "money" ? dice_.between(20'000, 200'000) : dice_.between(5, 60);
    if (segmentation.is_of_members()) from = counts_orders_ ? dice_.between(3, 30) : dice_.between(1'000, 30'000);
    double reached = 0, above = 0;
    const std::size_t by = rule == sim::TierRule::when ? dice_.below(segmentation.numbers.size()) : 0;
    if (rule == sim::TierRule::when) from = from_of(segmentation.numbers[by]);
    const std::vector<double> shares = parts_of_one(tiers);
    for (std::size_t k = 0; k < tiers; ++k) {
      line("[[policy.tier]]\nname = {}", toml(names[k]));
      reached += shares[k];
      const bool last = k + 1 == tiers;
      if (by_share && !(last && rest))
        line("{} = {}", by_top ? "top" : "share", by_top ? std::rint(reached * 1000) / 1000 : shares[k]);
      const bool by_value = rule == sim::TierRule::from || rule == sim::TierRule::share_or_from;
      const bool is_lowest = segmentation.is_of_members() && k + 2 == tiers;
      if (by_value && !by_share && !last) line("from = {}", is_lowest ? 0 : in_three_digits(from));
      if (segmentation.is_of_members() && last)
        line("{} = {}", segmentation.join_by, in_three_digits(dice_.between(0.1, 0.9)));
      if (rule == sim::TierRule::groups && !last) line("{} = [{}]", kinds, toml(values_[k]));
      if (rule == sim::TierRule::when && !last) write_condition(segmentation, by, from, above);
      above = from;
      from *= dice_.between(0.1, 0.8);
      for (const auto& table : catalogue_.tables())
        for (const sim::FieldInfo& field : table.fields.fields())
          if (field.lever && !meets_all(field) && !(segmentation.is_of_members() && field.key == "join") &&
              happens(is_of_program(table) ? program_ : 0.3))
            line("{}{} = {}", happens(0.5) ? table.key + "." : "", field.key, some_number(field, dice_));
    }
  }

  double from_of(const sim::NumberInfo& number) {
    return number.unit == "money"                          ? dice_.between(20'000, 200'000)
           : number.unit == "share"                        ? dice_.between(number.key == "punctuality" ? 0.6 : 0.05, 1)
           : number.unit == "factor" || number.unit == "-" ? dice_.between(0.2, 1.4)
           : number.unit == "points"                       ? dice_.between(40, 90)
                                                           : dice_.between(3, 12);
  }

  /// Bounds of one number keep tiers apart, whatever else a condition asks for.
  void write_condition(const sim::Catalogue::SegmentationEntry& segmentation, std::size_t by, double from,
                       double above) {
    const auto bounds = [&](std::size_t n, double low, double high) {
      return segmentation.numbers[n].key + " = { at_least = " + fmt::format("{}", in_three_digits(low)) +
             (high > low ? ", below = " + fmt::format("{}", in_three_digits(high)) : "") + " }";
    };
    std::string text = bounds(by, from, above);
    const std::size_t other = dice_.below(segmentation.numbers.size());
    if (other != by && happens(0.4)) text += ", " + bounds(other, from_of(segmentation.numbers[other]), 0);
    if (other != by && happens(0.3))
      text += ", any = [ { not = { " + bounds(other, from_of(segmentation.numbers[other]), 0) + " } }, { all = [ { " +
              bounds(by, from, 0) + " } ] } ]";
    if (!groups_.empty() && happens(0.3)) text += ", group = " + toml(some(groups_));
    for (const Attribute& attribute : attributes_)
      if (happens(0.3)) text += ", " + attribute.name + " = " + toml(some(attribute.values));
    line("when = {{ {} }}", text);
  }

  void write_roll_out() {
    if (happens(0.2)) return line("grandfathering = {}", dice_.whole(1, months_ + beyond_));
    std::string steps;
    for (int number = dice_.whole(1, 3); number > 0; --number) {
      steps += fmt::format("{}{{ month = {}", steps.empty() ? "" : ", ", dice_.whole(0, months_ + beyond_ - 1));
      if (happens(0.7)) steps += fmt::format(", share = {}", dice_.whole(0, 10) / 10.0);
      if (happens(0.4) && !groups_.empty()) steps += ", group = " + toml(some(groups_));
      steps += " }";
    }
    line("rollout = [ {} ]", steps);
  }

  /// Managers serve whom a policy has reached and whom it has not, who then do not live as under the baseline.
  bool couples(const sim::FieldInfo& field) const { return rolls_out_ && field.key == "managers"; }

  /// What a policy sets costs money of whom it has not reached, too: the baseline's cuts by profit then meet customers
  /// who do not live as under the baseline.
  bool costs_before(const sim::FieldInfo& field) const {
    return rolls_out_ && (field.key == "reach" || field.key == "gifts" || field.key == "per_move");
  }

  /// What a program's settings do moves the orders of whom the policy has not reached, too; and so does a status that
  /// others hold.
  static bool is_of_program(const sim::Catalogue::Table& table) {
    return table.key == "membership" || table.key == "points" || table.key == "redemption" || table.key == "program";
  }
  bool meets_all(const sim::FieldInfo& field) const { return rolls_out_ && field.key == "status"; }

  void write_settings() {
    for (const auto& table : catalogue_.tables())
      for (const sim::FieldInfo& field : table.fields.fields()) {
        if (!field.setting || couples(field) || costs_before(field) || happens(0.4)) continue;
        if (rolls_out_ && is_of_program(table)) continue;
        const auto value = [&] { return some_number(field, dice_); };
        const auto change = [&](int from) {
          const std::string ramp = happens(0.5) ? fmt::format(", ramp = {}", dice_.whole(0, field.whole ? 1 : 4)) : "";
          return fmt::format("{{ value = {}, from = {}{} }}", value(), from, ramp);
        };
        const std::string path = fmt::format("settings.{}.{}", table.key, field.key);
        if (happens(0.3))
          line("{} = {}", path, value());
        else if (happens(0.3))
          line("{} = {}", path, change(dice_.whole(0, months_)));
        else if (happens(0.3))
          line("{} = {{ value = {} }}", path, value());
        else
          line("{} = [ {{ value = {} }}, {}, {} ]", path, value(), change(dice_.whole(0, 2)),
               change(dice_.whole(3, 9)));
      }
  }

  void write_output() {
    if (happens(0.6)) return;
    line("[output]");
    if (happens(0.5)) line("by = {}", some({"[\"group\"]", "[]"}));
    if (happens(0.5)) line("metrics = {}", some({"\"all\"", "[\"orders\", \"customers\"]"}));
    if (happens(0.5)) line("months = {}", toml(some({"all", "year", "total"})));
    if (happens(0.5)) line("histograms = {}", happens(0.5));
  }

  /// The shortest horizon has three months.
  void write_count() {
    const bool histograms = happens(0.3), reviews = happens(0.4), classes = warmup_ > 0 && happens(0.25);
    const bool triangle = happens(0.3);
    if (histograms || reviews || classes || triangle) line("[count]");
    if (histograms) line("histograms = {}", some({"[0]", "[2, 0]", "[0, 1, 2]"}));
    if (reviews) line("reviews = true");
    if (classes) line("classes = true");
    if (triangle) line("triangle = true");
  }

  void set(const std::string& path, const std::string& value) {
    study_.options.push_back({"--set " + path + "=" + value, path, value});
  }
  /// Of what is said, the text or an option says it: either way it counts once.
  void write_options() {
    for (const auto& table : catalogue_.tables())
      for (const sim::FieldInfo& field : table.fields.fields()) {
        const std::string path = table.key + "." + std::string(field.key);
        if (field.dated || is_left_out(field) || is_zero_for_a_past(field)) continue;
        std::uint32_t family = families_.at(path);
        if (field.families.empty() && field.labels.empty() && !is_needed(table, field) && happens(0.04))
          set(path, value_of(field, family));
        const auto constant = std::ranges::find(field.families, sim::Family::constant, &sim::FamilyInfo::family);
        if (constant != field.families.end() && happens(0.03)) set(path, number_of(constant->parameters.front()));
        if (field.kind == sim::Kind::by_group && !groups_.empty() && happens(0.05))
          set(fmt::format("population.group.\"{}\".{}", some(groups_), path), value_of(field, family));
      }
    if (happens(0.2)) set("seed", "7");
    if (happens(0.1)) set("horizon.months", std::to_string(months_ = dice_.whole(3, months_)));
    if (first_is_reviewed_ && happens(0.2)) set("policy.today.segmentation.review_every", "2");
    if (happens(0.1) && !scenarios_.empty()) set("scenario." + scenarios_[0] + ".name", "\"renamed\"");
  }

  /// Laws around what is stated, none of whose draws can leave the range of any group.
  void write_uncertain() {
    if (happens(0.4)) return;
    StudyText certain = study_;
    certain.text += "[experiment]\nbaseline = " + toml(policies_[baseline_]) + "\n";
    const sim::Study study = certain.read(catalogue_, folder_).study;
    std::string lines;
    rows_ = happens(0.3) ? dice_.below(3) + 3 : 0;
    for (std::uint32_t t = 0; t < catalogue_.tables().size(); ++t)
      for (std::uint32_t f = 0; f < catalogue_.tables()[t].fields.fields().size(); ++f) {
        const sim::FieldInfo& field = catalogue_.tables()[t].fields.fields()[f];
        if (!field.choices.empty() || field.whole || is_zero_for_a_past(field) ||
            (field.families.empty() && field.labels.empty() && field.standard.numbers.size() != 1))
          continue;
        if (happens(0.12)) lines += uncertain_line(study, {t, f}, field, {});
        if (field.kind != sim::Kind::fixed && !groups_.empty() && happens(0.08))
          lines += uncertain_line(study, {t, f}, field, static_cast<std::uint32_t>(dice_.below(groups_.size())));
      }
    for (std::uint32_t p = 0; p < study.policies.size(); ++p) lines += uncertain_of_policy(study.policies[p]);
    for (const sim::Scenario& scenario : study.scenarios) lines += uncertain_of_scenario(scenario);
    if (lines.empty() && columns_.empty()) return;
    uncertain_ = true;
    line("[uncertain]");
    if (happens(0.3)) line("draws = {}", dice_.whole(1, 3)), draws_said_ = true;
    if (!columns_.empty()) write_draws();
    study_.text += lines;
  }

  /// A file whose rows are draws of some of the numbers; as many draws as rows where nothing else is said.
  void write_draws() {
    line("file = {}", toml("draws.csv"));
    draws_said_ = draws_said_ || happens(0.3);
    for (const auto& [path, values] : columns_) study_.draws += (study_.draws.empty() ? "" : ",") + quoted(path);
    for (std::size_t row = 0; row < rows_; ++row) {
      study_.draws += '\n';
      for (const auto& [path, values] : columns_)
        study_.draws += (path == columns_.front().first ? "" : ",") + fmt::format("{}", values[row]);
    }
    study_.draws += '\n';
  }

  static std::string quoted(const std::string& field) {
    std::string text = "\"";
    for (const char c : field) text += c == '"' ? std::string("\"\"") : std::string(1, c);
    return text + "\"";
  }

  std::string uncertain_line(const sim::Study& study, sim::FieldRef at, const sim::FieldInfo& field,
                             std::optional<std::uint32_t> group) {
    const sim::FieldValue* value = &study.values[at.table][at.field];
    if (group)
      for (const auto& own : study.population.groups[*group].overrides)
        if (own.field == at) value = &own.value;
    sim::Uncertain uncertain{at, static_cast<std::uint32_t>(dice_.below(value->numbers.size())), "", {}, group};
    const double usual = value->numbers[uncertain.number];
    const auto [low, high, law] = law_around(usual);
    if (!stays_in_range(study, uncertain, *value, field, low) || !stays_in_range(study, uncertain, *value, field, high))
      return "";
    std::string path = group ? "population.group." + toml(groups_[*group]) + "." : "";
    path += catalogue_.tables()[at.table].key + "." + std::string(field.key);
    if (!field.labels.empty()) path += "." + label_of(field, uncertain.number);
    if (!field.families.empty())
      path += "." + std::string(field.families[value->family].parameters[uncertain.number].key);
    return drawn_line(path, usual, {low, high, law});
  }

  struct Law {
    double low, high;  ///< which its draws hardly leave
    std::string text;
  };

  /// By a law, or by a column of the file.
  std::string drawn_line(const std::string& path, double usual, const Law& law) {
    if (rows_ == 0 || happens(0.4)) return path + " = " + law.text + "\n";
    const double spread = 0.02 * std::max(std::fabs(usual), 0.05);
    auto& values = columns_.emplace_back(path, std::vector<double>()).second;
    for (std::size_t row = 0; row < rows_; ++row)
      values.push_back(std::clamp(usual + spread * dice_.between(-1, 1), law.low, law.high));
    return "";
  }

  /// Of what tiers grant, and of what the policy sets.
  std::string uncertain_of_policy(const sim::Policy& policy) {
    std::string lines;
    const auto draw = [&](sim::FieldRef at, double usual, std::string path) {
      const sim::FieldInfo& field = catalogue_.tables()[at.table].fields.fields()[at.field];
      const Law law = law_around(usual);
      if (field.whole || law.low < field.range.low || law.high > field.range.high) return;
      path += catalogue_.tables()[at.table].key + "." + std::string(field.key);
      lines += drawn_line(path, usual, law);
    };
    const std::string path = "policy." + toml(policy.name);
    for (const sim::Tier& tier : sim::own_tiers(policy))
      for (const sim::Tier::Setting& lever : tier.levers)
        if (happens(0.2)) draw(lever.field, lever.value, path + ".tier." + toml(tier.name) + ".");
    for (const sim::PolicySetting& setting : policy.settings)
      if (std::ranges::count(policy.settings, setting.field, &sim::PolicySetting::field) == 1 && happens(0.4))
        draw(setting.field, setting.value, path + ".settings.");
    return lines;
  }

  /// Of how far shocks go, by their places.
  std::string uncertain_of_scenario(const sim::Scenario& scenario) {
    std::string lines;
    for (std::size_t n = 0; n < scenario.shocks.size(); ++n) {
      const double usual = scenario.shocks[n].size;
      const bool is_factor = catalogue_.drivers()[scenario.shocks[n].driver].kind == sim::DriverKind::factor;
      const Law law = law_around(usual);
      if (!happens(0.3) || (is_factor && law.low < 0)) continue;
      lines += drawn_line(
          fmt::format("scenario.{}.shock.{}.{}", toml(scenario.name), n + 1, is_factor ? "times" : "plus"), usual, law);
    }
    return lines;
  }
  Law law_around(double usual) {
    const double spread = 0.02 * std::max(std::fabs(usual), 0.05);
    if (usual > 0 && happens(0.3))
      return {usual * 0.88, usual * 1.12, fmt::format("{{ dist = \"lognormal\", mean = {}, sd_log = 0.02 }}", usual)};
    if (usual > 0.05 && usual < 0.95 && happens(0.3))
      return {0, 1, fmt::format("{{ dist = \"beta\", mean = {}, a = 900 }}", usual)};
    if (happens(0.4))
      return {usual - 6 * spread, usual + 6 * spread,
              fmt::format("{{ dist = \"normal\", mean = {}, sd = {} }}", usual, spread)};
    return {usual - 5 * spread, usual + 5 * spread,
            fmt::format("{{ dist = \"uniform\", low = {}, high = {} }}", usual - 5 * spread, usual + 5 * spread)};
  }

  bool stays_in_range(const sim::Study& study, const sim::Uncertain& uncertain, const sim::FieldValue& value,
                      const sim::FieldInfo& field, double drawn) {
    const auto is_in = [](double x, const sim::Range& r) { return x >= r.low && x <= r.high; };
    if (!is_in(drawn, sim::range_of_number(field, value, uncertain.number))) return false;
    const auto value_in = [&](std::uint32_t group) -> const sim::FieldValue& {
      for (const auto& own : study.population.groups[group].overrides)
        if (own.field == uncertain.field) return own.value;
      return study.values[uncertain.field.table][uncertain.field.field];
    };
    for (std::uint32_t g = 0; g < study.population.groups.size() && !uncertain.group; ++g)
      if (const auto follower = sim::place_that_follows(study, catalogue_, uncertain, g))
        if (!is_in(follower->value(drawn), sim::range_of_number(field, value_in(g), follower->number))) return false;
    return true;
  }

  void write_experiment() {
    experiment_ = "[experiment]\n";
    if (baseline_ > 0 || happens(0.5)) experiment_ += "baseline = " + toml(policies_[baseline_]) + "\n";
    if (happens(0.3))
      experiment_ += "headline = " + toml(catalogue_.kpis()[dice_.below(catalogue_.kpis().size())].name) + "\n";
    if (uncertain_ && !draws_said_) experiment_ += fmt::format("draws = {}\n", dice_.whole(0, 3));
    experiment_ += fmt::format("replications = {}\n", dice_.whole(1, 2));
    if (happens(0.4)) experiment_ += "luck = " + toml(some({"fresh", "common"})) + "\n";
    if (happens(0.3) && people_.empty()) experiment_ += "people = " + toml(some({"redrawn", "paired", "fixed"})) + "\n";
    if (happens(0.2)) experiment_ += fmt::format("same_money = {}\n", happens(0.5));
    if (happens(0.2)) experiment_ += fmt::format("why = {}\n", happens(0.8));
  }

  const sim::Catalogue& catalogue_;
  Dice& dice_;
  const std::filesystem::path& folder_;
  StudyText study_;
  std::vector<std::string> groups_, policies_, scenarios_;
  std::vector<Attribute> attributes_;
  std::vector<std::string> values_;                                   ///< by which a policy's tiers go
  std::vector<std::size_t> group_texts_;                              ///< where in the text each group ends
  std::vector<std::pair<std::string, std::vector<double>>> columns_;  ///< draws that a file gives, by path
  std::size_t rows_ = 0;                                              ///< of that file
  std::vector<std::vector<double>> samples_;
  std::size_t sample_rows_ = 0;
  std::map<std::string, std::uint32_t> families_;
  std::map<std::string, const sim::FieldInfo*> file_traits_;
  std::map<std::string, std::string> told_;  ///< of one customer, by column
  std::vector<std::string> tiers_of_baseline_;
  std::string separator_;
  std::size_t baseline_ = 0;
  bool asks_ = false;           ///< for what is off unless asked for
  double program_ = 0;          ///< chance of each of its levers in a tier
  bool counts_orders_ = false;  ///< for the tiers of a policy that are earned
  bool has_file_ = false, tells_ = false, rolls_out_ = false, first_is_reviewed_ = false, uncertain_ = false,
       draws_said_ = false;
  int months_ = 0, warmup_ = 0, run_off_ = 0, beyond_ = 0;
  std::string drivers_ = "as planned", people_, experiment_;
};

}  // namespace

scenarios::StudyReading StudyText::read(const sim::Catalogue& catalogue, const std::filesystem::path& folder) const {
  std::ofstream(folder / "customers.csv", std::ios::binary) << customers;
  std::ofstream(folder / "draws.csv", std::ios::binary) << draws;
  std::ofstream(folder / "samples.csv", std::ios::binary) << samples;
  return scenarios::read_study_text(text, "any.toml", folder, catalogue, options);
}

std::string StudyText::shown() const {
  std::string all = text;
  for (const scenarios::Override& option : options) all += option.option + "\n";
  return all + customers + draws + samples;
}

StudyText any_study(const sim::Catalogue& catalogue, Dice& dice, const std::filesystem::path& folder) {
  return Writer(catalogue, dice, folder).write();
}

}  // namespace clientele::tests
