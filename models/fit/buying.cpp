// Likelihoods of buying histories, with whatever rows have in common worked out once.
#include "models/fit/buying.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <numeric>
#include <tuple>
#include <utility>

#include <boost/math/quadrature/gauss.hpp>

#include "models/theory/bg_nbd.hpp"
#include "models/theory/log_gamma.hpp"
#include "models/theory/pareto_nbd_likelihood.hpp"
#include "sim/core/check.hpp"

namespace clientele::models {
namespace {

constexpr std::size_t rows_to_come_near = 600;
constexpr double least_customers = 20, least_repeaters = 10;

/// Rows in order of x, T, t_x, and the times that occur in them.
struct Rows {
  std::vector<double> repeat, weight, times;
  std::vector<std::uint32_t> last, seen;  ///< places in `times`
  std::size_t size() const { return repeat.size(); }
};

Rows rows_of(const BuyingHistory& together, std::size_t stride) {
  Rows rows;
  for (std::size_t i = stride / 2; i < together.rows(); i += stride) {
    rows.repeat.push_back(together.repeat[i]);
    rows.times.push_back(together.last[i]);
    rows.times.push_back(together.seen[i]);
  }
  std::ranges::sort(rows.times);
  rows.times.erase(std::unique(rows.times.begin(), rows.times.end()), rows.times.end());
  const auto place = [&](double time) {
    return static_cast<std::uint32_t>(std::ranges::lower_bound(rows.times, time) - rows.times.begin());
  };
  for (std::size_t i = stride / 2; i < together.rows(); i += stride) {
    rows.weight.push_back(together.weight_of(i) * static_cast<double>(stride));
    rows.last.push_back(place(together.last[i]));
    rows.seen.push_back(place(together.seen[i]));
  }
  return rows;
}

std::vector<double> logs_from(double start, const std::vector<double>& times) {
  std::vector<double> logs(times.size());
  for (std::size_t i = 0; i < times.size(); ++i) logs[i] = std::log(start + times[i]);
  return logs;
}

double sum_of_pareto_nbd(const Rows& rows, const std::vector<double>& values) {
  const ParetoNbd law{values[0], values[1], values[2], values[3]};
  const std::vector<double> buying = logs_from(law.alpha, rows.times), leaving = logs_from(law.beta, rows.times);
  const double of_nobody = law.r * std::log(law.alpha) + law.s * std::log(law.beta) - log_gamma_of(law.r);
  std::vector<double> kernels(rows.times.size());
  std::vector<int> known_for(rows.times.size(), 0);  // which number of orders the kernel of a time was worked out for
  double sum = 0, x = -1, of_orders = 0;
  int turn = 0;
  const auto kernel_at = [&](std::uint32_t place) {
    if (known_for[place] != turn) kernels[place] = leaving_kernel(law, x, rows.times[place]), known_for[place] = turn;
    return kernels[place];
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows.repeat[i] != x) x = rows.repeat[i], of_orders = of_nobody + log_gamma_of(law.r + x), turn += 1;
    const std::uint32_t seen = rows.seen[i], last = rows.last[i];
    const double log_h = (law.r + x) * (buying[seen] - buying[last]) + law.s * (leaving[seen] - leaving[last]);
    sum += rows.weight[i] * (of_orders - (law.r + x) * buying[seen] - law.s * leaving[seen] +
                             (seen > last ? log_of_alive_and_left(log_h, kernel_at(last), kernel_at(seen)) : 0));
  }
  return sum;
}

double sum_of_bg_nbd(const Rows& rows, const std::vector<double>& values, double at_once) {
  const double r = values[0], alpha = values[1], a = values[2], b = values[3];
  const std::vector<double> buying = logs_from(alpha, rows.times);
  const double of_nobody = r * std::log(alpha) - log_gamma_of(r) - log_beta_of(a, b);
  double sum = 0, x = -1, of_orders = 0, odds = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows.repeat[i] != x) {
      x = rows.repeat[i];
      of_orders = of_nobody + log_gamma_of(r + x) + log_beta_of(a, b + x + at_once);
      odds = x + at_once > 0 ? a / (b + x + at_once - 1) : 0;
    }
    const double log_h = (r + x) * (buying[rows.seen[i]] - buying[rows.last[i]]);
    const double left = odds <= 0 ? 0 : log_h > 600 ? log_h + std::log(odds) : std::log1p(odds * std::exp(log_h));
    sum += rows.weight[i] * (of_orders - (r + x) * buying[rows.seen[i]] + left);
  }
  return sum;
}

double sum_of_nbd(const Rows& rows, const std::vector<double>& values) {
  const double r = values[0], alpha = values[1];
  const std::vector<double> buying = logs_from(alpha, rows.times);
  const double of_nobody = r * std::log(alpha) - log_gamma_of(r);
  double sum = 0, x = -1, of_orders = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows.repeat[i] != x) x = rows.repeat[i], of_orders = of_nobody + log_gamma_of(r + x);
    sum += rows.weight[i] * (of_orders - (r + x) * buying[rows.seen[i]]);
  }
  return sum;
}

LogLikelihood likelihood_of(BuyingModel model, Rows rows) {
  const auto kept = std::make_shared<const Rows>(std::move(rows));
  switch (model) {
    case BuyingModel::pareto_nbd:
      return [kept](const std::vector<double>& values) { return sum_of_pareto_nbd(*kept, values); };
    case BuyingModel::bg_nbd:
      return [kept](const std::vector<double>& values) { return sum_of_bg_nbd(*kept, values, 0); };
    case BuyingModel::mbg_nbd:
      return [kept](const std::vector<double>& values) { return sum_of_bg_nbd(*kept, values, 1); };
    default:
      return [kept](const std::vector<double>& values) { return sum_of_nbd(*kept, values); };
  }
}

std::string count_of(double number, const char* what) {
  return std::to_string(static_cast<long long>(number + 0.5)) + " " + what;
}

/// P(y orders within t) of somebody there, by the moment of leaving u = t v: NBD(y; t) S(t) + integral of NBD(y; u).
double pareto_nbd_chance(const ParetoNbd& law, double y, double t) {
  const double ways = log_rising(law.r, y) - log_gamma_of(y + 1);
  const auto orders = [&](double u) {
    const double share = u / (law.alpha + u);
    return std::exp(ways + law.r * std::log1p(-share) + (y > 0 ? y * std::log(share) : 0));
  };
  const auto leaves_at = [&](double u) {
    return orders(u) * law.s / law.beta * std::exp(-(law.s + 1) * std::log1p(u / law.beta));
  };
  double left = 0;
  constexpr int pieces = 4;
  for (int k = 0; k < pieces; ++k)
    left += boost::math::quadrature::gauss<double, 15>::integrate(leaves_at, t * k / pieces, t * (k + 1) / pieces);
  return orders(t) * std::exp(-law.s * std::log1p(t / law.beta)) + left;
}

std::string line_of(const BuyingScore& score) {
  std::string line = name_of(score.model);
  line += ": ";
  if (!score.fit.is_found()) return line + "not fitted, " + score.fit.why_not;
  char text[200];
  std::snprintf(text, sizeof text, "log-likelihood %.2f, held out %.2f", score.fit.log_likelihood, score.log_score);
  line += text;
  if (score.behind > 0) {
    std::snprintf(text, sizeof text, " (%.4f +- %.4f a customer behind the best)", score.behind, score.behind_se);
    line += text;
  }
  return line;
}

}  // namespace

const char* name_of(BuyingModel model) {
  switch (model) {
    case BuyingModel::pareto_nbd:
      return "Pareto/NBD";
    case BuyingModel::bg_nbd:
      return "BG/NBD";
    case BuyingModel::mbg_nbd:
      return "MBG/NBD";
    default:
      return "NBD";
  }
}

BuyingHistory same_rows_together(const BuyingHistory& history) {
  const std::size_t n = history.rows();
  sim::expects(
      history.last.size() == n && history.seen.size() == n && (history.weight.empty() || history.weight.size() == n),
      "a buying history has as many times as customers");
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t i) { return std::make_tuple(history.repeat[i], history.seen[i], history.last[i]); };
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  BuyingHistory together;
  for (const std::size_t i : order) {
    const double x = history.repeat[i], last = history.last[i], seen = history.seen[i];
    sim::expects(x >= 0 && last >= 0 && last <= seen && (x > 0 || last == 0),
                 "orders of a buying history lie between the first one and the end");
    if (together.rows() > 0 && together.repeat.back() == x && together.last.back() == last &&
        together.seen.back() == seen) {
      together.weight.back() += history.weight_of(i);
      continue;
    }
    together.repeat.push_back(x);
    together.last.push_back(last);
    together.seen.push_back(seen);
    together.weight.push_back(history.weight_of(i));
  }
  return together;
}

Fitted maximize_pareto_nbd(const Question& question) {
  constexpr double alike = 50;
  Fitted fitted = maximize(question);
  if (fitted.is_found() || fitted.values.empty()) return fitted;
  const std::vector<double>& at = fitted.values;
  for (const std::size_t k : {std::size_t{2}, std::size_t{0}}) {
    const bool is_it = fitted.why_not.starts_with(question.parameters[k].name + " grows") ||
                       fitted.why_not.starts_with(question.parameters[k + 1].name + " grows") || at[k] > alike;
    if (!is_it) continue;
    Fitted held = maximize_with(question, k, alike,
                                k == 2 ? "customers differ in leaving no more than luck explains: s is held at 50"
                                       : "customers differ in buying no more than luck explains: r is held at 50");
    if (held.is_found() && held.log_likelihood > fitted.log_likelihood - 1) return held;
  }
  if (at[2] / at[3] * question.starts.front()[3] < 0.02)
    fitted.why_not = "hardly anybody seems to leave, or the time is too short to see it: " + fitted.why_not;
  return fitted;
}

Fitted fit_buying(const BuyingHistory& history, BuyingModel model, Ends ends) {
  const BuyingHistory together = same_rows_together(history);
  double customers = 0, repeaters = 0, orders = 0, time = 0;
  for (std::size_t i = 0; i < together.rows(); ++i) {
    const double weight = together.weight[i];
    customers += weight, repeaters += together.repeat[i] > 0 ? weight : 0;
    orders += weight * together.repeat[i], time += weight * together.seen[i];
  }
  if (customers < least_customers) return not_known("only " + count_of(customers, "customers") + " (20 are needed)");
  if (repeaters < least_repeaters)
    return not_known("only " + count_of(repeaters, "customers have ordered again") + " (10 are needed)");
  const double mean = time / customers, rate = orders / time;
  // Starts by the data: the mean rate, a shape of 1/2 or 2, and half of the base gone by the mean end or hardly
  // anybody.
  Question question;
  const auto start = [&](double shape) { return std::vector<double>{shape, shape / rate}; };
  if (model == BuyingModel::nbd) {
    question.parameters = {{"r"}, {"alpha"}};
    question.starts = {start(1)};
  } else if (model == BuyingModel::pareto_nbd) {
    question.parameters = {{"r"}, {"alpha"}, {"s"}, {"beta"}};
    question.starts = {{0.7, 0.5 / rate, 0.7, 0.7 * mean}, {2, 2 / rate, 1.5, 6 * mean}};
  } else {
    question.parameters = {{"r"}, {"alpha"}, {"a"}, {"b"}};
    question.starts = {{0.5, 0.3 / rate, 0.8, 2.5}, {2, 2 / rate, 0.5, 5}};
  }
  question.log_likelihood = likelihood_of(model, rows_of(together, 1));
  if (together.rows() > 2 * rows_to_come_near)
    question.rough = likelihood_of(model, rows_of(together, together.rows() / rows_to_come_near));
  question.ends = ends;
  Fitted fitted = model == BuyingModel::pareto_nbd ? maximize_pareto_nbd(question) : maximize(question);
  fitted.observations = customers;
  return fitted;
}

LogLikelihood likelihood_of_buying(const BuyingHistory& history) {
  return likelihood_of(BuyingModel::pareto_nbd, rows_of(same_rows_together(history), 1));
}

double log_chance_of_later(BuyingModel model, const std::vector<double>& values, double repeat, double last,
                           double seen, double ahead, double later) {
  const double x = repeat;
  if (model == BuyingModel::nbd) {
    const double share = ahead / (values[1] + seen + ahead), r = values[0] + x;
    return log_rising(r, later) - log_gamma_of(later + 1) + r * std::log1p(-share) +
           (later > 0 ? later * std::log(share) : 0);
  }
  if (model == BuyingModel::pareto_nbd) {
    const ParetoNbd law{values[0], values[1], values[2], values[3]};
    const double alive = alive_of(law, x, last, seen);
    const ParetoNbd then{law.r + x, law.alpha + seen, law.s, law.beta + seen};
    return std::log(alive * pareto_nbd_chance(then, later, ahead) + (later <= 0 ? 1 - alive : 0));
  }
  const BgNbd law{values[0], values[1], values[2], values[3], model == BuyingModel::mbg_nbd};
  return std::log(law.chance_of_later(x, last, seen, ahead, later));
}

double expected_later(BuyingModel model, const std::vector<double>& values, double repeat, double last, double seen,
                      double ahead) {
  if (model == BuyingModel::nbd) return (values[0] + repeat) / (values[1] + seen) * ahead;
  if (model == BuyingModel::pareto_nbd) {
    const double s = std::fabs(values[2] - 1) > 1e-6 ? values[2] : 1 + 1e-6;  // as near to the limit as is told
    return ParetoNbd{values[0], values[1], s, values[3]}.expected_later(repeat, last, seen, ahead);
  }
  return BgNbd{values[0], values[1], values[2], values[3], model == BuyingModel::mbg_nbd}.expected_later(repeat, last,
                                                                                                         seen, ahead);
}

BuyingScore score_buying(BuyingModel model, Fitted fit, const BuyingHistory& history, const std::vector<double>& later,
                         double ahead) {
  sim::expects(later.size() == history.rows(), "what came later has a row for each customer");
  BuyingScore score{.model = model, .fit = std::move(fit)};
  if (!score.fit.is_found()) {
    score.log_score = -std::numeric_limits<double>::infinity();
    return score;
  }
  for (std::size_t i = 0; i < later.size(); ++i) {
    score.logs.push_back(log_chance_of_later(model, score.fit.values, history.repeat[i], history.last[i],
                                             history.seen[i], ahead, later[i]));
    score.log_score += history.weight_of(i) * score.logs.back();
  }
  return score;
}

Behind behind_best(const std::vector<double>& best, const std::vector<double>& own, const std::vector<double>& weight) {
  sim::expects(best.size() == own.size() && (weight.empty() || weight.size() == own.size()),
               "laws are held against each other by the same customers");
  const auto weight_of = [&](std::size_t i) { return weight.empty() ? 1 : weight[i]; };
  double n = 0, of_best = 0, of_own = 0, squares = 0;
  for (std::size_t i = 0; i < own.size(); ++i)
    n += weight_of(i), of_best += weight_of(i) * best[i], of_own += weight_of(i) * own[i];
  if (!(n > 0)) return {};
  Behind behind{.mean = of_best / n - of_own / n};
  for (std::size_t i = 0; i < own.size(); ++i) {
    const double off = best[i] - own[i] - behind.mean;
    squares += weight_of(i) * off * off;
  }
  behind.se = std::sqrt(squares / (n * std::max(1.0, n - 1)));
  return behind;
}

BuyingChoice choose_buying(const BuyingHistory& history, const std::vector<double>& later, double ahead, Ends ends,
                           const std::vector<BuyingModel>& of) {
  BuyingChoice choice;
  for (const BuyingModel model : of)
    choice.scores.push_back(score_buying(model, fit_buying(history, model, ends), history, later, ahead));
  std::ranges::stable_sort(choice.scores, std::ranges::greater(), &BuyingScore::log_score);
  const BuyingScore& best = choice.scores.front();
  for (BuyingScore& score : choice.scores) {
    if (score.fit.is_found()) {
      const Behind behind = behind_best(best.logs, score.logs, history.weight);
      score.behind = behind.mean, score.behind_se = behind.se;
    }
    choice.told += (choice.told.empty() ? "" : "\n") + line_of(score);
  }
  return choice;
}

}  // namespace clientele::models
