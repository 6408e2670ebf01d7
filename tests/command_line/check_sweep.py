# What a sweep asks is told before anything is simulated; verbs without points take the study as it is stated.
#
# check_sweep.py PROGRAM ROOT
import json
import pathlib
import subprocess
import sys
import tempfile

from expectations import end, expect

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
plain = (root / "tests/command_line/three_policies.toml").read_text()
grid = """
[sweep.grid]
payment.terms_days = [15, 30, 45]
policy.bands.tier.gold.discount = { low = 0.01, high = 0.05, count = 5 }
"""


def clientele(*words):
    return subprocess.run([program, *words], cwd=folder, capture_output=True, text=True, timeout=120)


def flat(text):
    return " ".join(text.split())


with tempfile.TemporaryDirectory() as folder:
    swept = pathlib.Path(folder) / "swept.toml"
    swept.write_text(plain + grid)
    (pathlib.Path(folder) / "plain.toml").write_text(plain)
    away = pathlib.Path(folder) / "studies"
    away.mkdir()
    (away / "away.toml").write_text(plain + grid)
    points = "payment.terms_days,churn.base_hazard\n30,0.01\n60,0.02\n30,0.01\n"
    (pathlib.Path(folder) / "points.csv").write_text(points)

    seen = clientele("check", "swept.toml")
    expect(seen.returncode == 0 and "sweep: 15 points (grid): payment.terms_days from 15 to 45 days (3 values), "
           "policy.bands.tier.gold.discount from 0.01 to 0.05" in seen.stdout, "check tells a sweep", seen)
    expect("sweep" not in clientele("check", "plain.toml").stdout, "a study without a sweep has none to tell")

    for study in ("swept.toml", "plain.toml", "studies/away.toml"):
        seen = clientele("check", study, "--sweep", "points.csv")
        expect(seen.returncode == 0 and "sweep: 2 points (rows of points.csv): payment.terms_days from 30 to 60 days"
               in seen.stdout and "point 3 says the same as point 1 and is left out" in seen.stderr,
               f"a file of points counts before the study's sweep, wherever {study} lies", seen)

    seen = clientele("info", "swept.toml")
    expect("15 points (grid)" in seen.stdout and "- payment.terms_days from 15 to 45 days (3 values)" in seen.stdout,
           "info tells a sweep", seen)
    told = json.loads(clientele("info", "swept.toml", "--json").stdout)
    expect(told["sweep"]["points"] == 15 and told["dims"]["month"] == 1 and
           told["sweep"]["numbers"][0] == {"path": "payment.terms_days", "unit": "days", "low": 15, "high": 45,
                                           "values": 3}, f"programs hear the same: {told.get('sweep')}")
    expect("sweep" not in json.loads(clientele("info", "plain.toml", "--json").stdout), "no sweep is no sweep")

    seen = clientele("doctor", "swept.toml", "--quiet")
    expect("the sweep of the study has no part in this: its numbers are taken as stated" in seen.stderr,
           "a verb without points says that it takes the study as stated", seen)

    (pathlib.Path(folder) / "wrong.csv").write_text("payment.terms_dais,churn.base_hazard\n30,0.01\n60,1.5\n")
    seen = clientele("check", "plain.toml", "--sweep", "wrong.csv")
    expect(seen.returncode == 65 and "wrong.csv:1:1: payment.terms_dais is not part of a study" in seen.stderr and
           "wrong.csv:3:4: churn.base_hazard = 1.5 is outside" in seen.stderr and "2 mistakes" in seen.stderr,
           "mistakes of a file have its places", seen)
    seen = clientele("check", "plain.toml", "--sweep", "points.csv", "--set", "payment.terms_days=45")
    expect(seen.returncode == 65 and "is swept, and --set payment.terms_days=45 sets it" in seen.stderr,
           "a number is set or swept", seen)
    seen = clientele("check", "plain.toml", "--sweep", "nowhere.csv")
    expect(seen.returncode == 65 and '--sweep nowhere.csv: sweep.file = "nowhere.csv" cannot be read' in seen.stderr,
           "a file that is not there is told", seen)
end()
