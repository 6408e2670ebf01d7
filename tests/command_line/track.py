# What has come is held against what was promised, and what a backtest came to travels with the study.
#
# track.py PROGRAM ROOT
import csv
import io
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

from expectations import end, expect

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
data = pathlib.Path(os.environ.get("CLIENTELE_DATA", root / "../shared/data"))
invoices = data / "online_retail" / "online_retail_invoices.csv.gz"
sentence = "figures of 1 half-year lay inside their range (they are not independent)."


def clientele(*words):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=300)


def an_invented_firm(path):
    """200 customers who order about every other month from 2024 on; some leave."""
    chance = random.Random(7)
    lines = ["id,number,date,amount"]
    number = 0
    for customer in range(200):
        rate, leaves = chance.gammavariate(2, 0.25), chance.expovariate(0.04)
        time = chance.expovariate(rate)
        while time < min(leaves, 24):
            number += 1
            day = f"{2024 + int(time) // 12}-{1 + int(time) % 12:02}-{1 + int(time % 1 * 28):02}"
            lines.append(f"c{customer},{number},{day},{chance.lognormvariate(4, 0.8):.2f}")
            time += chance.expovariate(rate)
    path.write_text("\n".join(lines) + "\n")


def as_its_backtest(here, orders, origin, futures):
    """A cube from a day in the past, tracked to the end of the books, says what the backtest of that day says."""
    study, cube = here / "then.toml", here / "then.nc"
    seen = clientele("init", "--from", orders, "--origin", origin, "-o", study, "--force", "-q")
    expect(seen.returncode == 0, "a study of a day in the past is fitted", seen)
    tested = clientele("backtest", study, "--at", origin, "--futures", futures, "--json", "-q")
    expect(tested.returncode == 0, "it is backtested", tested)
    seen = clientele("run", study, "-o", cube, "--draws", futures, "--force", "-q")
    expect(seen.returncode == 0, "and run", seen)
    seen = clientele("track", cube, orders, "--json")
    expect(seen.returncode == 0, "and tracked", seen)
    if tested.returncode or seen.returncode:
        return
    figures = {one["name"]: one for one in json.loads(tested.stdout)["backtests"][0]["figures"]}
    for measure in json.loads(seen.stdout)["measures"]:
        if measure["name"] not in ("revenue", "orders"):
            continue
        so_far, figure = measure["months"][5]["so_far"], figures[measure["name"]]
        promise = so_far["promise"]
        expect((promise["mean"], promise["low"], promise["high"]) == (figure["mean"], figure["low"], figure["high"]) and
               abs(so_far["fact"] - figure["actual"]) < 1e-4,  # added up in another order
               f"{measure['name']} are as in the backtest: {so_far}, {figure}")


def the_verdict_travels(here, orders):
    study, cube = here / "mine.toml", here / "mine.nc"
    clientele("init", "--from", orders, "-o", study, "-q")
    seen = clientele("check", study)
    expect("Fitted to your books, not backtested." in seen.stdout, "no backtest is said", seen)
    before = study.read_text()
    seen = clientele("backtest", study, "--origins", 1, "--futures", 39)
    expect("--write" in seen.stderr and study.read_text() == before, "how to have it travel is said", seen)
    seen = clientele("backtest", study, "--origins", 1, "--futures", 39, "--write", "-q")
    after = study.read_text()
    expect(seen.returncode == 0 and "says it from now on" in seen.stderr, "it is written", seen)
    begin = after.index("[books.backtest]")
    rest = after[:begin] + after[after.index("\n", after.index("files ", begin)) + 1:]
    expect(rest == before, "all else is byte for byte as it was")
    clientele("backtest", study, "--origins", 1, "--futures", 39, "--write", "-q")
    expect(study.read_text() == after, "a second one takes its place")
    run = ("run", study, "-o", cube, "--draws", 20, "-q")
    for words in (("check", study), ("info", study), run, ("compare", cube)):
        seen = clientele(*words)
        said = " ".join(seen.stdout.split())
        expect(sentence in said and "Backtested: " in said and "Not fitted" not in said, f"{words[0]} says it", seen)
    told = json.loads(clientele("compare", cube, "--json").stdout)
    expect(told["fitted_to_books"] and told["backtest"]["months"] == 6, "compare --json has it")
    lines = list(csv.DictReader(io.StringIO(clientele("compare", cube, "--csv").stdout)))
    expect(all(int(line["backtest_figures"]) == told["backtest"]["figures"] for line in lines), "--csv has it")
    for language, part in (("en", "Backtested: "), ("zh", "回测："), ("es", "Contrastado con el pasado: ")):
        page = here / f"{language}.html"
        seen = clientele("report", cube, "-o", page, "--language", language)
        expect(seen.returncode == 0 and part in page.read_text(), f"the page says it in {language}", seen)
    edited = here / "edited.toml"
    for old, new, is_of_the_fit in (("order_level = 1\n", "order_level = 1.1\n", True),
                                    ("late_chance     = 0\n", "late_chance     = 0.1\n", True),
                                    ("[satisfaction]\nreference = 8", "[satisfaction]\nreference = 7", True),
                                    ("shipping = 0\n", "shipping = 5\n", False)):
        expect(old in after, f"{old} is in a fitted study")
        edited.write_text(after.replace(old, new))
        seen = clientele("check", edited)
        expect(("Backtested before what was fitted was changed" in seen.stdout) == is_of_the_fit,
               f"a changed fit is told apart, a cost that no book tells is not one: {new}", seen)
    files_that_change(here, after)
    for old, new, part in (("inside  = ", "inside  = 99", "more than there are"),
                           ("origins = [", "origins = [1, ", "no list"),
                           ("months  = 6", "mouths  = 6", "mouths")):
        edited.write_text(after.replace(old, new))
        seen = clientele("check", edited)
        expect(seen.returncode == 65 and part in seen.stderr, f"{new} is a mistake", seen)


def files_that_change(here, study):
    """The study says what it said; its draws or its customers are others."""
    there = here / "mine.toml"
    for name in ("mine-draws.csv", "mine-customers.csv"):
        file, cube = here / name, here / "changed.nc"
        before = file.read_text()
        lines = before.split("\n")
        at = lines[1].rindex(",") + 1
        lines[1] = lines[1][:at] + "1.01" if "draws" in name else lines[1].replace("c", "d", 1)
        file.write_text("\n".join(lines))
        expect(there.read_text() == study, "the study is as it was")
        for words in (("check", there), ("run", there, "-o", cube, "--draws", 20, "--force", "-q"), ("compare", cube)):
            seen = clientele(*words)
            expect("Backtested before what was fitted was changed" in " ".join(seen.stdout.split()),
                   f"{words[0]} sees that {name} has changed", seen)
        told = json.loads(clientele("compare", cube, "--json").stdout)
        expect(any("have another digest" in warning for warning in told["warnings"]), "compare --json warns of it")
        file.write_text(before)
    seen = clientele("check", there)
    expect(sentence in " ".join(seen.stdout.split()), "as they were, nothing has changed", seen)


def what_cannot_be_tracked(here, orders):
    cube = here / "mine.nc"
    for words, status, part in (((cube,), 64, "ACTUALS.csv is missing"), ((cube, orders), 65, "is whole"),
                                ((cube, orders, "--policy", "todya"), 65, ""), ((cube, here / "no.csv"), 74, "no.csv"),
                                ((cube, orders, "--until", "soon"), 64, "is no day"),
                                ((here / "then.nc", orders, orders), 65, "count twice"),
                                ((here / "then.nc", orders, "--policy", "todya"), 64, "Did you mean \"today\"?")):
        seen = clientele("track", *words)
        expect(seen.returncode == status and part in seen.stderr, f"{words[1:]} is refused", seen)
    seen = clientele("track", here / "then.nc", orders)
    expect("Revenue to the end of" in seen.stdout and "nine futures in ten" in seen.stdout, "it is told in words", seen)
    expect("warning" not in seen.stderr, "every month has orders", seen)
    late = here / "late.csv"
    head, *rest = orders.read_text().splitlines()
    kept = [line for line in rest if "2025-06-" not in line and "2025-08-" not in line]
    late.write_text("\n".join([head, *kept]) + "\n")
    seen = clientele("track", here / "then.nc", late)
    expect(seen.returncode == 0 and "have no order in the exports, the first is 2025-06" in seen.stderr and
           "warning: 2 of the " in seen.stderr, "a month that no export reaches is told", seen)
    lines = list(csv.DictReader(io.StringIO(clientele("track", here / "then.nc", orders, "--csv").stdout)))
    expect({line["measure"] for line in lines} == {"revenue", "orders", "buyers", "newcomers", "on the books"},
           "a table has all measures")


with tempfile.TemporaryDirectory() as folder:
    here = pathlib.Path(folder)
    orders = here / "orders.csv"
    an_invented_firm(orders)
    the_verdict_travels(here, orders)
    as_its_backtest(here, orders, "2025-06-01", 60)
    what_cannot_be_tracked(here, orders)
    if invoices.exists():
        as_its_backtest(here, invoices, "2011-06-01", 100)
    else:
        print(f"no {invoices}: the retailer is left out")
end()
