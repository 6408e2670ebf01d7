// `clientele status FILE`: what is done, who is at it and how long it will take. Takes no lock and waits for nobody.
#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "models/catalogue.hpp"
#include "output/records/records.hpp"
#include "output/records/run_directory.hpp"
#include "sim/core/printable.hpp"
#include "sim/same_money.hpp"
#include "tools/clientele/arguments.hpp"
#include "tools/clientele/asked_study.hpp"
#include "tools/clientele/job.hpp"
#include "tools/clientele/left.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/pace.hpp"
#include "tools/clientele/recorded.hpp"
#include "tools/clientele/sweep/sweep_run.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// A world, with what its parts took wherever they were simulated.
struct SlowWorld {
  std::uint32_t replication = 0, draw = 0;
  double seconds = 0;
  std::string where;
};

/// What a process has done.
struct Worked {
  output::Worker worker;
  std::uint64_t cells = 0, portions = 0, customer_months = 0;
  double seconds = 0;

  double rate() const { return seconds > 0 ? static_cast<double>(customer_months) / seconds : 0; }
};

struct Status {
  std::string file, title;
  std::uint64_t cells = 0, done = 0, portions = 0;
  std::uint64_t equal = 0;           ///< missing cells that are simulated once, for another point
  std::size_t portions_of_cell = 1;  ///< at the most
  bool is_cube_there = false;
  bool knows_levels = true;  ///< false: the cells that tell the levels of the same money are not all there
  std::vector<ShardState> shards;
  std::vector<Worked> running;
  double rate = 0;           ///< customer-months a second of those that run
  double seconds_left = -1;  ///< nothing is known where below 0
  std::vector<SlowWorld> slowest;

  std::uint64_t missing() const { return cells - done; }
};

/// Counts portions of a cell that is not recorded.
void count_portions(const output::Records& records, const output::CellKey& cell,
                    const std::vector<sim::Portion>& portions, Status& status) {
  for (const sim::Portion& portion : portions)
    if (records.contains(output::key_of(cell, portion))) ++status.portions;
}

/// Counts cells of a plan that are recorded, and portions of those that are not.
void count(const sim::Plan& plan, const output::Records& records, Status& status) {
  const output::CubeDetails details = details_of({plan, {}, Talk::quiet, {}});
  const std::vector<sim::Portion> portions = plan.portions();
  status.portions_of_cell = std::max<std::size_t>(1, portions.size());
  status.done = status.portions = 0;
  for (const sim::Cell& cell : sim::all_cells(plan.study())) {
    const output::CellKey key = output::key_of(details.keys, cell);
    if (records.contains(key)) {
      ++status.done;
      continue;
    }
    count_portions(records, key, portions, status);
  }
}

void count_all(const sim::Study& stated, const sim::Catalogue& catalogue, const output::Records& records,
               Status& status) {
  const sim::Plan plan(stated, catalogue);
  count(plan, records, status);
  status.cells = sim::cell_axes_of(sim::with_room_for_same_money(stated, catalogue)).cells();
  if (!sim::has_same_money(stated)) return;
  const output::CubeDetails details = details_of({plan, {}, Talk::quiet, {}});
  const auto there = [&](const sim::Cell& cell) { return records.contains(output::key_of(details.keys, cell)); };
  status.knows_levels = std::ranges::all_of(sim::cells_of_same_money(stated), there);
  if (!status.knows_levels) return;
  const sim::Study whole = sim::with_same_money(stated, catalogue, plan.info(), [&](const sim::Cell& cell) {
    return records.read(output::key_of(details.keys, cell), cell, plan.info());
  });
  count(sim::Plan(whole, catalogue), records, status);
}

/// Equal cells of several points are one record and count at each.
void count_points(const scenarios::StudyReading& reading, const sim::Catalogue& catalogue,
                  const output::Records& records, Status& status) {
  const PlannedSweep sweep({.reading = reading, .catalogue = catalogue});
  const std::vector<sim::Cell> cells = sim::all_cells(reading.study);
  std::set<output::CellKey> missing;
  for (std::size_t point = 0; point < sweep.planned.points.places(); ++point) {
    const std::vector<sim::Portion>& portions = sweep.planned.portions[point];
    status.portions_of_cell = std::max(status.portions_of_cell, portions.size());
    status.cells += cells.size();
    for (const sim::Cell& cell : cells) {
      const output::CellKey key = output::key_of(sweep.planned.points.keys[point], cell);
      if (records.contains(key))
        ++status.done;
      else if (missing.insert(key).second)
        count_portions(records, key, portions, status);
      else
        ++status.equal;
    }
  }
}

Worked worked(const output::Log& log) {
  Worked all{log.worker};
  for (const output::Finished& one : log.finished) {
    all.cells += one.cells;
    all.portions += one.portions;
    all.customer_months += one.customer_months;
    all.seconds += one.seconds;
  }
  return all;
}

std::vector<SlowWorld> slowest_in(const std::vector<output::Log>& logs, const std::string& digest) {
  constexpr std::size_t told = 5;
  std::map<std::pair<std::uint32_t, std::uint32_t>, SlowWorld> worlds;
  for (const output::Log& log : logs) {
    if (log.worker.study != digest) continue;
    for (const output::Finished& one : log.finished) {
      SlowWorld& world = worlds[{one.replication, one.draw}];
      world = {one.replication, one.draw, world.seconds + one.seconds, name_of(log.worker)};
    }
  }
  std::vector<SlowWorld> all;
  for (const auto& [where, world] : worlds) all.push_back(world);
  std::ranges::stable_sort(all, std::greater(), &SlowWorld::seconds);
  all.resize(std::min(told, all.size()));
  return all;
}

/// What is left at the mean of what was done: customer-months of a cell, by all who tell of them.
void foretell(const std::vector<output::Log>& logs, const std::string& digest, Status& status) {
  double months = 0, cells = 0;
  for (const output::Log& log : logs) {
    if (log.worker.study != digest) continue;
    const Worked all = worked(log);
    months += static_cast<double>(all.customer_months);
    for (const output::Finished& one : log.finished)  // a cell that portions were put together for took nothing itself
      if (one.customer_months > 0)
        cells += static_cast<double>(one.cells) +
                 static_cast<double>(one.portions) / static_cast<double>(status.portions_of_cell);
    if (!log.is_alive) continue;
    status.running.push_back(all);
    status.rate += all.rate();
  }
  const double missing = static_cast<double>(status.missing() - status.equal) -
                         static_cast<double>(status.portions) / static_cast<double>(status.portions_of_cell);
  if (cells > 0 && status.rate > 0) status.seconds_left = missing * months / cells / status.rate;
}

Status status_of(const std::string& file, const output::Asked& asked, const fs::path& folder) {
  Status status{file, asked.title};
  const sim::Catalogue catalogue = models::catalogue();
  status.is_cube_there = fs::exists(fs::symlink_status(file));
  const output::Records records(folder, {}, output::Check::headers);
  const scenarios::StudyReading reading = reading_in(asked, folder, std::nullopt, catalogue);
  if (reading.sweep.empty())
    count_all(reading.study, catalogue, records, status);
  else
    count_points(reading, catalogue, records, status);
  const std::vector<output::Log> logs = output::logs_in(folder);
  status.shards = states_of_shards(asked, logs);
  status.slowest = slowest_in(logs, asked.digest);
  foretell(logs, asked.digest, status);
  return status;
}

std::string world_in_words(const SlowWorld& world) {
  return "replication " + with_commas(world.replication) + ", draw " + with_commas(world.draw) + ": " +
         in_short(world.seconds) + " s, " + world.where;
}

std::string shards_in_words(const std::vector<ShardState>& shards) {
  std::map<ShardState::Is, std::uint64_t> counts;
  for (const ShardState& shard : shards) ++counts[shard.is];
  std::string text;
  for (const auto& [is, number] : counts) text += (text.empty() ? "" : ", ") + with_commas(number) + " " + word_of(is);
  return text;
}

std::string text_of(const Status& status) {
  const double percent = 100 * static_cast<double>(status.done) / static_cast<double>(status.cells);
  std::string text = sim::file_in_quotes(status.file) + ": " + with_commas(status.done) + " of " +
                     cells_in_words(status.cells) + (status.done == 1 ? " is" : " are") + " done (" +
                     std::to_string(static_cast<int>(percent)) + " %), " + with_commas(status.missing()) + " missing";
  if (status.portions > 0)
    text += ", of which " + with_commas(status.portions) + (status.portions == 1 ? " portion is" : " portions are") +
            " done";
  text += std::string(status.is_cube_there ? "; the file is there" : "; the file is not made yet") + ".\n";
  if (!status.knows_levels)
    text += "The cells that tell how much of each lever the same money buys for all are not all there yet.\n";
  if (!status.shards.empty())
    text += with_commas(status.shards.size()) + (status.shards.size() == 1 ? " shard: " : " shards: ") +
            shards_in_words(status.shards) + ".\n";
  for (const ShardState& shard : status.shards)
    if (shard.is == ShardState::Is::killed || shard.is == ShardState::Is::failed || shard.is == ShardState::Is::stopped)
      text += "  shard " + std::to_string(shard.number) + ": " + in_words(shard) + "\n";
  if (status.running.empty())
    text += status.missing() > 0 ? "Nobody is at it.\n" : "";
  else
    text += "Running:\n";
  for (const Worked& one : status.running)
    text +=
        "  " + name_of(one.worker) + ": " + cells_in_words(one.cells) +
        (one.portions > 0 ? " and " + with_commas(one.portions) + (one.portions == 1 ? " portion" : " portions") : "") +
        ", " + (one.rate() > 0 ? in_short(one.rate()) + " customer-months/s" : "nothing finished yet") + "\n";
  if (status.seconds_left >= 0)
    text +=
        "Together " + in_short(status.rate) + " customer-months/s; about " + as_time(status.seconds_left) + " left.\n";
  if (!status.slowest.empty()) text += "Slowest:\n";
  for (const SlowWorld& world : status.slowest) text += "  " + world_in_words(world) + "\n";
  return text;
}

Json json_of(const output::Worker& worker) {
  return {{"host", worker.host},     {"process", worker.process}, {"job", worker.job},          {"shard", worker.shard},
          {"shards", worker.shards}, {"started", worker.started}, {"clientele", worker.program}};
}

Json json_of(const Status& status) {
  Json all{{"file", status.file},
           {"title", status.title},
           {"cells", status.cells},
           {"cells_done", status.done},
           {"cells_missing", status.missing()},
           {"portions_done", status.portions},
           {"file_is_there", status.is_cube_there},
           {"customer_months_per_second", status.rate},
           {"seconds_left", status.seconds_left >= 0 ? Json(status.seconds_left) : Json()},
           {"shards", Json::array()},
           {"running", Json::array()},
           {"slowest", Json::array()}};
  for (const ShardState& shard : status.shards) {
    Json one{{"shard", shard.number}, {"state", word_of(shard.is)}};
    if (shard.is != ShardState::Is::never_started) one["host"] = shard.worker.host;
    if (shard.is == ShardState::Is::failed) one["status"] = static_cast<int>(shard.status);
    all["shards"].push_back(one);
  }
  for (const Worked& one : status.running) {
    Json its = json_of(one.worker);
    its.update({{"cells", one.cells}, {"portions", one.portions}, {"customer_months_per_second", one.rate()}});
    all["running"].push_back(its);
  }
  for (const SlowWorld& world : status.slowest)
    all["slowest"].push_back(
        {{"replication", world.replication}, {"draw", world.draw}, {"seconds", world.seconds}, {"where", world.where}});
  return all;
}

/// Without records a cube speaks for itself.
[[noreturn]] void fail_unknown(const std::string& file, const fs::path& folder) {
  const bool is_file = fs::exists(fs::symlink_status(file)), is_folder = fs::exists(fs::symlink_status(folder));
  const std::string records = sim::file_in_quotes(folder);
  throw sim::UserError(
      is_folder && output::is_asked_damaged(folder)
          ? records +
                " no longer says which study it is of (its file asked is damaged). Start the run or one of its "
                "shards again (the same command writes it anew)."
      : is_folder ? records + " does not say which study it is of (no run of this clientele began there)."
      : is_file   ? records + " is not there: nothing goes on for " + sim::file_in_quotes(file) +
                      ". What it holds, clientele info says."
                : "neither " + sim::file_in_quotes(file) + " nor " + records + " is there. Is the name right?",
      sim::Exit::input_output);
}

}  // namespace

sim::Exit status(const Words& words) {
  const Arguments arguments(words, {{"json", 0, Option::Takes::nothing}});
  const std::string file = arguments.only_word("FILE");
  const fs::path folder = output::run_directory_of(file);
  const auto asked = output::asked_in(folder);
  if (!asked) fail_unknown(file, folder);
  const Status found = status_of(file, *asked, folder);
  std::fputs((arguments.has("json") ? json_of(found).dump(2) + "\n" : text_of(found)).c_str(), stdout);
  return sim::Exit::done;
}

}  // namespace clientele::tools
