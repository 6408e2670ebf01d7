# A sweep through the program: its cube is the cubes of its points, it goes on after a kill, and compare tells of all.
import json
import os
import pathlib
import signal
import shutil
import subprocess
import sys
import tempfile
import time

from expectations import end, expect

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
small = ["--customers", "600", "--replications", "6", "--months", "6", "--quiet"]
lever = "policy.bands.tier.gold.terms_days"
sweep = f"\n[sweep.grid]\n{lever} = [30, 60]\naccounting.discount_rate = [0.005, 0.02]\n"
values = [(30, 0.005), (30, 0.02), (60, 0.005), (60, 0.02)]


def clientele(*words):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=300)


def sets(point):
    return ["--set", f"{lever}={values[point][0]}", "--set", f"accounting.discount_rate={values[point][1]}"]


def opened(path):
    import xarray
    with xarray.open_dataset(path) as cube:
        return cube.load()


def without_digest(text):
    return [line for line in text.splitlines() if "study_digest" not in line]


def study(folder, more=sweep):
    text = (root / "tests/command_line/three_policies.toml").read_text()
    (folder / "study.toml").write_text(text + more)
    return folder / "study.toml"


def check_slices(folder, asked):
    """Every number of a plain run with --set stands at its point, and the records are the same."""
    import numpy
    made = clientele("run", asked, *small, "-o", folder / "a.nc")
    expect(made.returncode == 0, "a sweep runs", made)
    told = clientele("run", asked, *small)
    expect(told.stdout == made.stdout, "without -o the same table is told", told)
    cube = opened(folder / "a.nc")
    expect(cube.attrs["cube_format"] == "2.0", "points are a format of their own")
    expect(cube.coords[lever].values.tolist() == [30, 30, 60, 60], "the lever stands along the points")
    plain = study(folder, "\n[output]\nmonths = \"total\"\n")
    hashes = cube.point.attrs["data_hashes"].splitlines()
    for point in range(4):
        target = folder / f"plain{point}.nc"
        shutil.copytree(folder / "a.nc.run", folder / f"plain{point}.nc.run")
        alone = clientele("run", plain, *[w for w in small if w != "--quiet"], *sets(point), "-o", target)
        expect("36 of 36 cells come from the records" in alone.stderr, "records are those of plain runs", alone)
        one = opened(target)
        expect(hashes[point] == one.attrs["data_hash"], "a point has the hash of its own cube")
        here = cube.isel(point=point).sel(bin=one.bin)
        for name in one.data_vars:
            if one[name].attrs.get("role"):
                expect(numpy.array_equal(here[name].values, one[name].values, equal_nan=True),
                       f"{name} at point {point} is that of the plain run")
        lines = [clientele("compare", target, *form).stdout for form in ((), ("--json",), ("--guesses",))]
        of_point = [clientele("compare", folder / "a.nc", "--point", point, *form).stdout
                    for form in ((), ("--json",), ("--guesses",))]
        lines[1], of_point[1] = (without_digest(text) for text in (lines[1], of_point[1]))  # [output] has a part in it
        expect(of_point == lines and lines[0], f"compare within point {point} says what it says of the plain cube")
    study(folder)
    return made


def check_standing(folder, asked, made):
    same = clientele("run", asked, *[w for w in small if w != "--quiet"], "-o", folder / "a.nc")
    expect("is there already and complete" in same.stderr and same.stdout == made.stdout, "a sweep is there", same)
    before = (folder / "a.nc").read_bytes()
    (folder / "points.csv").write_text(f"{lever}\n30\n")
    other = clientele("run", asked, *small, "--sweep", folder / "points.csv", "-o", folder / "a.nc")
    expect(other.returncode == 73 and "no longer asks for" in other.stderr and (folder / "a.nc").read_bytes() == before,
           "points that are no longer asked for are not lost", other)
    more = study(folder, sweep.replace("[30, 60]", "[30, 45, 60]"))
    grown = clientele("run", more, *[w for w in small if w != "--quiet"], "-o", folder / "a.nc")
    expect(grown.returncode == 0 and "has a part of these cells" in grown.stderr and "192 of 216 cells" in grown.stderr,
           "a sweep grows by points", grown)
    verified = clientele("verify", folder / "a.nc", "--rerun", "3", "--quiet")
    expect(verified.returncode == 0, "a cube with points can be verified", verified)
    info = json.loads(clientele("info", folder / "a.nc", "--json").stdout)
    expect((info["dims"]["point"], info["cells"], info["sweep"]["points"]) == (6, 216, 6), "info tells of points")
    diff = clientele("diff", folder / "a.nc", folder / "a.nc")
    expect(diff.returncode == 0, "a cube with points is itself", diff)


def check_table(folder):
    cube = folder / "a.nc"
    told = json.loads(clientele("compare", cube, "--json").stdout)
    expect(told["kind"] == "points" and len(told["tables"]) == 2, "a table for each scenario")
    points = told["tables"][0]["points"]
    one = json.loads(clientele("compare", cube, "--point", "3", "--json").stdout)
    arm = next(a for a in one["kpis"][0]["arms"] if a["policy"] == "ranked" and a["scenario"] == "baseline")
    here = next(p for p in points[3]["policies"] if p["policy"] == "ranked")
    expect(here["average"]["mean"] == arm["against"]["average"]["mean"] and
           here["average"]["half_width"] == arm["against"]["average"]["half_width"],
           "a row of the table says what compare says of the point")
    expect(here["average"]["half_width_together"] > here["average"]["half_width"], "together all intervals are wider")
    csv = clientele("compare", cube, "--csv").stdout.splitlines()
    expect(len(csv) == 1 + 2 * 6 * 3 and csv[0].startswith(f"kpi,unit,scenario,point,{lever},"), "CSV has all rows")
    text = clientele("compare", cube).stdout
    expect("of 6 points" in text and "all have the same customers and luck" in text, "text counts points")
    expect("| " in clientele("compare", cube, "--markdown").stdout, "Markdown has the table")
    alone = clientele("compare", cube, "--policy", "today").stdout
    expect("tells one of them whole" in alone and "best" not in alone and "sign" not in alone and "±" not in alone,
           "a baseline alone is best of nothing")
    expect(not told["tables"][0]["turns"] and all("caution" in policy["average"] for point in points
                                                  for policy in point["policies"] if "average" in policy),
           "no sign turns, and each average says what its interval is worth")
    expect("*: the interval covers about 9 in 10." in text and "! " not in text.replace("!: ", ""),
           "the table marks intervals that are worth less than they say, and calls none of them clear")
    by_value = clientele("compare", cube, "--point", f"{lever}=45", "--point", "accounting.discount_rate=0.02")
    expect(by_value.stdout == clientele("compare", cube, "--point", 3).stdout and by_value.stdout,
           "a point is found by its values", by_value)
    for words, what in (((cube, "--by", "tier"), "is told of one point"),
                        ((cube, "--point", "9"), "is no point of the cube"),
                        ((cube, "--point", f"{lever}=45"), "leaves 2 points"),
                        ((cube, "--point", f"{lever}=46"), "leaves no point"),
                        ((cube, "--point", f"{lever}x=45"), f"Did you mean {lever}=45?"),
                        ((folder / "plain0.nc", "--point", "0"), "has no points")):
        seen = clientele("compare", *words)
        expect(seen.returncode == 64 and what in seen.stderr, f"{words[1:]} gives 64 and {what!r}", seen)
    report = clientele("report", cube, "-o", folder / "r.html")
    expect(report.returncode == 64 and "a page is of one" in report.stderr, "a report asks which point", report)
    report = clientele("report", cube, "--point", "3", "-o", folder / "r.html")
    page = (folder / "r.html").read_text() if report.returncode == 0 else ""
    expect("curve-1" in page and "curve-2" in page, "a report is of one point, with curves through it", report)


def check_scattered(folder):
    """Points that differ in both numbers have no neighbours, of which nothing is said then."""
    asked = study(folder, f"\n[sweep.zip]\n{lever} = [30, 60]\naccounting.discount_rate = [0.005, 0.02]\n")
    made = clientele("run", asked, *small)
    said = " ".join(made.stdout.split())
    expect(made.returncode == 0 and "No two points differ in one number only" in said and
           "no difference changes its sign" not in said, "without neighbours no sign is told to stay", made)


def check_gaps(folder):
    """One shard of several holds all of one point only: there alone somebody is best, and nothing is said of signs."""
    few, cube = [word if word != "6" else "2" for word in small[:4]] + small[4:], folder / "part.nc"
    made = clientele("run", study(folder), *few, "-o", cube, "--shard", "1/5")
    merged = clientele("merge", cube, "--partial")
    expect(made.returncode == 0 and merged.returncode == 0, "a part of a sweep makes a cube", merged)
    told = json.loads(clientele("compare", cube, "--json").stdout)["tables"][0]
    gaps = [point for point in told["points"]
            if any(policy.get("average", policy["level"])["mean"] is None for policy in point["policies"])]
    empty = [point for point in gaps if point["policies"][0]["level"]["mean"] is None]
    expect(len(gaps) == 3 and len(empty) == 2, "points are missing")
    expect(not any(point["best_is_clear"] for point in gaps) and all(point["best"] is None for point in empty),
           f"nobody is best where nothing is there: {gaps}")
    said = " ".join(clientele("compare", cube, "--scenario", "baseline").stdout.split())
    expect("at 1 of 1 point (" in said and "3 of 4 points lack the difference of a policy" in said and
           "13 of 16 pairs are left out" in said and "changes its sign" not in said, f"what is missing is told: {said}")
    page = clientele("report", cube, "--point", "0", "-o", folder / "part.html")
    expect(page.returncode == 0 and "no policy changes sides" not in (folder / "part.html").read_text(),
           "a page claims nothing of points that are missing", page)


def check_kill(folder, asked):
    """What was simulated when the program is killed is not simulated again, and the bytes are the same."""
    larger = ["--customers", "1000", "--replications", "12", "--months", "6", "--threads", "2"]
    whole = clientele("run", asked, *larger, "-o", folder / "whole.nc")
    expect(whole.returncode == 0 and "96 of 288 cells are the same as others" in whole.stderr,
           "policies that points do not change are simulated once", whole)
    run = subprocess.Popen([program, "run", str(asked), *larger, "-o", str(folder / "killed.nc")],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    records = folder / "killed.nc.run"
    for _ in range(3000):
        if run.poll() is not None or sum(f.stat().st_size for f in records.glob("seg-*")) > 100_000:
            break
        time.sleep(0.01)
    os.kill(run.pid, signal.SIGKILL) if run.poll() is None else None
    run.wait()
    again = clientele("run", asked, *larger, "-o", folder / "killed.nc")
    expect(again.returncode == 0 and "come from the records" in again.stderr, "a killed sweep goes on", again)
    expect((folder / "killed.nc").read_bytes() == (folder / "whole.nc").read_bytes(), "a kill leaves no trace")


with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    made_by_sweep = check_slices(here, study(here))
    check_standing(here, study(here), made_by_sweep)
    check_table(here)
    check_scattered(here)
    check_gaps(here)
    check_kill(here, study(here))
end()
