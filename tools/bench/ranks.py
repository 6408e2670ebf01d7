# How much ranks gain: 1 rank x 1 thread, 2 ranks x 1 thread and 1 rank x 2 threads in turn, where nobody meets and
# where all meet every quarter. Medians of ratios, each of runs that followed each other.
#
# ranks.py BUILD [PAIRS [CUSTOMERS]]
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

build = pathlib.Path(sys.argv[1]).resolve()
pairs = int(sys.argv[2]) if len(sys.argv) > 2 else 15
customers = int(sys.argv[3]) if len(sys.argv) > 3 else 100_000
environment = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
study = """title = "{name}"
seed = 7
[horizon]
months = 12
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
[[policy]]
name = "other"
{other}
[experiment]
replications = 32
[output]
by = []
"""
others = {
    "free": 'segmentation = "everyone"\ntier = [ { name = "all", discount = 0.02 } ]',
    "in step": 'segmentation = { rule = "rank", review_every = 3, look_back = 12 }\n'
               'tier = [ { name = "A", share = 0.2, discount = 0.02 }, { name = "B", share = 0.8 } ]',
}


def seconds(ranks, threads, file, output):
    program = [build / "clientele"] if ranks == 1 else ["mpirun", "-n", str(ranks), build / "clientele-mpi"]
    seen = subprocess.run([*program, "run", file, "-o", output, "--threads", str(threads)], capture_output=True,
                          text=True, env=environment)
    found = re.search(r"customer-months in ([\d.]+) (s|min)", seen.stderr)
    if seen.returncode != 0 or not found:
        sys.exit(f"{program} ended with {seen.returncode}: {seen.stderr}")
    subprocess.run([build / "clientele", "clean", output], capture_output=True)
    data = output.read_bytes()
    output.unlink()
    return float(found[1]) * (60 if found[2] == "min" else 1), data


with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    for kind, other in others.items():
        file = here / "study.toml"
        file.write_text(study.format(name=kind, customers=customers, other=other))
        gains, beside = [], []
        for pair in range(pairs):
            one, same = seconds(1, 1, file, here / "a.nc")
            two, of_ranks = seconds(2, 1, file, here / "a.nc")
            threads, _ = seconds(1, 2, file, here / "a.nc")
            assert same == of_ranks, "ranks make other bytes"
            gains.append(one / two)
            beside.append(threads / two)
        print(f"{kind}, {customers:,} customers, {pairs} pairs: 2 ranks x 1 thread are "
              f"{statistics.median(gains):.3f} x as fast as 1 x 1 ({min(gains):.3f} to {max(gains):.3f}) and "
              f"{statistics.median(beside):.3f} x as fast as 1 x 2 ({min(beside):.3f} to {max(beside):.3f})",
              flush=True)
