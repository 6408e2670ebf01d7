// Headers are compared without case, blanks and marks. What stands here are plain English words and the headers of
// public samples; all else is said by --map.
#include "scenarios/books/meanings.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "sim/core/nearest.hpp"

namespace clientele::scenarios {
namespace {

constexpr std::array<std::string_view, meanings> words{
    "",          "ignored",    "id",         "number",       "date",      "amount",  "quantity",
    "price",     "discount",   "margin",     "cost",         "unit_cost", "freight", "group",
    "country",   "currency",   "due",        "settled",      "disputed",  "reason",  "open_not_due",
    "open_1_30", "open_31_60", "open_61_90", "open_over_90", "points",    "ends",    "tier",
    "by_hand",   "since",      "promised",   "late",         "score"};

using KnownHeader = std::pair<std::string_view, Meaning>;

/// Of any file. InvoiceNo, CustomerID, Country, Quantity, UnitPrice and InvoiceDate are those of "Online Retail" (UCI
/// machine learning repository, data set 352: Online Retail.xlsx), Amount_GBP of its list of invoices; customerID,
/// invoiceNumber, InvoiceAmount, DueDate, SettledDate and Disputed those of IBM's sample of receivables
/// (WA_Fn-UseC_-Accounts-Receivable.csv); orderID, unitPrice, discount, freight and orderDate those of Northwind
/// (orders.csv, order_details.csv).
constexpr auto headers_of_any = std::to_array<KnownHeader>({
    {"id", Meaning::id},
    {"customerid", Meaning::id},
    {"customerno", Meaning::id},
    {"customernumber", Meaning::id},
    {"customer", Meaning::id},
    {"clientid", Meaning::id},
    {"accountid", Meaning::id},
    {"number", Meaning::number},
    {"orderid", Meaning::number},
    {"orderno", Meaning::number},
    {"ordernumber", Meaning::number},
    {"order", Meaning::number},
    {"invoice", Meaning::number},
    {"invoiceno", Meaning::number},
    {"invoicenumber", Meaning::number},
    {"invoiceid", Meaning::number},
    {"date", Meaning::date},
    {"orderdate", Meaning::date},
    {"invoicedate", Meaning::date},
    {"issued", Meaning::date},
    {"issuedate", Meaning::date},
    {"amount", Meaning::amount},
    {"net", Meaning::amount},
    {"netamount", Meaning::amount},
    {"netvalue", Meaning::amount},
    {"netsales", Meaning::amount},
    {"sales", Meaning::amount},
    {"revenue", Meaning::amount},
    {"value", Meaning::amount},
    {"invoiceamount", Meaning::amount},
    {"quantity", Meaning::quantity},
    {"qty", Meaning::quantity},
    {"price", Meaning::price},
    {"unitprice", Meaning::price},
    {"discount", Meaning::discount},
    {"margin", Meaning::margin},
    {"grossmargin", Meaning::margin},
    {"cost", Meaning::cost},
    {"unitcost", Meaning::unit_cost},
    {"freight", Meaning::freight},
    {"group", Meaning::group},
    {"country", Meaning::country},
    {"currency", Meaning::currency},
    {"due", Meaning::due},
    {"duedate", Meaning::due},
    {"settled", Meaning::settled},
    {"settleddate", Meaning::settled},
    {"paid", Meaning::settled},
    {"paiddate", Meaning::settled},
    {"paymentdate", Meaning::settled},
    {"disputed", Meaning::disputed},
    {"reason", Meaning::reason},
    {"latereason", Meaning::reason},
    {"notdue", Meaning::not_due},
    {"current", Meaning::not_due},
    {"130", Meaning::overdue_30},
    {"130days", Meaning::overdue_30},
    {"3160", Meaning::overdue_60},
    {"3160days", Meaning::overdue_60},
    {"6190", Meaning::overdue_90},
    {"6190days", Meaning::overdue_90},
    {"over90", Meaning::overdue_more},
    {"over90days", Meaning::overdue_more},
    {"90", Meaning::overdue_more},
    {"points", Meaning::points},
    {"balance", Meaning::points},
    {"ends", Meaning::ends},
    {"expires", Meaning::ends},
    {"expiry", Meaning::ends},
    {"expirydate", Meaning::ends},
    {"tier", Meaning::tier},
    {"byhand", Meaning::by_hand},
    {"override", Meaning::by_hand},
    {"since", Meaning::since},
    {"customersince", Meaning::since},
    {"promised", Meaning::promised},
    {"requireddate", Meaning::promised},
    {"promiseddate", Meaning::promised},
    {"late", Meaning::late},
    {"score", Meaning::score},
    {"rating", Meaning::score},
    {"nps", Meaning::score},
});

/// "Invoice No." and invoice_no as "invoiceno"; what is no ASCII stays.
std::string bare_header(std::string_view header) {
  std::string bare;
  for (const char c : header) {
    const bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z', digit = c >= '0' && c <= '9';
    if (letter && static_cast<unsigned char>(c) < 0x80)
      bare += static_cast<char>(c | 0x20);
    else if (digit || static_cast<unsigned char>(c) >= 0x80)
      bare += c;
  }
  return bare;
}

Meaning meaning_of_bare(std::string_view bare, BookFile file) {
  // Northwind's orders say when goods left; of a delivery that is its day, of an order nothing.
  if (file == BookFile::deliveries && (bare == "shippeddate" || bare == "delivered" || bare == "deliverydate"))
    return Meaning::date;
  if (file == BookFile::deliveries && (bare == "orderdate" || bare == "invoicedate")) return Meaning::nothing;
  if (file == BookFile::surveys && bare == "surveydate") return Meaning::date;
  for (std::size_t w = 2; w < words.size(); ++w)
    if (bare_header(words[w]) == bare) return static_cast<Meaning>(w);
  const auto* const known =
      std::find_if(headers_of_any.begin(), headers_of_any.end(), [&](const auto& h) { return h.first == bare; });
  return known == headers_of_any.end() ? Meaning::nothing : known->second;
}

std::vector<Meaning> meanings_in(BookFile file) {
  using enum Meaning;
  switch (file) {
    case BookFile::orders:
      return {id,     number, date,      amount,  quantity, price,   discount,
              margin, cost,   unit_cost, freight, group,    country, currency};
    case BookFile::invoices:
      return {id, number, date, due, settled, amount, disputed, reason, currency};
    case BookFile::open_items:
      return {id, number, due, amount, currency, not_due, overdue_30, overdue_60, overdue_90, overdue_more};
    case BookFile::points:
      return {id, points, ends, date};
    case BookFile::customers:
      return {id, group, country, tier, by_hand, since};
    case BookFile::deliveries:
      return {id, number, date, promised, late};
    case BookFile::surveys:
      return {id, date, score};
  }
  return {};
}

}  // namespace

std::string_view word_of(Meaning meaning) { return words[static_cast<std::size_t>(meaning)]; }

std::optional<Meaning> meaning_called(std::string_view word) {
  if (word == "order" || word == "invoice") return Meaning::number;
  if (word == "issued") return Meaning::date;
  for (std::size_t w = 1; w < words.size(); ++w)
    if (words[w] == word) return static_cast<Meaning>(w);
  return {};
}

std::string nearest_meaning(std::string_view word) {
  return sim::nearest(word, std::vector<std::string>(words.begin() + 1, words.end()));
}

std::string known_meanings() {
  std::string all;
  for (std::size_t w = 2; w < words.size(); ++w) all += (all.empty() ? "" : ", ") + std::string(words[w]);
  return all;
}

bool is_read_in(BookFile file, Meaning meaning) {
  const std::vector<Meaning> read = meanings_in(file);
  return std::find(read.begin(), read.end(), meaning) != read.end();
}

HeaderMeaning meaning_of_header(std::string_view header, BookFile file) {
  const Meaning meaning = meaning_of_bare(bare_header(header), file);
  if (is_read_in(file, meaning)) return {meaning};
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (header.size() < 5 || !std::all_of(header.end() - 3, header.end(), is_capital)) return {};
  const char before = header[header.size() - 4];
  if (before != '_' && before != ' ' && before != '-') return {};
  const Meaning of_money = meaning_of_bare(bare_header(header.substr(0, header.size() - 4)), file);
  const bool is_money = of_money == Meaning::amount || of_money == Meaning::price || of_money == Meaning::margin ||
                        of_money == Meaning::cost || of_money == Meaning::unit_cost || of_money == Meaning::freight;
  if (!is_money || !is_read_in(file, of_money)) return {};
  return {of_money, std::string(header.substr(header.size() - 3))};
}

}  // namespace clientele::scenarios
