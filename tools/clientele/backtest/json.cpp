// The same as a program reads it.
#include <nlohmann/json.hpp>

#include "scenarios/books/dates.hpp"
#include "tools/clientele/backtest/figures.hpp"

namespace clientele::tools {

namespace {

nlohmann::json or_null(const std::optional<double>& value) { return value ? nlohmann::json(*value) : nlohmann::json(); }

nlohmann::json range_json(const RangeOfFutures& range) {
  return {{"mean", range.mean}, {"low", range.low}, {"high", range.high}};
}

nlohmann::json figure_json(const Figure& figure) {
  nlohmann::json json{{"name", figure.name},
                      {"unit", figure.unit},
                      {"actual", figure.actual},
                      {"mean", figure.mean},
                      {"low", figure.low},
                      {"high", figure.high},
                      {"inside", figure.is_inside()},
                      {"same_again", or_null(figure.same_again)},
                      {"gamma_poisson", or_null(figure.gamma_poisson)}};
  if (!figure.change) return json;
  json["without"] = range_json(figure.change->without);
  json["without"]["inside"] = figure.change->without.holds(figure.actual);
  json["promised"] = range_json(figure.change->promised);
  json["came"] = range_json(figure.came());
  json["sign"] = word_of(figure.sign());
  return json;
}

nlohmann::json decile_json(const Decile& decile) {
  return {{"customers", decile.customers},
          {"expected_orders", decile.expected_orders},
          {"orders", decile.orders},
          {"chance_to_buy", decile.chance_to_buy},
          {"bought", decile.bought}};
}

}  // namespace

std::string backtest_json(const std::vector<BacktestAt>& all, const std::string& currency) {
  nlohmann::json days = nlohmann::json::array();
  std::size_t inside = 0, figures = 0;
  for (const BacktestAt& one : all) {
    nlohmann::json day{{"origin", scenarios::iso_text(one.origin)},
                       {"months", one.months},
                       {"history_months", one.history_months},
                       {"futures", one.futures},
                       {"told", one.told},
                       {"figures", nlohmann::json::array()},
                       {"deciles", nlohmann::json::array()}};
    for (const Figure& figure : one.figures) day["figures"].push_back(figure_json(figure));
    for (const Decile& decile : one.deciles) day["deciles"].push_back(decile_json(decile));
    if (one.since != scenarios::no_day)
      day["change"] = {{"policy", one.policy},
                       {"baseline", one.baseline},
                       {"since", scenarios::iso_text(one.since)},
                       {"sentences", change_in_sentences(one, currency)}};
    days.push_back(std::move(day));
    inside += one.inside(), figures += one.figures.size();
  }
  const nlohmann::json whole{{"schema_version", 1},         {"currency", currency}, {"inside", inside},
                             {"figures", figures},          {"band", 0.9},          {"verdict", verdict(all)},
                             {"backtests", std::move(days)}};
  return whole.dump(2) + "\n";
}

}  // namespace clientele::tools
