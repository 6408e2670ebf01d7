# A disk that fills up in the middle of a run: 74, nothing lost, and more room is all it takes to go on.
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import records

study = records.Study(sys.argv[1], sys.argv[2])


def fail(text):
    sys.exit(f"FAILED: {text}")


def mount(folder, kilobytes, *more):
    words = ["mount", "-t", "tmpfs", "-o", ",".join([f"size={kilobytes}k", *more]), "tmpfs", str(folder)]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def on_a_full_disk(folder, kilobytes, where):
    """One run into a disk of this size, then one with room: the same cube, and no cell is lived twice."""
    output = folder / "a.nc"
    seen = study.run(output)
    if seen.returncode != 74 or "No space left on device" not in seen.stderr:
        fail(f"a disk that is full {where} gives {seen.returncode}: {seen.stderr}")
    if output.exists() or list(folder.glob(".a.nc*")):
        fail(f"a disk that is full {where} leaves half a cube: {list(folder.iterdir())}")
    safe = len(records.whole_records(output))
    told = re.search(r"([\d,]+) of ([\d,]+) cells are safe in", seen.stderr)
    if not told or int(told[1].replace(",", "")) != safe or int(told[2].replace(",", "")) != study.cells:
        fail(f"{safe} cells are safe, and the run says: {seen.stderr}")
    if (where == "of the cube") != (safe == study.cells):
        fail(f"{where}: {safe} of {study.cells} cells are safe in {kilobytes} kB")
    again = study.run(output)
    if again.returncode != 74 or len(records.whole_records(output)) < safe:
        fail(f"without more room it fails again and keeps what it has: {again.returncode} {again.stderr}")
    safe = len(records.whole_records(output))
    if not mount(folder, 200_000, "remount"):
        fail("the disk cannot be made larger")
    seen = study.run(output)
    if seen.returncode != 0 or records.come_from_records(seen.stderr) != safe:
        fail(f"with more room the run goes on from {safe} cells: {seen.returncode} {seen.stderr}")
    if output.read_bytes() != reference:
        fail(f"the cube differs after a disk that was full {where}")


with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    disk = here / "disk"
    disk.mkdir()
    if os.geteuid() != 0 or not mount(disk, 100):
        print("no file system can be mounted here (root only): skipped")
        sys.exit(77)
    subprocess.run(["umount", str(disk)], check=True)
    whole = here / "whole.nc"
    if study.run(whole).returncode != 0:
        fail("an undisturbed run fails")
    reference, journal = whole.read_bytes(), records.bytes_of_records(whole) // 1024
    cube = len(reference) // 1024
    for kilobytes, where in ((journal // 10, "of the records"), (journal // 2, "of the records"),
                             (journal * 9 // 10, "of the records"), (journal + 64 + cube // 10, "of the cube"),
                             (journal + 64 + cube // 2, "of the cube"), (journal + 32 + cube * 9 // 10, "of the cube")):
        if not mount(disk, kilobytes):
            fail("the disk cannot be mounted again")
        try:
            on_a_full_disk(disk, kilobytes, where)
        finally:
            subprocess.run(["umount", str(disk)], check=True)
    print(f"6 disks of other sizes, up to {journal + cube} kB of need: the same cube from each")
