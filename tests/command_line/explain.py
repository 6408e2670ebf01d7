# What `explain` says of a study's keys is what the reader does with them, and the reference page is what it prints.
#
# explain.py PROGRAM ROOT
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from expectations import end, expect

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
asked = str(root / "tests/command_line/three_policies.toml")
least = "[population]\ncustomers = 100\n[[policy]]\nname = \"today\"\nsegmentation = \"everyone\"\n"


def clientele(*words, **more):
    return subprocess.run([program, *words], capture_output=True, text=True, timeout=120, **more)


def told(*words):
    seen = clientele("explain", *words, "--json")
    expect(seen.returncode == 0, f"{words} is explained", seen)
    return json.loads(seen.stdout)["keys"]


def facts_of(text):
    """What `info` says of a study."""
    with tempfile.TemporaryDirectory() as name:
        study = pathlib.Path(name) / "study.toml"
        study.write_text(text)
        seen = clientele("info", str(study), "--json")
    expect(seen.returncode == 0, "a study that says its defaults is read", seen)
    return json.loads(seen.stdout)


keys = told()
by_path = {entry["path"]: entry for entry in keys}
of_behaviors = [entry for entry in keys if entry["kind"].endswith("of a behavior")]


def every_key_is_found():
    for entry in keys[::7]:
        expect(entry in told(entry["path"]), f"{entry['path']} is found by its path")
    expect(len(by_path) == len(keys) > 300, f"{len(keys)} paths are told apart")
    expect(all(entry["meaning"] for entry in keys if entry["table"] != "churn"), "everything has a meaning")


def defaults_hold():
    """A study that states all defaults of behaviors is the study that states none."""
    tables = {}
    for entry in of_behaviors:
        tables.setdefault(entry["table"], []).append(f"{entry['path'].split('.')[1]} = {entry['default']}")
    text = least + "".join(f"[{table}]\n" + "\n".join(lines) + "\n" for table, lines in tables.items())
    expect(len(of_behaviors) > 60, f"{len(of_behaviors)} fields are told")
    plain = facts_of(least)
    expect(facts_of(text)["study_digest"] == plain["study_digest"], "defaults are what they are told to be")
    moved = text.replace("satisfaction_slope = -0.35", "satisfaction_slope = -0.36")
    expect(moved != text and facts_of(moved)["study_digest"] != plain["study_digest"], "another value is another study")


def marks_are_those_of_answers():
    facts = facts_of(least)
    for field in facts["fields"]:
        entry = by_path[field["path"]]
        expect((field["mark"], field["source"], field["meaning"]) ==
               (entry["known_as"], entry["source"], entry["meaning"]), f"{field['path']} rests on what answers say")
    for kind, prefix in (("kpis", "kpi."), ("metrics", "metric.")):
        names = [prefix + one["name"] for one in facts[kind]]
        expect(set(names) <= set(by_path) and names, f"all {kind} are told")
    expect(by_path["kpi.npv"]["facts"]["direction"] == "higher is better", "a KPI has its direction")
    default = by_path["accounting.discount_rate"]["default"]
    expect(f"r = {default}" in by_path["kpi.npv"]["facts"]["formula"], "a KPI's rate is the default of its field")


def levers_say_both_sides():
    levers = [entry for entry in of_behaviors if "lever" in entry["facts"]]
    two = all({"costs", "buys"} <= set(entry["facts"]) for entry in levers)
    expect(len(levers) > 4 and two, "levers have two sides")
    care = told("policy.tier.care")
    expect([entry["path"] for entry in care] == ["service.care"], f"a lever is found by its tier: {care}")
    for path in ("policy.ranked.tier.A.care", "policy.ranked.tier.A.service.care", "uncertain.service.care",
                 "population.group.chain.service.care", "sweep.grid.service.care"):
        expect(told(path) == care, f"{path} is found")
    tier = clientele("explain", "policy.tier").stdout
    expect(all(entry["path"] in " ".join(tier.split()) for entry in levers), "a tier lists its levers")


def names_are_found():
    for name, path in (("npv", "kpi.npv"), ("terms_days", "payment.terms_days"), ("shock.demand", "shock.demand"),
                       ("driver.demand", "shock.demand"), ("payment.late_chance.mean", "payment.late_chance"),
                       ("policy.ranked.segmentation.rule", "policy.segmentation.rule"),
                       ("policy.x.settings.service.managers", "service.managers"),
                       ("scenario.storm.shock.demand.times", "scenario.shock.times"),
                       ("uncertain.scenario.storm.demand", "shock.demand"), ("policy.ranked.care", "service.care"),
                       ("policy.\"A.B\".tier.C.share", "policy.tier.share"), ("title", "title"),
                       ("scenario.name", "scenario.name"), ("policy.tier", "policy.tier")):
        expect(path in [entry["path"] for entry in told(name)], f"{name} is {path}")
    expect({entry["path"] for entry in told("months")} >= {"horizon.months", "beyond.months"}, "a name may be several")
    rule = [entry["path"] for entry in told("rank")]
    expect(rule == [f"segmentation.rank.{key}" for key in ("review_every", "look_back", "by")],
           "a rule is told with its fields")
    expect("parts of all customers" in clientele("explain", "segmentation.rank").stdout, "and what it does")


def nothing_is_guessed():
    for word, meant in (("payment.term_days", "Did you mean payment.terms_days? [payment] has: terms_days, late_"),
                        ("horizon.month", "Did you mean horizon.months? [horizon] has: start, months, warmup, run_"),
                        ("churn.late_chance", "[churn] has: base_hazard"), ("payments.terms_days", "[payment] has:"),
                        ("npw", "Did you mean npv?"), ("zzzzzz", "clientele explain lists all")):
        seen = clientele("explain", word)
        expect(seen.returncode == 64 and meant in seen.stderr and not seen.stdout, f"{word} is refused: {meant}", seen)
    for words, meant in ((["--json", "--markdown"], "Which one?"), (["npv", "--markdown"], "all keys"),
                         (["a", "b"], "2 words")):
        seen = clientele("explain", *words)
        expect(seen.returncode == 64 and meant in seen.stderr, f"{words} is refused", seen)


def texts_hold_all():
    lines = clientele("explain").stdout.splitlines()
    for entry in keys:
        if not any(line.startswith("  " + entry["path"] + " ") and entry["meaning"] in line for line in lines):
            expect(False, f"{entry['path']} has a line")
    page = clientele("explain", "--markdown").stdout
    kept = root / "scenarios/REFERENCE.md"
    expect(kept.read_text() == page, "scenarios/REFERENCE.md is what `explain --markdown` prints (write it anew)")
    expect(all(line.count("|") - line.count("\\|") >= 3 for line in page.splitlines() if line.startswith("|")),
           "rows of its tables are whole")


every_key_is_found()
defaults_hold()
marks_are_those_of_answers()
levers_say_both_sides()
names_are_found()
nothing_is_guessed()
texts_hold_all()

# One customer's course: the same luck under both policies, and what first makes them differ.
course = clientele("explain", asked, "--customer", "3", "--policy", "ranked", "--json")
expect(course.returncode == 0, "a course is told", course)
course = json.loads(course.stdout)
expect([policy["policy"] for policy in course["policies"]] == ["today", "ranked"], "the baseline is beside it", course)
first = course["first_difference"]


def steps_upto(policy, month):
    return [lived for lived in policy["months"] if lived["month"] < month]


if first is None:
    expect(course["policies"][0]["months"] == course["policies"][1]["months"], "nothing differs", course)
else:
    one, other = course["policies"]
    expect(steps_upto(one, first) == steps_upto(other, first) or first == 0, "nothing differs before", course)
again = clientele("explain", asked, "--customer", "3", "--policy", "ranked", "--json")
expect(json.loads(again.stdout) == course, "a course is the same each time", again)
few = ["explain", asked, "--customers", "60", "--months", "13", "--policy", "ranked"]
most = clientele(*few, "--policy", "today", "--find", "largest gain", "--json")
expect(most.returncode == 0, "somebody gains most", most)
found = json.loads(most.stdout)["found"]
expect(found["customers"] == 60 and found["gain"] + found["lose"] <= 60 and found["worth"][1] > found["worth"][0],
       "a gain is one", most)
alone = clientele(*few, "--policy", "today", "--customer", str(found["number"]), "--json")
expect(json.loads(alone.stdout)["policies"] == json.loads(most.stdout)["policies"],
       "its course is the customer's", most)
least = clientele(*few, "--find", "largest loss")
expect(least.returncode == 0 and "has the largest loss of all 60" in " ".join(least.stdout.split()), "or loses", least)
text = clientele("explain", asked, "--customer", "3", "--policy", "ranked", "--month", "1")
expect(text.returncode == 0 and "Every step of" in text.stdout and "hazard outlived" in text.stdout, "all steps", text)
for words, says in (
    (["--customer", "3", "--policy", "rankd"], 'Did you mean "ranked"?'),
    (["--customer", "0", "--policy", "ranked"], "there are customers 1 to"),
    (["--customer", "x", "--policy", "ranked"], "is no number of a customer"),
    (["--customer", "3"], "Which policy?"),
    (["--customer", "3", "--policy", "ranked", "--policy", "ranked"], "is beside itself"),
    (["--customer", "3", "--policy", "ranked", "--scenario", "flood"], "is not in the study"),
    (["--policy", "ranked"], "goes with --customer"),
    (["--customer", "3", "--find", "largest gain", "--policy", "ranked"], "do not go together"),
    (["--find", "largest gian", "--policy", "ranked"], 'Did you mean "largest gain"?'),
    (["--find", "largest gain", "--policy", "ranked", "--set", "experiment.headline=churn"], "is no sum over"),
):
    seen = clientele("explain", asked, *words)
    expect(seen.returncode == 64 and says in seen.stderr, f"{words}: {says}", seen)

gone = str(root / "scenarios/studies/classification.toml")
seen = clientele("explain", gone, "--customer", "7", "--policy", "scorecard")
expect(seen.returncode == 64 and "left in the warm-up" in seen.stderr and "Did you mean --customer" in seen.stderr,
       "a customer who left before month 0 has no course", seen)
seen = clientele("explain", gone, "--customer", "8", "--policy", "scorecard")
expect(seen.returncode == 0 and re.search(r"tier \S+ by [0-9.]+ points \(payment [0-9.]+, volume [0-9.]+, prospects "
                                          r"[0-9.]+, profit [0-9.]+\)", seen.stdout),
       "a score is told by its parts, in points", seen)
curved = ["--set", "policy.scorecard.segmentation.weights.growth=0.2",
          "--set", "policy.scorecard.segmentation.curves.growth.from=0",
          "--set", "policy.scorecard.segmentation.curves.growth.to=2"]
seen = clientele("explain", gone, "--customer", "8", "--policy", "scorecard", "--month", "0", *curved)
expect(seen.returncode == 0 and "points of growth" in seen.stdout and "score" in seen.stdout,
       "points of a number with a curve of its own", seen)
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    (folder / "customers.csv").write_text("id,purchasing.orders_per_month\nMUELLER-1,3\nSCHMIDT-2,30\n")
    (folder / "study.toml").write_text(
        '[population]\nfile = "customers.csv"\n[[policy]]\nname = "a"\nsegmentation = "everyone"\n'
        '[[policy]]\nname = "b"\nsegmentation = "everyone"\ntier = [ { name = "all", discount = 0.3 } ]\n')
    seen = clientele("explain", str(folder / "study.toml"), "--customer", "SCHMIDT-2")
    expect(seen.returncode == 0 and "SCHMIDT" not in seen.stdout, "a real id is taken and not told", seen)
    expect("Customer 2 of group" in seen.stdout, "it goes by its row", seen)
    seen = clientele("explain", str(folder / "study.toml"), "--customer", "NOBODY-3")
    expect(seen.returncode == 64 and "no customer of this id" in seen.stderr, "an unknown id", seen)
end()
