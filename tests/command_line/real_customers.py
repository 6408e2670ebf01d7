# Real invoices become customers, and the shipped study simulates them; exit status 77 (skipped) where they are absent.
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from expectations import end, expect, failures

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
data = pathlib.Path(os.environ.get("CLIENTELE_DATA", root / "../shared/data"))
invoices = data / "online_retail" / "online_retail_invoices.csv.gz"


def told(pattern, text):
    found = re.search(pattern, text)
    return [float(group.replace(",", "")) for group in found.groups()] if found else []


def customers_of(folder):
    """The totals tie out: what is kept and what is left out make up all invoices."""
    table = folder / "customers.csv"
    seen = subprocess.run([sys.executable, str(root / "tools/dev/customers_from_invoices.py"), str(invoices), "-o",
                           str(table)], capture_output=True, text=True, timeout=300)
    expect(seen.returncode == 0, "customers are made of the invoices", seen)
    all_of = told(r"(\d+) invoices of (\d+) customers, net ([\d.]+)", seen.stderr)
    kept = told(r"kept (\d+) customers, net ([\d.]+)", seen.stderr)
    left = told(r"left out (\d+) without net sales above zero, net (-?[\d.]+)", seen.stderr)
    expect(all_of == [22190, 4372, 8300065.81], "22,190 invoices of 4,372 customers, net as in the source", seen)
    expect(kept[0] + left[0] == 4372 and abs(kept[1] + left[1] - all_of[2]) < 0.005, "totals tie out", seen)
    # Before, rates were orders over the time since the first one, which made 14.06 M of 8.31 M.
    expect(abs(told(r"tie-out: .* ([+-][\d.]+) % of net sales", seen.stderr)[0]) < 1,
           "the file gives the sales of its own window within 1 %", seen)
    expect(told(r"together buy ([\d.]+) in twelve months", seen.stderr)[0] < 1.2 * kept[1],
           "whoever came late does not count for a multiple", seen)
    expect("not fitted" in seen.stderr, "it says that nothing is fitted", seen)
    rows = table.read_text().splitlines()[1:]
    expect(len(rows) == kept[0], "the file has who was kept")
    return len(rows), all_of, kept


def run(folder, count, kept):
    study = folder / "real-customers.toml"
    shutil.copy(root / "scenarios/studies/real-customers.toml", study)
    cube = folder / "real.nc"
    seen = subprocess.run([program, "check", str(study)], capture_output=True, text=True, timeout=60)
    expect(seen.returncode == 0 and f"{count:,} customers" in seen.stdout, "the study counts its customers", seen)
    expect(re.fullmatch(r"warning: nobody arrives: this base melts by about \d+ % in the first year.\n", seen.stderr),
           "the shipped study has one warning", seen)
    expect("not fitted" in seen.stdout, "check says that the file is not fitted", seen)
    words = [program, "run", str(study), "--replications", "10", "--quiet"]
    seen = subprocess.run([*words, "-o", str(cube)], capture_output=True, text=True, timeout=300)
    expect(seen.returncode == 0 and cube.exists(), "real customers are simulated", seen)
    print(seen.stdout, end="")
    for policy in ("today", "bands", "ranked"):
        expect(re.search(rf"\b{policy}\b", seen.stdout), f"the answer has {policy}", seen)
    again = subprocess.run([*words, "--threads", "1"], capture_output=True, text=True, timeout=300)
    expect(again.stdout == seen.stdout, "one thread gives the same answer", again)
    return seen


if not invoices.is_file():
    print(f"skipped: no invoices at {invoices} (CLIENTELE_DATA names the folder that holds online_retail)")
    sys.exit(77)
with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    number, everything, kept_customers = customers_of(here)
    if not failures:
        run(here, number, kept_customers)
end()
