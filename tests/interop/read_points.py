# Opens a cube of 1,000 points under two policies in xarray, without options: one array, with its numbers beside it.
import json
import pathlib
import sys

from read_cube import expect


def check(folder):
    import numpy
    import xarray
    facts = json.loads((folder / "facts.json").read_text())
    with xarray.open_dataset(folder / "points.nc") as opened:
        cube = opened.load()
    npv = cube.kpi_npv
    expect("dims", npv.dims, ("point", "scenario", "policy", "draw", "replication"))
    expect("shape", npv.shape, (1000, 1, 2, 2, 3))
    expect("values", npv.values.ravel().tolist(), facts["npv"])
    days = cube.coords["payment.terms_days"]
    expect("dims of a number", days.dims, ("point",))
    expect("type of a number", str(days.dtype), "float64")  # not a time span
    expect("units of a number", days.attrs["units"], "day")
    expect("path of a number", cube.coords["policy._A___B_.tier.C.discount"].attrs["path"], facts["path"][1])
    expect("values of a number", days.values.tolist(), [values[0] for values in facts["values"]])
    by_days = npv.mean(("draw", "replication")).swap_dims(point="payment.terms_days")
    one = by_days.sel({"payment.terms_days": 47.0}).isel(scenario=0)
    expect("a point by its value", one.values.tolist(), npv.values[17, 0].mean((1, 2)).tolist())
    expect("months in one", cube.revenue.sizes["month"], 2)  # the horizon, and the run-off
    expect("a metric", cube.revenue.dims[:5], npv.dims)
    table = npv.mean(("draw", "replication")).to_dataframe()
    expect("numbers beside rows", "payment.terms_days" in table.columns and len(table) == 2000, True)
    expect("all done", int(cube.done.sum()), 12000)
    expect("no number is lost", bool(numpy.isfinite(npv.values).all()), True)


if __name__ == "__main__":
    try:
        check(pathlib.Path(sys.argv[1]))
    except ImportError as missing:
        import os
        print(f"not installed: {missing}")
        sys.exit(1 if os.environ.get("CI") == "true" else 77)
    print("xarray reads points as one array")
