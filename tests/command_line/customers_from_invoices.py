# Invented invoices become customers: what is an order, what a rate is, and that both give the sales that were seen.
import csv
import datetime
import pathlib
import random
import re
import subprocess
import sys
import tempfile

from expectations import end, expect

program, root = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])


def customers_of(folder, rows):
    """The file that the tool makes, by id, and what it says. Rows: invoice, customer, day, amount, country."""
    with open(folder / "invoices.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["InvoiceNo", "CustomerID", "InvoiceDate", "Amount_GBP", "Country"])
        table.writerows(rows)
    seen = subprocess.run([sys.executable, str(root / "tools/dev/customers_from_invoices.py"),
                           str(folder / "invoices.csv"), "-o", str(folder / "customers.csv")],
                          capture_output=True, text=True, timeout=60)
    if seen.returncode != 0:
        return {}, seen
    with open(folder / "customers.csv", encoding="utf-8", newline="") as file:
        return {row["id"]: (float(row["orders_per_month"]), float(row["order_value"]), row["group"])
                for row in csv.DictReader(file)}, seen


def lines_and_credit_notes(folder):
    made, seen = customers_of(folder, [
        ("1", "lines", "2026-01-05", "10.00", "United Kingdom"),
        ("1", "lines", "2026-01-05", "50.00", "United Kingdom"),
        ("2", "lines", "2026-02-05", "60.00", "United Kingdom"), ("3", "credit", "2026-01-10", "25.00", "France"),
        ("3", "credit", "2026-01-10", "0.00", "France"), ("4", "credit", "2026-02-10", "0.00", "France"),
        ("C5", "credit", "2026-03-01", "-5.00", "France"), ("6", "returned", "2026-03-02", "8.00", "France"),
        ("6", "returned", "2026-03-02", "-8.00", "France"), ("7", "last day", "2026-06-30", "9.99", "United Kingdom")])
    expect(set(made) == {"lines", "credit", "last day"}, "whoever has net sales above zero is kept", seen)
    expect(made["lines"][1:] == (60.0, "home"), "lines of one number are one order", seen)
    expect(made["credit"][1:] == (20.0, "export"), "neither a credit note nor an invoice of 0 is an order", seen)
    expect("7 invoices of 4 customers, net 149.99 (10 rows" in seen.stderr, "invoices are counted, and rows", seen)
    expect("not fitted" in seen.stderr, "it says that nothing is fitted", seen)
    expect(all(0 < rate < 1 for rate, _, _ in made.values()), "no rate is 0 or of a single day", seen)


def nobody_came_twice(folder):
    made, seen = customers_of(folder, [(n, f"k{n}", f"2026-0{n}-01", "5", "France") for n in range(1, 7)])
    expect(len(made) == 6 and all(0 < rate < 0.1 for rate, _, _ in made.values()),
           "whoever came once has a small rate", seen)


def buyers(luck, count, months, joined_late):
    """Rates Gamma(0.8, mean 0.9), the value of an order by customer, larger for those who buy more often. Who was
    there before is seen from month 0; who joins does so with an order, evenly over the window."""
    start, rows, rates, number = datetime.date(2026, 1, 1), [], {}, 0
    for k in range(count):
        name, rate = f"{'late' if k < joined_late else 'old'}{k}", luck.gammavariate(0.8, 0.9 / 0.8)
        value = luck.lognormvariate(3, 0.8) * (1 + 0.3 * rate)
        when = luck.uniform(0, months) if k < joined_late else luck.expovariate(rate)
        while when < months:
            number += 1
            rates[name] = rate, when if name not in rates else rates[name][1]
            rows.append((number, name, start + datetime.timedelta(days=int(30.44 * when)),
                         f"{value * luck.lognormvariate(0, 0.3):.2f}", "United Kingdom"))
            when += luck.expovariate(rate)
    return rows, rates


def rates_are_right_for_who_came_late(folder):
    rows, true = buyers(random.Random(20261128), 6000, 12, 3000)
    made, seen = customers_of(folder, rows)
    tie = re.search(r"tie-out: .* ([+-][\d.]+) % of net sales \(all rates x ([\d.]+)\)", seen.stderr)
    expect(tie and abs(float(tie[1])) < 1, "the file gives the sales of its own window within 1 %", seen)
    factor = float(tie[2])
    expect(1 <= factor < 1.1, "a factor sets right that the larger buy more often", seen)
    for name, group in (("who came in the last third", lambda k: k.startswith("late") and true[k][1] > 8),
                        ("who came in the middle", lambda k: k.startswith("late") and 4 < true[k][1] <= 8),
                        ("who came in the first third", lambda k: k.startswith("late") and true[k][1] <= 4),
                        ("who was there before", lambda k: k.startswith("old"))):
        ids = [k for k in made if group(k)]
        ratio = sum(made[k][0] for k in ids) / factor / sum(true[k][0] for k in ids)
        # The standard error of a mean of 1,000 rates is 3 to 4 %; with the first order counted it would be 40 % and
        # more for who came last.
        print(f"{name}: {ratio:.3f} of the true rates ({len(ids)})")
        expect(abs(ratio - 1) < 0.12, f"the rates of {name} are right on average ({ratio:.3f} of the true ones)", seen)


def a_study_says_so(folder):
    """Whoever asks, runs, compares or looks at a study of this file is told that it is not fitted."""
    rows, _ = buyers(random.Random(1), 40, 6, 20)
    customers_of(folder, rows)
    (folder / "study.toml").write_text('[horizon]\nmonths = 3\n[population]\nfile = "customers.csv"\n'
                                       '[[population.group]]\nname = "home"\n[[population.group]]\nname = "export"\n'
                                       '[[policy]]\nname = "today"\nsegmentation = "everyone"\n'
                                       '[[policy]]\nname = "twin"\nsegmentation = "everyone"\n'
                                       '[experiment]\nreplications = 2\n')
    for words in (["check", "study.toml"], ["run", "study.toml", "-q", "-o", "a.nc"], ["compare", "a.nc"],
                  ["compare", "a.nc", "--json"], ["info", "a.nc"], ["info", "study.toml"]):
        seen = subprocess.run([program, *words], cwd=folder, capture_output=True, text=True, timeout=60)
        expect(seen.returncode == 0 and "not fitted" in seen.stdout and "customers.csv" in seen.stdout,
               f"{' '.join(words)} says that the file is not fitted", seen)


with tempfile.TemporaryDirectory() as here:
    for part in (lines_and_credit_notes, nobody_came_twice, rates_are_right_for_who_came_late, a_study_says_so):
        part(pathlib.Path(here))
end()
