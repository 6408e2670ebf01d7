# A world of many customers is lived in portions: a run that is killed or stopped in the midst of it goes on from there.
#
# portions.py PROGRAM ROOT
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

import records

program = sys.argv[1]
text = """title = "A huge base"
seed = 5
[horizon]
months = 4
warmup = 2
[population]
customers = 900_000
[[scenario]]
name = "baseline"
[[policy]]
name = "today"
segmentation = "everyone"
tier = [ { name = "all" } ]
[[policy]]
name = "discount"
segmentation = "everyone"
tier = [ { name = "all", discount = 0.02 } ]
[experiment]
replications = 1
"""
portions, cells = 4, 2  # 262,144 customers each


def fail(what):
    sys.exit(f"FAILED: {what}")


def command(output, threads, block_size=512):
    return [program, "run", str(study), "--threads", str(threads), "--block-size", str(block_size), "-o", str(output)]


def end_by(output, sent, threads):
    """A run that gets a signal when its first portion is safe. Returns its status and what it said."""
    running = subprocess.Popen(command(output, threads), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while running.poll() is None and len(records.whole_records(output)) < cells:
        time.sleep(0.002)
    running.send_signal(sent)
    _, told = running.communicate()
    return running.returncode, told


def go_on(output, threads, block_size, before):
    seen = subprocess.run(command(output, threads, block_size), capture_output=True, text=True, timeout=300)
    if seen.returncode != 0 or output.read_bytes() != reference:
        fail(f"a resumed run ends with {seen.returncode}, or with another cube: {seen.stderr}")
    found = re.search(r"2 are to be simulated \(but for (\d+) portions of them\)", seen.stderr)
    if not found or int(found[1]) != before:
        fail(f"{before} portions were safe: {seen.stderr}")
    if len(records.whole_records(output)) != cells * (portions + 1):
        fail("a portion that was safe was lived again")


with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    study = here / "huge.toml"
    study.write_text(text)
    whole = here / "whole.nc"
    subprocess.run(command(whole, 2), check=True, capture_output=True, timeout=300)
    if len(records.whole_records(whole)) != cells * (portions + 1):
        fail("every portion and every cell has a record")
    reference = whole.read_bytes()
    for number, (sent, threads) in enumerate([(signal.SIGKILL, 1), (signal.SIGTERM, 2), (signal.SIGINT, 1)]):
        output = here / f"{number}.nc"
        status, told = end_by(output, sent, threads)
        safe = len(records.whole_records(output))
        if status != (-signal.SIGKILL if sent == signal.SIGKILL else 75) or not cells <= safe < cells * portions:
            fail(f"{safe} records were whole when a run ended with {status}: {told}")
        if status == 75 and f"0 of 2 cells and {safe} portions of other cells are safe" not in told:
            fail(f"{safe} portions are safe: {told}")
        go_on(output, 3 - threads, 192, safe)
    print("three runs that ended early went on from their portions to the same cube")
