// Records: what was written whole is read whole, and nothing else is ever believed.
#include "output/records/records.hpp"

#include <csignal>
#include <functional>
#include <map>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/files/hash.hpp"
#include "output/records/run_directory.hpp"
#include "output/records/sink.hpp"
#include "tests/output/folder.hpp"
#include "tests/output/invented.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using output::CellKey;
using output::Records;
using output::RecordsSink;
using output::RunDirectory;
using output::StudyKeys;
using sim::Cell;
using sim::CellOutcome;

namespace {

bool equal(const CellOutcome& a, const CellOutcome& b) {
  return a.cell == b.cell && a.counts == b.counts && a.histograms == b.histograms && a.flows == b.flows &&
         a.beyond == b.beyond;
}

/// Few numbers, so that every byte of a segment can be tried.
Invented little() {
  Invented all = invented();
  all.info.months = 2;
  all.info.closed = all.info.months_beyond = 1;
  all.info.tiers = 2;
  all.info.groups = 1;
  all.info.metrics.resize(2);
  all.info.histograms.resize(1);
  all.info.histograms[0].months = {-1};
  return all;
}

CellOutcome little_outcome(const Cell& cell) {
  const auto n = static_cast<std::int64_t>(cell.replication + 1);
  return {cell,
          {n, 0, 5, 0, 2 * n, 0, -7, 0},
          {{{{-3, n, -3 * n}, {4, 1, 4}}}},
          {n, 0, 3, 0, 0, 0, 2 * n, 0},
          {n, 0, 0, -9}};
}

std::string little_record(const Invented& all, std::uint32_t replication) {
  const Cell cell{0, 0, 0, replication};
  return output::record_of(key_of(all.details.keys, cell), little_outcome(cell), all.info);
}

const std::string a_segment = "seg-" + std::string(32, 'a'), b_segment = "seg-" + std::string(32, 'b');

void put(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

sim::Exit status_of(const std::function<void()>& act, std::string& text) {
  try {
    act();
  } catch (const sim::UserError& error) {
    text = error.what();
    return error.status();
  }
  return sim::Exit::done;
}

/// How many of the first `n` replications are there, each as it was written.
std::size_t whole_ones(const Records& records, const Invented& all, std::uint32_t n) {
  std::size_t there = 0;
  for (std::uint32_t r = 0; r < n; ++r) {
    const Cell cell{0, 0, 0, r};
    const CellKey key = key_of(all.details.keys, cell);
    if (!records.contains(key)) continue;
    REQUIRE(equal(records.read(key, cell, all.info), little_outcome(cell)));
    ++there;
  }
  return there;
}

}  // namespace

TEST_CASE("a record gives back the whole cell: counts, histograms and moves between tiers") {
  const Invented all = invented();
  for (const auto& [cell, outcome] : all.outcomes) {
    const std::string record = output::record_of(key_of(all.details.keys, cell), outcome, all.info);
    const auto header = output::header_of(record.substr(0, output::record_header_size));
    REQUIRE(header);
    CHECK(header->key == key_of(all.details.keys, cell));
    CHECK(header->payload_size == record.size() - output::record_header_size);
    CHECK(equal(output::outcome_of(record.substr(output::record_header_size), cell, all.info), outcome));
  }
}

TEST_CASE("columns that hold nothing take no room") {
  const Invented all = invented();
  const Cell of_one_tier{0, 0, 0, 0}, of_four{0, 2, 0, 0};
  const auto size = [&](const Cell& cell) {
    CellOutcome outcome = all.outcomes.at(cell);
    for (auto& histogram : outcome.histograms)
      for (auto& bins : histogram) bins.clear();
    std::ranges::fill(outcome.flows, 0);
    std::ranges::fill(outcome.beyond, 0);
    return output::record_of({}, outcome, all.info).size();
  };
  const std::size_t column = sizeof(std::uint32_t) + all.info.months * sizeof(std::int64_t);
  const std::size_t used_by_tier = all.info.groups * (all.info.metrics.size() - 1);  // the last metric never happens
  CHECK(size(of_four) - size(of_one_tier) == 3 * used_by_tier * column);
  CellOutcome moving = all.outcomes.at(of_four);
  std::ranges::fill(moving.flows, 0);
  const std::size_t still = output::record_of({}, moving, all.info).size();
  moving.flows[5] = moving.flows[5 + 4 * 4 * all.info.groups] = 1;  // the same pair of tiers in two months
  CHECK(output::record_of({}, moving, all.info).size() - still == column + 2 * sizeof(std::uint32_t));
}

TEST_CASE("a record is the same however many tiers other policies have, and reads into either study") {
  const Invented all = invented();
  const Cell cell{1, 1, 0, 0};
  const CellOutcome& narrow = all.outcomes.at(cell);
  sim::OutcomeInfo wide_info = all.info;
  wide_info.tiers = all.info.tiers + 3;
  CellOutcome wide = narrow;
  const auto widened = [&](const std::vector<std::int64_t>& counts, std::size_t metrics) {
    std::vector<std::int64_t> all_tiers;
    const auto of_month = static_cast<std::ptrdiff_t>(all.info.tiers * all.info.groups * metrics);
    for (auto month = counts.begin(); month != counts.end(); month += of_month) {
      all_tiers.insert(all_tiers.end(), month, month + of_month);
      all_tiers.resize(all_tiers.size() + 3 * all.info.groups * metrics);
    }
    return all_tiers;
  };
  wide.counts = widened(narrow.counts, all.info.metrics.size());
  wide.beyond = widened(narrow.beyond, all.info.metrics_beyond().size());
  wide.flows.assign(wide_info.flows(), 0);
  const auto place = [&](std::size_t tiers_of_axis, std::size_t t, std::size_t k, std::size_t k_to, std::size_t g) {
    return ((t * tiers_of_axis + k) * tiers_of_axis + k_to) * all.info.groups + g;
  };
  for (std::size_t t = 0; t < all.info.months; ++t)
    for (std::size_t k = 0; k < all.info.tiers; ++k)
      for (std::size_t k_to = 0; k_to < all.info.tiers; ++k_to)
        for (std::size_t g = 0; g < all.info.groups; ++g)
          wide.flows[place(wide_info.tiers, t, k, k_to, g)] = narrow.flows[place(all.info.tiers, t, k, k_to, g)];
  const std::string record = output::record_of({}, narrow, all.info);
  CHECK(output::record_of({}, wide, wide_info) == record);
  CHECK(equal(output::outcome_of(record.substr(output::record_header_size), cell, wide_info), wide));
}

TEST_CASE("a record that does not fit its study is a fault, not a number") {
  const Invented all = little();
  const std::string payload = little_record(all, 0).substr(output::record_header_size);
  sim::OutcomeInfo longer = all.info;
  ++longer.months;
  CHECK_THROWS_AS(output::outcome_of(payload, {}, longer), sim::InternalFault);
  sim::OutcomeInfo further = all.info;
  ++further.months_beyond;
  CHECK_THROWS_AS(output::outcome_of(payload, {}, further), sim::InternalFault);
  sim::OutcomeInfo narrower = all.info;
  narrower.tiers = 1;
  CHECK_THROWS_AS(output::outcome_of(payload, {}, narrower), sim::InternalFault);
  for (std::size_t size = 0; size < payload.size(); ++size)
    CHECK_THROWS_AS(output::outcome_of(payload.substr(0, size), {}, all.info), sim::InternalFault);
  CHECK_THROWS_AS(output::outcome_of(payload + "x", {}, all.info), sim::InternalFault);
}

TEST_CASE("a tail that was torn at any byte costs the record that it belongs to and no other") {
  const Folder folder;
  const Invented all = little();
  std::string bytes;
  std::vector<std::size_t> ends{0};
  for (std::uint32_t r = 0; r < 3; ++r) {
    bytes += little_record(all, r);
    ends.push_back(bytes.size());
  }
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    put(folder / a_segment, bytes.substr(0, size));
    const Records records(folder.path());
    std::size_t whole = 0;
    while (whole < 3 && ends[whole + 1] <= size) ++whole;
    REQUIRE(whole_ones(records, all, 3) == whole);
    REQUIRE(records.dropped().bytes == size - ends[whole]);
  }
}

TEST_CASE("a byte that a disk has changed is found wherever it is, and no wrong number gets through") {
  const Folder folder;
  const Invented all = little();
  std::string bytes;
  for (std::uint32_t r = 0; r < 3; ++r) bytes += little_record(all, r);
  const std::size_t one = bytes.size() / 3;
  for (std::size_t at = 0; at < bytes.size(); ++at)
    for (const int bit : {0, 7}) {
      std::string damaged = bytes;
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
      put(folder / a_segment, damaged);
      const Records records(folder.path());
      const bool in_header = at % one < output::record_header_size;
      REQUIRE(whole_ones(records, all, 3) == (in_header ? at / one : 2));
      REQUIRE(records.size() == (in_header ? at / one : 2));
      REQUIRE(records.dropped().records == (in_header ? 0 : 1));
    }
}

TEST_CASE("what is no segment is left alone, and bytes of chance hold no record") {
  const Folder folder;
  const Invented all = little();
  put(folder / a_segment, little_record(all, 0));
  put(folder / "notes.txt", "not a record");
  put(folder / "seg-short", little_record(all, 1));
  std::filesystem::create_directory(folder / ("seg-" + std::string(32, 'c')));
  REQUIRE(::mkfifo((folder / ("seg-" + std::string(32, 'd'))).c_str(), 0600) == 0);
  std::string chance;
  for (std::uint64_t i = 0; i < 4000; ++i) chance += static_cast<char>(invented_count(i));
  for (std::size_t size = 0; size < chance.size(); size += 13) {
    put(folder / b_segment, chance.substr(size));
    const Records records(folder.path());
    REQUIRE(records.size() == 1);
    REQUIRE(records.dropped().bytes == chance.size() - size);
  }
}

TEST_CASE("records of a later format are refused by name") {
  const Folder folder;
  std::string record = little_record(little(), 0), text;
  record[8] = output::record_format + 1;
  const std::uint64_t checksum = output::checksum_of(record.substr(0, output::record_header_size - 8));
  for (std::size_t i = 0; i < 8; ++i)
    record[output::record_header_size - 8 + i] = static_cast<char>(checksum >> (8 * i) & 255U);
  put(folder / a_segment, record);
  CHECK(status_of([&] { const Records records(folder.path()); }, text) == sim::Exit::bad_data);
  CHECK_THAT(text, contains("format " + std::to_string(output::record_format + 1)));
}

TEST_CASE("records of an earlier format are left out, and are lived again") {
  const Folder folder;
  std::string record = little_record(little(), 0);
  record[8] = 1;
  const std::uint64_t checksum = output::checksum_of(record.substr(0, output::record_header_size - 8));
  for (std::size_t i = 0; i < 8; ++i)
    record[output::record_header_size - 8 + i] = static_cast<char>(checksum >> (8 * i) & 255U);
  put(folder / a_segment, record);
  put(folder / b_segment, little_record(little(), 1));
  const Records records(folder.path());
  CHECK(records.size() == 1);
  CHECK(records.dropped().earlier == 1);
  CHECK(records.dropped().bytes == 0);
}

TEST_CASE("a segment's name tells the model that made it") {
  const Folder folder;
  const auto mine = output::new_segment_in(folder.path(), "model one");
  CHECK(output::is_segment(mine));
  CHECK(output::is_of_model(mine, "model one"));
  CHECK_FALSE(output::is_of_model(mine, "model two"));
  CHECK_FALSE(output::is_of_model(folder / a_segment, "model one"));
  CHECK(output::new_segment_in(folder.path(), "model one") != mine);
}

TEST_CASE("two equal records of a cell are one; two that differ are a fault") {
  const Folder folder;
  const Invented all = little();
  put(folder / a_segment, little_record(all, 0) + little_record(all, 1));
  put(folder / b_segment, little_record(all, 1) + little_record(all, 0));
  CHECK(Records(folder.path()).size() == 2);
  CellOutcome other = little_outcome({0, 0, 0, 1});
  other.counts[0] += 1;
  put(folder / b_segment, output::record_of(key_of(all.details.keys, other.cell), other, all.info));
  CHECK_THROWS_AS(Records(folder.path()), sim::InternalFault);
}

TEST_CASE("what a sink was given is there for the next run, readable by its owner only") {
  const Folder folder;
  const Invented all = invented();
  const auto where = output::run_directory_of(folder / "a.nc");
  std::size_t half = all.outcomes.size() / 2, at = 0;
  for (const bool first : {true, false}) {
    const RunDirectory directory(where);
    Records records(where);
    CHECK(records.size() == (first ? 0 : half));
    RecordsSink sink(where, records, all.details.keys, all.info);
    for (; at < (first ? half : all.outcomes.size()); ++at)
      sink.accept(CellOutcome(std::next(all.outcomes.begin(), static_cast<std::ptrdiff_t>(at))->second));
    CHECK(records.size() == at);
  }
  const Records records(where);
  REQUIRE(records.size() == all.outcomes.size());
  for (const auto& [cell, outcome] : all.outcomes)
    CHECK(equal(records.read(key_of(all.details.keys, cell), cell, all.info), outcome));
  CHECK(output::segments_in(where).size() == 2);
  struct stat status {};
  REQUIRE(::stat(where.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0700);
  for (const auto& segment : output::segments_in(where)) {
    REQUIRE(::stat(segment.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
  }
}

TEST_CASE("a sink that gets nothing leaves no file") {
  const Folder folder;
  const Invented all = invented();
  Records records(folder.path());
  { RecordsSink(folder.path(), records, all.details.keys, all.info).sync(); }
  CHECK(folder.names().empty());
}

TEST_CASE("a full disk stops the run with 74, keeps every record so far, and no half of one") {
  const Folder folder;
  const Invented all = invented();
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  std::string text;
  std::size_t written = 0;
  {
    Records records(folder.path());
    const rlimit limit{40'000, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    RecordsSink sink(folder.path(), records, all.details.keys, all.info);
    const auto status = status_of(
        [&] {
          for (const auto& [cell, outcome] : all.outcomes) {
            sink.accept(CellOutcome(outcome));
            ++written;
          }
        },
        text);
    ::setrlimit(RLIMIT_FSIZE, &before);
    CHECK(status == sim::Exit::input_output);
    CHECK(records.size() == written);
  }
  REQUIRE(written > 3);
  REQUIRE(written < all.outcomes.size());
  Records records(folder.path());
  CHECK(records.size() == written);
  CHECK(records.dropped().bytes == 0);
  RecordsSink sink(folder.path(), records, all.details.keys, all.info);
  for (const auto& [cell, outcome] : all.outcomes)
    if (!records.contains(key_of(all.details.keys, cell))) sink.accept(CellOutcome(outcome));
  CHECK(Records(folder.path()).size() == all.outcomes.size());
}

TEST_CASE("a directory is used by one run at a time, and the message names the other") {
  const Folder folder;
  const auto where = output::run_directory_of(folder / "a.nc");
  std::string text;
  {
    const RunDirectory first(where);
    CHECK(status_of([&] { const RunDirectory second(where); }, text) == sim::Exit::does_not_fit);
    CHECK_THAT(text, contains("process " + std::to_string(::getpid())));
  }
  CHECK(status_of([&] { const RunDirectory again(where); }, text) == sim::Exit::done);
}

TEST_CASE("something else under the directory's name is left alone") {
  const Folder folder;
  put(folder / "a.nc.run", "precious");
  std::string text;
  CHECK(status_of([&] { const RunDirectory directory(folder / "a.nc.run"); }, text) == sim::Exit::output_exists);
  CHECK(bytes_of(folder / "a.nc.run") == "precious");
  CHECK(status_of([&] { const RunDirectory directory(folder / "nowhere" / "a.nc.run"); }, text) ==
        sim::Exit::input_output);
}

TEST_CASE("removing records removes records and nothing else") {
  const Folder folder;
  const auto where = folder / "a.nc.run";
  const Invented all = little();
  {
    RunDirectory directory(where);
    put(where / a_segment, little_record(all, 0));
    put(where / b_segment, little_record(all, 1));
    put(where / "notes.txt", "mine");
    CHECK_FALSE(directory.remove({where / a_segment}));
    CHECK(output::segments_in(where) == std::vector<std::filesystem::path>{where / b_segment});
    CHECK(RunDirectory::is_in_use(where));
    CHECK_FALSE(directory.remove({where / b_segment}));
    CHECK(output::segments_in(where).empty());
  }
  CHECK_FALSE(RunDirectory::is_in_use(where));
  CHECK(bytes_of(where / "notes.txt") == "mine");
  std::filesystem::remove(where / "notes.txt");
  CHECK(RunDirectory(where).remove({}));
  CHECK(folder.names().empty());
}

TEST_CASE("the reading of records can be stopped") {
  const Folder folder;
  put(folder / a_segment, little_record(little(), 0));
  std::stop_source stop;
  stop.request_stop();
  std::string text;
  CHECK(status_of([&] { const Records records(folder.path(), stop.get_token()); }, text) == sim::Exit::stopped_early);
}

TEST_CASE("a record that changes under a run is noticed when it is read") {
  const Folder folder;
  const Invented all = little();
  put(folder / a_segment, little_record(all, 0));
  const Records records(folder.path());
  std::string damaged = little_record(all, 0);
  damaged.back() = static_cast<char>(damaged.back() ^ 1);
  put(folder / a_segment, damaged);
  std::string text;
  const Cell cell{0, 0, 0, 0};
  CHECK(status_of([&] { records.read(key_of(all.details.keys, cell), cell, all.info); }, text) ==
        sim::Exit::input_output);
}

}  // namespace clientele::tests
