// Callbacks come from any thread: each writes into a place of its own, and sums that have none are whole numbers.
#include "tools/clientele/classify/simulated.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <optional>

#include "sim/plan.hpp"
#include "sim/why.hpp"
#include "tools/clientele/memory_room.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

namespace {

/// Parts of scores in whole numbers: added up in any order they come to the same.
constexpr double parts_of_one = 1e4;
constexpr double largest_told = 9e11;  ///< times 1e4 and 1,000 futures it fits into 63 bits

class ToNobody final : public sim::Sink {
 public:
  void accept(sim::CellOutcome&&) override {}
};

struct SumOfPart {
  std::string name;
  std::size_t place = 0;  ///< in the rule's order, the first that was seen of it
  std::vector<std::int64_t> sums = {}, first = {};
  std::vector<std::uint32_t> times = {};
  bool varies = false;
};

/// What is read of one policy.
struct ReadUnder {
  std::vector<float> contribution;  ///< [future][row] quanta; 0 of who has left before
  std::vector<std::int8_t> tier;    ///< likewise; -1
  std::vector<SumOfPart> parts = {};
};

class CustomersRead {
 public:
  CustomersRead(const sim::Study& study, const ClassifyAsked& asked, const std::vector<std::string>& names)
      : rows_(study.population.file->ids.size()),
        by_draw_(study.draws > 0),
        contribution_(static_cast<std::size_t>(std::ranges::find(names, "contribution") - names.begin())),
        tier_(static_cast<std::size_t>(std::ranges::find(names, "tier") - names.begin())),
        place_of_(study.policies.size()) {
    const std::size_t all = rows_ * asked.futures;
    for (std::size_t p = 0; p < asked.policies.size(); ++p) {
      place_of_[asked.policies[p]] = p;
      under_.push_back({std::vector<float>(all), std::vector<std::int8_t>(all, -1)});
    }
  }

  void take(const sim::Cell& cell, const sim::CustomerRead& customer) {
    if (!customer.row) return;
    ReadUnder& under = under_[place_of_[cell.policy]];
    const std::size_t place = future_of(cell) * rows_ + *customer.row;
    under.contribution[place] = customer.values[contribution_];
    under.tier[place] = static_cast<std::int8_t>(customer.values[tier_]);
  }

  void take_standing(const sim::Cell& cell, std::uint32_t row, std::span<const sim::Change> parts) {
    const std::scoped_lock held(guard_);
    ReadUnder& under = under_[place_of_[cell.policy]];
    for (std::size_t k = 0; k < parts.size(); ++k) {
      SumOfPart& part = part_called(under, parts[k].name, k);
      const std::int64_t value = std::llround(std::clamp(parts[k].after, -largest_told, largest_told) * parts_of_one);
      if (part.times[row]++ == 0) part.first[row] = value;
      part.varies |= part.first[row] != value;
      part.sums[row] += value;
    }
  }

  std::vector<ReadUnder>& under() { return under_; }
  std::size_t rows() const { return rows_; }

 private:
  std::size_t future_of(const sim::Cell& cell) const { return by_draw_ ? cell.draw : cell.replication; }

  SumOfPart& part_called(ReadUnder& under, std::string_view name, std::size_t place) {
    const auto found = std::ranges::find(under.parts, name, &SumOfPart::name);
    if (found != under.parts.end()) {
      found->place = std::min(found->place, place);
      return *found;
    }
    under.parts.push_back({std::string(name), place});
    under.parts.back().sums.resize(rows_);
    under.parts.back().first.resize(rows_);
    under.parts.back().times.resize(rows_);
    return under.parts.back();
  }

  std::size_t rows_;
  bool by_draw_;
  std::size_t contribution_, tier_;
  std::vector<std::size_t> place_of_;
  std::vector<ReadUnder> under_;
  std::mutex guard_;
};

void expect_room(const sim::Plan& plan, const sim::RunOptions& options, const ClassifyAsked& asked) {
  const std::uint64_t rows = plan.study().population.file->ids.size();
  constexpr std::uint64_t bytes_read = sizeof(float) + sizeof(std::int8_t), bytes_told = sizeof(double);
  const std::uint64_t needed =
      rows * asked.futures * asked.policies.size() * (bytes_read + bytes_told) + plan.memory_of_run(options);
  const MemoryRoom room = memory_room(options.threads);
  if (needed <= room.bytes) return;
  throw sim::UserError(with_commas(asked.futures) + " futures of " + with_commas(rows) + " customers under " +
                           std::to_string(asked.policies.size()) + " policies take about " + bytes_in_short(needed) +
                           ", and " + room.whose + " has " + bytes_in_short(room.bytes) + ". Would fewer --futures do?",
                       sim::Exit::does_not_fit);
}

void find_tiers(const ReadUnder& read, std::size_t rows, std::size_t futures, ClassifiedUnder& under) {
  std::vector<std::uint32_t> times(std::numeric_limits<std::int8_t>::max());
  for (std::size_t row = 0; row < rows; ++row) {
    std::ranges::fill(times, 0);
    for (std::size_t f = 0; f < futures; ++f)
      if (const std::int8_t tier = read.tier[f * rows + row]; tier >= 0) ++times[static_cast<std::size_t>(tier)];
    const auto most = std::ranges::max_element(times);
    under.tiers.push_back(*most == 0 ? -1 : static_cast<std::int32_t>(most - times.begin()));
    under.tier_shares.push_back(static_cast<double>(*most) / static_cast<double>(futures));
  }
}

StandingPart mean_of(const SumOfPart& part) {
  StandingPart mean{.name = part.name, .varies = part.varies};
  for (std::size_t row = 0; row < part.sums.size(); ++row)
    mean.values.push_back(part.times[row] == 0 ? std::numeric_limits<double>::quiet_NaN()
                                               : static_cast<double>(part.sums[row]) /
                                                     static_cast<double>(part.times[row]) / parts_of_one);
  return mean;
}

}  // namespace

const StandingPart* ClassifiedUnder::deciding() const {
  const auto score = std::ranges::find(parts, "score", &StandingPart::name);
  if (score != parts.end()) return &*score;
  return parts.empty() ? nullptr : &parts.front();
}

std::uint32_t ask_for_futures(sim::Study& study, std::uint32_t futures) {
  study = sim::without_why(study);
  study.same_money = false;
  study.horizon.beyond = 0;
  study.count = {.histogram_months = study.count.histogram_months};
  study.count.customers = true;
  for (const sim::Uncertain& number : study.uncertain)
    if (study.draws > 0 && !number.drawn.empty())
      futures = std::min(futures, static_cast<std::uint32_t>(number.drawn.size()));
  const bool has_own_luck = study.draws == 0 || study.luck == sim::Luck::common;
  if (study.draws > 0) study.draws = futures;
  study.replications = has_own_luck ? futures : 1;
  return futures;
}

std::vector<ClassifiedUnder> classify_customers(const sim::Study& study, const sim::Catalogue& catalogue,
                                                const ClassifyAsked& asked) {
  const sim::Plan plan(study, catalogue);
  sim::RunOptions options;
  options.threads = asked.threads;
  expect_room(plan, options, asked);
  CustomersRead read(study, asked, plan.read_out());
  options.readout = [&](const sim::Cell& cell, const sim::CustomerRead& customer) { read.take(cell, customer); };
  options.standing = [&](const sim::Cell& cell, std::uint32_t row, std::span<const sim::Change> parts) {
    read.take_standing(cell, row, parts);
  };
  std::vector<sim::Cell> cells;
  for (std::uint32_t f = 0; f < asked.futures; ++f)  // draws that share their luck take another one each
    for (const std::uint32_t policy : asked.policies)
      cells.push_back({asked.scenario, policy, study.draws > 0 ? f : 0, study.replications > 1 ? f : 0});
  ToNobody sink;
  plan.run(cells, sink, options);
  std::vector<ClassifiedUnder> all;
  const std::vector<float> of_baseline = read.under().front().contribution;
  for (std::size_t p = 0; p < asked.policies.size(); ++p) {
    ReadUnder& one = read.under()[p];
    ClassifiedUnder& under = all.emplace_back();
    under.policy = asked.policies[p];
    find_tiers(one, read.rows(), asked.futures, under);
    std::ranges::sort(one.parts, [](const SumOfPart& a, const SumOfPart& b) {
      return a.place != b.place ? a.place < b.place : a.name < b.name;
    });
    for (const SumOfPart& part : one.parts) under.parts.push_back(mean_of(part));
    if (p == 0) continue;
    under.gains.customers = read.rows();
    under.gains.values.resize(one.contribution.size());
    for (std::size_t k = 0; k < of_baseline.size(); ++k)
      under.gains.values[k] =
          (static_cast<double>(one.contribution[k]) - static_cast<double>(of_baseline[k])) * study.money_quantum;
    one = {};
  }
  return all;
}

}  // namespace clientele::tools
