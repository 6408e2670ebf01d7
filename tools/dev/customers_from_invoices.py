#!/usr/bin/env python3
# Turns a list of invoices into customers.csv, so that a study can ask about real customers.
"""Turns a list of invoices into customers.csv: id, group, orders per month and mean order value of every customer.

Credit notes (negative amounts) are no orders; they lower the value of the customer's orders: order value = net sales /
number of invoices above zero. Orders per month: a customer is observed from the first invoice to the end of the file,
at least one month of 30.44 days. A customer without net sales above zero is left out and counted.
"""
import argparse
import csv
import datetime
import decimal
import gzip
import sys

days_per_month = 30.44


class Customer:
    def __init__(self):
        self.net, self.orders, self.first, self.country = decimal.Decimal(0), 0, None, None

    def add(self, amount, day, country):
        self.net += amount
        self.orders += amount > 0
        if self.first is None or day < self.first:
            self.first, self.country = day, country


def read(path, columns):
    """Customers by id, the last day of the file, and how many rows there were."""
    opened = gzip.open if path.endswith(".gz") else open
    customers, last, rows = {}, None, 0
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
            if not row[columns["customer"]]:
                sys.exit(f"{path}:{table.line_num}: the customer is empty")
            customers.setdefault(row[columns["customer"]], Customer()).add(amount, day, row[columns["country"]])
            last, rows = max(last or day, day), rows + 1
    return customers, last, rows


def months(customer, last):
    return max(1.0, ((last - customer.first).days + 1) / days_per_month)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("invoices", help="CSV or CSV.gz, a row per invoice")
    parser.add_argument("-o", "--output", default="customers.csv")
    parser.add_argument("--invoice", default="InvoiceNo", help="column of the invoice number")
    parser.add_argument("--customer", default="CustomerID")
    parser.add_argument("--date", default="InvoiceDate")
    parser.add_argument("--amount", default="Amount_GBP")
    parser.add_argument("--country", default="Country")
    parser.add_argument("--home", default="United Kingdom", help="country of group home; all others are export")
    given = parser.parse_args()
    names = ("invoice", "customer", "date", "amount", "country")
    customers, last, rows = read(given.invoices, {name: getattr(given, name) for name in names})

    kept = {name: c for name, c in customers.items() if c.net > 0 and c.orders > 0}
    left_out = [c for name, c in customers.items() if name not in kept]
    with open(given.output, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["id", "group", "orders_per_month", "order_value"])
        for name, c in sorted(kept.items()):
            table.writerow([name, "home" if c.country == given.home else "export",
                            f"{c.orders / months(c, last):.6f}", f"{float(c.net) / c.orders:.6f}"])
    net_kept, net_left = sum(c.net for c in kept.values()), sum(c.net for c in left_out)
    net = sum(c.net for c in customers.values())
    if net_kept + net_left != net or len(kept) + len(left_out) != len(customers):
        sys.exit("totals do not tie out")
    print(f"{rows} invoices of {len(customers)} customers, net {net:.2f}\n"
          f"kept {len(kept)} customers, net {net_kept:.2f}\n"
          f"left out {len(left_out)} without net sales above zero, net {net_left:.2f}", file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as problem:
        sys.exit(f"cannot go on: {problem}")
