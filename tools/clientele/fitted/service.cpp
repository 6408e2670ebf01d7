// Shares by counting, slopes by maximum likelihood, and a level at which neither moves what orders have told.
#include "tools/clientele/fitted/service.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>

#include <fmt/format.h>

#include "models/conditioning/quantiles.hpp"
#include "models/fit/normal_words.hpp"
#include "scenarios/books/dates.hpp"
#include "tools/clientele/fitted/base.hpp"
#include "tools/clientele/fitted/neutral.hpp"
#include "tools/clientele/fitted/wrapped.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

using scenarios::Day;

namespace {

struct Answer {
  std::uint32_t customer = 0;
  Day day = 0;
  double points = 0, times = 1;
};

LateDeliveries deliveries_of(const scenarios::Books& books, Day origin, std::optional<std::uint32_t> group) {
  LateDeliveries found;
  std::map<scenarios::CalendarMonth, std::array<double, 2>> months;  // late, all
  for (const scenarios::BookDelivery& one : books.deliveries) {
    if (one.day >= origin || (group && books.customers[one.customer].group != *group)) continue;
    auto& [late, all] = months[scenarios::month_of(one.day)];
    late += one.late ? 1 : 0, ++all;
    found.late += one.late ? 1 : 0, ++found.all;
  }
  const double share = found.share();
  double chi = 0, counted = 0;
  for (const auto& [month, of] : months) {
    constexpr double fewest = 5;
    const double variance = of[1] * share * (1 - share);
    if (of[1] * share < fewest || of[1] * (1 - share) < fewest) continue;
    chi += std::pow(of[0] - of[1] * share, 2) / variance, ++counted;
  }
  if (counted >= 3) found.dispersion = std::max(1.0, chi / (counted - 1));
  return found;
}

/// Whether shares of groups differ by more than luck, months as they are: Pearson's chi-square against its 95 % by
/// the normal law.
bool groups_differ(const std::vector<LateDeliveries>& groups, const LateDeliveries& all) {
  double chi = 0, freedom = -1;
  for (const LateDeliveries& one : groups) {
    if (!one.is_known()) continue;
    const double variance = one.all * all.share() * (1 - all.share()) * all.dispersion;
    if (!(variance > 0)) return false;
    chi += std::pow(one.late - one.all * all.share(), 2) / variance, ++freedom;
  }
  return freedom > 0 && chi > freedom + 1.645 * std::sqrt(2 * freedom);
}

/// Answers of who had ordered by then, one a customer and day, in the order of both.
std::vector<Answer> answers_in(const scenarios::Books& books, const scenarios::History& history) {
  std::vector<Day> first(books.customers.size(), history.origin);
  for (const scenarios::CustomerHistory& one : history.customers) first[one.customer] = one.first_order;
  std::vector<Answer> answers;
  for (const scenarios::BookSurvey& one : books.surveys)
    if (one.day < history.origin && one.day >= first[one.customer])
      answers.push_back({one.customer, one.day, one.score});
  std::ranges::sort(answers, {}, [](const Answer& one) { return std::tuple(one.customer, one.day, one.points); });
  std::vector<Answer> merged;
  for (const Answer& one : answers) {
    if (merged.empty() || merged.back().customer != one.customer || merged.back().day != one.day) {
      merged.push_back(one);
      continue;
    }
    Answer& same = merged.back();
    same.points += (one.points - same.points) / ++same.times;
  }
  return merged;
}

/// Brings answers to points of 0 to 100; says what they were taken for.
std::string to_points(std::vector<Answer>& answers, std::string& why_not) {
  const auto [low, high] = std::ranges::minmax(answers, {}, &Answer::points);
  const auto taken = [&](double from, double to) {
    for (Answer& one : answers) one.points = 100 * (one.points - from) / (to - from);
    return fmt::format("from {:g} to {:g}, taken for a scale of {:g} to {:g}", low.points, high.points, from, to);
  };
  if (low.points < 0 || high.points > 100) {
    why_not = fmt::format("answers run from {:g} to {:g}, which is no scale of 1 to 5, 0 to 10 or 0 to 100", low.points,
                          high.points);
    return "";
  }
  if (high.points <= 5) return low.points >= 1 ? taken(1, 5) : taken(0, 5);
  return high.points <= 10 ? taken(0, 10) : taken(0, 100);
}

void tell_level(const std::vector<Answer>& answers, FittedSurveys& surveys) {
  double sum = 0;
  for (const Answer& one : answers) sum += one.points;
  const auto n = static_cast<double>(answers.size());
  surveys.mean = sum / n;
  double squares = 0, of_customers = 0, own = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const double off = answers[i].points - surveys.mean;
    squares += off * off, own += off;
    if (i + 1 < answers.size() && answers[i + 1].customer == answers[i].customer) continue;
    of_customers += own * own, own = 0, ++surveys.customers;
  }
  surveys.sd = std::sqrt(squares / n), surveys.mean_se = std::sqrt(of_customers) / n;
}

models::SurveyHistory joined_to_orders(const std::vector<Answer>& answers, const scenarios::Books& books,
                                       const scenarios::History& history, const Season& season, std::size_t customers) {
  constexpr int longest = 6;  // months
  constexpr std::size_t most = 10'000;
  const auto events = scenarios::events_before(books, history.origin);
  const std::size_t stride = customers / most + 1;
  models::SurveyHistory joined;
  std::size_t customer = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (i > 0 && answers[i].customer != answers[i - 1].customer) ++customer;
    if (customer % stride != 0) continue;
    const Day from = answers[i].day + 1;
    Day to = std::min(history.origin, scenarios::months_later(from, longest));
    if (i + 1 < answers.size() && answers[i + 1].customer == answers[i].customer)
      to = std::min(to, answers[i + 1].day + 1);
    if (to <= from) continue;
    joined.customer.push_back(customer);
    joined.points.push_back(answers[i].points);
    joined.orders.push_back(
        static_cast<double>(std::ranges::count_if(events[answers[i].customer], [&](const scenarios::BookEvent& event) {
          return event.day >= from && event.day < to;
        })));
    joined.exposure.push_back(season_time(from, to, season));
  }
  return joined;
}

FittedSurveys fit_surveys(const scenarios::Books& books, const scenarios::History& history, const Season& season) {
  FittedSurveys surveys;
  std::vector<Answer> answers = answers_in(books, history);
  if (answers.empty()) {
    surveys.why_not = "no answer is of a customer who had ordered by then";
    return surveys;
  }
  surveys.scale = to_points(answers, surveys.why_not);
  if (!surveys.why_not.empty()) return surveys;
  surveys.answers = answers.size();
  tell_level(answers, surveys);
  const models::SurveyHistory joined = joined_to_orders(answers, books, history, season, surveys.customers);
  if (joined.rows() == 0)
    surveys.why_not = "all answers are of the last day of the books";
  else
    surveys.slope = models::fit_satisfaction(joined);
  return surveys;
}

const models::Estimate& slope_in(const models::Fitted& fit) { return fit.estimates[fit.estimates.size() > 1 ? 1 : 0]; }

double in_range(double effect) { return std::clamp(effect, -1.0, 2.0); }

std::string why_no_slope(const FittedSurveys& surveys) {
  if (!surveys.why_not.empty()) return surveys.why_not;
  const std::string why =
      surveys.slope.between.why_not.empty() ? surveys.slope.within.why_not : surveys.slope.between.why_not;
  constexpr std::string_view said_already = "not known, for ";
  return why.starts_with(said_already) ? why.substr(said_already.size()) : why;
}

std::string told_of_slope(const FittedSurveys& surveys) {
  const models::Fitted& fit = *surveys.chosen();
  const models::Estimate& slope = slope_in(fit);
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

double LateDeliveries::quantile(double p) const {
  return models::beta_quantile(late / dispersion + 0.5, (all - late) / dispersion + 0.5, p);
}

const models::Fitted* FittedSurveys::chosen() const {
  constexpr double most_error = 0.1;  // per 10 points
  if (slope.within.is_found() && slope_in(slope.within).se <= most_error) return &slope.within;
  if (slope.between.is_found()) return &slope.between;
  return slope.within.is_found() ? &slope.within : nullptr;
}

FittedService fit_service(const scenarios::Books& books, const scenarios::History& history,
                          const std::array<double, 12>& season) {
  FittedService service;
  service.deliveries = deliveries_of(books, history.origin, std::nullopt);
  constexpr double fewest = 100;
  for (std::uint32_t g = 0; g < books.groups.size() && books.groups.size() > 1; ++g) {
    service.of_group.push_back(deliveries_of(books, history.origin, g));
    if (service.of_group.back().all < fewest) service.of_group.back() = {};
  }
  if (!groups_differ(service.of_group, service.deliveries)) service.of_group.clear();
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
  const models::Fitted* const fit = service.surveys.chosen();
  if (fit == nullptr) return fmt::format("satisfaction_effect = 0    # not known: {}\n", why_no_slope(service.surveys));
  return fmt::format("satisfaction_effect = {:.4g}    # log orders per 10 points: {}\n", in_range(slope_in(*fit).value),
                     told_of_slope(service.surveys));
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
  if (const models::Fitted* const fit = service.surveys.chosen())
    add("purchasing.satisfaction_effect", [&](std::uint32_t d) {
      return in_range(slope_in(*fit).value + slope_in(*fit).se * models::normal_of_fit(seed, d, 0, 1));
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
  if (const models::Fitted* const fit = surveys.chosen()) {
    text += fmt::format(
        "Ten points more go with {:+.1f} % orders in the months after the answer (log {:.3g}: {}). "
        "What those who leave after it do not order is part of it.",
        100 * std::expm1(slope_in(*fit).value), slope_in(*fit).value, told_of_slope(surveys));
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
