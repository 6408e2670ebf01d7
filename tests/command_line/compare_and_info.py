# Runs `compare` and `info` on cubes that `run` made: what people read, what programs read, and what is refused how.
import csv
import io
import json
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from expectations import end, expect

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
asked = root / "tests/command_line/three_policies.toml"


def clientele(*words):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=120)


short = ["--customers", "500", "--months", "13", "--quiet"]


def flat(text):
    return " ".join(text.split())


def expect_refusal(status, text, *words):
    seen = clientele(*words)
    expect(seen.returncode == status and text in seen.stderr and seen.stdout == "",
           f"{[str(w) for w in words]} gives {status} and {text!r}", seen)


def make_cubes(folder):
    """Draws: parameters are uncertain and two futures share a population; plain: stated values."""
    even = asked.read_text().replace("between = 1.1", "between = 0.4")  # no ten customers decide
    drawn = even.replace("replications = 20", "replications = 4\ndraws = 10")
    drawn += '\n[uncertain]\npurchasing.elasticity = { dist = "normal", mean = -2.6, sd = 0.5 }\n'
    (folder / "draws.toml").write_text(drawn)
    (folder / "even.toml").write_text(even)
    for name, words in {"draws": ["draws.toml"], "plain": ["even.toml", "--replications", "3"],
                        "other": ["even.toml", "--replications", "3", "--seed", "7"],
                        "levels": ["even.toml", "--replications", "80"]}.items():
        seen = clientele("run", folder / words[0], *words[1:], *short, "-o", folder / f"{name}.nc")
        expect(seen.returncode == 0, f"{name}.nc is made", seen)


def check_text(folder):
    seen = clientele("compare", folder / "draws.nc")
    expect(seen.returncode == 0 and seen.stderr == "", "compare answers on stdout alone", seen)
    for text in ("In baseline, ", "13 months' profit", "40 simulated futures",
                 "(10 sets of assumptions)", "what is not known about customers", "who the customers are", "vs today",
                 "recession:", "10 draws x 4 replications", "hold together where each is", "compare --guesses",
                 "Not fitted to your books.", "needs 19 independent futures", "here are 10 sets of assumptions"):
        expect(text in flat(seen.stdout), f"the comparison says {text!r}", seen)
    expect(max(map(len, seen.stdout.splitlines())) <= 80, "a terminal of 80 columns is wide enough", seen)
    guesses = clientele("compare", folder / "draws.nc", "--guesses")
    for text in ("payment.days_late = ", "fiction, ", "; not varied)"):
        expect(text in flat(guesses.stdout), f"the assumptions are listed: {text!r}", guesses)
    few = flat(clientele("compare", folder / "plain.nc").stdout)
    expect("needs 19 independent futures, here are 3 futures" in few, f"too few futures say what is needed: {few}")
    expect("assumptions are taken as the study states them" in few, f"stated parameters are told: {few}")


def check_levels(folder):
    """One policy alone, also the baseline: quantiles, ranges and the month of a peak, or how many futures they need."""
    words = ["compare", folder / "levels.nc", "--policy", "today", "--kpi", "peak_receivables"]
    seen = clientele(*words, "--quantiles", "0.5,0.95")
    for text in ("50 % quantile", "95 % quantile", "nine futures in ten", "month of the peak"):
        expect(text in seen.stdout, f"levels have {text!r}", seen)
    expect("vs " not in seen.stdout and max(map(len, seen.stdout.splitlines())) <= 80, "and nothing beside them", seen)
    levels = json.loads(clientele(*words, "--quantiles", "0.5,0.95", "--json").stdout)["kpis"][0]["arms"][0]["levels"]
    middle, high = levels["quantiles"]
    expect(middle["low"] < middle["value"] < middle["high"] < high["high"], f"quantiles stand in order: {levels}")
    expect(levels["one_future"]["low"] < middle["value"] < levels["one_future"]["high"], f"so does the range: {levels}")
    expect(0 <= levels["month_of_peak"]["middle"] < 13, f"the peak is in a month of the horizon: {levels}")
    refused = flat(clientele(*words, "--quantiles", "0.99").stdout)
    expect("the 99 % quantile needs 368 independent futures, here are 80 futures" in refused, f"too few: {refused}")
    expect_refusal(64, "Did you mean 0.95?", *words, "--quantiles", "95")


def check_json(folder):
    answer = json.loads(clientele("compare", folder / "draws.nc", "--json").stdout)
    expect(answer["schema_version"] == 2 and answer["baseline"] == "today", "JSON has its version and baseline")
    expect([k["name"] for k in answer["kpis"]] == ["npv"], "the headline is compared")
    arms = answer["kpis"][0]["arms"]
    expect([(a["scenario"], a["policy"]) for a in arms] == [
        (s, p) for s in ("baseline", "recession") for p in ("today", "bands", "ranked")], "arms stand in order")
    against = arms[1]["against"]
    expect(arms[0]["against"] is None and against["average"]["over"] == "draws", "the baseline stands alone")
    expect(against["average"]["independent"] == 10 and against["pairs"] == 40, "ten draws, 40 futures")
    expect(abs(arms[1]["mean"] - arms[0]["mean"] - against["average"]["mean"]) < 1e-6 * abs(arms[0]["mean"]),
           "the difference is one of the means")
    expect(answer["intervals_together"] == 8, "average and chance of four rows")
    one = json.loads(clientele("compare", folder / "draws.nc", "--json", "--policy", "ranked",
                               "--scenario", "recession", "--kpi", "dso", "--kpi", "npv").stdout)
    expect([k["name"] for k in one["kpis"]] == ["dso", "npv"] and one["intervals_together"] == 4, "a selection")
    expect([a["policy"] for a in one["kpis"][1]["arms"]] == ["today", "ranked"], "the baseline comes along")
    same = one["kpis"][1]["arms"][1]["against"]["average"]
    expect(same["mean"] == arms[5]["against"]["average"]["mean"] and
           same["half_width"] == arms[5]["against"]["average"]["half_width"], "a selection changes no number alone")
    expect(same["half_width_together"] < arms[5]["against"]["average"]["half_width_together"],
           "fewer intervals that hold together are narrower")
    turned = json.loads(clientele("compare", folder / "draws.nc", "--json", "--baseline", "ranked").stdout)
    back = turned["kpis"][0]["arms"][0]["against"]
    there = arms[2]["against"]
    expect(math.isclose(back["average"]["mean"], -there["average"]["mean"], rel_tol=1e-9) and
           back["chance_of_futures"]["better"] == there["chance_of_futures"]["worse"], "the other way round")
    expect(back["one_future"]["low"] is None and "19 independent" in back["one_future"]["why_missing"], "no range")
    across = json.loads(clientele("compare", folder / "draws.nc", "--json", "--across", "scenarios").stdout)
    expect(across["baseline"] == "baseline" and len(across["kpis"][0]["arms"]) == 6, "across scenarios")
    expect(across["kpis"][0]["arms"][1]["scenario"] == "recession", "scenarios of one policy stand together")
    everything = json.loads(clientele("compare", folder / "draws.nc", "--json", "--kpi", "all").stdout)
    known = len(json.loads(clientele("info", folder / "draws.nc", "--json").stdout)["kpis"])
    expect(len(everything["kpis"]) == known > 20 and everything["intervals_together"] == 8 * known, "all KPIs")
    return answer


def check_csv(folder, answer):
    rows = list(csv.DictReader(io.StringIO(clientele("compare", folder / "draws.nc", "--csv").stdout)))
    expect(float(rows[1]["average"]) == answer["kpis"][0]["arms"][1]["against"]["average"]["mean"], "CSV is JSON")
    expect(rows[0]["average"] == "" and len(rows) == 6 * 4, "one line per arm and KPI")
    seen = subprocess.run([program, "compare", folder / "draws.nc", "--csv=excel"], capture_output=True, timeout=60)
    text = seen.stdout.decode("utf-16")
    of_excel = list(csv.DictReader(io.StringIO(text), delimiter="\t"))
    expect(seen.returncode == 0 and seen.stdout[:2] == b"\xff\xfe" and [list(row) for row in of_excel] ==
           [list(row) for row in rows], "Excel gets the same lines")
    for row, same in zip(of_excel, rows):
        for key, value in same.items():
            try:
                number = float(value)
            except ValueError:
                expect(row[key] == value, f"{key}: {row[key]!r} is {value!r}")
            else:
                expect(math.isclose(float(row[key]), number, rel_tol=1e-14) and "." not in row[key] and
                       "," not in row[key], f"{key}: {row[key]} is {value} in every country")


def check_markdown(folder):
    """Tables of the same numbers, each row one line with as many cells as its head."""
    for words in ((), ("--over-time",), ("--quantiles", "0.5", "--guesses")):
        seen = clientele("compare", folder / "levels.nc", "--markdown", *words)
        lines = seen.stdout.splitlines()
        tables = [line for line in lines if line.startswith("|")]
        expect(seen.returncode == 0 and any(set(line) <= set("|-:") for line in tables), f"a table {words}", seen)
        for line, below in zip(lines, lines[1:]):
            if line.startswith("|") and below.startswith("|"):
                expect(line.count("|") - line.count("\\|") == below.count("|") - below.count("\\|"), below, seen)
        terminal = clientele("compare", folder / "levels.nc", *words).stdout
        numbers = re.findall(r"[+-]\d[\d.,]* ± [\d.,]+", terminal)
        expect(numbers and all(number in seen.stdout for number in numbers), f"numbers of the terminal {words}", seen)


def check_over_time(folder):
    """Sums up to the end of each year: the last one is what customers are worth, but for losses expected at the end."""
    answer = json.loads(clientele("compare", folder / "levels.nc", "--over-time", "--json").stdout)
    worth = next(k for k in answer["kpis"] + answer["beside"] if k["name"] == "customer_equity")
    differences = [arm["against"]["average"]["mean"] for arm in worth["arms"] if arm["against"]]
    expect(len(answer["over_time"]) == len(differences) > 0, "every arm but the baseline's stands there")
    for arm, difference in zip(answer["over_time"], differences):
        ends = arm["ends"]
        expect([end["months"] for end in ends[:2]] == [12, 13] and ends[-1]["months"] == 13 + 60 + 24,
               f"years, the horizon and all that is simulated: {[end['months'] for end in ends]}")
        expect(abs(ends[-1]["mean"] - difference) < 0.005 * abs(difference), f"{ends[-1]['mean']} is {difference}")
        expect(all(end["half_width"] > 0 for end in ends), "every sum has its interval")
    seen = clientele("compare", folder / "levels.nc", "--over-time")
    for text in ("up to the end of", "13 months, horizon", "97 months, settled", "Ahead by the average: baseline: ",
                 "|"):
        expect(text in flat(seen.stdout), f"the years say {text!r}", seen)
    expect(max(map(len, seen.stdout.splitlines())) <= 80, "a terminal of 80 columns is wide enough", seen)
    rows = list(csv.DictReader(io.StringIO(clientele("compare", folder / "levels.nc", "--over-time", "--csv").stdout)))
    expect(len(rows) == sum(len(arm["ends"]) for arm in answer["over_time"]) and
           float(rows[-1]["sum"]) == answer["over_time"][-1]["ends"][-1]["mean"], "a spreadsheet gets the same")


def check_by(folder):
    """Parts add up to their arm, in every form; a difference by group adds up to that of the KPI."""
    cube = folder / "levels.nc"
    answer = json.loads(clientele("compare", cube, "--by", "group", "--kpi", "contribution", "--json").stdout)
    sums = {}
    for arm in answer["by"]["arms"]:
        expect([part["name"] for part in arm["parts"]] == ["workshop", "chain"], f"groups: {arm['parts']}")
        values = [{m["name"]: m for m in part["measures"]} for part in arm["parts"]]
        sums[arm["scenario"], arm["policy"]] = sum(v["contribution"]["average"]["mean"] for v in values)
        expect(abs(sum(v["customers"]["share"]["mean"] for v in values) - 1) < 1e-9, "shares add up")
        expect((values[0]["revenue"]["difference"] is None) == (arm["policy"] == "today"), "differences to today")
        if arm["policy"] != "today":
            expect(values[0]["levers"]["average"]["mean"] > 0 and values[1]["moved"]["average"]["mean"] > 0, values)
    for arm in answer["kpis"][0]["arms"]:
        expect(math.isclose(sums[arm["scenario"], arm["policy"]], arm["mean"], rel_tol=1e-9), f"{sums} {arm['mean']}")
    tiers = json.loads(clientele("compare", cube, "--by", "tier", "--json", "--scenario", "baseline").stdout)["by"]
    ranked = tiers["arms"][2]["parts"]
    expect([part["name"] for part in ranked] == ["A", "B", "C"], f"tiers: {ranked}")
    moves = {m: sum(x["average"]["mean"] for part in ranked for x in part["measures"] if x["name"] == m)
             for m in ("moved_in", "moved_out")}
    expect(moves["moved_in"] > 0 and math.isclose(moves["moved_in"], moves["moved_out"], rel_tol=1e-9), f"{moves}")
    rows = list(csv.DictReader(io.StringIO(clientele("compare", cube, "--by", "tier", "--csv", "--scenario",
                                                     "baseline").stdout)))
    expect(len(rows) == (1 + 3 + 3) * 8 and {row["tier"] for row in rows} == {"all", "gold", "silver", "standard", "A",
                                                                            "B", "C"}, f"{len(rows)} rows")
    seen = clientele("compare", cube, "--by", "tier")
    expect("gold:" in seen.stdout and "those of two policies are not compared" in flat(seen.stdout) and
           max(map(len, seen.stdout.splitlines())) <= 80, "a table by tier", seen)
    expect("| gold: |" in clientele("compare", cube, "--by", "tier", "--markdown").stdout, "in Markdown as well")
    expect_refusal(64, "Did you mean tier?", "compare", cube, "--by", "tiers")
    expect_refusal(64, "do not go together", "compare", cube, "--by", "tier", "--over-time")
    expect_refusal(64, "--by takes one CUBE", "compare", cube, cube, "--by", "tier")


def check_classes(folder):
    """Who gains and who loses: parts add up to the whole, in every form, and counting by class changes no number."""
    for name, more in ("apart", ["--set", "count.classes=true"]), ("whole", []):
        seen = clientele("run", asked, *short, "--replications", "8", *more, "-o", folder / f"{name}.nc")
        expect(seen.returncode == 0, f"{name}.nc is made", seen)
    answer = json.loads(clientele("compare", folder / "apart.nc", "--by", "class", "--json").stdout)
    whole = json.loads(clientele("compare", folder / "whole.nc", "--json").stdout)
    expect(answer["kpis"] == whole["kpis"], "the KPIs are those that are counted without classes")
    told = answer["by_class"]
    expect(told["kpi"] == "npv" and told["granted"] == "levers" and len(told["arms"]) == 4, f"{told}")
    for arm in told["arms"]:
        everybody = arm["all"]["difference"]["mean"]
        headline = next(a for a in whole["kpis"][0]["arms"]
                        if (a["scenario"], a["policy"]) == (arm["scenario"], arm["policy"]))
        expect(math.isclose(headline["against"]["average"]["mean"], everybody, rel_tol=1e-9), f"{headline}")
        for parts in "tiers", "classes", "groups":
            total = sum(row["difference"]["mean"] for row in arm[parts])
            expect(math.isclose(total, everybody, rel_tol=1e-9, abs_tol=1e-6), f"{parts} add up: {total} {everybody}")
        expect([row["name"] for row in arm["tenths"]] == [f"tenth {n}" for n in range(1, 11)], f"{arm['tenths']}")
        order = [row["difference"]["mean"] for row in arm["classes"]]
        expect(order == sorted(order, reverse=True), "from the largest gain to the largest loss", arm)
        expect(math.isclose(sum(row["customers"] for row in arm["tiers"]), arm["all"]["customers"], rel_tol=1e-9),
               "customers add up", arm)
    seen = clientele("compare", folder / "apart.nc", "--by", "class", "--scenario", "baseline")
    for text in ("by tenth of sales:", "today's all", "newcomers", "or loses" if "no part" in seen.stdout else "under",
                 "Parts add up to the whole."):
        expect(text in flat(seen.stdout), f"the table says {text!r}", seen)
    expect(max(map(len, seen.stdout.splitlines())) <= 80, "a terminal of 80 columns is wide enough", seen)
    rows = list(csv.DictReader(io.StringIO(clientele("compare", folder / "apart.nc", "--by", "class", "--csv").stdout)))
    expect(sum(row["by"] == "all" for row in rows) == 4 and {row["by"] for row in rows} == {
        "all", "tier", "tenth", "group", "class"}, "a spreadsheet gets the same")
    groups = json.loads(clientele("compare", folder / "apart.nc", "--by", "group", "--json").stdout)["by"]
    expect(groups == json.loads(clientele("compare", folder / "whole.nc", "--by", "group", "--json").stdout)["by"],
           "groups are those that are counted without classes")
    expect_refusal(65, "Would a run with --set count.classes=true do?", "compare", folder / "whole.nc", "--by", "class")
    expect_refusal(64, "does not add up. Did you mean --kpi npv?", "compare", folder / "apart.nc", "--by", "class",
                   "--kpi", "churn")
    seen = clientele("verify", folder / "apart.nc")
    expect(seen.returncode == 0, "the cube is sound", seen)


def check_digits(folder):
    """A number in the table tells at least two digits of its half width in the CSV file, shares as well."""
    words = ["compare", folder / "draws.nc", "--kpi", "late_share", "--kpi", "churn"]
    lines = [line for line in clientele(*words).stdout.splitlines() if " ± " in line and "bands" in line or
             " ± " in line and "ranked" in line]
    rows = [row for row in csv.DictReader(io.StringIO(clientele(*words, "--csv").stdout)) if row["average"]]
    expect(len(lines) == len(rows) == 8, f"a line per difference: {len(lines)} {len(rows)}")
    for line, row in zip(lines, rows):
        average, width = re.search(r"([+-]?[\d.e-]+) ± ([\d.e-]+)", line).groups()
        for shown, key in ((average, "average"), (width, "half_width")):
            expect(abs(float(shown) - float(row[key])) < 0.051 * float(row["half_width"]), f"{key}: {shown} {row[key]}")
        expect(len(average.partition(".")[2]) == len(width.partition(".")[2]), f"equal decimals: {average} {width}")


def check_permission(folder):
    """Root may read everything, so that it has to become somebody else to be refused."""
    def as_nobody():
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)

    change = {"preexec_fn": as_nobody} if os.geteuid() == 0 else {}
    folder.chmod(0o755)
    if change and subprocess.run(["/bin/cat", program], capture_output=True, **change).returncode != 0:
        return print("not tested: nobody may not read the program here, so that it cannot be refused permission")
    for name, verb in (("draws.nc", "compare"), ("draws.nc", "info"), ("draws.toml", "info")):
        (folder / name).chmod(0)
        seen = subprocess.run([program, verb, str(folder / name)], capture_output=True, text=True, timeout=60, **change)
        expect(seen.returncode == 77 and "Permission denied" in seen.stderr, f"{verb}: a closed {name} gives 77", seen)
        (folder / name).chmod(0o644)


def check_refusals(folder):
    cube = folder / "draws.nc"
    (folder / "text.nc").write_text("no cube\n")
    (folder / "cut.nc").write_bytes(cube.read_bytes()[:20000])
    expect_refusal(64, "CUBE is missing", "compare")
    expect_refusal(64, 'Did you mean "ranked"?', "compare", cube, "--policy", "rankd")
    expect_refusal(64, 'no policy "nobody" (it has "today", "bands", "ranked")',
                   "compare", cube, "--baseline", "nobody")
    expect_refusal(64, 'Did you mean "recession"?', "compare", cube, "--scenario", "recesion")
    expect_refusal(64, 'Did you mean "npv"?', "compare", cube, "--kpi", "npw")
    expect_refusal(64, "Did you mean scenarios?", "compare", cube, "--across", "scenario")
    expect_refusal(64, "do not go together", "compare", cube, "--json", "--csv")
    expect_refusal(64, "--json and --markdown do not go together", "compare", cube, "--json", "--markdown")
    expect_refusal(64, "--csv and --csv excel do not go together", "compare", cube, "--csv", "--csv=excel")
    expect_refusal(64, "--csv=word is no form of CSV", "compare", cube, "--csv=word")
    expect_refusal(64, "Did you mean --baseline?", "compare", cube, "--baselin", "today")
    expect_refusal(65, "is no whole cube", "compare", folder / "text.nc")
    expect_refusal(65, "is no whole cube", "compare", folder / "cut.nc")
    expect_refusal(65, "is no whole cube", "compare", asked)
    expect_refusal(74, "there is no such file", "compare", folder / "nowhere.nc")
    expect_refusal(74, "it is a folder", "compare", folder)
    (folder / "stopped.nc.run").mkdir()
    for verb in ("compare", "info"):
        expect_refusal(74, "was stopped, or found a mistake (the same `run` goes on, or says what is wrong)", verb,
                       folder / "stopped.nc")
    os.mkfifo(folder / "pipe.nc")
    expect_refusal(74, "it is no plain file", "compare", folder / "pipe.nc")
    expect_refusal(74, "it is no plain file", "info", folder / "pipe.nc")
    check_permission(folder)
    expect_refusal(64, "--policy needs a value behind it", "compare", cube, "--policy", "--json")
    expect_refusal(64, 'no policy "--json"', "compare", cube, "--policy=--json")
    expect(clientele("compare", cube, "--kpi", "npv", "--kpi", "all").stdout ==
           clientele("compare", cube, "--kpi", "all").stdout, "all KPIs and one of them are all")
    expect_refusal(65, "are of different studies", "compare", folder / "plain.nc", folder / "other.nc")
    expect_refusal(65, "other.nc", "compare", folder / "plain.nc", folder / "other.nc")
    alone = folder / "alone.toml"
    alone.write_text('[population]\ncustomers = 50\n[horizon]\nmonths = 3\n[[scenario]]\nname = "s"\n'
                     '[[policy]]\nname = "only"\nsegmentation = "everyone"\ntier = [ { name = "all" } ]\n')
    expect(clientele("run", alone, "-q", "-o", folder / "alone.nc").returncode == 0, "one policy runs")
    levels = clientele("compare", folder / "alone.nc")
    expect(levels.returncode == 0 and "95 % quantile" in levels.stdout, "one policy has levels", levels)


def check_older_formats(folder):
    """Cubes that earlier programs made, one of each format: read by compare and info, and never replaced unasked."""
    for cube in sorted((root / "tests/output/fixtures").glob("*.nc")):
        facts = json.loads(cube.with_suffix(".json").read_text())
        futures = len(facts["draw"]) * len(facts["replication"])
        told = clientele("info", cube, "--json")
        info = json.loads(told.stdout)
        expect((info["cube_format"], info["model_version"], info["data_hash"], info["cells_done"]) ==
               (facts["cube_format"], facts["model_version"], facts["data_hash"], facts["cells_done"]),
               f"info tells what {cube.name} is", told)
        expect({k["name"]: k["formula"] for k in info["kpis"]} ==
               {name: kpi["formula"] for name, kpi in facts["kpis"].items()}, f"{cube.name} has its own KPIs", told)
        answer = json.loads(clientele("compare", cube, "--json", "--kpi", "all").stdout)
        for kpi in answer["kpis"]:
            values = facts["kpis"][kpi["name"]]["values"]
            for place, arm in enumerate(kpi["arms"]):
                if None in values[place * futures:(place + 1) * futures]:
                    continue
                mean = sum(values[place * futures:(place + 1) * futures]) / futures
                expect(math.isclose(arm["mean"], mean, rel_tol=1e-12), f"{cube.name}: {kpi['name']} of {arm}")
        expect("In baseline, " in clientele("compare", cube).stdout, f"{cube.name} is compared in words")
        model = clientele("version").stdout.split()[-1]
        if model != facts["model_version"]:
            (folder / "older.nc").write_bytes(cube.read_bytes())
            expect_refusal(73, f"made by model {facts['model_version']}, now {model}", "run", asked, "-q", "-o",
                           folder / "older.nc")


def check_verify(folder):
    """A cube is what it says; one that was changed, or that another model made, is not vouched for."""
    for words in ([], ["--rerun", "5%"]):
        seen = clientele("verify", folder / "draws.nc", "-q", *words)
        expect(seen.returncode == 0 and seen.stdout.endswith("\nverified\n"), f"draws.nc is verified {words}", seen)
        expect(max(map(len, seen.stdout.splitlines())) <= 80, "a terminal of 80 columns is wide enough", seen)
    expect("asks for these very cells" in flat(seen.stdout) and "12 cells (2 of 40 futures" in flat(seen.stdout)
           and "have the same bits" in flat(seen.stdout), "a sample is simulated again", seen)
    told = json.loads(clientele("verify", folder / "draws.nc", "-q", "--rerun", "1", "--json").stdout)
    expect(told["verified"] and told["faults"] == [] and told["rerun"]["futures"] == 1 and
           told["rerun"]["numbers"] > 1000 and told["ledgers"][0] == "customers", f"verify tells programs: {told}")
    bytes_of_cube = bytearray((folder / "draws.nc").read_bytes())
    bytes_of_cube[len(bytes_of_cube) // 2] ^= 1
    (folder / "changed.nc").write_bytes(bytes_of_cube)
    expect_refusal(65, "", "verify", folder / "changed.nc")
    expect_refusal(64, "Expected: 1%, or 3", "verify", folder / "draws.nc", "-q", "--rerun", "some")
    for cube in sorted((root / "tests/output/fixtures").glob("*.nc")):
        made_by = json.loads(clientele("info", cube, "--json").stdout)["model_version"]
        if clientele("version").stdout.split()[-1] != made_by:
            expect_refusal(65, "cannot be vouched for: its seal holds, but model", "verify", cube)


def check_info(folder):
    of_cube = json.loads(clientele("info", folder / "draws.nc", "--json").stdout)
    of_study = json.loads(clientele("info", folder / "draws.toml", "--json").stdout)
    ran = clientele("run", folder / "draws.toml", *short)
    expect(f"data {of_cube['data_hash']}" in ran.stdout, "info tells the hash that the run told")
    expect(of_cube["complete"] and of_cube["cells"] == of_cube["cells_done"] == 2 * 3 * 10 * 4, "the cube is complete")
    expect(of_cube["kind"] == "cube" and of_study["kind"] == "study", "info knows which it is")
    expect(of_study["dims"]["month"] == 36 and of_cube["dims"]["month"] == 13, "months are the file's own")
    same = ("title", "question", "currency", "scenarios", "scenario_shocks", "policies", "baseline", "groups", "people",
            "luck", "seed", "uncertain", "headline", "kpis", "series", "metrics", "histograms", "fields", "levers",
            "warmup", "run_off")
    for key in same:
        expect(of_cube[key] == of_study[key], f"study and cube tell the same {key}: {of_study[key]} {of_cube[key]}")
    expect(len(of_cube["warnings"]) == 0 and of_study["schema_version"] == 2, "nothing is unlikely here")
    dso = next(k for k in of_cube["kpis"] if k["name"] == "dso")
    expect((dso["unit"], dso["direction"], dso["formula"]) ==
           ("day", "lower is better", "30 * sum(receivables) / sum(revenue)"), f"a KPI is explained: {dso}")
    expect([(s["name"], s["unit"], s["formula"]) for s in of_cube["series"]] ==
           [("cash", "EUR", "cumulated(contribution - revenue + collected + recovered + credited + written_off + "
                            "rebate_accrued - rebate_paid + returned - refunded)"),
            ("days_outstanding_by_month", "day", "count_back(receivables, revenue)"),
            ("allowance_by_month", "EUR", "provision_matrix(not_due, overdue_1_30, overdue_31_60, overdue_61_90, "
                                          "overdue_over_90, defaulted_not_due, defaulted_1_30, defaulted_31_60, "
                                          "defaulted_61_90, defaulted_over_90, written_off, revenue)")],
           of_cube["series"])
    seen = clientele("info", folder / "draws.nc")
    for text in ("yes, 240 of 240 cells done", of_cube["data_hash"], "today (baseline)",
                 "40: 10 draws x 4 replications",
                 "paired", "churn.base_hazard", "lever", "- gold (from 120,000 EUR)", "look_back 12 months",
                 "demand x 0.9 from month 12", "month by month", "days_outstanding_by_month"):
        expect(text in seen.stdout, f"info says {text!r}", seen)
    expect_refusal(64, "STUDY or CUBE is missing", "info")
    expect_refusal(74, "cannot read the study", "info", folder / "nowhere.toml")
    expect_refusal(65, "is no whole cube", "info", folder / "cut.nc")
    expect_refusal(65, "1 mistake", "info", folder / "text.nc")
    (folder / "empty").write_bytes(b"")
    (folder / "binary").write_bytes(bytes(range(256)) * 20)
    for name, why in (("empty", "it is empty"), ("binary", "it is no text")):
        expect_refusal(65, "neither a study nor a cube: " + why, "info", folder / name)


def check_small_parts(folder):
    """Of customers who exist, parts with fewer than ten are not told, nor what would give them away."""
    groups = {"few": 4, "some": 14, "many": 40}
    rows = [f"{name}{n},{name}" for name, count in groups.items() for n in range(count)]
    (folder / "base.csv").write_text("id,group\n" + "\n".join(rows) + "\n")
    small = folder / "small.toml"
    small.write_text('[population]\nfile = "base.csv"\n' + "".join(f'[[population.group]]\nname = "{name}"\n'
                                                                     for name in groups)
                     + '[[policy]]\nname = "today"\nsegmentation = "everyone"\n[[policy]]\nname = "ranked"\n'
                     'segmentation = "rank"\ntier = [ { name = "A", share = 0.3 }, { name = "B" } ]\n'
                     "[horizon]\nmonths = 6\nwarmup = 3\n[beyond]\nmonths = 0\n")
    expect(clientele("run", small, "--replications", "8", "-q", "-o", folder / "small.nc").returncode == 0, "it runs")

    def parts(axis):
        told = json.loads(clientele("compare", folder / "small.nc", "--by", axis, "--json").stdout)["by"]["arms"]
        return [([part["name"] for part in arm["parts"]], arm["left_out"]) for arm in told]

    expect(parts("group") == [(["many"], ["few", "some"])] * 2,
           f"four are few, and what totals less the others tell: {parts('group')}")
    expect(parts("tier") == [(["all"], []), (["A", "B"], [])], f"tiers of 17 and 41 are shown: {parts('tier')}")
    seen = flat(clientele("compare", folder / "small.nc", "--by", "group").stdout)
    expect("Left out of baseline, ranked: few, some (fewer than 10 customers" in seen, "and why is said", seen)


with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    make_cubes(here)
    check_text(here)
    check_csv(here, check_json(here))
    check_markdown(here)
    check_by(here)
    check_classes(here)
    check_small_parts(here)
    check_digits(here)
    check_levels(here)
    check_refusals(here)
    check_info(here)
    check_older_formats(here)
    check_verify(here)
    check_over_time(here)
end()
