// A year stands for those of its months from which something can be left.
#include "scenarios/reader/opening_reader.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "scenarios/reader/opening_rows.hpp"
#include "scenarios/reader/section.hpp"
#include "sim/core/printable.hpp"
#include "sim/dated.hpp"
#include "sim/roll_out.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::number_text;

namespace {

/// The largest number of a field that customers of a tier may have: the tier's own, else that of a group or of all.
double most_of(sim::FieldRef field, const sim::Tier& tier, const sim::Study& study) {
  const auto own = std::ranges::find(tier.levers, field, &sim::Tier::Setting::field);
  if (own != tier.levers.end()) return own->value;
  double most = study.values[field.table][field.field].numbers.front();
  for (const sim::Group& group : study.population.groups)
    for (const sim::Group::Override& other : group.overrides)
      if (other.field == field) most = std::max(most, other.value.numbers.front());
  return most;
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
    for_ever_ = table.fields()[lasts.field].range.high;
    double limit = study.values[at_most.table][at_most.field].numbers.front();
    for (const sim::PolicySetting& setting : today.settings)
      if (setting.field == at_most && (!setting.from || *setting.from < 0)) limit = setting.value;
    by_year_ = study.values[opening.at.table][ref(opening.field.dated.ends).field].numbers.front() != 0;
    const sim::FieldRef issued_by = ref(opening.field.dated.issued_by);
    const auto varies = [&](const sim::Uncertain& uncertain) { return uncertain.field == issued_by; };
    const bool is_drawn = std::ranges::any_of(study.uncertain, varies);
    for (const sim::Tier& tier : sim::own_tiers(today)) {
      if (!is_drawn && most_of(issued_by, tier, study) == 0) continue;
      issues_ = true;
      longest_ = std::max(longest_, std::min(limit, most_of(lasts, tier, study)));
    }
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

/// Rows as amounts of months, each of which is said once.
sim::DatedAmounts amounts_of(const std::vector<Stated>& rows, const Terms& terms, const Opening& opening,
                             Reading& reading) {
  sim::DatedAmounts all;
  std::map<int, const Stated*> said;
  for (const Stated& row : rows) {
    const int last = std::min(row.last, -1);
    int first = row.first;
    while (first <= last && !terms.may_be_left(first)) ++first;
    if (first > last && row.amount > 0)
      reading.mistakes.add(row.place, opening.what + ": what was issued in " + row.issued + " had ended by " +
                                          month_in_words(-1, reading.study.horizon) + " (" + terms.in_words() +
                                          "). Is it in the books still, or were the terms longer?");
    for (int month = first; month <= last; ++month) {
      const auto [there, is_new] = said.emplace(month, &row);
      if (is_new) continue;
      reading.mistakes.add(row.place, opening.what + ": " + month_in_words(month, reading.study.horizon) +
                                          " is said twice, by " + there->second->issued + " and by " + row.issued +
                                          ". Which one?");
      break;
    }
    if (first <= last && row.amount > 0) all.push_back({first, row.amount, last - first + 1});
  }
  std::ranges::sort(all, {}, &sim::DatedAmount::month);
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
                                            ", and the months and years come to " + number_text(sum) + ", " +
                                            number_text(std::fabs(less)) + (less > 0 ? " fewer. " : " more. ") +
                                            "Which one is right?");
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
  if (source == nullptr && opening.saying({"balance"}) == nullptr) return;  // {}: none
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
  if (is_whole) check_balance(rows, opening, reading);
  const Place& place = opening.nodes.front()->place;
  if (reading.study.horizon.warmup == 0)
    reading.mistakes.add(
        place, opening.what + " needs a warm-up, and horizon.warmup is 0 (who is a member and who holds " +
                   opening.unit + " comes out of it). Expected: horizon.warmup = 24, about as long as " + opening.unit +
                   " last.");
  if (reading.study.policies.empty()) return;
  const Terms terms(opening, reading);
  if (!terms.issues())
    return reading.mistakes.add(place, opening.what + " is of a program that exists, and the baseline, policy " +
                                           in_quotes(reading.study.policies[reading.study.baseline].name) +
                                           ", has none (" + std::string(opening.field.dated.issued_by) +
                                           " is 0 in all of its tiers). Did you mean another baseline?");
  if (!is_whole) return;
  reading.study.values[opening.at.table][opening.at.field] = {
      0, sim::packed_amounts(amounts_of(rows, terms, opening, reading))};
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
