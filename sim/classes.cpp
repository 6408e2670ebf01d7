// Who is on the books when the policies part is ranked by what it bought; everybody else has a class of its own.
#include "sim/classes.hpp"

#include <vector>

#include "sim/roll_out.hpp"

namespace clientele::sim {

namespace {

constexpr int year = 12;

}  // namespace

Classes::Classes(const Study& study, Wiring& wiring)
    : tiers_(own_tiers(study.policies.at(study.baseline)).size()),
      core_(wiring.core()),
      column_(wiring.own_trait<std::int32_t>("class at the fork", Sight::latent)),
      sales_(wiring.read_ring<std::int32_t>("net_sales", year)),
      cuts_(std::vector<double>(tenths - 1, 1.0 / tenths)) {}

/// Who is a customer as month 0 begins, active or on the books, and what each has bought in the year before.
struct Classes::Ranked {
  std::vector<std::int32_t> is_ranked;
  std::vector<std::uint32_t> high, low;

  Ranked(const BlockMonth& month, const Arm& arm, const Classes& classes)
      : is_ranked(month.size()), high(month.size()), low(month.size()) {
    std::vector<double> sums(month.size());
    for (int back = 1; back <= year; ++back) {
      const auto sales = arm.at(classes.sales_, -back);
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += static_cast<double>(sales[i]);
    }
    scores().keep(0, sums);
    const auto status = arm[classes.core_.status];
    const auto on_books = arm[classes.core_.on_books];
    for (std::size_t i = 0; i < month.customers(); ++i)
      is_ranked[i] = static_cast<std::int32_t>(status[i] == 1 || (classes.keeps_books_ && on_books[i] != 0));
  }
  RankScores scores() { return {high, low}; }
};

void Classes::measure(BlockMonth& month, const Arm& arm, int round, const Decision& so_far, Voice voice) const {
  Ranked all(month, arm, *this);
  cuts_.measure(month, all.is_ranked, all.scores(), round, so_far, voice);
}

void Classes::assign(const BlockMonth& month, const Arm& arm, const Decision& decision,
                     std::span<std::int32_t> classes) const {
  Ranked all(month, arm, *this);
  std::vector<std::int32_t> tenth(month.size());
  cuts_.assign(month, all.is_ranked, all.scores(), decision, tenth);
  const auto tier = arm[core_.tier];
  for (std::size_t i = 0; i < month.customers(); ++i)
    classes[i] = all.is_ranked[i] != 0 ? tier[i] * static_cast<std::int32_t>(tenths) + tenth[i] : left_before();
}

}  // namespace clientele::sim
