// Shares worlds out, checks each ledger, hands each cell over.
#include "sim/plan.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "sim/engine/ledgers.hpp"
#include "sim/engine/memory_of_run.hpp"
#include "sim/engine/provenance.hpp"
#include "sim/engine/run_worlds.hpp"
#include "sim/engine/study_texts.hpp"
#include "sim/pilots.hpp"

namespace clientele::sim {

std::vector<MetricInfo> metrics_of(const Catalogue& catalogue) {
  Wiring wiring(catalogue);
  for (std::uint32_t table = 0; table < catalogue.tables().size(); ++table) {
    wiring.enter_table(table);
    catalogue.tables()[table].make(wiring);
  }
  return wiring.finish().metrics;
}

namespace {

CellOutcome outcome_of(const Cell& cell, Tally& tally, std::size_t arm) {
  CellOutcome outcome;
  outcome.cell = cell;
  const auto counts = tally.of_arm(arm);
  outcome.counts.assign(counts.begin(), counts.end());
  const auto beyond = tally.beyond_of_arm(arm);
  const TallyShape& shape = tally.shape();
  for (std::size_t at = 0; at < beyond.size(); at += shape.metrics)
    for (const std::size_t metric : shape.metrics_beyond) outcome.beyond.push_back(beyond[at + metric]);
  const auto flows = tally.flows_of_arm(arm);
  outcome.flows.assign(flows.begin(), flows.end());
  const auto by_age = tally.by_age_of_arm(arm);
  outcome.by_age.assign(by_age.begin(), by_age.end());
  for (std::size_t h = 0; h < tally.shape().named_months.size(); ++h) {
    auto& bins = outcome.histograms.emplace_back();
    for (std::size_t month = 0; month < tally.shape().named_months[h]; ++month)
      for (std::size_t group = 0; group < tally.shape().groups; ++group)
        bins.push_back(tally.bins(arm, h, month, group).bins());
  }
  return outcome;
}

/// From tallies of lineups to outcomes of cells, and back.
class ToSink final : public Delivery {
 public:
  ToSink(const Program& program, Sink& sink, const RunOptions& options)
      : program_(program), sink_(sink), options_(options) {}

  void complete(const Lineup& lineup, Tally& tally) override {
    const bool was_kept = partly_kept_.erase(lineup.asked().front().cell) > 0;
    for (const Lineup::Asked& asked : lineup.asked()) {
      check(asked, tally, was_kept ? Beyond::kept : Beyond::all);
      sink_.accept(outcome_of(asked.cell, tally, asked.place));
    }
  }
  void portion(const Lineup& lineup, const Portion& portion, Tally& tally) override {
    for (const Lineup::Asked& asked : lineup.asked()) {
      check(asked, tally, Beyond::all);
      sink_.accept_portion(portion, outcome_of(asked.cell, tally, asked.place));
    }
  }
  bool add_kept(const Lineup& lineup, const Portion& portion, Tally& tally) override {
    if (!options_.kept_portion) return false;
    std::vector<CellOutcome> kept;
    const std::vector<Lineup::Asked> all = lineup.asked();
    for (const Lineup::Asked& asked : all) {
      auto outcome = options_.kept_portion(portion, asked.cell);
      if (!outcome) return false;
      kept.push_back(std::move(*outcome));
    }
    for (std::size_t n = 0; n < all.size(); ++n) tally.add(all[n].place, kept[n]);
    partly_kept_.insert(all.front().cell);
    return true;
  }

 private:
  /// A blend has another customer from one month to the next where one policy has lost him: nothing rolls forward.
  void check(const Lineup::Asked& asked, const Tally& tally, Beyond counted) const {
    check_zeros(program_, tally, asked.place);
    if (!asked.is_blend) check_ledgers(program_, asked.cell, tally, asked.place, counted);
  }

  const Program& program_;
  Sink& sink_;
  const RunOptions& options_;
  std::set<Cell> partly_kept_;  ///< the first cells of worlds with portions that were not simulated now
};

OutcomeInfo info_of(const Program& program) {
  OutcomeInfo info = program.outcome();
  info.assumptions = assumptions_of(program.study(), program.catalogue());
  info.levers = levers_of(program.study(), program.catalogue());
  info.texts = texts_of(program.study(), program.catalogue());
  return info;
}

}  // namespace

struct Plan::Piloted {
  Study study;
  Program program;
  Piloted(Study with_gains, const Catalogue& catalogue) : study(std::move(with_gains)), program(study, catalogue) {}
};

Plan::Plan(const Study& study, const Catalogue& catalogue)
    : program_(std::make_unique<Program>(study, catalogue)), info_(info_of(*program_)) {}
Plan::~Plan() = default;

const Study& Plan::study() const { return program_->study(); }
const Catalogue& Plan::catalogue() const { return program_->catalogue(); }

std::vector<std::string> Plan::read_out() const {
  std::vector<std::string> names;
  for (const Layout::ReadOut& column : program_->layout().readout) names.push_back(column.name);
  return names;
}

std::vector<Portion> Plan::portions(const RunOptions& options) const {
  const std::vector<Portion> portions = portions_of(study(), options.customers_of_portion);
  if (portions.size() == 1) return {};
  CellAxes one_world = cell_axes_of(study());
  one_world.draws = one_world.replications = 1;
  const auto lineups = plan_lineups(cell_axes_of(study()), cells_by_number(one_world), options.arms_together);
  const bool all_meet =
      std::ranges::all_of(lineups, [&](const auto& one) { return meets(*program_, one.cells, options.in_step); });
  return all_meet ? std::vector<Portion>() : portions;
}

std::size_t Plan::cells_of_pilots(const std::vector<Cell>& cells) const {
  return sim::cells_of_pilots(study(), catalogue(), cells);
}

std::uint64_t Plan::memory_of_run(const RunOptions& options) const {
  const std::uint64_t own = sim::memory_of_run(*program_, options);
  if (cells_of_pilots(a_cell_of_each_policy(study())) == 0) return own;
  const Study pilots = study_of_pilots(study(), catalogue());
  return std::max(own, sim::memory_of_run(Program(pilots, catalogue()), options));
}

const Program* Plan::living_in(const std::vector<Cell>& cells, const RunOptions& options, std::stop_token stop) const {
  if (cells_of_pilots(cells) == 0) return program_.get();
  const std::lock_guard alone(piloting_);
  if (!piloted_) {
    auto study_with_gains = with_gains(study(), catalogue(), options, std::move(stop));
    if (!study_with_gains) return nullptr;
    piloted_ = std::make_unique<const Piloted>(std::move(*study_with_gains), catalogue());
  }
  return &piloted_->program;
}

RunReport Plan::run(const std::vector<Cell>& cells, Sink& sink, const RunOptions& options, std::stop_token stop) const {
  expects(options.block_size >= chunk_size && options.block_size <= max_customers_of_a_block &&
              options.block_size % chunk_size == 0,
          "a block has 64 to 1024 customers, a multiple of 64");
  expects(options.customers_of_portion >= 1, "a portion has a customer");
  expects(options.arms_together >= 1 && options.arms_together <= 64, "1 to 64 arms live together");
  const Program* program = living_in(cells, options, stop);
  if (program == nullptr) return {.status = RunStatus::stopped};
  const auto team = make_team(options.engine, options.threads);
  RunReport report;
  ToSink delivery(*program, sink, options);
  expects(options.share.number < options.share.of, "a share is one of those that there are");
  expects(options.share.of % static_cast<std::uint64_t>(options.slice->count()) == 0, "a slice is of whole shares");
  auto lineups = plan_lineups(cell_axes_of(study()), cells, options.arms_together);
  if (options.share.numbers == Share::Numbers::of_list)
    for (std::size_t i = 0; i < lineups.size(); ++i) lineups[i].number = i;
  const bool done =
      lineups.empty() || run_worlds(*program, std::move(lineups), options, *team, std::move(stop), delivery, report);
  report.status = done ? RunStatus::done : RunStatus::stopped;
  report.bytes_per_customer = program->layout().traits * sizeof(float);
  report.bytes_per_customer_arm = program->layout().states * sizeof(float);
  return report;
}

}  // namespace clientele::sim
