// The firm's own table of customers with their histories: the one file that holds their ids.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/books/history.hpp"

namespace clientele::scenarios {

/// Hands the lines of customers.csv to `write`, the header first: id, group, tenure, repeat_orders,
/// months_to_last_order, months_seen, months_quiet, orders_valued, typical_order_value, gross_margin (share of net,
/// where known), invoices_seen, invoices_late, late_by_administration and days_late (where invoices are), sales_1..
/// (net) and orders_1.. (of the months that the books have, 24 at most), open_not_due, open_1_30, open_31_60,
/// open_61_90, open_over_90, points_1.. and points_without_end, tier_today and by_hand (where known). What is not known
/// of a customer is empty. A line per customer of the history; `groups` are the names that its groups have there.
void write_customers(const Books& books, const History& history, const std::vector<std::string>& groups,
                     const std::function<void(std::string_view)>& write);

}  // namespace clientele::scenarios
