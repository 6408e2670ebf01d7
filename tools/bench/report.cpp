// Writes numbers so that they read back as what they are.
#include "tools/bench/report.hpp"

#include <cmath>
#include <cstdio>

#include <fmt/format.h>

namespace clientele::bench {

/// JSON knows no infinity: what is beyond all bounds is written as 1e308.
void Report::add(std::string name, double value) {
  figures_.emplace_back(std::move(name), fmt::format("{:.6g}", std::isfinite(value) ? value : 1e308));
}

void Report::add(std::string name, const std::string& text) {
  figures_.emplace_back(std::move(name), '"' + text + '"');
}

void Report::print(Form form) const {
  if (form == Form::json) std::puts("{");
  for (const auto& [name, value] : figures_) {
    const char* comma = &name == &figures_.back().first ? "" : ",";
    if (form == Form::json)
      fmt::print("  \"{}\": {}{}\n", name, value, comma);
    else
      fmt::print("{:28} {}\n", name, value);
  }
  if (form == Form::json) std::puts("}");
}

}  // namespace clientele::bench
