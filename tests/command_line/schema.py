# The JSON Schema of a study takes every study that is here, and refuses what the reader refuses: keys, kinds, ranges,
# words.
#
# schema.py PROGRAM ROOT
import copy
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile
import tomllib

from expectations import end, expect

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(0)

program, root = sys.argv[1], pathlib.Path(sys.argv[2])


def clientele(*words):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=120)


def as_json(value):
    """TOML as JSON: a date is a text."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, (datetime.date, datetime.datetime)) else value


def as_toml(value):
    """A study that was edited, in tables within lines."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {as_toml(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    return value.isoformat() if isinstance(value, datetime.date) else json.dumps(value)


def text_of(study):
    return "\n".join(f"{json.dumps(key)} = {as_toml(value)}" for key, value in study.items()) + "\n"


schema = json.loads(clientele("schema").stdout)
validator = jsonschema.Draft4Validator(schema)
base = tomllib.loads("""
title = "All kinds of keys"
[horizon]
start = 2027-01-01
months = 12
warmup = 12
[beyond]
drivers = "none"
[population]
customers = 200
people = "redrawn"
arrivals = "as before"
group = [ { name = "a", share = 0.5, purchasing.orders_per_month.mean = 4.0 },
          { name = "b", share = 0.5, payment.terms_days = 20 } ]
[purchasing]
orders_per_month = { dist = "gamma", mean = 2, shape = 2 }
order_value = { mean = 300 }
season = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
[payment]
late_chance = 0.3
opening = { not_due = 100 }
[churn]
leaving = "month end"
base_hazard = 0.02
[uncertain]
churn.base_hazard = { dist = "lognormal", mean = 0.02, sd_log = 0.1 }
payment.late_chance.value = { dist = "beta", mean = 0.3, a = 9 }
population.group.b.purchasing.elasticity = { dist = "uniform", low = -2, high = -1 }
policy.ranked.tier.A.discount = "0.01 to 0.03"
policy.today.settings.administration.per_month = "10 to 14"
scenario.storm.demand = { dist = "beta", mean = 0.9, a = 40 }
[[scenario]]
name = "storm"
shock = [ { driver = "demand", times = 0.9, from = 3, months = 3, ramp = 2, group = "a" } ]
[[policy]]
name = "today"
segmentation = "everyone"
settings = { service.managers = 3, administration.per_month = { value = 12, from = 6, ramp = 3 } }
tier = [ { name = "all", care = 3 } ]
[[policy]]
name = "ranked"
segmentation = { rule = "rank", review_every = 6 }
rollout = [ { month = 3, share = 0.5, group = "a" }, { month = 6 } ]
care = 2
entry = "B"
tier = [ { name = "A", share = 0.2, discount = 0.02, payment.terms_days = 45 }, { name = "B" } ]
[experiment]
baseline = "today"
headline = "npv"
draws = 2
luck = "common"
same_money = true
why = true
[count]
histograms = [0, 11]
[output]
by = ["group"]
metrics = ["orders", "revenue"]
kpis = "crm"
months = "year"
histograms = false
[sweep]
grid = { payment.terms_elasticity = [0.01, 0.02], service.care_hazard = { low = -0.3, high = -0.1, count = 3 } }
""")


def refusals(study):
    return [error.message[:150] for error in validator.iter_errors(as_json(study))]


def every_study_is_taken():
    studies = [path for folder in ("scenarios/studies", "tests") for path in sorted((root / folder).rglob("*.toml"))]
    studies = [path for path in studies if "fixtures" not in path.parts]  # of models that went
    expect(len(studies) > 4, "there are studies to look at")
    for path in studies:
        refused = refusals(tomllib.loads(path.read_text()))
        expect(not refused, f"{path} is a study: {refused}")


def edit(path, value):
    """The base with one value said anew; None takes it out."""
    study = copy.deepcopy(base)
    at = study
    for step in path[:-1]:
        at = at[step] if isinstance(at, list) else at.setdefault(step, {})
    if value is None:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return study


def wrong_keys():
    tables = [[], ["horizon"], ["beyond"], ["population"], ["population", "group", 0], ["purchasing"],
              ["purchasing", "orders_per_month"], ["population", "group", 0, "purchasing"], ["payment", "opening"],
              ["uncertain"], ["uncertain", "churn"], ["uncertain", "churn", "base_hazard"], ["scenario", 0],
              ["scenario", 0, "shock", 0], ["policy", 0], ["policy", 0, "settings"],
              ["policy", 0, "settings", "administration", "per_month"], ["policy", 1, "segmentation"],
              ["policy", 1, "tier", 0], ["policy", 1, "tier", 0, "payment"], ["policy", 1, "rollout", 0],
              ["experiment"], ["count"], ["output"], ["sweep"]]
    return [table + ["weeks"] for table in tables]


def edits():
    """(path, value) of each edit that breaks the base."""
    for path in wrong_keys():
        yield path, 3
    for path in (["title"], ["population", "group", 0, "name"], ["policy", 0, "name"], ["experiment", "baseline"]):
        yield path, 3
    for path in (["horizon", "months"], ["churn", "base_hazard"], ["policy", 1, "tier", 0, "share"],
                 ["experiment", "draws"], ["policy", 0, "settings", "service", "managers"],
                 ["scenario", 0, "shock", 0, "times"],
                 ["policy", 1, "tier", 0, "discount"], ["uncertain", "churn", "base_hazard", "mean"],
                 ["purchasing", "orders_per_month", "mean"], ["experiment", "same_money"], ["experiment", "why"],
                 ["payment", "late_chance"],
                 ["horizon", "start"], ["scenario"], ["purchasing", "season"], ["count", "histograms"]):
        yield path, "many"
    for path, value in ((["horizon", "months"], 0), (["horizon", "months"], 601), (["churn", "base_hazard"], 1.5),
                        (["horizon", "months"], 1.5), (["policy", 1, "tier", 0, "share"], 1.2),
                        (["beyond", "months"], 500),
                        (["purchasing", "orders_per_month", "mean"], -1), (["purchasing", "season"], [1, 1]),
                        (["policy", 1, "segmentation", "review_every"], 0), (["payment", "late_chance"], 2),
                        (["policy", 1, "tier", 0, "payment", "terms_days"], -1), (["population", "customers"], 0),
                        (["uncertain", "churn", "base_hazard", "mean"], 7), (["scenario", 0, "shock", 0, "times"], -1),
                        (["policy", 0, "settings", "service", "managers"], 1.5), (["count", "histograms"], [])):
        yield path, value
    for path in (["beyond", "drivers"], ["population", "people"], ["churn", "leaving"], ["experiment", "luck"],
                 ["experiment", "headline"], ["output", "months"], ["policy", 0, "segmentation"],
                 ["policy", 1, "segmentation", "rule"], ["scenario", 0, "shock", 0, "driver"],
                 ["purchasing", "orders_per_month", "dist"], ["uncertain", "churn", "base_hazard", "dist"],
                 ["population", "arrivals"]):
        yield path, "perhaps"
    yield ["output", "metrics"], ["perhaps"]
    yield ["output", "by"], ["tier"]
    for path in (["policy", 0, "name"], ["scenario", 0, "name"], ["policy", 1, "segmentation", "rule"], ["population"],
                 ["scenario", 0, "shock", 0, "driver"], ["policy", 1, "rollout", 0, "month"], ["policy"],
                 ["uncertain", "churn", "base_hazard", "sd_log"]):
        yield path, None
    yield ["uncertain", "churn", "inactive_after"], {"dist": "uniform", "low": 6, "high": 9}  # whole numbers cannot
    yield ["population", "group", 1, "accounting"], {"discount_rate": 0.01}                   # one value for all
    yield ["policy", 1, "tier", 0, "top"], 0.3                                                # a share and a top
    yield ["policy", 1, "tier", 0, "base_hazard"], 0.3                                        # no lever
    yield ["policy", 0, "settings", "churn"], {"base_hazard": 0.3}                            # no setting


def what_the_reader_refuses_is_refused():
    with tempfile.TemporaryDirectory() as name:
        file = pathlib.Path(name) / "study.toml"

        def status(study):
            file.write_text(text_of(study))
            return clientele("check", file)

        expect(not refusals(base), f"the base is a study: {refusals(base)}")
        seen = status(base)
        expect(seen.returncode == 0, "and the reader thinks so too", seen)
        count = 0
        for path, value in edits():
            study, count = edit(path, value), count + 1
            what = f"{'.'.join(map(str, path))} = {value}"
            seen = status(study)
            expect(seen.returncode == 65, f"the reader refuses {what}", seen)
            expect(refusals(study), f"the schema refuses {what}")
        print(count, "broken studies were looked at")
        expect(count >= 80, "there are many of them")


def defaults_are_taken():
    """Whatever explain gives as a default, the schema takes."""
    keys = json.loads(clientele("explain", "--json").stdout)["keys"]
    text = "[population]\ncustomers = 9\n[[policy]]\nname = 'a'\nsegmentation = 'everyone'\n"
    tables = {}
    for entry in keys:
        if entry["kind"].endswith("of a behavior"):
            tables.setdefault(entry["table"], []).append(f"{entry['path'].split('.')[1]} = {entry['default']}")
    text += "".join(f"[{table}]\n" + "\n".join(lines) + "\n" for table, lines in tables.items())
    expect(not refusals(tomllib.loads(text)), f"all defaults are taken: {refusals(tomllib.loads(text))}")


jsonschema.Draft4Validator.check_schema(schema)
every_study_is_taken()
what_the_reader_refuses_is_refused()
defaults_are_taken()
seen = clientele("schema", "now")
expect(seen.returncode == 64 and "takes nothing behind it" in seen.stderr, "schema takes nothing behind it", seen)
end()
