// Overview first, then pictures, then what all of it rests on.
#include "tools/clientele/report/page.hpp"

#include "sim/core/printable.hpp"
#include "tools/clientele/report/cells.hpp"
#include "tools/clientele/report/html.hpp"
#include "tools/clientele/report/script.hpp"
#include "tools/clientele/report/style.hpp"

namespace clientele::tools {

namespace {

/// Writes one report in its language.
class Page {
 public:
  explicit Page(const Report& report) : report_(report) {}

  std::string whole() const {
    return "<!doctype html>\n<html lang=\"" + std::string(code_of(report_.language)) + "\">\n" + head() + "<body>\n" +
           element("header", overview()) + element("main", body()) + element("footer", made()) + scripts() +
           "</body>\n</html>\n";
  }

 private:
  std::string say(std::string_view id, Slots slots = {}) const { return tools::say(report_.language, id, slots); }

  std::string head() const {
    const std::string hash(report_script_hash());
    const std::string policy = "default-src 'none'; " + (hash.empty() ? "" : "script-src '" + hash + "'; ") +
                               "style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'";
    return "<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy +
           "\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
           "<meta name=\"referrer\" content=\"no-referrer\">\n" +
           text_element("title", report_.title) + element("style", page_style) + "</head>\n";
  }

  std::string section(const std::string& id, const std::string& title, const std::string& content) const {
    if (content.empty()) return "";
    return element("section", text_element("h2", title) + content, " id=\"" + id + "\"");
  }

  std::string overview() const {
    std::string answer, numbers, warnings;
    for (const Sentence& sentence : report_.answer) answer += text_element("p", sentence.text);
    for (const KeyNumber& number : report_.numbers) {
      std::string card =
          text_element("span", number.name, " class=\"name\"") + text_element("span", number.value, " class=\"value\"");
      for (const std::string& range : number.ranges) card += text_element("span", range, " class=\"range\"");
      numbers += element("div", card);
    }
    for (const std::string& warning : report_.warnings) warnings += text_element("p", warning, " class=\"warning\"");
    return text_element("h1", report_.title) +
           (report_.question.empty() ? "" : text_element("p", report_.question, " class=\"question\"")) +
           element("div", answer, " class=\"answer\"") + element("div", numbers, " class=\"numbers\"") + warnings +
           contents();
  }

  std::string contents() const {
    std::string list;
    const auto entry = [&](const std::string& id, const std::string& title) {
      list += element("li", text_element("a", title, " href=\"#" + id + "\""));
    };
    for (const Picture& picture : report_.pictures) entry(anchor(picture), picture.title);
    for (const char* id : {"policies", "scenarios", "method", "assumptions", "study"})
      entry(id, say(std::string("page.") + id));
    return element("nav", element("ul", list), " aria-label=\"" + html(say("page.contents")) + "\"");
  }

  static std::string anchor(const Picture& picture) { return html("picture-" + picture.id); }

  std::string body() const {
    std::string unchanged, figures, left_out;
    for (const std::string& sentence : report_.unchanged) unchanged += text_element("p", sentence);
    for (const std::string& sentence : report_.left_out) left_out += text_element("p", sentence);
    if (report_script().empty() && !report_.pictures.empty())
      figures += text_element("p", say("page.no_pictures"));
    else if (!report_.pictures.empty())
      figures += element("noscript", text_element("p", say("page.no_script")));
    for (const Picture& picture : report_.pictures) figures += figure(picture);
    return section("unchanged", say("page.unchanged"), unchanged) + section("figures", say("page.pictures"), figures) +
           section("left-out", say("page.left_out"), left_out) + section("policies", say("page.policies"), policies()) +
           section("scenarios", say("page.scenarios"), scenarios()) + section("method", say("page.method"), method()) +
           section("assumptions", say("page.assumptions"), assumptions()) +
           section("study", say("page.study"), study());
  }

  std::string figure(const Picture& picture) const {
    const bool all = picture.listed.empty() || picture.listed.size() == picture.rows.size();
    const std::string title = all ? say("page.table")
                                  : say("page.table_part", {{"listed", std::to_string(picture.listed.size())},
                                                            {"all", std::to_string(picture.rows.size())}});
    const std::string table =
        element("div", table_of(picture.columns, picture.rows, picture.listed), " class=\"wide\"");
    return element("figure",
                   text_element("h3", picture.title) + text_element("p", picture.sentence, " class=\"sentence\"") +
                       element("div", "", " class=\"drawing\" data-picture=\"" + html(picture.id) + "\"") +
                       text_element("figcaption", picture.caption) + element("div", "", " class=\"save\" hidden") +
                       element("details", text_element("summary", title) + table),
                   " class=\"picture\" id=\"" + anchor(picture) + "\"");
  }

  std::string table_of(const std::vector<Column>& columns, const std::vector<Row>& rows,
                       const std::vector<std::size_t>& listed) const {
    const Cells cells = cells_of(columns, rows, listed, report_.language);
    std::string head, body;
    for (std::size_t c = 0; c < columns.size(); ++c)
      head +=
          text_element("th", cells.headings[c], cells.are_numbers[c] ? " scope=\"col\" class=\"n\"" : " scope=\"col\"");
    for (const auto& row : cells.rows) {
      std::string line;
      for (std::size_t c = 0; c < columns.size(); ++c)
        line += text_element("td", row[c], cells.are_numbers[c] ? " class=\"n\"" : "");
      body += element("tr", line);
    }
    return element("table", element("thead", element("tr", head)) + element("tbody", body));
  }

  std::string english(const std::string& text) const {
    return html(foreign(report_.language, sim::printable(text, 2000)));
  }

  std::string policies() const {
    std::string all;
    for (const PolicyFacts& policy : report_.facts.policies) {
      std::string tiers;
      for (const TierFacts& tier : policy.tiers)
        tiers += element("li", element("b", html(sim::printable(tier.name, 400))) + " " +
                                   (tier.rule.empty() ? "" : "(" + english(tier.rule) + ") ") + english(tier.levers));
      all += element("dt", html(sim::printable(policy.name, 400))) +
             element("dd", english(policy.rule) + element("ul", tiers));
    }
    return all.empty() ? "" : element("dl", all);
  }

  std::string scenarios() const {
    std::string all;
    for (const ScenarioFacts& scenario : report_.facts.scenarios)
      all += element("dt", html(sim::printable(scenario.name, 400))) +
             element("dd", scenario.shocks.empty() ? html(say("page.shocks_none")) : english(scenario.shocks));
    return all.empty() ? "" : element("dl", all);
  }

  std::string method() const {
    std::string all;
    for (const std::string& sentence : report_.method) all += text_element("p", sentence);
    return all;
  }

  std::string assumptions() const {
    if (report_.assumptions.rows.empty()) return "";
    const std::string note = report_.language == Language::english ? "" : text_element("p", say("page.english"));
    return note + element("div", table_of(report_.assumptions.columns, report_.assumptions.rows, {}),
                          " class=\"wide fields\"");
  }

  std::string study() const {
    return element("details", text_element("summary", say("page.study")) + text_element("pre", report_.study_text));
  }

  std::string made() const {
    std::string all;
    for (const auto& [name, value] : report_.made)
      if (!value.empty()) all += text_element("dt", name) + element("dd", text_element("code", value));
    return text_element("h2", say("page.made")) + element("dl", all) + text_element("p", say("made.again")) +
           text_element("pre", report_.again);
  }

  std::string scripts() const {
    const std::string data =
        "<script type=\"application/json\" id=\"pictures\">" + picture_data_of(report_) + "</script>\n";
    if (report_script().empty() || report_.pictures.empty()) return data;
    return data + "<script>" + std::string(report_script()) + "</script>\n";
  }

  const Report& report_;
};

}  // namespace

std::string page_of(const Report& report) { return Page(report).whole(); }

}  // namespace clientele::tools
