// Boost.Program_options splits the words; its messages and its guessing are replaced by ours.
#include "tools/clientele/arguments.hpp"

#include <algorithm>
#include <charconv>

#include <boost/program_options.hpp>

#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"

namespace clientele::tools {
namespace {

namespace options = boost::program_options;
using Strings = std::vector<std::string>;

[[noreturn]] void fail(const std::string& text) { throw sim::UserError(text, sim::Exit::usage); }

bool is_number(const std::string& word) {
  return word.size() > 1 && word.find_first_not_of("0123456789.", 1) == std::string::npos;
}

options::options_description description_of(const std::vector<Option>& list) {
  options::options_description description;
  for (const Option& option : list) {
    const std::string name = option.letter == 0 ? option.name : option.name + "," + option.letter;
    if (option.takes == Option::Takes::nothing)
      description.add_options()(name.c_str(), "");
    else if (option.takes == Option::Takes::maybe_value)
      description.add_options()(name.c_str(), options::value<Strings>()->composing()->implicit_value(Strings{}, ""),
                                "");
    else
      description.add_options()(name.c_str(), options::value<Strings>()->composing(), "");
  }
  description.add_options()("words", options::value<Strings>(), "");
  return description;
}

bool may_lack_value(const std::string& name, const std::vector<Option>& list) {
  return std::ranges::any_of(
      list, [&](const Option& option) { return option.name == name && option.takes == Option::Takes::maybe_value; });
}

std::string without_dashes(std::string name) { return name.erase(0, name.find_first_not_of('-')); }

[[noreturn]] void fail_unknown(const std::string& typed, const std::vector<Option>& list) {
  Strings names;
  for (const Option& option : list) names.push_back(option.name);
  const std::string guess = sim::nearest(without_dashes(typed), names);
  fail(sim::printable(typed) + " is no option here." + (guess.empty() ? "" : " Did you mean --" + guess + "?"));
}

/// Behind `-o --quiet` stands a name that was forgotten; one word, `--output=--quiet`, means what it says.
void expect_no_option_as_value(const options::option& parsed, const std::vector<Option>& list) {
  const Strings& words = parsed.original_tokens;
  if (words.size() < 2 || !words[1].starts_with('-')) return;
  const auto known =
      std::find_if(list.begin(), list.end(), [&](const Option& option) { return option.name == parsed.string_key; });
  if (known == list.end() || known->takes == Option::Takes::nothing) return;
  if (known->of != Option::Of::file && is_number(words[1])) return;  // whoever asks for the number says what is wrong
  const std::string typed = sim::printable(words[1]);
  fail(words[0] + (known->of == Option::Of::file
                       ? " needs a file name (./" + typed + " for a file of that name)."
                       : " needs a value behind it (--" + known->name + "=" + typed + " where " + typed + " is one)."));
}

/// The same twice is once; two values are a question.
void expect_one(const std::string& name, const Strings& values) {
  const auto typed = [&](const std::string& value) {
    return "--" + name + (value.empty() ? "" : " " + sim::printable(value));
  };
  for (const std::string& other : values)
    if (other != values.front())
      fail(typed(values.front()) + " and " + typed(other) + " do not go together. Which one?");
}

}  // namespace

Arguments::Arguments(const Words& words, const std::vector<Option>& list) {
  options::positional_options_description rest;
  rest.add("words", -1);
  const int style = options::command_line_style::unix_style & ~options::command_line_style::allow_guessing;
  try {
    const auto description = description_of(list);
    const auto parsed = options::command_line_parser(words).options(description).positional(rest).style(style).run();
    for (const auto& option : parsed.options) {
      if (option.string_key == "words" && option.position_key < 0) fail_unknown("--words", list);
      expect_no_option_as_value(option, list);
      Strings& values = option.string_key == "words" ? words_ : given_[option.string_key];
      values.insert(values.end(), option.value.begin(), option.value.end());
      if (option.value.empty() && may_lack_value(option.string_key, list)) values.emplace_back();
    }
  } catch (const options::unknown_option& error) {
    fail_unknown(error.get_option_name(), list);
  } catch (const options::invalid_command_line_syntax& error) {
    fail("--" + without_dashes(error.get_option_name()) +
         (error.kind() == error.extra_parameter ? " takes no value." : " needs a value behind it."));
  } catch (const options::error& error) {
    fail(error.what());
  }
  for (const Option& option : list)
    if (option.takes == Option::Takes::value || option.takes == Option::Takes::maybe_value)
      expect_one(option.name, values(option.name));
}

std::vector<std::string> Arguments::values(const std::string& name) const {
  const auto found = given_.find(name);
  return found == given_.end() ? Strings{} : found->second;
}

std::optional<std::string> Arguments::value(const std::string& name) const {
  const Strings all = values(name);
  return all.empty() ? std::nullopt : std::optional(all.front());
}

std::optional<unsigned long> Arguments::whole(const std::string& name, unsigned long low, unsigned long high) const {
  const std::optional<std::string> text = value(name);
  if (!text) return std::nullopt;
  unsigned long number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size() || text->empty())
    fail("--" + name + " " + sim::printable(*text) + " is not a whole number from " + std::to_string(low) + " to " +
         std::to_string(high) + ".");
  if (number < low || number > high)
    fail("--" + name + " " + *text + " is outside [" + std::to_string(low) + ", " + std::to_string(high) + "].");
  return number;
}

std::string Arguments::only_word(const std::string& what) const {
  if (words_.empty()) fail(what + " is missing.");
  if (words_.size() > 1)
    fail("there are " + std::to_string(words_.size()) + " words where one " + what + " is expected (the second is " +
         sim::in_quotes(words_[1]) + ").");
  return words_.front();
}

void expect_nothing(const Words& words, const std::string& verb) {
  if (!words.empty()) fail(verb + " takes nothing behind it (here is " + sim::in_quotes(words.front()) + ").");
}

}  // namespace clientele::tools
