// `clientele explain [KEY]`: what a key of a study means, may be, is and rests on; without a KEY, all of them. And
// `explain STUDY --customer K` (or --find "largest gain"): what a policy does to one customer.
#include <cstdio>

#include "models/catalogue.hpp"
#include "tools/clientele/arguments.hpp"
#include "tools/clientele/explain/customer.hpp"
#include "tools/clientele/explain/entries.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

std::vector<const Explained*> all_of(const ExplainedTable& table) {
  std::vector<const Explained*> entries;
  for (const Explained& entry : table.entries) entries.push_back(&entry);
  return entries;
}

std::string text_of_all(const std::vector<const Explained*>& entries) {
  std::string text;
  for (const Explained* entry : entries) text += (text.empty() ? "" : "\n") + text_of(*entry);
  return text;
}

std::string of_one(const std::vector<ExplainedTable>& tables, const std::string& asked, bool json) {
  auto entries = found(tables, asked);
  const ExplainedTable* table = table_called(tables, asked);
  if (entries.empty() && table == nullptr) throw sim::UserError(not_found(tables, asked), sim::Exit::usage);
  if (!json)
    return (table == nullptr ? "" : text_of({*table})) + (entries.empty() || table == nullptr ? "" : "\n") +
           text_of_all(entries);
  if (table != nullptr)
    for (const Explained* entry : all_of(*table)) entries.push_back(entry);
  return json_of(entries);
}

std::string of_all(const std::vector<ExplainedTable>& tables, const Arguments& arguments) {
  if (arguments.has("markdown")) return markdown_of(tables);
  if (!arguments.has("json")) return text_of(tables);
  std::vector<const Explained*> entries;
  for (const ExplainedTable& table : tables)
    for (const Explained* entry : all_of(table)) entries.push_back(entry);
  return json_of(entries);
}

}  // namespace

sim::Exit explain(const Words& words) {
  std::vector<Option> options = options_of_courses();
  options.push_back({"json", 0, Option::Takes::nothing});
  options.push_back({"markdown", 0, Option::Takes::nothing});
  const Arguments arguments(words, options);
  if (arguments.has("customer") || arguments.has("find")) {
    explain_customer(arguments, models::catalogue());
    return sim::Exit::done;
  }
  for (const Option& option : options_of_courses())
    if (arguments.has(option.name))
      throw sim::UserError(
          "--" + option.name + " goes with --customer or --find: explain STUDY --customer 7 --policy NAME.",
          sim::Exit::usage);
  if (arguments.has("json") && arguments.has("markdown"))
    throw sim::UserError("--json and --markdown do not go together. Which one?", sim::Exit::usage);
  const bool of_key = !arguments.words().empty();
  if (of_key && arguments.has("markdown"))
    throw sim::UserError("--markdown writes the page of all keys. Did you mean explain KEY?", sim::Exit::usage);
  const sim::Catalogue catalogue = models::catalogue();
  const auto tables = explained_tables(catalogue);
  const std::string text =
      of_key ? of_one(tables, arguments.only_word("KEY"), arguments.has("json")) : of_all(tables, arguments);
  std::fputs(text.c_str(), stdout);
  return sim::Exit::done;
}

}  // namespace clientele::tools
