// Words as the exports of several languages have them, without case, with or without a colon.
#include "scenarios/books/labels.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "scenarios/customers/canonical_id.hpp"

namespace clientele::scenarios {
namespace {

std::string label_of(std::string_view text) {
  text = without_ends(text);
  while (text.ends_with(':')) text.remove_suffix(1);
  std::string small;
  if (text.size() > 40 || (!text.empty() && text[0] >= '0' && text[0] <= '9')) return small;
  for (const char c : without_ends(text)) small += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return small;
}

constexpr auto subtotals = std::to_array<std::string_view>(
    {"subtotal", "sub-total", "sub total", "zwischensumme", "sous-total", "小计", "小計"});
constexpr auto totals = std::to_array<std::string_view>({"total", "totals", "grand total", "sum", "summe", "gesamt",
                                                         "gesamtsumme", "total general", "total général", "totale",
                                                         "somme", "suma", "合计", "合計", "总计", "總計", "总和"});

}  // namespace

bool is_subtotal_label(std::string_view text) {
  const std::string label = label_of(text);
  return std::find(subtotals.begin(), subtotals.end(), label) != subtotals.end();
}

bool is_total_label(std::string_view text) {
  const std::string label = label_of(text);
  return std::find(totals.begin(), totals.end(), label) != totals.end() || is_subtotal_label(text);
}

}  // namespace clientele::scenarios
