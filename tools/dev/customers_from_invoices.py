#!/usr/bin/env python3
# Turns a list of invoices into customers.csv, so that a study can ask about real customers.
"""Turns a list of invoices into customers.csv: id, group, orders per month and mean order value of every customer.

Rows that share a customer and an invoice number are one invoice. An invoice above zero is an order; others (credit
notes, zeros) are none and lower the value of the customer's orders: order value = net sales / orders. A customer
without net sales above zero is left out and counted.

Orders per month: what made somebody a customer is no event of the rate. A customer is observed from the first order
here to the end of the file, and the orders after the first are counted, x of them in T months of 30.44 days. For
buyers at random that is right for who came within the file, and for who was there before, too. A customer's rate is
what can be expected of it, given the others: (r + x) / (alpha + T), where rates are Gamma(r, alpha) over customers and
r and alpha are the most likely ones. So nobody has a rate of 0 or of many orders a month for a single day, and over
customers these rates times T are the orders that were seen. Where the larger buy more often that misses some of their
money: one factor for all rates sets it right.

Nothing else is fitted: all are taken to be customers still, season and growth stay in the rates, and no forecast from
this file has been backtested.
"""
import argparse
import csv
import datetime
import decimal
import gzip
import math
import sys

days_per_month = 30.44
least_alpha, most_alpha = 1e-3, 1e4  # months: from hardly any shrinkage to the same rate for all


class Customer:
    def __init__(self):
        self.invoices, self.first, self.country = {}, None, None

    def add(self, invoice, amount, day, country):
        before, since = self.invoices.get(invoice, (0, day))
        self.invoices[invoice] = before + amount, min(since, day)
        if self.first is None or day < self.first:
            self.first, self.country = day, country

    def close(self, last):
        orders = [(day, amount) for amount, day in self.invoices.values() if amount > 0]
        self.net, self.orders = sum(amount for amount, _ in self.invoices.values()), len(orders)
        self.months = (last - min(orders)[0]).days / days_per_month if orders else 0.0


def read(path, columns):
    """Customers by id, the first and the last day of the file, and how many rows there were."""
    opened = gzip.open if path.endswith(".gz") else open
    customers, first, last, rows = {}, None, None, 0
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        table = csv.DictReader(file)
        missing = [name for name in columns.values() if name not in (table.fieldnames or [])]
        if missing:
            sys.exit(f"{path}:1: no column {', '.join(missing)} (there are: {', '.join(table.fieldnames or [])})")
        for row in table:
            try:
                day = datetime.date.fromisoformat(row[columns["date"]][:10])
                amount = decimal.Decimal(row[columns["amount"]])
                if not amount.is_finite():
                    raise ValueError
            except (ValueError, TypeError, decimal.InvalidOperation):
                sys.exit(f"{path}:{table.line_num}: date or amount cannot be read (dates are YYYY-MM-DD)")
            for name in ("customer", "invoice"):
                if not row[columns[name]]:
                    sys.exit(f"{path}:{table.line_num}: the {name} is empty")
            customer = customers.setdefault(row[columns["customer"]], Customer())
            customer.add(row[columns["invoice"]], amount, day, row[columns["country"]])
            first, last, rows = min(first or day, day), max(last or day, day), rows + 1
    for customer in customers.values():
        customer.close(last)
    return customers, first, last, rows


def root(function, low, high):
    """Where a function of one number changes its sign, by halves on a log scale; an end where it does not."""
    rises = function(high) > 0
    if (function(low) > 0) == rises:
        return low if abs(function(low)) < abs(function(high)) else high
    for _ in range(60):
        middle = math.sqrt(low * high)
        if (function(middle) > 0) == rises:
            high = middle
        else:
            low = middle
    return math.sqrt(low * high)


class Rates:
    """The gamma law of rates that makes counts x in T months most likely: a negative binomial for every T."""

    def __init__(self, counts, months):
        self.counts, self.months = counts, months
        self.more_than = [0] * max(counts, default=0)  # customers with more than j orders: sums of digamma differences
        for count in counts:
            for j in range(count):
                self.more_than[j] += 1
        self.alpha = root(self.slope, least_alpha, most_alpha)
        self.r = self.shape(self.alpha)

    def shape(self, alpha):
        """The most likely r for an alpha: sum of 1 / (r + j) over all orders = sum of log(1 + T / alpha)."""
        wanted = sum(math.log1p(months / alpha) for months in self.months)
        return root(lambda r: sum(n / (r + j) for j, n in enumerate(self.more_than)) - wanted, 1e-6, 1e6)

    def slope(self, alpha):
        """Of the log-likelihood in alpha, along the most likely r."""
        r = self.shape(alpha)
        return len(self.counts) * r / alpha - sum((r + x) / (alpha + t) for x, t in zip(self.counts, self.months))

    def of(self, count, months):
        return (self.r + count) / (self.alpha + months)


def rates_of(customers):
    """Orders per month of each customer, and the factor that lets money tie out."""
    later, months = [c.orders - 1 for c in customers], [c.months for c in customers]
    if not sum(later):
        return [0.5 / max(1.0, sum(months))] * len(customers), 1.0  # nobody came twice: half an order in all
    law = Rates(later, months)
    rates = [law.of(x, t) for x, t in zip(later, months)]
    values = [float(c.net) / c.orders for c in customers]
    factor = (sum(x * v for x, v in zip(later, values)) / sum(l * t * v for l, t, v in zip(rates, months, values)))
    return [factor * rate for rate in rates], factor


def write(path, kept, home):
    """The file, and what it implies for its own window: first orders, and rates times values times months after them.
    From the numbers as they stand in the file."""
    rates, factor = rates_of(list(kept.values()))
    implied = a_year = 0.0
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["id", "group", "orders_per_month", "order_value"])
        for (name, c), rate in zip(kept.items(), rates):
            rate, value = f"{rate:.6f}", f"{float(c.net) / c.orders:.6f}"
            table.writerow([name, "home" if c.country == home else "export", rate, value])
            implied += float(value) * (1 + float(rate) * c.months)
            a_year += float(value) * float(rate) * 12
    return implied, a_year, factor


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("invoices", help="CSV or CSV.gz, a row per invoice or per line of one")
    parser.add_argument("-o", "--output", default="customers.csv")
    parser.add_argument("--invoice", default="InvoiceNo", help="column of the invoice number")
    parser.add_argument("--customer", default="CustomerID")
    parser.add_argument("--date", default="InvoiceDate")
    parser.add_argument("--amount", default="Amount_GBP")
    parser.add_argument("--country", default="Country")
    parser.add_argument("--home", default="United Kingdom", help="country of group home; all others are export")
    given = parser.parse_args()
    names = ("invoice", "customer", "date", "amount", "country")
    customers, first, last, rows = read(given.invoices, {name: getattr(given, name) for name in names})

    kept = {name: c for name, c in sorted(customers.items()) if c.net > 0 and c.orders > 0}
    if not kept:
        sys.exit(f"{given.invoices}: no customer has net sales above zero")
    left_out = [c for name, c in customers.items() if name not in kept]
    net_kept, net_left = sum(c.net for c in kept.values()), sum(c.net for c in left_out)
    net = sum(c.net for c in customers.values())
    if net_kept + net_left != net or len(kept) + len(left_out) != len(customers):
        sys.exit("totals do not tie out")
    implied, a_year, factor = write(given.output, kept, given.home)
    orders, window = sum(c.orders for c in kept.values()), ((last - first).days + 1) / days_per_month
    print(f"{sum(len(c.invoices) for c in customers.values())} invoices of {len(customers)} customers, net {net:.2f}"
          f" ({rows} rows, {first} to {last}: {window:.2f} months)\n"
          f"kept {len(kept)} customers, net {net_kept:.2f}, {orders} orders\n"
          f"left out {len(left_out)} without net sales above zero, net {net_left:.2f}\n"
          f"tie-out: {len(kept)} first orders and the rates of the file from there to the end are {implied:.2f}, "
          f"{100 * (implied / float(net_kept) - 1):+.2f} % of net sales (all rates x {factor:.3f})\n"
          f"at these rates all of them together buy {a_year:.2f} in twelve months, if nobody leaves\n"
          f"not fitted: no forecast from this file has been backtested", file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as problem:
        sys.exit(f"cannot go on: {problem}")
