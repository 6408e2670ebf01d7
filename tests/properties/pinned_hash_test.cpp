// Two studies come out as the numbers written here: on every compiler, CPU level and machine.
//
// A change of these numbers is a change of the model: it goes with the change that means it, and with nothing else. The
// number of the first study is the model's version: records of another one are not taken for this one's.
#include <cinttypes>
#include <cstdio>

#include "models/catalogue.hpp"
#include "sim/pilots.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/toys.hpp"
#include "tests/support/wide_study.hpp"

namespace clientele::tests {

namespace {

/// FNV-1a over 64-bit integers.
class Hash {
 public:
  void add(std::int64_t value) {
    for (int byte = 0; byte < 8; ++byte)
      hash_ = (hash_ ^ (static_cast<std::uint64_t>(value) >> 8 * byte & 0xffU)) * 0x100000001b3ULL;
  }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

std::uint64_t hash_of(const std::map<sim::Cell, sim::CellOutcome>& outcomes) {
  Hash hash;
  for (const auto& [cell, outcome] : outcomes) {
    for (const std::uint32_t part : {cell.scenario, cell.policy, cell.draw, cell.replication}) hash.add(part);
    for (const std::int64_t count : outcome.counts) hash.add(count);
    for (const auto& histogram : outcome.histograms)
      for (const auto& bins : histogram)
        for (const sim::HistogramBin& bin : bins) hash.add(bin.bin), hash.add(bin.customers), hash.add(bin.sum);
    for (const std::int64_t customers : outcome.flows) hash.add(customers);
  }
  return hash.value();
}

/// As they are by default, where tiers may be shares: what is ranked, cut or expected is part of what a version means.
void add_every_segmentation_by_share(sim::Study& study, const sim::Catalogue& catalogue) {
  for (const sim::Catalogue::SegmentationEntry& entry : catalogue.segmentations()) {
    if (entry.rule != sim::TierRule::share && entry.rule != sim::TierRule::share_or_from) continue;
    sim::Policy policy = study.policies.back();
    policy.name = entry.key;
    policy.segmentation = segmentation_number(catalogue, entry.key);
    policy.values = entry.fields.standards();
    policy.tiers.resize(2);
    for (sim::Tier& tier : policy.tiers) tier.share = tier.from = std::nullopt;
    policy.tiers.front().share = 0.3;
    policy.entry = 1;
    study.policies.push_back(policy);
  }
}

}  // namespace

TEST_CASE("the real catalogue comes out as it always did") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study_with_program(catalogue);
  study.count.reviews = true;
  add_every_segmentation_by_share(study, catalogue);
  study = sim::without_pilots(study, catalogue);
  study.uncertain = {
      {field_ref(catalogue, "purchasing", "elasticity"), 0, "elasticity", {sim::Family::normal, {-2.6F, 0.3F}}},
      {field_ref(catalogue, "payment", "late_chance"), 0, "late", {sim::Family::beta, {0.36F, 20}}},
      {field_ref(catalogue, "churn", "base_hazard"), 0, "churn", {sim::Family::lognormal, {0.016F, 0.2F}}}};
  study.draws = 2;
  char version[17];
  std::snprintf(version, sizeof version, "%016" PRIx64, hash_of(Outcome(study, catalogue).cells()));
  REQUIRE(std::string(version) == models::model_version);
}

TEST_CASE("the toys come out as they always did") {
  sim::Study study = sim::toy_study();
  study.values[0][3].numbers = {0.5};  // load slows delivery
  REQUIRE(hash_of(sim::lived(study)) == 0x4ecebe71f2124e1fU);
}

}  // namespace clientele::tests
