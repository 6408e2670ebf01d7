# A bound that the firm must keep is told beside the answer: in how many futures who breaks it.
#
# constraints.py PROGRAM ROOT
import csv
import io
import json
import pathlib
import subprocess
import sys
import tempfile

from expectations import end, expect

program, root = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
plain = (root / "tests/command_line/three_policies.toml").read_text()


def clientele(*words):
    return subprocess.run([program, *map(str, words)], cwd=folder, capture_output=True, text=True, timeout=120)


def flat(text):
    return " ".join(text.split())


def values_of(kpi):
    """every future of every arm, by scenario and policy"""
    seen = clientele("compare", "plain.nc", "--kpi", kpi, "--json")
    arms = json.loads(seen.stdout)["kpis"][0]["arms"]
    return {(arm["scenario"], arm["policy"]): arm["mean"] for arm in arms}


def bounds_are_counted():
    (folder / "plain.toml").write_text(plain)
    seen = clientele("run", "plain.toml", "-o", "plain.nc", "-q", "--customers", "300")
    expect(seen.returncode == 0, "the study runs without bounds", seen)
    expect(json.loads(clientele("compare", "plain.nc", "--json").stdout)["constraints"] == [], "without bounds none")
    expect("broken" not in clientele("compare", "plain.nc", "--csv").stdout, "and no column")
    means = values_of("peak_receivables")
    policies = sorted({policy for _, policy in means})
    middle = sum(means.values()) / len(means)
    bounds = (f'\n[[constraint]]\nkpi = "peak_receivables"\nat_most = {middle}\n'
              f'[[constraint]]\nkpi = "peak_receivables"\nat_most = 0\npolicy = "{policies[0]}"\n'
              '[[constraint]]\nkpi = "late_share"\nat_least = 0\nat_most = 1\n')
    (folder / "bound.toml").write_text(plain + bounds)
    seen = clientele("run", "bound.toml", "-o", "bound.nc", "--customers", "300", "-q")
    expect(seen.returncode == 0 and "peak_receivables is to be at most" in flat(seen.stdout), "run tells bounds", seen)
    one, other = (json.loads(clientele("info", name, "--json").stdout) for name in ("plain.nc", "bound.nc"))
    expect(one["study_digest"] == other["study_digest"] and one["data_hash"] == other["data_hash"],
           "bounds change no outcome")
    told = json.loads(clientele("compare", "bound.nc", "--json").stdout)
    first, second, third = told["constraints"]
    futures = told["draws"] * told["replications"]
    expect(len(first["arms"]) == len(means) and all(arm["futures"] == futures for arm in first["arms"]),
           f"of all arms in all futures: {first}")
    expect(0 < sum(arm["broken"] for arm in first["arms"]) < len(means) * futures, f"some break it: {first}")
    for arm in first["arms"]:
        share = arm["broken"] / arm["futures"]
        expect(arm["low"] <= share <= arm["high"] and arm["high"] - arm["low"] < 1, f"an interval: {arm}")
    expect({arm["policy"] for arm in second["arms"]} == {policies[0]} and
           all(arm["broken"] == futures and arm["high"] == 1 and arm["low"] > 0.5 for arm in second["arms"]),
           f"one policy's bound that nobody keeps: {second}")
    expect(all(arm["broken"] == 0 and arm["low"] == 0 and arm["high"] > 0 for arm in third["arms"]),
           f"a bound that nobody breaks: {third}")
    text = flat(clientele("compare", "bound.nc").stdout)
    expect(f"breaks that in {futures} of {futures} futures" in text and "late_share is to be between" in text,
           f"sentences: {text}")
    rows = list(csv.DictReader(io.StringIO(clientele("compare", "bound.nc", "--csv").stdout)))
    peaks = [row for row in rows if row["kpi"] == "peak_receivables"]
    expect(len(peaks) == len(means) + len(second["arms"]) and
           sorted(int(row["broken"]) for row in peaks) ==
           sorted(arm["broken"] for bound in (first, second) for arm in bound["arms"]), f"CSV: {peaks}")
    for language, words in (("zh", "应不超过"), ("es", "debe ser como máximo")):
        seen = clientele("report", "bound.nc", "-o", f"{language}.html", "--language", language)
        page = (folder / f"{language}.html").read_text()
        expect(seen.returncode == 0 and words in page, f"a page in {language} tells them", seen)


def mistakes_are_told():
    (folder / "wrong.toml").write_text(plain + '\n[[constraint]]\nkpi = "peak_receivable"\nat_most = 1\n[[constraint]]'
                                       '\nkpi = "dso"\n[[constraint]]\nat_most = 1\nkpi = "dso"\nat_least = 2\n'
                                       'policy = "nobody"\n[[constraint]]\nat_mst = 1\n')
    seen = clientele("check", "wrong.toml")
    for words in ('Did you mean "peak_receivables"?', "has neither at_most nor at_least", "(no number keeps both)",
                  '"nobody" is no policy', "kpi is missing", "at_mst"):
        expect(seen.returncode == 65 and words in flat(seen.stderr), f"{words} is told", seen)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    bounds_are_counted()
    mistakes_are_told()
end()
