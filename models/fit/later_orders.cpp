// Each kind is asked by itself; the scores of all customers then are one row a law.
#include "models/fit/later_orders.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <numeric>
#include <utility>

namespace clientele::models {
namespace {

constexpr std::array asked_laws{BuyingModel::pareto_nbd, BuyingModel::bg_nbd, BuyingModel::mbg_nbd, BuyingModel::nbd};

/// What the laws said of a kind, by customer.
struct KindForetold {
  std::array<std::vector<double>, asked_laws.size()> logs;
  std::array<double, asked_laws.size()> orders{};
  std::array<std::string, asked_laws.size()> why_not;
  std::array<TakenAs, asked_laws.size()> as{};
  bool is_asked = false;
};

double expected_of(const BuyingScore& law, const OrdersAsked& kind, double ahead) {
  double orders = 0;
  for (std::size_t i = 0; i < kind.later.size(); ++i)
    orders += expected_later(law.model, law.fit.values, kind.history.repeat[i], kind.history.last[i],
                             kind.history.seen[i], ahead);
  return orders;
}

KindForetold foretell_kind(const OrdersAsked& kind, double ahead, const FitParetoNbd& pareto_nbd) {
  const auto fitted = [&](BuyingModel model) {
    return model == BuyingModel::pareto_nbd ? pareto_nbd(kind.history)
                                            : FittedLaw{model, fit_buying(kind.history, model, Ends::by_curvature)};
  };
  const auto score = [&](FittedLaw law) {
    return score_buying(law.model, std::move(law.fit), kind.history, kind.later, ahead);
  };
  const BuyingScore nbd = score(fitted(BuyingModel::nbd));
  KindForetold foretold;
  for (std::size_t m = 0; m < asked_laws.size(); ++m) {
    FittedLaw law = asked_laws[m] == BuyingModel::nbd ? FittedLaw{BuyingModel::nbd, nbd.fit} : fitted(asked_laws[m]);
    foretold.as[m] = law.as;
    const bool is_found = law.fit.is_found();
    if (!is_found && !nbd.fit.is_found()) {
      foretold.why_not[m] = law.fit.why_not.empty() ? nbd.fit.why_not : law.fit.why_not;
      continue;
    }
    if (!is_found) foretold.as[m] = TakenAs::no_more_told;
    const BuyingScore used = !is_found || asked_laws[m] == BuyingModel::nbd ? nbd : score(std::move(law));
    foretold.is_asked = true;
    foretold.logs[m] = used.logs;
    foretold.orders[m] = expected_of(used, kind, ahead);
  }
  return foretold;
}

/// Scores of all kinds as those of one base.
std::vector<LawForetells> together(const std::vector<KindForetold>& kinds) {
  std::array<std::vector<double>, asked_laws.size()> logs;
  std::vector<LawForetells> laws;
  for (std::size_t m = 0; m < asked_laws.size(); ++m) {
    LawForetells& law = laws.emplace_back(LawForetells{.model = asked_laws[m]});
    for (const KindForetold& kind : kinds) {
      if (kind.logs[m].empty()) law.why_not = kind.why_not[m];
      if (kind.as[m] != TakenAs::itself) law.as = kind.as[m];
      logs[m].insert(logs[m].end(), kind.logs[m].begin(), kind.logs[m].end());
      law.orders += kind.orders[m];
    }
    law.score = law.why_not.empty()
                    ? std::accumulate(logs[m].begin(), logs[m].end(), 0.0) / static_cast<double>(logs[m].size())
                    : -std::numeric_limits<double>::infinity();
  }
  const auto best = static_cast<std::size_t>(std::ranges::max_element(laws, {}, &LawForetells::score) - laws.begin());
  for (std::size_t m = 0; m < asked_laws.size(); ++m) {
    if (!laws[m].why_not.empty() || m == best) continue;
    const Behind behind = behind_best(logs[best], logs[m]);
    laws[m].behind = behind.mean, laws[m].behind_se = behind.se;
  }
  std::ranges::stable_sort(laws, std::ranges::greater(), &LawForetells::score);
  return laws;
}

}  // namespace

OrdersForetold foretell_orders(const std::vector<OrdersAsked>& kinds, double ahead, const FitParetoNbd& pareto_nbd) {
  OrdersForetold foretold;
  std::vector<KindForetold> asked;
  for (const OrdersAsked& kind : kinds) {
    if (kind.later.empty()) continue;
    KindForetold of_kind = foretell_kind(kind, ahead, pareto_nbd);
    if (!of_kind.is_asked) {
      foretold.why_not = of_kind.why_not.back();
      continue;
    }
    foretold.customers += static_cast<double>(kind.later.size());
    foretold.came += std::accumulate(kind.later.begin(), kind.later.end(), 0.0);
    asked.push_back(std::move(of_kind));
  }
  if (asked.empty()) return foretold;
  foretold.why_not.clear();
  foretold.laws = together(asked);
  return foretold;
}

}  // namespace clientele::models
