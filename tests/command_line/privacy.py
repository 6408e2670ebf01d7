# What a firm's customers are called stays in its own file, whatever is written, printed or left behind; what is left
# behind is its owner's; names that mean something to a terminal or a spreadsheet are text there.
#
# privacy.py PROGRAM ROOT
import os
import pathlib
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import zipfile

import h5py
import records
from expectations import end, expect

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
chance = random.Random(20261129)
canaries = [f"canary.{chance.getrandbits(64):016x}@example.org" for _ in range(1000)]
header = "id,group,orders_per_month,order_value"
rows = [f"{canary},{'home' if i % 3 else 'export'},{0.5 + i % 5},{100 + i}" for i, canary in enumerate(canaries)]


def told(*words, **more):
    seen = subprocess.run([program, *map(str, words)], capture_output=True, timeout=300, **more)
    return seen.returncode, seen.stdout + seen.stderr


def texts_of_cube(path):
    """All text that a cube holds, also what is compressed."""
    found = []
    with h5py.File(path, "r") as cube:
        def look(name, thing):
            found.extend(str(value) for value in thing.attrs.values())
            if isinstance(thing, h5py.Dataset) and thing.dtype.kind in "OSU":
                found.append(str(thing[()]))
        look("", cube)
        cube.visititems(look)
    return "\n".join(found).encode()


def content(path):
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return b"".join(book.read(name) for name in book.namelist())
    return path.read_bytes() + (texts_of_cube(path) if path.suffix == ".nc" else b"")


def ids_stay(here):
    """P1: the names of a thousand customers are in no file, message or page."""
    table, study, output = here / "customers.csv", here / "real.toml", here / "real.nc"
    shutil.copy(root / "scenarios/studies/real-customers.toml", study)
    table.write_text("\n".join([header, *rows]) + "\n")
    running = subprocess.Popen([program, "run", study, "-o", output, "--replications", "200"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    while running.poll() is None and len(records.whole_records(output)) < 4:
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    said = [b"".join(running.communicate())]
    for words in (("run", study, "-o", output, "--replications", 6, "--force"), ("check", study), ("info", study),
                  ("info", output), ("info", output, "--json"), ("compare", output), ("compare", output, "--json"),
                  ("compare", output, "--csv"), ("compare", output, "--by", "tier"), ("doctor", study),
                  ("report", output, "-o", here / "page.html", "--xlsx", here / "page.xlsx"),
                  ("verify", output), ("run", study, "-o", here / "share.nc", "--shard", "1/2"),
                  ("status", here / "share.nc"), ("merge", here / "share.nc")):
        said.append(told(*words)[1])
    wrong = [rows[0], rows[0], rows[1].replace("home", "hmoe").replace("export", "exprot"), rows[2] + ",5,6",
             rows[3].replace(",1", ",-1"), f"{canaries[4]},home"]
    (here / "wrong.csv").write_text("\n".join([header, *wrong]) + "\n")
    (here / "wrong.toml").write_text(study.read_text().replace("customers.csv", "wrong.csv"))
    status, text = told("check", here / "wrong.toml")
    expect(status == 65 and b"wrong.csv" in text, f"mistakes of customers are told: {text}")
    said.append(text)
    kept = [path for path in here.rglob("*") if path.is_file() and path.suffix not in (".csv",)]
    expect(any(records.is_segment(path) for path in kept) and (here / "page.xlsx") in kept, f"files are there: {kept}")
    everything = b"".join([*said, *map(content, kept)])
    seen = [canary for canary in canaries if canary.encode() in everything]
    expect(not seen and b"canary." not in everything, f"{len(seen)} names are seen")
    return output


def modes(here):
    """P3: records are their owner's whatever the umask; the cube is as the umask says."""
    for mask, mode in ((0o000, 0o666), (0o022, 0o644), (0o077, 0o600)):
        output = here / f"mode-{mask:o}.nc"
        told("run", root / "tests/command_line/three_policies.toml", "--customers", 60, "--months", 2, "--replications",
             2, "-o", output, umask=mask)
        folder = records.run_directory(output)
        expect(stat.S_IMODE(output.stat().st_mode) == mode, f"a cube obeys umask {mask:o}")
        expect(stat.S_IMODE(folder.stat().st_mode) == 0o700, f"a run's folder is its owner's under umask {mask:o}")
        for path in folder.iterdir():
            expect(stat.S_IMODE(path.stat().st_mode) == 0o600, f"{path.name} is its owner's under umask {mask:o}")


def names(here):
    """P4, P6: what a spreadsheet or a terminal would act upon."""
    study = here / "names.toml"
    text = (root / "tests/command_line/three_policies.toml").read_text()
    formula = "=cmd|' /C calc'!A0"
    study.write_text(text.replace('name         = "bands"', f'name         = "{formula}"'))
    output = here / "names.nc"
    status, said = told("run", study, "--customers", 60, "--months", 2, "--replications", 4, "-o", output)
    expect(status == 0, f"a policy may be called so: {said}")
    for line in told("compare", output, "--csv")[1].decode().splitlines():
        for cell in line.replace('"', "").split(","):
            expect(not cell.startswith("=") and not cell.startswith("@"), f"no cell is a formula: {line}")
    study.write_text(text.replace('name         = "bands"', 'name         = "\\u001b[2Jbands"'))
    status, said = told("check", study)
    expect(b"\x1b" not in said, "nothing steers the terminal")
    status, said = told("check", study.with_name("\x1b[2J.toml"))
    expect(status == 74 and b"\x1b" not in said, "nor does the name of a file")


def paths(here):
    """P7: a path is what it says: no variable and no shell is asked."""
    study = here / "real.toml"
    for name in ("$HOME/customers.csv", "~/customers.csv", "`pwd`/customers.csv", "customers.csv; touch here"):
        other = here / "path.toml"
        other.write_text(study.read_text().replace("customers.csv", name))
        status, said = told("check", other, env={**os.environ, "HOME": str(here)}, cwd=here)
        expect(status in (65, 74) and name.split(";")[0].encode() in said, f"{name} is no path: {said}")
    expect(not (here / "here").exists(), "nothing was run")


def hardened():
    """P8: addresses are random, tables of functions are closed before anything is read, and no stack runs code."""
    seen = subprocess.run(["readelf", "-W", "-h", "-l", "-d", program], capture_output=True, text=True).stdout
    for text in ("DYN (Position-Independent Executable file)", "GNU_RELRO", "NOW"):
        expect(text in seen, f"the program has {text}")
    stack = [line for line in seen.splitlines() if "GNU_STACK" in line]
    expect(len(stack) == 1 and "RWE" not in stack[0], f"the stack runs no code: {stack}")


with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    ids_stay(here)
    modes(here)
    names(here)
    paths(here)
    hardened()
end()
