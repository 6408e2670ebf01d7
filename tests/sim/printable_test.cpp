// Text from outside as it is shown: what steers a terminal or hides becomes an escape, and slips find their word.
#include "sim/core/printable.hpp"

#include "sim/core/nearest.hpp"
#include "tests/support/catch.hpp"

namespace clientele::sim {
namespace {

TEST_CASE("what steers a terminal, hides or is no UTF-8 is shown as an escape") {
  CHECK(printable("a\x1b[31mb") == "a\\u{1B}[31mb");
  CHECK(printable("left\u202Eright") == "left\\u{202E}right");
  CHECK(printable("\xC3(") == "\\xC3(");
  CHECK(printable("Müller") == "Müller");
  CHECK(in_quotes("many letters", 4) == "\"many...\"");
}

TEST_CASE("a file's name is shown whole, with escapes") {
  const std::string folder(100, 'x');
  CHECK(file_in_quotes(folder + "/a\nb.nc") == "\"" + folder + "/a\\u{A}b.nc\"");
  CHECK(file_in_quotes("") == "\"\"");
}

TEST_CASE("a number is shown by its shortest decimal") {
  CHECK(shortest_text(0.1) == "0.1");
  CHECK(shortest_text(0.1F) == "0.1");
  CHECK(shortest_text(1e6) == "1e+06");
  CHECK(number_text(1e6) == "1000000");
  CHECK(number_text(-0.25) == "-0.25");
}

TEST_CASE("a slip finds the word that was meant, and a short word needs a close one") {
  const std::vector<std::string> known{"churn", "care", "payment"};
  CHECK(nearest("chrun", known) == "churn");
  CHECK(nearest("Paymnet", known) == "payment");
  CHECK(nearest("name", known).empty());
  CHECK(nearest("hold_after", {"hold_after_days", "terms_days"}) == "hold_after_days");
  CHECK(nearest("not_due_yet", {"not_due", "overdue_1_30"}) == "not_due");
  CHECK(nearest("terms", {"terms_days", "terms_elasticity"}).empty());  // which of them is not known
  CHECK(slips_between("ab", "ba") == 1);
}

}  // namespace
}  // namespace clientele::sim
