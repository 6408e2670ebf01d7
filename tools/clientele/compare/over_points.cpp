// Sentences count points, the table has a row for each, and numbers of a column share their unit.
#include "tools/clientele/compare/over_points.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include <nlohmann/json.hpp>

#include "output/cube/wording.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/caveat.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

using output::AtPoint;
using output::KpiOverPoints;
using output::OverPoints;
using output::PolicyAtPoint;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t most_rows = 40, most_turns = 12;

Json number_or_null(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

std::string name_of_policy(const OverPoints& over, std::size_t policy) { return sim::printable(over.policies[policy]); }

std::string points_in_words(std::size_t count) { return with_commas(count) + (count == 1 ? " point" : " points"); }

/// "npv" or, where there are several scenarios, "npv in recession".
std::string subject_of(const OverPoints& over, const KpiOverPoints& table) {
  std::string text = sim::printable(table.words.name);
  if (over.question.scenarios.size() > 1) text += " in " + sim::printable(over.scenarios[table.scenario]);
  return text;
}

bool has_best(const OverPoints& over, const KpiOverPoints& table) {
  return over.has_two_sides() && table.words.direction != sim::Direction::neither;
}

/// "bands is best at 612 of 1,000 points (clearly at 530), today at 388 (clearly at 2)."
std::string best_in_words(const OverPoints& over, const KpiOverPoints& table) {
  std::map<std::size_t, std::pair<std::size_t, std::size_t>> counts;  // by policy: points, clear ones
  for (const AtPoint& point : table.points)
    if (point.best && point.is_told()) {
      ++counts[*point.best].first;
      if (point.best_is_clear) ++counts[*point.best].second;
    }
  std::vector<std::pair<std::size_t, std::pair<std::size_t, std::size_t>>> sorted(counts.begin(), counts.end());
  std::ranges::stable_sort(sorted, std::ranges::greater(), [](const auto& one) { return one.second.first; });
  std::string text;
  for (const auto& [policy, count] : sorted) {
    text += text.empty()
                ? subject_of(over, table) + ": " + name_of_policy(over, policy) + " is best at " +
                      with_commas(count.first) + " of " + points_in_words(table.points.size() - table.points_not_told())
                : ", " + name_of_policy(over, policy) + " at " + with_commas(count.first);
    text += " (clearly at " + with_commas(count.second) + ")";
  }
  return text.empty() ? "" : text + ".";
}

/// What a point has beside the number that is looked along.
std::string other_numbers(const OverPoints& over, const output::SignTurn& turn) {
  std::string text;
  for (std::size_t p = 0; p < over.points.paths.size(); ++p)
    if (p != turn.path)
      text += (text.empty() ? " where " : ", ") + sim::printable(over.points.paths[p]) + " is " +
              sim::shortest_text(over.points.values[turn.from][p]);
  return text;
}

std::string turn_in_words(const OverPoints& over, const KpiOverPoints& table, const output::SignTurn& turn) {
  const double from = over.points.values[turn.from][turn.path], to = over.points.values[turn.to][turn.path];
  return subject_of(over, table) + ": the sign of " + name_of_policy(over, turn.policy) + " against " +
         name_of_policy(over, over.question.baseline) + " turns between " + sim::shortest_text(from) + " and " +
         sim::shortest_text(to) + " of " + sim::printable(over.points.paths[turn.path]) + " (at about " +
         in_short(turn.at) + ")" + other_numbers(over, turn) +
         (turn.is_clear ? ", clearly on both sides." : ", not clearly on both sides.");
}

/// What sentences leave out, and pairs that averages leave out.
std::string missing_in_words(const OverPoints& over, const KpiOverPoints& table, Paper paper) {
  std::size_t missing = 0, all = 0;
  for (const AtPoint& point : table.points)
    for (const PolicyAtPoint& told : point.policies) missing += told.missing, all += told.pairs + told.missing;
  std::string text;
  const std::size_t not_told = table.points_not_told();
  if (not_told > 0)
    text += paragraph(paper, subject_of(over, table) + ": " + with_commas(not_told) + " of " +
                                 points_in_words(table.points.size()) + (not_told == 1 ? " lacks" : " lack") +
                                 " the difference of a policy (not simulated, or not defined): nobody counts as best "
                                 "there.");
  if (missing > 0)
    text += paragraph(paper, subject_of(over, table) + ": " + with_commas(missing) + " of " + with_commas(all) +
                                 " pairs are left out, since a side of them is missing.");
  return text;
}

std::string sentences_of(const OverPoints& over, const KpiOverPoints& table, Paper paper) {
  if (!over.has_two_sides()) return "";
  std::string text;
  if (const std::string best = best_in_words(over, table); !best.empty()) text += paragraph(paper, best);
  const std::size_t shown = std::min(most_turns, table.turns.size());
  for (std::size_t t = 0; t < shown; ++t) text += paragraph(paper, turn_in_words(over, table, table.turns[t]));
  if (shown < table.turns.size())
    text += paragraph(paper, with_commas(table.turns.size() - shown) + " more sign" +
                                 (shown + 1 == table.turns.size() ? " turns" : "s turn") + " (--json has them all).");
  if (table.turns.empty() && over.has_neighbours && table.points_not_told() == 0)
    text += paragraph(paper, subject_of(over, table) + ": no difference changes its sign between neighbouring points.");
  return text + missing_in_words(over, table, paper);
}

/// Roundings that all points of a column share.
struct Roundings {
  explicit Roundings(const KpiOverPoints& table) {
    double level = 0, average = 0, narrowest = std::numeric_limits<double>::infinity();
    for (const AtPoint& point : table.points)
      for (const PolicyAtPoint& told : point.policies) {
        if (std::isfinite(told.level.mean)) level = std::max(level, std::fabs(told.level.mean));
        if (!told.average) continue;
        if (std::isfinite(told.average->mean)) average = std::max(average, std::fabs(told.average->mean));
        if (told.average->half_width > 0) narrowest = std::min(narrowest, told.average->half_width);
      }
    levels.emplace(level);
    differences.emplace(average, std::isfinite(narrowest) ? narrowest : 0);
  }
  std::optional<Rounding> levels, differences;
};

std::string unit_of(const Rounding& rounding, const std::string& unit) {
  const std::string text = rounding.unit() + behind_number(unit);
  return text.empty() ? text : text.substr(1);
}

std::string average_at_point(const Rounding& rounding, const PolicyAtPoint& told) {
  const std::string mean = rounding.with_sign(told.average->mean);
  if (std::isnan(told.average->half_width)) return mean;
  const char* mark = !told.average->caution.empty() ? "*" : told.is_clear() ? "!" : "";
  return mean + " ± " + rounding.bare(told.average->half_width) + mark;
}

std::string table_in_words(const OverPoints& over, const KpiOverPoints& table, Paper paper) {
  const Roundings roundings(table);
  const std::string unit = unit_of(*roundings.differences, table.words.unit);
  const std::size_t width = paper == Paper::markdown ? 1000 : 16;
  const std::vector<std::string> names = cut_names(over.policies, width);
  Table rows(2);
  for (const std::string& path : over.points.paths) {
    rows[0].push_back(cut_names({path}, paper == Paper::markdown ? 1000 : 24).front());
    rows[1].push_back(over.points.units[rows[1].size()]);
  }
  for (const std::size_t policy : over.question.policies) {
    rows[0].push_back(names[policy]);
    rows[1].push_back(policy == over.question.baseline ? unit_of(*roundings.levels, table.words.unit) : unit);
  }
  if (has_best(over, table)) {
    rows[0].push_back("best");
    rows[1].emplace_back();
  }
  const std::size_t shown = paper == Paper::markdown ? table.points.size() : std::min(most_rows, table.points.size());
  for (std::size_t n = 0; n < shown; ++n) {
    const AtPoint& point = table.points[n];
    auto& row = rows.emplace_back();
    for (const double value : over.points.values[point.point]) row.push_back(sim::shortest_text(value));
    for (const PolicyAtPoint& told : point.policies)
      row.push_back(told.average ? average_at_point(*roundings.differences, told)
                                 : roundings.levels->bare(told.level.mean));
    if (has_best(over, table)) row.push_back(point.best ? names[*point.best] + (point.best_is_clear ? "!" : "") : "-");
  }
  std::string text = table_of(paper, rows, 0, 2);
  if (shown < table.points.size())
    text += paragraph(paper, with_commas(table.points.size() - shown) + " more point" +
                                 (shown + 1 == table.points.size() ? "" : "s") + ": --csv has them all.");
  return text;
}

/// Why an interval is not there, or what it is worth; each reason once.
std::string caution_lines(const OverPoints& over, Paper paper) {
  std::vector<std::string> lines;
  const auto add = [&](const std::string& before, const std::string& reason) {
    const std::string line = before + reason + ".";
    if (!reason.empty() && std::ranges::find(lines, line) == lines.end()) lines.push_back(line);
  };
  for (const KpiOverPoints& table : over.tables)
    for (const AtPoint& point : table.points)
      for (const PolicyAtPoint& told : point.policies)
        if (told.average) {
          if (!std::isnan(told.average->half_width)) add("*: the interval ", told.average->caution);
          add("No interval: ", told.average->why_missing);
        }
  std::string text;
  for (const std::string& line : lines) text += paragraph(paper, line);
  return text;
}

/// How a row is to be read.
std::string row_in_words(const OverPoints& over) {
  const std::string baseline = name_of_policy(over, over.question.baseline),
                    start = "Each row is a study of its own, and all have the same customers and luck. Under " +
                            baseline + " stands its mean",
                    end = ". --point N tells one of them whole.";
  if (!over.has_two_sides()) return start + end;
  std::string text = start + ", under others their difference to it. ±: intervals of " + percent(over.certainty.alone) +
                     ", each alone; !: still clear where all " + with_commas(over.certainty.shown) +
                     " differences of two policies, at all points, hold together";
  for (const KpiOverPoints& table : over.tables)
    if (has_best(over, table)) return text + ", and behind the best, to every other policy" + end;
  return text + end;
}

std::string reading_help(const OverPoints& over, Paper paper) {
  std::string text = paragraph(paper, row_in_words(over)) + caution_lines(over, paper);
  if (over.has_two_sides() && !over.has_neighbours)
    text += paragraph(paper, "No two points differ in one number only, so that it is not looked for where signs turn.");
  if (over.cells_done < over.cells)
    text += paragraph(paper, "Not finished: " + with_commas(over.cells_done) + " of " + with_commas(over.cells) +
                                 " cells are simulated.");
  const std::string caveat = caveat_of(over.customer_file, over.to_books);
  if (!caveat.empty()) text += paragraph(paper, caveat);
  for (const std::string& warning : over.warnings)
    text += paragraph(paper, "Warning: " + sim::printable(warning, 1000), 2);
  return text;
}

Json interval_of(const output::Interval& interval) {
  return {{"mean", number_or_null(interval.mean)},
          {"half_width", number_or_null(interval.half_width)},
          {"independent", interval.values}};
}

Json policy_as_json(const OverPoints& over, const PolicyAtPoint& told) {
  Json json = {{"policy", over.policies[told.policy]},
               {"level", interval_of(told.level)},
               {"change_since_first_point", interval_of(told.change)}};
  if (!told.average) return json;
  json["average"] = interval_of(*told.average);
  json["average"]["half_width_together"] = number_or_null(told.half_width_together);
  json["average"]["pairs"] = told.pairs;
  json["average"]["missing"] = told.missing;
  json["average"]["caution"] = told.average->caution.empty() ? Json(nullptr) : Json(told.average->caution);
  json["average"]["why_missing"] = told.average->why_missing.empty() ? Json(nullptr) : Json(told.average->why_missing);
  json["is_clear"] = told.is_clear();
  return json;
}

Json table_as_json(const OverPoints& over, const KpiOverPoints& table) {
  Json points = Json::array(), turns = Json::array();
  for (const AtPoint& point : table.points) {
    Json policies = Json::array();
    for (const PolicyAtPoint& told : point.policies) policies.push_back(policy_as_json(over, told));
    points.push_back({{"point", point.point},
                      {"values", over.points.values[point.point]},
                      {"best", point.best ? Json(over.policies[*point.best]) : Json(nullptr)},
                      {"best_is_clear", point.best_is_clear},
                      {"policies", policies}});
  }
  for (const output::SignTurn& turn : table.turns)
    turns.push_back({{"policy", over.policies[turn.policy]},
                     {"path", over.points.paths[turn.path]},
                     {"from_point", turn.from},
                     {"to_point", turn.to},
                     {"at", number_or_null(turn.at)},
                     {"is_clear", turn.is_clear}});
  return {{"kpi", table.words.name},
          {"unit", table.words.unit},
          {"direction", output::direction_of(table.words.direction)},
          {"scenario", over.scenarios[table.scenario]},
          {"points", points},
          {"turns", turns}};
}

}  // namespace

output::ComparisonInput facts_of_points(output::CubeReader& cube) {
  const std::string digest = cube.text("study_digest"), data = cube.data_hash_of_all_points();
  cube.look_at(0);
  output::ComparisonInput facts = output::input_of({&cube});
  facts.study_digest = digest;
  facts.data_hash = data;
  facts.cells_done = cube.cells_done_at_all_points();
  return facts;
}

std::string text_of(const OverPoints& over, Paper paper) {
  std::string text;
  for (const KpiOverPoints& table : over.tables) text += sentences_of(over, table, paper);
  for (const KpiOverPoints& table : over.tables) {
    text += "\n";
    if (over.tables.size() > 1) text += paragraph(paper, subject_of(over, table) + ":");
    text += table_in_words(over, table, paper);
  }
  text += "\n" + reading_help(over, paper);
  return paper == Paper::markdown ? without_gaps(text) : text;
}

std::string json_of(const OverPoints& over) {
  Json numbers = Json::array(), tables = Json::array();
  for (std::size_t p = 0; p < over.points.paths.size(); ++p)
    numbers.push_back({{"path", over.points.paths[p]}, {"unit", over.points.units[p]}});
  for (const KpiOverPoints& table : over.tables) tables.push_back(table_as_json(over, table));
  const Json all = {
      {"schema_version", 2},
      {"kind", "points"},
      {"title", over.title},
      {"currency", over.currency},
      {"study_digest", over.study_digest},
      {"data_hash", over.data_hash},
      {"baseline", over.policies[over.question.baseline]},
      {"confidence", over.certainty.alone},
      {"intervals_together", over.certainty.shown},
      {"draws", over.draws},
      {"replications", over.replications},
      {"cells", over.cells},
      {"cells_done", over.cells_done},
      {"numbers", numbers},
      {"customer_file", over.customer_file.empty() ? Json(nullptr) : Json(over.customer_file)},
      {"caveat", over.customer_file.empty() ? Json(nullptr) : Json(caveat_of(over.customer_file, over.to_books))},
      {"tables", tables}};
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string csv_of(const OverPoints& over, CsvForm form) {
  Csv csv(form);
  csv.text("kpi").text("unit").text("scenario").text("point");
  for (const std::string& path : over.points.paths) csv.text(path);
  csv.head(
      "policy,baseline,mean,mean_half_width,average,half_width,half_width_together,independent,change,"
      "change_half_width,best,best_is_clear");
  for (const KpiOverPoints& table : over.tables)
    for (const AtPoint& point : table.points)
      for (const PolicyAtPoint& told : point.policies) {
        csv.text(table.words.name).text(table.words.unit).text(over.scenarios[table.scenario]).count(point.point);
        for (const double value : over.points.values[point.point]) csv.number(value);
        csv.text(over.policies[told.policy]).text(over.policies[over.question.baseline]);
        csv.number(told.level.mean).number(told.level.half_width);
        if (told.average)
          csv.number(told.average->mean).number(told.average->half_width).number(told.half_width_together);
        else
          csv.text("").text("").text("");
        csv.count(told.level.values).number(told.change.mean).number(told.change.half_width);
        csv.text(point.best ? over.policies[*point.best] : "").count(point.best_is_clear ? 1 : 0).end_line();
      }
  return csv.file();
}

}  // namespace clientele::tools
