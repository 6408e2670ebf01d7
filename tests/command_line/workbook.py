# Reads back a workbook that workbook_test wrote, cell by cell, with nothing but the standard library.
import json
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree
import zipfile

from expectations import end, expect

main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
drawn = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def as_excel_reads(text):
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), text)


def column_of(reference):
    at = 0
    for letter in re.match(r"[A-Z]+", reference)[0]:
        at = 26 * at + ord(letter) - ord("A") + 1
    return at - 1


def texts_of(book):
    return [as_excel_reads("".join(part.text or "" for part in item.iter(main + "t")))
            for item in tree.fromstring(book.read("xl/sharedStrings.xml")).iter(main + "si")]


def cells_of(sheet, texts):
    cells = {}
    for cell in sheet.iter(main + "c"):
        value = cell.find(main + "v")
        if value is not None:
            row = int(re.search(r"\d+", cell.get("r"))[0]) - 1
            cells[row, column_of(cell.get("r"))] = (texts[int(value.text)] if cell.get("t") == "s" else
                                                    float(value.text))
    return cells


def is_same(seen, wanted):
    if isinstance(wanted, str):
        return seen == wanted
    return isinstance(seen, float) and math.isclose(seen, wanted, rel_tol=1e-15, abs_tol=0)


def check_sheet(book, number, wanted, texts):
    name = f"xl/worksheets/sheet{number}.xml"
    content = book.read(name).decode()
    sheet = tree.fromstring(content)
    expect("<f>" not in content and "hyperlink" not in content, f"{wanted['name']}: neither formulas nor links")
    cells, lines = cells_of(sheet, texts), wanted["cells"]
    if wanted["name"] == "Course":  # lines of a chart are rows that follow each other
        lines = [lines[0]] + sorted(lines[1:], key=lambda line: line[0] != "new")
    for r, line in enumerate(lines):
        for c, value in enumerate(line):
            if value is None:
                expect((r, c) not in cells, f"{wanted['name']} {r} {c} is missing, and empty")
            else:
                seen = cells.get((r, c))
                expect(is_same(seen, value), f"{wanted['name']} {r} {c}: {seen!r} is {value!r}")
    if len(lines[0]) > 1:
        pane = sheet.find(f".//{main}pane")
        expect(pane is not None and pane.get("state") == "frozen" and pane.get("ySplit") == "1", "the head is frozen")


def check_charts(book):
    kinds = {}
    for name in sorted(n for n in book.namelist() if n.startswith("xl/charts/")):
        chart = tree.fromstring(book.read(name))
        kind = next(part.tag for part in chart.iter() if part.tag.endswith("Chart") and part.tag != drawn + "chart")
        series = list(chart.iter(drawn + "ser"))
        names = [value.text for one in series for value in one.findall(f"{drawn}tx//{drawn}v")]
        values = [[float(v.text) for v in one.findall(f"{drawn}val//{drawn}v") + one.findall(f"{drawn}yVal//{drawn}v")]
                  for one in series]
        kinds.setdefault(kind.removeprefix(drawn), []).append((names, values))
    expect(sorted(kinds) == ["barChart", "lineChart", "scatterChart"], f"kinds of charts: {sorted(kinds)}")
    expect([len(kinds[kind]) for kind in sorted(kinds)] == [2, 2, 1], f"a chart for each picture that has one: {kinds}")
    expect((["new", "=old"], [[10, 20, 30], [-10, -20, -30]]) in kinds["lineChart"], f"a line a policy: {kinds}")
    expect((["begin", "end"], [[0, 1, 2], [-0.5, 0.5, 1.5]]) in kinds["lineChart"], f"steps from and to: {kinds}")
    expect((["at_low", "at_high"], [[0, 1, 2], [-0.5, 0.5, 1.5]]) in kinds["barChart"], f"a tornado: {kinds}")
    all_of_them = b"".join(book.read(n) for n in book.namelist() if n.startswith("xl/charts/"))
    expect(all_of_them.count(b"upDownBars") > 0, "steps are bars that float")


def check_styles(book):
    styles = book.read("xl/styles.xml").decode()
    for text in ('"#,##0"', '"0.0 %"', '"+#,##0;-#,##0;0"', '"#,##0.00"'):
        expect(f"formatCode={text}" in styles or text == '"#,##0"' and 'numFmtId="3"' in styles, f"{text} in {styles}")
    core = book.read("docProps/core.xml").decode()
    expect("2020-01-01" in core and "A &quot;title&quot; &amp; more" in core.replace('"title"', "&quot;title&quot;"),
           core)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    subprocess.run([sys.argv[1], "[.write]"], env=os.environ | {"CLIENTELE_WORKBOOK": name}, check=True,
                   stdout=subprocess.DEVNULL)
    if not (folder / "a.xlsx").exists():
        print("not tested: this build has no libxlsxwriter")
    else:
        with zipfile.ZipFile(folder / "a.xlsx") as file:
            expect(file.testzip() is None, "the archive is whole")
            sheets = json.loads((folder / "a.json").read_text())
            names = [sheet.get("name") for sheet in tree.fromstring(file.read("xl/workbook.xml")).iter(main + "sheet")]
            expect(names == [sheet["name"] for sheet in sheets] and len(names) == 64, f"names of sheets: {names}")
            known = texts_of(file)
            for place, wanted_of in enumerate(sheets):
                check_sheet(file, place + 1, wanted_of, known)
            check_charts(file)
            check_styles(file)
end()
