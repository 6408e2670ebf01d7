# A study's [output] through the program: a selected cube's sums are the whole cube's sums, and it replaces that cube.
import json
import pathlib
import subprocess
import sys
import tempfile

from expectations import end, expect

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
distributor = root / "tests/command_line/three_policies.toml"
small = ["--customers", "150", "--replications", "2", "--months", "15", "--quiet"]


def clientele(*words):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=120)


def opened(path):
    import xarray
    with xarray.open_dataset(path) as cube:
        return cube.load()


def check_sums(whole, years):
    import numpy
    expect(list(years.group.values) == ["all"], "groups are summed into one")
    expect([str(m)[:10] for m in years.month.values] == ["2027-01-01", "2028-01-01"], "years begin in month 0")
    expect(list(years.months_summed.values) == [12, 3], "a year has twelve months, the last one what is left")
    metrics = [v for v in years.data_vars if years[v].attrs.get("role") == "metric"]
    expect(metrics == ["customers", "orders"], f"two metrics were asked for: {metrics}")
    for name in metrics:
        expect(years[name].attrs["cell_methods"] == "month: sum group: sum", "what is summed is said")
        by_year = whole[name].sum("group").values.reshape(whole[name].shape[:4] + (15, -1))
        wanted = numpy.stack([by_year[..., :12, :].sum(-2), by_year[..., 12:, :].sum(-2)], axis=-2)
        found = numpy.nan_to_num(years[name].values[..., 0])
        expect(numpy.array_equal(found, wanted), f"{name}: sums over groups and years are those of the whole cube")
    for name in whole.data_vars:
        if name.startswith("kpi_"):
            expect(name in years and numpy.array_equal(years[name].values, whole[name].values, equal_nan=True),
                   f"{name} does not depend on what is selected")


def check_selection(folder):
    output = folder / "a.nc"
    select = ["--set", "output.by=[]", "--set", 'output.metrics=["orders","customers"]', "--set",
              'output.months="year"', "--set", "output.histograms=false"]
    first = clientele("run", distributor, *small, "-o", output)
    expect(first.returncode == 0, "the whole cube is made", first)
    whole = opened(output)
    told = clientele("compare", output, "--json").stdout
    by = {part: clientele("compare", output, "--by", part, "--csv").stdout for part in ("tier", "group")}
    again = clientele("run", distributor, *[w for w in small if w != "--quiet"], *select, "-o", output)
    expect(again.returncode == 0 and again.stdout == first.stdout, "another selection tells the same answer", again)
    expect("in another form" in again.stderr and "12 of 12 cells come from the records" in again.stderr,
           "another selection is made from the records", again)
    check_sums(whole, opened(output))
    selected = clientele("compare", output, "--json")
    without = [line for line in told.splitlines() if "digest" not in line]
    expect([line for line in selected.stdout.splitlines() if "digest" not in line] == without,
           "a selected cube is compared like the whole one", selected)
    for part, table in by.items():
        seen = clientele("compare", output, "--by", part, "--csv")
        kept = [line for line in table.splitlines() if ",top_tier," not in line]  # of month 0, by tier and group
        expect(len(kept) > 20 and seen.stdout.splitlines() == kept, f"--by {part} tells the same figures", seen)
    checked = clientele("verify", output, "-q")
    expect(checked.returncode == 0 and "add up to what they are parts of" in " ".join(checked.stdout.split()),
           "parts are looked at where counts are not", checked)
    shown = clientele("info", output)
    expect("summed into 2 for metrics" in " ".join(shown.stdout.split()), "info says what is summed", shown)
    wrong = clientele("check", distributor, "--set", 'output.metrics=["ordrs"]')
    expect(wrong.returncode == 65 and 'Did you mean "orders"?' in wrong.stderr, "an unknown metric is told", wrong)


def check_draws(folder):
    """Draw d is the same however many draws there are."""
    import numpy
    study = folder / "draws.toml"
    study.write_text(distributor.read_text() +
                     '\n[uncertain]\npurchasing.elasticity = { dist = "normal", mean = -2.6, sd = 0.5 }\n')
    for draws in (3, 5):
        seen = clientele("run", study, *small, "--draws", draws, "-o", folder / f"{draws}.nc")
        expect(seen.returncode == 0, f"{draws} draws are simulated", seen)
    three, five = opened(folder / "3.nc"), opened(folder / "5.nc")
    expect(three.sizes["draw"] == 3 and five.sizes["draw"] == 5, "the cubes have the draws that were asked for")
    expect(len(set(five.parameter_value.values[0])) == 5, "five draws have five values")
    for name, variable in three.data_vars.items():
        if "draw" in variable.dims and name != "draw_key" and not name.startswith("histogram_"):
            first = five[name].isel(draw=slice(0, 3)).values
            expect(numpy.array_equal(variable.values, first, equal_nan=variable.dtype.kind == "f"),
                   f"{name}: three draws are the first three of five")
    stated = clientele("check", study, "--draws", "0")
    expect(stated.returncode == 0 and "no effect with draws = 0" in stated.stderr, "no draws: stated values", stated)
    expect("x 4 draws x" in clientele("check", study, "--draws", "4").stdout, "check knows of draws")


def check_options(folder):
    """What was said beside the study stands in the cube; what draws overrule is told to be without effect."""
    output = folder / "options.nc"
    seen = clientele("run", distributor, *small, "--set", "payment.terms_days=61", "-o", output)
    expect(seen.returncode == 0 and "no effect" not in seen.stderr, "a changed study is simulated", seen)
    options = opened(output).attrs["study_options"].split("\n")
    expect("--set payment.terms_days=61" in options and "--customers 150" in options, f"the cube has {options}")
    shown = clientele("info", output)
    expect("changed by" in shown.stdout and "--set payment.terms_days=61" in shown.stdout, "info tells options", shown)
    told = json.loads(clientele("info", output, "--json").stdout)
    expect(told["study_options"] == options, "info --json tells options")
    idle = clientele("check", folder / "draws.toml", "--draws", "4", "--set", "purchasing.elasticity=-8")
    expect(idle.returncode == 0 and "has no effect" in idle.stderr and
           "Did you mean uncertain.purchasing.elasticity?" in idle.stderr, "draws overrule an option", idle)


with tempfile.TemporaryDirectory() as name:
    try:
        import xarray  # noqa: F401
    except ImportError:
        print("skipped: there is no xarray")
        sys.exit(77)
    check_selection(pathlib.Path(name))
    check_draws(pathlib.Path(name))
    check_options(pathlib.Path(name))
end()
