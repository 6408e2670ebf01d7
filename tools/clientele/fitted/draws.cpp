// Each fit's joint draws side by side, and a row of customers as the study's columns have them.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/fit/joint_draws.hpp"
#include "models/fit/normal_words.hpp"
#include "scenarios/books/customers_csv.hpp"
#include "sim/core/check.hpp"
#include "tools/clientele/fitted/laws.hpp"
#include "tools/clientele/fitted/study.hpp"

namespace clientele::tools {

namespace {

/// Seeds of the parts, so that none hangs on how many others there are.
enum class Part : std::uint32_t { buying = 1, newcomers, level, joining, values };

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

void add_rates(const std::string& where, const models::JointDraws& buying, Columns& columns) {
  columns.add(where + "purchasing.orders_per_month.mean",
              [&](std::size_t d) { return buying.values[d][0] / buying.values[d][1]; });
  columns.add(where + "purchasing.orders_per_month.shape", [&](std::size_t d) { return buying.values[d][0]; });
}

void add_values(const std::string& where, const models::JointDraws& value, double net_share, Columns& columns) {
  columns.add(where + "purchasing.order_value.mean",
              [&](std::size_t d) { return mean_value(value.values[d], net_share); });
  columns.add(where + "purchasing.order_value.between", [&](std::size_t d) { return value.values[d][1]; });
  columns.add(where + "purchasing.order_value.within", [&](std::size_t d) { return value.values[d][2]; });
}

}  // namespace

DrawsOfBase draws_of(const FittedBase& base, std::size_t draws, std::uint32_t seed) {
  Columns columns(draws);
  const models::JointDraws buying =
      drawn(base.buying, draws, seed_of(seed, Part::buying), "orders and leaving", columns);
  add_rates("", buying, columns);
  if (base.anybody_leaves) {
    columns.add("churn.base_hazard", [&](std::size_t d) { return std::min(0.999, hazard_of(buying.values[d])); });
    columns.add("churn.frailty_variance",
                [&](std::size_t d) { return std::min(most_variance, 1 / buying.values[d][2]); });
  }
  const bool own_values = std::ranges::any_of(base.groups, &FittedGroup::has_own_value);
  if (!own_values)
    add_values("", drawn(base.value, draws, seed_of(seed, Part::values), "values of orders", columns), base.net_share,
               columns);
  const models::JointDraws newcomers =
      base.buying_of_newcomers.values.empty()
          ? models::JointDraws{}
          : drawn(base.buying_of_newcomers, draws, seed_of(seed, Part::newcomers), "orders of newcomers", columns);
  for (std::size_t g = 0; g < base.groups.size(); ++g) {
    const FittedGroup& group = base.groups[g];
    const std::string known = "population.group." + group.name + ".",
                      joins = "population.group." + newcomers_of(group.name) + ".";
    if (group.has_own_value) {
      const models::JointDraws value = drawn(group.value, draws, seed_of(seed, Part::values, g + 1),
                                             "values of orders of " + group.name, columns);
      add_values(known, value, base.net_share, columns);
      add_values(joins, value, base.net_share, columns);
    }
    if (!newcomers.values.empty()) add_rates(joins, newcomers, columns);
    columns.add(joins + "acquisition.arrivals", [&](std::size_t d) {
      if (!(group.joining.mean > 0)) return 0.0;
      const double relative = group.joining.sd / group.joining.mean, sd = std::sqrt(std::log1p(relative * relative));
      const double z = models::normal_of_fit(seed_of(seed, Part::joining), static_cast<std::uint32_t>(d), 0, 0);
      return group.joining.mean * std::exp(sd * z - 0.5 * sd * sd);
    });
  }
  const auto level = [&](double sd, std::uint32_t use) {
    return [=](std::size_t d) {
      return std::exp(sd * models::normal_of_fit(seed_of(seed, Part::level), static_cast<std::uint32_t>(d), 0, use));
    };
  };
  columns.add("purchasing.order_level", level(base.level.orders, 0));
  columns.add("purchasing.value_level", level(base.level.values, 1));
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
  for (scenarios::CustomerHistory& customer : net.customers) customer.geometric_mean_value *= base.net_share;
  std::string text;
  scenarios::write_customers(books, net, [&](std::string_view line) { text += line; });
  return text;
}

}  // namespace clientele::tools
