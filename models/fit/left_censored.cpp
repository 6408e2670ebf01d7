// The base by what follows its first seen orders; newcomers by the usual law.
#include "models/fit/left_censored.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>
#include <tuple>

#include "models/fit/buying.hpp"
#include "models/theory/pareto_nbd_likelihood.hpp"
#include "sim/core/check.hpp"

namespace clientele::models {
namespace {

struct SeenRow {
  double first = 0, repeat = 0, last = 0, weight = 0;
};

/// P(no order until t | there at 0): by the two ways of not ordering.
double nobody_until(const ParetoNbd& law, double t) { return std::exp(log_likelihood_of(law, 0, 0, t)); }

LogLikelihood of_base(const std::vector<SeenRow>& rows, double end) {
  const auto kept = std::make_shared<const std::vector<SeenRow>>(rows);
  return [kept, end](const std::vector<double>& at) {
    double sum = 0;
    for (const SeenRow& row : *kept) {
      const ParetoNbd then{at[0] + 1, at[1] + row.first, at[2], at[3] + row.first};
      sum += row.weight * log_likelihood_of(then, row.repeat, row.last - row.first, end - row.first);
    }
    return sum;
  };
}

LogLikelihood of_base_that_stays(const std::vector<SeenRow>& rows, double end) {
  const auto kept = std::make_shared<const std::vector<SeenRow>>(rows);
  return [kept, end](const std::vector<double>& at) {
    double sum = 0;
    for (const SeenRow& row : *kept) {
      const double r = at[0] + 1, alpha = at[1] + row.first;
      sum += row.weight * (std::lgamma(r + row.repeat) - std::lgamma(r) + r * std::log(alpha) -
                           (r + row.repeat) * std::log(alpha + end - row.first));
    }
    return sum;
  };
}

std::vector<SeenRow> rows_of_base(const FirstSeen& history) {
  std::map<std::tuple<double, double, double>, double> base;
  for (std::size_t i = 0; i < history.rows(); ++i) {
    const double first = history.first[i], x = history.repeat[i], last = x > 0 ? history.last[i] : first;
    base[{x, first, last}] += 1;
  }
  std::vector<SeenRow> rows;
  for (const auto& [key, weight] : base) rows.push_back({std::get<1>(key), std::get<0>(key), std::get<2>(key), weight});
  return rows;
}

Fitted fit_base(const std::vector<SeenRow>& rows, double end, BuyingModel model = BuyingModel::pareto_nbd,
                Ends ends = Ends::by_profile) {
  double customers = 0, repeaters = 0, orders = 0, time = 0;
  for (const SeenRow& row : rows) {
    customers += row.weight, repeaters += row.repeat > 0 ? row.weight : 0;
    orders += row.weight * row.repeat, time += row.weight * (end - row.first);
  }
  if (customers < 20 || repeaters < 10)
    return not_known("only " + std::to_string(static_cast<int>(repeaters)) +
                     " customers of the first months have ordered again, of " +
                     std::to_string(static_cast<int>(customers)) + " (10 of 20 are needed)");
  const double rate = orders / time;
  Question question;
  question.parameters = {{"r"}, {"alpha"}, {"s"}, {"beta"}};
  question.starts = {{1, 1 / rate, 0.7, 3 * end}, {2, 2 / rate, 1.5, 8 * end}};
  question.ends = ends;
  if (model == BuyingModel::nbd) {
    question.parameters.resize(2);
    for (std::vector<double>& start : question.starts) start.resize(2);
    question.log_likelihood = of_base_that_stays(rows, end);
    Fitted fitted = maximize(question);
    fitted.observations = customers;
    return fitted;
  }
  question.log_likelihood = of_base(rows, end);
  if (rows.size() > 1'200) {
    std::vector<SeenRow> some;
    const std::size_t stride = rows.size() / 600;
    for (std::size_t i = stride / 2; i < rows.size(); i += stride) {
      some.push_back(rows[i]);
      some.back().weight *= static_cast<double>(stride);
    }
    question.rough = of_base(some, end);
  }
  Fitted fitted = maximize_pareto_nbd(question);
  fitted.observations = customers;
  return fitted;
}

}  // namespace

Fitted fit_who_was_there(const FirstSeen& history, BuyingModel model, Ends ends) {
  return fit_base(rows_of_base(history), history.end, model, ends);
}

LogLikelihood likelihood_of_who_was_there(const FirstSeen& history) {
  return of_base(rows_of_base(history), history.end);
}

double chance_of_none_until(const std::vector<double>& law, double t) {
  return nobody_until({law[0], law[1], law[2], law[3]}, t);
}

LeftCensoredFit fit_left_censored(const FirstSeen& history, Ends ends) {
  sim::expects(history.run_in > 0 && history.run_in < history.end, "the run-in ends within the books");
  std::map<std::tuple<double, double, double>, double> base;
  BuyingHistory came;
  LeftCensoredFit made;
  for (std::size_t i = 0; i < history.rows(); ++i) {
    const double first = history.first[i], x = history.repeat[i], last = x > 0 ? history.last[i] : first;
    sim::expects(first >= 0 && last >= first && last <= history.end, "orders lie within the books");
    if (first < history.run_in) {
      base[{x, first, last}] += 1, made.seen_there += 1;
      continue;
    }
    came.repeat.push_back(x), came.last.push_back(last - first), came.seen.push_back(history.end - first);
    made.seen_came += 1;
  }
  std::vector<SeenRow> rows;
  for (const auto& [key, weight] : base) rows.push_back({std::get<1>(key), std::get<0>(key), std::get<2>(key), weight});
  made.there = fit_base(rows, history.end, BuyingModel::pareto_nbd, ends);
  made.came = fit_buying(came, BuyingModel::pareto_nbd, ends);
  char text[200];
  if (made.there.is_found()) {
    const auto& v = made.there.values;
    const ParetoNbd law{v[0], v[1], v[2], v[3]};
    const double silent = nobody_until(law, history.run_in);
    made.base = made.seen_there / (1 - silent);
    made.mistaken = made.base * (silent - nobody_until(law, history.end));
    if (made.mistaken > 0.2 * made.seen_came && made.came.is_found()) {
      std::snprintf(text, sizeof text,
                    "about %.0f of %.0f newcomers were there before: a longer run-in tells them apart", made.mistaken,
                    made.seen_came);
      made.came.caution = text;
    }
  }
  std::snprintf(text, sizeof text, "%.0f customers of the run-in, %.0f since (of whom about %.0f were there before)",
                made.seen_there, made.seen_came, made.mistaken);
  made.told = text;
  return made;
}

}  // namespace clientele::models
