# Every study that is shipped: it is checked without a warning, runs, and its levers and drivers show what they declare.
import json
import pathlib
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
    bad = {arm["policy"]: arm["average"]["mean"] for arm in kpis["bad_debt"] if arm["scenario"] == "baseline"}
    wave = {arm["policy"]: arm["average"]["mean"] for arm in kpis["bad_debt"] if arm["scenario"] == "default wave"}
    expect(bad["60 for all"] > 1.2 * bad["30 for all"], "longer terms leave more open to fail", asked)
    expect(bad["by sales, insured"] < bad["by sales"] and bad["by sales, held"] < bad["by sales"],
           "insurance and holds lose less", asked)
    expect(all(wave[policy] > 1.3 * bad[policy] for policy in bad), "more fail in the wave", asked)
    told = clientele("info", cube, "--json")
    expect({"cash", "days_outstanding_by_month", "allowance_by_month"} <=
           {series["name"] for series in json.loads(told.stdout)["series"]}, "months stand beside KPIs", told)


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
        ran = clientele("run", study, "-o", cube, "--draws", "20")
        expect(ran.returncode == 0 and "Profit is contribution" in ran.stdout, f"{study.stem} runs", ran)
        if study.stem == "sixty-days":
            credit_manager(cube)
end()
