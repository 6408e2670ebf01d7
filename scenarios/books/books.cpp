// The words of rules and files: what is told of a reading is told by them alone.
#include "scenarios/books/books.hpp"

namespace clientele::scenarios {

std::string_view text_of(BookRule rule) {
  constexpr std::array<std::string_view, book_rules> texts{
      "lines without a customer's id (left out)",
      "lines of totals (checked, left out)",
      "lines dated after today (left out)",
      "lines of quantity 0 without an amount (left out)",
      "lines without an order number (an order a customer and day)",
      "order numbers that come to 0 (no orders)",
      "customers in two groups (the first holds)",
      "customers without a group (in group \"unknown\")",
      "customers without an order (no history)",
      "customers whose credit notes exceed their orders (kept)",
      "months without any order within the window",
      "invoices paid before they were issued (taken as paid on that day)",
      "invoices or open items of 0 or less (left out)",
      "invoices settled after today (taken as open)",
      "customers who spent points before they had them (taken as 0)",
      "deliveries without a day, or of which nothing says whether they were late (left out)",
      "orders taken back in full within three days (no orders)"};
  return texts[static_cast<std::size_t>(rule)];
}

std::string_view text_of(DateOrder order) {
  constexpr std::array<std::string_view, 4> texts{"no dates", "day/month/year", "month/day/year", "year-month-day"};
  return texts[static_cast<std::size_t>(order)];
}

std::string_view option_of(BookFile file) {
  constexpr std::array<std::string_view, book_files> options{"from",      "invoices",   "open-items", "points",
                                                             "customers", "deliveries", "surveys"};
  return options[static_cast<std::size_t>(file)];
}

}  // namespace clientele::scenarios
