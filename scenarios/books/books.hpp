// What a firm's exports say, once they are read: customers, orders, returns, invoices, open items, points.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace clientele::scenarios {

/// Money in ten-thousandths of the currency's unit, so that sums tie out exactly and in any order.
using Amount = std::int64_t;
inline constexpr Amount amounts_per_unit = 10'000;
inline double units_of(Amount amount) { return static_cast<double>(amount) / static_cast<double>(amounts_per_unit); }

/// Days since 1970-01-01 (Gregorian), whatever the hour.
using Day = std::int32_t;
inline constexpr Day no_day = std::numeric_limits<Day>::min();

/// A calendar month, counted from 1970-01.
using CalendarMonth = std::int32_t;
inline constexpr CalendarMonth no_end = std::numeric_limits<CalendarMonth>::max();  ///< of points that never end

inline constexpr double days_per_book_month = 365.25 / 12;

/// Why a line or a customer of an export is left out, or kept though it is odd. Each is counted, none passes in
/// silence.
enum class BookRule : std::uint8_t {
  empty_id,             ///< lines without a customer: left out
  total_line,           ///< lines of totals: checked against the lines before them, left out
  future_date,          ///< dated after the day of reading: left out
  quantity_zero,        ///< quantity 0 and no amount: left out
  no_number,            ///< an empty order number: one order a customer and day
  zero_order,           ///< order numbers whose lines come to 0: no orders
  two_groups,           ///< customers who stand in two groups: the first one holds
  no_group,             ///< customers without a group: in the group "unknown"
  never_ordered,        ///< customers with credit notes alone, or of another file than the orders: no history
  negative_customer,    ///< customers whose credit notes exceed their orders: kept
  empty_month,          ///< calendar months within the window in which nobody ordered
  paid_before_issued,   ///< invoices: taken as paid on the day of issue
  credit_note,          ///< invoices and open items of 0 or less: left out
  settled_later,        ///< invoices settled after the day of reading: taken as open
  spent_before_earned,  ///< points that a customer spent and did not have: taken as 0
  no_delivery_day,      ///< deliveries that have no day yet, or neither a promised one nor a word on it: left out
  cancelled_order       ///< orders that a credit note of the same amount took back within three days: no orders
};
inline constexpr std::size_t book_rules = 17;

/// What a rule is called where it is told: "lines without a customer's id (left out)".
std::string_view text_of(BookRule rule);

struct RuleCount {
  std::uint64_t count = 0;
  Amount amount = 0;  ///< net, where lines have one
  std::string first;  ///< "orders.csv:17", the first line of it; empty where it is of no line
};

/// How a date is written: which of its three numbers comes first.
enum class DateOrder : std::uint8_t { unknown, dmy, mdy, ymd };
std::string_view text_of(DateOrder order);

/// What stands before decimals.
enum class DecimalMark : std::uint8_t { unknown, point, comma };

enum class BookFile : std::uint8_t { orders, invoices, open_items, points, customers, deliveries, surveys };
inline constexpr std::size_t book_files = 7;
/// The option that names it: "from", "invoices", "open-items", ...
std::string_view option_of(BookFile file);

/// A file as it was read: a study says it again, so that later readings know whether it has changed.
struct ReadFile {
  BookFile file = BookFile::orders;
  std::string name;      ///< as it was given
  std::string digest;    ///< XXH3 of 128 bits over its bytes, 32 hex digits
  std::string encoding;  ///< "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030", "Windows-1252"; of the text, if compressed
  bool compressed = false;
  char separator = ',';
  DecimalMark decimal = DecimalMark::point;
  DateOrder dates = DateOrder::ymd;
  struct Column {
    std::string header, meaning;
    bool operator==(const Column&) const = default;
  };
  std::vector<Column> columns = {};  ///< those with a meaning
  std::uint64_t lines = 0;           ///< without the header
};

/// Called after every piece of a file: what is read of it so far, and the share of its bytes.
using TellRead = std::function<void(const ReadFile& read, double share)>;

struct BookCustomer {
  std::string id;  ///< canonical (Unicode NFC, no blanks at its ends); in memory only, written to customers.csv
  std::uint32_t group = 0;  ///< index into Books::groups
  Day since = no_day;       ///< where the firm's list says it
  std::int32_t tier = -1;   ///< today's, index into Books::tiers; -1: not known
  bool by_hand = false;     ///< that tier is somebody's decision, not a rule's
};

/// An order is a distinct number whose lines come to more than 0: what it is worth, on the day of its first line.
struct BookOrder {
  std::uint32_t customer = 0;
  Day day = 0;
  Amount net = 0;
  Amount margin = 0;  ///< where margin_known
  bool margin_known = false;
};

/// A credit note, or an order number whose lines come to less than 0.
struct BookReturn {
  std::uint32_t customer = 0;
  Day day = 0;
  Amount net = 0;  ///< below 0
};

enum class LateReason : std::uint8_t { unknown, administration, dispute, liquidity };

struct BookInvoice {
  std::uint32_t customer = 0;
  Day issued = 0, due = 0;
  Day settled = no_day;                     ///< no_day: open
  Amount amount = 0;                        ///< above 0
  LateReason reason = LateReason::unknown;  ///< "dispute" where it was disputed and no reason is given
  bool disputed = false;
};

struct OpenItem {
  std::uint32_t customer = 0;
  Day due = 0;
  Amount amount = 0;
};

/// Not due, 1 to 30, 31 to 60, 61 to 90 and more than 90 days overdue.
using Ageing = std::array<Amount, 5>;
struct AgeingRow {
  std::uint32_t customer = 0;
  Ageing open{};
};

/// Points that came (above 0) or went; lots have an end, what goes takes from the lot that ends first.
struct BookPoints {
  std::uint32_t customer = 0;
  Day day = no_day;             ///< no_day: a balance, known at any origin
  CalendarMonth ends = no_end;  ///< the last month in which they hold
  std::int64_t points = 0;
};

struct BookDelivery {
  std::uint32_t customer = 0;
  Day day = 0;
  bool late = false;
};

struct BookSurvey {
  std::uint32_t customer = 0;
  Day day = 0;
  double score = 0;
};

struct Books {
  std::vector<BookCustomer> customers;  ///< in the order in which files name them, orders first
  std::vector<std::string> groups;      ///< "all" where no column says one; "home" and "export" of a country
  std::string home;                     ///< the country that "home" stands for; empty: none
  std::vector<std::string> tiers;
  std::vector<BookOrder> orders;  ///< by first line
  std::vector<BookReturn> returns;
  std::vector<BookInvoice> invoices;
  std::vector<OpenItem> open_items;
  std::vector<AgeingRow> ageing;
  std::vector<BookPoints> points;
  std::vector<BookDelivery> deliveries;
  std::vector<BookSurvey> surveys;
  Day first_day = no_day, last_day = no_day;  ///< of orders and credit notes
  std::string currency;                       ///< "GBP"; empty where nothing says it
  Amount net_sales = 0;                       ///< orders and returns
  Amount gross_sales = 0, returned = 0;       ///< of orders; of returns (0 or less)
  Amount freight = 0;
  std::uint64_t customers_in_orders = 0;                              ///< distinct ids with an order or a credit note
  bool margin_known = false, freight_known = false, numbered = true;  ///< numbered: orders have numbers
  std::array<RuleCount, book_rules> rules{};
  std::vector<ReadFile> files;

  bool has(BookFile file) const {
    for (const ReadFile& read : files)
      if (read.file == file) return true;
    return false;
  }
  const RuleCount& count_of(BookRule rule) const { return rules[static_cast<std::size_t>(rule)]; }
};

}  // namespace clientele::scenarios
