# How well a dry run foresees: medians of what it says of shipped studies beside what runs then take, on 1 rank x 2
# threads and 2 ranks x 1 thread: the whole program's time and its processor time.
#
# foreseen.py BUILD [STUDY...]
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

build = pathlib.Path(sys.argv[1]).resolve()
root = pathlib.Path(__file__).resolve().parents[2]
studies = sys.argv[2:] or ["known-answer", "sixty-days", "abc-or-profit", "distributor"]
environment = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}


def seconds_in(text):
    """Of 1:02:03."""
    seconds = 0
    for part in text.split(":"):
        seconds = 60 * seconds + int(part)
    return seconds


def finished(command):
    seen = subprocess.run(command, capture_output=True, text=True, env=environment)
    if seen.returncode != 0:
        sys.exit(f"{command} ended with {seen.returncode}: {seen.stderr}")
    return seen.stdout


def foreseen(study, ranks, output):
    said = finished([build / "clientele", "run", study, "-o", output, "--dry-run", "--ranks", str(ranks), "--threads",
                     str(3 - ranks)])
    return [seconds_in(text) for text in re.search(r"about ([\d:]+) on .*processor time about ([\d:]+)", said).groups()]


def taken(study, ranks, folder):
    with tempfile.TemporaryDirectory(dir=folder) as own:
        program = [build / "clientele"] if ranks == 1 else ["mpirun", "-n", str(ranks), build / "clientele-mpi"]
        start, before = time.monotonic(), os.times()
        finished([*program, "run", study, "-o", f"{own}/cube.nc", "--threads", str(3 - ranks)])
        after = os.times()
        return [time.monotonic() - start, after.children_user + after.children_system - before.children_user
                - before.children_system]


with tempfile.TemporaryDirectory() as name:
    for study in studies:
        file = root / f"scenarios/studies/{study}.toml"
        for ranks in (1, 2):
            said = [foreseen(file, ranks, f"{name}/none.nc") for _ in range(5)]
            took = [taken(file, ranks, name) for _ in range(3)]
            for number, what in enumerate(("time", "processor time")):
                one, other = (statistics.median(row[number] for row in rows) for rows in (said, took))
                print(f"{study}, {ranks} rank{'s' if ranks > 1 else ''}: {what} {one:.0f} s foreseen, "
                      f"{other:.1f} s taken, {100 * (one / other - 1):+.0f} %", flush=True)
