// Quotes stand where RFC 4180 asks for them; numbers are plain decimals that read back as the same.
#include "scenarios/books/customers_csv.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>

#include "scenarios/books/decimals.hpp"

namespace clientele::scenarios {
namespace {

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",;\"\r\n\t") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

/// Ten digits: logarithms of two machines may differ in the last ones.
std::string short_decimal(double number) {
  if (std::isnan(number)) return {};
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.10g", number);
  if (std::string_view(text.data()).find('e') != std::string_view::npos)
    std::snprintf(text.data(), text.size(), "%.6f", number);
  return text.data();
}

/// Which optional columns there are.
struct Known {
  bool margin = false, invoices = false, open = false, points = false, tier = false;
  std::size_t point_months = 0;
  std::size_t months = 0;  ///< of sales and orders: what was before the books is not known to be nothing
};

Known known_of(const Books& books, const History& history) {
  Known known{.margin = books.margin_known,
              .invoices = books.has(BookFile::invoices),
              .months = std::min(months_of_history, history.months.size())};
  for (const CustomerHistory& of : history.customers) {
    known.open = known.open || of.open_known;
    known.points = known.points || of.points_known;
    known.tier = known.tier || of.tier >= 0;
    known.point_months = std::max(known.point_months, of.points_by_end.size());
  }
  return known;
}

std::string header_of(const Known& known) {
  std::string line =
      "id,group,tenure,repeat_orders,months_to_last_order,months_seen,months_quiet,orders_valued,typical_order_value";
  const auto numbered = [&](const char* name, std::size_t count) {
    for (std::size_t n = 1; n <= count; ++n) line += std::string(",") + name + std::to_string(n);
  };
  if (known.margin) line += ",gross_margin";
  if (known.invoices) line += ",invoices_seen,invoices_late,late_by_administration,days_late";
  numbered("sales_", known.months);
  numbered("orders_", known.months);
  if (known.open) line += ",open_not_due,open_1_30,open_31_60,open_61_90,open_over_90";
  numbered("points_", known.point_months);
  if (known.points) line += ",points_without_end";
  if (known.tier) line += ",tier_today,by_hand";
  return line + "\n";
}

class CustomerLine {
 public:
  CustomerLine(const Books& books, const Known& known, const std::vector<std::string>& groups)
      : books_(books), known_(known), groups_(groups) {}

  const std::string& of(const CustomerHistory& of) {
    line_ = csv_cell(books_.customers[of.customer].id);
    add(csv_cell(groups_[of.group]));
    add_number(of.tenure);
    add_number(of.repeat_orders);
    add(short_decimal(of.months_to_last_order));
    add(short_decimal(of.months_seen));
    add_number(of.months_quiet);
    if (std::isnan(of.effective_orders))
      add_number(of.orders_valued);
    else
      add(short_decimal(of.effective_orders));
    add(short_decimal(of.geometric_mean_value));
    if (known_.margin) add(short_decimal(of.margin_share));
    if (known_.invoices) {
      add_number(of.invoices_seen);
      add_number(of.invoices_late);
      add_number(of.late_by[static_cast<std::size_t>(LateReason::administration)]);
      add_number(of.days_late);
    }
    for (std::size_t m = 0; m < known_.months; ++m) add(plain_amount(of.sales[m]));
    for (std::size_t m = 0; m < known_.months; ++m) add_number(of.events[m]);
    if (known_.open)
      for (const Amount open : of.open) add(plain_amount(open));
    for (std::size_t m = 0; m < known_.point_months; ++m)
      add_number(m < of.points_by_end.size() ? of.points_by_end[m] : 0);
    if (known_.points) add_number(of.points_without_end);
    if (known_.tier) {
      add(of.tier < 0 ? "" : csv_cell(books_.tiers[static_cast<std::size_t>(of.tier)]));
      add(of.by_hand ? "yes" : "no");
    }
    line_ += '\n';
    return line_;
  }

 private:
  void add(std::string_view cell) {
    line_ += ',';
    line_ += cell;
  }
  template <typename Number>
  void add_number(Number number) {
    add(std::to_string(number));
  }

  const Books& books_;
  const Known& known_;
  const std::vector<std::string>& groups_;
  std::string line_;
};

}  // namespace

void write_customers(const Books& books, const History& history, const std::vector<std::string>& groups,
                     const std::function<void(std::string_view)>& write) {
  const Known known = known_of(books, history);
  write(header_of(known));
  CustomerLine line(books, known, groups);
  for (const CustomerHistory& of : history.customers) write(line.of(of));
}

}  // namespace clientele::scenarios
