# Opens a cube with one reader, without options, and compares it with the facts that were written beside it.
"""read_cube.py READER FOLDER, READER one of: xarray, xarray-netcdf4, xarray-h5netcdf, netcdf4, h5py, ncdump, r.
Status 77 (skipped) where the reader is not installed; under CI=true, as tools/test runs it, that is a failure.
"""
import json
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys

here = pathlib.Path(__file__).parent
cell_dims = ("scenario", "policy", "draw", "replication")
metric_dims = cell_dims + ("month", "tier", "group")
beyond_dims = cell_dims + ("month_beyond", "tier", "group")
series_dims = cell_dims + ("month_of_horizon",)
flow_dims = cell_dims + ("month", "tier", "tier_to", "group")
histogram_dims = cell_dims + ("histogram_month", "group", "bin")


class Missing(Exception):
    """The reader is not installed."""


def expect(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: found {found!r}, expected {wanted!r}")


def expect_near(what, found, wanted):
    if not math.isclose(found, wanted, rel_tol=1e-12, abs_tol=1e-9):
        sys.exit(f"{what}: found {found!r}, expected {wanted!r}")


def texts(values):
    """Labels as str: h5py gives bytes."""
    return [v.decode() if isinstance(v, bytes) else str(v) for v in values]


def compare(facts, cube):
    """`cube` has values(name), dims(name), units(name), attribute(name)."""
    for name in ("scenario", "policy", "group", "parameter", "field", "field_value", "field_mark", "lever",
                 "lever_benefit"):
        expect(name, texts(cube.values(name)), facts[name])
    expect("each_group", texts(cube.values("each_group")), facts["group"])
    for name in ("draw", "replication", "tier", "tier_to"):
        expect(name, [int(v) for v in cube.values(name)], list(range(facts[name.removesuffix("_to")])))
    expect("months", cube.month_names(), facts["month"])
    for policy, tiers in enumerate(facts["tier_name"]):
        expect("tier_name", texts(cube.values("tier_name")[policy]), tiers + [""] * (facts["tier"] - len(tiers)))
    expect("run_off", [int(v) for v in cube.values("run_off")], facts["run_off"])
    expect("done", int(cube.values("done").sum()), facts["done"])
    expect("type of done", str(cube.values("done").dtype), "int8")
    expect("parameter_value", cube.values("parameter_value").tolist(), facts["parameter_value"])
    expect("field_uncertain", [int(v) for v in cube.values("field_uncertain")], facts["field_uncertain"])
    expect("lever_used", [[int(v) for v in row] for row in cube.values("lever_used")], facts["lever_used"])
    expect("title", cube.attribute("title"), facts["title"])
    expect("seed", int(cube.attribute("seed")), facts["seed"])
    expect("study_text", texts(cube.values("study_text")), [facts["study_text"]])
    compare_numbers(facts, cube)


def compare_numbers(facts, cube):
    import numpy
    for name, metric in facts["metrics"].items():
        values = cube.values(name)
        expect(f"type of {name}", str(values.dtype), "float64")  # not a time span, although it may count days
        expect(f"dims of {name}", cube.dims(name), metric_dims)
        expect(f"units of {name}", cube.units(name), metric["units"])
        expect(f"present {name}", int(numpy.isfinite(values).sum()), metric["present"])
        expect_near(f"sum of {name}", float(numpy.nansum(values)), metric["sum"])
        expect(f"value of {name}", float(values[1, 2, 1, 0, 4, 1, 1]), metric["value"])
    for name, metric in facts["beyond"].items():
        values = cube.values("beyond_" + name)
        expect(f"dims of beyond_{name}", cube.dims("beyond_" + name), beyond_dims)
        expect_near(f"sum of beyond_{name}", float(numpy.nansum(values)), metric["sum"])
        expect(f"value of beyond_{name}", float(values[1, 2, 1, 0, 1, 1, 1]), metric["value"])
    if facts["month_beyond"] > 0:
        closed = [int(v) for v in cube.values("closed")]
        expect("closed", closed, [1] * facts["closed"] + [0] * (facts["month_beyond"] - facts["closed"]))
        expect("months beyond", len(cube.values("month_beyond")), facts["month_beyond"])
    for name, kpi in facts["kpis"].items():
        value = float(cube.values("kpi_" + name)[1, 2, 1, 0])
        expect(f"dims of {name}", cube.dims("kpi_" + name), cell_dims)
        expect(f"type of {name}", str(cube.values("kpi_" + name).dtype), "float64")
        expect(f"value of {name}", None if math.isnan(value) else value, kpi["value"])
        for part, dim in (("by_tier", "tier"), ("by_group", "each_group")):
            if part not in kpi:
                continue
            variable = f"kpi_{name}_{part}"
            expect(f"dims of {variable}", cube.dims(variable), cell_dims + (dim,))
            found = [None if math.isnan(v) else float(v) for v in cube.values(variable)[1, 2, 1, 0]]
            expect(f"values of {variable}", found, kpi[part])
    for name, wanted in facts["sums"].items():
        expect(f"dims of sum_{name}", cube.dims("sum_" + name), cell_dims + ("tier", "each_group"))
        expect_near(f"sum_{name}", float(numpy.nansum(cube.values("sum_" + name))), wanted)
    for name, series in facts["series"].items():
        values = cube.values(name)
        expect(f"type of {name}", str(values.dtype), "float64")
        expect(f"dims of {name}", cube.dims(name), series_dims)
        expect(f"units of {name}", cube.units(name), series["units"])
        expect(f"present {name}", int(numpy.isfinite(values).sum()), series["present"])
        expect_near(f"sum of {name}", float(numpy.nansum(values)), series["sum"])
        expect(f"value of {name}", float(values[1, 2, 1, 0, 3]), series["value"])
        expect(f"months of {name}", cube.month_names("month_of_horizon"), facts["month_of_horizon"])
    for name, histogram in facts["histograms"].items():
        for part in ("customers", "sum"):
            values = cube.values(f"histogram_{name}_{part}")
            expect(f"dims of {name}", cube.dims(f"histogram_{name}_{part}"), histogram_dims)
            expect_near(f"{part} of {name}", float(numpy.nansum(values)), histogram[part])
    compare_flows(facts, cube)


def compare_flows(facts, cube):
    import numpy
    flow, known = cube.values("tier_flow"), facts["flows"]
    expect("dims of tier_flow", cube.dims("tier_flow"), flow_dims)
    expect("present tier_flow", int(numpy.isfinite(flow).sum()), known["present"])
    expect("tier_flow by month", numpy.nansum(flow, axis=(0, 1, 2, 3, 5, 6, 7)).tolist(), known["by_month"])
    expect("value of tier_flow", float(flow[1, 2, 1, 0, 0, 1, 0, 1]), known["value"])
    expect("dims of sum_tier_flow", cube.dims("sum_tier_flow"), cell_dims + ("tier", "tier_to", "each_group"))
    horizon = facts["run_off"].count(0)
    expect("sum_tier_flow", float(numpy.nansum(cube.values("sum_tier_flow"))), float(sum(known["by_month"][1:horizon])))
    if not facts.get("lived"):
        return
    # A review finds everybody but who came this month, and puts each into the tier that the month is counted under.
    given = numpy.nansum(flow, axis=5)
    reviewed = given.sum(axis=(5, 6), keepdims=True) > 0
    stayed = numpy.nan_to_num(cube.values("customers") - cube.values("arrivals"))
    expect("months with a review", bool(reviewed.any() and not reviewed.all()), True)
    expect("customers under review", (given * reviewed).tolist(), (stayed * reviewed).tolist())
    roll_forward(cube)


def roll_forward(cube):
    """Every balance follows from the month before as its attribute `ledger` says, in each group of each cell."""
    import numpy
    balances = {name: cube.data[name].attrs["ledger"] for name in cube.data if "ledger" in cube.data[name].attrs}
    expect("balances", "customers" in balances, True)
    for name, ledger in balances.items():
        rule, *start = ledger.split("; ")
        forward = 0.0
        for sign, metric, month in re.findall(r"(- |)(\w+)\[(m-1|m)\]", rule.split(" = ")[1]):
            values = numpy.nansum(cube.values(metric), axis=5)
            forward = forward + (-1 if sign else 1) * (values[..., :-1, :] if month == "m-1" else values[..., 1:, :])
        balance = numpy.nansum(cube.values(name), axis=5)
        expect(f"{name} rolled forward", forward.tolist(), balance[..., 1:, :].tolist())


def check_reductions(cube, facts):
    """What people ask first: means and spreads of all that is there over an axis, and tables for pandas."""
    import warnings
    import numpy
    data = cube.data
    kpis = list(data.filter_by_attrs(role="kpi"))
    texts_left = [name for name in data if data[name].dtype.kind not in "fiu"]
    expect("variables that are no numbers", texts_left, [])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # slices of tiers that a policy lacks
        for dim in data.dims:
            for how in ("mean", "sum", "std"):
                reduced = getattr(data, how)(dim)
                expect(f"{how} over {dim} of {kpis[0]}", dim in reduced[kpis[0]].dims, False)
        for how in ("mean", "sum", "std"):
            getattr(data, how)()
        few = data.isel(scenario=[0], policy=[0], bin=slice(0, 9))  # NumPy takes its time for each slice
        for dim in ("draw", "replication", "month", "tier", "group", ["draw", "replication"]):
            few.quantile([0.05, 0.95], dim)
        few.quantile(0.5)
        few.groupby("group").sum()
    name = next(iter(facts["metrics"]))
    expect_near(f"sum of {name} over all", float(data.sum()[name]), facts["metrics"][name]["sum"])
    found = data.mean("replication")[kpis[0]].values
    expect("mean over replication", numpy.array_equal(found, numpy.nanmean(data[kpis[0]].values, axis=3), True), True)
    tables = {"metric": data[name].to_dataframe(), "KPI": data[kpis[0]].to_dataframe(),
              "KPIs": data[kpis].to_dataframe()}
    expect("columns of a metric", sorted(tables["metric"].columns), sorted([name, "tier_name"]))
    expect("columns of a KPI", list(tables["KPI"].columns), [kpis[0]])
    expect("columns of all KPIs", list(tables["KPIs"].columns), kpis)
    expect("index of a metric", tables["metric"].index.names, list(metric_dims))
    expect_near(f"sum of {name} in a table", float(tables["metric"][name].sum()), facts["metrics"][name]["sum"])
    expect("rows of a KPI", len(tables["KPI"]), int(numpy.prod(data[kpis[0]].shape)))


def check_xarray(path, facts, **options):
    cube = Xarray(path, **options)
    compare(facts, cube)
    check_reductions(cube, facts)


class Xarray:
    def __init__(self, path, **options):
        try:
            import xarray
            __import__({"h5netcdf": "h5netcdf"}.get(options.get("engine"), "netCDF4"))
        except ImportError as error:
            raise Missing(error)
        with xarray.open_dataset(path, **options) as data:
            self.data = data.load()

    def values(self, name):
        return self.data[name].values

    def dims(self, name):
        return self.data[name].dims

    def units(self, name):
        return self.data[name].attrs["units"]

    def attribute(self, name):
        return self.data.attrs[name]


    def month_names(self, axis="month"):
        return [str(m)[:10] for m in self.data[axis].values]


def month_names(start, days):
    import datetime
    first = datetime.date.fromisoformat(start.removeprefix("days since "))
    return [str(first + datetime.timedelta(int(d))) for d in days]


class Netcdf4:
    def __init__(self, path):
        try:
            import netCDF4
            import numpy
        except ImportError as error:
            raise Missing(error)
        self.file, self.filled = netCDF4.Dataset(path), numpy.ma.filled

    def values(self, name):
        variable = self.file[name]
        return self.filled(variable[...], math.nan) if variable.dtype == "float64" else self.filled(variable[...])

    def dims(self, name):
        return self.file[name].dimensions

    def units(self, name):
        return self.file[name].units

    def attribute(self, name):
        return getattr(self.file, name)


    def month_names(self, axis="month"):
        return month_names(self.units(axis), self.values(axis))


class H5py:
    def __init__(self, path):
        try:
            import h5py
        except ImportError as error:
            raise Missing(error)
        self.file = h5py.File(path)

    def values(self, name):
        return self.file[name][...]

    def dims(self, name):
        return tuple(dim[0].name.removeprefix("/") for dim in self.file[name].dims)

    def units(self, name):
        return self.file[name].attrs["units"]

    def attribute(self, name):
        return self.file.attrs[name]


    def month_names(self, axis="month"):
        return month_names(self.units(axis), self.values(axis))


def program(name):
    path = shutil.which(name)
    if not path:
        raise Missing(f"{name} is not in PATH")
    return path


def check_h5py(path, facts):
    """Also: no text of fixed length, which kills netCDF-C 4.9.0 and whatever runs it."""
    cube = H5py(path)
    import h5py
    for name, variable in cube.file.items():
        text = h5py.check_string_dtype(variable.dtype)
        expect(f"fixed length of {name}", text.length if text else None, None)
    compare(facts, cube)


def check_ncdump(path, facts):
    """The header names axes and units in full; no value comes out as a broken text."""
    run = subprocess.run([program("ncdump"), path], capture_output=True, check=False)
    expect("status of ncdump", (run.returncode, run.stderr), (0, b""))
    text = run.stdout.decode()
    for line in [f"double {name}({', '.join(metric_dims)}) ;" for name in facts["metrics"]] + [
            f'{name}:units = "{metric["units"]}" ;' for name, metric in facts["metrics"].items()] + [
            f"string {name}({name}) ;" for name in ("scenario", "policy", "group")] + [
            'month:units = "days since 2027-11-01" ;', "byte done(scenario, policy, draw, replication) ;",
            'policy = ' + ", ".join(f'"{label}"' for label in facts["policy"]) + " ;"]:
        if line not in text:
            sys.exit(f"ncdump does not say: {line}")


def check_r(path, facts):
    """R has the axes in reverse order."""
    rscript = program("Rscript")
    if subprocess.run([rscript, "-e", "library(ncdf4)"], capture_output=True, check=False).returncode:
        raise Missing("R package ncdf4")
    run = subprocess.run([rscript, str(here / "read_cube.R"), path], capture_output=True, text=True, check=True)
    sums, policies = run.stdout.splitlines()[:2]
    for name, found in zip(facts["metrics"], sums.split()):
        expect_near(f"sum of {name}", float(found), facts["metrics"][name]["sum"])
    expect("policy", policies.split("|"), facts["policy"])


readers = {
    "xarray": check_xarray,
    "xarray-netcdf4": lambda path, facts: check_xarray(path, facts, engine="netcdf4"),
    "xarray-h5netcdf": lambda path, facts: check_xarray(path, facts, engine="h5netcdf"),
    "netcdf4": lambda path, facts: compare(facts, Netcdf4(path)),
    "h5py": check_h5py,
    "ncdump": check_ncdump,
    "r": check_r,
}

if __name__ == "__main__":
    reader, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    expected = json.loads((folder / "facts.json").read_text())
    try:
        readers[reader](str(folder / "cube.nc"), expected)
    except Missing as missing:
        print(f"not installed: {missing}")
        sys.exit(1 if os.environ.get("CI") == "true" else 77)
    print(f"{reader} reads the cube as it was written")
