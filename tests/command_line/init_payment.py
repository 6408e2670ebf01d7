# Invoices of customers whose ways to pay are known: what init fits holds the truth, and a backtest speaks of it.
#
# init_payment.py PROGRAM
import datetime
import pathlib
import random
import re
import subprocess
import sys
import tempfile

from expectations import end, expect

program = sys.argv[1]
luck = random.Random(20261201)


def clientele(*words):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=300)


def invoices(disputes):
    """80 customers over two years: net 30, late chances Beta(1, 2), days late Weibull(8 x G(5/3), 1.5)."""
    lines = ["id,number,date,amount,due,settled" + (",disputed" if disputes else "")]
    first = datetime.date(2024, 1, 1)
    number = 0
    for customer in range(80):
        chance, rate = luck.betavariate(1, 2), luck.gammavariate(2, 0.5)
        day = luck.expovariate(rate / 30)
        while day < 730:
            issued = first + datetime.timedelta(days=int(day))
            due = issued + datetime.timedelta(days=30)
            late = luck.random() < chance
            off = 1 + int(luck.weibullvariate(8, 1.5)) if late else -int(luck.uniform(0, 20))
            settled = due + datetime.timedelta(days=off)
            number += 1
            line = f"c{customer},{number},{issued},{luck.lognormvariate(4, 0.5):.2f},{due}"
            line += f",{settled if settled < datetime.date(2026, 1, 1) else ''}"
            lines.append(line + (f",{'yes' if luck.random() < 0.2 else 'no'}" if disputes else ""))
            day += luck.expovariate(rate / 30)
    return "\n".join(lines) + "\n"


def interval(text, what):
    found = re.search(what + r" ([0-9.e-]+) to ([0-9.e-]+) \(95 %\)", text)
    return (float(found[1]), float(found[2])) if found else (0, 0)


def payment_is_fitted(here, disputes):
    file, study = here / "invoices.csv", here / "mine.toml"
    file.write_text(invoices(disputes))
    seen = clientele("init", "--invoices", file, "-o", study, "--origin", "2026-01-01", "--currency", "EUR", "--force")
    expect(seen.returncode == 0, "a list of invoices alone is one of orders, too", seen)
    expect("who is late: normal" in seen.stdout and "days late: normal" in seen.stdout, "draws are told", seen)
    text = study.read_text()
    payment = text[text.index("[payment]"):text.index("[accounting]")]
    lines = {line.split("=")[0].strip(): line for line in payment.splitlines() if "=" in line}
    expect(lines["terms_days"].split("=")[1].split("#")[0].strip() == "30" and "0 have others" in payment, "terms")
    low, high = interval(lines["late_chance"], "mean")
    expect(low * 0.9 < 1 / 3 < high * 1.1, f"the mean chance is near {low} to {high}")
    low, high = interval(lines["days_late"], "mean")
    expect(low * 0.95 < 8.2 - 0.5 < high * 1.05, f"mean days late are near {low} to {high}")
    expect(("no invoice is marked as disputed" in payment) != disputes, "disputes are told")
    expect(("dispute_effect" in lines) == disputes, "their effect is, where there are some")
    expect("never pays (0 invoices" in payment, "defaults are not known")
    header = (here / "mine-draws.csv").read_text().splitlines()[0]
    expect("payment.late_chance.mean,payment.late_chance.a,payment.days_late.mean" in header, "draws have columns")
    seen = clientele("backtest", study, "--origins", "1", "--futures", "40", "-q")
    for part in ("late share of invoices", "days late of late ones", "days outstanding at the end",
                 "than one chance for all does"):
        expect(seen.returncode == 0 and part in seen.stdout, f"a backtest has {part}", seen)
    return file, study


def without_invoices(here, file, study):
    seen = clientele("init", "--from", file, "-o", study, "--origin", "2026-01-01", "--force", "-q")
    expect(seen.returncode == 0 and "no invoices were read: customers pay at once" in study.read_text(), "at the till",
           seen)
    seen = clientele("init", "--points", file, "-o", study)
    expect(seen.returncode == 64 and "goes with --from (a list of orders) or --invoices" in seen.stderr,
           "there is no study without orders", seen)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    payment_is_fitted(folder, disputes=False)
    without_invoices(folder, *payment_is_fitted(folder, disputes=True))
end()
