// Each customer of a file under each policy, in futures that all policies have in common.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/study.hpp"
#include "tools/clientele/classify/gains.hpp"

namespace clientele::tools {

struct ClassifyAsked {
  std::uint32_t scenario = 0;
  std::vector<std::uint32_t> policies;  ///< the baseline first
  std::uint32_t futures = 100;
  unsigned threads = 0;
};

/// One number that customers stand by at the review of month 0: the mean over the futures in which it is told.
struct StandingPart {
  std::string name;
  std::vector<double> values = {};  ///< by row of the file; NaN where no future tells it
  bool varies = false;              ///< from one future to another, of somebody
};

struct ClassifiedUnder {
  std::uint32_t policy = 0;
  std::vector<std::int32_t> tiers = {};  ///< by row: that of most futures, the better one of two; -1: there in none
  std::vector<double> tier_shares = {};  ///< by row: the share of all futures that give it
  std::vector<StandingPart> parts = {};  ///< in the rule's order
  Gains gains = {};                      ///< over the baseline; nothing of the baseline itself
  /// The number that decides: the score, or the only one. Nothing where the rule tells none.
  const StandingPart* deciding() const;
};

/// Changes the study so that `futures` of it can be asked for customer by customer: draws of what is uncertain, or
/// replications where nothing is. Returns how many there are: fewer where a file gives fewer draws.
std::uint32_t ask_for_futures(sim::Study& study, std::uint32_t futures);

/// By policy as asked, the baseline's first. The study must be what ask_for_futures left. Throws UserError where it
/// does not fit into memory.
std::vector<ClassifiedUnder> classify_customers(const sim::Study& study, const sim::Catalogue& catalogue,
                                                const ClassifyAsked& asked);

}  // namespace clientele::tools
