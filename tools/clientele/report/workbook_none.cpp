// This program has no libxlsxwriter.
#include "sim/core/check.hpp"
#include "tools/clientele/report/workbook.hpp"

namespace clientele::tools {

bool can_write_workbooks() { return false; }

void write_workbook(const std::filesystem::path&, const Workbook&, output::Existing) {
  throw sim::UserError(
      "this clientele was built without libxlsxwriter and writes no workbooks (package libxlsxwriter-dev, then build "
      "anew). Would --csv=excel of compare do?",
      sim::Exit::usage);
}

}  // namespace clientele::tools
