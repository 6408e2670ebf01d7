# A workbook that workbook_test wrote, opened by a spreadsheet: what it shows on each sheet is what was written.
import csv
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from expectations import end, expect

# Comma, quotes, UTF-8, values and not how they are shown, every sheet a file of its own.
as_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"


def opened(folder):
    """Lines of each sheet by its name, as LibreOffice reads the workbook."""
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", as_csv,
                    "--outdir", folder / "seen", folder / "a.xlsx"], check=True, timeout=300,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return {path.stem.removeprefix("a-"): list(csv.reader(path.open(encoding="utf-8", newline="")))
            for path in (folder / "seen").glob("*.csv")}


def number_of(seen):
    """What a cell holds: shares are shown as percent; NaN where it is no number."""
    try:
        return float(seen[:-1]) / 100 if seen.endswith("%") else float(seen)
    except ValueError:
        return math.nan


def is_same(seen, wanted):
    if wanted is None or wanted == "":
        return seen == ""
    if isinstance(wanted, str):
        return seen == wanted
    if isinstance(wanted, bool):
        return seen == str(wanted).upper()
    return math.isclose(number_of(seen), wanted, rel_tol=1e-9)  # LibreOffice writes about fifteen digits


def check_sheet(name, seen, lines):
    if name == "Course":  # lines of a chart are rows that follow each other
        lines = [lines[0]] + sorted(lines[1:], key=lambda line: line[0] != "new")
    expect(len(seen) == len(lines), f"{name}: {len(seen)} of {len(lines)} lines")
    for r, line in enumerate(lines):
        for c, wanted in enumerate(line):
            cell = seen[r][c] if r < len(seen) and c < len(seen[r]) else ""
            expect(is_same(cell, wanted), f"{name} {r} {c}: {cell!r} is {wanted!r}")


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    subprocess.run([sys.argv[1], "[.write]"], env=os.environ | {"CLIENTELE_WORKBOOK": name}, check=True,
                   stdout=subprocess.DEVNULL)
    if shutil.which("soffice") is None:
        expect("CI" not in os.environ, "LibreOffice is there")
        print("not tested: LibreOffice is missing")
    elif not (folder / "a.xlsx").exists():
        print("not tested: this build has no libxlsxwriter")
    else:
        sheets, seen = json.loads((folder / "a.json").read_text()), opened(folder)
        expect(sorted(seen) == sorted(sheet["name"] for sheet in sheets), f"names of sheets: {sorted(seen)}")
        for sheet in sheets:
            check_sheet(sheet["name"], seen.get(sheet["name"], []), sheet["cells"])
end()
