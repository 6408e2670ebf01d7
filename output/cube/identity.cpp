// Keys are texts along the axes that they belong to: a cube tells itself which of its cells another study has too.
#include "output/cube/identity.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <set>
#include <sstream>

#include "output/cube/kpi_texts.hpp"
#include "output/cube/seal.hpp"
#include "output/cube/wording.hpp"
#include "output/files/hash.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

namespace {

/// By policy, "table.field=level" with spaces between them as numbers; empty for a policy of the study itself.
std::vector<std::string> levels_in_words(const sim::Study& study) {
  std::vector<std::string> all;
  for (const sim::Policy& policy : study.policies) {
    std::string& text = all.emplace_back();
    if (!policy.same_money_as) continue;
    for (const sim::Tier::Setting& lever : policy.tiers.front().levers)
      text += (text.empty() ? "" : " ") + std::to_string(lever.field.table) + "." + std::to_string(lever.field.field) +
              "=" + sim::shortest_text(lever.value);
  }
  return all;
}

/// Whether the words tell a level for each lever of a policy; they are its levels then.
bool set_levels(const std::string& words, sim::Policy& policy) {
  std::istringstream input(words);
  for (sim::Tier::Setting& lever : policy.tiers.front().levers) {
    sim::FieldRef field;
    double level = 0;
    char dot = ' ', equals = ' ';
    if (!(input >> field.table >> dot >> field.field >> equals >> level) || field != lever.field) return false;
    lever.value = level;
  }
  return true;
}

void add_texts(Hash& hash, const std::vector<std::string>& texts) {
  hash.add(static_cast<std::int64_t>(texts.size()));
  for (const std::string& text : texts) hash.add(text);
}

void add_info(Hash& hash, const sim::Study& study, const sim::OutcomeInfo& info) {
  for (const sim::MetricInfo& metric : info.metrics)
    add_texts(hash,
              {metric.name, metric.meaning, unit_of(metric.unit, study.currency), sim::shortest_text(metric.scale)});
  for (const sim::HistogramInfo& histogram : info.histograms)
    add_texts(hash, {histogram.name, histogram.meaning, unit_of(histogram.unit, study.currency)});
  for (const sim::MetricInfo& metric : info.aged)
    add_texts(hash, {metric.name, metric.meaning, unit_of(metric.unit, study.currency)});
  for (const sim::KpiInfo& kpi : info.kpis) {
    hash.add(kpi.name);
    for (const auto& [attribute, text] : attributes_of(words_of(kpi, study.currency))) hash.add(text);
    if (!kpi.monthly) continue;
    for (const auto& [attribute, text] : attributes_of(*kpi.monthly, study.currency)) hash.add(text);
  }
}

void add_points(Hash& hash, const CubePoints& points) {
  add_texts(hash, points.paths);
  add_texts(hash, points.units);
  add_texts(hash, points.study_digests);
  for (const auto& values : points.values)
    for (const double value : values) hash.add(std::bit_cast<std::int64_t>(value));
  for (const StudyKeys& keys : points.keys) {
    hash.add(keys.world);
    for (const auto* parts : {&keys.scenarios, &keys.policies, &keys.draws}) add_texts(hash, *parts);
  }
}

/// Such as: its policies "bands", "ranked". A name out of a file steers no terminal.
std::string its(const std::string& kind, const std::string& kinds, const std::vector<std::string>& names) {
  std::string text = "its " + (names.size() == 1 ? kind : kinds);
  for (std::size_t n = 0; n < names.size(); ++n) {
    text += n == 0 ? " \"" : ", \"";
    for (const char c : names[n]) text += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    text += '"';
  }
  return text;
}

/// One axis of a cube, and the same of the study that asks for it.
struct AxisOfBoth {
  std::string kind, kinds;
  std::vector<std::string> names, keys;              ///< in the cube
  std::vector<std::string> counted;                  ///< of these keys, those that count
  std::vector<std::string> names_asked, keys_asked;  ///< in the study
};

/// What the study no longer asks for, by name: what it changed, and what is gone from it. Empty where it is all there.
std::string what_differs(const AxisOfBoth& axis) {
  const auto contains = [](const auto& all, const std::string& one) {
    return std::ranges::find(all, one) != all.end();
  };
  std::vector<std::string> changed, gone;
  for (std::size_t i = 0; i < std::min(axis.names.size(), axis.keys.size()); ++i)
    if (contains(axis.counted, axis.keys[i]) && !contains(axis.keys_asked, axis.keys[i]))
      (contains(axis.names_asked, axis.names[i]) ? changed : gone).push_back(axis.names[i]);
  std::string text;
  if (!changed.empty())
    text = its(axis.kind, axis.kinds, changed) + (changed.size() == 1 ? " differs" : " differ") + " from the study's";
  if (!gone.empty())
    text += (text.empty() ? "" : "; ") + its(axis.kind, axis.kinds, gone) + (gone.size() == 1 ? " is" : " are") +
            " not in the study";
  return text;
}

std::string refusal_of(const StudyKeys& there, const StudyKeys& asked, const std::string& differing) {
  if (there.model != asked.model)
    return "it was made by model " + there.model + ", now " + asked.model + " (the same study has other numbers)";
  if (there.world != asked.world)
    return "it was made from other settings (seed, horizon, customers, what is counted, values of behaviors, or the "
           "policy of the "
           "warm-up)" +
           (differing.empty() ? "" : "; " + differing);
  if (there.replications > asked.replications) return "it holds replications that the study no longer asks for";
  return differing.empty() ? "it holds a draw that the study no longer asks for" : differing;
}

/// Keys by point; one where there are none.
using PointKeys = std::vector<StudyKeys>;

/// Policies that spend the money of another evenly follow from the others: where their levels are no longer those that
/// a study asks for, they are made anew.
void forget_generated(const Hdf5Reader& file, const PointKeys& asked, PointKeys& there) {
  if (!file.has("policy_same_money_as")) return;
  const std::vector<std::int32_t> of = file.dataset("policy_same_money_as").read_integers();
  std::set<std::string> all;
  for (const StudyKeys& keys : asked) all.insert(keys.policies.begin(), keys.policies.end());
  for (StudyKeys& keys : there) {
    std::vector<std::string> kept;
    for (std::size_t p = 0; p < keys.policies.size(); ++p)
      if (p >= of.size() || of[p] < 0 || all.contains(keys.policies[p])) kept.push_back(keys.policies[p]);
    keys.policies = kept;
  }
}

/// How many points of `some` have cells that no point of `all` has.
std::size_t points_without(const PointKeys& all, const PointKeys& some) {
  std::multimap<std::string, const StudyKeys*> by_world;
  for (const StudyKeys& keys : all) by_world.emplace(keys.world, &keys);
  return static_cast<std::size_t>(std::ranges::count_if(some, [&](const StudyKeys& keys) {
    const auto [from, to] = by_world.equal_range(keys.world);
    return std::none_of(from, to, [&](const auto& candidate) { return holds_all_of(*candidate.second, keys); });
  }));
}

/// A study that no longer asks for the same money still has its policies in the cube.
std::string hint_of_same_money(const Hdf5Reader& file) {
  const std::vector<std::int32_t> of = file.dataset("policy_same_money_as").read_integers();
  const bool any = std::ranges::any_of(of, [](std::int32_t policy) { return policy >= 0; });
  return any ? ". Did you mean experiment.same_money = true?" : "";
}

/// The keys along an axis: an attribute of its variable, before format 1.4 a variable of their own.
std::vector<std::string> keys_along(const Hdf5Reader& file, const std::string& axis) {
  if (file.has(axis + "_key")) return file.dataset(axis + "_key").read_texts();
  std::istringstream lines(file.dataset(axis).text_attribute("keys"));
  std::vector<std::string> keys;
  for (std::string key; std::getline(lines, key);) keys.push_back(key);
  return keys;
}

StudyKeys keys_in(const Hdf5Reader& file) {
  StudyKeys keys{file.text_attribute("world_key"),
                 keys_along(file, "scenario"),
                 keys_along(file, "policy"),
                 keys_along(file, "draw"),
                 static_cast<std::uint32_t>(file.dataset("replication").read_integers().size()),
                 file.has_attribute("model_version") ? file.text_attribute("model_version") : ""};
  return keys;
}

PointKeys point_keys_in(const Hdf5Reader& file) {
  const StudyKeys stated = keys_in(file);
  if (!file.has(points_axis)) return {stated};
  return keys_from_lines(file.dataset(points_axis).text_attribute("keys"), stated);
}

/// Where a cube or a study, or both, have points.
std::string refusal_of_points(const Hdf5Reader& file, const CubeDetails& details, const PointKeys& there,
                              std::size_t not_asked) {
  const StudyKeys stated = keys_in(file);
  if (stated.model != details.keys.model) return refusal_of(stated, details.keys, "");
  if (!file.has(points_axis)) return "it holds the study as it is stated, which is none of the points of the sweep";
  if (!details.points.any()) return "it holds the points of a sweep, for which the study does not ask";
  return "the study no longer asks for " + std::to_string(not_asked) + " of its " + std::to_string(there.size()) +
         " points";
}

template <class Named>
std::vector<std::string> names_of(const std::vector<Named>& all) {
  std::vector<std::string> names;
  for (const Named& one : all) names.push_back(one.name);
  return names;
}

/// Scenarios and policies that a study no longer asks for; `there` are the keys of the cube that count.
std::string what_differs(const Hdf5Reader& file, const sim::Study& study, const StudyKeys& there,
                         const StudyKeys& asked) {
  const auto axis = [&](const std::string& name) {
    return std::pair(file.dataset(name).read_texts(), keys_along(file, name));
  };
  const auto [scenarios, scenario_keys] = axis("scenario");
  const auto [policies, policy_keys] = axis("policy");
  const std::string text = what_differs({"scenario", "scenarios", scenarios, scenario_keys, there.scenarios,
                                         names_of(study.scenarios), asked.scenarios}),
                    more = what_differs({"policy", "policies", policies, policy_keys, there.policies,
                                         names_of(study.policies), asked.policies});
  return text.empty() || more.empty() ? text + more : text + "; " + more;
}

}  // namespace

std::string made_from(const sim::Study& study, const sim::OutcomeInfo& info, const CubeDetails& details) {
  Hash hash;
  const StudyKeys& keys = details.keys;
  add_texts(hash, {details.points.any() ? format_with_points : cube_format, details.model_version, keys.world,
                   study.digest, study.text, study.title, study.question, study.currency, study.headline,
                   study.policies.at(study.baseline).name});
  add_texts(hash, study.options);
  for (const auto* parts : {&keys.scenarios, &keys.policies, &keys.draws}) add_texts(hash, *parts);
  hash.add(std::int64_t{study.replications});
  if (study.population.file) add_texts(hash, {study.population.file->name, study.population.file->digest});
  add_info(hash, study, info);
  add_texts(hash, details.summed);
  if (details.points.any()) add_points(hash, details.points);
  return hash.hex();
}

void write_keys(Hdf5Writer& file, Dimensions& dimensions, const Source& source) {
  const StudyKeys& keys = source.details.keys;
  if (keys.world.empty()) return;
  for (const auto& [axis, digests] :
       {std::pair{"scenario", &keys.scenarios}, {"policy", &keys.policies}, {"draw", &keys.draws}})
    dimensions.describe(axis, "keys", in_lines(*digests));
  if (const std::string levels = in_lines(levels_in_words(source.study)); levels.find('=') != std::string::npos)
    dimensions.describe("policy", "same_money_levels", levels);
  file.attribute("world_key", keys.world);
  if (source.has_points()) dimensions.describe(points_axis, "keys", keys_in_lines(source.details.points, keys));
}

std::optional<sim::Study> with_levels_of(const std::filesystem::path& path, const sim::Study& room) {
  if (!std::filesystem::exists(path)) return std::nullopt;
  try {
    check_seal(path);
    const Hdf5Reader file(path);
    if (!file.has("policy") || !file.dataset("policy").has_attribute("same_money_levels")) return std::nullopt;
    std::istringstream lines(file.dataset("policy").text_attribute("same_money_levels"));
    std::vector<std::string> levels;
    for (std::string line; std::getline(lines, line);) levels.push_back(line);
    const std::vector<std::string> names = file.dataset("policy").read_texts();
    sim::Study study = room;
    for (sim::Policy& policy : study.policies) {
      if (!policy.same_money_as) continue;
      const auto place = static_cast<std::size_t>(std::ranges::find(names, policy.name) - names.begin());
      if (place >= levels.size() || !set_levels(levels[place], policy)) return std::nullopt;
    }
    return study;
  } catch (const sim::UserError&) {
    return std::nullopt;
  }
}

Standing standing_of(const std::filesystem::path& path, const sim::Study& study, const sim::OutcomeInfo& info,
                     const CubeDetails& details, std::string& why) {
  if (!std::filesystem::exists(std::filesystem::symlink_status(path))) return Standing::absent;
  try {
    check_seal(path);
    const Hdf5Reader file(path);
    if (!file.has_attribute("world_key")) {
      why = "it does not tell what its cells were made from";
      return Standing::foreign;
    }
    const bool complete = file.has_attribute("made_from");
    if (complete && file.text_attribute("made_from") == made_from(study, info, details)) return Standing::same;
    PointKeys there = point_keys_in(file);
    const PointKeys asked = details.points.any() ? details.points.keys : PointKeys{details.keys};
    if (study.same_money) forget_generated(file, asked, there);
    const std::size_t not_asked = points_without(asked, there);
    if (not_asked == 0)
      return complete && points_without(there, asked) == 0 && file.has(points_axis) == details.points.any()
                 ? Standing::same_cells
                 : Standing::smaller;
    if (details.points.any() || file.has(points_axis)) {
      why = refusal_of_points(file, details, there, not_asked);
      return Standing::foreign;
    }
    why = refusal_of(there.front(), details.keys, what_differs(file, study, there.front(), details.keys));
    if (!study.why && file.has("policy_held") && there.front().world == details.keys.world)
      why += ". Did you mean experiment.why = true?";
    else if (!study.same_money && file.has("policy_same_money_as") && there.front().world == details.keys.world)
      why += hint_of_same_money(file);
  } catch (const sim::UserError& error) {
    why = error.what();
  }
  return Standing::foreign;
}

}  // namespace clientele::output
