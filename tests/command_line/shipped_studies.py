# Every study that is shipped: it is checked without a warning, runs, and its levers and drivers show what they declare.
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

from expectations import end, expect

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
studies = root / "scenarios/studies"


def clientele(*words):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=300)


def credit_manager(cube):
    """What somebody asks of receivables: levels with intervals, and months beside them."""
    asked = clientele("compare", cube, "--json", "--quantiles", "0.05,0.5,0.95", "--kpi", "bad_debt", "--kpi",
                      "lowest_cash", "--kpi", "peak_receivables", "--kpi", "allowance")
    expect(asked.returncode == 0, "compare tells levels of credit", asked)
    kpis = {kpi["name"]: kpi["arms"] for kpi in json.loads(asked.stdout)["kpis"]}
    expect(len(kpis) == 4, "of all four", asked)
    bad = {arm["policy"]: arm["mean"] for arm in kpis["bad_debt"] if arm["scenario"] == "baseline"}
    wave = {arm["policy"]: arm["mean"] for arm in kpis["bad_debt"] if arm["scenario"] == "default wave"}
    # With the same customers and luck: twice as much is open, the wave triples chances for half of the time.
    expect(bad["60 for all"] > 1.2 * bad["30 for all"], "longer terms leave more open to fail", asked)
    expect(bad["by sales, insured"] < bad["by sales"] and bad["by sales, held"] < bad["by sales"],
           "insurance and holds lose less", asked)
    expect(all(wave[policy] > 1.3 * bad[policy] for policy in bad), "more fail in the wave", asked)
    told = clientele("info", cube, "--json")
    expect({"cash", "days_outstanding_by_month", "allowance_by_month"} <=
           {series["name"] for series in json.loads(told.stdout)["series"]}, "months stand beside KPIs", told)


def known_answer(cube):
    """What the study's own formula says, by the table at its head, is in the intervals that are printed."""
    head = (studies / "known-answer.toml").read_text().split("# Care keeps")[0]
    gains = re.findall(r"#   (\w.*?)  .* ([+-][\d,]+)\n", head)
    exact = {policy: float(gain.replace(",", "")) for policy, gain in gains}
    asked = clientele("compare", cube, "--json")
    arms = {arm["policy"]: arm["against"] for arm in json.loads(asked.stdout)["kpis"][0]["arms"]}
    expect(set(arms) == {*exact, "today"} and len(exact) == 4, "all gains stand in the study", asked)
    for policy, gain in exact.items():
        average = arms[policy]["average"]
        off = abs(average["mean"] - gain) / average["half_width_together"]
        print(f"known-answer: {policy} is {gain:+,.0f}, off by {off:.2f} of its interval")
        expect(off <= 1 and average["half_width"] < 0.07 * abs(gain), f"{policy} is told as it is", asked)


def slips():
    """What cannot be is refused, what is hard to believe is said."""
    study = studies / "sixty-days.toml"
    for option, says in (("purchasing.borrowed_share=1.2", "[0, 1]"), ("purchasing.elasticity=0.5", "[-20, 0]"),
                         ("rebate.rebate_from=-1", "outside [0,"), ("credit.loss_given_default=1.5", "[0, 1]"),
                         ("credit.recovery_months=0", "[1, 23]"), ("payment.opening.not_due=-5", "outside [0,"),
                         ("returns.chance=1.2", "[0, 1]"), ("returns.handling=-3", "outside [0,"),
                         ("credit.default_chanse=0.1", "default_chance")):
        refused = clientele("check", study, "--set", option)
        expect(refused.returncode == 65 and option.split("=")[0] in refused.stderr and says in refused.stderr,
               f"{option} is refused", refused)
    held = clientele("check", study, "--set", "payment.days_late={ dist = \"constant\", value = 300 }", "--set",
                     "payment.late_chance=0.95")
    expect(held.returncode == 0 and "holds the deliveries of" in held.stdout + held.stderr, "a hold of most", held)
    warmed = clientele("check", study, "--set", "horizon.warmup=12", "--set", "payment.opening.not_due=9000000")
    expect(warmed.returncode == 0 and "payment.opening states" in warmed.stdout + warmed.stderr,
           "an ageing that the warm-up does not leave", warmed)


with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    for study in sorted(studies.glob("*.toml")):
        if study.stem == "real-customers":  # its file is the user's
            continue
        checked = clientele("check", study)
        expect(checked.returncode == 0 and "warning" not in checked.stdout + checked.stderr, f"{study.stem} is well",
               checked)
        begun = time.monotonic()
        diagnosed = clientele("doctor", study)
        expect(diagnosed.returncode == 0, f"doctor finds {study.stem} well", diagnosed)
        print(f"{study.stem}: diagnosed in {time.monotonic() - begun:.1f} s")
        cube = here / (study.stem + ".nc")
        fewer = ("--draws", "20") if "[uncertain]" in study.read_text() else ()
        ran = clientele("run", study, "-o", cube, *fewer)
        expect(ran.returncode == 0 and "Profit is contribution" in ran.stdout, f"{study.stem} runs", ran)
        if study.stem == "sixty-days":
            credit_manager(cube)
        if study.stem == "known-answer":
            known_answer(cube)
slips()
end()
