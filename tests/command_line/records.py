# What tests of the command line know of records: the studies that they run, and a second reader of the format.
import pathlib
import re
import struct
import subprocess

header = struct.Struct("<8sII16sQQQ")  # output/FORMAT.md, "The records"


class Study:
    """A run of about a second, half of it for living and half for the cube; blocks are small, so that waves are."""

    def __init__(self, program, root):
        self.program = program
        self.study = str(pathlib.Path(root) / "tests/command_line/three_policies.toml")
        self.size = ["--customers", "320", "--replications", "80", "--block-size", "64"]
        self.cells = 2 * 3 * 80

    def command(self, output, threads=2):
        return [self.program, "run", self.study, *self.size, "--threads", str(threads), "-o", str(output)]

    def run(self, output, threads=2):
        return subprocess.run(self.command(output, threads), capture_output=True, text=True, timeout=300)


def huge_base(customers, months, replications=1):
    """A world of so many customers is simulated in portions of 262,144, as soon as there are more."""
    return f"""title = "A huge base"
seed = 5
[horizon]
months = {months}
warmup = 0
[beyond]
months = 0
[population]
customers = {customers}
[[scenario]]
name = "baseline"
[[policy]]
name = "today"
segmentation = "everyone"
tier = [ {{ name = "all" }} ]
[experiment]
replications = {replications}
"""


def run_directory(output):
    return pathlib.Path(f"{output}.run")


def is_segment(path):
    return path.name.startswith("seg-")


def segments(output):
    return sorted(run_directory(output).glob("seg-*"))


def bytes_of_records(output):
    total = 0
    for path in segments(output):
        try:
            total += path.stat().st_size
        except FileNotFoundError:
            pass
    return total


def whole_records(output):
    """Keys of all records that are there in full."""
    keys = set()
    for path in segments(output):
        data, at = path.read_bytes(), 0
        while at + header.size <= len(data):
            magic, version, flags, key, size, _, _ = header.unpack_from(data, at)
            if magic != b"clrecord" or at + header.size + size > len(data):
                break
            assert (version, flags) == (3, 0)
            keys.add(key)
            at += header.size + size
    return keys


def come_from_records(told):
    """How many cells a run says it did not live again."""
    found = re.search(r"([\d,]+) of [\d,]+ cells come from the records", told)
    return int(found[1].replace(",", "")) if found else 0
