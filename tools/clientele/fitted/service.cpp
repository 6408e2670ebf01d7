// Shares by counting, slopes by maximum likelihood, and a level at which neither moves what orders have told.
#include "tools/clientele/fitted/service.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "models/fit/normal_words.hpp"
#include "models/fit/surveys.hpp"
#include "scenarios/books/dates.hpp"
#include "tools/clientele/fitted/base.hpp"
#include "tools/clientele/fitted/neutral.hpp"
#include "tools/clientele/fitted/wrapped.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

using models::LateDeliveries;
using models::SurveyAnswer;
using scenarios::Day;

namespace {

/// Those before the origin, of a group of the books or of all.
LateDeliveries deliveries_of(const scenarios::Books& books, Day origin, std::optional<std::uint32_t> group) {
  std::map<scenarios::CalendarMonth, models::MonthOfDeliveries> by_month;
  for (const scenarios::BookDelivery& one : books.deliveries) {
    if (one.day >= origin || (group && books.customers[one.customer].group != *group)) continue;
    models::MonthOfDeliveries& month = by_month[scenarios::month_of(one.day)];
    month.late += one.late ? 1 : 0, ++month.all;
  }
  std::vector<models::MonthOfDeliveries> months;
  for (const auto& [calendar, month] : by_month) months.push_back(month);
  return models::late_deliveries(months);
}

/// Answers of who had ordered by then.
std::vector<SurveyAnswer> answers_in(const scenarios::Books& books, const scenarios::History& history) {
  std::vector<Day> first(books.customers.size(), history.origin);
  for (const scenarios::CustomerHistory& one : history.customers) first[one.customer] = one.first_order;
  std::vector<SurveyAnswer> answers;
  for (const scenarios::BookSurvey& one : books.surveys)
    if (one.day < history.origin && one.day >= first[one.customer])
      answers.push_back({one.customer, one.day, one.score});
  return models::one_a_day(std::move(answers));
}

/// Brings answers to points of 0 to 100; says what they were taken for.
std::string to_points(std::vector<SurveyAnswer>& answers, std::string& why_not) {
  const auto [low, high] = std::ranges::minmax(answers, {}, &SurveyAnswer::points);
  const auto scale = models::scale_of_answers(low.points, high.points);
  if (!scale) {
    why_not = fmt::format("answers run from {:g} to {:g}, which is no scale of 1 to 5, 0 to 10 or 0 to 100", low.points,
                          high.points);
    return "";
  }
  for (SurveyAnswer& one : answers) one.points = scale->in_points(one.points);
  return fmt::format("from {:g} to {:g}, taken for a scale of {:g} to {:g}", low.points, high.points, scale->worst,
                     scale->best);
}

models::AfterAnswers after_answers(const std::vector<SurveyAnswer>& answers, const scenarios::Books& books,
                                   const scenarios::History& history, const Season& season) {
  constexpr int longest = 6;  // months
  models::AfterAnswers after{.exposure = [&season](Day from, Day to) { return season_time(from, to, season); }};
  for (const SurveyAnswer& one : answers)
    after.until.push_back(std::min(history.origin, scenarios::months_later(one.day + 1, longest)));
  for (const std::vector<scenarios::BookEvent>& events : scenarios::events_before(books, history.origin)) {
    std::vector<Day>& days = after.orders.emplace_back();
    for (const scenarios::BookEvent& event : events) days.push_back(event.day);
  }
  return after;
}

FittedSurveys fit_surveys(const scenarios::Books& books, const scenarios::History& history, const Season& season) {
  FittedSurveys surveys;
  std::vector<SurveyAnswer> answers = answers_in(books, history);
  if (answers.empty()) {
    surveys.why_not = "no answer is of a customer who had ordered by then";
    return surveys;
  }
  surveys.scale = to_points(answers, surveys.why_not);
  if (!surveys.why_not.empty()) return surveys;
  surveys.answers = answers.size();
  const models::SurveyLevel level = models::level_of(answers);
  surveys.customers = level.customers;
  surveys.mean = level.mean, surveys.mean_se = level.mean_se, surveys.sd = level.sd;
  const models::SurveyHistory joined =
      models::joined_to_orders(answers, after_answers(answers, books, history, season));
  if (joined.rows() == 0)
    surveys.why_not = "all answers are of the last day of the books";
  else
    surveys.slope = models::fit_satisfaction(joined);
  return surveys;
}

double in_range(double effect) { return std::clamp(effect, -1.0, 2.0); }

std::string why_no_slope(const FittedSurveys& surveys) {
  if (!surveys.why_not.empty()) return surveys.why_not;
  const std::string why =
      surveys.slope.between.why_not.empty() ? surveys.slope.within.why_not : surveys.slope.between.why_not;
  constexpr std::string_view said_already = "not known, for ";
  return why.starts_with(said_already) ? why.substr(said_already.size()) : why;
}

std::string told_of_slope(const FittedSurveys& surveys) {
  const models::Fitted& fit = *surveys.slope.chosen();
  const models::Estimate& slope = models::slope_of(fit);
  std::string text = fmt::format("{:.4g} to {:.4g} (95 %), {} customers, ", slope.low, slope.high,
                                 with_commas(static_cast<std::uint64_t>(fit.observations)));
  return text + (surveys.chosen_is_within()
                     ? "by each one's own ups and downs"
                     : "between customers: who is content may buy more anyway, which is no proof of a cause");
}

std::string told_of(const LateDeliveries& of) {
  return fmt::format(
      "{} of {} deliveries, {:.4g} to {:.4g} (95 %, Jeffreys{})", with_commas(static_cast<std::uint64_t>(of.late)),
      with_commas(static_cast<std::uint64_t>(of.all)), of.quantile(0.025), of.quantile(0.975),
      of.dispersion > 1.05 ? fmt::format("; months differ {:.1f} times as much as by luck", of.dispersion)
                           : std::string());
}

NeutralService neutral_service(const LateDeliveries& deliveries, const FittedSurveys& surveys) {
  NeutralService neutral{.reference = neutral_reference(), .performance = default_performance()};
  if (deliveries.is_known()) {
    constexpr double apart = 0.02;
    const double share = deliveries.share(), low = std::max(0.0, share - apart), high = std::min(1.0, share + apart);
    neutral.reference = neutral_reference(share);
    neutral.slope = (neutral_reference(high) - neutral_reference(low)) / (high - low);
  }
  const double performance = default_performance() + surveys.mean - neutral.reference;
  if (surveys.answers > 0 && performance >= 0 && performance <= 100)
    neutral.performance = performance, neutral.reference = surveys.mean;
  return neutral;
}

}  // namespace

FittedService fit_service(const scenarios::Books& books, const scenarios::History& history,
                          const std::array<double, 12>& season) {
  FittedService service;
  service.deliveries = deliveries_of(books, history.origin, std::nullopt);
  constexpr double fewest = 100;
  for (std::uint32_t g = 0; g < books.groups.size() && books.groups.size() > 1; ++g) {
    service.of_group.push_back(deliveries_of(books, history.origin, g));
    if (service.of_group.back().all < fewest) service.of_group.back() = {};
  }
  if (!models::shares_differ(service.of_group, service.deliveries)) service.of_group.clear();
  service.surveys_were_read = books.has(scenarios::BookFile::surveys) || !books.surveys.empty();
  if (service.surveys_were_read) service.surveys = fit_surveys(books, history, season);
  if (!service.is_known()) return service;
  service.neutral = neutral_service(service.deliveries, service.surveys);
  for (const LateDeliveries& own : service.of_group)
    service.neutral_of_group.push_back(own.is_known() ? neutral_service(own, service.surveys) : service.neutral);
  return service;
}

std::string satisfaction_effect_line(const FittedService& service) {
  if (!service.surveys_were_read) return "";
  const models::Fitted* const fit = service.surveys.slope.chosen();
  if (fit == nullptr) return fmt::format("satisfaction_effect = 0    # not known: {}\n", why_no_slope(service.surveys));
  return fmt::format("satisfaction_effect = {:.4g}    # log orders per 10 points: {}\n",
                     in_range(models::slope_of(*fit).value), told_of_slope(service.surveys));
}

std::string service_tables(const FittedService& service) {
  const NeutralService& neutral = service.neutral;
  std::string text;
  if (service.deliveries.is_known())
    text += fmt::format("[service]\nlate_chance = {:.6g}    # {}\n\n", service.deliveries.share(),
                        told_of(service.deliveries));
  text += "[satisfaction]\n";
  if (neutral.performance == default_performance())
    return text + fmt::format(
                      "reference = {:.6g}          # where customers stand under today's service, so that orders "
                      "and leaving are as fitted\n\n",
                      neutral.reference);
  return text + fmt::format(
                    "reference   = {:.6g}    # the mean of {} answers, +- {:.2g}; they differ by {:.3g} (sd). "
                    "There orders and leaving are as fitted\n"
                    "performance = {:.6g}    # at which customers settle there under today's service\n\n",
                    neutral.reference, with_commas(service.surveys.answers), 1.96 * service.surveys.mean_se,
                    service.surveys.sd, neutral.performance);
}

std::string service_of_group(const FittedService& service, std::size_t group) {
  if (group >= service.of_group.size() || !service.of_group[group].is_known()) return "";
  const LateDeliveries& own = service.of_group[group];
  const NeutralService& neutral = service.neutral_of_group[group];
  return fmt::format("service.late_chance = {:.6g}    # {}\nsatisfaction.reference = {:.6g}\n{}", own.share(),
                     told_of(own), neutral.reference,
                     neutral.performance == default_performance()
                         ? ""
                         : fmt::format("satisfaction.performance = {:.6g}\n", neutral.performance));
}

DrawnColumns service_draws(const FittedService& service, const std::vector<std::string>& groups, std::size_t draws,
                           std::uint32_t seed) {
  DrawnColumns columns;
  const auto add = [&](const std::string& path, const auto& value) {
    auto& [name, values] = columns.emplace_back(path, std::vector<double>{});
    for (std::size_t d = 0; d < draws; ++d) values.push_back(value(static_cast<std::uint32_t>(d)));
  };
  const auto add_late = [&](const std::string& where, const LateDeliveries& of, const NeutralService& neutral,
                            std::uint32_t place) {
    const auto late = [&, place](std::uint32_t d) { return of.quantile(models::uniform_of_fit(seed, d, place, 0)); };
    add(where + "service.late_chance", late);
    // What more late deliveries take, the reference or performance gives: orders and leaving stay as fitted.
    const bool by_level = neutral.performance != default_performance();
    add(where + (by_level ? "satisfaction.performance" : "satisfaction.reference"), [&](std::uint32_t d) {
      const double settled = neutral.slope * (late(d) - of.share());
      return std::clamp(by_level ? neutral.performance - settled : neutral.reference + settled, 0.0, 100.0);
    });
  };
  if (service.deliveries.is_known()) add_late("", service.deliveries, service.neutral, 0);
  for (std::size_t g = 0; g < groups.size(); ++g)
    if (g / 2 < service.of_group.size() && service.of_group[g / 2].is_known())
      add_late("population.group." + groups[g] + ".", service.of_group[g / 2], service.neutral_of_group[g / 2],
               static_cast<std::uint32_t>(g / 2) + 1);
  if (const models::Fitted* const fit = service.surveys.slope.chosen())
    add("purchasing.satisfaction_effect", [&](std::uint32_t d) {
      return in_range(models::slope_of(*fit).value + models::slope_of(*fit).se * models::normal_of_fit(seed, d, 0, 1));
    });
  return columns;
}

std::vector<std::string> told_of(const FittedService& service) {
  std::vector<std::string> lines;
  if (service.deliveries.is_known())
    add_wrapped(fmt::format("Deliveries: {:.4g} % were late ({}). It is service.late_chance of the study{}.",
                            100 * service.deliveries.share(), told_of(service.deliveries),
                            std::ranges::any_of(service.of_group, &LateDeliveries::is_known)
                                ? ", and each group has its own, for groups differ by more than luck"
                                : ""),
                lines);
  if (!service.surveys_were_read) return lines;
  const FittedSurveys& surveys = service.surveys;
  std::string text = "Surveys: ";
  if (surveys.answers > 0)
    text += fmt::format(
        "{} answers of {} customers, {}; in points of 0 to 100 the mean is {:.1f} +- {:.2g} (95 %), at "
        "which the study has today's service. ",
        with_commas(surveys.answers), with_commas(surveys.customers), surveys.scale, surveys.mean,
        1.96 * surveys.mean_se);
  if (const models::Fitted* const fit = surveys.slope.chosen()) {
    text += fmt::format(
        "Ten points more go with {:+.1f} % orders in the months after the answer (log {:.3g}: {}). "
        "What those who leave after it do not order is part of it.",
        100 * std::expm1(models::slope_of(*fit).value), models::slope_of(*fit).value, told_of_slope(surveys));
    if (!surveys.chosen_is_within())
      text += surveys.slope.within.is_found()
                  ? fmt::format(" By each customer's own ups and downs it is too loosely known: {:.3g} +- {:.2g}.",
                                surveys.slope.within.values[0], 1.96 * surveys.slope.within.estimates[0].se)
                  : " By each customer's own ups and downs it is " + surveys.slope.within.why_not + ".";
  } else {
    text += "What satisfaction does to orders is not known: " + why_no_slope(surveys) +
            ". The study has purchasing.satisfaction_effect = 0.";
  }
  add_wrapped(text, lines);
  return lines;
}

}  // namespace clientele::tools
