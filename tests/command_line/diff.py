# Two cubes are equal, or the first difference is told with its place and both numbers.
#
# diff.py PROGRAM ROOT
import json
import pathlib
import subprocess
import sys
import tempfile

from expectations import end, expect

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
asked = str(root / "tests/command_line/three_policies.toml")


def clientele(*words):
    return subprocess.run([program, *words], cwd=folder, capture_output=True, text=True, timeout=120)


def make(cube, *options):
    months = () if "--months" in options else ("--months", "6")
    seen = clientele("run", asked, "--customers", "64", *months, "--quiet", "-o", cube, *options)
    expect(seen.returncode == 0, f"{cube} is made", seen)


def refused(status, text, *words):
    seen = clientele("diff", *words)
    expect(seen.returncode == status and text in seen.stderr and seen.stdout == "", f"diff {words} says {text}", seen)


def flat(text):
    return " ".join(text.split())


with tempfile.TemporaryDirectory() as folder:
    one, again, more, other = "one.nc", "again.nc", "more.nc", "other.nc"
    make(one, "--replications", "2")
    make(again, "--replications", "2", "--threads", "1")
    make(more, "--replications", "3")
    make(other, "--replications", "2", "--set", "payment.terms_days=45")

    seen = clientele("diff", one, again)
    expect(seen.returncode == 0 and "are equal: the same" in flat(seen.stdout), "two runs of a study are equal", seen)

    seen = clientele("diff", one, more)
    told = json.loads(clientele("diff", one, more, "--json").stdout)
    expect(seen.returncode == 1 and "none of the" in seen.stdout and "replication 2; 6 cells" in flat(seen.stdout),
           "a replication more leaves the others as they are", seen)
    expect(told["differing"] == 0 and told["cells"] == 12 and told["cells_only_in_second"] == 6 and not told["equal"],
           f"programs hear how many cells both have: {told}")

    make("longer.nc", "--replications", "2", "--months", "12")
    seen = clientele("diff", one, "longer.nc")
    expect(seen.returncode == 1 and "month 2027-07 to 2027-12 (6)" in flat(seen.stdout),
           "months are told by their ends", seen)

    seen = clientele("diff", one, other)
    told = json.loads(clientele("diff", one, other, "--json").stdout)
    first = next(variable for variable in told["variables"] if variable["name"] == told["earliest"])
    expect(seen.returncode == 1 and told["differing"] > 0 and not told["same_numbers"], f"other terms differ: {told}")
    place = first["place"]
    expect(place["scenario"] == "baseline" and place["draw"] == "0" and first["first"] != first["second"],
           f"the first difference has a place: {first}")
    expect(f"{first['name']} in baseline, {place['policy']}, draw 0" in flat(seen.stdout),
           "people hear the same", seen)
    expect(max(map(len, seen.stdout.splitlines())) <= 80, "a terminal is wide enough", seen)

    damaged = bytearray((pathlib.Path(folder) / one).read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (pathlib.Path(folder) / "damaged.nc").write_bytes(damaged)
    refused(65, "damaged.nc", one, "damaged.nc")
    refused(74, "nowhere.nc", one, "nowhere.nc")
    refused(64, "diff takes two cubes (here 1 is named)", one)
    refused(64, "diff takes two cubes (here 3 are named)", one, one, one)
    refused(64, "Did you mean --json?", one, again, "--jsn")
end()
