// Options are shown as they stand on the screen: their columns are laid out already.
#include "tools/clientele/manual.hpp"

namespace clientele::tools {

namespace {

/// Text of a line: no backslash, dash or first character that groff would take for something of its own.
std::string escaped(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const bool starts = line.empty() || line.back() == '\n';
    if (starts && (c == '.' || c == '\'')) line += "\\&";
    line += c == '\\' ? "\\e" : c == '-' ? "\\-" : std::string(1, c);
  }
  return line;
}

/// Lines as they are, in letters of one width.
std::string verbatim(const std::string& lines) { return ".PP\n.nf\n" + escaped(lines) + "\n.fi\n"; }

std::string text_of(const Page& page) {
  std::string options;
  for (const char* some : page.options) options += some;
  if (!options.empty()) options.pop_back();
  return ".SS " + std::string("\"clientele ") + escaped(page.usage) + "\"\n" + escaped(page.purpose) + ".\n" +
         (options.empty() ? "" : verbatim(options)) + ".PP\nExit statuses: " + escaped(page.statuses) +
         ".\n.PP\nExample: \\fB" + escaped(page.example) + "\\fR\n";
}

}  // namespace

std::string manual_of(const std::vector<Page>& pages, const std::string& version) {
  std::string text = ".TH CLIENTELE 1 \"\" \"clientele " + version + "\" \"User Commands\"\n";
  text += ".SH NAME\nclientele \\- what a customer base will do under each policy that one could adopt\n.SH SYNOPSIS\n";
  for (const Page& page : pages)
    text += (&page == &pages.front() ? "" : ".br\n") + std::string("\\fBclientele\\fR ") + escaped(page.usage) + "\n";
  text += ".SH VERBS\n";
  for (const Page& page : pages) text += text_of(page);
  return text;
}

}  // namespace clientele::tools
