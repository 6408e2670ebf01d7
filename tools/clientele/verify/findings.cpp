// One line for each thing that was looked at, and one for the whole.
#include "tools/clientele/verify/findings.hpp"

#include <nlohmann/json.hpp>

#include "sim/core/printable.hpp"
#include "tools/clientele/compare/tables.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/paper.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tools {

namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t n = 0; n < names.size(); ++n)
    text += (n == 0 ? "" : n + 1 == names.size() ? " and " : ", ") + names[n];
  return text;
}

std::string ledgers_in_words(const Findings& findings) {
  std::string text;
  if (!findings.ledgers.empty())
    text = listed(findings.ledgers) + (findings.ledgers.size() == 1 ? " rolls" : " roll") +
           " forward in every cell, month and group.";
  for (const std::string& broken : findings.broken_ledgers) text += (text.empty() ? "" : " ") + broken + ".";
  if (!findings.unseen_ledgers.empty())
    text += (text.empty() ? "" : " ") + std::string("Not looked at, since the cube leaves out metrics or months: ") +
            listed(findings.unseen_ledgers) + ".";
  return text;
}

std::string parts_in_words(const Findings& findings) {
  if (findings.parts.empty()) return "";
  const std::string all = with_commas(findings.parts.size()) + " KPIs and sums of tiers and groups: ";
  if (findings.other_parts.empty()) return all + "they add up to what they are parts of.";
  return all + listed(findings.other_parts) + " do not add up to what they are parts of.";
}

std::string rerun_in_words(const Rerun& rerun) {
  const std::string which = with_commas(rerun.cells) + (rerun.cells == 1 ? " cell" : " cells") + " (" +
                            with_commas(rerun.futures) + " of " + with_commas(rerun.futures_of_all) +
                            " futures, under every policy and scenario)";
  if (rerun.differing.empty())
    return which + ": all " + with_commas(rerun.numbers) + " numbers in " + with_commas(rerun.variables) +
           " variables have the same bits.";
  return which + ": other numbers in " + listed(rerun.differing) + ".";
}

std::string integers_in_words(const Findings& findings) {
  if (!findings.integers_looked_at)
    return "not worked out anew, since the cube leaves out metrics, months, groups or histograms.";
  std::string text =
      findings.has_other_integers ? "the counts in the cube have another one" : "the counts in the cube have it";
  text += findings.other_kpis.empty() ? ", and every KPI follows from them."
                                      : "; " + listed(findings.other_kpis) + " do not follow from them.";
  return text;
}

}  // namespace

std::vector<std::string> faults_of(const Findings& findings) {
  std::vector<std::string> faults;
  if (!findings.stranger.empty()) faults.push_back(findings.stranger);
  faults.insert(faults.end(), findings.broken_ledgers.begin(), findings.broken_ledgers.end());
  if (findings.has_other_integers) faults.push_back("its counts are not those that its fingerprint is of");
  if (!findings.other_kpis.empty()) faults.push_back("its counts give other numbers of " + listed(findings.other_kpis));
  if (!findings.other_parts.empty())
    faults.push_back("parts do not add up to the whole in " + listed(findings.other_parts));
  if (findings.rerun && !findings.rerun->differing.empty())
    faults.push_back("cells that are simulated again have other numbers in " + listed(findings.rerun->differing));
  return faults;
}

std::string text_of(const Findings& findings) {
  const auto digits = [](const std::string& digest) { return sim::printable(digest); };
  std::string text =
      labelled_line("file", sim::printable(findings.file, 200) + ", format " + digits(findings.format) + ": " +
                                with_commas(findings.cells) + " of " + with_commas(findings.cells_of_all) + " cells");
  text += labelled_line("seal", "holds: no byte is another one than when it was written.");
  text += labelled_line("model", digits(findings.model) + ", which is this clientele's.");
  text += labelled_line(
      "study", (findings.title.empty() ? "" : sim::in_quotes(findings.title) + ", ") + digits(findings.study_digest) +
                   ": " +
                   (findings.stranger.empty() ? "the study that the cube carries asks for these very cells."
                                              : findings.stranger + "."));
  if (const std::string ledgers = ledgers_in_words(findings); !ledgers.empty())
    text += labelled_line("ledgers", ledgers);
  if (const std::string parts = parts_in_words(findings); !parts.empty()) text += labelled_line("parts", parts);
  text += labelled_line("again", findings.rerun
                                     ? rerun_in_words(*findings.rerun)
                                     : "nothing was simulated again (--rerun 1% does, for one future in a hundred).");
  text += labelled_line("fingerprint", "data " + digits(findings.data_hash) + ": " + integers_in_words(findings));
  const std::vector<std::string> faults = faults_of(findings);
  if (faults.empty()) return text + "\nverified\n";
  return text + "\n" + wrapped("not verified: " + listed(faults), columns_of_terminal, 0);
}

std::string json_of(const Findings& findings) {
  nlohmann::ordered_json json{{"file", findings.file},
                              {"format", findings.format},
                              {"model_version", findings.model},
                              {"title", findings.title},
                              {"study_digest", findings.study_digest},
                              {"data_hash", findings.data_hash},
                              {"cells", findings.cells},
                              {"cells_of_all", findings.cells_of_all},
                              {"ledgers", findings.ledgers},
                              {"ledgers_broken", findings.broken_ledgers},
                              {"ledgers_not_in_cube", findings.unseen_ledgers},
                              {"counts_looked_at", findings.integers_looked_at},
                              {"counts_have_fingerprint", nullptr},
                              {"kpis_differing", findings.other_kpis},
                              {"parts_looked_at", findings.parts},
                              {"parts_differing", findings.other_parts},
                              {"rerun", nullptr},
                              {"faults", faults_of(findings)},
                              {"verified", faults_of(findings).empty()}};
  if (findings.integers_looked_at) json["counts_have_fingerprint"] = !findings.has_other_integers;
  if (const auto& rerun = findings.rerun)
    json["rerun"] = {{"cells", rerun->cells},
                     {"futures", rerun->futures},
                     {"variables", rerun->variables},
                     {"numbers", rerun->numbers},
                     {"differing", rerun->differing}};
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace clientele::tools
