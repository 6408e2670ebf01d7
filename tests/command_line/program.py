# What a planner of a loyalty program is told first: figures that are known by hand, the same in every form, and nothing
# of a program where there is none.
import csv
import html
import io
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile

from expectations import end, expect

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
shipped = (root / "scenarios/studies/loyalty-program.toml").read_text()
no_reactions = ["program.reward_pressure=0", "program.rewarded=0", "program.status_orders=0", "program.status_hazard=0",
                "program.bystander_points=0", "program.devaluation_points=0", "program.devaluation_hazard=0"]
# Sums that are not discounted, no time beyond the horizon, nothing but sales and rewards: all of it is in KPIs.
by_hand = ["accounting.discount_rate=0", "beyond.months=0", "acquisition.cost_per_customer=0"]


def clientele(*words):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=300)


def without(study, begin, behind):
    return study[:study.index(begin)] + study[study.index(behind, study.index(begin)):]


def stated():
    """The shipped study with one scenario, its uncertain numbers as they stand, and six futures."""
    study = without(shipped, "[uncertain]", "[[scenario]]")
    study = without(study, '[[scenario]]\nname  = "competitor"', "[[policy]]")
    return re.sub(r"draws    = 60.*", "replications = 6", study)


def run(folder, name, study, settings, *words):
    (folder / f"{name}.toml").write_text(study)
    changes = [word for setting in settings for word in ("--set", setting)]
    seen = clientele("run", folder / f"{name}.toml", "--customers", 300, "--quiet", *changes, *words, "-o",
                     folder / f"{name}.nc")
    expect(seen.returncode == 0, f"{name} is simulated", seen)
    return folder / f"{name}.nc", seen.stdout


def compared(cube, *words):
    return json.loads(clientele("compare", cube, "--json", *words).stdout)


def means_of(cube, policy):
    kpis = compared(cube, "--kpi", "all")["kpis"]
    return {kpi["name"]: arm["mean"] for kpi in kpis for arm in kpi["arms"] if arm["policy"] == policy}


def check_no_reaction(folder):
    """Lift 0 to the bit; and it breaks even at the cost share over what a sale leaves."""
    cube, _ = run(folder, "none", stated(), no_reactions + by_hand)
    answer = compared(cube)
    expect([lift["policy"] for lift in answer["program"]] ==
           ["a point per euro", "tiers", "tiers, 12 months", "tiers, devalued"], "every program is told, in order")
    for lift in answer["program"]:
        k = means_of(cube, lift["policy"])
        without_program = means_of(cube, "no program")
        rewards = k["reward_cost"] + k["liability_at_end"]
        cost = rewards / k["member_sales"]
        margin = (k["npv"] + rewards) / k["revenue"] - cost
        expect(lift["implied_lift"]["mean"] == 0 and lift["implied_lift"]["half_width"] == 0,
               f"no reaction is no lift: {lift}")
        expect(math.isclose(lift["margin"]["mean"], margin, rel_tol=1e-6), f"the margin is {margin}: {lift}")
        lost = without_program["npv"] - k["npv"]
        expect(math.isclose(lost, rewards, rel_tol=1e-4), f"all that is lost is rewards: {lost}, {rewards}")
        expect(math.isclose(lift["break_even_lift"]["mean"], cost / margin, rel_tol=1e-4),
               f"it breaks even at {cost} over {margin}: {lift}")
        expect(lift["lead"]["mean"] < 0 and not lift["baseline_has_program"], f"it does not pay: {lift}")
    needed = answer["program"][0]["break_even_lift"]["mean"]
    text = clientele("compare", cube).stdout
    expect(" ".join(text.split()).startswith("A point per euro must raise what members buy in three years by "
                                             f"{100 * needed:.1f} % to pay"), f"the first sentence: {text[:400]}")
    expect("in these futures it does not change it" in " ".join(text.split()), f"no lift is said so: {text[:400]}")
    expect("No program costs anything to run here" in " ".join(text.split()), "a program that runs free is said to")
    expect("too narrow" in text and "[uncertain]" in text, "luck alone is no liability's quantile")
    return needed


def check_running_costs(folder):
    """What a program costs to run is a cost of the program, and no cost of a sale."""
    settings = [*no_reactions, *by_hand, "policy.tiers.settings.administration.per_month=20"]
    cube, told = run(folder, "runs", stated(), settings)
    lift = compared(cube)["program"][1]
    k = means_of(cube, "tiers")
    rewards, running = k["reward_cost"] + k["liability_at_end"], 20 * 36
    margin = (k["npv"] + rewards + running) / k["revenue"] - rewards / k["member_sales"]
    expect(math.isclose(lift["margin"]["mean"], margin, rel_tol=1e-6), f"the margin is {margin}: {lift}")
    expect(math.isclose(lift["break_even_lift"]["mean"], (rewards + running) / (margin * k["member_sales"]),
                        rel_tol=1e-4), f"what it costs to run is to be earned too: {lift}")
    expect("costs anything to run" not in " ".join(told.split()), "who says it is not asked for it")


def check_reactions(folder, needed):
    """Where members react the same lift is needed, but for who reacts; above it a program pays, below it does not."""
    for rewarded in (0.1, 0.4):
        settings = [*no_reactions, *by_hand]
        settings[1] = f"program.rewarded={rewarded}"
        cube, _ = run(folder, f"rewarded{rewarded}", stated(), settings)
        lift = compared(cube)["program"][0]
        expect(lift["implied_lift"]["mean"] > 0.002, f"members react: {lift}")
        expect(abs(lift["break_even_lift"]["mean"] / needed - 1) < 0.2, f"about as much is needed as {needed}: {lift}")
        paid = means_of(cube, "a point per euro")["npv"] - means_of(cube, "no program")["npv"]
        above = lift["implied_lift"]["mean"] - lift["break_even_lift"]["mean"]
        expect((paid > 0) == (above > 0) and math.isclose(above, lift["lead"]["mean"], rel_tol=1e-6),
               f"above what is needed it pays: {paid}, {lift}")


def page_of(cube, *words):
    target = cube.with_suffix(".html")
    seen = clientele("report", cube, "-o", target, "--force", *words)
    expect(seen.returncode == 0, f"a page of {cube.name} is made", seen)
    return target.read_text()


def pictures_of(page):
    data = json.loads(re.search(r'<script type="application/json" id="pictures">(.*?)</script>', page, re.S).group(1))
    return {picture["id"]: [dict(zip([c["name"] for c in picture["columns"]], row)) for row in picture["rows"]]
            for picture in data["pictures"]}


def check_forms(folder):
    """The same numbers in sentences, JSON, CSV and on the page; points roll forward to the point."""
    cube, told = run(folder, "shipped", shipped, [], "--draws", 20)
    answer = compared(cube)
    expect(answer["answer"][0]["about"] == "program", "a program is told of first")
    first = answer["answer"][0]["text"]
    expect(" ".join(told.split()).startswith(first), f"run says the same: {told[:300]}")
    expect("too narrow" not in told, "what varies how members redeem makes the quantiles wide enough")
    expect(max(map(len, clientele("compare", cube).stdout.splitlines())) <= 80, "80 columns hold it")
    lifts = {(lift["scenario"], lift["policy"]): lift for lift in answer["program"]}
    expect(len(lifts) == 8, "each program in each scenario")
    rows = {(row["kpi"], row["scenario"], row["policy"]): row
            for row in csv.DictReader(io.StringIO(clientele("compare", cube, "--csv").stdout))}
    for (scenario, policy), lift in lifts.items():
        for name in ("implied_lift", "break_even_lift"):
            row = rows[name, scenario, policy]
            expect(float(row["mean"]) == lift[name]["mean"] and row["average"] == "", f"CSV has the {name}: {row}")
    owed = {kpi["name"]: kpi["arms"] for kpi in answer["program_kpis"]}
    expect(set(owed) == {"liability_at_end", "reward_cost", "peak_liability", "redeemed_share", "broken_share",
                         "open_share", "program_cost_share", "reward_rate"}, f"the planner's KPIs: {set(owed)}")
    for arm in owed["liability_at_end"]:
        at_80, at_95 = arm["levels"]["quantiles"]
        expect(at_80["value"] > arm["mean"] and at_95["value"] is None and "72" in at_95["why_missing"],
               f"twenty futures tell of 80 % and not of 95 %: {arm}")
    page = page_of(cube)
    text = html.unescape(re.sub(r"<[^>]*>", "", re.search(r'<div class="answer">(.*?)</p>', page, re.S).group(1)))
    expect(text == first, f"the page begins with it: {text}")
    pictures = pictures_of(page)
    expect(list(pictures)[0] == "lift", f"its picture is the first: {list(pictures)}")
    for row in pictures["lift"]:
        name = {"to pay": "break_even_lift", "reached": "implied_lift"}[row["measure"]]
        expect(row["amount"] == lifts[row["scenario"], row["policy"]][name]["mean"], f"the same lift: {row}")
    last = [row for row in pictures["liability"] if row["policy"] == "tiers" and row["month"] == 36][0]
    arm = [arm for arm in owed["liability_at_end"] if arm["policy"] == "tiers"][0]
    expect(math.isclose(last["mean"], arm["mean"], rel_tol=1e-9), f"the page's liability is that of the KPI: {last}")
    expect(last["low"] < last["middle"] < last["high"], f"a band of futures: {last}")
    for policy in {row["policy"] for row in pictures["points"]}:
        held = 0
        own = [row for row in pictures["points"] if row["policy"] == policy]
        for year in dict.fromkeys(row["year"] for row in own):
            moved = {row["measure"]: row["amount"] for row in own if row["year"] == year}
            at_end = moved.pop("held at the end")
            held += sum(moved.values())
            expect(abs(held - at_end) < 1e-6, f"points roll forward in {year} of {policy}: {held}, {at_end}")
    for language in ("zh", "es"):
        expect("picture-lift" in page_of(cube, "--language", language), f"a page in {language}")
    by = json.loads(clientele("compare", cube, "--by", "tier", "--json").stdout)["by"]
    measures = {m["name"] for arm in by["arms"] for part in arm["parts"] for m in part["measures"]}
    asked = {"member_sales", "reward_cost", "program_cost_share", "liability_at_end"}
    expect(asked <= measures, f"by tier: {measures}")
    return cube


def check_against_a_program(cube):
    answer = compared(cube, "--baseline", "a point per euro")
    lifts = {lift["policy"]: lift for lift in answer["program"] if lift["scenario"] == "baseline"}
    expect(set(lifts) == {"tiers", "tiers, 12 months", "tiers, devalued"}, f"no program has no lift: {set(lifts)}")
    expect(all(lift["baseline_has_program"] for lift in lifts.values()), "it is said that the baseline has one")
    text = answer["answer"][0]["text"]
    expect("over what they buy under a point per euro, which has a program too" in text, f"and in words: {text}")
    expect(compared(cube, "--across", "scenarios")["program"] == [], "two scenarios tell of no lift")
    alone = compared(cube, "--policy", "no program")
    expect(alone["program"] == [] and alone["program_kpis"] == [], "of a policy without a program nothing is told")


def check_without_a_program(folder):
    cube, told = run(folder, "other", (root / "tests/command_line/three_policies.toml").read_text(), [], "--months", 13)
    answer = compared(cube)
    expect(answer["program"] == [] and answer["program_kpis"] == [] and answer["answer"][0]["about"] == "value",
           "without a program nothing is told of one")
    expect("members" not in told, f"nor in words: {told}")
    expect(not {"lift", "liability", "points"} & set(pictures_of(page_of(cube))), "nor on the page")
    by = json.loads(clientele("compare", cube, "--by", "tier", "--json").stdout)["by"]
    measures = {m["name"] for arm in by["arms"] for part in arm["parts"] for m in part["measures"]}
    expect("member_sales" not in measures, "nor by tier")


with tempfile.TemporaryDirectory() as temporary:
    here = pathlib.Path(temporary)
    needed = check_no_reaction(here)
    check_reactions(here, needed)
    check_running_costs(here)
    check_against_a_program(check_forms(here))
    check_without_a_program(here)
end()
