// Likelihoods of late invoices and of days late.
#include "models/fit/lateness.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>
#include <tuple>

#include <boost/math/special_functions/gamma.hpp>

#include "models/theory/log_gamma.hpp"
#include "sim/core/check.hpp"

namespace clientele::models {
namespace {

/// Customers with the same counts, and how many they are: n, late, disputed, disputed and late.
using Counts = std::map<std::tuple<double, double, double, double>, double>;

Counts counts_of(const LatenessHistory& history) {
  const std::size_t n = history.rows();
  sim::expects(history.late.size() == n && history.disputed.size() == history.disputed_late.size() &&
                   (history.disputed.empty() || history.disputed.size() == n),
               "a history of lateness has as many counts as customers");
  Counts counts;
  for (std::size_t i = 0; i < n; ++i) {
    const double d = history.knows_disputes() ? history.disputed[i] : 0;
    const double dl = history.knows_disputes() ? history.disputed_late[i] : 0;
    sim::expects(history.late[i] >= dl && history.invoices[i] - d >= history.late[i] - dl && d >= dl && dl >= 0,
                 "no more invoices are late than there are");
    if (history.invoices[i] > 0) counts[{history.invoices[i], history.late[i], d, dl}] += 1;
  }
  return counts;
}

std::string why_no_chances(const Counts& counts) {
  double with_two = 0, late = 0, all = 0;
  for (const auto& [key, customers] : counts) {
    const auto& [n, l, d, dl] = key;
    with_two += n > 1 ? customers : 0, late += customers * l, all += customers * n;
  }
  if (with_two < 10)
    return "only " + std::to_string(static_cast<int>(with_two)) +
           " customers have two invoices or more (10 are needed)";
  if (late <= 0) return "no invoice was late";
  if (late >= all) return "every invoice was late";
  return {};
}

/// Means of counts for starts: mean chance m, and a + b = 1.5.
std::vector<double> start_of(const Counts& counts) {
  double late = 0, all = 0;
  for (const auto& [key, customers] : counts) late += customers * std::get<1>(key), all += customers * std::get<0>(key);
  return {1.5 * late / all, 1.5 * (1 - late / all)};
}

double number_of(const Counts& counts) {
  double sum = 0;
  for (const auto& [key, customers] : counts) sum += customers;
  return sum;
}

/// Likelihood with disputes: the integral over t = log odds of p^a (1 - p)^b x the chances of both kinds of invoices.
double with_disputes(const Counts& counts, double a, double b, double effect) {
  constexpr int steps = 400;
  const double low = -36 / std::min(a, 1.0) - std::max(effect, 0.0) - 3;
  const double high = 36 / std::min(b, 1.0) + std::max(-effect, 0.0) + 3, width = (high - low) / steps;
  std::vector<double> late(steps + 1), not_late(steps + 1), d_late(steps + 1), d_not_late(steps + 1);
  const auto log_share = [](double t) { return t < 0 ? t - std::log1p(std::exp(t)) : -std::log1p(std::exp(-t)); };
  for (int k = 0; k <= steps; ++k) {
    const double t = low + width * k;
    late[k] = log_share(t), not_late[k] = log_share(-t);
    d_late[k] = log_share(t + effect), d_not_late[k] = log_share(-t - effect);
  }
  double sum = 0;
  std::vector<double> logs(steps + 1);
  for (const auto& [key, customers] : counts) {
    const auto& [n, l, d, dl] = key;
    double most = -INFINITY;
    for (int k = 0; k <= steps; ++k) {
      logs[k] =
          (a + l - dl) * late[k] + (b + n - d - (l - dl)) * not_late[k] + dl * d_late[k] + (d - dl) * d_not_late[k];
      most = std::max(most, logs[k]);
    }
    double integral = 0;
    for (const double log : logs) integral += std::exp(log - most);
    sum += customers * (std::log(integral * width) + most);
  }
  return sum - number_of(counts) * log_beta_of(a, b);
}

struct DelayRow {
  double days = 0, log_days = 0;
  bool is_open = false, is_disputed = false;
};

std::vector<DelayRow> delay_rows(const DelayHistory& history) {
  std::vector<DelayRow> rows;
  for (std::size_t i = 0; i < history.rows(); ++i) {
    sim::expects(history.days[i] > 0, "days late are above 0");
    rows.push_back({history.days[i], std::log(history.days[i]), history.is_open[i] > 0,
                    !history.disputed.empty() && history.disputed[i] > 0});
  }
  return rows;
}

/// Why days cannot be fitted, and starts from the settled ones.
struct SettledDays {
  double settled = 0, disputed = 0, mean = 0, mean_log = 0, variance_log = 0;
  std::string why_not;
};

SettledDays settled_of(const std::vector<DelayRow>& rows) {
  SettledDays s;
  double exposure = 0;
  for (const DelayRow& row : rows) {
    exposure += row.days;
    if (row.is_open) continue;
    s.settled += 1, s.disputed += row.is_disputed, s.mean_log += row.log_days;
    s.variance_log += row.log_days * row.log_days;
  }
  if (s.settled < 20) {
    s.why_not = "only " + std::to_string(static_cast<int>(s.settled)) + " late invoices are settled (20 are needed)";
    return s;
  }
  s.mean = exposure / s.settled, s.mean_log /= s.settled;
  s.variance_log = s.variance_log / s.settled - s.mean_log * s.mean_log;
  if (!(s.variance_log > 1e-9)) s.why_not = "all late invoices were settled after the same days";
  return s;
}

Fitted weibull_of(const std::vector<DelayRow>& rows, bool by_dispute) {
  const SettledDays s = settled_of(rows);
  if (!s.why_not.empty()) return not_known(s.why_not);
  const auto kept = std::make_shared<const std::vector<DelayRow>>(rows);
  Question question;
  question.parameters = {{"scale"}, {"shape"}};
  question.starts = {{s.mean, std::min(4.0, 1.28 / std::sqrt(s.variance_log))}};
  if (by_dispute) question.parameters.push_back({"disputed_factor"}), question.starts[0].push_back(1.2);
  question.log_likelihood = [kept, by_dispute](const std::vector<double>& at) {
    const double log_scale = std::log(at[0]), k = at[1], log_k = std::log(k), factor = by_dispute ? std::log(at[2]) : 0;
    double sum = 0;
    for (const DelayRow& row : *kept) {
      const double z = k * (row.log_days - log_scale - (row.is_disputed ? factor : 0));
      sum -= std::exp(z);
      if (!row.is_open) sum += log_k + z - row.log_days;
    }
    return sum;
  };
  Fitted fitted = maximize(question);
  fitted.observations = static_cast<double>(rows.size());
  return fitted;
}

Fitted lognormal_of(const std::vector<DelayRow>& rows) {
  const SettledDays s = settled_of(rows);
  if (!s.why_not.empty()) return not_known(s.why_not);
  const auto kept = std::make_shared<const std::vector<DelayRow>>(rows);
  Question question;
  question.parameters = {{"median"}, {"sd_log"}};
  question.starts = {{std::exp(s.mean_log), std::sqrt(s.variance_log)}};
  question.log_likelihood = [kept](const std::vector<double>& at) {
    const double m = std::log(at[0]), sd = at[1];
    double sum = 0;
    for (const DelayRow& row : *kept) {
      const double z = (row.log_days - m) / sd;
      sum += row.is_open ? std::log(std::max(1e-300, 0.5 * std::erfc(z / std::sqrt(2.0))))
                         : -0.5 * z * z - std::log(sd) - row.log_days - 0.9189385332046727;
    }
    return sum;
  };
  return maximize(question);
}

Fitted gamma_of(const std::vector<DelayRow>& rows) {
  const SettledDays s = settled_of(rows);
  if (!s.why_not.empty()) return not_known(s.why_not);
  const auto kept = std::make_shared<const std::vector<DelayRow>>(rows);
  Question question;
  question.parameters = {{"scale"}, {"shape"}};
  question.starts = {{s.mean, 1}};
  question.log_likelihood = [kept](const std::vector<double>& at) {
    const double scale = at[0], k = at[1], constant = -log_gamma_of(k) - k * std::log(scale);
    double sum = 0;
    for (const DelayRow& row : *kept)
      sum += row.is_open ? std::log(std::max(1e-300, boost::math::gamma_q(k, row.days / scale)))
                         : constant + (k - 1) * row.log_days - row.days / scale;
    return sum;
  };
  return maximize(question);
}

}  // namespace

Fitted fit_late_chance(const LatenessHistory& history) {
  LatenessHistory plain{history.invoices, history.late};
  const auto counts = std::make_shared<const Counts>(counts_of(plain));
  if (std::string why = why_no_chances(*counts); !why.empty()) return not_known(why);
  Question question;
  question.parameters = {{"a"}, {"b"}};
  question.starts = {start_of(*counts)};
  question.log_likelihood = [counts](const std::vector<double>& at) {
    double sum = 0;
    for (const auto& [key, customers] : *counts) {
      const auto& [n, l, d, dl] = key;
      sum += customers * log_beta_of(at[0] + l, at[1] + n - l);
    }
    return sum - number_of(*counts) * log_beta_of(at[0], at[1]);
  };
  Fitted fitted = maximize(question);
  fitted.observations = number_of(*counts);
  if (!fitted.is_found() && fitted.why_not.find("without end") != std::string::npos)
    fitted.why_not = "customers are late no more differently than one chance for all explains";
  return fitted;
}

Fitted fit_late_chance_with_disputes(const LatenessHistory& history) {
  if (!history.knows_disputes()) return not_known("which invoices were disputed is not known");
  const auto counts = std::make_shared<const Counts>(counts_of(history));
  if (std::string why = why_no_chances(*counts); !why.empty()) return not_known(why);
  double disputed = 0, late = 0;
  for (const auto& [key, customers] : *counts)
    disputed += customers * std::get<2>(key), late += customers * std::get<3>(key);
  if (disputed < 20)
    return not_known("only " + std::to_string(static_cast<int>(disputed)) + " invoices were disputed (20 are needed)");
  if (late <= 0 || late >= disputed)
    return not_known(late <= 0 ? "no disputed invoice was late" : "every disputed invoice was late");
  Question question;
  question.parameters = {{"a"}, {"b"}, {"dispute_odds"}};
  question.starts = {start_of(*counts)};
  question.starts[0].push_back(2);
  question.log_likelihood = [counts](const std::vector<double>& at) {
    return with_disputes(*counts, at[0], at[1], std::log(at[2]));
  };
  Fitted fitted = maximize(question);
  fitted.observations = number_of(*counts);
  return fitted;
}

LatenessScore score_late_chance(const Fitted& fitted, const LatenessHistory& earlier, const LatenessHistory& later) {
  sim::expects(fitted.is_found(), "a law that scores was fitted");
  sim::expects(earlier.rows() == later.rows(), "earlier and later invoices are of the same customers");
  const double a = fitted.values[0], b = fitted.values[1];
  double late = 0, all = 0;
  for (std::size_t i = 0; i < earlier.rows(); ++i) late += earlier.late[i], all += earlier.invoices[i];
  const double log_late = std::log(late / all), log_not = std::log1p(-late / all);
  LatenessScore score;
  double gains = 0, squares = 0, customers = 0;
  for (std::size_t i = 0; i < later.rows(); ++i) {
    const double n = later.invoices[i], l = later.late[i];
    if (n <= 0) continue;
    const double own_a = a + earlier.late[i], own_b = b + earlier.invoices[i] - earlier.late[i];
    const double own = log_beta_of(own_a + l, own_b + n - l) - log_beta_of(own_a, own_b);
    const double common = l * log_late + (n - l) * log_not;
    score.by_customer += own, score.pooled += common, score.invoices += n;
    gains += own - common, squares += (own - common) * (own - common), customers += 1;
  }
  if (score.invoices <= 0) return score;
  const double mean = gains / customers;
  score.gain_se = std::sqrt(std::max(0.0, squares / customers - mean * mean) * customers) / score.invoices;
  score.by_customer /= score.invoices, score.pooled /= score.invoices;
  return score;
}

Fitted fit_days_late(const DelayHistory& history) {
  const std::vector<DelayRow> rows = delay_rows(history);
  return weibull_of(rows, settled_of(rows).disputed >= 10);
}

DelayChoice choose_days_late(const DelayHistory& history) {
  const std::vector<DelayRow> rows = delay_rows(history);
  DelayChoice choice{weibull_of(rows, false), lognormal_of(rows), gamma_of(rows), {}};
  for (const auto& [name, fit] :
       {std::pair{"Weibull", &choice.weibull}, {"lognormal", &choice.lognormal}, {"gamma", &choice.gamma}}) {
    char text[64];
    std::snprintf(text, sizeof text, "%s%s: ", choice.told.empty() ? "" : "; ", name);
    choice.told += text;
    std::snprintf(text, sizeof text, "%.1f", fit->log_likelihood);
    choice.told += fit->is_found() ? std::string(text) : "not fitted, " + fit->why_not;
  }
  return choice;
}

}  // namespace clientele::models
