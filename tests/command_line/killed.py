#!/usr/bin/env python3
# Stands in for the program in other tests: every run is killed half way and then asked for again, and its cube has the
# bytes of an undisturbed run. CLIENTELE_PROGRAM is the program.
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import records

program = os.environ["CLIENTELE_PROGRAM"]
words = sys.argv[1:]


def output_of(words):
    """The cube that a run writes, or None where it writes none."""
    for at, word in enumerate(words[:-1]):
        if word in ("-o", "--output"):
            return pathlib.Path(words[at + 1])
    return None


def undisturbed(output, folder):
    """The bytes of the cube and of its records, from what stands there already; None where the run does not succeed."""
    copy = pathlib.Path(folder) / output.name
    if output.exists():
        shutil.copy2(output, copy)
    if records.run_directory(output).exists():
        shutil.copytree(records.run_directory(output), records.run_directory(copy))
    whole = [str(copy) if word == str(output) else word for word in words]
    if subprocess.run([program, *whole], capture_output=True, check=False).returncode != 0:
        return None, 0
    return copy.read_bytes(), records.bytes_of_records(copy)


def kill_half_way(output, size):
    begun = records.bytes_of_records(output)
    running = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               stdin=subprocess.DEVNULL)
    while running.poll() is None and records.bytes_of_records(output) < begun + (size - begun) / 2:
        time.sleep(0.0005)
    running.kill()
    running.wait()
    return running.returncode != 0


output = output_of(words) if words[:1] == ["run"] and "-" not in words else None
if output is None:
    os.execv(program, [program, *words])
with tempfile.TemporaryDirectory() as folder:
    wanted, size = undisturbed(output, folder)
if wanted is None:
    os.execv(program, [program, *words])
before = output.read_bytes() if output.exists() else None
killed = kill_half_way(output, size)
if not killed:  # faster than its killer: its cube gives way to what stood there before
    output.unlink()
    if before is not None:
        output.write_bytes(before)
seen = subprocess.run([program, *words], check=False)
if output.read_bytes() != wanted:
    sys.exit(f"FAILED: killed half way and resumed, {' '.join(words)} gives another cube than undisturbed")
if "CLIENTELE_KILLED" in os.environ:
    with open(os.environ["CLIENTELE_KILLED"], "a") as log:
        log.write(f"{'killed' if killed else 'too fast'} {' '.join(words)}\n")
sys.exit(seen.returncode)
