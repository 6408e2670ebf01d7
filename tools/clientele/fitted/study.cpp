// Text by paragraphs, in the order in which a study is mostly written.
#include "tools/clientele/fitted/study.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "scenarios/books/dates.hpp"
#include "sim/core/toml_text.hpp"
#include "tools/clientele/fitted/laws.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

namespace {

std::string interval(const models::Estimate& estimate) {
  return fmt::format("{:.4g} to {:.4g}", estimate.low, estimate.high);
}

std::string customers(std::size_t number) { return with_commas(static_cast<std::uint64_t>(number)); }

std::string date_of(const std::array<int, 3>& day) { return fmt::format("{:04}-{:02}-{:02}", day[0], day[1], day[2]); }

/// Where customers buy for so much in a month that the usual quantum could not count four times that: a greater one.
std::string quantum_of(const FittedBase& base) {
  constexpr double room = 4, most_quanta = 1 << 28;
  double most = 0, quantum = 0.01;
  for (const scenarios::CustomerHistory& customer : base.history.customers) {
    for (const scenarios::Amount sales : customer.sales) most = std::max(most, std::fabs(scenarios::units_of(sales)));
    double open = 0;
    for (const scenarios::Amount owed : customer.open) open += scenarios::units_of(owed);
    most = std::max(most, open);
  }
  while (room * most > most_quanta * quantum) quantum *= 10;
  if (quantum == 0.01) return "";
  return fmt::format("money_quantum = {:g}    # the smallest amount that is counted: a customer's month comes to {}\n",
                     quantum, with_commas(static_cast<std::uint64_t>(most)));
}

std::string head(const FittedBase& base, const StudyFrame& frame) {
  return fmt::format(R"(# Fitted to a firm's own books: {} customers with an order before {}.
# What stands here with a method, a number and an interval is an estimate; what is marked as a guess is in no book.
# `clientele backtest` says how this way of fitting would have met the months that are known.
# Costs that no export tells (shipping, acquiring, invoices that are never paid) are 0 here: until you state them
# profit is margin less what policies give away, so too high.
title    = "Our customers from {} on"
question = "What would three per cent off for the best fifth bring?"
seed     = 1
currency = {}{}
{}
)",
                     customers(base.history.customers.size()), date_of(frame.books.origin), date_of(frame.books.origin),
                     sim::toml_text(frame.currency),
                     frame.currency_is_known ? "" : "    # a guess: no file says which, and --currency did not",
                     quantum_of(base));
}

std::string horizon_table(const StudyFrame& frame) {
  return fmt::format(R"([horizon]
start  = {}
months = {}
warmup = 12                      # settles what the books do not tell; what they tell takes its place at month 0

)",
                     date_of(frame.books.origin), frame.months);
}

std::string books_table(const StudyFrame& frame) {
  const scenarios::StatedBooks& books = frame.books;
  std::string text = fmt::format(
      "[books]                          # read again by backtest, track and classify\n"
      "origin  = {}\nread_on = {}\n",
      date_of(books.origin), date_of(books.read_on));
  if (books.new_since[0] != 0) text += fmt::format("new_since = {}\n", date_of(books.new_since));
  if (!books.currency.empty()) text += fmt::format("currency = {}\n", sim::toml_text(books.currency));
  if (!books.dates.empty()) text += fmt::format("dates    = {}\n", sim::toml_text(books.dates));
  if (!books.decimal.empty()) text += fmt::format("decimal  = {}\n", sim::toml_text(books.decimal));
  if (books.season) {
    text += "season   = [";
    for (std::size_t m = 0; m < 12; ++m) text += fmt::format("{}{:.6g}", m == 0 ? "" : ", ", (*books.season)[m]);
    text += "]\n";
  }
  for (const scenarios::StatedBooks::File& file : books.files)
    text += fmt::format("[[books.file]]\nkind   = {}\npath   = {}\ndigest = {}\n", sim::toml_text(file.kind),
                        sim::toml_text(file.path.string()), sim::toml_text(file.digest));
  for (const scenarios::StatedBooks::Column& column : books.columns)
    text += fmt::format("[[books.column]]\nheader  = {}\nmeaning = {}\n", sim::toml_text(column.header),
                        sim::toml_text(column.meaning));
  return text + "\n";
}

/// Six digits; never three behind the point alone, which could be taken for thousands.
std::string money_text(double amount) {
  std::string text = fmt::format("{:.6g}", amount);
  const std::size_t point = text.find('.');
  if (point != std::string::npos && text.size() - point == 4) text += '0';
  return text;
}

std::string value_law(const FittedValue& value, double mean) {
  return fmt::format("{{ dist = \"lognormal\", mean = {}, between = {:.6g}, within = {:.6g} }}", money_text(mean),
                     value.between, value.within);
}

std::string rate_law(const models::Fitted& buying) {
  return fmt::format("{{ dist = \"gamma\", mean = {:.6g}, shape = {:.6g} }}", buying.values[0] / buying.values[1],
                     buying.values[0]);
}

/// A law of orders and leaving as fields, each line behind `indent`.
std::string buying_fields(const FittedBuying& buying, const std::string& rate_key, const std::string& churn) {
  const models::Estimate rate =
      models::estimate_of(buying.law, [](const std::vector<double>& v) { return v[0] / v[1]; });
  std::string text = fmt::format("{} = {}    # {}, maximum likelihood, {} customers; mean {} (95 %)\n", rate_key,
                                 rate_law(buying.law), buying.anybody_leaves() ? "Pareto/NBD" : "NBD (nobody leaves)",
                                 customers(buying.customers), interval(rate));
  if (buying.anybody_leaves()) {
    const models::Estimate hazard = models::estimate_of(buying.law, hazard_of);
    const bool is_told = buying.law.values.size() == 4;
    const models::Estimate variance = models::estimate_of(buying.law, frailty_variance_of);
    text += fmt::format("{}base_hazard = {:.6g}    # a month, {} (95 %)\n{}frailty_variance = {:.6g}    # {}\n", churn,
                        hazard.value, interval(hazard), churn, std::min(variance.value, most_variance),
                        is_told ? interval(variance) : "a guess: the orders do not tell it, so that draws vary it");
  } else {
    text += fmt::format(
        "{}base_hazard = {:.6g}    # a month: nobody is seen to leave, and few can have; so much in the mean of the "
        "draws\n{}frailty_variance = 1    # a guess\n",
        churn, buying.hazard_at_most, churn);
  }
  return text;
}

/// Columns of the table that only a study with a program, or with tiers of today's names, has a use for.
std::string columns_without_use(const FittedBase& base) {
  std::string columns;
  const auto ignore = [&](const std::string& name) {
    columns += (columns.empty() ? "" : ", ") + name + " = \"ignored\"";
  };
  const auto& customers = base.history.customers;
  if (std::ranges::any_of(customers, [](const auto& one) { return one.tier >= 0; }))
    for (const char* name : {"tier_today", "by_hand"}) ignore(name);
  if (base.points.is_known()) return columns;
  std::size_t points = 0;
  for (const scenarios::CustomerHistory& one : customers) points = std::max(points, one.points_by_end.size());
  for (std::size_t k = 1; k <= points; ++k) ignore("points_" + std::to_string(k));
  if (std::ranges::any_of(customers, [](const auto& one) { return one.points_known; })) ignore("points_without_end");
  return columns;
}

std::string population(const FittedBase& base, const StudyFrame& frame) {
  std::string text = fmt::format(
      "[population]\nfile = {}    # a line each: what the books know of them; what they leave open is drawn\n\n",
      sim::toml_text(frame.customers_file));
  if (const std::string ignored = columns_without_use(base); !ignored.empty())
    text.insert(text.size() - 1,
                "columns = { " + ignored + " }    # of a program or of tiers that this study does not have yet\n");
  for (std::size_t g = 0; g < base.groups.size(); ++g) {
    const FittedGroup& group = base.groups[g];
    text += fmt::format("[[population.group]]             # {}: {} customers\nname = {}\n",
                        g % 2 == 0 ? "who was there when the books began" : "who has come since, and who will",
                        customers(group.customers), sim::toml_text(group.name));
    text += fmt::format(
        "purchasing.order_value = {}    # sales over orders, +- {:.3g} %; spreads by maximum likelihood{}{}, {} "
        "customers\n",
        value_law(group.value, base.net_share * base.mean_value_of(g)), 100 * group.value.mean_se / group.value.mean,
        group.has_own_value ? "" : " of all customers", group.value.within_told, customers(group.value.customers));
    if (g % 2 == 1)
      text += fmt::format(
          "acquisition.arrivals = {:.6g}    # a month: first orders of {} months, less those of customers who were "
          "there before, and {:.3g} of these who are still to come in the next year; +- {:.3g} in the mean of a year\n",
          group.joining.mean, group.joining.months, group.joining.there_before, group.joining.sd);
    text += buying_fields(base.buying_of(g), "purchasing.orders_per_month", "churn.") +
            service_of_group(base.service, g / 2) + "\n";
  }
  return text;
}

std::string comments(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += "# " + line + "\n";
  return text.empty() ? text : text + "\n";
}

std::string purchasing(const FittedBase& base) {
  std::string text = fmt::format(
      "[purchasing]\n# Values are net: {:.4f} of what orders come to is left by credit notes, as a factor of every "
      "order.\n# Season: {}.\nseason = [",
      base.net_share, base.season_told);
  for (std::size_t m = 0; m < 12; ++m) text += fmt::format("{}{:.4g}", m == 0 ? "" : ", ", base.season[m]);
  text += fmt::format(
      "]\n# What all customers of the months to come have in common and nobody knows: as the {} months seen differ\n"
      "# beside luck, orders by {:.3f} and values by {:.3f} (sd of the log{}).\n"
      "order_level = 1\nvalue_level = 1\nfirst_order = \"counted\"\n{}\n"
      "[churn]                          # Pareto/NBD: its hazard knows no tenure\n"
      "tenure_slope = 0\nnotice = \"silent\"\n\n",
      base.level.months, base.level.orders, base.level.values, base.level.is_least ? "; at least 0.10, a guess" : "",
      satisfaction_effect_line(base.service));
  return text;
}

std::string served(const FittedBase& base, const StudyFrame& frame) {
  if (base.service.is_known()) return service_tables(base.service);
  return fmt::format(
      "[satisfaction]\nreference = {:.6g}          # where customers stand under today's service, so that orders and "
      "leaving are as fitted\n\n",
      frame.satisfaction_reference);
}

std::string rest(const FittedBase& base, const StudyFrame& frame) {
  const std::optional<double> share = mean_margin(base.history);
  const std::string margin =
      share ? fmt::format("{{ dist = \"constant\", value = {:.4g} }}    # mean of the customers whose margin is known",
                          *share)
            : "{ dist = \"constant\", value = 0.3 }    # a guess: no file tells a margin";
  const std::string guessed_margin =
      share ? "" : "accounting.gross_margin.value = { dist = \"uniform\", low = 0.2, high = 0.4 }\n";
  return payment_table(base.payment) + credit_table(base.payment) + points_tables(base.points) +
         guesses_of_points(base.points) +
         fmt::format(R"([accounting]
gross_margin  = {}
discount_rate = 0.008            # a month, a guess: what capital costs

[logistics]                      # in no file: 0 until you say it
shipping = 0
per_km   = 0
handling = 0

[acquisition]
cost_per_customer = 0            # in no file: 0 until you say it

{}[uncertain]
file = {}          # joint draws of what was fitted
# What no book tells and answers rest on is varied widely, by guesses:
purchasing.elasticity    = {{ dist = "uniform", low = -2.0, high = -0.3 }}
accounting.discount_rate = {{ dist = "lognormal", mean = 0.008, sd_log = 0.3 }}
{}
[[scenario]]
name = "baseline"

[[policy]]
name         = "today"
segmentation = "everyone"
tier         = [ {{ name = "all" }} ]

[[policy]]                       # an example: replace it by what you think of
name         = "best fifth"
segmentation = {{ rule = "rank", review_every = 6, look_back = 12 }}
tier         = [ {{ name = "best", share = 0.2, discount = 0.03 }}, {{ name = "others" }} ]

{}[experiment]
baseline = "today"
draws    = {}
)",
                     margin, served(base, frame), sim::toml_text(frame.draws_file), guessed_margin, frame.scorecard,
                     frame.draws);
}

}  // namespace

std::optional<double> mean_margin(const scenarios::History& history) {
  double known = 0, share = 0;
  for (const scenarios::CustomerHistory& customer : history.customers)
    if (!std::isnan(customer.margin_share)) ++known, share += customer.margin_share;
  return known > 0 ? std::optional(share / known) : std::nullopt;
}

std::string fitted_tables(const FittedBase& base, const StudyFrame& frame) {
  return horizon_table(frame) + population(base, frame) + purchasing(base) +
         (base.payment.is_known() ? payment_table(base.payment) : "") + points_tables(base.points) +
         (base.service.is_known() ? service_tables(base.service) : "") +
         "[uncertain]\nfile = " + sim::toml_text(frame.draws_file) + "\n";
}

std::string newcomers_of(const std::string& group) { return group == "all" ? "new" : "new_" + group; }

std::string study_text(const FittedBase& base, const StudyFrame& frame) {
  return head(base, frame) + horizon_table(frame) + books_table(frame) + population(base, frame) +
         comments(frame.laws_told) + purchasing(base) + rest(base, frame);
}

}  // namespace clientele::tools
