# Two years of a shop with deliveries and answers: what init fits beside orders stands in the study, in its draws and in
# what is said, and the study runs.
#
# init_fits.py PROGRAM
import csv
import datetime
import pathlib
import random
import re
import subprocess
import sys
import tempfile

from expectations import end, expect

program = sys.argv[1]
luck = random.Random(20261202)
first = datetime.date(2024, 1, 1)


def clientele(*words):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=300)


def day(number):
    return first + datetime.timedelta(days=int(number))


def exports(here, months):
    """150 customers with rates Gamma(2), of whom one in fifty leaves a month; a fifth of deliveries is late; answers of
    1 to 5 every half-year."""
    orders, deliveries, surveys = ["id,number,date,amount,margin"], ["id,date,promised"], ["id,date,rating"]
    number = 0
    for customer in range(150):
        rate, typical = luck.gammavariate(2, 0.5), luck.gauss(4, 0.6)
        until = min(luck.expovariate(1 / (50 * 30.4)), months * 30.4)
        at = luck.expovariate(rate / 30.4)
        while at < until:
            number += 1
            value = luck.lognormvariate(typical, 0.5)
            orders.append(f"c{customer},{number},{day(at)},{value:.2f},{0.3 * value:.2f}")
            deliveries.append(f"c{customer},{day(at + (8 if luck.random() < 0.2 else 3))},{day(at + 5)}")
            at += luck.expovariate(rate / 30.4)
        for half in range(months // 6):
            surveys.append(f"c{customer},{day(90 + half * 182)},{luck.choice([2, 3, 3, 4, 4, 5])}")
    deliveries += ["c1,,2024-05-01", "c1,2024-05-02,"]
    for name, lines in (("orders", orders), ("deliveries", deliveries), ("surveys", surveys)):
        (here / f"{name}.csv").write_text("\n".join(lines) + "\n")


def init(here, *words):
    return clientele("init", "--from", here / "orders.csv", "-o", here / "mine.toml", "--currency", "EUR", "--force",
                     *words)


def all_is_fitted(here):
    exports(here, 24)
    both = ("--deliveries", here / "deliveries.csv", "--surveys", here / "surveys.csv")
    seen = init(here, *both, "--origin", "2026-01-01")
    expect(seen.returncode == 0, "books with deliveries and surveys become a study", seen)
    said = " ".join(seen.stdout.split())
    for part in ("Laws of orders: each was fitted to the orders before 2025-07-01", "The study is simulated by",
                 "Gamma-gamma foretells them", "how often a customer orders correlate by", "Deliveries: ",
                 "taken for a scale of 1 to 5", "Scorecard: weights volume", "of the last year best"):
        expect(part in said, f"it says: {part}", seen)
    expect("2 deliveries without a day, or of which nothing says whether they were late" in seen.stderr,
           "deliveries that tell nothing are counted", seen)
    text = (here / "mine.toml").read_text()
    found = re.search(r"\nlate_chance = ([0-9.]+)    # .* deliveries, ([0-9.]+) to ([0-9.]+) \(95 %, Jeffreys", text)
    expect(found and float(found[2]) < 0.2 < float(found[3]), "the share of late deliveries has its interval", text)
    expect(re.search(r"\nsatisfaction_effect = [-0-9.e]+    # ", text), "the effect of satisfaction is there")
    expect(re.search(r"\nreference   = [0-9.]+    # the mean of", text) and "\nperformance = " in text,
           "customers stand at what they say")
    for part in ("# Laws of orders", "#   Pareto/NBD", "# A scorecard: ", "# segmentation = { rule = \"scorecard\""):
        expect(part in text, f"the study has {part}")
    with open(here / "mine-draws.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    for path in ("service.late_chance", "satisfaction.performance", "purchasing.satisfaction_effect"):
        expect(len({row[path] for row in rows}) > 300, f"{path} is drawn")
    mean = sum(float(row["service.late_chance"]) for row in rows) / len(rows)
    expect(abs(mean - float(found[1])) < 0.01, "late chances are drawn around their estimate")
    seen = clientele("check", here / "mine.toml")
    expect(seen.returncode == 0, "the study is one", seen)
    taken = re.sub(r"^# (\[\[policy\]\]|(?:name|segmentation|tier) +=)", r"\1", text, flags=re.M)
    (here / "scored.toml").write_text(taken)
    seen = clientele("check", here / "scored.toml")
    expect(seen.returncode == 0 and "scorecard" in seen.stdout, "the scorecard is a policy", seen)
    seen = clientele("backtest", here / "mine.toml", "--origins", "1", "--futures", "20", "-q")
    expect(seen.returncode == 0 and "Laws of orders" not in seen.stdout, "a backtest fits without other laws", seen)


def little_is_told(here):
    """Eight months: no law is held against another, no scorecard; nothing of service where there is no file."""
    exports(here, 8)
    seen = init(here, "--origin", "2024-09-01")
    said = " ".join(seen.stdout.split())
    expect(seen.returncode == 0 and "were not held against each other: the books have 8 months" in said, "too short",
           seen)
    expect("Weights of a scorecard were not fitted: the books have 8 months" in said, "no scorecard either", seen)
    text = (here / "mine.toml").read_text()
    expect("satisfaction_effect" not in text and "[service]" not in text and "scorecard" not in text,
           "what no file tells is not in the study")
    lines = (here / "surveys.csv").read_text().splitlines()
    (here / "surveys.csv").write_text("\n".join(lines[:12]) + "\n")
    seen = init(here, "--origin", "2024-09-01", "--surveys", here / "surveys.csv")
    text = (here / "mine.toml").read_text()
    expect("satisfaction_effect = 0    # not known: " in text, "few answers tell no effect", seen)
    expect("The study has purchasing.satisfaction_effect = 0." in " ".join(seen.stdout.split()), "and say so", seen)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    all_is_fitted(folder)
    little_is_told(folder)
end()
