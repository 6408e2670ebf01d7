# Policies that spend the same money evenly: a run that is killed in either of its parts, that grows, and whose records
# are gone, ends in the same cube.
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from expectations import end, expect

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
asked = str(root / "tests/command_line/three_policies.toml")
chance = random.Random(20270216)


def command(output, replications, *more):
    return [program, "run", asked, "--customers", "400", "--months", "13", "--replications", str(replications), "--set",
            "experiment.same_money=true", "-o", str(output), *more]


def run(output, replications, *more):
    return subprocess.run(command(output, replications, *more), capture_output=True, text=True, timeout=300)


def kill_at(output, seconds):
    running = subprocess.Popen(command(output, 24), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    running.send_signal(signal.SIGKILL)
    return running.wait() == -signal.SIGKILL


with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    start = time.monotonic()
    whole = run(here / "whole.nc", 24)
    length = time.monotonic() - start
    expect(whole.returncode == 0 and "bands, same for all" in whole.stdout, "the policies are joined by others", whole)
    killed, attempts = 0, 0
    while killed < 3 and attempts < 20:  # a run that was faster than its killer is begun anew
        attempts += 1
        if kill_at(here / "killed.nc", chance.uniform(0.05, 0.7) * length / (1 + attempts / 10)):
            killed += 1
        else:
            (here / "killed.nc").unlink()
            shutil.rmtree(here / "killed.nc.run")
    resumed = run(here / "killed.nc", 24, "--threads", "1")
    expect(killed == 3, f"{killed} of {attempts} runs were killed")
    expect(resumed.stdout == whole.stdout and (here / "killed.nc").read_bytes() == (here / "whole.nc").read_bytes(),
           "a run that was killed ends in the same bytes", resumed)
    few = run(here / "grown.nc", 12)
    grown = run(here / "grown.nc", 24)
    expect("120 of 240 cells come from the records" in grown.stderr, "more replications keep the levels", grown)
    expect((here / "grown.nc").read_bytes() == (here / "whole.nc").read_bytes(), "and the bytes", few)
    subprocess.run([program, "clean", str(here / "whole.nc")], check=True, capture_output=True)
    again = run(here / "whole.nc", 24)
    expect("nothing was simulated" in again.stderr and not os.path.exists(f"{here / 'whole.nc'}.run"),
           "a cube tells the levels of its policies without its records", again)
    in_memory = subprocess.run([*command("", 24)[:-2]], capture_output=True, text=True, timeout=300)
    expect(in_memory.stdout == whole.stdout, "a run without a file gives the same answer", in_memory)
    plain = subprocess.run([*command(here / "whole.nc", 24)[:9], "-o", str(here / "whole.nc")], capture_output=True,
                           text=True, timeout=300)
    expect(plain.returncode == 73, "a study that does not ask for them does not replace the cube", plain)
end()
