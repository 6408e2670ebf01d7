# A list of customers: tiers that a hand can check, gains that tie out with the cube, and ids in the list alone.
#
# classify.py PROGRAM ROOT
import csv
import os
import pathlib
import random
import stat
import subprocess
import sys
import tempfile

import h5py
import numpy
from expectations import end, expect

program, root = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
chance = random.Random(20261130)
customers = 150
study = """
seed = 7
currency = "GBP"
[horizon]
months = 6
warmup = 12
[population]
file = "customers.csv"
columns = { "Kunde" = "id" }
[[population.group]]
name = "home"
[[population.group]]
name = "export"
[accounting]
discount_rate = 0
[purchasing]
elasticity = -6
borrowed_share = 0
[[policy]]
name = "today"
segmentation = "everyone"
tier = [ { name = "all" } ]
[[policy]]
name = "bands"
segmentation = { rule = "spend", review_every = 3, look_back = 12 }
[[policy.tier]]
name = "gold"
from = 5_000
discount = 0.05
[[policy.tier]]
name = "silver"
from = 2_000
discount = 0.01
[[policy.tier]]
name = "others"
[[policy]]
name = "ranked"
segmentation = { rule = "rank", review_every = 3, look_back = 12 }
[[policy.tier]]
name = "top"
share = 0.2
discount = 0.03
[[policy.tier]]
name = "rest"
[experiment]
baseline = "today"
replications = 16
"""


def write_customers():
    """What each has bought in the last twelve months; the table has its months from the last one back."""
    bought, lines = {}, []
    for c in range(customers):
        canary = f"canary.{chance.getrandbits(64):016x}@example.org"
        orders = [chance.choice([0, 0, 1, 2]) for _ in range(12)]
        orders[chance.randrange(12)] = 1
        sales = [n * chance.randrange(10, 500 + 10 * c) for n in orders]
        bought[canary] = sum(sales)
        lines.append([canary, "export" if c % 3 == 0 else "home", *orders, *sales])
    # an amount that a tier starts from, to the penny, and one below it
    first, second = list(bought)[:2]
    for line, target in ((lines[0], 5000), (lines[1], 4999.99)):
        sales = [0.0] * 12
        sales[next(k for k in range(12) if line[2 + k])] = target
        line[14:] = sales
    bought[first], bought[second] = 5000, 4999.99
    head = ["Kunde", "group", *(f"orders_{k + 1}" for k in range(12)), *(f"sales_{k + 1}" for k in range(12))]
    with open(folder / "customers.csv", "w", newline="") as file:
        csv.writer(file).writerows([head, *lines])
    (folder / "mine.toml").write_text(study)
    return bought


def clientele(*words):
    return subprocess.run([program, *map(str, words)], cwd=folder, capture_output=True, text=True, timeout=300)


def rows_of(name):
    with open(folder / name, newline="") as file:
        return list(csv.DictReader(file))


def no_ids(seen, what):
    expect("canary" not in seen.stdout + seen.stderr, f"{what} tells no id", seen)


def tiers_by_hand(bought):
    seen = clientele("classify", "mine.toml", "-o", "list.csv", "--futures", 16, "--capacity", 10)
    expect(seen.returncode == 0, "the list is made", seen)
    no_ids(seen, "the list")
    expect(stat.S_IMODE(os.stat(folder / "list.csv").st_mode) == 0o600, "only its owner may read the list")
    rows = rows_of("list.csv")
    expect({row["id"] for row in rows} == set(bought) and len(rows) == customers, "each customer has a line")
    top = sorted(bought.values(), reverse=True)[29]
    for row in rows:
        spent = bought[row["id"]]
        tier = "gold" if spent >= 5000 else "silver" if spent >= 2000 else "others"
        told = float(row["bands: sales of 12 months"])
        if row["bands: tier"] != tier or abs(told - spent) > 0.005:
            expect(False, f"spent {spent}: {tier}, and the list says {row}")
            break
        away = {"gold": None, "silver": 5000 - spent, "others": 2000 - spent}[tier]
        said = row["bands: to the next better tier (GBP)"]
        expect(said == "" if away is None else abs(float(said) - away) < 0.005, f"{spent} is {away} away: {said}")
        expect(row["tier today"] == "all" and row["today: reason"] == "all customers are in it", f"today: {row}")
        expect((row["ranked: tier"] == "top") == (spent >= top), f"the largest fifth is on top: {row}")
    by_spent = {round(bought[row["id"]], 2): row for row in rows}
    expect(by_spent[5000]["bands: reason"] == "sales of 12 months 5,000: gold from 5,000", f"{by_spent[5000]}")
    expect(by_spent[4999.99]["bands: reason"] == "sales of 12 months 4,999.99: silver from 2,000",
           f"{by_spent[4999.99]}")
    best = rows[0]
    serve = [row["serve"] for row in rows]
    expect(serve.count("yes") <= 10 and "yes" not in serve[10:], "as many are marked as can be served")
    expect(best["group"] in ("home", "export"), "groups are told")
    for policy in ("bands", "ranked"):
        sizes = {row[f"{policy}: tier"] for row in rows}
        for name in sizes:
            count = sum(row[f"{policy}: tier"] == name for row in rows)
            expect(f"{name} {count}" in seen.stdout, f"{count} customers are in {name}", seen)
    expect("administration" in seen.stdout and "chosen by the first 8 futures" in seen.stdout, "what it is not is said",
           seen)
    return seen, rows


def differences_in_cube(study_file):
    """By policy, what all customers bring more than under today."""
    seen = clientele("run", study_file, "-o", "cube.nc", "--quiet", "--force")
    expect(seen.returncode == 0, "the study runs", seen)
    with h5py.File(folder / "cube.nc") as cube:
        contribution = numpy.nan_to_num(cube["contribution"][()])  # of tiers that a policy has none of
        names = [name.decode() for name in cube["policy"][()]]
    of_policy = contribution.sum(axis=(0, 2, 4, 5, 6)).mean(axis=-1)  # [policy], mean over replications
    (folder / "cube.nc").unlink()
    return {name: value - of_policy[0] for name, value in zip(names, of_policy)}


def ties_out(rows, study_file="mine.toml"):
    """What all customers gain is what the cube has: nobody joins."""
    differences = differences_in_cube(study_file)
    expect(list(differences) == ["today", "bands", "ranked"], f"policies in their order: {differences}")
    for policy in ("bands", "ranked"):
        gains = sum(float(row[f"{policy}: expected gain"]) for row in rows)
        difference = differences[policy]
        expect(abs(gains - difference) <= 1e-6 * abs(difference), f"{policy}: {gains} is {difference}")
        expect(abs(difference) > 1, f"{policy} changes something: {difference}")
    order = {policy: [float(row[f"{policy}: expected gain"]) for row in rows] for policy in ("bands", "ranked")}
    best = max(order, key=lambda policy: sum(order[policy]))
    expect(order[best] == sorted(order[best], reverse=True), f"the list is sorted by the gain under {best}")


def who_leaves():
    """Who leaves without another order has cost something, and has a tier."""
    (folder / "leaving.csv").write_text("id,group,orders_1,sales_1\n" + "".join(
        f"canary{c},home,1,{2000 + 10 * c}\n" for c in range(900)))
    (folder / "leaving.toml").write_text(
        study.replace("customers.csv", "leaving.csv").replace('columns = { "Kunde" = "id" }\n', "")
        .replace("replications = 16", "replications = 8").replace("discount =", "service.care =")
        .replace("look_back = 12", "look_back = 1").replace("0.05", "40").replace("0.03", "20") +
        "[churn]\nbase_hazard = 0.3\n")
    seen = clientele("classify", "leaving.toml", "-o", "leaving_list.csv", "--futures", 8)
    expect(seen.returncode == 0, "customers who leave are listed", seen)
    rows = rows_of("leaving_list.csv")
    ties_out(rows, "leaving.toml")
    expect("bands: share of futures in this tier" not in rows[0], "everybody has a tier in every future")


def same_whatever(first):
    kept = (folder / "list.csv").read_bytes()
    seen = clientele("classify", "mine.toml", "-o", "list.csv", "--futures", 16)
    expect(seen.returncode == 73 and (folder / "list.csv").read_bytes() == kept, "a list is not replaced", seen)
    for threads in (1, 3):
        seen = clientele("classify", "mine.toml", "-o", "list.csv", "--futures", 16, "--capacity", 10, "--force",
                         "--threads", threads)
        expect(seen.returncode == 0 and (folder / "list.csv").read_bytes() == kept and seen.stdout == first.stdout,
               f"{threads} threads make the same list", seen)
    seen = clientele("classify", "mine.toml", "-o", "ranked.csv", "--futures", 16, "--policy", "ranked")
    gains = [float(row["ranked: expected gain"]) for row in rows_of("ranked.csv")]
    expect(gains == sorted(gains, reverse=True), "a policy that is named sorts the list", seen)


def uncertain():
    """Draws are drawn, and the list goes on with as many as there are."""
    (folder / "unsure.toml").write_text(study.replace("replications = 16\n", "draws = 8\n") +
                                        "[uncertain]\n"
                                        'churn.base_hazard = { dist = "uniform", low = 0.005, high = 0.03 }\n')
    seen = clientele("classify", "unsure.toml", "-o", "unsure.csv", "--futures", 12, "--months", 3)
    expect(seen.returncode == 0 and "12 futures of 3 months" in seen.stdout, "draws are futures", seen)


def refused():
    for words, status, text in (
            (["classify", "mine.toml"], 64, "-o is missing"),
            (["classify", "mine.toml", "-o", "customers.csv", "--force"], 73, "is what the study is read from"),
            (["classify", "mine.toml", "-o", "x.csv", "--policy", "bandz"], 64, 'Did you mean "bands"?'),
            (["classify", "mine.toml", "-o", "x.csv", "--policy", "today"], 64, "is the baseline"),
            (["classify", "mine.toml", "-o", "x.csv", "--futures", "2"], 64, "is outside [8, 1000]"),
            (["classify", "mine.toml", "-o", "none/x.csv"], 74, "none"),
            (["classify", "invented.toml", "-o", "x.csv"], 65, "clientele init --from"),
            (["classify", "one.toml", "-o", "x.csv"], 65, "no policy beside its baseline"),
            (["clasify"], 64, "Did you mean classify?")):
        seen = clientele(*words)
        expect(seen.returncode == status and text in seen.stderr, f"{words} is refused ({status}, {text!r})", seen)
        no_ids(seen, words)
    expect(not (folder / "x.csv").exists(), "what is refused leaves no file")


def alone_and_bare():
    """Customers of whom the file tells nothing but who they are."""
    (folder / "bare.csv").write_text("id,group\n=1+2,home\n0017,export\n\"a, b\",home\n")
    (folder / "bare.toml").write_text(study.replace("customers.csv", "bare.csv")
                                      .replace('columns = { "Kunde" = "id" }\n', ""))
    seen = clientele("classify", "bare.toml", "-o", "bare_list.csv", "--futures", 8)
    expect(seen.returncode == 0 and "Each future invents it" in seen.stderr, "an invented past is said", seen)
    expect({row["id"] for row in rows_of("bare_list.csv")} == {"'=1+2", "0017", "a, b"},
           "ids are text, as the file has them, and no formula")


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    spent = write_customers()
    (folder / "invented.toml").write_text(study.replace('file = "customers.csv"\ncolumns = { "Kunde" = "id" }',
                                                        "customers = 90")
                                          .replace('name = "home"', 'name = "home"\nshare = 0.5')
                                          .replace('name = "export"', 'name = "export"\nshare = 0.5'))
    begin, behind = study.index('[[policy]]\nname = "bands"'), study.index("[experiment]")
    (folder / "one.toml").write_text(study[:begin] + study[behind:])
    answer, lines_of_list = tiers_by_hand(spent)
    ties_out(lines_of_list)
    who_leaves()
    same_whatever(answer)
    uncertain()
    refused()
    alone_and_bare()
end()
