// What is said in one language is said in the others: every message, with the same slots, and with the same numbers.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <functional>
#include <limits>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "models/catalogue.hpp"
#include "output/statistics/statements.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/invented_answers.hpp"
#include "tools/clientele/backtested.hpp"
#include "tools/clientele/compare/found.hpp"
#include "tools/clientele/compare/limits.hpp"
#include "tools/clientele/compare/sentences.hpp"
#include "tools/clientele/compare/why.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/language/elsewhere.hpp"
#include "tools/clientele/language/messages.hpp"

namespace clientele::tests {

using output::Comparison;
using output::ComparisonInput;
using tools::Language;
using tools::Message;
using tools::say;
using tools::translated;
using enum tools::Language;

namespace {

const std::vector<Language> others{chinese, spanish};

std::vector<Message> all_messages() {
  std::vector<Message> all;
  for (const auto table :
       {tools::answer_messages(), tools::page_messages(), tools::picture_messages(), tools::messages_from_elsewhere()})
    all.insert(all.end(), table.begin(), table.end());
  return all;
}

std::set<std::string> slots_of(std::string_view text) {
  std::set<std::string> slots;
  for (std::size_t open = text.find('{'); open != text.npos; open = text.find('{', open + 1))
    slots.emplace(text.substr(open, text.find('}', open) - open));
  return slots;
}

/// What stands between slots.
std::vector<std::string> pieces_of(std::string_view text) {
  std::vector<std::string> pieces;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    pieces.emplace_back(text.substr(0, open));
    text.remove_prefix(open == text.npos ? text.size() : text.find('}') + 1);
  }
  return pieces;
}

/// Between `open` and `close` there is nothing, these included.
std::string without(std::string text, const std::string& open, const std::string& close) {
  for (std::size_t at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
    const std::size_t end = text.find(close, at);
    text.erase(at, end == std::string::npos ? end : end + close.size() - at);
  }
  return text;
}

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

/// Letters of a to z, two or more together.
std::set<std::string> words_of(const std::string& text) {
  std::set<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    const bool is_inside = is_letter(c) || static_cast<unsigned char>(c) >= 0x80;  // "días" is one word
    if (is_inside) word += c;
    if (is_inside) continue;
    if (word.size() > 1 && std::ranges::all_of(word, is_letter)) words.insert(word);
    word.clear();
  }
  return words;
}

/// First bytes of what lies between U+3000 and U+9FFF.
bool has_chinese(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xE3 && byte <= 0xE9;
  });
}

void replace_all(std::string& text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

/// Numbers in ascending order, with a point for decimals and nothing between groups of three.
std::multiset<std::string> numbers_of(std::string text, Language language) {
  if (language == spanish) replace_all(text, "\u202f", "");
  std::multiset<std::string> numbers;
  std::string number;
  text += ' ';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool between = !number.empty() && i + 1 < text.size() && is_digit(text[i + 1]);
    if (is_digit(text[i]))
      number += text[i];
    else if (between && (text[i] == '.' || text[i] == ','))
      number += text[i] == '.' || language == spanish ? "." : "";
    else if (!number.empty())
      numbers.insert(std::exchange(number, ""));
  }
  return numbers;
}

/// The sentences, one line each.
std::string said(const Comparison& comparison, Language language) {
  std::string text;
  for (const tools::Sentence& sentence : tools::sentences_of(comparison, language)) text += sentence.text + "\n";
  return text;
}

std::string said(const tools::Sensitivity& found, Language language) {
  std::string text;
  for (const tools::Sentence& sentence : tools::sentences_of(found, "s.json", language)) text += sentence.text + "\n";
  return text;
}

/// Bounds of each kind, of two policies: broken in some futures, in none, and where one future tells nothing of
/// chances.
std::string said_of_bounds(Language language) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  Comparison c;
  c.scenarios = {"usual"};
  c.policies = {"today", "new"};
  c.currency = "EUR";
  c.question.scenarios = {0};
  c.question.policies = {0, 1};
  std::vector<output::KeptBound> bounds;
  for (const output::Bound& bound : {output::Bound{"dso", 45.0, {}, ""}, output::Bound{"dso", {}, 20.0, ""},
                                     output::Bound{"dso", 45.0, 20.0, "new"}}) {
    output::KeptBound& kept = bounds.emplace_back();
    kept.bound = bound;
    kept.words.name = "dso";
    kept.words.unit = "1";
    kept.arms = {{0, 0, 31, 100, {0.23, 0.41}}, {0, 1, 0, 1, {missing, missing}}};
  }
  std::string text;
  for (const tools::Sentence& sentence : tools::sentences_of(bounds, c, language)) text += sentence.text + "\n";
  return text;
}

/// What sensitivity may find: a number that turns the difference, of which little is known in each way, or none.
std::vector<tools::Sensitivity> small_findings() {
  constexpr double far = std::numeric_limits<double>::infinity();
  tools::Sensitivity none, some;
  none.scenario = "usual";
  none.policy = "new";
  none.baseline = "today";
  none.kpi = {
      .name = "npv", .meaning = "", .unit = "EUR", .formula = "", .direction = sim::Direction::higher_is_better};
  none.swings.resize(3);
  for (tools::Swing& swing : none.swings) swing.number = {{}, 0, {}, "care.effect", "the effect of care", "guess"};
  none.all_at_once = {200, 41, 30, 90, {0.1, 0.3}, std::nullopt};
  some = none;
  for (tools::Swing& swing : some.swings) swing.turns_sign = true;
  some.swings[0].turns = {{0.25, -far, far, true}, {0.5, 0.4, 0.6, false}};
  some.swings[1].turns = {{3, -far, 4, true}};
  some.swings[2].turns = {{1500, 1200, far, false}};
  some.all_at_once.split = tools::Split{1, 2.5, 3, 70, 38, 130};
  return {none, some};
}

Comparison answer_to(const ComparisonInput& input) { return output::compare(input, everything_in(input)); }

Comparison answered(const InventedGain& gain, std::size_t draws = 100, std::size_t replications = 1) {
  return answer_to(invented_input(gain, draws, replications));
}

constexpr double never = std::numeric_limits<double>::infinity();

/// An answer whose numbers a test sets one by one, for what is said rarely.
Comparison altered(const std::function<void(Comparison&, output::Answer&)>& change) {
  Comparison c = answered({.within = 500, .beyond = 700, .spread = 100, .levers = 300, .evenly = 200});
  change(c, *c.answer);
  return c;
}

/// Numbers that turn the sign from some value on, up to some value, never, and somewhere.
std::vector<output::Moved> moved() {
  std::vector<output::Moved> all(4);
  all[0].turns = {{0.4, -never, 0.5, true}};
  all[1].turns = {{0.4, 0.3, never, true}};
  all[3].turns = {{0.4, -never, never, true}};
  all[0].together = {0};
  all[1].together = {0, 0};
  return all;
}

void pick_one_that_is_not_clear(Comparison&, output::Answer& answer) {
  answer.rivals = 3;
  answer.within->half_width = answer.headline.half_width = 1e9;
  answer.spending->levers_of_evenly = 0.1;
  answer.spending->gain_per_unit = 2;
  answer.headline.statements.futures.better -= 3;
  answer.headline.statements.futures.equal = 3;
  answer.payback = {2, 5, never, 100, 4, 96};
}

void look_one_month_ahead(Comparison& c, output::Answer& answer) {
  c.months = 1;
  c.first_year = 0;  // a Chinese month would be one more number
  c.stated.clear();
  c.guesses.resize(1);
  answer.spending->levers_of_evenly = -0.1;
  answer.payback = {2, 5, 9, 100, 0, 96};
  answer.headline.of_baseline = answer.within->of_baseline = 5000;
}

void hope_for_less(Comparison& c, output::Answer& answer) {
  answer.headline.kpi.direction = sim::Direction::lower_is_better;
  answer.spending->levers.average.mean = -300;
  answer.conditions[0].hangs_on.strongest = moved();
  c.drawn[0].field.mark = "stated";
}

void ask_for_another_kpi(Comparison& c, output::Answer& answer) {
  c.drawn[0].field.mark = "fiction";
  answer.headline.kpi.part = sim::KpiPart::none;
  answer.beyond->statements.average.mean = -900;
  answer.payback = {2, never, never, 100, 100, 96};
}

/// Programs that pay, that need not, that cannot, that nobody is told of, and one whose lift nobody can tell apart.
Comparison with_lift(const std::function<void(output::Lift&)>& change) {
  return altered([&](Comparison& c, output::Answer&) {
    output::Lift& lift = c.lifts.emplace_back();
    lift.policy = 1;
    lift.break_even = {0.029, 0.002, 20, "", ""};
    lift.implied = {0.011, 0.005, 20, "covers about 9 in 10", ""};
    lift.implied_in_future = {0.001, 0.01, 0.02, 20, 20, ""};
    lift.lead = {-0.018, 0.004, 20, "", ""};
    change(lift);
  });
}

std::vector<Comparison> answers_of_programs() {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  const output::Interval none{missing, missing, 0, "", "it is not defined"};
  return {with_lift([](output::Lift&) {}), with_lift([](output::Lift& lift) {
            lift.is_against_program = true;
            lift.implied.mean = -0.004;
            lift.lead.half_width = 0.1;
          }),
          with_lift([](output::Lift& lift) {
            lift.break_even.mean = -0.012;
            lift.implied = {0, 0, 20, "", ""};
          }),
          with_lift([&](output::Lift& lift) {
            lift.break_even = lift.lead = none;
            lift.implied.half_width = missing;
            lift.implied.why_missing = "it hangs on a single one of what is independent";
          }),
          with_lift([&](output::Lift& lift) { lift.implied = none; })};
}

std::vector<Comparison> rare_answers() {
  return {altered(pick_one_that_is_not_clear),
          altered(look_one_month_ahead),
          altered(hope_for_less),
          altered(ask_for_another_kpi),
          altered([](Comparison&, output::Answer& answer) { answer.payback = {never, never, never, 100, 96, 96}; }),
          altered([](Comparison&, output::Answer& answer) {
            answer.headline.statements.average = {std::nan(""), std::nan(""), 0, "", "no value is there"};
          }),
          altered([](Comparison& c, output::Answer&) { c.answer.reset(); })};
}

/// Between them they have every sentence that an answer can hold. Amounts are below 10,000, where no language has a
/// unit.
std::vector<Comparison> small_answers() {
  std::vector<Comparison> all = rare_answers();
  for (Comparison& c : answers_of_programs()) all.push_back(std::move(c));
  all.push_back(answered({.within = 500, .beyond = 700, .spread = 100}));
  all.push_back(answered({.within = -500, .beyond = 900, .spread = 100, .levers = 400, .evenly = 200}));
  all.push_back(answered({.within = 10, .beyond = 0, .spread = 1000, .levers = 300, .evenly = -20}, 40, 4));
  all.push_back(answered({.within = 500, .beyond = -900, .spread = 2000, .share_of_ten_largest = 0.4}, 60, 1));
  all.push_back(answered({.within = 500, .beyond = 900, .spread = 100, .share_of_ten_largest = 0.2}, 60, 1));
  all.push_back(answered({.within = 100, .spread = 10, .slope = 2000, .turn = 0.45}));
  all.push_back(answered({.within = -300, .beyond = 900, .spread = 50, .levers = 500}, 40, 2));
  all.push_back(answered({.within = 500, .spread = 100, .direction = sim::Direction::lower_is_better}));
  all.push_back(answered({.within = 500, .beyond = 500, .spread = 100}, 1, 1));
  all.push_back(answered({.within = 500, .beyond = -500, .spread = 100}, 4, 1));
  all.push_back(answered({.within = 500, .beyond = -500, .spread = 100}, 1, 12));
  all.push_back(answered({}));
  all.push_back(answered({}, 1, 1));
  ComparisonInput input = invented_input({.within = 500, .beyond = 700, .spread = 100, .levers = 300}, 100, 1);
  input.months = 18;
  input.first_year = 0;
  input.roll_outs = {
      "", "12.5 % of customers from month 3, all customers from month 6 (until then they live as under today)"};
  input.customer_file = "customers.csv";
  all.push_back(answer_to(input));
  for (output::KpiTexts& kpi : input.kpis) kpi.part = sim::KpiPart::none, kpi.unit = "day";
  input.assumptions.clear();
  all.push_back(answer_to(input));
  return all;
}

/// Names of the invented study, units, and what is typed.
const std::set<std::string> names{"New", "Npv",  "new",    "today", "same", "for",     "all",    "calm",
                                  "npv", "care", "effect", "reach", "EUR",  "compare", "guesses"};

std::set<std::string> beside_names(const std::string& text) {
  std::set<std::string> words;
  for (const std::string& word : words_of(without(text, "\u2068", "\u2069")))
    if (!names.contains(word)) words.insert(word);
  return words;
}

/// English words that Spanish has too.
const std::set<std::string> of_both{"no", "No", "sets", "error"};

}  // namespace

TEST_CASE("every message is there in each language, with the same slots, under a name of its own") {
  std::set<std::string_view> ids;
  for (const Message& message : all_messages()) {
    INFO(message.id);
    CHECK(ids.insert(message.id).second);
    for (const Language language : others) {
      CHECK_FALSE(message.in(language).empty());
      CHECK(slots_of(message.in(language)) == slots_of(message.english));
    }
  }
}

TEST_CASE("no message was left in English") {
  // Words that Spanish shares with English.
  const std::set<std::string_view> alike{"code.no", "code.total"};
  for (const Message& message : all_messages()) {
    INFO(message.id);
    if (words_of(without(std::string(message.english), "{", "}")).empty()) continue;
    const bool is_slots_alone = message.chinese.starts_with('{') && message.chinese.ends_with('}');
    CHECK((has_chinese(message.chinese) || is_slots_alone));
    CHECK((message.spanish != message.english || alike.contains(message.id)));
  }
}

TEST_CASE("a message refuses a name that it does not have, a slot that is not filled and one too many") {
  CHECK(say(english, "place.scenario", {{"scenario", "calm"}}) == "In calm, ");
  CHECK_THROWS(say(english, "place.nowhere"));
  CHECK_THROWS(say(english, "place.scenario"));
  CHECK_THROWS(say(english, "place.scenario", {{"scenario", "calm"}, {"policy", "new"}}));
}

TEST_CASE("in Chinese a blank stands beside names and numbers only") {
  CHECK(say(chinese, "change.adds", {{"kpi", "npv"}, {"amount", "5"}, {"relative", ""}}) == "使 npv 增加 5");
  CHECK(say(chinese, "change.adds", {{"kpi", "三年利润"}, {"amount", "600万"}, {"relative", ""}}) ==
        "使三年利润增加 600万");
  CHECK(tools::months_in_words(36, chinese) == "三年");
  CHECK(tools::months_in_words(18, chinese) == "18 个月");
  CHECK(tools::months_in_words(18, spanish) == "18 meses");
  CHECK(tools::percent(0.96, chinese) == "96%");
  CHECK(tools::percent(0.96, spanish) == "96\u00a0%");
}

TEST_CASE("an answer reads as people write it") {
  const Comparison c = answered({.within = 5e6, .beyond = 7e6, .spread = 1e6});
  const std::string in_chinese = said(c, chinese), in_spanish = said(c, spanish);
  CHECK_THAT(in_chinese, contains("new 优于 today：使三年利润增加 500万 EUR，即 1.0%（模拟误差 ± "));
  CHECK_THAT(in_chinese, contains("，并在 2029 年底之后的五年里使留存客户带来的收益增加 700万 EUR（"));
  CHECK_THAT(in_chinese, contains("三年利润：全部 100 个模拟的未来（100 组假设）中都增加：概率至少 96%"));
  CHECK_THAT(in_spanish, contains("New es mejor que today: aumenta el beneficio de tres años en 5,0"));
  CHECK_THAT(in_spanish, contains(" M EUR, un 1,0\u00a0% (error de simulación ± 0,"));
  CHECK_THAT(in_spanish, contains("por los clientes que permanecen, durante cinco años tras finales de 2029"));
  CHECK_THAT(in_spanish, contains("El beneficio de tres años sube en la totalidad de los 100 futuros simulados (100 "
                                  "conjuntos de supuestos): probabilidad mínima del 96\u00a0%"));
}

TEST_CASE("no English is left in an answer, and its numbers are those of the English one") {
  for (const Comparison& c : small_answers()) {
    const std::string in_english = said(c, english);
    INFO(in_english);
    for (const Language language : others) {
      const std::string text = said(c, language);
      INFO(text);
      CHECK(text != in_english);
      CHECK(numbers_of(text, language) == numbers_of(in_english, english));
      CHECK(std::ranges::count(text, '\n') == std::ranges::count(in_english, '\n'));
    }
    CHECK(beside_names(said(c, chinese)) == std::set<std::string>{});
    std::set<std::string> shared;
    const std::set<std::string> spoken = beside_names(in_english);
    for (const std::string& word : beside_names(said(c, spanish)))
      if (spoken.contains(word) && !of_both.contains(word)) shared.insert(word);
    CHECK(shared == std::set<std::string>{});
  }
}

TEST_CASE("why a policy differs is told with the same numbers in each language") {
  ComparisonInput input = invented_why({.within = 4e4, .spread = 1e4}, 40, 1);
  input.values = [whole = input.values](const std::string& kpi) {  // below what has a word: ten thousand has one
    std::vector<double> values = whole(kpi);
    for (double& value : values) value /= 100;
    return values;
  };
  const Comparison c = output::compare(input, everything_in(input));
  const output::WhyKpi kpi = output::why_of(input, c).kpis.front();
  const std::string in_english = tools::why_sentence(c, kpi, kpi.arms.front());
  CHECK_THAT(in_english, contains("In calm, new changes three years' profit by "));
  CHECK_THAT(in_english, contains(" by whom it grants it to; +100 "));
  for (const Language language : others) {
    const std::string text = tools::why_sentence(c, kpi, kpi.arms.front(), language);
    INFO(in_english + text);
    CHECK(numbers_of(text, language) == numbers_of(in_english, english));
    const std::string channels = tools::channels_sentence(c, kpi, kpi.arms.front(), language);
    CHECK(numbers_of(channels, language) == numbers_of(tools::channels_sentence(c, kpi, kpi.arms.front()), english));
  }
}

TEST_CASE("what sensitivity found has the same numbers in each language") {
  for (const tools::Sensitivity& found : small_findings()) {
    const std::string in_english = said(found, english);
    for (const Language language : others) {
      INFO(in_english + said(found, language));
      CHECK(numbers_of(said(found, language), language) == numbers_of(in_english, english));
    }
  }
  CHECK_THAT(
      said(small_findings()[1], english),
      contains("new is better where the effect of care (care.effect) is below 0.500 (0.400 to 0.600; stated 0)."));
}

TEST_CASE("what is said of bounds has the same numbers in each language") {
  const std::string in_english = said_of_bounds(english);
  CHECK_THAT(in_english,
             contains("dso is to be at most 45.00. In usual: today breaks that in 31 of 100 futures (23 % to "
                      "41 %), new breaks that in 0 of 1 futures.\n"));
  for (const Language language : others) {
    INFO(said_of_bounds(language));
    CHECK(numbers_of(said_of_bounds(language), language) == numbers_of(in_english, english));
    CHECK(said_of_bounds(language) != in_english);
  }
}

/// Of studies that are fitted or not, whose backtests were of one or several half-years, years or other lengths.
std::string said_of_backtests(Language language) {
  std::string all;
  for (const output::FittedToBooks& fitted : std::vector<output::FittedToBooks>{
           {},
           {.fitted = true},
           {.fitted = true, .inside = 5, .figures = 9, .origins = 1, .months = 6},
           {.fitted = true, .inside = 5, .figures = 27, .origins = 3, .months = 6},
           {.fitted = true, .inside = 5, .figures = 9, .origins = 1, .months = 12},
           {.fitted = true, .inside = 5, .figures = 18, .origins = 2, .months = 12},
           {.fitted = true, .inside = 5, .figures = 27, .origins = 3, .months = 4},
           {.fitted = true, .inside = 5, .figures = 9, .origins = 1, .months = 6, .changed_since = true}})
    for (const char* file : {"", "customers.csv"}) all += tools::fitted_in_words(fitted, file, language) + "\n";
  return all;
}

TEST_CASE("what is said of backtests has the same numbers in each language") {
  const std::string in_english = said_of_backtests(english);
  CHECK_THAT(in_english, contains("5 of 27 figures"));
  for (const Language language : others)
    CHECK(numbers_of(said_of_backtests(language), language) == numbers_of(in_english, english));
}

TEST_CASE("the answers of these tests say every message but for other months and lengths of time") {
  std::string all;
  for (const Comparison& c : small_answers()) all += said(c, spanish);
  for (const tools::Sensitivity& found : small_findings()) all += said(found, spanish);
  all += said_of_bounds(spanish) + said_of_backtests(spanish);
  for (const Message& message : tools::answer_messages()) {
    INFO(message.id);
    if (message.id.starts_with("month") || message.id.starts_with("years") || message.id.starts_with("favorable") ||
        message.id == "number.chance")
      continue;
    for (const std::string& piece : pieces_of(message.spanish)) CHECK_THAT(all, contains(piece));
  }
}

TEST_CASE("what other rooms say in English is known by their very words") {
  using output::Cause;
  using output::Statements;
  const auto is_known = [](const std::string& text) {
    INFO(text);
    CHECK_THAT(translated(spanish, text), !contains("\u2068"));
    CHECK_THAT(translated(chinese, text), !contains("\u2068"));
    CHECK(translated(english, text) == text);
  };
  for (int percent = 0; percent <= 100; ++percent) is_known(output::in_words(percent / 100.0));
  using enum Cause;
  for (const Cause cause : {parameters, people, luck, people_and_luck, parameters_and_people})
    is_known(output::words_of(cause));
  for (const Comparison& c : small_answers()) {
    for (const std::string& roll_out : c.roll_outs)
      if (!roll_out.empty()) is_known(roll_out);
    for (const output::ComparedArm& arm : c.kpis[0].arms) {
      if (!arm.against) continue;
      const Statements& s = *arm.against;
      for (const std::string& text : {s.average.why_missing, s.average.caution, s.range.why_missing,
                                      s.futures.why_missing, s.draws.why_missing, s.split.why_missing})
        if (!text.empty()) is_known(text);
    }
  }
}

TEST_CASE("what is called something by a board is called something in each language") {
  const sim::Catalogue catalogue = models::catalogue();
  std::size_t called = 0;
  for (const auto& table : catalogue.tables())
    for (const sim::FieldInfo& field : table.fields.fields()) {
      if (field.called.empty()) continue;
      INFO(field.called);
      ++called;
      CHECK_THAT(translated(spanish, std::string(field.called)), !contains("\u2068"));
    }
  CHECK(called > 10);
  for (const sim::KpiInfo& kpi : catalogue.kpis())
    if (kpi.part == sim::KpiPart::within) CHECK_THAT(translated(chinese, kpi.meaning), !contains("\u2068"));
}

TEST_CASE("a text that nobody knows stays English, and is marked as such") {
  CHECK(translated(spanish, "what nobody has heard of") == "\u2068what nobody has heard of\u2069");
  CHECK(translated(spanish, "all customers from month 6, whatever comes") ==
        "\u2068all customers from month 6, whatever comes\u2069");
  CHECK(translated(spanish, "12.5 % of group a, b from month 6") == "el 12,5\u00a0% del grupo a, b desde el mes 6");
  CHECK(translated(chinese, "it needs 40 draws, here are 12") == "需要 40 次抽样，这里只有 12 次");
  CHECK(translated(english, "it needs 40 draws, here are 12") == "it needs 40 draws, here are 12");
}

}  // namespace clientele::tests
