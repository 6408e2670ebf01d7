// Each fit's joint draws side by side, and a row of customers as the study's columns have them.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "models/fit/joint_draws.hpp"
#include "models/fit/mean_value.hpp"
#include "models/fit/normal_words.hpp"
#include "scenarios/books/customers_csv.hpp"
#include "sim/core/check.hpp"
#include "tools/clientele/fitted/laws.hpp"
#include "tools/clientele/fitted/study.hpp"
#include "tools/clientele/fitted/values.hpp"

namespace clientele::tools {

namespace {

/// Seeds of the parts, so that none hangs on how many others there are.
enum class Part : std::uint32_t { buying = 1, newcomers, level, joining, values, payment, service, points };

std::uint32_t seed_of(std::uint32_t seed, Part part, std::size_t which = 0) {
  return seed * 1000 + static_cast<std::uint32_t>(part) * 100 + static_cast<std::uint32_t>(which);
}

class Columns {
 public:
  explicit Columns(std::size_t draws) { all_.rows.resize(draws); }
  template <class Value>
  void add(std::string path, const Value& value) {
    all_.paths.push_back(std::move(path));
    for (std::size_t d = 0; d < all_.rows.size(); ++d) all_.rows[d].push_back(value(d));
  }
  void tell(std::string line) { all_.told += line + "\n"; }
  void tell_all(const std::string& lines) { all_.told += lines; }
  DrawsOfBase all() && { return std::move(all_); }

 private:
  DrawsOfBase all_;
};

models::JointDraws drawn(const models::Fitted& fitted, std::size_t draws, std::uint32_t seed, const std::string& what,
                         Columns& columns) {
  models::JointDraws joint = models::draw_jointly(fitted, draws, seed);
  if (!joint.why_not.empty()) {
    columns.tell(what + ": not drawn (" + joint.why_not + "), the estimate stands in every draw");
    joint.values.assign(draws, fitted.values);
  } else {
    columns.tell(what + ": " + joint.how);
  }
  return joint;
}

/// Parameters as r, alpha, s, beta or fewer (FittedBuying::law); where s is not told, of a variance of frailty that
/// each draw takes by its weight.
models::JointDraws drawn(const FittedBuying& buying, std::size_t draws, std::uint32_t seed, const std::string& what,
                         Columns& columns) {
  models::JointDraws joint = drawn(buying.law, draws, seed, what, columns);
  if (buying.other_frailty.size() < 2) return joint;
  std::vector<models::JointDraws> held;
  for (const HeldFrailty& one : buying.other_frailty) held.push_back(models::draw_jointly(one.law, draws, seed));
  for (std::size_t d = 0; d < draws; ++d) {
    double u = models::uniform_of_fit(seed, static_cast<std::uint32_t>(d), 0, 3);
    std::size_t k = 0;
    while (k + 1 < held.size() && u > buying.other_frailty[k].weight) u -= buying.other_frailty[k++].weight;
    if (!held[k].why_not.empty()) continue;
    const std::vector<double>& at = held[k].values[d];
    const double s = 1 / buying.other_frailty[k].variance;
    joint.values[d] = {at[0], at[1], s, s / at[2]};
  }
  columns.tell(what +
               ": how much customers differ in leaving is not told; the variance of frailty is varied, by a guess");
  return joint;
}

/// Where nobody is seen to leave the hazard may be above 0 all the same: exponential, as the likelihood falls.
void add_buying(const std::string& where, const FittedBuying& buying, const models::JointDraws& joint,
                std::uint32_t seed, Columns& columns) {
  columns.add(where + "purchasing.orders_per_month.mean",
              [&](std::size_t d) { return joint.values[d][0] / joint.values[d][1]; });
  columns.add(where + "purchasing.orders_per_month.shape", [&](std::size_t d) { return joint.values[d][0]; });
  if (buying.anybody_leaves()) {
    columns.add(where + "churn.base_hazard", [&](std::size_t d) { return std::min(0.9, hazard_of(joint.values[d])); });
    if (buying.law.values.size() == 4 || buying.other_frailty.size() > 1)
      columns.add(where + "churn.frailty_variance",
                  [&](std::size_t d) { return std::min(most_variance, frailty_variance_of(joint.values[d])); });
  } else {
    columns.add(where + "churn.base_hazard", [&](std::size_t d) {
      const double u = models::uniform_of_fit(seed, static_cast<std::uint32_t>(d), 0, 1);
      return std::min(0.5, -buying.hazard_at_most * std::log(u));
    });
  }
}

/// The mean by its standard error, on a log scale; how much customers differ by the joint draws of their means, or,
/// where its error says too little (it may be 0), by the likelihood along it.
void add_values(const std::string& where, const FittedValue& value, double mean, double net_share, std::size_t draws,
                std::uint32_t seed, Columns& columns) {
  columns.add(where + "purchasing.order_value.mean", [&](std::size_t d) {
    const double sd = value.mean_se / value.mean;
    return net_share * mean * std::exp(sd * models::normal_of_fit(seed, static_cast<std::uint32_t>(d), 0, 2));
  });
  if (value.means.covariance.empty() || !(value.between > 0)) return;
  if (!models::is_between_told(value.means)) {
    const std::vector<double> likely = models::likely_between(value.means);
    const auto steps = static_cast<double>(likely.size() - 1);
    columns.add(where + "purchasing.order_value.between", [&](std::size_t d) {
      const double at = steps * models::uniform_of_fit(seed, static_cast<std::uint32_t>(d), 1, 2);
      const auto k = std::min(static_cast<std::size_t>(at), likely.size() - 2);
      return likely[k] + (at - static_cast<double>(k)) * (likely[k + 1] - likely[k]);
    });
    return;
  }
  const models::JointDraws joint = models::draw_jointly(value.means, draws, seed);
  if (!joint.why_not.empty()) return;
  columns.add(where + "purchasing.order_value.between",
              [&](std::size_t d) { return std::min(3.9, joint.values[d][1]); });
}

}  // namespace

DrawsOfBase draws_of(const FittedBase& base, std::size_t draws, std::uint32_t seed) {
  Columns columns(draws);
  const bool same = base.has_one_law();
  const std::uint32_t seed_there = seed_of(seed, Part::buying),
                      seed_came = seed_of(seed, same ? Part::buying : Part::newcomers);
  const models::JointDraws there = drawn(base.buying_of(0), draws, seed_there, "orders of who was there", columns);
  const models::JointDraws came =
      same ? there : drawn(base.buying_of(1), draws, seed_came, "orders of who has come", columns);
  for (std::size_t g = 0; g < base.groups.size(); ++g) {
    const FittedGroup& group = base.groups[g];
    const std::string where = "population.group." + group.name + ".";
    add_values(where, group.value, base.mean_value_of(g), base.net_share, draws,
               seed_of(seed, Part::values, group.has_own_value ? g + 1 : 0), columns);
    add_buying(where, base.buying_of(g), g % 2 == 0 ? there : came, g % 2 == 0 ? seed_there : seed_came, columns);
    if (g % 2 == 0) continue;
    columns.add(where + "acquisition.arrivals", [&](std::size_t d) {
      if (!(group.joining.mean > 0)) return 0.0;
      const double relative = group.joining.sd / group.joining.mean, sd = std::sqrt(std::log1p(relative * relative));
      const double z = models::normal_of_fit(seed_of(seed, Part::joining), static_cast<std::uint32_t>(d), 0, 0);
      return group.joining.mean * std::exp(sd * z - 0.5 * sd * sd);
    });
  }
  const auto level = [&](double sd, std::uint32_t use) {
    return [=](std::size_t d) {
      return std::exp(sd * models::normal_of_fit(seed_of(seed, Part::level), static_cast<std::uint32_t>(d), 0, use) -
                      0.5 * sd * sd);
    };
  };
  columns.add("purchasing.order_level", level(base.level.orders, 0));
  columns.add("purchasing.value_level", level(base.level.values, 1));
  std::string told;
  for (const auto& [path, values] : payment_draws(base.payment, draws, seed_of(seed, Part::payment), told))
    columns.add(path, [&](std::size_t d) { return values[d]; });
  columns.tell_all(told);
  std::vector<std::string> groups;
  for (const FittedGroup& group : base.groups) groups.push_back(group.name);
  for (const auto& [path, values] : service_draws(base.service, groups, draws, seed_of(seed, Part::service)))
    columns.add(path, [&](std::size_t d) { return values[d]; });
  for (const auto& [path, values] : points_draws(base.points, draws, seed_of(seed, Part::points)))
    columns.add(path, [&](std::size_t d) { return values[d]; });
  return std::move(columns).all();
}

std::string draws_csv(const DrawsOfBase& draws) {
  std::string text;
  for (std::size_t c = 0; c < draws.paths.size(); ++c) text += (c == 0 ? "" : ",") + draws.paths[c];
  for (const std::vector<double>& row : draws.rows) {
    text += '\n';
    for (std::size_t c = 0; c < row.size(); ++c) text += fmt::format("{}{:.8g}", c == 0 ? "" : ",", row[c]);
  }
  return text + '\n';
}

std::string customers_csv(const FittedBase& base, const scenarios::Books& books) {
  scenarios::History net = base.history;
  const std::optional<double> margin = mean_margin(base.history);
  for (scenarios::CustomerHistory& customer : net.customers) {
    const ToldValue told = told_value(customer, base.groups[customer.group].value, base.net_share);
    customer.geometric_mean_value = told.typical;
    customer.effective_orders = told.orders;
    if (std::isnan(customer.margin_share)) customer.margin_share = margin.value_or(0);
  }
  std::vector<std::string> groups;
  for (const FittedGroup& group : base.groups) groups.push_back(group.name);
  std::string text;
  scenarios::write_customers(books, net, groups, [&](std::string_view line) { text += line; });
  return text;
}

}  // namespace clientele::tools
