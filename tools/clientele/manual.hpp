// What is said of one verb, and all of it together as a page of man.
#pragma once
#include <string>
#include <vector>

namespace clientele::tools {

struct Page {
  const char* verb;
  const char* usage;
  const char* purpose;  ///< one or two lines of the screen
  std::vector<const char*> options;
  const char* statuses;
  const char* example;
};

/// For groff's macros of man pages. Without a date, so that equal programs have equal pages.
std::string manual_of(const std::vector<Page>& pages, const std::string& version);

}  // namespace clientele::tools
