// Figures under flat names with dots: shown as lines, or as one JSON object.
#pragma once
#include <string>
#include <utility>
#include <vector>

namespace clientele::bench {

enum class Form { lines, json };

class Report {
 public:
  void add(std::string name, double value);
  void add(std::string name, const std::string& text);
  void print(Form form) const;

 private:
  std::vector<std::pair<std::string, std::string>> figures_;  ///< values as JSON
};

}  // namespace clientele::bench
