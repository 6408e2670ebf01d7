# A firm's exports become the table of its customers: what was read is said and ties out, mistakes leave nothing behind,
# and no id of a customer is anywhere but in that table.
#
# init_from.py PROGRAM ROOT
import csv
import os
import pathlib
import random
import stat
import subprocess
import sys
import tempfile

from expectations import end, expect

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
data = pathlib.Path(os.environ.get("CLIENTELE_DATA", root / "../shared/data"))
invoices = data / "online_retail" / "online_retail_invoices.csv.gz"
chance = random.Random(20261130)
canaries = [f"canary.{chance.getrandbits(64):016x}@example.org" for _ in range(1000)]


def clientele(*words):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=120)


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def orders_of_canaries():
    """Three orders of each over two years; the lines before the last are of an order of two lines."""
    lines = ["id,number,date,amount,group"]
    for k, canary in enumerate(canaries):
        for order in range(3):
            day = f"{2024 + order // 2}-{1 + (k + 5 * order) % 12:02}-{1 + k % 28:02}"
            for part in (10, 2.5):
                lines.append(f"{canary},{k}-{order},{day},{part},{'east' if k % 3 else 'west'}")
    return lines


def everything_is_said(here):
    orders, study, table = here / "orders.csv", here / "mine.toml", here / "mine-customers.csv"
    orders.write_text("\n".join(orders_of_canaries()) + "\n")
    seen = clientele("init", "--from", orders, "-o", study, "--currency", "EUR", "--control",
                     "revenue=37500.00,customers=1000,orders=3000", "--origin", "2026-01-01", "--no-fit")
    expect(seen.returncode == 0 and table.exists(), "the table is written", seen)
    for part in ("6,000 lines, UTF-8", "decimal point, dates year-month-day", "month 0 begins on 2026-01-01",
                 "1,000 of them with an order before month 0", "west 334, east 666", "EUR 37,500.00",
                 "orders      3,000",
                 "nothing was left out"):
        expect(part in seen.stderr, f"it says {part}", seen)
    expect("no study was written" in seen.stdout and not study.exists(), "it says that nothing was fitted", seen)
    expect(stat.S_IMODE(table.stat().st_mode) == 0o600, "the table is its owner's")
    rows = rows_of(table)
    expect({row["id"] for row in rows} == set(canaries), "the table has every customer")
    expect(sum(float(row[f"sales_{m}"]) for row in rows for m in range(1, 25)) == 37500, "months add up to net sales")
    expect(all(row["repeat_orders"] == "2" and row["typical_order_value"] == "12.5" for row in rows),
           "lines of an order are one")
    quiet = clientele("init", "--from", orders, "-o", study, "--force", "-q", "--origin", "2026-01-01")
    expect(quiet.returncode == 0 and not quiet.stderr, "quiet is quiet", quiet)
    expect(study.exists() and "joint draws" in quiet.stdout, "the study is written", quiet)
    expect('currency = "EUR"    # a guess' in study.read_text(), "which currency nobody has said, the study says")
    checked = clientele("check", study)
    expect(checked.returncode == 0, "what is written is a study", checked)
    return orders, study, table, seen


def canaries_stay(here, orders, table, first):
    """Whatever goes wrong, too: a thousand ids are in no message and in no other file."""
    said = [first.stdout + first.stderr]
    lines = orders.read_text().splitlines()
    slips = {"dates": [lines[0]] + [line.replace(",202", ",20x", 1) for line in lines[1:]],
             "amounts": [lines[0]] + [line.replace(",10,", ",ten,") for line in lines[1:]],
             "fields": [lines[0]] + [line + ",1" for line in lines[1:]],
             "quotes": lines + [f"{canaries[0]},\"1,2024-01-01,5,west"],
             "numbers": lines + [f"{canaries[1]},0-0,2024-01-01,5,west"],
             "no_header": lines[1:],
             "future": [lines[0]] + [line.replace(",2024-", ",2190-") for line in lines[1:]]}
    for name, text in slips.items():
        (here / f"{name}.csv").write_text("\n".join(text) + "\n")
        seen = clientele("init", "--from", here / f"{name}.csv", "-o", here / f"{name}.toml")
        expect(seen.returncode == 65, f"{name}: refused", seen)
        expect(not (here / f"{name}-customers.csv").exists(), f"{name}: nothing was written")
        said.append(seen.stdout + seen.stderr)
    for columns in ("id=group", "id=date", "id=amount", "id=currency"):
        meant = columns.split("=")[1]
        words = ["--map", columns, "--map", "number=id" if meant == "group" else "group=id"]
        words += ["--map", f"{meant}=ignored"] if meant != "currency" else []
        said.append(clientele("init", "--from", orders, "-o", here / "swapped.toml", *words).stderr)
        expect("swapped" not in said[-1] and not (here / "swapped-customers.csv").exists(), f"{columns} is refused")
    # Bad encoding, mixed currencies and a second file with mistakes.
    points = f"id,points\n{canaries[2]},x\n{canaries[3]},"
    (here / "bad.csv").write_bytes(points.encode() + b"\x81\xff\n")
    said.append(clientele("init", "--from", orders, "--points", here / "bad.csv", "-o", here / "bad.toml").stderr)
    (here / "two.csv").write_text(f"id,points\n{canaries[2]},1.5\n{canaries[3]},-7\n")
    said.append(clientele("init", "--from", orders, "--points", here / "two.csv", "-o", here / "two.toml").stderr)
    text = "".join(said)
    expect(len(text) > 2000 and not any(canary in text for canary in canaries), "no id is in any message")
    written = [path for path in here.iterdir() if path.suffix != ".csv" or path.stem.endswith("-draws")]
    written += [table.with_name(".nothing")]
    for path in written:
        text = path.read_text(errors="replace") if path.exists() else ""
        expect(not any(canary in text for canary in canaries), f"no id is in {path.name}")
    expect(not [path for path in here.iterdir() if ".tmp." in path.name], "nothing is left behind")


def mistakes_are_told(here, orders, study, table):
    before = table.read_bytes()
    for words, status, part in (
            (["--control", "customers=1001"], 65, "customers = 1001 does not tie out: the files come to 1000, 1 less."),
            (["--control", "revenue=37501"], 65, "the files come to 37500, 1 less"),
            (["--control", "costumers=1"], 64, "Did you mean customers?"),
            (["--control", "customers"], 64, "has no \"=\""),
            (["--map", "amount=mount"], 64, "Did you mean amount?"),
            (["--map", "amout=amount"], 65, "no file has a column \"amout\". Did you mean \"amount\"?"),
            (["--map", "group=tier", "--map", "group=ignored"], 64, "Which one?"),
            (["--date-order", "ydm"], 64, "Expected: dmy, mdy or ymd."),
            (["--decimal", "dot"], 64, "Expected: point or comma."),
            (["--origin", "2026-13-01"], 64, "is no date"),
            (["--origin", "2024-01-01"], 65, "nothing was ordered before 2024-01-01"),
            (["--origin", "2025-01-15"], 64, "Did you mean 2025-01-01?"),
            (["--season", "1,2,3"], 64, "Expected: twelve numbers"),
            (["--new-since", "soon"], 64, "--new-since soon is no date"),
            (["--like", "customers=5"], 64, "do not go together"),
            (["b2b"], 64, "Leave \"b2b\" out?"),
            (["--invoices", here / "none.csv"], 74, "none.csv: cannot be read (No such file"),
            (["--invoices", here], 74, "it is a folder")):
        seen = clientele("init", "--from", orders, "-o", study, "--force", *words)
        expect(seen.returncode == status and part in seen.stderr and table.read_bytes() == before,
               f"{words} is refused, and what was there stays", seen)
    seen = clientele("init", "--from", orders, "-o", study)
    expect(seen.returncode == 73 and table.read_bytes() == before, "a table that is there stays", seen)
    seen = clientele("init", "--from", orders, "-o", here / "new.toml", "--customers-file", here / "nowhere" / "c.csv")
    expect(seen.returncode == 74, "a folder that is not there is told before all is read", seen)
    seen = clientele("init", "--from", orders)
    expect(seen.returncode == 64 and "-o is missing" in seen.stderr, "where to is asked for", seen)
    seen = clientele("init", "retail", "--currency", "EUR")
    expect(seen.returncode == 64 and "goes with --from" in seen.stderr, "options of --from go with it", seen)


def other_files_are_read(here):
    orders, study, table = here / "bestellungen.csv", here / "german.toml", here / "my customers.csv"
    orders.write_bytes("sep=;\r\n客户编号;Beleg;Datum;Netto EUR\r\n"
                       "=A1;1;31.01.2025;1.234,50\r\n=A1;1;31.01.2025;10,00\r\n"
                       "\"B;2\";2;01.02.2025;99\r\nB;3;03.02.2025;5,00-\r\nSumme;;;1.338,50\r\n".encode("gb18030"))
    open_items = here / "open.csv"
    open_items.write_text("id,not due,1-30,31-60,61-90,>90\n=A1,100,20,0,0,3.5\n")
    seen = clientele("init", "--from", orders, "-o", study, "--map", "客户编号=id", "--map",
                     "Beleg=number", "--map", "Datum=date", "--map", "Netto EUR=amount",
                     "--open-items", open_items, "--customers-file", table, "--no-fit",
                     "--origin", "2025-03-01",
                     "--control", "revenue=1338.5,returns=-5")
    expect(seen.returncode == 0 and "GB18030" in seen.stderr and "between columns \";\"" in seen.stderr and
           "decimal comma, dates day/month/year" in seen.stderr, "what the file is like is said", seen)
    expect("1 lines of totals (checked, left out)" in seen.stderr, "the line of totals is not counted", seen)
    rows = rows_of(table) if table.exists() else []
    expect([row["id"] for row in rows] == ["=A1", "B;2"] and rows[0]["sales_2"] == "1244.5" and
           rows[0]["open_over_90"] == "3.5", "ids and amounts are as they were", seen)


def another_option_is_meant(here):
    """A list of invoices given as orders, and dates as a spreadsheet counts them."""
    lists = here / "invoices.csv"
    lines = ["id,number,date,amount,due,settled"]
    for k in range(60):
        lines.append(f"c{k % 20},{k},{45300 + 9 * k}.{k:02},{10 + k},{45330 + 9 * k},{45325 + 9 * k}")
    lists.write_text("\n".join(lines) + "\n")
    seen = clientele("init", "--from", lists, "-o", here / "lists.toml", "--no-fit")
    expect(seen.returncode == 0 and "Did you mean --invoices " in seen.stderr and "\"due\" = due" in seen.stderr,
           "a list of invoices is no list of orders alone", seen)
    expect("dates are day numbers of a spreadsheet, counted from 1899-12-30 (\"date\")" in seen.stderr and
           "window      2024-01-09 to" in seen.stderr, "day numbers of a spreadsheet are told", seen)
    seen = clientele("init", "--invoices", lists, "-o", here / "lists.toml", "--no-fit", "--force")
    expect(seen.returncode == 0 and "Did you mean" not in seen.stderr and "invoices    60" in seen.stderr,
           "said as what it is, it is read whole", seen)
    lists.write_text("\n".join(lines).replace("amount", "worth") + "\n")
    seen = clientele("init", "--from", lists, "-o", here / "none.toml", "--no-fit")
    expect(seen.returncode == 65 and "Did you mean --invoices " in seen.stderr, "also beside a mistake", seen)
    lists.write_text("\n".join(lines) + "\nc1,99,2024-05-01,5,45330,45325\n")
    seen = clientele("init", "--from", lists, "-o", here / "none.toml", "--no-fit")
    expect(seen.returncode == 65, "a mixed column is refused", seen)
    expect("invoices.csv:62: column \"date\" = \"2024-05-01\" is no day number" in seen.stderr, "where, is told", seen)


def what_is_large_or_late_is_read_back(here):
    """Millions a month in a currency of small units, points that end in some years: what is written is a study."""
    orders, points, study = here / "yen.csv", here / "points.csv", here / "yen.toml"
    lines = ["id,number,date,amount"]
    for month in range(14):
        for customer in range(40):
            if chance.random() < 0.6:
                value = (2e7 if customer == 3 else 40_000) * chance.lognormvariate(0, 0.3)
                day = f"{2024 + month // 12}-{month % 12 + 1:02}-{1 + customer % 28:02}"
                lines.append(f"y{customer},{len(lines)},{day},{value:.0f}")
    orders.write_text("\n".join(lines) + "\n")
    points.write_text("id,points,ends\ny1,40,2025-06\ny1,7,2199-12-31\ny2,2,\ny3,5,2024-03\nnobody,9,2025-06\n")
    seen = clientele("init", "--from", orders, "--points", points, "-o", study, "--currency", "JPY", "--origin",
                     "2025-03-01")
    expect(seen.returncode == 0 and
           "49 held by 2 of them when month 0 begins; 7 end more than 36 months later (taken as without an end); 9 of "
           "customers without an order (left out); 5 had ended before (left out)" in seen.stderr, "points add up", seen)
    expect("money_quantum = 1 " in study.read_text(), "amounts are counted in what holds them", seen)
    checked = clientele("check", study)
    expect(checked.returncode == 0, "large amounts and late ends are read back", checked)
    study.write_text(study.read_text().replace("money_quantum = 1 ", "money_quantum = 0.01 "))
    checked = clientele("check", study)
    expect(checked.returncode == 65 and "is outside [-10000000, 10000000]" in checked.stderr, "else they are not",
           checked)


def a_real_retailer(here):
    if not invoices.is_file():
        print(f"passed over: no invoices at {invoices}")
        return
    words = ("init", "--from", invoices, "-o", here / "retail.toml", "--no-fit")
    seen = clientele(*words, "--control", "revenue=8300066,customers=4372,invoices=22190")
    expect(seen.returncode == 0 and "3,519, GBP -243,313.24" in seen.stderr, "a real year ties out", seen)
    seen = clientele(*words, "--force", "--control", "revenue=8300067")
    expect(seen.returncode == 65, "a unit more does not", seen)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    orders, study, table, seen = everything_is_said(folder)
    canaries_stay(folder, orders, table, seen)
    mistakes_are_told(folder, orders, study, table)
    other_files_are_read(folder)
    another_option_is_meant(folder)
    what_is_large_or_late_is_read_back(folder)
    a_real_retailer(folder)
end()
