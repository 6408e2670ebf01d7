// A huge world is lived in portions, and what was kept of them is not lived again: with the same bits in every case.
#include <set>
#include <stop_token>

#include "tests/support/catch.hpp"
#include "tests/support/toys.hpp"

namespace clientele::sim {

namespace {

RunOptions in_portions_of(std::uint64_t customers, unsigned threads = 1, std::size_t block_size = 512) {
  RunOptions options;
  options.customers_of_portion = customers;
  options.threads = threads;
  options.block_size = block_size;
  return options;
}

using Portions = std::map<std::pair<Cell, Portion>, CellOutcome>;

/// Keeps portions as a disk would, from one run to the next.
class Keeping final : public Sink {
 public:
  explicit Keeping(Portions& kept) : kept_(kept) {}
  void accept(CellOutcome&& outcome) override {
    const Cell cell = outcome.cell;
    REQUIRE(outcomes.emplace(cell, std::move(outcome)).second);
  }
  void accept_portion(const Portion& portion, CellOutcome&& outcome) override {
    const Cell cell = outcome.cell;
    kept_.insert_or_assign({cell, portion}, std::move(outcome));
    if (++accepted == stop_after) stop.request_stop();
  }
  RunOptions with_kept(RunOptions options) const {
    options.kept_portion = [this](const Portion& portion, const Cell& cell) {
      const auto found = kept_.find({cell, portion});
      return found == kept_.end() ? std::nullopt : std::optional(found->second);
    };
    return options;
  }

  std::map<Cell, CellOutcome> outcomes;
  std::size_t accepted = 0, stop_after = SIZE_MAX;
  std::stop_source stop;

 private:
  Portions& kept_;
};

RunReport live(const Study& study, const RunOptions& options, Keeping& sink) {
  return Plan(study, toy_catalogue()).run(all_cells(study), sink, sink.with_kept(options), sink.stop.get_token());
}

bool same(const CellOutcome& a, const CellOutcome& b) {
  return a.counts == b.counts && a.histograms == b.histograms && a.flows == b.flows;
}

void require_same(const std::map<Cell, CellOutcome>& a, const std::map<Cell, CellOutcome>& b) {
  REQUIRE(a.size() == b.size());
  for (const auto& [cell, outcome] : a) REQUIRE(same(outcome, b.at(cell)));
}

void require_same(const Portions& a, const Portions& b) {
  REQUIRE(a.size() == b.size());
  for (const auto& [where, outcome] : a) REQUIRE(same(outcome, b.at(where)));
}

}  // namespace

TEST_CASE("a world that is lived in portions is the same world") {
  const Deaf deaf;
  const Study study = free_study(2);
  const auto undivided = lived(study);
  for (const std::uint64_t customers : {1U, 64U, 100U, 333U, 699U, 700U, 100000U}) {
    Portions kept;
    Keeping sink(kept);
    live(study, in_portions_of(customers), sink);
    CAPTURE(customers);
    require_same(undivided, sink.outcomes);
    REQUIRE(kept.empty() == (customers >= 700));
  }
}

TEST_CASE("portions are the same for any threads, block size and arms that live together, and add up to the world") {
  const Deaf deaf;
  const Study study = free_study(2);
  const auto undivided = lived(study);
  Portions reference;
  Keeping first(reference);
  live(study, in_portions_of(150), first);
  std::set<Portion> met;
  for (const auto& [where, outcome] : reference) met.insert(where.second);
  const auto planned = Plan(study, toy_catalogue()).portions(in_portions_of(150));
  REQUIRE(met == std::set<Portion>(planned.begin(), planned.end()));  // five of the base, two years of arrivals
  REQUIRE(planned.size() == 7);
  for (const auto& [cell, outcome] : undivided)
    for (std::size_t at = 0; at < outcome.counts.size(); ++at) {
      std::int64_t sum = 0;
      for (const Portion& portion : planned) sum += reference.at({cell, portion}).counts[at];
      if (sum != outcome.counts[at]) FAIL("portions do not add up");
    }
  for (const unsigned threads : {2U, 8U})
    for (const std::size_t block : {64U, 192U, 1024U})
      for (const std::size_t arms : {1U, 3U}) {
        Portions kept;
        Keeping sink(kept);
        RunOptions options = in_portions_of(150, threads, block);
        options.arms_together = arms;
        live(study, options, sink);
        require_same(undivided, sink.outcomes);
        require_same(reference, kept);
      }
}

TEST_CASE("what was kept of a run that was stopped is not lived again") {
  const Deaf deaf;
  const Study study = free_study(2);
  const auto undivided = lived(study);
  Portions reference;
  Keeping undisturbed(reference);
  const std::uint64_t all_months = live(study, in_portions_of(150), undisturbed).customer_months;
  const std::size_t cells_together = 4;
  for (const std::size_t portions : {1U, 3U, 6U, 8U}) {
    Portions kept;
    Keeping stopped(kept), resumed(kept);
    stopped.stop_after = portions * cells_together;
    const RunReport before = live(study, in_portions_of(150), stopped);
    REQUIRE(before.status == RunStatus::stopped);
    REQUIRE(kept.size() == portions * cells_together);
    REQUIRE(stopped.outcomes.size() == (portions < 7 ? 0 : cells_together));
    std::vector<Cell> missing;
    for (const Cell& cell : all_cells(study))
      if (!stopped.outcomes.contains(cell)) missing.push_back(cell);
    const RunReport after =
        Plan(study, toy_catalogue()).run(missing, resumed, resumed.with_kept(in_portions_of(150, 3, 64)));
    REQUIRE(after.status == RunStatus::done);
    REQUIRE(resumed.accepted == reference.size() - portions * cells_together);
    REQUIRE(before.customer_months + after.customer_months == all_months);
    resumed.outcomes.merge(stopped.outcomes);
    require_same(undivided, resumed.outcomes);
    require_same(reference, kept);
  }
}

TEST_CASE("where all portions are kept and the cell is not, nothing is lived") {
  const Deaf deaf;
  const Study study = free_study(2);
  Portions kept;
  Keeping before(kept), after(kept);
  live(study, in_portions_of(150), before);
  const RunReport report = live(study, in_portions_of(150, 2), after);
  REQUIRE(report.customer_months == 0);
  REQUIRE(after.accepted == 0);
  require_same(before.outcomes, after.outcomes);
}

TEST_CASE("a portion that is kept of some cells only is lived again") {
  const Deaf deaf;
  const Study study = free_study(2);
  Portions kept;
  Keeping before(kept), after(kept);
  live(study, in_portions_of(150), before);
  const auto undivided = kept;
  kept.erase(std::next(kept.begin(), 5));
  live(study, in_portions_of(150, 2), after);
  REQUIRE(after.accepted == 4);
  require_same(before.outcomes, after.outcomes);
  require_same(undivided, kept);
}

TEST_CASE("a world whose customers meet is not parted, and arms that do not meet in it are where they live apart") {
  const Study study = toy_study();
  const auto undivided = lived(study);
  Portions kept;
  Keeping sink(kept);
  live(study, in_portions_of(100, 2), sink);
  require_same(undivided, sink.outcomes);
  REQUIRE(kept.empty());
  REQUIRE(Plan(study, toy_catalogue()).portions(in_portions_of(100)).empty());

  const Deaf deaf;  // three policies meet at reviews, one does not
  RunOptions alone = in_portions_of(100, 2);
  alone.arms_together = 1;
  const auto apart = lived(study);
  Keeping mixed(kept);
  live(study, alone, mixed);
  require_same(apart, mixed.outcomes);
  REQUIRE(!Plan(study, toy_catalogue()).portions(alone).empty());
  REQUIRE(!kept.empty());
  for (const auto& [where, outcome] : kept) REQUIRE(where.first.policy == 0);
}

TEST_CASE("how a world is parted is told from one of them, however many there are") {
  Study study = toy_study();
  study.draws = 1'000'000;
  study.replications = 4'000'000;  // a list of all of their cells would fit nowhere
  const Deaf deaf;
  RunOptions alone = in_portions_of(100);
  alone.arms_together = 1;
  REQUIRE(!Plan(study, toy_catalogue()).portions(alone).empty());
}

}  // namespace clientele::sim
