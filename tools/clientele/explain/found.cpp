// Paths as people type them: with names of a study in them, with a law's number behind them, or a bare name.
#include <algorithm>

#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/explain/entries.hpp"

namespace clientele::tools {

namespace {

using Parts = std::vector<std::string>;

/// The parts of a path; what stands between quotes is one part.
Parts parts_of(const std::string& path) {
  Parts parts(1);
  bool quoted = false;
  for (const char c : path) {
    if (c == '"')
      quoted = !quoted;
    else if (c == '.' && !quoted)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

std::string path_of(const Parts& parts, std::size_t from = 0, std::size_t to = std::string::npos) {
  std::string path;
  for (std::size_t p = from; p < std::min(to, parts.size()); ++p) path += (path.empty() ? "" : ".") + parts[p];
  return path;
}

/// Behind all paths where the word is not there.
std::size_t place_of(const Parts& parts, const std::string& word) {
  const auto found = std::ranges::find(parts, word);
  return found == parts.end() ? std::string::npos : static_cast<std::size_t>(found - parts.begin());
}

/// The path without the names that a study gives: policy.ranked.tier.A.share is policy.tier.share.
Parts without_names(Parts parts) {
  const auto drop = [&](std::size_t from, std::size_t count) {
    if (from + count <= parts.size())
      parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(from),
                  parts.begin() + static_cast<std::ptrdiff_t>(from + count));
  };
  if (parts.front() == "uncertain" && parts.size() > 2) drop(0, 1);
  if (parts.front() == "sweep" && parts.size() > 3) drop(0, 2);
  if (parts.front() == "population" && place_of(parts, "group") == 1 && parts.size() > 3) drop(2, 1);
  if (parts.front() == "policy")
    for (const char* list : {"tier", "rollout", "settings", "segmentation"}) {
      const std::size_t at = place_of(parts, list);
      if (at == 2) drop(1, 1);
      const bool named = std::string_view(list) == "tier" || std::string_view(list) == "rollout";
      if (named && place_of(parts, list) == 1 && parts.size() > 3) drop(2, 1);
    }
  if (parts.front() == "scenario" && parts.size() == 3 && place_of(parts, "shock") != 1)
    return {"shock", parts.back()};  // a shock by its driver, as [uncertain] takes it
  if (parts.front() == "scenario" && place_of(parts, "shock") == 2) drop(1, 1);
  if (parts.front() == "scenario" && place_of(parts, "shock") == 1 && parts.size() > 3) drop(2, 1);
  return parts;
}

std::vector<const Explained*> at_path(const std::vector<ExplainedTable>& tables, const std::string& path) {
  std::vector<const Explained*> all;
  for (const ExplainedTable& table : tables)
    for (const Explained& entry : table.entries)
      if (entry.path == path) all.push_back(&entry);
  return all;
}

bool is_lever_or_setting(const Explained& entry, const std::string& fact) {
  return std::ranges::any_of(entry.facts, [&](const auto& said) { return said.first == fact; });
}

std::vector<const Explained*> called(const std::vector<ExplainedTable>& tables, const std::string& name) {
  std::vector<const Explained*> all;
  for (const ExplainedTable& table : tables)
    for (const Explained& entry : table.entries)
      if (entry.key() == name) all.push_back(&entry);
  return all;
}

/// A lever by a tier, a setting by a policy, a number of a group: what stands behind is a number of a behavior.
std::vector<const Explained*> behind(const std::vector<ExplainedTable>& tables, const Parts& parts) {
  const bool tier = parts.size() > 2 && parts[0] == "policy" && parts[1] == "tier";
  const bool settings = parts.size() > 2 && parts[0] == "policy" && parts[1] == "settings";
  const bool group = parts.size() > 3 && parts[0] == "population" && parts[1] == "group";
  if (group || ((tier || settings) && parts.size() > 3)) return at_path(tables, path_of(parts, 2, 4));
  const bool for_all_tiers = parts.size() == 3 && parts[0] == "policy" && !tier && !settings;
  if (!tier && !for_all_tiers) return {};
  auto all = called(tables, parts[2]);
  std::erase_if(all, [](const Explained* entry) { return !is_lever_or_setting(*entry, "lever"); });
  return all;
}

const ExplainedTable* nearest_table(const std::vector<ExplainedTable>& tables, const std::string& name) {
  std::vector<std::string> keys;
  for (const ExplainedTable& table : tables) keys.push_back(table.key);
  const std::string guess = sim::nearest(name, keys);
  const auto place = std::ranges::find(tables, guess, &ExplainedTable::key);
  return guess.empty() ? nullptr : &*place;
}

}  // namespace

const ExplainedTable* table_called(const std::vector<ExplainedTable>& tables, const std::string& asked) {
  const std::string plain = path_of(without_names(parts_of(asked)));
  for (const std::string& name : {plain, "segmentation." + plain})
    for (const ExplainedTable& table : tables)
      if (!name.empty() && table.key == name) return &table;
  return nullptr;
}

std::vector<const Explained*> found(const std::vector<ExplainedTable>& tables, const std::string& asked) {
  const Parts parts = without_names(parts_of(asked));
  if (auto all = at_path(tables, path_of(parts)); !all.empty()) return all;
  if (auto all = behind(tables, parts); !all.empty()) return all;
  if (parts.size() == 1) return called(tables, parts.front());
  const std::string aliases[] = {"driver", "kpis", "metrics"};
  if (parts.size() == 2 && std::ranges::find(aliases, parts.front()) != std::end(aliases))
    return at_path(tables, (parts.front() == "driver" ? "shock" : parts.front().substr(0, parts.front().size() - 1)) +
                               "." + parts.back());
  // A number of a law or of a vector: payment.late_chance.mean.
  for (std::size_t most = parts.size() - 1; most > 1; --most)
    if (auto all = at_path(tables, path_of(parts, 0, most)); !all.empty()) {
      std::erase_if(all, [](const Explained* entry) { return entry->standard.find('=') == std::string::npos; });
      return all;
    }
  return {};
}

std::string not_found(const std::vector<ExplainedTable>& tables, const std::string& asked) {
  const Parts parts = without_names(parts_of(asked));
  const ExplainedTable* home = parts.size() > 1 ? table_called(tables, path_of(parts, 0, parts.size() - 1)) : nullptr;
  std::vector<std::string> keys, names, paths;
  if (home == nullptr && parts.size() > 1) home = nearest_table(tables, path_of(parts, 0, parts.size() - 1));
  for (const ExplainedTable& table : tables) {
    names.push_back(table.key);
    for (const Explained& entry : table.entries) {
      if (&table == home) keys.push_back(entry.key());
      names.push_back(entry.key());
      paths.push_back(entry.path);
    }
  }
  std::string guess = home == nullptr ? "" : sim::nearest(parts.back(), keys);
  if (!guess.empty()) guess = (home->key.empty() ? "" : home->key + ".") + guess;
  if (guess.empty()) guess = sim::nearest(path_of(parts), paths);
  if (guess.empty()) guess = sim::nearest(parts.back(), names);
  const auto same_key = called(tables, parts.back());
  if (home == nullptr && guess.empty() && !same_key.empty()) guess = same_key.front()->path;
  std::string known;
  for (const std::string& key : keys) known += (known.empty() ? "" : ", ") + key;
  return sim::in_quotes(asked) + " is no key of a study, and nothing that comes out of one." +
         (guess.empty() ? "" : " Did you mean " + guess + "?") +
         (home == nullptr || known.empty() ? " clientele explain lists all."
                                           : " " + home->written + " has: " + known + ".");
}

}  // namespace clientele::tools
