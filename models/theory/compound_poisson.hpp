// Sales of one customer in closed form: a Poisson number of lognormal orders, for a month and for a life.
#pragma once
#include <cmath>

namespace clientele::models {

/// The sum of N ~ Poisson(mean_orders) independent orders of mean `mean_value` whose logs have deviation `sd_log`.
struct CompoundPoisson {
  double mean_orders = 1, mean_value = 1, sd_log = 0;

  double mean() const { return mean_orders * mean_value; }
  /// E[N] E[value^2].
  double variance() const { return mean_orders * mean_value * mean_value * (1 + squared_variation(sd_log)); }

  /// Variance over squared mean of a lognormal value, and the deviation of the log that has it.
  static double squared_variation(double sd_log) { return std::expm1(sd_log * sd_log); }
  static double sd_log_of(double squared_variation) { return std::sqrt(std::log1p(squared_variation)); }
};

/// The discounted margin of a customer who buys like that every month, and after each leaves with chance `hazard`.
struct MarginOfLife {
  CompoundPoisson month;
  double margin = 1, hazard = 0, rate = 0;
  int months = 36;

  double mean() const {
    double sum = 0;
    for (int t = 0; t < months; ++t) sum += there(t) * worth(t);
    return margin * month.mean() * sum;
  }

  /// The months' own variance, and that of how many of them there are.
  double variance() const {
    double own = 0, value = 0, first = 0, second = 0;
    for (int t = 0; t < months; ++t) {
      own += there(t) * worth(t) * worth(t);
      value += worth(t);
      const double ends = t + 1 < months ? there(t) * hazard : there(t);  // after this month
      first += ends * value;
      second += ends * value * value;
    }
    return margin * margin * (month.variance() * own + month.mean() * month.mean() * (second - first * first));
  }

 private:
  double there(int t) const { return std::pow(1 - hazard, t); }
  double worth(int t) const { return std::pow(1 + rate, -t); }
};

}  // namespace clientele::models
