# Runs are killed at random moments and resumed; whatever happened, the cube has the bytes of an undisturbed run.
#
# kills.py PROGRAM ROOT [KILLS [SEED]]: 30 kills by default, a third while less than half of the records are there, a
# third after that, a third while the cube is made.
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

import records

study = records.Study(sys.argv[1], sys.argv[2])
wanted = int(sys.argv[3]) if len(sys.argv) > 3 else 30
chance = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 20261123)
thread_counts = (1, 2, 2, 3, 8)
killed = {"early": 0, "late": 0, "merge": 0}


def fail(text):
    sys.exit(f"FAILED: {text}")


def temporaries(output, process=""):
    return list(output.parent.glob(f".{output.name}.tmp.*{process}"))


def undisturbed(folder):
    """The cube to compare with, the size of all records, and how long living and making the cube take."""
    output = folder / "whole.nc"
    start = time.monotonic()
    running = subprocess.Popen(study.command(output), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    while running.poll() is None and not temporaries(output):
        time.sleep(0.001)
    lived = time.monotonic()
    running.communicate()
    if running.returncode != 0:
        fail("an undisturbed run fails")
    return output.read_bytes(), records.bytes_of_records(output), lived - start, time.monotonic() - lived


def wait_until(running, holds):
    """False where the run ended before."""
    while not holds():
        if running.poll() is not None:
            return False
        time.sleep(0.0005)
    return True


def kill_once(output, kind):
    """One run that is killed, or that was faster than its killer. What was safe before is not lived again."""
    safe = len(records.whole_records(output))
    running = subprocess.Popen(study.command(output, chance.choice(thread_counts)), stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    if kind == "early":
        time.sleep(chance.uniform(0, 0.7 * living))
    elif kind == "late":
        wait_until(running, lambda: records.bytes_of_records(output) >= full / 2)
        time.sleep(chance.uniform(0, 0.3 * living))
    elif wait_until(running, lambda: temporaries(output, f".{running.pid}")):
        time.sleep(chance.uniform(0, merging))
    running.send_signal(signal.SIGKILL)
    _, told = running.communicate()
    if running.returncode not in (0, -signal.SIGKILL):
        fail(f"a run that is to be killed ends with {running.returncode}: {told}")
    complete = "nothing was simulated" in told  # a kill that came between the cube's name and the end of its run
    if not complete and records.come_from_records(told) not in (safe, 0 if running.returncode else safe) and safe:
        fail(f"{safe} records were whole, and {records.come_from_records(told)} were used: {told}")
    if running.returncode == -signal.SIGKILL:
        if temporaries(output, f".{running.pid}"):
            killed["merge"] += 1
        else:
            killed["early" if records.bytes_of_records(output) < full / 2 else "late"] += 1
    return running.returncode == -signal.SIGKILL


def next_kind():
    return min(killed, key=lambda kind: killed[kind])


def one_output(folder, number):
    """Kills on the way to one cube: first while it lives, then later and later."""
    output = folder / f"{number}.nc"
    for kind in ("early", "late", "merge"):
        while killed[kind] < (wanted + 2) // 3 and kill_once(output, kind) and chance.random() < 0.3:
            if output.exists():
                break
        if output.exists():
            break
    if output.exists() and output.read_bytes() != reference:
        fail("a cube that stands there before its run has ended is not whole")
    safe = len(records.whole_records(output))
    seen = study.run(output, chance.choice(thread_counts))
    if seen.returncode != 0:
        fail(f"a resumed run ends with {seen.returncode}: {seen.stderr}")
    if records.come_from_records(seen.stderr) != safe and "nothing was simulated" not in seen.stderr and safe:
        fail(f"{safe} records were whole before the last run: {seen.stderr}")
    if output.read_bytes() != reference:
        fail(f"cube {number} differs from that of an undisturbed run")
    if temporaries(output):
        fail("a finished run leaves nothing of the killed ones but records")
    output.unlink()
    for path in records.run_directory(output).iterdir():
        path.unlink()


with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    reference, full, living, merging = undisturbed(here)
    cubes = 0
    while sum(killed.values()) < wanted or min(killed.values()) < wanted // 6:
        one_output(here, cubes)
        cubes += 1
        if cubes > 3 * wanted:
            fail(f"after {cubes} cubes no more than these kills hit: {killed}")
    print(f"{sum(killed.values())} kills ({killed}) on the way to {cubes} cubes, all of them the same {len(reference)} "
          f"bytes; undisturbed: {living:.2f} s of living, {merging:.2f} s of making the cube")
