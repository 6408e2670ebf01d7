# Totals of an annual report become a study that has them; a study's own totals are held against its warm-up.
#
# totals.py PROGRAM ROOT
import pathlib
import re
import subprocess
import sys
import tempfile

from expectations import end, expect

program = str(pathlib.Path(sys.argv[1]).resolve())
said = {"customers": 400, "orders": 9600, "sales": 6e6, "top_tenth": 0.5, "leavers": 0.15, "dso": 48, "late": 0.3,
        "bad_debt": 0.003}


def clientele(*words):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=300)


def like(totals):
    return ",".join(f"{key}={value}" for key, value in totals.items())


def number(text):
    size = {"k": 1e3, "M": 1e6, "bn": 1e9}
    digits, *unit = text.replace(",", "").split()
    return float(digits) * (size[unit[0]] if unit else 1)


def table_in(text):
    """yours, simulated mean and deviation by total"""
    cell = r"([\d.,]+(?: (?:k|M|bn))?|a guess)"
    rows = re.findall(rf"^(\w+)  .*?\s{{2,}}{cell}\s{{2,}}{cell}\s{{2,}}{cell}$", text, re.M)
    return {name: [None if one == "a guess" else number(one) for one in numbers] for name, *numbers in rows}


def a_base_has_its_totals(here):
    study = here / "mine.toml"
    seen = clientele("init", "--like", like(said), "-o", study)
    expect(seen.returncode == 0 and "Next: clientele run" in seen.stdout, "a study is written", seen)
    table = table_in(seen.stdout)
    expect(set(table) == set(said), "each total has its line", seen)
    for name, (yours, mean, sd) in table.items():
        expect(yours == said[name], f"{name} is told as it was said", seen)
        expect(abs(mean - yours) <= 0.01 * yours and abs(mean - yours) <= 3 * sd + 1e-12,
               f"{name} is simulated within a per cent", seen)
    text = study.read_text()
    expect("[totals]" in text and "guess" in text and max(map(len, text.splitlines())) <= 120, "it is to be read")
    again = clientele("init", "b2b", "--like", like(said))
    expect(again.stdout == text and "simulated" in again.stderr, "the same totals give the same study", again)
    checked = clientele("check", study)
    expect(checked.returncode == 0 and "warning" not in checked.stderr + checked.stdout, "it is sound", checked)
    expect(set(table_in(checked.stdout)) == set(said), "check tells the totals", checked)
    seen = clientele("run", study, "--customers", "60", "--draws", "4", "-q", "-o", here / "mine.nc")
    expect(seen.returncode == 0, "it runs", seen)
    seen = clientele("check", study, "--set", "totals.dso=30", "--set", "purchasing.orders_per_month.mean=3")
    expect(seen.returncode == 0 and "totals.dso = 30.00, and the year before month 0 has" in seen.stderr and
           "totals.orders" in seen.stderr and "totals.late" not in seen.stderr, "what is off is told", seen)
    seen = clientele("check", study, "--set", "horizon.warmup=6")
    expect(seen.returncode == 0 and "[totals] is not compared" in seen.stderr and "horizon.warmup = 24" in seen.stderr,
           "a short warm-up has no year", seen)


def what_is_not_said_is_a_guess(here):
    study = here / "few.toml"
    seen = clientele("init", "--like", "customers=300, sales=4_000_000", "-o", study)
    table = table_in(seen.stdout)
    expect(seen.returncode == 0 and table["customers"][0] == 300 and table["late"][0] is None, "two are enough", seen)
    expect(abs(table["sales"][1] / 4e6 - 1) < 0.01, "and they are met", seen)
    even = clientele("init", "--like", "customers=500,orders=60000,sales=4e6,top_tenth=.14,late=0,dso=20,leavers=0,"
                     "bad_debt=0")
    table = table_in(even.stderr)
    expect(even.returncode == 0 and abs(table["top_tenth"][1] - 0.14) < 0.0014 and table["leavers"][1] == 0 and
           abs(table["dso"][1] - 20) < 0.2, "a base of customers who are alike", even)


def mistakes_are_told_at_once():
    for words, meant in (
            ("customers=20000", ["sales is missing"]),
            ("costumers=10,sales=abc,late=12,leavers=1.2",
             ["Did you mean customers?", 'sales = "abc" is no number', "Did you mean 0.12?", "leavers = 1.2 is outside",
              "5 mistakes; nothing was written"]),
            ("customers=10.5,sales=1e6,sales=2e6,dso",
             ["no whole number", "sales is said twice", '"dso" has no value']),
            ("customers=1000,sales=1e6,orders=3e6", ["customers = 1000 and orders = 3000000 contradict each other"]),
            ("customers=1000,sales=1,orders=9000", ["orders = 9000 and sales = 1 contradict each other"]),
            ("customers=1000,sales=1e6,orders=20,top_tenth=.05,late=.5,dso=.1,bad_debt=.3",
             ["customers = 1000 and orders = 20", "top_tenth = 0.05 and customers = 1000", "late = 0.5 and dso = 0.1",
              "bad_debt = 0.3 and dso = 0.1", "4 mistakes"]),
            ("customers=1000,sales=1e6,orders=1200,top_tenth=.15",
             ["top_tenth = 0.15 and orders = 1200", "luck alone"]),
            ("customers=1000,sales=1e6,top_tenth=.999", ["more than customers"])):
        seen = clientele("init", "--like", words)
        expect(seen.returncode == 64 and not seen.stdout and all(one in seen.stderr for one in meant),
               f"{words} is refused", seen)
    seen = clientele("init", "retail", "--like", "customers=10,sales=1e5")
    expect(seen.returncode == 64 and "Leave" in seen.stderr, "a study to begin with that it is not", seen)


def a_study_contradicts_itself(here):
    study = here / "wrong.toml"
    study.write_text("[totals]\ncustomers = 1_000\norders = 9_000_000\nlate = 2\nsale = 3\n[population]\ncustomers = "
                     "100\n[[policy]]\nname = \"a\"\nsegmentation = \"everyone\"\n")
    seen = clientele("check", study)
    expect(seen.returncode == 65 and "totals.late = 2 is outside" in seen.stderr and
           "wrong.toml:2:13: totals: customers = 1000 and orders = 9000000" in seen.stderr and
           "sale" in seen.stderr and "3 mistakes" in seen.stderr, "totals are read like all else", seen)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    a_base_has_its_totals(folder)
    what_is_not_said_is_a_guess(folder)
    mistakes_are_told_at_once()
    a_study_contradicts_itself(folder)
end()
