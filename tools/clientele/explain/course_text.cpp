// A course as lines by month, and the steps of the months that matter.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include <nlohmann/json.hpp>

#include "sim/core/printable.hpp"
#include "sim/roll_out.hpp"
#include "tools/clientele/explain/course.hpp"
#include "tools/clientele/explain/find.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tools {

namespace {

using Json = nlohmann::ordered_json;

std::string month_text(int month, const sim::Horizon& horizon) {
  const int all = horizon.start_year * 12 + horizon.start_month - 1 + month;
  const std::string number = std::to_string(all % 12 + 1);
  return std::to_string(all / 12) + (number.size() == 1 ? "-0" : "-") + number;
}

/// Five digits that count.
std::string short_number(double value) {
  std::array<char, 40> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 5).ptr;
  return {text.data(), end};
}

/// In tenths.
std::string points_text(double points) { return sim::number_text(std::rint(points * 10) / 10); }

double number_in(const Course::Month& month, const char* name) {
  const auto found = month.numbers.find(name);
  return found == month.numbers.end() ? 0 : found->second;
}

bool wrote(const Course::Month& month, const char* name) {
  return std::ranges::any_of(month.steps, [&](const Course::Step& step) {
    return std::ranges::any_of(step.changes, [&](const Course::Number& number) {
      return number.name == name && number.before != number.after;
    });
  });
}

std::string tier_called(double tier, const sim::Policy& policy) {
  const auto place = static_cast<std::size_t>(std::max(0.0, tier));
  return place < policy.tiers.size() ? policy.tiers[place].name : "none";
}

bool is_gone(const Course::Month& month) { return number_in(month, "status") >= 2; }

/// " by 74.2 points (payment 82, volume 91, profit 60)", of what the review of the month has sorted by points.
std::string score_in_words(const Course::Month& month) {
  constexpr std::string_view of = "points of ";
  std::string parts, score;
  for (const Course::Step& step : month.steps)
    for (const Course::Number& number : step.changes)
      if (number.name.starts_with(of))
        parts += (parts.empty() ? "" : ", ") + number.name.substr(of.size()) + " " + points_text(number.after);
      else if (number.name == "score" && step.name == "review")
        score = points_text(number.after);
  return score.empty() ? "" : " by " + score + " points (" + parts + ")";
}

/// What a loyalty program does with a customer in the month.
void add_program(const Course::Month& month, std::vector<std::string>& parts) {
  if (number_in(month, "joins the program") > 0) parts.emplace_back("joins the program");
  if (const double earned = number_in(month, "points earned"); earned > 0)
    parts.push_back("earns " + short_number(earned) + " points");
  if (const double redeemed = number_in(month, "points redeemed"); redeemed > 0)
    parts.push_back("redeems " + short_number(redeemed));
  if (const double ended = number_in(month, "points expired") + number_in(month, "points forfeited"); ended > 0)
    parts.push_back(short_number(ended) + " end");
}

/// "tier A; 3 orders, 6,120; 1 of 2 invoices paid late; satisfaction 68.2"
std::string month_in_words(const Course::Month& month, const sim::Policy& policy, double quantum, bool is_first) {
  std::vector<std::string> parts;
  if (is_first || wrote(month, "tier"))
    parts.push_back("tier " + sim::printable(tier_called(number_in(month, "tier"), policy)) + score_in_words(month));
  const double orders = number_in(month, "orders");
  if (orders > 0 && !(is_gone(month) && !wrote(month, "status")))
    parts.push_back(short_number(orders) + (orders == 1 ? " order, " : " orders, ") +
                    in_short(number_in(month, "net sales") * quantum));
  add_program(month, parts);
  if (const double paid = number_in(month, "invoices settled"); paid > 0)
    parts.push_back(short_number(paid) + " paid, " + short_number(number_in(month, "late invoices settled")) + " late");
  if (wrote(month, "status") && is_gone(month))
    parts.emplace_back(number_in(month, "defaults") != 0 ? "DEFAULTS" : "LEAVES");
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text.empty() ? (is_gone(month) ? "(gone)" : "-") : text;
}

std::string number_text_of(const std::string& name, double value, const sim::Policy& policy) {
  if (name == "tier" || name == "tier held") return sim::printable(tier_called(value, policy));
  return std::isnan(value) ? "NaN" : short_number(value);
}

const Course::Number* find(const Course::Month* month, const std::string& step, const std::string& name) {
  if (month == nullptr) return nullptr;
  for (const Course::Step& one : month->steps)
    if (one.name == step)
      for (const Course::Number& number : one.changes)
        if (number.name == name) return &number;
  return nullptr;
}

const Course::Month* month_of(const Course& course, int month) {
  const auto found = course.months.find(month);
  return found == course.months.end() ? nullptr : &found->second;
}

/// (step, number) of the one, then what only the other has.
std::vector<std::pair<std::string, std::string>> lines_of(const Course::Month* one, const Course::Month* other) {
  std::vector<std::pair<std::string, std::string>> lines;
  std::set<std::pair<std::string, std::string>> known;
  for (const Course::Month* month : {one, other})
    for (const Course::Step& step : month == nullptr ? std::vector<Course::Step>{} : month->steps)
      for (const Course::Number& number : step.changes)
        if (known.emplace(step.name, number.name).second) lines.emplace_back(step.name, number.name);
  return lines;
}

struct Detail {
  std::string step, name;
  std::optional<double> one, other;
};

std::vector<Detail> details_of(const Courses& courses, int month, bool all) {
  const Course::Month *one = month_of(courses.one, month), *other = month_of(courses.other, month);
  std::vector<Detail> details;
  for (const auto& [step, name] : lines_of(one, other)) {
    const Course::Number *a = find(one, step, name), *b = find(other, step, name);
    if (!all && step != "leaving" && a != nullptr && b != nullptr && a->after == b->after) continue;
    Detail detail{step, name, {}, {}};
    if (a != nullptr) detail.one = a->after;
    if (b != nullptr) detail.other = b->after;
    details.push_back(detail);
  }
  std::ranges::stable_sort(details, {}, [&](const Detail& detail) {
    return std::ranges::find(courses.steps, detail.step) - courses.steps.begin();
  });
  return details;
}

std::string steps_text(const Courses& courses, int month, bool all, const CourseAsked& asked, const sim::Study& study) {
  const sim::Policy &one = study.policies[asked.policies.first], &other = study.policies[asked.policies.second];
  Table table{{"step", "number", sim::printable(one.name), sim::printable(other.name)}};
  for (const Detail& detail : details_of(courses, month, all))
    table.push_back({detail.step, detail.name, detail.one ? number_text_of(detail.name, *detail.one, one) : "as before",
                     detail.other ? number_text_of(detail.name, *detail.other, other) : "as before"});
  return laid_out(table);
}

/// Months in which somebody leaves or defaults under one of the policies.
std::vector<int> months_of_leaving(const Courses& courses) {
  std::vector<int> months;
  for (const Course* course : {&courses.one, &courses.other})
    for (const auto& [month, lived] : course->months)
      if (wrote(lived, "status") && is_gone(lived)) months.push_back(month);
  std::ranges::sort(months);
  const auto again = std::ranges::unique(months);
  months.erase(again.begin(), again.end());
  return months;
}

std::pair<std::string, std::string> lines_of_month(const Courses& courses, int month, const CourseAsked& asked,
                                                   const sim::Study& study) {
  const auto line = [&](const Course& course, std::uint32_t policy) {
    const Course::Month* lived = month_of(course, month);
    return lived == nullptr ? "-" : month_in_words(*lived, study.policies[policy], study.money_quantum, month == 0);
  };
  return {line(courses.one, asked.policies.first), line(courses.other, asked.policies.second)};
}

Table table_of_months(const Courses& courses, const CourseAsked& asked, const sim::Study& study) {
  const std::optional<int> first = first_difference(courses);
  Table table{{"month", sim::printable(study.policies[asked.policies.first].name),
               sim::printable(study.policies[asked.policies.second].name), ""}};
  for (int month = 0; month < study.horizon.months; ++month) {
    if (month_of(courses.one, month) == nullptr && month_of(courses.other, month) == nullptr) continue;
    const auto [one, other] = lines_of_month(courses, month, asked, study);
    table.push_back({month_text(month, study.horizon), one, one == other ? "the same" : other,
                     first == month ? "<- first difference" : ""});
  }
  return table;
}

/// The month that is asked for; else the first in which anything differs, the first in which what the customer does
/// differs, and those in which it leaves.
std::vector<std::pair<int, std::string>> months_to_tell(const Courses& courses, const CourseAsked& asked,
                                                        const sim::Study& study) {
  if (asked.month) return {{*asked.month, "Every step of"}};
  const std::optional<int> first = first_difference(courses);
  if (!first) return {};
  std::vector<std::pair<int, std::string>> told{{*first, "What first differs, step by step, in"}};
  const auto add = [&](int month, const char* heading) {
    if (std::ranges::find(told, month, &std::pair<int, std::string>::first) == told.end())
      told.emplace_back(month, heading);
  };
  for (int month = *first + 1; month < study.horizon.months; ++month) {
    const auto [one, other] = lines_of_month(courses, month, asked, study);
    if (one == other) continue;
    add(month, "What the customer first does otherwise, in");
    break;
  }
  for (const int month : months_of_leaving(courses)) add(month, "The month of leaving,");
  return told;
}

}  // namespace

std::string text_of(const Courses& courses, const CourseAsked& asked, const sim::Study& study) {
  std::string text = asked.called + " of group " + sim::printable(study.population.groups[courses.group].name) +
                     ", future " + std::to_string(asked.replication) + " of scenario " +
                     sim::printable(study.scenarios[asked.scenario].name) +
                     (study.draws == 0 ? "" : ", draw " + std::to_string(asked.draw)) +
                     ": one simulated course under each policy, with the same luck.\n\n" +
                     laid_out(table_of_months(courses, asked, study), 4);
  const std::vector<std::pair<int, std::string>> months = months_to_tell(courses, asked, study);
  if (months.empty()) return text + "\nNothing differs: both policies do the same to this customer.\n";
  for (const auto& [month, heading] : months)
    text += "\n" + heading + " " + month_text(month, study.horizon) + ":\n" +
            steps_text(courses, month, asked.month.has_value(), asked, study);
  return text + "\nAmounts that steps write are counted in steps of " + sim::number_text(study.money_quantum) + " " +
         study.currency +
         (months_of_leaving(courses).empty()
              ? ""
              : ". A customer leaves in the month whose hazard of leaving exceeds the hazard that it "
                "outlives, which is luck, the same under both policies") +
         ". One course is one draw of luck: what policies do on average, compare says.\n";
}

std::string json_of(const Courses& courses, const CourseAsked& asked, const sim::Study& study,
                    const FoundCustomer* found) {
  Json whole{{"customer", asked.called},
             {"group", study.population.groups[courses.group].name},
             {"scenario", study.scenarios[asked.scenario].name},
             {"draw", asked.draw},
             {"future", asked.replication},
             {"for_life", courses.born}};
  if (found != nullptr)
    whole["found"] = {{"kpi", found->kpi},
                      {"number", found->number},
                      {"worth", {found->worth.first, found->worth.second}},
                      {"customers", found->customers},
                      {"gain", found->gain},
                      {"lose", found->lose}};
  const std::optional<int> first = first_difference(courses);
  whole["first_difference"] = first ? Json(*first) : Json(nullptr);
  const std::pair<const Course*, std::uint32_t> both[] = {{&courses.one, asked.policies.first},
                                                          {&courses.other, asked.policies.second}};
  for (const auto& [course, policy] : both) {
    Json months = Json::array();
    for (const auto& [month, lived] : course->months) {
      Json steps = Json::array();
      for (const Course::Step& step : lived.steps) {
        Json numbers = Json::object();
        for (const Course::Number& number : step.changes)
          numbers[number.name] = std::isfinite(number.after) ? Json(number.after) : Json(nullptr);
        steps.push_back({{"step", step.name}, {"numbers", numbers}});
      }
      months.push_back({{"month", month}, {"steps", steps}});
    }
    whole["policies"].push_back({{"policy", study.policies[policy].name}, {"months", months}});
  }
  return whole.dump(1) + "\n";
}

}  // namespace clientele::tools
