// Slips as people make them: a line gone or doubled, a wrong letter, another kind of value, a number out of range.
#include "tests/support/any_study.hpp"

namespace clientele::tests {

namespace {

const std::vector<std::string> values{"-1",
                                      "0",
                                      "1e300",
                                      "nan",
                                      "12.000",
                                      "\"\"",
                                      "\"a word\"",
                                      "true",
                                      "[]",
                                      "[ 1, 2 ]",
                                      "{ x = 1 }",
                                      "0.5",
                                      "400",
                                      "2027-01-15",
                                      "\"id\"",
                                      "7.25",
                                      "\"all\"",
                                      "1_000_000",
                                      "'12,5'",
                                      "\"none\"",
                                      "{ dist = \"gamma\" }",
                                      "{ dist = \"uniform\", low = 2, high = 1 }",
                                      "[ { month = 90 } ]",
                                      "{ value = 2, from = 3, ramp = 9 }"};
const std::vector<std::string> lines{"unknown = 1",
                                     "[purchasing]",
                                     "[[policy]]",
                                     "[[scenario]]\nname = \"calm\"",
                                     "[[policy.tier]]\nname = \"A\"",
                                     "share = 0.9",
                                     "from = 5",
                                     "top = 0.2",
                                     "discount = 0.1",
                                     "draws = 2",
                                     "people = \"fixed\"",
                                     "rollout = [ { month = 1 } ]",
                                     "settings.campaign.reach = [ { value = 1, from = 2 }, { value = 0, from = 1 } ]",
                                     "[uncertain]\nchurn.base_hazard = { dist = \"normal\", mean = 0.1, sd = 1 }",
                                     "[[population.group]]\nname = \"home\"\nshare = 0.5",
                                     "a.b.c = [ [ ] ]",
                                     "columns = { \"x\" = \"purchasing\" }",
                                     "payment.terms_days = 3",
                                     "customers = 9",
                                     "[sweep.grid]\npayment.terms_days = [20, 40]\nhorizon.months = [3]",
                                     "[sweep]\nlist = [ { churn.base_hazard = 0.01 }, { churn.base_hazard = 0.02 } ]",
                                     "[sweep.hypercube]\npoints = 3\nchurn.base_hazard = { low = 0.01, high = 0.02 }",
                                     "[sweep]\nfile = \"draws.csv\"",
                                     "[uncertain]\nfile = \"draws.csv\""};
const std::vector<std::string> cells{"", "-1", "1.234", "1,5", "abc", "\"", "1e99", "c-0", "12.000,50 EUR", "\"a\nb\""};

std::vector<std::string> parts_of(const std::string& text, char end) {
  std::vector<std::string> parts(1);
  for (const char c : text)
    if (c == end)
      parts.emplace_back();
    else
      parts.back() += c;
  return parts;
}

std::string joined(const std::vector<std::string>& parts, char end) {
  std::string text;
  for (std::size_t p = 0; p < parts.size(); ++p) text += (p == 0 ? "" : std::string(1, end)) + parts[p];
  return text;
}

/// Letters and digits alone, so that most slips are in words.
void misspell(std::string& line, Dice& dice) {
  if (line.empty()) return;
  const std::size_t at = dice.below(line.size());
  if (dice.happens(0.5))
    line.erase(at, 1);
  else
    line[at] = "aeixz059"[dice.below(8)];
}

void slip_in_line(std::vector<std::string>& text, Dice& dice) {
  const std::size_t at = dice.below(text.size());
  const std::size_t equals = text[at].find(" = ");
  switch (dice.below(6)) {
    case 0:
      text.erase(text.begin() + static_cast<std::ptrdiff_t>(at));
      break;
    case 1:
      text.insert(text.begin() + static_cast<std::ptrdiff_t>(at), std::string(text[at]));
      break;
    case 2:
      text.insert(text.begin() + static_cast<std::ptrdiff_t>(at), dice.one_of(lines));
      break;
    case 3:
      misspell(text[at], dice);
      break;
    default:
      if (equals != std::string::npos) text[at] = text[at].substr(0, equals + 3) + dice.one_of(values);
  }
  if (text.empty()) text.emplace_back();
}

void slip_in_file(std::string& customers, Dice& dice) {
  std::vector<std::string> rows = parts_of(customers, '\n');
  std::string& row = rows[dice.below(rows.size() > 4 && dice.happens(0.7) ? 4 : rows.size())];
  const char separator = row.find(';') == std::string::npos ? ',' : ';';
  std::vector<std::string> fields = parts_of(row, separator);
  if (dice.happens(0.1)) return void(customers.insert(0, dice.happens(0.5) ? "\xFF\xFE" : "\x01\xC3"));
  if (dice.happens(0.2))
    fields.emplace_back("1");
  else if (dice.happens(0.3))
    misspell(fields[dice.below(fields.size())], dice);
  else
    fields[dice.below(fields.size())] = dice.one_of(cells);
  row = joined(fields, separator);
  customers = joined(rows, '\n');
}

void slip_in_options(std::vector<scenarios::Override>& options, Dice& dice) {
  const std::vector<std::string> paths{"policy.nobody.entry",
                                       "horizon.months",
                                       "population.group.home.share",
                                       "population.group.home.purchasing.discount",
                                       "experiment.replications",
                                       "scenario.calm.shock.demand.times",
                                       "policy.today.tier.A.care",
                                       "a..b",
                                       "seed",
                                       "policy.today.segmentation",
                                       "purchasing.order_value",
                                       "purchasing.season",
                                       "uncertain.churn.base_hazard",
                                       "population.customers",
                                       "policy.today",
                                       "policy.bands.rollout",
                                       "churn.leaving",
                                       "policy.today.segmentation.look_back"};
  const std::string path = dice.one_of(paths), value = dice.one_of(values);
  options.push_back({"--set " + path + "=" + value, path, value});
}

}  // namespace

StudyText with_slips(StudyText study, Dice& dice) {
  for (int slips = dice.whole(1, 2); slips > 0; --slips) {
    if (!study.samples.empty() && dice.happens(0.2)) {
      slip_in_file(study.samples, dice);
      continue;
    }
    if (!study.draws.empty() && dice.happens(0.3)) {
      slip_in_file(study.draws, dice);
    } else if (!study.customers.empty() && dice.happens(0.4)) {
      slip_in_file(study.customers, dice);
    } else if (dice.happens(0.2)) {
      slip_in_options(study.options, dice);
    } else {
      std::vector<std::string> text = parts_of(study.text, '\n');
      slip_in_line(text, dice);
      study.text = joined(text, '\n');
    }
  }
  return study;
}

}  // namespace clientele::tests
